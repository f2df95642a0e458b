//! The register in a location: reading it, and putting what was appended.

use crate::digest::Digest;
use crate::location::{Location, LocationError};
use crate::register::{
    Appended, BundleError, Checkpoint, CheckpointError, Edge, EdgeError, Origin, SignedCheckpoint,
    TILE_WIDTH, TileKind, TilePath, Tree, all_tiles, leaf_hash, read_bundle, superseded,
};
use std::collections::HashMap;

/// Where the register lies below a location.
const REGISTER: &str = "register";
/// The most bytes of a checkpoint note.
const MOST_CHECKPOINT: u64 = 64 << 10;
/// The most bytes of a tile: 256 entries of 65,535 bytes with their lengths.
pub(super) const MOST_TILE: u64 = 256 * 65_537;

/// Why a location's register cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The location failed.
    #[error(transparent)]
    Location(#[from] LocationError),
    /// No checkpoint there.
    #[error("the register has no checkpoint; `letopis verify` tells more")]
    NoCheckpoint,
    /// The checkpoint does not read.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// A tile that the checkpoint's size needs is missing.
    #[error("`register/{0}` is missing; `letopis repair` restores it from the other location")]
    Missing(TilePath),
    /// The right edge does not read.
    #[error("the register is damaged: {0}")]
    Edge(#[from] EdgeError),
    /// A bundle does not read.
    #[error("`register/{path}` is damaged: {cause}")]
    Bundle {
        /// Which.
        path: TilePath,
        /// Why.
        cause: BundleError,
    },
    /// The tree over the tiles has another root than the checkpoint.
    #[error("the register's tiles do not give the root {expected} of its checkpoint")]
    Root {
        /// In the checkpoint.
        expected: Digest,
    },
}

/// Path of a tile below a location.
pub(super) fn tile_file(path: &TilePath) -> String {
    format!("{REGISTER}/{path}")
}

/// Path of the checkpoint below a location.
pub(super) const CHECKPOINT_FILE: &str = "register/checkpoint";

/// The checkpoint of a location; `None` when there is none yet.
pub(super) async fn checkpoint(
    location: &Location,
    origin: &Origin,
) -> Result<Option<SignedCheckpoint>, LogError> {
    let Some(note) = location.get_small(CHECKPOINT_FILE, MOST_CHECKPOINT).await? else {
        return Ok(None);
    };
    let note = String::from_utf8_lossy(&note);
    Ok(Some(Checkpoint::read(&note, origin)?))
}

/// The right edge of the register of this size, checked against its root.
pub(super) async fn edge(location: &Location, at: &SignedCheckpoint) -> Result<Edge, LogError> {
    let checkpoint = at.checkpoint();
    let mut tiles = Vec::new();
    for path in Edge::needs(checkpoint.size) {
        tiles.push(tile(location, path).await?);
    }
    let edge = Edge::from_tiles(checkpoint.size, tiles)?;
    if edge.root() == checkpoint.root {
        Ok(edge)
    } else {
        Err(LogError::Root { expected: checkpoint.root })
    }
}

async fn tile(location: &Location, path: TilePath) -> Result<Vec<u8>, LogError> {
    let bytes = location.get_small(&tile_file(&path), MOST_TILE).await?;
    bytes.map(Vec::from).ok_or(LogError::Missing(path))
}

/// The entry bundles of a register of this size that hold entries from `first` on.
pub(super) fn bundles(size: u64, first: u64) -> impl Iterator<Item = TilePath> {
    let width = u64::from(TILE_WIDTH);
    (first / width..size.div_ceil(width)).filter_map(move |index| {
        let count = (size - index * width).min(width);
        TilePath::new(TileKind::Entries, index, u16::try_from(count).ok()?)
    })
}

/// Calls `take` with the text of every entry from `first` on, in order, as the register has it.
pub(super) async fn each_entry<E: From<LogError>>(
    location: &Location,
    (first, size): (u64, u64),
    mut take: impl FnMut(u64, &[u8]) -> Result<(), E>,
) -> Result<(), E> {
    for path in bundles(size, first) {
        let bytes = tile(location, path).await?;
        let texts = read_bundle(&bytes, usize::from(path.width()))
            .map_err(|cause| LogError::Bundle { path, cause })?;
        for (seq, text) in (path.index() * u64::from(TILE_WIDTH)..).zip(texts) {
            if seq >= first {
                take(seq, text)?;
            }
        }
    }
    Ok(())
}

/// The whole tree, from the entries themselves.
pub(super) async fn tree(location: &Location, size: u64) -> Result<Tree, LogError> {
    let mut tree = Tree::new();
    each_entry(location, (0, size), |_, text| {
        tree.push(leaf_hash(text));
        Ok::<_, LogError>(())
    })
    .await?;
    Ok(tree)
}

/// Puts what was appended: entries, then hashes. The checkpoint is put by whoever commits.
pub(super) async fn put_tiles(
    location: &Location,
    appended: &Appended,
) -> Result<(), LocationError> {
    for (path, bytes) in appended.entry_tiles.iter().chain(&appended.hash_tiles) {
        // Overwriting: a tile beyond the checkpoint is left over from a run that was never
        // acknowledged.
        location.put(&tile_file(path), bytes.clone()).await?;
    }
    Ok(())
}

/// Puts the checkpoint note. In the primary this is the moment a change is made.
pub(super) async fn put_checkpoint(location: &Location, note: &str) -> Result<(), LocationError> {
    location.put(CHECKPOINT_FILE, note.as_bytes().to_vec()).await
}

/// Removes partial tiles the register has outgrown. That is tidiness only: a failure is no loss.
pub(super) async fn remove_outgrown(location: &Location, old_size: u64, new_size: u64) {
    for path in superseded(old_size, new_size) {
        let _ = location.remove(&tile_file(&path)).await;
    }
}

/// Clears away partial tiles that a register of this size has outgrown, and names the tiles that are no
/// part of it: those beyond its size, which an interrupted run left. Were they to stay, the register
/// would grow past them, and they would look like damaged beginnings of its own tiles.
pub(super) async fn tidy_tiles(location: &Location, size: u64) -> Result<Vec<String>, LogError> {
    let needed: HashMap<(TileKind, u64), TilePath> =
        all_tiles(size).map(|tile| ((tile.kind(), tile.index()), tile)).collect();
    let mut beyond = Vec::new();
    for file in location.list(REGISTER).await? {
        let below = file.path.strip_prefix(REGISTER).and_then(|path| path.strip_prefix('/'));
        // What is no tile at all is for verification to report.
        let Some(tile) = below.and_then(|path| path.parse::<TilePath>().ok()) else { continue };
        match needed.get(&(tile.kind(), tile.index())) {
            Some(whole) if *whole == tile => {}
            Some(whole) if begins(location, tile, *whole).await? => {
                location.remove(&file.path).await?;
            }
            _ => beyond.push(file.path),
        }
    }
    Ok(beyond)
}

/// Whether one tile holds the beginning of another.
async fn begins(location: &Location, short: TilePath, whole: TilePath) -> Result<bool, LogError> {
    Ok(tile(location, whole).await?.starts_with(&tile(location, short).await?))
}
