//! What each person has to do next.

use super::enter::{Desk, page_of};
use super::fold::{ClassState, Closing};
use super::procedure::{Proof, Scope, Step};
use crate::journal::{ClassName, PeriodId};
use crate::register::{SheetKind, SheetRange, StaffId, StepId};
use crate::staff::Role;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Something that waits to be done now: all it waits for is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Who has to do it; `None` when nobody or several people hold the role.
    pub who: Option<StaffId>,
    /// In which role.
    pub role: Role,
    /// Which step.
    pub step: StepId,
    /// Of which class; `None` for what is done for the period or school at once.
    pub class: Option<ClassName>,
    /// Of which period.
    pub period: PeriodId,
    /// Pages to be confirmed, by their places from 1.
    pub pages: Vec<u32>,
    /// Sheets to be signed.
    pub sheets: Vec<SheetRange>,
    /// The last day for it.
    pub due: Option<NaiveDate>,
    /// That day is over.
    pub late: bool,
}

impl Closing {
    /// What can be done now, in the order of steps and classes.
    pub fn tasks(&self, desk: &Desk<'_>) -> Vec<Task> {
        if self.is_cancelled() {
            return Vec::new();
        }
        let mut tasks: Vec<Task> = Vec::new();
        for step in &self.procedure.steps {
            for class in &self.classes {
                if self.progress(class, step).complete || !self.waits_for(class, step).is_empty() {
                    continue;
                }
                let new = self.class_tasks(class, step, desk);
                // What is done for many classes at once is one task.
                tasks.extend(
                    new.into_iter()
                        .filter(|task| {
                            task.class.is_some()
                                || !tasks.iter().any(|known| known.is_same(task, step.scope))
                        })
                        .collect::<Vec<_>>(),
                );
            }
        }
        tasks
    }

    fn class_tasks(&self, class: &ClassState, step: &Step, desk: &Desk<'_>) -> Vec<Task> {
        match (step.scope, step.proof) {
            (Scope::Page, Proof::Confirmed) => {
                // Whose signature a page bears already need not be asked whether it is right.
                let signed = |page: &u32| self.bears_signature(class, *page);
                let mut pages = self.progress(class, step).missing_pages;
                pages.retain(|page| !signed(page));
                let of = |place: u32| class.facts.pages().iter().find(move |p| p.page == place);
                let whose = |place: u32| desk.holder(class, of(place)?, None).ok();
                let tasks = by_person(pages, whose).into_iter();
                tasks
                    .map(|(who, pages)| Task { pages, ..self.task(class, step, who, desk) })
                    .collect()
            }
            (Scope::Page, _) => {
                let sheets = self.progress(class, step).missing_sheets;
                let whose = |sheet: u32| desk.holder(class, page_of(class, sheet)?, None).ok();
                let tasks = by_person(sheets, whose).into_iter();
                let task = |(who, sheets)| {
                    let sheets = SheetRange::of(sheets);
                    Task { sheets, ..self.task(class, step, who, desk) }
                };
                tasks.map(task).collect()
            }
            (Scope::Class, proof) => {
                let who = desk.doer(step, Some(class), None).ok();
                let missing = self.progress(class, step).missing_sheets;
                let sheets = match proof {
                    Proof::SignedOnPaper => SheetRange::of(missing),
                    _ => Vec::new(),
                };
                vec![Task { sheets, ..self.task(class, step, who, desk) }]
            }
            (Scope::Period | Scope::School, _) => {
                let who = desk.doer(step, None, None).ok();
                vec![Task { class: None, ..self.task(class, step, who, desk) }]
            }
        }
    }

    /// Whether all sheets of a page, as it reads now, are signed.
    fn bears_signature(&self, class: &ClassState, page: u32) -> bool {
        let digest = class.facts.pages().iter().find(|now| now.page == page).map(|now| now.digest);
        let recorded = class.facts.recorded.iter().find(|sealed| Some(sealed.digest) == digest);
        let Some(recorded) = recorded else { return false };
        let signing = self
            .procedure
            .steps
            .iter()
            .filter(|step| step.scope == Scope::Page && step.proof == Proof::SignedOnPaper);
        let of_page = |sheet: &u32| page_of(class, *sheet).is_some_and(|p| p.page == recorded.page);
        let sheets: Vec<u32> =
            class.sheets_of(&[SheetKind::Page]).into_iter().filter(of_page).collect();
        let signed = |step| sheets.iter().all(|sheet| class.signature(step, *sheet).is_some());
        !sheets.is_empty() && signing.map(signed).any(|all| all)
    }

    fn task(&self, class: &ClassState, step: &Step, who: Option<StaffId>, desk: &Desk<'_>) -> Task {
        Task {
            who,
            role: step.role,
            step: step.id.clone(),
            class: Some(class.facts.class.clone()),
            period: class.facts.period,
            pages: Vec::new(),
            sheets: Vec::new(),
            due: self.planned(class, &step.id).map(|planned| planned.to),
            late: self.is_late(class, step, desk.today),
        }
    }
}

impl Task {
    fn is_same(&self, other: &Task, scope: Scope) -> bool {
        let together = scope == Scope::School || self.period == other.period;
        self.step == other.step && self.who == other.who && together
    }
}

/// Places by the person they wait for, in the order of the first.
fn by_person(
    places: Vec<u32>,
    whose: impl Fn(u32) -> Option<StaffId>,
) -> Vec<(Option<StaffId>, Vec<u32>)> {
    let mut found: BTreeMap<Option<StaffId>, Vec<u32>> = BTreeMap::new();
    for place in places {
        found.entry(whose(place)).or_default().push(place);
    }
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by_key(|(_, places)| places.first().copied());
    found
}
