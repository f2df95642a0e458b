//! A location (место хранения): one full, durable copy of records, documents and register.
//!
//! A location is an object store with a name of its own, `location.json`. Today the stores are folders;
//! what only a folder can do (a directory's fsync, renaming, telling two paths to one disk apart) is in
//! [`folder`], so that a store elsewhere can join without another room noticing.

pub mod folder;
pub mod medium;

use crate::digest::{Digest, Hasher};
use crate::register::{ArchiveId, LocationId, StoredPath};
use bytes::Bytes;
use folder::Folder;
use futures::TryStreamExt as _;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt as _, PutMode, PutOptions};
use serde::{Deserialize, Serialize};
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;

/// Name of the file that says which location this is.
pub const LOCATION_FILE: &str = "location.json";
/// The most bytes of it.
const MOST_NAME: u64 = 4 << 10;
/// How much of a file is read at once when only its digest is wanted.
const PIECE: usize = 256 << 10;

/// What `location.json` says (`docs/formats.md` § 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LocationName {
    /// Whose copy.
    pub archive: ArchiveId,
    /// Which of the copies.
    pub location: LocationId,
    t: Type,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Type {
    #[serde(rename = "letopis/location/v1")]
    V1,
}

impl LocationName {
    /// The name of a location of an archive.
    pub fn new(archive: ArchiveId, location: LocationId) -> LocationName {
        LocationName { archive, location, t: Type::V1 }
    }

    /// `location.json`, canonical.
    pub fn to_text(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a location's name has string keys only")
    }
}

/// Reading from or writing to a location failed.
#[derive(Debug, thiserror::Error)]
#[error("cannot {what} `{path}`: {source}")]
pub struct LocationError {
    /// `read`, `write`, …
    what: &'static str,
    /// Below the location.
    path: String,
    source: Box<dyn std::error::Error + Send + Sync>,
}

impl LocationError {
    fn new(
        what: &'static str,
        path: impl ToString,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> LocationError {
        LocationError { what, path: path.to_string(), source: source.into() }
    }
}

impl LocationError {
    /// Reading a file failed half-way.
    pub(crate) fn reading(path: &str, source: std::io::Error) -> LocationError {
        LocationError::new("read", path, source)
    }
}

/// Why a place is not the location that was expected there.
#[derive(Debug, thiserror::Error)]
pub enum Unreachable {
    /// Nothing there: a disk not plugged in, a share not mounted.
    #[error("it is away: {0}")]
    Away(String),
    /// There is a place, but no `location.json`: an empty mount point is never written to.
    #[error("it has no {LOCATION_FILE}: an unmounted disk, or not a location")]
    Empty,
    /// It is another archive's, or another copy of this one.
    #[error("it is another location ({0}), not the one this archive knows")]
    Foreign(String),
    /// It could not be read.
    #[error(transparent)]
    Unreadable(#[from] LocationError),
}

/// Length and name of a stored file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Path below the location.
    pub path: String,
    /// Bytes.
    pub size: u64,
}

/// Where a location's files are: an object store, and the folder behind it if it is one.
#[derive(Debug, Clone)]
pub struct Store {
    /// The files.
    pub objects: Arc<dyn ObjectStore>,
    /// The folder behind it.
    pub folder: Option<Folder>,
}

impl Store {
    /// The store of a folder of this machine, durable in every write.
    ///
    /// # Errors
    /// [`Unreachable::Away`] when the folder is not there.
    pub fn in_folder(folder: Folder) -> Result<Store, Unreachable> {
        match folder.store() {
            Ok(objects) => Ok(Store { objects, folder: Some(folder) }),
            Err(_) => {
                let path = folder.path().display();
                Err(Unreachable::Away(format!("`{path}` does not exist or cannot be read")))
            }
        }
    }
}

/// An open location.
#[derive(Clone)]
pub struct Location {
    name: LocationName,
    store: Store,
}

impl Location {
    /// Takes a store as a location, if its `location.json` is the expected one. Nothing is written.
    ///
    /// # Errors
    /// When the store cannot be read, is empty, or is another location.
    pub async fn open(store: Store, expected: LocationName) -> Result<Location, Unreachable> {
        let location = Location::found(store).await?;
        if location.name == expected {
            Ok(location)
        } else {
            Err(Unreachable::Foreign(location.id().to_string()))
        }
    }

