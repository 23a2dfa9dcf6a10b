//! What is refused, and that nothing is written then.

use super::*;

#[test]
fn bad_input_ends_with_code_2_and_is_named() {
    let folder = folder("bad");
    let file = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (w, nan, vector, junk) = (file("w.npy"), file("n.npy"), file("v.npy"), file("j.npy"));
    write_npy(&w, &Array2::<f64>::eye(3)).unwrap();
    write_npy(&nan, &ndarray::array![[f64::NAN, 1.0]]).unwrap();
    write_npy(&vector, &ndarray::array![1.0, 2.0]).unwrap();
    let (infinite, none, small) = (file("i.npy"), file("0.npy"), file("s.npy"));
    write_npy(&small, &ndarray::array![[1.0, 2.0]]).unwrap();
    write_npy(&infinite, &ndarray::array![1.0, f64::INFINITY, 1.0]).unwrap();
    write_npy(&none, &Array2::<f64>::zeros((0, 3))).unwrap();
    std::fs::write(&junk, b"not an array").unwrap();
    let (out, complex) = (file("out.npz"), file("b.npy"));
    write_npy(&complex, &ndarray::array![[Complex64::new(0.0, 1.0)]]).unwrap();
    for (arguments, named) in [
        (vec!["Z"], "'Z' is no tensor"),
        (vec!["--w", &w, "--d", "2"], "d = 2, but --w has 3"),
        (vec!["--w", &w, "--a", &vector], "p = 3, but --a has 2"),
        (vec!["--x", &w, "--w", &small], "d = 3, but --w has 1"),
        (vec!["--x", &w, "--n", "2"], "n = 2, but --x has 3"),
        (vec!["X", "--x", &nan], "n.npy' has NaN at [0, 0]"),
        (vec!["--w", &w, "--a", &infinite], "i.npy' has inf at [1]"),
        (vec!["--x", &none], "0.npy' has shape [0, 3]: it is empty"),
        (vec!["--z", "one"], "--z"),
        (vec!["--w", &complex], "b.npy' has entries of type '<c16'"),
        (vec!["W", "--save", &w], "w.npy' must end in .npz"),
        (
            vec!["W", "--save", &folder.join("w").to_str().unwrap()],
            "w' must end in .npz",
        ),
        (vec!["NTK-eigenvalues", "--n", "100000"], "NTK would have"),
        (vec!["--w", &nan], "n.npy' has NaN at [0, 0]"),
        (vec!["--x", &vector], "must have 2 axes"),
        (vec!["--x", &junk], "j.npy"),
        (vec!["--x", "/nowhere/x.npy"], "/nowhere/x.npy"),
        (vec!["--activation", "softmax"], "softmax"),
        (vec!["m", "--z", "1-0.5i"], "Im z is -0.5"),
        (vec!["G", "--z", "1-1e-9i"], "Im z"),
        (vec!["--z", "1-1i"], "Im z is -1"),
        (vec!["m", "--z", "NaN"], "NaN"),
        (vec!["--n", "0"], "n is 0"),
        (vec!["--d", "0"], "d is 0"),
        (vec!["--n", "18446744073709551615"], "X would have"),
        (vec!["Q", "--d", "200", "--p", "200"], "Q would have"),
        (vec!["G", "--save", "/nowhere/g.npz"], "/nowhere/g.npz"),
    ] {
        let run = inspect(&arguments);
        let error = text(&run.stderr);
        assert_eq!(run.status.code(), Some(2), "{arguments:?}: {error}");
        assert!(error.contains(named), "{arguments:?}: {error}");
        assert!(!error.contains("panicked"), "{arguments:?}: {error}");
    }
    assert!(!PathBuf::from(out).exists());
    // No input was written over.
    assert_eq!(
        ndarray_npy::read_npy::<_, Array2<f64>>(&w).unwrap(),
        Array2::<f64>::eye(3)
    );
    std::fs::remove_dir_all(&folder).unwrap();
}
