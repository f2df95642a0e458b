//! The primary location is lost.

use super::failing_store::{Fault, Faults};
use super::school::{
    School, add_key, deputy, director, files_below, import, minute, put_back, rng, sign, snapshot,
    work,
};
use super::whole::{assert_verifies, assert_whole};
use crate::archive::{
    Archive, CommitError, Home, HomeError, OpenError, Opening, PromoteError, Promoted, Promotion,
    Reading, RegisterFault, promote, promote_copy,
};
use crate::key::{KeyRole, SecretKey};
use crate::register::{Endorsement, Entry, Event, LogKeyChanged, LogKeyEndorsement, RecordNumber};
use crate::staff::NotValidReason;
use std::fs;

/// A school after its first day, with the primary location lost.
async fn bereft() -> School {
    let school = School::new();
    let mut archive = school.open(1).await;
    work(&mut archive, 2, |_| {}).await.unwrap();
    drop(archive);
    lose_primary(&school);
    school
}

fn lose_primary(school: &School) {
    fs::rename(school.primary(), school.path().join("lost")).unwrap();
}

async fn try_promote(school: &School, promotion: Promotion<'_>) -> Result<Promoted, PromoteError> {
    promote(school.home(), school.stores(), promotion, minute(10), &mut rng(10)).await
}

const PLAIN: Promotion<'static> = Promotion { losing: None, director: None, clock_is_right: false };

/// The last entries of the register in a school's primary location.
async fn last_events(school: &School, n: usize) -> Vec<Event> {
    let primary = school.home().open_primary(school.stores().primary).await.unwrap();
    let reading = Reading::open(school.home(), school.stores()).await.unwrap();
    let size = reading.checkpoint().checkpoint().size;
    let mut events = Vec::new();
    let from = size - n as u64;
    crate::archive::log::each_entry(&primary, (from, size), |seq, text| {
        events.push(Entry::read(text, seq).unwrap().event);
        Ok::<_, OpenError>(())
    })
    .await
    .unwrap();
    events
}

#[tokio::test]
async fn the_second_location_becomes_the_primary_and_work_goes_on() {
    let school = bereft().await;
    let (old, second) = (school.primary(), school.second());
    let promoted = try_promote(&school, PLAIN).await.unwrap();
    assert_eq!((promoted.lost, promoted.new_log_key), (0, None));
    assert_eq!(school.primary(), second);
    assert!(school.home().second().is_none());
    assert!(!old.exists(), "the place of the lost location is left alone");
    let [Event::Restored(restored)] = &last_events(&school, 1).await[..] else { panic!() };
    assert_eq!(restored.location, promoted.location);
    assert_eq!((restored.size, restored.known_size), (promoted.found, None));
    import(&school.home(), 8);
    let mut archive = school.open(11).await;
    assert!(archive.missing_second().is_some());
    snapshot(&mut archive, 12, |_, missing| assert!(missing.is_some())).await.unwrap();
    assert_eq!(archive.catalogue().last_record().unwrap(), RecordNumber::new(4).ok());
}

#[tokio::test]
async fn a_whole_primary_is_not_replaced() {
    let school = School::new();
    let before = (files_below(&school.primary()), files_below(&school.second()));
    let refused = try_promote(&school, PLAIN).await;
    assert!(matches!(refused, Err(PromoteError::Healthy)), "{refused:?}");
    assert_eq!((files_below(&school.primary()), files_below(&school.second())), before);
}

#[tokio::test]
async fn an_older_copy_a_foreign_one_an_empty_place_and_an_unreadable_register_count_as_lost() {
    let school = School::new();
    let old = files_below(&school.primary());
    work(&mut school.open(1).await, 2, |_| {}).await.unwrap();
    let state = files_below(school.path());
    let mut foreign = old.clone();
    foreign.insert("location.json".to_owned(), b"{}".to_vec());
    let mut unreadable = files_below(&school.primary());
    unreadable.insert("register/checkpoint".to_owned(), b"garbage".to_vec());
    for (what, primary) in
        [("older", old), ("foreign", foreign), ("empty", Default::default()), ("bad", unreadable)]
    {
        put_back(school.path(), &state);
        put_back(&school.primary(), &primary);
        let opened = school.open_with(school.stores(), 3).await.map(|_| ());
        assert!(opened.is_err(), "{what}");
        let lost = school.path().join("home/primary");
        try_promote(&school, PLAIN).await.unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(files_below(&lost), primary, "{what}: what is given up is not touched");
        school.open(11).await;
    }
}

