//! A tensor on a terminal of 100 columns: small ones as slices, large ones as a summary and a shaded map.

use super::lines::WIDTH;
use crate::numerals::four_digits;
use ndarray::{ArrayView2, ArrayViewD, Axis};
use num_complex::Complex64;
use std::fmt::Write;

/// An entry that can be shown.
pub trait Entry: Copy {
    /// Four significant digits.
    fn text(self) -> String;
    /// |x|.
    fn modulus(self) -> f64;
}

impl Entry for f64 {
    fn text(self) -> String {
        four_digits(self)
    }
    fn modulus(self) -> f64 {
        self.abs()
    }
}

impl Entry for Complex64 {
    fn text(self) -> String {
        let sign = if self.im.is_sign_negative() { '-' } else { '+' };
        format!(
            "{}{sign}{}i",
            four_digits(self.re),
            four_digits(self.im.abs())
        )
    }
    fn modulus(self) -> f64 {
        self.norm()
    }
}

/// More entries than a reader looks through.
const READABLE: usize = 600;
/// Rows and columns of a shaded map.
const MAP: (usize, usize) = (24, 72);
const SHADES: [char; 5] = [' ', '░', '▒', '▓', '█'];

/// The shape with the names of the indices, the largest entry and the norm; with `details`, also the
/// entries: slices over the leading indices where they can be read, else a map of the tensor as a matrix
/// with the first half of its indices as rows.
///
/// # Panics
/// If there is not one name an axis.
pub fn tensor_lines<T: Entry>(
    tensor: ArrayViewD<'_, T>,
    indices: &[&str],
    details: bool,
) -> String {
    assert!(
        tensor.ndim() == indices.len(),
        "a tensor of shape {:?} with indices {indices:?}",
        tensor.shape()
    );
    if tensor.ndim() == 0 {
        return tensor.iter().map(|x| format!("  {}", x.text())).collect();
    }
    let mut lines = summary(&tensor, indices);
    if !details || tensor.is_empty() {
        return lines;
    }
    lines.push('\n');
    let width = tensor.iter().map(|x| x.text().chars().count()).max();
    let columns = tensor.shape().last().copied().unwrap_or(1);
    let fits = 2 + columns * (width.unwrap_or(0) + 2) <= WIDTH;
    if tensor.ndim() == 1 && tensor.len() <= READABLE {
        vector(&tensor, &mut lines);
    } else if fits && tensor.len() <= READABLE {
        if let [.., rows, columns] = indices
            && indices.len() > 2
        {
            let _ = writeln!(lines, "  rows {rows}, columns {columns}");
        }
        slices(tensor, indices, &mut lines);
    } else {
        map(tensor, indices, &mut lines);
    }
    lines.truncate(lines.trim_end().len());
    lines
}

fn summary<T: Entry>(tensor: &ArrayViewD<'_, T>, indices: &[&str]) -> String {
    let shape: Vec<String> = tensor.shape().iter().map(usize::to_string).collect();
    let zeros = tensor.iter().filter(|x| x.modulus() == 0.0).count();
    let norm = tensor
        .iter()
        .map(|x| x.modulus().powi(2))
        .sum::<f64>()
        .sqrt();
    // NaN wins, as it would in every later use of the tensor.
    let largest = crate::ledger::largest(tensor.iter().map(|x| x.modulus()));
    format!(
        "  ({}) {}: {zeros} of {} entries are 0, largest |·| {}, norm {}",
        indices.join(", "),
        shape.join("×"),
        tensor.len(),
        four_digits(largest),
        four_digits(norm)
    )
}

fn vector<T: Entry>(tensor: &ArrayViewD<'_, T>, lines: &mut String) {
    let texts: Vec<String> = tensor.iter().map(|x| x.text()).collect();
    let width = texts.iter().map(|t| t.chars().count()).max().unwrap_or(0);
    for row in texts.chunks(((WIDTH - 2) / (width + 2)).max(1)) {
        let _ = write!(lines, "  ");
        for text in row {
            let _ = write!(lines, "{text:>width$}  ");
        }
        lines.truncate(lines.trim_end().len());
        lines.push('\n');
    }
}

/// The matrices of the last two indices, one after another over the leading ones.
fn slices<T: Entry>(tensor: ArrayViewD<'_, T>, indices: &[&str], lines: &mut String) {
    if tensor.ndim() > 2 {
        for (k, slice) in tensor.axis_iter(Axis(0)).enumerate() {
            let mut inner = String::new();
            slices(slice, &indices[1..], &mut inner);
            if tensor.ndim() == 3 {
                let _ = write!(lines, "  {} = {k}\n{inner}", indices[0]);
            } else {
                for line in inner.lines() {
                    match line.strip_prefix("  ") {
                        Some(rest) if rest.contains(" = ") => {
                            let _ = writeln!(lines, "  {} = {k}, {rest}", indices[0]);
                        }
                        _ => {
                            let _ = writeln!(lines, "{line}");
                        }
                    }
                }
            }
        }
        return;
    }
    let width = tensor.iter().map(|x| x.text().chars().count()).max();
    for row in tensor.axis_iter(Axis(0)) {
        let _ = write!(lines, "  ");
        for x in row.iter() {
            let _ = write!(lines, "{:>width$}  ", x.text(), width = width.unwrap_or(0));
        }
        lines.truncate(lines.trim_end().len());
        lines.push('\n');
    }
}

