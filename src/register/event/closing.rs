//! What happens in a closing (`docs/formats.md` § 5.1).
//!
//! A closing is named by the id of the document it was opened with. `by` is who did it, `recorder` who entered it.

use super::DocumentNamed;
use crate::digest::Digest;
use crate::journal::{ClassName, PeriodId};
use crate::register::{
    CopyNumber, DocumentId, FolderNumber, LineNumber, MediumNumber, OrderRef, RecordNumber,
    SheetRange, StaffId, StepId,
};
use serde::{Deserialize, Serialize};

/// Members of `closing-opened`: the document holds procedure, calendars, and the days a person confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingOpened {
    /// Who confirmed the days.
    pub by: StaffId,
    /// The classes expected, by period.
    pub periods: Vec<ClosingPeriod>,
    /// The procedure's name.
    pub procedure: StepId,
    /// Who entered it.
    pub recorder: StaffId,
    /// The document; its id is the closing's.
    #[serde(flatten)]
    pub named: DocumentNamed,
}

/// A period of a closing, and the classes that close it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosingPeriod {
    /// In the order of their names.
    pub classes: Vec<ClassName>,
    /// The period.
    pub period: PeriodId,
}

/// A page of a class's journal as somebody saw it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageSeen {
    /// Whose journal.
    pub class: ClassName,
    /// Digest of the page (§ 2.3).
    pub digest: Digest,
    /// Its place in the journal, from 1.
    pub page: u32,
    /// Of which period.
    pub period: PeriodId,
}

/// Members of `confirmed`: who holds the page says that it is right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// Whose page it is.
    pub by: StaffId,
    /// The closing.
    pub closing: DocumentId,
    /// The page.
    #[serde(flatten)]
    pub page: PageSeen,
    /// Who entered it.
    pub recorder: StaffId,
    /// The step.
    pub step: StepId,
}

/// Members of `discrepancy-reported`: the page differs from what it should be, as the document tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiscrepancyReported {
    /// Who found it.
    pub by: StaffId,
    /// The closing.
    pub closing: DocumentId,
    /// The page.
    #[serde(flatten)]
    pub page: PageSeen,
    /// Who entered it.
    pub recorder: StaffId,
    /// The note.
    #[serde(flatten)]
    pub named: DocumentNamed,
}

/// Members of `correction-agreed`: a deputy saw every change in words, and which sheets it voids; the next record of
/// the class and period may replace the one named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionAgreed {
    /// The deputy.
    pub by: StaffId,
    /// The closing.
    pub closing: DocumentId,
    /// The director's order, without which nothing is corrected after the folder is formed (R1 7.3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderRef>,
    /// The record that is replaced.
    pub record: RecordNumber,
    /// Who entered it.
    pub recorder: StaffId,
    /// What was seen and agreed to.
    #[serde(flatten)]
    pub named: DocumentNamed,
}

/// Members of `sheet-voided`: sheets of a paper copy that no longer count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetVoided {
    /// The copy.
    pub copy: CopyNumber,
    /// The record whose contents they no longer show.
    pub record: RecordNumber,
    /// The sheets, rising, none twice.
    pub sheets: Vec<SheetRange>,
}

/// Members of `signed-on-paper`: sheets of a copy bear a signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedOnPaper {
    /// Who signed.
    pub by: StaffId,
    /// The closing.
    pub closing: DocumentId,
    /// The copy.
    pub copy: CopyNumber,
    /// Who entered it.
    pub recorder: StaffId,
    /// The sheets, rising, none twice.
    pub sheets: Vec<SheetRange>,
    /// The step.
    pub step: StepId,
}

/// Members of `excused`: a signature that cannot be had, by the director's order; printed as absent, never as given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excused {
    /// Whose signature is missing.
    pub by: StaffId,
    /// The closing.
    pub closing: DocumentId,
    /// The copy.
    pub copy: CopyNumber,
    /// The director's order.
    pub order: OrderRef,
    /// Who entered it.
    pub recorder: StaffId,
    /// The sheets, rising, none twice.
    pub sheets: Vec<SheetRange>,
    /// The step.
    pub step: StepId,
    /// The reason.
    #[serde(flatten)]
    pub named: DocumentNamed,
}

