//! At each limit an input is taken, and one step beyond it is refused with the limit.

use std::fmt::Display;
use tensor_dyson::derive::Model;
use tensor_dyson::files::{Table, read_npy};
use tensor_dyson::measure::Law;
use tensor_dyson::model::Activation;
use tensor_dyson::polynomial::{MatrixExpression, Variables};
use tensor_dyson::symbolic::{Polynomial, TensorLaw, Theory};

/// What an input of a size is refused with, if it is.
type Asked = fn(usize) -> Option<String>;

fn said<T, E: Display>(result: Result<T, E>) -> Option<String> {
    result.err().map(|error| error.to_string())
}

fn within(open: &str, inner: &str, close: &str, count: usize) -> String {
    format!("{}{inner}{}", open.repeat(count), close.repeat(count))
}

/// The largest size that is taken, and a part of what is said of the next.
fn hold(limits: &[(&str, usize, &str, Asked)]) {
    let mut wrong = vec![];
    for (what, most, words, asked) in limits {
        if let Some(text) = asked(*most) {
            wrong.push(format!("{what} {most}: {text}"));
        }
        match asked(most + 1) {
            None => wrong.push(format!("{what} {}: taken", most + 1)),
            Some(text) if !text.contains(words) => wrong.push(format!("{what}: {text}")),
            Some(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn law(text: String) -> Option<String> {
    said(Law::parse(&text))
}

fn activation(text: String) -> Option<String> {
    said(text.parse::<Activation>())
}

fn polynomial(text: String) -> Option<String> {
    let of = Variables::new().free("a", Law::semicircle(1.0).unwrap());
    said(MatrixExpression::parse(&text, &of))
}

fn symbols(text: String) -> Option<String> {
    said(Theory::new().expression(&text))
}

#[test]
fn texts_have_so_many_operations_and_parentheses() {
    hold(&[
        (
            "operations of a law",
            200,
            "more than 200 operations",
            |n| law(format!("mp(1){}", "+1".repeat(n))),
        ),
        (
            "laws within one another",
            63,
            "more than 64 expressions",
            |n| law(within("(", "mp(1)", ")", n)),
        ),
        ("signs of a law", 63, "more than 64 expressions", |n| {
            law(within("-", "mp(1)", "", n))
        }),
        ("nesting of an activation", 98, "less nesting", |n| {
            activation(format!("expr:{}", within("(", "tanh(x)", ")", n)))
        }),
        (
            "operations of a polynomial",
            500,
            "operations more than 500",
            |n| polynomial(within("", "a", "'", n)),
        ),
        (
            "parentheses of a polynomial",
            63,
            "parentheses and signs more than 64",
            |n| polynomial(within("(", "a", ")", n)),
        ),
        ("exponents of a polynomial", 32, "from -32 to 32", |n| {
            polynomial(format!("a^{n}"))
        }),
        ("parentheses of a formula", 64, "`(` cannot stand", |n| {
            symbols(within("(", "n", ")", n))
        }),
        ("exponents of a formula", 999, "^1000", |n| {
            symbols(format!("n^{n}"))
        }),
    ]);
}

/// What counts is how deep parentheses stand within one another, not how many there are.
#[test]
fn parentheses_beside_one_another_are_no_nesting() {
    let beside = |text: &str| vec![format!("({text})"); 120].join("+");
    assert_eq!(law(beside("mp(1)").replace('+', " [+] ")), None);
    assert_eq!(activation(format!("expr:{}", beside("tanh(x)"))), None);
    // Each takes two of its 160 rows.
    assert_eq!(polynomial(vec!["(a)"; 70].join("+")), None);
    assert_eq!(symbols(beside("n")), None);
}

/// `text` with other names, joined by a sign.
fn joined(count: usize, sign: &str, text: impl Fn(usize) -> String) -> String {
    (0..count).map(text).collect::<Vec<_>>().join(sign)
}

/// The power of a sum of ten scalars.
fn power_of_a_sum(exponent: usize) -> Option<String> {
    let mut theory = Theory::new();
    let names = "s0 s1 s2 s3 s4 s5 s6 s7 s8 s9";
    theory.scalars(names).unwrap();
    let sum = names.replace(' ', "+");
    said(theory.expression(&format!("({sum})^{exponent}")))
}

/// The joint cumulant of so many scalars.
fn joint_cumulant(count: usize) -> Option<String> {
    let copies: Vec<String> = (1..count).map(|k| format!("x{k}")).collect();
    let copies: Vec<&str> = copies.iter().map(String::as_str).collect();
    let mut theory = Theory::new();
    theory.tensors("x[n]").unwrap();
    theory.copies("x", &copies).unwrap();
    let names = [&["x"][..], &copies].concat();
    said(theory.cumulant(&vec!["n"; count], &names))
}

#[test]
fn the_calculus_takes_so_much() {
    hold(&[
        ("scalars of a joint cumulant", 8, "8", joint_cumulant),
        ("cumulants of a law", 64, "64", |n| {
            said(TensorLaw::Cumulants(vec![Polynomial::zero(); n]).exists())
        }),
        ("products of two sums", 512, "too large", |n| {
            let [all, most] = [n, 512].map(|count| joined(count, "+", |_| "n".into()));
            symbols(format!("({all}) ({most})"))
        }),
        // 512³ is 2²⁷.
        ("powers of powers", 16, "too large", |n| {
            symbols(format!("(((n^512)^512)^512)^{n}"))
        }),
        ("powers of reciprocals", 16, "too large", |n| {
            symbols(format!("(((n^-512)^512)^512)^{n}"))
        }),
        ("bits of a numerator", 256, "too large", |n| {
            symbols(format!("(2^256)^{n}"))
        }),
        ("bits of a denominator", 256, "too large", |n| {
            symbols(format!("(1/2^256)^{n}"))
        }),
        ("powers of two terms", 128, "too large", |n| {
            symbols(format!("(n+1)^{n}"))
        }),
        // C(16, 9) = 11440 terms and C(17, 9) = 24310.
        ("terms of a power", 7, "too large", power_of_a_sum),
        ("powers of a sum with a pole", 8, "too large", |n| {
            symbols(format!("(1+(n+1)^-1)^{n}"))
        }),
        // Eight a factor.
        ("poles of a product", 3, "too large", |n| {
            symbols(joined(n, " ", |_| "(n+1)^-8".into()))
        }),
    ]);
}

/// At each limit the next one is what is told.
#[test]
fn a_polynomial_is_too_large_from_so_many_rows_on() {
    let one = || Law::semicircle(1.0).unwrap();
    let of = Variables::new().free("a", one()).free("b", one());
    for (text, words) in [
        ("b*a^32*a^32*a^15", "not selfadjoint"),
        ("b*a^32*a^32*a^16", "rows of a representation more than 160"),
        ("a^9*b*a^9", "361 unknowns: at most 300"),
        ("a^20*b*a^20", "1681 unknowns: at most 300"),
        ("a^21*b*a^21", "rows of the linearisation more than 40"),
    ] {
        let law = MatrixExpression::parse(text, &of).and_then(|parsed| parsed.law());
        let error = said(law).unwrap_or_else(|| panic!("{text} is taken"));
        assert!(error.contains(words), "{text}: {error}");
    }
}

/// The header of an array of version 2 with so many bytes and the shape given.
fn header(bytes: usize, shape: &str) -> Option<String> {
    let mut text = format!("{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}}}");
    text += &" ".repeat(bytes.saturating_sub(text.len() + 1));
    text.push('\n');
    let mut file = b"\x93NUMPY\x02\x00".to_vec();
    file.extend((text.len() as u32).to_le_bytes());
    file.extend(text.as_bytes());
    file.extend(1.0_f64.to_le_bytes());
    said(read_npy(&file))
}

/// The example of the talk with one text for another.
fn model(old: &str, new: &str) -> Option<String> {
    let talk = include_str!("../examples/models/talk.toml");
    assert!(talk.contains(old), "{old}");
    said(Model::read(&talk.replace(old, new)))
}

#[test]
fn files_and_models_are_so_long() {
    hold(&[
        (
            "bytes of a header",
            65_536,
            "65537 bytes: 65536 are read",
            |n| header(n, "(1,)"),
        ),
        ("axes of an array", 64, "more than 64 axes", |n| {
            header(0, &format!("({})", "1,".repeat(n)))
        }),
        (
            "a ladder whose kernel has 10⁸ entries",
            100,
            "entries",
            |d| {
                let talk = include_str!("../examples/models/talk.toml");
                let (title, sizes) = talk.split_once("\n\n").unwrap();
                let sizes = sizes.replace("1/2 d p", "d^2");
                said(Model::read(&format!(
                    "{title}\nladder = [8, 16, {d}]\n\n{sizes}"
                )))
            },
        ),
        ("parentheses of a model", 50, "50", |n| {
            model("1/2 d p", &within("(", "1/2 d p", ")", n))
        }),
        ("bytes of a variance", 199, "a variance is", |n| {
            model("\"1/d\"", &format!("\"1/d{}\"", " ".repeat(n - 3)))
        }),
    ]);
}

/// A value that is taken, and one just beyond it that is refused.
#[test]
fn numbers_reach_up_to_their_bounds() {
    let read = |text: &str| said(Law::parse(text));
    for (taken, refused, words) in [
        ("mp(1e-300)", "mp(0)", "gamma is 0"),
        ("semicircle(1e-300)", "semicircle(0)", "variance is 0"),
        ("uniform(0,1e-300)", "uniform(0,0)", "high"),
        ("arcsine(0,1e-300)", "arcsine(1,1)", "high"),
        (
            "power(1,uniform(0,1))",
            "power(0.999999,uniform(0,1))",
            "exponent is 0.999999",
        ),
        (
            "decompress(1,mp(1))",
            "decompress(1.000001,mp(1))",
            "share is 1.000001",
        ),
        (
            "decompress(0.5,meixner(0,1,0.5,-0.5))",
            "decompress(0.49,meixner(0,1,0.5,-0.5))",
            "at least 0.5",
        ),
        (
            "meixner(0,1,0.5,-1)",
            "meixner(0,1,0.5,-1.001)",
            "variance + excess",
        ),
        ("atoms(1:1e-300,2:1)", "atoms(1:0,2:1)", "0"),
        (
            "atoms(1:0.5000000001,2:0.5)",
            "atoms(1:0.50001,2:0.5)",
            "1.00001",
        ),
        (
            "mix(0.5:mp(1),0.5000000005:mp(2))",
            "mix(0.5:mp(1),0.500001:mp(2))",
            "1.000001",
        ),
        (
            "mp(1)[x]uniform(0,1)",
            "mp(1)[x]uniform(-0.001,1)",
            "-0.001",
        ),
        ("mpmap(1e-300,mp(1))", "mpmap(0,mp(1))", "0"),
        (
            "covariance(1,0.6,1,0.8,atoms(1:1))",
            "covariance(1,0.6,1,0.81,atoms(1:1))",
            "beta²",
        ),
        (
            "covariance(1,1e30,1e30,0,atoms(1:1))",
            "covariance(1,1e30,1.001e30,0,atoms(1:1))",
            "1.001e30",
        ),
    ] {
        assert_eq!(read(taken), None, "{taken}");
        let error = read(refused).unwrap_or_else(|| panic!("{refused} is taken"));
        assert!(error.contains(words), "{refused}: {error}");
    }
}

#[test]
fn shares_reach_from_0_to_1_and_supports_from_1e_minus_75_to_1e75() {
    let law = Law::uniform(0.0, 1.0).unwrap();
    for (taken, refused) in [(0.0, -1e-9), (1.0, 1.0 + 1e-9)] {
        assert_eq!(said(law.quantile(taken)), None);
        assert!(said(law.quantile(refused)).is_some_and(|text| text.contains("between 0 and 1")));
    }
    for (taken, refused) in [(0.99e75, 1.01e75), (1.01e-75, 0.99e-75)] {
        let half = |high: f64| said(Law::uniform(0.0, high).unwrap().cumulative(0.5 * high));
        assert_eq!(half(taken), None, "{taken}");
        assert!(half(refused).is_some_and(|text| text.contains("from 1e-75 to 1e75")));
    }
}

/// An interval that contains the support has room for the rounding of its ends, also where one of two laws is far smaller.
#[test]
fn hulls_have_room_for_the_rounding_of_their_ends() {
    let law = |text: &str| Law::parse(text).unwrap();
    for small in [1e-3, 1e-6] {
        let y = law("mp(1) [+] mp(2)");
        let x = Law::uniform(0.0, small).unwrap();
        let (_, high) = x.classical(&y).unwrap().hull();
        let sum = small + y.hull().1;
        assert!(
            high >= sum * (1.0 + f64::EPSILON) && high <= sum * (1.0 + 1e-13),
            "{small}"
        );
        let (_, high) = x.classical_product(&y).unwrap().hull();
        let product = small * y.hull().1;
        assert!(high >= product * (1.0 + f64::EPSILON) && high <= product * (1.0 + 1e-13));
    }
}

/// Three rows that count are an index; two may count by chance.
#[test]
fn a_column_that_counts_thrice_is_an_index() {
    let read = |text: &str| said(Table::read(text.as_bytes()).unwrap().without_index());
    assert_eq!(read("0,5\n1,6\n"), None);
    assert!(read("0,5\n1,6\n2,7\n").is_some());
    assert!(read("1,5\n2,6\n3,7\n").is_some());
    assert_eq!(read("2,5\n3,6\n4,7\n"), None);
}
