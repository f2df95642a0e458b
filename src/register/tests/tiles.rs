//! C2SP tlog-tiles: paths and bundles.

use crate::register::*;
use proptest::prelude::*;

fn tile(kind: TileKind, index: u64, width: u16) -> TilePath {
    TilePath::new(kind, index, width).unwrap()
}

#[test]
fn an_index_is_written_in_groups_of_three_digits() {
    let level = |level, index, width| tile(TileKind::Level(level), index, width).to_string();
    assert_eq!(level(0, 0, 256), "tile/0/000");
    assert_eq!(level(0, 1234, 5), "tile/0/x001/234.p/5");
    // The example of tlog-tiles § Merkle Tree.
    assert_eq!(level(3, 1_234_067, 256), "tile/3/x001/x234/067");
    assert_eq!(tile(TileKind::Entries, 1000, 255).to_string(), "tile/entries/x001/000.p/255");
}

#[test]
fn there_is_one_way_to_write_a_path() {
    for text in [
        "",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/x000/000",
        "tile/0/001/234",
        "tile/0/x001/x234",
        "tile/00/000",
        "tile/8/000",
        "tile/-1/000",
        "tile/+0/000",
        "tile/0/+00",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/05",
        "tile/0/000.p/",
        "tile/0/000.p",
        "tile/0/000.p/5/",
        "tile/0/000/",
        "/tile/0/000",
        "tile/data/000",
        "tile/entries",
        "tile/0/x018/x446/x744/x073/x709/x551/616",
    ] {
        assert!(text.parse::<TilePath>().is_err(), "{text}");
    }
}

#[test]
fn no_tile_is_empty_wider_than_256_or_above_level_7() {
    assert_eq!(TilePath::new(TileKind::Entries, 0, 0), None);
    assert_eq!(TilePath::new(TileKind::Entries, 0, 257), None);
    assert_eq!(TilePath::new(TileKind::Level(8), 0, 1), None);
    assert!(tile(TileKind::Level(7), 0, 256).is_full());
    assert!(!tile(TileKind::Level(7), 0, 255).is_full());
}

fn any_tile() -> impl Strategy<Value = TilePath> {
    let kind = prop_oneof![Just(TileKind::Entries), (0_u8..8).prop_map(TileKind::Level)];
    let index = prop_oneof![0_u64..2000, any::<u64>()];
    (kind, index, 1_u16..=256).prop_map(|(kind, index, width)| tile(kind, index, width))
}

proptest! {
    #[test]
    fn every_path_reads_as_it_is_written(path in any_tile()) {
        prop_assert_eq!(path.to_string().parse(), Ok(path));
    }

    #[test]
    fn a_path_that_reads_is_written_the_same(text in "tile/([0-8]|entries)/[x0-9/]{3,12}(\\.p/[0-9]{1,3})?") {
        if let Ok(path) = text.parse::<TilePath>() {
            prop_assert_eq!(path.to_string(), text);
        }
    }

    #[test]
    fn every_tile_path_may_stand_in_an_entry(path in any_tile()) {
        let below = format!("register/{path}").parse::<StoredPath>();
        prop_assert!(below.is_ok());
    }

    #[test]
    fn a_bundle_reads_as_it_was_written(texts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 1..20)) {
        let bytes = bundle(&texts);
        prop_assert_eq!(read_bundle(&bytes, texts.len()).unwrap(), texts);
    }
}

fn bundle(texts: &[Vec<u8>]) -> Vec<u8> {
    let length = |text: &Vec<u8>| (text.len() as u16).to_be_bytes();
    texts.iter().flat_map(|text| [&length(text)[..], text].concat()).collect()
}

#[test]
fn a_log_of_70000_entries_has_the_tiles_of_the_specification() {
    // tlog-tiles § Partial Tiles counts them.
    let tiles: Vec<TilePath> = all_tiles(70_000).collect();
    let of = |kind| tiles.iter().filter(move |tile| tile.kind() == kind);
    let full = |kind| of(kind).filter(|tile| tile.is_full()).count();
    let partial = |kind| of(kind).filter(|tile| !tile.is_full()).map(TilePath::width).collect();
    let counts: Vec<(usize, Vec<u16>)> =
        (0..8).map(TileKind::Level).map(|kind| (full(kind), partial(kind))).collect();
    assert_eq!(counts[..3], [(273, vec![112]), (1, vec![17]), (0, vec![1])]);
    assert!(counts[3..].iter().all(|level| *level == (0, vec![])));
    assert_eq!((full(TileKind::Entries), partial(TileKind::Entries)), (273, vec![112]));
}

#[test]
fn a_log_of_256_entries_has_a_full_tile_and_its_root_above() {
    let tiles: Vec<String> = all_tiles(256).map(|tile| tile.to_string()).collect();
    assert_eq!(tiles, ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]);
}

#[test]
fn an_empty_log_has_no_tiles() {
    assert_eq!(all_tiles(0).count(), 0);
    assert_eq!(Edge::needs(0), []);
}

#[test]
fn only_partial_tiles_that_grew_are_superseded() {
    let texts = |old, new| -> Vec<String> {
        superseded(old, new).iter().map(TilePath::to_string).collect()
    };
    assert_eq!(texts(0, 5), [""; 0]);
    assert_eq!(texts(5, 5), [""; 0]);
    assert_eq!(texts(5, 6), ["tile/entries/000.p/5", "tile/0/000.p/5"]);
    assert_eq!(texts(5, 256), ["tile/entries/000.p/5", "tile/0/000.p/5"]);
    // The tile of level 1 still holds one hash.
    assert_eq!(texts(257, 300), ["tile/entries/001.p/1", "tile/0/001.p/1"]);
    assert_eq!(texts(256, 512), ["tile/1/000.p/1"]);
}

#[test]
fn a_bundle_that_ends_early_names_the_entry() {
    let bytes = bundle(&[b"one".to_vec(), b"two".to_vec()]);
    assert_eq!(read_bundle(&bytes[..9], 2), Err(BundleError::Cut { place: 1 }));
    assert_eq!(read_bundle(&bytes[..6], 2), Err(BundleError::Cut { place: 1 }));
    assert_eq!(read_bundle(&bytes[..4], 2), Err(BundleError::Cut { place: 0 }));
    assert_eq!(read_bundle(&bytes, 3), Err(BundleError::Cut { place: 2 }));
    assert_eq!(read_bundle(&[], 1), Err(BundleError::Cut { place: 0 }));
}

#[test]
fn a_bundle_with_something_behind_it_is_refused() {
    let bytes = bundle(&[b"one".to_vec(), b"two".to_vec()]);
    assert_eq!(read_bundle(&bytes, 1), Err(BundleError::Left { bytes: 5 }));
}
