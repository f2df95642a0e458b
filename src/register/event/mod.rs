//! What can happen to an archive: one type per row of `docs/formats.md` § 5.1.

mod closing;
mod keys;
mod locations;
mod records;

pub use closing::{
    ClosingOpened, ClosingPeriod, Confirmed, CopyChecked, CopyEntered, CopyMade, CorrectionAgreed,
    DiscrepancyReported, Excused, FolderFormed, HandedOver, MediaHandedOver, MediumKind, PageSeen,
    SheetVoided, Shelved, SignedOnPaper, Stamped, TakenBack,
};
pub use keys::{
    Algorithm, CheckpointWitnessed, Endorsement, KeyAdded, KeyRevoked, LogKeyChanged,
    RevocationReason,
};
pub use locations::{ArchiveCreated, LocationAdded, LocationRole, Repaired, Restored};
pub use records::{DocumentNamed, Printed, Replaced, Reprinted, Sealed, Signed, SignedFile};

use super::DocumentId;
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
    /// A school's calendar of a year is in force from here.
    CalendarAdopted(DocumentNamed),
    /// The teaching load (тарификация) from here.
    TeachingLoad(DocumentNamed),
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
    /// A closing began.
    ClosingOpened(ClosingOpened),
    /// A page was confirmed.
    Confirmed(Confirmed),
    /// A page is not what it should be.
    DiscrepancyReported(DiscrepancyReported),
    /// A deputy agreed to a correction.
    CorrectionAgreed(CorrectionAgreed),
    /// Sheets of a paper copy no longer count.
    SheetVoided(SheetVoided),
    /// Sheets were signed.
    SignedOnPaper(SignedOnPaper),
    /// A signature cannot be had.
    Excused(Excused),
    /// An entry of a closing does not hold.
    TakenBack(TakenBack),
    /// A paper copy was handed over.
    HandedOver(HandedOver),
    /// A paper copy bears the round seal.
    Stamped(Stamped),
    /// A paper copy is in the general register.
    CopyEntered(CopyEntered),
    /// A folder or its supplement was formed.
    FolderFormed(FolderFormed),
    /// The archive accepted a folder or copies.
    Shelved(Shelved),
    /// A removable copy was written.
    CopyMade(CopyMade),
    /// Removable copies were handed over.
    MediaHandedOver(MediaHandedOver),
    /// A removable copy was checked.
    CopyChecked(CopyChecked),
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

impl Event {
    /// The document this event names, if it names one.
    pub fn document(&self) -> Option<&DocumentNamed> {
        match self {
            Event::PlanAdopted(named)
            | Event::SettingsChanged(named)
            | Event::StaffRoster(named)
            | Event::CalendarAdopted(named)
            | Event::TeachingLoad(named)
            | Event::PupilsMatched(named) => Some(named),
            Event::Printed(printed) => Some(&printed.named),
            Event::ClosingOpened(event) => Some(&event.named),
            Event::DiscrepancyReported(event) => Some(&event.named),
            Event::CorrectionAgreed(event) => Some(&event.named),
            Event::Excused(event) => Some(&event.named),
            Event::TakenBack(event) => Some(&event.named),
            Event::FolderFormed(event) => Some(&event.named),
            Event::Shelved(event) => Some(&event.named),
            Event::CopyMade(event) => Some(&event.named),
            Event::MediaHandedOver(event) => Some(&event.named),
            Event::CopyChecked(event) => Some(&event.named),
            _ => None,
        }
    }

    /// The closing this event belongs to, by the id of the document it was opened with.
    pub fn closing(&self) -> Option<DocumentId> {
        Some(match self {
            Event::ClosingOpened(opened) => opened.named.document,
            Event::Confirmed(event) => event.closing,
            Event::DiscrepancyReported(event) => event.closing,
            Event::CorrectionAgreed(event) => event.closing,
            Event::SignedOnPaper(event) => event.closing,
            Event::Excused(event) => event.closing,
            Event::TakenBack(event) => event.closing,
            Event::HandedOver(event) => event.closing,
            Event::Stamped(event) => event.closing,
            Event::CopyEntered(event) => event.closing,
            Event::FolderFormed(event) => event.closing,
            Event::Shelved(event) => event.closing,
            Event::CopyMade(event) => event.closing,
            Event::MediaHandedOver(event) => event.closing,
            _ => return None,
        })
    }

    /// Names of all events this program knows.
    pub const NAMES: [&'static str; 35] = [
        "archive-created",
        "plan-adopted",
        "settings-changed",
        "staff-roster",
        "calendar-adopted",
        "teaching-load",
        "pupils-matched",
        "key-added",
        "key-revoked",
        "sealed",
        "replaced",
        "signed",
        "printed",
        "reprinted",
        "closing-opened",
        "confirmed",
        "discrepancy-reported",
        "correction-agreed",
        "sheet-voided",
        "signed-on-paper",
        "excused",
        "taken-back",
        "handed-over",
        "stamped",
        "copy-entered",
        "folder-formed",
        "shelved",
        "copy-made",
        "media-handed-over",
        "copy-checked",
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
            Event::CalendarAdopted(_) => "calendar-adopted",
            Event::TeachingLoad(_) => "teaching-load",
            Event::PupilsMatched(_) => "pupils-matched",
            Event::KeyAdded(_) => "key-added",
            Event::KeyRevoked(_) => "key-revoked",
            Event::Sealed(_) => "sealed",
            Event::Replaced(_) => "replaced",
            Event::Signed(_) => "signed",
            Event::Printed(_) => "printed",
            Event::Reprinted(_) => "reprinted",
            Event::ClosingOpened(_) => "closing-opened",
            Event::Confirmed(_) => "confirmed",
            Event::DiscrepancyReported(_) => "discrepancy-reported",
            Event::CorrectionAgreed(_) => "correction-agreed",
            Event::SheetVoided(_) => "sheet-voided",
            Event::SignedOnPaper(_) => "signed-on-paper",
            Event::Excused(_) => "excused",
            Event::TakenBack(_) => "taken-back",
            Event::HandedOver(_) => "handed-over",
            Event::Stamped(_) => "stamped",
            Event::CopyEntered(_) => "copy-entered",
            Event::FolderFormed(_) => "folder-formed",
            Event::Shelved(_) => "shelved",
            Event::CopyMade(_) => "copy-made",
            Event::MediaHandedOver(_) => "media-handed-over",
            Event::CopyChecked(_) => "copy-checked",
            Event::CheckpointWitnessed(_) => "checkpoint-witnessed",
            Event::Repaired(_) => "repaired",
            Event::LocationAdded(_) => "location-added",
            Event::Restored(_) => "restored",
            Event::LogKeyChanged(_) => "log-key-changed",
            Event::Unknown { name } => name,
        }
    }
}
