//! Every example runs as a program, and what it prints is right.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tensor_dyson::measure::Law;

/// `cargo run --example NAME -- ARGUMENTS`, built as this test is.
fn run(name: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO"));
    command.args(["run", "--quiet", "--example", name]);
    if !cfg!(debug_assertions) {
        command.arg("--release");
    }
    let output = command.arg("--").args(arguments).output().unwrap();
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
    output
}

/// What it prints; it ends well.
fn printed(name: &str, arguments: &[&str]) -> String {
    let output = run(name, arguments);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// What it says is wrong; it prints nothing else.
fn refused(name: &str, arguments: &[&str]) -> String {
    let output = run(name, arguments);
    assert!(
        !output.status.success() && output.stdout.is_empty(),
        "{output:?}"
    );
    String::from_utf8(output.stderr).unwrap()
}

/// A path for a file of this process.
fn scratch(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("tensor-dyson-{}-{name}", std::process::id()))
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The numbers in the lines that start with a word.
fn numbers(page: &str, start: &str) -> Vec<f64> {
    let lines = page.lines().filter_map(|line| line.strip_prefix(start));
    lines
        .flat_map(|line| line.split(|c: char| !(c.is_ascii_digit() || ".-e".contains(c))))
        .filter_map(|word| word.parse().ok())
        .collect()
}

#[test]
fn inspect_q_shows_the_entries_and_the_eigenvalues_worked_out_by_hand() {
    let page = printed("inspect_q", &[]);
    // 𝒬₀₁₀₁ = (GᵀG)₁₁ + G₀₁G₀₁ = 5 + 4, 𝒬₀₁₁₀ = G₀₀G₁₁ = 1.
    assert!(
        page.contains("0 1 0 1 |             5 +         4 =      9"),
        "{page}"
    );
    assert!(
        page.contains("0 1 1 0 |             0 +         1 =      1"),
        "{page}"
    );
    // Every row: δ_ac (GᵀG)_bd + G_ad G_cb, with GᵀG = [[1, 2], [2, 5]].
    let (g, gram) = ([[1.0, 2.0], [0.0, 1.0]], [[1.0, 2.0], [2.0, 5.0]]);
    let rows: Vec<&str> = page.lines().filter(|line| line.contains(" | ")).collect();
    assert_eq!(rows.len(), 1 + 16, "{page}");
    for (k, row) in rows[1..].iter().enumerate() {
        let [a, b, c, d] = [k / 8, k / 4 % 2, k / 2 % 2, k % 2];
        let first = if a == c { gram[b][d] } else { 0.0 };
        let second = g[a][d] * g[c][b];
        let expected = [
            a as f64,
            b as f64,
            c as f64,
            d as f64,
            first,
            second,
            first + second,
        ];
        let shown: Vec<f64> = row
            .split(|c: char| " |+=".contains(c))
            .filter_map(|word| word.parse().ok())
            .collect();
        assert_eq!(shown, expected, "{row}");
    }
    let [by_hand, image] = ["M GᵀG + G Mᵀ G = ", "𝒬·M = "].map(|start| {
        let from = page.find(start).unwrap() + start.len();
        page[from..].split("]]").next().unwrap()
    });
    assert_eq!(by_hand, image);
    for root in [6.0 + 32_f64.sqrt(), 6.0, 6.0 - 32_f64.sqrt()] {
        let shown = format!("{root:.6}");
        assert_eq!(page.matches(&shown).count(), 2, "{shown}: {page}");
    }
}

#[test]
fn the_dyson_equation_converges_and_its_solvers_agree() {
    let page = printed("solve_dyson", &[]);
    let [literal, reduced, alone] =
        ["literal", "exchangeable", "scalar"].map(|name| numbers(&page, name));
    // Two numbers rounded to 12 places, and two residuals of 1e-13, twice that in M by the rate below.
    const SAME: f64 = 2e-12;
    for (x, y) in literal[..2].iter().zip(&reduced) {
        assert!((x - y).abs() <= SAME, "{page}");
    }
    // Without E𝒜 the equation is another.
    assert!((literal[0] - alone[0]).abs() > SAME, "{page}");

    // The rows `step   re+imi   change` of the iteration.
    let rows: Vec<(f64, f64, f64)> = page
        .lines()
        .skip_while(|line| !line.starts_with("step"))
        .skip(1)
        .map_while(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [_, m, change] = words[..] else {
                return None;
            };
            let m: num_complex::Complex64 = m.parse().ok()?;
            Some((m.re, m.im, change.parse().ok()?))
        })
        .collect();
    assert_eq!(rows.len(), 10, "{page}");
    assert!(rows.windows(2).all(|w| w[1].2 < w[0].2), "{page}");
    // M ← ½(M + F(M)) contracts by q a step, as the last ten show: the way that is left from step 60 is at most
    // ½|M − F(M)|/(1 − q), and F(M) is |M − F(M)| from M. The changes are printed to two digits.
    let (before, last) = (rows[8].2, rows[9].2);
    let q = (1.1 * last / before).powf(0.1);
    assert!(q < 1.0, "{page}");
    let left = 1.05 * last * (1.0 + 0.5 / (1.0 - q)) + 1e-12;
    let apart = (rows[9].0 - literal[0]).hypot(rows[9].1 - literal[1]);
    assert!(apart <= left, "{apart} > {left}: {page}");

    // The samples' mean is 1/d from m; one that stays away has the exponent 0: between the two lies −½.
    let apart: Vec<f64> = page
        .lines()
        .skip_while(|line| !line.starts_with("   d    n"))
        .skip(1)
        .map(|line| line.split_whitespace().last().unwrap().parse().unwrap())
        .collect();
    assert_eq!(apart.len(), 3, "{page}");
    for pair in apart.windows(2) {
        assert!(pair[1] < pair[0] / 2_f64.sqrt(), "{page}");
    }
}

