//! Least squares over masses that are not negative.

/// The least of `½ xᵀGx − cᵀx` over `x ≥ 0` for a positive definite G (rows), by the active sets of Lawson and Hanson
/// (1974): those x_k that are above 0 solve their own equations, and where one of them would go below 0 it goes to 0.
pub(super) fn nonnegative(g: &[Vec<f64>], c: &[f64]) -> Vec<f64> {
    let count = c.len();
    let mut x = vec![0.0; count];
    let mut free: Vec<usize> = vec![];
    let scale = c.iter().fold(0.0f64, |most, c| most.max(c.abs()));
    // Each round adds one; cycles come from rounding only.
    for _ in 0..10 * count {
        let gradient = |k: usize| c[k] - g[k].iter().zip(&x).map(|(g, x)| g * x).sum::<f64>();
        let next = (0..count)
            .filter(|k| !free.contains(k))
            .map(|k| (k, gradient(k)))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        match next {
            Some((k, slope)) if slope > 1e-12 * scale => free.push(k),
            _ => break,
        }
        while let Some(wanted) = solved(g, c, &free) {
            // As far towards `wanted` as none goes below 0.
            let steps = free.iter().zip(&wanted).map(
                |(&k, &w)| {
                    if w > 0.0 { 1.0 } else { x[k] / (x[k] - w) }
                },
            );
            let step = steps.fold(1.0f64, f64::min);
            for (&k, &w) in free.iter().zip(&wanted) {
                x[k] += step * (w - x[k]);
            }
            if step == 1.0 {
                break;
            }
            free.retain(|&k| {
                let stays = x[k] > 1e-15;
                if !stays {
                    x[k] = 0.0;
                }
                stays
            });
        }
    }
    x
}

/// The solution of the equations of the `free` unknowns, by Cholesky's factors.
fn solved(g: &[Vec<f64>], c: &[f64], free: &[usize]) -> Option<Vec<f64>> {
    if free.is_empty() {
        return None;
    }
    let mut rows: Vec<Vec<f64>> = vec![];
    let mut y: Vec<f64> = vec![];
    for &i in free {
        let mut row: Vec<f64> = vec![];
        for (known, &j) in rows.iter().zip(free) {
            let sum: f64 = row.iter().zip(known).map(|(a, b)| a * b).sum();
            row.push((g[i][j] - sum) / known[known.len() - 1]);
        }
        let left = g[i][i] - row.iter().map(|a| a * a).sum::<f64>();
        let diagonal = left.max(f64::EPSILON * g[i][i]).sqrt();
        let sum: f64 = row.iter().zip(&y).map(|(a, b)| a * b).sum();
        y.push((c[i] - sum) / diagonal);
        row.push(diagonal);
        rows.push(row);
    }
    for i in (0..y.len()).rev() {
        let sum: f64 = (i + 1..y.len()).map(|j| rows[j][i] * y[j]).sum();
        y[i] = (y[i] - sum) / rows[i][i];
    }
    Some(y)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The conditions of Karush, Kuhn and Tucker hold: where x is above 0 the gradient is 0, elsewhere it points down.
    #[test]
    fn the_minimum_satisfies_its_conditions() {
        let count = 12;
        let a: Vec<Vec<f64>> = (0..30)
            .map(|i| {
                (0..count)
                    .map(|k| ((i * 7 + k * k * 3) as f64).sin())
                    .collect()
            })
            .collect();
        let b: Vec<f64> = (0..30).map(|i| (i as f64 * 1.3).cos() + 0.3).collect();
        let dot = |j: usize, k: usize| a.iter().map(|row| row[j] * row[k]).sum::<f64>();
        let g: Vec<Vec<f64>> = (0..count)
            .map(|j| (0..count).map(|k| dot(j, k)).collect())
            .collect();
        let c: Vec<f64> = (0..count)
            .map(|k| a.iter().zip(&b).map(|(row, b)| row[k] * b).sum())
            .collect();
        let x = nonnegative(&g, &c);
        assert!(x.iter().any(|x| *x > 0.0) && x.contains(&0.0), "{x:?}");
        for k in 0..count {
            let gradient = c[k] - g[k].iter().zip(&x).map(|(g, x)| g * x).sum::<f64>();
            assert!(x[k] >= 0.0 && gradient < 1e-9, "{k}");
            assert!(x[k] == 0.0 || gradient.abs() < 1e-9, "{k}");
        }
    }
}
