//! The self-energy of a variable with a law, `σ(Ω) = Ω − G(Ω)⁻¹`, `G(Ω) = ∫ (Ω − x K)⁻¹ dμ(x)`, and its derivative.
//!
//! Of finitely many atoms G is a sum, and of two σ is simpler than G. Of any other law `σ(Ω) = −K H(K⁻¹Ω)`, H the self-energy `−1/s − ζ` of the law as a function of a matrix: for
//! one row a number, for two rows by the projections on both eigenvalues (Sylvester's formula; the derivative after Daleckii and Krein 1965).
//! No eigenvalue of `K⁻¹Ω` is real for Ω above the axis; in the lower half plane H is the conjugate.

use num_complex::Complex64;

use super::equation::{Equation, Family};
use super::small::{columns, inverse, product};
use crate::measure::arithmetic::ball::{Ball, size};
use crate::measure::arithmetic::scalar::Scalar;
use crate::measure::law::local::middle;
use crate::measure::law::transform::Memory;
use crate::measure::{Atom, Law};

/// The law of a variable.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    /// Places and masses, the masses of sum 1.
    Atoms(Vec<(f64, f64)>),
    /// Any law.
    Law(Law),
}

impl Source {
    /// The largest modulus of a value.
    pub(crate) fn reach(&self) -> f64 {
        match self {
            Source::Atoms(atoms) => crate::numbers::most(atoms.iter().map(|(at, _)| at.abs())),
            Source::Law(law) => law.hull().0.abs().max(law.hull().1.abs()),
        }
    }

    /// Places and masses of its atoms.
    pub(crate) fn atoms(&self) -> Vec<(f64, f64)> {
        match self {
            Source::Atoms(atoms) => atoms.clone(),
            Source::Law(law) => {
                let pair = |atom: &Atom| (atom.at, atom.mass);
                law.point_masses().iter().map(pair).collect()
            }
        }
    }
}

/// σ and its derivative: r×r, and r²×r² from entries of Ω to entries of σ.
#[derive(Clone, Debug)]
pub(super) struct Energy<T> {
    pub(super) value: Vec<T>,
    pub(super) slope: Vec<T>,
}

impl<T: Scalar> Energy<T> {
    /// `G⁻¹ = Ω − σ`.
    pub(super) fn inverse(&self, omega: &[T]) -> Vec<T> {
        let pairs = omega.iter().zip(&self.value);
        pairs.map(|(&a, &b)| a - b).collect()
    }
}

/// A scalar at which a law's self-energy can be had.
pub(super) trait Point: Scalar {
    /// H and H′ of a law, in both half planes; over all points of a disc.
    fn of_law(self, law: &Law, memory: &mut Memory) -> Option<[Self; 2]>;

    /// A square root, analytic over a disc.
    fn root(self) -> Self;

    fn is_number(self) -> bool;
}

impl Point for Complex64 {
    fn of_law(self, law: &Law, memory: &mut Memory) -> Option<[Self; 2]> {
        let below = self.im < 0.0;
        let at = Complex64::new(self.re + 0.0, self.im.abs());
        let jet = law.jet(at, memory).ok()?;
        let found = [jet.chi / jet.s, jet.energy_slope(middle(law.hull()))];
        Some(found.map(|x| if below { x.conj() } else { x }))
    }

    fn root(self) -> Self {
        self.sqrt()
    }

    fn is_number(self) -> bool {
        self.is_finite()
    }
}

impl Point for Ball {
    fn of_law(self, law: &Law, memory: &mut Memory) -> Option<[Self; 2]> {
        let below = self.center.im < 0.0;
        let at = Complex64::new(self.center.re + 0.0, self.center.im.abs());
        let local = law.local(Ball::exact(at), memory).ok()?;
        let found = local.energy_over(self.radius, law.hull())?;
        let turned = |ball: Ball| if below { ball.conj() } else { ball };
        Some(found.map(turned))
    }

