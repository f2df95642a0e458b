//! What happens to the archive's locations (`docs/formats.md` § 5.1).

use crate::digest::Digest;
use crate::key::PublicKey;
use crate::register::{ArchiveId, LocationId, StoredPath, written};
use serde::{Deserialize, Serialize};

/// Members of `archive-created`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveCreated {
    /// The archive.
    pub archive: ArchiveId,
    /// The key that signs checkpoints.
    pub log_key: PublicKey,
    /// The location that is appended to first.
    pub primary: LocationId,
    /// The other one.
    pub second: LocationId,
}

/// Members of `repaired`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repaired {
    /// Where files were restored.
    pub location: LocationId,
    /// How many.
    pub files: u64,
    /// The first 200 of them, below the location.
    pub paths: Vec<StoredPath>,
}

impl Repaired {
    /// How many paths an entry names at most, so that it stays below 65,535 bytes.
    pub const MAX_PATHS: usize = 200;

    /// The repair of these files: all are counted, [`Repaired::MAX_PATHS`] are named.
    pub fn new(location: LocationId, mut paths: Vec<StoredPath>) -> Repaired {
        let files = paths.len() as u64;
        paths.truncate(Repaired::MAX_PATHS);
        Repaired { location, files, paths }
    }
}

/// Members of `location-added`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocationAdded {
    /// The location.
    pub location: LocationId,
    /// What it is for.
    pub role: LocationRole,
}

/// Which of the two locations it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LocationRole {
    /// The one appended to first.
    Primary,
    /// The one that follows.
    Second,
}

/// Members of `restored`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// The promoted location.
    pub location: LocationId,
    /// How many entries its register had.
    pub size: u64,
    /// The root at that size; base64 in JSON.
    #[serde(with = "written::root")]
    pub root: Digest,
    /// Size of the largest checkpoint known of, when it was larger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_size: Option<u64>,
    /// Its root; base64 in JSON.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "written::optional_root")]
    pub known_root: Option<Digest>,
}
