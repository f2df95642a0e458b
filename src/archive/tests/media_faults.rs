//! Each write of registering a medium fails, in each way, in each location.

use super::failing_store::{Fault, Faults};
use super::media::{copy, order, school};
use super::school::{minute, rng};
use super::whole::{assert_verifies, assert_whole};
use crate::location::medium::MediumText;
use std::fs;
use tempfile::TempDir;

/// A medium is written with one fault. Says whether writing it has so many writes.
async fn one_fault(in_primary: bool, nth: usize, fault: Fault) -> bool {
    let when = format!("write {nth}, {fault:?}, in the primary: {in_primary}");
    let (school, archive, closing) = school().await;
    drop(archive);
    let place = TempDir::new().unwrap();
    let (failing, healthy) = (Faults::at(nth, fault), Faults::none());
    let stores = match in_primary {
        true => school.failing(&failing, &healthy),
        false => school.failing(&healthy, &failing),
    };
    let first = place.path().join("first");
    let made = match school.open_with(stores, 5).await {
        Ok(mut archive) => {
            let order = order(&archive, closing, &first);
            archive.copy_to_medium(&order, minute(5), &mut rng(5)).await.ok()
        }
        Err(_) => None,
    };
    assert!(made.is_some() || in_primary, "{when}: the second stopped the writing");
    let mut archive = school.open(6).await;
    assert_whole(&school, &archive, &when).await;
    let written = fs::read(first.join("medium.txt")).ok();
    let written = written.map(|text| MediumText::read(&text).unwrap().medium);
    assert!(made.is_none() || written.is_some(), "{when}");
    let registered = archive.catalogue().media().unwrap();
    assert!(
        registered.is_empty() || written == Some(registered[0].medium),
        "{when}: registered only"
    );
    let next = copy(&mut archive, closing, &place.path().join("next"), 7).await;
    assert!(
        written.is_none_or(|written| next.medium > written),
        "{when}: the number is given twice"
    );
    assert_verifies(&school, &when).await;
    failing.has_failed()
}

#[tokio::test]
async fn whatever_write_fails_no_two_media_have_one_number_and_none_is_registered_that_is_not_there()
 {
    for in_primary in [true, false] {
        for fault in Fault::ALL {
            let mut nth = 0;
            while one_fault(in_primary, nth, fault).await {
                nth += 1;
            }
            assert!(nth > 4, "registering a medium has more writes than {nth}");
        }
    }
}
