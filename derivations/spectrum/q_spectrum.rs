//! The nonzero eigenvalues of 𝒬 are the nonzero `σ_i² + σ_j²`, `1 ≤ i ≤ j ≤ d`, and `𝒬 = ½𝒮*𝒮`.
//!
//! Slide 'Spectrum of 𝒬'. With `𝒮(M) = MGᵀ + GMᵀ` and `𝒮*(Y) = 2YG`.
//! Reach: the factorisation exactly, over a prime field; the spectrum to rounding against dense
//! eigenvalues. Controls: `𝒮*𝒮` without ½; pairs up to min(d, p) only.

use super::Decomposed;
use crate::common::{SHAPES, differing, field_matrix};
use tensor_dyson::covariance::{linear_covariance, linear_eigenvalues};
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed, largest};
use tensor_dyson::linalg::symmetric_eigenvalues;
use tensor_dyson::tensor::{Fp61, act, matricize};

pub(crate) const CLAIM: Claim = Claim {
    id: "q-spectrum",
    section: 6,
    slide: "Spectrum of 𝒬",
    statement: "𝒬 = ½𝒮*𝒮 with 𝒮(M) = MGᵀ + GMᵀ; its nonzero eigenvalues are the nonzero σ_i² + σ_j², 1 ≤ i ≤ j ≤ d, each once.",
    uses: &["two-by-two-block"],
    assumes: &[],
    check,
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut entries, mut wrong, mut whole) = (0, 0, 0);
    for (k, &(d, p)) in SHAPES.iter().enumerate() {
        let mut rng = ctx.streams().stream(100 + k as u64);
        let (g, m) = (field_matrix(d, p, &mut rng), field_matrix(d, p, &mut rng));
        let image = act(linear_covariance(g.view()).view(), m.view());
        let s = m.dot(&g.t()) + g.dot(&m.t());
        let adjoint = s.dot(&g) * Fp61::from(2);
        entries += m.len();
        wrong += differing(&(&image * Fp61::from(2)), &adjoint);
        whole += differing(&image, &adjoint);
    }
    let (mut right, mut short, mut cases) = (vec![], vec![], 0);
    let mut intermediates = vec![];
    for sample in Decomposed::all(ctx)? {
        let (d, p) = sample.g.dim();
        let dense =
            symmetric_eigenvalues(matricize(linear_covariance(sample.g.view()).view()).view())?;
        let singular = sample.svd.singular.to_vec();
        let closed = linear_eigenvalues(&singular, d, p).expanded();
        // A symmetric eigenvalue errs by at most a small multiple of its dimension times ε‖𝒬‖.
        let unit = sample.rounding() * (d * p) as f64;
        let apart = |x: &[f64]| largest(x.iter().zip(&dense).map(|(x, y)| (x - y).abs() / unit));
        right.push(apart(&closed));
        cases += closed.len();
        let rank = d.min(p);
        let mut pairs: Vec<f64> = (0..rank)
            .flat_map(|i| (i..rank).map(move |j| (i, j)))
            .map(|(i, j)| singular[i].powi(2) + singular[j].powi(2))
            .collect();
        pairs.resize(d * p, 0.0);
        pairs.sort_by(f64::total_cmp);
        short.push(apart(&pairs));
        if (d, p) == (6, 4) {
            intermediates.push(("eigenvalues of 𝒬 at d = 6, p = 4", closed));
        }
    }
    let evidence = vec![
        Measurement::exact("entries of 2𝒬·M = 𝒮*𝒮·M over 𝔽_{2⁶¹−1}", entries, wrong),
        Measurement::rounding(
            "eigenvalues, in rounding bounds",
            cases,
            largest(right),
            1.0,
        ),
    ];
    Ok(Finding {
        printed: Printed::as_claimed("Eigenvalues: σ_i² + σ_j², 0", &evidence),
        evidence,
        controls: vec![
            Measurement::exact("𝒬 = 𝒮*𝒮, the ½ lost", entries, whole),
            Measurement::rounding("pairs i ≤ j ≤ min(d, p) only", cases, largest(short), 1.0),
        ],
        intermediates,
        ..Finding::default()
    })
}
