//! Every kind of damage, in every kind of file, in either location: found with the right code, and
//! repaired where the other copy is good.

use crate::archive::{Bench, first_day};
use letopis::archive::verify::{self, Level, Report, Request};
use letopis::archive::{Opening, repair};
use std::fs;
use std::path::{Path, PathBuf};

pub async fn verified(bench: &Bench, deep: bool) -> Report {
    let home = bench.home();
    let request = Request { only: None, deep };
    verify::run(&home, home.stores(), request, &|_, _| {}).await.unwrap()
}

pub fn codes(report: &Report) -> Vec<&'static str> {
    let findings = report.findings.iter().filter(|f| f.level == Level::Finding);
    let mut codes: Vec<_> = findings.map(|f| f.code).collect();
    codes.dedup();
    codes
}

pub async fn repaired(bench: &Bench) -> letopis::archive::Repairs {
    let home = bench.home();
    let stores = || bench.home().stores();
    let opening = Opening { who: "test repair", now: first_day(), clock_is_right: false };
    repair(home, stores, opening).await.unwrap()
}

/// The first file below a directory whose path ends like this.
pub fn find(root: &Path, ending: &str) -> PathBuf {
    let mut waiting = vec![root.to_owned()];
    let mut found = Vec::new();
    while let Some(directory) = waiting.pop() {
        for entry in fs::read_dir(directory).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_untouched_archive_verifies_deeply_without_a_finding() {
    let bench = Bench::signed(2).await;
    let report = verified(&bench, true).await;
    assert!(report.is_clean(), "{:#?}", report.findings);
    assert_eq!(report.records, 4, "two records in two locations");
    let notices: Vec<_> = report.findings.iter().map(|f| f.code).collect();
    assert_eq!(notices, ["key-by-order", "key-by-order"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seal_that_waits_for_its_signature_is_a_notice() {
    let mut bench = Bench::empty().await;
    bench.seal(crate::archive::journals(1), first_day()).await;
    let report = verified(&bench, false).await;
    assert!(report.is_clean());
    assert!(report.findings.iter().any(|f| f.code == "waits-for-signature"));
}

/// Ways to damage a file.
type Way = (&'static str, fn(&Path));

const WAYS: [Way; 4] = [
    ("one byte flipped", |path| {
        let mut bytes = fs::read(path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(path, bytes).unwrap();
    }),
    ("cut", |path| {
        let bytes = fs::read(path).unwrap();
        fs::write(path, &bytes[..bytes.len() - 1]).unwrap();
    }),
    ("appended to", |path| {
        let mut bytes = fs::read(path).unwrap();
        bytes.push(b'\n');
        fs::write(path, bytes).unwrap();
    }),
    ("deleted", |path| fs::remove_file(path).unwrap()),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_file_is_found_with_its_code_and_repaired_from_the_other_location() {
    let bench = Bench::signed(2).await;
    for (ending, altered, missing) in [
        ("package.zip", "package-digest", "package-missing"),
        ("seal.txt", "seal-digest", "seal-missing"),
        ("seal.sig", "signature-digest", "signature-missing"),
        ("seal.sshsig", "signature-digest", "signature-missing"),
        ("document.json", "document-digest", "document-missing"),
        (".pub.pem", "key-file", "file-missing"),
        ("allowed_signers", "key-file", "file-missing"),
        ("log.vkey", "key-file", "file-missing"),
    ] {
        for second in [false, true] {
            for (way, damage) in WAYS {
                let path = find(&bench.location(second), ending);
                let before = fs::read(&path).unwrap();
                damage(&path);
                let report = verified(&bench, false).await;
                let code = if way == "deleted" { missing } else { altered };
                assert_eq!(codes(&report), [code], "{ending} {way}, second: {second}");
                let repairs = repaired(&bench).await;
                assert!(repairs.left.is_empty(), "{ending} {way}: {:?}", repairs.left);
                assert_eq!(fs::read(&path).unwrap(), before, "{ending} {way}");
                assert!(verified(&bench, false).await.is_clean(), "{ending} {way}");
            }
        }
    }
}

/// What a damaged file of the register is called, or one of these.
fn register_codes(file: &str, way: &str) -> &'static [&'static str] {
    match (file, way) {
        ("checkpoint", "deleted") => &["checkpoint-missing"],
        ("checkpoint", "one byte flipped") => &["checkpoint-signature"],
        ("checkpoint", _) => &["checkpoint-form"],
        (_, "deleted") => &["tile-missing"],
        // It depends on what the byte is: a number, a digest, the length of an entry.
        ("tile/entries", "one byte flipped") => &["tile-content", "entry-form", "register-root"],
        _ => &["tile-content"],
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_register_is_found_with_its_code_and_repaired_from_the_other_location() {
    let bench = Bench::signed(1).await;
    for file in ["checkpoint", "tile/entries", "tile/0"] {
        for second in [false, true] {
            for (way, damage) in WAYS {
                let register = bench.location(second).join("register");
                let path = if register.join(file).is_dir() {
                    find(&register.join(file), "")
                } else {
                    register.join(file)
                };
                damage(&path);
                let found = codes(&verified(&bench, false).await);
                let known = register_codes(file, way);
                assert!(known.contains(&found[0]), "{file} {way}, second: {second}: {found:?}");
                let repairs = repaired(&bench).await;
                assert!(repairs.left.is_empty(), "{file} {way}: {:?}", repairs.left);
                assert!(verified(&bench, true).await.is_clean(), "{file} {way}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_nothing_explains_is_found_and_put_aside() {
    let bench = Bench::signed(1).await;
    let record = find(&bench.location(false), "seal.txt").parent().unwrap().to_owned();
    for (path, code) in [
        (record.join("seal.p7s"), "file-unexplained"),
        (bench.location(false).join("note.txt"), "file-unexplained"),
        (bench.location(true).join("keys/extra.pub.pem"), "file-unexplained"),
        (bench.location(true).join("register/old"), "file-unexplained"),
        (
            bench.location(true).join("records/2025-26/000009-x-q1-journal/seal.txt"),
            "record-unregistered",
        ),
        (
            bench
                .location(true)
                .join("documents/2025/00000000000000000000000000000000/document.json"),
            "document-unregistered",
        ),
    ] {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "?").unwrap();
        assert_eq!(codes(&verified(&bench, false).await), [code], "{}", path.display());
        assert!(repaired(&bench).await.left.is_empty());
        assert!(!path.exists(), "{}", path.display());
        assert!(verified(&bench, false).await.is_clean());
    }
    let unfinished = bench.home_path().join("unfinished");
    assert_eq!(fs::read(find(&unfinished, "note.txt")).unwrap(), b"?", "nothing is lost");
}

#[tokio::test(flavor = "multi_thread")]
async fn damage_in_both_locations_is_left_as_it_is_and_reported() {
    let bench = Bench::signed(1).await;
    for second in [false, true] {
        let path = find(&bench.location(second), "package.zip");
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[1..]).unwrap();
    }
    let repairs = repaired(&bench).await;
    let left: Vec<_> = repairs.left.iter().map(|f| f.code).collect();
    assert_eq!(left, ["package-digest", "package-digest"]);
}

/// The codes in the sources of verification, as they are passed to whoever reports them.
fn codes_in_sources() -> std::collections::BTreeSet<String> {
    let mut codes = std::collections::BTreeSet::new();
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in [
        "archive/verify/mod.rs",
        "archive/verify/location.rs",
        "archive/verify/records.rs",
        "archive/verify/register.rs",
        "record/check.rs",
        "archive/media/check.rs",
        "location/medium/look.rs",
    ] {
        let text = fs::read_to_string(src.join(file)).unwrap();
        let quoted = text.split('"').skip(1).step_by(2);
        let is_code = |t: &&str| {
            t.len() > 2 && t.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') && t.contains('-')
        };
        codes.extend(quoted.filter(is_code).map(str::to_owned));
    }
    codes
}

#[test]
fn every_code_of_a_finding_is_explained_and_no_other() {
    let table =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/findings.md")).unwrap();
    let explained: std::collections::BTreeSet<String> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next().map(str::to_owned))
        .filter(|code| code.contains('-'))
        .collect();
    assert_eq!(codes_in_sources(), explained);
}
