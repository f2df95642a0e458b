//! Day 5 and after: the folder of a period with its supplements, and its acceptance by the archive.

use super::Desk;
use crate::closing::fold::{ClassState, Closing, Folder};
use crate::closing::procedure::{Proof, Scope, Step};
use crate::closing::refusal::{Lack, Refusal};
use crate::journal::{ClassName, PeriodId};
use crate::register::{
    CopyNumber, DocumentNamed, Event, FolderFormed, FolderNumber, RecordNumber, Shelved, StaffId,
};
use crate::staff::Role;
use std::collections::BTreeSet;

/// Records that are the same in both locations, found by comparing them.
pub type Whole = BTreeSet<RecordNumber>;

/// A folder or supplement that may be formed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderDraft {
    /// Of which period.
    pub period: PeriodId,
    /// The folder it supplements, with the number of the supplement; `None` for the folder itself.
    pub supplements: Option<(FolderNumber, u32)>,
    /// The copies that go in, rising.
    pub copies: Vec<CopyNumber>,
    /// Who forms it.
    pub by: StaffId,
}

impl Closing {
    /// What goes into the folder of a period, or into its next supplement: every class that is ready. The others have
    /// to be named in `without`, so that none is forgotten; they join later as a supplement.
    ///
    /// # Errors
    /// With everything each class lacks, for all of them at once.
    pub fn folder(
        &self,
        period: PeriodId,
        without: &[ClassName],
        whole: &Whole,
        by: Option<StaffId>,
        desk: &Desk<'_>,
    ) -> Result<FolderDraft, Refusal> {
        if self.is_cancelled() {
            return Err(Refusal::Cancelled);
        }
        let step = self.step_for(None, Proof::FolderFormed, Scope::Period)?;
        desk.may_enter()?;
        let by = desk.doer(step, None, by.or(desk.own(step)))?;
        let of_period = self.classes.iter().filter(|class| class.facts.period == period);
        let wanted: Vec<&ClassState> = of_period
            .filter(|class| {
                self.goes_on_paper(class)
                    && !class.is_filed()
                    && !without.contains(&class.facts.class)
            })
            .collect();
        let lacking: Vec<(ClassName, Vec<Lack>)> = wanted
            .iter()
            .map(|class| (class.facts.class.clone(), self.lacks(class, step, whole)))
            .filter(|(_, lacks)| !lacks.is_empty())
            .collect();
        if !lacking.is_empty() {
            return Err(Refusal::Folder { period, classes: lacking });
        }
        let mut copies: Vec<CopyNumber> =
            wanted.iter().filter_map(|class| class.copy_number()).collect();
        copies.sort_unstable();
        if copies.is_empty() {
            return Err(Refusal::NothingToFile(period));
        }
        let last = self.folders_of(period).last();
        let supplements = last.map(|folder| (folder.number, folder.supplement + 1));
        Ok(FolderDraft { period, supplements, copies, by })
    }

    /// The folder of a period and its supplements, in order.
    pub fn folders_of(&self, period: PeriodId) -> impl Iterator<Item = &Folder> {
        self.folders.iter().filter(move |folder| folder.period == period)
    }

    /// What a class lacks before its copy can go into a folder, or be accepted by itself.
    pub fn lacks(&self, class: &ClassState, step: &Step, whole: &Whole) -> Vec<Lack> {
        let Some(record) = &class.facts.record else { return vec![Lack::Record] };
        let mut lacks = Vec::new();
        if !whole.contains(&record.record) {
            lacks.push(Lack::Whole);
        }
        if !record.is_signed() {
            lacks.push(Lack::Signed);
        }
        for before in self.waits_for(class, step) {
            let done = self.progress(class, before).done;
            match (before.scope, before.proof) {
                (Scope::School, Proof::CopyMade) => lacks.push(Lack::Media(done)),
                // What is not written cannot be handed over: that is told already.
                (Scope::School, Proof::HandedOver) => {
                    let written = !lacks.iter().any(|known| matches!(known, Lack::Media(_)));
                    lacks.extend(written.then_some(Lack::HandedOver(done)));
                }
                _ => lacks.push(Lack::Step(before.id.clone())),
            }
        }
        lacks
    }

