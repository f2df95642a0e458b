//! What opening does with what it finds.

use super::failing_store::{Fault, Faults};
use super::school::{
    School, What, directory, files_below, founding, import, minute, put_back, rng, snapshot, store,
    work,
};
use super::whole::{assert_verifies, assert_whole};
use crate::archive::init::init_in;
use crate::archive::{CommitError, Home, HomeError, InitError, OpenError, SnapshotError, init};
use crate::location::folder::{Folder, FolderError};
use crate::location::{LOCATION_FILE, LocationName, Unreachable};
use crate::register::LocationId;
use std::fs;

/// The numbers of the records that a snapshot of everything imported makes.
async fn numbers(school: &School, at: i64) -> Vec<u32> {
    let mut numbers = Vec::new();
    let mut archive = school.open(at).await;
    let told = |what, _| {
        if let What::Sealed(number, _) = what {
            numbers.push(number.get());
        }
    };
    snapshot(&mut archive, at, told).await.unwrap();
    numbers
}

#[tokio::test]
async fn what_an_interrupted_snapshot_left_is_put_aside_and_its_numbers_are_skipped() {
    let school = School::new();
    // The two packages and seals are written, then the first tile is not.
    let faults = Faults::at(4, Fault::Gone);
    let mut archive = school.open_with(school.failing(&faults, &Faults::none()), 1).await.unwrap();
    let failed = snapshot(&mut archive, 2, |what, _| panic!("told: {what:?}")).await;
    assert!(matches!(failed, Err(SnapshotError::Commit(CommitError::Primary(_)))), "{failed:?}");
    let again = snapshot(&mut archive, 2, |_, _| {}).await;
    assert!(again.is_err(), "a broken archive goes on only when it is opened again");
    drop(archive);
    let archive = school.open(3).await;
    let aside = archive.put_aside().to_vec();
    assert!(!aside.is_empty());
    for place in aside {
        assert!(place.starts_with(school.home().file("unfinished")), "{}", place.display());
        assert!(place.exists());
    }
    assert!(archive.catalogue().records().unwrap().is_empty());
    assert_whole(&school, &archive, "after putting aside").await;
    drop(archive);
    let numbers = numbers(&school, 4).await;
    assert_eq!(numbers.len(), 2);
    assert!(numbers[0] > 1, "{numbers:?}");
}

#[tokio::test]
async fn tiles_that_were_never_acknowledged_do_not_look_like_damage_later() {
    let school = School::new();
    // An entry bundle for a longer register than any that will be acknowledged soon.
    let tile = "register/tile/entries/000.p/6";
    for location in [school.primary(), school.second()] {
        fs::write(location.join(tile), "left by an interrupted run").unwrap();
    }
    let mut archive = school.open(1).await;
    assert_eq!(archive.put_aside().len(), 2);
    work(&mut archive, 2, |_| {}).await.unwrap();
    assert!(archive.register_size() > 6);
    assert_whole(&school, &archive, "with old tiles").await;
    assert_verifies(&school, "with old tiles").await;
}

#[tokio::test]
async fn a_second_that_was_away_is_caught_up_by_itself() {
    let school = School::new();
    let (second, away) = (school.second(), school.path().join("away"));
    fs::rename(&second, &away).unwrap();
    let mut archive = school.open(1).await;
    assert!(archive.missing_second().is_some());
    work(&mut archive, 2, |told| assert!(told.missing.is_some(), "{told:?}")).await.unwrap();
    let size = archive.register_size();
    drop(archive);
    fs::rename(&away, &second).unwrap();
    let archive = school.open(3).await;
    assert_eq!(archive.caught_up(), size - 4);
    assert_whole(&school, &archive, "caught up").await;
}

#[tokio::test]
async fn damage_in_the_primary_does_not_spread_to_a_second_that_is_caught_up() {
    let school = School::new();
    let (second, away) = (school.second(), school.path().join("away"));
    fs::rename(&second, &away).unwrap();
    work(&mut school.open(1).await, 2, |_| {}).await.unwrap();
    fs::rename(&away, &second).unwrap();
    let mut packages = files_below(&school.primary()).into_keys().filter(|p| p.ends_with(".zip"));
    let package = packages.next_back().unwrap();
    fs::write(school.primary().join(&package), "other bytes").unwrap();
    let archive = school.open(3).await;
    let why = archive.missing_second().unwrap();
    assert!(why.contains(&package), "{why}");
    assert!(!second.join(&package).exists());
}

