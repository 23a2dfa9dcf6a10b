//! The talk of Benigni and Paquette, *Eigenvalue distribution of the Neural Tangent Kernel in the
//! quadratic scaling*, claim by claim, checked with the toolkit `tensor_dyson`.

mod about;
mod common;
mod conclusion;
mod dyson;
mod features;
mod figures;
mod fixed_point;
mod literature;
mod marchenko_pastur;
mod network;
mod nonlinearity;
mod notation;
mod operations;
mod printed;
mod proofs;
mod scalings;
mod spectrum;
mod theorem;

use std::process::ExitCode;
use tensor_dyson::ledger::Claim;
use tensor_dyson::report::Program;

/// All claims, in the talk's order.
fn claims() -> Vec<Claim> {
    [
        network::CLAIMS.as_slice(),
        &scalings::CLAIMS,
        &operations::CLAIMS,
        &marchenko_pastur::CLAIMS,
        &features::CLAIMS,
        &spectrum::CLAIMS,
        &dyson::CLAIMS,
        &nonlinearity::CLAIMS,
        &theorem::claims(),
        &literature::CLAIMS,
        &conclusion::CLAIMS,
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
mod slides;
#[cfg(test)]
mod tests;
