//! Corrections of journals whose paper copy goes round already: every change is seen in words and agreed to before the
//! replacing record is sealed (R1 7.3 for those after the folder).

use super::ClosingError;
use super::facts::Wanted;
use crate::archive::commit::Committed;
use crate::archive::contents::{self, ContentsError};
use crate::archive::documents;
use crate::archive::{Archive, Outcome, SnapshotRequest};
use crate::closing::{Closing, Desk, Refusal, Voided};
use crate::digest::Digest;
use crate::journal::changes::Changes;
use crate::journal::{ClassName, Journal, PeriodId};
use crate::register::{DocumentId, OrderRef, RecordNumber, SheetRange, StaffId};
use crate::retention::DocumentKind;
use chrono::{DateTime, Utc};
use rand_core::CryptoRng;
use serde::Serialize;
use std::collections::BTreeSet;

/// A correction as a deputy sees it before agreeing.
#[derive(Debug, Clone)]
pub struct Correction {
    /// The record that would be replaced.
    pub record: RecordNumber,
    /// Every change in words.
    pub changes: Changes,
    /// Which sheets lose their force, whose signatures are lost, what nobody reported.
    pub voided: Voided,
    /// The copy lies in a folder: the director's order is needed.
    pub needs_order: bool,
    /// Names exactly these contents: to agree is to repeat it.
    pub code: String,
}

/// A correction that is agreed to.
#[derive(Debug, Clone)]
pub struct CorrectionOrder {
    /// Whose journal.
    pub class: ClassName,
    /// Of which period.
    pub period: PeriodId,
    /// [`Correction::code`] of what was seen.
    pub code: String,
    /// The director's order, after the folder is formed.
    pub order: Option<OrderRef>,
}

/// Who agrees that statements on paper are drawn anew.
#[derive(Debug, Clone)]
pub struct Agreement {
    /// A deputy or head of studies.
    pub by: StaffId,
    /// The director's order, once they are on their shelf.
    pub order: Option<OrderRef>,
}

/// The body of the document that says what was agreed to.
#[derive(Serialize)]
struct Agreed<'a> {
    changes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<&'a OrderRef>,
    record: RecordNumber,
    sheets: &'a [SheetRange],
    signers: &'a [StaffId],
    unreported: &'a [u32],
}

impl Archive {
    /// What the waiting journal of a class changes, and what that voids on paper.
    ///
    /// # Errors
    /// When nothing waits that reads otherwise than the record, or the class is in no such closing.
    pub async fn correction(
        &self,
        closing: DocumentId,
        (class, period): (&ClassName, PeriodId),
    ) -> Result<Correction, ClosingError> {
        let state = self.closing_with(closing, Wanted::One(class, period)).await?;
        let missing = || Refusal::NoClass { class: class.clone(), period };
        let of_class = state.class(class, period).ok_or_else(missing)?;
        let nothing = || ClosingError::NothingChanged { class: class.clone(), period };
        let record = of_class.facts.record.as_ref().ok_or_else(nothing)?;
        if of_class.facts.waiting.is_none() {
            return Err(nothing());
        }
        let former = contents::read(&self.primary, record).await?;
        let (former, _) = former.ok_or(ContentsError::Damaged(record.record))?;
        let now = self.waiting_journal(class, period)?.ok_or_else(nothing)?;
        Ok(Correction {
            record: record.record,
            changes: Changes::between(&former, &now),
            voided: state.correction(class, period)?,
            needs_order: state.needs_order(of_class),
            code: code(&now),
        })
    }

