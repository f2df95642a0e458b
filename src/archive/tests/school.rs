//! A small school with an archive in a temporary directory, and an ordinary day's work in it.

use super::failing_store::{FailingStore, Faults};
use super::long;
use crate::archive::{
    Archive, Founding, Home, NewKey, Opening, Outcome, Regulation, SignError, SnapshotError,
    SnapshotRequest, Stores, endorse, init,
};
use crate::archive::{OpenError, PaperSettings, Settings};
use crate::demo;
use crate::intake::Import;
use crate::journal::{ClassName, PeriodId};
use crate::key::{KeyRole, SecretKey};
use crate::location::folder::Folder;
use crate::location::{Store, Unreachable};
use crate::paper::wording::Shipped;
use crate::register::{RecordNumber, RevocationReason};
use crate::retention::FilePlan;
use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use tempfile::TempDir;

/// Files by path.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// So many minutes after the founding; quarter 1 is over then.
pub(super) fn minute(n: i64) -> DateTime<Utc> {
    let founded: DateTime<Utc> = "2025-10-27T07:00:00Z".parse().unwrap();
    founded + TimeDelta::minutes(n)
}

pub(super) fn quarter() -> PeriodId {
    "2025-26/q1".parse().unwrap()
}

pub(super) fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

pub(super) fn director() -> SecretKey {
    SecretKey::from_seed(&[1; 32])
}

pub(super) fn deputy() -> SecretKey {
    SecretKey::from_seed(&[2; 32])
}

