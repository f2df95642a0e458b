//! What the catalogue answers: plain values.

use crate::digest::Digest;
use crate::journal::{ClassName, PeriodId};
use crate::key::Fingerprint;
use crate::register::{
    DocumentId, DocumentNamed, Entry, LocationId, RecordKind, RecordNumber, Sealed, SignedFile,
    StoredPath,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A record as the register tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordView {
    /// Its number.
    pub record: RecordNumber,
    /// Its directory below a location.
    pub path: StoredPath,
    /// Journal or statement.
    pub kind: RecordKind,
    /// Whose.
    pub class: ClassName,
    /// Of which period.
    pub period: PeriodId,
    /// Class of the file plan.
    pub retention: String,
    /// When its entry was written.
    pub sealed: DateTime<Utc>,
    /// Digest of `seal.txt`.
    pub seal: Digest,
    /// Digest of `package.zip`.
    pub package: Digest,
    /// Size of `package.zip` in bytes.
    pub bytes: u64,
    /// The record it replaces.
    pub replaces: Option<RecordNumber>,
    /// The record that replaced it.
    pub replaced_by: Option<RecordNumber>,
    /// Place of its `sealed` entry in the register.
    pub seq: u64,
    /// Signatures in register order.
    pub signatures: Vec<SignatureView>,
}

/// A signature as the register tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatureView {
    /// Who signed.
    pub key: Fingerprint,
    /// When its entry was written.
    pub signed: DateTime<Utc>,
    /// Place of the entry.
    pub seq: u64,
    /// The files that hold it.
    pub files: Vec<SignedFile>,
    /// Whether it makes the record signed: by a director's key valid at the entry.
    pub counts: bool,
}

impl RecordView {
    pub(super) fn sealed(sealed: &Sealed, entry: &Entry) -> RecordView {
        RecordView {
            record: sealed.record,
            path: sealed.path.clone(),
            kind: sealed.kind,
            class: sealed.class.clone(),
            period: sealed.period,
            retention: sealed.retention.clone(),
            sealed: entry.time,
            seal: sealed.seal,
            package: sealed.package,
            bytes: sealed.bytes,
            replaces: sealed.replaces,
            replaced_by: None,
            seq: entry.seq,
            signatures: Vec::new(),
        }
    }

    /// Whether no later record replaces this one.
    pub fn is_current(&self) -> bool {
        self.replaced_by.is_none()
    }

    /// Whether a valid director's signature is there.
    pub fn is_signed(&self) -> bool {
        self.signatures.iter().any(|signature| signature.counts)
    }

    /// The files of the record's directory with the digests the register names.
    pub fn files(&self) -> impl Iterator<Item = (&str, Digest)> {
        let sealed = [("package.zip", self.package), ("seal.txt", self.seal)];
        let signed = self.signatures.iter().flat_map(|signature| &signature.files);
        sealed.into_iter().chain(signed.map(|file| (file.name.as_str(), file.sha256)))
    }
}

/// A document as the register tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentView {
    /// Its id.
    pub document: DocumentId,
    /// Its directory below a location.
    pub path: StoredPath,
    /// Digest of `document.json`.
    pub sha256: Digest,
    /// Class of the file plan.
    pub retention: String,
    /// Name of the event that named it.
    pub event: String,
    /// When.
    pub written: DateTime<Utc>,
    /// Place of the entry.
    pub seq: u64,
}

impl DocumentView {
    pub(super) fn named(document: &DocumentNamed, entry: &Entry) -> DocumentView {
        DocumentView {
            document: document.document,
            path: document.path.clone(),
            sha256: document.sha256,
            retention: document.retention.clone(),
            event: entry.event.name().to_owned(),
            written: entry.time,
            seq: entry.seq,
        }
    }
}

/// The locations in force, as the register tells of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locations {
    /// The one that is appended to first.
    pub primary: LocationId,
    /// The one that follows; `None` from a promotion until another one is added.
    pub second: Option<LocationId>,
}
