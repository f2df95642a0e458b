//! Whatever a statement says is in its cards, or contradicts another part of it.

use super::*;
use crate::journal::arbitrary;
use crate::journal::{ClassKind, Journal, PeriodKind};
use crate::record::{
    RecordKind, Salt, Sealed, Sealing, cards, check, check_in_register, seal_statement,
};
use crate::register::ArchiveId;
use chrono::DateTime;
use proptest::prelude::*;
use proptest::sample::Index;
use rand_chacha::ChaCha8Rng;
use rand_core::SeedableRng as _;
use serde_json::Value;
use std::convert::Infallible;
use std::io::Cursor;

/// The year of any journal, as of a college that has one journal a year.
fn year() -> impl Strategy<Value = YearStatement> {
    arbitrary::journal().prop_map(|mut journal: Journal| {
        (journal.period.kind, journal.period.number) = (PeriodKind::Year, None);
        // Any text names a group, but a class name as read has no space at its ends.
        journal.class.kind = ClassKind::School { grade: 7, letter: Some("А".into()) };
        let record = RecordNumber::FIRST;
        let source =
            SourceRecord { period: journal.period_id(), record, seal: Digest::of(b"seal") };
        YearStatement::of(&Roll::of(&[&journal], &[]).unwrap(), &[source])
    })
}

fn sealed(year: &YearStatement, seed: u64) -> Sealed {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let sealing = Sealing {
        archive: ArchiveId::random(&mut rng),
        record: RecordNumber::new(7).unwrap(),
        school_id: "102".to_owned(),
        school_name: "Школа".to_owned(),
        retention: "statements".to_owned(),
        sealed: DateTime::UNIX_EPOCH,
        replaces: None,
        shown: crate::record::PageViews::default(),
    };
    let Ok(sealed) =
        seal_statement(year, &sealing, || Ok::<_, Infallible>(b"%PDF".to_vec()), &mut rng);
    sealed
}

/// Everything in a JSON value that can be altered, by its JSON pointer.
fn places(value: &Value, at: String, all: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| places(value, format!("{at}/{name}"), all));
        }
        Value::Array(items) => {
            (0..).zip(items).for_each(|(n, value)| places(value, format!("{at}/{n}"), all));
            if !items.is_empty() {
                all.push(at);
            }
        }
        _ => all.push(at),
    }
}

/// A list loses its last item, anything else becomes another.
fn alter(value: &mut Value) {
    match value {
        Value::Array(items) => drop(items.pop()),
        Value::String(text) => text.push('я'),
        Value::Number(number) => *value = (number.as_u64().unwrap() + 1).into(),
        other => *other = Value::String("я".to_owned()),
    }
}

/// Whether reading, comparing its parts or comparing it with the cards tells.
fn is_found(text: &[u8], cards: &[u8], sealed: &Sealed) -> bool {
    let Ok(read) = serde_json::from_slice::<YearStatement>(text) else { return true };
    let seal = &sealed.seal;
    !read.contradictions().is_empty()
        || read.period() != seal.period
        || !cards::check(&read, cards, (seal.cards_root, seal.cards_size)).is_empty()
}

fn cards_of(sealed: &Sealed) -> Vec<u8> {
    let mut package = crate::record::package::Package::open(Cursor::new(&sealed.package)).unwrap();
    package.read("data/cards.jsonl").unwrap()
}

/// The year of a class of two.
fn small(sources: &[SourceRecord]) -> YearStatement {
    let journal = crate::journal::read::journal(include_bytes!("../../archive/verify/canary.json"));
    let mut journal = journal.unwrap();
    (journal.period.kind, journal.period.number) = (PeriodKind::Year, None);
    YearStatement::of(&Roll::of(&[&journal], &[]).unwrap(), sources)
}

#[test]
fn a_source_that_the_register_does_not_have_so_is_found() {
    let (record, seal) = (RecordNumber::FIRST, Digest::of(b"seal"));
    let source = SourceRecord { period: small(&[]).period(), record, seal };
    let sealed = sealed(&small(&[source]), 1);
    let codes = |registered: bool| {
        let file = Cursor::new(&sealed.package);
        let faults = check_in_register(file, &sealed.seal, |named| registered && *named == source);
        faults.iter().map(|fault| fault.code()).collect::<Vec<_>>()
    };
    assert_eq!(codes(true), Vec::<&str>::new());
    assert_eq!(codes(false), ["statement-source"]);
}

#[test]
fn a_statement_that_does_not_name_its_sources_is_found() {
    assert_eq!(small(&[]).contradictions(), ["the sources"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_statement_as_drawn_and_sealed_has_no_fault(year in year(), seed: u64) {
        prop_assert_eq!(year.contradictions(), Vec::<&str>::new());
        let sealed = sealed(&year, seed);
        prop_assert_eq!(sealed.seal.kind, RecordKind::Statement);
        let faults = check(Cursor::new(&sealed.package), &sealed.seal);
        prop_assert!(faults.is_empty(), "{:?}", faults);
    }

    #[test]
    fn canonical_form_is_that_of_an_independent_canonicalizer(year in year(), seed: u64) {
        let again = |text: &[u8]| serde_json::to_vec(&serde_json::from_slice::<Value>(text).unwrap());
        let text = year.to_canonical();
        prop_assert_eq!(&again(&text).unwrap(), &text);
        for line in crate::record::lines(&cards_of(&sealed(&year, seed))) {
            prop_assert_eq!(&again(line).unwrap(), &line);
        }
    }

    #[test]
    fn whatever_is_altered_in_a_statement_is_found(
        year in year().prop_filter("somebody has a card", |year| !year.pupils().is_empty()),
        which: [Index; 12],
    ) {
        let sealed = sealed(&year, 1);
        let cards = cards_of(&sealed);
        let text = year.to_canonical();
        prop_assert!(!is_found(&text, &cards, &sealed));
        let value: Value = serde_json::from_slice(&text).unwrap();
        let mut all = Vec::new();
        places(&value, String::new(), &mut all);
        for place in which {
            let (mut altered, place) = (value.clone(), place.get(&all));
            alter(altered.pointer_mut(place).unwrap());
            let text = serde_json::to_vec(&altered).unwrap();
            prop_assert!(is_found(&text, &cards, &sealed), "{place}");
        }
    }

    #[test]
    fn every_pupil_has_one_card_and_no_salt_stands_twice(year in year(), seed: u64) {
        let cards = cards_of(&sealed(&year, seed));
        let lines: Vec<&[u8]> = crate::record::lines(&cards).collect();
        let own = |line: &&&[u8]| line.ends_with(b"}") && line.windows(18).any(|w| w == b"letopis/year-card/");
        prop_assert_eq!(lines.iter().filter(own).count(), year.pupils().len());
        prop_assert_eq!(lines.len(), 32 + 2 + 3 * year.pupils().len());
        let mut salts: Vec<_> = lines.iter().filter_map(|l| Salt::carried_by(l)).map(|s| *s.as_bytes()).collect();
        salts.sort_unstable();
        salts.dedup();
        prop_assert_eq!(salts.len(), lines.len());
    }
}