    /// Takes a store as the location its `location.json` says it is, whichever that be. Nothing is
    /// written.
    ///
    /// # Errors
    /// When the store cannot be read, is empty, or its `location.json` does not read.
    pub async fn found(store: Store) -> Result<Location, Unreachable> {
        let read = |e| LocationError::new("read", LOCATION_FILE, e);
        let text = match store.objects.get(&Path::from(LOCATION_FILE)).await {
            Ok(found) if found.meta.size > MOST_NAME => {
                return Err(Unreachable::Foreign("oversized location.json".to_owned()));
            }
            Ok(found) => found.bytes().await.map_err(read)?,
            Err(object_store::Error::NotFound { .. }) => return Err(Unreachable::Empty),
            Err(error) => return Err(read(error).into()),
        };
        match serde_json::from_slice(&text) {
            Ok(name) => Ok(Location { name, store }),
            Err(_) => Err(Unreachable::Foreign("unreadable location.json".to_owned())),
        }
    }

    /// Makes a location of an empty store.
    ///
    /// # Errors
    /// When it has a `location.json` already, or cannot create a file without overwriting.
    pub async fn create(store: Store, name: LocationName) -> Result<Location, LocationError> {
        let location = Location { name, store };
        location.put_new(LOCATION_FILE, name.to_text()).await?;
        if location.put_new(LOCATION_FILE, name.to_text()).await.is_ok() {
            let cause = "the store overwrites files when told not to; it cannot hold an archive";
            return Err(LocationError::new("create", LOCATION_FILE, cause));
        }
        Ok(location)
    }

    /// Whose copy it is.
    pub fn archive(&self) -> ArchiveId {
        self.name.archive
    }

    /// Which location this is.
    pub fn id(&self) -> LocationId {
        self.name.location
    }

    /// The folder behind it, if it is one.
    pub fn folder(&self) -> Option<&Folder> {
        self.store.folder.as_ref()
    }

    /// Writes a file that must not be there yet, durably.
    ///
    /// # Errors
    /// When it is there, or cannot be written and synced.
    pub async fn put_new(&self, path: &str, bytes: impl Into<Bytes>) -> Result<(), LocationError> {
        self.put_as(path, bytes.into(), PutMode::Create).await
    }

    /// Writes a file, durably and in one step: whoever reads sees the old bytes or the new ones.
    ///
    /// # Errors
    /// When it cannot be written and synced.
    pub async fn put(&self, path: &str, bytes: impl Into<Bytes>) -> Result<(), LocationError> {
        self.put_as(path, bytes.into(), PutMode::Overwrite).await
    }

    async fn put_as(&self, path: &str, bytes: Bytes, mode: PutMode) -> Result<(), LocationError> {
        let options = PutOptions { mode, ..PutOptions::default() };
        let put = self.store.objects.put_opts(&Path::from(path), bytes.into(), options).await;
        put.map(|_| ()).map_err(|e| LocationError::new("write", path, e))
    }

    /// The bytes of a file; `None` when there is none.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub async fn get(&self, path: &str) -> Result<Option<Bytes>, LocationError> {
        let read = |e| LocationError::new("read", path, e);
        match self.store.objects.get(&Path::from(path)).await {
            Ok(found) => Ok(Some(found.bytes().await.map_err(read)?)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(read(error)),
        }
    }

    /// The bytes of a small file, which is refused when it is larger than `most`.
    ///
    /// # Errors
    /// When it is there and cannot be read, or is too large.
    pub async fn get_small(&self, path: &str, most: u64) -> Result<Option<Bytes>, LocationError> {
        match self.size(path).await? {
            Some(size) if size > most => {
                let cause = format!("it has {size} bytes; such a file has {most} at most");
                Err(LocationError::new("read", path, cause))
            }
            Some(_) => self.get(path).await,
            None => Ok(None),
        }
    }