    /// The folder that was drafted, under its number; `list` is the document with its contents.
    ///
    /// # Errors
    /// When the procedure has no folder.
    pub fn form_folder(
        &self,
        draft: &FolderDraft,
        next: FolderNumber,
        desk: &Desk<'_>,
        list: DocumentNamed,
    ) -> Result<Event, Refusal> {
        let step = self.step_for(None, Proof::FolderFormed, Scope::Period)?;
        let (folder, supplement) = draft.supplements.unwrap_or((next, 0));
        Ok(Event::FolderFormed(FolderFormed {
            by: draft.by,
            closing: self.id,
            copies: draft.copies.clone(),
            folder,
            period: draft.period,
            recorder: desk.recorder,
            step: step.id.clone(),
            supplement,
            named: list,
        }))
    }

    /// The archive accepts the folder of a period with all its supplements; `place` says file number and shelf.
    ///
    /// # Errors
    /// When nothing is to be accepted, or it is not that person's to do.
    pub fn shelve_folder(
        &self,
        period: PeriodId,
        by: Option<StaffId>,
        desk: &Desk<'_>,
        place: DocumentNamed,
    ) -> Result<Event, Refusal> {
        let step = self.step_for(None, Proof::Shelved, Scope::Period)?;
        let by = self.accepts(step, by, desk)?;
        let folders: Vec<&Folder> = self.folders_of(period).collect();
        let waiting =
            |folder: &&&Folder| folder.shelved.is_none_or(|shelved| shelved.seq < folder.done.seq);
        let mut copies: Vec<CopyNumber> =
            folders.iter().filter(waiting).flat_map(|folder| folder.copies.clone()).collect();
        copies.sort_unstable();
        copies.dedup();
        let folder = folders.first().map(|folder| folder.number);
        if copies.is_empty() {
            return Err(Refusal::NothingToShelve(period));
        }
        Ok(self.shelved(step, (folder, copies), by, desk, place))
    }

    /// The archive accepts the copy of one class, where the procedure forms no folders.
    ///
    /// # Errors
    /// With everything the class lacks.
    pub fn shelve_copy(
        &self,
        (class, period): (&ClassName, PeriodId),
        by: Option<StaffId>,
        (desk, whole): (&Desk<'_>, &Whole),
        place: DocumentNamed,
    ) -> Result<Event, Refusal> {
        let state = self.expect(class, period)?;
        let step = self.step_for(None, Proof::Shelved, Scope::Class)?;
        let by = self.accepts(step, by, desk)?;
        if self.progress(state, step).complete {
            return Err(Refusal::Already { class: class.clone(), step: step.id.clone() });
        }
        let lacks = self.lacks(state, step, whole);
        if !lacks.is_empty() {
            return Err(Refusal::NotAcceptable { class: class.clone(), lacks });
        }
        let copies = state.copy_number().into_iter().collect();
        Ok(self.shelved(step, (None, copies), by, desk, place))
    }

    fn accepts(
        &self,
        step: &Step,
        by: Option<StaffId>,
        desk: &Desk<'_>,
    ) -> Result<StaffId, Refusal> {
        if self.is_cancelled() {
            return Err(Refusal::Cancelled);
        }
        if !desk.duties.holds(desk.recorder, Role::Archivist, None, desk.today) {
            desk.may_enter()?;
        }
        desk.doer(step, None, by.or(desk.own(step)))
    }

    fn shelved(
        &self,
        step: &Step,
        (folder, copies): (Option<FolderNumber>, Vec<CopyNumber>),
        by: StaffId,
        desk: &Desk<'_>,
        place: DocumentNamed,
    ) -> Event {
        Event::Shelved(Shelved {
            by,
            closing: self.id,
            copies,
            folder,
            recorder: desk.recorder,
            step: step.id.clone(),
            named: place,
        })
    }
}
