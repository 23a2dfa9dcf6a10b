//! The talk of Benigni and Paquette, *Eigenvalue distribution of the Neural Tangent Kernel in the
//! quadratic scaling*, claim by claim, checked with the toolkit `tensor_dyson`.

mod about;
mod common;
mod dyson;
mod features;
mod nonlinearity;
mod printed;
mod spectrum;
mod theorem;

use std::process::ExitCode;
use tensor_dyson::ledger::Claim;
use tensor_dyson::report::Program;

/// All claims, in the talk's order.
fn claims() -> Vec<Claim> {
    [
        features::CLAIMS.as_slice(),
        &spectrum::CLAIMS,
        &dyson::CLAIMS,
        &nonlinearity::CLAIMS,
        &theorem::CLAIMS,
    ]
    .concat()
}

fn main() -> ExitCode {
    let program = Program {
        about: about::TALK,
        claims: claims(),
    };
    program.main()
}

#[cfg(test)]
mod tests;
