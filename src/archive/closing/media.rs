//! Handing removable copies over to the director, with the act.

use super::ClosingError;
use super::facts::Wanted;
use super::papers::Papers;
use crate::archive::commit::Committed;
use crate::archive::documents::{self, DocumentError};
use crate::archive::settings::SettingsError;
use crate::archive::{Archive, MediumStanding, media};
use crate::closing::{Closing, Desk};
use crate::journal::PeriodId;
use crate::paper::closing::{MediaAct, Medium};
use crate::paper::{closing as forms, render};
use crate::register::{DocumentId, MediumKind, MediumNumber, StaffId};
use crate::retention::DocumentKind;
use crate::staff::{Duties, Role};
use bytes::Bytes;
use chrono::{DateTime, NaiveDate, Utc};
use rand_core::CryptoRng;
use serde::Serialize;
use std::collections::BTreeSet;

/// Which media are handed over.
#[derive(Debug, Clone)]
pub struct HandOverOrder {
    /// The media.
    pub media: Vec<MediumNumber>,
    /// Number of the act, as the school numbers them.
    pub number: String,
    /// Who gives; otherwise whoever enters.
    pub by: Option<StaffId>,
    /// Who takes: the director.
    pub to: StaffId,
}

/// What the document of the act says, beside its print.
#[derive(Serialize)]
struct Act<'a> {
    date: NaiveDate,
    media: &'a [MediumNumber],
    number: &'a str,
}

impl Archive {
    /// Refuses removable copies by whoever may not write them.
    ///
    /// # Errors
    /// When they hold no office, or the closing was cancelled.
    pub async fn check_copying(
        &self,
        closing: DocumentId,
        by: StaffId,
        now: DateTime<Utc>,
    ) -> Result<(), ClosingError> {
        let ask = |state: &Closing, desk: &Desk<'_>| state.check_copying(desk);
        self.at_desk((closing, Wanted::Nothing), (by, now), ask).await
    }

    /// Media handed over: the act is printed, kept as a document, and given out to be signed.
    ///
    /// # Errors
    /// When a medium is not there or handed over already, or it is not those people's to do.
    pub async fn hand_over_media(
        &mut self,
        closing: DocumentId,
        order: &HandOverOrder,
        (recorder, now): (StaffId, DateTime<Utc>),
        rng: &mut impl CryptoRng,
    ) -> Result<(Bytes, Committed), ClosingError> {
        let state = self.closing_with(closing, Wanted::Nothing).await?;
        let (roster, load) = (self.roster().await?, self.teaching_load().await?);
        let duties = Duties::new(&roster, &load);
        let today = self.local_day(now).await?;
        let desk = Desk { recorder, today, duties: &duties };
        let people = (order.by, order.to);
        let giver = state.check_media(&order.media, people, &desk)?;
        let settings = self.settings().await?;
        let wording = settings.wording().map_err(SettingsError::from);
        let wording = wording.map_err(DocumentError::from)?;
        let papers = Papers {
            closing: &state,
            roster: &roster,
            duties: &duties,
            settings: &settings,
            wording: &wording,
            today,
            printed: now.with_timezone(&settings.utc_offset),
        };
        let mut standings = media::media(&self.primary, &self.catalogue).await?;
        standings.retain(|medium| order.media.contains(&medium.view.medium));
        let act = self.act(&papers, order, giver, &standings);
        let officials = papers.officials();
        let print: Bytes = render(&act.print(&papers.letterhead(&officials))?)?.into();
        let body = Act { date: today, media: &order.media, number: &order.number };
        let (kind, plan) = (DocumentKind::Act, self.plan().await?);
        let written = documents::write(kind, &body, Some(print.clone()), &plan, now, rng);
        let event = state.hand_over_media(&order.media, people, &desk, written.named)?;
        let committed = self.commit(&written.objects, vec![event], now).await?;
        Ok((print, committed))
    }

    fn act(
        &self,
        papers: &Papers<'_>,
        order: &HandOverOrder,
        giver: StaffId,
        standings: &[MediumStanding],
    ) -> MediaAct {
        let of = |role| papers.duties.holds(giver, role, None, papers.today);
        let role = if of(Role::HeadOfStudies) { Role::HeadOfStudies } else { Role::Deputy };
        MediaAct {
            number: order.number.clone(),
            date: papers.today,
            periods: papers.closing.opening.periods.iter().map(|of| of.period).collect(),
            archive: self.home.archive(),
            register: (self.edge.size(), self.edge.root()),
            media: standings.iter().map(|medium| on_act(medium, papers, giver)).collect(),
            giver: papers.official(giver, role),
            receiver: papers.official(order.to, Role::Director),
        }
    }
}

fn on_act(medium: &MediumStanding, papers: &Papers<'_>, giver: StaffId) -> Medium {
    let MediumStanding { view, card, .. } = medium;
    Medium {
        number: view.medium.get(),
        kind: match view.kind {
            MediumKind::Optical => forms::MediumKind::Optical,
            MediumKind::Disk => forms::MediumKind::Hard,
        },
        label: card.label.clone(),
        serial: None,
        room: card.room.clone(),
        safe: card.safe.clone(),
        keeper: papers.name(card.keeper.unwrap_or(giver)),
        periods: periods(papers.closing, medium),
        records: view.records.len(),
        bytes: card.bytes,
        manifest: view.manifest,
    }
}

/// The periods whose records are on a medium.
fn periods(closing: &Closing, medium: &MediumStanding) -> Vec<PeriodId> {
    let classes = closing.classes.iter().filter(|class| {
        class.facts.chain.iter().any(|record| medium.view.records.contains(record))
    });
    let periods: BTreeSet<PeriodId> = classes.map(|class| class.facts.period).collect();
    periods.into_iter().collect()
}
