//! What people at the school do: snapshots, prints, media, and each entry of a closing.

use super::school::{Entered, School, class, fingerprint, step};
use crate::closing::procedure::{Proof, Scope};
use crate::closing::{Closing, Desk, Pages, Refusal, Sheets};
use crate::digest::Digest;
use crate::journal::{ClassName, PeriodId};
use crate::register::{
    CopyMade, CopyNumber, Event, FolderNumber, LineNumber, MediumKind, MediumNumber, OrderRef,
    Printed, RecordKind, RecordNumber, Replaced, Sealed, SheetKind, SheetRange, SheetRun,
    SheetVoided, Signed, StaffId,
};

pub(super) fn order() -> OrderRef {
    "7-о/2026-01-20".parse().unwrap()
}

pub(super) fn sheets(ranges: &[(u32, u32)]) -> Vec<SheetRange> {
    ranges.iter().map(|(from, to)| SheetRange { from: *from, to: *to }).collect()
}

/// All that is left.
pub(super) fn all() -> Sheets {
    Sheets::AllExcept(Vec::new())
}

pub(super) fn these(ranges: &[(u32, u32)]) -> Sheets {
    Sheets::These(sheets(ranges))
}

impl School {
    fn current(&self, of: &str) -> Option<RecordNumber> {
        self.state(of).facts.record.map(|row| row.record)
    }

    /// The class's journal is imported anew with another page.
    pub(super) fn change(&mut self, of: &str, page: usize) {
        let now = self.journal(of).now.as_mut().unwrap();
        now[page - 1] += 1;
    }

    /// A snapshot becomes a record; sheets that show something else lose their force.
    pub(super) fn seal(&mut self, of: &str) -> RecordNumber {
        let former = self.current(of);
        let record = match self.catalogue.last_record().unwrap() {
            Some(last) => last.next().unwrap(),
            None => RecordNumber::new(1).unwrap(),
        };
        let journal = self.journal(of);
        let (class, period) = (journal.class.clone(), journal.period);
        let now = journal.now.clone().unwrap();
        let digests: Vec<Digest> = journal.pages(&now).iter().map(|page| page.digest).collect();
        journal.records.insert(record, now);
        self.tell(Event::Sealed(Sealed {
            record,
            path: format!("records/2025-26/{record}-x").parse().unwrap(),
            kind: RecordKind::Journal,
            class,
            period,
            retention: "journals".to_owned(),
            seal: Digest::of(b"seal"),
            package: Digest::of(b"package"),
            bytes: 1,
            replaces: former,
        }));
        let Some(former) = former else { return record };
        let replaced = Replaced { record: former, by: record, pages_changed: 0, pages: vec![] };
        self.tell(Event::Replaced(replaced));
        for copy in self.catalogue.copies_of(former).unwrap() {
            let (number, sheets) = (copy.copy, copy.outdated_by(&digests));
            self.tell(Event::SheetVoided(SheetVoided { copy: number, record: former, sheets }));
        }
        record
    }

    /// The director's electronic signature.
    pub(super) fn e_sign(&mut self, of: &str) {
        let record = self.current(of).unwrap();
        self.tell(Event::Signed(Signed { record, key: fingerprint(1), files: Vec::new() }));
    }

    /// The numbered copy of the current record, or the new sheets of a correction: pages first, then what speaks of the
    /// whole class; a first print begins with the title and has a blank form.
    pub(super) fn print(&mut self, of: &str) -> u64 {
        let state = self.state(of);
        let record = state.facts.record.as_ref().unwrap().record;
        let lengths: Vec<u32> =
            self.journal(of).subjects.iter().map(|(_, sheets)| *sheets).collect();
        let first = state.copy.is_none();
        let shown = |digest: Digest| {
            let mut valid = state.copy.iter().flat_map(|copy| copy.valid_sheets());
            valid.any(|sheet| sheet.run.digest == Some(digest))
        };
        let mut runs: Vec<SheetRun> = Vec::new();
        let mut next = state.copy.as_ref().map_or(0, |copy| copy.highest_sheet()) + 1;
        let mut run = |kind, page: Option<(u32, Digest)>, count: u32| {
            let (digest, page) = (page.map(|page| page.1), page.map(|page| page.0));
            runs.push(SheetRun { digest, from: next, kind, page, to: next + count - 1 });
            next += count;
        };
        if first {
            run(SheetKind::Title, None, 1);
        }
        for (page, count) in state.facts.recorded.iter().zip(lengths) {
            if !shown(page.digest) {
                run(SheetKind::Page, Some((page.page, page.digest)), count);
            }
        }
        run(SheetKind::Attendance, None, 1);
        run(SheetKind::Finals, None, 1);
        run(if first { SheetKind::Blank } else { SheetKind::Title }, None, 1);
        run(SheetKind::Last, None, 1);
        let next_copy = || match self.catalogue.last_copy().unwrap() {
            Some(last) => last.plus(1).unwrap(),
            None => CopyNumber::FIRST,
        };
        let copy = state.copy_number().unwrap_or_else(next_copy);
        let named = self.named();
        self.tell(Event::Printed(Printed { copy, record, sheets: runs, named }))
    }

