//! Taking back an entry that does not hold. It stays in the history, with the reason.

use super::Desk;
use crate::closing::fold::{ClassState, Closing, Held};
use crate::closing::refusal::Refusal;
use crate::register::{CopyNumber, DocumentNamed, Event, TakenBack};

impl Closing {
    /// Takes an entry back; `reason` is the document that says why. Later entries that stand on it have to be taken
    /// back first. What was entered about a copy can be taken back until its folder is formed; after it the acceptance
    /// alone, when the shelf was wrong.
    ///
    /// # Errors
    /// When there is no such entry, it lasts, or others stand on it.
    pub fn take_back(
        &self,
        entry: u64,
        desk: &Desk<'_>,
        reason: DocumentNamed,
    ) -> Result<Event, Refusal> {
        if self.is_cancelled() {
            return Err(Refusal::Cancelled);
        }
        self.check_taking_back(entry, desk)?;
        let (closing, recorder) = (self.id, desk.recorder);
        Ok(Event::TakenBack(TakenBack { closing, entry, recorder, named: reason }))
    }

    fn check_taking_back(&self, entry: u64, desk: &Desk<'_>) -> Result<(), Refusal> {
        if entry == self.opened.seq {
            desk.may_enter()?;
            return self.nothing_after(entry, |_| true);
        }
        let held = self.history.iter().find(|held| held.entry.seq == entry);
        let held = held.ok_or(Refusal::NoEntry(entry))?;
        if let Some(by) = held.taken_back {
            return Err(Refusal::TakenBack { entry, by });
        }
        match &held.entry.event {
            Event::Confirmed(event) => {
                let class = self.expect(&event.page.class, event.page.period)?;
                self.not_filed(held, class)?;
                let own = desk.recorder == event.by;
                if own { Ok(()) } else { desk.may_enter_for(class) }
            }
            Event::DiscrepancyReported(event) => {
                let class = self.expect(&event.page.class, event.page.period)?;
                self.not_filed(held, class)?;
                let own = desk.recorder == event.by;
                if own { Ok(()) } else { desk.may_enter_for(class) }
            }
            Event::SignedOnPaper(event) => self.unsettle(held, event.copy, desk),
            Event::Excused(event) => self.unsettle(held, event.copy, desk),
            Event::HandedOver(event) => self.unsettle(held, event.copy, desk),
            Event::Stamped(event) => self.unsettle(held, event.copy, desk),
            Event::CopyEntered(event) => self.unsettle(held, event.copy, desk),
            Event::CopyMade(made) => {
                desk.may_enter()?;
                self.nothing_after(entry, |event| match event {
                    Event::MediaHandedOver(handed) => handed.media.contains(&made.medium),
                    Event::Shelved(shelved) => shelved.folder.is_none(),
                    _ => false,
                })
            }
            Event::MediaHandedOver(_) => {
                desk.may_enter()?;
                self.nothing_after(entry, |event| matches!(event, Event::FolderFormed(_)))
            }
            Event::Shelved(_) => desk.may_enter(),
            _ => Err(Refusal::Lasting(entry)),
        }
    }

    /// An entry about a copy: nothing that the order of steps puts after it may stand.
    fn unsettle(&self, held: &Held, copy: CopyNumber, desk: &Desk<'_>) -> Result<(), Refusal> {
        let class = self.of_copy(copy).ok_or(Refusal::NoEntry(held.entry.seq))?;
        desk.may_enter_for(class)?;
        self.not_filed(held, class)?;
        let place = |event: &Event| self.place(event);
        let own = place(&held.entry.event);
        self.nothing_after(held.entry.seq, |later| is_about(later, copy) && place(later) > own)
    }

    fn not_filed(&self, held: &Held, class: &ClassState) -> Result<(), Refusal> {
        let after = class.filed.iter().find(|(.., done)| done.seq > held.entry.seq);
        match after {
            Some((folder, ..)) => {
                Err(Refusal::Filed { class: class.facts.class.clone(), folder: *folder })
            }
            None => Ok(()),
        }
    }

    fn nothing_after(&self, entry: u64, stands: impl Fn(&Event) -> bool) -> Result<(), Refusal> {
        let later = self.history.iter().filter(|held| held.entry.seq > entry && held.counts());
        let later = later.filter(|held| {
            !matches!(held.entry.event, Event::TakenBack(_)) && stands(&held.entry.event)
        });
        let later: Vec<u64> = later.map(|held| held.entry.seq).collect();
        if later.is_empty() { Ok(()) } else { Err(Refusal::StandsOn { entry, later }) }
    }

    /// The place of an entry's step in the procedure.
    fn place(&self, event: &Event) -> Option<usize> {
        let step = match event {
            Event::SignedOnPaper(event) => &event.step,
            Event::Excused(event) => &event.step,
            Event::HandedOver(event) => &event.step,
            Event::Stamped(event) => &event.step,
            Event::CopyEntered(event) => &event.step,
            Event::Shelved(event) => &event.step,
            _ => return None,
        };
        self.procedure.steps.iter().position(|known| known.id == *step)
    }
}

fn is_about(event: &Event, copy: CopyNumber) -> bool {
    match event {
        Event::SignedOnPaper(event) => event.copy == copy,
        Event::Excused(event) => event.copy == copy,
        Event::HandedOver(event) => event.copy == copy,
        Event::Stamped(event) => event.copy == copy,
        Event::CopyEntered(event) => event.copy == copy,
        // Accepted by itself; what lies in a folder lasts for another reason.
        Event::Shelved(event) => event.folder.is_none() && event.copies.contains(&copy),
        _ => false,
    }
}
