//! How far each class is with each step.

use super::fold::{ClassState, Closing, Signature};
use super::procedure::{Proof, Scope, Step};
use crate::catalogue::CopyView;
use crate::digest::Digest;
use crate::register::SheetKind;
use chrono::NaiveDate;

/// Backup copies a record has to be on, in different rooms (R1 § 4.2, R4 § 3.1).
pub const COPIES_OF_A_RECORD: u32 = 2;

/// How far a class is with a step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// How much is done.
    pub done: u32,
    /// Of how much: pages, sheets, media, or the one thing a step asks for.
    pub of: u32,
    /// Sheets whose signature is excused; they count as done.
    pub excused: u32,
    /// Pages «изменено после проверки»: an earlier state of them was confirmed.
    pub changed: Vec<u32>,
    /// Pages that are not confirmed, by their places.
    pub missing_pages: Vec<u32>,
    /// Sheets that are not signed.
    pub missing_sheets: Vec<u32>,
    /// Whether all is done.
    pub complete: bool,
}

impl Progress {
    fn one(done: bool) -> Progress {
        Progress { done: u32::from(done), of: 1, complete: done, ..Progress::default() }
    }

    fn part(done: u32, of: u32) -> Progress {
        Progress { done, of, complete: done == of, ..Progress::default() }
    }
}

impl Closing {
    /// How far a class is with a step.
    pub fn progress(&self, class: &ClassState, step: &Step) -> Progress {
        if !self.concerns(class, step) {
            return Progress { complete: true, ..Progress::default() };
        }
        match (step.proof, step.scope) {
            (Proof::Confirmed, _) => class.pages_confirmed(),
            (Proof::Sealed, _) => Progress::one(class.facts.record.is_some()),
            (Proof::CopyMade, _) => self.on_media(class, false),
            (Proof::HandedOver, Scope::School) => self.on_media(class, true),
            (Proof::Printed, _) => Progress::one(class.is_printed()),
            (Proof::SignedOnPaper, _) => {
                let kinds = self.kinds_signed(step);
                class.sheets_signed(step, &kinds)
            }
            (Proof::HandedOver, _) => Progress::one(class.deeds.contains_key(&step.id)),
            (Proof::Stamped, _) => {
                let stamped = class.deeds.get(&step.id).map(|done| done.seq);
                Progress::one(class.is_printed() && stamped > class.printed_seq())
            }
            (Proof::CopyEntered, _) => Progress::one(class.is_entered()),
            (Proof::FolderFormed, _) => Progress::one(class.is_filed()),
            (Proof::Shelved, Scope::Class) => {
                let shelved = class.shelved.last().map(|done| done.seq);
                Progress::one(class.is_printed() && shelved > class.printed_seq())
            }
            (Proof::Shelved, _) => {
                let shelved = class.shelved.last().map(|done| done.seq);
                let filed = class.filed.last().map(|(.., done)| done.seq);
                Progress::one(class.is_filed() && shelved > filed)
            }
        }
    }

    /// Whether a class goes through a step: what does not go on paper in this closing is archived alone.
    pub fn concerns(&self, class: &ClassState, step: &Step) -> bool {
        let of_archive = match step.proof {
            Proof::Confirmed | Proof::Sealed | Proof::CopyMade => true,
            Proof::HandedOver => step.scope == Scope::School,
            _ => false,
        };
        of_archive || self.goes_on_paper(class)
    }

    /// The kinds of sheets a signing step is about.
    pub fn kinds_signed(&self, step: &Step) -> Vec<SheetKind> {
        match step.scope {
            Scope::Page => vec![SheetKind::Page],
            _ => self.in_force.sheets_of(step.role).to_vec(),
        }
    }

    /// The steps a class has to have behind it before this one: all before, but for confirmations, which block nothing.
    /// What is done for the whole school at once is waited for only at the end, when a folder is formed or a copy
    /// accepted: a disc that cannot be written today must not keep teachers from signing.
    pub fn waits_for(&self, class: &ClassState, step: &Step) -> Vec<&Step> {
        let at_the_end = matches!(step.proof, Proof::FolderFormed | Proof::Shelved);
        let before = self.procedure.steps.iter().take_while(|earlier| earlier.id != step.id);
        before
            .filter(|earlier| earlier.proof != Proof::Confirmed)
            .filter(|earlier| at_the_end || earlier.scope != Scope::School)
            .filter(|earlier| !self.progress(class, earlier).complete)
            .collect()
    }

    /// Whether a step of a class is not done, though its last day is over.
    pub fn is_late(&self, class: &ClassState, step: &Step, today: NaiveDate) -> bool {
        let over = self.planned(class, &step.id).is_some_and(|planned| planned.to < today);
        over && !self.progress(class, step).complete
    }

