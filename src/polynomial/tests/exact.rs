//! The linearisation, exactly.

use num_traits::One;

use super::super::letter::spelled;
use super::super::scalar::{Exact, Matrix, written};
use super::{free, parsed, rectangular};

fn rows(text: &str, rectangle: bool) -> Vec<String> {
    let variables = if rectangle { rectangular() } else { free() };
    let linearisation = parsed(text, &variables).linearisation();
    let lines = linearisation.entries.iter().zip(&linearisation.dimensions);
    lines
        .map(|(row, dimension)| format!("{} | {dimension}", row.join(", ")))
        .collect()
}

#[test]
fn linearisations_are_those_of_the_slides() {
    assert_eq!(rows("X*X'", true), ["z, -X | n", "-X', 1 | d"]);
    assert_eq!(rows("1 + 2*a", false), ["z - 1 - 2*a | dim(a)"]);
    assert_eq!(
        rows("a*b + b*a", false),
        [
            "z, -b, -a | dim(a)",
            "-b, 0, 1 | dim(a)",
            "-a, 1, 0 | dim(a)"
        ]
    );
    assert_eq!(
        rows("X*D*X'", true),
        ["z, 0, -X | n", "0, -D, 1 | d", "-X', 1, 0 | d"]
    );
    // Nothing that can be left out: a product of the talk's kind has as many blocks as factors.
    assert_eq!(rows("X*W*W'*X'", true).len(), 4);
    assert_eq!(rows("a*b*a + b - a*b*a", false), ["z - b | dim(a)"]);
}

/// What the Schur complement is, is decided exactly: any entry that is changed is found.
#[test]
fn an_error_in_a_linearisation_is_found() {
    for (text, variables) in [
        ("a*b + b*a", free()),
        ("a*p*a + 2*a - 1", free()),
        ("X*D*X' + Y*Y'", rectangular()),
        ("inv(2 + X*D*X')", rectangular()),
    ] {
        let polynomial = parsed(text, &variables);
        let proved = |pencil: super::super::Pencil| {
            pencil
                .proved(&polynomial.series, &polynomial.symbols)
                .is_ok()
        };
        assert!(proved(polynomial.pencil.clone()));
        let n = polynomial.pencil.constant.rows;
        let changed = |matrix: &Matrix, at: (usize, usize)| {
            Matrix::from_fn(n, n, |i, j| {
                let entry = matrix.at(i, j).clone();
                if (i, j) == at || (j, i) == at {
                    entry + Exact::one()
                } else {
                    entry
                }
            })
        };
        for i in 0..n {
            for j in 0..=i {
                let mut planted = polynomial.pencil.clone();
                planted.constant = changed(&planted.constant, (i, j));
                // The zero block of the corner's row may hold a constant only with others to match.
                assert!(!proved(planted), "{text}: constant {i} {j}");
            }
        }
        for letter in polynomial.pencil.terms.keys() {
            let mut planted = polynomial.pencil.clone();
            planted.terms.remove(letter);
            let name = spelled(&[*letter], &polynomial.symbols);
            assert!(!proved(planted), "{text}: without {name}");
        }
    }
}

#[test]
fn moments_are_exact_numbers() {
    let exact = |text: &str, rectangle: bool, count| -> Vec<String> {
        let variables = if rectangle { rectangular() } else { free() };
        let moments = parsed(text, &variables).moments(count).unwrap().unwrap();
        moments
            .into_iter()
            .map(|m| written(&Exact::new(m, num_traits::Zero::zero())))
            .collect()
    };
    // Catalan numbers; the moments of MP^{1/2}; the cumulants of `ab + ba` are 0, 2, 0, 2, …
    assert_eq!(
        exact("a", false, 8),
        ["1", "0", "1", "0", "2", "0", "5", "0", "14"]
    );
    assert_eq!(exact("X*X'", true, 3), ["1", "1", "3/2", "11/4"]);
    assert_eq!(exact("a*b + b*a", false, 4), ["1", "0", "2", "0", "10"]);
    // Free projections of mass ½ and ¾ and their product: φ(fgf) = 3/8, φ((fgf)²) = φ(fgfg).
    assert_eq!(exact("f*g*f", false, 2), ["1", "3/8", "21/64"]);
}
