//! Days 4 and 5: the copy is handed over, entered in the general register, sealed.

use super::Desk;
use crate::closing::fold::{ClassState, Closing};
use crate::closing::procedure::{Proof, Scope, Step};
use crate::closing::refusal::Refusal;
use crate::journal::{ClassName, PeriodId};
use crate::register::{CopyEntered, CopyNumber, Event, HandedOver, LineNumber, StaffId, Stamped};
use crate::staff::Role;

impl Closing {
    /// The class teacher hands the copy over to a deputy (R1 § 4.4), the curator to the head of studies (R4 4.2).
    ///
    /// # Errors
    /// When it is not the giver's or the taker's to do, or the step's turn has not come.
    pub fn hand_over(
        &self,
        (class, period): (&ClassName, PeriodId),
        (by, to): (Option<StaffId>, StaffId),
        desk: &Desk<'_>,
    ) -> Result<Event, Refusal> {
        let (state, step, copy) = self.turn((class, period), Proof::HandedOver, desk)?;
        let by = desk.doer(step, Some(state), by)?;
        if by == to {
            return Err(Refusal::SamePerson(by));
        }
        if !desk.is_office(to) {
            let (role, day) = (Role::Deputy, desk.today);
            return Err(Refusal::Role { who: to, role, class: None, day });
        }
        let (closing, recorder, step) = (self.id, desk.recorder, step.id.clone());
        Ok(Event::HandedOver(HandedOver { by, closing, copy, recorder, step, to }))
    }

    /// The copy is entered in the general register on this line.
    ///
    /// # Errors
    /// As [`Closing::hand_over`].
    pub fn enter_copy(
        &self,
        (class, period): (&ClassName, PeriodId),
        by: Option<StaffId>,
        line: LineNumber,
        desk: &Desk<'_>,
    ) -> Result<Event, Refusal> {
        let (state, step, copy) = self.turn((class, period), Proof::CopyEntered, desk)?;
        let by = desk.doer(step, Some(state), by.or(desk.own(step)))?;
        let (closing, recorder, step) = (self.id, desk.recorder, step.id.clone());
        Ok(Event::CopyEntered(CopyEntered { by, closing, copy, line, recorder, step }))
    }

    /// The school's round seal is on the copy.
    ///
    /// # Errors
    /// As [`Closing::hand_over`].
    pub fn stamp(
        &self,
        (class, period): (&ClassName, PeriodId),
        by: Option<StaffId>,
        desk: &Desk<'_>,
    ) -> Result<Event, Refusal> {
        let (state, step, copy) = self.turn((class, period), Proof::Stamped, desk)?;
        let by = desk.doer(step, Some(state), by.or(desk.own(step)))?;
        let (closing, recorder, step) = (self.id, desk.recorder, step.id.clone());
        Ok(Event::Stamped(Stamped { by, closing, copy, recorder, step }))
    }

    /// The class, the step with this proof, and the copy, when the step's turn has come.
    fn turn(
        &self,
        (class, period): (&ClassName, PeriodId),
        proof: Proof,
        desk: &Desk<'_>,
    ) -> Result<(&ClassState, &Step, CopyNumber), Refusal> {
        let state = self.expect(class, period)?;
        let step = self.step_for(None, proof, Scope::Class)?;
        desk.may_enter_step(state, step)?;
        let copy = self.on_paper(state, step)?;
        self.check_turn(state, step)?;
        Ok((state, step, copy))
    }
}

impl Desk<'_> {
    /// Whoever enters did it themselves, where they hold the role.
    pub(super) fn own(&self, step: &Step) -> Option<StaffId> {
        let holds = self.duties.holds(self.recorder, step.role, None, self.today);
        holds.then_some(self.recorder)
    }
}
