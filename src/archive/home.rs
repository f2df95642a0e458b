//! The archive's own directory: what may be lost or must stay secret (`docs/formats.md` § 7).

use crate::key::SecretKey;
use crate::location::folder::sync_directory;
use crate::location::{Location, LocationName, Store, Unreachable, folder::Folder};
use crate::register::{ArchiveId, Checkpoint, LocationId, Origin, SignedCheckpoint};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

const CONFIG: &str = "archive.toml";
const LOCK: &str = "lock";
const SEEN: &str = "seen";
const LOG_KEY: &str = "log.key";

/// The directory of an archive on this machine.
#[derive(Debug, Clone)]
pub struct Home {
    path: PathBuf,
    config: Config,
}

/// `archive.toml`: which archive this is and where its locations are.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Config {
    pub(super) archive: ArchiveId,
    pub(super) primary: Place,
    /// Missing after a promotion, until another second location is added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) second: Option<Place>,
}

/// Where a location is, and which one must be found there.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Place {
    pub(super) location: LocationId,
    /// Relative to the archive's directory, or absolute.
    pub(super) path: PathBuf,
}

/// Why an archive's own directory cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum HomeError {
    /// No archive there.
    #[error(
        "there is no archive in `{0}`; `letopis init` makes one, --archive names another place"
    )]
    None(PathBuf),
    /// One is there already.
    #[error("`{0}` holds an archive already; nothing was touched")]
    Exists(PathBuf),
    /// `archive.toml` does not read.
    #[error("`{path}` does not read: {cause}")]
    Config {
        /// The file.
        path: PathBuf,
        /// Where and why.
        cause: Box<toml::de::Error>,
    },
    /// Somebody else is writing.
    #[error("the archive is busy: {0}; wait until that is done")]
    Busy(String),
    /// The log key's file is missing or damaged.
    #[error("`{0}` holds no log key; a restored archive gets a new one with `letopis promote`")]
    LogKey(PathBuf),
    /// `seen` does not read.
    #[error("`{0}` is no checkpoint of this archive: {1}")]
    Seen(PathBuf, String),
    /// The disk said no.
    #[error("`{path}`: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

fn io_error(path: &Path) -> impl Fn(io::Error) -> HomeError + '_ {
    |source| HomeError::Io { path: path.to_owned(), source }
}

/// The stores an archive is opened with.
#[derive(Debug)]
pub struct Stores {
    /// The primary location's, or why it is away.
    pub primary: Result<Store, Unreachable>,
    /// The second location's, or why it is away.
    pub second: Result<Store, Unreachable>,
}

/// The right to write, held as long as the value lives.
#[derive(Debug)]
pub struct Lock(File);

impl Drop for Lock {
    /// Takes the name off, so that whoever only asks who is writing need not touch the lock.
    fn drop(&mut self) {
        // A name that stays is seen through by `Home::holder`.
        let _ = self.0.set_len(0);
        // Closing alone would not do: a process that another thread starts just now holds a copy.
        let _ = self.0.unlock();
    }
}

/// The name on a lock that somebody holds.
fn holder_in(file: &mut File) -> String {
    let mut holder = String::new();
    match file.read_to_string(&mut holder) {
        Ok(_) if !holder.trim().is_empty() => holder.trim().to_owned(),
        _ => "a command that has just begun".to_owned(),
    }
}

