//! How long what is kept: the file plan (номенклатура дел) and terms of keeping.
//!
//! A [`FilePlan`] gives every kind of record and document exactly one class, and every class one term.
//! The plan in force is a document of the archive; the class of a record stands in its seal, so that a
//! later plan changes nothing about earlier records. [`kept_record`] and [`kept_document`] count the days.

mod kind;
mod plan;
mod terms;

pub use crate::register::RecordKind;
pub use kind::{DocumentKind, Kind, UnknownKind};
pub use plan::{
    ClassId, ClassIdError, FileClass, FilePlan, FilePlanError, FilePlanProblem, PlanFault,
};
pub use terms::{Kept, Term, kept_document, kept_record};