#[tokio::test]
async fn entries_are_given_up_only_when_their_exact_number_is_said() {
    let school = School::new();
    let away = files_below(&school.second());
    let mut archive = school.open(1).await;
    add_key(&mut archive, &director(), KeyRole::Director, 1).await.unwrap();
    let kept = archive.register_size();
    drop(archive);
    let early = files_below(&school.second());
    let mut archive = school.open(1).await;
    snapshot(&mut archive, 2, |_, _| {}).await.unwrap();
    let size = archive.register_size();
    drop(archive);
    assert!(!away.is_empty());
    lose_primary(&school);
    put_back(&school.second(), &early);
    let seen = school.home().seen().unwrap().unwrap();
    let lost = size - kept;
    for losing in [None, Some(lost - 1), Some(lost + 1)] {
        match try_promote(&school, Promotion { losing, ..PLAIN }).await {
            Err(PromoteError::Losing { found, lost: n, source_of: "seen" }) => {
                assert_eq!((found, n), (kept, lost));
            }
            other => panic!("{losing:?}: {other:?}"),
        }
    }
    let losing = Promotion { losing: Some(lost), ..PLAIN };
    assert_eq!(try_promote(&school, losing).await.unwrap().lost, lost);
    let [Event::Restored(restored)] = &last_events(&school, 1).await[..] else { panic!() };
    assert_eq!(restored.known_size, Some(size));
    assert_eq!(restored.known_root, Some(seen.checkpoint().root));
    let seen = school.home().seen().unwrap().unwrap();
    assert_eq!(seen.checkpoint().size, kept + 1);
    // Numbers 1 and 2 were printed, perhaps.
    import(&school.home(), 7);
    let mut archive = school.open(11).await;
    let mut numbers = Vec::new();
    let mut told = |what, _| {
        if let super::school::What::Sealed(number, _) = what {
            numbers.push(number.get());
        }
    };
    snapshot(&mut archive, 12, &mut told).await.unwrap();
    assert_eq!(numbers, [3, 4]);
}

#[tokio::test]
async fn nothing_is_given_up_where_nothing_is_lost() {
    let school = bereft().await;
    let refused = try_promote(&school, Promotion { losing: Some(3), ..PLAIN }).await;
    assert!(matches!(refused, Err(PromoteError::Losing { lost: 0, .. })), "{refused:?}");
}

#[tokio::test]
async fn a_second_with_another_history_than_was_seen_is_refused_with_both_notes() {
    let school = School::new();
    let state = files_below(school.path());
    work(&mut school.open(1).await, 2, |_| {}).await.unwrap();
    let other = files_below(&school.second());
    let other_note = String::from_utf8(other["register/checkpoint"].clone()).unwrap();
    put_back(school.path(), &state);
    work(&mut school.open(1).await, 3, |_| {}).await.unwrap();
    let note = school.home().seen().unwrap().unwrap().note().to_owned();
    lose_primary(&school);
    put_back(&school.second(), &other);
    match try_promote(&school, PLAIN).await {
        Err(PromoteError::Fork { found, source_of: "seen", other }) => {
            assert_eq!((found, other), (other_note, note));
        }
        refused => panic!("{refused:?}"),
    }
    assert_eq!(files_below(&school.second()), other);
}

#[tokio::test]
async fn without_the_log_key_a_director_endorses_a_new_one_in_the_same_commit() {
    let school = bereft().await;
    fs::remove_file(school.home().file("log.key")).unwrap();
    let refused = try_promote(&school, PLAIN).await;
    assert!(matches!(refused, Err(PromoteError::NoLogKey)), "{refused:?}");
    let stranger = SecretKey::from_seed(&[9; 32]);
    match try_promote(&school, Promotion { director: Some(&stranger), ..PLAIN }).await {
        Err(PromoteError::Key(error)) => assert_eq!(error.reason, NotValidReason::Unknown),
        refused => panic!("{refused:?}"),
    }
    let key = director();
    let promoted = try_promote(&school, Promotion { director: Some(&key), ..PLAIN }).await.unwrap();
    let [Event::LogKeyChanged(changed), Event::Restored(restored)] =
        &last_events(&school, 2).await[..]
    else {
        panic!()
    };
    assert_eq!(Some(changed.log_key), promoted.new_log_key);
    assert_eq!((changed.size, changed.root), (restored.size, restored.root));
    let reading = Reading::open(school.home(), school.stores()).await.unwrap();
    reading.checkpoint().verify(&changed.log_key).unwrap();
    school.open(11).await;
}

