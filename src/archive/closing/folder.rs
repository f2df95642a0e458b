//! Forming folders, and handing them to the archive.

use super::ClosingError;
use super::facts::Wanted;
use super::papers::Papers;
use crate::archive::commit::Committed;
use crate::archive::documents::{self, DocumentError};
use crate::archive::settings::SettingsError;
use crate::archive::{Archive, Standing};
use crate::closing::{Closing, Desk, FolderDraft, Whole};
use crate::journal::{ClassName, PeriodId};
use crate::paper::render;
use crate::register::{DocumentId, FolderNumber, RecordNumber, StaffId};
use crate::retention::DocumentKind;
use crate::staff::{Duties, Roster, TeachingLoad};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

/// Which folder is to be formed.
#[derive(Debug, Clone)]
pub struct FolderOrder {
    /// Of which period.
    pub period: PeriodId,
    /// Classes that are not ready and join later as a supplement.
    pub without: Vec<ClassName>,
    /// Who forms it; otherwise whoever enters.
    pub by: Option<StaffId>,
}

/// A folder or supplement as it was formed.
#[derive(Debug, Clone)]
pub struct Formed {
    /// Its number.
    pub folder: FolderNumber,
    /// 0 for the folder itself.
    pub supplement: u32,
    /// How many copies went in.
    pub copies: usize,
    /// Its list, to be printed.
    pub list: Bytes,
    /// The change.
    pub committed: Committed,
}

/// Where the archive keeps a folder or a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shelf {
    /// Number of the file («дело»).
    pub file: String,
    /// Shelf, rack, cupboard.
    pub shelf: String,
}

/// What the document of a folder says, beside its print.
#[derive(Serialize)]
struct FolderList {
    classes: Vec<ClassName>,
    folder: FolderNumber,
    period: PeriodId,
    records: Vec<RecordNumber>,
    supplement: u32,
}

impl Archive {
    /// Forms the folder of a period, or its next supplement: the list is printed, kept as a document, and given out.
    ///
    /// # Errors
    /// With everything each class lacks, for all of them at once.
    pub async fn form_folder(
        &mut self,
        closing: DocumentId,
        order: &FolderOrder,
        (recorder, now): (StaffId, DateTime<Utc>),
        rng: &mut impl CryptoRng,
    ) -> Result<Formed, ClosingError> {
        let state = self.closing_with(closing, Wanted::All).await?;
        let whole = self.whole(&state).await?;
        let (roster, load) = (self.roster().await?, self.teaching_load().await?);
        let duties = Duties::new(&roster, &load);
        let desk = Desk { recorder, today: self.local_day(now).await?, duties: &duties };
        let draft = state.folder(order.period, &order.without, &whole, order.by, &desk)?;
        let next = self.next_folder()?;
        let (folder, supplement) = draft.supplements.unwrap_or((next, 0));
        let list = self.folder_list(&state, &draft, (&roster, &load), now).await?;
        let classes = draft.copies.iter().filter_map(|copy| state.of_copy(*copy));
        let (classes, records) = classes
            .filter_map(|c| Some((c.facts.class.clone(), c.facts.record.as_ref()?.record)))
            .unzip();
        let body = FolderList { classes, folder, period: order.period, records, supplement };
        let (kind, plan) = (DocumentKind::Act, self.plan().await?);
        let written = documents::write(kind, &body, Some(list.clone()), &plan, now, rng);
        let event = state.form_folder(&draft, next, &desk, written.named)?;
        let committed = self.commit(&written.objects, vec![event], now).await?;
        Ok(Formed { folder, supplement, copies: draft.copies.len(), list, committed })
    }

    /// The archive accepts the folder of a period with its supplements.
    ///
    /// # Errors
    /// When nothing is to be accepted, or it is not that person's to do.
    pub async fn shelve_folder(
        &mut self,
        closing: DocumentId,
        (period, by): (PeriodId, Option<StaffId>),
        place: &Shelf,
        (recorder, now): (StaffId, DateTime<Utc>),
        rng: &mut impl CryptoRng,
    ) -> Result<Committed, ClosingError> {
        let plan = self.plan().await?;
        let written = documents::write(DocumentKind::Act, place, None, &plan, now, rng);
        let named = written.named;
        let event = self
            .at_desk((closing, Wanted::Nothing), (recorder, now), |state, desk| {
                state.shelve_folder(period, by, desk, named)
            })
            .await?;
        Ok(self.commit(&written.objects, vec![event], now).await?)
    }

    /// The archive accepts the copy of one class, where the procedure forms no folders.
    ///
    /// # Errors
    /// With everything the class lacks.
    pub async fn shelve_copy(
        &mut self,
        closing: DocumentId,
        (class, period, by): (&ClassName, PeriodId, Option<StaffId>),
        place: &Shelf,
        (recorder, now): (StaffId, DateTime<Utc>),
        rng: &mut impl CryptoRng,
    ) -> Result<Committed, ClosingError> {
        let state = self.closing_with(closing, Wanted::Nothing).await?;
        let whole = self.whole(&state).await?;
        let plan = self.plan().await?;
        let written = documents::write(DocumentKind::Act, place, None, &plan, now, rng);
        let named = written.named;
        let event = self
            .at_desk((closing, Wanted::Nothing), (recorder, now), |state, desk| {
                state.shelve_copy((class, period), by, (desk, &whole), named)
            })
            .await?;
        Ok(self.commit(&written.objects, vec![event], now).await?)
    }

    /// The current records of a closing that are the same in both locations.
    async fn whole(&self, closing: &Closing) -> Result<Whole, ClosingError> {
        let records = closing.classes.iter().filter_map(|class| class.facts.record.clone());
        let records: Vec<_> = records.collect();
        let standings = crate::archive::reading::standings(
            (Some(&self.primary), self.second.location()),
            &records,
        )
        .await?;
        let is_whole = |record: &RecordNumber| {
            standings.get(&record.get()).is_some_and(|standing: &Standing| standing.whole)
        };
        Ok(records.iter().map(|record| record.record).filter(is_whole).collect())
    }

    async fn folder_list(
        &self,
        state: &Closing,
        draft: &FolderDraft,
        (roster, load): (&Roster, &TeachingLoad),
        now: DateTime<Utc>,
    ) -> Result<Bytes, ClosingError> {
        let settings = self.settings().await?;
        let wording = settings.wording().map_err(SettingsError::from);
        let wording = wording.map_err(DocumentError::from)?;
        let duties = Duties::new(roster, load);
        let printed = now.with_timezone(&settings.utc_offset);
        let papers = Papers {
            closing: state,
            roster,
            duties: &duties,
            settings: &settings,
            wording: &wording,
            today: printed.date_naive(),
            printed,
        };
        let officials = papers.officials();
        let list = papers.folder(draft.period, &draft.copies);
        Ok(render(&list.print(&papers.letterhead(&officials))?)?.into())
    }

    fn next_folder(&self) -> Result<FolderNumber, ClosingError> {
        match self.catalogue.last_folder()? {
            Some(last) => last.plus(1).ok_or(ClosingError::NoNumber),
            None => Ok(FolderNumber::FIRST),
        }
    }
}
