//! What the check of a removable copy finds, and what the script on it finds.

use super::media::{check, copy, flip, found, medium, run, said, school};
use super::school::{Files, files_below};
use crate::archive::MediaError;
use crate::register::MediumNumber;
use std::fs;
use tempfile::TempDir;

#[tokio::test]
async fn one_damaged_byte_is_named_with_its_file_by_the_check_and_by_the_script() {
    let (_school, mut archive, closing) = school().await;
    let place = TempDir::new().unwrap();
    let disk = place.path().join("disk");
    copy(&mut archive, closing, &disk, 5).await;
    let good = check(&mut archive, &disk, None, 6).await.unwrap();
    assert_eq!((good.medium, found(&good)), (MediumNumber::FIRST, vec![]));
    let files: Files = files_below(&disk);
    let mut scripts = std::collections::BTreeSet::new();
    for (name, bytes) in &files {
        let path = disk.join(name);
        flip(&path, bytes.len() / 2);
        let checked = check(&mut archive, &disk, None, 7).await.unwrap();
        assert_eq!(checked.medium, MediumNumber::FIRST, "{name}");
        // A text and its signature can be told apart by nobody who sees that they do not fit.
        let named = |finding: &crate::archive::verify::Finding| {
            finding.path == *name || finding.text.contains(name.as_str())
        };
        assert!(checked.findings.iter().any(named), "{name}: {:?}", checked.findings);
        assert!(checked.findings.iter().all(named), "{name}: {:?}", checked.findings);
        // One of each kind is enough for the script, which takes a second each time.
        let kind = name.rsplit('/').next().unwrap();
        if name != "verify.py" && scripts.insert(kind.split('-').next().unwrap().to_owned()) {
            let script = run("python3", &["verify.py", "."], &disk);
            assert_eq!(script.status.code(), Some(1), "{name}: {}", said(&script));
            let named = if name == "medium.sig" { "medium.txt" } else { name };
            assert!(said(&script).contains(named), "{name}: {}", said(&script));
        }
        fs::write(&path, bytes).unwrap();
    }
    assert!(scripts.len() > 10, "{scripts:?}");
}

#[tokio::test]
async fn one_damaged_byte_of_an_image_is_named_with_its_file() {
    let (_school, mut archive, closing) = school().await;
    let place = TempDir::new().unwrap();
    let (image, disk) = (place.path().join("disc.iso"), place.path().join("disk"));
    copy(&mut archive, closing, &image, 5).await;
    assert_eq!(found(&check(&mut archive, &image, None, 6).await.unwrap()), []);
    crate::location::medium::extract(&image, &disk).unwrap();
    let files = files_below(&disk);
    let (name, package) = files.iter().find(|(path, _)| path.ends_with("package.zip")).unwrap();
    let bytes = fs::read(&image).unwrap();
    let at = bytes.windows(package.len()).position(|window| window == package).unwrap();
    flip(&image, at + package.len() / 2);
    let checked = check(&mut archive, &image, None, 7).await.unwrap();
    assert_eq!(found(&checked), [("medium-file", name.as_str())]);
    assert!(!archive.home().file("checking").exists(), "what was extracted is removed");
}

#[tokio::test]
async fn a_medium_that_lost_files_or_got_others_is_told_so() {
    let (_school, mut archive, closing) = school().await;
    let place = TempDir::new().unwrap();
    let disk = place.path().join("disk");
    copy(&mut archive, closing, &disk, 5).await;
    fs::remove_dir_all(disk.join("records")).unwrap();
    fs::write(disk.join("autorun.inf"), "").unwrap();
    let checked = check(&mut archive, &disk, None, 6).await.unwrap();
    let codes: Vec<&str> = checked.findings.iter().map(|f| f.code).collect();
    assert_eq!(codes.iter().filter(|code| **code == "medium-missing").count(), 8);
    assert_eq!((codes[0], codes.len()), ("medium-over", 9));
    // Nothing but its label tells what a dead disc was.
    fs::remove_dir_all(&disk).unwrap();
    fs::create_dir(&disk).unwrap();
    let error = check(&mut archive, &disk, None, 7).await.unwrap_err();
    assert!(matches!(error, MediaError::Unknown(path) if path == disk));
    assert!(!check(&mut archive, &disk, Some(1), 7).await.unwrap().findings.is_empty());
    let error = check(&mut archive, &disk, Some(2), 7).await.unwrap_err();
    assert!(matches!(error, MediaError::NoMedium(other) if other == medium(2)));
    let view = archive.catalogue().medium(medium(1)).unwrap().unwrap();
    assert_eq!(view.checks.len(), 2, "what was no check is not registered");
}

#[tokio::test]
async fn a_medium_is_known_by_itself_whatever_its_label_says() {
    let (_school, mut archive, closing) = school().await;
    let place = TempDir::new().unwrap();
    let disk = place.path().join("disk");
    copy(&mut archive, closing, &disk, 5).await;
    let error = check(&mut archive, &disk, Some(2), 6).await.unwrap_err();
    let one = MediumNumber::FIRST;
    assert!(
        matches!(error, MediaError::OtherMedium { asked, found } if asked == medium(2) && found == one)
    );
    let text = fs::read_to_string(disk.join("medium.txt")).unwrap();
    fs::write(disk.join("medium.txt"), text.replace("medium 1\n", "medium 7\n")).unwrap();
    let checked = check(&mut archive, &disk, None, 7).await.unwrap();
    assert_eq!((checked.medium, found(&checked)), (one, vec![("medium-signature", "medium.txt")]));
    let text = text.replacen("archive ", "archive 0", 1);
    let (end, rest) = text.split_once("\nmedium ").unwrap();
    fs::write(disk.join("medium.txt"), format!("{}\nmedium {rest}", &end[..end.len() - 1]))
        .unwrap();
    fs::remove_file(disk.join("manifest-sha256.txt")).unwrap();
    let error = check(&mut archive, &disk, None, 8).await.unwrap_err();
    assert!(matches!(error, MediaError::OtherArchive(path) if path == disk));
}
