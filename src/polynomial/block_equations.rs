//! The block equation as polynomials in its unknowns, over any ring: see [`super::block_system`].

use super::block_system::{Family, System};
use super::scalar::{Exact, real};
use num_traits::{One, Zero};

/// What polynomials are evaluated in.
pub(super) trait Ring {
    type Element: Clone;

    /// `None` where the ring has no such number.
    fn number(&self, x: &Exact) -> Option<Self::Element>;

    fn sum(&self, a: &Self::Element, b: &Self::Element) -> Self::Element;

    fn product(&self, a: &Self::Element, b: &Self::Element) -> Self::Element;
}

/// A ring in which z has a value.
pub(super) trait AtPoint: Ring {
    fn z(&self) -> Self::Element;
}

/// Values of the unknowns: the entries of W, `None` where they vanish, and of each family ρ.
pub(super) struct Unknowns<E> {
    pub(super) whole: Vec<Option<E>>,
    pub(super) rho: Vec<E>,
}

/// Sums of products.
struct Sum<'a, R: Ring> {
    ring: &'a R,
    value: R::Element,
}

impl<'a, R: Ring> Sum<'a, R> {
    fn new(ring: &'a R) -> Option<Self> {
        let value = ring.number(&Exact::zero())?;
        Some(Self { ring, value })
    }

    fn add(&mut self, factor: &Exact, x: &R::Element) -> Option<()> {
        let term = self.ring.product(&self.ring.number(factor)?, x);
        self.value = self.ring.sum(&self.value, &term);
        Some(())
    }

    fn add_product(&mut self, a: &R::Element, b: &R::Element) {
        self.value = self.ring.sum(&self.value, &self.ring.product(a, b));
    }
}

impl System {
    /// The left sides of the equations, each of which is to be 0.
    pub(super) fn left_sides<R: AtPoint>(
        &self,
        ring: &R,
        at: &Unknowns<R::Element>,
    ) -> Option<Vec<R::Element>> {
        let n = self.size;
        let energy = self.energies(ring, at)?;
        let mut products = Vec::with_capacity(n * n);
        for e in 0..n * n {
            let mut sum = Sum::new(ring)?;
            for l in 0..n {
                let row = energy[(e / n) * n + l].as_ref();
                if let (Some(a), Some(b)) = (row, at.whole[l * n + e % n].as_ref()) {
                    sum.add_product(a, b);
                }
            }
            products.push(sum.value);
        }
        let (one, minus) = (Exact::one(), -Exact::one());
        let mut sides = Vec::new();
        for (e, value) in at.whole.iter().enumerate() {
            let (i, j) = (e / n, e % n);
            let Some(value) = value else { continue };
            let mut sum = Sum::new(ring)?;
            if i == 0 {
                sum.add_product(&ring.z(), value);
                sum.add(&-&self.corner, value)?;
                sum.add(&minus, &products[j])?;
                if j == 0 {
                    sum.add(&minus, &ring.number(&one)?)?;
                }
            } else {
                sum.add(&one, value)?;
                for k in 1..n {
                    sum.add(&-self.inverse.at(i - 1, k - 1), &products[k * n + j])?;
                }
                if j > 0 {
                    let inverse = ring.number(self.inverse.at(i - 1, j - 1))?;
                    sum.add(&minus, &inverse)?;
                }
            }
            sides.push(sum.value);
        }
        for (family, rho) in self.with_rho(&at.rho) {
            sides.extend(family.left_sides(ring, at, rho)?);
        }
        Some(sides)
    }

    /// R, `None` where it vanishes.
    fn energies<R: Ring>(
        &self,
        ring: &R,
        at: &Unknowns<R::Element>,
    ) -> Option<Vec<Option<R::Element>>> {
        let n = self.size;
        let mut energy: Vec<Option<Sum<'_, R>>> = (0..n * n).map(|_| None).collect();
        let mut add = |to: usize, factor: &Exact, x: &R::Element| {
            if energy[to].is_none() {
                energy[to] = Some(Sum::new(ring)?);
            }
            energy[to].as_mut()?.add(factor, x)
        };
        for flow in &self.flows {
            if let Some(x) = &at.whole[flow.from] {
                add(flow.to, &flow.factor, x)?;
            }
        }
        for (family, rho) in self.with_rho(&at.rho) {
            for (to, from, factor) in &family.acting {
                add(*to, factor, &rho[*from])?;
            }
        }
        Some(energy.into_iter().map(|sum| Some(sum?.value)).collect())
    }
}

impl Family {
    /// `γ = V W L`.
    fn argument<R: Ring>(&self, ring: &R, whole: &[Option<R::Element>]) -> Option<Vec<R::Element>> {
        let entries = (0..self.rank * self.rank).map(|_| Sum::new(ring));
        let mut sums = entries.collect::<Option<Vec<_>>>()?;
        for (to, from, factor) in &self.reading {
            if let Some(x) = &whole[*from] {
                sums[*to].add(factor, x)?;
            }
        }
        Some(sums.into_iter().map(|sum| sum.value).collect())
    }

    /// The left sides of the equations of ρ.
    fn left_sides<R: Ring>(
        &self,
        ring: &R,
        at: &Unknowns<R::Element>,
        rho: &[R::Element],
    ) -> Option<Vec<R::Element>> {
        self.sides(ring, &self.argument(ring, &at.whole)?, rho)
    }

