//! Documents: whatever else holds names or free text, named in the register by id and digest
//! (`docs/formats.md` § 3).

use super::Archive;
use super::commit::{CommitError, Committed, Object};
use crate::catalogue::DocumentView;
use crate::digest::Digest;
use crate::journal::regulation::{self, RegulationErrors};
use crate::location::{Location, LocationError, file_in};
use crate::record::Salt;
use crate::register::{DocumentId, DocumentNamed, Event, StoredPath};
use crate::retention::{DocumentKind, FilePlan, FilePlanError};
use crate::staff::Roster;
use chrono::{DateTime, Datelike as _, FixedOffset, Utc};
use rand_core::CryptoRng;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The most bytes of a `document.json`.
pub(super) const MOST_DOCUMENT: u64 = 16 << 20;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<B> {
    body: B,
    kind: DocumentKind,
    retention: String,
    salt: Salt,
    t: String,
}

/// A regulation as it is in force: the text a person wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Regulation {
    /// File name or title, for people.
    pub name: String,
    /// The TOML text.
    pub toml: String,
}

/// Settings of the school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// What the day-one checks go by.
    pub regulation: Regulation,
    /// The school's id, without spaces.
    pub school_id: String,
    /// Its name.
    pub school_name: String,
    /// Its local time, as an offset from UTC (`+05:00`): Russia's zones have no summer time.
    #[serde(with = "offset")]
    pub utc_offset: FixedOffset,
}

/// Why settings cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A seal's line must stay one line, its first word the id.
    #[error("the school's id must be letters, digits, `.` or `-`, up to 40 of them; `{0}` is not")]
    SchoolId(String),
    /// Likewise the name.
    #[error("the school's name must be one line of 1 to 200 characters")]
    SchoolName,
    /// The regulation does not read.
    #[error(transparent)]
    Regulation(#[from] RegulationErrors),
}

mod offset {
    use chrono::FixedOffset;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(offset: &FixedOffset, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(offset)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<FixedOffset, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Settings {
    /// Checks what a seal will carry, and that the regulation reads.
    ///
    /// # Errors
    /// On the first thing that will not do.
    pub fn check(&self) -> Result<(), SettingsError> {
        let plain = |c: char| c.is_alphanumeric() || c == '.' || c == '-';
        let id = &self.school_id;
        if id.is_empty() || id.chars().count() > 40 || !id.chars().all(plain) {
            return Err(SettingsError::SchoolId(id.clone()));
        }
        let name = self.school_name.trim();
        let fits = name == self.school_name && (1..=200).contains(&name.chars().count());
        if !fits || name.chars().any(char::is_control) {
            return Err(SettingsError::SchoolName);
        }
        self.regulation()?;
        Ok(())
    }

    /// The regulation the day-one checks go by.
    ///
    /// # Errors
    /// When its text does not read.
    pub fn regulation(&self) -> Result<regulation::Regulation, RegulationErrors> {
        regulation::Regulation::from_toml(&self.regulation.name, &self.regulation.toml)
    }
}

/// Why a document that is in force cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// The register names none.
    #[error("the register names no {0}; the archive was not initialised to its end")]
    None(&'static str),
    /// The location failed.
    #[error(transparent)]
    Location(#[from] LocationError),
    /// Missing, or not what the register says.
    #[error("`{0}` is missing or altered; `letopis repair` restores it from the other location")]
    Damaged(StoredPath),
    /// The file plan in it does not read.
    #[error(transparent)]
    Plan(#[from] FilePlanError),
}

/// The event that puts a document of this kind in force.
fn event(kind: DocumentKind, named: DocumentNamed) -> Event {
    match kind {
        DocumentKind::FilePlan => Event::PlanAdopted(named),
        DocumentKind::Settings => Event::SettingsChanged(named),
        DocumentKind::StaffRoster => Event::StaffRoster(named),
        other => unreachable!("no event puts a document of kind {other} in force yet"),
    }
}

/// Writes a document: the object to put and the event that names it.
pub(super) fn write(
    kind: DocumentKind,
    body: &impl Serialize,
    plan: &FilePlan,
    now: DateTime<Utc>,
    rng: &mut impl CryptoRng,
) -> (Object, Event) {
    let id = DocumentId::random(rng);
    let retention = plan.class_of_document(kind).id.as_str().to_owned();
    let document = Document {
        body,
        kind,
        retention: retention.clone(),
        salt: Salt::random(rng),
        t: "letopis/document/v1".to_owned(),
    };
    let text = serde_json::to_vec(&document).expect("documents have string keys");
    let path: StoredPath = format!("documents/{}/{id}", now.year())
        .parse()
        .expect("a year and hexadecimal digits are plain names");
    let sha256 = Digest::of(&text);
    let object = (file_in(&path, "document.json"), text.into());
    (object, event(kind, DocumentNamed { document: id, path, sha256, retention }))
}

/// Reads the body of a document and checks it against its entry.
pub(super) async fn read<B: DeserializeOwned>(
    location: &Location,
    view: &DocumentView,
) -> Result<B, DocumentError> {
    let damaged = || DocumentError::Damaged(view.path.clone());
    let file = file_in(&view.path, "document.json");
    let text = location.get_small(&file, MOST_DOCUMENT).await?.ok_or_else(damaged)?;
    if Digest::of(&text) != view.sha256 {
        return Err(damaged());
    }
    serde_json::from_slice::<Document<B>>(&text).map(|d| d.body).map_err(|_| damaged())
}

impl Archive {
    /// The settings in force.
    ///
    /// # Errors
    /// When the document is missing or altered; so for the other two.
    pub async fn settings(&self) -> Result<Settings, DocumentError> {
        super::reading::settings(&self.primary, &self.catalogue).await
    }

    /// The file plan in force.
    #[expect(clippy::missing_errors_doc, reason = "as for settings()")]
    pub async fn plan(&self) -> Result<FilePlan, DocumentError> {
        super::reading::plan(&self.primary, &self.catalogue).await
    }

    /// The staff roster in force.
    #[expect(clippy::missing_errors_doc, reason = "as for settings()")]
    pub async fn roster(&self) -> Result<Roster, DocumentError> {
        super::reading::roster(&self.primary, &self.catalogue).await
    }

    /// Puts another file plan in force. Records sealed before keep their class.
    ///
    /// # Errors
    /// When the change cannot be made.
    pub async fn adopt_plan(
        &mut self,
        plan: &FilePlan,
        now: DateTime<Utc>,
        rng: &mut impl CryptoRng,
    ) -> Result<Committed, AdoptError> {
        let (object, event) = write(DocumentKind::FilePlan, plan, plan, now, rng);
        Ok(self.commit(&[object], vec![event], now).await?)
    }

    /// Puts other settings in force.
    ///
    /// # Errors
    /// When they will not do, or the change cannot be made.
    pub async fn change_settings(
        &mut self,
        settings: &Settings,
        now: DateTime<Utc>,
        rng: &mut impl CryptoRng,
    ) -> Result<Committed, AdoptError> {
        settings.check()?;
        let plan = self.plan().await?;
        let (object, event) = write(DocumentKind::Settings, settings, &plan, now, rng);
        Ok(self.commit(&[object], vec![event], now).await?)
    }
}

/// Why a plan or settings were not put in force.
#[derive(Debug, thiserror::Error)]
pub enum AdoptError {
    /// The file plan does not read.
    #[error(transparent)]
    Plan(#[from] FilePlanError),
    /// The settings will not do.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// What is in force does not read.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The change could not be made.
    #[error(transparent)]
    Commit(#[from] CommitError),
}
