//! `E Tr NTKᵏ`, `k ≤ 4`, as polynomials in `n, d, p`, and their leading order against the limiting law.
//!
//! For `σ′(x) = x`, `a = ±1`, Gaussian `X` and `W`, `G = W/√d`. The moments of the NTK itself do not
//! converge to those of its limit: `E ω = G` puts one eigenvalue near `n/d`, whose power `(n/d)ᵏ` is of
//! the order of the whole sum at `k = 2` and larger from `k = 3` on. With `ω° = ω − G` the leading order
//! is `n` times the moment of the limiting law, the Marchenko–Pastur map of
//! `(γ₂/2) μ*μ + (1−γ₂) μ + (γ₂/2) δ₀`, `μ = MP^{γ₂}`.

use super::limit_law::{limit_moment, mixture, self_convolution};
use super::{NearMisses, Outcome, Statement};
use tensor_dyson::model::Sizes;
use tensor_dyson::symbolic::{Law, Polynomial, Proof, SymbolicError, Theory};

/// The moments of the NTK.
pub(crate) const NTK_MOMENTS: Statement = Statement {
    what: "E Tr NTKᵏ, k ≤ 4, by Wick's theorem",
    prove: exact,
    near_misses: exact_near_misses,
};

/// The moments of the limit.
pub(crate) const LIMIT_MOMENTS: Statement = Statement {
    what: "the leading order of E Tr (NTK°)ᵏ, k ≤ 4",
    prove: limit,
    near_misses: limit_near_misses,
};

const OVER_W: &str = "over W";

/// The quadratic scaling: `n ~ N²`, `d, p ~ N`.
const QUADRATIC: [(&str, i32); 3] = [("n", 2), ("d", 1), ("p", 1)];

/// `E Tr NTKᵏ` for `k = 1, …, 4` and, from `k = 2` on, what the outlier does to its leading order.
fn exact() -> Outcome {
    exact_with(["n", "n + n^2/(p d) + 3 n^2/d^2", "n^3/d^3", "n^4/d^4"])
}

/// The moments without the outlier.
fn exact_near_misses() -> NearMisses {
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
            .expect("over X", "x", &Law::Gaussian)?
            .expect(OVER_W, "W", &Law::Gaussian)?
            .approximately("n ~ N², d, p ~ N", &QUADRATIC, order)?
            .is("the leading order", leading)?;
    }
    Ok(proof.done())
}

/// `E Tr (NTK°)ᵏ ≈ n ∫ xᵏ dμ` at order `N²`, for `k = 1, …, 4`.
fn limit() -> Outcome {
    limit_with(&mixture())
}

/// The law with the printed `μ*μ` in place of the mixture.
fn limit_near_misses() -> NearMisses {
    vec![("𝒬's law as printed, μ*μ", limit_with(&self_convolution()))]
}

fn limit_with(law: &[Polynomial; 5]) -> Outcome {
    let theory = theory()?;
    let mut proof = theory.prove("E Tr (NTK°)ᵏ ≈ n ∫ xᵏ dμ, k = 1, …, 4");
    for k in 1..=4 {
        let moment = limit_moment(k, law).to_string();
        proof = proof
            .from(&trace("ω°", k))?
            .rewrite("ω° = ω − G, ω = x ⊗ Gᵀx, G = W/√d", &["ω°", "ω"])?
            .expect("over X", "x", &Law::Gaussian)?
            .expect(OVER_W, "W", &Law::Gaussian)?
            .approximately("n ~ N², d, p ~ N", &QUADRATIC, 2)?
            .is(&format!("n times moment {k} of the limiting law"), &moment)?;
    }
    Ok(proof.done())
}

/// The values of the expectations over W, in the order of the chains.
pub(crate) fn over_w(proof: &Proof, sizes: Sizes) -> Vec<f64> {
    let expectations = proof.steps().iter().filter(|step| step.name() == OVER_W);
    let polynomials = expectations.filter_map(|step| step.expression().as_polynomial());
    polynomials.map(|moment| value(&moment, sizes)).collect()
}

/// `n` times moment `k` of the limiting law.
pub(crate) fn limit_moment_of_the_mixture(k: usize, sizes: Sizes) -> f64 {
    value(&limit_moment(k, &mixture()), sizes)
}

/// NaN where a symbol is no size.
fn value(polynomial: &Polynomial, sizes: Sizes) -> f64 {
    let [n, d, p] = [sizes.n, sizes.d, sizes.p].map(|size| size as f64);
    let value = polynomial.value(&[("n", n), ("d", d), ("p", p)]);
    value.unwrap_or(f64::NAN)
}

/// `Tr NTKᵏ` as a cycle of inner products of `ω`'s, each of scale `1/(pd²)` with `W` for `√d G`.
fn trace(omega: &str, k: usize) -> String {
    let link = |t: usize| {
        format!(
            "{omega}[i{t},a{t},b{t}] {omega}[i{},a{t},b{t}]",
            (t + 1) % k
        )
    };
    let links: Vec<String> = (0..k).map(link).collect();
    format!("p^-{k} d^-{} {}", 2 * k, links.join(" "))
}

fn theory() -> Result<Theory, SymbolicError> {
    let mut theory = Theory::new();
    theory
        .tensors("x[n,d] W[d,p]")?
        .define("ω[i,a,b] = x[i,a] W[k,b] x[i,k]")?
        .define("ω°[i,a,b] = ω[i,a,b] - δ[i] W[a,b]")?;
    Ok(theory)
}
