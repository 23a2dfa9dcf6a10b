//! The Marchenko–Pastur map: the eigenvalues of `(1/d)XDXᵀ`, X n×d, n/d → γ, D of law ν, have the limit law whose
//! transform solves `s = 1/(−z + ∫ x dν/(1 + γxs))`.
//!
//! Slide 'Limiting distribution'. As printed: formula and matrix belong together (its name is judged in
//! `mp-map-is-not-box`). Reach: a fitted rate in n for n/d = ½ and 2, ν with atoms at 0, 1 and 3.
//! Controls: 1/γ for γ, the mean of ν for ν, and D on the short side.

use super::{diagonal, error, nu};
use crate::kit::common::points;
use num_complex::Complex64;
use rayon::prelude::*;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Ladder, Printed};
use tensor_dyson::linalg::{LinalgError, gram, symmetric_eigenvalues};
use tensor_dyson::measure::{Atoms, Law, LawError, MpMapError, Response, marchenko_pastur_map};
use tensor_dyson::model::EntryLaw;

pub(crate) const CLAIM: Claim = Claim {
    id: "mp-map",
    section: 3,
    slide: "Limiting distribution",
    settles: &["the Marchenko–Pastur map's equation"],
    statement: r"The law of $\tfrac1d XDX^\top$, $X$ $n\times d$, $n/d \to \gamma$, $D$ of law $\nu$, has $$s = \frac{1}{-z + \displaystyle\int \frac{x\,d\nu}{1+\gamma x s}}.$$",
    uses: &["linear-m1"],
    check,
    ..Claim::BLANK
};

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let mut ladders: [Ladder; 4] = std::array::from_fn(|_| Ladder::default());
    let nu = nu()?;
    let mean = Atoms::new(vec![nu.mean()], vec![1.0])?;
    for gamma in [0.5, 2.0] {
        let at = |ratio: f64, nu: &Atoms| -> Result<Vec<Complex64>, MpMapError> {
            let values = points().into_iter();
            values
                .map(|z| Ok(marchenko_pastur_map(ratio, nu, z, None)?.m))
                .collect()
        };
        let product = Law::marchenko_pastur(gamma)?.free_product(&Law::from(&nu))?;
        let short: Result<Vec<_>, LawError> = points()
            .into_iter()
            .map(|z| Ok(product.stieltjes(z)?.s))
            .collect();
        let laws = [
            at(gamma, &nu)?,
            at(1.0 / gamma, &nu)?,
            at(gamma, &mean)?,
            short?,
        ];
        for n in ctx.choose([20, 60, 160], [20, 80, 240], [40, 200, 800]) {
            let d = (n as f64 / gamma) as usize;
            let roots = diagonal(&nu, d).mapv(f64::sqrt);
            let spectra: Result<Vec<_>, LinalgError> = (0..(960 / n as u64).max(6))
                .into_par_iter()
                .map(|seed| {
                    let index = 10_000 * n as u64 + (100.0 * gamma) as u64 * 100 + seed;
                    let x = EntryLaw::Gaussian.matrix(n, d, &mut ctx.streams().stream(index));
                    symmetric_eigenvalues((gram((x * &roots).view()) / d as f64).view())
                })
                .collect();
            for spectrum in spectra? {
                for (ladder, s) in ladders.iter_mut().zip(&laws) {
                    ladder.push(n as f64, error(&spectrum, s));
                }
            }
        }
    }
    let [right, inverted, averaged, short] = ladders;
    let evidence = vec![right.measure("|s_emp − s| against n", -0.5)?];
    Ok(Finding {
        printed: Printed::as_claimed(
            "s = 1/(−z + ∫ x dν/(1+γxs)): eigenvalues of (1/d)XDXᵀ",
            &evidence,
        ),
        evidence,
        controls: vec![
            inverted.measure("1/γ for γ", -0.5)?,
            averaged.measure("δ at the mean of ν", -0.5)?,
            short.measure("D on the short side", -0.5)?,
        ],
        ..Finding::default()
    })
}
