//! What the checker knows of random tensors: the mean of a product of entries.
//!
//! For Gaussian and independent entries from the moments of those that are independent; no pairing occurs here. For
//! uniform matrices of a group the mean of all products of `m` entries is the orthogonal projection onto the tensors that
//! the group fixes. These are spanned by the pairings (Brauer 1937, Schur and Weyl), so that it is what the inverse of
//! their Gram matrix at the size says; no Weingarten function occurs here.

use super::ensemble::{Ensemble, Kind};
use super::haar::Haar;
use super::matrix::{Rows, inverse};
use super::modulus::{Field, Residue};
use super::weingarten::coset_type;

/// A random tensor, with its conjugate if that is another one.
#[derive(Debug, Clone)]
pub(super) struct Random {
    pub(super) name: String,
    pub(super) law: Entrywise,
}

/// The law of the entries.
#[derive(Debug, Clone)]
pub(super) enum Entrywise {
    /// `E x^k`, `k = 0, 1, …`, of independent entries.
    Independent(Vec<Residue>),
    /// Entries that permutations of slots tie to one another.
    Tied(Ensemble),
    /// Entries of a uniform matrix of a group.
    Haar(Haar),
}

impl Random {
    /// Whether a tensor is this one, as side 0, or its conjugate, as side 1.
    pub(super) fn side(&self, tensor: &str) -> Option<usize> {
        let conjugate = match &self.law {
            Entrywise::Independent(_) => None,
            Entrywise::Tied(ensemble) => ensemble.conjugate(),
            Entrywise::Haar(haar) => haar.conjugate(),
        };
        match conjugate {
            _ if self.name == tensor => Some(0),
            Some(name) if **name == *tensor => Some(1),
            _ => None,
        }
    }
}

/// How the mean of a product of entries of a tensor of some sizes is computed.
#[derive(Debug, Clone)]
pub(super) enum Means {
    /// From independent variables.
    Variables(Variables),
    /// From an orthogonal projection.
    Projection(Projection),
}

impl Means {
    /// For a tensor with slots of these sizes, the last fastest, and a product of entries with these sides; `None` if
    /// the sizes are too small for the pairings to be independent.
    pub(super) fn new(
        field: Field,
        law: &Entrywise,
        sizes: &[usize],
        sides: &[usize],
    ) -> Option<Self> {
        match law {
            Entrywise::Haar(haar) => {
                Projection::new(field, haar, sizes, sides).map(Means::Projection)
            }
            _ => Some(Means::Variables(Variables::new(
                field,
                law,
                sizes,
                sides.len(),
            ))),
        }
    }

    /// The mean of a product of entries, each by its place and its side.
    pub(super) fn mean(&mut self, field: Field, entries: &[(usize, usize)]) -> Residue {
        match self {
            Means::Variables(variables) => variables.mean(field, entries),
            Means::Projection(projection) => projection.mean(field, entries),
        }
    }
}

/// The projection onto what a group fixes, by its pairings.
#[derive(Debug, Clone)]
pub(super) struct Projection {
    size: usize,
    pairings: Vec<Vec<usize>>,
    inverse: Rows,
}

impl Projection {
    fn new(field: Field, haar: &Haar, sizes: &[usize], sides: &[usize]) -> Option<Self> {
        let size = *sizes.first()?;
        let pairings = haar.pairings(sides);
        let loops = |p: &[usize], q: &[usize]| coset_type(p, q).len() as u64;
        let entry =
            |p: &Vec<usize>, q: &Vec<usize>| field.power(field.number(size as u64), loops(p, q));
        let row = |p: &Vec<usize>| pairings.iter().map(|q| entry(p, q)).collect();
        let gram: Rows = pairings.iter().map(row).collect();
        Some(Projection {
            inverse: inverse(field, &gram)?,
            size,
            pairings,
        })
    }

    fn mean(&self, field: Field, entries: &[(usize, usize)]) -> Residue {
        let agreeing = |of: &dyn Fn(usize) -> usize| -> Vec<usize> {
            let agrees = |p: &Vec<usize>| {
                let mut pairs = p.iter().enumerate();
                pairs.all(|(x, &y)| of(entries[x].0) == of(entries[y].0))
            };
            (0..self.pairings.len())
                .filter(|&k| agrees(&self.pairings[k]))
                .collect()
        };
        let rows = agreeing(&|place| place / self.size);
        let columns = agreeing(&|place| place % self.size);
        let terms = rows
            .iter()
            .flat_map(|&p| columns.iter().map(move |&q| self.inverse[p][q]));
        terms.fold(Residue::default(), |sum, term| field.sum(sum, term))
    }
}

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
pub(super) struct Variables {
    roles: Vec<Role>,
    /// The place of each variable's moments among the tables.
    kinds: Vec<usize>,
    tables: Vec<Table>,
    /// How often a product meets each variable and its conjugate.
    met: Vec<[u32; 2]>,
}

impl Variables {
    /// For a tensor with slots of these sizes, the last fastest, and products of at most `most` entries.
    fn new(field: Field, law: &Entrywise, sizes: &[usize], most: usize) -> Self {
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
            // An entry is what it is.
            Entrywise::Haar(_) => (Vec::new(), Vec::new(), Vec::new()),
        };
        Variables {
            roles,
            met: vec![[0; 2]; kinds.len()],
            kinds,
            tables,
        }
    }

    fn mean(&mut self, field: Field, entries: &[(usize, usize)]) -> Residue {
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
