//! Arrays from the standard input, from pipes and archives, of every kind.

use super::*;
use ndarray::{Array1, Array2, Axis};
use ndarray_npy::{NpzWriter, WriteNpyExt, write_npy};

/// X of small integers, which every type holds.
fn x() -> Array2<f64> {
    Array2::from_shape_fn((8, 3), |(i, j)| ((5 * i + 3 * j + i * j) % 7) as f64)
}

fn shown(run: &Output) -> String {
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    text(&run.stdout)
}

fn npy(array: &Array2<f64>) -> Vec<u8> {
    let mut bytes = vec![];
    array.write_npy(&mut bytes).unwrap();
    bytes
}

fn csv(array: &Array2<f64>, header: &str) -> String {
    let row = |row: ndarray::ArrayView1<'_, f64>| {
        row.iter().map(f64::to_string).collect::<Vec<_>>().join(",")
    };
    let rows = array.rows().into_iter().map(row);
    format!("{header}{}\n", rows.collect::<Vec<_>>().join("\n"))
}

fn archive(compressed: &str) -> Vec<u8> {
    let bytes = std::io::Cursor::new(vec![]);
    let method = match compressed {
        "deflated" => zip::CompressionMethod::Deflated,
        _ => zip::CompressionMethod::Stored,
    };
    let options = zip::write::SimpleFileOptions::default().compression_method(method);
    let mut npz = NpzWriter::new_with_options(bytes, options);
    npz.add_array("other", &Array1::<f64>::ones(3)).unwrap();
    npz.add_array("x", &x()).unwrap();
    npz.finish().unwrap().into_inner()
}

/// One X by every way that leads in: the same tensor is shown.
#[test]
fn every_way_in_gives_the_same_array() {
    let folder = Folder::new("ways");
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.path(name), bytes).unwrap();
    let wanted = shown(&fed(&["inspect", "X", "--x", "-"], &npy(&x())));
    assert!(wanted.contains("n = 8, d = 3"), "{wanted}");
    put("x.csv", csv(&x(), "").as_bytes());
    put("named.csv", csv(&x(), "a,b,c\n").as_bytes());
    put("x.npz", &archive("stored"));
    put("deflated.npz", &archive("deflated"));
    write_npy(folder.path("i1.npy"), &x().mapv(|x| x as i8)).unwrap();
    write_npy(folder.path("u2.npy"), &x().mapv(|x| x as u16)).unwrap();
    write_npy(folder.path("u8.npy"), &x().mapv(|x| x as u64)).unwrap();
    write_npy(folder.path("i4.npy"), &x().mapv(|x| x as i32)).unwrap();
    write_npy(folder.path("f4.npy"), &x().mapv(|x| x as f32)).unwrap();
    for name in [
        "x.csv",
        "named.csv",
        "x.npz:x",
        "deflated.npz:x",
        "i1.npy",
        "u2.npy",
        "u8.npy",
        "i4.npy",
        "f4.npy",
    ] {
        let run = fed(&["inspect", "X", "--x", &folder.path(name)], b"");
        assert_eq!(shown(&run), wanted, "{name}");
    }
    let run = fed(&["inspect", "X", "--x", "-"], csv(&x(), "").as_bytes());
    assert_eq!(shown(&run), wanted);
    assert!(text(&run.stderr).contains("8×3 numbers were read, without a header"));
    // A pipe by its name, and one that bash makes.
    write_npy(folder.path("x.npy"), &x()).unwrap();
    let run = bash(
        &folder,
        "mkfifo pipe; cat x.npy > pipe & $P inspect X --x pipe",
    );
    assert_eq!(shown(&run), wanted);
    let run = bash(&folder, "$P inspect X --x <(cat x.csv)");
    assert_eq!(shown(&run), wanted);
    // More than one array on the standard input must be named, which it cannot be there.
    let run = fed(&["inspect", "X", "--x", "-"], &archive("deflated"));
    assert!(
        text(&run.stderr).contains("has 2 arrays"),
        "{}",
        text(&run.stderr)
    );
    folder.done();
}

#[test]
fn a_vector_may_be_a_row_or_a_column() {
    let folder = Folder::new("vectors");
    let a = Array1::from(vec![1.0, -2.0, 0.5]);
    write_npy(folder.path("a.npy"), &a).unwrap();
    write_npy(folder.path("row.npy"), &a.clone().insert_axis(Axis(0))).unwrap();
    write_npy(folder.path("column.npy"), &a.clone().insert_axis(Axis(1))).unwrap();
    std::fs::write(folder.path("a.csv"), "1\n-2\n0.5\n").unwrap();
    let shown = |name: &str| {
        let path = folder.path(name);
        shown(&fed(&["inspect", "a", "F", "--a", &path], b""))
    };
    assert!(shown("a.npy").contains("p = 3"));
    for name in ["row.npy", "column.npy", "a.csv"] {
        assert_eq!(shown(name), shown("a.npy"), "{name}");
    }
    folder.done();
}

/// What was read of a law's file, as what, is said, and what was done to it.
#[test]
fn a_law_says_what_it_was_read_from() {
    let folder = Folder::new("said");
    for (name, contents, words) in [
        (
            "e.csv",
            "\u{feff}1\n3\n",
            "2 eigenvalues were read, from the only column of 1, without a header",
        ),
        (
            "h.csv",
            "eig\n1\n3\n",
            "2 eigenvalues were read, from the only column of 1, below the header 'eig'",
        ),
        (
            "d.csv",
            "x,density\n0,0\n1,1\n2,0\n",
            "3 points and the density there were read, from columns 1 and 2 of 2",
        ),
        (
            "m.csv",
            "x,density\n0,0\n1,0.6\n2,0\n",
            "the density's mass is 0.600000; it is scaled to 1",
        ),
        (
            "g.csv",
            "bound,x,b,density\n,0,,0\n,1,,1\n,2,,0\n",
            "from columns 2 and 4 of 4",
        ),
    ] {
        std::fs::write(folder.path(name), contents).unwrap();
        let named = format!("t={}", folder.path(name));
        let run = fed(&["law", "--expr", "t", "--law", &named, "--z", "1+1i"], b"");
        let said = text(&run.stderr).replace("\n    ", " ");
        assert_eq!(run.status.code(), Some(0), "{said}");
        assert!(said.contains(words), "{said}");
        assert!(said.contains("--law t"), "{said}");
    }
    // A density of mass 1 is scaled by nothing, and nothing is said of it.
    let named = format!("t={}", folder.path("d.csv"));
    let run = fed(&["law", "--expr", "t", "--law", &named], b"");
    assert!(!text(&run.stderr).contains("scaled"));
    folder.done();
}

/// A file that is written is read back, by its columns' names.
#[test]
fn a_grid_that_was_written_is_a_law_again() {
    let folder = Folder::new("back");
    let run = bash(
        &folder,
        "$P law --expr 'semicircle(1)' --grid -2:2:401 --output s.csv && \
         $P law --expr 'semicircle(1)' --grid -2:2:401 --output s.npz && \
         $P law --expr s --law s=s.csv --cumulative 0 --format json --output c.json && \
         $P law --expr s --law s=s.npz --cumulative 0 --format json --output n.json",
    );
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    for name in ["c.json", "n.json"] {
        let json: serde_json::Value = serde_json::from_str(&read(folder.path(name))).unwrap();
        let half = json
            .pointer("/cumulative/0/value")
            .unwrap()
            .as_f64()
            .unwrap();
        assert!((half - 0.5).abs() < 1e-9, "{half}");
    }
    folder.done();
}
