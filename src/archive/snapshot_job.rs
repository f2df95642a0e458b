//! One class on its way from an import to a record: sealed with its reference print, and what it puts and
//! registers.

use super::commit::Object;
use super::documents::DocumentError;
use super::intake::Waiting;
use super::settings::{Settings, SettingsError};
use super::snapshot::{Outcome, SnapshotError};
use crate::digest::Digest;
use crate::journal::Journal;
use crate::location::file_in;
use crate::paper::class_journal::{self, ClassJournal, Edition};
use crate::paper::wording::Wording;
use crate::record::{Sealed, Sealing, seal_journal};
use crate::register::{self, Event, StoredPath};
use chrono::{DateTime, FixedOffset, Utc};
use rand_chacha::ChaCha20Rng;
use std::sync::Arc;

/// One class on its way to a record.
pub(super) struct Job {
    pub(super) import: Waiting,
    pub(super) settings: Arc<PrintSettings>,
    pub(super) journal: Journal,
    pub(super) sealing: Sealing,
    pub(super) rng: ChaCha20Rng,
}

/// What reference prints that are made together have in common.
pub(super) struct PrintSettings {
    pub(super) settings: Settings,
    pub(super) wording: Wording,
    pub(super) printed: DateTime<FixedOffset>,
}

impl PrintSettings {
    pub(super) fn of(
        settings: Settings,
        now: DateTime<Utc>,
    ) -> Result<PrintSettings, DocumentError> {
        let wording = settings.wording().map_err(SettingsError::from)?;
        let printed = now.with_timezone(&settings.utc_offset);
        Ok(PrintSettings { settings, wording, printed })
    }
}

/// A sealed record before it is committed.
pub(super) struct Made {
    pub(super) import: Waiting,
    pub(super) journal: Journal,
    pub(super) sealing: Sealing,
    pub(super) sealed: Sealed,
}

pub(super) fn seal(mut job: Job) -> Result<Made, SnapshotError> {
    let sources = job.import.sources()?;
    let PrintSettings { settings, wording, printed } = &*job.settings;
    let print = |pages: &[Digest]| {
        let form = ClassJournal {
            journal: &job.journal,
            pages,
            archive: job.sealing.archive,
            school: &job.sealing.school_name,
            record: job.sealing.record,
            content: settings.paper.content,
            two_sided: settings.paper.two_sided,
            blanks: settings.paper.blanks,
            wording,
            printed: *printed,
        };
        class_journal::print(&form, &Edition::Reference).map(|print| print.pdf)
    };
    let sealed = seal_journal(&job.journal, &sources, &job.sealing, print, &mut job.rng);
    let class = job.journal.class.name();
    let sealed = sealed.map_err(|why| SnapshotError::NotPrintable(vec![(class, why)]))?;
    Ok(Made { import: job.import, journal: job.journal, sealing: job.sealing, sealed })
}

/// The objects to put and the entries to append for a sealed record.
pub(super) fn register(made: &Sealed, objects: &mut Vec<Object>, events: &mut Vec<Event>) {
    let (seal, seal_text) = (&made.seal, made.seal.to_text());
    let path = format!("records/{}/{}", seal.period.year, made.directory);
    let path: StoredPath = path.parse().expect("a slug is a plain name");
    let replaces = seal.replaces.map(|(record, _)| record);
    objects.push((file_in(&path, "package.zip"), made.package.clone().into()));
    events.push(Event::Sealed(register::Sealed {
        record: seal.record,
        path: path.clone(),
        kind: seal.kind,
        class: seal.class.clone(),
        period: seal.period,
        retention: seal.retention.clone(),
        seal: Digest::of(seal_text.as_bytes()),
        package: seal.package,
        bytes: made.package.len() as u64,
        replaces,
    }));
    objects.push((file_in(&path, "seal.txt"), seal_text.into()));
    events.extend(replaces.map(|record| {
        Event::Replaced(register::Replaced {
            record,
            by: seal.record,
            pages_changed: made.changed.len() as u32,
            pages: made.changed.clone(),
        })
    }));
}

impl Made {
    pub(super) fn outcome(&self, missing: Option<String>) -> Outcome {
        let page = |place: &u32| self.journal.pages[*place as usize - 1].key().to_string();
        let changed = || self.sealed.changed.iter().map(page).collect();
        Outcome::Sealed {
            record: self.sealed.seal.record,
            class: self.sealed.seal.class.clone(),
            pages: self.journal.pages.len(),
            bytes: self.sealed.package.len(),
            replaces: self.sealing.replaces.as_ref().map(|r| (r.record, changed())),
            missing,
        }
    }
}
