//! The right edge of a log: all that is needed to append to it.

use super::tiles::{BundleError, TILE_WIDTH, TileKind, TilePath, partial_tiles, read_bundle};
use super::tree::{leaf_hash, node_hash, root};
use crate::digest::Digest;

/// The partial tiles of a log in memory: at most 255 entries, and 255 hashes a level.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edge {
    size: u64,
    /// The last entry bundle, empty when the last one is full.
    bundle: Vec<u8>,
    /// The last tile of each level, empty where the last one is full.
    levels: Vec<Vec<Digest>>,
}

/// The tiles to put for a log that has grown: those that became full, and the partial ones of its new
/// size that changed. Entry tiles must be durable before hash tiles, and both before the checkpoint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Appended {
    /// Entry bundles.
    pub entry_tiles: Vec<(TilePath, Vec<u8>)>,
    /// Tiles of hashes.
    pub hash_tiles: Vec<(TilePath, Vec<u8>)>,
}

/// A text does not fit into a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "text {place} (from 0) of the batch has {bytes} bytes; an entry has 65,535 at most, so split its \
     list over several entries or put it into a document"
)]
pub struct TextTooLong {
    /// Place in the batch.
    pub place: usize,
    /// Its length.
    pub bytes: usize,
}

/// Why tiles are not the right edge of a log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EdgeError {
    /// Not one for each path of [`Edge::needs`].
    #[error("{found} tiles were given where the right edge has {needed}")]
    Count {
        /// How many there are on the edge.
        needed: usize,
        /// How many were given.
        found: usize,
    },
    /// A tile of hashes has another length than its path says.
    #[error("{path} has {bytes} bytes, not 32 for each hash; restore it from the other location")]
    Length {
        /// The tile.
        path: TilePath,
        /// Its length.
        bytes: usize,
    },
    /// The entry bundle can't be read.
    #[error("{path} is no entry bundle")]
    Bundle {
        /// The bundle.
        path: TilePath,
        /// Why.
        #[source]
        cause: BundleError,
    },
    /// An entry has another hash than the tile of level 0 says.
    #[error(
        "entry {seq} is not the one whose hash is in the tree; restore its bundle or its tile from the \
         other location"
    )]
    Entry {
        /// Place in the register.
        seq: u64,
    },
}

impl Edge {
    /// The edge of an empty log.
    pub fn new() -> Edge {
        Edge::default()
    }

    /// The tiles [`Edge::from_tiles`] wants: the partial ones of a log of this size. When entries and
    /// hashes have just filled their tiles, there are none.
    pub fn needs(size: u64) -> Vec<TilePath> {
        partial_tiles(size).collect()
    }

    /// The edge of a log of this size, from its partial tiles in the order of [`Edge::needs`]. The
    /// entries are checked against their hashes; the caller checks [`Edge::root`] against the
    /// checkpoint.
    ///
    /// # Errors
    /// When the tiles are not such an edge.
    pub fn from_tiles(size: u64, tiles: Vec<Vec<u8>>) -> Result<Edge, EdgeError> {
        let paths = Edge::needs(size);
        if paths.len() != tiles.len() {
            return Err(EdgeError::Count { needed: paths.len(), found: tiles.len() });
        }
        let mut edge = Edge { size, ..Edge::default() };
        for (path, bytes) in paths.into_iter().zip(tiles) {
            match path.kind() {
                TileKind::Entries => edge.bundle = bytes,
                TileKind::Level(level) => *edge.level(level) = read_hashes(path, &bytes)?,
            }
        }
        edge.check_entries()?;
        Ok(edge)
    }

    /// How many entries the log has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root of the tree (RFC 6962 § 2.1).
    pub fn root(&self) -> Digest {
        // The tree's perfect subtrees from the right, smallest first; each one to the left of them is
        // hashed with all that is to its right.
        let mut right = None;
        for hashes in &self.levels {
            let mut end = hashes.len();
            while end > 0 {
                let start = end - (1 << end.trailing_zeros());
                let left = root(&hashes[start..end]);
                right = Some(right.map_or(left, |right| node_hash(&left, &right)));
                end = start;
            }
        }
        right.unwrap_or_else(|| root(&[]))
    }

