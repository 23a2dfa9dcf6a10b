//! What a check that passed is worth.

/// Both primes are above this.
const PRIME: f64 = (1_u64 << 60) as f64;

/// A check that passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldCheck {
    pub(super) shapes: Vec<String>,
    pub(super) degree: u64,
}

impl FieldCheck {
    /// The dimensions, each as in `n=2 d=3 p=4`.
    pub fn shapes(&self) -> &[String] {
        &self.shapes
    }

    /// A bound on the degree, in the random draws, of the difference of the two sides.
    pub fn degree(&self) -> u64 {
        self.degree
    }

    /// The probability, at most, that a point drawn at random modulo a prime above 2⁶⁰ hides that the sides differ
    /// modulo that prime at a shape: the degree over the size of the field (Schwartz 1980, Zippel 1979). Both
    /// primes have to be passed.
    pub fn bound(&self) -> f64 {
        self.degree as f64 / PRIME
    }
}
