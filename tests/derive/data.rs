//! Data of one's own: rows in place of a law, and the law of a network's kernel for their covariance.

use super::{settled, text};
use ndarray::{Array1, Array2};
use tensor_dyson::covariance::StructuredCovariance;
use tensor_dyson::derive::{Derivation, Model, ntk_law, second_moments};
use tensor_dyson::ledger::Verdict;
use tensor_dyson::linalg::{gram, symmetric_eigenvalues};
use tensor_dyson::model::{Activation, EntryLaw, Streams};
use tensor_dyson::spectrum::SampledDistribution;
use tensor_dyson::tensor::matricize;

/// Rows of covariance `Q diag(variances) Qᵀ`, entries of another law than the Gaussian beneath.
fn rows(n: usize, variances: &[f64]) -> Array2<f64> {
    let mut rng = Streams::new(5, "rows").stream(0);
    let white = EntryLaw::Uniform.matrix(n, variances.len(), &mut rng);
    let roots = Array1::from_iter(variances.iter().map(|x| x.sqrt()));
    let basis = tensor_dyson::model::haar_orthogonal(variances.len(), &mut rng).unwrap();
    (white * &roots).dot(&basis.t())
}

fn variances(d: usize) -> Vec<f64> {
    (0..d).map(|k| if k % 2 == 0 { 0.2 } else { 1.8 }).collect()
}

/// For φ = x and a = 1 the eigenvalues are those of `α²(τ₂₃(Σ⊗GᵀΣG) + τ₂₄(ΣG⊗ΣG))`, written by hand.
#[test]
fn the_law_of_structured_data_is_that_of_the_tensor_by_hand() {
    let (d, p, n) = (8, 10, 200);
    let mut rng = Streams::new(5, "weights").stream(0);
    let w = EntryLaw::Gaussian.matrix(d, p, &mut rng);
    let sigma = variances(d);
    let diagonal = Array2::from_diag(&Array1::from(sigma.clone()));
    let ones = Array1::ones(p);
    let phi = Activation::Identity;
    let (_, found) = ntk_law(diagonal.view(), w.view(), ones.view(), &phi, n).unwrap();
    let by_hand = StructuredCovariance::new(&sigma, w.view(), &phi.hermite_data()).unwrap();
    let by_hand = symmetric_eigenvalues(matricize(by_hand.dense().view()).view()).unwrap();
    let top = by_hand.last().unwrap();
    assert_eq!(found.at.len(), by_hand.len());
    for (x, y) in found.at.iter().zip(&by_hand) {
        assert!((x - y).abs() < 1e-11 * top, "{x} {y}");
    }
}

/// The kernel of rows with two variances: near the law for their covariance, far from that of white rows.
#[test]
fn the_kernel_of_data_has_the_law_of_their_covariance() {
    let (d, p, n) = (24, 20, 480);
    let x = rows(n, &variances(d));
    let mut rng = Streams::new(5, "weights").stream(1);
    let w = EntryLaw::Gaussian.matrix(d, p, &mut rng);
    let a = Array1::ones(p);
    for phi in [Activation::Identity, Activation::Sin] {
        let f = (x.dot(&w) / (d as f64).sqrt()).mapv(|u| phi.phi(u));
        let kernel = gram(x.view()) * gram(f.view()) / (d * p) as f64;
        let seen = symmetric_eigenvalues(kernel.view()).unwrap();
        let far = |covariance: Array2<f64>| {
            let (law, _) = ntk_law(covariance.view(), w.view(), a.view(), &phi, n).unwrap();
            let sampled = SampledDistribution::exact(seen.clone(), n);
            sampled
                .kolmogorov(&law.distribution_within(1e-4).unwrap())
                .distance
        };
        let (own, white) = (far(second_moments(x.view())), far(Array2::eye(d)));
        assert!(white > 2.0 * own, "{phi:?}: {own} {white}");
    }
}

fn with_rows(d: usize, n: usize) -> Result<Model, tensor_dyson::derive::ModelTextError> {
    let whole = text("structured")
        .replace(
            "{ law = \"gaussian\", covariance = \"Σ\" }",
            "{ data = \"X.npy\" }",
        )
        .replace("Σ = { covariance = [0.3, 1.7] }\n", "")
        .replace("p = \"3/2 d\"", "p = \"d\"");
    Model::read_with(&whole, &|path| {
        assert_eq!(path, "X.npy");
        Ok(rows(n, &variances(d)))
    })
}

#[test]
fn a_model_takes_its_data_from_rows() {
    let derivation = Derivation::of(with_rows(16, 400).unwrap()).unwrap();
    assert_eq!(
        derivation.braids().as_deref(),
        Some("τ₂₃(Σ⊗GᵀΣG) + τ₂₄(ΣG⊗ΣG)")
    );
    // At d ≤ 16 samples tell no near miss of the law apart, and the claim says so.
    assert_eq!(settled(derivation.clone(), "law").verdict, Verdict::Open);
    for id in ["covariance", "claimed", "spectrum", "equation"] {
        let outcome = settled(derivation.clone(), id);
        assert_eq!(outcome.verdict, Verdict::Holds, "{id}: {outcome:#?}");
    }
}

#[test]
fn rows_that_are_no_data_are_refused() {
    let error = with_rows(16, 1).unwrap_err().to_string();
    assert!(
        error.starts_with("line 11, column 5: `X.npy` is 1×16: it takes"),
        "{error}"
    );
    let error = with_rows(1, 100).unwrap_err().to_string();
    assert!(
        error.starts_with("line 11, column 5: `x` is 100×1, too small for size 2"),
        "{error}"
    );
    let whole = text("talk").replace("x = \"gaussian\"", "x = { data = \"X.npy\" }");
    let error = Model::read(&whole).unwrap_err().to_string();
    assert!(
        error.contains("`X.npy`: this model is read without files"),
        "{error}"
    );
    let both = whole.replace("{ data", "{ law = \"uniform\", data");
    let error = Model::read_with(&both, &|_| Ok(rows(9, &[1.0])))
        .unwrap_err()
        .to_string();
    assert!(error.contains("`data = \"…\"` stands alone"), "{error}");
}
