//! What is fuzzed: each takes any bytes, and must give a value or an error, without a panic and in little time and memory.
//! `fuzz/` runs these under cargo-fuzz, `tests/fuzz_corpus` on a fixed small corpus.

use tensor_dyson::files::{Archive, Table, read_npy};
use tensor_dyson::measure::Law;
use tensor_dyson::symbolic::Theory;

/// A `.npy` file.
pub(crate) fn npy(bytes: &[u8]) {
    if let Ok(array) = read_npy(bytes) {
        assert!(array.len() <= bytes.len() && array.iter().all(|x| x.is_finite()));
    }
}

/// A `.npz` archive, every array of it.
pub(crate) fn npz(bytes: &[u8]) {
    if let Ok(mut archive) = Archive::of(bytes.to_vec()) {
        for key in archive.keys() {
            if let Ok(array) = archive.array(&key) {
                // A deflated byte gives at most 1032, and a number has at least one.
                assert!(array.len() <= 1032 * bytes.len() + (1 << 16));
            }
        }
    }
}

/// A table, every column of it.
pub(crate) fn csv(bytes: &[u8]) {
    if let Ok(table) = Table::read(bytes) {
        for column in 0..table.columns() {
            if let Ok(column_of) = table.column(column) {
                assert_eq!(column_of.len(), table.rows());
            }
        }
        if let Ok(matrix) = table.matrix() {
            assert!(matrix.iter().all(|x| x.is_finite()));
        }
    }
}

/// An expression of laws: what is read is printed so that it is read again.
pub(crate) fn law(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(law) = Law::parse(text)
    {
        let _ = law.to_string();
    }
}

/// An expression in index notation, over the tensors of the talk.
pub(crate) fn index(bytes: &[u8]) {
    let mut theory = Theory::new();
    let declared = theory
        .tensors("x[n,d] W[d,p] a[p] G[d,p] Q[d,p,d,p]")
        .and_then(|theory| theory.scalars("β κ"));
    assert!(declared.is_ok());
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = theory
            .expression(text)
            .map(|expression| expression.to_string());
    }
}
