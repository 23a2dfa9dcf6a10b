//! The feature of every sample, from its text.

use super::equation::Equation;
use super::notation::{readable, summands, written};

impl Equation<'_> {
    /// The feature as it is written, each tensor of the data with the index of its row; what holds none stands in every row.
    pub(super) fn rows(&self) -> String {
        let all = summands(&self.model.feature.text).into_iter();
        let all = all.flat_map(|summand| self.multiplied(&summand).unwrap_or(vec![summand]));
        let whole: String = all.map(|summand| self.row(&summand)).collect();
        // The first summand has no sign, or a minus.
        let whole = whole.trim_start();
        whole.strip_prefix('+').unwrap_or(whole).to_owned()
    }

    /// A summand with its parentheses multiplied out, some of whose products may hold no data; `None` of one without,
    /// or with functions.
    fn multiplied(&self, summand: &str) -> Option<Vec<String>> {
        if !summand.contains('(') || !self.model.functions.is_empty() {
            return None;
        }
        let plain = summand.trim().trim_start_matches('+');
        let text = format!("[{}] {plain}", self.model.feature.legs.join(","));
        let whole = self.model.theory().ok()?.expression(&text).ok()?;
        Some(summands(&format!(
            " + {}",
            readable(self.model, &whole, &[])
        )))
    }

    fn row(&self, summand: &str) -> String {
        let index = &self.sample.index;
        let text: Vec<char> = summand.chars().collect();
        let (mut whole, mut at, mut is_random) = (String::new(), 0, false);
        for item in written(summand) {
            let end = item.at + item.name.chars().count();
            whole.extend(text.iter().skip(at).take(end.saturating_sub(at)));
            at = end;
            if self.model.data.iter().any(|data| data.name == item.name) {
                is_random = true;
                match (text.get(end), item.indices.is_empty()) {
                    (Some('['), false) => whole += &format!("[{index},"),
                    (Some('['), true) => whole += &format!("[{index}"),
                    _ => whole += &format!("[{index}]"),
                }
                at += usize::from(text.get(end) == Some(&'['));
            }
        }
        whole.extend(text.iter().skip(at));
        if !is_random {
            whole += &format!(" δ[{index}] ");
        }
        whole
    }
}