    /// Length of a file; `None` when there is none.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn size(&self, path: &str) -> Result<Option<u64>, LocationError> {
        match self.store.objects.head(&Path::from(path)).await {
            Ok(meta) => Ok(Some(meta.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(LocationError::new("read", path, error)),
        }
    }

    /// Digest and length of a file, read piece by piece; `None` when there is none.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub async fn digest(&self, path: &str) -> Result<Option<(Digest, u64)>, LocationError> {
        let Some(mut file) = self.open_file(path).await? else { return Ok(None) };
        let mut hasher = Hasher::new();
        let mut length = 0;
        let mut piece = vec![0; PIECE];
        loop {
            let n = file.read(&mut piece).map_err(|e| LocationError::new("read", path, e))?;
            if n == 0 {
                break;
            }
            length += n as u64;
            hasher.update(&piece[..n]);
        }
        Ok(Some((hasher.finish(), length)))
    }

    /// A file opened for reading from any place in it; `None` when there is none.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub async fn open_file(&self, path: &str) -> Result<Option<OpenFile>, LocationError> {
        let Some(folder) = &self.store.folder else {
            return Ok(self.get(path).await?.map(|bytes| OpenFile::Memory(Cursor::new(bytes))));
        };
        match std::fs::File::open(folder.path().join(path)) {
            Ok(file) => Ok(Some(OpenFile::Disk(file))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(LocationError::new("read", path, error)),
        }
    }

    /// All files below a directory, sorted by path.
    ///
    /// # Errors
    /// When the store cannot list.
    pub async fn list(&self, directory: &str) -> Result<Vec<Stored>, LocationError> {
        let listed = self.store.objects.list(Some(&Path::from(directory)));
        let stored =
            listed.map_ok(|meta| Stored { path: meta.location.to_string(), size: meta.size });
        let mut all: Vec<Stored> =
            stored.try_collect().await.map_err(|e| LocationError::new("list", directory, e))?;
        all.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(all)
    }

    /// The directories directly below a directory, as paths below the location.
    ///
    /// # Errors
    /// When the store cannot list.
    pub async fn directories(&self, directory: &str) -> Result<Vec<String>, LocationError> {
        let prefix = Path::from(directory);
        match self.store.objects.list_with_delimiter(Some(&prefix)).await {
            Ok(listed) => Ok(listed.common_prefixes.iter().map(Path::to_string).collect()),
            Err(object_store::Error::NotFound { .. }) => Ok(Vec::new()),
            Err(error) => Err(LocationError::new("list", directory, error)),
        }
    }

    /// Removes a file, durably. What is kept for evidence is put aside first.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub async fn remove(&self, path: &str) -> Result<(), LocationError> {
        match self.store.objects.delete(&Path::from(path)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => return Err(LocationError::new("remove", path, error)),
        }
        match &self.store.folder {
            Some(folder) => {
                folder.sync_parent(path).map_err(|e| LocationError::new("remove", path, e))
            }
            None => Ok(()),
        }
    }
}

/// A file of a location that is being read: from disk, or from memory where a store has no files.
#[derive(Debug)]
pub enum OpenFile {
    /// On disk.
    Disk(std::fs::File),
    /// In memory.
    Memory(Cursor<Bytes>),
}

impl Read for OpenFile {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self {
            OpenFile::Disk(file) => file.read(buffer),
            OpenFile::Memory(bytes) => bytes.read(buffer),
        }
    }
}

impl Seek for OpenFile {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        match self {
            OpenFile::Disk(file) => file.seek(to),
            OpenFile::Memory(bytes) => bytes.seek(to),
        }
    }
}

/// The path of a file in a directory that an entry names.
pub fn file_in(directory: &StoredPath, name: &str) -> String {
    format!("{directory}/{name}")
}
