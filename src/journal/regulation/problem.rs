//! What can be wrong with a regulation's file.

use super::{HundredthsError, LimitsError, MarksNeededError, PeriodRuleError};
use crate::journal::checks::UnknownCode;
use std::fmt;

/// Everything wrong with one file. Reads as one line for each problem: file, line, field, what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct RegulationErrors {
    /// The file as the person named it.
    pub file: String,
    /// In the order of the file, never empty.
    pub problems: Vec<RegulationProblem>,
}

/// One problem and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegulationProblem {
    /// Line, from 1. For a missing field the heading of the table it belongs to.
    pub line: usize,
    /// `finals.limits[1].to`; empty where the text is no TOML.
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
    #[error("the field is missing; add it (the regulations that come with Letopis show how)")]
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
    /// No number with two places.
    #[error(transparent)]
    Hundredths(#[from] HundredthsError),
    /// The table of limits contradicts itself.
    #[error(transparent)]
    Limits(#[from] LimitsError),
    /// The table of marks needed has a gap.
    #[error(transparent)]
    MarksNeeded(#[from] MarksNeededError),
    /// No kind of period.
    #[error(transparent)]
    Period(#[from] PeriodRuleError),
    /// No code of a remark.
    #[error(transparent)]
    Code(#[from] UnknownCode),
    /// A grade, or the college groups, named twice.
    #[error("{0} stands in two lines of closes_by; leave it in one")]
    ClosesTwice(String),
    /// Grades nobody said anything about.
    #[error("no line of closes_by names grade {0}; add it to one (or name no grade at all)")]
    ClosesNever(u8),
    /// A rule without grades and subjects would switch off all finals.
    #[error("the rule names neither grades nor subjects; name some, or take the rule out")]
    NoFinalsForAll,
}

impl fmt::Display for RegulationErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, RegulationProblem { line, field, problem }) in self.problems.iter().enumerate() {
            let end = if i == 0 { "" } else { "\n" };
            let field = if field.is_empty() { String::new() } else { format!("{field}: ") };
            write!(f, "{end}{}:{line}: {field}{problem}", self.file)?;
        }
        Ok(())
    }
}
