//! What a claim is, how it is judged, and the run over all of them. Nothing here knows of any paper.

mod claim;
mod evidence;
mod figure;
mod ladder;
mod model;
mod printed;
mod proved;
mod rounds;
mod run;
mod sampled;
mod text;
mod verdict;

pub use crate::numbers::largest;
pub use claim::{CheckError, Claim, Context, Finding, Made, Size};
pub use evidence::{Kind, Measurement};
pub use figure::{Axis, Figure, Scale, Series, Shape};
pub use ladder::{Ladder, LadderError, Rate};
pub use model::{
    Comparison, Distances, Predicted, SpectralModel, Transform, compare, kolmogorov_distance,
};
pub use printed::{Erratum, Open, Printed, PrintedVerdict};
pub use run::{Outcome, run};
pub use sampled::MeanTest;
pub use text::plain_text;
pub use verdict::Verdict;
