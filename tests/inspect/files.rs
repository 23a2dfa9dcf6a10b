//! Heat maps, and files whose reader goes away.

use super::*;

#[test]
fn maps_are_drawn_of_the_users_own_matrices() {
    let folder = folder("maps");
    let maps = folder.join("maps");
    let w = Array2::from_shape_fn((2, 3), |(a, b)| if a == b { -1.0 } else { 0.0 });
    write_npy(folder.join("w.npy"), &w).unwrap();
    let run = inspect(&[
        "W",
        "Q",
        "M11",
        "m",
        "--weights",
        folder.join("w.npy").to_str().unwrap(),
        "--maps",
        maps.to_str().unwrap(),
    ]);
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    assert!(text(&run.stdout).contains("drew 4 maps"));
    for name in ["Q", "Re-M11", "Im-M11"] {
        let svg = std::fs::read_to_string(maps.join(format!("{name}.svg"))).unwrap();
        assert!(
            svg.starts_with("<svg") && svg.ends_with("</svg>\n"),
            "{name}"
        );
    }
    let cells = |name: &str| {
        let svg = std::fs::read_to_string(maps.join(format!("{name}.svg"))).unwrap();
        svg.split("crispEdges")
            .nth(1)
            .unwrap()
            .split("</g>")
            .next()
            .unwrap()
            .to_owned()
    };
    assert_ne!(cells("Re-M11"), cells("Im-M11"));
    // Columns are named below, rows beside, turned.
    for (name, columns, rows) in [("W", "b (0…2)", "a (0…1)"), ("Q", "ce (0…5)", "ab (0…5)")]
    {
        let svg = std::fs::read_to_string(maps.join(format!("{name}.svg"))).unwrap();
        let line = |text: &str| {
            let line = svg.lines().find(|line| line.contains(text));
            line.unwrap_or_else(|| panic!("no {text}: {svg}"))
                .contains("rotate")
        };
        assert!(!line(columns) && line(rows), "{name}");
    }
    // Two entries of W are not 0, both −1.
    let svg = std::fs::read_to_string(maps.join("W.svg")).unwrap();
    assert_eq!(
        svg.split("</g>").next().unwrap().matches("#D55E00").count(),
        2
    );
    let refused = inspect(&["W", "--maps", folder.join("w.npy").to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(2));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_reader_that_goes_away_leaves_the_files() {
    let folder = folder("inspect-pipe");
    let path = folder.join("q.npz");
    let mut child = Command::new(env!("CARGO_BIN_EXE_tensor-dyson"))
        .args(["inspect", "Q", "--d", "9", "--p", "9", "--save"])
        .arg(&path)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop((child.stdout.take(), child.stderr.take()));
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut archive = NpzReader::new(File::open(&path).unwrap()).unwrap();
    let q: Array4<f64> = archive.by_name("Q").unwrap();
    assert_eq!(q.dim(), (9, 9, 9, 9));
    std::fs::remove_dir_all(&folder).unwrap();
}