    /// Of two roots on one side of a line through 0 the sum is at least as large as either.
    fn root(self) -> Self {
        let root = self.center.sqrt();
        let apart = self.radius / size(root);
        let radius = if self.least() > 0.0 {
            apart
        } else {
            f64::INFINITY
        };
        Ball::new(root, radius + 4.0 * f64::EPSILON * size(root))
    }

    fn is_number(self) -> bool {
        self.is_finite()
    }
}

impl Family {
    /// σ and its derivative at Ω; `None` where they have no values.
    fn energy<T: Point>(&self, omega: &[T], memory: &mut Memory) -> Option<Energy<T>> {
        let found = match &self.source {
            Source::Atoms(atoms) => match atoms[..] {
                [one, other] => self.of_two(omega, one, other),
                _ => self.of_atoms(omega, atoms),
            },
            Source::Law(law) => self.of_law(omega, |at: T| at.of_law(law, memory))?,
        };
        let all = found.value.iter().chain(&found.slope);
        all.copied().all(T::is_number).then_some(found)
    }

    /// Of two atoms H is `−m + v/(c − ζ)`, so that `σ = m K + v K (Ω − c K)⁻¹ K`, with the mean m, the variance v and the zero c of s.
    fn of_two<T: Point>(&self, omega: &[T], (x, p): (f64, f64), (y, q): (f64, f64)) -> Energy<T> {
        let (r, shape) = (self.rank, [self.rank; 3]);
        // Two products and a sum are off by half an ulp each; the spread is by two and a half.
        let eps = f64::EPSILON;
        let number = |a: f64, b: f64| T::known(a + b, 2.0 * eps * (a.abs() + b.abs()));
        let (mean, zero) = (number(p * x, q * y), number(q * x, p * y));
        let spread = p * q * (x - y) * (x - y);
        let spread = T::known(spread, 4.0 * eps * spread);
        let middle: Vec<T> = self.middle.iter().map(|&k| T::exact(k)).collect();
        let pairs = omega.iter().zip(&middle);
        let moved: Vec<T> = pairs.map(|(&a, &k)| a - k.times(zero)).collect();
        let resolvent = inverse(&moved, r);
        let [left, right] = [
            product(&middle, &resolvent, shape),
            product(&resolvent, &middle, shape),
        ];
        let value = product(&left, &middle, shape).into_iter().zip(&middle);
        Energy {
            value: value
                .map(|(x, &k)| x.times(spread) + k.times(mean))
                .collect(),
            slope: columns(r, |e| {
                let through = product(&product(&left, e, shape), &right, shape);
                through.into_iter().map(|x| -x.times(spread)).collect()
            }),
        }
    }

    /// `dσ[E] = E − G⁻¹ (Σ p_i R_i E R_i) G⁻¹`, `R_i = (Ω − x_i K)⁻¹`.
    fn of_atoms<T: Point>(&self, omega: &[T], atoms: &[(f64, f64)]) -> Energy<T> {
        let (r, shape) = (self.rank, [self.rank; 3]);
        let resolvents: Vec<(Vec<T>, f64)> = atoms
            .iter()
            .map(|&(at, mass)| {
                let pairs = omega.iter().zip(&self.middle);
                let moved: Vec<T> = pairs.map(|(&a, &k)| a - T::exact(k) * at).collect();
                (inverse(&moved, r), mass)
            })
            .collect();
        let mean = |of: &dyn Fn(&[T]) -> Vec<T>| {
            let zero = vec![T::real(0.0); r * r];
            resolvents.iter().fold(zero, |sum, (resolvent, mass)| {
                let pairs = sum.into_iter().zip(of(resolvent));
                pairs.map(|(sum, x)| sum + x * *mass).collect()
            })
        };
        let inverse = inverse(&mean(&<[T]>::to_vec), r);
        let slope = columns(r, |e| {
            let inner = mean(&|resolvent| product(&product(resolvent, e, shape), resolvent, shape));
            let inner = product(&product(&inverse, &inner, shape), &inverse, shape);
            let pairs = e.iter().zip(inner);
            pairs.map(|(&e, x)| e - x).collect()
        });
        let pairs = omega.iter().zip(&inverse);
        Energy {
            value: pairs.map(|(&a, &b)| a - b).collect(),
            slope,
        }
    }

