//! What removable copies keep to: with the real xorriso, 7z and the checking script.

use super::school::{School, files_below, minute, quarter, rng, work};
use super::whole::assert_verifies;
use crate::archive::documents;
use crate::archive::{
    Archive, CheckedMedium, CopyOrder, MadeMedium, MediaError, MediumCheckOrder, MediumOrder,
    Reading,
};
use crate::digest::Digest;
use crate::location::medium::{MediumText, WriteError};
use crate::register::{
    ClosingOpened, ClosingPeriod, DocumentId, Event, MediaHandedOver, MediumKind, MediumNumber,
    RecordKind, RecordNumber, Sealed, StaffId, TakenBack,
};
use crate::retention::DocumentKind;
use chrono::NaiveDate;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn number(n: u32) -> RecordNumber {
    RecordNumber::new(n).unwrap()
}

pub(super) fn medium(n: u32) -> MediumNumber {
    n.to_string().parse().unwrap()
}

pub(super) fn somebody(archive: &Archive) -> StaffId {
    archive.catalogue().keyring().keys()[0].staff
}

/// An act of any closing, registered by the event made of it.
pub(super) async fn enter(
    archive: &mut Archive,
    kind: DocumentKind,
    at: i64,
    event: impl FnOnce(crate::register::DocumentNamed) -> Event,
) -> DocumentId {
    let plan = archive.plan().await.unwrap();
    let mut random = rng(5000 + at as u64);
    let document = documents::write(kind, &json!({}), None, &plan, minute(at), &mut random);
    let id = document.named.document;
    let (objects, event) = document.by(event);
    archive.commit(&objects, vec![event], minute(at)).await.unwrap();
    id
}

pub(super) async fn open_closing(archive: &mut Archive, at: i64) -> DocumentId {
    let records = archive.catalogue().records().unwrap();
    let classes = records.iter().map(|record| record.class.clone()).collect();
    let by = somebody(archive);
    enter(archive, DocumentKind::Procedure, at, |named| {
        Event::ClosingOpened(ClosingOpened {
            by,
            periods: vec![ClosingPeriod { classes, period: quarter() }],
            procedure: "five-day".parse().unwrap(),
            recorder: by,
            named,
        })
    })
    .await
}

/// A school with two signed records, a paper copy of the first, and a closing. The same each time.
pub(super) async fn school() -> (School, Archive, DocumentId) {
    let school = School::new();
    let mut archive = school.open(1).await;
    work(&mut archive, 2, |_| {}).await.unwrap();
    let copy = CopyOrder::default();
    archive.print(number(1), &copy, minute(3), &mut rng(3)).await.unwrap();
    let closing = open_closing(&mut archive, 4).await;
    (school, archive, closing)
}

pub(super) fn order(archive: &Archive, closing: DocumentId, to: &Path) -> MediumOrder {
    MediumOrder {
        closing,
        records: vec![number(2), number(1)],
        kind: MediumKind::Optical,
        label: "2025-26, 1 четверть, диск 1".to_owned(),
        room: "12".to_owned(),
        safe: Some("сейф 3".to_owned()),
        keeper: None,
        next_check: day("2026-10-27"),
        by: somebody(archive),
        recorder: somebody(archive),
        to: to.to_owned(),
    }
}

pub(super) async fn copy(
    archive: &mut Archive,
    closing: DocumentId,
    to: &Path,
    at: i64,
) -> MadeMedium {
    let order = order(archive, closing, to);
    archive.copy_to_medium(&order, minute(at), &mut rng(at as u64)).await.unwrap()
}

pub(super) async fn check(
    archive: &mut Archive,
    path: &Path,
    named: Option<u32>,
    at: i64,
) -> Result<CheckedMedium, MediaError> {
    let order = MediumCheckOrder {
        path: path.to_owned(),
        medium: named.map(medium),
        recorder: somebody(archive),
        next_check: day("2030-10-27"),
    };
    let mut random = rng(9000 + archive.register_size());
    archive.check_medium(&order, minute(at), &mut random).await
}

pub(super) fn found(checked: &CheckedMedium) -> Vec<(&str, &str)> {
    checked.findings.iter().map(|finding| (finding.code, finding.path.as_str())).collect()
}

