//! What a folder has to keep to, told by entries alone in the plainest words: the closing itself is not asked.

use super::people::People;
use super::school::{School, step};
use crate::closing::Whole;
use crate::journal::PeriodId;
use crate::register::{
    CopyNumber, Entry, Event, FolderFormed, FolderNumber, LineNumber, MediumNumber, Printed,
    RecordNumber, SheetKind, SheetRange, SheetVoided, SignedOnPaper, StaffId, StepId,
};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use std::collections::{BTreeMap, BTreeSet};

/// Which steps sign which sheets in the five days.
const SIGNED: [(SheetKind, &[&str]); 6] = [
    (SheetKind::Title, &["certify-title", "certify-copy", "director-signs"]),
    (SheetKind::Page, &["sign-sheets"]),
    (SheetKind::Attendance, &["certify-title"]),
    (SheetKind::Finals, &["certify-title"]),
    (SheetKind::Blank, &[]),
    (SheetKind::Last, &["director-signs"]),
];

/// What is known of the paper.
#[derive(Default)]
pub(super) struct Model {
    /// Entries so far.
    pub known: usize,
    /// Entries that were taken back, with the one that did it.
    pub taken_back: BTreeMap<u64, u64>,
    /// Entries of the closing after its opening.
    pub history: Vec<u64>,
    /// Signed or excused sheets by the places of their entries.
    marks: BTreeMap<(StepId, CopyNumber, u32), Vec<u64>>,
    /// Sheets that count, with the page of a subject.
    valid: BTreeMap<CopyNumber, BTreeMap<u32, (SheetKind, Option<u32>)>>,
    /// The record a copy shows, and when it was printed last.
    shows: BTreeMap<CopyNumber, (RecordNumber, u64)>,
    replaced: BTreeSet<RecordNumber>,
    signed: BTreeSet<RecordNumber>,
    stamps: Vec<(CopyNumber, u64)>,
    lines: BTreeMap<LineNumber, (CopyNumber, u64)>,
    media: BTreeMap<MediumNumber, (u64, Vec<RecordNumber>)>,
    handed_over: Vec<(MediumNumber, u64)>,
    filed: Vec<(CopyNumber, u64)>,
    folders: BTreeMap<(FolderNumber, u32), PeriodId>,
}

impl Model {
    /// Takes the entries in that are new.
    pub(super) fn learn(&mut self, school: &School) -> Result<(), TestCaseError> {
        let whole = school.whole();
        while let Some(entry) = school.entries.get(self.known) {
            self.known += 1;
            if entry.event.closing() == Some(school.id)
                && !matches!(entry.event, Event::ClosingOpened(_))
            {
                self.history.push(entry.seq);
            }
            self.take(entry, school, &whole)?;
        }
        Ok(())
    }

    fn take(&mut self, entry: &Entry, school: &School, whole: &Whole) -> Result<(), TestCaseError> {
        let seq = entry.seq;
        match &entry.event {
            Event::Replaced(event) => {
                self.replaced.insert(event.record);
            }
            Event::Signed(event) => {
                self.signed.insert(event.record);
            }
            Event::Printed(event) => self.printed(event, seq),
            Event::SheetVoided(event) => self.voided(event),
            Event::SignedOnPaper(event) => {
                self.is_theirs(event, school)?;
                self.mark((&event.step, event.copy, &event.sheets), seq);
            }
            Event::Excused(event) => self.mark((&event.step, event.copy, &event.sheets), seq),
            Event::Stamped(event) => self.stamps.push((event.copy, seq)),
            Event::CopyEntered(event) => {
                let former = self.lines.insert(event.line, (event.copy, seq));
                prop_assert_eq!(former, None, "line {} is given twice", event.line);
            }
            Event::CopyMade(event) => {
                self.media.insert(event.medium, (seq, event.records.clone()));
            }
            Event::MediaHandedOver(event) => {
                self.handed_over.extend(event.media.iter().map(|medium| (*medium, seq)));
            }
            Event::TakenBack(event) => {
                let former = self.taken_back.insert(event.entry, seq);
                prop_assert_eq!(former, None, "entry {} is taken back twice", event.entry);
            }
            Event::FolderFormed(event) => self.formed(event, seq, whole)?,
            _ => {}
        }
        Ok(())
    }

    fn holds(&self, seq: u64) -> bool {
        !self.taken_back.contains_key(&seq)
    }

