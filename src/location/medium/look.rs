//! What is on a medium, read in full.

use super::manifest::Manifest;
use super::{MANIFEST_FILE, MEDIUM_FILE, SIGNATURE_FILE};
use crate::digest::{Digest, Hasher};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// How much of a file is read at once.
const PIECE: usize = 256 << 10;
/// The most bytes of the manifest and of the two files that vouch for it.
const MOST_SMALL: u64 = 32 << 20;

/// One thing that is wrong with a medium.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Stable code (`docs/findings.md`).
    pub code: &'static str,
    /// File below the medium.
    pub path: String,
    /// What is wrong.
    pub text: String,
}

impl Fault {
    /// A fault of a file.
    pub fn new(code: &'static str, path: impl Into<String>, text: impl ToString) -> Fault {
        Fault { code, path: path.into(), text: text.to_string() }
    }
}

/// Every file of a medium with its digest, or why it does not read.
#[derive(Debug)]
pub struct Found {
    root: PathBuf,
    files: BTreeMap<String, Result<Digest, String>>,
}

impl Found {
    /// Reads everything below a folder. What does not read is kept as such: it is for [`Found::faults`] to tell.
    ///
    /// # Errors
    /// When the folder itself cannot be listed.
    pub fn look(root: &Path) -> io::Result<Found> {
        let mut files = BTreeMap::new();
        let mut waiting = Vec::new();
        list(root, &mut waiting)?;
        while let Some(path) = waiting.pop() {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
            let read = match path.symlink_metadata() {
                Ok(meta) if meta.is_dir() => match list(&path, &mut waiting) {
                    Ok(()) => continue,
                    Err(error) => Err(error),
                },
                Ok(meta) if meta.is_file() => digest(&path),
                Ok(_) => Err(io::Error::other("it is no plain file")),
                Err(error) => Err(error),
            };
            files.insert(name, read.map_err(|e| e.to_string()));
        }
        files.remove("lost+found");
        Ok(Found { root: root.to_owned(), files })
    }

    /// The digest of a file; `None` when there is none, or it does not read.
    pub fn digest(&self, path: &str) -> Option<Digest> {
        self.files.get(path).and_then(|read| read.as_ref().ok()).copied()
    }

    /// The bytes of a small file; `None` when there is none, or it does not read.
    pub fn small(&self, path: &str) -> Option<Vec<u8>> {
        self.digest(path)?;
        let mut bytes = Vec::new();
        let file = File::open(self.root.join(path)).ok()?;
        file.take(MOST_SMALL).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// In what the files differ from these digests: each wrong one, each missing one, each one over, by path.
    pub fn faults(&self, manifest: &Manifest) -> Vec<Fault> {
        let mut faults = self.unreadable();
        for (path, digest) in manifest.files() {
            match self.files.get(path) {
                Some(Ok(found)) if found == digest => {}
                Some(Ok(_)) => {
                    let text = "the file is not the one that was written";
                    faults.push(Fault::new("medium-file", path, text));
                }
                Some(Err(_)) => {}
                None => faults.push(Fault::new("medium-missing", path, "the file is missing")),
            }
        }
        let listed = |path: &str| {
            manifest.files().contains_key(path)
                || [MANIFEST_FILE, MEDIUM_FILE, SIGNATURE_FILE].contains(&path)
        };
        for path in self.files.iter().filter(|(_, read)| read.is_ok()).map(|(path, _)| path) {
            if !listed(path) {
                let text = "the file was not written with the medium";
                faults.push(Fault::new("medium-over", path, text));
            }
        }
        faults.sort_by(|a, b| a.path.cmp(&b.path));
        faults
    }

    /// The files that do not read.
    pub fn unreadable(&self) -> Vec<Fault> {
        let wrong = self.files.iter().filter_map(|(path, read)| Some((path, read.as_ref().err()?)));
        wrong.map(|(path, why)| Fault::new("medium-unreadable", path, why)).collect()
    }
}

fn list(folder: &Path, to: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        to.push(entry?.path());
    }
    Ok(())
}

fn digest(path: &Path) -> io::Result<Digest> {
    let (mut file, mut hasher, mut piece) = (File::open(path)?, Hasher::new(), vec![0; PIECE]);
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hasher.finish()),
            n => hasher.update(&piece[..n]),
        }
    }
}
