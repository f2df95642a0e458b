//! The media register with what its documents say: where each medium is, and when it is to be checked.

use super::super::documents::{self, DocumentError};
use super::super::reading::Reading;
use crate::catalogue::{Catalogue, MediumView};
use crate::location::Location;
use crate::register::{MediumNumber, StaffId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The card of a medium: the body of the document that its `copy-made` entry names (`docs/formats.md` § 3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MediumCard {
    /// Bytes of all files that the manifest lists.
    pub bytes: u64,
    /// Who keeps it, until it is handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keeper: Option<StaffId>,
    /// What is written on it.
    pub label: String,
    /// Its number.
    pub medium: MediumNumber,
    /// The day by which it is to be checked, local.
    pub next_check: NaiveDate,
    /// The room it is kept in.
    pub room: String,
    /// The safe or cupboard in that room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub safe: Option<String>,
}

/// The body of the document that a `copy-checked` entry names.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MediumChecked {
    pub(super) findings: Vec<CheckFinding>,
    pub(super) medium: MediumNumber,
    pub(super) next_check: NaiveDate,
}

/// One finding, as the document has it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckFinding {
    pub(super) code: String,
    pub(super) path: String,
    pub(super) text: String,
}

/// A medium as the media register has it.
#[derive(Debug, Clone)]
pub struct MediumStanding {
    /// What the register says.
    pub view: MediumView,
    /// What its card says.
    pub card: MediumCard,
    /// The day by which it is to be checked: by its card, or by its last check.
    pub next_check: NaiveDate,
}

impl MediumStanding {
    /// Who has it: the last one it was handed over to, or the keeper of its card.
    pub fn keeper(&self) -> Option<StaffId> {
        self.view.handed_over.last().map(|given| given.to).or(self.card.keeper)
    }

    /// Whether its check is due on this day. A medium that was taken back is not checked any more.
    pub fn is_due(&self, today: NaiveDate) -> bool {
        // A medium that was found damaged is no copy until it was made anew.
        let damaged = self.view.checks.last().is_some_and(|check| check.findings > 0);
        self.view.taken_back.is_none() && (damaged || self.next_check <= today)
    }

    /// Whether both hold a record, and are kept in one room: one fire would take both.
    pub(super) fn shares_room_with(&self, other: &MediumStanding) -> bool {
        let room = |card: &MediumCard| card.room.trim().to_lowercase();
        self.view.medium != other.view.medium
            && self.view.taken_back.is_none()
            && other.view.taken_back.is_none()
            && room(&self.card) == room(&other.card)
            && self.view.records.iter().any(|record| other.view.records.contains(record))
    }
}

impl Reading {
    /// The media register, by number.
    ///
    /// # Errors
    /// When a document of it is missing or altered.
    pub async fn media(&self) -> Result<Vec<MediumStanding>, DocumentError> {
        media(self.location(), self.catalogue()).await
    }
}

pub(in crate::archive) async fn media(
    location: &Location,
    catalogue: &Catalogue,
) -> Result<Vec<MediumStanding>, DocumentError> {
    let views = catalogue.media().map_err(|_| DocumentError::None("media register"))?;
    let mut media = Vec::with_capacity(views.len());
    for view in views {
        let card: MediumCard = documents::read(location, &view.document).await?;
        let next_check = match view.checks.last() {
            Some(check) => {
                documents::read::<MediumChecked>(location, &check.document).await?.next_check
            }
            None => card.next_check,
        };
        media.push(MediumStanding { view, card, next_check });
    }
    Ok(media)
}
