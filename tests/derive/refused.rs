//! What is wrong with a model is said with its line and column.

use super::text;
use tensor_dyson::derive::{Derivation, Model};

/// The example of the talk with one text for another, and how the error begins.
const CASES: [(&str, &str, &str); 30] = [
    (
        "feature = ",
        "featre = ",
        "line 3, column 1: unknown field `featre`",
    ),
    ("feature = ", "feature ", "line 3, column "),
    (
        "ω[a,b] = ",
        "",
        "line 3, column 11: a feature is written with its legs",
    ),
    (
        "ω[a,b] = ",
        "ω[a,a] = ",
        "line 3, column 11: two legs of the feature are called `a`",
    ),
    (
        "x[a] G[k,b] x[k]",
        "x[a] H[k,b] x[k]",
        "line 3, column 26: `H` is neither in [data] nor in [weights]",
    ),
    (
        "x[a] G[k,b] x[k]",
        "x[a] G[k,b] x[j]",
        "line 3, column 33: the letter of index `j`",
    ),
    (
        "x[a] G[k,b] x[k]",
        "x[a] G[k,b] x[b]",
        "line 3, column 33: `x` has slots over (d) and over (p)",
    ),
    (
        "x[a] G[k,b] x[k]",
        "x[a] φ(G[k,b] x[k])",
        "line 3, column 26: `φ(…)`: no function of this name",
    ),
    (
        "x[a] G[k,b] x[k]",
        "x[a] (G[k,b] x[k]) (x[k] x[k])",
        "line 3, column 26: `k` is summed within these parentheses",
    ),
    (
        "1/2 d p",
        "1000000 d p",
        "line 8, column 5: at size 2 an array has 3.6e13 entries",
    ),
    (
        "x[a] G[k,b] x[k]",
        "x[a] G[k,b] x[k] +",
        "line 3, column 39: `end` cannot stand",
    ),
    (
        "x[a] G[k,b] x[k]",
        "x[a] G[k,b] x[c]",
        "line 3, column 21: index `",
    ),
    ("+ G[a,e] G[c,b]", "+ G[a,e G[c,b]", "line 4, column 49: "),
    (
        "p = \"3/2 d\"",
        "p = \"3/2 q\"",
        "line 7, column 5: a size is an expression",
    ),
    (
        "p = \"3/2 d\"\n",
        "",
        "line 3, column 11: 2 sizes have no expression",
    ),
    (
        "n = \"1/2 d p\"",
        "",
        "line 3, column 11: [sizes] has no `n`",
    ),
    (
        "\"gaussian\"\n",
        "\"gausian\"\n",
        "line 11, column 5: no law is called `gausian`",
    ),
    (
        "\"gaussian\", variance",
        "\"normal\", variance",
        "line 14, column 5: no law is called `normal`",
    ),
    (
        "x = \"gaussian\"",
        "x = \"gaussian\"\ny = \"gaussian\"",
        "line 12, column 5: `y` does not occur",
    ),
    (
        "[weights]",
        "[weights]\nx = \"gaussian\"",
        "line 14, column 5: `x` is declared already",
    ),
    (
        "n = \"1/2 d p\"",
        "n = \"d^3\"",
        "line 8, column 5: n grows as the power 3 of the free size, the features as the power 2",
    ),
    (
        "p = \"3/2 d\"",
        "p = \"d^-1\"",
        "line 7, column 5: a size is an expression",
    ),
    (
        "variance = \"1/d\"",
        "variance = \"1 - d\"",
        "line 14, column 5: a variance is a positive expression",
    ),
    (
        "variance = \"1/d\"",
        "variance = -1",
        "line 14, column 5: a variance is a positive expression",
    ),
    (
        "{ law = \"gaussian\", variance = \"1/d\" }",
        "{ covariance = [1, 2] }",
        "line 14, column 5: `G` has 2 slots: the law `covariance` is of a matrix",
    ),
    ("title", "rate = 0.5\ntitle", "line 2, column 8: `rate` is"),
    ("title", "rate = nan\ntitle", "line 2, column 8: `rate` is"),
    (
        "title",
        "ladder = [8, 16, 4000000000000]\ntitle",
        "line 2, column 10: at size 4000000000000 an array has",
    ),
    (
        "title",
        "ladder = [8, 16]\ntitle",
        "line 2, column 10: a ladder is at least 3 sizes",
    ),
    (
        "x[a] G[k,b] x[k]",
        PARENTHESES,
        "line 3, column 71: more than 50 parentheses",
    ),
];