impl Home {
    /// The home of the archive in this directory.
    ///
    /// # Errors
    /// When there is none, or its `archive.toml` does not read.
    pub fn find(path: &Path) -> Result<Home, HomeError> {
        let file = path.join(CONFIG);
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                return Err(HomeError::None(path.to_owned()));
            }
            Err(e) => return Err(io_error(&file)(e)),
        };
        let config = toml::from_str(&text)
            .map_err(|cause| HomeError::Config { path: file, cause: Box::new(cause) })?;
        Ok(Home { path: path.to_owned(), config })
    }

    /// Makes the directory of a new archive; `archive.toml` is written last, by [`Home::configure`].
    pub(super) fn create(path: &Path, config: Config) -> Result<Home, HomeError> {
        if path.join(CONFIG).exists() {
            return Err(HomeError::Exists(path.to_owned()));
        }
        for directory in [path, &path.join("intake"), &path.join("unfinished")] {
            fs::create_dir_all(directory).map_err(io_error(directory))?;
        }
        Ok(Home { path: path.to_owned(), config })
    }

    /// Writes `archive.toml`.
    pub(super) fn configure(&mut self, config: Config) -> Result<(), HomeError> {
        let text = toml::to_string(&config).expect("ids and paths are always TOML");
        self.write(CONFIG, text.as_bytes(), 0o644)?;
        self.config = config;
        Ok(())
    }

    pub(super) fn config(&self) -> &Config {
        &self.config
    }

    /// Which archive it is.
    pub fn archive(&self) -> ArchiveId {
        self.config.archive
    }

    /// The name of its register.
    pub fn origin(&self) -> Origin {
        Origin::of(self.config.archive)
    }

    /// A file or directory of the home.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The folder of the primary location.
    pub fn primary(&self) -> Folder {
        Folder::at(self.path.join(&self.config.primary.path))
    }

    /// The folder of the second location, if there is one.
    pub fn second(&self) -> Option<Folder> {
        self.config.second.as_ref().map(|place| Folder::at(self.path.join(&place.path)))
    }

    /// The stores of both locations, in the folders `archive.toml` names.
    pub fn stores(&self) -> Stores {
        let none = || Unreachable::Away("there is none; add one with `letopis second DIR`".into());
        Stores {
            primary: Store::in_folder(self.primary()),
            second: self.second().ok_or_else(none).and_then(Store::in_folder),
        }
    }

    /// Opens the primary location.
    pub(super) async fn open_primary(
        &self,
        store: Result<Store, Unreachable>,
    ) -> Result<Location, Unreachable> {
        Location::open(store?, self.name_of(&self.config.primary)).await
    }

    /// Opens the second location.
    pub(super) async fn open_second(
        &self,
        store: Result<Store, Unreachable>,
    ) -> Result<Location, Unreachable> {
        let store = store?;
        match &self.config.second {
            Some(place) => Location::open(store, self.name_of(place)).await,
            None => Err(Unreachable::Empty),
        }
    }

    fn name_of(&self, place: &Place) -> LocationName {
        LocationName::new(self.config.archive, place.location)
    }

    /// Takes the right to write, for this command.
    ///
    /// # Errors
    /// [`HomeError::Busy`], with who has it and since when.
    pub fn lock(&self, who: &str, now: DateTime<Utc>) -> Result<Lock, HomeError> {
        let path = self.file(LOCK);
        let error = io_error(&path);
        let mut file = fs::OpenOptions::new()
            .create(true)
            .read(true)
            .write(true)
            .truncate(false)
            .open(&path)
            .map_err(&error)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(HomeError::Busy(holder_in(&mut file)));
            }
            Err(TryLockError::Error(e)) => return Err(error(e)),
        }
        let since = now.to_rfc3339_opts(SecondsFormat::Secs, true);
        let text = format!("{who}, process {}, since {since}\n", std::process::id());
        file.set_len(0).and_then(|()| file.write_all(text.as_bytes())).map_err(&error)?;
        Ok(Lock(file))
    }

    /// Who is writing at this moment; nobody gets into anybody's way by asking.
    ///
    /// # Errors
    /// When the lock cannot be read.
    pub fn holder(&self) -> Result<Option<String>, HomeError> {
        let path = self.file(LOCK);
        let mut file = match File::open(&path) {
            Ok(file) => file,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(io_error(&path)(e)),
        };
        if file.metadata().map_err(io_error(&path))?.len() == 0 {
            return Ok(None);
        }
        // Only a name that a killed process left behind, or one in use, is worth trying the lock.
        match file.try_lock_shared() {
            Ok(()) => Ok(None),
            Err(TryLockError::WouldBlock) => Ok(Some(holder_in(&mut file))),
            Err(TryLockError::Error(e)) => Err(io_error(&path)(e)),
        }
    }

    /// The largest checkpoint ever acknowledged on this machine.
    ///
    /// # Errors
    /// When `seen` is there and does not read.
    pub fn seen(&self) -> Result<Option<SignedCheckpoint>, HomeError> {
        let path = self.file(SEEN);
        match fs::read_to_string(&path) {
            Ok(note) => Checkpoint::read(&note, &self.origin())
                .map(Some)
                .map_err(|e| HomeError::Seen(path, e.to_string())),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(io_error(&path)(e)),
        }
    }

    /// Remembers a checkpoint as acknowledged.
    pub(super) fn remember(&self, note: &str) -> Result<(), HomeError> {
        self.write(SEEN, note.as_bytes(), 0o644)
    }

    /// The log key, that signs checkpoints.
    pub(super) fn log_key(&self) -> Result<SecretKey, HomeError> {
        let path = self.file(LOG_KEY);
        let text = fs::read_to_string(&path).map(zeroize::Zeroizing::new);
        let text = text.map_err(|_| HomeError::LogKey(path.clone()))?;
        let mut seed = zeroize::Zeroizing::new([0; 32]);
        hex::decode_to_slice(text.trim(), seed.as_mut()).map_err(|_| HomeError::LogKey(path))?;
        Ok(SecretKey::from_seed(&seed))
    }

    /// Keeps the log key, readable by its owner alone.
    pub(super) fn keep_log_key(&self, key: &SecretKey) -> Result<(), HomeError> {
        let text = zeroize::Zeroizing::new(format!("{}\n", hex::encode(key.seed())));
        self.write(LOG_KEY, text.as_bytes(), 0o600)
    }

    /// Writes a file of the home durably and in one step.
    fn write(&self, name: &str, bytes: &[u8], mode: u32) -> Result<(), HomeError> {
        use std::os::unix::fs::OpenOptionsExt as _;
        let (path, fresh) = (self.file(name), self.file(&format!("{name}.new")));
        let error = io_error(&path);
        let mut file = fs::OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(true)
            .mode(mode)
            .open(&fresh)
            .map_err(&error)?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(&error)?;
        fs::rename(&fresh, &path).and_then(|()| sync_directory(&self.path)).map_err(&error)
    }
}
