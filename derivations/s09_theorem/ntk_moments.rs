//! `E Tr NTKᵏ`, `k ≤ 4`, as polynomials in n, d, p.
//!
//! Beyond the slides, for `σ′ = x`, `a = ±1`, Gaussian X and W. The outlier of `E ω = G` rules the moments: it puts one
//! eigenvalue near `n/d`, whose power `(n/d)ᵏ` is of the order of the whole sum at `k = 2` and larger from `k = 3` on.
//! Reach: proved for every n, d and p, with the order of all that is dropped. Beside it the means of samples at
//! one size. Control: the limit's moments.

use super::limit_law::{limit_moment, mixture};
use super::moments::{
    Kernel, OVER_W, QUADRATIC, SIZES, limit_moment_of_the_mixture, over_w, sampled, theory, trace,
};
use crate::kit::proved::{NearMisses, Outcome, Statement};
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed};
use tensor_dyson::symbolic::TensorLaw;

pub(crate) const CLAIM: Claim = Claim {
    id: "ntk-moments",
    section: 9,
    slide: "Main result",
    settles: &["a = ±1: MP^{γ₁} ⊠ (α² μ*μ + (β² − α²))"],
    statement: r"$E\,\mathrm{Tr}\,\mathrm{NTK}^k$, $k \le 4$, are polynomials in $n, d, p$; their leading orders are $n$, $n + n^2/(pd) + 3n^2/d^2$, $n^3/d^3$, $n^4/d^4$: from $k = 2$ on the outlier rules.",
    uses: &["gram", "outlier"],
    check,
    ..Claim::BLANK
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let outcome = (PROOF.prove)();
    let proved = Measurement::proved(PROOF.what, &outcome)?;
    let exact = over_w(&outcome?, SIZES);
    let test = sampled(ctx, Kernel::Ntk)?;
    let what = "Tr NTKᵏ, k = 1, …, 4, at n = 60, d = 8, p = 12";
    let evidence = vec![proved, test.measure(what, &exact).as_cross_check()];
    let limit: Vec<f64> = (1..=4)
        .map(|k| limit_moment_of_the_mixture(k, SIZES))
        .collect();
    Ok(Finding {
        printed: Printed::as_claimed("NTK_ij = (1/pd)⟨ω^i, ω^j⟩", &evidence),
        evidence,
        controls: PROOF.controls([test.measure("the limit's moments times n", &limit)])?,
        intermediates: vec![("E Tr NTKᵏ at n = 60, d = 8, p = 12", exact)],
        ..Finding::default()
    })
}

/// The moments of the NTK.
const PROOF: Statement = Statement {
    what: "E Tr NTKᵏ, k ≤ 4, by Wick's theorem",
    prove,
    near_misses,
};

/// `E Tr NTKᵏ` for `k = 1, …, 4` and, from `k = 2` on, what the outlier does to its leading order.
fn prove() -> Outcome {
    exact_with(["n", "n + n^2/(p d) + 3 n^2/d^2", "n^3/d^3", "n^4/d^4"])
}

/// The moments without the outlier.
fn near_misses() -> NearMisses {
    let limit = |k: usize| limit_moment(k, &mixture()).to_string();
    let without_outlier = [limit(1), limit(2), limit(3), limit(4)];
    vec![(
        "the limit's own moments",
        exact_with(without_outlier.each_ref().map(String::as_str)),
    )]
}

fn exact_with(leading: [&str; 4]) -> Outcome {
    let theory = theory()?;
    let mut proof = theory.prove("E Tr NTKᵏ, k = 1, …, 4");
    for (k, leading) in (1..).zip(leading) {
        let order = [2, 2, 3, 4][k - 1];
        proof = proof
            .from(&trace("ω", k))?
            .rewrite("ω = x ⊗ Gᵀx, G = W/√d", &["ω"])?
            .expect("over X", "x", &TensorLaw::Gaussian)?
            .expect(OVER_W, "W", &TensorLaw::Gaussian)?
            .approximately("n ~ N², d, p ~ N", &QUADRATIC, order)?
            .is("the leading order", leading)?;
    }
    Ok(proof.done())
}
