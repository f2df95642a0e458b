//! Entering what was done in a closing.

use super::ClosingError;
use super::facts::Wanted;
use crate::archive::Archive;
use crate::archive::commit::{Committed, Object};
use crate::archive::documents::{self, Written};
use crate::closing::{Closing, Desk, Pages, Refusal, Sheets};
use crate::journal::{ClassName, PeriodId};
use crate::register::{DocumentId, Event, LineNumber, OrderRef, StaffId, StepId};
use crate::retention::DocumentKind;
use crate::staff::Duties;
use chrono::{DateTime, NaiveDate, Utc};
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

/// What is to be entered for one class and period.
#[derive(Debug, Clone)]
pub enum Action {
    /// Pages are right.
    Confirm {
        /// Which.
        pages: Pages,
        /// Whose they are; otherwise each its own teacher's.
        by: Option<StaffId>,
    },
    /// A page is not what it should be.
    Report {
        /// Which, from 1.
        page: u32,
        /// What differs, in the person's words.
        text: String,
        /// Who found it; otherwise the page's teacher.
        by: Option<StaffId>,
    },
    /// Sheets bear signatures.
    SignOff {
        /// In which step.
        step: StepId,
        /// Which sheets.
        sheets: Sheets,
        /// Who signed; otherwise whoever has to.
        by: Option<StaffId>,
    },
    /// A signature cannot be had.
    Excuse {
        /// In which step.
        step: StepId,
        /// Which sheets.
        sheets: Sheets,
        /// Whose signature.
        by: StaffId,
        /// The director's order.
        order: OrderRef,
        /// Why, in the person's words.
        reason: String,
    },
    /// The copy went from the class teacher to a deputy.
    HandOver {
        /// Who gave it; otherwise the class teacher.
        by: Option<StaffId>,
        /// Who took it.
        to: StaffId,
    },
    /// The copy stands in the general register, on the next line.
    EnterCopy {
        /// Who entered it there.
        by: Option<StaffId>,
    },
    /// The copy bears the school's round seal.
    Stamp {
        /// Who affixed it.
        by: Option<StaffId>,
    },
}

/// The body of a document that holds a person's words.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Said {
    pub(super) text: String,
}

impl Archive {
    /// Enters an action for a class: one commit, or nothing.
    ///
    /// # Errors
    /// When a rule of the closing refuses it, or it cannot be written.
    pub async fn enter(
        &mut self,
        closing: DocumentId,
        (class, period): (&ClassName, PeriodId),
        action: &Action,
        (recorder, now): (StaffId, DateTime<Utc>),
        rng: &mut impl CryptoRng,
    ) -> Result<Committed, ClosingError> {
        let said = match action {
            Action::Report { text, .. } => Some((DocumentKind::DiscrepancyNote, text)),
            Action::Excuse { reason, .. } => Some((DocumentKind::Reason, reason)),
            _ => None,
        };
        let written = match said {
            Some((kind, text)) => Some(self.said(kind, text, now, rng).await?),
            None => None,
        };
        let line = self.next_line()?;
        let wanted = Wanted::One(class, period);
        let of = (class, period);
        let events = self
            .at_desk((closing, wanted), (recorder, now), |state, desk| {
                events(state, of, action, (line, written.as_ref()), desk)
            })
            .await?;
        let objects: Vec<Object> = written.into_iter().flat_map(|w| w.objects).collect();
        Ok(self.commit(&objects, events, now).await?)
    }

    /// Takes an entry of a closing back; it stays in the history with the reason.
    ///
    /// # Errors
    /// As [`Archive::enter`].
    pub async fn take_back(
        &mut self,
        closing: DocumentId,
        (entry, reason): (u64, &str),
        (recorder, now): (StaffId, DateTime<Utc>),
        rng: &mut impl CryptoRng,
    ) -> Result<Committed, ClosingError> {
        let Written { objects, named } = self.said(DocumentKind::Reason, reason, now, rng).await?;
        let event = self
            .at_desk((closing, Wanted::Nothing), (recorder, now), |state, desk| {
                state.take_back(entry, desk, named)
            })
            .await?;
        Ok(self.commit(&objects, vec![event], now).await?)
    }

    /// A document with a person's words, to be put and named.
    pub(super) async fn said(
        &self,
        kind: DocumentKind,
        text: &str,
        now: DateTime<Utc>,
        rng: &mut impl CryptoRng,
    ) -> Result<Written, ClosingError> {
        let plan = self.plan().await?;
        let said = Said { text: text.trim().to_owned() };
        Ok(documents::write(kind, &said, None, &plan, now, rng))
    }

    /// Asks a closing something at the desk of whoever enters.
    pub(super) async fn at_desk<T>(
        &self,
        (closing, wanted): (DocumentId, Wanted<'_>),
        (recorder, now): (StaffId, DateTime<Utc>),
        ask: impl FnOnce(&Closing, &Desk<'_>) -> Result<T, Refusal>,
    ) -> Result<T, ClosingError> {
        let state = self.closing_with(closing, wanted).await?;
        let (roster, load) = (self.roster().await?, self.teaching_load().await?);
        let duties = Duties::new(&roster, &load);
        let today = self.local_day(now).await?;
        Ok(ask(&state, &Desk { recorder, today, duties: &duties })?)
    }

    /// The school's local day.
    pub(super) async fn local_day(&self, now: DateTime<Utc>) -> Result<NaiveDate, ClosingError> {
        Ok(now.with_timezone(&self.settings().await?.utc_offset).date_naive())
    }

    fn next_line(&self) -> Result<LineNumber, ClosingError> {
        match self.catalogue.last_line()? {
            Some(last) => last.plus(1).ok_or(ClosingError::NoNumber),
            None => Ok(LineNumber::FIRST),
        }
    }
}

fn events(
    state: &Closing,
    of: (&ClassName, PeriodId),
    action: &Action,
    (line, written): (LineNumber, Option<&Written>),
    desk: &Desk<'_>,
) -> Result<Vec<Event>, Refusal> {
    let named = written.map(|written| written.named.clone());
    Ok(match (action, named) {
        (Action::Confirm { pages, by }, _) => state.confirm(of, pages, *by, desk)?,
        (Action::SignOff { step, sheets, by }, _) => state.sign_off(of, step, sheets, *by, desk)?,
        (Action::HandOver { by, to }, _) => vec![state.hand_over(of, (*by, *to), desk)?],
        (Action::EnterCopy { by }, _) => vec![state.enter_copy(of, *by, line, desk)?],
        (Action::Stamp { by }, _) => vec![state.stamp(of, *by, desk)?],
        (Action::Report { page, by, .. }, Some(named)) => {
            vec![state.report(of, *page, *by, desk, named)?]
        }
        (Action::Excuse { step, sheets, by, order, .. }, Some(named)) => {
            let why = (order.clone(), named);
            vec![state.excuse(of, (step, sheets), *by, why, desk)?]
        }
        (Action::Report { .. } | Action::Excuse { .. }, None) => Vec::new(),
    })
}
