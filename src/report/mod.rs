//! What a run prints and writes, and the program that does it. Nothing here knows of any paper.

mod about;
#[cfg(feature = "program")]
mod arguments;
mod certificates;
mod claim_html;
mod errata;
mod graph;
mod heat_map;
mod html;
mod json;
mod lines;
mod live;
mod math;
mod picture;
mod plot;
#[cfg(feature = "program")]
mod program;
mod scene;
mod scripts;
mod style;
mod table;
mod tensor_lines;

pub use crate::numerals::{as_written, complex_as_written};
pub use about::{About, Live};
#[cfg(feature = "program")]
pub use arguments::Arguments;
pub use certificates::write_certificates;
pub use errata::{errata, errata_lines};
pub use heat_map::heat_map;
pub use html::{ReportError, RunOf, page, write_report};
pub use json::write_json;
pub use lines::{WIDTH, wrapped};
pub use math::{TexError, text_with_math};
pub use picture::{Picture, PictureError};
pub use plot::{svg, svg_file};
#[cfg(feature = "program")]
pub use program::Program;
pub use table::{Detail, argument_lines, closing_count, outcome_lines};
pub use tensor_lines::{Entry, tensor_lines};
