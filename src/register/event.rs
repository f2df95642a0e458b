//! What can happen to an archive: one type per row of `docs/formats.md` § 5.1.

use super::written;
use super::{
    ArchiveId, CopyNumber, DocumentId, KeyTerms, LocationId, OrderRef, RecordKind, RecordNumber,
    SheetRun, StaffId, StoredPath,
};
use crate::digest::Digest;
use crate::journal::{ClassName, PeriodId};
use crate::key::{Fingerprint, KeyRole, PublicKey, Signature};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What an entry tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// The archive was created; always entry 0, and only there.
    ArchiveCreated(ArchiveCreated),
    /// A file plan (номенклатура дел) is in force from here.
    PlanAdopted(DocumentNamed),
    /// Settings of the school are in force from here.
    SettingsChanged(DocumentNamed),
    /// The staff roster from here.
    StaffRoster(DocumentNamed),
    /// A person said which pupils of several periods are one.
    PupilsMatched(DocumentNamed),
    /// A key joins.
    KeyAdded(KeyAdded),
    /// A key is good for nothing that comes after this entry.
    KeyRevoked(KeyRevoked),
    /// A record was sealed.
    Sealed(Sealed),
    /// A record has a successor.
    Replaced(Replaced),
    /// A record was signed.
    Signed(Signed),
    /// A numbered paper copy of a record was printed.
    Printed(Printed),
    /// Sheets of a paper copy were printed again.
    Reprinted(Reprinted),
    /// A director signed what the register was.
    CheckpointWitnessed(CheckpointWitnessed),
    /// Files were restored from the other location.
    Repaired(Repaired),
    /// A location joins.
    LocationAdded(LocationAdded),
    /// Another location became the primary one.
    Restored(Restored),
    /// From here the checkpoint is signed by another log key.
    LogKeyChanged(LogKeyChanged),
    /// An event this program does not know: kept, shown as a notice, otherwise ignored. Its members
    /// are in the entry's text alone, so it cannot be written from this.
    #[serde(skip)]
    Unknown {
        /// The event's name.
        name: String,
    },
}

/// Members of `archive-created`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveCreated {
    /// The archive.
    pub archive: ArchiveId,
    /// The key that signs checkpoints.
    pub log_key: PublicKey,
    /// The location that is appended to first.
    pub primary: LocationId,
    /// The other one.
    pub second: LocationId,
}

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

/// Members of `key-added`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyAdded {
    /// Fingerprint of `public_key`.
    pub key: Fingerprint,
    /// Always Ed25519.
    pub algorithm: Algorithm,
    /// The key.
    pub public_key: PublicKey,
    /// What it may be used for.
    pub role: KeyRole,
    /// Whose it is.
    pub staff: StaffId,
    /// Valid from this moment.
    #[serde(with = "written::seconds")]
    pub from: DateTime<Utc>,
    /// Up to this moment, not including it.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "written::optional_seconds")]
    pub until: Option<DateTime<Utc>>,
    /// The appointing order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderRef>,
    /// The key's own signature over [`KeyTerms::possession_text`].
    pub possession: Signature,
    /// Another key's signature over [`KeyTerms::endorsement_text`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endorsement: Option<Endorsement>,
}

impl KeyAdded {
    /// What the possession signature and the endorsement of this key were made over.
    pub fn terms(&self, archive: ArchiveId) -> KeyTerms {
        KeyTerms {
            archive,
            public_key: self.public_key,
            role: self.role,
            staff: self.staff,
            from: self.from,
            until: self.until,
            order: self.order.clone(),
        }
    }
}

/// The algorithm of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Algorithm {
    /// Ed25519 (RFC 8032).
    Ed25519,
}

/// A signature by a known key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endorsement {
    /// Who signed.
    pub key: Fingerprint,
    /// The signature.
    pub signature: Signature,
}

/// Members of `key-revoked`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRevoked {
    /// The key.
    pub key: Fingerprint,
    /// Why.
    pub reason: RevocationReason,
}

/// Why a key was revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum RevocationReason {
    /// Nobody has it any more.
    Lost,
    /// Somebody else may have it.
    Compromised,
    /// Its holder left the school or the post.
    Left,
    /// Its holder has another one.
    Superseded,
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

