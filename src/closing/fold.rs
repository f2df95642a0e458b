//! The state of a closing: a fold over its entries in the register.
//!
//! Nothing is stored: whoever asks folds the entries again, over records and paper copies as the catalogue tells of
//! them. An entry that was taken back stays in the history and counts for nothing else.

use super::facts::ClassFacts;
use super::in_force::InForce;
use super::plan::{PlannedGroup, PlannedStep};
use super::procedure::{Procedure, Step};
use super::{FileErrors, calendar::SchoolCalendar};
use crate::catalogue::{CopyView, MediumView};
use crate::digest::Digest;
use crate::journal::{ClassName, PeriodId};
use crate::register::{
    ClosingOpened, CopyNumber, DocumentId, Entry, Event, FolderNumber, LineNumber, OrderRef,
    RecordNumber, SheetRange, StaffId, StepId,
};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// One run of the holiday procedure, as its entries tell of it.
#[derive(Debug, Clone)]
pub struct Closing {
    /// Its id: that of the document it was opened with.
    pub id: DocumentId,
    /// How it was opened.
    pub opening: ClosingOpened,
    /// When, by whom.
    pub opened: Done,
    /// What it goes by.
    pub in_force: InForce,
    /// The procedure of `in_force`, read.
    pub procedure: Procedure,
    /// Its classes, by period and name.
    pub classes: Vec<ClassState>,
    /// All its later entries in register order, those taken back too.
    pub history: Vec<Held>,
    /// Folders and their supplements in the order they were formed.
    pub folders: Vec<Folder>,
    /// Removable copies of the archive: a record of an earlier closing may be on a medium of that one.
    pub media: Vec<MediumView>,
    calendar: SchoolCalendar,
}

/// An entry of a closing, and the place of the one that took it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The entry.
    pub entry: Entry,
    /// The entry that took it back.
    pub taken_back: Option<u64>,
}

/// That something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// Place of its entry.
    pub seq: u64,
    /// When it was entered.
    pub time: DateTime<Utc>,
    /// Who did it.
    pub by: StaffId,
}

/// One class and period of a closing.
#[derive(Debug, Clone)]
pub struct ClassState {
    /// What is known of it beside its entries.
    pub facts: ClassFacts,
    /// The paper copy that goes through the closing.
    pub copy: Option<CopyView>,
    /// Pages that were confirmed, in order of entry.
    pub confirmed: Vec<PageNoted>,
    /// Discrepancies that were reported, in order of entry.
    pub reported: Vec<PageNoted>,
    /// Signatures of the copy's sheets, by step and sheet.
    pub signatures: BTreeMap<(StepId, u32), Signature>,
    /// Hand-over and seal, by step.
    pub deeds: BTreeMap<StepId, Done>,
    /// Lines of the general register, in order.
    pub lines: Vec<(LineNumber, Done)>,
    /// The folders and supplements it went into, in order.
    pub filed: Vec<(FolderNumber, u32, Done)>,
    /// The times the archive accepted it.
    pub shelved: Vec<Done>,
    /// Corrections that were agreed to, with the record that may be replaced and the order.
    pub agreed: Vec<(RecordNumber, Option<OrderRef>, Done)>,
}

/// A page somebody looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageNoted {
    /// Its place in the journal then, from 1.
    pub page: u32,
    /// Its digest then.
    pub digest: Digest,
    /// Who, when.
    pub done: Done,
}

/// A signature of one sheet, or the order that excuses it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Whose.
    pub done: Done,
    /// The director's order; then there is no signature on paper.
    pub excused: Option<OrderRef>,
}

/// A folder of paper copies or a supplement to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Its number.
    pub number: FolderNumber,
    /// 0 for the folder itself.
    pub supplement: u32,
    /// Its period.
    pub period: PeriodId,
    /// The copies in it.
    pub copies: Vec<CopyNumber>,
    /// Who formed it.
    pub done: Done,
    /// Accepted by the archive.
    pub shelved: Option<Done>,
}

