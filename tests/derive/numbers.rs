//! Operators, eigenvalues and kernels against the same written by hand.

use super::{derived, settled, text};
use ndarray::{Array2, Ix2};
use tensor_dyson::covariance::linear_covariance;
use tensor_dyson::derive::{Derivation, Drawn, Model, Operator, SpectralStructure};
use tensor_dyson::ledger::Verdict;
use tensor_dyson::linalg::gram;
use tensor_dyson::model::Streams;
use tensor_dyson::tensor::matricize;

fn drawn(name: &str, free: usize) -> Drawn {
    let model = Model::read(&text(name)).unwrap();
    Drawn::new(&model, free, &mut Streams::new(7, name).stream(0)).unwrap()
}

fn largest(matrix: &Array2<f64>) -> f64 {
    matrix
        .iter()
        .fold(0.0, |largest: f64, x| largest.max(x.abs()))
}

#[test]
fn the_operator_of_the_talk_is_its_covariance_tensor() {
    let (derivation, drawn) = (derived("talk"), drawn("talk", 6));
    let operator = Operator::new(derivation.moments.covariance(), &drawn);
    let g = drawn.weight("G").unwrap().into_dimensionality().unwrap();
    let by_hand = matricize(linear_covariance(g).view());
    assert!(largest(&(operator.dense() - &by_hand)) < 1e-14 * largest(&by_hand) * 54.0);
}

/// The kernel, contracted without the features, is the Gram matrix of the features.
#[test]
fn the_kernel_is_the_gram_matrix_of_the_features() {
    for name in ["talk", "structured", "degree-two", "cubic", "sum"] {
        let drawn = drawn(name, 5);
        let stream = || Streams::new(7, "rows").stream(0);
        let sizes = drawn.sizes();
        let features = drawn.features(sizes.samples, &mut stream());
        let by_hand = gram(features.view()) / sizes.features as f64;
        let kernel = drawn.kernel(&mut stream());
        assert!(
            largest(&(&kernel - &by_hand)) < 1e-12 * largest(&by_hand),
            "{name}"
        );
    }
}

/// The eigenvalues of `Y ↦ ΣYB + BYΣ`, where Σ and B do not commute, wide and tall.
#[test]
fn structure_is_recognised_and_has_the_eigenvalues_of_the_dense_matrix() {
    for (name, ratio, factor) in [
        ("structured", "3/2 d", "1"),
        ("structured", "1/2 d", "1"),
        ("structured", "1/2 d", "1/1000"),
        ("structured", "1/2 d", "1000"),
        ("talk", "1/2 d", "1"),
        ("sum", "d", "1"),
    ] {
        let written = text(name).replace("p = \"3/2 d\"", &format!("p = \"{ratio}\""));
        // The structure does not depend on the unit of the feature.
        let written = written.replace("= x[a] G", &format!("= {factor} x[a] G"));
        let model = Model::read(&written).unwrap();
        let drawn = Drawn::new(&model, 6, &mut Streams::new(7, name).stream(0)).unwrap();
        let derivation = derived(name);
        let covariance = derivation.moments.covariance();
        let structure = SpectralStructure::of(covariance, &drawn, &derivation.symmetric()).unwrap();
        assert!(
            matches!(structure, SpectralStructure::Symmetrised(_)),
            "{name}, {ratio}"
        );
        let operator = Operator::new(covariance, &drawn);
        let (found, dense) = (
            structure.eigenvalues(&operator).unwrap(),
            operator.dense_eigenvalues().unwrap(),
        );
        assert_eq!(found.len(), dense.len());
        let apart = found
            .iter()
            .zip(&dense)
            .fold(0.0, |far: f64, (x, y)| far.max((x - y).abs()));
        assert!(
            apart < 1e-12 * dense.last().unwrap(),
            "{name}, {ratio}: {apart:e}"
        );
    }
}

/// Where the problem on symmetric matrices is too large for a matrix, its law comes from products: mean and mean square of
/// 𝒬 are `Tr 𝒬/N` and `Tr 𝒬²/N`, which the factors give.
#[test]
fn a_large_spectrum_is_had_without_a_matrix() {
    let d = 72;
    let model = Model::read(&text("structured").replace("p = \"3/2 d\"", "p = \"d\"")).unwrap();
    let drawn = Drawn::new(&model, d, &mut Streams::new(7, "large").stream(0)).unwrap();
    let derivation = derived("structured");
    let covariance = derivation.moments.covariance();
    let structure = SpectralStructure::of(covariance, &drawn, &derivation.symmetric()).unwrap();
    let operator = Operator::new(covariance, &drawn);
    assert!(structure.eigenvalues(&operator).is_err());
    let spectrum = structure
        .spectrum(&operator, Streams::new(7, "probes"))
        .unwrap();
    let [g, s] = ["G", "Σ"].map(|name| {
        drawn
            .weight(name)
            .unwrap()
            .into_dimensionality::<Ix2>()
            .unwrap()
    });
    let (sg, gsg) = (s.dot(&g), g.t().dot(&s).dot(&g));
    let trace = |m: &Array2<f64>| m.diag().sum();
    // 𝒬 = τ₂₃(Σ⊗R) + τ₂₄(T⊗T), R = GᵀΣG, T = ΣG: Tr 𝒬² = ‖Σ‖²‖R‖² + 2 Tr ΣTRTᵀ + (Tr TTᵀ)².
    let first = s.diag().sum() * trace(&gsg) + sg.iter().map(|x| x * x).sum::<f64>();
    let ttt = sg.dot(&sg.t());
    let second = s.iter().map(|x| x * x).sum::<f64>() * gsg.iter().map(|x| x * x).sum::<f64>()
        + 2.0 * trace(&s.dot(&sg).dot(&gsg).dot(&sg.t()))
        + trace(&ttt).powi(2);
    let size = (d * d) as f64;
    let (mean, square) = spectrum.moments();
    // Probes: relative (2/(N·4))^{1/2}, and six of that.
    let allowed = 6.0 * (2.0 / (4.0 * size)).sqrt();
    assert!(
        (mean / (first / size) - 1.0).abs() < allowed,
        "{mean} {}",
        first / size
    );
    assert!(
        (square / (second / size) - 1.0).abs() < 2.0 * allowed,
        "{square} {}",
        second / size
    );
}

/// What a feature holds beside the data stands in the row of every sample.
#[test]
fn a_constant_may_stand_in_a_feature() {
    let centred = "title = \"Centred\"\nfeature = \"ω[a,c] = x[a] x[c] - δ[a,c]\"\n[sizes]\nn = \"1/2 d^2\"\n\
        [data]\nx = \"gaussian\"\n";
    for id in ["covariance", "equation"] {
        let derivation = Derivation::of(Model::read(centred).unwrap()).unwrap();
        let outcome = settled(derivation, id);
        assert_eq!(outcome.verdict, Verdict::Holds, "{id}: {outcome:#?}");
    }
}

/// Of a cube of one vector 𝒬 has rank `d (d+1) (d+2)/6`; a quadrature of it has nodes of no weight.
#[test]
fn the_cube_of_a_vector_has_a_law() {
    let cube = "title = \"A cube\"\nfeature = \"ω[a,c,k] = x[a] x[c] x[k]\"\n[sizes]\nn = \"1/2 d^3\"\n\
        [data]\nx = \"gaussian\"\n";
    let derivation = Derivation::of(Model::read(cube).unwrap()).unwrap();
    settled(derivation, "law");
}