    /// Appends texts and says which tiles to put. The edge is as if they had been put already: should
    /// that fail, go on with a copy taken before.
    ///
    /// # Errors
    /// When a text has more than 65,535 bytes; nothing is appended then.
    pub fn append(&mut self, texts: &[Vec<u8>]) -> Result<Appended, TextTooLong> {
        let mut lengths = Vec::with_capacity(texts.len());
        for (place, text) in texts.iter().enumerate() {
            let bytes = text.len();
            lengths.push(u16::try_from(bytes).map_err(|_| TextTooLong { place, bytes })?);
        }
        let old_size = self.size;
        let mut appended = Appended::default();
        for (text, length) in texts.iter().zip(lengths) {
            self.bundle.extend_from_slice(&length.to_be_bytes());
            self.bundle.extend_from_slice(text);
            self.size += 1;
            if self.size.is_multiple_of(u64::from(TILE_WIDTH)) {
                let path = TilePath::full(TileKind::Entries, last_index(self.size));
                appended.entry_tiles.push((path, std::mem::take(&mut self.bundle)));
            }
            self.push_hash(leaf_hash(text), &mut appended.hash_tiles);
        }
        self.put_partial(old_size, &mut appended);
        Ok(appended)
    }

    /// Puts a leaf hash at the end of level 0, and the root of each tile that is full now at the end of
    /// the level above.
    fn push_hash(&mut self, leaf: Digest, full: &mut Vec<(TilePath, Vec<u8>)>) {
        let (mut hash, mut count) = (leaf, self.size);
        for level in 0.. {
            let tile = self.level(level);
            tile.push(hash);
            if tile.len() < usize::from(TILE_WIDTH) {
                return;
            }
            hash = root(tile);
            let path = TilePath::full(TileKind::Level(level), last_index(count));
            full.push((path, write_hashes(&std::mem::take(tile))));
            count /= u64::from(TILE_WIDTH);
        }
    }

    fn put_partial(&mut self, old_size: u64, appended: &mut Appended) {
        let unchanged: Vec<TilePath> = partial_tiles(old_size).collect();
        for path in partial_tiles(self.size).filter(|path| !unchanged.contains(path)) {
            match path.kind() {
                TileKind::Entries => appended.entry_tiles.push((path, self.bundle.clone())),
                TileKind::Level(level) => {
                    let bytes = write_hashes(self.level(level));
                    appended.hash_tiles.push((path, bytes));
                }
            }
        }
    }

    fn level(&mut self, level: u8) -> &mut Vec<Digest> {
        let level = usize::from(level);
        if self.levels.len() <= level {
            self.levels.resize(level + 1, Vec::new());
        }
        &mut self.levels[level]
    }

    fn check_entries(&self) -> Result<(), EdgeError> {
        let hashes = self.levels.first().map_or(&[][..], Vec::as_slice);
        let Some(path) = partial_tiles(self.size).find(|path| path.kind() == TileKind::Entries)
        else {
            return Ok(());
        };
        let texts = read_bundle(&self.bundle, hashes.len())
            .map_err(|cause| EdgeError::Bundle { path, cause })?;
        let first = path.index() * u64::from(TILE_WIDTH);
        let wrong = texts.iter().zip(hashes).position(|(text, hash)| leaf_hash(text) != *hash);
        match wrong {
            Some(place) => Err(EdgeError::Entry { seq: first + place as u64 }),
            None => Ok(()),
        }
    }
}

/// Index of the tile that the last of `count` entries or hashes is in.
fn last_index(count: u64) -> u64 {
    (count - 1) / u64::from(TILE_WIDTH)
}

fn write_hashes(hashes: &[Digest]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| *hash.as_bytes()).collect()
}

fn read_hashes(path: TilePath, bytes: &[u8]) -> Result<Vec<Digest>, EdgeError> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    if hashes.len() != usize::from(path.width()) || !rest.is_empty() {
        return Err(EdgeError::Length { path, bytes: bytes.len() });
    }
    Ok(hashes.iter().map(|hash| Digest::from(*hash)).collect())
}
