//! `μ * ν` is the law of X + Y, X ~ μ and Y ~ ν independent: that of the eigenvalues of `A⊗I + I⊗B`.
//!
//! Slide 'Limiting distribution'. As printed: holds. Reach: the moments of the Kronecker sum by the binomial
//! formula of independent variables, exactly over 𝔽_{2⁶¹−1}, to order 6; a fitted rate for the sums of the
//! eigenvalues of two independent WᵀW/d against the toolkit's MP * MP. Controls: the free sum's fourth moment
//! (4m₂m₂′ for 6m₂m₂′ between centred variables), and X + X for X + Y.

use crate::kit::common::{differing, field_matrix, response_points, rms};
use crate::kit::printed::PrintedLaw;
use ndarray::{Array1, Array2};
use num_traits::{One, Zero};
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Ladder, Measurement, Printed};
use tensor_dyson::linalg::{gram, symmetric_eigenvalues};
use tensor_dyson::measure::{Atoms, Response};
use tensor_dyson::model::EntryLaw;
use tensor_dyson::tensor::Fp61;

pub(crate) const CLAIM: Claim = Claim {
    id: "classical-convolution",
    section: 3,
    slide: "Limiting distribution",
    settles: &["μ * ν is the law of X + Y"],
    statement: r"$X + Y \sim \mu * \nu$ for $X \sim \mu$, $Y \sim \nu$ independent: the law of $A\otimes I + I\otimes B.$",
    assumes: &["Marchenko–Pastur theorem for the singular values of W/√d"],
    check,
    ..Claim::BLANK
};

/// `(1/n) Tr Aᵏ`, k = 0..=6.
fn moments(a: &Array2<Fp61>) -> Array1<Fp61> {
    let size = Fp61::from(a.nrows() as i64);
    let mut power = Array2::eye(a.nrows());
    let mut moments = vec![];
    for _ in 0..=6 {
        moments.push(power.diag().iter().fold(Fp61::zero(), |sum, &x| sum + x) / size);
        power = power.dot(a);
    }
    Array1::from(moments)
}

/// `Σ_j C(k, j) m_j m′_{k−j}`.
fn binomial(m: &Array1<Fp61>, other: &Array1<Fp61>) -> Array1<Fp61> {
    let mut row = vec![Fp61::one()];
    let mut sums = vec![];
    for k in 0..m.len() {
        let terms = (0..=k).map(|j| row[j] * m[j] * other[k - j]);
        sums.push(terms.fold(Fp61::zero(), |sum, x| sum + x));
        let inner = row.windows(2).map(|pair| pair[0] + pair[1]);
        row = [Fp61::one()]
            .into_iter()
            .chain(inner.collect::<Vec<_>>())
            .chain([Fp61::one()])
            .collect();
    }
    Array1::from(sums)
}

/// Moments of Kronecker sums over the field: how many there are, differ from the binomial formula, and differ from the free
/// sum's fourth.
fn kronecker_sums(ctx: &Context) -> [usize; 3] {
    let (mut cases, mut wrong, mut fourth) = (0, 0, 0);
    for (k, (n, m)) in [(2, 3), (3, 3), (4, 2)].into_iter().enumerate() {
        let mut rng = ctx.streams().stream(k as u64);
        let mut centred = |size: usize| {
            let x = field_matrix(size, size, &mut rng);
            let mut a = &x + &x.t();
            let trace = a.diag().iter().fold(Fp61::zero(), |sum, &x| sum + x);
            a.diag_mut()
                .mapv_inplace(|x| x - trace / Fp61::from(size as i64));
            a
        };
        let (a, b) = (centred(n), centred(m));
        let sum = Array2::from_shape_fn((n * m, n * m), |(i, j)| {
            let (row, col) = ((i / m, i % m), (j / m, j % m));
            let left = if row.1 == col.1 {
                a[[row.0, col.0]]
            } else {
                Fp61::zero()
            };
            let right = if row.0 == col.0 {
                b[[row.1, col.1]]
            } else {
                Fp61::zero()
            };
            left + right
        });
        let (left, right) = (moments(&a), moments(&b));
        let mut predicted = binomial(&left, &right);
        let found = moments(&sum);
        cases += found.len();
        wrong += differing(&found, &predicted);
        predicted[4] = predicted[4] - Fp61::from(2) * left[2] * right[2];
        fourth += usize::from(found[4] != predicted[4]);
    }
    [cases, wrong, fourth]
}

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let [cases, wrong, fourth] = kronecker_sums(ctx);
    let (mut ladder, mut same) = (Ladder::default(), Ladder::default());
    for gamma in [0.5, 1.5] {
        let law = PrintedLaw::new(gamma, 1.0, 0.0)?;
        for d in ctx.choose([8, 24, 80], [10, 40, 160], [16, 80, 400]) {
            let p = (gamma * d as f64) as usize;
            for seed in 0..8 {
                let index = 10_000 * d as u64 + (gamma * 100.0) as u64 * 10 + seed;
                let mut rng = ctx.streams().stream(index);
                let mut eigenvalues = || {
                    let w = EntryLaw::Gaussian.matrix(d, p, &mut rng);
                    symmetric_eigenvalues((gram(w.t()) / d as f64).view())
                };
                let (x, y) = (eigenvalues()?, eigenvalues()?);
                let positive = |x: f64| x.max(0.0);
                let sums = x
                    .iter()
                    .flat_map(|x| y.iter().map(move |y| positive(x + y)));
                let twice = x.iter().map(|x| positive(2.0 * x));
                let error = |sums: Vec<f64>| -> Result<f64, CheckError> {
                    let sums = Atoms::empirical(sums)?;
                    let mut differences = vec![];
                    for t in response_points() {
                        differences.push(sums.response(t)?.value - law.response(t)?.value);
                    }
                    Ok(rms(differences))
                };
                ladder.push(d as f64, error(sums.collect())?);
                same.push(d as f64, error(twice.collect())?);
            }
        }
    }
    let evidence = vec![
        Measurement::exact("moments of A⊗I + I⊗B to order 6", cases, wrong),
        ladder.measure("sums of eigenvalues against MP * MP", -0.5)?,
    ];
    Ok(Finding {
        printed: Printed::as_claimed("X + Y ~ μ * ν", &evidence),
        evidence,
        controls: vec![
            Measurement::exact("the free sum's fourth moment", 3, fourth),
            same.measure("X + X for X + Y", -0.5)?,
        ],
        ..Finding::default()
    })
}