    /// Seals a correction that was seen and agreed to: first the agreement is entered with what was seen, then the
    /// replacing record with the sheets it voids.
    ///
    /// # Errors
    /// When something else waits by now than what was seen, a rule refuses it, or the journal cannot be sealed.
    pub async fn correct(
        &mut self,
        closing: DocumentId,
        order: &CorrectionOrder,
        (recorder, now): (StaffId, DateTime<Utc>),
        rng: &mut impl CryptoRng,
    ) -> Result<(Outcome, Committed), ClosingError> {
        let (class, period) = (&order.class, order.period);
        let seen = self.correction(closing, (class, period)).await?;
        if seen.code != order.code {
            return Err(ClosingError::SeenOtherwise { seen: order.code.clone(), now: seen.code });
        }
        let body = Agreed {
            changes: seen.changes.iter().map(ToString::to_string).collect(),
            order: order.order.as_ref(),
            record: seen.record,
            sheets: &seen.voided.sheets,
            signers: &seen.voided.signers,
            unreported: &seen.voided.unreported,
        };
        let plan = self.plan().await?;
        let written = documents::write(DocumentKind::Act, &body, None, &plan, now, rng);
        let named = written.named;
        let wanted = Wanted::One(class, period);
        let event = self
            .at_desk((closing, wanted), (recorder, now), |state, desk| {
                state.agree((class, period), order.order.clone(), desk, named)
            })
            .await?;
        let committed = self.commit(&written.objects, vec![event], now).await?;
        let request = SnapshotRequest { period, classes: vec![class.clone()] };
        let mut sealed = None;
        self.snapshot_agreed(&request, now, rng, |outcome| sealed = Some(outcome.clone())).await?;
        let nothing = || ClosingError::NothingChanged { class: class.clone(), period };
        Ok((sealed.ok_or_else(nothing)?, committed))
    }

    /// Enters that a statement whose copy goes through a closing, or went, is drawn anew; nothing where it has none.
    ///
    /// # Errors
    /// When nobody agrees, they are no deputy, or the director's order is missing.
    pub(in crate::archive) async fn agree_to_statement(
        &mut self,
        (class, period): (&ClassName, PeriodId),
        sources: &[RecordNumber],
        agreement: Option<&Agreement>,
        now: DateTime<Utc>,
        rng: &mut impl CryptoRng,
    ) -> Result<(), ClosingError> {
        for closing in self.closings_of(period).await? {
            let Some(state) = closing.class(class, period) else { continue };
            let (Some(copy), Some(record)) = (&state.copy, &state.facts.record) else { continue };
            let record = record.record;
            let Some(agreement) = agreement else {
                return Err(ClosingError::OnPaper { class: class.clone(), record });
            };
            let sheets = copy.valid_sheets().flat_map(|sheet| sheet.run.from..=sheet.run.to);
            let given = state.signatures.values().filter(|signature| signature.excused.is_none());
            let signers: BTreeSet<StaffId> = given.map(|signature| signature.done.by).collect();
            let numbers: Vec<String> = sources.iter().map(|number| format!("№ {number}")).collect();
            let body = Agreed {
                changes: vec![format!(
                    "составлена заново по единицам хранения {}",
                    numbers.join(", ")
                )],
                order: agreement.order.as_ref(),
                record,
                sheets: &SheetRange::of(sheets),
                signers: &signers.into_iter().collect::<Vec<_>>(),
                unreported: &[],
            };
            let plan = self.plan().await?;
            let written = documents::write(DocumentKind::Act, &body, None, &plan, now, rng);
            let (named, order) = (written.named, agreement.order.clone());
            let who = (agreement.by, now);
            let ask =
                |state: &Closing, desk: &Desk<'_>| state.agree((class, period), order, desk, named);
            let event = self.at_desk((closing.id, Wanted::Nothing), who, ask).await?;
            self.commit(&written.objects, vec![event], now).await?;
        }
        Ok(())
    }

    fn waiting_journal(
        &self,
        class: &ClassName,
        period: PeriodId,
    ) -> Result<Option<Journal>, ClosingError> {
        let waiting = self.home.waiting()?;
        let found = waiting.iter().find(|w| w.class() == class && w.period() == period);
        Ok(found.map(super::super::intake::Waiting::journal).transpose()?)
    }
}

/// Twelve hexadecimal digits: enough to tell what one person sees from what is imported a minute later.
fn code(journal: &Journal) -> String {
    Digest::of(&journal.to_canonical()).to_string()[..12].to_owned()
}
