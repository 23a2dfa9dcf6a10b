//! What laws of every kind answer, kept: values to within their bounds, bounds and the work they took to within a factor.
//!
//! That values are right and bounds hold is asserted elsewhere. Here is seen when a value moves within what is printed
//! of it, when a bound becomes wider or narrower than it was, and when a search takes more steps.

mod asked;
mod compared;

use asked::{VALUES, answers, polynomial};
use compared::Kept;
use tensor_dyson::measure::Law;

/// The answers of laws against their snapshot.
fn kept(name: &str, laws: impl IntoIterator<Item = (String, Law)>) {
    let laws = laws.into_iter();
    let lines: Vec<String> = laws.map(|(text, law)| answers(&text, &law)).collect();
    let mut settings = insta::Settings::clone_current();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/remembered/snapshots");
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_comparator(Box::new(Kept));
    settings.bind(|| insta::assert_snapshot!(name, lines.join("\n")));
}

/// The laws of a file. After an expression ` | values` asks nothing that takes long.
fn expressions(text: &str) -> impl Iterator<Item = (String, Law)> {
    let lines = text
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'));
    lines.map(|line| {
        let expression = line.trim_end_matches(VALUES);
        let law = Law::parse(expression).unwrap_or_else(|error| panic!("{line}: {error}"));
        (line.to_owned(), law)
    })
}

/// A test for each file of expressions.
macro_rules! kept {
    ($($name:ident),* $(,)?) => {
        $(#[test]
        fn $name() {
            kept(stringify!($name), expressions(include_str!(concat!(stringify!($name), ".txt"))));
        })*
    };
}

kept!(plain, free, products, maps, classical, covariances, nested);

#[test]
fn polynomials() {
    let lines = include_str!("polynomials.txt").lines();
    let lines = lines.filter(|l| !l.is_empty() && !l.starts_with('#'));
    kept("polynomials", lines.map(|l| (l.to_owned(), polynomial(l))));
}
