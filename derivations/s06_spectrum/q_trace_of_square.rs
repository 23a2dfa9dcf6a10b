//! `Tr 𝒬²` over Gaussian W, exactly, with the orders of what the limit drops.
//!
//! Slide 'Spectrum of 𝒬'. Its sum `½ Σ_{i,j}` misses half of the diagonal, a relative 1/d of the trace. Reach: proved for
//! every d and p. Beside it the means of samples. Controls: the printed sum, a pairing of W forgotten, the second moment
//! of the printed limit.

use super::traces::{Moment, Trace, check, proved};
use crate::kit::proved::{NearMisses, Outcome, Statement};
use tensor_dyson::ledger::Claim;

pub(crate) const CLAIM: Claim = Claim {
    id: "q-trace-of-square",
    section: 6,
    slide: "Spectrum of 𝒬",
    settles: &["the 2×2 block, with eigenvalues σ_i² + σ_j² and 0"],
    statement: r"$E\,\mathrm{Tr}\,\mathcal Q^2/(pd)$ $= 1 + 2p/d + 3/d$ $+\,2p/d^2 + 4/d^2$ for Gaussian $W$; the limit is $1 + 2\gamma_2.$",
    uses: &["covariance"],
    check: |ctx| {
        check(
            ctx,
            &Moment {
                k: 2,
                proof: &PROOF,
                printed: r"$\tfrac{1}{2pd} \sum_{ij} (\sigma_i^2 + \sigma_j^2)^2$",
                corrected: r"$\tfrac{1}{pd}\sum_{i\le j}(\sigma_i^2+\sigma_j^2)^2$",
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
    written: "p^-1 d^-3 𝒬[a,b,c,e] 𝒬[c,e,a,b]",
    conditionally: "p^-1 d^-3 (W[a,b] W[a,b] W[c,e] W[c,e] + (d + 2) W[a,b] W[c,b] W[c,e] W[a,e])",
    exactly: "1 + 2 p/d + 3/d + 2 p/d^2 + 4/d^2",
    limit: "1 + 2 p/d",
};

/// `Tr 𝒬² = (Tr GᵀG)² + (d + 2) Tr (GᵀG)²`, so that `E Tr 𝒬²/(pd) = 1 + 2p/d + 3/d + 2p/d² + 4/d²`.
fn prove() -> Outcome {
    proved(&RIGHT)
}

/// The printed sum again, a forgotten pairing, and the second moment of the printed limit.
fn near_misses() -> NearMisses {
    let printed = "p^-1 d^-3 (W[a,b] W[a,b] W[c,e] W[c,e] + d W[a,b] W[c,b] W[c,e] W[a,e])";
    vec![
        (
            "½ Σ_ij (σ_i² + σ_j²)², as printed",
            proved(&Trace {
                conditionally: printed,
                ..RIGHT
            }),
        ),
        (
            "one pairing of W forgotten",
            proved(&Trace {
                exactly: "1 + 2 p/d",
                ..RIGHT
            }),
        ),
        (
            "the second moment of the printed limit",
            proved(&Trace {
                limit: "4 + 2 p/d",
                ..RIGHT
            }),
        ),
    ]
}
