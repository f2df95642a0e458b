//! Numbers of records.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

/// The number of a record: 1 and up, written with six digits (`000123`), more when needed; an integer
/// in JSON. A number is never used twice, nor is one that an unfinished run left behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct RecordNumber(NonZeroU32);

/// Why something is no record number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordNumberError {
    /// Numbers begin with 1.
    #[error("there is no record 0; records are numbered from 1")]
    Zero,
    /// Not 1–10 decimal digits, or above 4,294,967,295.
    #[error("`{0}` is no record number; write it like 123 or 000123")]
    Text(String),
}

impl RecordNumber {
    /// The first record of an archive.
    pub const FIRST: RecordNumber = RecordNumber(NonZeroU32::MIN);

    /// The record with this number.
    ///
    /// # Errors
    /// For 0.
    pub fn new(number: u32) -> Result<Self, RecordNumberError> {
        NonZeroU32::new(number).map(RecordNumber).ok_or(RecordNumberError::Zero)
    }

    /// The number, at least 1.
    pub fn get(self) -> u32 {
        self.0.get()
    }

    /// The number after this one; `None` after 4,294,967,295.
    pub fn next(self) -> Option<RecordNumber> {
        self.0.checked_add(1).map(RecordNumber)
    }
}

impl FromStr for RecordNumber {
    type Err = RecordNumberError;

    fn from_str(text: &str) -> Result<Self, RecordNumberError> {
        let bad = || RecordNumberError::Text(text.to_owned());
        let digits = (1..=10).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if !digits {
            return Err(bad());
        }
        RecordNumber::new(text.parse().map_err(|_| bad())?)
    }
}

impl TryFrom<u32> for RecordNumber {
    type Error = RecordNumberError;
    fn try_from(number: u32) -> Result<Self, RecordNumberError> {
        RecordNumber::new(number)
    }
}

impl From<RecordNumber> for u32 {
    fn from(number: RecordNumber) -> u32 {
        number.get()
    }
}

impl fmt::Display for RecordNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:06}", self.0)
    }
}
