//! Tiles: where the entries and the hashes of a log lie (C2SP tlog-tiles, <https://c2sp.org/tlog-tiles>).

use std::fmt;
use std::str::FromStr;

/// How many hashes or entries a full tile has: tiles are 8 levels of the tree high.
pub const TILE_WIDTH: u16 = 256;

/// No log of fewer than 2^64 entries has a tile above this level.
const MAX_LEVEL: u8 = 7;

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TileKind {
    /// Entries: an entry bundle.
    Entries,
    /// Hashes of 32 bytes. At level 0 of leaves, at level *l* roots of full tiles of level *l* − 1; 0–7.
    Level(u8),
}

/// Path of a tile below `register/`: `tile/0/x001/234`, `tile/entries/000.p/5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TilePath {
    kind: TileKind,
    index: u64,
    width: u16,
}

/// A text is no path of a tile, or not the one right way to write it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no path of a tile; it is written like tile/0/x001/234 or tile/entries/000.p/5")]
pub struct TilePathError(String);

impl TilePath {
    /// The tile of a level with this index; `width` is 1–256, less than 256 makes it partial.
    /// `None` for a width or level that does not exist.
    pub fn new(kind: TileKind, index: u64, width: u16) -> Option<TilePath> {
        let level = !matches!(kind, TileKind::Level(level) if level > MAX_LEVEL);
        let fits = level && (1..=TILE_WIDTH).contains(&width);
        fits.then_some(TilePath { kind, index, width })
    }

    pub(super) fn full(kind: TileKind, index: u64) -> TilePath {
        TilePath { kind, index, width: TILE_WIDTH }
    }

    /// Entries or hashes of a level.
    pub fn kind(&self) -> TileKind {
        self.kind
    }

    /// Its place among the tiles of its kind, from 0.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// How many hashes or entries it has, 1–256.
    pub fn width(&self) -> u16 {
        self.width
    }

    /// Whether it will never grow.
    pub fn is_full(&self) -> bool {
        self.width == TILE_WIDTH
    }
}

impl fmt::Display for TilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TileKind::Entries => f.write_str("tile/entries/")?,
            TileKind::Level(level) => write!(f, "tile/{level}/")?,
        }
        let mut groups = vec![self.index % 1000];
        let mut rest = self.index / 1000;
        while rest > 0 {
            groups.push(rest % 1000);
            rest /= 1000;
        }
        for group in groups.iter().skip(1).rev() {
            write!(f, "x{group:03}/")?;
        }
        write!(f, "{:03}", groups[0])?;
        if self.is_full() { Ok(()) } else { write!(f, ".p/{}", self.width) }
    }
}

impl FromStr for TilePath {
    type Err = TilePathError;

    fn from_str(text: &str) -> Result<Self, TilePathError> {
        // Leading zeros, missing `x` and the like give a path that is written otherwise.
        read_path(text)
            .filter(|path| path.to_string() == text)
            .ok_or_else(|| TilePathError(text.to_owned()))
    }
}

fn read_path(text: &str) -> Option<TilePath> {
    let (kind, rest) = text.strip_prefix("tile/")?.split_once('/')?;
    let kind = match kind {
        "entries" => TileKind::Entries,
        level => TileKind::Level(level.parse().ok()?),
    };
    let (index, width) = match rest.split_once(".p/") {
        Some((index, width)) => (index, width.parse().ok()?),
        None => (rest, TILE_WIDTH),
    };
    let groups = index.split('/').map(|group| group.strip_prefix('x').unwrap_or(group));
    let mut number = 0_u64;
    for group in groups {
        number = number.checked_mul(1000)?.checked_add(group.parse().ok()?)?;
    }
    TilePath::new(kind, number, width)
}

/// Every tile a log of this size consists of, partial ones included: entry bundles first, then the
/// levels from the leaves up, in each the tiles from left to right.
pub fn all_tiles(size: u64) -> impl Iterator<Item = TilePath> {
    kinds(size).flat_map(|(kind, count)| {
        let full = (0..count / u64::from(TILE_WIDTH)).map(move |index| TilePath::full(kind, index));
        full.chain(partial(kind, count))
    })
}

/// The partial tiles of a log of this size, in the order of [`all_tiles`]: its right edge.
pub(super) fn partial_tiles(size: u64) -> impl Iterator<Item = TilePath> {
    kinds(size).filter_map(|(kind, count)| partial(kind, count))
}

/// Partial tiles a log of the old size needed and the new one does not: they may be deleted as soon as
/// the new checkpoint is durable.
pub fn superseded(old_size: u64, new_size: u64) -> Vec<TilePath> {
    let needed: Vec<TilePath> = partial_tiles(new_size).collect();
    partial_tiles(old_size).filter(|tile| !needed.contains(tile)).collect()
}

/// The kinds of tiles in a log of this size, with how many entries or hashes there are of each.
fn kinds(size: u64) -> impl Iterator<Item = (TileKind, u64)> {
    let levels = (0..=MAX_LEVEL).map(move |level| (TileKind::Level(level), size >> (8 * level)));
    std::iter::once((TileKind::Entries, size)).chain(levels).take_while(|(_, count)| *count > 0)
}

fn partial(kind: TileKind, count: u64) -> Option<TilePath> {
    let width = u64::from(TILE_WIDTH);
    TilePath::new(kind, count / width, (count % width) as u16)
}

/// Why bytes are no entry bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// The bytes end before or within an entry.
    #[error(
        "the bundle ends within its entry {place} (from 0); restore it from the other location"
    )]
    Cut {
        /// Place in the bundle.
        place: usize,
    },
    /// Bytes are left behind the last entry.
    #[error(
        "the bundle has {bytes} bytes behind its last entry; restore it from the other location"
    )]
    Left {
        /// How many.
        bytes: usize,
    },
}

/// The texts of an entry bundle with `count` entries, each behind its length as two big-endian bytes.
///
/// # Errors
/// When there are not exactly that many.
pub fn read_bundle(bytes: &[u8], count: usize) -> Result<Vec<&[u8]>, BundleError> {
    let mut texts = Vec::with_capacity(count.min(usize::from(TILE_WIDTH)));
    let mut rest = bytes;
    for place in 0..count {
        let cut = BundleError::Cut { place };
        let (length, behind) = rest.split_first_chunk().ok_or(cut)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (text, behind) = behind.split_at_checked(length).ok_or(cut)?;
        texts.push(text);
        rest = behind;
    }
    if rest.is_empty() { Ok(texts) } else { Err(BundleError::Left { bytes: rest.len() }) }
}