/// Why entries do not make a closing.
#[derive(Debug, thiserror::Error)]
pub enum FoldError {
    /// The entry opens none.
    #[error("entry {0} opens no closing")]
    NotOpening(u64),
    /// Procedure or calendar do not read.
    #[error("the closing's own procedure or calendar does not read: {0}")]
    InForce(#[from] FileErrors),
}

impl Closing {
    /// The closing that an entry opened, after its later entries.
    ///
    /// # Errors
    /// When the entry opens none, or what it goes by does not read.
    pub fn replay(
        opening: &Entry,
        in_force: InForce,
        entries: Vec<Entry>,
        (classes, media): (Vec<ClassFacts>, Vec<MediumView>),
    ) -> Result<Closing, FoldError> {
        let Event::ClosingOpened(opened) = &opening.event else {
            return Err(FoldError::NotOpening(opening.seq));
        };
        let procedure = in_force.procedure()?;
        let calendar = SchoolCalendar::from_toml(&in_force.calendar.name, &in_force.calendar.toml)?;
        let history = held(entries);
        let classes = classes.into_iter().map(|facts| ClassState::new(facts, &history)).collect();
        let mut closing = Closing {
            id: opened.named.document,
            opening: opened.clone(),
            opened: Done { seq: opening.seq, time: opening.time, by: opened.by },
            in_force,
            procedure,
            classes,
            history: Vec::new(),
            folders: Vec::new(),
            media: media.into_iter().filter(|medium| medium.taken_back.is_none()).collect(),
            calendar,
        };
        history.iter().filter(|held| held.counts()).for_each(|held| closing.apply(&held.entry));
        closing.history = history;
        Ok(closing)
    }

    /// Whether the opening itself was taken back.
    pub fn is_cancelled(&self) -> bool {
        let of_opening = |event: &Event| match event {
            Event::TakenBack(taken) => taken.entry == self.opened.seq,
            _ => false,
        };
        self.history.iter().any(|held| of_opening(&held.entry.event))
    }

    /// The class and period.
    pub fn class(&self, class: &ClassName, period: PeriodId) -> Option<&ClassState> {
        self.classes.iter().find(|c| c.facts.class == *class && c.facts.period == period)
    }

    /// The class whose copy it is.
    pub fn of_copy(&self, copy: CopyNumber) -> Option<&ClassState> {
        self.classes.iter().find(|c| c.copy_number() == Some(copy))
    }

    /// A step of its procedure.
    pub fn step(&self, id: &StepId) -> Option<&Step> {
        self.procedure.step(id)
    }

    /// The days of a step for a class; `None` for a class that no group of the calendar has.
    pub fn planned(&self, class: &ClassState, step: &StepId) -> Option<&PlannedStep> {
        let group = self.calendar.group_named(&class.facts.class)?;
        let groups = self.in_force.plan.groups.iter();
        let of_group = groups.filter(|planned| planned.classes == group.name);
        // What goes on paper only now goes with the period that closes now.
        let own = |planned: &&&PlannedGroup| planned.period == class.facts.period;
        let of_group: Vec<&PlannedGroup> = of_group.collect();
        let planned = of_group.iter().find(own).or(of_group.first())?;
        planned.steps.iter().find(|planned| planned.step == *step)
    }

    /// Whether the journals of a class go on paper in this closing, and through the steps that are about paper.
    pub fn goes_on_paper(&self, class: &ClassState) -> bool {
        let closes =
            self.in_force.plan.groups.iter().any(|group| group.period == class.facts.period);
        let group = self.calendar.group_named(&class.facts.class);
        // An earlier period is here only because it goes on paper now.
        !closes || group.is_none_or(|group| group.prints(class.facts.period))
    }

