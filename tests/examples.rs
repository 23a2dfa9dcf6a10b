//! Every example runs, and what it prints is right.

#[path = "../examples/cubic.rs"]
#[expect(dead_code, reason = "its main reads the command line")]
mod cubic;
#[path = "../examples/inspect_q.rs"]
#[expect(dead_code, reason = "its main prints what the test reads")]
mod inspect_q;
#[path = "../examples/law_from_expression.rs"]
#[expect(dead_code, reason = "its main prints what the test reads")]
mod law_from_expression;
#[path = "../examples/save_tensors.rs"]
#[expect(dead_code, reason = "its main reads the command line")]
mod save_tensors;
#[path = "../examples/solve_dyson.rs"]
#[expect(dead_code, reason = "its main prints what the test reads")]
mod solve_dyson;
#[path = "../examples/your_data.rs"]
#[expect(dead_code, reason = "its main prints what the test reads")]
mod your_data;

use tensor_dyson::ledger::{Kind, Size, Verdict, run};
use tensor_dyson::report::{RunOf, write_report};

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
    let page = inspect_q::page().unwrap();
    // 𝒬₀₁₀₁ = (GᵀG)₁₁ + G₀₁G₀₁ = 5 + 4, 𝒬₀₁₁₀ = G₀₀G₁₁ = 1.
    assert!(
        page.contains("0 1 0 1 |             5 +         4 =      9"),
        "{page}"
    );
    assert!(
        page.contains("0 1 1 0 |             0 +         1 =      1"),
        "{page}"
    );
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
    let page = solve_dyson::page().unwrap();
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
    let page = law_from_expression::page("mp(0.5) [+] semicircle(1)").unwrap();
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
    let density = page.lines().find(|line| line.contains("±")).unwrap();
    assert!(density.contains("proved"), "{page}");
    let refused = law_from_expression::page("mp(0.5) [+]")
        .unwrap_err()
        .to_string();
    assert!(refused.contains("expected"), "{refused}");
}

#[test]
fn your_data_tells_independent_columns_from_others() {
    let page = your_data::page().unwrap();
    let p_value = |name: &str| {
        let line = page.lines().find(|line| line.starts_with(name)).unwrap();
        line.rsplit(' ').next().unwrap().parse::<f64>().unwrap()
    };
    // A permutation test of level 1/100, whatever the law of the entries; the seed is fixed.
    assert!(p_value("independent signs") > 0.01, "{page}");
    assert_eq!(p_value("columns with one factor"), 0.01, "{page}");
    let constant = ndarray::Array2::ones((5, 3));
    let refused = your_data::compare(constant).err().unwrap().to_string();
    assert!(refused.contains("column 0"), "{refused}");
}

#[test]
fn the_cubic_scaling_has_claims_controls_and_a_page_in_under_150_lines() {
    assert!(include_str!("../examples/cubic.rs").lines().count() < 150);
    let claims = [cubic::COVARIANCE, cubic::LAW];
    let outcomes = run(&claims, Size::Small, cubic::CUBIC.seed, |_| {});
    let rests_on = [Kind::Proved, Kind::Rate];
    for (outcome, kind) in outcomes.iter().zip(rests_on) {
        assert_eq!(outcome.verdict, Verdict::Holds, "{outcome:#?}");
        assert_eq!(outcome.rests_on(), Some(kind));
        assert_eq!(outcome.controls.len(), 2);
    }
    // Faster than the d² of two factors, not faster than 1/n: what the comment says of these sizes.
    let exponent = outcomes[1].evidence[0].distance;
    assert!((-3.0..-1.5).contains(&exponent), "{exponent}");
    // z left out: what remains is z ⊗ z where the identity should be.
    assert!(outcomes[0].controls[1].what.contains("δ_ac δ_be z_u z_v"));
    let folder = std::env::temp_dir().join(format!("tensor-dyson-cubic-{}", std::process::id()));
    let whole = RunOf {
        about: &cubic::CUBIC,
        size: Size::Small,
        seed: cubic::CUBIC.seed,
        outcomes: &outcomes,
    };
    write_report(&folder, &whole).unwrap();
    let page = std::fs::read_to_string(folder.join("index.html")).unwrap();
    for part in [
        "claim-covariance",
        "claim-law",
        "figure-cubic",
        "figure-cubic-rate",
    ] {
        assert!(page.contains(&format!("id=\"{part}\"")), "{part}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn saved_tensors_are_read_back() {
    let path = std::env::temp_dir().join(format!("tensor-dyson-saved-{}.npz", std::process::id()));
    save_tensors::save(&path).unwrap();
    let mut archive = ndarray_npy::NpzReader::new(std::fs::File::open(&path).unwrap()).unwrap();
    let g: ndarray::Array2<f64> = archive.by_name("G").unwrap();
    let q: ndarray::Array4<f64> = archive.by_name("Q").unwrap();
    let dims = g.dim();
    assert_eq!(q.dim(), (dims.0, dims.1, dims.0, dims.1));
    std::fs::remove_file(&path).unwrap();
}
