//! The talk of Benigni and Paquette, *Eigenvalue distribution of the Neural Tangent Kernel in the
//! quadratic scaling*, claim by claim, checked with the toolkit `tensor_dyson`.
//!
//! A claim is a file `sNN_section/its_name.rs` with a `CLAIM`, and a line in its section's list `claims!`.

/// A section's claims, in the talk's order: each is a file of this name with a `CLAIM`.
macro_rules! claims {
    ($($file:ident),* $(,)?) => {
        $(mod $file;)*

        pub(crate) const CLAIMS: &[tensor_dyson::ledger::Claim] = &[$($file::CLAIM),*];
    };
}

mod about;
mod kit;
mod s01_network;
mod s02_scalings;
mod s03_operations;
mod s04_marchenko_pastur;
mod s05_features;
mod s06_spectrum;
mod s07_dyson;
mod s08_nonlinearity;
mod s09_theorem;
mod s10_literature;
mod s11_conclusion;
mod s12_beyond;

use std::process::ExitCode;
use tensor_dyson::ledger::Claim;
use tensor_dyson::report::Program;

/// All claims, in the talk's order.
fn claims() -> Vec<Claim> {
    [
        s01_network::CLAIMS,
        s02_scalings::CLAIMS,
        s03_operations::CLAIMS,
        s04_marchenko_pastur::CLAIMS,
        s05_features::CLAIMS,
        s06_spectrum::CLAIMS,
        s07_dyson::CLAIMS,
        s08_nonlinearity::CLAIMS,
        s09_theorem::CLAIMS,
        s10_literature::CLAIMS,
        s11_conclusion::CLAIMS,
        s12_beyond::CLAIMS,
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
mod layout;
#[cfg(test)]
mod slides;
#[cfg(test)]
mod tests;
