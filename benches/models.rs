//! What is made of a model against the same written by hand, and the eigenvalues of a covariance that is never formed.
//!
//! `cargo bench --bench models`

mod timing;

use ndarray::Array1;
use std::time::Instant;
use tensor_dyson::derive::{Derivation, Drawn, Model, Operator, SpectralStructure};
use tensor_dyson::model::{Activation, EntryLaw, Streams, ntk};
use timing::least;

/// The kernel of the talk's model, `d = 40`, `p = 60`, `n = 1200`, drawn and contracted from its text and by hand.
fn sampling() {
    let text = include_str!("../examples/models/talk.toml");
    let model = Model::read(text).expect("the talk's model");
    let (n, d, p) = (1200, 40, 60);
    let drawn = Drawn::new(&model, d, &mut Streams::new(1, "bench").stream(0)).expect("weights");
    assert_eq!((drawn.sizes().samples, drawn.sizes().features), (n, d * p));
    let rng = || Streams::new(1, "bench").stream(1);
    let generated = least(5, || drawn.kernel(&mut rng()));
    let mut weights = Streams::new(1, "bench").stream(2);
    let w = EntryLaw::Gaussian.matrix(d, p, &mut weights);
    let a = Array1::ones(p);
    let by_hand = least(5, || {
        let x = EntryLaw::Gaussian.matrix(n, d, &mut rng());
        ntk(x.view(), w.view(), a.view(), &Activation::Identity)
    });
    println!(
        "a sample at d = {d}, p = {p}, n = {n}: {:.1} ms from the model, {:.1} ms by hand, ratio {:.2}",
        1e3 * generated,
        1e3 * by_hand,
        generated / by_hand
    );
}

/// The law of 𝒬's eigenvalues for structured data at `d = p = 200`: N = 40,000, and 20,100 on symmetric matrices.
fn eigenvalues() {
    let text = include_str!("../examples/models/structured.toml").replace("3/2 d", "d");
    let model = Model::read(&text).expect("structured data");
    let derivation = Derivation::of(model.clone()).expect("its moments");
    let streams = || Streams::new(1, "bench");
    let drawn = Drawn::new(&model, 200, &mut streams().stream(0)).expect("weights");
    let covariance = derivation.moments.covariance();
    let operator = Operator::new(covariance, &drawn);
    let structure = SpectralStructure::of(covariance, &drawn, &derivation.symmetric());
    let structure = structure.expect("factors have eigenvalues");
    let start = Instant::now();
    let found = structure
        .spectrum(&operator, streams())
        .expect("a quadrature");
    let seconds = start.elapsed().as_secs_f64();
    let (mean, square) = found.moments();
    println!(
        "𝒬 at d = p = 200, N = {}: {} in {seconds:.1} s, mean {mean:.4}, mean square {square:.4}, error {:?}",
        operator.dimension(),
        structure.name(),
        found.error
    );
}

fn main() {
    sampling();
    eigenvalues();
}
