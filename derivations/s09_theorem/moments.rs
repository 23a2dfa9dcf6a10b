//! What `ntk-moments` and `ntk-limit-moments` share: samples, and chains for `Tr NTKᵏ`, `k ≤ 4`, as a cycle of inner products.
//!
//! For `σ′(x) = x`, `a = ±1`, Gaussian `X` and `W`, `G = W/√d`.

use super::limit_law::{limit_moment, mixture};
use tensor_dyson::covariance::Covariance;
use tensor_dyson::ledger::{CheckError, Context, MeanTest};
use tensor_dyson::linalg::{gram, symmetric_eigenvalues};
use tensor_dyson::linearization::{flatten, linearization, mean_linearization};
use tensor_dyson::model::{Activation, EntryLaw, NtkSample, Sizes, WeightLaw};
use tensor_dyson::symbolic::{Polynomial, Proof, SymbolicError, Theory};

pub(super) const SIZES: Sizes = Sizes { n: 60, d: 8, p: 12 };

/// Whose kernel is sampled.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kernel {
    /// The NTK.
    Ntk,
    /// That of `ω − G`.
    Centred,
}

/// Means of `Tr Kᵏ`, `k = 1, …, 4`.
pub(super) fn sampled(ctx: &Context, kernel: Kernel) -> Result<MeanTest, CheckError> {
    let mut test = MeanTest::new(4);
    let phi = Activation::Identity;
    for seed in 0..ctx.choose(300, 600, 2000) {
        let mut rng = ctx.streams().stream(seed);
        let s = NtkSample::draw(
            SIZES,
            EntryLaw::Gaussian,
            &WeightLaw::PlusMinusOne,
            &mut rng,
        );
        let mut a = linearization(s.x.view(), s.features(&phi).view());
        if kernel == Kernel::Centred {
            let q = Covariance::new(s.w.view(), s.a.view(), &phi.hermite_data())?;
            a -= &mean_linearization(q.g(), SIZES.n);
        }
        let eigenvalues = symmetric_eigenvalues(gram(flatten(a.view()).t()).view())?;
        let trace = |k: i32| eigenvalues.iter().map(|x| x.powi(k)).sum::<f64>();
        test.push(&[trace(1), trace(2), trace(3), trace(4)]);
    }
    Ok(test)
}

pub(super) const OVER_W: &str = "over W";

/// The quadratic scaling: `n ~ N²`, `d, p ~ N`.
pub(super) const QUADRATIC: [(&str, i32); 3] = [("n", 2), ("d", 1), ("p", 1)];

/// The values of the expectations over W, in the order of the chains.
pub(super) fn over_w(proof: &Proof, sizes: Sizes) -> Vec<f64> {
    let expectations = proof.steps().iter().filter(|step| step.name() == OVER_W);
    let polynomials = expectations.filter_map(|step| step.expression().as_polynomial());
    polynomials.map(|moment| value(&moment, sizes)).collect()
}

/// `n` times moment `k` of the limiting law.
pub(super) fn limit_moment_of_the_mixture(k: usize, sizes: Sizes) -> f64 {
    value(&limit_moment(k, &mixture()), sizes)
}

/// NaN where a symbol is no size.
fn value(polynomial: &Polynomial, sizes: Sizes) -> f64 {
    let [n, d, p] = [sizes.n, sizes.d, sizes.p].map(|size| size as f64);
    let value = polynomial.value(&[("n", n), ("d", d), ("p", p)]);
    value.unwrap_or(f64::NAN)
}

/// `Tr NTKᵏ` as a cycle of inner products of `ω`'s, each of scale `1/(pd²)` with `W` for `√d G`.
pub(super) fn trace(omega: &str, k: usize) -> String {
    let link = |t: usize| {
        format!(
            "{omega}[i{t},a{t},b{t}] {omega}[i{},a{t},b{t}]",
            (t + 1) % k
        )
    };
    let links: Vec<String> = (0..k).map(link).collect();
    format!("p^-{k} d^-{} {}", 2 * k, links.join(" "))
}

pub(super) fn theory() -> Result<Theory, SymbolicError> {
    let mut theory = Theory::new();
    theory
        .tensors("x[n,d] W[d,p]")?
        .define("ω[i,a,b] = x[i,a] W[k,b] x[i,k]")?
        .define("ω°[i,a,b] = ω[i,a,b] - δ[i] W[a,b]")?;
    Ok(theory)
}