#[test]
fn an_expression_is_a_law_with_its_edges_and_moments() {
    let page = printed("law_from_expression", &["mp(0.5) [+] semicircle(1)"]);
    let edges = numbers(&page, "support");
    // The edges, from the cubic that the transform solves.
    for (edge, exact) in edges.iter().zip([-1.321453901522709, 3.665726227169458]) {
        assert!((edge - exact).abs() < 1e-11, "{page}");
    }
    // Free cumulants add: 1, ½ + 1.
    let moments = numbers(&page, "moments");
    assert!(
        (moments[0] - 1.0).abs() < 1e-6 && (moments[1] - 2.5).abs() < 1e-6,
        "{page}"
    );
    // s(z) = s_MP(z + s(z)), and s_MP(w) = 1/(1 − γ − w − γ w s_MP(w)); the density is Im s/π.
    let values: Vec<&str> = page
        .lines()
        .filter(|line| line.contains("proved"))
        .collect();
    assert_eq!(values.len(), 4, "{page}");
    for line in values {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (x, s): (f64, num_complex::Complex64) =
            (words[0].parse().unwrap(), words[1].parse().unwrap());
        let w = s + x;
        let back = 1.0 / (0.5 - w - 0.5 * w * s);
        // x is printed to four places.
        assert!((back - s).norm() < 1e-3, "{line}");
        let density: f64 = words.last().unwrap().parse().unwrap();
        assert!(
            (density - s.im / std::f64::consts::PI).abs() < 1e-9,
            "{line}"
        );
    }
    let quantiles = page
        .lines()
        .find_map(|line| line.strip_prefix("10 %, 50 %, 90 %"));
    let quantiles: Vec<f64> = quantiles
        .unwrap()
        .trim()
        .trim_matches(['[', ']'])
        .split(", ")
        .map(|q| q.parse().unwrap())
        .collect();
    let law = Law::parse("mp(0.5) [+] semicircle(1)").unwrap();
    for (q, share) in quantiles.iter().zip([0.1, 0.5, 0.9]) {
        let found = law.distribution().unwrap().at(*q);
        assert!((found - share).abs() < 1e-5, "{q}: {found}");
    }
    let refused = refused("law_from_expression", &["mp(0.5) [+]"]);
    assert!(refused.contains("expected"), "{refused}");
}

