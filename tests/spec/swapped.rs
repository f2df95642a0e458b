//! Files that are right in themselves and stand in the wrong place: found with the right code in either
//! location, and put right from the other.

use crate::archive::{Bench, first_day};
use crate::damage::{codes, find, repaired, verified};
use letopis::archive::verify::{Level, Report};
use letopis::archive::{Opening, Settings};
use std::fs;
use std::path::{Path, PathBuf};

/// Exchanges the bytes of two files.
fn swap(one: &Path, other: &Path) {
    let (a, b) = (fs::read(one).unwrap(), fs::read(other).unwrap());
    assert_ne!(a, b, "nothing is swapped");
    fs::write(one, b).unwrap();
    fs::write(other, a).unwrap();
}

/// Code and path of every finding, notices left out.
fn found(report: &Report) -> Vec<(&'static str, String)> {
    let findings = report.findings.iter().filter(|f| f.level == Level::Finding);
    findings.map(|f| (f.code, f.path.clone())).collect()
}

/// Swaps two files of a location: each is a finding with this code, and both are restored.
async fn swapped(bench: &Bench, second: bool, [one, other]: [&Path; 2], code: &'static str) {
    let what = format!("{} and {}, second: {second}", one.display(), other.display());
    let before = [fs::read(one).unwrap(), fs::read(other).unwrap()];
    swap(one, other);
    let named = |path: &Path| {
        let below = path.strip_prefix(bench.location(second)).unwrap();
        (code, below.to_str().unwrap().to_owned())
    };
    let mut expected = vec![named(one), named(other)];
    expected.sort_by(|a, b| a.1.cmp(&b.1));
    assert_eq!(found(&verified(bench, false).await), expected, "{what}");
    let repairs = repaired(bench).await;
    assert!(repairs.left.is_empty(), "{what}: {:?}", repairs.left);
    assert_eq!([fs::read(one).unwrap(), fs::read(other).unwrap()], before, "{what}");
    assert!(verified(bench, false).await.is_clean(), "{what}");
}

/// The directories directly below a directory, in order.
fn directories(directory: PathBuf) -> Vec<PathBuf> {
    let mut inside: Vec<_> = fs::read_dir(directory).unwrap().map(|e| e.unwrap().path()).collect();
    inside.sort();
    inside
}

