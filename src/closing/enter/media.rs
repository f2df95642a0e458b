//! Day 2: removable copies are handed over to the director under signature (R1 § 4.2).

use super::Desk;
use crate::closing::fold::Closing;
use crate::closing::procedure::{Proof, Scope};
use crate::closing::refusal::Refusal;
use crate::register::{DocumentNamed, Event, MediaHandedOver, MediumNumber, StaffId};
use crate::staff::Role;

impl Closing {
    /// Who may write removable copies: an official of the school, while the closing stands.
    ///
    /// # Errors
    /// [`Refusal::Office`], [`Refusal::Cancelled`].
    pub fn check_copying(&self, desk: &Desk<'_>) -> Result<(), Refusal> {
        if self.is_cancelled() { Err(Refusal::Cancelled) } else { desk.may_enter() }
    }

    /// Refuses a hand-over before its act is written.
    ///
    /// # Errors
    /// When a medium is not there, or it is not the giver's or the taker's to do.
    pub fn check_media(
        &self,
        media: &[MediumNumber],
        (by, to): (Option<StaffId>, StaffId),
        desk: &Desk<'_>,
    ) -> Result<StaffId, Refusal> {
        if self.is_cancelled() {
            return Err(Refusal::Cancelled);
        }
        let step = self.step_for(None, Proof::HandedOver, Scope::School)?;
        desk.may_enter()?;
        let by = desk.doer(step, None, by.or(desk.own(step)))?;
        if by == to {
            return Err(Refusal::SamePerson(by));
        }
        if !desk.duties.holds(to, Role::Director, None, desk.today) {
            let (role, day) = (Role::Director, desk.today);
            return Err(Refusal::Role { who: to, role, class: None, day });
        }
        for medium in media {
            let known = self.media.iter().find(|known| known.medium == *medium);
            if !known.ok_or(Refusal::NoMedium(*medium))?.handed_over.is_empty() {
                return Err(Refusal::NothingLeft);
            }
        }
        if media.is_empty() { Err(Refusal::NothingLeft) } else { Ok(by) }
    }

    /// Media handed over; `act` is the document.
    ///
    /// # Errors
    /// As [`Closing::check_media`].
    pub fn hand_over_media(
        &self,
        media: &[MediumNumber],
        (by, to): (Option<StaffId>, StaffId),
        desk: &Desk<'_>,
        act: DocumentNamed,
    ) -> Result<Event, Refusal> {
        let by = self.check_media(media, (by, to), desk)?;
        let step = self.step_for(None, Proof::HandedOver, Scope::School)?;
        let mut media = media.to_vec();
        media.sort_unstable();
        media.dedup();
        Ok(Event::MediaHandedOver(MediaHandedOver {
            by,
            closing: self.id,
            media,
            recorder: desk.recorder,
            step: step.id.clone(),
            to,
            named: act,
        }))
    }
}
