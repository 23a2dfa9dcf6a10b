//! What is wrong with a model is said with its line and column.

use super::text;
use tensor_dyson::derive::Model;

/// The example of the talk with one text for another, and how the error begins.
const CASES: [(&str, &str, &str); 17] = [
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
        "line 3, column 11: a feature is written with its legs",
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
        "line 3, column 26: `φ(…)`",
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
        "line 3, column 11: a size is an expression",
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
];

#[test]
fn each_error_has_its_place() {
    for (right, wrong, begins) in CASES {
        let whole = text("talk");
        assert!(whole.contains(right), "{right}");
        let error = Model::read(&whole.replacen(right, wrong, 1)).unwrap_err();
        assert!(error.to_string().starts_with(begins), "{wrong}: {error}");
    }
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
