//! Independent random streams from one seed.

use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;

/// A family of independent ChaCha8 streams (Bernstein 2008): the same seed, label and index give the same numbers on
/// any machine and at any number of threads, whatever was drawn from other streams before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Streams {
    seed: u64,
    label: u64,
}

impl Streams {
    /// The streams of `seed` that belong to `label` (a claim's id, say).
    pub fn new(seed: u64, label: &str) -> Self {
        // FNV-1a: the standard library's hash is not promised to stay the same.
        let label = label.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Streams { seed, label }
    }

    /// A family of its own for part `index` of the work.
    pub fn child(&self, index: u64) -> Self {
        // The golden ratio's bits keep neighbours apart (Steele, Lea and Flood 2014).
        let step = index.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Streams {
            seed: self.seed,
            label: self.label ^ step,
        }
    }

    /// Stream number `index`, at its beginning.
    pub fn stream(&self, index: u64) -> ChaCha8Rng {
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed ^ self.label.rotate_left(17));
        rng.set_stream(index);
        rng
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::RngExt;

    #[test]
    fn streams_repeat_and_differ() {
        let draw = |seed, label, k| Streams::new(seed, label).stream(k).random::<u64>();
        assert_eq!(draw(1, "a", 0), draw(1, "a", 0));
        assert_ne!(draw(1, "a", 0), draw(1, "a", 1));
        assert_ne!(draw(1, "a", 0), draw(1, "b", 0));
        assert_ne!(draw(1, "a", 0), draw(2, "a", 0));
        let of = |child: Streams| child.stream(0).random::<u64>();
        let family = Streams::new(1, "a");
        assert_ne!(of(family.child(0)), of(family));
        assert_ne!(of(family.child(0)), of(family.child(1)));
        assert_ne!(of(family.child(0)), of(family.child(u64::MAX - 1)));
    }

    /// A new version of the generator that changed every number would show here first.
    #[test]
    fn the_first_draw_is_pinned() {
        let first = Streams::new(1, "pin").stream(0).random::<u32>();
        assert_eq!(first, 3_121_731_582);
    }
}
