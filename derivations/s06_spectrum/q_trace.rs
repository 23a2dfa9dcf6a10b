//! `Tr 𝒬` over Gaussian W, exactly, with the orders of what the limit drops.
//!
//! Slide 'Spectrum of 𝒬'. Its sum `½ Σ_{i,j}` is `d Tr GᵀG` at t = 0 where the trace is `(d + 1) Tr GᵀG`: the half diagonal
//! is missing, a relative 1/d. Its limit `MP^{γ₂} * MP^{γ₂}` has mean 2 where the trace gives 1. Reach: proved for every d
//! and p. Beside it the means of samples. Controls: the printed sum, a pairing of W forgotten, the mean of the printed limit.

use super::traces::{Moment, Trace, check, proved};
use crate::kit::proved::{NearMisses, Outcome, Statement};
use tensor_dyson::ledger::Claim;

pub(crate) const CLAIM: Claim = Claim {
    id: "q-trace",
    section: 6,
    slide: "Spectrum of 𝒬",
    settles: &["the 2×2 block, with eigenvalues σ_i² + σ_j² and 0"],
    statement: r"$E\,\mathrm{Tr}\,\mathcal Q/(pd) = 1 + 1/d$ for Gaussian $W$: the mean of $\mathcal Q$'s law tends to $1.$",
    uses: &["covariance"],
    check: |ctx| {
        check(
            ctx,
            &Moment {
                k: 1,
                proof: &PROOF,
                printed: r"$\tfrac{1}{2pd} \sum_{ij} (\sigma_i^2 + \sigma_j^2)$",
                corrected: r"$\tfrac{1}{pd}\sum_{i\le j}(\sigma_i^2+\sigma_j^2)$",
            },
        )
    },
    ..Claim::BLANK
};

const PROOF: Statement = Statement {
    what: "conditionally on W, over W, and in the limit",
    prove,
    near_misses,
};

const RIGHT: Trace = Trace {
    written: "p^-1 d^-2 𝒬[a,b,a,b]",
    conditionally: "p^-1 d^-2 (d + 1) W[a,b] W[a,b]",
    exactly: "1 + 1/d",
    limit: "1",
};

/// `Tr 𝒬 = (d + 1) Tr GᵀG`, so that `E Tr 𝒬/(pd) = 1 + 1/d`.
fn prove() -> Outcome {
    proved(&RIGHT)
}

/// The printed sum `½ Σ_{i,j}`, which is `d Tr GᵀG`, and the mean of the printed limit.
fn near_misses() -> NearMisses {
    let printed = "p^-1 d^-2 d W[a,b] W[a,b]";
    vec![
        (
            "½ Σ_ij (σ_i² + σ_j²), as printed",
            proved(&Trace {
                conditionally: printed,
                ..RIGHT
            }),
        ),
        (
            "the trace of τ₂₄ dropped",
            proved(&Trace {
                exactly: "1",
                ..RIGHT
            }),
        ),
        (
            "the mean 2 of the printed limit",
            proved(&Trace {
                limit: "2",
                ..RIGHT
            }),
        ),
    ]
}