    /// One more removable copy of all current records.
    pub(super) fn copy_made(&mut self) -> (u64, MediumNumber) {
        let medium = match self.catalogue.last_medium().unwrap() {
            Some(last) => last.plus(1).unwrap(),
            None => MediumNumber::FIRST,
        };
        let classes = self.closing().classes;
        let rows = classes.iter().filter_map(|class| class.facts.record.as_ref());
        let mut records: Vec<RecordNumber> = rows.map(|row| row.record).collect();
        records.sort_unstable();
        let kind = if medium.get() % 2 == 1 { MediumKind::Optical } else { MediumKind::Disk };
        let (by, closing, named) = (self.office, self.id, self.named());
        let size = self.entries.len() as u64;
        let manifest = Digest::of(b"manifest");
        let made =
            CopyMade { by, closing, kind, manifest, medium, records, recorder: by, size, named };
        (self.tell(Event::CopyMade(made)), medium)
    }

    /// Two media with all current records, given to the director.
    pub(super) fn back_up(&mut self) {
        let media = [self.copy_made().1, self.copy_made().1];
        self.media_over(self.office, &media, self.people.director).unwrap();
    }

    fn act(
        &mut self,
        recorder: StaffId,
        ask: impl FnOnce(&Closing, &Desk<'_>) -> Result<Vec<Event>, Refusal>,
    ) -> Entered {
        let events = self.at_desk(recorder, ask)?;
        Ok(events.into_iter().map(|event| self.tell(event)).collect())
    }

    fn closes(&self, of: &str) -> (ClassName, PeriodId) {
        (class(of), self.period_of(of))
    }

    pub(super) fn confirm(
        &mut self,
        recorder: StaffId,
        of: &str,
        pages: &Pages,
        by: Option<StaffId>,
    ) -> Entered {
        let (class, period) = self.closes(of);
        self.act(recorder, |closing, desk| closing.confirm((&class, period), pages, by, desk))
    }

    pub(super) fn report(
        &mut self,
        recorder: StaffId,
        of: &str,
        page: u32,
        by: Option<StaffId>,
    ) -> Entered {
        let ((class, period), named) = (self.closes(of), self.named());
        self.act(recorder, |closing, desk| {
            Ok(vec![closing.report((&class, period), page, by, desk, named)?])
        })
    }

    pub(super) fn sign(
        &mut self,
        recorder: StaffId,
        (of, name): (&str, &str),
        sheets: &Sheets,
        by: Option<StaffId>,
    ) -> Entered {
        let (class, period) = self.closes(of);
        self.act(recorder, |closing, desk| {
            closing.sign_off((&class, period), &step(name), sheets, by, desk)
        })
    }

    pub(super) fn excuse(
        &mut self,
        recorder: StaffId,
        (of, name): (&str, &str),
        sheets: &Sheets,
        by: StaffId,
    ) -> Entered {
        let ((class, period), named) = (self.closes(of), self.named());
        self.act(recorder, |closing, desk| {
            let (step, why) = (step(name), (order(), named));
            Ok(vec![closing.excuse((&class, period), (&step, sheets), by, why, desk)?])
        })
    }

    pub(super) fn hand_over(
        &mut self,
        recorder: StaffId,
        of: &str,
        (by, to): (Option<StaffId>, StaffId),
    ) -> Entered {
        let (class, period) = self.closes(of);
        self.act(recorder, |closing, desk| {
            Ok(vec![closing.hand_over((&class, period), (by, to), desk)?])
        })
    }

    pub(super) fn enter_copy(&mut self, recorder: StaffId, of: &str) -> Entered {
        let (class, period) = self.closes(of);
        let last = self.catalogue.last_line().unwrap();
        let line = last.map_or(LineNumber::FIRST, |last| last.plus(1).unwrap());
        self.act(recorder, |closing, desk| {
            Ok(vec![closing.enter_copy((&class, period), None, line, desk)?])
        })
    }

    pub(super) fn stamp(&mut self, recorder: StaffId, of: &str) -> Entered {
        let (class, period) = self.closes(of);
        self.act(recorder, |closing, desk| Ok(vec![closing.stamp((&class, period), None, desk)?]))
    }

    pub(super) fn agree(
        &mut self,
        recorder: StaffId,
        of: &str,
        order: Option<OrderRef>,
    ) -> Entered {
        let ((class, period), named) = (self.closes(of), self.named());
        self.act(recorder, |closing, desk| {
            Ok(vec![closing.agree((&class, period), order, desk, named)?])
        })
    }

    pub(super) fn media_over(
        &mut self,
        recorder: StaffId,
        media: &[MediumNumber],
        to: StaffId,
    ) -> Entered {
        let named = self.named();
        self.act(recorder, |closing, desk| {
            Ok(vec![closing.hand_over_media(media, (None, to), desk, named)?])
        })
    }

    /// The folder of a period or its next supplement, under the next number.
    pub(super) fn folder(
        &mut self,
        recorder: StaffId,
        period: PeriodId,
        without: &[&str],
    ) -> Entered {
        let (whole, named) = (self.whole(), self.named());
        let without: Vec<ClassName> = without.iter().map(|name| class(name)).collect();
        let last = self.catalogue.last_folder().unwrap();
        let next = last.map_or(FolderNumber::FIRST, |last| last.plus(1).unwrap());
        self.act(recorder, |closing, desk| {
            let draft = closing.folder(period, &without, &whole, None, desk)?;
            Ok(vec![closing.form_folder(&draft, next, desk, named)?])
        })
    }

    pub(super) fn shelve(&mut self, recorder: StaffId, period: PeriodId) -> Entered {
        let named = self.named();
        self.act(recorder, |closing, desk| {
            Ok(vec![closing.shelve_folder(period, None, desk, named)?])
        })
    }

    pub(super) fn shelve_copy(&mut self, recorder: StaffId, of: &str) -> Entered {
        let ((class, period), whole, named) = (self.closes(of), self.whole(), self.named());
        self.act(recorder, |closing, desk| {
            Ok(vec![closing.shelve_copy((&class, period), None, (desk, &whole), named)?])
        })
    }

    pub(super) fn take_back(&mut self, recorder: StaffId, entry: u64) -> Entered {
        let named = self.named();
        self.act(recorder, |closing, desk| Ok(vec![closing.take_back(entry, desk, named)?]))
    }

    /// Does a step for a class as it is done on an ordinary day.
    pub(super) fn take(&mut self, of: &str, name: &str) -> Entered {
        let steps = self.closing().procedure;
        let (office, period) = (self.office, self.period_of(of));
        let taken = steps.step(&step(name)).unwrap();
        match (taken.proof, taken.scope) {
            (Proof::Confirmed, _) => self.confirm(office, of, &Pages::All, None),
            (Proof::Sealed, _) => {
                self.seal(of);
                self.e_sign(of);
                Ok(Vec::new())
            }
            (Proof::CopyMade, _) => Ok(vec![self.copy_made().0, self.copy_made().0]),
            (Proof::HandedOver, Scope::School) => {
                let kept = |medium: &crate::catalogue::MediumView| medium.handed_over.is_empty();
                let media = self.closing().media.into_iter().filter(kept);
                let media: Vec<MediumNumber> = media.map(|medium| medium.medium).collect();
                self.media_over(office, &media, self.people.director)
            }
            (Proof::Printed, _) => Ok(vec![self.print(of)]),
            (Proof::SignedOnPaper, _) => self.sign(office, (of, name), &all(), None),
            (Proof::HandedOver, _) => self.hand_over(office, of, (None, office)),
            (Proof::CopyEntered, _) => self.enter_copy(office, of),
            (Proof::Stamped, _) => self.stamp(office, of),
            (Proof::FolderFormed, _) => self.folder(office, period, &[]),
            (Proof::Shelved, Scope::Class) => self.shelve_copy(self.people.archivist, of),
            (Proof::Shelved, _) => self.shelve(self.people.archivist, period),
        }
    }

    /// Does for a class all that comes before a step and is not done.
    pub(super) fn bring(&mut self, of: &str, to: &str) {
        for before in self.closing().procedure.steps {
            if before.id == step(to) {
                return;
            }
            if !self.is_complete(of, &before.id.to_string()) {
                self.take(of, &before.id.to_string()).unwrap();
            }
        }
    }

    /// The same for every class of the closing.
    pub(super) fn bring_all(&mut self, to: &str) {
        for name in self.closing().classes.iter().map(|class| class.facts.class.clone()) {
            self.bring(name.as_str(), to);
        }
    }
}
