//! `medium.txt`: the signed text of a medium.

use crate::digest::Digest;
use crate::register::{ArchiveId, DocumentId, MediumNumber, RecordKind, RecordNumber};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chrono::{DateTime, SecondsFormat, Utc};
use std::str::FromStr;

/// First line of every such text.
const KIND: &str = "letopis/medium/v1";

/// What `medium.txt` says (`docs/formats.md` § 8). No personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediumText {
    /// Whose archive.
    pub archive: ArchiveId,
    /// The medium's number.
    pub medium: MediumNumber,
    /// When it was written, whole seconds.
    pub made: DateTime<Utc>,
    /// The closing it was made for.
    pub closing: DocumentId,
    /// Journals or statements; never both.
    pub kind: RecordKind,
    /// Class of the file plan, the same of all records on it.
    pub retention: String,
    /// The records on it, rising.
    pub records: Vec<RecordNumber>,
    /// How many entries the register on it has.
    pub register_size: u64,
    /// Its root.
    pub register_root: Digest,
    /// Digest of `manifest-sha256.txt`.
    pub manifest: Digest,
}

/// Why a text is no `medium.txt`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MediumTextError {
    /// Not UTF-8, or not `letopis/medium/v1`.
    #[error("the text does not begin with `{KIND}`")]
    Kind,
    /// A line is missing, out of order, or its value does not read.
    #[error("the line `{0} …` is missing or does not read")]
    Line(&'static str),
    /// It reads, but would be written otherwise.
    #[error("the text is not written in its one form")]
    Form,
}

impl MediumText {
    /// The text that is signed.
    pub fn to_text(&self) -> String {
        let records: Vec<String> = self.records.iter().map(RecordNumber::to_string).collect();
        format!(
            "{KIND}\narchive {}\nmedium {}\nmade {}\nclosing {}\nkind {}\nretention {}\nrecords {}\n\
             register-size {}\nregister-root {}\nmanifest-sha256 {}\n",
            self.archive,
            self.medium,
            self.made.to_rfc3339_opts(SecondsFormat::Secs, true),
            self.closing,
            self.kind,
            self.retention,
            records.join(" "),
            self.register_size,
            BASE64.encode(self.register_root.as_bytes()),
            self.manifest,
        )
    }

    /// Reads such a text, strictly.
    ///
    /// # Errors
    /// On anything that [`MediumText::to_text`] would not have written.
    pub fn read(text: &[u8]) -> Result<MediumText, MediumTextError> {
        let text = std::str::from_utf8(text).map_err(|_| MediumTextError::Kind)?;
        let lines = text.strip_prefix(KIND).and_then(|rest| rest.strip_prefix('\n'));
        let mut lines = lines.ok_or(MediumTextError::Kind)?.split('\n');
        let read = MediumText {
            archive: value(lines.next(), "archive")?,
            medium: value(lines.next(), "medium")?,
            made: value(lines.next(), "made")?,
            closing: value(lines.next(), "closing")?,
            kind: value(lines.next(), "kind")?,
            retention: value(lines.next(), "retention")?,
            records: numbers(&value::<String>(lines.next(), "records")?)?,
            register_size: value(lines.next(), "register-size")?,
            register_root: root(&value::<String>(lines.next(), "register-root")?)?,
            manifest: value(lines.next(), "manifest-sha256")?,
        };
        if read.to_text() == text { Ok(read) } else { Err(MediumTextError::Form) }
    }

    /// The name of the volume, in 16 characters of `[A-Z0-9_]` for all numbers of up to eight digits.
    pub(super) fn volume(&self) -> String {
        format!("LETOPIS_{:06}", self.medium.get())
    }
}

fn value<T: FromStr>(line: Option<&str>, key: &'static str) -> Result<T, MediumTextError> {
    let value = line.and_then(|line| line.strip_prefix(key)?.strip_prefix(' '));
    value.and_then(|value| value.parse().ok()).ok_or(MediumTextError::Line(key))
}

fn numbers(text: &str) -> Result<Vec<RecordNumber>, MediumTextError> {
    let read: Option<Vec<_>> = text.split(' ').map(|number| number.parse().ok()).collect();
    read.ok_or(MediumTextError::Line("records"))
}

fn root(text: &str) -> Result<Digest, MediumTextError> {
    let bytes = BASE64.decode(text).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    bytes.map(Digest::from).ok_or(MediumTextError::Line("register-root"))
}
