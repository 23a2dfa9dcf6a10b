//! Texts broken to fit a terminal.

use textwrap::{Options, WordSplitter, WrapAlgorithm, fill};

/// Columns of a terminal.
pub const WIDTH: usize = 100;

/// Each line of the text broken at spaces to at most [`WIDTH`] columns, its first part indented by `first` columns and what
/// follows by `rest`. A word that is longer stays whole.
pub fn wrapped(text: &str, first: usize, rest: usize) -> String {
    let (first, rest) = (" ".repeat(first), " ".repeat(rest));
    let options = Options::new(WIDTH)
        .initial_indent(&first)
        .subsequent_indent(&rest)
        .break_words(false)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    let lines: Vec<String> = text.split('\n').map(|line| fill(line, &options)).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn lines_fit_and_words_stay_whole() {
        let long = "x".repeat(120);
        let text = format!("{}{long} end", "σ′ = x; ".repeat(14));
        let lines = wrapped(&text, 2, 4);
        let widths: Vec<usize> = lines.lines().map(UnicodeWidthStr::width).collect();
        assert_eq!(widths, [100, 16, 124, 7]);
        assert!(lines.starts_with("  σ′ = x; ") && lines.ends_with("\n    end"));
        assert_eq!(wrapped("a\n  b", 0, 4), "a\n  b");
        assert_eq!(wrapped("", 0, 4), "");
    }

    /// ŷ as two characters takes one column.
    #[test]
    fn columns_are_counted_not_characters() {
        let line = "y\u{302} ".repeat(WIDTH / 2);
        assert_eq!(wrapped(line.trim_end(), 0, 4).lines().count(), 1);
    }
}
