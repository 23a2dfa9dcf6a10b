//! What a run prints and writes.

mod json;
mod table;

pub use json::{WriteError, write_json, write_whole};
pub use table::{closing_count, outcome_lines};
