//! `tensor-dyson inspect` as a user runs it: what it prints, what it saves, and what it refuses.

mod files;
mod refusals;

use ndarray::{Array1, Array2, Array4, ArrayD, ShapeBuilder};
use ndarray_npy::{NpzReader, WriteNpyExt, write_npy};
use num_complex::Complex64;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;
use std::process::{Command, Output};
use tensor_dyson::covariance::Covariance;
use tensor_dyson::dyson::scalar;
use tensor_dyson::model::Activation;

fn inspect(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tensor-dyson"))
        .arg("inspect")
        .args(arguments)
        .output()
        .expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the output is UTF-8")
}

/// A folder of its own for each test.
fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("tensor-dyson-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&path).unwrap();
    path
}

#[test]
fn small_tensors_are_slices_and_large_ones_maps_in_100_columns() {
    let run = inspect(&["Q", "M11", "--d", "2", "--p", "3", "--n", "4"]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    let out = text(&run.stdout);
    assert!(out.contains("(a, b, c, e) 2×3×2×3"), "{out}");
    assert!(out.contains("rows c, columns e\n"), "{out}");
    assert!(out.contains("a = 1, b = 2\n"), "{out}");
    let large = text(&inspect(&["Q", "--d", "12", "--p", "15"]).stdout);
    assert!(large.contains("rows ab, columns ce"), "{large}");
    assert!(large.contains('█'), "{large}");
    let all = text(&inspect(&["all", "--d", "9", "--n", "30"]).stdout);
    for line in out.lines().chain(large.lines()).chain(all.lines()) {
        assert!(line.chars().count() <= 100, "{line}");
    }
}

/// Alone, each name shows what it is of, as it does among all.
#[test]
fn every_listed_name_is_shown_by_itself() {
    let given = [
        "--d",
        "2",
        "--p",
        "2",
        "--n",
        "3",
        "--activation",
        "derivative:sin",
    ];
    let list = text(&inspect(&["--list"]).stdout);
    let all = text(&inspect(&[&["all"], &given[..]].concat()).stdout);
    let names: Vec<&str> = list
        .lines()
        .filter_map(|l| l.split_whitespace().next())
        .collect();
    assert_eq!(names.len(), 31, "{list}");
    let heading = all.lines().take(2).collect::<Vec<_>>().join("\n");
    let mut together = heading.clone() + "\n";
    for name in names {
        let run = inspect(&[&[name], &given[..]].concat());
        let out = text(&run.stdout);
        assert_eq!(run.status.code(), Some(0), "{name}: {}", text(&run.stderr));
        let shown = out.strip_prefix(&format!("{heading}\n")).unwrap();
        assert!(shown.starts_with(&format!("{name}  ")), "{name}: {out}");
        assert!(shown.lines().count() >= 2, "{name}: {out}");
        together += shown;
    }
    assert_eq!(together, all);
}

#[test]
fn a_name_given_twice_is_shown_and_saved_once() {
    let folder = folder("twice");
    let path = folder.join("twice.npz");
    let run = inspect(&["G", "W", "G", "--save", path.to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    let out = text(&run.stdout);
    assert_eq!(out.matches("\nG  ").count(), 1, "{out}");
    assert!(out.contains("wrote 2 arrays"), "{out}");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn the_seed_is_that_of_the_draw() {
    let shown = |seed: &str| text(&inspect(&["X", "W", "--seed", seed]).stdout);
    assert_eq!(shown("5"), shown("5"));
    assert_ne!(shown("5"), shown("6"));
}

#[test]
fn what_is_saved_satisfies_the_definitions() {
    let folder = folder("saved");
    let path = folder.join("tensors.npz");
    let run = inspect(&[
        "--activation",
        "relu",
        "--z",
        "0.5+0.25i",
        "--save",
        path.to_str().unwrap(),
    ]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    let mut npz = NpzReader::new(File::open(&path).unwrap()).unwrap();
    let mut tensor = |name: &str| -> Array4<f64> { npz.by_name(name).unwrap() };
    let q = tensor("Q");
    let parts = tensor("Q23") + tensor("Q24") + tensor("Qshift") + tensor("Qmean");
    assert_eq!(q.dim(), (3, 4, 3, 4));
    for (x, y) in q.iter().zip(&parts) {
        assert!((x - y).abs() < 1e-14);
    }
    let mut matrix = |name: &str| -> Array2<f64> { npz.by_name(name).unwrap() };
    let (w, ntk) = (matrix("W"), matrix("NTK"));
    let (a, eigenvalues): (Array1<f64>, Array1<f64>) = (
        npz.by_name("a").unwrap(),
        npz.by_name("NTK-eigenvalues").unwrap(),
    );
    assert!((ntk.diag().sum() - eigenvalues.sum()).abs() < 1e-12);
    // The resolvent's trace is the eigenvalues' transform.
    let z = Complex64::new(0.5, 0.25);
    let resolvent: Array2<Complex64> = npz.by_name("R11").unwrap();
    let expected: Complex64 = eigenvalues.iter().map(|x| 1.0 / (x - z)).sum();
    assert!((resolvent.diag().sum() - expected).norm() < 1e-12);
    // M solves the full equation, and its trace is near the scalar solution: they differ by O(1/(pd)).
    let residual: ArrayD<f64> = npz.by_name("M-residual").unwrap();
    assert!(residual.sum() < 1e-11, "{residual}");
    let m: ArrayD<Complex64> = npz.by_name("m").unwrap();
    let covariance = Covariance::new(w.view(), a.view(), &Activation::Step.hermite_data()).unwrap();
    let near = scalar::solve(1.0, &covariance, z).unwrap().m;
    assert!((m.sum() - near).norm() < 0.1, "{m} {near}");
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Every array of the archive is what the list says of it, entry by entry, at sizes that no index shares.
#[test]
fn every_array_has_the_listed_indices_and_is_what_the_list_says() {
    let folder = folder("every");
    let path = folder.join("all.npz");
    let saved = ["--activation", "relu", "--z", "0.5+0.25i", "--save"];
    let run = inspect(&[&saved[..], &[path.to_str().unwrap()]].concat());
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    let mut npz = NpzReader::new(File::open(&path).unwrap()).unwrap();
    let (n, d, p) = (12, 3, 4);
    let list = text(&inspect(&["--list"]).stdout);
    let mut arrays: BTreeMap<String, ArrayD<Complex64>> = BTreeMap::new();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for line in list.lines() {
        let (name, rest) = line.split_at(17);
        let (name, indices) = (name.trim(), rest[..8].trim());
        let real: Result<ArrayD<f64>, _> = npz.by_name(name);
        let array = match real {
            Ok(real) => real.mapv(Complex64::from),
            Err(_) => npz.by_name(name).unwrap(),
        };
        let sizes: Vec<usize> = indices
            .split_whitespace()
            .zip(array.shape())
            .map(|(index, &size)| match index {
                "i" | "j" => n,
                "a" | "c" => d,
                "b" | "e" => p,
                _ => size,
            })
            .collect();
        assert_eq!(sizes, array.shape(), "{line}");
        arrays.insert(name.to_owned(), array);
        names.insert(name.to_owned(), indices.to_owned());
    }
    assert_eq!(arrays.len(), npz.len());
    let ordered = [
        ("Q", "a b c e"),
        ("M22", "a b c e"),
        ("M12", "i a b"),
        ("A", "a b i"),
        ("NTK", "i j"),
    ];
    for (name, indices) in ordered {
        assert_eq!(names[name], indices);
    }
    let is = |name: &str, index: &[usize], expected: Complex64| {
        let found = arrays[name][ndarray::IxDyn(index)];
        assert!(
            (found - expected).norm() < 1e-12,
            "{name}{index:?}: {found} is not {expected}"
        );
    };
    let of = |name: &str, index: &[usize]| arrays[name][ndarray::IxDyn(index)];
    let phi = Activation::Step.hermite_data();
    let (alpha, c0, c) = (phi.alpha(), phi.mean(), phi.shift());
    let (pd, z) = ((p * d) as f64, Complex64::new(0.5, 0.25));
    let delta = |x: usize, y: usize| f64::from(u8::from(x == y));
    let sum_i = |f: &dyn Fn(usize) -> Complex64| (0..n).map(f).sum::<Complex64>();
    let sum_ce = |f: &dyn Fn(usize, usize) -> Complex64| {
        let pairs = (0..d).flat_map(|c| (0..p).map(move |e| (c, e)));
        pairs.map(|(c, e)| f(c, e)).sum::<Complex64>()
    };
    let trace = sum_i(&|i| of("M11", &[i, i]));
    is("m", &[], trace / n as f64);
    let gram = |b: usize, e: usize| {
        (0..d)
            .map(|a| of("G", &[a, b]) * of("G", &[a, e]))
            .sum::<Complex64>()
    };
    for i in 0..n {
        for b in 0..p {
            let input: f64 = (0..d)
                .map(|a| (of("X", &[i, a]) * of("W", &[a, b])).re)
                .sum();
            let step = f64::from(u8::from(input > 0.0));
            is("F", &[i, b], step * of("a", &[b]));
        }
        for j in 0..n {
            let inner = sum_ce(&|a, b| of("A", &[a, b, i]) * of("A", &[a, b, j]));
            is("NTK", &[i, j], inner);
            let shifted = |k: usize| of("NTK", &[i, k]) - z * delta(i, k);
            is_one(sum_i(&|k| shifted(k) * of("R11", &[k, j])), delta(i, j));
            let s11 =
                sum_ce(&|a, b| sum_ce(&|c, e| of("Q", &[a, b, c, e]) * of("M22", &[a, b, c, e])));
            is("S11", &[i, j], s11 / pd * delta(i, j));
            // The first row of the equation that M solves.
            let first = sum_i(&|k| (-z * delta(i, k) - of("S11", &[i, k])) * of("M11", &[k, j]));
            let second = sum_ce(&|a, b| {
                (of("EA", &[a, b, i]) - of("S12", &[i, a, b])) * of("M21", &[a, b, j])
            });
            is_one(first + second, delta(i, j));
        }
    }
    for a in 0..d {
        for b in 0..p {
            is(
                "G",
                &[a, b],
                of("W", &[a, b]) * of("a", &[b]) / (d as f64).sqrt(),
            );
            for i in 0..n {
                is("omega", &[i, a, b], of("X", &[i, a]) * of("F", &[i, b]));
                is("A", &[a, b, i], of("omega", &[i, a, b]) / pd.sqrt());
                is("EA", &[a, b, i], of("G", &[a, b]) * alpha / pd.sqrt());
                is(
                    "R21",
                    &[a, b, i],
                    sum_i(&|k| of("A", &[a, b, k]) * of("R11", &[k, i])),
                );
                is("R12", &[i, a, b], of("R21", &[a, b, i]));
                is("M12", &[i, a, b], of("M21", &[a, b, i]));
                let s12 = sum_ce(&|c, e| of("Q", &[a, b, c, e]) * of("M21", &[c, e, i]));
                is("S12", &[i, a, b], s12 / pd);
                is("S21", &[a, b, i], s12 / pd);
            }
            for c_ in 0..d {
                for e in 0..p {
                    let at = [a, b, c_, e];
                    let same = delta(b, e) * delta(a, c_) * (of("a", &[b]) * of("a", &[b])).re;
                    is("Q23", &at, alpha * alpha * delta(a, c_) * gram(b, e));
                    is(
                        "Q24",
                        &at,
                        alpha * alpha * of("G", &[a, e]) * of("G", &[c_, b]),
                    );
                    is("Qshift", &at, Complex64::from(c * same));
                    is(
                        "Qmean",
                        &at,
                        c0 * c0 * delta(a, c_) * of("a", &[b]) * of("a", &[e]),
                    );
                    is("S22", &at, of("Q", &at) * trace / pd);
                    let r22 = sum_i(&|i| of("A", &[a, b, i]) * of("R12", &[i, c_, e]));
                    is("R22", &at, r22 - delta(a, c_) * delta(b, e));
                }
            }
            for k in 0..d * p {
                let image =
                    sum_ce(&|c, e| of("Q", &[a, b, c, e]) * of("Q-eigenvectors", &[k, c, e]));
                let stretched = of("Q-eigenvalues", &[k]) * of("Q-eigenvectors", &[k, a, b]);
                assert!((image - stretched).norm() < 1e-12);
            }
        }
    }
    // Rounding leaves something of an equation in complex numbers.
    let residual = of("M-residual", &[]).re;
    assert!(residual > 0.0 && residual < 1e-11, "{residual}");
    for name in ["M12", "S12", "R12", "EA"] {
        assert!(arrays[name].iter().any(|x| x.norm() > 1e-3), "{name}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

fn is_one(found: Complex64, expected: f64) {
    assert!(
        (found - expected).norm() < 1e-10,
        "{found} is not {expected}"
    );
}

/// The bytes are the ones that numpy's format asks for, whatever reads them here.
#[test]
fn the_archive_is_stored_npy_files_as_numpy_writes_them() {
    let folder = folder("bytes");
    let path = folder.join("g.npz");
    let run = inspect(&["G", "m", "--save", path.to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    let bytes = std::fs::read(&path).unwrap();
    assert_eq!(&bytes[..4], b"PK\x03\x04");
    let found = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    assert!(found(b"\x93NUMPY\x01\x00"));
    assert!(found(b"'descr': '<f8'") && found(b"'shape': (3, 4)"));
    assert!(found(b"'fortran_order': False"));
    assert!(found(b"'descr': '<c16'") && found(b"'shape': ()"));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn own_matrices_are_read_in_any_order_and_precision() {
    let folder = folder("own");
    let file = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    write_npy(file("w.npy"), &ndarray::array![[1.0_f32, 2.0], [0.0, 1.0]]).unwrap();
    let x = Array2::from_shape_vec((3, 2).f(), vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]).unwrap();
    x.write_npy(File::create(file("x.npy")).unwrap()).unwrap();
    write_npy(file("a.npy"), &ndarray::array![1_i64, -1]).unwrap();
    let (w, x, a) = (file("w.npy"), file("x.npy"), file("a.npy"));
    let run = inspect(&["X", "G", "--x", &x, "--w", &w, "--a", &a]);
    let out = text(&run.stdout);
    assert!(out.contains("n = 3, d = 2, p = 2"), "{out}");
    assert!(out.contains("  2.000  5.000\n"), "{out}");
    assert!(out.contains("   0.7071   -1.414\n"), "{out}");
    std::fs::remove_dir_all(&folder).unwrap();
}
