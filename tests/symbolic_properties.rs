//! Random expressions: the normal form does not depend on how an expression is written, tells apart what
//! the field tells apart, and has the value of the expression.

use quickcheck::{Gen, QuickCheck, Testable};
use std::collections::BTreeMap;
use tensor_dyson::symbolic::{Expression, Factor, Polynomial, ProofError, TensorLaw, Term, Theory};

/// A factor by number and four index numbers; what is out of range is reduced.
type Seed = (u8, u8, u8, u8, u8);

/// Names, the spaces of their slots, and whether the two slots may be exchanged.
const TENSORS: [(&str, &[usize], bool); 4] = [
    ("x", &[0, 1], false),
    ("G", &[1, 2], false),
    ("Y", &[1, 1], true),
    ("T", &[1, 1, 2, 2], false),
];

/// Indices by space; those of the legs come first.
const INDICES: [[&str; 4]; 3] = [
    ["i", "j", "l", "m"],
    ["a", "c", "k", "q"],
    ["b", "e", "f", "g"],
];
const LEGS: [&str; 2] = ["a", "b"];

/// At most this many factors: sums of three indices per space stay short.
const FACTORS: usize = 5;

fn check(cases: u64, property: impl Testable) {
    let random = Gen::from_size_and_seed(6, 20_260_524);
    QuickCheck::new()
        .rng(random)
        .tests(cases)
        .min_tests_passed(cases)
        .quickcheck(property);
}

fn theory() -> Theory {
    let mut theory = Theory::new();
    theory
        .tensors("x[n,d] G[d,p] T[d,d,p,p]")
        .and_then(|t| t.symmetric("Y[d,d]", &[vec![1, 0]]))
        .and_then(|t| t.scalars("z"))
        .unwrap();
    theory
}

/// The factors with their index names.
fn factors(seeds: &[Seed]) -> Vec<(usize, Vec<&'static str>)> {
    let factor = |&(tensor, a, b, c, d): &Seed| {
        let tensor = usize::from(tensor) % TENSORS.len();
        let slots = TENSORS[tensor].1.iter().zip([a, b, c, d]);
        // Three names of each space, so that indices meet.
        (
            tensor,
            slots
                .map(|(&space, index)| INDICES[space][usize::from(index) % 3])
                .collect(),
        )
    };
    seeds.iter().take(FACTORS).map(factor).collect()
}

/// `[a,b] coefficient factors`, with δ[i] for each index that would stand alone.
fn written(coefficient: &str, factors: &[(usize, Vec<&str>)]) -> String {
    let mut text = format!("[a,b] {coefficient}");
    let mut counts: BTreeMap<&str, usize> = LEGS.iter().map(|leg| (*leg, 0)).collect();
    for (tensor, indices) in factors {
        text += &format!(" {}[{}]", TENSORS[*tensor].0, indices.join(","));
        indices
            .iter()
            .for_each(|index| *counts.entry(index).or_default() += 1);
    }
    let alone = counts
        .iter()
        .filter(|(index, count)| **count < 2 - usize::from(LEGS.contains(index)));
    alone.for_each(|(index, _)| text += &format!(" δ[{index}]"));
    text
}

#[test]
fn the_normal_form_does_not_depend_on_names_or_order() {
    fn property(seeds: Vec<Seed>, shift: u8, rotation: u8) -> bool {
        let theory = theory();
        let factors = factors(&seeds);
        let rename = |index: &&'static str| {
            let (space, k) = (0..3)
                .find_map(|s| Some((s, INDICES[s].iter().position(|name| name == index)?)))
                .unwrap();
            // Summed indices move around; the legs `a` and `b` stay.
            let free = usize::from(space > 0);
            if k < free {
                *index
            } else {
                INDICES[space][free + (k - free + usize::from(shift)) % (4 - free)]
            }
        };
        let mut renamed: Vec<_> = factors
            .iter()
            .map(|(tensor, indices)| {
                let mut indices: Vec<_> = indices.iter().map(rename).collect();
                if TENSORS[*tensor].2 {
                    indices.reverse();
                }
                (*tensor, indices)
            })
            .collect();
        let by = usize::from(rotation) % renamed.len().max(1);
        renamed.rotate_left(by);
        let normal = |factors: &[(usize, Vec<&str>)]| {
            theory
                .expression(&written("3 z", factors))
                .unwrap()
                .normal_form()
        };
        normal(&factors) == normal(&renamed)
    }
    check(2000, property as fn(Vec<Seed>, u8, u8) -> bool);
}

