//! The files of a medium on their way to a folder.

use super::manifest::Manifest;
use super::writing::WriteError;
use crate::digest::{Digest, Hasher};
use crate::location::folder::sync_directory;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};

/// How much of a file is copied at once.
const PIECE: usize = 256 << 10;

/// A folder that is being filled. Unless it is kept, all that was written is removed when the value is dropped.
#[derive(Debug)]
pub(super) struct Tree {
    root: PathBuf,
    /// The folder itself was made, too.
    made: bool,
    /// Each file is synced: the folder is the medium itself.
    durable: bool,
    /// Names directly below the folder.
    top: BTreeSet<String>,
    folders: BTreeSet<PathBuf>,
    pub(super) manifest: Manifest,
    pub(super) bytes: u64,
    pub(super) kept: bool,
}

impl Tree {
    /// Begins in a folder that is empty or not there.
    pub(super) fn begin(root: &Path, durable: bool) -> Result<Tree, WriteError> {
        let error = |source| WriteError::Io { path: root.to_owned(), source };
        let made = !root.exists();
        if made {
            fs::create_dir(root).map_err(error)?;
        }
        let mut inside = fs::read_dir(root).map_err(error)?;
        // A file system's own folder, found on a disk that was formatted just now.
        if inside.any(|entry| entry.map_or(true, |entry| entry.file_name() != "lost+found")) {
            return Err(WriteError::NotEmpty(root.to_owned()));
        }
        Ok(Tree {
            root: root.to_owned(),
            made,
            durable,
            top: BTreeSet::new(),
            folders: BTreeSet::new(),
            manifest: Manifest::default(),
            bytes: 0,
            kept: false,
        })
    }

    /// Writes a file and lists it in the manifest.
    pub(super) fn put(&mut self, path: &str, from: impl Read) -> Result<Digest, WriteError> {
        let digest = self.write(path, from)?;
        self.manifest.insert(path, digest);
        Ok(digest)
    }

    /// Writes a file that the manifest does not list.
    pub(super) fn write(&mut self, path: &str, mut from: impl Read) -> Result<Digest, WriteError> {
        let file = self.root.join(path);
        let error = |source| WriteError::Io { path: file.clone(), source };
        self.top.insert(path.split('/').next().unwrap_or(path).to_owned());
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(error)?;
            self.folders.insert(folder.to_owned());
        }
        let mut to = File::create_new(&file).map_err(error)?;
        let (mut hasher, mut piece) = (Hasher::new(), vec![0; PIECE]);
        loop {
            let n = from.read(&mut piece).map_err(error)?;
            if n == 0 {
                break;
            }
            to.write_all(&piece[..n]).map_err(error)?;
            hasher.update(&piece[..n]);
            self.bytes += n as u64;
        }
        if self.durable {
            to.sync_all().map_err(error)?;
        }
        Ok(hasher.finish())
    }

    /// Makes the names of all files durable.
    pub(super) fn sync(&self) -> Result<(), WriteError> {
        let mut folders: BTreeSet<&Path> = BTreeSet::new();
        for folder in &self.folders {
            folders.extend(folder.ancestors().take_while(|above| above.starts_with(&self.root)));
        }
        let above = self.root.parent().filter(|path| !path.as_os_str().is_empty());
        for folder in folders.into_iter().rev().chain(above.filter(|_| self.made)) {
            sync_directory(folder)
                .map_err(|source| WriteError::Io { path: folder.to_owned(), source })?;
        }
        Ok(())
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        if self.kept {
            return;
        }
        // What cannot be removed keeps the folder from being taken for an empty one the next time.
        for name in &self.top {
            let path = self.root.join(name);
            let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        }
        if self.made {
            let _ = fs::remove_dir(&self.root);
        }
    }
}
