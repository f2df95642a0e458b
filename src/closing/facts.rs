//! What a closing has to know of a class beside its own entries: records, copies and pages as they are now.

use crate::catalogue::{CopyView, RecordView};
use crate::digest::Digest;
use crate::journal::{ClassKind, ClassName, PageKey, PeriodId};
use crate::register::RecordNumber;
use chrono::NaiveDate;

/// One class and period of a closing.
#[derive(Debug, Clone)]
pub struct ClassFacts {
    /// The class.
    pub class: ClassName,
    /// Class, group or activity, where a journal says it.
    pub kind: Option<ClassKind>,
    /// The period.
    pub period: PeriodId,
    /// The last day of the period: who teaches then signs.
    pub period_end: NaiveDate,
    /// The current record.
    pub record: Option<RecordView>,
    /// All records of the class and period, the current one last.
    pub chain: Vec<RecordNumber>,
    /// The pages of the record, in order.
    pub recorded: Vec<PageFact>,
    /// The pages of the import that waits to be sealed, in order; `None` when nothing waits that reads otherwise than
    /// the record.
    pub waiting: Option<Vec<PageFact>>,
    /// The numbered copies of the record and of those it replaced, in the order they were printed.
    pub copies: Vec<CopyView>,
}

/// A page, as far as a closing has to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFact {
    /// Its place in the journal, from 1.
    pub page: u32,
    /// Its digest.
    pub digest: Digest,
    /// Subject.
    pub subject: String,
    /// Subgroup.
    pub group: Option<String>,
}

impl PageFact {
    /// What names the page within its journal.
    pub fn key(&self) -> PageKey<'_> {
        PageKey { subject: &self.subject, group: self.group.as_deref() }
    }
}

impl ClassFacts {
    /// The pages as they stand now: those that wait to be sealed, otherwise those of the record.
    pub fn pages(&self) -> &[PageFact] {
        self.waiting.as_deref().unwrap_or(&self.recorded)
    }
}
