//! Paths that entries name.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Path of a file or directory below a location (or below a record's directory): segments of
/// `[A-Za-z0-9._-]` joined by `/`, at most 255 bytes. It cannot lead out of the place it is below:
/// no segment is empty, `.` or `..`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StoredPath(String);

/// A text is no path below a location.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no path below a location; it must be names of [A-Za-z0-9._-] joined by `/`")]
pub struct StoredPathError(String);

/// Longest path in bytes; 200 of them must fit into an entry of 65,535 bytes.
const MAX_PATH: usize = 255;

impl StoredPath {
    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_segment(text: &str) -> bool {
    let known = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    !text.is_empty() && text != "." && text != ".." && text.bytes().all(known)
}

impl TryFrom<String> for StoredPath {
    type Error = StoredPathError;

    fn try_from(text: String) -> Result<Self, StoredPathError> {
        if text.len() <= MAX_PATH && text.split('/').all(is_segment) {
            Ok(StoredPath(text))
        } else {
            Err(StoredPathError(text))
        }
    }
}

impl FromStr for StoredPath {
    type Err = StoredPathError;
    fn from_str(text: &str) -> Result<Self, StoredPathError> {
        StoredPath::try_from(text.to_owned())
    }
}

impl From<StoredPath> for String {
    fn from(path: StoredPath) -> String {
        path.0
    }
}

impl fmt::Display for StoredPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
