//! The catalogue: what can be asked quickly.
//!
//! A fold over register entries and nothing else: deleting it and applying all entries again gives the
//! same answers. It stores the register position up to which it is complete; whatever opens it applies
//! the rest with the same [`Catalogue::apply`] that runs after every commit. What is shown as evidence
//! is read from the record, not from here.

mod closings;
mod copies;
mod media;
mod rows;
mod view;

pub use copies::{CopyFault, CopyView, SheetState, SheetView};
pub use media::{MediumCheckView, MediumHandOver, MediumView};
pub use rows::RowsError;
pub use view::{DocumentView, Locations, RecordView, SignatureView};

use crate::journal::PeriodId;
use crate::key::{KeyRole, PublicKey};
use crate::register::{
    ArchiveCreated, ArchiveId, CopyNumber, DocumentId, DocumentNamed, Entry, Event, LocationAdded,
    LocationRole, RecordNumber, Restored, Sealed, Signed,
};
use crate::staff::Keyring;
use rows::{Row, Rows};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::path::Path;

const POSITION: &[u8] = b"m/position";
const FORM: &[u8] = b"m/form";
/// The form of the rows: a catalogue of another form is made anew from the register.
const THIS_FORM: u32 = 2;
const LOG_KEY: &[u8] = b"m/log-key";
const PLAN: &[u8] = b"m/plan";
const SETTINGS: &[u8] = b"m/settings";
const ROSTER: &[u8] = b"m/roster";
const LAST_RECORD: &[u8] = b"m/last-record";
const LAST_COPY: &[u8] = b"m/last-copy";
/// Place of the last entry before which entries were lost.
const LAST_LOSS: &[u8] = b"m/last-loss";
const LOCATIONS: &[u8] = b"m/locations";
const LOAD: &[u8] = b"m/load";
const LAST_LINE: &[u8] = b"m/last-line";
const LAST_FOLDER: &[u8] = b"m/last-folder";
const LAST_MEDIUM: &[u8] = b"m/last-medium";
/// Before the place of each entry that says which pupils are one.
const MATCHED: &[u8] = b"j/";
/// Before the place of each entry that puts a calendar in force.
const CALENDAR: &[u8] = b"y/";

/// The catalogue of one archive.
pub struct Catalogue {
    archive: ArchiveId,
    rows: Rows,
    keyring: Keyring,
}

type Changes = Vec<Row>;

fn record_key(record: RecordNumber) -> Vec<u8> {
    [b"r/", &record.get().to_be_bytes()[..]].concat()
}

fn period_prefix(period: &PeriodId) -> Vec<u8> {
    format!("p/{period}\n").into_bytes()
}

fn document_key(document: DocumentId) -> Vec<u8> {
    format!("d/{document}").into_bytes()
}

fn key_entry_key(seq: u64) -> Vec<u8> {
    [b"k/", &seq.to_be_bytes()[..]].concat()
}

fn written(row: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(row).expect("rows have string keys")
}

impl Catalogue {
    /// The catalogue on disk; one process at a time.
    ///
    /// # Errors
    /// When its files do not read; the caller moves them aside and starts with none.
    pub fn on_disk(path: &Path, archive: ArchiveId) -> Result<Catalogue, RowsError> {
        Catalogue::of(Rows::on_disk(path)?, archive)
    }

    /// An empty catalogue in memory, for reading beside a running server.
    pub fn in_memory(archive: ArchiveId) -> Catalogue {
        Catalogue { archive, rows: Rows::in_memory(), keyring: Keyring::new() }
    }

    fn of(rows: Rows, archive: ArchiveId) -> Result<Catalogue, RowsError> {
        let form = rows.get(FORM)?.map(|text| serde_json::from_slice::<u32>(&text)).transpose()?;
        if rows.get(POSITION)?.is_some() && form != Some(THIS_FORM) {
            return Err(RowsError::Form);
        }
        let mut keyring = Keyring::new();
        for (_, text) in rows.scan(b"k/")? {
            let entry: Entry = serde_json::from_slice::<StoredEntry>(&text)?.into();
            // A key that does not count was found so when its entry was applied first.
            let _ = keyring.apply(&archive, &entry);
        }
        Ok(Catalogue { archive, rows, keyring })
    }

    /// How many entries are applied: entries before this one are in here.
    ///
    /// # Errors
    /// When the rows do not read; so for all that asks the catalogue.
    pub fn position(&self) -> Result<u64, RowsError> {
        Ok(self.read(POSITION)?.unwrap_or(0))
    }