/// Members of `checkpoint-witnessed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckpointWitnessed {
    /// Who signed.
    pub key: Fingerprint,
    /// How many entries the register had.
    pub size: u64,
    /// Its root at that size; base64 in JSON.
    #[serde(with = "written::root")]
    pub root: Digest,
    /// Signature over [`super::CheckpointWitness::to_text`].
    pub signature: Signature,
}

/// Members of `repaired`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repaired {
    /// Where files were restored.
    pub location: LocationId,
    /// How many.
    pub files: u64,
    /// The first 200 of them, below the location.
    pub paths: Vec<StoredPath>,
}

impl Repaired {
    /// How many paths an entry names at most, so that it stays below 65,535 bytes.
    pub const MAX_PATHS: usize = 200;

    /// The repair of these files: all are counted, [`Repaired::MAX_PATHS`] are named.
    pub fn new(location: LocationId, mut paths: Vec<StoredPath>) -> Repaired {
        let files = paths.len() as u64;
        paths.truncate(Repaired::MAX_PATHS);
        Repaired { location, files, paths }
    }
}

/// Members of `location-added`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocationAdded {
    /// The location.
    pub location: LocationId,
    /// What it is for.
    pub role: LocationRole,
}

/// Which of the two locations it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LocationRole {
    /// The one appended to first.
    Primary,
    /// The one that follows.
    Second,
}

/// Members of `restored`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// The promoted location.
    pub location: LocationId,
    /// How many entries its register had.
    pub size: u64,
    /// The root at that size; base64 in JSON.
    #[serde(with = "written::root")]
    pub root: Digest,
    /// Size of the largest checkpoint known of, when it was larger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_size: Option<u64>,
    /// Its root; base64 in JSON.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "written::optional_root")]
    pub known_root: Option<Digest>,
}

/// Members of `log-key-changed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogKeyChanged {
    /// The new log key.
    pub log_key: PublicKey,
    /// How many entries the register had as it was found.
    pub size: u64,
    /// The root at that size; base64 in JSON.
    #[serde(with = "written::root")]
    pub root: Digest,
    /// A director's signature over [`super::LogKeyEndorsement::to_text`].
    pub endorsement: Endorsement,
}

impl Event {
    /// The document this event names, if it names one.
    pub fn document(&self) -> Option<&DocumentNamed> {
        match self {
            Event::PlanAdopted(named)
            | Event::SettingsChanged(named)
            | Event::StaffRoster(named)
            | Event::PupilsMatched(named) => Some(named),
            Event::Printed(printed) => Some(&printed.named),
            _ => None,
        }
    }

    /// Names of all events this program knows.
    pub const NAMES: [&'static str; 17] = [
        "archive-created",
        "plan-adopted",
        "settings-changed",
        "staff-roster",
        "pupils-matched",
        "key-added",
        "key-revoked",
        "sealed",
        "replaced",
        "signed",
        "printed",
        "reprinted",
        "checkpoint-witnessed",
        "repaired",
        "location-added",
        "restored",
        "log-key-changed",
    ];

    /// The name of the event as it stands in the entry.
    pub fn name(&self) -> &str {
        match self {
            Event::ArchiveCreated(_) => "archive-created",
            Event::PlanAdopted(_) => "plan-adopted",
            Event::SettingsChanged(_) => "settings-changed",
            Event::StaffRoster(_) => "staff-roster",
            Event::PupilsMatched(_) => "pupils-matched",
            Event::KeyAdded(_) => "key-added",
            Event::KeyRevoked(_) => "key-revoked",
            Event::Sealed(_) => "sealed",
            Event::Replaced(_) => "replaced",
            Event::Signed(_) => "signed",
            Event::Printed(_) => "printed",
            Event::Reprinted(_) => "reprinted",
            Event::CheckpointWitnessed(_) => "checkpoint-witnessed",
            Event::Repaired(_) => "repaired",
            Event::LocationAdded(_) => "location-added",
            Event::Restored(_) => "restored",
            Event::LogKeyChanged(_) => "log-key-changed",
            Event::Unknown { name } => name,
        }
    }
}
