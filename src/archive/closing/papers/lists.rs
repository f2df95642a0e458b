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
use crate::staff::{PageTeacher, Role};
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
            let name = &class.facts.class;
            let teacher = self.duties.teacher_of(name, page.key(), class.facts.period_end);
            let excused = self.excused(class, page.page);
            ChecklistPage {
                subject: page.subject.clone(),
                group: page.group.clone(),
                signer: match teacher {
                    PageTeacher::One(who) => Some(self.name(self.stands_in(who))),
                    PageTeacher::Nobody | PageTeacher::Several(_) => None,
                },
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

    /// Who signs now for somebody: their substitute by order, if there is one.
    fn stands_in(&self, who: StaffId) -> StaffId {
        let substitute = self.duties.substitute(who, self.today);
        substitute.map_or(who, |substitute| substitute.substitute)
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
            let sheets: Vec<u32> = missing
                .iter()
                .copied()
                .filter(|sheet| (run.from..=run.to).contains(sheet))
                .collect();
            let Some(from) = sheets.first() else { continue };
            let Some(who) = self.signer(class, step, *from) else { continue };
            let page = page_of(class, *from);
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
            let part = |of: SheetRange| SheetRun { from: of.from, to: of.to, ..run.clone() };
            let sheets = SheetRange::of(sheets.iter().copied()).into_iter().map(part).collect();
            let group = page.and_then(|page| page.group.clone());
            let class = class.facts.class.clone();
            found.push((who, SheetsToSign { class, copy, subject, group, sheets }));
        }
        found
    }

    /// Whose signature a sheet waits for, where that is one person's.
    fn signer(&self, class: &ClassState, step: &Step, sheet: u32) -> Option<StaffId> {
        let (name, day) = (&class.facts.class, class.facts.period_end);
        let who = match page_of(class, sheet) {
            Some(page) => match self.duties.teacher_of(name, page.key(), day) {
                PageTeacher::One(who) => Some(who),
                PageTeacher::Nobody | PageTeacher::Several(_) => None,
            },
            None => {
                let at_end = self.duties.holders(step.role, Some(name), day);
                let now = self.duties.holders(step.role, Some(name), self.today);
                match (&at_end[..], &now[..]) {
                    ([one], _) | ([], [one]) => Some(*one),
                    _ => None,
                }
            }
        };
        who.map(|who| self.stands_in(who))
    }
}

pub(super) fn printed(class: &ClassState) -> Result<CopyNumber, ClosingError> {
    let not_printed = || Refusal::NotPrinted(class.facts.class.clone());
    Ok(class.copy_number().ok_or_else(not_printed)?)
}