/// What a reader that calls itself for each would not survive, if it were longer.
const PARENTHESES: &str = "((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((x[a]";

#[test]
fn each_error_has_its_place() {
    for (right, wrong, begins) in CASES {
        let whole = text("talk");
        assert!(whole.contains(right), "{right}");
        let error = Model::read(&whole.replacen(right, wrong, 1)).unwrap_err();
        assert!(error.to_string().starts_with(begins), "{wrong}: {error}");
    }
}

/// What is read but has no covariance, or one that is a sum over too many terms.
#[test]
fn models_of_which_nothing_can_be_derived_are_refused() {
    for (feature, message) in [
        (
            "x[a] G[k,b] x[k] - x[a] G[k,b] x[k]",
            "is 0: it is the same for every sample",
        ),
        (
            "x[a] G[k,b] x[k] x[q] x[q] x[s] x[s] x[c] x[c]",
            "16 indices in one term",
        ),
    ] {
        let model = Model::read(&text("talk").replace("x[a] G[k,b] x[k]", feature)).unwrap();
        let error = Derivation::of(model).unwrap_err().to_string();
        assert!(error.contains(message), "{feature}: {error}");
    }
}

/// A file that begins with a byte order mark and has lines that end as on Windows.
#[test]
fn marks_of_editors_are_no_part_of_a_model() {
    let plain = Model::read(&text("structured")).unwrap();
    let marked = format!("\u{feff}{}", text("structured").replace('\n', "\r\n"));
    assert_eq!(Model::read(&marked), Ok(plain));
}

#[test]
fn laws_that_do_not_fit_are_refused() {
    let structured = text("structured");
    for (right, wrong, contains) in [
        (
            "Σ = { covariance = [0.3, 1.7] }",
            "",
            "line 11, column 5: the covariance `Σ`",
        ),
        (
            "[0.3, 1.7]",
            "[1.7, 0.3]",
            "line 15, column 5: eigenvalues from 1.7 to 0.3",
        ),
        (
            "law = \"gaussian\", covariance",
            "law = \"uniform\", covariance",
            "`uniform with a covariance`",
        ),
        (
            "variance = \"1/d\"",
            "varance = 1",
            "line 14, column 5: a law is its name",
        ),
    ] {
        let error = Model::read(&structured.replacen(right, wrong, 1))
            .unwrap_err()
            .to_string();
        assert!(error.contains(contains), "{wrong}: {error}");
    }
}

/// What nobody would find by a wrong place or a word about something else.
#[test]
fn each_error_says_what_is_wrong() {
    let cases = [
        (
            "talk",
            "p = \"3/2 d\"",
            "p = \"3/2 p\"",
            "`p` is written by means of itself",
        ),
        (
            "talk",
            "x[a] G[k,b] x[k]",
            "(x[a] G[k,b] x[k])^2",
            "a power of tensors",
        ),
        (
            "talk",
            "claim = \"[a,b,c,e]",
            "claim = \"[b,a,e,c]",
            "over (d,p,d,p)",
        ),
        (
            "talk",
            "claim = \"[a,b,c,e]",
            "claim = \"[a,b,c,e] x[a] x[c]",
            "`x` is drawn anew",
        ),
        ("conjugate", "\"relu\"", "\"expr:0\"", "is 0 everywhere"),
        (
            "structured",
            "[0.3, 1.7]",
            "[1]",
            "its least and its largest eigenvalue",
        ),
        (
            "talk",
            "title",
            "ladder = [-1, 3, 5]\ntitle",
            "a whole number above 0",
        ),
    ];
    for (model, right, wrong, words) in cases {
        let whole = text(model);
        assert!(whole.contains(right), "{model}: {right}");
        let error = Model::read(&whole.replacen(right, wrong, 1)).unwrap_err();
        assert!(error.to_string().contains(words), "{wrong}: {error}");
    }
}