#[tokio::test]
async fn an_empty_mount_point_and_a_foreign_location_are_never_written() {
    let name = LocationName::new(School::new().home().archive(), LocationId::random(&mut rng(5)));
    let mut another = files_below(&School::new().second());
    another.insert(LOCATION_FILE.to_owned(), name.to_text());
    for found in [Default::default(), another] {
        let school = School::new();
        put_back(&school.second(), &found);
        let mut archive = school.open(1).await;
        assert!(archive.missing_second().is_some());
        work(&mut archive, 2, |_| {}).await.unwrap();
        drop(archive);
        assert_eq!(files_below(&school.second()), found);
        put_back(&school.primary(), &found);
        let refused = school.open_with(school.stores(), 3).await.map(|_| ());
        assert!(matches!(refused, Err(OpenError::Primary(_))), "{refused:?}");
        assert_eq!(files_below(&school.primary()), found);
    }
}

#[tokio::test]
async fn a_register_rolled_back_in_both_locations_is_refused() {
    let school = School::new();
    let (primary, second) = (files_below(&school.primary()), files_below(&school.second()));
    work(&mut school.open(1).await, 2, |_| {}).await.unwrap();
    put_back(&school.primary(), &primary);
    put_back(&school.second(), &second);
    match school.open_with(school.stores(), 3).await.map(|_| ()) {
        Err(OpenError::Older { found: 4, known, source_of: "seen" }) => assert!(known > 4),
        other => panic!("{other:?}"),
    }
    assert_eq!(files_below(&school.primary()), primary, "nothing is put aside from an older copy");
}

