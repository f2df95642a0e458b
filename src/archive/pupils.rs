//! Which pupils of several periods are one: proposed by name and birth date, said by a person, kept as a
//! document (`docs/formats.md` § 3, `pupils-matched`).

use super::commit::Committed;
use super::documents::{self, DocumentError};
use super::keys::KeyError;
use super::{Archive, CommitError, ContentsError, Reading};
use crate::catalogue::{Catalogue, RecordView, RowsError};
use crate::journal::statement::{Confirmed, Proposal, PupilRow, Roll, RollError, SourceId};
use crate::journal::{ClassName, Journal, PeriodId, PeriodKind, SchoolYear};
use crate::location::Location;
use crate::register::{Event, RecordKind, StaffId};
use crate::retention::DocumentKind;
use chrono::{DateTime, Utc};
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

/// The body of a `pupils-matched` document.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PupilsMatched {
    by: StaffId,
    confirmed: Vec<Confirmed>,
    name: String,
}

/// The current journals of a class's school year, and what was said about their pupils.
#[derive(Debug)]
pub struct ClassYear {
    /// The records they are in, in the order of `journals`.
    pub records: Vec<RecordView>,
    /// By period, the year's own last.
    pub journals: Vec<Journal>,
    /// Everything that was ever said about pupils, of each pair the last word.
    pub confirmed: Vec<Confirmed>,
}

/// Two pupils of several journals who may be one, numbered by their place in [`ClassYear::matches`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The source ids, and what speaks for it.
    pub proposal: Proposal,
    /// The first as the journals have it.
    pub first: PupilRow,
    /// The second.
    pub second: PupilRow,
    /// How it stands.
    pub state: MatchState,
}

/// What became of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchState {
    /// Nobody has said anything.
    Open,
    /// They are one, by a person's word.
    Same,
    /// They are two, by a person's word or because one of them is another pupil of the same journal.
    Different,
}

