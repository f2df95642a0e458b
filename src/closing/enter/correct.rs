//! Corrections: a changed journal replaces a record whose paper copy goes round already.

use super::Desk;
use crate::catalogue::CopyView;
use crate::closing::fold::{ClassState, Closing};
use crate::closing::refusal::Refusal;
use crate::journal::{ClassName, PeriodId};
use crate::register::{
    CorrectionAgreed, DocumentNamed, Event, OrderRef, SheetKind, SheetRange, StaffId,
};
use crate::staff::Role;

/// What a correction does to the paper copy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Voided {
    /// The sheets that no longer count.
    pub sheets: Vec<SheetRange>,
    /// Whose signatures are on them, each once; excused ones are not among them.
    pub signers: Vec<StaffId>,
    /// Changed pages by their places in the new journal which nobody reported.
    pub unreported: Vec<u32>,
}

impl Closing {
    /// What sealing the waiting journal of a class will void.
    ///
    /// # Errors
    /// When the class is not in the closing, or nothing waits to be sealed.
    pub fn correction(&self, class: &ClassName, period: PeriodId) -> Result<Voided, Refusal> {
        let state = self.expect(class, period)?;
        let nothing = || Refusal::NoJournal { class: class.clone(), period };
        let now = state.facts.waiting.as_ref().ok_or_else(nothing)?;
        let stays = |digest| now.iter().any(|page| Some(page.digest) == digest);
        let runs = state.copy.iter().flat_map(CopyView::valid_sheets).map(|sheets| &sheets.run);
        let voided = runs.filter(|run| match run.kind {
            SheetKind::Page => !stays(run.digest),
            SheetKind::Blank => false,
            _ => true,
        });
        let sheets: Vec<u32> = voided.flat_map(|run| run.from..=run.to).collect();
        let on_them = state.signatures.iter().filter(|((_, sheet), _)| sheets.contains(sheet));
        let given = on_them.filter(|(_, signature)| signature.excused.is_none());
        let mut signers: Vec<StaffId> = given.map(|(_, signature)| signature.done.by).collect();
        signers.sort_unstable();
        signers.dedup();
        Ok(Voided { sheets: SheetRange::of(sheets), signers, unreported: unreported(state) })
    }

    /// Whether the order of the director is needed: the copy lies in a folder, or on its shelf by itself.
    pub fn needs_order(&self, class: &ClassState) -> bool {
        !class.filed.is_empty() || !class.shelved.is_empty()
    }

    /// A deputy agrees to a correction; `seen` is the document that says what was seen.
    ///
    /// # Errors
    /// When it is not a deputy's or head of studies' agreement, or the director's order is missing.
    pub fn agree(
        &self,
        (class, period): (&ClassName, PeriodId),
        order: Option<OrderRef>,
        desk: &Desk<'_>,
        seen: DocumentNamed,
    ) -> Result<Event, Refusal> {
        let state = self.expect(class, period)?;
        let (by, day) = (desk.recorder, desk.today);
        let deputy = [Role::Deputy, Role::HeadOfStudies];
        if !deputy.into_iter().any(|role| desk.duties.holds(by, role, None, day)) {
            return Err(Refusal::Role { who: by, role: Role::Deputy, class: None, day });
        }
        let nothing = || Refusal::NoJournal { class: class.clone(), period };
        let record = state.facts.record.as_ref().ok_or_else(nothing)?.record;
        if self.needs_order(state) && order.is_none() {
            return Err(Refusal::NeedsOrder { class: class.clone() });
        }
        let (closing, recorder) = (self.id, desk.recorder);
        Ok(Event::CorrectionAgreed(CorrectionAgreed {
            by,
            closing,
            order,
            record,
            recorder,
            named: seen,
        }))
    }
}

/// Pages that read otherwise than in the record, and of whose former state nobody reported a discrepancy.
fn unreported(class: &ClassState) -> Vec<u32> {
    let now = class.facts.waiting.iter().flatten();
    let former = |key| class.facts.recorded.iter().find(|page| page.key() == key);
    let reported = |digest| class.reported.iter().any(|noted| noted.digest == digest);
    let changed = now.filter(|page| match former(page.key()) {
        Some(former) => former.digest != page.digest && !reported(former.digest),
        None => true,
    });
    changed.map(|page| page.page).collect()
}