pub(super) fn run(program: &str, arguments: &[&str], within: &Path) -> Output {
    let run = Command::new(program).args(arguments).current_dir(within).output();
    run.unwrap_or_else(|e| panic!("{program}: {e}; apt-get install xorriso p7zip-full python3"))
}

pub(super) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

pub(super) fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at] ^= 1;
    fs::write(path, bytes).unwrap();
}

#[tokio::test]
async fn an_image_is_byte_identical_twice_and_a_folder_holds_the_same_files() {
    let (place, mut images) = (TempDir::new().unwrap(), Vec::new());
    for name in ["one.iso", "two.iso", "folder"] {
        let (_school, mut archive, closing) = school().await;
        let made = copy(&mut archive, closing, &place.path().join(name), 5).await;
        assert_eq!((made.medium, made.missing), (MediumNumber::FIRST, None));
        images.push(made.manifest);
    }
    assert_eq!(images[0], images[2]);
    let [one, two] = ["one.iso", "two.iso"].map(|name| fs::read(place.path().join(name)).unwrap());
    assert!(one == two, "the images differ");
    // With the two tools a person has at hand.
    let at = place.path();
    assert!(run("7z", &["x", "-osevenzip", "one.iso"], at).status.success());
    let arguments = ["-osirrox", "on", "-indev", "one.iso", "-extract", "/", "extracted"];
    assert!(run("xorriso", &arguments, at).status.success());
    let folder = files_below(&at.join("folder"));
    assert!(folder.contains_key("medium.txt"));
    assert!(folder == files_below(&at.join("sevenzip")), "7z extracts something else");
    assert!(folder == files_below(&at.join("extracted")), "osirrox extracts something else");
}

#[tokio::test]
async fn stock_tools_and_the_script_on_the_medium_find_it_good() {
    let (_school, mut archive, closing) = school().await;
    let place = TempDir::new().unwrap();
    let disk = place.path().join("disk");
    copy(&mut archive, closing, &disk, 5).await;
    let sums = run("sha256sum", &["--quiet", "-c", "manifest-sha256.txt"], &disk);
    assert!(sums.status.success(), "{}", said(&sums));
    let text = MediumText::read(&fs::read(disk.join("medium.txt")).unwrap()).unwrap();
    assert_eq!(text.manifest, Digest::of(&fs::read(disk.join("manifest-sha256.txt")).unwrap()));
    assert_eq!(
        (text.register_size, text.records),
        (archive.register_size() - 1, vec![number(1), number(2)])
    );
    let verify =
        "pkeyutl -verify -pubin -inkey keys/log.pub.pem -rawin -in medium.txt -sigfile medium.sig";
    let signature = run("openssl", &verify.split(' ').collect::<Vec<_>>(), &disk);
    assert!(signature.status.success(), "{}", said(&signature));
    let director = super::school::director().public().fingerprint().to_string();
    let script = run("python3", &["verify.py", ".", "--director", &director], &disk);
    assert!(script.status.success(), "{}", said(&script));
    assert!(said(&script).contains("0 findings"), "{}", said(&script));
    let record = fs::read_dir(disk.join("records/2025-26")).unwrap().next().unwrap().unwrap();
    let one = run("python3", &["../../../verify.py", "."], &record.path());
    assert!(one.status.success(), "{}", said(&one));
}

/// What may be on a medium; all else may not.
fn is_allowed(path: &str) -> bool {
    let folders = ["records/", "documents/", "register/", "keys/"];
    let files = [
        "README.txt",
        "allowed_signers",
        "manifest-sha256.txt",
        "medium.sig",
        "medium.txt",
        "verify.py",
    ];
    folders.iter().any(|folder| path.starts_with(folder)) || files.contains(&path)
}

#[tokio::test]
async fn no_secret_and_nothing_beside_the_archives_evidence_is_ever_on_a_medium() {
    let (school, mut archive, closing) = school().await;
    fs::write(school.home().file("accounts.json"), "passwords").unwrap();
    let place = TempDir::new().unwrap();
    copy(&mut archive, closing, &place.path().join("disk"), 5).await;
    let files = files_below(&place.path().join("disk"));
    let secret = fs::read(school.home().file("log.key")).unwrap();
    for (path, bytes) in &files {
        assert!(is_allowed(path), "{path}");
        let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
        assert!(!holds(&secret[..64]) && !holds(b"passwords"), "{path}");
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-/".contains(&b);
        assert!(path.bytes().all(plain), "ISO 9660 with Rock Ridge: {path}");
    }
    let keys: Vec<&String> = files.keys().filter(|path| path.starts_with("keys/")).collect();
    assert!(keys.iter().all(|path| path.ends_with(".pub.pem") || path.ends_with("log.vkey")));
}