    fn apply(&mut self, entry: &Entry) {
        let done = |by: StaffId| Done { seq: entry.seq, time: entry.time, by };
        match &entry.event {
            Event::FolderFormed(formed) => {
                let done = done(formed.by);
                for class in self.classes.iter_mut().filter(|c| c.is_one_of(&formed.copies)) {
                    class.filed.push((formed.folder, formed.supplement, done));
                }
                self.folders.push(Folder {
                    number: formed.folder,
                    supplement: formed.supplement,
                    period: formed.period,
                    copies: formed.copies.clone(),
                    done,
                    shelved: None,
                });
            }
            Event::Shelved(shelved) => {
                let done = done(shelved.by);
                for class in self.classes.iter_mut().filter(|c| c.is_one_of(&shelved.copies)) {
                    class.shelved.push(done);
                }
                for folder in &mut self.folders {
                    if Some(folder.number) == shelved.folder {
                        folder.shelved = Some(done);
                    }
                }
            }
            _ => self.classes.iter_mut().for_each(|class| class.apply(entry)),
        }
    }
}

impl Held {
    /// Whether it was not taken back.
    pub fn counts(&self) -> bool {
        self.taken_back.is_none()
    }
}

/// The entries, each with the one that took it back.
fn held(entries: Vec<Entry>) -> Vec<Held> {
    let mut taken: BTreeMap<u64, u64> = BTreeMap::new();
    for entry in &entries {
        if let Event::TakenBack(back) = &entry.event {
            taken.entry(back.entry).or_insert(entry.seq);
        }
    }
    let held = |entry: Entry| Held { taken_back: taken.get(&entry.seq).copied(), entry };
    entries.into_iter().map(held).collect()
}

/// The copy an entry is about.
fn copy_of(event: &Event) -> Option<CopyNumber> {
    match event {
        Event::SignedOnPaper(event) => Some(event.copy),
        Event::Excused(event) => Some(event.copy),
        Event::HandedOver(event) => Some(event.copy),
        Event::Stamped(event) => Some(event.copy),
        Event::CopyEntered(event) => Some(event.copy),
        _ => None,
    }
}

impl ClassState {
    /// A class before any entry. Of several copies that one goes through the closing on which something is entered
    /// already, otherwise the latest.
    fn new(facts: ClassFacts, history: &[Held]) -> ClassState {
        let used = |copy: &&CopyView| {
            history.iter().any(|h| h.counts() && copy_of(&h.entry.event) == Some(copy.copy))
        };
        let copy = facts.copies.iter().rev().find(used).or(facts.copies.last()).cloned();
        ClassState {
            facts,
            copy,
            confirmed: Vec::new(),
            reported: Vec::new(),
            signatures: BTreeMap::new(),
            deeds: BTreeMap::new(),
            lines: Vec::new(),
            filed: Vec::new(),
            shelved: Vec::new(),
            agreed: Vec::new(),
        }
    }

    /// The number of the copy that goes through the closing.
    pub fn copy_number(&self) -> Option<CopyNumber> {
        self.copy.as_ref().map(|copy| copy.copy)
    }

    fn is_one_of(&self, copies: &[CopyNumber]) -> bool {
        self.copy_number().is_some_and(|copy| copies.contains(&copy))
    }

    fn apply(&mut self, entry: &Entry) {
        let done = |by: StaffId| Done { seq: entry.seq, time: entry.time, by };
        let mine = copy_of(&entry.event).is_some() && copy_of(&entry.event) == self.copy_number();
        match &entry.event {
            Event::Confirmed(event) if self.is_of(&event.page) => {
                self.confirmed.push(PageNoted::new(&event.page, done(event.by)));
            }
            Event::DiscrepancyReported(event) if self.is_of(&event.page) => {
                self.reported.push(PageNoted::new(&event.page, done(event.by)));
            }
            Event::CorrectionAgreed(event) if self.has_record(event.record) => {
                self.agreed.push((event.record, event.order.clone(), done(event.by)));
            }
            Event::SignedOnPaper(event) if mine => {
                self.sign((&event.step, &event.sheets), None, done(event.by));
            }
            Event::Excused(event) if mine => {
                let order = Some(event.order.clone());
                self.sign((&event.step, &event.sheets), order, done(event.by));
            }
            Event::HandedOver(event) if mine => {
                self.deeds.insert(event.step.clone(), done(event.by));
            }
            Event::Stamped(event) if mine => {
                self.deeds.insert(event.step.clone(), done(event.by));
            }
            Event::CopyEntered(event) if mine => self.lines.push((event.line, done(event.by))),
            _ => {}
        }
    }

    fn sign(
        &mut self,
        (step, sheets): (&StepId, &[SheetRange]),
        excused: Option<OrderRef>,
        done: Done,
    ) {
        // What the copy has counts: a hostile entry may name sheets without end.
        let of_copy = self.copy.iter().flat_map(CopyView::valid_sheets);
        let of_copy: Vec<u32> =
            of_copy.flat_map(|sheets| sheets.run.from..=sheets.run.to).collect();
        let named = |sheet: &u32| sheets.iter().any(|range| range.contains(*sheet));
        for sheet in of_copy.into_iter().filter(named) {
            let signature = Signature { done, excused: excused.clone() };
            self.signatures.insert((step.clone(), sheet), signature);
        }
    }

    fn is_of(&self, page: &crate::register::PageSeen) -> bool {
        self.facts.class == page.class && self.facts.period == page.period
    }

    /// Whether it is the class's record, or one that was replaced on the way to it.
    fn has_record(&self, record: RecordNumber) -> bool {
        self.facts.chain.contains(&record)
    }
}

impl PageNoted {
    fn new(page: &crate::register::PageSeen, done: Done) -> PageNoted {
        PageNoted { page: page.page, digest: page.digest, done }
    }
}
