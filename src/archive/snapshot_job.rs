//! One class on its way from an import to a record: sealed with its reference print, and what it puts and
//! registers.

use super::commit::Object;
use super::intake::Waiting;
use super::settings::Settings;
use super::snapshot::{Outcome, SnapshotError};
use crate::digest::Digest;
use crate::journal::Journal;
use crate::location::file_in;
use crate::paper::class_journal::{self, ClassJournal, Edition};
use crate::paper::wording::Wording;
use crate::record::{Sealed, Sealing, seal_journal};
use crate::register::{self, Event, StoredPath};
use chrono::{DateTime, FixedOffset};
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

/// What the reference prints of a snapshot have in common.
pub(super) struct PrintSettings {
    pub(super) settings: Settings,
    pub(super) wording: Wording,
    pub(super) printed: DateTime<FixedOffset>,
}

/// A sealed record before it is committed.
pub(super) struct Made {
    pub(super) import: Waiting,
    pub(super) journal: Journal,
    pub(super) sealing: Sealing,
    pub(super) sealed: Sealed,
    pub(super) seal_text: String,
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
    let seal_text = sealed.seal.to_text();
    Ok(Made { import: job.import, journal: job.journal, sealing: job.sealing, sealed, seal_text })
}

impl Made {
    pub(super) fn path(&self) -> StoredPath {
        let year = self.sealed.seal.period.year;
        let path = format!("records/{year}/{}", self.sealed.directory);
        path.parse().expect("a slug is a plain name")
    }

    /// The objects to put and the entries to append for this record.
    pub(super) fn register(&self, objects: &mut Vec<Object>, events: &mut Vec<Event>) {
        let (path, seal) = (self.path(), &self.sealed.seal);
        objects.push((file_in(&path, "package.zip"), self.sealed.package.clone().into()));
        objects.push((file_in(&path, "seal.txt"), self.seal_text.clone().into()));
        let replaces = self.sealing.replaces.as_ref().map(|r| r.record);
        events.push(Event::Sealed(register::Sealed {
            record: seal.record,
            path,
            kind: seal.kind,
            class: seal.class.clone(),
            period: seal.period,
            retention: seal.retention.clone(),
            seal: Digest::of(self.seal_text.as_bytes()),
            package: seal.package,
            bytes: self.sealed.package.len() as u64,
            replaces,
        }));
        if let Some(record) = replaces {
            events.push(Event::Replaced(register::Replaced {
                record,
                by: seal.record,
                pages_changed: self.sealed.changed.len() as u32,
                pages: self.sealed.changed.clone(),
            }));
        }
    }

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
