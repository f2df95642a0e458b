//! The list of a medium's files with their digests.

use crate::digest::Digest;
use crate::register::StoredPath;
use std::collections::BTreeMap;

/// Every file of a medium but the manifest itself and the two that vouch for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    files: BTreeMap<String, Digest>,
}

impl Manifest {
    /// Digest by path, sorted by the bytes of the path.
    pub fn files(&self) -> &BTreeMap<String, Digest> {
        &self.files
    }

    pub(super) fn insert(&mut self, path: &str, digest: Digest) {
        self.files.insert(path.to_owned(), digest);
    }

    /// The text, as `sha256sum -c` reads it: digest, two spaces, path.
    pub fn to_text(&self) -> String {
        self.files.iter().map(|(path, digest)| format!("{digest}  {path}\n")).collect()
    }

    /// Reads a manifest; `None` when the bytes are not what [`Manifest::to_text`] would have written, or a path
    /// leads out of the medium.
    pub fn read(text: &[u8]) -> Option<Manifest> {
        let text = std::str::from_utf8(text).ok()?;
        let mut manifest = Manifest::default();
        for line in text.lines() {
            let (digest, path) = line.split_once("  ")?;
            let path: StoredPath = path.parse().ok()?;
            manifest.insert(path.as_str(), digest.parse().ok()?);
        }
        (manifest.to_text() == text).then_some(manifest)
    }
}
