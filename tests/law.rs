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
        ("--gamma1 0 --gamma2 1 --alpha 0 --beta 1", "gamma is 0"),
        ("--gamma1 1 --gamma2 -1 --alpha 0 --beta 1", "gamma2 is -1"),
        (
            "--gamma1 1 --gamma2 NaN --alpha 0 --beta 1",
            "gamma2 is NaN",
        ),
        ("--gamma1 1 --gamma2 1 --alpha 1 --beta 0.5", "beta²"),
        ("--gamma1 1 --gamma2 1 --alpha 0 --beta 1 --nu 1:0.5", "0.5"),
        ("--gamma1 1 --gamma2 1 --alpha 0 --beta 1 --nu 1", "'1'"),
        ("--gamma1 1 --gamma2 1 --alpha 0 --beta 1 --z 1-1i", "1-1i"),
    ] {
        let run = law(arguments);
        let error = String::from_utf8(run.stderr).unwrap();
        assert_eq!(run.status.code(), Some(2), "{arguments}: {error}");
        assert!(error.contains(named), "{arguments}: {error}");
        assert!(run.stdout.is_empty() && !error.contains("panicked"));
    }
}
