//! The targets of `fuzz/` on a fixed small corpus, and on what small damages make of it.

mod targets;

use rand::{Rng, RngExt};
use std::path::Path;
use std::time::{Duration, Instant};
use tensor_dyson::model::Streams;

/// A file with one to four damages: a byte changed, some left out, some repeated, or an extreme number put in.
fn damaged(bytes: &[u8], rng: &mut impl Rng) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..rng.random_range(1..=4) {
        if bytes.is_empty() {
            bytes.push(rng.random());
            continue;
        }
        let at = rng.random_range(0..bytes.len());
        let end = (at + rng.random_range(1..=8)).min(bytes.len());
        match rng.random_range(0..5) {
            0 => bytes[at] = rng.random(),
            1 => bytes[at] ^= 1 << rng.random_range(0..8),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let again = bytes[at..end].repeat(rng.random_range(1..=40));
                bytes.splice(at..at, again);
            }
            _ => {
                let extreme: [&[u8]; 6] = [
                    b"9223372036854775807",
                    b"\xff\xff\xff\xff",
                    b"\0\0\0\0",
                    b"1e308",
                    b"-",
                    b"(",
                ];
                bytes.splice(at..end, extreme[rng.random_range(0..6)].to_vec());
            }
        }
    }
    bytes
}

/// Damages to each file of the corpus.
const DAMAGES: usize = 150;
/// The longest that one input may take: a thousand times what the longest of them takes.
const PATIENCE: Duration = Duration::from_secs(10);

#[test]
fn no_input_of_the_corpus_or_near_it_panics_or_takes_long() {
    type Target = (&'static str, fn(&[u8]));
    let all: [Target; 5] = [
        ("npy", targets::npy),
        ("npz", targets::npz),
        ("csv", targets::csv),
        ("law", targets::law),
        ("index", targets::index),
    ];
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz_corpus");
    let mut rng = Streams::new(1, "fuzz corpus").stream(0);
    for (kind, target) in all {
        let entries = std::fs::read_dir(corpus.join(kind)).unwrap();
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        assert!(paths.len() >= 10, "{kind}");
        for path in paths {
            let bytes = std::fs::read(&path).unwrap();
            let mut inputs = vec![bytes.clone()];
            inputs.extend((0..DAMAGES).map(|_| damaged(&bytes, &mut rng)));
            for input in inputs {
                let start = Instant::now();
                let outcome = std::panic::catch_unwind(|| target(&input));
                let shown = String::from_utf8_lossy(&input).into_owned();
                assert!(outcome.is_ok(), "{} panics: {shown:?}", path.display());
                assert!(
                    start.elapsed() < PATIENCE,
                    "{} takes long: {shown:?}",
                    path.display()
                );
            }
        }
    }
}