/// Why the journals of a class's year cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ClassYearError {
    /// None of this class and year.
    #[error("there is no record of class {class} in {year}; `letopis list` shows those there are")]
    NoRecord {
        /// The class.
        class: ClassName,
        /// The school year.
        year: SchoolYear,
    },
    /// A record does not read.
    #[error(transparent)]
    Contents(#[from] ContentsError),
    /// A document does not read.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The catalogue failed.
    #[error(transparent)]
    Catalogue(#[from] RowsError),
}

/// Why nothing was recorded about pupils.
#[derive(Debug, thiserror::Error)]
pub enum MatchError {
    /// The journals do not make a class's year with this said.
    #[error("this cannot be: {}", messages(.0))]
    Refused(Vec<RollError>),
    /// The person's name is ambiguous or none, or the roster cannot be changed.
    #[error(transparent)]
    Person(#[from] KeyError),
    /// A document does not read.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The change could not be made.
    #[error(transparent)]
    Commit(#[from] CommitError),
}

fn messages(errors: &[RollError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

impl Reading {
    /// The current journals of a class's school year, from whichever location has them undamaged.
    ///
    /// # Errors
    /// When there is none, or one does not read.
    pub async fn class_year(
        &self,
        class: &ClassName,
        year: SchoolYear,
    ) -> Result<ClassYear, ClassYearError> {
        let records = current_journals(self.catalogue(), class, year)?;
        if records.is_empty() {
            return Err(ClassYearError::NoRecord { class: class.clone(), year });
        }
        let mut journals = Vec::with_capacity(records.len());
        for record in &records {
            journals.push(self.journal(record).await?);
        }
        let confirmed = self.confirmed().await?;
        Ok(ClassYear { records, journals, confirmed })
    }

    /// Everything that was ever said about which pupils are one, of each pair the last word.
    ///
    /// # Errors
    /// When a document is missing or altered wherever it was looked for.
    pub async fn confirmed(&self) -> Result<Vec<Confirmed>, ClassYearError> {
        let locations = [self.primary(), self.second()];
        confirmed(self.catalogue(), locations.into_iter().flatten()).await
    }
}

/// The current journals of a class's school year, by period, the year's own last.
pub(super) fn current_journals(
    catalogue: &Catalogue,
    class: &ClassName,
    year: SchoolYear,
) -> Result<Vec<RecordView>, RowsError> {
    let mut records = catalogue.records()?;
    records.retain(|r| {
        let current = r.kind == RecordKind::Journal && r.replaced_by.is_none();
        current && r.class == *class && r.period.year == year
    });
    records.sort_by_key(|r| r.period);
    Ok(records)
}

/// Everything that was ever said about which pupils are one, of each pair the last word, from whichever of
/// these locations has it undamaged.
pub(super) async fn confirmed<'l>(
    catalogue: &Catalogue,
    locations: impl Iterator<Item = &'l Location> + Clone,
) -> Result<Vec<Confirmed>, ClassYearError> {
    let mut said: Vec<Confirmed> = Vec::new();
    for view in catalogue.pupils_matched()? {
        let mut read = None;
        for location in locations.clone() {
            let body = documents::read::<PupilsMatched>(location, &view).await;
            read = Some(body);
            if matches!(read, Some(Ok(_))) {
                break;
            }
        }
        let damaged = || DocumentError::Damaged(view.path.clone());
        said.extend(read.ok_or_else(damaged)??.confirmed);
    }
    Ok(last_words(said))
}

/// Of each pair the last thing said, in the order it was said.
fn last_words(said: Vec<Confirmed>) -> Vec<Confirmed> {
    let mut known = BTreeSet::new();
    let mut last: Vec<Confirmed> =
        said.into_iter().rev().filter(|c| known.insert(pair(&c.first, &c.second))).collect();
    last.reverse();
    last
}

fn pair(first: &SourceId, second: &SourceId) -> (SourceId, SourceId) {
    let (first, second) = (first.clone(), second.clone());
    if first <= second { (first, second) } else { (second, first) }
}

impl ClassYear {
    /// The year's pupils, joined as was said.
    ///
    /// # Errors
    /// When the journals do not make a class's year.
    pub fn roll(&self) -> Result<Roll<'_>, Vec<RollError>> {
        Roll::of(&self.journals.iter().collect::<Vec<_>>(), &self.confirmed)
    }

    /// The pupils of one period; `None` when it has no record.
    ///
    /// # Errors
    /// When what was said joins two pupils of this journal.
    pub fn roll_of(&self, period: PeriodId) -> Option<Result<Roll<'_>, Vec<RollError>>> {
        let journal = self.journals.iter().find(|journal| journal.period_id() == period)?;
        Some(Roll::of(&[journal], &self.confirmed))
    }

    /// The periods of the year that have no record: those of the kind the class closes by (modules only
    /// up to the last there is), and the year's own.
    pub fn missing(&self) -> Vec<PeriodId> {
        let here: BTreeSet<PeriodId> = self.records.iter().map(|r| r.period).collect();
        let mut all = BTreeSet::new();
        for period in &here {
            let most = match period.kind {
                PeriodKind::Module => period.number,
                kind => kind.most(),
            };
            let numbers = (1..=most.unwrap_or(0)).map(Some);
            all.extend(numbers.map(|number| PeriodId { number, ..*period }));
            all.insert(PeriodId { year: period.year, kind: PeriodKind::Year, number: None });
        }
        all.difference(&here).copied().collect()
    }

    /// Everyone of several journals who may be one, whether or not somebody has spoken of them, so that
    /// their numbers stay while the records do. Then those who are one by a person's word though nothing
    /// in the journals speaks for it.
    ///
    /// # Errors
    /// When the journals do not make a class's year.
    pub fn matches(&self) -> Result<Vec<Match>, Vec<RollError>> {
        let journals: Vec<&Journal> = self.journals.iter().collect();
        let apart = Roll::of(&journals, &[])?;
        let rows: HashMap<&SourceId, &PupilRow> = apart
            .pupils()
            .iter()
            .flat_map(|row| row.known_as.iter().map(move |id| (id, row)))
            .collect();
        let mut proposals = apart.proposals();
        let proposed: BTreeSet<_> = proposals.iter().map(|p| pair(&p.first, &p.second)).collect();
        let beyond =
            self.confirmed.iter().filter(|c| !proposed.contains(&pair(&c.first, &c.second)));
        proposals.extend(beyond.filter(|c| c.same).map(|c| Proposal {
            first: c.first.clone(),
            reasons: Vec::new(),
            second: c.second.clone(),
        }));
        let joined = Roll::of(&journals, &self.confirmed).ok();
        let matches = proposals.into_iter().filter_map(|proposal| {
            let row = |id| rows.get(id).map(|row| (*row).clone());
            let (first, second) = (row(&proposal.first)?, row(&proposal.second)?);
            let state = self.state(&proposal, joined.as_ref());
            Some(Match { proposal, first, second, state })
        });
        Ok(matches.collect())
    }

    /// Where what was said contradicts the journals, the words about this very pair tell.
    fn state(&self, proposal: &Proposal, joined: Option<&Roll<'_>>) -> MatchState {
        let Proposal { first, second, .. } = proposal;
        let Some(joined) = joined else {
            let asked = pair(first, second);
            let said = self.confirmed.iter().find(|c| pair(&c.first, &c.second) == asked);
            return match said.map(|said| said.same) {
                None => MatchState::Open,
                Some(true) => MatchState::Same,
                Some(false) => MatchState::Different,
            };
        };
        let of = |row: &PupilRow, id: &SourceId| row.known_as.contains(id);
        if joined.pupils().iter().any(|row| of(row, first) && of(row, second)) {
            return MatchState::Same;
        }
        let row = |id: &SourceId| joined.pupils().iter().position(|row| of(row, id));
        let asked = (row(first), row(second));
        let open = joined.unjoined().iter().any(|u| {
            let rows = (Some(u.first), Some(u.second));
            rows == asked || (rows.1, rows.0) == asked
        });
        if open { MatchState::Open } else { MatchState::Different }
    }
}

impl Archive {
    /// Records what a person said about which pupils are one, as one document. `by` is the person's full
    /// name or staff id; a name the roster does not have is added to it.
    ///
    /// # Errors
    /// When it would make two pupils of one journal one, the person is ambiguous, or the change cannot be
    /// made.
    pub async fn match_pupils(
        &mut self,
        year: &ClassYear,
        said: Vec<Confirmed>,
        by: &str,
        now: DateTime<Utc>,
        rng: &mut impl CryptoRng,
    ) -> Result<Committed, MatchError> {
        let all = last_words(year.confirmed.iter().chain(&said).cloned().collect());
        let journals: Vec<&Journal> = year.journals.iter().collect();
        Roll::of(&journals, &all).map_err(MatchError::Refused)?;
        let staff = self.holder(by, now, rng).await?;
        let name = by.split_whitespace().collect::<Vec<_>>().join(" ");
        let body = PupilsMatched { by: staff, confirmed: said, name };
        let plan = self.plan().await?;
        let matched = documents::write(DocumentKind::PupilsMatched, &body, None, &plan, now, rng);
        let (objects, event) = matched.by(Event::PupilsMatched);
        Ok(self.commit(&objects, vec![event], now).await?)
    }
}
