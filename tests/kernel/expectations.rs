//! Expectations of order up to 8 under skew laws against exact enumeration, and laws that do not exist.

use super::{refused, theory};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};
use tensor_dyson::symbolic::{Assumption, Expression, Factor, Polynomial, TensorLaw};

/// Values with their probabilities: mean 0, and skew; the second takes three values.
const SKEW: [&[(i64, i64, i64)]; 2] = [
    // (value, numerator, denominator of its probability)
    &[(2, 1, 3), (-1, 2, 3)],
    &[(3, 1, 4), (0, 1, 4), (-1, 1, 4), (-2, 1, 4)],
];

fn rational(numerator: i64, denominator: i64) -> BigRational {
    BigRational::new(BigInt::from(numerator), BigInt::from(denominator))
}

/// Cumulants of orders 1 to 8 from the moments, by the recursion `κ_k = m_k − Σ_{j<k} C(k−1, j−1) κ_j m_{k−j}`.
fn law(values: &[(i64, i64, i64)]) -> TensorLaw {
    let moment = |k: u32| {
        let terms = values.iter().map(|&(x, a, b)| rational(x.pow(k) * a, b));
        terms.fold(BigRational::zero(), |sum, term| sum + term)
    };
    let mut cumulants: Vec<BigRational> = Vec::new();
    for k in 1..=8_u32 {
        let mut cumulant = moment(k);
        let mut binomial = 1_i64;
        for j in 1..k {
            cumulant -= rational(binomial, 1) * &cumulants[j as usize - 1] * moment(k - j);
            binomial = binomial * i64::from(k - j) / i64::from(j);
        }
        cumulants.push(cumulant);
    }
    TensorLaw::Cumulants(cumulants.into_iter().map(Polynomial::constant).collect())
}

/// The mean of a scalar expression in `x[n,d]` by enumeration of all its entries' values at n = 2, d = 2.
fn enumerated(expression: &Expression, values: &[(i64, i64, i64)]) -> BigRational {
    let mut mean = BigRational::zero();
    for outcome in 0..values.len().pow(4) {
        let entry = |k: usize| values[outcome / values.len().pow(k as u32) % values.len()];
        let probability = (0..4).fold(BigRational::one(), |p, k| {
            p * rational(entry(k).1, entry(k).2)
        });
        let mut sum = BigRational::zero();
        for term in expression.terms() {
            for assignment in 0..1_usize << term.summed.len() {
                let at = |index: usize| assignment >> index & 1;
                let factor = |factor: &Factor| match factor {
                    Factor::Entry(_, slots) => {
                        rational(entry(2 * at(slots[0]) + at(slots[1])).0, 1)
                    }
                    Factor::Delta(slots) => {
                        rational(i64::from(slots.iter().all(|&v| at(v) == at(slots[0]))), 1)
                    }
                };
                let scale = term.coefficient.as_constant().unwrap();
                sum += term
                    .factors
                    .iter()
                    .map(factor)
                    .fold(scale, |product, x| product * x);
            }
        }
        mean += probability * sum;
    }
    mean
}

/// A block of three needs κ₃, of five κ₅: each of these has a term with an odd number of equal entries.
#[test]
fn expectations_under_skew_laws_agree_with_enumeration() {
    let theory = theory(|t| t.tensors("x[n,d]")).unwrap();
    for text in [
        "x[i,a] x[i,a] x[i,a]",
        "x[i,a] x[i,c] x[j,a] x[j,c]",
        "x[i,a] x[i,a] x[i,a] x[j,a] x[j,a] x[j,a]",
        "x[i,a] x[i,c] x[j,a] x[j,c] x[i,a]",
        "x[i,a] x[i,a] x[i,c] x[i,c] x[i,c] x[j,c] x[j,a]",
        "x[i,a] x[i,a] x[i,a] x[i,a] x[i,a] x[j,c] x[j,c] x[j,c]",
        "x[i,a] x[i,c] x[j,a] x[j,c] x[i,a] x[i,c] x[j,a] x[j,c]",
        "2 x[i,a] x[j,a] x[i,c] δ[j] δ[c] - 3 x[i,a] x[i,a] x[i,a] x[j,c] δ[j] δ[c]",
    ] {
        for values in SKEW {
            let law = law(values);
            assert_eq!(law.exists(), Ok(()));
            let expression = theory.expression(text).unwrap();
            let mean = expression
                .expected("x", &law)
                .unwrap()
                .as_polynomial()
                .unwrap();
            let two = Polynomial::from(2);
            let at_two = mean
                .substitute("n", &two)
                .and_then(|mean| mean.substitute("d", &two));
            let value = at_two.unwrap().as_constant().unwrap();
            assert_eq!(
                value,
                enumerated(&expression, values),
                "{text} under {values:?}"
            );
            // The kernel takes it, and a block of three left out is refuted.
            let begun = theory.prove("").from(text).unwrap();
            let proof = begun.expect("", "x", &law).unwrap();
            let no_skewness = match &law {
                TensorLaw::Cumulants(given) => {
                    let mut given = given.clone();
                    given[2] = Polynomial::zero();
                    TensorLaw::Cumulants(given)
                }
                other => other.clone(),
            };
            let wrong = expression.expected("x", &no_skewness).unwrap();
            if wrong != expression.expected("x", &law).unwrap() {
                refused(
                    proof.follows_expression("", wrong, &[]).map(|p| p.done()),
                    "the sides differ",
                );
            }
        }
    }
}

#[test]
fn a_law_that_does_not_exist_is_refused_and_the_others_are_printed() {
    let theory = theory(|t| t.scalars("κ₄ i")?.tensors("x[n,d]")).unwrap();
    let over = |cumulants: Vec<Polynomial>| {
        let begun = theory.prove("").from("x[i,a] x[i,a]").unwrap();
        begun
            .expect("over X", "x", &TensorLaw::Cumulants(cumulants))
            .map(|p| p.done())
    };
    let numbers = |given: &[i64]| over(given.iter().map(|k| Polynomial::from(*k)).collect());
    for impossible in [
        &[0, -1][..],
        &[0, 1, 0, -3],
        &[0, 1, 3, 0],
        &[0, 0, 1],
        &[0, 1, 0, -2, 0, 17],
        &[1, 0, 0, 0, 0, 1],
        &[0, 1, 1, -2],
        &[7, 0, 1],
    ] {
        refused(numbers(impossible), "no law has these cumulants");
    }
    // Entries that are real have real cumulants.
    let unit = Polynomial::symbol("i", 1);
    refused(
        over(vec![Polynomial::zero(), unit.clone()]),
        "no law has these cumulants",
    );
    let formal = vec![Polynomial::zero(), Polynomial::symbol("κ₄", 1), unit];
    refused(over(formal), "no law has these cumulants");
    let printed = numbers(&[0, 1, 2, 2]).unwrap().to_string();
    assert!(
        printed.contains("over X: x with entries with the cumulants 0, 1, 2, 2"),
        "{printed}"
    );
    let kurtosis = Polynomial::symbol("κ₄", -1);
    let formal = over(vec![
        Polynomial::zero(),
        Polynomial::one(),
        Polynomial::zero(),
        kurtosis,
    ])
    .unwrap();
    let printed = formal.to_string();
    assert!(
        printed.contains("the formal cumulants 0, 1, 0, 1/κ₄"),
        "{printed}"
    );
    let symbol = "κ₄".to_string();
    assert!(formal.assumptions().any(|a| *a
        == Assumption::NotZero {
            symbol: symbol.clone()
        }));
}