    /// Applies the next entry.
    ///
    /// # Errors
    /// When the rows cannot be written.
    pub fn apply(&mut self, entry: &Entry) -> Result<(), RowsError> {
        let mut changes = match &entry.event {
            Event::ArchiveCreated(created) => created_rows(created),
            Event::LogKeyChanged(changed) => vec![(LOG_KEY.to_vec(), written(&changed.log_key))],
            Event::PlanAdopted(document) => in_force(PLAN, document, entry),
            Event::SettingsChanged(document) => in_force(SETTINGS, document, entry),
            Event::StaffRoster(document) => in_force(ROSTER, document, entry),
            Event::TeachingLoad(document) => in_force(LOAD, document, entry),
            Event::CalendarAdopted(document) => by_place(CALENDAR, document, entry),
            Event::PupilsMatched(document) => by_place(MATCHED, document, entry),
            Event::KeyAdded(_) | Event::KeyRevoked(_) => self.key_event(entry),
            Event::Sealed(sealed) => sealed_rows(sealed, entry),
            Event::Replaced(replaced) => self.changed(replaced.record, |row| {
                row.replaced_by = Some(replaced.by);
            })?,
            Event::Signed(signed) => self.signed(signed, entry)?,
            Event::LocationAdded(added) => self.location_added(added)?,
            Event::Restored(restored) => self.restored(restored, entry.seq)?,
            Event::Printed(printed) => self.printed_rows(printed, entry)?,
            Event::SheetVoided(voided) => self.voided_rows(voided)?,
            Event::CopyEntered(event) => vec![(LAST_LINE.to_vec(), written(&event.line))],
            // A supplement bears the number of its folder.
            Event::FolderFormed(event) => {
                let last = self.last_folder()?.max(Some(event.folder));
                vec![(LAST_FOLDER.to_vec(), written(&last))]
            }
            Event::CopyMade(event) => media::made_rows(event, entry),
            Event::MediaHandedOver(event) => self.media_handed_over(event, entry)?,
            Event::CopyChecked(event) => self.medium_checked(event, entry)?,
            Event::TakenBack(event) => self.medium_taken_back(event.entry, entry)?,
            _ => Vec::new(),
        };
        if let Some(document) = entry.event.document() {
            let view = DocumentView::named(document, entry);
            changes.push((document_key(document.document), written(&view)));
        }
        changes.extend(entry.event.closing().map(|closing| closings::row(closing, entry)));
        changes.push((FORM.to_vec(), written(&THIS_FORM)));
        changes.push((POSITION.to_vec(), written(&(entry.seq + 1))));
        self.rows.put(changes)
    }

    fn key_event(&mut self, entry: &Entry) -> Changes {
        // Whether the key counts is the keyring's to say; verification reports those that do not.
        let _ = self.keyring.apply(&self.archive, entry);
        vec![(key_entry_key(entry.seq), written(&StoredEntry::from(entry)))]
    }

    fn signed(&self, signed: &Signed, entry: &Entry) -> Result<Changes, RowsError> {
        let valid = self.keyring.valid_at(&signed.key, entry.seq, entry.time);
        let counts = valid.is_ok_and(|key| key.role == KeyRole::Director);
        self.changed(signed.record, |row| {
            row.signatures.push(SignatureView {
                key: signed.key,
                signed: entry.time,
                seq: entry.seq,
                files: signed.files.clone(),
                counts,
            });
        })
    }

    fn location_added(&self, added: &LocationAdded) -> Result<Changes, RowsError> {
        let Some(mut locations) = self.locations()? else { return Ok(Vec::new()) };
        match added.role {
            LocationRole::Primary => locations.primary = added.location,
            LocationRole::Second => locations.second = Some(added.location),
        }
        Ok(vec![(LOCATIONS.to_vec(), written(&locations))])
    }

    /// The promoted location is the primary one. Each of the entries that were lost with the former one
    /// may have sealed a record, or printed a copy: these numbers are not given again.
    fn restored(&self, restored: &Restored, seq: u64) -> Result<Changes, RowsError> {
        let mut changes = Vec::new();
        if let Some(locations) = self.locations()? {
            let second = locations.second.filter(|second| *second != restored.location);
            let locations = Locations { primary: restored.location, second };
            changes.push((LOCATIONS.to_vec(), written(&locations)));
        }
        let lost = restored.known_size.unwrap_or(0).saturating_sub(restored.size);
        if lost > 0 {
            changes.push((LAST_LOSS.to_vec(), written(&seq)));
            let last = self.last_record()?.map_or(0, |record| u64::from(record.get())) + lost;
            let last = RecordNumber::new(u32::try_from(last).unwrap_or(u32::MAX));
            changes.extend(last.ok().map(|last| (LAST_RECORD.to_vec(), written(&last))));
            let lost = u32::try_from(lost).unwrap_or(u32::MAX);
            for place in [LAST_COPY, LAST_LINE, LAST_FOLDER, LAST_MEDIUM] {
                // All four are counted alike.
                let last = self.read::<CopyNumber>(place)?;
                let last = last.map_or(CopyNumber::FIRST.plus(lost - 1), |last| last.plus(lost));
                changes.extend(last.map(|last| (place.to_vec(), written(&last))));
            }
        }
        Ok(changes)
    }

    fn changed(
        &self,
        record: RecordNumber,
        change: impl FnOnce(&mut RecordView),
    ) -> Result<Changes, RowsError> {
        let Some(mut row) = self.record(record)? else { return Ok(Vec::new()) };
        change(&mut row);
        Ok(vec![(record_key(record), written(&row))])
    }

