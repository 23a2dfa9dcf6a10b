//! Answers without what is long or differs from run to run.

use serde_json::Value;
use std::path::Path;

/// Of a longer list every so many entries are kept.
const KEPT: usize = 8;

/// The first entry, the last one, and those at even steps between, after how many there were.
fn thinned<T: Clone>(entries: &[T], count: impl FnOnce(String) -> T) -> Vec<T> {
    if entries.len() <= 3 * KEPT {
        return entries.to_vec();
    }
    let last = entries.len() - 1;
    let kept = (0..=KEPT).map(|k| entries[k * last / KEPT].clone());
    let count = count(format!("{} entries", entries.len()));
    [count].into_iter().chain(kept).collect()
}

/// Long lists thinned, everywhere in a value, and what is rounding and nothing else left out.
fn shorter(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            if fields.get("kind").is_some_and(|kind| kind == "rounding") {
                fields.remove("distance");
            }
            fields.values_mut().for_each(shorter);
        }
        Value::Array(list) => {
            *list = thinned(list, Value::from);
            list.iter_mut().for_each(shorter);
        }
        _ => {}
    }
}

fn json(text: &str) -> Option<String> {
    let mut value: Value = serde_json::from_str(text).ok().filter(Value::is_object)?;
    shorter(&mut value);
    let text = serde_json::to_string_pretty(&value).unwrap();
    // Times that were taken.
    let timed = |line: &&str| !line.trim_start().starts_with("\"seconds\"");
    Some(text.lines().filter(timed).collect::<Vec<_>>().join("\n") + "\n")
}

/// What a program prints, without its progress; times are masked, and errors that are rounding and nothing else.
pub(crate) fn said(text: &str) -> String {
    if let Some(text) = json(text) {
        return text;
    }
    let lines = text.lines().filter(|line| !is_progress(line));
    let text: String = lines.map(|line| masked(line) + "\n").collect();
    let mut parts = text.split("[rounding");
    let first = parts.next().unwrap_or("").to_owned();
    parts.fold(first, |text, part| text + "[rounding" + &unrounded(part))
}

/// `2/5 name 0.1 s`, in whatever order they end.
fn is_progress(line: &str) -> bool {
    let counts = line.split(' ').next().and_then(|word| word.split_once('/'));
    counts.is_some_and(|(k, n)| k.parse::<u32>().is_ok() && n.parse::<u32>().is_ok())
}

/// `, 3 cases]: R ≤ 1` of an error within its allowance.
fn unrounded(part: &str) -> String {
    let Some((cases, rest)) = part.split_once("]:") else {
        return part.to_owned();
    };
    let found = rest.split_whitespace().next().unwrap_or("");
    match rest.split_whitespace().nth(1) {
        Some("≤") => format!("{cases}]:{}", rest.replacen(found, "R", 1)),
        _ => part.to_owned(),
    }
}

/// `0.12 s` as `T s`.
fn masked(line: &str) -> String {
    let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
    for k in 1..words.len() {
        let is_time = words[k].trim_end_matches([',', ';', ')']) == "s";
        if is_time && words[k - 1].parse::<f64>().is_ok() {
            words[k - 1] = "T".to_owned();
        }
    }
    words.join(" ")
}

/// Everything between two marks replaced.
fn between(text: &str, open: &str, close: &str, shown: impl Fn(&str) -> String) -> String {
    let mut parts = text.split(open);
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (inner, after) = part.split_once(close).unwrap_or((part, ""));
        out = out + open + &shown(inner) + close + after;
    }
    out
}

/// A drawing with a tag a line, its curves thinned; a page without its style and scripts.
fn drawing(text: &str) -> String {
    let thin = |points: &str| {
        let points: Vec<String> = points.split(' ').map(str::to_owned).collect();
        thinned(&points, |count| count).join(" ")
    };
    let text = between(text, " points=\"", "\"", thin);
    let text = between(&text, " d=\"", "\"", thin);
    let text = between(&text, "<style>", "</style>", |_| String::new());
    let text = between(&text, "<script", "</script>", |_| String::new());
    let timeless = |cell: &str| match cell.rsplit('>').next() {
        Some(seconds) if seconds.contains('.') => "T".to_owned(),
        _ => cell.to_owned(),
    };
    let text = between(&text, "<td class=\"n\" ", "</td>", timeless);
    masked(&text.replace('\n', " \n "))
        .replace(" \n ", "\n")
        .replace("><", ">\n<")
}

/// The content of a file that was written.
pub(crate) fn file(path: &Path, bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("svg" | "html") => drawing(&text),
        Some("json") => said(&text),
        Some("csv") => text.into_owned(),
        _ => format!("{} bytes\n", bytes.len()),
    }
}