#[tokio::test]
async fn documents_that_other_records_or_other_media_need_are_not_on_a_medium() {
    let (_school, mut archive, closing) = school().await;
    let place = TempDir::new().unwrap();
    let mut order = order(&archive, closing, &place.path().join("second"));
    order.records = vec![number(2)];
    archive.copy_to_medium(&order, minute(5), &mut rng(5)).await.unwrap();
    let files = files_below(&order.to);
    let views = archive.catalogue().documents().unwrap();
    let on = |event: &str| {
        let named = views.iter().filter(|view| view.event == event);
        named.filter(|view| files.contains_key(&format!("{}/document.json", view.path))).count()
    };
    for event in ["plan-adopted", "settings-changed", "staff-roster", "closing-opened"] {
        assert!(on(event) > 0, "{event}");
    }
    // The paper copy shows the marks of record 1.
    assert_eq!((on("printed"), on("copy-made")), (0, 0));
    assert!(files.keys().all(|path| !path.contains("/000001-")));
    copy(&mut archive, closing, &place.path().join("both"), 6).await;
    let files = files_below(&place.path().join("both"));
    assert!(files.keys().any(|path| path.ends_with("/document.pdf")), "its own paper copy");
}

#[tokio::test]
async fn records_of_two_kinds_classes_or_closings_never_share_a_medium() {
    let (_school, mut archive, closing) = school().await;
    let mut record = archive.catalogue().record(number(1)).unwrap().unwrap();
    record.path = "records/2025-26/000003-statement".parse().unwrap();
    let sealed = |kind, period, n, retention: &str, replaces| {
        Event::Sealed(Sealed {
            bytes: 1,
            class: record.class.clone(),
            kind,
            package: Digest::of(b"package"),
            path: record.path.clone(),
            period,
            record: number(n),
            replaces,
            retention: retention.to_owned(),
            seal: Digest::of(b"seal"),
        })
    };
    let other = "2025-26/q2".parse().unwrap();
    let events = vec![
        sealed(RecordKind::Statement, quarter(), 3, "statements", None),
        sealed(RecordKind::Journal, other, 4, "journals", None),
        sealed(RecordKind::Journal, quarter(), 5, "other", None),
    ];
    archive.commit(&[], events, minute(5)).await.unwrap();
    let place = TempDir::new().unwrap();
    let mut order = order(&archive, closing, &place.path().join("disk"));
    let mut refused = async |records: &[u32]| {
        order.records = records.iter().map(|n| number(*n)).collect();
        archive.copy_to_medium(&order, minute(6), &mut rng(6)).await.unwrap_err()
    };
    let error = refused(&[1, 3]).await;
    assert!(
        matches!(error, MediaError::TwoClasses { record, .. } if record == number(3)),
        "{error}"
    );
    let error = refused(&[5, 2]).await;
    assert!(
        matches!(error, MediaError::TwoClasses { record, .. } if record == number(5)),
        "{error}"
    );
    let error = refused(&[1, 4]).await;
    assert!(matches!(error, MediaError::OtherClosing(record) if record == number(4)), "{error}");
    assert!(matches!(refused(&[9]).await, MediaError::NoRecord(record) if record == number(9)));
    assert!(matches!(refused(&[]).await, MediaError::NoRecords));
    assert_eq!(archive.catalogue().last_medium().unwrap(), None);
    assert!(!place.path().join("disk").exists());
}