    /// `−K H(K⁻¹Ω)` for one or two rows; `None` for more.
    fn of_law<T: Point>(
        &self,
        omega: &[T],
        mut law: impl FnMut(T) -> Option<[T; 2]>,
    ) -> Option<Energy<T>> {
        let middle: Vec<T> = self.middle.iter().map(|&k| T::exact(k)).collect();
        let back = inverse(&middle, self.rank);
        if self.rank == 1 {
            let [value, slope] = law(omega[0] * back[0])?;
            return Some(Energy {
                value: vec![-(middle[0] * value)],
                slope: vec![-slope],
            });
        }
        if self.rank != 2 {
            return None;
        }
        self.of_two_rows(omega, [&middle, &back], law)
    }

    /// By the projections on both eigenvalues of `K⁻¹Ω`.
    fn of_two_rows<T: Point>(
        &self,
        omega: &[T],
        [middle, back]: [&[T]; 2],
        mut law: impl FnMut(T) -> Option<[T; 2]>,
    ) -> Option<Energy<T>> {
        let shape = [2; 3];
        let matrix = product(back, omega, shape);
        let half = (matrix[0] + matrix[3]) * 0.5;
        let apart = (matrix[0] - matrix[3]) * 0.5;
        let root = (apart.square() + matrix[1] * matrix[2]).root();
        let eigenvalues = [half + root, half - root];
        let [one, other] = [law(eigenvalues[0])?, law(eigenvalues[1])?];
        let scale = (root * 2.0).inv();
        let projection = |sign: f64, less: T| -> Vec<T> {
            let entry = |e: usize| {
                if e.is_multiple_of(3) {
                    matrix[e] - less
                } else {
                    matrix[e]
                }
            };
            (0..4).map(|e| entry(e) * scale * sign).collect()
        };
        let projections = [
            projection(1.0, eigenvalues[1]),
            projection(-1.0, eigenvalues[0]),
        ];
        let across = (one[0] - other[0]) * scale;
        let pairs = projections[0].iter().zip(&projections[1]);
        let value: Vec<T> = pairs.map(|(&p, &q)| p * one[0] + q * other[0]).collect();
        let slope = columns(2, |e| {
            let moved = product(back, e, shape);
            let mut sum = vec![T::real(0.0); 4];
            for (i, left) in projections.iter().enumerate() {
                for (j, right) in projections.iter().enumerate() {
                    let factor = match (i, j) {
                        (0, 0) => one[1],
                        (1, 1) => other[1],
                        _ => across,
                    };
                    let part = product(&product(left, &moved, shape), right, shape);
                    for (sum, part) in sum.iter_mut().zip(part) {
                        *sum = *sum + part * factor;
                    }
                }
            }
            let found = product(middle, &sum, shape);
            found.into_iter().map(|x| -x).collect()
        });
        let value = product(middle, &value, shape);
        Some(Energy {
            value: value.into_iter().map(|x| -x).collect(),
            slope,
        })
    }
}

impl Equation {
    /// The self-energies of all families at the unknowns, block by block; `None` where one has no value.
    pub(super) fn energies<T: Point>(
        &self,
        x: &[T],
        memories: &mut Vec<Memory>,
    ) -> Option<Vec<Vec<Energy<T>>>> {
        let mut next = 0;
        let blocks = (0..self.blocks.len()).map(|t| {
            let families = self.omegas(t).map(|(omega, family)| {
                if memories.len() <= next {
                    memories.resize_with(next + 1, Memory::default);
                }
                next += 1;
                family.energy(&x[omega..omega + family.area()], &mut memories[next - 1])
            });
            families.collect()
        });
        blocks.collect()
    }
}