#[test]
fn your_data_tells_independent_columns_from_others() {
    let page = printed("your_data", &[]);
    let p_value = |name: &str| {
        let line = page.lines().find(|line| line.starts_with(name)).unwrap();
        line.rsplit(' ').next().unwrap().parse::<f64>().unwrap()
    };
    // A permutation test of level 1/100, whatever the law of the entries; the seed is fixed.
    assert!(p_value("independent signs") > 0.01, "{page}");
    assert_eq!(p_value("columns with one factor"), 0.01, "{page}");
    let distance = |name: &str| {
        let line = page.lines().find(|line| line.starts_with(name)).unwrap();
        let shown = line
            .split("| = ")
            .nth(1)
            .unwrap()
            .split(',')
            .next()
            .unwrap();
        shown.parse::<f64>().unwrap()
    };
    // The distance of independent entries is of the size of its finite-size fluctuations, that of one factor is not.
    let [near, far] = ["independent signs", "columns with one factor"].map(distance);
    assert!(near > 0.0 && far > 2.0 * near && far < 1.0, "{page}");
    let constant = ndarray::Array2::<f64>::ones((5, 3));
    let path = scratch("constant.npy");
    ndarray_npy::write_npy(&path, &constant).unwrap();
    let refused = refused("your_data", &[text(&path)]);
    assert!(refused.contains("column 0"), "{refused}");
    std::fs::remove_file(&path).unwrap();
}

#[test]
fn the_cubic_scaling_has_claims_controls_and_a_page_in_under_150_lines() {
    assert!(include_str!("../examples/cubic.rs").lines().count() < 150);
    let (folder, json) = (scratch("cubic"), scratch("cubic.json"));
    let asked = [
        "--size",
        "small",
        "--report",
        text(&folder),
        "--json",
        text(&json),
    ];
    let page = printed("cubic", &asked);
    assert!(
        page.contains("2 claims: 2 hold, 0 refuted, 0 vacuous, 0 open"),
        "{page}"
    );
    for (id, kind) in [("covariance", "proved"), ("law", "rate")] {
        let line = page
            .lines()
            .find(|line| line.starts_with(&format!("✓ {id} ")));
        for part in ["holds", kind, "2/2 controls refuted", "as printed"] {
            assert!(line.unwrap().contains(part), "{page}");
        }
    }
    let found: serde_json::Value = serde_json::from_slice(&std::fs::read(&json).unwrap()).unwrap();
    let [covariance, law] = [0, 1].map(|k| &found["claims"][k]);
    // Faster than the d² of two factors, not faster than 1/n: what the comment says of these sizes.
    let exponent = law["evidence"][0]["distance"].as_f64().unwrap();
    assert!((-3.0..-1.5).contains(&exponent), "{exponent}");
    // z left out: what remains is z ⊗ z where the identity should be.
    let near_miss = covariance["controls"][1]["what"].as_str().unwrap();
    assert!(near_miss.contains("δ_ac δ_be z_u z_v"), "{near_miss}");
    let page = std::fs::read_to_string(folder.join("index.html")).unwrap();
    for part in [
        "claim-covariance",
        "claim-law",
        "figure-cubic",
        "figure-cubic-rate",
    ] {
        assert!(page.contains(&format!("id=\"{part}\"")), "{part}");
    }
    // The figure has the eigenvalues and the density, drawn from 0.01 to 3.99, which ends at (1 + √½)².
    let figure = std::fs::read_to_string(folder.join("figures/cubic.svg")).unwrap();
    assert!(figure.matches("\"f-b0\"").count() > 10, "{figure}");
    let lines = figure.split("class=\"s-l0\"").skip(2);
    let points: Vec<(f64, f64)> = lines
        .map(|line| line.split("points=\"").nth(1).unwrap())
        .flat_map(|line| line.split('"').next().unwrap().split(' '))
        .filter_map(|point| point.split_once(','))
        .map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap()))
        .collect();
    let [(first, _), (last, floor)] = [points[0], points[points.len() - 1]];
    let end = points.iter().rfind(|(_, y)| *y < floor - 1.0).unwrap().0;
    let end = 0.01 + 3.98 * (end - first) / (last - first);
    assert!((end - (1.0 + 0.5_f64.sqrt()).powi(2)).abs() < 0.05, "{end}");
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::remove_file(&json).unwrap();
}

