//! Summary statements (сводные ведомости) of a class's year become records of their own (R1 3.8, 8.5): drawn
//! from the year's signed journals, and kept when those are destroyed.

use super::closing::{Agreement, ClosingError};
use super::commit::CommitError;
use super::contents;
use super::documents::DocumentError;
use super::pupils::{self, ClassYear, ClassYearError};
use super::snapshot_job::{PrintSettings, register};
use super::{Archive, Second};
use crate::catalogue::{RecordView, RowsError};
use crate::journal::statement::{Confirmed, RollError};
use crate::journal::{ClassName, PeriodId, PeriodKind, SchoolYear};
use crate::location::LocationError;
use crate::paper::class_journal::Edition;
use crate::paper::statement::{self, YearForm};
use crate::paper::{Letterhead, PaperError};
use crate::record::{
    PageViews, Replaced, Sealed, Sealing, SourceRecord, YearStatement, seal_statement,
};
use crate::register::{RecordKind, RecordNumber};
use chrono::{DateTime, SubsecRound as _, Utc};
use rand_chacha::ChaCha20Rng;
use rand_core::{CryptoRng, SeedableRng as _};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What became of one class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatementOutcome {
    /// Its statement is a record now.
    Sealed {
        /// The new record.
        record: RecordNumber,
        /// Whose.
        class: ClassName,
        /// The journals it was drawn from, in order of time.
        sources: Vec<SourceRecord>,
        /// Size of the package in bytes.
        bytes: usize,
        /// The record it replaces.
        replaces: Option<RecordNumber>,
        /// Why the second location does not have it yet.
        missing: Option<String>,
    },
    /// The latest record says the same, drawn from the same journals: no new record.
    Unchanged {
        /// The latest record.
        record: RecordNumber,
        /// Whose.
        class: ClassName,
    },
}

/// Why a class's statement is not drawn.
#[derive(Debug, thiserror::Error)]
pub enum NotDrawn {
    /// The class has no journal of the year.
    #[error("it has no record of {0}; `letopis list` shows those there are")]
    NoJournal(SchoolYear),
    /// A period's journal is not sealed.
    #[error("there is no record of {0}; `letopis snapshot --period {0}` first")]
    Missing(PeriodId),
    /// The year's own journal is not sealed.
    #[error(
        "there is no record of {0}, which holds the year's finals and decisions; \
         `letopis snapshot --period {0}` first"
    )]
    YearMissing(PeriodId),
    /// A journal may still be replaced.
    #[error("record {record} of {period} is not signed by the director; `letopis sign` first")]
    NotSigned {
        /// The record.
        record: RecordNumber,
        /// Its period.
        period: PeriodId,
    },
    /// A record cannot be read.
    #[error("record {0} is damaged; `letopis repair` first")]
    Damaged(RecordNumber),
    /// Pupils of several periods may be one, and nobody has said.
    #[error("{0} pair(s) of pupils of several periods may be one; `letopis pupils` tells which")]
    Unmatched(usize),
    /// The journals do not make a class's year.
    #[error(transparent)]
    Roll(RollError),
    /// Its copy goes through a closing, or went, and nobody may agree to another.
    #[error(transparent)]
    OnPaper(Box<ClosingError>),
    /// Its reference print cannot be made.
    #[error(transparent)]
    NotPrintable(PaperError),
}

