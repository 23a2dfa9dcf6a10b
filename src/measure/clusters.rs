//! The intervals of the support of the Marchenko–Pastur map of a discrete law, with the atoms that they come from.

use num_complex::Complex64;

use crate::measure::{Atoms, Law, LawError};

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
/// [`LawError::Argument`] for a ratio that is not a positive number, and as [`Law::support`].
///
/// ```
/// use tensor_dyson::measure::{Atoms, clusters};
/// let law = Atoms::new(vec![1.0, 30.0], vec![0.9, 0.1])?;
/// let parts = clusters(2.0, &law)?;
/// assert_eq!(parts.len(), 2);
/// assert!((parts[1].mass - 0.1).abs() < 1e-15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn clusters(gamma: f64, nu: &Atoms) -> Result<Vec<Cluster>, LawError> {
    let map = Law::from(nu).mp_map(gamma)?;
    let support = map.support()?;
    let atoms = || nu.at().iter().zip(nu.mass()).filter(|(x, _)| **x > 0.0);
    let mut below = 0.0;
    let mut clusters = Vec::with_capacity(support.len());
    for (k, &(low, high)) in support.iter().enumerate() {
        // In the gap above, −1/(γm) lies between the atoms below it and those above.
        let upto = match support.get(k + 1) {
            Some(next) => {
                let middle = Complex64::new(0.5 * (high + next.0), 0.0);
                let place = -1.0 / (gamma * map.stieltjes(middle)?.s.re);
                let masses = atoms().filter(|(x, _)| **x < place);
                masses.map(|(_, mass)| mass).sum()
            }
            None => atoms().map(|(_, mass)| mass).sum(),
        };
        let mass: f64 = upto - below;
        clusters.push(Cluster { low, high, mass });
        below = upto;
    }
    Ok(clusters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::marchenko_pastur_map;
    use num_complex::Complex64;

    fn atoms(at: &[f64]) -> Atoms {
        Atoms::empirical(at.to_vec()).unwrap()
    }

    fn support(gamma: f64, nu: &Atoms) -> Result<Vec<(f64, f64)>, LawError> {
        Ok(Law::from(nu).mp_map(gamma)?.support()?.to_vec())
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
        assert!(clusters(0.0, &atoms(&[1.0])).is_err());
        assert!(clusters(f64::NAN, &atoms(&[1.0])).is_err());
        assert!(clusters(1.0, &atoms(&[0.0])).unwrap().is_empty());
    }
}
