//! Entering what was done: each function says which entries it makes, or which rule refuses it. Nothing is written here.

mod confirm;
mod copy;
mod correct;
mod folder;
mod media;
mod sign;
mod take_back;

pub use confirm::Pages;
pub use correct::Voided;
pub use folder::{FolderDraft, Whole};
pub use sign::{Sheets, page_of};

use super::fold::{ClassState, Closing};
use super::procedure::{Proof, Scope, Step};
use super::refusal::Refusal;
use crate::journal::{ClassName, PeriodId};
use crate::register::{CopyNumber, StaffId, StepId};
use crate::staff::{Duties, Role};
use chrono::NaiveDate;

/// Who enters, on which local day, by which roster and teaching load.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// Whoever enters.
    pub recorder: StaffId,
    /// The school's local day.
    pub today: NaiveDate,
    /// Who holds what.
    pub duties: &'a Duties<'a>,
}

impl Desk<'_> {
    /// Whether somebody holds an office for the whole school.
    fn is_office(&self, who: StaffId) -> bool {
        [Role::Deputy, Role::HeadOfStudies, Role::Director]
            .into_iter()
            .any(|role| self.duties.holds(who, role, None, self.today))
    }

    /// Paper is entered by whoever holds it: a deputy, or the class teacher.
    fn may_enter_for(&self, class: &ClassState) -> Result<(), Refusal> {
        let name = &class.facts.class;
        let on = [class.facts.period_end, self.today];
        let is_class_teacher =
            |day| self.duties.holds(self.recorder, Role::ClassTeacher, Some(name), day);
        match self.is_office(self.recorder) || on.into_iter().any(is_class_teacher) {
            true => Ok(()),
            false => Err(Refusal::Recorder { who: self.recorder, class: name.clone() }),
        }
    }

    /// A step of teachers and class teachers is entered by whoever holds the paper; what deputies, director and archive
    /// do with it, by an official.
    fn may_enter_step(&self, class: &ClassState, step: &Step) -> Result<(), Refusal> {
        match step.role {
            Role::Teacher | Role::ClassTeacher => self.may_enter_for(class),
            _ => self.may_enter(),
        }
    }

    /// What concerns the whole school is entered by its officials.
    ///
    /// # Errors
    /// [`Refusal::Office`].
    pub fn may_enter(&self) -> Result<(), Refusal> {
        if self.is_office(self.recorder) { Ok(()) } else { Err(Refusal::Office(self.recorder)) }
    }

    /// Who does a step for a class: the person named, if the role is theirs, otherwise its only holder.
    pub(super) fn doer(
        &self,
        step: &Step,
        class: Option<&ClassState>,
        named: Option<StaffId>,
    ) -> Result<StaffId, Refusal> {
        let own = match step.role {
            Role::ClassTeacher => class.map(|class| &class.facts.class),
            _ => None,
        };
        // A class teacher of the period's last day knows the class; an office is held today or not at all.
        let period_end = class.filter(|_| own.is_some()).map(|class| class.facts.period_end);
        let days: Vec<NaiveDate> = period_end.into_iter().chain([self.today]).collect();
        let holders = |day: &NaiveDate| self.duties.holders(step.role, own, *day);
        let mut holders: Vec<StaffId> = days.iter().flat_map(holders).collect();
        holders.sort_unstable();
        holders.dedup();
        match (named, &holders[..]) {
            (Some(who), _) => {
                let stands_in = |held: &StaffId| self.duties.may_sign_for(who, *held, self.today);
                let (role, class) = (step.role, own.cloned());
                match holders.iter().any(stands_in) {
                    true => Ok(who),
                    false => Err(Refusal::Role { who, role, class, day: self.today }),
                }
            }
            (None, [only]) => {
                let substitute = self.duties.substitute(*only, self.today);
                Ok(substitute.map_or(*only, |substitute| substitute.substitute))
            }
            (None, _) => Err(Refusal::Holders { role: step.role, holders }),
        }
    }
}

impl Closing {
    /// The class and period, if it is one of the closing and the closing goes on.
    fn expect(&self, class: &ClassName, period: PeriodId) -> Result<&ClassState, Refusal> {
        if self.is_cancelled() {
            return Err(Refusal::Cancelled);
        }
        let missing = || Refusal::NoClass { class: class.clone(), period };
        self.class(class, period).ok_or_else(missing)
    }

    /// The first step with this proof and scope.
    fn step_for(&self, proof: Proof, scope: Scope) -> Result<&Step, Refusal> {
        let found = self.steps_for(proof, scope).next();
        found.ok_or_else(|| Refusal::NoStep(format!("{proof} ({scope})")))
    }

    fn steps_for(&self, proof: Proof, scope: Scope) -> impl Iterator<Item = &Step> {
        let steps = self.procedure.steps.iter();
        steps.filter(move |step| step.proof == proof && step.scope == scope)
    }

    /// The copy of a class that goes through a step about paper: of its current record.
    fn on_paper(&self, class: &ClassState, step: &Step) -> Result<CopyNumber, Refusal> {
        let (name, period) = (class.facts.class.clone(), class.facts.period);
        if !self.concerns(class, step) {
            return Err(Refusal::NotOnPaper { class: name, period });
        }
        let copy = class.copy_number().filter(|_| class.is_printed());
        copy.ok_or(Refusal::NotPrinted(name))
    }

    /// Refuses a step before its turn, or a second time.
    fn check_turn(&self, class: &ClassState, step: &Step) -> Result<(), Refusal> {
        let (name, id) = (class.facts.class.clone(), step.id.clone());
        if self.progress(class, step).complete {
            return Err(Refusal::Already { class: name, step: id });
        }
        let before: Vec<StepId> =
            self.waits_for(class, step).into_iter().map(|step| step.id.clone()).collect();
        if before.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Waits { class: name, step: id, before })
        }
    }
}