#[test]
fn one_swapped_index_is_refuted_wherever_it_changes_a_value() {
    fn property(seeds: Vec<Seed>, at: u8, to: u8) -> bool {
        let theory = theory();
        let factors = factors(&seeds);
        let mut swapped = factors.clone();
        if let Some((tensor, indices)) = swapped.first_mut() {
            let slot = usize::from(at) % indices.len();
            indices[slot] = INDICES[TENSORS[*tensor].1[slot]][usize::from(to) % 3];
        }
        let outcome = theory
            .prove("")
            .from(&written("z", &factors))
            .and_then(|p| p.is("swapped", &written("z", &swapped)));
        match outcome {
            // Equal forms: the field agreed, or the step would not stand.
            Ok(_) => true,
            Err(ProofError::Refuted(refutation)) => refutation.witness().is_some(),
            Err(_) => false,
        }
    }
    check(600, property as fn(Vec<Seed>, u8, u8) -> bool);
}

#[test]
fn one_wrong_coefficient_is_always_refuted() {
    fn property(seeds: Vec<Seed>, coefficient: u8) -> bool {
        let theory = theory();
        let factors = factors(&seeds);
        let [right, wrong] = [0, 1].map(|k| format!("{} z", u32::from(coefficient) + k));
        let outcome = theory
            .prove("")
            .from(&written(&right, &factors))
            .and_then(|p| p.is("a wrong coefficient", &written(&wrong, &factors)));
        matches!(outcome, Err(ProofError::Refuted(refutation)) if refutation.witness().is_some())
    }
    check(600, property as fn(Vec<Seed>, u8) -> bool);
}

#[test]
fn one_missing_pairing_is_always_refuted() {
    fn property(seeds: Vec<Seed>, drop: u8) -> bool {
        let theory = theory();
        let mut factors = factors(&seeds);
        factors.truncate(2);
        let pair = [("i", "a"), ("i", "c"), ("j", "k"), ("j", "q")].map(|(i, a)| (0, vec![i, a]));
        factors.extend(pair);
        let expression = theory.expression(&written("1", &factors)).unwrap();
        let Ok(expectation) = expression.expected("x", &TensorLaw::Gaussian) else {
            return false;
        };
        let terms = expectation.terms().len();
        if terms == 0 {
            // An odd number of x's: nothing to drop.
            return factors.iter().filter(|(tensor, _)| *tensor == 0).count() % 2 == 1;
        }
        let dropped = usize::from(drop) % terms;
        let pairing = expectation.parts().nth(dropped).unwrap();
        let outcome = theory
            .prove("")
            .from_expression(expression)
            .and_then(|p| p.expect("over x", "x", &TensorLaw::Gaussian))
            .and_then(|p| {
                p.follows_expression("a pairing short", expectation.minus(&pairing)?, &[])
            });
        matches!(outcome, Err(ProofError::Refuted(refutation)) if refutation.witness().is_some())
    }
    check(300, property as fn(Vec<Seed>, u8) -> bool);
}

