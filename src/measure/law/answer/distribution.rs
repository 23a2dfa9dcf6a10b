//! The distribution function as a piecewise polynomial in an angle.

use super::effort::Effort;
use super::piece::Piece;
use crate::measure::law::classical::Stretch;
use crate::measure::law::kind::affine::Affine;
use crate::measure::law::subordination::edges::union;
use crate::measure::law::{Atom, Law, LawError};

/// The distribution function of a law.
///
/// On a piece `[a, b]` of the support free of edges, `x = (a+b)/2 − (b−a)/2 cos θ`. Then `ρ dx/dθ` is analytic up to
/// both ends where ρ behaves there as a root, an inverse root or a smooth function. It is expanded in Chebyshev
/// polynomials on cells of `[0, π]`, halved until the last coefficients vanish. The error is read off those
/// coefficients: an estimate, not a bound. [`Law::cumulative`] has a proved one, at one point.
///
/// That of an affine image is the one of the law itself at the place that x is the image of: near an edge at 0 a place
/// keeps its relative accuracy, and near the image of that edge it has none.
#[derive(Clone, Debug)]
pub struct Distribution {
    /// Of the image, ascending.
    atoms: Vec<Atom>,
    pieces: Vec<Piece>,
    error: f64,
    /// `x = scale·y + shift` for y in the pieces.
    scale: f64,
    shift: f64,
}

impl Distribution {
    pub(crate) fn new(law: &Law, effort: &Effort) -> Result<Self, LawError> {
        if let Some(&Affine {
            scale,
            shift,
            law: ref inner,
        }) = law.as_affine()
        {
            let inner = Self::new(inner, effort)?;
            return Ok(Self {
                atoms: law.point_masses().to_vec(),
                scale: scale * inner.scale,
                shift: scale * inner.shift + shift,
                ..inner
            });
        }
        let mut breaks: Vec<f64> = law.kinks()?;
        breaks.sort_by(f64::total_cmp);
        let (mut pieces, mut error) = (Vec::new(), 0.0);
        for &(low, high) in law.support()? {
            let inner = breaks.iter().copied();
            let mut from = low;
            let least = 1e-9 * (high - low);
            for to in inner
                .filter(|x| *x > low + least && *x < high - least)
                .chain([high])
            {
                if to - from > least || to == high {
                    let (piece, tail) = Piece::new(law, (from, to), effort)?;
                    pieces.push(piece);
                    error += tail;
                    from = to;
                }
            }
        }
        let atoms = law.point_masses().to_vec();
        let total: f64 = atoms.iter().map(|atom| atom.mass).sum::<f64>()
            + pieces.iter().map(|piece| piece.mass).sum::<f64>();
        if (total - 1.0).is_nan() || (total - 1.0).abs() > effort.miss + 4.0 * error {
            return Err(LawError::Mass { total });
        }
        error += (total - 1.0).abs();
        Ok(Self {
            atoms,
            pieces,
            error,
            scale: 1.0,
            shift: 0.0,
        })
    }

    /// An estimate of the error of [`Distribution::at`], the miss of the total mass included.
    pub fn error_estimate(&self) -> f64 {
        self.error
    }

    /// The mass of the atoms and of the density together, which theory says is 1.
    pub fn total(&self) -> f64 {
        let pieces: f64 = self.pieces.iter().map(|piece| piece.mass).sum();
        pieces + self.atoms.iter().map(|atom| atom.mass).sum::<f64>()
    }

    /// `F(x) = μ(−∞, x]`, in `[0, 1]`.
    pub fn at(&self, x: f64) -> f64 {
        (self.smooth(x) + self.jumps(|at| at <= x)).clamp(0.0, 1.0)
    }

    /// `F(x−) = μ(−∞, x)`, which differs from [`Distribution::at`] at the atoms.
    pub fn before(&self, x: f64) -> f64 {
        (self.smooth(x) + self.jumps(|at| at < x)).clamp(0.0, 1.0)
    }

    /// `μ{x}`.
    pub fn mass_at(&self, x: f64) -> f64 {
        let atoms = self.atoms.iter().filter(|atom| atom.at == x);
        // An empty sum is −0.
        0.0 + atoms.map(|atom| atom.mass).sum::<f64>()
    }