#[tokio::test(flavor = "multi_thread")]
async fn files_swapped_between_records_or_documents_are_found_and_repaired() {
    let bench = Bench::signed(2).await;
    for second in [false, true] {
        let location = bench.location(second);
        let records = directories(location.join("records/2025-26"));
        for (name, code) in [
            ("package.zip", "package-digest"),
            ("seal.txt", "seal-digest"),
            ("seal.sig", "signature-digest"),
            ("seal.sshsig", "signature-digest"),
        ] {
            let (one, other) = (records[0].join(name), records[1].join(name));
            swapped(&bench, second, [&one, &other], code).await;
        }
        let documents = directories(location.join("documents/2025"));
        let [one, other] = [0, 1].map(|n| documents[n].join("document.json"));
        swapped(&bench, second, [&one, &other], "document-digest").await;
        let keys = [location.join("allowed_signers"), location.join("keys/log.vkey")];
        swapped(&bench, second, [&keys[0], &keys[1]], "key-file").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_records_raw_signature_in_place_of_the_openssh_one_is_found() {
    let bench = Bench::signed(1).await;
    for second in [false, true] {
        let record = find(&bench.location(second), "seal.sig").parent().unwrap().to_owned();
        let files = [record.join("seal.sig"), record.join("seal.sshsig")];
        swapped(&bench, second, [&files[0], &files[1]], "signature-digest").await;
    }
}

/// The first tile or bundle of a location's register.
fn tile(bench: &Bench, second: bool, of: &str) -> PathBuf {
    find(&bench.location(second).join("register/tile").join(of), "")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tile_of_hashes_and_one_of_entries_swapped_are_found_and_repaired() {
    let bench = Bench::signed(1).await;
    for second in [false, true] {
        let (hashes, entries) = (tile(&bench, second, "0"), tile(&bench, second, "entries"));
        swap(&hashes, &entries);
        assert_eq!(codes(&verified(&bench, false).await), ["tile-content"], "second: {second}");
        assert!(repaired(&bench).await.left.is_empty());
        assert!(verified(&bench, false).await.is_clean());
    }
}

/// An archive whose register has more entries than a tile is wide.
async fn of_many_entries() -> Bench {
    let bench = Bench::empty().await;
    let mut archive = bench.open(first_day()).await;
    let settings = archive.settings().await.unwrap();
    while archive.register_size() <= 256 {
        let school_name = format!("Школа № {}", archive.register_size());
        let settings = Settings { school_name, ..settings.clone() };
        let mut rng = bench.rng.clone();
        rng.set_word_pos(u128::from(archive.register_size()) << 8);
        archive.change_settings(&settings, first_day(), &mut rng).await.unwrap();
    }
    bench
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tiles_of_one_level_swapped_are_found_and_repaired() {
    let bench = of_many_entries().await;
    for second in [false, true] {
        for of in ["0", "entries"] {
            let tiles = bench.location(second).join("register/tile").join(of);
            swap(&tiles.join("000"), &find(&tiles.join("001.p"), ""));
            assert_eq!(codes(&verified(&bench, false).await), ["tile-content"], "{of} {second}");
            let repairs = repaired(&bench).await;
            assert!(repairs.left.is_empty(), "{of} {second}: {:?}", repairs.left);
            assert!(verified(&bench, false).await.is_clean(), "{of} {second}");
        }
    }
}

fn checkpoint(bench: &Bench, second: bool) -> PathBuf {
    bench.location(second).join("register/checkpoint")
}

/// Puts a checkpoint in place of a location's own: the findings' codes; then repairs.
async fn with_checkpoint(bench: &Bench, second: bool, other: &[u8]) -> Vec<&'static str> {
    let path = checkpoint(bench, second);
    assert_ne!(fs::read(&path).unwrap(), other);
    fs::write(&path, other).unwrap();
    let found = codes(&verified(bench, false).await);
    let repairs = repaired(bench).await;
    assert!(repairs.left.is_empty(), "second: {second}: {:?}", repairs.left);
    assert!(verified(bench, true).await.is_clean(), "second: {second}");
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn another_archives_checkpoint_is_found_and_repaired() {
    let bench = Bench::signed(1).await;
    let other = fs::read(checkpoint(&Bench::founded(99).await, false)).unwrap();
    for second in [false, true] {
        assert_eq!(with_checkpoint(&bench, second, &other).await, ["checkpoint-form"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_checkpoint_of_the_same_archive_is_found_and_repaired() {
    let mut bench = Bench::empty().await;
    let older = fs::read(checkpoint(&bench, false)).unwrap();
    bench.seal(crate::archive::journals(1), first_day()).await;
    // The narrower tiles that it needs are gone.
    let found = with_checkpoint(&bench, false, &older).await;
    assert_eq!(found, ["register-older", "tile-missing"]);
    assert_eq!(with_checkpoint(&bench, true, &older).await, ["tile-missing"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_location_that_stayed_behind_is_no_finding_and_is_caught_up() {
    let mut bench = Bench::empty().await;
    let away = bench.second_path().with_file_name("away");
    fs::rename(bench.second_path(), &away).unwrap();
    bench.seal(crate::archive::journals(1), first_day()).await;
    fs::rename(&away, bench.second_path()).unwrap();
    let report = verified(&bench, false).await;
    assert_eq!(found(&report), []);
    let told: Vec<_> = report.findings.iter().map(|f| f.code).collect();
    assert!(told.contains(&"second-behind"), "{told:?}");
    assert!(repaired(&bench).await.left.is_empty());
    assert_eq!(
        fs::read(checkpoint(&bench, true)).unwrap(),
        fs::read(checkpoint(&bench, false)).unwrap()
    );
}

/// Two registers that begin alike and go on differently, both signed by the log key.
async fn fork() -> [Bench; 2] {
    let [mut one, mut other] = [Bench::empty().await, Bench::empty().await];
    one.seal(crate::archive::journals(1), first_day()).await;
    let mut another = crate::archive::journals(2);
    another.truncate(1);
    other.seal(another, first_day()).await;
    assert_eq!(one.home().archive(), other.home().archive(), "one archive");
    [one, other]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checkpoint_of_another_history_is_a_fork_with_both_notes_as_evidence() {
    let [bench, other] = fork().await;
    let [ours, theirs] =
        [&bench, &other].map(|b| fs::read_to_string(checkpoint(b, false)).unwrap());
    for second in [false, true] {
        fs::write(checkpoint(&bench, second), &theirs).unwrap();
        let report = verified(&bench, false).await;
        assert!(codes(&report).contains(&"register-root"), "{:?}", codes(&report));
        let fork = report.findings.iter().find(|f| f.code == "register-fork").unwrap();
        assert!(fork.text.contains(&ours) && fork.text.contains(&theirs), "{}", fork.text);
        fs::write(checkpoint(&bench, second), &ours).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_location_with_another_history_is_a_fork_and_is_neither_repaired_nor_written() {
    let [bench, other] = fork().await;
    let theirs = bench.second_path().with_file_name("theirs");
    fs::rename(bench.second_path(), &theirs).unwrap();
    fs::rename(other.second_path(), bench.second_path()).unwrap();
    assert!(codes(&verified(&bench, false).await).contains(&"register-fork"));
    let home = bench.home();
    let opening = Opening { who: "test repair", now: first_day(), clock_is_right: false };
    let refused = letopis::archive::repair(home, || bench.home().stores(), opening).await;
    assert!(matches!(refused, Err(letopis::archive::RepairError::Fork)), "{refused:?}");
}