#[tokio::test]
async fn only_a_director_endorses_a_log_key() {
    let school = School::new();
    let mut archive = school.open(1).await;
    add_key(&mut archive, &director(), KeyRole::Director, 1).await.unwrap();
    add_key(&mut archive, &deputy(), KeyRole::Deputy, 1).await.unwrap();
    drop(archive);
    lose_primary(&school);
    fs::remove_file(school.home().file("log.key")).unwrap();
    let key = deputy();
    let refused = try_promote(&school, Promotion { director: Some(&key), ..PLAIN }).await;
    assert!(matches!(refused, Err(PromoteError::Role(KeyRole::Deputy))), "{refused:?}");
}

#[tokio::test]
async fn a_lost_machine_is_made_anew_from_one_copy() {
    let school = bereft().await;
    let copy = school.path().join("new/copy");
    fs::create_dir(school.path().join("new")).unwrap();
    fs::rename(school.second(), &copy).unwrap();
    fs::remove_dir_all(school.path().join("home")).unwrap();
    let home = school.path().join("home");
    let key = director();
    let promotion = Promotion { director: Some(&key), ..PLAIN };
    let inside = promote_copy(&copy.join("home"), &copy, promotion, minute(10), &mut rng(10)).await;
    assert!(matches!(inside, Err(PromoteError::Inside)), "{inside:?}");
    let keyless = promote_copy(&home, &copy, PLAIN, minute(10), &mut rng(10)).await;
    assert!(matches!(keyless, Err(PromoteError::NoLogKey)), "{keyless:?}");
    promote_copy(&home, &copy, promotion, minute(10), &mut rng(10)).await.unwrap();
    assert_eq!(school.primary(), copy);
    import(&school.home(), 8);
    let mut archive = school.open(11).await;
    assert_eq!(archive.catalogue().records().unwrap().len(), 2);
    snapshot(&mut archive, 12, |_, _| {}).await.unwrap();
    sign(&mut archive, 13).await.unwrap();
    drop(archive);
    let again = promote_copy(&home, &copy, promotion, minute(14), &mut rng(14)).await;
    assert!(matches!(again, Err(PromoteError::Home(HomeError::Exists(_)))), "{again:?}");
}

#[tokio::test]
async fn a_lost_log_key_alone_leaves_both_locations_in_place() {
    let school = School::new();
    let mut archive = school.open(1).await;
    work(&mut archive, 2, |_| {}).await.unwrap();
    drop(archive);
    let primary = school.primary();
    fs::remove_file(school.home().file("log.key")).unwrap();
    let key = director();
    let promoted = try_promote(&school, Promotion { director: Some(&key), ..PLAIN }).await.unwrap();
    assert!(promoted.new_log_key.is_some());
    assert_eq!(school.primary(), primary);
    // The second still has the checkpoint that the former log key signed.
    let archive = school.open(11).await;
    assert_eq!(archive.caught_up(), 2);
    assert_whole(&school, &archive, "after a lost log key").await;
    assert_verifies(&school, "after a lost log key").await;
}

#[tokio::test]
async fn whenever_a_promotion_is_interrupted_the_same_command_finishes_it() {
    for fault in Fault::ALL {
        for nth in 0.. {
            let school = bereft().await;
            fs::remove_file(school.home().file("log.key")).unwrap();
            let key = director();
            let promotion = Promotion { director: Some(&key), ..PLAIN };
            let faults = Faults::at(nth, fault);
            let stores = school.failing(&Faults::none(), &faults);
            let first = promote(school.home(), stores, promotion, minute(10), &mut rng(10)).await;
            let when = format!("write {nth}, {fault:?}");
            if school.home().second().is_some() {
                assert!(first.is_err(), "{when}");
                try_promote(&school, promotion).await.unwrap();
            }
            assert!(school.home().second().is_none(), "{when}");
            let archive = school.open(11).await;
            let restored = last_events(&school, 4).await;
            let restored = restored.iter().filter(|e| matches!(e, Event::Restored(_))).count();
            assert_eq!(restored, 1, "{when}");
            drop(archive);
            if !faults.has_failed() {
                break;
            }
        }
    }
}

