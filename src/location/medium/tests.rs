//! What the files of a medium keep to.

use super::*;
use crate::digest::Digest;
use crate::key::SecretKey;
use crate::register::{ArchiveId, DocumentId, MediumNumber, RecordKind, RecordNumber};
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn text() -> MediumText {
    let mut rng = ChaCha20Rng::seed_from_u64(7);
    MediumText {
        archive: ArchiveId::random(&mut rng),
        medium: MediumNumber::FIRST,
        made: "2025-10-27T07:00:00Z".parse().unwrap(),
        closing: DocumentId::random(&mut rng),
        kind: RecordKind::Journal,
        retention: "journals".to_owned(),
        records: [1, 2, 17].map(|n| RecordNumber::new(n).unwrap()).to_vec(),
        register_size: 57,
        register_root: Digest::of(b"root"),
        manifest: Digest::of(b"manifest"),
    }
}

fn written(to: &Path) -> Result<(), WriteError> {
    let mut writing = Writing::begin(to)?;
    writing.put("records/2025-26/000001/package.zip", &b"package"[..])?;
    writing.put("register/checkpoint", &b"note"[..])?;
    let text = text();
    let signature = SecretKey::from_seed(&[1; 32]).sign(text.to_text().as_bytes());
    writing.finish(&text, &signature)?.publish()
}

fn names(directory: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn the_text_of_a_medium_is_read_as_it_was_written_and_in_no_other_form() {
    let written = text().to_text();
    assert!(written.starts_with("letopis/medium/v1\narchive "), "{written}");
    assert!(written.contains("\nrecords 000001 000002 000017\n"), "{written}");
    assert_eq!(MediumText::read(written.as_bytes()), Ok(text()));
    let other = written.replace("letopis/medium/v1", "letopis/seal/v1");
    assert_eq!(MediumText::read(other.as_bytes()), Err(MediumTextError::Kind));
    let without = written.replace("kind journal\n", "");
    assert_eq!(MediumText::read(without.as_bytes()), Err(MediumTextError::Line("kind")));
    let more = format!("{written}more 1\n");
    assert_eq!(MediumText::read(more.as_bytes()), Err(MediumTextError::Form));
    let zeros = written.replace("register-size 57", "register-size 057");
    assert_eq!(MediumText::read(zeros.as_bytes()), Err(MediumTextError::Form));
}

proptest! {
    #[test]
    fn a_manifest_is_read_as_it_was_written(
        files in prop::collection::btree_map("[a-z0-9._-]{1,8}x(/[a-z0-9]{1,8}){0,3}", any::<[u8; 32]>(), 0..20),
    ) {
        let mut manifest = Manifest::default();
        for (path, digest) in &files {
            manifest.insert(path, Digest::from(*digest));
        }
        prop_assert_eq!(Manifest::read(manifest.to_text().as_bytes()), Some(manifest));
    }
}

#[test]
fn a_manifest_in_another_form_or_that_leads_out_of_the_medium_is_none() {
    let line = |path: &str| format!("{}  {path}\n", Digest::of(b"x"));
    assert!(Manifest::read(line("a/b").as_bytes()).is_some());
    let wrong = ["../seen", "/etc/passwd", "a//b", "a b"].map(line);
    let forms = [line("a").repeat(2), line("b") + &line("a"), line("a").replace("  ", " ")];
    for text in wrong.iter().chain(&forms) {
        assert_eq!(Manifest::read(text.as_bytes()), None, "{text}");
    }
}

#[test]
fn nothing_that_is_there_is_written_over() {
    let place = TempDir::new().unwrap();
    let (image, folder) = (place.path().join("disc.iso"), place.path().join("disk"));
    fs::write(&image, "a holiday's photographs").unwrap();
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("letter.txt"), "a letter").unwrap();
    assert!(matches!(written(&image), Err(WriteError::Exists(path)) if path == image));
    assert!(matches!(written(&folder), Err(WriteError::NotEmpty(path)) if path == folder));
    assert_eq!(names(place.path()), ["disc.iso", "disk"]);
    assert_eq!(fs::read(&image).unwrap(), "a holiday's photographs".as_bytes());
    assert_eq!(names(&folder), ["letter.txt"]);
}

#[test]
fn what_an_interrupted_run_left_is_named_and_not_touched() {
    let place = TempDir::new().unwrap();
    let (image, left) = (place.path().join("disc.iso"), place.path().join("disc.iso.unfinished"));
    fs::create_dir(&left).unwrap();
    assert!(matches!(written(&image), Err(WriteError::Leftover(path)) if path == left));
    assert_eq!(names(place.path()), ["disc.iso.unfinished"]);
}

