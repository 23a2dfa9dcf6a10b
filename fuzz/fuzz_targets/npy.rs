#![no_main]

#[path = "../../tests/fuzz_corpus/targets.rs"]
#[allow(dead_code)]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::npy(bytes));
