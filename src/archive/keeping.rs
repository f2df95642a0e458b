//! Until when records are kept: by the file plan that was in force when they were sealed.

use super::documents::{self, DocumentError};
use super::reading::Reading;
use crate::catalogue::{Catalogue, RecordView};
use crate::register::RecordNumber;
use crate::retention::{FileClass, FilePlan, Kept, kept_record};
use std::collections::HashMap;

/// All file plans there ever were, each with the place of the entry that put it in force.
#[derive(Debug, Clone)]
pub struct Plans {
    plans: Vec<(u64, FilePlan)>,
    /// What each record replaces, and the place of its entry.
    sealed: HashMap<RecordNumber, (Option<RecordNumber>, u64)>,
}

impl Reading {
    /// The file plans, for asking until when records are kept.
    ///
    /// # Errors
    /// When one of them is missing or altered.
    pub async fn plans(&self) -> Result<Plans, DocumentError> {
        let catalogue: &Catalogue = self.catalogue();
        let unreadable = |_| DocumentError::None("file plan");
        let mut plans = Vec::new();
        for view in catalogue.documents().map_err(unreadable)? {
            if view.event == "plan-adopted" {
                plans.push((view.seq, documents::read(self.location(), &view).await?));
            }
        }
        plans.sort_by_key(|(seq, _)| *seq);
        let records = catalogue.records().map_err(unreadable)?;
        let sealed = records.iter().map(|r| (r.record, (r.replaces, r.seq))).collect();
        Ok(Plans { plans, sealed })
    }
}

impl Plans {
    /// The class of the file plan a record belongs to. A later plan changes nothing about it, and a
    /// replacing record keeps the term of the one it replaces.
    pub fn class_of(&self, record: &RecordView) -> Option<&FileClass> {
        let (mut first, mut seq) = (record.replaces, record.seq);
        while let Some((replaces, at)) = first.and_then(|number| self.sealed.get(&number)) {
            // A register that says otherwise is damaged; it must not keep this going round.
            if *at >= seq {
                break;
            }
            (first, seq) = (*replaces, *at);
        }
        let in_force = self.plans.iter().rev().find(|(from, _)| *from < seq);
        in_force.and_then(|(_, plan)| plan.class(&record.retention))
    }

    /// Until when a record is kept; `None` when its class is in no plan.
    pub fn kept(&self, record: &RecordView) -> Option<Kept> {
        self.class_of(record).map(|class| kept_record(record.period.year, class.term))
    }
}
