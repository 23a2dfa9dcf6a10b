//! The block equation as polynomials in its unknowns, over any ring: see [`super::block_system`].

use super::block_system::{Family, System};
use super::scalar::{Exact, real};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// What polynomials are evaluated in.
pub(super) trait Ring {
    type Element: Clone;

    /// `None` where the ring has no such number.
    fn number(&self, x: &Exact) -> Option<Self::Element>;

    fn z(&self) -> Self::Element;

    fn sum(&self, a: &Self::Element, b: &Self::Element) -> Self::Element;

    fn product(&self, a: &Self::Element, b: &Self::Element) -> Self::Element;
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
    pub(super) fn left_sides<R: Ring>(
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
    pub(super) fn left_sides<R: Ring>(
        &self,
        ring: &R,
        at: &Unknowns<R::Element>,
        rho: &[R::Element],
    ) -> Option<Vec<R::Element>> {
        let gamma = self.argument(ring, &at.whole)?;
        match (self.places(), &gamma[..], rho) {
            (Some(places), ..) => self.of_two_atoms(ring, places, &gamma, rho),
            (None, [gamma], [rho]) => Some(vec![self.of_rank_one(ring, gamma, rho)?]),
            _ => None,
        }
    }

    /// `(ρ − x₁) γ (ρ − x₂) + ρ − m`.
    fn of_two_atoms<R: Ring>(
        &self,
        ring: &R,
        places: [&BigRational; 2],
        gamma: &[R::Element],
        rho: &[R::Element],
    ) -> Option<Vec<R::Element>> {
        let r = self.rank;
        let less = |x: &BigRational| -> Option<Vec<R::Element>> {
            let minus = ring.number(&real(-x))?;
            let entry = |e: usize| match e / r == e % r {
                true => ring.sum(&rho[e], &minus),
                false => rho[e].clone(),
            };
            Some((0..r * r).map(entry).collect())
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
        let [first, second] = places.map(less);
        let through = product(&product(&first?, gamma)?, &second?)?;
        let linear = less(&self.mean())?;
        let pairs = through.iter().zip(&linear);
        Some(pairs.map(|(a, b)| ring.sum(a, b)).collect())
    }

    /// `Σ p_i Π_{k≠i} (1 + γ(ρ − x_k)) − Π_k (1 + γ(ρ − x_k))`.
    fn of_rank_one<R: Ring>(
        &self,
        ring: &R,
        gamma: &R::Element,
        rho: &R::Element,
    ) -> Option<R::Element> {
        let one = ring.number(&Exact::one())?;
        let factor = |x: &BigRational| {
            let apart = ring.sum(rho, &ring.number(&real(-x))?);
            Some(ring.sum(&one, &ring.product(gamma, &apart)))
        };
        let factors = self.atoms.iter().map(|(x, _)| factor(x));
        let factors = factors.collect::<Option<Vec<_>>>()?;
        let without = |left: usize| {
            let others = factors.iter().enumerate().filter(|(k, _)| *k != left);
            others.fold(one.clone(), |product, (_, x)| ring.product(&product, x))
        };
        let mut sum = Sum::new(ring)?;
        for (i, (_, mass)) in self.atoms.iter().enumerate() {
            sum.add(&real(mass.clone()), &without(i))?;
        }
        let minus = real(BigRational::from_integer(BigInt::from(-1)));
        sum.add(&minus, &without(factors.len()))?;
        Some(sum.value)
    }
}
