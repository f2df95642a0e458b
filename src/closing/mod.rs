//! The closing (закрытие): the holiday procedure, from its days to the shelf.
//!
//! Pure values, no I/O and no clock: [`calendar`] holds school years, days off and the counting of days, [`procedure`]
//! the ordered steps as data, [`plan`] puts both together: the dates a person confirms before a closing is opened.
//! [`Closing`] is the fold over its entries; `enter` says which entries an action makes, or which rule refuses it.

pub mod calendar;
pub mod plan;
pub mod procedure;

mod enter;
mod facts;
mod fold;
mod in_force;
mod problem;
mod progress;
mod refusal;
mod tasks;
mod toml_table;

pub use enter::{Desk, FolderDraft, Pages, Sheets, Voided, Whole, page_of};
pub use facts::{ClassFacts, PageFact};
pub use fold::{ClassState, Closing, Done, FoldError, Folder, Held, PageNoted, Signature};
pub use in_force::{ClassSheets, InForce, TextFile};
pub use problem::{FileErrors, FileProblem, Problem};
pub use progress::{COPIES_OF_A_RECORD, Progress};
pub use refusal::{Lack, Refusal};
pub use tasks::Task;

#[cfg(test)]
mod tests;