#[test]
fn a_medium_that_is_given_up_leaves_nothing_behind() {
    let place = TempDir::new().unwrap();
    let (image, folder) = (place.path().join("disc.iso"), place.path().join("disk"));
    let empty = place.path().join("mounted");
    fs::create_dir_all(empty.join("lost+found")).unwrap();
    for to in [&image, &folder, &empty] {
        let mut writing = Writing::begin(to).unwrap();
        writing.put("records/2025-26/000001/package.zip", &b"package"[..]).unwrap();
        let finished = writing.finish(&text(), &SecretKey::from_seed(&[1; 32]).sign(b"")).unwrap();
        assert!(!folder.join(MEDIUM_FILE).exists() && !empty.join(MEDIUM_FILE).exists());
        assert!(!image.exists());
        drop(finished);
    }
    assert_eq!(names(place.path()), ["mounted"]);
    assert_eq!(names(&empty), ["lost+found"]);
}

#[test]
fn a_folder_and_an_image_hold_the_same_files() {
    let place = TempDir::new().unwrap();
    let (image, folder) = (place.path().join("disc.ISO"), place.path().join("disk"));
    let out = place.path().join("out");
    written(&image).unwrap();
    written(&folder).unwrap();
    assert_eq!(names(place.path()), ["disc.ISO", "disk"]);
    extract(&image, &out).unwrap();
    let (one, other) = (Found::look(&out).unwrap(), Found::look(&folder).unwrap());
    let manifest = Manifest::read(&one.small(MANIFEST_FILE).unwrap()).unwrap();
    assert_eq!(manifest.files().len(), 2);
    for found in [&one, &other] {
        assert_eq!(found.faults(&manifest), []);
        assert_eq!(found.small(MEDIUM_FILE).unwrap(), text().to_text().as_bytes());
    }
    assert_eq!(one.digest(SIGNATURE_FILE), other.digest(SIGNATURE_FILE));
}

#[test]
fn every_file_that_is_wrong_missing_over_or_a_link_is_named() {
    let place = TempDir::new().unwrap();
    let folder = place.path().join("disk");
    written(&folder).unwrap();
    let manifest = fs::read(folder.join(MANIFEST_FILE)).unwrap();
    let manifest = Manifest::read(&manifest).unwrap();
    fs::remove_file(folder.join("register/checkpoint")).unwrap();
    fs::write(folder.join("records/2025-26/000001/package.zip"), "packagE").unwrap();
    fs::write(folder.join("autorun.inf"), "").unwrap();
    std::os::unix::fs::symlink("/etc/passwd", folder.join("link")).unwrap();
    let faults = Found::look(&folder).unwrap().faults(&manifest);
    let faults: Vec<_> = faults.iter().map(|fault| (fault.code, fault.path.as_str())).collect();
    let expected = [
        ("medium-over", "autorun.inf"),
        ("medium-unreadable", "link"),
        ("medium-file", "records/2025-26/000001/package.zip"),
        ("medium-missing", "register/checkpoint"),
    ];
    assert_eq!(faults, expected);
}

#[test]
fn a_file_that_is_no_image_holds_nothing_and_one_cut_off_lacks_what_was_there() {
    let place = TempDir::new().unwrap();
    let (image, out) = (place.path().join("disc.iso"), place.path().join("out"));
    fs::write(&image, "no image").unwrap();
    fs::create_dir(&out).unwrap();
    extract(&image, &out).unwrap();
    assert_eq!(names(&out), Vec::<String>::new());
    fs::remove_file(&image).unwrap();
    written(&image).unwrap();
    extract(&image, &out).unwrap();
    let manifest = Manifest::read(&fs::read(out.join(MANIFEST_FILE)).unwrap()).unwrap();
    let bytes = fs::read(&image).unwrap();
    let at = bytes.windows(7).position(|window| window == b"package").unwrap();
    fs::write(&image, &bytes[..at]).unwrap();
    fs::remove_dir_all(&out).unwrap();
    let told = extract(&image, &out);
    let faults = Found::look(&out).map(|found| found.faults(&manifest)).unwrap_or_default();
    let lost = faults.iter().any(|fault| fault.path.ends_with("package.zip"));
    assert!(lost || matches!(told, Err(ImageError::Failed(_))), "{told:?} {faults:?}");
}
