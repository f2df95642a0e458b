//! Appending: whatever the batches, the log is the same.

use crate::digest::Digest;
use crate::register::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

type Tiles = BTreeMap<TilePath, Vec<u8>>;

/// A log's edge and all its tiles, as a storage would keep them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Log {
    edge: Edge,
    tiles: Tiles,
}

impl Log {
    fn append(&mut self, texts: &[Vec<u8>]) -> Appended {
        let old_size = self.edge.size();
        let appended = self.edge.append(texts).unwrap();
        self.tiles.extend(appended.entry_tiles.iter().cloned());
        self.tiles.extend(appended.hash_tiles.iter().cloned());
        for tile in superseded(old_size, self.edge.size()) {
            self.tiles.remove(&tile).expect("what is superseded was there");
        }
        appended
    }

    fn of(size: u64) -> Log {
        let mut log = Log::default();
        log.append(&texts(0, size));
        log
    }

    fn edge_tiles(&self) -> Vec<Vec<u8>> {
        Edge::needs(self.edge.size()).iter().map(|path| self.tiles[path].clone()).collect()
    }
}

fn texts(from: u64, to: u64) -> Vec<Vec<u8>> {
    // Lengths differ, so that a bundle read at the wrong places shows.
    (from..to).map(|i| format!("{i}{}", "x".repeat(i as usize % 7)).into_bytes()).collect()
}

fn tree(size: u64) -> Tree {
    texts(0, size).iter().map(|text| leaf_hash(text)).collect()
}

fn hashes(tile: &[u8]) -> Vec<Digest> {
    tile.as_chunks::<32>().0.iter().map(|hash| Digest::from(*hash)).collect()
}