#[tokio::test]
async fn a_primary_older_than_the_second_is_refused_even_when_seen_is_lost() {
    let school = School::new();
    let primary = files_below(&school.primary());
    work(&mut school.open(1).await, 2, |_| {}).await.unwrap();
    put_back(&school.primary(), &primary);
    fs::remove_file(school.home().file("seen")).unwrap();
    match school.open_with(school.stores(), 3).await.map(|_| ()) {
        Err(OpenError::Older { found: 4, source_of: "second location", .. }) => {}
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_fork_between_the_locations_is_shown_by_both_signed_checkpoints() {
    let school = School::new();
    let state = files_below(school.path());
    work(&mut school.open(1).await, 2, |_| {}).await.unwrap();
    let forked = files_below(&school.second());
    put_back(school.path(), &state);
    work(&mut school.open(1).await, 3, |_| {}).await.unwrap();
    let note = |files: &super::school::Files| {
        String::from_utf8(files["register/checkpoint"].clone()).unwrap()
    };
    let ours = note(&files_below(&school.primary()));
    put_back(&school.second(), &forked);
    match school.open_with(school.stores(), 4).await.map(|_| ()) {
        Err(OpenError::Fork { primary, source_of: "second location", other }) => {
            assert_eq!((primary, other), (ours, note(&forked)));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(files_below(&school.second()), forked, "evidence is left alone");
}

#[tokio::test]
async fn a_clock_that_goes_back_is_refused_and_one_that_jumps_is_asked_about() {
    let school = School::new();
    let mut archive = school.open(1).await;
    let before = snapshot(&mut archive, -1, |_, _| {}).await;
    assert!(
        matches!(before, Err(SnapshotError::Commit(CommitError::ClockBehind { .. }))),
        "{before:?}"
    );
    let day = 24 * 60;
    let jump = snapshot(&mut archive, 30 * day + 1, |_, _| {}).await;
    assert!(
        matches!(jump, Err(SnapshotError::Commit(CommitError::ClockAhead { days: 30, .. }))),
        "{jump:?}"
    );
    assert_eq!(archive.register_size(), 4, "nothing was written");
    drop(archive);
    let opening =
        super::super::Opening { who: "test", now: minute(30 * day), clock_is_right: true };
    let archive = super::super::Archive::open(school.home(), school.stores(), opening).await;
    let mut archive = archive.unwrap();
    snapshot(&mut archive, 30 * day + 1, |_, _| {}).await.unwrap();
    drop(archive);
    import(&school.home(), 8);
    let mut archive = school.open(60 * day).await;
    snapshot(&mut archive, 60 * day + 1, |_, _| {}).await.unwrap();
}

#[tokio::test]
async fn whoever_comes_second_is_told_who_has_the_lock() {
    let school = School::new();
    let archive = school.open(1).await;
    match school.open_with(school.stores(), 2).await.map(|_| ()) {
        Err(OpenError::Home(HomeError::Busy(holder))) => {
            let process = std::process::id();
            assert_eq!(holder, format!("test, process {process}, since 2025-10-27T07:01:00Z"));
        }
        other => panic!("{other:?}"),
    }
    drop(archive);
    school.open(3).await;
}

#[tokio::test]
async fn a_second_that_fails_while_the_archive_opens_does_not_stop_it() {
    let school = School::new();
    fs::create_dir_all(school.second().join("records/2025-26/000001-x")).unwrap();
    fs::write(school.second().join("records/2025-26/000001-x/seal.txt"), "").unwrap();
    // Reading location.json and the checkpoint works; the disk goes at the first write after that.
    fs::remove_file(school.second().join("README.txt")).unwrap();
    let faults = Faults::at(0, Fault::Gone);
    let stores = school.failing(&Faults::none(), &faults);
    let archive = school.open_with(stores, 1).await.unwrap();
    assert!(archive.missing_second().is_some());
}

/// Founds an archive with one fault, and again where that failed. Says whether there were so many writes.
async fn found_with(in_primary: bool, nth: usize, fault: Fault) -> bool {
    let when = format!("in primary: {in_primary}, write {nth}, {fault:?}");
    let directory = directory();
    let founding = founding(directory.path());
    let (failing, healthy) = (Faults::at(nth, fault), Faults::none());
    let store_of = |folder: Folder| {
        let is_primary = folder.path().ends_with("primary");
        store(folder, if is_primary == in_primary { &failing } else { &healthy })
    };
    let failed = init_in(&founding, store_of, minute(0), &mut rng(1)).await.is_err();
    assert_eq!(Home::find(&founding.home).is_err(), failed, "{when}");
    if failed {
        for location in [&founding.home.join("primary"), &founding.second] {
            if !files_below(location).is_empty() {
                let again = init(&founding, minute(1), &mut rng(2)).await.map(|_| ());
                let not_empty = matches!(again, Err(InitError::Folder(FolderError::NotEmpty(_))));
                assert!(not_empty, "{when}: {again:?}");
            }
            fs::remove_dir_all(location).unwrap();
        }
        init(&founding, minute(1), &mut rng(2)).await.unwrap();
    }
    let school = School::of(directory);
    let archive = school.open(2).await;
    assert_whole(&school, &archive, &when).await;
    failing.has_failed()
}

#[tokio::test]
async fn whatever_write_fails_while_an_archive_is_made_there_is_none_or_a_whole_one() {
    for fault in Fault::ALL {
        for in_primary in [true, false] {
            let mut nth = 0;
            while found_with(in_primary, nth, fault).await {
                nth += 1;
            }
            assert!(nth > 8, "more writes than {nth} are made");
        }
    }
}

#[tokio::test]
async fn an_absent_primary_leaves_the_archive_readable() {
    let school = School::new();
    work(&mut school.open(1).await, 2, |_| {}).await.unwrap();
    fs::rename(school.primary(), school.path().join("away")).unwrap();
    match school.open_with(school.stores(), 3).await.map(|_| ()) {
        Err(OpenError::Primary(Unreachable::Away(_))) => {}
        other => panic!("{other:?}"),
    }
    let reading = super::super::Reading::open(school.home(), school.stores()).await.unwrap();
    assert_eq!(reading.catalogue().records().unwrap().len(), 2);
}
