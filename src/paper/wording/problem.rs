//! What can be wrong with a form's file.

use std::fmt;

/// Everything wrong with the files. Reads as one line for each problem: file, line, field, what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct WordingErrors {
    /// By file and line, never empty.
    pub problems: Vec<WordingProblem>,
}

/// One problem and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordingProblem {
    /// `journal.toml`.
    pub file: String,
    /// Line, from 1. For a missing field the heading of the table it belongs to.
    pub line: usize,
    /// `title.heading`; empty where the text is no TOML.
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
    #[error("the field is missing; add it (the forms that come with Letopis show how)")]
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
    /// An empty text or list.
    #[error("the value is empty; fill it")]
    Empty,
    /// A placeholder this text has no value for.
    #[error("there is no placeholder {{{name}}} here; {known}")]
    Placeholder {
        /// As written, without braces.
        name: String,
        /// Which ones there are.
        known: String,
    },
    /// A brace that opens or closes nothing.
    #[error("a brace stands alone; write {{{{ or }}}} where a brace is to be printed")]
    Brace,
    /// A word that is none of a fixed few.
    #[error("`{given}` is not known here; write one of {known}")]
    Word {
        /// As written.
        given: String,
        /// Which ones there are.
        known: String,
    },
    /// A file of a name no form has.
    #[error("no form is read from a file of this name; there are {0}")]
    NoSuchFile(String),
    /// Two own files of one name.
    #[error("the file stands twice; leave one")]
    FileTwice,
}

impl fmt::Display for WordingErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, WordingProblem { file, line, field, problem }) in self.problems.iter().enumerate() {
            let end = if i == 0 { "" } else { "\n" };
            let field = if field.is_empty() { String::new() } else { format!("{field}: ") };
            write!(f, "{end}{file}:{line}: {field}{problem}")?;
        }
        Ok(())
    }
}
