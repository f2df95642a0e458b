//! What can be wrong with a file of the closing: a calendar or a procedure.

use super::calendar::CalendarFault;
use super::procedure::StepFault;
use crate::journal::{ClassNameError, PeriodError};
use crate::register::StepIdError;
use crate::staff::UnknownRole;
use std::fmt;

/// Everything wrong with one file. Reads as one line for each problem: file, line, field, what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct FileErrors {
    /// The file as the person named it.
    pub file: String,
    /// In the order of the file, never empty.
    pub problems: Vec<FileProblem>,
}

/// One problem and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileProblem {
    /// Line, from 1. For a missing field the heading of the table it belongs to.
    pub line: usize,
    /// `steps[1].role`; empty where the text is no TOML.
    pub field: String,
    /// What it is.
    pub problem: Problem,
}

/// What is wrong with a field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The text is no TOML.
    #[error("{0}; correct the line")]
    Syntax(String),
    /// A field that has to be there.
    #[error("the field is missing; add it (the files that come with Letopis show how)")]
    Missing,
    /// A field that does not exist.
    #[error("there is no such field; correct its name or take it out")]
    Unknown,
    /// A value of another type.
    #[error("here stands a value of type {found}; write {expected}")]
    Type {
        /// What belongs here.
        expected: &'static str,
        /// The TOML type found.
        found: &'static str,
    },
    /// An empty text or list where it would say nothing.
    #[error("the value is empty; fill it or take the field out")]
    Empty,
    /// A number outside its range.
    #[error("{given} is out of range; write a whole number from {least} to {most}")]
    Range {
        /// The number as written.
        given: String,
        /// The smallest allowed.
        least: u32,
        /// The largest allowed.
        most: u32,
    },
    /// A day no year has, or one with a time.
    #[error("`{0}` is no day; write it like 2025-10-25, without a time")]
    Day(String),
    /// A word that is not one of the few.
    #[error("`{given}` is not known here; write {known}")]
    Word {
        /// The word as written.
        given: String,
        /// The words that are known.
        known: String,
    },
    /// No school year, or no period.
    #[error(transparent)]
    Period(#[from] PeriodError),
    /// No name of a group.
    #[error(transparent)]
    ClassName(#[from] ClassNameError),
    /// A role nobody holds.
    #[error(transparent)]
    Role(#[from] UnknownRole),
    /// A calendar that contradicts itself.
    #[error(transparent)]
    Calendar(#[from] CalendarFault),
    /// No name of a step.
    #[error(transparent)]
    StepId(#[from] StepIdError),
    /// A step nobody can take, or not in this order.
    #[error(transparent)]
    Step(#[from] StepFault),
}

impl fmt::Display for FileErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, FileProblem { line, field, problem }) in self.problems.iter().enumerate() {
            let end = if i == 0 { "" } else { "\n" };
            let field = if field.is_empty() { String::new() } else { format!("{field}: ") };
            write!(f, "{end}{}:{line}: {field}{problem}", self.file)?;
        }
        Ok(())
    }
}