#[test]
fn an_identity_of_ones_own_is_proved_in_a_space_of_ones_own() {
    let page = printed("prove_your_own_identity", &[]);
    let [cube, three] = ["E ⟨u⊗u⊗u, x⊗x⊗x⟩", "E ω⊗ω = I ⊗ GᵀG ⊗ HᵀH"].map(|name| {
        page.find(name)
            .unwrap_or_else(|| panic!("no {name}: {page}"))
    });
    let equation = "E=    over H: the mean over H by parts";
    let reached = "1 + t²/d R_aa R_cc";
    assert!(
        page[..cube].contains(equation) && page[..cube].contains(reached),
        "{page}"
    );
    // 15 pairings of six letters: 6 join u with v three times, 9 once.
    let last = |part: &str| -> (String, usize) {
        let lines: Vec<&str> = part.lines().collect();
        let at = lines
            .iter()
            .rposition(|line| line.contains("✓ d="))
            .unwrap();
        (
            lines[at + 1].trim().to_owned(),
            part.matches("✓ d=").count(),
        )
    };
    let collected = "6 u_a v_a u_c v_c u_k v_k + 9 u_a u_a v_c v_c u_k v_k";
    assert_eq!(last(&page[cube..three]), (collected.to_owned(), 2));
    let identity = "δ_ac G_kb G_ke H_qu H_qv";
    assert_eq!(last(&page[three..]), (identity.to_owned(), 5));
    assert!(page[three..].contains("h=3"), "{page}");
}

#[test]
fn saved_tensors_are_read_back() {
    let path = scratch("saved.npz");
    let page = printed("save_tensors", &[text(&path)]);
    let names = "G (d×p), Q (d×p×d×p), M22 (dp×dp), eigenvalues (n)";
    assert_eq!(page, format!("wrote {names} to {}\n", path.display()));
    let mut archive = ndarray_npy::NpzReader::new(std::fs::File::open(&path).unwrap()).unwrap();
    let g: ndarray::Array2<f64> = archive.by_name("G").unwrap();
    let q: ndarray::Array4<f64> = archive.by_name("Q").unwrap();
    let (d, p) = g.dim();
    assert_eq!(q.dim(), (d, p, d, p));
    let gram = g.t().dot(&g);
    for ((a, b, c, e), value) in q.indexed_iter() {
        let braided = if a == c { gram[[b, e]] } else { 0.0 } + g[[a, e]] * g[[c, b]];
        assert!((value - braided).abs() < 1e-12);
    }
    // M₂₂ = −(ℐ + τ𝒬)⁻¹, τ = γ₁m, and m = 1/(−z + ⟨𝒬, (ℐ + τ𝒬)⁻¹⟩/(dp)): τ from the first row, then m.
    let m22: ndarray::Array2<num_complex::Complex64> = archive.by_name("M22").unwrap();
    let size = d * p;
    let q = q
        .to_shape((size, size))
        .unwrap()
        .mapv(num_complex::Complex64::from);
    let product = q.dot(&m22);
    let tau = (-1.0 - m22[[0, 0]]) / product[[0, 0]];
    for ((i, j), x) in product.indexed_iter() {
        let identity = f64::from(u8::from(i == j));
        assert!((tau * x + m22[[i, j]] + identity).norm() < 1e-12);
    }
    let m = tau / (40.0 / size as f64);
    let z = num_complex::Complex64::new(1.0, 0.5);
    let trace = -product.diag().sum() / size as f64;
    assert!((m * (trace - z) - 1.0).norm() < 1e-10, "{m}");
    // The eigenvalues of a kernel whose trace is |𝒜|²: n of them, none negative, of mean near Tr 𝒬/(dp).
    let eigenvalues: ndarray::Array1<f64> = archive.by_name("eigenvalues").unwrap();
    assert_eq!(eigenvalues.len(), 40);
    let mean = eigenvalues.sum() / 40.0;
    assert!(eigenvalues.iter().all(|x| *x > -1e-12) && (0.5..2.0).contains(&mean));
    std::fs::remove_file(&path).unwrap();
}

#[test]
fn polynomial_law_agrees_with_itself() {
    let page = printed("polynomial_law", &[]);
    // φ(XDXᵀ + YYᵀ) = 2 + 1; the second cumulants are γ m₂(D) = 5/2 and 1/4, so that m₂ = 9 + 11/4.
    assert!(page.contains("moments 1, 3, 47/4, "), "{page}");
    assert!(page.contains("[   z"), "{page}");
    let mean = numbers(&page, "mean eigenvalue of a sample:");
    assert!((mean[0] - 3.0).abs() < 0.2, "{page}");
}
