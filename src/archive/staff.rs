//! Staff roster and teaching load: what is in force, and putting others in force (`docs/formats.md` § 3).

use super::commit::{CommitError, Committed};
use super::documents::{self, DocumentError};
use super::{Archive, ContentsError, IntakeError, Reading};
use crate::catalogue::{Catalogue, RowsError};
use crate::journal::{ClassName, Journal, PeriodId};
use crate::location::Location;
use crate::register::{Event, RecordKind, StaffId};
use crate::retention::DocumentKind;
use crate::staff::{Roster, StaffMember, TeachingLoad};
use chrono::{DateTime, Utc};
use rand_core::CryptoRng;
use std::collections::BTreeSet;

/// Why a roster or a load is not put in force.
#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    /// Who left still has signed.
    #[error(
        "{0} is in the roster in force and not in the new one; nobody is ever taken out of it: end the posts instead"
    )]
    TakenOut(StaffId),
    /// Nobody could be asked to sign.
    #[error("the load names {0}, whom the roster does not have; `letopis staff list` shows it")]
    Stranger(StaffId),
    /// A document in force does not read.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The change could not be made.
    #[error(transparent)]
    Commit(#[from] CommitError),
}

/// Why the journals of a period cannot be gathered.
#[derive(Debug, thiserror::Error)]
pub enum JournalsError {
    /// A record does not read.
    #[error(transparent)]
    Contents(#[from] ContentsError),
    /// An import does not read.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// The catalogue failed.
    #[error(transparent)]
    Catalogue(#[from] RowsError),
}

async fn teaching_load(l: &Location, c: &Catalogue) -> Result<TeachingLoad, DocumentError> {
    match c.teaching_load().map_err(|_| DocumentError::None("teaching load"))? {
        Some(view) => documents::read(l, &view).await,
        None => Ok(TeachingLoad::default()),
    }
}

impl Archive {
    /// Puts another version of the staff roster in force.
    ///
    /// # Errors
    /// When somebody who is in the roster in force is not in it, or the change cannot be made.
    pub async fn change_roster(
        &mut self,
        roster: &Roster,
        now: DateTime<Utc>,
        rng: &mut impl CryptoRng,
    ) -> Result<Committed, StaffError> {
        let here: BTreeSet<StaffId> = roster.persons().iter().map(StaffMember::id).collect();
        let former = self.roster().await?;
        if let Some(gone) = former.persons().iter().find(|person| !here.contains(&person.id())) {
            return Err(StaffError::TakenOut(gone.id()));
        }
        let plan = self.plan().await?;
        let written = documents::write(DocumentKind::StaffRoster, roster, None, &plan, now, rng);
        let (objects, event) = written.by(Event::StaffRoster);
        Ok(self.commit(&objects, vec![event], now).await?)
    }

    /// Puts another version of the teaching load in force.
    ///
    /// # Errors
    /// When it names somebody whom the roster in force does not have, or the change cannot be made.
    pub async fn adopt_load(
        &mut self,
        load: &TeachingLoad,
        now: DateTime<Utc>,
        rng: &mut impl CryptoRng,
    ) -> Result<Committed, StaffError> {
        let roster = self.roster().await?;
        let known: BTreeSet<StaffId> = roster.persons().iter().map(StaffMember::id).collect();
        if let Some(row) = load.rows().iter().find(|row| !known.contains(&row.staff)) {
            return Err(StaffError::Stranger(row.staff));
        }
        let plan = self.plan().await?;
        let written = documents::write(DocumentKind::TeachingLoad, load, None, &plan, now, rng);
        let (objects, event) = written.by(Event::TeachingLoad);
        Ok(self.commit(&objects, vec![event], now).await?)
    }

    /// The teaching load in force; empty when there is none yet.
    ///
    /// # Errors
    /// When the document is missing or altered.
    pub async fn teaching_load(&self) -> Result<TeachingLoad, DocumentError> {
        teaching_load(&self.primary, &self.catalogue).await
    }
}

impl Reading {
    /// The teaching load in force; empty when there is none yet.
    ///
    /// # Errors
    /// When the document is missing or altered.
    pub async fn teaching_load(&self) -> Result<TeachingLoad, DocumentError> {
        teaching_load(self.location(), self.catalogue()).await
    }

    /// The journals of a period by class: those waiting to be sealed, and those of current records for classes that
    /// have none waiting.
    ///
    /// # Errors
    /// When one does not read.
    pub async fn journals_of(&self, period: PeriodId) -> Result<Vec<Journal>, JournalsError> {
        let mut journals = Vec::new();
        let mut waiting = BTreeSet::new();
        for import in self.home().waiting()? {
            if import.period() == period {
                journals.push(import.journal()?);
                waiting.insert(import.class().clone());
            }
        }
        let mut records = self.catalogue().records_of(&period)?;
        records.retain(|r| r.kind == RecordKind::Journal && r.is_current());
        for record in records.iter().filter(|record| !waiting.contains(&record.class)) {
            journals.push(self.journal(record).await?);
        }
        journals.sort_by_cached_key(|journal| journal.class.name());
        Ok(journals)
    }

    /// Every class some record or waiting import is of.
    ///
    /// # Errors
    /// When imports or catalogue do not read.
    pub fn classes(&self) -> Result<BTreeSet<ClassName>, JournalsError> {
        let records = self.catalogue().records()?.into_iter().map(|record| record.class);
        let waiting = self.home().waiting()?;
        Ok(records.chain(waiting.iter().map(|import| import.class().clone())).collect())
    }
}