    /// `Σ_i p_i (ρ − x_i) Π_{k≠i} (1 + γ (ρ − x_k))`, factor by factor.
    pub(super) fn sides<R: Ring>(
        &self,
        ring: &R,
        gamma: &[R::Element],
        rho: &[R::Element],
    ) -> Option<Vec<R::Element>> {
        let r = self.rank;
        let on_diagonal = |matrix: &[R::Element], x: &Exact| -> Option<Vec<R::Element>> {
            let x = ring.number(x)?;
            let entries = matrix.iter().enumerate();
            let moved = entries.map(|(e, entry)| match e / r == e % r {
                true => ring.sum(entry, &x),
                false => entry.clone(),
            });
            Some(moved.collect())
        };
        let product = |a: &[R::Element], b: &[R::Element]| -> Option<Vec<R::Element>> {
            let entry = |e: usize| {
                let mut sum = Sum::new(ring)?;
                for k in 0..r {
                    sum.add_product(&a[(e / r) * r + k], &b[k * r + e % r]);
                }
                Some(sum.value)
            };
            (0..r * r).map(entry).collect()
        };
        // Of the atoms so far the sum, and the product of all their factors.
        let mut known: Option<[Vec<R::Element>; 2]> = None;
        for (x, mass) in &self.atoms {
            let less = on_diagonal(rho, &real(-x))?;
            let factor = on_diagonal(&product(gamma, &less)?, &Exact::one())?;
            let mass = ring.number(&real(mass.clone()))?;
            let scaled = |x: Vec<R::Element>| -> Vec<R::Element> {
                x.iter().map(|x| ring.product(&mass, x)).collect()
            };
            known = Some(match known {
                None => [scaled(less), factor],
                Some([sum, whole]) => {
                    let (before, here) = (product(&sum, &factor)?, product(&whole, &less)?);
                    let pairs = before.iter().zip(scaled(here));
                    let sum = pairs.map(|(a, b)| ring.sum(a, &b)).collect();
                    [sum, product(&whole, &factor)?]
                }
            });
        }
        known.map(|[sum, _]| sum)
    }
}

/// Numbers as they are.
pub(super) struct Exactly;

impl Ring for Exactly {
    type Element = Exact;

    fn number(&self, x: &Exact) -> Option<Exact> {
        Some(x.clone())
    }

    fn sum(&self, a: &Exact, b: &Exact) -> Exact {
        a + b
    }

    fn product(&self, a: &Exact, b: &Exact) -> Exact {
        a * b
    }
}

#[cfg(test)]
mod tests {
    use super::super::scalar::Matrix;
    use super::*;
    use num_rational::BigRational;

    fn ratio(p: i64, q: i64) -> BigRational {
        BigRational::new(p.into(), q.into())
    }

    /// `γ = Σ p_i (ω − x_i)⁻¹` and `ρ = ω − γ⁻¹` for a matrix ω: exactly; and not with another mass, place or entry.
    #[test]
    fn the_r_transform_satisfies_its_equations() {
        let omega = Matrix::from_fn(2, 2, |i, j| real(ratio([[5, 2], [-1, 7]][i][j], 3)));
        let less = |x: &BigRational| {
            Matrix::from_fn(2, 2, |i, j| match i == j {
                true => omega.at(i, j) - real(x.clone()),
                false => omega.at(i, j).clone(),
            })
        };
        let atoms = [
            (ratio(0, 1), ratio(1, 4)),
            (ratio(1, 1), ratio(1, 2)),
            (ratio(-3, 2), ratio(1, 4)),
        ];
        for count in [2, 3] {
            let mut atoms = atoms[..count].to_vec();
            let total = atoms.iter().fold(ratio(0, 1), |sum, (_, p)| sum + p);
            atoms.iter_mut().for_each(|(_, p)| *p = &*p / &total);
            let mut gamma = vec![Exact::zero(); 4];
            for (x, p) in &atoms {
                let inverse = less(x).inverse().unwrap();
                for (e, sum) in gamma.iter_mut().enumerate() {
                    *sum += inverse.at(e / 2, e % 2) * real(p.clone());
                }
            }
            let inverse = Matrix::from_fn(2, 2, |i, j| gamma[2 * i + j].clone());
            let inverse = inverse.inverse().unwrap();
            let rho: Vec<Exact> = (0..4)
                .map(|e| omega.at(e / 2, e % 2) - inverse.at(e / 2, e % 2))
                .collect();
            let vanish = |atoms: &[(BigRational, BigRational)], gamma: &[Exact], rho: &[Exact]| {
                let family = Family {
                    rank: 2,
                    acting: vec![],
                    reading: vec![],
                    atoms: atoms.to_vec(),
                };
                let sides = family.sides(&Exactly, gamma, rho).unwrap();
                sides.iter().all(Zero::is_zero)
            };
            assert!(vanish(&atoms, &gamma, &rho), "{count}");
            for k in 0..count {
                let mut wrong = atoms.clone();
                wrong[k].0 += ratio(1, 9);
                assert!(!vanish(&wrong, &gamma, &rho), "{count}: place {k}");
                let mut wrong = atoms.clone();
                wrong[k].1 += ratio(1, 9);
                assert!(!vanish(&wrong, &gamma, &rho), "{count}: mass {k}");
            }
            for e in 0..4 {
                let mut wrong = rho.clone();
                wrong[e] += real(ratio(1, 9));
                assert!(!vanish(&atoms, &gamma, &wrong), "{count}: ρ {e}");
                let mut wrong = gamma.clone();
                wrong[e] += real(ratio(1, 9));
                assert!(!vanish(&atoms, &wrong, &rho), "{count}: γ {e}");
            }
        }
    }
}
