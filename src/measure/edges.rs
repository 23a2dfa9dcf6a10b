//! The edges of the support of the Marchenko–Pastur map of a discrete law.

use super::Atoms;
use super::mp_map::MpMapError;

/// One interval of the support, and the part of ν that it comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cluster {
    /// The lower edge.
    pub low: f64,
    /// The upper edge.
    pub high: f64,
    /// The mass of the atoms `x > 0` of ν whose poles `γx` lie below this interval's end and above the one before.
    pub mass: f64,
}

/// The intervals of the support of the Marchenko–Pastur map of ν with ratio `gamma`, ascending, each with
/// the mass of ν that belongs to it.
///
/// For `(1/d)XDXᵀ` (X n×d) exact separation says that above a gap there are as many eigenvalues as D has
/// above the atoms below it (Bai and Silverstein 1999, theorem 1.2): d times the masses above the gap.
///
/// # Errors
/// As [`support`].
///
/// ```
/// use tensor_dyson::measure::{Atoms, clusters};
/// let law = Atoms::new(vec![1.0, 30.0], vec![0.9, 0.1])?;
/// let parts = clusters(2.0, &law)?;
/// assert_eq!(parts.len(), 2);
/// assert!((parts[1].mass - 0.1).abs() < 1e-15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn clusters(gamma: f64, nu: &Atoms) -> Result<Vec<Cluster>, MpMapError> {
    let (edges, masses) = edges_and_masses(gamma, nu)?;
    Ok(edges
        .chunks_exact(2)
        .zip(masses)
        .map(|(pair, mass)| Cluster {
            low: pair[0],
            high: pair[1],
            mass,
        })
        .collect())
}

/// The intervals of the support of the Marchenko–Pastur map of ν with ratio `gamma`, ascending, without
/// the atom at 0 (whose mass is `max(0, 1 − (1 − ν{0})/γ)`).
///
/// With `z(ω) = ω + Σ_k m_k x_k ω/(ω − γx_k)` for real ω off the poles `γx_k`, the complement of the support
/// is the image of `{z′ > 0}` (Silverstein and Choi 1995, theorem 4.1 and its converse). Between two poles
/// z′ is concave, so that there is at most one gap, and none is missed however narrow. Each edge is found
/// by bisection to the last bit of ω.
///
/// # Errors
/// [`MpMapError::Gamma`] for a ratio that is not a positive number. A law that is δ₀ has no interval.
///
/// ```
/// use tensor_dyson::measure::{Atoms, support};
/// let edges = support(0.25, &Atoms::new(vec![1.0], vec![1.0])?)?;
/// assert!((edges[0].0 - 0.25).abs() < 1e-15 && (edges[0].1 - 2.25).abs() < 1e-15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn support(gamma: f64, nu: &Atoms) -> Result<Vec<(f64, f64)>, MpMapError> {
    let (edges, _) = edges_and_masses(gamma, nu)?;
    Ok(edges
        .chunks_exact(2)
        .map(|pair| (pair[0], pair[1]))
        .collect())
}