    fn smooth(&self, x: f64) -> f64 {
        let y = self.place(x);
        self.pieces.iter().map(|piece| self.below(piece, y)).sum()
    }

    /// The place whose image is x.
    fn place(&self, x: f64) -> f64 {
        (x - self.shift) / self.scale
    }

    /// The mass of a piece whose image lies below that of y.
    fn below(&self, piece: &Piece, y: f64) -> f64 {
        if self.scale > 0.0 {
            piece.below(y)
        } else {
            piece.mass - piece.below(y)
        }
    }

    /// The density of the part without atoms, from the same series.
    pub fn density(&self, x: f64) -> f64 {
        let y = self.place(x);
        let piece = self.pieces.iter().find(|q| q.low < y && y < q.high);
        piece.map_or(0.0, |piece| piece.density(y) / self.scale.abs())
    }

    /// The pieces, each with its density by the distances from its ends.
    pub(crate) fn stretches(&self) -> Vec<Stretch<'_>> {
        let (scale, shift) = (self.scale, self.shift);
        let stretch = |piece| stretch(piece, scale, shift);
        self.pieces.iter().map(stretch).collect()
    }

    /// The intervals of the support without atoms, ascending.
    pub fn support(&self) -> Vec<(f64, f64)> {
        let images = self.pieces.iter().map(|piece| {
            let ends = [piece.low, piece.high].map(|y| self.scale * y + self.shift);
            (ends[0].min(ends[1]), ends[0].max(ends[1]))
        });
        union(images.collect())
    }

    fn jumps(&self, counted: impl Fn(f64) -> bool) -> f64 {
        let atoms = self.atoms.iter().take_while(|atom| counted(atom.at));
        atoms.map(|atom| atom.mass).sum()
    }

    /// The least x with `F(x) ≥ p`, up to the error of F.
    pub fn quantile(&self, p: f64) -> Option<f64> {
        if !(0.0..=1.0).contains(&p) {
            return None;
        }
        // Images with their places, which for the ends of pieces are exact.
        let image = |y: f64| (self.scale * y + self.shift, y);
        let ends = self.pieces.iter().flat_map(|piece| [piece.low, piece.high]);
        let atoms = self.atoms.iter().map(|atom| (atom.at, self.place(atom.at)));
        let mut places: Vec<(f64, f64)> = ends.map(image).chain(atoms).collect();
        places.sort_by(|a, b| a.0.total_cmp(&b.0));
        let at = |&(x, y): &(f64, f64)| {
            let smooth: f64 = self.pieces.iter().map(|piece| self.below(piece, y)).sum();
            smooth + self.jumps(|at| at <= x)
        };
        let index = places.partition_point(|place| at(place) < p);
        let Some(high) = places.get(index) else {
            return places.last().map(|place| place.0);
        };
        let Some(low) = index.checked_sub(1).map(|k| &places[k]) else {
            return Some(high.0);
        };
        let (from, to) = (low.1.min(high.1), low.1.max(high.1));
        let piece = self.pieces.iter().find(|q| q.low <= from && q.high >= to);
        let Some(piece) = piece else {
            return Some(high.0);
        };
        // F on this stretch without the atom at its end.
        let wanted = p - at(low) + self.below(piece, low.1);
        if wanted >= self.below(piece, high.1) {
            return Some(high.0);
        }
        let left = if self.scale > 0.0 {
            wanted
        } else {
            piece.mass - wanted
        };
        Some(image(piece.quantile(left, from, to)).0)
    }
}

/// The image of a piece.
fn stretch(piece: &Piece, scale: f64, shift: f64) -> Stretch<'_> {
    let ends = [piece.low, piece.high].map(|y| scale * y + shift);
    let size = scale.abs();
    Stretch {
        low: ends[0].min(ends[1]),
        high: ends[0].max(ends[1]),
        density: Box::new(move |left, right| {
            let (left, right) = match scale > 0.0 {
                true => (left, right),
                false => (right, left),
            };
            piece.density_between(left / size, right / size) / size
        }),
    }
}