    /// Whether nothing is left to do.
    pub fn is_finished(&self) -> bool {
        let done = |class| {
            let mut steps = self.procedure.steps.iter().filter(|step| self.concerns(class, step));
            let last = steps.next_back();
            last.is_some_and(|step| self.progress(class, step).complete)
        };
        // A class that was expected and never came keeps nothing open.
        let mut came = self.classes.iter().filter(|class| class.facts.record.is_some()).peekable();
        self.is_cancelled() || (came.peek().is_some() && came.all(done))
    }

    /// On how many removable copies the record of a class is, handed over or not.
    pub fn copies_of_record(&self, class: &ClassState) -> u32 {
        self.on_media(class, false).done
    }

    /// On how many removable copies the record is; one that was checked last and found damaged is none.
    fn on_media(&self, class: &ClassState, handed_over: bool) -> Progress {
        let record = class.facts.record.as_ref().map(|record| record.record);
        let media = self.media.iter().filter(|medium| {
            record.is_some_and(|record| medium.records.contains(&record))
                && medium.checks.last().is_none_or(|check| check.findings == 0)
                && (!handed_over || !medium.handed_over.is_empty())
        });
        let copies = u32::try_from(media.count()).unwrap_or(u32::MAX);
        Progress::part(copies.min(COPIES_OF_A_RECORD), COPIES_OF_A_RECORD)
    }
}

impl ClassState {
    /// Whether the copy shows the current record.
    pub fn is_printed(&self) -> bool {
        let record = self.facts.record.as_ref().map(|record| record.record);
        record.is_some() && self.copy.as_ref().map(|copy| copy.record) == record
    }

    /// Whether the copy, as it is printed now, lies in a folder or a supplement.
    pub fn is_filed(&self) -> bool {
        let filed = self.filed.last().map(|(.., done)| done.seq);
        self.is_printed() && filed > self.printed_seq()
    }

    /// Whether the copy stands in the general register. What was corrected after the folder gets a new line.
    pub fn is_entered(&self) -> bool {
        let line = self.lines.last().map(|(_, done)| done.seq);
        let corrected = self.filed.last().map(|(.., done)| done.seq);
        let corrected = corrected.filter(|filed| Some(*filed) < self.printed_seq());
        self.is_printed() && line.is_some() && line > corrected
    }

    /// Place of the entry that printed the copy's latest sheets.
    pub(super) fn printed_seq(&self) -> Option<u64> {
        self.copy.as_ref()?.documents.last().map(|document| document.seq)
    }

    /// The signature that counts for a sheet in a step.
    pub fn signature(&self, step: &Step, sheet: u32) -> Option<&Signature> {
        self.signatures.get(&(step.id.clone(), sheet))
    }

    /// The valid sheets of these kinds.
    pub fn sheets_of(&self, kinds: &[SheetKind]) -> Vec<u32> {
        let runs = self.copy.iter().flat_map(CopyView::valid_sheets).map(|sheets| &sheets.run);
        let runs = runs.filter(|run| kinds.contains(&run.kind));
        runs.flat_map(|run| run.from..=run.to).collect()
    }

    fn sheets_signed(&self, step: &Step, kinds: &[SheetKind]) -> Progress {
        let sheets = self.sheets_of(kinds);
        let mut progress = Progress { of: sheets.len() as u32, ..Progress::default() };
        for sheet in sheets {
            match self.signature(step, sheet) {
                Some(signature) => {
                    progress.done += 1;
                    progress.excused += u32::from(signature.excused.is_some());
                }
                None => progress.missing_sheets.push(sheet),
            }
        }
        // Sheets that are still to be printed anew are missing, too.
        progress.complete = progress.missing_sheets.is_empty() && self.is_printed();
        progress
    }

    fn pages_confirmed(&self) -> Progress {
        let pages = self.facts.pages();
        let is = |digest: &Digest| self.confirmed.iter().any(|noted| noted.digest == *digest);
        let now = |digest: &Digest| pages.iter().any(|page| page.digest == *digest);
        let was = |page: u32| self.confirmed.iter().any(|n| n.page == page && !now(&n.digest));
        let mut progress = Progress { of: pages.len() as u32, ..Progress::default() };
        for page in pages {
            if is(&page.digest) {
                progress.done += 1;
                continue;
            }
            progress.missing_pages.push(page.page);
            if was(page.page) {
                progress.changed.push(page.page);
            }
        }
        progress.complete = progress.missing_pages.is_empty() && !pages.is_empty();
        progress
    }

    /// Discrepancies of pages that still read as they did when they were reported.
    pub fn open_discrepancies(&self) -> impl Iterator<Item = &super::fold::PageNoted> {
        let now = self.facts.pages();
        self.reported.iter().filter(move |noted| now.iter().any(|p| p.digest == noted.digest))
    }
}
