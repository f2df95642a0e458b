//! A new second location.

use super::failing_store::{Fault, Faults};
use super::school::{School, files_below, minute, rng, store, work};
use super::whole::{assert_verifies, assert_whole};
use crate::archive::{Archive, Committed, SecondError};
use crate::location::folder::FolderError;
use std::fs;
use std::path::{Path, PathBuf};

async fn worked() -> School {
    let school = School::new();
    work(&mut school.open(1).await, 2, |_| {}).await.unwrap();
    school
}

async fn add(archive: &mut Archive, folder: &Path) -> Result<Committed, SecondError> {
    archive.add_second(folder, minute(20), &mut rng(20)).await
}

#[tokio::test]
async fn an_empty_folder_becomes_a_second_location_with_everything() {
    let school = worked().await;
    let former = files_below(&school.second());
    fs::remove_dir_all(school.second()).unwrap();
    let mut archive = school.open(3).await;
    let folder = school.path().join("third/copy");
    assert_eq!(add(&mut archive, &folder).await.unwrap().missing, None);
    assert_eq!(school.second(), folder);
    assert_whole(&school, &archive, "after adding").await;
    let locations = archive.catalogue().locations().unwrap().unwrap();
    assert_eq!(Some(locations.second.unwrap()), archive.second.location().map(|l| l.id()));
    drop(archive);
    assert_verifies(&school, "after adding").await;
    assert_ne!(files_below(&folder)["location.json"], former["location.json"]);
    assert_eq!(school.open(21).await.missing_second(), None);
}

#[tokio::test]
async fn a_new_disk_may_take_the_place_of_the_lost_one() {
    let school = worked().await;
    let place = school.second();
    fs::remove_dir_all(&place).unwrap();
    let mut archive = school.open(3).await;
    add(&mut archive, &place).await.unwrap();
    assert_eq!(school.second(), place);
    assert_whole(&school, &archive, "after adding").await;
}

#[tokio::test]
async fn a_place_that_is_not_apart_or_not_empty_is_refused() {
    let school = worked().await;
    let mut archive = school.open(3).await;
    let inside = [school.primary(), school.primary().join("x"), school.path().join("home/x")];
    let around = [school.path().to_owned(), school.second().join("x")];
    for folder in inside.into_iter().chain(around) {
        let refused = add(&mut archive, &folder).await;
        assert!(
            matches!(refused, Err(SecondError::Folder(FolderError::SamePlace(..)))),
            "{}: {refused:?}",
            folder.display()
        );
    }
    let full = school.path().join("full");
    fs::create_dir(&full).unwrap();
    fs::write(full.join("file"), "").unwrap();
    let refused = add(&mut archive, &full).await;
    assert!(matches!(refused, Err(SecondError::Folder(FolderError::NotEmpty(_)))), "{refused:?}");
    let refused = add(&mut archive, &school.second()).await;
    assert!(matches!(refused, Err(SecondError::Known(..))), "{refused:?}");
    assert_whole(&school, &archive, "after refusals").await;
}

/// With a fault in the new folder, or in the primary: the old state or the new one, and never less.
async fn one_fault(in_primary: bool, nth: usize, fault: Fault) -> bool {
    let when = format!("in primary: {in_primary}, write {nth}, {fault:?}");
    let school = worked().await;
    let (failing, healthy) = (Faults::at(nth, fault), Faults::none());
    let (primary, new) = if in_primary { (&failing, &healthy) } else { (&healthy, &failing) };
    let mut archive = school.open_with(school.failing(primary, &Faults::none()), 3).await.unwrap();
    let (old, folder): (PathBuf, PathBuf) = (school.second(), school.path().join("third"));
    let added =
        archive.add_second_in(&folder, |folder| store(folder, new), minute(20), &mut rng(20)).await;
    drop(archive);
    let is_new = school.second() == folder;
    if let Ok(committed) = &added {
        assert!(is_new, "{when}");
        // Write 1 tries to overwrite location.json, and is meant to fail.
        assert!(committed.missing.is_some() || !failing.failed_a_put() || nth == 1, "{when}");
    }
    let mut archive = school.open(21).await;
    assert_whole(&school, &archive, &when).await;
    let entered = archive.catalogue().locations().unwrap().unwrap().second;
    assert_eq!(entered, archive.second.location().map(|l| l.id()), "{when}");
    assert_eq!(school.second(), if is_new { folder.clone() } else { old }, "{when}");
    if !is_new && folder.join("location.json").exists() {
        let refused = archive.add_second(&folder, minute(22), &mut rng(22)).await;
        assert!(matches!(refused, Err(SecondError::Unfinished(_))), "{when}: {refused:?}");
    }
    if !is_new {
        fs::remove_dir_all(&folder).unwrap();
        archive.add_second(&folder, minute(23), &mut rng(23)).await.unwrap();
        assert_whole(&school, &archive, &when).await;
    }
    failing.has_failed()
}

#[tokio::test]
async fn whatever_write_fails_while_a_second_is_added_the_old_state_holds_or_the_new_one() {
    for fault in Fault::ALL {
        for in_primary in [true, false] {
            let mut nth = 0;
            while one_fault(in_primary, nth, fault).await {
                nth += 1;
            }
            assert!(nth >= 3, "more writes than {nth} are made");
        }
    }
}
