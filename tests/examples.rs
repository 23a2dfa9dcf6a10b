//! Every example runs, and what it prints is right.

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
    let [literal, reduced, alone, sampled] =
        ["literal", "exchangeable", "scalar", "sampled"].map(|name| numbers(&page, name));
    for (x, y) in literal[..2].iter().zip(&reduced) {
        assert!((x - y).abs() < 1e-11, "{page}");
    }
    // E𝒜 matters at this size, and d = 3 leaves the equation far off.
    assert!((literal[0] - alone[0]).abs() > 1e-3, "{page}");
    assert!(
        (literal[0] - sampled[0]).hypot(literal[1] - sampled[1]) < 0.2,
        "{page}"
    );
    let change = |step: &str| {
        let line = page
            .lines()
            .find(|line| line.trim_start().starts_with(step))
            .unwrap();
        line.split_whitespace()
            .last()
            .unwrap()
            .parse::<f64>()
            .unwrap()
    };
    assert!(change("1 ") > 0.1 && change("60 ") < 1e-7, "{page}");
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
fn your_data_tells_independent_rows_from_others() {
    let page = your_data::page().unwrap();
    let (independent, together) = (
        numbers(&page, "independent signs"),
        numbers(&page, "columns with one factor"),
    );
    assert!(independent[0] < 0.15 && together[0] > 0.25, "{page}");
    let constant = ndarray::Array2::ones((5, 3));
    let refused = your_data::distance(constant).unwrap_err().to_string();
    assert!(refused.contains("column 0"), "{refused}");
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
