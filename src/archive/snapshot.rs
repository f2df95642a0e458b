//! The snapshot (снимок): imported journals of a period become records.

use super::closing::ClosingError;
use super::commit::CommitError;
use super::documents::DocumentError;
use super::intake::{IntakeError, Waiting};
use super::snapshot_job::{Job, PrintSettings, register, seal};
use super::{Archive, contents};
use crate::catalogue::{RecordView, RowsError};
use crate::journal::{ClassName, Journal, PeriodId};
use crate::location::LocationError;
use crate::paper::PaperError;
use crate::record::{Replaced, Sealing};
use crate::register::{RecordKind, RecordNumber};
use chrono::{DateTime, Datelike as _, NaiveDate, SubsecRound as _, Utc, Weekday};
use futures::StreamExt as _;
use rand_chacha::ChaCha20Rng;
use rand_core::{CryptoRng, SeedableRng as _};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// How many records are committed together: their files are synced one by one, the register once.
const TOGETHER: usize = 8;

/// What is to be sealed.
#[derive(Debug, Clone)]
pub struct SnapshotRequest {
    /// Of which period.
    pub period: PeriodId,
    /// Which classes; none named means all that were imported.
    pub classes: Vec<ClassName>,
}

/// What became of one class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Its journal is a record now.
    Sealed {
        /// The new record.
        record: RecordNumber,
        /// Whose journal.
        class: ClassName,
        /// How many pages it has.
        pages: usize,
        /// Size of the package in bytes.
        bytes: usize,
        /// The record it replaces, and the pages that read otherwise there.
        replaces: Option<(RecordNumber, Vec<String>)>,
        /// Why the second location does not have it yet.
        missing: Option<String>,
    },
    /// Its journal says what the latest record says: no new record.
    Unchanged {
        /// The latest record.
        record: RecordNumber,
        /// Whose journal.
        class: ClassName,
    },
}