    fn printed(&mut self, event: &Printed, seq: u64) {
        self.shows.insert(event.copy, (event.record, seq));
        let valid = self.valid.entry(event.copy).or_default();
        for run in &event.sheets {
            valid.extend((run.from..=run.to).map(|sheet| (sheet, (run.kind, run.page))));
        }
    }

    fn voided(&mut self, event: &SheetVoided) {
        let valid = self.valid.entry(event.copy).or_default();
        valid.retain(|sheet, _| !event.sheets.iter().any(|range| range.contains(*sheet)));
    }

    fn mark(&mut self, (step, copy, sheets): (&StepId, CopyNumber, &[SheetRange]), seq: u64) {
        for sheet in sheets.iter().flat_map(|range| range.from..=range.to) {
            self.marks.entry((step.clone(), copy, sheet)).or_default().push(seq);
        }
    }

    /// A page is signed by its own teacher.
    fn is_theirs(&self, event: &SignedOnPaper, school: &School) -> Result<(), TestCaseError> {
        if event.step != step("sign-sheets") {
            return Ok(());
        }
        let (record, _) = self.shows[&event.copy];
        let of = school.journals.iter().find(|journal| journal.records.contains_key(&record));
        let subjects = &of.unwrap().subjects;
        for sheet in event.sheets.iter().flat_map(|range| range.from..=range.to) {
            let page = self.valid[&event.copy].get(&sheet).and_then(|(_, page)| *page);
            prop_assert!(page.is_some(), "sheet {} shows no page that counts", sheet);
            let subject = subjects[page.unwrap_or(1) as usize - 1].0;
            prop_assert_eq!(event.by, teacher(subject, &school.people), "sheet {}", sheet);
        }
        Ok(())
    }

    fn formed(
        &mut self,
        event: &FolderFormed,
        seq: u64,
        whole: &Whole,
    ) -> Result<(), TestCaseError> {
        let key = (event.folder, event.supplement);
        prop_assert_eq!(self.folders.insert(key, event.period), None, "given twice: {:?}", key);
        if let Some(former) = event.supplement.checked_sub(1) {
            let of = self.folders.get(&(event.folder, former));
            prop_assert_eq!(of, Some(&event.period), "supplement of another folder");
        }
        prop_assert!(!event.copies.is_empty(), "an empty folder");
        for copy in &event.copies {
            self.is_ready(*copy, whole)?;
            self.filed.push((*copy, seq));
        }
        Ok(())
    }

    fn is_ready(&self, copy: CopyNumber, whole: &Whole) -> Result<(), TestCaseError> {
        let (record, printed) = self.shows[&copy];
        prop_assert!(!self.replaced.contains(&record), "copy {} shows a replaced record", copy);
        prop_assert!(self.signed.contains(&record), "record {} is not signed", record);
        prop_assert!(whole.contains(&record), "record {} is not whole", record);
        for (sheet, (kind, _)) in &self.valid[&copy] {
            let steps = SIGNED.iter().find(|(of, _)| of == kind).map_or(&[][..], |(_, s)| *s);
            for name in steps {
                let marks = self.marks.get(&(step(name), copy, *sheet));
                let marked = marks.is_some_and(|marks| marks.iter().any(|seq| self.holds(*seq)));
                prop_assert!(marked, "copy {} sheet {}: {} is missing", copy, sheet, name);
            }
        }
        let stamped = |(of, seq): &(_, u64)| *of == copy && *seq > printed && self.holds(*seq);
        prop_assert!(self.stamps.iter().any(stamped), "copy {} bears no seal", copy);
        let filed = self.filed.iter().filter(|(of, _)| *of == copy).map(|(_, seq)| *seq).max();
        let entered = |(of, seq): &(_, u64)| *of == copy && Some(*seq) > filed && self.holds(*seq);
        prop_assert!(self.lines.values().any(entered), "copy {} has no line", copy);
        let given = |medium: &MediumNumber| {
            self.handed_over.iter().any(|(of, seq)| of == medium && self.holds(*seq))
        };
        let on = self.media.iter().filter(|(medium, (made, records))| {
            self.holds(*made) && records.contains(&record) && given(medium)
        });
        prop_assert!(on.count() >= 2, "record {} is on too few media", record);
        Ok(())
    }
}

fn teacher(subject: &str, people: &People) -> StaffId {
    match subject {
        "Алгебра" => people.algebra,
        "Музыка" => people.music,
        _ => people.physics,
    }
}
