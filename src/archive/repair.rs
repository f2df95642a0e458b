//! Repair: what is damaged in one location is restored from the other, if it verifies there.
//!
//! Nothing is lost: whatever a repair takes out of a location is moved to `unfinished/` first. What is
//! damaged in both locations stays as it is, and is reported.

use super::commit::CommitError;
use super::home::Stores;
use super::open::{OpenError, Opening};
use super::recover::{RecoverError, put_aside};
use super::verify::{Finding, Level, Report, Request, Which};
use super::{Archive, Home, HomeError, documents, log, verify};
use crate::digest::Digest;
use crate::location::{Location, LocationError, Unreachable, file_in};
use crate::register::{Event, Repaired, StoredPath, TilePath, all_tiles};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What a repair did.
#[derive(Debug)]
pub struct Repairs {
    /// Files that were restored or put aside, by location.
    pub restored: BTreeMap<Which, Vec<String>>,
    /// Findings that no good copy was found for.
    pub left: Vec<Finding>,
    /// Why the second location does not have the entry of the repair yet.
    pub missing: Option<String>,
}

/// Why nothing could be repaired.
#[derive(Debug, thiserror::Error)]
pub enum RepairError {
    /// The archive's own directory.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// A location is away.
    #[error("the {0} location cannot be used: {1}; a repair needs both")]
    Away(Which, Unreachable),
    /// Both registers are damaged, or the good one is older than what was acknowledged.
    #[error(
        "neither location has a register that verifies and is as long as what was acknowledged; nothing was touched"
    )]
    NoRegister,
    /// Two histories: which one is right is not for a program to decide.
    #[error(
        "the two locations have different histories; nothing was touched. `letopis verify` shows both checkpoints"
    )]
    Fork,
    /// A location failed on the way.
    #[error(transparent)]
    Location(#[from] LocationError),
    /// Damaged bytes could not be moved to `unfinished/`.
    #[error(transparent)]
    PutAside(#[from] RecoverError),
    /// The archive does not open after the repair.
    #[error("the files are repaired, but the archive does not open: {0}")]
    Open(#[from] Box<OpenError>),
    /// The repair's own entry.
    #[error(transparent)]
    Commit(#[from] CommitError),
}

/// Both locations at hand.
struct Both<'a> {
    home: &'a Home,
    primary: Location,
    second: Location,
    restored: BTreeMap<Which, Vec<String>>,
}

/// Repairs both locations from each other, then opens the archive and records the repair.
///
/// # Errors
/// When a location is away, no register is good, or the two have different histories.
pub async fn repair(
    home: Home,
    stores: impl Fn() -> Stores,
    opening: Opening<'_>,
) -> Result<Repairs, RepairError> {
    let lock = home.lock(opening.who, opening.now)?;
    let away = |which| move |why| RepairError::Away(which, why);
    let mut both = Both {
        home: &home,
        primary: home.open_primary(stores().primary).await.map_err(away(Which::Primary))?,
        second: home.open_second(stores().second).await.map_err(away(Which::Second))?,
        restored: BTreeMap::new(),
    };
    both.repair_registers(&findings(&home, &stores).await?).await?;
    let found = findings(&home, &stores).await?;
    both.repair_files(&found).await?;
    let restored = std::mem::take(&mut both.restored);
    drop(both);
    let archive = Archive::open_under(lock, home.clone(), stores(), opening.clone()).await;
    let missing = record(archive.map_err(Box::new)?, &restored, &opening).await?;
    let mut left = findings(&home, &stores).await?.findings;
    left.retain(|finding| finding.level == Level::Finding);
    Ok(Repairs { restored, left, missing })
}

async fn findings(home: &Home, stores: &impl Fn() -> Stores) -> Result<Report, HomeError> {
    verify::run(home, stores(), Request { only: None, deep: false }, &|_, _| {}).await
}

/// Enters what was repaired.
async fn record(
    mut archive: Archive,
    restored: &BTreeMap<Which, Vec<String>>,
    opening: &Opening<'_>,
) -> Result<Option<String>, CommitError> {
    let mut events = Vec::new();
    for (which, paths) in restored {
        let location = match which {
            Which::Primary => archive.primary.id(),
            Which::Second => match archive.second.location() {
                Some(second) => second.id(),
                None => continue,
            },
        };
        // Names the register cannot carry belong to files that were put aside.
        let named: Vec<StoredPath> = paths.iter().filter_map(|path| path.parse().ok()).collect();
        let mut event = Repaired::new(location, named);
        event.files = paths.len() as u64;
        events.push(Event::Repaired(event));
    }
    if events.is_empty() {
        return Ok(archive.missing_second().map(str::to_owned));
    }
    Ok(archive.commit(&[], events, opening.now).await?.missing)
}

/// Codes that say a location's register is damaged.
const REGISTER_CODES: [&str; 12] = [
    "checkpoint-missing",
    "checkpoint-form",
    "checkpoint-signature",
    "register-root",
    "register-foreign",
    "register-older",
    "tile-missing",
    "tile-content",
    "tile-unreadable",
    "entry-form",
    "entry-apply",
    "log-key",
];

/// Codes of files that are put aside: nothing explains them.
const ASIDE_CODES: [&str; 5] = [
    "file-unexplained",
    "record-unregistered",
    "document-unregistered",
    "unfinished-write",
    "tile-beyond",
];

impl Both<'_> {
    fn location(&self, which: Which) -> &Location {
        match which {
            Which::Primary => &self.primary,
            Which::Second => &self.second,
        }
    }

    fn other(which: Which) -> Which {
        match which {
            Which::Primary => Which::Second,
            Which::Second => Which::Primary,
        }
    }

    /// Puts a good register in place of a damaged one.
    async fn repair_registers(&mut self, report: &Report) -> Result<(), RepairError> {
        if report.findings.iter().any(|finding| finding.code == "register-fork") {
            return Err(RepairError::Fork);
        }
        let damaged: BTreeSet<Which> = report
            .findings
            .iter()
            .filter(|f| f.level == Level::Finding && REGISTER_CODES.contains(&f.code))
            .filter(|f| f.path.starts_with("register") || f.path.is_empty())
            .filter_map(|f| f.location)
            .collect();
        if report
            .findings
            .iter()
            .any(|f| f.code == "register-older" && f.text.contains("acknowledged"))
        {
            return Err(RepairError::NoRegister);
        }
        let Some(which) = damaged.first().copied() else { return Ok(()) };
        if damaged.len() > 1 {
            return Err(RepairError::NoRegister);
        }
        let from = self.location(Both::other(which)).clone();
        let origin = self.home.origin();
        let Ok(Some(good)) = log::checkpoint(&from, &origin).await else {
            return Err(RepairError::NoRegister);
        };
        let known = self.home.seen()?.map_or(0, |seen| seen.checkpoint().size);
        if good.checkpoint().size < known {
            return Err(RepairError::NoRegister);
        }
        let tiles = all_tiles(good.checkpoint().size).map(|tile: TilePath| log::tile_file(&tile));
        for path in tiles.chain([log::CHECKPOINT_FILE.to_owned()]) {
            self.copy(which, &path, None).await?;
        }
        Ok(())
    }

    /// Copies a file from the other location where it differs; with a digest, only if it has that
    /// there. Says whether the file is right now.
    async fn copy(
        &mut self,
        to: Which,
        path: &str,
        digest: Option<Digest>,
    ) -> Result<bool, RepairError> {
        let Some(good) = self.location(Both::other(to)).get(path).await? else { return Ok(false) };
        if digest.is_some_and(|digest| Digest::of(&good) != digest) {
            return Ok(false);
        }
        let location = self.location(to).clone();
        match location.digest(path).await {
            Ok(Some((there, _))) if there == Digest::of(&good) => return Ok(true),
            Ok(None) => {}
            Ok(Some(_)) | Err(_) => self.put_aside(to, path)?,
        }
        location.put(path, good).await?;
        self.restored.entry(to).or_default().push(path.to_owned());
        Ok(true)
    }

    fn put_aside(&mut self, which: Which, path: &str) -> Result<(), RepairError> {
        put_aside(&self.home.file("unfinished"), self.location(which), path)?;
        Ok(())
    }

    /// Restores what the findings name, and puts aside what nothing explains.
    async fn repair_files(&mut self, report: &Report) -> Result<(), RepairError> {
        let digests = self.digests().await?;
        for finding in &report.findings {
            let Some(which) = finding.location else { continue };
            if ASIDE_CODES.contains(&finding.code) {
                if self.is_there(which, &finding.path) {
                    self.put_aside(which, &finding.path)?;
                    self.restored.entry(which).or_default().push(finding.path.clone());
                }
            } else if let Some(digest) = digests.get(&finding.path) {
                self.copy(which, &finding.path, Some(*digest)).await?;
            } else if finding.code == "tile-content" && finding.path.starts_with("register/") {
                // A left-over tile that is no beginning of its successor.
                self.put_aside(which, &finding.path)?;
                self.restored.entry(which).or_default().push(finding.path.clone());
            } else if matches!(finding.code, "key-file" | "file-missing" | "program-file") {
                // Written anew when the archive is opened.
                self.restored.entry(which).or_default().push(finding.path.clone());
            }
        }
        Ok(())
    }

    fn is_there(&self, which: Which, path: &str) -> bool {
        self.location(which).folder().is_some_and(|folder| folder.path().join(path).exists())
    }

    /// The digest that the register names for every file of records and documents.
    async fn digests(&self) -> Result<HashMap<String, Digest>, RepairError> {
        let reading =
            super::Reading::of(self.home.clone(), self.primary.clone(), self.second.clone());
        let reading = reading.await.map_err(Box::new)?;
        let mut digests = HashMap::new();
        for record in reading.catalogue().records().unwrap_or_default() {
            digests.extend(record.files().map(|(name, d)| (file_in(&record.path, name), d)));
        }
        for document in reading.catalogue().documents().unwrap_or_default() {
            digests.insert(file_in(&document.path, documents::DOCUMENT), document.sha256);
            for location in [&self.primary, &self.second] {
                let files = documents::files(location, &document.path, document.sha256).await;
                digests.extend(files.ok().flatten().into_iter().flatten());
            }
        }
        Ok(digests)
    }
}
