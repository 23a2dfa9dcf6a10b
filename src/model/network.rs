//! The whole tangent kernel of a network with one hidden layer: both layers, biases, either parametrisation.

use super::{Activation, ModelError, ntk};
use crate::linalg::{gram, product};
use ndarray::{Array2, ArrayView1, ArrayView2};

/// How weights are scaled, which decides how gradients are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Parametrisation {
    /// `f = p^{−1/2} a·σ(Wᵀx/√d + βb) + βc`, all of variance 1.
    #[default]
    Ntk,
    /// `f = A·σ(Vᵀx + B) + C`, V of variance 1/d, A of 1/p, B and C of β²: the same function, other gradients.
    Standard,
}

/// What a network's kernel is made of beside its first weights.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Parts<'a> {
    /// The output weights have gradients as well: K₂.
    pub output_layer: bool,
    /// β, and the b (p) that stand inside of σ.
    pub bias: Option<(f64, ArrayView1<'a, f64>)>,
    /// How gradients are scaled.
    pub parametrisation: Parametrisation,
}

impl Parts<'_> {
    /// The kernel as a formula.
    pub fn formula(&self) -> String {
        let standard = self.parametrisation == Parametrisation::Standard;
        let (first, second, third) = if standard {
            ("XXᵀ", "σσᵀ", "")
        } else {
            ("(1/d) XXᵀ", "(1/p) σσᵀ", "β² ")
        };
        let inside = if self.bias.is_some() {
            "XW/√d + βb"
        } else {
            "XW/√d"
        };
        let mut sum = format!("K = {first} ∘ (1/p) F Fᵀ");
        if self.bias.is_some() {
            sum += &format!(" + {third}(1/p) F Fᵀ");
        }
        if self.output_layer {
            sum += &format!(" + {second}");
            if self.bias.is_some() {
                sum += &format!(" + {third}1 1ᵀ");
            }
        }
        let last = if self.output_layer {
            format!(", σ = σ({inside})")
        } else {
            String::new()
        };
        format!("{sum}, F = σ′({inside}) diag(a){last}")
    }
}

