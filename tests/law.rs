//! `tensor-dyson law` as a user runs it.

use std::process::{Command, Output};

fn law(arguments: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tensor-dyson"))
        .arg("law")
        .args(arguments.split_whitespace())
        .output()
        .expect("the program starts")
}

/// σ′ with α = 0, β = 1: 𝒬 is the identity, and the limit is MP^{1/4} in closed form.
#[test]
fn a_point_mass_gives_marchenko_pastur_with_a_bound() {
    let run = law("--gamma1 0.25 --gamma2 1 --alpha 0 --beta 1 --z 1+0i --format json");
    assert_eq!(run.status.code(), Some(0));
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let number = |pointer: &str| json.pointer(pointer).unwrap().as_f64().unwrap();
    assert!((number("/support/0/0") - 0.25).abs() < 1e-13);
    assert!((number("/support/0/1") - 2.25).abs() < 1e-13);
    // Im m = √((b−x)(x−a))/(2γx) and Re m = (1−γ−x)/(2γx) at x = 1, a = ¼, b = 9/4, γ = ¼.
    let im = (1.25f64 * 0.75).sqrt() / 0.5;
    let bound = number("/values/0/bound");
    assert!(bound < 1e-12 && (number("/values/0/m/1") - im).abs() <= bound);
    assert!((number("/values/0/m/0") + 0.5).abs() <= bound);
}

#[test]
fn bad_arguments_are_refused_with_code_2_and_the_reason() {
    for (arguments, named) in [
        ("--gamma1 0 --gamma2 1 --alpha 0 --beta 1", "--gamma1 is 0"),
        (
            "--gamma1 1 --gamma2 -1 --alpha 0 --beta 1",
            "--gamma2 is -1",
        ),
        (
            "--gamma1 1 --gamma2 NaN --alpha 0 --beta 1",
            "--gamma2 is NaN",
        ),
        ("--gamma1 1 --gamma2 1 --alpha 1 --beta 0.5", "beta²"),
        ("--gamma1 1 --gamma2 1 --alpha 0 --beta 1 --nu 1:0.5", "0.5"),
        ("--gamma1 1 --gamma2 1 --alpha 0 --beta 1 --nu 1", "'1'"),
        ("--gamma1 1 --gamma2 1 --alpha 0 --beta 1 --z 1-1i", "1-1i"),
        ("--gamma1 1 --gamma2 1 --alpha 0", "--beta"),
        ("--gamma1 1 --expr mp(1)", "--expr"),
        ("--expr mp(0)", "gamma is 0"),
        ("--expr mp(1)+mp(2)", "[+]"),
        ("--expr mp(1)[x]semicircle(1)", "half line"),
        ("--expr atoms(1:0.5,2:0.6)", "1.1"),
        ("--expr wigner(1)", "'wigner'"),
        ("--expr mp(1)[+](mp(2)[+]mp(1))[x]mp(1)", "parentheses"),
        (
            &format!("--expr {}mp(1)", "(".repeat(100)),
            "inside one another",
        ),
        (
            &format!("--expr mp(1){}", "+1".repeat(300)),
            "200 operations",
        ),
        ("--expr mp(1) --grid 0:1", "LO:HI:N"),
        ("--expr mp(1) --grid 1:0:5", "HI above LO"),
        ("--expr mp(1) --grid 0:NaN:5", "finite"),
        ("--expr mp(1) --grid 0:1:1", "from 2"),
        ("--expr mp(1) --format csv", "--grid"),
        ("--gamma1 1 --gamma2 1 --activation foo", "hermite:c0"),
        (
            "--gamma1 1 --gamma2 1 --activation hermite:1e200,1e300",
            "alpha is 1e300",
        ),
        ("--expr mp(1) --output law.txt", "law.txt"),
        ("--expr mp(1) --plot law.gif", ".svg or .png"),
        (
            "--expr uniform(-1e308,1e308) --grid 0:2:5",
            "high − low is inf",
        ),
        (
            "--gamma1 1 --gamma2 1 --alpha 0 --beta 1e300 --nu 1:0.5,2:0.5",
            "beta 1e300",
        ),
        (
            "--expr u --law u=a.csv --law u=b.csv",
            "--law u= is given twice",
        ),
        (
            "--expr mp(1) --plot /no/such/folder/law.svg",
            "/no/such/folder",
        ),
    ] {
        let run = law(arguments);
        let error = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(2), "{arguments}: {error}");
        assert!(
            error.lines().all(|line| line.chars().count() <= 100),
            "{error}"
        );
        // A long line is broken.
        let error = error.replace("\n    ", " ");
        assert!(error.contains(named), "{arguments}: {error}");
        assert!(run.stdout.is_empty() && !error.contains("panicked"));
    }
}

