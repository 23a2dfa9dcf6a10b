//! A tensor on a terminal is shown entry by entry as long as it can be read: 600 entries, lines of 100 columns.

use ndarray::{Array1, Array2, Array3};
use num_complex::Complex64;
use tensor_dyson::report::{Entry, tensor_lines};

/// The lines below the summary of a vector of equal entries.
fn vector<T: Entry>(entry: T, length: usize) -> Vec<String> {
    let text = tensor_lines(
        Array1::from_elem(length, entry).into_dyn().view(),
        &["i"],
        true,
    );
    text.lines().skip(1).map(str::to_owned).collect()
}

/// Each entry after two columns, the first after two of margin: `2 + m(w + 2) ≤ 100`.
#[test]
fn a_line_has_as_many_entries_as_fit() {
    let counts = |lines: Vec<String>| -> Vec<usize> {
        assert!(lines.iter().all(|line| line.chars().count() <= 100));
        let count = |line: &String| line.split_whitespace().count();
        lines.iter().map(count).collect()
    };
    // As "0", "1.000", "-1.000", "1.000e-9" and "-1.000-1.000i".
    assert_eq!(counts(vector(0.0, 70)), [32, 32, 6]);
    assert_eq!(counts(vector(1.0, 30)), [14, 14, 2]);
    assert_eq!(counts(vector(-1.0, 30)), [12, 12, 6]);
    assert_eq!(counts(vector(1e-9, 20)), [9, 9, 2]);
    assert_eq!(counts(vector(Complex64::new(-1.0, -1.0), 13)), [6, 6, 1]);
}

/// As a map: with shades.
fn is_map(lines: &str) -> bool {
    lines.contains("root mean square")
}

#[test]
fn what_is_longer_or_wider_is_a_map() {
    assert!(!is_map(&vector(1.0, 600).join("\n")) && is_map(&vector(1.0, 601).join("\n")));
    let matrix = |rows: usize, columns: usize| {
        let matrix = Array2::from_elem((rows, columns), 1.0).into_dyn();
        is_map(&tensor_lines(matrix.view(), &["i", "j"], true))
    };
    // 14 entries of 5 columns and 2 between take 100 columns with the margin.
    assert!(!matrix(3, 14) && matrix(3, 15));
    assert!(!matrix(60, 10) && matrix(601, 1) && !matrix(600, 1) && matrix(61, 10));
    let slices = Array3::from_elem((2, 2, 3), 1.0).into_dyn();
    let text = tensor_lines(slices.view(), &["a", "b", "c"], true);
    assert!(
        text.contains("rows b, columns c") && text.contains("a = 1"),
        "{text}"
    );
}
