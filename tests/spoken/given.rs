//! Data that the commands read.

use ndarray::{Array1, Array2, Array3, Axis, concatenate};
use ndarray_npy::write_npy;
use std::path::Path;
use tensor_dyson::model::{EntryLaw, Streams};

/// A factor in 120 samples of 12 variables, the same transposed, rows with scales of their own, a kernel; and the models of
/// the examples.
pub(crate) fn make(folder: &Path) {
    let mut rng = Streams::new(4, "told").stream(0);
    let factor = EntryLaw::Gaussian.matrix(120, 1, &mut rng);
    let x = EntryLaw::Gaussian.matrix(120, 12, &mut rng) + &factor;
    let put = |name: &str, x: &Array2<f64>| write_npy(folder.join(name), x).unwrap();
    put("factor.npy", &x);
    put("wide.npy", &x.t().to_owned());
    put("rows.npy", &concatenate![Axis(0), x, 20.0 * &x]);
    put(
        "kernel.npy",
        &x.slice(ndarray::s![..40, ..])
            .dot(&x.slice(ndarray::s![..40, ..]).t()),
    );
    put("one.npy", &Array2::ones((1, 1)));
    let unequal = Array1::from(vec![0.5, -2.0, 1.25]);
    write_npy(folder.join("unequal.npy"), &unequal).unwrap();
    let copied = concatenate![Axis(1), x, x.slice(ndarray::s![.., ..1])];
    let mut heavy = concatenate![Axis(0), copied, copied.slice(ndarray::s![..2, ..])];
    heavy[[7, 3]] = 4e3;
    put("heavy.npy", &heavy);
    let entries = [1.0, 0.0, 0.0, -1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0, -1.0];
    let pencil = Array3::from_shape_vec((3, 2, 2), entries.to_vec()).unwrap();
    write_npy(folder.join("pencil.npy"), &pencil).unwrap();
    let skew = Array3::from_shape_vec((1, 2, 2), vec![1.0, 2.0, 3.0, 4.0]).unwrap();
    write_npy(folder.join("skew.npy"), &skew).unwrap();
    write_npy(folder.join("oblong.npy"), &Array3::<f64>::zeros((2, 3, 4))).unwrap();
    let write = |name: &str, text: String| std::fs::write(folder.join(name), text).unwrap();
    let structured = include_str!("../../examples/models/structured.toml");
    let (begin, weights) = structured.split_once("[data]").unwrap();
    let begin: String = begin
        .lines()
        .filter(|l| !l.starts_with("claim"))
        .map(|l| format!("{l}\n"))
        .collect();
    let rows = "[data]\nx = { data = \"factor.npy\" }\n[weights]\nG = { law = \"gaussian\", variance = \"1/d\" }\n";
    write("rows.toml", begin.clone() + rows);
    let taken = format!("{begin}[data]{weights}R = {{ law = \"gaussian\", variance = \"1/d\" }}\n");
    let taken = taken.replace("x[a] G[k,b] x[k]", "S[a] T[k,b] S[k] + S[a] R[k,b] S[k]");
    write(
        "taken.toml",
        taken.replace("\nx =", "\nS =").replace("\nG =", "\nT ="),
    );
    std::fs::create_dir(folder.join("models")).unwrap();
    let models = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/models");
    for entry in std::fs::read_dir(models).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.join("models").join(entry.file_name())).unwrap();
    }
}
