//! Imported journals become records.

use crate::bench::{Bench, PERIOD, journal};
use letopis::demo::corrected;
use serde_json::json;

#[test]
fn a_snapshot_seals_every_imported_class_and_names_the_places() {
    let bench = Bench::imported();
    let run = bench.letopis(&["snapshot", "--period", PERIOD]).exits(0);
    let run = run.says("sealed 000001  6А").says("sealed 000002  6Б").says("sealed 000003  7А");
    run.says("3 record(s) sealed").says("archive/primary and ");
    let list = bench.list();
    let first = &list[0];
    assert_eq!(first["record"], 1);
    assert_eq!(first["class"], "6А");
    assert_eq!(first["period"], PERIOD);
    assert_eq!(first["kind"], "journal");
    assert_eq!(first["state"], "whole, waits for signature");
    assert_eq!(first["whole"], true);
    assert_eq!(first["signed"], false);
    assert_eq!(first["retention"], "journals");
    assert_eq!(first["kept_through"], "2031-12-31");
    assert_eq!(first["may_be_destroyed_from"], "2032-01-01");
    assert_eq!(first["replaced_by"], json!(null));
    assert_eq!(first["path"], "records/2025-26/000001-6a-q1-journal");
}

#[test]
fn classes_can_be_named_with_latin_look_alikes() {
    let bench = Bench::imported();
    bench
        .letopis(&["snapshot", "--period", PERIOD, "--class", "7A"])
        .exits(0)
        .says("1 record(s) sealed");
    assert_eq!(bench.list()[0]["class"], "7А");
    bench.letopis(&["list", "--class", "7-a"]).exits(0).says("000001");
}

#[test]
fn a_class_that_is_not_imported_stops_all_before_anything_is_sealed() {
    let bench = Bench::imported();
    let run = bench.letopis(&["snapshot", "--period", PERIOD, "--class", "7А", "--class", "9Щ"]);
    run.exits(2).notes("not imported for 2025-26/q1: 9Щ");
    assert_eq!(bench.list(), Vec::<serde_json::Value>::new());
    bench.letopis(&["snapshot", "--period", "2025-26/q2"]).exits(2).notes("nothing is imported");
}

#[test]
fn an_unchanged_journal_makes_no_new_record_and_says_so() {
    let bench = Bench::sealed();
    let mut again = journal("7А");
    again.source.file = "another export.json".to_owned();
    bench.put_journal("again.json", &again);
    bench.letopis(&["import", "again.json"]).exits(0);
    let run = bench.letopis(&["snapshot", "--period", PERIOD]).exits(0);
    run.says("unchanged").says("record 000003 says the same; no new record");
    assert_eq!(bench.list().len(), 3);
}

#[test]
fn a_changed_journal_replaces_the_record_and_names_the_changed_pages() {
    let bench = Bench::signed();
    let (before, after) = (journal("7А"), corrected(&journal("7А")));
    let pairs = before.pages.iter().zip(&after.pages);
    let changed: Vec<String> =
        pairs.filter(|(a, b)| a != b).map(|(page, _)| page.key().to_string()).collect();
    bench.put_journal("corrected.json", &after);
    bench.letopis(&["import", "corrected.json"]).exits(0);
    let run = bench.letopis(&["snapshot", "--period", PERIOD]).exits(0);
    run.says(&format!("replaces 000003; changed pages: {}\n", changed.join(", ")));
    let list = bench.list();
    assert_eq!(list[2]["replaced_by"], 4);
    assert_eq!(list[2]["state"], "whole, signed, replaced by 000004");
    assert_eq!(list[3]["replaces"], 3);
    assert_eq!(list[3]["signed"], false);
    bench.letopis(&["show", "4"]).exits(0).says("replaces  000003");
    // What was signed before stays signed; only the new record waits.
    bench.letopis(&["sign", "--key", "director.pem"]).exits(0).says("1 record(s) signed");
}

#[test]
fn a_snapshot_is_never_taken_before_the_last_lesson_day() {
    let bench = Bench::archive();
    let mut early = journal("7А");
    early.period.to = "2199-12-31".parse().unwrap();
    bench.put_journal("early.json", &early);
    bench.letopis(&["import", "early.json"]).exits(0);
    let run = bench.letopis(&["snapshot", "--period", PERIOD]).exits(1);
    run.notes("too early: lessons go on until 2199-12-31 in 7А; nothing was sealed");
    assert_eq!(bench.list(), Vec::<serde_json::Value>::new());
}

#[test]
fn a_record_that_is_not_there_cannot_be_shown() {
    let bench = Bench::sealed();
    bench.letopis(&["show", "4"]).exits(2).notes("there is no record 000004");
    bench.letopis(&["show", "0"]).exits(2).notes("there is no record 0");
}

#[test]
fn a_class_that_cannot_be_printed_is_refused_alone_and_sealed_once_it_is_mended() {
    let bench = Bench::imported();
    let mut unicorn = journal("6Б");
    let subject = unicorn.pages[0].key().to_string();
    unicorn.pages[0].lessons[0].topic = Some("Единорог 🦄".to_owned());
    bench.put_journal("unicorn.json", &unicorn);
    bench.letopis(&["import", "unicorn.json"]).exits(0);
    let run = bench.letopis(&["snapshot", "--period", PERIOD]).exits(2);
    let run = run.says("6А").says("7А").says("2 record(s) sealed");
    let run = run.notes("not sealed, for their reference print cannot be made: 6Б: ");
    run.notes(&format!("› {subject} ›")).notes("`🦄` (U+1F984)").notes("replace it in the source");
    let sealed = |bench: &Bench| -> Vec<String> {
        bench.list().iter().map(|r| r["class"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(sealed(&bench), ["6А", "7А"]);
    bench.put_journal("mended.json", &journal("6Б"));
    bench.letopis(&["import", "mended.json"]).exits(0);
    bench.letopis(&["snapshot", "--period", PERIOD]).exits(0).says("1 record(s) sealed");
    assert_eq!(sealed(&bench), ["6А", "7А", "6Б"]);
    bench.letopis(&["verify", "--deep"]).exits(0);
}