    fn read<T: DeserializeOwned>(&self, key: &[u8]) -> Result<Option<T>, RowsError> {
        Ok(self.rows.get(key)?.map(|text| serde_json::from_slice(&text)).transpose()?)
    }

    fn read_all<T: DeserializeOwned>(&self, prefix: &[u8]) -> Result<Vec<T>, RowsError> {
        let rows = self.rows.scan(prefix)?;
        rows.iter().map(|(_, text)| Ok(serde_json::from_slice(text)?)).collect()
    }

    /// The record of this number.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn record(&self, record: RecordNumber) -> Result<Option<RecordView>, RowsError> {
        self.read(&record_key(record))
    }

    /// All records by number.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn records(&self) -> Result<Vec<RecordView>, RowsError> {
        self.read_all(b"r/")
    }

    /// The records of a period by number, replaced ones too.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn records_of(&self, period: &PeriodId) -> Result<Vec<RecordView>, RowsError> {
        let numbers: Vec<RecordNumber> = self.read_all(&period_prefix(period))?;
        let mut records = Vec::with_capacity(numbers.len());
        for number in numbers {
            records.extend(self.record(number)?);
        }
        Ok(records)
    }

    /// The largest record number that was given: to a record in the register, or perhaps to one that was
    /// lost with a former primary location.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn last_record(&self) -> Result<Option<RecordNumber>, RowsError> {
        self.read(LAST_RECORD)
    }

    /// The document of this id.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn document(&self, document: DocumentId) -> Result<Option<DocumentView>, RowsError> {
        self.read(&document_key(document))
    }

    /// All documents.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn documents(&self) -> Result<Vec<DocumentView>, RowsError> {
        self.read_all(b"d/")
    }

    /// The file plan in force.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn plan(&self) -> Result<Option<DocumentView>, RowsError> {
        self.read(PLAN)
    }

    /// The settings in force.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn settings(&self) -> Result<Option<DocumentView>, RowsError> {
        self.read(SETTINGS)
    }

    /// The staff roster in force.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn roster(&self) -> Result<Option<DocumentView>, RowsError> {
        self.read(ROSTER)
    }

    /// The teaching load in force.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn teaching_load(&self) -> Result<Option<DocumentView>, RowsError> {
        self.read(LOAD)
    }

    /// The school's calendars, in the order they were put in force.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn calendars(&self) -> Result<Vec<DocumentView>, RowsError> {
        self.read_all(CALENDAR)
    }

    /// The documents that say which pupils are one and which are not, in the order they were said.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn pupils_matched(&self) -> Result<Vec<DocumentView>, RowsError> {
        self.read_all(MATCHED)
    }

    /// The key that signs checkpoints now.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn log_key(&self) -> Result<Option<PublicKey>, RowsError> {
        self.read(LOG_KEY)
    }

    /// The locations in force.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn locations(&self) -> Result<Option<Locations>, RowsError> {
        self.read(LOCATIONS)
    }

    /// Who may sign what, and when.
    pub fn keyring(&self) -> &Keyring {
        &self.keyring
    }
}

fn created_rows(created: &ArchiveCreated) -> Changes {
    let locations = Locations { primary: created.primary, second: Some(created.second) };
    vec![(LOG_KEY.to_vec(), written(&created.log_key)), (LOCATIONS.to_vec(), written(&locations))]
}

fn in_force(place: &[u8], document: &DocumentNamed, entry: &Entry) -> Changes {
    vec![(place.to_vec(), written(&DocumentView::named(document, entry)))]
}

fn by_place(prefix: &[u8], document: &DocumentNamed, entry: &Entry) -> Changes {
    let place = [prefix, &entry.seq.to_be_bytes()[..]].concat();
    vec![(place, written(&DocumentView::named(document, entry)))]
}

fn sealed_rows(sealed: &Sealed, entry: &Entry) -> Changes {
    let row = RecordView::sealed(sealed, entry);
    let by_period = [period_prefix(&sealed.period), sealed.record.get().to_be_bytes().to_vec()];
    vec![
        (record_key(sealed.record), written(&row)),
        (by_period.concat(), written(&sealed.record)),
        (LAST_RECORD.to_vec(), written(&sealed.record)),
    ]
}

/// A key event as the catalogue keeps it, so that the keyring is there without reading the register.
#[derive(Serialize, serde::Deserialize)]
struct StoredEntry {
    seq: u64,
    time: chrono::DateTime<chrono::Utc>,
    what: Event,
}

impl From<&Entry> for StoredEntry {
    fn from(entry: &Entry) -> StoredEntry {
        StoredEntry { seq: entry.seq, time: entry.time, what: entry.event.clone() }
    }
}

impl From<StoredEntry> for Entry {
    fn from(stored: StoredEntry) -> Entry {
        Entry { seq: stored.seq, time: stored.time, event: stored.what }
    }
}
