//! The distribution function as a piecewise polynomial in an angle.

use num_complex::Complex64;
use std::f64::consts::PI;

use crate::measure::law::{Atom, Law, LawError, Walk};

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

#[derive(Clone, Debug)]
struct Piece {
    low: f64,
    high: f64,
    cells: Vec<Cell>,
    mass: f64,
}

#[derive(Clone, Debug)]
struct Cell {
    from: f64,
    to: f64,
    /// Mass of the piece below the cell.
    before: f64,
    /// Chebyshev coefficients of `dF/dθ`, and of its integral from the left end.
    slope: Vec<f64>,
    integral: Vec<f64>,
}

/// Nodes on a cell.
const NODES: usize = 32;
/// Size of the last coefficients, relative to the mass, at which a cell is taken.
const TAIL: f64 = 2e-15;
/// Halvings of the half circle; and next to an end that is 0 to the last bit, where x keeps its relative accuracy and the
/// density may grow like any power of x above −1, as of a product of laws with hard edges.
const DEPTH: usize = 30;
const AT_ZERO: usize = 60;
/// The share of a piece at its ends in which a value without a bound will do.
const END: f64 = 1e-4;
/// By how much atoms and density may miss mass 1.
const MASS: f64 = 1e-7;

impl Distribution {
    pub(crate) fn new(law: &Law) -> Result<Self, LawError> {
        if let Some((scale, shift, inner)) = law.0.transform.as_affine() {
            let inner = inner.distribution()?;
            return Ok(Self {
                atoms: law.point_masses().to_vec(),
                scale: scale * inner.scale,
                shift: scale * inner.shift + shift,
                ..inner.clone()
            });
        }
        let mut breaks: Vec<f64> = law.kinks()?;
        breaks.sort_by(f64::total_cmp);
        let mut walk = law.walk();
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
                    let (piece, tail) = Piece::new(&mut walk, from, to)?;
                    pieces.push(piece);
                    error += tail;
                    from = to;
                }
            }
        }
        let atoms = law.point_masses().to_vec();
        let total: f64 = atoms.iter().map(|atom| atom.mass).sum::<f64>()
            + pieces.iter().map(|piece| piece.mass).sum::<f64>();
        if (total - 1.0).is_nan() || (total - 1.0).abs() > MASS {
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
        let theta = piece.inverse(left, piece.angle(from), piece.angle(to));
        Some(image(piece.point(theta)).0)
    }
}

/// The density at a node. Next to an end of the piece, where no bound can be had, the root itself or a value a
/// little further inside: all that is said of the error of F is an estimate anyway.
fn density(walk: &mut Walk<'_>, x: f64, (low, high): (f64, f64)) -> Result<f64, LawError> {
    let width = high - low;
    match walk.density(x) {
        Ok(density) => Ok(density.value),
        Err(error) if (x - low).min(high - x) < END * width => {
            let inside = [0.0, 1e-13, 1e-11, 1e-9].map(|share| {
                let margin = share * width;
                x.clamp(low + margin, high - margin)
            });
            let mut roots = inside.iter().filter_map(|&x| {
                let at = Complex64::new(x, 0.0);
                walk.law.jet(at, &mut walk.memory).ok()
            });
            let root = roots.find(|jet| jet.s.is_finite()).ok_or(error)?;
            Ok(root.s.im.max(0.0) / PI)
        }
        Err(error) => Err(error),
    }
}

impl Piece {
    fn new(walk: &mut Walk<'_>, low: f64, high: f64) -> Result<(Self, f64), LawError> {
        let mut piece = Self {
            low,
            high,
            cells: Vec::new(),
            mass: 0.0,
        };
        let mut error = 0.0;
        // Depth first, the left half on top, so that the cells come in order.
        let mut waiting = vec![(0.0, PI, 0)];
        while let Some((from, to, depth)) = waiting.pop() {
            let most = if low == 0.0 && from == 0.0 {
                AT_ZERO
            } else {
                DEPTH
            };
            let mut values = [0.0; NODES];
            for (j, value) in values.iter_mut().enumerate() {
                let theta = Cell::node(from, to, j);
                let density = density(walk, piece.point(theta), (low, high))?;
                *value = density * 0.5 * (high - low) * theta.sin();
            }
            let slope = chebyshev(&values);
            let half = 0.5 * (to - from);
            let tail = half * slope[NODES - 4..].iter().map(|c| c.abs()).sum::<f64>();
            if tail > TAIL && depth < most {
                let middle = 0.5 * (from + to);
                waiting.push((middle, to, depth + 1));
                waiting.push((from, middle, depth + 1));
                continue;
            }
            error += tail;
            let integral = antiderivative(&slope, half);
            let before = piece.mass;
            piece.mass += clenshaw(&integral, 1.0);
            piece.cells.push(Cell {
                from,
                to,
                before,
                slope,
                integral,
            });
        }
        Ok((piece, error))
    }