/// Why no snapshot was taken.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// Nothing to seal.
    #[error("nothing is imported for {0}; `letopis import FILES` first")]
    NothingImported(PeriodId),
    /// Some of the classes named are not there.
    #[error("not imported for {period}: {}; `letopis import FILES` first, nothing was sealed", list(.classes))]
    NotImported {
        /// Which classes.
        classes: Vec<ClassName>,
        /// Of which period.
        period: PeriodId,
    },
    /// Lessons are still to come.
    #[error("too early: lessons go on until {until} in {}; nothing was sealed", list(.classes))]
    TooEarly {
        /// Which classes.
        classes: Vec<ClassName>,
        /// The last lesson day of them.
        until: NaiveDate,
    },
    /// The latest record of a class cannot be read.
    #[error("record {0} is damaged; `letopis repair` first, then take the snapshot again")]
    Damaged(RecordNumber),
    /// Paper copies go round that a new record would change.
    #[error("the paper copies of {} go round in a closing, or lie in its folder; `letopis closing correct CLASS --period PERIOD` shows what the import changes; nothing was sealed", list(.0))]
    GoingRound(Vec<ClassName>),
    /// A closing cannot be read.
    #[error(transparent)]
    Closing(#[from] Box<ClosingError>),
    /// An import cannot be read.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// Settings or file plan cannot be read.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The primary location failed.
    #[error(transparent)]
    Location(#[from] LocationError),
    /// The catalogue failed.
    #[error(transparent)]
    Catalogue(#[from] RowsError),
    /// The records could not be committed; those reported before are.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// Some journals hold what cannot be printed.
    #[error("not sealed, for their reference print cannot be made: {}", unprintable(.0))]
    NotPrintable(Vec<(ClassName, PaperError)>),
    /// A number could not be set aside.
    #[error("record numbers are used up")]
    NoNumber,
}

fn list(classes: &[ClassName]) -> String {
    classes.iter().map(ClassName::as_str).collect::<Vec<_>>().join(", ")
}

fn unprintable(classes: &[(ClassName, PaperError)]) -> String {
    classes.iter().map(|(class, why)| format!("{class}: {why}")).collect::<Vec<_>>().join("; ")
}

impl Archive {
    /// Seals the imported journals of a period. Each record is reported when it is durable in every
    /// location that can be reached.
    ///
    /// # Errors
    /// Before anything is sealed: when classes are not imported, or lessons are still to come. Later:
    /// when the primary location fails, what was reported is safe; when a journal cannot be printed, all
    /// others are sealed.
    pub async fn snapshot(
        &mut self,
        request: &SnapshotRequest,
        now: DateTime<Utc>,
        rng: &mut impl CryptoRng,
        report: impl FnMut(&Outcome),
    ) -> Result<(), SnapshotError> {
        let going_round = self.going_round(request).await?;
        if !going_round.is_empty() {
            return Err(SnapshotError::GoingRound(going_round));
        }
        self.snapshot_agreed(request, now, rng, report).await
    }

    /// The same where corrections of what goes round on paper were agreed to.
    pub(super) async fn snapshot_agreed(
        &mut self,
        request: &SnapshotRequest,
        now: DateTime<Utc>,
        rng: &mut impl CryptoRng,
        mut report: impl FnMut(&Outcome),
    ) -> Result<(), SnapshotError> {
        self.check_clock(now)?;
        let imports = self.requested(request)?;
        let settings = self.settings().await?;
        let today = now.with_timezone(&settings.utc_offset).date_naive();
        let mut journals = Vec::with_capacity(imports.len());
        for import in imports {
            journals.push((import.journal()?, import));
        }
        refuse_too_early(&journals, today)?;
        let settings = Arc::new(PrintSettings::of(settings, now)?);
        let mut jobs = Vec::new();
        for (journal, import) in journals {
            match self.prepare(import, journal, &settings, now, rng).await? {
                Prepared::Job(job) => jobs.push(*job),
                Prepared::Unchanged(import, record) => {
                    report(&Outcome::Unchanged { record, class: import.class().clone() });
                    import.remove()?;
                }
            }
        }
        self.seal_all(jobs, now, report).await
    }

    /// Classes whose paper copy goes through a closing, or went, and whose import reads otherwise than the record.
    async fn going_round(
        &self,
        request: &SnapshotRequest,
    ) -> Result<Vec<ClassName>, SnapshotError> {
        let mut found = Vec::new();
        let waiting = self.home.waiting()?;
        // In a finished closing, too: what lies in a folder is corrected by the director's order alone.
        for closing in self.closings_of(request.period).await.map_err(Box::new)? {
            for class in &closing.classes {
                let facts = &class.facts;
                let asked = request.classes.is_empty() || request.classes.contains(&facts.class);
                let waits = |w: &Waiting| *w.class() == facts.class && w.period() == facts.period;
                let waits = facts.period == request.period && waiting.iter().any(waits);
                if !waits || !asked || class.copy.is_none() {
                    continue;
                }
                let of = (&facts.class, facts.period);
                let changed = self.correction(closing.id, of).await;
                match changed.map_err(Box::new) {
                    Ok(_) => found.push(facts.class.clone()),
                    Err(error) => match *error {
                        ClosingError::NothingChanged { .. } => {}
                        error => return Err(Box::new(error).into()),
                    },
                }
            }
        }
        Ok(found)
    }

    /// The imports that are asked for.
    fn requested(&self, request: &SnapshotRequest) -> Result<Vec<Waiting>, SnapshotError> {
        let period = request.period;
        let mut imports = self.home.waiting()?;
        imports.retain(|import| import.period() == period);
        if request.classes.is_empty() {
            return if imports.is_empty() {
                Err(SnapshotError::NothingImported(period))
            } else {
                Ok(imports)
            };
        }
        let imported = |class: &&ClassName| imports.iter().any(|i| i.class() == *class);
        let classes: Vec<ClassName> =
            request.classes.iter().filter(|class| !imported(class)).cloned().collect();
        if !classes.is_empty() {
            return Err(SnapshotError::NotImported { classes, period });
        }
        imports.retain(|import| request.classes.contains(import.class()));
        Ok(imports)
    }

    /// Compares an import with the latest record of its class; an unchanged one makes no new record.
    async fn prepare(
        &mut self,
        import: Waiting,
        journal: Journal,
        settings: &Arc<PrintSettings>,
        now: DateTime<Utc>,
        rng: &mut impl CryptoRng,
    ) -> Result<Prepared, SnapshotError> {
        let latest = self.latest_record(&journal)?;
        let mut replaces = None;
        if let Some(record) = &latest {
            let former = contents::read(&self.primary, record).await?;
            let (former, pages) = former.ok_or(SnapshotError::Damaged(record.record))?;
            if former.says_the_same_as(&journal) {
                return Ok(Prepared::Unchanged(import, record.record));
            }
            replaces = Some(Replaced { record: record.record, seal: record.seal, pages });
        }
        // A replacing record keeps the term of the one it replaces.
        let retention = match latest {
            Some(record) => record.retention,
            None => self.plan().await?.class_of_record(RecordKind::Journal).id.as_str().to_owned(),
        };
        let sealing = Sealing {
            archive: self.home.archive(),
            record: RecordNumber::FIRST,
            school_id: settings.settings.school_id.clone(),
            school_name: settings.settings.school_name.clone(),
            retention,
            sealed: now.trunc_subsecs(0),
            replaces,
            shown: import.pages()?,
        };
        let mut seed = [0; 32];
        rng.fill_bytes(&mut seed);
        let rng = ChaCha20Rng::from_seed(seed);
        let settings = settings.clone();
        Ok(Prepared::Job(Box::new(Job { import, settings, journal, sealing, rng })))
    }

    /// The current record of the journal's class and period.
    fn latest_record(&self, journal: &Journal) -> Result<Option<RecordView>, SnapshotError> {
        let class = journal.class.name();
        let mut records = self.catalogue.records_of(&journal.period_id())?;
        records.retain(|r| r.kind == RecordKind::Journal && r.class == class && r.is_current());
        Ok(records.pop())
    }

    /// Seals on all cores, commits a few records at a time.
    async fn seal_all(
        &mut self,
        mut jobs: Vec<Job>,
        now: DateTime<Utc>,
        mut report: impl FnMut(&Outcome),
    ) -> Result<(), SnapshotError> {
        let mut number = self.next_number()?.ok_or(SnapshotError::NoNumber)?;
        for job in &mut jobs {
            job.sealing.record = number;
            number = number.next().ok_or(SnapshotError::NoNumber)?;
        }
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let sealing = futures::stream::iter(jobs)
            .map(|job| async move {
                let sealed = tokio::task::spawn_blocking(move || seal(job)).await;
                sealed.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()))
            })
            .buffered(cores)
            .ready_chunks(TOGETHER);
        let mut sealing = std::pin::pin!(sealing);
        let mut unprintable = Vec::new();
        while let Some(sealed) = sealing.next().await {
            let mut batch = Vec::with_capacity(sealed.len());
            for made in sealed {
                match made {
                    Ok(made) => batch.push(made),
                    // One class must not keep the others from being sealed; its number is skipped.
                    Err(SnapshotError::NotPrintable(class)) => unprintable.extend(class),
                    Err(error) => return Err(error),
                }
            }
            let (mut objects, mut events) = (Vec::new(), Vec::new());
            for made in &batch {
                register(&made.sealed, &mut objects, &mut events);
                if let Some(replaced) = &made.sealing.replaces {
                    events.extend(self.sheets_voided(replaced.record, &made.sealed.pages)?);
                }
            }
            let committed = self.commit(&objects, events, now).await?;
            for made in batch {
                report(&made.outcome(committed.missing.clone()));
                made.import.remove()?;
            }
        }
        if unprintable.is_empty() { Ok(()) } else { Err(SnapshotError::NotPrintable(unprintable)) }
    }

    /// The number after the largest one ever given, to a record or to what lies in `unfinished/`; `None` when
    /// numbers are used up.
    pub(super) fn next_number(&self) -> Result<Option<RecordNumber>, RowsError> {
        let registered = self.catalogue.last_record()?;
        let unfinished = highest_number(&self.home.file("unfinished"));
        let last = registered.max(unfinished);
        Ok(last.map_or(Some(RecordNumber::FIRST), RecordNumber::next))
    }
}