#[tokio::test]
async fn what_cannot_be_written_is_not_registered_and_leaves_nothing() {
    let (school, mut archive, closing) = school().await;
    let place = TempDir::new().unwrap();
    let size = archive.register_size();
    let good = order(&archive, closing, &place.path().join("disc.iso"));
    let mut refused = async |order: &MediumOrder| {
        archive.copy_to_medium(order, minute(5), &mut rng(5)).await.unwrap_err()
    };
    let inside = MediumOrder { to: school.primary().join("disc.iso"), ..good.clone() };
    assert!(matches!(refused(&inside).await, MediaError::Inside(path) if path == inside.to));
    let late = MediumOrder { next_check: day("2030-10-28"), ..good.clone() };
    assert!(
        matches!(refused(&late).await, MediaError::NextCheck { by, .. } if by == day("2030-10-27"))
    );
    let over = MediumOrder { next_check: day("2025-10-27"), ..good.clone() };
    assert!(matches!(refused(&over).await, MediaError::NextCheck { .. }));
    let unnamed = MediumOrder { label: " ".to_owned(), ..good.clone() };
    assert!(matches!(refused(&unnamed).await, MediaError::Text("label")));
    fs::write(&good.to, "another").unwrap();
    assert!(matches!(refused(&good).await, MediaError::Write(WriteError::Exists(_))));
    fs::remove_file(&good.to).unwrap();
    // Damage of the primary never spreads to a medium.
    let package =
        files_below(&school.primary()).keys().find(|p| p.ends_with("package.zip")).unwrap().clone();
    flip(&school.primary().join(&package), 100);
    assert!(matches!(refused(&good).await, MediaError::Damaged(path) if path == package));
    flip(&school.primary().join(&package), 100);
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
    assert_eq!(archive.register_size(), size);
    assert_eq!(copy(&mut archive, closing, &good.to, 6).await.medium, MediumNumber::FIRST);
    drop(archive);
    assert_verifies(&school, "after all that").await;
}

#[tokio::test]
async fn the_media_register_tells_where_each_medium_is_and_when_it_is_to_be_checked() {
    let (school, mut archive, closing) = school().await;
    let place = TempDir::new().unwrap();
    let to = |name: &str| -> PathBuf { place.path().join(name) };
    assert_eq!(copy(&mut archive, closing, &to("one"), 5).await.same_room, []);
    // The same records in the same room: done, and said.
    let near = MediumOrder {
        room: " 12".to_owned(),
        records: vec![number(1)],
        ..order(&archive, closing, &to("two"))
    };
    let near = archive.copy_to_medium(&near, minute(6), &mut rng(6)).await.unwrap();
    assert_eq!((near.medium, near.same_room), (medium(2), vec![medium(1)]));
    let apart = MediumOrder { room: "31".to_owned(), ..order(&archive, closing, &to("three")) };
    let apart = archive.copy_to_medium(&apart, minute(7), &mut rng(7)).await.unwrap();
    assert_eq!(apart.same_room, []);
    check(&mut archive, &to("two"), None, 8).await.unwrap();
    let by = somebody(&archive);
    let step: crate::register::StepId = "media-act".parse().unwrap();
    enter(&mut archive, DocumentKind::Act, 9, |named| {
        let media = vec![medium(1), medium(3)];
        Event::MediaHandedOver(MediaHandedOver {
            by,
            closing,
            media,
            recorder: by,
            step,
            to: by,
            named,
        })
    })
    .await;
    let wrong = archive.catalogue().medium(medium(3)).unwrap().unwrap().seq;
    enter(&mut archive, DocumentKind::Reason, 10, |named| {
        Event::TakenBack(TakenBack { closing, entry: wrong, recorder: by, named })
    })
    .await;
    let reading = Reading::open(school.home(), school.stores()).await.unwrap();
    assert_eq!(reading.catalogue().media().unwrap(), archive.catalogue().media().unwrap());
    let media = reading.media().await.unwrap();
    let keepers: Vec<_> = media.iter().map(|m| m.keeper()).collect();
    assert_eq!(keepers, [Some(by), None, Some(by)]);
    let due = |on: &str| -> Vec<u32> {
        media.iter().filter(|m| m.is_due(day(on))).map(|m| m.view.medium.get()).collect()
    };
    assert_eq!(due("2026-10-26"), [0; 0]);
    assert_eq!(due("2026-10-27"), [1], "the second was checked, the third taken back");
    assert_eq!(due("2030-10-27"), [1, 2]);
    // Taking back the hand-over leaves the medium.
    let given = media[0].view.handed_over[0].seq;
    enter(&mut archive, DocumentKind::Reason, 11, |named| {
        Event::TakenBack(TakenBack { closing, entry: given, recorder: by, named })
    })
    .await;
    let first = archive.catalogue().medium(medium(1)).unwrap().unwrap();
    assert_eq!((first.handed_over.len(), first.taken_back), (0, None));
}
