//! What happens to records, documents and paper copies (`docs/formats.md` § 5.1).

use crate::digest::Digest;
use crate::journal::{ClassName, PeriodId};
use crate::key::Fingerprint;
use crate::register::{CopyNumber, DocumentId, RecordKind, RecordNumber, SheetRun, StoredPath};
use serde::{Deserialize, Serialize};

/// Members of `plan-adopted`, `settings-changed`, `staff-roster`, `pupils-matched`: the document itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentNamed {
    /// The document.
    pub document: DocumentId,
    /// Its directory below a location.
    pub path: StoredPath,
    /// Digest of its `document.json`.
    pub sha256: Digest,
    /// Its class of the file plan.
    pub retention: String,
}

/// Members of `sealed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// The record.
    pub record: RecordNumber,
    /// Its directory below a location.
    pub path: StoredPath,
    /// Journal or statement.
    pub kind: RecordKind,
    /// Whose journal.
    pub class: ClassName,
    /// Of which period.
    pub period: PeriodId,
    /// Class of the file plan.
    pub retention: String,
    /// Digest of `seal.txt`.
    pub seal: Digest,
    /// Digest of `package.zip`.
    pub package: Digest,
    /// Size of `package.zip` in bytes, below 2^53.
    pub bytes: u64,
    /// The record it replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<RecordNumber>,
}

/// Members of `replaced`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    /// The record that was replaced.
    pub record: RecordNumber,
    /// Its successor.
    pub by: RecordNumber,
    /// How many pages differ.
    pub pages_changed: u32,
    /// Which ones, by their numbers.
    pub pages: Vec<u32>,
}

/// Members of `signed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// The record.
    pub record: RecordNumber,
    /// Who signed.
    pub key: Fingerprint,
    /// The signatures' files in the record's directory.
    pub files: Vec<SignedFile>,
}

/// A file that was added to a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedFile {
    /// Its name in the record's directory.
    pub name: StoredPath,
    /// Its digest.
    pub sha256: Digest,
}

/// Members of `printed`: the document is the copy itself, as it was printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    /// The copy's number.
    pub copy: CopyNumber,
    /// Of which record.
    pub record: RecordNumber,
    /// Its sheets in order, without a gap from 1.
    pub sheets: Vec<SheetRun>,
    /// The document that holds it.
    #[serde(flatten)]
    pub named: DocumentNamed,
}

/// Members of `reprinted`: the same sheets once more, because some were jammed, spoilt or lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reprinted {
    /// The copy.
    pub copy: CopyNumber,
    /// The first sheet.
    pub from: u32,
    /// The last sheet.
    pub to: u32,
}
