//! The media register (учёт носителей): a fold over what was made, handed over, checked and taken back.

use super::{Catalogue, Changes, DocumentView, RowsError, written};
use crate::digest::Digest;
use crate::register::{
    CopyChecked, CopyMade, DocumentId, Entry, MediaHandedOver, MediumKind, MediumNumber,
    RecordNumber, StaffId,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Before the number of each medium.
const MEDIA: &[u8] = b"u/";

/// A medium as the register tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediumView {
    /// Its number.
    pub medium: MediumNumber,
    /// Optical disc or another.
    pub kind: MediumKind,
    /// The closing it was made for.
    pub closing: DocumentId,
    /// The records on it, rising.
    pub records: Vec<RecordNumber>,
    /// How many entries the register on it has.
    pub size: u64,
    /// Digest of its manifest.
    pub manifest: Digest,
    /// When its entry was written.
    pub made: DateTime<Utc>,
    /// Place of the entry.
    pub seq: u64,
    /// Its card: label, room, safe, keeper, day of the first check.
    pub document: DocumentView,
    /// The hand-overs that hold, in register order.
    pub handed_over: Vec<MediumHandOver>,
    /// The checks, in register order.
    pub checks: Vec<MediumCheckView>,
    /// When the entry that it was made by was taken back.
    pub taken_back: Option<DateTime<Utc>>,
}

/// A medium went to somebody under signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediumHandOver {
    /// Who took it.
    pub to: StaffId,
    /// When the entry was written.
    pub time: DateTime<Utc>,
    /// Place of the entry.
    pub seq: u64,
    /// The act.
    pub document: DocumentView,
}

/// A medium was read and compared with what was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediumCheckView {
    /// When the entry was written.
    pub time: DateTime<Utc>,
    /// How many findings there were.
    pub findings: u64,
    /// Who checked it.
    pub recorder: StaffId,
    /// What was found, and the day of the next check.
    pub document: DocumentView,
}

fn medium_key(medium: MediumNumber) -> Vec<u8> {
    [MEDIA, &medium.get().to_be_bytes()].concat()
}

impl Catalogue {
    /// All media by number, those taken back too.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn media(&self) -> Result<Vec<MediumView>, RowsError> {
        self.read_all(MEDIA)
    }

    /// The medium of this number.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn medium(&self, medium: MediumNumber) -> Result<Option<MediumView>, RowsError> {
        self.read(&medium_key(medium))
    }

    fn change_medium(
        &self,
        medium: MediumNumber,
        change: impl FnOnce(&mut MediumView),
    ) -> Result<Changes, RowsError> {
        let Some(mut row) = self.medium(medium)? else { return Ok(Vec::new()) };
        change(&mut row);
        Ok(vec![(medium_key(medium), written(&row))])
    }

    pub(super) fn media_handed_over(
        &self,
        event: &MediaHandedOver,
        entry: &Entry,
    ) -> Result<Changes, RowsError> {
        let mut changes = Vec::new();
        for medium in &event.media {
            let document = DocumentView::named(&event.named, entry);
            let (to, time, seq) = (event.to, entry.time, entry.seq);
            changes.extend(self.change_medium(*medium, |row| {
                row.handed_over.push(MediumHandOver { to, time, seq, document });
            })?);
        }
        Ok(changes)
    }

    pub(super) fn medium_checked(
        &self,
        event: &CopyChecked,
        entry: &Entry,
    ) -> Result<Changes, RowsError> {
        self.change_medium(event.medium, |row| {
            row.checks.push(MediumCheckView {
                time: entry.time,
                findings: event.findings,
                recorder: event.recorder,
                document: DocumentView::named(&event.named, entry),
            });
        })
    }

    /// The entry at this place does not hold: a medium it made, or hand-overs it tells of.
    pub(super) fn medium_taken_back(
        &self,
        place: u64,
        entry: &Entry,
    ) -> Result<Changes, RowsError> {
        let mut changes = Vec::new();
        for row in self.media()? {
            if row.seq == place || row.handed_over.iter().any(|given| given.seq == place) {
                changes.extend(self.change_medium(row.medium, |row| {
                    row.handed_over.retain(|given| given.seq != place);
                    row.taken_back = row.taken_back.or((row.seq == place).then_some(entry.time));
                })?);
            }
        }
        Ok(changes)
    }
}

pub(super) fn made_rows(event: &CopyMade, entry: &Entry) -> Changes {
    let row = MediumView {
        medium: event.medium,
        kind: event.kind,
        closing: event.closing,
        records: event.records.clone(),
        size: event.size,
        manifest: event.manifest,
        made: entry.time,
        seq: entry.seq,
        document: DocumentView::named(&event.named, entry),
        handed_over: Vec::new(),
        checks: Vec::new(),
        taken_back: None,
    };
    vec![
        (medium_key(event.medium), written(&row)),
        (super::LAST_MEDIUM.to_vec(), written(&event.medium)),
    ]
}
