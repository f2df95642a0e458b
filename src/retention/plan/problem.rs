//! What can be wrong with a file plan.

use super::ClassIdError;
use crate::retention::Kind;
use std::fmt;

/// Everything wrong with one file plan; one line for each problem: file, line, field, what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct FilePlanError {
    /// The file as the person named it.
    pub file: String,
    /// In the order of the file, never empty.
    pub problems: Vec<FilePlanProblem>,
}

/// One problem and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePlanProblem {
    /// Line, from 1. For a missing field the heading of the class it belongs to.
    pub line: usize,
    /// What it is.
    pub fault: PlanFault,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanFault {
    /// The text is no TOML.
    #[error("{0}; correct the line")]
    Syntax(String),
    /// A field that has to be there.
    #[error("the field `{0}` is missing; add it")]
    Missing(&'static str),
    /// A field that does not exist.
    #[error("there is no field `{0}`; correct its name or take it out")]
    Unknown(String),
    /// A value of another type.
    #[error("`{field}` must be {expected}, not a value of type {found}")]
    Type {
        /// The field.
        field: &'static str,
        /// What belongs there.
        expected: &'static str,
        /// The TOML type found.
        found: &'static str,
    },
    /// A text that says nothing, or does not fit into a line of a form.
    #[error("`{0}` must be a line of text: not empty, without line ends; fill it in")]
    Line(&'static str),
    /// No name of a class.
    #[error(transparent)]
    Id(#[from] ClassIdError),
    /// Two classes of one name.
    #[error("the class `{id}` is already in line {first}; give one of them another id")]
    IdTwice {
        /// The id.
        id: String,
        /// Line of the first one.
        first: usize,
    },
    /// Years out of 1–100.
    #[error("`years` is {0}; write 1 to 100, or `permanent = true`")]
    Years(String),
    /// `permanent = false` says nothing.
    #[error("`permanent` can only be true; write `years` instead")]
    NotPermanent,
    /// Neither `years` nor `permanent`.
    #[error("the class has no term; add `years = …` or `permanent = true`")]
    NoTerm,
    /// Both `years` and `permanent`.
    #[error("the class has two terms; keep `years` or `permanent`")]
    TwoTerms,
    /// Nothing would ever be put into the class.
    #[error("the class has neither `records` nor `documents`; name some kinds or take it out")]
    NoKinds,
    /// No kind of record or document.
    #[error("`{found}` is no kind in `{field}`; known are: {known}")]
    UnknownKind {
        /// `records` or `documents`.
        field: &'static str,
        /// The word.
        found: String,
        /// What could stand there.
        known: String,
    },
    /// A kind in two places: its term would be a guess.
    #[error("the kind `{kind}` is already in line {first}; leave it in one class")]
    KindTwice {
        /// The kind.
        kind: Kind,
        /// Line of the first place.
        first: usize,
    },
    /// A kind nobody knows the term of.
    #[error("no class has the kind `{0}`; add it to `{list}` of one", list = list_of(*.0))]
    KindNowhere(Kind),
}

fn list_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Record(_) => "records",
        Kind::Document(_) => "documents",
    }
}

impl fmt::Display for FilePlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, FilePlanProblem { line, fault }) in self.problems.iter().enumerate() {
            let end = if i == 0 { "" } else { "\n" };
            write!(f, "{end}{}:{line}: {fault}", self.file)?;
        }
        Ok(())
    }
}
