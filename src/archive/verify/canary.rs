//! The canary: every pass is also fed a record that is damaged on purpose, and fails if that is not
//! found. A verification that finds nothing then says something.

use super::finding::{Findings, Which};
use super::records::{Against, Room, check_record};
use crate::catalogue::RecordView;
use crate::digest::Digest;
use crate::intake::SourceFile;
use crate::journal::{Journal, read};
use crate::location::{Location, LocationName, Store, file_in};
use crate::record::{PageViews, Seal, Sealed, Sealing, directory_name, seal_journal};
use crate::register::{ArchiveId, LocationId, RecordKind, RecordNumber};
use crate::staff::Keyring;
use chrono::DateTime;
use object_store::memory::InMemory;
use rand_chacha::ChaCha8Rng;
use rand_core::SeedableRng as _;
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::Arc;

/// A class of two with one mark; the second has another mark.
const JOURNAL: &str = include_str!("canary.json");

/// Codes of planted damage that were not found; empty when the checks work.
pub(super) async fn missed(deep: bool) -> Vec<&'static str> {
    missed_by(found, deep).await
}

/// The same for a check of records: the one that every pass uses, or in tests a blind one.
async fn missed_by(
    found: impl AsyncFn(&Seal, &[u8], Digest, bool) -> Vec<&'static str>,
    deep: bool,
) -> Vec<&'static str> {
    let mut missed = Vec::new();
    // What is in a package does not matter where it is only hashed.
    let (package, mut damaged) = (JOURNAL.as_bytes(), JOURNAL.as_bytes().to_vec());
    let middle = damaged.len() / 2;
    damaged[middle] ^= 1;
    let digest = Digest::of(package);
    if !found(&seal(digest), &damaged, digest, false).await.contains(&"package-digest") {
        missed.push("package-digest");
    }
    if deep {
        let (forged, digest) = forged();
        if !found(&forged.seal, &forged.package, digest, true).await.contains(&"cards-root") {
            missed.push("cards-root");
        }
    }
    missed
}

/// A package that has the cards of one journal under a seal made for another's.
fn forged() -> (Sealed, Digest) {
    let honest: Journal = read::journal(JOURNAL.as_bytes()).expect("the canary's journal is right");
    let mut other = honest.clone();
    other.pages[0].entries[0].marks[0].value = "2".to_owned();
    let mut forged = sealed(&other);
    forged.seal.cards_root = sealed(&honest).seal.cards_root;
    let digest = Digest::of(&forged.package);
    (forged, digest)
}

fn archive() -> (ArchiveId, ChaCha8Rng) {
    let mut rng = ChaCha8Rng::seed_from_u64(0);
    (ArchiveId::random(&mut rng), rng)
}

fn sealed(journal: &Journal) -> Sealed {
    let (archive, mut rng) = archive();
    let sealing = Sealing {
        archive,
        record: RecordNumber::FIRST,
        school_id: "0".to_owned(),
        school_name: "canary".to_owned(),
        retention: "journals".to_owned(),
        sealed: DateTime::UNIX_EPOCH,
        replaces: None,
        shown: PageViews::default(),
    };
    let source = SourceFile { name: "canary.json".to_owned(), bytes: JOURNAL.into() };
    let print = |_: &[Digest]| Ok::<_, Infallible>(b"canary".to_vec());
    let Ok(sealed) = seal_journal(journal, &[source], &sealing, print, &mut rng);
    sealed
}

/// A seal of some package.
fn seal(package: Digest) -> Seal {
    Seal {
        archive: archive().0,
        record: RecordNumber::FIRST,
        school_id: "0".to_owned(),
        school_name: "canary".to_owned(),
        kind: RecordKind::Journal,
        class: "1А".parse().expect("a class"),
        period: "2025-26/q1".parse().expect("a period"),
        retention: "journals".to_owned(),
        sealed: DateTime::UNIX_EPOCH,
        package,
        cards_root: package,
        cards_size: 32,
        replaces: None,
    }
}

/// The codes that are found in a record whose entry says this digest and whose file has these bytes.
async fn found(sealed: &Seal, package: &[u8], digest: Digest, deep: bool) -> Vec<&'static str> {
    let (archive, mut rng) = archive();
    let seal = sealed.to_text();
    let kind = RecordKind::Journal;
    let name = directory_name(RecordNumber::FIRST, &sealed.class, &sealed.period, kind);
    let view = RecordView {
        record: RecordNumber::FIRST,
        path: format!("records/canary/{name}").parse().expect("the canary's path is plain"),
        kind,
        class: sealed.class.clone(),
        period: sealed.period,
        retention: sealed.retention.clone(),
        sealed: sealed.sealed,
        seal: Digest::of(seal.as_bytes()),
        package: digest,
        bytes: package.len() as u64,
        replaces: None,
        replaced_by: None,
        seq: 1,
        signatures: Vec::new(),
    };
    let store = Store { objects: Arc::new(InMemory::new()), folder: None };
    let name = LocationName::new(archive, LocationId::random(&mut rng));
    let mut findings = Findings::of(Which::Primary);
    let put = async {
        let location = Location::create(store, name).await?;
        location.put_new(&file_in(&view.path, "package.zip"), package.to_vec()).await?;
        location.put_new(&file_in(&view.path, "seal.txt"), seal.into_bytes()).await?;
        Ok::<_, crate::location::LocationError>(location)
    };
    if let Ok(location) = put.await {
        let (keyring, seals, records) = (Keyring::new(), HashMap::new(), Arc::default());
        let against = Against { archive, keyring, seals, records, deep };
        check_record(&location, &view, &against, &mut Room::new(deep), &mut findings).await;
    }
    findings.all.iter().map(|finding| finding.code).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_checks_find_what_is_planted_and_nothing_in_an_honest_record() {
        for deep in [false, true] {
            assert_eq!(missed(deep).await, Vec::<&str>::new());
        }
        let honest = sealed(&read::journal(JOURNAL.as_bytes()).unwrap());
        let digest = Digest::of(&honest.package);
        assert_eq!(
            found(&honest.seal, &honest.package, digest, true).await,
            ["waits-for-signature"]
        );
    }

    #[tokio::test]
    async fn checks_that_find_nothing_are_found_out() {
        let blind = async |_: &Seal, _: &[u8], _, _| vec!["waits-for-signature"];
        assert_eq!(missed_by(blind, false).await, ["package-digest"]);
        assert_eq!(missed_by(blind, true).await, ["package-digest", "cards-root"]);
    }
}
