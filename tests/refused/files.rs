//! The files of the cases.

use ndarray::{Array1, Array2};
use ndarray_npy::{NpzWriter, write_npy};
use std::path::Path;

fn npy(descr: &str, shape: &str, data: &[u8]) -> Vec<u8> {
    let header = format!("{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}\n");
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.as_bytes());
    bytes.extend(data);
    bytes
}

/// Good ones of each kind, then bad ones.
pub(crate) fn make(folder: &Path) {
    let path = |name: &str| folder.join(name);
    let put = |name: &str, bytes: &[u8]| std::fs::write(path(name), bytes).unwrap();
    let x = Array2::from_shape_fn((6, 3), |(i, j)| ((7 * i + 3 * j) % 5) as f64 - 2.0);
    write_npy(path("x.npy"), &x).unwrap();
    write_npy(path("w.npy"), &Array2::<f64>::eye(3)).unwrap();
    write_npy(path("a.npy"), &Array1::<f64>::ones(3)).unwrap();
    let mut npz = NpzWriter::new(std::fs::File::create(path("two.npz")).unwrap());
    npz.add_array("x", &x).unwrap();
    npz.add_array("w", &x).unwrap();
    npz.finish().unwrap();
    put("t.csv", b"x,density\n0,0\n1,1\n2,0\n");
    put("old.json", b"old");
    put("old.svg", b"old");
    std::fs::create_dir(path("folder.npy")).unwrap();
    std::fs::create_dir(path("folder.json")).unwrap();
    std::fs::create_dir(path("my-paper")).unwrap();
    bad_arrays(folder);
    bad_tables(folder);
    links(folder);
}

fn bad_arrays(folder: &Path) {
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).unwrap();
    let max = u64::MAX / 2;
    put("huge.npy", &npy("'<f8'", "(1000000000, 1000)", &[0; 64]));
    put(
        "zero.npy",
        &npy("'<f8'", &format!("(0, {max}, {max})"), &[]),
    );
    put(
        "over.npy",
        &npy("'<f8'", &format!("({max}, {max})"), &[0; 64]),
    );
    put("nested.npy", &npy(&"[".repeat(60_000), "(1,)", &[]));
    put("deep.npy", &npy("'<f8'", &"(".repeat(60_000), &[]));
    put("cut.npy", &npy("'<f8'", "(2, 3)", &[0; 40]));
    put("more.npy", &npy("'<f8'", "(2, 3)", &[0; 56]));
    put("half-header.npy", &npy("'<f8'", "(2, 3)", &[])[..30]);
    put("text.npy", b"1.0 2.0\n");
    put("empty.npy", b"");
    put("version.npy", b"\x93NUMPY\x07\x00\x10\x00");
    put("complex.npy", &npy("'<c16'", "(1, 1)", &[0; 16]));
    put("string.npy", &npy("'<U2'", "(1, 1)", &[0; 8]));
    put("object.npy", &npy("'|O'", "(1, 1)", &[0; 8]));
    put("long.npy", &npy("'<f16'", "(1, 1)", &[0; 16]));
    put(
        "record.npy",
        &npy("[('a', '<f8'), ('b', '<i4')]", "(1,)", &[0; 12]),
    );
    put("nan.npy", &npy("'<f8'", "(1, 1)", &f64::NAN.to_le_bytes()));
    put("inf.npy", &npy("'<f2'", "(1, 1)", &[0, 0x7c]));
    put("scalar.npy", &npy("'<f8'", "()", &[0; 8]));
    put("three.npy", &npy("'|i1'", "(2, 2, 2)", &[1; 8]));
    put("x.txt", b"1\n2\n");
    put("x.mat", b"MATLAB");
    put("text.npz", b"no archive");
    put("empty.npz", b"");
    put("nan.npz", b"PK\x03\x04");
    let mut npz = NpzWriter::new(std::fs::File::create(folder.join("complex.npz")).unwrap());
    let complex = Array1::from_elem(2, num_complex::Complex64::new(0.0, 1.0));
    npz.add_array("z", &complex).unwrap();
    npz.finish().unwrap();
    let whole = std::fs::read(folder.join("two.npz")).unwrap();
    put("cut.npz", &whole[..whole.len() / 2]);
}

fn bad_tables(folder: &Path) {
    for (name, text) in [
        ("fortran.csv", "1.5D+00\n2\n"),
        ("underscore.csv", "1_000\n2\n"),
        ("missing.csv", "NA\n2\n"),
        ("missing-later.csv", "eigenvalue\n2\nNA\n"),
        ("word.csv", "1\ntwo\n"),
        ("index.csv", ",eigenvalue\n0,1.5\n1,2.5\n2,3\n"),
        ("ragged.csv", "0,0\n1\n2,0\n"),
        ("semicolon.csv", "1,5;2\n3,5;4\n"),
        ("spaces.csv", "1 2\n"),
        ("header.csv", "x,density\n"),
        ("two-headers.csv", "x\ny\n1\n"),
        ("empty.csv", ""),
        ("blank.csv", "\n \n\n"),
        ("nan.csv", "1\nnan\n"),
        ("huge.csv", "1\n1e999\n"),
        ("one-row.csv", "1,2,3\n"),
        ("skew.csv", "1,2\n3,1\n"),
        ("one-column.csv", "1\n2\n4\n7\n"),
        ("constant.csv", "1,0.3,4\n2,0.3,1\n5,0.3,2\n0,0.3,9\n"),
        ("zeros.csv", "0,0\n0,0\n0,0\n"),
        ("line.csv", "1,2,4\n2,4,8\n3,6,12\n5,10,20\n-1,-2,-4\n"),
        ("far.csv", "1e200,2e200\n-1e200,3e200\n5e200,1e200\n0,1\n"),
        ("nul.csv", "1\n\0\n"),
        ("quote.csv", "1\n\"2\n3\n"),
        ("three.csv", "1.5,2,3\n2.5,5,6\n"),
        ("down.csv", "x,density\n1,1\n0,1\n"),
        ("negative.csv", "x,density\n0,-1\n1,-1\n"),
    ] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    std::fs::write(folder.join("latin.csv"), b"1\n\xe9\n").unwrap();
    std::fs::write(folder.join("utf16.csv"), b"\xff\xfe1\0\n\0").unwrap();
}

#[cfg(unix)]
fn links(folder: &Path) {
    use std::os::unix::fs::symlink;
    symlink(folder.join("loop.npy"), folder.join("loop.npy")).unwrap();
    symlink(folder.join("loop.json"), folder.join("loop.json")).unwrap();
    symlink(folder.join("nowhere/x.npy"), folder.join("dangling.npy")).unwrap();
    symlink(folder.join("nowhere/s.json"), folder.join("dangling.json")).unwrap();
    symlink(folder.join("x.npy"), folder.join("x-link.json")).unwrap();
    symlink(folder.join("old.json"), folder.join("old-link.json")).unwrap();
    std::fs::hard_link(folder.join("old.json"), folder.join("old-twin.json")).unwrap();
}