#[test]
fn polynomials_are_read_as_they_are_written() {
    fn property(terms: Vec<(i8, u8, u8)>) -> bool {
        let theory = theory();
        let term = |&(c, n, z): &(i8, u8, u8)| {
            let powers = &Polynomial::symbol("n", i32::from(n % 5) - 2)
                * &Polynomial::symbol("z", i32::from(z % 4));
            let third = Polynomial::from(3).reciprocal().unwrap();
            &(&Polynomial::from(i64::from(c)) * &third) * &powers
        };
        let polynomial: Polynomial = terms.iter().map(term).sum();
        let read = theory.expression(&polynomial.to_string()).unwrap();
        read.as_polynomial() == Some(polynomial)
    }
    check(200, property as fn(Vec<(i8, u8, u8)>) -> bool);
}

#[test]
fn the_normal_form_has_the_value_of_the_expression() {
    fn property(seeds: Vec<Seed>) -> bool {
        let theory = theory();
        let expression = theory
            .expression(&written("z/2", &factors(&seeds)))
            .unwrap();
        let (written, normal) = (values(&expression), values(&expression.normal_form()));
        // At most 5 factors below 1 and 3¹² summands: far below the tolerance's 2⁵² / 10⁻⁹.
        written
            .iter()
            .zip(&normal)
            .all(|(a, b)| (a - b).abs() <= 1e-9 * (1.0 + a.abs()))
    }
    check(600, property as fn(Vec<Seed>) -> bool);
}

/// The values over the two legs at `n = 2, d = 3, p = 2`, in floating point, from the public fields alone.
fn values(expression: &Expression) -> Vec<f64> {
    let legs: Vec<usize> = expression
        .legs()
        .iter()
        .map(|leg| size(leg.space.dimension()))
        .collect();
    assignments(&legs)
        .iter()
        .map(|legs| {
            expression
                .terms()
                .iter()
                .map(|term| value(term, legs))
                .sum()
        })
        .collect()
}

fn value(term: &Term, legs: &[usize]) -> f64 {
    let sizes: Vec<usize> = term
        .summed
        .iter()
        .map(|index| size(index.space.dimension()))
        .collect();
    let coefficient: f64 = term
        .coefficient
        .terms()
        .map(|(monomial, value)| {
            let powers = monomial
                .powers()
                .map(|(s, k)| if **s == *"z" { 0.7f64 } else { size(s) as f64 }.powi(k as i32));
            let [numerator, denominator] =
                [value.numer(), value.denom()].map(|x| x.to_string().parse::<f64>().unwrap());
            numerator / denominator * powers.product::<f64>()
        })
        .sum();
    let product = |summed: &Vec<usize>| -> f64 {
        let at = |&k: &usize| {
            legs.get(k)
                .copied()
                .unwrap_or_else(|| summed[k - legs.len()])
        };
        term.factors
            .iter()
            .map(|factor| {
                let slots: Vec<usize> = factor.indices().iter().map(at).collect();
                match factor {
                    Factor::Delta(_) => f64::from(u8::from(slots.windows(2).all(|w| w[0] == w[1]))),
                    Factor::Entry(tensor, _) => entry(tensor.name(), &slots),
                }
            })
            .product()
    };
    coefficient * assignments(&sizes).iter().map(product).sum::<f64>()
}

/// A fixed generic number below 1 for each entry, symmetric for `Y`.
fn entry(name: &str, slots: &[usize]) -> f64 {
    let mut slots = slots.to_vec();
    if name == "Y" {
        slots.sort_unstable();
    }
    let place = slots
        .iter()
        .fold(name.len() + name.as_bytes()[0] as usize, |place, slot| {
            place * 7 + slot
        });
    (place as f64 * 0.754_877_666).sin()
}

fn size(dimension: &str) -> usize {
    match dimension {
        "d" => 3,
        _ => 2,
    }
}

fn assignments(sizes: &[usize]) -> Vec<Vec<usize>> {
    sizes.iter().fold(vec![Vec::new()], |all, &size| {
        let extend =
            |prefix: Vec<usize>| (0..size).map(move |k| [prefix.as_slice(), &[k]].concat());
        all.into_iter().flat_map(extend).collect()
    })
}