#[tokio::test]
async fn a_promotion_that_archive_toml_does_not_know_of_is_finished_even_when_the_primary_returns()
{
    let school = School::new();
    work(&mut school.open(1).await, 2, |_| {}).await.unwrap();
    let (config, seen) = (school.home().file("archive.toml"), school.home().file("seen"));
    let (old_config, old_seen) = (fs::read(&config).unwrap(), fs::read(&seen).unwrap());
    let lost = files_below(&school.primary());
    lose_primary(&school);
    try_promote(&school, PLAIN).await.unwrap();
    fs::write(&config, old_config).unwrap();
    fs::write(&seen, old_seen).unwrap();
    put_back(&school.primary(), &lost);
    let second = files_below(&school.second());
    try_promote(&school, PLAIN).await.unwrap();
    assert_eq!(files_below(&school.primary()), second, "nothing is entered twice");
    school.open(11).await;
}

#[tokio::test]
async fn a_register_that_does_not_verify_is_not_promoted() {
    let school = bereft().await;
    let second = files_below(&school.second());
    let tiles = || second.keys().filter(|path| path.starts_with("register/tile"));
    assert_eq!(tiles().count(), 2);
    for path in tiles() {
        let mut damaged = second.clone();
        let bytes = damaged.get_mut(path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        put_back(&school.second(), &damaged);
        let refused = try_promote(&school, PLAIN).await;
        assert!(
            matches!(refused, Err(PromoteError::Register(RegisterFault::Log(_)))),
            "{path}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn a_log_key_that_no_director_endorsed_is_not_believed() {
    let school = School::new();
    let mut archive = school.open(1).await;
    work(&mut archive, 2, |_| {}).await.unwrap();
    // Whoever can write to a location makes a key, and a register that is right but for the endorsement.
    let forger = SecretKey::from_seed(&[66; 32]);
    let (size, root, log_key) = (archive.edge.size(), archive.edge.root(), forger.public());
    let text =
        LogKeyEndorsement { archive: archive.home().archive(), public_key: log_key, size, root };
    let signature = forger.sign(text.to_text().as_bytes());
    let endorsement = Endorsement { key: director().public().fingerprint(), signature };
    let changed = LogKeyChanged { log_key, size, root, endorsement };
    archive.log_key = forger;
    archive.commit(&[], vec![Event::LogKeyChanged(changed)], minute(3)).await.unwrap();
    drop(archive);
    lose_primary(&school);
    match try_promote(&school, PLAIN).await {
        Err(PromoteError::Register(RegisterFault::LogKey(seq))) => assert_eq!(seq, size),
        refused => panic!("{refused:?}"),
    }
}

#[tokio::test]
async fn without_a_second_location_there_is_nothing_to_promote() {
    let school = bereft().await;
    fs::remove_dir_all(school.second()).unwrap();
    let refused = try_promote(&school, PLAIN).await;
    assert!(matches!(refused, Err(PromoteError::Away(_))), "{refused:?}");
}

#[tokio::test]
async fn a_clock_in_doubt_promotes_nothing() {
    let school = bereft().await;
    let late = minute(60 * 24 * 40);
    let promotion = promote(school.home(), school.stores(), PLAIN, late, &mut rng(1)).await;
    assert!(
        matches!(promotion, Err(PromoteError::Commit(CommitError::ClockAhead { .. }))),
        "{promotion:?}"
    );
    let right = Promotion { clock_is_right: true, ..PLAIN };
    promote(school.home(), school.stores(), right, late, &mut rng(1)).await.unwrap();
    let opening = Opening { who: "test", now: late, clock_is_right: false };
    Archive::open(Home::find(&school.path().join("home")).unwrap(), school.stores(), opening)
        .await
        .unwrap();
}