/// The tensor as a matrix, the first half of its indices as rows, in C order.
fn as_matrix<T: Entry>(tensor: ArrayViewD<'_, T>) -> ndarray::Array2<f64> {
    let rows: usize = tensor.shape()[..tensor.ndim().div_ceil(2)].iter().product();
    let columns = tensor.len() / rows.max(1);
    let mut values = tensor.iter().map(|x| x.modulus());
    // As many as there are entries.
    ndarray::Array2::from_shape_simple_fn((rows, columns), || values.next().unwrap_or(f64::NAN))
}

fn map<T: Entry>(tensor: ArrayViewD<'_, T>, indices: &[&str], lines: &mut String) {
    let half = tensor.ndim().div_ceil(2);
    let (rows, columns) = (indices[..half].join(""), indices[half..].join(""));
    let matrix = as_matrix(tensor);
    let cells = pooled(matrix.view(), MAP);
    let top = crate::ledger::largest(cells.iter().copied());
    let _ = writeln!(
        lines,
        "  rows {rows}, columns {}; █ is a root mean square of {}",
        if columns.is_empty() { "1" } else { &columns },
        four_digits(top)
    );
    for row in cells.rows() {
        let _ = write!(lines, "  ");
        for &x in row {
            let shade = (x / top * (SHADES.len() - 1) as f64).ceil();
            lines.push(match SHADES.get(shade as usize) {
                _ if x == 0.0 => ' ',
                Some(&shade) if !x.is_nan() && top.is_finite() => shade,
                _ => '?',
            });
        }
        lines.push('\n');
    }
}

/// The matrix in at most the given number of cells, each the root mean square of its entries.
fn pooled(matrix: ArrayView2<'_, f64>, most: (usize, usize)) -> ndarray::Array2<f64> {
    let (rows, columns) = matrix.dim();
    let cells = (rows.min(most.0), columns.min(most.1));
    ndarray::Array2::from_shape_fn(cells, |(i, j)| {
        let part = matrix.slice(ndarray::s![
            i * rows / cells.0..(i + 1) * rows / cells.0,
            j * columns / cells.1..(j + 1) * columns / cells.1
        ]);
        (part.iter().map(|x| x * x).sum::<f64>() / part.len() as f64).sqrt()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    #[test]
    fn a_small_tensor_is_its_entries() {
        let lines = tensor_lines(
            array![[3.0, -4.0], [0.0, 0.0]].view().into_dyn(),
            &["a", "b"],
            true,
        );
        assert_eq!(
            lines,
            "  (a, b) 2×2: 2 of 4 entries are 0, largest |·| 4.000, norm 5.000\n\
             \x20  3.000  -4.000\n\
             \x20      0       0"
        );
        let complex = array![Complex64::new(1.0, -2.0), Complex64::new(-1e-7, 1e6)];
        let lines = tensor_lines(complex.view().into_dyn(), &["k"], true);
        assert!(
            lines.ends_with("\n        1.000-2.000i  -1.000e-7+1.000e6i"),
            "{lines}"
        );
        let zero = ndarray::arr0(Complex64::new(0.5, 0.0));
        assert_eq!(
            tensor_lines(zero.view().into_dyn(), &[], true),
            "  0.5000+0i"
        );
    }

    /// A cell of a map is the root mean square of its entries: of 3, 4, 0, 0 it is 2.5.
    #[test]
    fn a_large_tensor_is_a_map() {
        let mut large = Array2::zeros((48, 144));
        (large[[0, 0]], large[[1, 1]]) = (3.0, -4.0);
        large[[47, 143]] = 1.0;
        let lines = tensor_lines(large.view().into_dyn(), &["a", "b"], true);
        let rows: Vec<&str> = lines.lines().collect();
        assert_eq!(
            rows[1],
            "  rows a, columns b; █ is a root mean square of 2.500"
        );
        assert_eq!(rows.len(), 2 + 24);
        assert_eq!((rows[2].trim(), rows[25].trim()), ("█", "░"));
        assert!(rows[2].starts_with("  █"));
        assert_eq!(rows[25].chars().count(), 2 + 72);
        // With NaN nothing is shaded as if it were known.
        large[[0, 0]] = f64::NAN;
        let lines = tensor_lines(large.view().into_dyn(), &["a", "b"], true);
        assert!(
            lines.contains("largest |·| NaN") && lines.contains('?'),
            "{lines}"
        );
    }
}
