//! The day-one checks on the command line.

use crate::bench::{Bench, PERIOD};

#[test]
fn remarks_make_exit_code_1_and_a_clean_class_0() {
    let bench = Bench::imported();
    let run = bench.letopis(&["check", "--period", PERIOD]).exits(1);
    let run = run.says("6Б (imported):").says("! final-missing").says("no remarks: 7А");
    run.says("3 journal(s) checked by «Положение об электронном классном журнале»");
    bench.letopis(&["check", "--period", PERIOD, "--class", "7A"]).exits(0);
}

#[test]
fn the_remarks_of_the_demo_school_are_few_enough_to_be_read() {
    let bench = Bench::imported();
    let remarks = bench.letopis(&["check", "--period", PERIOD, "--json"]).exits(1).json();
    let remarks = remarks.as_array().unwrap();
    assert!((10..25).contains(&remarks.len()), "{}", remarks.len());
    for remark in remarks {
        assert_eq!(remark["place"]["class"].as_str().unwrap().chars().next(), Some('6'));
        assert!(remark["code"].is_string() && remark["level"].is_string());
        assert!(remark["text"].as_str().unwrap().ends_with('.'));
    }
}

#[test]
fn checks_hinder_no_snapshot_and_go_on_with_the_record() {
    let bench = Bench::imported();
    let before = bench.letopis(&["check", "--period", PERIOD, "--json"]).exits(1);
    bench.letopis(&["snapshot", "--period", PERIOD]).exits(0);
    let after = bench.letopis(&["check", "--period", PERIOD, "--json"]).exits(1);
    assert_eq!(before.json(), after.json());
    bench.letopis(&["check", "--period", PERIOD]).exits(1).says("6Б (record 000002):");
}

#[test]
fn what_is_neither_imported_nor_sealed_is_bad_input() {
    let bench = Bench::imported();
    bench
        .letopis(&["check", "--period", "2025-26/q2"])
        .exits(2)
        .notes("nothing is imported or sealed");
    let run = bench.letopis(&["check", "--period", PERIOD, "--class", "7А", "--class", "9Щ"]);
    run.exits(2).notes("nothing of 9Щ is imported or sealed");
}

#[test]
fn another_regulation_can_be_tried_and_must_read() {
    let bench = Bench::imported();
    let school = include_str!("../../templates/regulations/school.toml");
    let check = ["check", "--period", PERIOD, "--class", "7А", "--regulation", "rules.toml"];
    bench.put("rules.toml", school);
    bench.letopis(&check).exits(0);
    bench.put("rules.toml", format!("unknown = 1\n{school}"));
    bench.letopis(&check).exits(2).notes("rules.toml").notes("unknown");
    bench.letopis(&["adopt", "--regulation", "rules.toml"]).exits(2).notes("unknown");
    bench.put("rules.toml", school.replace("title = \"Положение", "title = \"Наше положение"));
    bench.letopis(&["adopt", "--regulation", "rules.toml"]).exits(0);
    bench.letopis(&["check", "--period", PERIOD]).exits(1).says("«Наше положение");
}
