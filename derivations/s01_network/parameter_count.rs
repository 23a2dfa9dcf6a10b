//! Θ = (W, a) has p(d+1) parameters, all of them effective: ∇ŷ has p(d+1) independent columns, for σ generic.
//!
//! Slide 'Training and Testing'. As printed: holds for generic σ. Not for special ones, which is said here: for
//! σ homogeneous, Euler's `uσ′(u) = kσ(u)` makes a's derivatives combinations of W's, rank pd; for
//! σ = x²/2 all are quadratic forms of x and the rank is `r(2d − r + 1)/2`, r = min(d, p), the rank of 𝒬 among them.
//! Reach: exact ranks over 𝔽_{2⁶¹−1} at random points, σ a polynomial: the generic rank but for a chance of
//! 1e-15. Controls: pd for p(d+1), and p(d+1) for the homogeneous and the quadratic σ.

use super::rank::{Polynomial, rank};
use crate::kit::common::field_matrix;
use tensor_dyson::ledger::{CheckError, Claim, Context, Finding, Measurement, Printed};

pub(crate) const CLAIM: Claim = Claim {
    id: "parameter-count",
    section: 1,
    slide: "Training and Testing",
    settles: &["Θ = (W, a) ∈ R^{p(d+1)}"],
    statement: r"$\Theta \in \mathbb R^{d\times p}\times\mathbb R^p$ $\cong \mathbb R^{p(d+1)}$: $\nabla\hat y$ has rank $p(d+1)$ for generic $\sigma$; $pd$ for homogeneous $\sigma$ of degree $> 2$; $r(2d-r+1)/2$ for $x^2/2.$",
    check,
    ..Claim::BLANK
};

/// No relation between its values and slopes.
pub(super) const GENERIC: Polynomial<'static> = Polynomial(&[1, 2, -1, 3, 1, -2, 1, 1]);
const HOMOGENEOUS: Polynomial<'static> = Polynomial(&[0, 0, 0, 0, 0, 1]);
/// x²: as x²/2, without a division.
const SQUARE: Polynomial<'static> = Polynomial(&[0, 0, 1]);

/// d, p.
pub(super) const SHAPES: [(usize, usize); 5] = [(2, 3), (3, 3), (3, 2), (2, 1), (4, 3)];

fn check(ctx: &Context) -> Result<Finding, CheckError> {
    let (mut cases, mut generic, mut homogeneous, mut square) = (0, 0, 0, 0);
    let (mut inner_only, mut full_homogeneous, mut full_square) = (0, 0, 0);
    for (k, &(d, p)) in SHAPES.iter().enumerate() {
        let mut rng = ctx.streams().stream(k as u64);
        let count = p * (d + 1);
        let x = field_matrix(count + 3, d, &mut rng);
        let w = field_matrix(d, p, &mut rng);
        let a = field_matrix(p, 1, &mut rng).column(0).to_vec();
        let of = |sigma: &Polynomial<'_>| rank(sigma.jacobian(&x, &w, &a));
        let (all, degree_5, quadratic) = (of(&GENERIC), of(&HOMOGENEOUS), of(&SQUARE));
        let r = d.min(p);
        cases += 1;
        generic += usize::from(all != count);
        inner_only += usize::from(all != p * d);
        homogeneous += usize::from(degree_5 != p * d);
        full_homogeneous += usize::from(degree_5 != count);
        square += usize::from(quadratic != r * (2 * d - r + 1) / 2);
        full_square += usize::from(quadratic != count);
    }
    let evidence = vec![
        Measurement::exact(
            "shapes where the rank is not p(d+1), generic σ",
            cases,
            generic,
        ),
        Measurement::exact("shapes where it is not pd, σ = x⁵", cases, homogeneous),
        Measurement::exact("shapes where it is not r(2d−r+1)/2, σ = x²", cases, square),
    ];
    Ok(Finding {
        printed: Printed::as_claimed("Θ = (W, a) ∈ ℝ^{d×p} × ℝ^p ≅ ℝ^{p(d+1)}", &evidence[..1]),
        evidence,
        controls: vec![
            Measurement::exact("pd, generic σ", cases, inner_only),
            Measurement::exact("p(d+1), σ = x⁵", cases, full_homogeneous),
            Measurement::exact("p(d+1), σ = x²", cases, full_square),
        ],
        ..Finding::default()
    })
}
