//! What a record is of.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Journals and summary statements: kept for different terms, never on the same write-once medium.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecordKind {
    /// Классный журнал.
    Journal,
    /// Сводная ведомость.
    Statement,
}

/// A text names no kind of record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no kind of record; there are `journal` and `statement`")]
pub struct RecordKindError(String);

impl fmt::Display for RecordKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RecordKind::Journal => "journal",
            RecordKind::Statement => "statement",
        })
    }
}

impl FromStr for RecordKind {
    type Err = RecordKindError;

    fn from_str(text: &str) -> Result<Self, RecordKindError> {
        match text {
            "journal" => Ok(RecordKind::Journal),
            "statement" => Ok(RecordKind::Statement),
            other => Err(RecordKindError(other.to_owned())),
        }
    }
}
