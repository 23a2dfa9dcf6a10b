//! Means of entries that are made of independent variables, from the moments of these.

use super::Entrywise;
use crate::symbolic::ensemble::{Ensemble, Kind};
use crate::symbolic::modulus::{Field, Residue};

/// An entry as `±` an independent variable or its conjugate.
#[derive(Debug, Clone, Copy)]
struct Role {
    variable: usize,
    side: usize,
    negative: bool,
}

/// The moments of an independent variable.
#[derive(Debug, Clone)]
enum Table {
    /// `E x^k`.
    Real(Vec<Residue>),
    /// `E z^k z̄^k`; with other powers of `z̄` the mean is 0.
    Complex(Vec<Residue>),
}

/// The independent variables that the entries of a random tensor of some sizes are made of.
#[derive(Debug, Clone)]
pub(in crate::symbolic) struct Variables {
    roles: Vec<Role>,
    /// The place of each variable's moments among the tables.
    kinds: Vec<usize>,
    tables: Vec<Table>,
    /// How often a product meets each variable and its conjugate.
    met: Vec<[u32; 2]>,
}

impl Variables {
    /// For a tensor with slots of these sizes, the last fastest, and products of at most `most` entries.
    pub(in crate::symbolic) fn new(
        field: Field,
        law: &Entrywise,
        sizes: &[usize],
        most: usize,
    ) -> Self {
        let entries = sizes.iter().product();
        let (roles, kinds, tables) = match law {
            Entrywise::Independent(moments) => {
                let role = |variable| Role {
                    variable,
                    side: 0,
                    negative: false,
                };
                let tables = vec![Table::Real(moments.clone())];
                ((0..entries).map(role).collect(), vec![0; entries], tables)
            }
            Entrywise::Tied(ensemble) => tied(field, ensemble, sizes, most),
        };
        Variables {
            roles,
            met: vec![[0; 2]; kinds.len()],
            kinds,
            tables,
        }
    }

    /// The mean of a product of entries, each by its place and its side.
    pub(in crate::symbolic) fn mean(
        &mut self,
        field: Field,
        entries: &[(usize, usize)],
    ) -> Residue {
        let mut negative = false;
        for &(place, side) in entries {
            let role = self.roles[place];
            self.met[role.variable][role.side ^ side] += 1;
            negative ^= role.negative;
        }
        let mut product = field.one();
        for &(place, _) in entries {
            let variable = self.roles[place].variable;
            let [one, other] = std::mem::take(&mut self.met[variable]);
            if one + other > 0 {
                let moment = match &self.tables[self.kinds[variable]] {
                    Table::Real(moments) => moments[(one + other) as usize],
                    Table::Complex(moments) if one == other => moments[one as usize],
                    Table::Complex(_) => Residue::default(),
                };
                product = field.product(product, moment);
            }
        }
        if negative {
            field.minus(product)
        } else {
            product
        }
    }
}

/// Each entry is `χ(g)` times the least of those that the `g` take it to; that one's variance is the sum of `χ(g)` over
/// the `g` that fix it.
fn tied(
    field: Field,
    ensemble: &Ensemble,
    sizes: &[usize],
    most: usize,
) -> (Vec<Role>, Vec<usize>, Vec<Table>) {
    let entries: usize = sizes.iter().product();
    let moved = |place: usize, g: &[usize]| {
        let slots = slots_of(place, sizes);
        let to = g.iter().zip(sizes);
        to.fold(0, |place, (&k, &size)| place * size + slots[k])
    };
    let hermitian = *ensemble.kind() == Kind::Hermitian;
    let complex = |place: usize| match ensemble.kind() {
        Kind::Real => false,
        Kind::Hermitian => ensemble
            .pairings()
            .iter()
            .all(|(_, g)| moved(place, g) != place),
        Kind::Complex(_) => true,
    };
    let (mut roles, mut kinds, mut tables) = (Vec::new(), Vec::new(), Vec::new());
    for place in 0..entries {
        let images = ensemble
            .pairings()
            .iter()
            .map(|(sign, g)| (moved(place, g), *sign));
        let (least, sign) = images
            .clone()
            .chain([(place, 1)])
            .min()
            .unwrap_or((place, 1));
        let variance: i64 = match hermitian {
            true => 1,
            false => images
                .filter(|(to, _)| *to == place)
                .map(|(_, sign)| sign)
                .sum(),
        };
        roles.push(Role {
            variable: least,
            side: usize::from(hermitian && least != place),
            negative: sign < 0,
        });
        // Only of a variable itself the place is asked for.
        kinds.push(tables.len());
        if least == place {
            let variance = field.number(variance.unsigned_abs());
            tables.push(match complex(place) {
                true => Table::complex(field, variance, most),
                false => Table::real(field, variance, most),
            });
        }
    }
    (roles, kinds, tables)
}

impl Table {
    /// `E x^k = (k − 1)!! v^{k/2}` for even `k`.
    fn real(field: Field, variance: Residue, most: usize) -> Self {
        let mut moments = vec![field.one(), Residue::default()];
        for k in 2..=most {
            let times = field.product(variance, field.number(k as u64 - 1));
            moments.push(field.product(moments[k - 2], times));
        }
        Table::Real(moments)
    }

    /// `E z^k z̄^k = k! v^k`.
    fn complex(field: Field, variance: Residue, most: usize) -> Self {
        let mut moments = vec![field.one()];
        for k in 1..=most {
            let times = field.product(variance, field.number(k as u64));
            moments.push(field.product(moments[k - 1], times));
        }
        Table::Complex(moments)
    }
}

fn slots_of(mut place: usize, sizes: &[usize]) -> Vec<usize> {
    let mut slots: Vec<usize> = sizes
        .iter()
        .rev()
        .map(|&size| {
            let slot = place % size;
            place /= size;
            slot
        })
        .collect();
    slots.reverse();
    slots
}
