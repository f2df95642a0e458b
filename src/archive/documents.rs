//! Documents: whatever else holds names or free text, named in the register by id and digest
//! (`docs/formats.md` § 3).

use super::Archive;
use super::commit::{CommitError, Committed, Object};
use super::settings::{Settings, SettingsError};
use crate::catalogue::DocumentView;
use crate::digest::Digest;
use crate::location::{Location, LocationError, file_in};
use crate::record::Salt;
use crate::register::{DocumentId, DocumentNamed, Event, StoredPath};
use crate::retention::{DocumentKind, FilePlan, FilePlanError};
use crate::staff::Roster;
use bytes::Bytes;
use chrono::{DateTime, Datelike as _, Utc};
use rand_core::CryptoRng;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The most bytes of a `document.json`.
pub(super) const MOST_DOCUMENT: u64 = 16 << 20;

/// The file that every document has.
pub(super) const DOCUMENT: &str = "document.json";
/// The exact print of a document that was printed.
pub(super) const PRINT: &str = "document.pdf";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<B> {
    body: B,
    kind: DocumentKind,
    /// Digest of `document.pdf`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pdf: Option<Digest>,
    retention: String,
    salt: Salt,
    t: String,
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
    /// The settings in it do not read.
    #[error(transparent)]
    Settings(#[from] SettingsError),
}

/// A document that is to be put and named in the register.
pub(super) struct Written {
    /// Its files.
    pub(super) objects: Vec<Object>,
    /// What its entry says of it.
    pub(super) named: DocumentNamed,
}

impl Written {
    /// The objects to put and the event that names the document.
    pub(super) fn by(self, event: impl FnOnce(DocumentNamed) -> Event) -> (Vec<Object>, Event) {
        (self.objects, event(self.named))
    }
}

/// Writes a document, with its exact print if it is a printed one.
pub(super) fn write(
    kind: DocumentKind,
    body: &impl Serialize,
    print: Option<Bytes>,
    plan: &FilePlan,
    now: DateTime<Utc>,
    rng: &mut impl CryptoRng,
) -> Written {
    let id = DocumentId::random(rng);
    let retention = plan.class_of_document(kind).id.as_str().to_owned();
    let document = Document {
        body,
        kind,
        pdf: print.as_deref().map(Digest::of),
        retention: retention.clone(),
        salt: Salt::random(rng),
        t: "letopis/document/v1".to_owned(),
    };
    let text = serde_json::to_vec(&document).expect("documents have string keys");
    let path: StoredPath = format!("documents/{}/{id}", now.year())
        .parse()
        .expect("a year and hexadecimal digits are plain names");
    let sha256 = Digest::of(&text);
    let mut objects = vec![(file_in(&path, DOCUMENT), text.into())];
    objects.extend(print.map(|print| (file_in(&path, PRINT), print)));
    Written { objects, named: DocumentNamed { document: id, path, sha256, retention } }
}

/// The largest number among the documents of some kinds that interrupted runs left: it is not given again.
pub(super) fn highest_left<B: DeserializeOwned, N: Ord>(
    unfinished: &Path,
    kinds: &[DocumentKind],
    number: impl Fn(B) -> N,
) -> Option<N> {
    #[derive(Deserialize)]
    struct Left<B> {
        body: B,
        kind: DocumentKind,
    }
    let (mut highest, mut waiting) = (None, vec![unfinished.to_owned()]);
    while let Some(directory) = waiting.pop() {
        for entry in std::fs::read_dir(directory).into_iter().flatten().flatten() {
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                waiting.push(entry.path());
            } else if entry.file_name().to_string_lossy().starts_with(DOCUMENT) {
                let text = std::fs::read(entry.path()).unwrap_or_default();
                let left = serde_json::from_slice::<Left<B>>(&text).ok();
                let left = left.filter(|left| kinds.contains(&left.kind));
                highest = highest.max(left.map(|left| number(left.body)));
            }
        }
    }
    highest
}

/// The files of a document below a location, with their digests, by what its `document.json` says;
/// `None` when that is missing or is not the one the register names.
pub(super) async fn files(
    location: &Location,
    path: &StoredPath,
    sha256: Digest,
) -> Result<Option<Vec<(String, Digest)>>, LocationError> {
    let file = file_in(path, DOCUMENT);
    let text = location.get_small(&file, MOST_DOCUMENT).await?;
    let Some(text) = text.filter(|text| Digest::of(text) == sha256) else { return Ok(None) };
    // A document of a later kind is a document all the same.
    #[derive(Deserialize)]
    struct Printed {
        pdf: Option<Digest>,
    }
    let pdf = serde_json::from_slice::<Printed>(&text).ok().and_then(|document| document.pdf);
    let print = pdf.map(|digest| (file_in(path, PRINT), digest));
    Ok(Some([(file, sha256)].into_iter().chain(print).collect()))
}

/// Reads the exact print of a document and checks it against its entry.
pub(super) async fn read_print(
    location: &Location,
    view: &DocumentView,
) -> Result<Bytes, DocumentError> {
    let damaged = || DocumentError::Damaged(view.path.clone());
    let files = files(location, &view.path, view.sha256).await?.ok_or_else(damaged)?;
    let (file, digest) = files.get(1).ok_or_else(damaged)?;
    let print = location.get(file).await?.filter(|print| Digest::of(print) == *digest);
    print.ok_or_else(damaged)
}

/// Reads the body of a document and checks it against its entry.
pub(super) async fn read<B: DeserializeOwned>(
    location: &Location,
    view: &DocumentView,
) -> Result<B, DocumentError> {
    let damaged = || DocumentError::Damaged(view.path.clone());
    let file = file_in(&view.path, DOCUMENT);
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
        let plan = write(DocumentKind::FilePlan, plan, None, plan, now, rng);
        let (objects, event) = plan.by(Event::PlanAdopted);
        Ok(self.commit(&objects, vec![event], now).await?)
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
        let settings = write(DocumentKind::Settings, settings, None, &plan, now, rng);
        let (objects, event) = settings.by(Event::SettingsChanged);
        Ok(self.commit(&objects, vec![event], now).await?)
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
    /// The calendar does not read.
    #[error(transparent)]
    Calendar(#[from] crate::closing::FileErrors),
    /// What is in force does not read.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The change could not be made.
    #[error(transparent)]
    Commit(#[from] CommitError),
}
