//! The holiday procedure: which steps a closing has, and on which days they fall.
//!
//! Pure values: [`calendar`] holds school years, days off and the counting of days, [`procedure`] the ordered
//! steps as data. [`plan`] puts both together: the dates a person confirms before a closing is opened.

pub mod calendar;
pub mod plan;
pub mod procedure;

mod problem;
mod toml_table;

pub use problem::{FileErrors, FileProblem, Problem};