/// The grid's columns agree in every format, with the closed form of the semicircle's density and distribution.
#[test]
fn a_grid_in_every_format() {
    let command = "--expr 2*semicircle(1/4)+1 --grid -1.3:3.5:13";
    let folder = std::env::temp_dir().join(format!("tensor-dyson-law-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    for (name, plot) in [
        ("law.json", "law.svg"),
        ("law.csv", "law.png"),
        ("law.npz", "law.svg"),
    ] {
        let plot = path(plot);
        let run = law(&format!("{command} --output {} --plot {plot}", path(name)));
        assert_eq!(run.status.code(), Some(0), "{run:?}");
    }
    let text = std::fs::read_to_string(path("law.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let column = |name: &str| -> Vec<f64> {
        let values = json["grid"][name].as_array().unwrap();
        values.iter().map(|v| v.as_f64().unwrap()).collect()
    };
    let (x, density) = (column("x"), column("density"));
    let (bound, below) = (column("bound"), column("distribution"));
    for k in 0..13 {
        // The centred semicircle of radius 2, by its elementary integral.
        let t = (0.5 * (x[k] - 1.0)).clamp(-1.0, 1.0);
        let exact = (1.0 - t * t).sqrt() / std::f64::consts::PI;
        assert!(
            (density[k] - exact).abs() <= bound[k] + 1e-15 && bound[k] < 1e-13,
            "{k}"
        );
        let exact = 0.5 + (t * (1.0 - t * t).sqrt() + t.asin()) / std::f64::consts::PI;
        assert!((below[k] - exact).abs() < 1e-13, "{k}");
    }
    let csv = std::fs::read_to_string(path("law.csv")).unwrap();
    let rows: Vec<&str> = csv.lines().collect();
    assert_eq!((rows[0], rows.len()), ("x,density,bound,distribution", 14));
    for (k, row) in rows[1..].iter().enumerate() {
        let cells: Vec<f64> = row.split(',').map(|c| c.parse().unwrap()).collect();
        // serde_json's reader may miss the last bit.
        for (cell, number) in cells.iter().zip([x[k], density[k], bound[k], below[k]]) {
            assert!((cell - number).abs() <= f64::EPSILON * number.abs());
        }
    }
    let file = std::fs::File::open(path("law.npz")).unwrap();
    let mut npz = ndarray_npy::NpzReader::new(file).unwrap();
    let stored: ndarray::Array1<f64> = npz.by_name("density").unwrap();
    let close = |(a, b): (&f64, &f64)| (a - b).abs() <= f64::EPSILON * b.abs();
    assert!(stored.len() == 13 && stored.iter().zip(&density).all(close));
    assert!(
        std::fs::read_to_string(path("law.svg"))
            .unwrap()
            .contains("<svg")
    );
    let png = std::fs::read(path("law.png")).unwrap();
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    // Nothing is left of a file that could not be written: only these five are there.
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 5);
    std::fs::remove_dir_all(&folder).unwrap();
}

/// One spelling of the example and the other; what is printed as the law's name is read back.
#[test]
fn expressions_are_read_as_they_are_printed() {
    let value = |expression: &str| {
        let run = Command::new(env!("CARGO_BIN_EXE_tensor-dyson"))
            .args([
                "law", "--format", "json", "--z", "1.2+0.1i", "--expr", expression,
            ])
            .output()
            .expect("the program starts");
        assert_eq!(run.status.code(), Some(0), "{run:?}");
        serde_json::from_slice::<serde_json::Value>(&run.stdout).unwrap()
    };
    for (one, other) in [
        (
            "mp(0.5) [x] (0.5 * atoms(0:1/2, 2:1/2) + 3)",
            "mp(1/2) ⊠ atoms(3:0.5, 4:0.5)",
        ),
        (
            "(atoms(0:0.5, 1:0.5) * atoms(0:0.5, 1:0.5)) [+] semicircle(1)",
            "semicircle(1) ⊞ atoms(0:0.25, 1:0.5, 2:0.25)",
        ),
        ("-mp(2) * point(-1)", "-1 . mp(2) - 1"),
        (
            "mix(0.3: mp(1), 0.7: point(0))",
            "mix(0.7: point(0), 0.3: mp(1))",
        ),
        ("mpmap(2, point(1))", "mp(2)"),
    ] {
        let (a, b) = (value(one), value(other));
        let printed = a["law"]["expr"].as_str().unwrap();
        assert_eq!(
            value(printed)["values"],
            a["values"],
            "{one} is printed as {printed}"
        );
        let number =
            |v: &serde_json::Value, pointer: &str| v.pointer(pointer).unwrap().as_f64().unwrap();
        let radius = number(&a, "/values/0/bound") + number(&b, "/values/0/bound");
        for pointer in ["/values/0/m/0", "/values/0/m/1"] {
            let apart = (number(&a, pointer) - number(&b, pointer)).abs();
            assert!(apart <= radius && radius < 1e-12, "{one}: {apart} {radius}");
        }
    }
}

/// A point without a bound is an error in its place; the others stand.
#[test]
fn a_point_without_a_bound_has_its_error() {
    let run = law("--expr mp(2) --z 0+0i --z 1+0i --format json");
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    assert!(json["values"][0]["m"].is_null());
    let error = json["values"][0]["error"].as_str().unwrap();
    assert!(error.contains("atom at 0"), "{error}");
    assert!(json["values"][1]["bound"].as_f64().unwrap() < 1e-13);
    assert_eq!(json["atoms"][0]["mass"].as_f64(), Some(0.5));
}

/// The answers are printed with their reasons, and the exit code says that there is none.
#[test]
fn no_answer_at_all_is_exit_code_2() {
    for (arguments, count, reason) in [
        ("--expr mp(2) --z 0+0i", 1, "atom at 0"),
        (
            "--expr 1e200*mp(2) --z 1e200+1i --cumulative 1e200 --format json",
            2,
            "reaches to",
        ),
    ] {
        let run = law(arguments);
        assert_eq!(run.status.code(), Some(2), "{arguments}");
        let out = String::from_utf8(run.stdout).unwrap();
        let error = String::from_utf8(run.stderr).unwrap();
        assert!(out.contains(reason), "{out}");
        assert!(error.contains(&format!("of {count} asked")), "{error}");
    }
}

/// `s = −1/z` to rounding, however far, where squares overflow.
#[test]
fn a_value_far_away_has_a_bound() {
    let run = law("--expr mp(0.5) --z 1e300+0i --format json");
    assert_eq!(run.status.code(), Some(0));
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let value = &json["values"][0];
    let (re, bound) = (value["m"][0].as_f64(), value["bound"].as_f64());
    let (apart, bound) = ((re.unwrap() + 1e-300).abs(), bound.unwrap());
    // A few roundings of 1e-300, and the smallest number.
    assert!(apart <= bound && bound < 3e-308, "{value}");
}

/// β² = 1 + 1 is rounded as the square of a root, and c = β² − α² − c₀² is 0: so is the mass of the zeros
/// `1 − 1/γ₂ + …` of 𝒬, and none of its eigenvalues is a rounding of c.
#[test]
fn a_shift_below_its_rounding_is_0() {
    let support = |activation: &str| {
        let run = law(&format!(
            "--gamma1 0.5 --gamma2 1.5 {activation} --grid -1:8:10 --format json"
        ));
        let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
        assert_eq!(json["atoms"][0]["at"].as_f64(), Some(0.0), "{json}");
        let mass = json["atoms"][0]["mass"].as_f64().unwrap();
        // 𝒬 has 1 − 1/2γ₂ = 2/3 of its eigenvalues at 0, and n/(dp) = ½ of as many samples: 1 − (1/3)/½.
        assert!((mass - 1.0 / 3.0).abs() < 1e-15, "{mass}");
        assert!(!run.stdout.windows(4).any(|text| text == b"-0.0"));
        json["support"].to_string()
    };
    let linear = support("--activation hermite:0,1");
    assert_eq!(support("--activation hermite:1,1"), linear);
    assert_eq!(
        support("--alpha 1 --mean 1 --beta 1.414213562373095"),
        linear
    );
    assert!(linear.matches('[').count() == 2, "{linear}");
}

/// Outside the support a density is 0, not −0; and no distribution function is above 1.
#[test]
fn zeros_have_no_sign_and_a_distribution_function_ends_at_1() {
    let grid = "--grid -3:9:49";
    for expression in ["-mp(0.3)", "mp(0.5)[+]uniform(0,1)", "-2*arcsine(0,1)"] {
        let run = law(&format!("--expr {expression} {grid} --format csv"));
        let csv = String::from_utf8(run.stdout).unwrap();
        assert_eq!(csv.lines().count(), 50);
        for line in csv.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            assert!(!cells.contains(&"-0e0"), "{line}");
            let below: f64 = cells[3].parse().unwrap();
            assert!((0.0..=1.0).contains(&below), "{line}");
        }
    }
}

