//! Closings: opening them, entering what was done, and asking how they stand.
//!
//! Every change is one commit: its documents, then its entries. The state is folded anew for every question
//! ([`crate::closing::Closing`]); nothing of it is stored.

mod correct;
mod enter;
mod facts;
mod folder;
mod media;
mod open;
mod papers;

pub use correct::{Agreement, Correction, CorrectionOrder};
pub use enter::Action;
pub use folder::{FolderOrder, Formed, Shelf};
pub use media::HandOverOrder;
pub use open::{ClosingOrder, ClosingPreview};
pub use papers::ClosingPaper;

use super::commit::CommitError;
use super::contents::ContentsError;
use super::documents::{self, DocumentError};
use super::intake::IntakeError;
use super::{Archive, Reading, SnapshotError};
use crate::catalogue::RowsError;
use crate::closing::plan::PlanError;
use crate::closing::{Closing, FileErrors, FoldError, Refusal};
use crate::journal::{ClassName, PeriodId, SchoolYear};
use crate::location::LocationError;
use crate::paper::PaperError;
use crate::register::{DocumentId, Entry, Event};
use facts::Wanted;

/// Why a closing cannot be read, or something was not entered.
#[derive(Debug, thiserror::Error)]
pub enum ClosingError {
    /// None of that period or id.
    #[error(
        "there is no closing of {0}; `letopis closing open` opens one, `letopis closing list` shows those there are"
    )]
    None(String),
    /// Several closings of a period.
    #[error("{period} is closed by several procedures: {}; name the closing by its id", ids(.closings))]
    Several {
        /// The period.
        period: PeriodId,
        /// Their ids.
        closings: Vec<DocumentId>,
    },
    /// No calendar for the year.
    #[error("no calendar of {0} is in force; `letopis adopt --calendar FILE` first")]
    NoCalendar(SchoolYear),
    /// One goes on already.
    #[error(
        "{period} is being closed already by closing {closing}; take its opening back first, if it was wrong"
    )]
    Open {
        /// The period.
        period: PeriodId,
        /// The closing.
        closing: DocumentId,
    },
    /// Nobody closes anything.
    #[error(
        "no class closes {0}: nothing is imported or sealed for it, and the teaching load has no class of its grades"
    )]
    NoClasses(PeriodId),
    /// A rule says no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Nothing waits to be sealed for a correction.
    #[error(
        "nothing is imported for {class}, {period} that reads otherwise than its record; `letopis import FILES` first"
    )]
    NothingChanged {
        /// The class.
        class: ClassName,
        /// The period.
        period: PeriodId,
    },
    /// A statement on paper is not drawn anew behind anybody's back.
    #[error(
        "record {record} of {class} is on paper in a closing; name the deputy who agrees with --by, and the director's order once it is shelved"
    )]
    OnPaper {
        /// The class.
        class: ClassName,
        /// Its statement.
        record: crate::register::RecordNumber,
    },
    /// What was seen is not what waits now.
    #[error(
        "{seen} was agreed to, {now} waits now: the journal was imported anew in between; look at it again"
    )]
    SeenOtherwise {
        /// What was seen.
        seen: String,
        /// What waits.
        now: String,
    },
    /// The days cannot be resolved.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// Procedure or calendar do not read.
    #[error(transparent)]
    File(#[from] FileErrors),
    /// The closing's own entries do not make one.
    #[error(transparent)]
    Fold(#[from] FoldError),
    /// A record does not read.
    #[error(transparent)]
    Contents(#[from] ContentsError),
    /// An import does not read.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// A document does not read.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// A paper cannot be printed.
    #[error(transparent)]
    Paper(#[from] PaperError),
    /// A location failed.
    #[error(transparent)]
    Location(#[from] LocationError),
    /// The catalogue failed.
    #[error(transparent)]
    Catalogue(#[from] RowsError),
    /// The corrected journal was not sealed.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// Numbers are used up.
    #[error("numbers of lines, folders or media are used up")]
    NoNumber,
    /// The change could not be made.
    #[error(transparent)]
    Commit(#[from] CommitError),
}

fn ids(closings: &[DocumentId]) -> String {
    closings.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

impl Archive {
    /// A closing as it stands, with the pages of every class.
    ///
    /// # Errors
    /// When there is none of this id, or something it is made of does not read.
    pub async fn closing(&self, closing: DocumentId) -> Result<Closing, ClosingError> {
        self.closing_with(closing, Wanted::All).await
    }

    async fn closing_with(
        &self,
        closing: DocumentId,
        wanted: Wanted<'_>,
    ) -> Result<Closing, ClosingError> {
        facts::closing((&self.home, &self.primary, &self.catalogue), closing, wanted).await
    }

    /// The closing of a period: of several the one that goes on.
    ///
    /// # Errors
    /// When there is none, or several go on.
    pub async fn closing_of(&self, period: PeriodId) -> Result<DocumentId, ClosingError> {
        let place = (&self.home, &self.primary, &self.catalogue);
        facts::closing_of(place, period).await
    }

    /// A closing by its entries alone: signatures, copies and folders, but no pages.
    ///
    /// # Errors
    /// As [`Archive::closing`].
    pub async fn outline(&self, closing: DocumentId) -> Result<Closing, ClosingError> {
        self.closing_with(closing, Wanted::Nothing).await
    }

    /// All closings of a period, finished ones too, as [`Archive::outline`].
    pub(super) async fn closings_of(&self, period: PeriodId) -> Result<Vec<Closing>, ClosingError> {
        facts::of_period((&self.home, &self.primary, &self.catalogue), period).await
    }

    /// All closings that go on, as [`Archive::outline`].
    ///
    /// # Errors
    /// As [`Archive::closing`].
    pub async fn open_closings(&self) -> Result<Vec<Closing>, ClosingError> {
        facts::open((&self.home, &self.primary, &self.catalogue), Wanted::Nothing).await
    }
}

impl Reading {
    /// A closing as it stands, with the pages of every class.
    ///
    /// # Errors
    /// When there is none of this id, or something it is made of does not read.
    pub async fn closing(&self, closing: DocumentId) -> Result<Closing, ClosingError> {
        let place = (self.home(), self.location(), self.catalogue());
        facts::closing(place, closing, Wanted::All).await
    }

    /// The closing of a period: of several the one that goes on.
    ///
    /// # Errors
    /// When there is none, or several go on.
    pub async fn closing_of(&self, period: PeriodId) -> Result<DocumentId, ClosingError> {
        facts::closing_of((self.home(), self.location(), self.catalogue()), period).await
    }

    /// A closing by its entries alone: signatures, copies and folders, but no pages.
    ///
    /// # Errors
    /// As [`Reading::closing`].
    pub async fn outline(&self, closing: DocumentId) -> Result<Closing, ClosingError> {
        let place = (self.home(), self.location(), self.catalogue());
        facts::closing(place, closing, Wanted::Nothing).await
    }

    /// All closings there ever were, as [`Reading::outline`].
    ///
    /// # Errors
    /// As [`Reading::closing`].
    pub async fn closings(&self) -> Result<Vec<Closing>, ClosingError> {
        facts::all((self.home(), self.location(), self.catalogue()), Wanted::Nothing).await
    }

    /// All closings that go on, with the pages of every class.
    ///
    /// # Errors
    /// As [`Reading::closing`].
    pub async fn open_closings(&self) -> Result<Vec<Closing>, ClosingError> {
        facts::open((self.home(), self.location(), self.catalogue()), Wanted::All).await
    }

    /// The free text of a document of a closing: a reason or a note; `None` when it holds something else.
    ///
    /// # Errors
    /// When it is missing or altered.
    pub async fn said(&self, document: DocumentId) -> Result<Option<String>, DocumentError> {
        let views = self.catalogue().documents().map_err(|_| DocumentError::None("document"))?;
        let Some(view) = views.into_iter().find(|view| view.document == document) else {
            return Ok(None);
        };
        let said = documents::read::<enter::Said>(self.location(), &view).await;
        Ok(said.ok().map(|said| said.text))
    }
}

/// The closing an entry opened.
fn opened(entry: &Entry) -> Option<&crate::register::ClosingOpened> {
    match &entry.event {
        Event::ClosingOpened(opened) => Some(opened),
        _ => None,
    }
}