/// The edges, ascending, and the mass of ν's atoms that belongs to each interval.
fn edges_and_masses(gamma: f64, nu: &Atoms) -> Result<(Vec<f64>, Vec<f64>), MpMapError> {
    if !(gamma.is_finite() && gamma > 0.0) {
        return Err(MpMapError::Gamma { gamma });
    }
    let mut atoms: Vec<(f64, f64)> = nu
        .at()
        .iter()
        .zip(nu.mass())
        .map(|(&x, &m)| (x, m))
        .filter(|&(x, m)| x > 0.0 && m > 0.0)
        .collect();
    atoms.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (Some(&(first, _)), Some(&(last, _))) = (atoms.first(), atoms.last()) else {
        return Ok((Vec::new(), Vec::new()));
    };
    let z = |w: f64| {
        w + atoms
            .iter()
            .map(|(x, m)| m * x * w / (w - gamma * x))
            .sum::<f64>()
    };
    let slope = |w: f64| {
        let sum: f64 = atoms
            .iter()
            .map(|(x, m)| m * (x / (w - gamma * x)).powi(2))
            .sum();
        1.0 - gamma * sum
    };
    let bend = |w: f64| -> f64 {
        atoms
            .iter()
            .map(|(x, m)| m * x * x / (w - gamma * x).powi(3))
            .sum()
    };
    // Σ m x² ≤ last², so that z′ ≥ 0 from here outwards.
    let reach = gamma.sqrt() * last;
    let mut edges = vec![z(bisect(gamma * first - reach, gamma * first, |w| {
        slope(w) > 0.0
    }))];
    let mut masses = vec![0.0];
    for pair in atoms.windows(2) {
        if let Some(mass) = masses.last_mut() {
            *mass += pair[0].1;
        }
        // The two poles alone take z′ below 0 all the way between them.
        let [(x, m), (y, k)] = [pair[0], pair[1]];
        let pull = (m * x * x).cbrt() + (k * y * y).cbrt();
        if pull.powi(3) >= gamma * (y - x).powi(2) {
            continue;
        }
        let (low, high) = (gamma * pair[0].0, gamma * pair[1].0);
        let top = bisect(low, high, |w| bend(w) > 0.0);
        if slope(top) > 0.0 {
            edges.push(z(bisect(low, top, |w| {
                slope(w).is_nan() || slope(w) <= 0.0
            })));
            edges.push(z(bisect(top, high, |w| slope(w) > 0.0)));
            masses.push(0.0);
        }
    }
    if let Some(mass) = masses.last_mut() {
        *mass += atoms[atoms.len() - 1].1;
    }
    edges.push(z(bisect(gamma * last, gamma * last + reach, |w| {
        slope(w).is_nan() || slope(w) <= 0.0
    })));
    Ok((edges, masses))
}

/// The point of (low, high) where `left`, true at the left end, turns false.
fn bisect(mut low: f64, mut high: f64, left: impl Fn(f64) -> bool) -> f64 {
    loop {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            return middle;
        }
        if left(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::marchenko_pastur_map;
    use num_complex::Complex64;

    fn atoms(at: &[f64]) -> Atoms {
        Atoms::empirical(at.to_vec()).unwrap()
    }

    /// The published edges are those of the companion at ratio ½: half of these at ratio 2.
    #[test]
    fn the_edges_of_two_equal_atoms_are_the_known_ones() {
        let edges = support(2.0, &atoms(&[1.0, 3.0])).unwrap();
        assert_eq!(edges.len(), 1);
        assert!((0.5 * edges[0].0 - 0.118_095_917_418_163).abs() < 1e-14);
        assert!((0.5 * edges[0].1 - 7.071_272_162_420_762).abs() < 1e-13);
    }

    #[test]
    fn the_density_lives_inside_the_edges_only() {
        let nu = atoms(&[1.0, 1.0, 10.0, 40.0]);
        let edges = support(0.02, &nu).unwrap();
        assert_eq!(edges.len(), 1, "{edges:?}");
        for gamma in [5.0, 20.0, 80.0] {
            let edges = support(gamma, &nu).unwrap();
            assert!(edges.windows(2).all(|pair| pair[0].1 < pair[1].0));
            let density = |x: f64| {
                let z = Complex64::new(x, 0.0);
                marchenko_pastur_map(gamma, &nu, z, None).unwrap().m.im
            };
            for &(low, high) in &edges {
                let step = 1e-4 * (high - low);
                // Near an edge Im m grows as a root: 8·mass·10⁻² over the width, mass ≥ ¼/80. Outside it
                // is the rounding of a real m.
                let inside = density(low + step).min(density(high - step)) * (high - low);
                assert!(inside > 1e-4, "{gamma} {low} {high}: {inside}");
                assert!(density(low - step).max(density(high + step)) < 1e-14);
            }
        }
        let parts = clusters(80.0, &nu).unwrap();
        assert_eq!(
            parts.iter().map(|c| c.mass).collect::<Vec<_>>(),
            [0.5, 0.25, 0.25]
        );
        assert_eq!(clusters(0.02, &nu).unwrap()[0].mass, 1.0);
    }

    #[test]
    fn bad_ratios_and_the_zero_law() {
        assert!(support(0.0, &atoms(&[1.0])).is_err());
        assert!(support(f64::NAN, &atoms(&[1.0])).is_err());
        assert!(support(1.0, &atoms(&[0.0])).unwrap().is_empty());
    }
}