/// Sizes at which something happens: around 1, 2, 3 full tiles.
fn batches() -> impl Strategy<Value = Vec<u64>> {
    let batch = prop_oneof![0_u64..4, 250_u64..262, 0_u64..600];
    prop::collection::vec(batch, 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn batches_make_no_difference(batches in batches()) {
        let mut log = Log::default();
        for batch in batches {
            let size = log.edge.size();
            log.append(&texts(size, size + batch));
        }
        prop_assert_eq!(log.edge.root(), tree(log.edge.size()).root());
        prop_assert_eq!(&log, &Log::of(log.edge.size()));
    }

    #[test]
    fn a_log_has_all_its_tiles_and_no_others(size in 0_u64..1500) {
        let paths: Vec<TilePath> = Log::of(size).tiles.into_keys().collect();
        let mut expected: Vec<TilePath> = all_tiles(size).collect();
        expected.sort();
        prop_assert_eq!(paths, expected);
    }

    #[test]
    fn an_edge_read_from_its_tiles_goes_on_as_if_never_put_away(size in 0_u64..1500, more in 0_u64..600) {
        let mut log = Log::of(size);
        let mut read = Edge::from_tiles(size, log.edge_tiles()).unwrap();
        prop_assert_eq!(&read, &log.edge);
        let more = texts(size, size + more);
        prop_assert_eq!(read.append(&more).unwrap(), log.append(&more));
        prop_assert_eq!(read, log.edge);
    }

    #[test]
    fn one_altered_byte_of_the_edge_is_found(size in 1_u64..1500, tile: usize, byte: usize, bit in 0_u8..8) {
        let log = Log::of(size);
        let mut tiles = log.edge_tiles();
        let at = tile % tiles.len();
        let length = tiles[at].len();
        tiles[at][byte % length] ^= 1 << bit;
        match Edge::from_tiles(size, tiles) {
            Err(EdgeError::Entry { .. } | EdgeError::Bundle { .. }) => {}
            // Tiles above the leaves are held against the checkpoint by the caller.
            Ok(edge) => prop_assert_ne!(edge.root(), log.edge.root()),
            Err(other) => prop_assert!(false, "{}", other),
        }
    }
}

#[test]
fn a_log_with_three_levels_of_tiles_is_its_tree() {
    let size = 256 * 256 + 2 * 256 + 3;
    let mut log = Log::default();
    for batch in [1, 65_000, 535, 0, 500, 15] {
        let from = log.edge.size();
        log.append(&texts(from, from + batch));
    }
    assert_eq!(log.edge.size(), size);
    assert_eq!(log.edge.root(), tree(size).root());
    assert_eq!(Edge::from_tiles(size, log.edge_tiles()).as_ref(), Ok(&log.edge));
    assert_eq!(log, Log::of(size));
}

#[test]
fn the_tiles_of_a_log_rebuild_its_tree() {
    let size = 256 * 256 + 300;
    let log = Log::of(size);
    let mut rebuilt = Tree::new();
    for (path, bytes) in &log.tiles {
        match path.kind() {
            TileKind::Entries => {
                let texts = read_bundle(bytes, path.width().into()).unwrap();
                rebuilt.extend(texts.into_iter().map(leaf_hash));
            }
            TileKind::Level(0) => {}
            TileKind::Level(level) => {
                let first = path.index() * 256;
                for (index, hash) in (first..).zip(hashes(bytes)) {
                    let below = TilePath::new(TileKind::Level(level - 1), index, 256).unwrap();
                    assert_eq!(hash, root(&hashes(&log.tiles[&below])), "{below} in {path}");
                }
            }
        }
    }
    assert_eq!(rebuilt, tree(size));
    let level_0 = log.tiles.iter().filter(|(path, _)| path.kind() == TileKind::Level(0));
    let leaves: Tree = level_0.flat_map(|(_, bytes)| hashes(bytes)).collect();
    assert_eq!(leaves, rebuilt);
}

#[test]
fn only_what_changed_is_put_again() {
    let mut log = Log::of(257);
    let appended = log.append(&texts(257, 258));
    let paths = |tiles: &[(TilePath, Vec<u8>)]| -> Vec<String> {
        tiles.iter().map(|(path, _)| path.to_string()).collect()
    };
    assert_eq!(paths(&appended.entry_tiles), ["tile/entries/001.p/2"]);
    assert_eq!(paths(&appended.hash_tiles), ["tile/0/001.p/2"]);
    assert_eq!(log.append(&[]), Appended::default());
}

#[test]
fn a_text_too_long_for_its_length_is_refused_and_nothing_appended() {
    let mut edge = Edge::new();
    edge.append(&[vec![b'x'; MAX_ENTRY]]).unwrap();
    let before = edge.clone();
    let refused = edge.append(&[vec![], vec![b'x'; MAX_ENTRY + 1]]);
    assert_eq!(refused, Err(TextTooLong { place: 1, bytes: 65_536 }));
    assert_eq!(edge, before);
}

#[test]
fn tiles_that_are_not_the_edge_of_this_size_are_refused() {
    let log = Log::of(300);
    let tiles = log.edge_tiles();
    let [entries, leaves, above] = &tiles[..] else { panic!("300 has an edge of three tiles") };
    let read =
        |tiles: &[&Vec<u8>]| Edge::from_tiles(300, tiles.iter().map(|t| t.to_vec()).collect());

    assert_eq!(read(&[entries, leaves]), Err(EdgeError::Count { needed: 3, found: 2 }));
    let path = TilePath::new(TileKind::Level(0), 1, 44).unwrap();
    let short = leaves[..leaves.len() - 32].to_vec();
    let refused = read(&[entries, &short, above]);
    assert_eq!(refused, Err(EdgeError::Length { path, bytes: 43 * 32 }));
    let odd = [&leaves[..], &[0]].concat();
    let refused = read(&[entries, &odd, above]);
    assert_eq!(refused, Err(EdgeError::Length { path, bytes: 44 * 32 + 1 }));

    let cut = entries[..entries.len() - 1].to_vec();
    let path = TilePath::new(TileKind::Entries, 1, 44).unwrap();
    let cause = BundleError::Cut { place: 43 };
    assert_eq!(read(&[&cut, leaves, above]), Err(EdgeError::Bundle { path, cause }));
    let mut other = entries.clone();
    *other.last_mut().unwrap() ^= 1;
    assert_eq!(read(&[&other, leaves, above]), Err(EdgeError::Entry { seq: 299 }));
}