/// Members of `taken-back`: an entry of a closing that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenBack {
    /// The closing.
    pub closing: DocumentId,
    /// Place of the entry.
    pub entry: u64,
    /// Who takes it back.
    pub recorder: StaffId,
    /// The reason.
    #[serde(flatten)]
    pub named: DocumentNamed,
}

/// Members of `handed-over`: a paper copy went from one person to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOver {
    /// Who gave it.
    pub by: StaffId,
    /// The closing.
    pub closing: DocumentId,
    /// The copy.
    pub copy: CopyNumber,
    /// Who entered it.
    pub recorder: StaffId,
    /// The step.
    pub step: StepId,
    /// Who took it.
    pub to: StaffId,
}

/// Members of `stamped`: the school's round seal is on the copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamped {
    /// Who affixed it.
    pub by: StaffId,
    /// The closing.
    pub closing: DocumentId,
    /// The copy.
    pub copy: CopyNumber,
    /// Who entered it.
    pub recorder: StaffId,
    /// The step.
    pub step: StepId,
}

/// Members of `copy-entered`: a line of the general register (общий реестр).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyEntered {
    /// Who entered it in the book.
    pub by: StaffId,
    /// The closing.
    pub closing: DocumentId,
    /// The copy.
    pub copy: CopyNumber,
    /// Number of the line.
    pub line: LineNumber,
    /// Who entered it here.
    pub recorder: StaffId,
    /// The step.
    pub step: StepId,
}

/// Members of `folder-formed`: the document is its list of contents, as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FolderFormed {
    /// Who formed it.
    pub by: StaffId,
    /// The closing.
    pub closing: DocumentId,
    /// The copies in it, rising.
    pub copies: Vec<CopyNumber>,
    /// Its number.
    pub folder: FolderNumber,
    /// Of which period.
    pub period: PeriodId,
    /// Who entered it.
    pub recorder: StaffId,
    /// The step.
    pub step: StepId,
    /// 0 for the folder itself, from 1 for its supplements.
    pub supplement: u32,
    /// The list.
    #[serde(flatten)]
    pub named: DocumentNamed,
}

/// Members of `shelved`: the archive accepted it; the document has file number and shelf.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shelved {
    /// Who accepted it.
    pub by: StaffId,
    /// The closing.
    pub closing: DocumentId,
    /// The copies accepted, rising.
    pub copies: Vec<CopyNumber>,
    /// The folder they lie in; absent where copies are accepted by themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder: Option<FolderNumber>,
    /// Who entered it.
    pub recorder: StaffId,
    /// The step.
    pub step: StepId,
    /// File number and shelf.
    #[serde(flatten)]
    pub named: DocumentNamed,
}

/// Members of `copy-made`: a removable copy was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyMade {
    /// Who wrote it.
    pub by: StaffId,
    /// The closing it was made for.
    pub closing: DocumentId,
    /// Optical disc or another.
    pub kind: MediumKind,
    /// Digest of its manifest.
    pub manifest: Digest,
    /// Its number.
    pub medium: MediumNumber,
    /// The records on it, rising.
    pub records: Vec<RecordNumber>,
    /// Who entered it.
    pub recorder: StaffId,
    /// How many entries the register on it has.
    pub size: u64,
    /// Label, room, safe, keeper, day of the next check.
    #[serde(flatten)]
    pub named: DocumentNamed,
}

/// What a removable copy is written on.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    clap::ValueEnum,
)]
#[serde(rename_all = "kebab-case")]
pub enum MediumKind {
    /// An optical disc (оптический диск).
    Optical,
    /// A hard disk (жёсткий диск).
    Disk,
}

/// Members of `media-handed-over`: removable copies went to the director under signature; the document is the act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaHandedOver {
    /// Who gave them.
    pub by: StaffId,
    /// The closing.
    pub closing: DocumentId,
    /// The media, rising.
    pub media: Vec<MediumNumber>,
    /// Who entered it.
    pub recorder: StaffId,
    /// The step.
    pub step: StepId,
    /// Who took them.
    pub to: StaffId,
    /// The act.
    #[serde(flatten)]
    pub named: DocumentNamed,
}

/// Members of `copy-checked`: a removable copy was read and compared with its manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyChecked {
    /// How many findings there were; 0 is a good copy.
    pub findings: u64,
    /// The medium.
    pub medium: MediumNumber,
    /// Who checked it.
    pub recorder: StaffId,
    /// What was found, and the day of the next check.
    #[serde(flatten)]
    pub named: DocumentNamed,
}
