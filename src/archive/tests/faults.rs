//! Each write of an ordinary day fails, in each way, in each location.

use super::failing_store::{Fault, Faults};
use super::school::{School, Told, What, work};
use super::whole::{assert_verifies, assert_whole};
use crate::archive::Archive;
use crate::digest::Digest;
use crate::location::Unreachable;
use crate::register::RecordNumber;
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Primary,
    Second,
}

/// The records that were put: each number with the packages that were put under it.
fn packages(faults: &[&Arc<Faults>]) -> BTreeMap<RecordNumber, Vec<Digest>> {
    let mut packages: BTreeMap<RecordNumber, Vec<Digest>> = BTreeMap::new();
    for (path, bytes) in faults.iter().flat_map(|faults| faults.written()) {
        if let Some(directory) = path.strip_suffix("/package.zip") {
            let name = directory.rsplit('/').next().unwrap();
            let number = name.split('-').next().unwrap().parse().unwrap();
            let digests = packages.entry(number).or_default();
            let digest = Digest::of(&bytes);
            if !digests.contains(&digest) {
                digests.push(digest);
            }
        }
    }
    packages
}

/// The day with one fault, and the next day without. Says whether the day had so many writes.
async fn one_fault(side: Side, nth: usize, fault: Fault) -> bool {
    let when = format!("{side:?}, write {nth}, {fault:?}");
    let school = School::new();
    let (failing, healthy) = (Faults::at(nth, fault), Faults::none());
    let stores = match side {
        Side::Primary => school.failing(&failing, &healthy),
        Side::Second => school.failing(&healthy, &failing),
    };
    let mut told: Vec<Told> = Vec::new();
    if let Ok(mut archive) = school.open_with(stores, 1).await {
        let day = work(&mut archive, 2, |told_now| {
            if side == Side::Second {
                assert!(told_now.missing.is_some() || !failing.failed_a_put(), "{when}");
                assert!(told_now.missing.is_none() || failing.has_failed(), "{when}");
            }
            told.push(told_now.clone());
        });
        let day = day.await;
        assert!(
            day.is_ok() || side == Side::Primary,
            "{when}: the second stopped the work: {day:?}"
        );
    } else {
        assert_eq!(side, Side::Primary, "{when}: without the second the archive still opens");
    }
    let after = Faults::none();
    let mut archive = school.open_with(school.failing(&after, &after), 3).await.unwrap();
    assert_told(&archive, &told, &when);
    assert_whole(&school, &archive, &when).await;
    work(&mut archive, 4, |_| {}).await.unwrap();
    assert_whole(&school, &archive, &format!("{when}, and the rest of the day")).await;
    assert_verifies(&school, &when).await;
    for (number, digests) in packages(&[&failing, &healthy, &after]) {
        assert_eq!(digests.len(), 1, "{when}: number {number} was used twice");
    }
    failing.has_failed()
}

/// Whatever was told to be done is done.
fn assert_told(archive: &Archive, told: &[Told], when: &str) {
    let catalogue = archive.catalogue();
    let key_of = |role| catalogue.keyring().keys().iter().find(|key| key.role == role);
    for told in told {
        match &told.what {
            What::KeyAdded(role) => assert!(key_of(*role).is_some(), "{when}: {told:?}"),
            What::KeyRevoked(role) => {
                let revoked = key_of(*role).and_then(|key| key.revoked);
                assert!(revoked.is_some(), "{when}: {told:?}");
            }
            What::Sealed(number, class) => {
                let record = catalogue.record(*number).unwrap();
                assert_eq!(record.map(|r| r.class).as_ref(), Some(class), "{when}: {told:?}");
            }
            What::Signed(numbers) => {
                for number in numbers {
                    let record = catalogue.record(*number).unwrap();
                    assert!(record.is_some_and(|r| r.is_signed()), "{when}: {told:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn whatever_write_fails_in_the_primary_nothing_told_is_lost_and_nothing_half_made_shows() {
    for fault in Fault::ALL {
        let mut nth = 0;
        while one_fault(Side::Primary, nth, fault).await {
            nth += 1;
        }
        assert!(nth > 20, "the day has more writes than {nth}");
    }
}

/// The second is away the next day, and returns the day after.
async fn one_fault_and_the_second_away(nth: usize) -> bool {
    let when = format!("write {nth} in the primary, the second away");
    let school = School::new();
    let (failing, next, last) = (Faults::at(nth, Fault::Gone), Faults::none(), Faults::none());
    if let Ok(mut archive) = school.open_with(school.failing(&failing, &next), 1).await {
        let _ = work(&mut archive, 2, |_| {}).await;
    }
    let mut stores = school.failing(&next, &next);
    stores.second = Err(Unreachable::Away("unplugged".to_owned()));
    work(&mut school.open_with(stores, 3).await.unwrap(), 4, |_| {}).await.unwrap();
    let archive = school.open_with(school.failing(&last, &last), 5).await.unwrap();
    assert_whole(&school, &archive, &when).await;
    for (number, digests) in packages(&[&failing, &next, &last]) {
        assert_eq!(digests.len(), 1, "{when}: number {number} was used twice");
    }
    failing.has_failed()
}

#[tokio::test]
async fn no_number_is_used_twice_even_when_the_second_alone_knows_of_it() {
    let mut nth = 0;
    while one_fault_and_the_second_away(nth).await {
        nth += 1;
    }
}

#[tokio::test]
async fn whatever_write_fails_in_the_second_work_goes_on_and_it_is_caught_up_when_it_returns() {
    for fault in Fault::ALL {
        let mut nth = 0;
        while one_fault(Side::Second, nth, fault).await {
            nth += 1;
        }
        assert!(nth > 20, "the day has more writes than {nth}");
    }
}
