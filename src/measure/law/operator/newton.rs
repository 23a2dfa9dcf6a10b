//! The numbers that the theorem of Newton and Kantorovich needs, see [`super::enclosure`].

use num_complex::Complex64;

use super::dense;
use super::equation::Equation;
use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::bound::Upper;
use crate::numbers::most;

/// What the theorem needs at x̃.
pub(super) struct Newton {
    /// β at the centre of the disc of z, and its growth with the radius of the disc.
    pub(super) residual: Upper,
    pub(super) push: Upper,
    /// q at the centre of the disc.
    pub(super) defect: Upper,
    /// `‖C‖`, L.
    pub(super) norm: Upper,
    pub(super) curvature: Upper,
    /// J, and a bound of the rounding of its product with a vector of size 1.
    pub(super) jacobian: Vec<Complex64>,
    pub(super) rounding: Upper,
}

/// `max_i Σ_j |c_ij| v_j`, rounded up.
fn weighted(inverse: &[Complex64], v: &[f64]) -> Upper {
    let share = 1.0 + 4.0 * (v.len() as f64 + 4.0) * f64::EPSILON;
    let rows = inverse.chunks_exact(v.len()).map(|row| {
        let terms = row.iter().zip(v).map(|(c, v)| size(*c) * v);
        terms.sum::<f64>() * share
    });
    Upper(most(rows) + f64::MIN_POSITIVE)
}

/// `max_i |Σ_j c_ij F_j|` from enclosures of F.
fn applied(inverse: &[Complex64], f: &[Ball]) -> Upper {
    let share = 4.0 * (f.len() as f64 + 4.0) * f64::EPSILON;
    let rows = inverse.chunks_exact(f.len()).map(|row| {
        let pairs = row.iter().zip(f);
        let (sum, all) = pairs.fold((Complex64::ZERO, 0.0), |(sum, all), (c, f)| {
            let rounding = share * size(f.center);
            (sum + c * f.center, all + size(*c) * (f.radius + rounding))
        });
        (size(sum) + all) * (1.0 + share)
    });
    Upper(most(rows) + f64::MIN_POSITIVE)
}

impl Newton {
    pub(super) fn new(
        equation: &Equation,
        z: Complex64,
        x: &[Complex64],
        inverse: &[Complex64],
    ) -> Self {
        let m = equation.count();
        let balls: Vec<Ball> = x.iter().map(|&x| Ball::exact(x)).collect();
        let residual = equation.residual(Ball::exact(z), 0.0, &balls);
        let push = equation.pushed(&equation.corner(), &balls);
        let jacobian = equation.jacobian(z, 0.0, x);
        let mut defect: Vec<f64> = Vec::with_capacity(m);
        let mut row = vec![Complex64::ZERO; m];
        for (i, c) in inverse.chunks_exact(m).enumerate() {
            row.fill(Complex64::ZERO);
            row[i] = Complex64::ONE;
            for (c, j) in c.iter().zip(jacobian.chunks_exact(m)) {
                if *c != Complex64::ZERO {
                    for (sum, j) in row.iter_mut().zip(j) {
                        *sum -= c * j;
                    }
                }
            }
            defect.push(row.iter().map(|x| size(*x)).sum());
        }
        let norm = weighted(inverse, &vec![1.0; m]);
        // The product's rounding, and that of the derivative, whose entries are sums of few terms no larger than these.
        let terms = m as f64 + equation.terms() + 16.0;
        let sizes = Upper(dense::row_norm(&jacobian, m) + equation.largest_term(z, x));
        let rounding = sizes * (8.0 * terms * f64::EPSILON);
        Self {
            residual: applied(inverse, &residual),
            push: applied(inverse, &push),
            defect: Upper(most(defect) * (1.0 + 1e-12)) + norm * rounding,
            norm,
            jacobian,
            rounding,
            curvature: weighted(inverse, &equation.curvature()),
        }
    }

    /// q over a disc of z of this radius, within ρ of x̃.
    pub(super) fn contraction(&self, radius: Upper, rho: Upper) -> Upper {
        self.defect + self.norm * radius + self.curvature * rho * 2.0
    }

    /// Whether there is one root within ρ for every z of the disc.
    pub(super) fn holds(&self, radius: Upper, rho: Upper) -> bool {
        let moved = self.residual + self.push * radius;
        let linear = self.defect + self.norm * radius + self.curvature * rho;
        let inside = (moved + linear * rho).0 <= rho.0;
        inside && self.contraction(radius, rho).0 <= 0.5
    }

    /// A radius of z for which this may hold: with a quarter of ρ for what the root moves.
    pub(super) fn reach(&self, rho: Upper) -> Upper {
        Upper((0.25 * rho.0 / self.push.0).min(0.0625 / self.norm.0))
    }

    /// A small ρ with this.
    pub(super) fn rho(&self, radius: Upper) -> Result<Upper, (f64, f64)> {
        let moved = self.residual + self.push * radius;
        let mut rho = moved * 1.25;
        for _ in 0..4 {
            if self.holds(radius, rho) {
                return Ok(rho);
            }
            rho = rho * 1.5;
        }
        Err((rho.0, self.contraction(radius, rho).0))
    }
}

impl Equation {
    /// Terms of a sum of which an entry of the derivative is made.
    fn terms(&self) -> f64 {
        let atoms: usize = self.blocks.iter().map(|block| block.families.len()).sum();
        (self.flows.len() + 4 * atoms + 4) as f64
    }

    /// A bound of the sum of the moduli of these terms.
    fn largest_term(&self, z: Complex64, x: &[Complex64]) -> f64 {
        let unknown = most(x.iter().map(|x| size(*x)));
        let flows: f64 = self.flows.iter().map(|flow| size(flow.factor)).sum();
        let blocks = self.blocks.iter().map(|block| {
            let constant: f64 = block.constant.iter().map(|x| size(*x)).sum();
            let families = block.families.iter().map(|family| {
                let at = most(family.atoms.iter().map(|(at, _)| at.abs()));
                at * family.coefficient.iter().map(|c| size(*c)).sum::<f64>()
            });
            constant + families.sum::<f64>() + 2.0 * block.size as f64 * unknown
        });
        size(z) + 2.0 * flows * unknown + blocks.sum::<f64>()
    }
}
