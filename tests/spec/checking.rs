//! The day-one checks on the command line.

use crate::bench::{Bench, PERIOD, journal};

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

#[test]
fn what_cannot_be_printed_is_told_on_day_one_with_class_place_and_character() {
    let bench = Bench::imported();
    let mut journal = journal("7А");
    let (topic, word) = (&mut journal.pages[0].lessons[0], "Единорог 🦄");
    topic.topic = Some(word.to_owned());
    let subject = journal.pages[0].key().to_string();
    // A name on the sheets of every subject is one fault.
    journal.pupils[1].name = "Анна🧪".to_owned();
    bench.put_journal("unicorn.json", &journal);
    bench.letopis(&["import", "unicorn.json"]).exits(0);
    let check = ["check", "--period", PERIOD, "--class", "7А"];
    let run = bench.letopis(&check).exits(1).says("? unprintable").says("? warning");
    let run = run.says("7А класс, 1 четверть").says("🧪").says("U+1F9EA");
    run.says("которого нет в шрифтах печати; снимок журнала сделать нельзя");
    let remarks = bench.letopis(&[&check[..], &["--json"]].concat()).exits(1).json();
    let of = |character: &str| {
        let all = remarks.as_array().unwrap().iter();
        let found = all.filter(|r| r["code"] == "unprintable");
        let found = found.filter(|r| r["text"].as_str().unwrap().contains(character));
        found.cloned().collect::<Vec<_>>()
    };
    assert_eq!((of("🧪").len(), of("🧪")[0]["place"]["page"].is_null()), (1, true), "{remarks:#}");
    // Once the name is mended, the topic comes to light.
    journal.pupils[1].name = "Анна".to_owned();
    bench.put_journal("unicorn.json", &journal);
    bench.letopis(&["import", "unicorn.json"]).exits(0);
    let run = bench.letopis(&check).exits(1);
    run.says(&format!("› {subject} ›")).says(word).says("«🦄» (U+1F984)");
}