/// `Σ_θ ∂f(x_i)/∂θ ∂f(x_j)/∂θ`, n×n, over the parameters of `parts`, for X (n×d), W (d×p), a (p).
///
/// ```math
/// K = s_1 XXᵀ ∘ (1/p) F Fᵀ + β² (1/p) F Fᵀ + s_2 σσᵀ + β² 1 1ᵀ
/// ```
///
/// with `s₁ = 1/d, s₂ = 1/p` in the NTK parametrisation (Jacot, Gabriel and Hongler 2018), and `s₁ = s₂ = 1` and no β²
/// in the standard one. The output's bias belongs to the output layer.
///
/// # Errors
/// As [`ntk`], and for a b of another length than a, or that is not finite.
pub fn network_kernel(
    x: ArrayView2<'_, f64>,
    w: ArrayView2<'_, f64>,
    a: ArrayView1<'_, f64>,
    activation: &Activation,
    parts: Parts<'_>,
) -> Result<Array2<f64>, ModelError> {
    // The shapes and entries are judged there.
    let plain = ntk(x, w, a, activation)?;
    let (d, p) = (x.ncols() as f64, a.len() as f64);
    if parts.bias.is_none() && !parts.output_layer {
        return Ok(match parts.parametrisation {
            Parametrisation::Ntk => plain,
            Parametrisation::Standard => plain * d,
        });
    }
    let mut inside = product(x, w) / d.sqrt();
    if let Some((beta, b)) = parts.bias {
        if b.len() != a.len() {
            return Err(ModelError::Shape {
                n: x.nrows(),
                d: x.ncols(),
                w_rows: w.nrows(),
                p: a.len(),
                weights: b.len(),
            });
        }
        if let Some(&value) = b.iter().chain([&beta]).find(|b| !b.is_finite()) {
            return Err(ModelError::NotFinite { name: "b", value });
        }
        inside += &(&b * beta);
    }
    let standard = parts.parametrisation == Parametrisation::Standard;
    let (first, second) = if standard {
        (1.0, 1.0)
    } else {
        (1.0 / d, 1.0 / p)
    };
    let hidden = gram((inside.mapv(|u| activation.phi(u)) * a).view()) / p;
    let mut kernel = gram(x) * first * &hidden;
    let of_biases = parts
        .bias
        .map(|(beta, _)| if standard { 1.0 } else { beta * beta });
    if let Some(factor) = of_biases {
        kernel.scaled_add(factor, &hidden);
    }
    if parts.output_layer {
        kernel.scaled_add(second, &gram(inside.mapv(|u| activation.sigma(u)).view()));
        kernel += of_biases.unwrap_or(0.0);
    }
    Ok(kernel)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntryLaw, Streams};
    use ndarray::Array1;

    /// f as a function of one flat list of parameters: W or V, a or A, b or B, c or C.
    fn network(
        x: ArrayView1<'_, f64>,
        flat: &[f64],
        p: usize,
        beta: f64,
        kind: Parametrisation,
    ) -> f64 {
        let d = x.len();
        let (w, rest) = flat.split_at(d * p);
        let (a, rest) = rest.split_at(p);
        let (b, c) = rest.split_at(p);
        let (scale, root, bias) = match kind {
            Parametrisation::Ntk => ((d as f64).sqrt().recip(), (p as f64).sqrt().recip(), beta),
            Parametrisation::Standard => (1.0, 1.0, 1.0),
        };
        let hidden = (0..p).map(|j| {
            let u: f64 = (0..d).map(|i| x[i] * w[i * p + j]).sum();
            root * a[j] * (scale * u + bias * b[j]).tanh()
        });
        hidden.sum::<f64>() + bias * c[0]
    }

    /// Against differences of f itself in every parameter, in both parametrisations.
    #[test]
    fn the_kernel_is_that_of_the_networks_gradients() {
        let (n, d, p, beta) = (4, 3, 5, 0.7);
        let mut rng = Streams::new(8, "network").stream(0);
        let x = EntryLaw::Gaussian.matrix(n, d, &mut rng);
        let w = EntryLaw::Gaussian.matrix(d, p, &mut rng);
        let vectors = EntryLaw::Gaussian.matrix(2, p, &mut rng);
        let (a, b): (Array1<f64>, Array1<f64>) =
            (vectors.row(0).to_owned(), vectors.row(1).to_owned());
        for kind in [Parametrisation::Ntk, Parametrisation::Standard] {
            let by = |variance: f64| match kind {
                Parametrisation::Ntk => 1.0,
                Parametrisation::Standard => variance.sqrt(),
            };
            let mut flat: Vec<f64> = w.iter().map(|w| w * by(1.0 / d as f64)).collect();
            flat.extend(a.iter().map(|a| a * by(1.0 / p as f64)));
            flat.extend(b.iter().map(|b| b * by(beta * beta)));
            flat.push(0.3);
            let slope = |i: usize, k: usize| {
                let at = |by: f64| {
                    let mut moved = flat.clone();
                    moved[k] += by;
                    network(x.row(i), &moved, p, beta, kind)
                };
                let h = 1e-3;
                (8.0 * (at(h) - at(-h)) - at(2.0 * h) + at(-2.0 * h)) / (12.0 * h)
            };
            let jacobian = Array2::from_shape_fn((n, flat.len()), |(i, k)| slope(i, k));
            let weights = d * p;
            for output_layer in [false, true] {
                let parts = Parts {
                    output_layer,
                    bias: Some((beta, b.view())),
                    parametrisation: kind,
                };
                let kernel =
                    network_kernel(x.view(), w.view(), a.view(), &Activation::TanhPrime, parts)
                        .unwrap();
                let wanted = Array2::from_shape_fn((n, n), |(i, j)| {
                    let term = |k: usize| jacobian[[i, k]] * jacobian[[j, k]];
                    let first: f64 = (0..weights)
                        .chain(weights + p..weights + 2 * p)
                        .map(term)
                        .sum();
                    let last: f64 = (weights..weights + p)
                        .chain([flat.len() - 1])
                        .map(term)
                        .sum();
                    if output_layer { first + last } else { first }
                });
                let off = (&kernel - &wanted)
                    .iter()
                    .fold(0.0f64, |most, x| most.max(x.abs()));
                assert!(off < 1e-9, "{kind:?} {output_layer}: {off:e}");
            }
        }
    }

    #[test]
    fn without_biases_it_is_the_ntk_and_its_second_part() {
        let mut rng = Streams::new(9, "network").stream(0);
        let x = EntryLaw::Gaussian.matrix(4, 3, &mut rng);
        let w = EntryLaw::Gaussian.matrix(3, 5, &mut rng);
        let a = EntryLaw::Gaussian.matrix(1, 5, &mut rng).row(0).to_owned();
        let relu = Activation::Step;
        let of = |output_layer, parametrisation| {
            let parts = Parts {
                output_layer,
                bias: None,
                parametrisation,
            };
            network_kernel(x.view(), w.view(), a.view(), &relu, parts).unwrap()
        };
        let first = ntk(x.view(), w.view(), a.view(), &relu).unwrap();
        let hidden = x.dot(&w).mapv(|u| (u / 3.0f64.sqrt()).max(0.0));
        let second = hidden.dot(&hidden.t()) / 5.0;
        let close = |a: &Array2<f64>, b: &Array2<f64>| (a - b).iter().all(|x| x.abs() < 1e-13);
        use Parametrisation::{Ntk, Standard};
        assert!(close(&of(false, Ntk), &first));
        assert!(close(&of(false, Standard), &(3.0 * &first)));
        assert!(close(&of(true, Ntk), &(&first + &second)));
        assert!(close(&of(true, Standard), &(3.0 * &first + 5.0 * &second)));
        let zero = Array1::zeros(4);
        let parts = Parts {
            bias: Some((1.0, zero.view())),
            ..Parts::default()
        };
        assert!(network_kernel(x.view(), w.view(), a.view(), &relu, parts).is_err());
    }
}
