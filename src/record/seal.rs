//! The seal (свидетельство): a short text that names a record, its digests and its time.

use super::RecordKind;
use crate::digest::Digest;
use crate::journal::{ClassName, PeriodId};
use crate::register::{ArchiveId, RecordNumber};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chrono::{DateTime, SecondsFormat, Utc};

/// First line of every seal.
const KIND: &str = "letopis/seal/v1";

/// What `seal.txt` says (`docs/formats.md` § 2.5). No personal data, no digest of unsalted content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// Whose archive.
    pub archive: ArchiveId,
    /// The record's number.
    pub record: RecordNumber,
    /// The school's id, without spaces.
    pub school_id: String,
    /// The school's name when the seal was made.
    pub school_name: String,
    /// Journal or summary statement.
    pub kind: RecordKind,
    /// «7А».
    pub class: ClassName,
    /// `2025-26/q1`.
    pub period: PeriodId,
    /// Class of the file plan.
    pub retention: String,
    /// When it was sealed, whole seconds.
    pub sealed: DateTime<Utc>,
    /// Digest of `package.zip`.
    pub package: Digest,
    /// Root of the tree of disclosure cards.
    pub cards_root: Digest,
    /// Leaves of that tree, a power of two of at least 32.
    pub cards_size: u32,
    /// The record this one replaces, and the digest of its seal.
    pub replaces: Option<(RecordNumber, Digest)>,
}

/// Why a text is no seal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Not UTF-8, or not `letopis/seal/v1`.
    #[error("the text does not begin with `{KIND}`")]
    Kind,
    /// A line is missing, out of order, or more than expected.
    #[error("line {line}: expected `{expected} …`")]
    Line {
        /// From 1.
        line: usize,
        /// The key that belongs there.
        expected: &'static str,
    },
    /// A value does not read.
    #[error("`{key}` does not read")]
    Value {
        /// Whose value.
        key: &'static str,
    },
    /// It reads, but would be written otherwise.
    #[error("the seal is not written in its one form")]
    Form,
}

impl Seal {
    /// The text that is signed.
    pub fn to_text(&self) -> String {
        let replaces = self.replaces.map_or("-".to_owned(), |(n, seal)| format!("{n} {seal}"));
        format!(
            "{KIND}\narchive {}\nrecord {}\nschool {} {}\nkind {}\nclass {}\nperiod {}\nretention {}\n\
             sealed {}\npackage-sha256 {}\ncards-root {}\ncards-size {}\nreplaces {}\n",
            self.archive,
            self.record,
            self.school_id,
            self.school_name,
            self.kind,
            self.class,
            self.period,
            self.retention,
            self.sealed.to_rfc3339_opts(SecondsFormat::Secs, true),
            self.package,
            BASE64.encode(self.cards_root.as_bytes()),
            self.cards_size,
            replaces,
        )
    }

    /// Reads a seal, strictly.
    ///
    /// # Errors
    /// On anything that [`Seal::to_text`] would not have written.
    pub fn read(text: &[u8]) -> Result<Seal, SealError> {
        let text = std::str::from_utf8(text).map_err(|_| SealError::Kind)?;
        let mut lines = Lines { lines: text.split('\n'), line: 1 };
        if lines.lines.next() != Some(KIND) {
            return Err(SealError::Kind);
        }
        let archive = lines.value("archive")?;
        let record = lines.value("record")?;
        let school: String = lines.value("school")?;
        let (school_id, school_name) =
            school.split_once(' ').ok_or(SealError::Value { key: "school" })?;
        let seal = Seal {
            archive,
            record,
            school_id: school_id.to_owned(),
            school_name: school_name.to_owned(),
            kind: lines.value("kind")?,
            class: lines.value("class")?,
            period: lines.value("period")?,
            retention: lines.value("retention")?,
            sealed: lines.value("sealed")?,
            package: lines.value("package-sha256")?,
            cards_root: root(&lines.value::<String>("cards-root")?)?,
            cards_size: lines.value("cards-size")?,
            replaces: replaces(&lines.value::<String>("replaces")?)?,
        };
        if seal.to_text() == text { Ok(seal) } else { Err(SealError::Form) }
    }
}

struct Lines<'a> {
    lines: std::str::Split<'a, char>,
    line: usize,
}

impl Lines<'_> {
    fn value<T: std::str::FromStr>(&mut self, key: &'static str) -> Result<T, SealError> {
        self.line += 1;
        let missing = SealError::Line { line: self.line, expected: key };
        let line = self.lines.next().ok_or(missing.clone())?;
        let value =
            line.strip_prefix(key).and_then(|rest| rest.strip_prefix(' ')).ok_or(missing)?;
        value.parse().map_err(|_| SealError::Value { key })
    }
}

fn root(text: &str) -> Result<Digest, SealError> {
    let bytes = BASE64.decode(text).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    bytes.map(Digest::from).ok_or(SealError::Value { key: "cards-root" })
}

fn replaces(text: &str) -> Result<Option<(RecordNumber, Digest)>, SealError> {
    if text == "-" {
        return Ok(None);
    }
    let bad = SealError::Value { key: "replaces" };
    let (number, seal) = text.split_once(' ').ok_or(bad.clone())?;
    match (number.parse(), seal.parse()) {
        (Ok(number), Ok(seal)) => Ok(Some((number, seal))),
        _ => Err(bad),
    }
}