enum Prepared {
    Job(Box<Job>),
    Unchanged(Waiting, RecordNumber),
}

/// A snapshot is never taken before the last lesson day: the day of the last lesson in the journal, or
/// the period's last day (the Saturday before it when that is a Sunday).
fn refuse_too_early(
    journals: &[(Journal, Waiting)],
    today: NaiveDate,
) -> Result<(), SnapshotError> {
    let last_day = |journal: &Journal| {
        let to = journal.period.to;
        let to = if to.weekday() == Weekday::Sun { to.pred_opt().unwrap_or(to) } else { to };
        let lessons = journal.pages.iter().flat_map(|p| &p.lessons).map(|l| l.date);
        lessons.filter(|date| *date <= journal.period.to).fold(to, NaiveDate::max)
    };
    let early: BTreeMap<ClassName, NaiveDate> = journals
        .iter()
        .map(|(journal, _)| (journal.class.name(), last_day(journal)))
        .filter(|(_, last)| *last > today)
        .collect();
    match early.values().max() {
        Some(until) => {
            let until = *until;
            Err(SnapshotError::TooEarly { classes: early.into_keys().collect(), until })
        }
        None => Ok(()),
    }
}

/// The largest record number among directories that interrupted runs left.
fn highest_number(unfinished: &Path) -> Option<RecordNumber> {
    let mut highest = None;
    let mut waiting = vec![unfinished.to_owned()];
    while let Some(directory) = waiting.pop() {
        for entry in std::fs::read_dir(directory).into_iter().flatten().flatten() {
            if !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                continue;
            }
            let name = entry.file_name().to_string_lossy().into_owned();
            let number = name.split('-').next().filter(|n| n.len() >= 6);
            match number.and_then(|n| n.parse::<RecordNumber>().ok()) {
                Some(number) => highest = highest.max(Some(number)),
                None => waiting.push(entry.path()),
            }
        }
    }
    highest
}
