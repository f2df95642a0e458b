//! Days 3 to 5: signatures on paper, and those that cannot be had.

use super::Desk;
use crate::closing::facts::PageFact;
use crate::closing::fold::{ClassState, Closing};
use crate::closing::procedure::{Proof, Scope, Step};
use crate::closing::refusal::Refusal;
use crate::journal::{ClassName, PeriodId};
use crate::register::{
    CopyNumber, DocumentNamed, Event, Excused, OrderRef, SheetKind, SheetRange, SignedOnPaper,
    StaffId, StepId,
};
use std::collections::BTreeMap;

/// Which sheets of a class's copy are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sheets {
    /// All that are not signed yet, but for these: «класс полностью, кроме листов …».
    AllExcept(Vec<SheetRange>),
    /// These.
    These(Vec<SheetRange>),
    /// All of these pages of the record, by their places from 1.
    OfPages(Vec<u32>),
}

/// Sheets that one person signs.
struct Signed {
    copy: CopyNumber,
    by: StaffId,
    sheets: Vec<SheetRange>,
}

impl Closing {
    /// Sheets that bear a signature on paper: one entry for each signer. Without a name every sheet of a page is
    /// signed by the page's own teacher.
    ///
    /// # Errors
    /// When a sheet is not theirs to sign, the step's turn has not come, or nothing is left to sign.
    pub fn sign_off(
        &self,
        (class, period): (&ClassName, PeriodId),
        step: &StepId,
        sheets: &Sheets,
        by: Option<StaffId>,
        desk: &Desk<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        let (step, signed) = self.signed((class, period), step, sheets, by, desk)?;
        let event = |Signed { copy, by, sheets }| {
            Event::SignedOnPaper(SignedOnPaper {
                by,
                closing: self.id,
                copy,
                recorder: desk.recorder,
                sheets,
                step: step.id.clone(),
            })
        };
        Ok(signed.into_iter().map(event).collect())
    }

    /// Sheets whose signature cannot be had, by the director's order (R1: printed as absent); `reason` is the document
    /// that says why. Without sheets all that this person still has to sign in the class are meant.
    ///
    /// # Errors
    /// As [`Closing::sign_off`].
    pub fn excuse(
        &self,
        (class, period): (&ClassName, PeriodId),
        (step, sheets): (&StepId, &Sheets),
        by: StaffId,
        (order, reason): (OrderRef, DocumentNamed),
        desk: &Desk<'_>,
    ) -> Result<Event, Refusal> {
        desk.may_enter()?;
        let (step, signed) = self.signed((class, period), step, sheets, Some(by), desk)?;
        let Signed { copy, by, sheets } = signed.into_iter().next().ok_or(Refusal::NothingLeft)?;
        Ok(Event::Excused(Excused {
            by,
            closing: self.id,
            copy,
            order,
            recorder: desk.recorder,
            sheets,
            step: step.id.clone(),
            named: reason,
        }))
    }

    /// The sheets that are signed now, by signer.
    fn signed(
        &self,
        (class, period): (&ClassName, PeriodId),
        step: &StepId,
        sheets: &Sheets,
        by: Option<StaffId>,
        desk: &Desk<'_>,
    ) -> Result<(&Step, Vec<Signed>), Refusal> {
        let state = self.expect(class, period)?;
        let step = self.step(step).ok_or_else(|| Refusal::NoStep(step.to_string()))?;
        if step.proof != Proof::SignedOnPaper {
            return Err(Refusal::WrongProof { step: step.id.clone(), proof: step.proof });
        }
        desk.may_enter_step(state, step)?;
        let copy = self.on_paper(state, step)?;
        self.check_turn(state, step)?;
        let all = state.sheets_of(&self.kinds_signed(step));
        let mut by_signer: BTreeMap<StaffId, Vec<u32>> = BTreeMap::new();
        for sheet in meant(state, copy, &all, sheets)? {
            if state.signature(step, sheet).is_some() {
                continue;
            }
            match desk.signer(state, step, sheet, by) {
                Err(Refusal::NotTheirs { .. }) if matches!(sheets, Sheets::AllExcept(_)) => {}
                Err(Refusal::NoTeacher { .. })
                    if by.is_some() && matches!(sheets, Sheets::AllExcept(_)) => {}
                signer => by_signer.entry(signer?).or_default().push(sheet),
            }
        }
        let signed = by_signer.into_iter();
        let signed: Vec<Signed> = signed
            .map(|(by, sheets)| Signed { copy, by, sheets: SheetRange::of(sheets) })
            .collect();
        if signed.is_empty() { Err(Refusal::NothingLeft) } else { Ok((step, signed)) }
    }
}

impl Desk<'_> {
    /// Who signs a sheet in a step.
    ///
    /// # Errors
    /// When that is nobody, or several people and none is named.
    pub fn signer(
        &self,
        class: &ClassState,
        step: &Step,
        sheet: u32,
        named: Option<StaffId>,
    ) -> Result<StaffId, Refusal> {
        match (step.scope, page_of(class, sheet)) {
            (Scope::Page, Some(page)) => self.holder(class, page, named),
            _ => self.doer(step, Some(class), named),
        }
    }
}

/// The page of the record a sheet shows.
pub fn page_of(class: &ClassState, sheet: u32) -> Option<&PageFact> {
    let mut runs = class.copy.as_ref()?.valid_sheets().map(|sheets| &sheets.run);
    let run = runs.find(|run| (run.from..=run.to).contains(&sheet))?;
    let digest = run.digest.filter(|_| run.kind == SheetKind::Page)?;
    class.facts.recorded.iter().find(|page| page.digest == digest)
}

/// The sheets that are meant, of all that the step is about.
fn meant(
    class: &ClassState,
    copy: CopyNumber,
    all: &[u32],
    sheets: &Sheets,
) -> Result<Vec<u32>, Refusal> {
    let strangers = |ranges: &[SheetRange]| {
        let unknown = |range: &&SheetRange| !all.contains(&range.from) || !all.contains(&range.to);
        let sheets: Vec<SheetRange> = ranges.iter().filter(unknown).copied().collect();
        if sheets.is_empty() { Ok(()) } else { Err(Refusal::NoSheets { copy, sheets }) }
    };
    let within = |ranges: &[SheetRange], sheet: u32| ranges.iter().any(|r| r.contains(sheet));
    Ok(match sheets {
        Sheets::AllExcept(ranges) => {
            strangers(ranges)?;
            all.iter().copied().filter(|sheet| !within(ranges, *sheet)).collect()
        }
        Sheets::These(ranges) => {
            strangers(ranges)?;
            all.iter().copied().filter(|sheet| within(ranges, *sheet)).collect()
        }
        Sheets::OfPages(pages) => {
            let of = class.facts.recorded.len();
            let name = || class.facts.class.clone();
            if let Some(page) = pages.iter().find(|page| **page == 0 || **page as usize > of) {
                return Err(Refusal::NoPage { class: name(), page: *page, of });
            }
            let on =
                |sheet: &u32| page_of(class, *sheet).is_some_and(|page| pages.contains(&page.page));
            all.iter().copied().filter(on).collect()
        }
    })
}