/// Why statements were not drawn.
#[derive(Debug, thiserror::Error)]
pub enum StatementsError {
    /// There is nothing of that year.
    #[error("there is no journal of {0}; `letopis list` shows those there are")]
    NoYear(SchoolYear),
    /// These classes are refused, each with all reasons; the others' statements are drawn.
    #[error("not drawn: {}", list(.0))]
    Refused(Vec<(ClassName, Vec<NotDrawn>)>),
    /// Settings, file plan or what was said about pupils cannot be read.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The primary location failed.
    #[error(transparent)]
    Location(#[from] LocationError),
    /// The catalogue failed.
    #[error(transparent)]
    Catalogue(#[from] RowsError),
    /// A record could not be committed; those reported before are.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// What was said about pupils cannot be read.
    #[error(transparent)]
    Pupils(#[from] ClassYearError),
    /// A number could not be set aside.
    #[error("record numbers are used up")]
    NoNumber,
}

fn list(refused: &[(ClassName, Vec<NotDrawn>)]) -> String {
    let of = |(class, why): &(ClassName, Vec<NotDrawn>)| {
        let why: Vec<String> = why.iter().map(ToString::to_string).collect();
        format!("{class}: {}", why.join("; "))
    };
    refused.iter().map(of).collect::<Vec<_>>().join("; ")
}

impl Archive {
    /// Draws the statements of a year's classes (all that have a journal of it, when none is named) from the
    /// current records of its journals, and seals them. Each record is reported when it is durable in every
    /// location that can be reached. Where a statement is on paper in a closing, `agreement` says who agrees to another.
    ///
    /// # Errors
    /// [`StatementsError::Refused`] names the classes that cannot be drawn; all others are sealed then. Otherwise
    /// when something cannot be read or written; what was reported is safe.
    pub async fn seal_statements(
        &mut self,
        year: SchoolYear,
        (classes, agreement): (&[ClassName], Option<&Agreement>),
        now: DateTime<Utc>,
        rng: &mut impl CryptoRng,
        mut report: impl FnMut(&StatementOutcome),
    ) -> Result<(), StatementsError> {
        self.check_clock(now)?;
        let settings = Arc::new(PrintSettings::of(self.settings().await?, now)?);
        let classes = self.classes_of(year, classes)?;
        let second = match &self.second {
            Second::Here(second) => Some(second),
            Second::Missing(_) => None,
        };
        let locations = [Some(&self.primary), second];
        let confirmed = pupils::confirmed(&self.catalogue, locations.into_iter().flatten()).await?;
        let mut refused = Vec::new();
        for class in classes {
            let drawn = match self.draw(&class, year, &confirmed).await {
                Ok(drawn) => self.seal_drawn(drawn, agreement, &settings, now, rng).await,
                Err(error) => Err(error),
            };
            match drawn {
                Ok(outcome) => report(&outcome),
                // One class must not keep the others from being drawn.
                Err(StatementsError::Refused(class)) => refused.extend(class),
                Err(error) => return Err(error),
            }
        }
        if refused.is_empty() { Ok(()) } else { Err(StatementsError::Refused(refused)) }
    }

    /// The classes asked for, or all of the year, each once.
    fn classes_of(
        &self,
        year: SchoolYear,
        asked: &[ClassName],
    ) -> Result<BTreeSet<ClassName>, StatementsError> {
        if !asked.is_empty() {
            return Ok(asked.iter().cloned().collect());
        }
        let mut records = self.catalogue.records()?;
        records
            .retain(|r| r.kind == RecordKind::Journal && r.is_current() && r.period.year == year);
        let classes: BTreeSet<ClassName> = records.into_iter().map(|r| r.class).collect();
        if classes.is_empty() { Err(StatementsError::NoYear(year)) } else { Ok(classes) }
    }

    /// Draws one class's statement.
    async fn draw(
        &self,
        class: &ClassName,
        year: SchoolYear,
        confirmed: &[Confirmed],
    ) -> Result<YearStatement, StatementsError> {
        let records = pupils::current_journals(&self.catalogue, class, year)?;
        let mut found = ClassYear { records, journals: Vec::new(), confirmed: confirmed.to_vec() };
        let mut why = lacking(&found, year);
        for record in &found.records {
            match contents::read(&self.primary, record).await? {
                Some((journal, _)) => found.journals.push(journal),
                None => why.push(NotDrawn::Damaged(record.record)),
            }
        }
        // No journal at all is told already.
        if !found.journals.is_empty() {
            match found.roll() {
                Ok(roll) if roll.unjoined().is_empty() && why.is_empty() => {
                    let sources: Vec<SourceRecord> = found.records.iter().map(source).collect();
                    return Ok(YearStatement::of(&roll, &sources));
                }
                Ok(roll) => {
                    let open = roll.unjoined().len();
                    why.extend((open > 0).then_some(NotDrawn::Unmatched(open)));
                }
                Err(errors) => why.extend(errors.into_iter().map(NotDrawn::Roll)),
            }
        }
        Err(StatementsError::Refused(vec![(class.clone(), why)]))
    }

    /// Seals a statement, unless the class's latest record says the same.
    async fn seal_drawn(
        &mut self,
        statement: YearStatement,
        agreement: Option<&Agreement>,
        settings: &Arc<PrintSettings>,
        now: DateTime<Utc>,
        rng: &mut impl CryptoRng,
    ) -> Result<StatementOutcome, StatementsError> {
        let class = statement.class.clone();
        let latest = self.latest_statement(&statement)?;
        if let Some(record) = &latest {
            let refused = |why| StatementsError::Refused(vec![(class.clone(), vec![why])]);
            let former = contents::read_statement(&self.primary, record).await?;
            let former = former.ok_or_else(|| refused(NotDrawn::Damaged(record.record)))?;
            if former == statement {
                return Ok(StatementOutcome::Unchanged { record: record.record, class });
            }
            let of = (&class, statement.period());
            let sources: Vec<RecordNumber> = statement.sources.iter().map(|s| s.record).collect();
            let agreed = self.agree_to_statement(of, &sources, agreement, now, rng).await;
            agreed.map_err(|why| refused(NotDrawn::OnPaper(Box::new(why))))?;
        }
        let sealing = self.statement_sealing(latest, settings, now).await?;
        let mut seed = [0; 32];
        rng.fill_bytes(&mut seed);
        let sources = statement.sources.clone();
        let settings = settings.clone();
        let sealed = tokio::task::spawn_blocking(move || {
            seal(&statement, &sealing, &settings, &mut ChaCha20Rng::from_seed(seed))
        });
        let sealed = sealed.await;
        let sealed =
            sealed.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()))?;
        let (mut objects, mut events) = (Vec::new(), Vec::new());
        register(&sealed, &mut objects, &mut events);
        if let Some((former, _)) = sealed.seal.replaces {
            events.extend(self.sheets_voided(former, &[])?);
        }
        let committed = self.commit(&objects, events, now).await?;
        Ok(StatementOutcome::Sealed {
            record: sealed.seal.record,
            class,
            sources,
            bytes: sealed.package.len(),
            replaces: sealed.seal.replaces.map(|(record, _)| record),
            missing: committed.missing,
        })
    }

    async fn statement_sealing(
        &self,
        latest: Option<RecordView>,
        PrintSettings { settings, .. }: &PrintSettings,
        now: DateTime<Utc>,
    ) -> Result<Sealing, StatementsError> {
        let plan = self.plan().await?;
        let class = plan.class_of_record(RecordKind::Statement).id.as_str();
        // A replacing record keeps the term of the one it replaces.
        let retention = latest.as_ref().map_or(class, |record| &record.retention).to_owned();
        let replaces = latest.map(|record| Replaced {
            record: record.record,
            seal: record.seal,
            pages: PageViews::default(),
        });
        Ok(Sealing {
            archive: self.home.archive(),
            record: self.next_number()?.ok_or(StatementsError::NoNumber)?,
            school_id: settings.school_id.clone(),
            school_name: settings.school_name.clone(),
            retention,
            sealed: now.trunc_subsecs(0),
            replaces,
            shown: PageViews::default(),
        })
    }

    /// The current statement of the class and year.
    fn latest_statement(&self, of: &YearStatement) -> Result<Option<RecordView>, RowsError> {
        let mut records = self.catalogue.records_of(&of.period())?;
        records
            .retain(|r| r.kind == RecordKind::Statement && r.class == of.class && r.is_current());
        Ok(records.pop())
    }
}

/// What keeps the records of a class's year from being drawn from, whatever is in them.
fn lacking(found: &ClassYear, year: SchoolYear) -> Vec<NotDrawn> {
    if found.records.is_empty() {
        return vec![NotDrawn::NoJournal(year)];
    }
    let missing = found.missing().into_iter().map(|period| match period.kind {
        PeriodKind::Year => NotDrawn::YearMissing(period),
        _ => NotDrawn::Missing(period),
    });
    let unsigned = found.records.iter().filter(|record| !record.is_signed());
    let unsigned = unsigned.map(|r| NotDrawn::NotSigned { record: r.record, period: r.period });
    missing.chain(unsigned).collect()
}

fn source(record: &RecordView) -> SourceRecord {
    SourceRecord { period: record.period, record: record.record, seal: record.seal }
}

/// Seals a statement with its reference print.
fn seal(
    statement: &YearStatement,
    sealing: &Sealing,
    PrintSettings { settings, wording, printed }: &PrintSettings,
    rng: &mut ChaCha20Rng,
) -> Result<Sealed, StatementsError> {
    let print = || {
        let head = Letterhead {
            school: &sealing.school_name,
            wording,
            // The archive does not know yet who holds which post: they write their names by hand.
            officials: &[],
            printed: *printed,
        };
        let form = YearForm {
            statement,
            archive: sealing.archive,
            record: sealing.record,
            two_sided: settings.paper.two_sided,
            head,
        };
        statement::year(&form, &Edition::Reference).map(|print| print.pdf)
    };
    let refused = |why| {
        let why = vec![NotDrawn::NotPrintable(why)];
        StatementsError::Refused(vec![(statement.class.clone(), why)])
    };
    seal_statement(statement, sealing, print, rng).map_err(refused)
}
