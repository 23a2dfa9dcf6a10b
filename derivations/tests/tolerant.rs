//! Texts that are the same but for the rounding of their numbers: rounding differs between machines, words do not.

use insta::comparator::Comparator;
use insta::{Settings, Snapshot};

/// Whether two numbers are the same up to rounding.
pub(crate) type Near = fn(f64, f64) -> bool;

/// Snapshots of which the numbers need only be near one another.
pub(crate) struct Tolerant(pub(crate) Near);

impl Comparator for Tolerant {
    fn matches(&self, reference: &Snapshot, test: &Snapshot) -> bool {
        match (reference.as_text(), test.as_text()) {
            (Some(a), Some(b)) => same(&a.to_string(), &b.to_string(), self.0),
            _ => false,
        }
    }
    fn dyn_clone(&self) -> Box<dyn Comparator> {
        Box::new(Tolerant(self.0))
    }
}

/// Snapshots in a folder, under their own names, compared as [`Tolerant`] does.
pub(crate) fn in_snapshots(folder: &str, near: Near, assertions: impl FnOnce()) {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_comparator(Box::new(Tolerant(near)));
    settings.bind(assertions);
}

/// Whether two texts differ in nothing but numbers that are near one another.
pub(crate) fn same(a: &str, b: &str, near: Near) -> bool {
    let (mut a, mut b) = (a.trim_end(), b.trim_end());
    while !a.is_empty() && !b.is_empty() {
        let ((x, after_a), (y, after_b)) = (word(a), word(b));
        let agree = match (x.parse::<f64>(), y.parse::<f64>()) {
            _ if x == y => true,
            (Ok(x), Ok(y)) => near(x, y),
            _ => false,
        };
        if !agree {
            return false;
        }
        (a, b) = (after_a, after_b);
    }
    a.is_empty() && b.is_empty()
}

/// The number that a text begins with, or all before the next one; and what follows.
fn word(text: &str) -> (&str, &str) {
    let length = match number(text) {
        0 => {
            let later = text.char_indices().skip(1).map(|(at, _)| at);
            let mut later = later.filter(|at| number(&text[*at..]) > 0);
            later.next().unwrap_or(text.len())
        }
        length => length,
    };
    text.split_at(length)
}

/// How long the number is that a text begins with: a sign, digits, a point and digits, a power of ten.
fn number(text: &str) -> usize {
    let digits = |at: usize| {
        let digit = |b: &&u8| b.is_ascii_digit();
        text.as_bytes()[at..].iter().take_while(digit).count()
    };
    let sees = |at: usize, marks: &[u8]| text.as_bytes().get(at).is_some_and(|b| marks.contains(b));
    let start = usize::from(sees(0, b"+-"));
    let whole = digits(start);
    if whole == 0 {
        return 0;
    }
    let mut end = start + whole;
    if sees(end, b".") && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    if sees(end, b"e") {
        let power = end + 1 + usize::from(sees(end + 1, b"+-"));
        if digits(power) > 0 {
            end = power + digits(power);
        }
    }
    end
}