/// Of the program, of each command, short and long; and of the derivations.
#[test]
fn the_help_fits_a_terminal() {
    let text = String::from_utf8(law("--help").stdout).unwrap();
    assert!(text.contains("[+] free sum"));
    let programs = [
        (
            env!("CARGO_BIN_EXE_tensor-dyson"),
            &["", "law", "sample", "spectrum", "inspect", "new"][..],
        ),
        (env!("CARGO_BIN_EXE_derivations"), &[""]),
    ];
    for (program, commands) in programs {
        for (command, help) in commands.iter().flat_map(|c| [(c, "-h"), (c, "--help")]) {
            let arguments = [*command, help];
            let run = Command::new(program)
                .args(arguments.iter().filter(|a| !a.is_empty()))
                .output()
                .unwrap();
            assert_eq!(run.status.code(), Some(0), "{command} {help}");
            let text = String::from_utf8(run.stdout).unwrap();
            assert!(text.contains("Usage"), "{command} {help}");
            for line in text.lines() {
                assert!(line.chars().count() <= 100, "{command} {help}: {line}");
            }
        }
    }
}

/// A law in a file: eigenvalues in one column, samples of a density in two.
#[test]
fn laws_are_read_from_files() {
    let folder = std::env::temp_dir().join(format!("tensor-dyson-files-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let write = |name: &str, text: &str| std::fs::write(path(name), text).unwrap();
    write("atoms.csv", "1\n3\n\n3\n");
    write("tent.csv", "x,density\n0,0\n1,1\n2,0\n");
    write("bad.csv", "0,0\n1,one\n");
    write("short.csv", "0,0\n1\n2,0\n");
    let mut npz = ndarray_npy::NpzWriter::new(std::fs::File::create(path("tent.npz")).unwrap());
    npz.add_array("x", &ndarray::arr1(&[0.0, 1.0, 2.0]))
        .unwrap();
    npz.add_array("density", &ndarray::arr1(&[0.0, 1.0, 0.0]))
        .unwrap();
    npz.finish().unwrap();
    let value = |arguments: &str| {
        let run = law(&format!(
            "{arguments} --z 1.3+0.1i --cumulative 1.5 --format json"
        ));
        assert_eq!(run.status.code(), Some(0), "{run:?}");
        let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
        let number = |pointer: &str| json.pointer(pointer).unwrap().as_f64().unwrap();
        [
            number("/values/0/m/0"),
            number("/values/0/m/1"),
            number("/cumulative/0/value"),
            number("/values/0/bound") + number("/cumulative/0/bound"),
        ]
    };
    let atoms = format!("--expr nu[x]mp(0.5) --law nu={}", path("atoms.csv"));
    let tent = format!("--expr t[+]semicircle(1) --law t={}", path("tent.csv"));
    let back = format!("--expr t[+]semicircle(1) --law t={}", path("tent.npz"));
    for (one, other) in [
        (atoms, "--expr mp(0.5)[x]atoms(1:1/3,3:2/3)"),
        (tent, "--expr (uniform(0,1)*uniform(0,1))[+]semicircle(1)"),
        (back, "--expr (uniform(0,1)*uniform(0,1))[+]semicircle(1)"),
    ] {
        let (a, b) = (value(&one), value(other));
        for k in 0..3 {
            assert!(
                (a[k] - b[k]).abs() <= a[3] + b[3] && a[3] < 1e-11,
                "{one}: {a:?} {b:?}"
            );
        }
    }
    for (arguments, named) in [
        (
            format!("--expr t --law t={}", path("bad.csv")),
            "line 2, column 2: 'one'",
        ),
        (
            format!("--expr t --law t={}", path("short.csv")),
            "line 2 has 1 cell",
        ),
        (format!("--expr t --law t={}", path("none.csv")), "none.csv"),
        (
            format!("--expr t --law 3={}", path("tent.csv")),
            "NAME=FILE",
        ),
        ("--expr t --law t=tent.txt".to_owned(), "NAME=FILE"),
        (
            format!("--expr u --law t={}", path("tent.csv")),
            "'u' is no law",
        ),
        ("--expr mp(1) --cumulative NaN".to_owned(), "--cumulative"),
    ] {
        let run = law(&arguments);
        let error = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(2), "{arguments}: {error}");
        assert!(error.contains(named), "{arguments}: {error}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

/// MP^{1/4} in closed forms: moments 1, 1 + γ, 1 + 3γ + γ²; κ_k = γ^{k−1}; R = 1/(1 − γg); S = 1/(1 + γy). The median is where
/// F is one half, and draws repeat.
#[test]
fn quantiles_transforms_moments_and_draws_are_those_of_the_law() {
    let asked = "--expr mp(0.25) --quantile 0.5 --moments 3 --free-cumulants 4 --r-transform 0.2 --s-transform -0.5 \
                 --draw 3 --format json";
    let run = law(asked);
    assert_eq!(run.status.code(), Some(0));
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let number = |pointer: &str| json.pointer(pointer).unwrap().as_f64().unwrap();
    for (pointer, wanted) in [
        ("/moments/0", 1.0),
        ("/moments/1", 1.25),
        ("/moments/2", 1.8125),
        ("/free_cumulants/0", 1.0),
        ("/free_cumulants/1", 0.25),
        ("/free_cumulants/3", 0.015625),
        ("/r_transform/0/value", 1.0 / 0.95),
        ("/s_transform/0/value", 1.0 / 0.875),
    ] {
        assert!((number(pointer) - wanted).abs() < 1e-11, "{pointer}");
    }
    assert!(number("/r_transform/0/bound") < 1e-11 && number("/quantiles/0/bound") < 1e-9);
    let median = number("/quantiles/0/value");
    let back = law(&format!(
        "--expr mp(0.25) --cumulative {median:.17} --format json"
    ));
    let back: serde_json::Value = serde_json::from_slice(&back.stdout).unwrap();
    assert!((back["cumulative"][0]["value"].as_f64().unwrap() - 0.5).abs() < 1e-9);
    let draws = json["draws"].as_array().unwrap();
    assert!(
        draws.len() == 3
            && draws
                .iter()
                .all(|x| (0.25..=2.25).contains(&x.as_f64().unwrap()))
    );
    assert_eq!(law(asked).stdout, run.stdout);
    let text = law("--expr semicircle(1) --quantile 0.5 --moments 2");
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(
        text.contains("quantile(0.5) = ") && text.contains("E x^2 = "),
        "{text}"
    );
    assert!(
        text.lines().all(|line| line.chars().count() <= 100),
        "{text}"
    );
}

/// Of two semicircles `ω₁ = z + σ₂² s(z)` and `ω₂ = z + σ₁² s(z)`, with `s = (−z + √(z²−12))/6` for σ₁² + σ₂² = 3; here
/// z = 2i, where √(z²−12) = 4i, so that s = i/3. The corner of share ½ of
/// a Wishart matrix of d×d data is that of half the rows: of law mp(½).
#[test]
fn subordination_functions_and_corners_have_their_closed_forms() {
    let sum = "semicircle(1) [+] semicircle(2)";
    let (code, text, _) = polynomial(&["--expr", sum, "--subordination", "2i", "--format", "json"]);
    assert_eq!(code, Some(0));
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    for (which, height) in [(0, 2.0 + 2.0 / 3.0), (1, 2.0 + 1.0 / 3.0)] {
        let at = |part: usize| {
            json["subordination"][0]["omega"][which][part]
                .as_f64()
                .unwrap()
        };
        let bound = json["subordination"][0]["bounds"][which].as_f64().unwrap();
        assert!(bound > 0.0 && bound < 1e-13, "{bound}");
        // The height was rounded.
        assert!(at(0).abs() <= bound && (at(1) - height).abs() <= bound + 1e-15);
    }
    let (code, text, _) = polynomial(&["--expr", sum, "--subordination", "2i"]);
    assert_eq!(code, Some(0));
    assert!(
        text.contains("ω₁(0+2i) = ") && text.contains("ω₂(0+2i) = "),
        "{text}"
    );
    let (code, text, error) = polynomial(&["--expr", "mp(1)", "--subordination", "2i"]);
    assert_eq!(code, Some(2));
    assert!(text.contains("has none"), "{text}");
    assert!(error.contains("no value can be given of 1"), "{error}");
    let corner = ["--expr", "0.5 * power(2, mp(1))", "--cumulative", "1"];
    let (_, corner, _) = polynomial(&corner);
    let (_, direct, _) = polynomial(&["--expr", "mp(0.5)", "--cumulative", "1"]);
    let value = |text: &str| -> f64 {
        let line = text.lines().find(|line| line.starts_with("F(1) = "));
        let number = line.and_then(|line| line["F(1) = ".len()..].split(',').next());
        number.unwrap().parse().unwrap()
    };
    assert!((value(&corner) - value(&direct)).abs() < 1e-12);
}

/// `law` with arguments that hold spaces.
fn polynomial(arguments: &[&str]) -> (Option<i32>, String, String) {
    let program = env!("CARGO_BIN_EXE_tensor-dyson");
    let run = Command::new(program).arg("law").args(arguments).output();
    let run = run.expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (run.status.code(), text(run.stdout), text(run.stderr))
}

#[test]
fn polynomials_have_laws_that_stand_in_expressions() {
    let free = ["--var", "a=semicircle(1)", "--var", "b=semicircle(1)"];
    let (code, page, _) =
        polynomial(&[&["--poly", "a*b + b*a", "--z", "0+0i"][..], &free].concat());
    assert_eq!(code, Some(0), "{page}");
    // G = −s solves zG³ + G² − zG + 1 = 0, so that s(0) = i; the edge is √((11+5√5)/2).
    assert!(
        page.contains("[  z  -b  -a ]") && page.contains("3.33019067"),
        "{page}"
    );
    assert!(page.contains("z*s^3 - s^2 - z*s - 1 = 0"), "{page}");
    assert!(
        page.contains("1.000000000000000i") || page.contains("0.999999999999"),
        "{page}"
    );
    let named = [
        "--expr",
        "-q + 1",
        "--poly",
        "q=a*b + b*a",
        "--z",
        "1+0i",
        "--format",
        "json",
    ];
    let (code, page, _) = polynomial(&[&named[..], &free].concat());
    assert_eq!(code, Some(0), "{page}");
    let json: serde_json::Value = serde_json::from_str(&page).unwrap();
    let value = json.pointer("/values/0/m/1").unwrap().as_f64().unwrap();
    assert!((value - 1.0).abs() < 1e-12, "{page}");
    let rectangular = [
        "--poly",
        "X*D*X' + Y*Y'",
        "--gaussian",
        "X[n,d]",
        "--gaussian",
        "Y[n,p]",
        "--fixed",
        "D=atoms(1:0.5, 3:0.5)",
        "--ratio",
        "n/d=0.5",
        "--ratio",
        "n/p=2",
        "--samples",
        "120",
    ];
    let (code, page, _) = polynomial(&rectangular);
    assert_eq!(code, Some(0), "{page}");
    let distance = page
        .lines()
        .find_map(|line| line.split("Kolmogorov distance ").nth(1));
    let distance: f64 = distance.unwrap().parse().unwrap();
    assert!(distance < 0.05, "{page}");
    for line in page.lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
}

#[test]
fn polynomials_that_have_no_law_are_refused_with_the_reason() {
    let gaussian = [
        "--gaussian",
        "X[n,d]",
        "--ratio",
        "n/d=0.5",
        "--var",
        "a=semicircle(1)",
    ];
    for (poly, named) in [
        ("X*X", "at 1: '*' of a n×d and a n×d matrix"),
        ("X'*X*a*X", "'*' of a d×d and a n×d matrix"),
        ("i*a", "Brown measures"),
        ("a*b", "'b' is no variable"),
        ("inv(a)", "0 must lie beside the support of its law"),
    ] {
        let (code, _, error) = polynomial(&[&["--poly", poly][..], &gaussian].concat());
        assert_eq!(code, Some(2), "{poly}");
        let error = error.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(error.contains(named), "{poly}: {error}");
    }
    for (arguments, named) in [
        (
            &["--poly", "a", "--var", "a=wigner(1)"][..],
            "--var a: at 0: 'wigner'",
        ),
        (&["--poly", "a", "--var", "a"], "NAME=LAW"),
        (&["--poly", "a", "--gaussian", "X[n]"], "NAME[ROWS,COLS]"),
        (&["--poly", "a", "--ratio", "n=2"], "ROWS/COLS=NUMBER"),
        (
            &[
                "--poly", "a", "--poly", "b", "--var", "a=mp(1)", "--var", "b=mp(1)",
            ],
            "several --poly",
        ),
        (
            &["--expr", "mp(1)", "--poly", "a", "--var", "a=mp(1)"],
            "needs a name",
        ),
        (&["--var", "a=mp(1)"], "--poly"),
        (&["--gamma1", "1", "--poly", "a"], "--gamma1"),
    ] {
        let (code, _, error) = polynomial(arguments);
        assert_eq!(code, Some(2), "{arguments:?}");
        let error = error.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(error.contains(named), "{arguments:?}: {error}");
    }
}
