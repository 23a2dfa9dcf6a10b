//! Supports: every gap, and no interval that is none.

use super::law;

/// Gaps that a coarser grid, or one without the peaks between its points, does not show; and no interval for an atom.
#[test]
fn the_search_over_pairs_misses_no_gap_and_invents_no_interval() {
    for (text, count) in [
        // A gap of 2.6e-9.
        (
            "mpmap(0.014470239281654355, mpmap(0.05, atoms(1.76:0.6667, 2.52:0.3333)))
                [x] atoms(3.16:0.1111, 3.87:0.4444, 4.06:0.4445)",
            2,
        ),
        (
            "mpmap(0.01, atoms(1.3:0.3333, 1.41:0.6667)) [x] mpmap(2, atoms(2.43:0.9677, 3.08:0.0323))",
            1,
        ),
        (
            "mpmap(0.2, atoms(-0.68:0.8824, 3.69:0.1176)) [+] mpmap(2, atoms(-1.91:0.3333, 3.65:0.6667))",
            3,
        ),
        // Isolated atoms between two gaps.
        (
            "atoms(0.16:0.1429, 2.76:0.5714, 2.91:0.2857) [x] atoms(0.78:0.75, 0.88:0.2, 4.01:0.05)",
            4,
        ),
        (
            "mpmap(2, atoms(-2.14:0.5, 2.99:0.5)) [+] atoms(-2.27:0.8333, -0.27:0.1111, 4.57:0.0556)",
            2,
        ),
    ] {
        let law = law(text);
        let support = law.support().unwrap();
        assert_eq!(support.len(), count, "{text}: {support:?}");
        let f = law.distribution().unwrap();
        assert!((f.total() - 1.0).abs() < 1e-9, "{text}: {}", f.total());
        for &(low, high) in support {
            assert!(f.before(high) - f.at(low) > 1e-3, "{text}: {support:?}");
        }
    }
}
