//! A location in a folder of this machine: what no other store can or needs to do.

use object_store::local::LocalFileSystem;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A folder that holds a location.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

/// Why two folders cannot be the two locations of an archive, or one of them cannot be one.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The two are one, or one lies in the other.
    #[error(
        "`{0}` and `{1}` are one place, or one lies in the other; the second location must be on another disk, in another room"
    )]
    SamePlace(PathBuf, PathBuf),
    /// Something is in it.
    #[error("`{0}` is not empty; choose an empty folder, nothing in it was touched")]
    NotEmpty(PathBuf),
    /// The disk or share does not do what durable copies need.
    #[error(
        "`{path}` cannot hold a location: {what} failed ({source}); choose another disk or file system"
    )]
    Unfit {
        /// Which folder.
        path: PathBuf,
        /// What was tried.
        what: &'static str,
        /// What the system said.
        source: io::Error,
    },
}

impl Folder {
    /// The folder at this path, wherever it may be now.
    pub fn at(path: impl Into<PathBuf>) -> Folder {
        Folder(path.into())
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Creates the folder if need be, and tries what a location needs: creating a file without
    /// overwriting, syncing it and its directory, removing it.
    ///
    /// # Errors
    /// When it is not empty, or one of these fails.
    pub fn prepare(&self) -> Result<(), FolderError> {
        let unfit = |what| move |source| FolderError::Unfit { path: self.0.clone(), what, source };
        fs::create_dir_all(&self.0).map_err(unfit("creating the folder"))?;
        let mut inside = fs::read_dir(&self.0).map_err(unfit("listing the folder"))?;
        if inside.any(|entry| entry.is_ok_and(|e| e.file_name() != "lost+found")) {
            return Err(FolderError::NotEmpty(self.0.clone()));
        }
        let (probe, linked) = (self.0.join("probe.new"), self.0.join("probe"));
        let file = File::create_new(&probe).map_err(unfit("creating a file"))?;
        file.sync_all().map_err(unfit("syncing a file"))?;
        fs::hard_link(&probe, &linked)
            .map_err(unfit("creating a file without overwriting (hard link)"))?;
        if fs::hard_link(&probe, &linked).is_ok() {
            let source = io::Error::other("an existing file was overwritten");
            return Err(unfit("creating a file without overwriting")(source));
        }
        for file in [&probe, &linked] {
            fs::remove_file(file).map_err(unfit("removing a file"))?;
        }
        sync_directory(&self.0).map_err(unfit("syncing a directory"))?;
        if let Some(parent) = self.0.parent().filter(|p| !p.as_os_str().is_empty()) {
            sync_directory(parent).map_err(unfit("syncing the parent directory"))?;
        }
        Ok(())
    }

    /// Makes sure that this and another folder are two places.
    ///
    /// # Errors
    /// When they are one, or one lies in the other.
    pub fn apart_from(&self, other: &Folder) -> Result<(), FolderError> {
        if self.holds(other) || other.holds(self) {
            return Err(FolderError::SamePlace(self.0.clone(), other.0.clone()));
        }
        Ok(())
    }

    /// Whether this folder is the other one, or the other one lies in it.
    pub fn holds(&self, other: &Folder) -> bool {
        resolved(&other.0).starts_with(resolved(&self.0))
    }

    /// Whether both folders lie on one device: one broken disk would take both.
    pub fn shares_device_with(&self, other: &Folder) -> bool {
        use std::os::unix::fs::MetadataExt as _;
        match (fs::metadata(&self.0), fs::metadata(&other.0)) {
            (Ok(a), Ok(b)) => a.dev() == b.dev(),
            _ => false,
        }
    }

    /// The object store of this folder, durable in every write; fails when the folder is away.
    pub fn store(&self) -> Result<Arc<LocalFileSystem>, object_store::Error> {
        Ok(Arc::new(LocalFileSystem::new_with_prefix(&self.0)?.with_fsync(true)))
    }

    /// Syncs the directory of a file that was removed: the store does not.
    pub(super) fn sync_parent(&self, path: &str) -> io::Result<()> {
        let file = self.0.join(path);
        match file.parent() {
            Some(directory) if directory.is_dir() => sync_directory(directory),
            _ => Ok(()),
        }
    }

    /// Moves a file or directory out of the folder, durably. Both must be on one file system;
    /// otherwise it is copied and then removed.
    pub fn move_out(&self, path: &str, to: &Path) -> io::Result<()> {
        let from = self.0.join(path);
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent)?;
        }
        if fs::rename(&from, to).is_err() {
            copy_all(&from, to)?;
            if from.is_dir() { fs::remove_dir_all(&from)? } else { fs::remove_file(&from)? }
        }
        for directory in [from.parent(), to.parent()].into_iter().flatten() {
            sync_directory(directory)?;
        }
        Ok(())
    }

    /// Unfinished writes of the store: files whose names end with `#` and digits. Listing hides them.
    pub fn unfinished_writes(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut waiting = vec![self.0.clone()];
        while let Some(directory) = waiting.pop() {
            for entry in fs::read_dir(&directory).into_iter().flatten().flatten() {
                let path = entry.path();
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    waiting.push(path);
                } else if is_unfinished(&entry.file_name().to_string_lossy())
                    && let Ok(below) = path.strip_prefix(&self.0)
                {
                    found.push(below.to_string_lossy().into_owned());
                }
            }
        }
        found.sort();
        found
    }
}

fn is_unfinished(name: &str) -> bool {
    name.rsplit_once('#')
        .is_some_and(|(_, n)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// The path with links resolved as far as it exists.
fn resolved(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut missing = Vec::new();
    let mut existing = absolute.as_path();
    loop {
        if let Ok(real) = fs::canonicalize(existing) {
            return missing.iter().rev().fold(real, |path, part| path.join(part));
        }
        match (existing.parent(), existing.file_name()) {
            (Some(parent), Some(name)) => {
                missing.push(name);
                existing = parent;
            }
            _ => return absolute,
        }
    }
}

fn copy_all(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        fs::copy(from, to)?;
        return File::open(to)?.sync_all();
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        copy_all(&entry.path(), &to.join(entry.file_name()))?;
    }
    sync_directory(to)
}

/// Makes a directory's entries durable.
pub(crate) fn sync_directory(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}