    /// `x(θ)`, accurate relative to the nearer end.
    fn point(&self, theta: f64) -> f64 {
        let width = self.high - self.low;
        if theta < 0.5 * PI {
            self.low + width * (0.5 * theta).sin().powi(2)
        } else {
            self.high - width * (0.5 * (PI - theta)).sin().powi(2)
        }
    }

    fn angle(&self, x: f64) -> f64 {
        let width = self.high - self.low;
        let (left, right) = ((x - self.low) / width, (self.high - x) / width);
        2.0 * left.max(0.0).sqrt().atan2(right.max(0.0).sqrt())
    }

    fn below(&self, x: f64) -> f64 {
        if x <= self.low {
            0.0
        } else if x >= self.high {
            self.mass
        } else {
            self.integral(self.angle(x))
        }
    }

    fn cell(&self, theta: f64) -> &Cell {
        let index = self.cells.partition_point(|cell| cell.to < theta);
        &self.cells[index.min(self.cells.len() - 1)]
    }

    fn integral(&self, theta: f64) -> f64 {
        let cell = self.cell(theta);
        cell.before + clenshaw(&cell.integral, cell.local(theta))
    }

    /// θ with the integral `wanted`, by Newton's method inside a bisection.
    fn inverse(&self, wanted: f64, low: f64, high: f64) -> f64 {
        let (mut low, mut high) = (low, high);
        let mut theta = 0.5 * (low + high);
        for _ in 0..80 {
            let miss = self.integral(theta) - wanted;
            if miss > 0.0 {
                high = theta;
            } else {
                low = theta;
            }
            let cell = self.cell(theta);
            let next = theta - miss / clenshaw(&cell.slope, cell.local(theta));
            let inside = next > low && next < high;
            let next = if inside { next } else { 0.5 * (low + high) };
            let moved = (next - theta).abs();
            theta = next;
            if moved <= 1e-15 || high - low <= 1e-15 {
                break;
            }
        }
        theta
    }
}

impl Cell {
    /// Node j of a cell, a zero of the Chebyshev polynomial of degree `NODES`.
    fn node(from: f64, to: f64, j: usize) -> f64 {
        let angle = PI * (j as f64 + 0.5) / NODES as f64;
        // From the nearer end, so that nodes next to θ = 0 keep their relative accuracy.
        from + (to - from) * (0.5 * angle).sin().powi(2)
    }

    fn local(&self, theta: f64) -> f64 {
        ((theta - self.from) - (self.to - theta)) / (self.to - self.from)
    }
}

/// Coefficients of `Σ c_k T_k(−cos angle_j)` through the values.
fn chebyshev(values: &[f64; NODES]) -> Vec<f64> {
    let n = NODES as f64;
    (0..NODES)
        .map(|k| {
            let sign = if k % 2 == 0 { 1.0 } else { -1.0 };
            let wave = |j: usize| (PI * k as f64 * (j as f64 + 0.5) / n).cos();
            let sum: f64 = values.iter().enumerate().map(|(j, v)| v * wave(j)).sum();
            sign * sum * if k == 0 { 1.0 } else { 2.0 } / n
        })
        .collect()
}

/// The integral from −1, times `scale`.
fn antiderivative(series: &[f64], scale: f64) -> Vec<f64> {
    let at = |k: usize| series.get(k).copied().unwrap_or(0.0);
    let mut out = vec![0.0; series.len() + 1];
    for (k, c) in out.iter_mut().enumerate().skip(1) {
        let before = if k == 1 { 2.0 * at(0) } else { at(k - 1) };
        *c = scale * (before - at(k + 1)) / (2 * k) as f64;
    }
    out[0] = -clenshaw(&out, -1.0);
    out
}

fn clenshaw(series: &[f64], t: f64) -> f64 {
    let (mut one, mut two) = (0.0, 0.0);
    for c in series.iter().skip(1).rev() {
        (one, two) = (c + 2.0 * t * one - two, one);
    }
    series[0] + t * one - two
}
