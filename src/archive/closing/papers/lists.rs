//! What hangs in the staff room and lies beside the copies.

use super::{Papers, order};
use crate::archive::closing::ClosingError;
use crate::closing::procedure::{Proof, Scope, Step};
use crate::closing::{ClassState, Refusal, page_of};
use crate::journal::{Class, ClassKind};
use crate::paper::closing::{
    Checklist, ChecklistPage, Schedule, ScheduleGroup, ScheduledStep, SheetsToSign, WhereToSign,
};
use crate::register::{CopyNumber, SheetKind, SheetRange, SheetRun, StaffId};
use crate::staff::Role;
use chrono::NaiveDate;
use std::collections::BTreeMap;

impl Papers<'_> {
    /// The resolved days.
    pub(super) fn schedule(&self) -> Schedule {
        let plan = &self.closing.in_force.plan;
        let groups = plan.groups.iter().map(|group| ScheduleGroup {
            classes: group.classes.clone(),
            period: group.period,
            steps: group
                .steps
                .iter()
                .map(|step| ScheduledStep {
                    day: step.day,
                    from: step.from,
                    to: step.to,
                    what: step.title.clone(),
                    who: self.who(step.role),
                })
                .collect(),
        });
        Schedule { holidays: plan.holidays, groups: groups.collect() }
    }

    /// A role, or the names of those who hold it where they are few.
    fn who(&self, role: Role) -> String {
        let office = self.wording.terms.office(role).to_owned();
        if matches!(role, Role::Teacher | Role::ClassTeacher) {
            return office;
        }
        let holders = self.duties.holders(role, None, self.today);
        let names: Vec<String> = holders.iter().map(|who| self.name(*who).after()).collect();
        if names.is_empty() { office } else { names.join(", ") }
    }

    /// Who signs which sheets of a class's copy.
    pub(super) fn checklist(&self, class: &ClassState) -> Result<Checklist, ClosingError> {
        let copy = printed(class)?;
        let record = class.copy.as_ref().map(|copy| copy.record);
        let record = record.ok_or_else(|| Refusal::NotPrinted(class.facts.class.clone()))?;
        let name = class.facts.class.to_string();
        let kind = class.facts.kind.clone().unwrap_or(ClassKind::Group { name });
        let pages = class.facts.recorded.iter().map(|page| {
            let excused = self.excused(class, page.page);
            ChecklistPage {
                subject: page.subject.clone(),
                group: page.group.clone(),
                signer: self.desk().holder(class, page, None).ok().map(|who| self.name(who)),
                excused,
            }
        });
        Ok(Checklist {
            class: Class { kind, teacher: None },
            period: class.facts.period,
            copy,
            record,
            class_teacher: self.class_teacher(class),
            sheets: self.valid(class),
            pages: pages.collect(),
        })
    }

    /// The order that excuses the signature of a page.
    fn excused(&self, class: &ClassState, page: u32) -> Option<crate::paper::closing::Order> {
        let steps = self.closing.procedure.steps.iter();
        let mut steps = steps.filter(|step| step.scope == Scope::Page);
        let sheets = class.sheets_of(&[SheetKind::Page]);
        steps.find_map(|step| {
            let mut of_page = sheets
                .iter()
                .filter(|sheet| page_of(class, **sheet).is_some_and(|found| found.page == page));
            of_page.find_map(|sheet| class.signature(step, *sheet)?.excused.as_ref().map(order))
        })
    }

    /// The valid sheets of a copy; those of a page bear the place it has in the record now.
    pub(super) fn valid(&self, class: &ClassState) -> Vec<SheetRun> {
        let sheets = class.copy.iter().flat_map(|copy| copy.valid_sheets());
        let placed = |run: &SheetRun| {
            let page = page_of(class, run.from).map(|page| page.page);
            SheetRun { page: page.or(run.page), ..run.clone() }
        };
        sheets.map(|sheets| placed(&sheets.run)).collect()
    }

    /// Where each teacher has to sign what is not signed yet.
    pub(super) fn where_to_sign(&self, only: Option<StaffId>, room: &str) -> Vec<WhereToSign> {
        let is_signing = |step: &&Step| {
            step.proof == Proof::SignedOnPaper
                && matches!(step.role, Role::Teacher | Role::ClassTeacher)
        };
        let mut lists: BTreeMap<StaffId, (Option<NaiveDate>, Vec<SheetsToSign>)> = BTreeMap::new();
        for step in self.closing.procedure.steps.iter().filter(is_signing) {
            for class in &self.closing.classes {
                let day = self.closing.planned(class, &step.id).map(|planned| planned.from);
                for (who, sheets) in self.to_sign(class, step) {
                    let (first, of_teacher) = lists.entry(who).or_default();
                    *first = first.or(day).min(day);
                    of_teacher.push(sheets);
                }
            }
        }
        let periods: Vec<_> = self.closing.opening.periods.iter().map(|of| of.period).collect();
        let lists = lists.into_iter().filter(|(who, _)| only.is_none_or(|only| only == *who));
        let mut lists: Vec<WhereToSign> = lists
            .map(|(who, (day, sheets))| WhereToSign {
                teacher: self.name(who),
                periods: periods.clone(),
                day: day.unwrap_or(self.today),
                room: room.to_owned(),
                sheets,
            })
            .collect();
        lists.sort_by_key(|list| list.teacher.after());
        lists
    }

    /// The unsigned sheets of one step in one class, by signer and page.
    fn to_sign(&self, class: &ClassState, step: &Step) -> Vec<(StaffId, SheetsToSign)> {
        let Some(copy) = class.copy_number() else { return Vec::new() };
        let missing = self.closing.progress(class, step).missing_sheets;
        let mut found: Vec<(StaffId, SheetsToSign)> = Vec::new();
        for run in self.valid(class) {
            let in_run = missing.iter().copied().filter(|s| (run.from..=run.to).contains(s));
            let ranges = SheetRange::of(in_run);
            let Some(from) = ranges.first().map(|range| range.from) else { continue };
            let Some(who) = self.desk().signer(class, step, from, None).ok() else { continue };
            let page = page_of(class, from);
            let texts = &self.wording.closing.checklist;
            let subject = match run.kind {
                SheetKind::Title => texts.title.clone(),
                SheetKind::Attendance => texts.attendance.clone(),
                SheetKind::Finals => texts.finals.clone(),
                SheetKind::Statement => texts.statement.clone(),
                SheetKind::Last => texts.last.clone(),
                SheetKind::Blank => texts.blank.clone(),
                SheetKind::Page => page.map(|page| page.subject.clone()).unwrap_or_default(),
            };
            let part =
                |range: SheetRange| SheetRun { from: range.from, to: range.to, ..run.clone() };
            let sheets = ranges.into_iter().map(part).collect();
            let group = page.and_then(|page| page.group.clone());
            let class = class.facts.class.clone();
            found.push((who, SheetsToSign { class, copy, subject, group, sheets }));
        }
        found
    }
}

pub(super) fn printed(class: &ClassState) -> Result<CopyNumber, ClosingError> {
    let not_printed = || Refusal::NotPrinted(class.facts.class.clone());
    Ok(class.copy_number().ok_or_else(not_printed)?)
}
