//! Looking at an archive without a lock, beside whoever is writing.

use super::documents::{self, DocumentError};
use super::log::{self, LogError};
use super::open::OpenError;
use super::settings::Settings;
use super::{Home, Stores};
use crate::catalogue::{Catalogue, RecordView, RowsError};
use crate::digest::Digest;
use crate::location::{Location, LocationError, Unreachable, file_in};
use crate::register::{Entry, EntryError, SignedCheckpoint};
use crate::retention::FilePlan;
use crate::staff::Roster;
use std::collections::{BTreeMap, HashMap};

/// An archive as its register tells of it at this moment.
pub struct Reading {
    home: Home,
    /// Where it was read: the primary location if that is there.
    location: Location,
    primary: Result<Location, Unreachable>,
    second: Result<Location, Unreachable>,
    checkpoint: SignedCheckpoint,
    catalogue: Catalogue,
    later: Option<EntryError>,
}

/// How the second location stands to the primary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecondState {
    /// It has every entry.
    UpToDate,
    /// It lacks so many entries.
    Behind(u64),
    /// It is not there, or its register does not read.
    Away(String),
}

/// Where a record's files are: what makes it committed, whole, signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// All its files are in the primary location.
    pub committed: bool,
    /// All its files are in the second location.
    pub in_second: bool,
    /// All its files are in both locations, of the same length.
    pub whole: bool,
    /// A valid director's signature is there.
    pub signed: bool,
}

impl std::fmt::Display for Standing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Standing { whole: true, .. } => "whole",
            Standing { committed: true, in_second: true, .. } => "copies differ",
            Standing { committed: true, .. } => "one copy",
            Standing { in_second: true, .. } => "one copy, in the second location",
            _ => "damaged",
        })?;
        f.write_str(if self.signed { ", signed" } else { ", waits for signature" })
    }
}

impl Reading {
    /// Reads the register of the primary location, or of the second when the primary is away.
    ///
    /// # Errors
    /// When neither has a register that reads.
    pub async fn open(home: Home, stores: Stores) -> Result<Reading, OpenError> {
        let primary = home.open_primary(stores.primary).await;
        let second = home.open_second(stores.second).await;
        Reading::found(home, primary, second).await
    }

    /// The same of locations that are open already.
    pub(super) async fn of(
        home: Home,
        primary: Location,
        second: Location,
    ) -> Result<Reading, OpenError> {
        Reading::found(home, Ok(primary), Ok(second)).await
    }

    async fn found(
        home: Home,
        primary: Result<Location, Unreachable>,
        second: Result<Location, Unreachable>,
    ) -> Result<Reading, OpenError> {
        let (location, primary, second) = match (primary, second) {
            (Ok(primary), second) => (primary.clone(), Ok(primary), second),
            (Err(why), Ok(second)) => (second.clone(), Err(why), Ok(second)),
            (Err(primary), Err(second)) => return Err(OpenError::Neither { primary, second }),
        };
        let checkpoint = log::checkpoint(&location, &home.origin()).await?;
        let checkpoint = checkpoint.ok_or(LogError::NoCheckpoint)?;
        let mut catalogue = Catalogue::in_memory(home.archive());
        let later = fold(&location, &mut catalogue, checkpoint.checkpoint().size).await?;
        if let Some(log_key) = catalogue.log_key()? {
            checkpoint.verify(&log_key)?;
        }
        Ok(Reading { home, location, primary, second, checkpoint, catalogue, later })
    }

    /// Where the archive's own files are.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// What can be asked of it.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The register's checkpoint.
    pub fn checkpoint(&self) -> &SignedCheckpoint {
        &self.checkpoint
    }

    /// The primary location, or why it is away.
    pub fn primary(&self) -> &Result<Location, Unreachable> {
        &self.primary
    }

    /// The second location, or why it is away.
    pub fn second(&self) -> &Result<Location, Unreachable> {
        &self.second
    }

    /// The entry of a later format version at which reading stopped, if there is one.
    pub fn later(&self) -> Option<&EntryError> {
        self.later.as_ref()
    }

    /// Where it was read: the primary location if that is there.
    pub(super) fn location(&self) -> &Location {
        &self.location
    }

    /// The register's root when it had so many entries; `None` when it never had so many.
    ///
    /// # Errors
    /// When the register does not read, or its entries do not give the root of its checkpoint.
    pub async fn root_at(&self, size: u64) -> Result<Option<Digest>, LogError> {
        let at = self.checkpoint.checkpoint();
        let tree = log::tree(&self.location, at.size).await?;
        if tree.root() != at.root {
            return Err(LogError::Root { expected: at.root });
        }
        Ok(tree.root_at(size).ok())
    }

