//! Numbers that are too large, and numbers that are chosen for the primes.

use super::{claim, refused, theory};
use tensor_dyson::symbolic::{Polynomial, TensorLaw, Theory};

#[test]
fn exponents_do_not_wrap() {
    let theory = Theory::new();
    for power in [
        "(((n^512)^512)^512)^32",
        "((((n^2)^512)^512)^512)^512",
        "(n^-512)^-999 (((n^-999)^999)^999)^999",
        "((n^999)^999)^999 (((d^999)^999)^999)^999",
        "((2^999)^999)^999",
        "((n + d)^999)^9",
        "(((1/2 n)^999)^999)^3",
    ] {
        let text = format!("a power or a product in `{power}` is too large");
        refused(claim(&theory, power, "1", &[]), &text);
    }
    // What is large and can be meant is right.
    assert!(
        claim(
            &theory,
            "((n^512)^512)^512 / (n^999)^999",
            "(n^512)^262144 (n^-999)^999",
            &[]
        )
        .is_err()
    );
    assert!(claim(&theory, "(n^512)^512 / (n^512)^511", "n^512", &[]).is_ok());
    assert!(claim(&theory, "(n + d)^2 - n^2 - d^2", "2 n d", &[]).is_ok());
}

#[test]
fn orders_of_growth_do_not_wrap() {
    let large = Polynomial::symbol("n", i32::MAX);
    assert_eq!(large.order(&[("n", 2)]), Some(2 * i128::from(i32::MAX)));
    let square = &large * &large;
    assert_eq!(
        square.order(&[("n", i32::MAX)]),
        Some(2 * i128::from(i32::MAX).pow(2))
    );
    assert_eq!(
        square.terms().next().unwrap().0.power_of("n"),
        2 * i64::from(i32::MAX)
    );
    let negative = Polynomial::symbol("n", i32::MIN);
    assert_eq!(
        negative.reciprocal().unwrap().order(&[("n", 1)]),
        Some(1 << 31)
    );
}

#[test]
fn a_constant_that_is_0_modulo_a_prime_hides_nothing() {
    // 2⁶¹ − 1 and multiples of it, alone, in a definition, and as an inverse of an inverse.
    let prime = "2305843009213693951";
    for right in [
        format!("1 + {prime}"),
        format!("1 + {prime} z"),
        format!("{prime} G[a,b] G[a,b] + 1"),
    ] {
        let theory = theory(|t| {
            t.scalars("z")?
                .tensors("G[d,p]")?
                .define("o = 1")?
                .rule("r", &format!("o = {right}"))
        });
        refused(
            claim(&theory.unwrap(), "o", &right, &["r"]),
            "rule `r` is false",
        );
    }
    let theory = theory(|t| {
        t.scalars("z")?
            .inverse("μ", &[], "1/2147483648")?
            .inverse("R", &[], "[a,c] δ[a,c]")?
            .rule("r", "R[a,c] = (μ μ/2 - 1) R[a,c]")?
            .rule("s", "R[a,c] = (μ μ/2) R[a,c]")
    });
    // 2³¹·2³¹/2 = 2⁶¹, which is 1 modulo the first prime and not modulo the second.
    let theory = theory.unwrap();
    refused(
        claim(&theory, "[a,c] R[a,c]", "[a,c] (μ μ/2 - 1) R[a,c]", &["r"]),
        "the rule `r` does not hold at",
    );
    refused(
        claim(&theory, "[a,c] R[a,c]", "[a,c] (μ μ/2) R[a,c]", &["s"]),
        "the rule `s` does not hold at",
    );
}

#[test]
fn a_statement_without_numbers_still_counts() {
    let theory = Theory::new();
    refused(
        claim(&theory, "2305843009213693951", "0", &[]),
        "`2305843009213693951` has no value at the point",
    );
    refused(
        claim(&theory, "9223372036854775808", "0", &[]),
        "cannot stand at character 0",
    );
    refused(
        claim(&theory, "n^1000", "n^1000", &[]),
        "cannot stand at character 1",
    );
}

/// Binomial coefficients of 63 do not fit 64 bits: of a constant 2 the mean of 64 factors is 2⁶⁴.
#[test]
fn moments_do_not_wrap() {
    let theory = theory(|t| t.tensors("y")).unwrap();
    let mut cumulants = vec![Polynomial::zero(); 64];
    cumulants[0] = Polynomial::from(2);
    let begun = theory.prove("").from(&["y"; 64].join(" ")).unwrap();
    let mean = begun
        .expect("", "y", &TensorLaw::Cumulants(cumulants))
        .unwrap();
    assert!(mean.clone().is("", "4294967296 4294967296").is_ok());
    for wrong in ["0", "4294967296 4294967295", "4294967296"] {
        refused(
            mean.clone().is("", wrong).map(|p| p.done()),
            "the sides differ",
        );
    }
}

/// With 70 slots of size 2 there are 2⁷⁰ entries, which is 0 modulo 2⁶⁴.
#[test]
fn numbers_of_entries_do_not_wrap() {
    let list = |text: &str, count: usize| vec![text; count].join(",");
    let indices: Vec<String> = (0..70).map(|k| format!("a{k}")).collect();
    let entry = format!("B[{}]", indices.join(","));
    let rest: String = (2..70).map(|k| format!(" δ[a{k}]")).collect();
    let theory = theory(|t| {
        t.tensors(&format!("B[{}] g[d]", list("d", 70)))?
            .functions(&["φ", "φ′"], "B", &format!("u[a0] = {entry} g[a1]{rest}"))?
            .mean("m[a] = φ[a]")
    })
    .unwrap();
    let square = format!("{entry} {entry}");
    refused(
        claim(&theory, &square, &square, &[]),
        "only 0 shapes can be checked",
    );
    let begun = theory.prove("").from("[a] φ[a]").unwrap();
    let mean = begun.expect("", "B", &TensorLaw::Gaussian);
    refused(mean.map(|p| p.done()), "only 0 shapes can be checked");
}