/// Everything below a directory.
pub(super) fn files_below(directory: &Path) -> Files {
    let mut files = Files::new();
    let mut waiting = vec![directory.to_owned()];
    while let Some(inside) = waiting.pop() {
        for entry in fs::read_dir(&inside).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path.strip_prefix(directory).unwrap().to_string_lossy().into_owned();
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// Makes a directory hold these files and nothing else.
pub(super) fn put_back(directory: &Path, files: &Files) {
    let _ = fs::remove_dir_all(directory);
    fs::create_dir_all(directory).unwrap();
    for (name, bytes) in files {
        let path = directory.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// The journals of the two classes. A page with three lessons each makes records small, and changes nothing
/// else.
fn imports(seed: u64) -> Vec<Import> {
    let school = demo::school(&demo::Plan { seed, classes: 2 });
    let journals = school.classes(quarter()).map(|mut journal| {
        if !long() {
            journal.pages.truncate(1);
            let page = &mut journal.pages[0];
            page.lessons.truncate(3);
            page.entries.retain(|entry| page.lessons.iter().any(|l| l.id == entry.lesson));
        }
        Import { journal, sources: Vec::new(), lacking: Vec::new() }
    });
    journals.collect()
}

pub(super) fn settings() -> Settings {
    let toml = include_str!("../../../templates/regulations/school.toml").to_owned();
    Settings {
        paper: PaperSettings::new(Shipped::School),
        regulation: Regulation { name: "school.toml".to_owned(), toml },
        school_id: "1025900000007".to_owned(),
        school_name: "МБОУ «СОШ № 7»".to_owned(),
        utc_offset: FixedOffset::east_opt(5 * 3600).unwrap(),
    }
}

pub(super) fn founding(directory: &Path) -> Founding {
    let (home, second) = (directory.join("home"), directory.join("second"));
    Founding { home, second, settings: settings(), plan: FilePlan::school() }
}

/// A directory in memory where there is one: what a power cut leaves is not tried here, and syncing takes
/// longer than all the rest.
pub(super) fn directory() -> TempDir {
    TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).unwrap()
}

/// The files of a school whose archive was founded and whose two classes were imported. `<DIR>` stands
/// for the directory it is in.
static FOUNDED: LazyLock<Files> = LazyLock::new(|| {
    let found = async || {
        let directory = directory();
        let archive = init(&founding(directory.path()), minute(0), &mut rng(1)).await.unwrap();
        let home = archive.home().clone();
        drop(archive);
        import(&home, 7);
        fs::remove_dir_all(home.file("catalogue")).unwrap();
        let config = fs::read_to_string(home.file("archive.toml")).unwrap();
        let here = directory.path().to_str().unwrap();
        fs::write(home.file("archive.toml"), config.replace(here, "<DIR>")).unwrap();
        files_below(directory.path())
    };
    // A thread of its own, because tests run in a runtime already.
    let runtime = || tokio::runtime::Builder::new_current_thread().build().unwrap();
    std::thread::spawn(move || runtime().block_on(found())).join().unwrap()
});

/// Imports both classes, as an invented school of this seed has them.
pub(super) fn import(home: &Home, seed: u64) {
    let lock = home.lock("test", minute(0)).unwrap();
    home.keep(&imports(seed), &lock, minute(0), &mut rng(seed)).unwrap();
}

/// A school on its own disk.
pub(super) struct School {
    directory: TempDir,
}

impl School {
    /// Founded at minute 0, with two classes imported.
    pub(super) fn new() -> School {
        let school = School { directory: directory() };
        put_back(school.path(), &FOUNDED);
        for directory in ["home/intake", "home/unfinished"] {
            fs::create_dir_all(school.path().join(directory)).unwrap();
        }
        let config = school.path().join("home/archive.toml");
        let text = fs::read_to_string(&config).unwrap();
        fs::write(&config, text.replace("<DIR>", school.path().to_str().unwrap())).unwrap();
        school
    }

    /// The school whose archive was made in this directory.
    pub(super) fn of(directory: TempDir) -> School {
        School { directory }
    }

    pub(super) fn path(&self) -> &Path {
        self.directory.path()
    }

    pub(super) fn home(&self) -> Home {
        Home::find(&self.path().join("home")).unwrap()
    }

    pub(super) fn primary(&self) -> PathBuf {
        self.home().primary().path().to_owned()
    }

    pub(super) fn second(&self) -> PathBuf {
        self.home().second().unwrap().path().to_owned()
    }

    /// The stores of both locations, healthy.
    pub(super) fn stores(&self) -> Stores {
        self.failing(&Faults::none(), &Faults::none())
    }

    /// The stores of both locations, failing as planned.
    pub(super) fn failing(&self, primary: &Arc<Faults>, second: &Arc<Faults>) -> Stores {
        let home = self.home();
        let none = || Unreachable::Away("there is none".to_owned());
        Stores {
            primary: store(home.primary(), primary),
            second: home.second().ok_or_else(none).and_then(|folder| store(folder, second)),
        }
    }

    pub(super) async fn open(&self, at: i64) -> Archive {
        self.open_with(self.stores(), at).await.unwrap()
    }

    pub(super) async fn open_with(&self, stores: Stores, at: i64) -> Result<Archive, OpenError> {
        let opening = Opening { who: "test", now: minute(at), clock_is_right: false };
        Archive::open(self.home(), stores, opening).await
    }
}

/// A store over a folder, if the folder is there.
pub(super) fn store(folder: Folder, faults: &Arc<Faults>) -> Result<Store, Unreachable> {
    match FailingStore::over(folder.path(), faults.clone()) {
        Ok(objects) => Ok(Store { objects: Arc::new(objects), folder: Some(folder) }),
        Err(error) => Err(Unreachable::Away(error.to_string())),
    }
}

/// Something that was told to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) what: What,
    /// Why the second location was said not to have it.
    pub(super) missing: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    KeyAdded(KeyRole),
    KeyRevoked(KeyRole),
    Sealed(RecordNumber, ClassName),
    Signed(Vec<RecordNumber>),
}

/// An ordinary day: the director's key, a snapshot, its signing, a deputy's key that comes and goes. What
/// was done before is not done again. Stops at the first failure, and says it.
pub(super) async fn work(
    archive: &mut Archive,
    at: i64,
    mut tell: impl FnMut(&Told),
) -> Result<(), String> {
    let now = minute(at);
    let mut done = |what, missing| tell(&Told { what, missing });
    if archive.catalogue().keyring().keys().is_empty() {
        let missing = add_key(archive, &director(), KeyRole::Director, at).await?;
        done(What::KeyAdded(KeyRole::Director), missing);
    }
    match snapshot(archive, at, &mut done).await {
        Ok(()) | Err(SnapshotError::NothingImported(_)) => {}
        Err(error) => return Err(error.to_string()),
    }
    match sign(archive, at).await {
        Ok((records, missing)) => done(What::Signed(records), missing),
        Err(SignError::NothingWaits(_)) => {}
        Err(error) => return Err(error.to_string()),
    }
    let deputy = deputy();
    if archive.catalogue().keyring().key(&deputy.public().fingerprint()).is_none() {
        let missing = add_key(archive, &deputy, KeyRole::Deputy, at).await?;
        done(What::KeyAdded(KeyRole::Deputy), missing);
    }
    let key = archive.catalogue().keyring().key(&deputy.public().fingerprint()).unwrap();
    if key.revoked.is_none() {
        let key = key.fingerprint;
        let revoked = archive.revoke_key(key, RevocationReason::Left, now).await;
        done(What::KeyRevoked(KeyRole::Deputy), revoked.map_err(|e| e.to_string())?.missing);
    }
    Ok(())
}

/// A snapshot of everything imported.
pub(super) async fn snapshot(
    archive: &mut Archive,
    at: i64,
    mut done: impl FnMut(What, Option<String>),
) -> Result<(), SnapshotError> {
    let request = SnapshotRequest { period: quarter(), classes: Vec::new() };
    let mut random = rng(archive.register_size());
    let report = |outcome: &Outcome| {
        if let Outcome::Sealed { record, class, missing, .. } = outcome {
            done(What::Sealed(*record, class.clone()), missing.clone());
        }
    };
    archive.snapshot(&request, minute(at), &mut random, report).await
}

pub(super) async fn add_key(
    archive: &mut Archive,
    key: &SecretKey,
    role: KeyRole,
    at: i64,
) -> Result<Option<String>, String> {
    let holder = format!("Орлова Мария, {role}");
    let from = NaiveDate::from_ymd_opt(2025, 10, 1).unwrap();
    let new = NewKey { role, holder, from, until: None, order: None };
    let size = archive.register_size();
    let terms = archive.key_terms(key.public(), &new, minute(at), &mut rng(1000 + size)).await;
    let terms = terms.map_err(|e| e.to_string())?;
    let possession = key.sign(terms.possession_text().as_bytes());
    let endorsement = (role != KeyRole::Director).then(|| endorse(&terms, &director()));
    let added = archive.add_key(terms, possession, endorsement, minute(at)).await;
    added.map(|committed| committed.missing).map_err(|e| e.to_string())
}

pub(super) async fn sign(
    archive: &mut Archive,
    at: i64,
) -> Result<(Vec<RecordNumber>, Option<String>), SignError> {
    let mut sheet = archive.signing_sheet(None).await?;
    sheet.sign(&director())?;
    let signed = archive.accept(&sheet, minute(at)).await?;
    Ok((signed.records, signed.committed.missing))
}