    /// How the second location stands.
    pub async fn second_state(&self) -> SecondState {
        let second = match &self.second {
            Ok(second) => second,
            Err(why) => return SecondState::Away(why.to_string()),
        };
        match log::checkpoint(second, &self.home.origin()).await {
            Ok(Some(at)) => {
                let size = self.checkpoint.checkpoint().size;
                match size.saturating_sub(at.checkpoint().size) {
                    0 => SecondState::UpToDate,
                    behind => SecondState::Behind(behind),
                }
            }
            Ok(None) => SecondState::Away("its register has no checkpoint".to_owned()),
            Err(error) => SecondState::Away(error.to_string()),
        }
    }

    /// How each record stands, by comparing which files of which length both locations have. Whether
    /// their bytes are right is for verification to say.
    ///
    /// # Errors
    /// When a location that is there cannot be listed.
    pub async fn standings(
        &self,
        records: &[RecordView],
    ) -> Result<BTreeMap<u32, Standing>, LocationError> {
        let locations = (self.primary.as_ref().ok(), self.second.as_ref().ok());
        standings(locations, records).await
    }

    /// The settings in force.
    ///
    /// # Errors
    /// When the document is missing or altered; so for the other two.
    pub async fn settings(&self) -> Result<Settings, DocumentError> {
        settings(&self.location, &self.catalogue).await
    }

    /// The file plan in force.
    #[expect(clippy::missing_errors_doc, reason = "as for settings()")]
    pub async fn plan(&self) -> Result<FilePlan, DocumentError> {
        plan(&self.location, &self.catalogue).await
    }

    /// The staff roster in force.
    #[expect(clippy::missing_errors_doc, reason = "as for settings()")]
    pub async fn roster(&self) -> Result<Roster, DocumentError> {
        roster(&self.location, &self.catalogue).await
    }
}

/// How records stand in the locations that are there.
pub(super) async fn standings(
    (primary, second): (Option<&Location>, Option<&Location>),
    records: &[RecordView],
) -> Result<BTreeMap<u32, Standing>, LocationError> {
    let (first, second) = (sizes(primary).await?, sizes(second).await?);
    let standing = |record: &RecordView| {
        let size_in =
            |files: &HashMap<String, u64>, name| files.get(&file_in(&record.path, name)).copied();
        let there = |files: &HashMap<String, u64>| {
            record.files().all(|(name, _)| size_in(files, name).is_some())
        };
        let same = record.files().all(|(name, _)| size_in(&first, name) == size_in(&second, name));
        let (committed, in_second) = (there(&first), there(&second));
        let whole = committed && in_second && same;
        Standing { committed, in_second, whole, signed: record.is_signed() }
    };
    Ok(records.iter().map(|r| (r.record.get(), standing(r))).collect())
}

async fn sizes(location: Option<&Location>) -> Result<HashMap<String, u64>, LocationError> {
    match location {
        Some(location) => {
            Ok(location.list("records").await?.into_iter().map(|f| (f.path, f.size)).collect())
        }
        None => Ok(HashMap::new()),
    }
}

/// Applies all entries to an empty catalogue; stops at an entry of a later version.
async fn fold(
    location: &Location,
    catalogue: &mut Catalogue,
    size: u64,
) -> Result<Option<EntryError>, OpenError> {
    let mut later = None;
    log::each_entry(location, (0, size), |seq, text| {
        if later.is_some() {
            return Ok(());
        }
        match Entry::read(text, seq) {
            Ok(entry) => Ok::<_, OpenError>(catalogue.apply(&entry)?),
            Err(error @ EntryError::UnknownVersion { .. }) => {
                later = Some(error);
                Ok(())
            }
            Err(error) => Err(OpenError::Recover(error.into())),
        }
    })
    .await?;
    Ok(later)
}

fn in_force<T>(view: Result<Option<T>, RowsError>, what: &'static str) -> Result<T, DocumentError> {
    view.ok().flatten().ok_or(DocumentError::None(what))
}

pub(super) async fn settings(l: &Location, c: &Catalogue) -> Result<Settings, DocumentError> {
    documents::read(l, &in_force(c.settings(), "settings")?).await
}

pub(super) async fn plan(l: &Location, c: &Catalogue) -> Result<FilePlan, DocumentError> {
    documents::read(l, &in_force(c.plan(), "file plan")?).await
}

pub(super) async fn roster(l: &Location, c: &Catalogue) -> Result<Roster, DocumentError> {
    documents::read(l, &in_force(c.roster(), "staff roster")?).await
}
