//! Journals come in: all of what is named, or nothing.

use crate::bench::{Bench, PERIOD, journal};
use letopis::journal::Journal;
use std::fs::File;
use std::process::Command;

#[test]
fn an_import_tells_what_came_in_and_what_it_lacks() {
    let bench = Bench::archive();
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/dnevnik/7a-quarter-1");
    let run = bench.letopis(&["import", fixture]).exits(0);
    run.says("7А     2024-25/q1").says("нет уроков по предмету «Русский язык»");
}

#[test]
fn files_and_folders_can_be_named_together() {
    let bench = Bench::imported();
    let status = bench.letopis(&["status", "--json"]).exits(0).json();
    let classes: Vec<&str> = status["imports"]
        .as_array()
        .unwrap()
        .iter()
        .map(|i| i["class"].as_str().unwrap())
        .collect();
    assert_eq!(classes, ["6А", "6Б", "7А"]);
}

#[test]
fn a_later_import_of_a_class_takes_the_place_of_the_earlier() {
    let bench = Bench::imported();
    bench.put_journal("again.json", &journal("7А"));
    bench.letopis(&["import", "again.json"]).exits(0);
    let waiting = std::fs::read_dir(bench.path("archive/intake")).unwrap().count();
    assert_eq!(waiting, 3);
}

#[test]
fn journals_come_in_while_the_primary_location_is_away() {
    let bench = Bench::archive();
    bench.rename("archive/primary", "lost");
    bench.put_journal("7a.json", &journal("7А"));
    bench.letopis(&["import", "7a.json"]).exits(0);
    bench
        .letopis(&["snapshot", "--period", PERIOD])
        .exits(2)
        .notes("the primary location cannot be used");
    bench.rename("lost", "archive/primary");
    bench.letopis(&["snapshot", "--period", PERIOD]).exits(0).says("sealed 000001");
}

/// The journal of 7А with something wrong.
fn with(wrong: impl FnOnce(&mut Journal)) -> Journal {
    let mut journal = journal("7А");
    wrong(&mut journal);
    journal
}

/// Bad files, each with what is said of it.
fn bad_files(bench: &Bench) -> Vec<(&'static str, &'static str)> {
    let good = serde_json::to_string(&journal("7А")).unwrap();
    bench.put("empty.json", b"");
    bench.put("deep.json", "[".repeat(1 << 20));
    bench.put(
        "windows-1251.json",
        [b"{\"format\":\"".as_slice(), &[0xcf, 0xf0, 0xe8], b"\"}"].concat(),
    );
    let utf_16 = |units: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("\u{feff}{good}").encode_utf16().flat_map(units).collect()
    };
    bench.put("utf-16-le.json", utf_16(u16::to_le_bytes));
    bench.put("utf-16-be.json", utf_16(u16::to_be_bytes));
    // «А» to «я» in their order; the few other letters of the journal do not matter.
    let byte = |c: char| match u32::from(c) {
        ascii @ 0..0x80 => ascii as u8,
        letter => (letter.saturating_sub(0x410) % 64) as u8 + 0xc0,
    };
    bench.put("whole-1251.json", good.chars().map(byte).collect::<Vec<u8>>());
    bench.put_journal("same-id.json", &with(|j| j.pupils[1].id = j.pupils[0].id.clone()));
    bench.put_journal(
        "same-lesson.json",
        &with(|j| {
            j.pages[0].lessons[1].id = j.pages[0].lessons[0].id.clone();
        }),
    );
    bench.put_journal(
        "nobody.json",
        &with(|j| {
            j.pages[0].entries[0].pupil = "nobody".parse().unwrap();
        }),
    );
    bench.put_journal(
        "no-teacher.json",
        &with(|j| j.class.teacher = Some("nobody".parse().unwrap())),
    );
    bench.put("cut.json", &good[..good.len() / 2 / 4 * 4]);
    bench.put("twice.json", good.replacen("{", "{\"format\":\"letopis-journal/1\",", 1));
    bench.put("float.json", good.replacen("\"number\":1,", "\"number\":1.5,", 1));
    bench.put("picture.json", b"\x89PNG\r\n\x1a\n");
    let zeros = File::create(bench.path("zeros.json")).unwrap();
    zeros.set_len(1 << 30).unwrap();
    vec![
        ("empty.json", "empty"),
        ("deep.json", "deep"),
        ("windows-1251.json", "UTF-8"),
        ("utf-16-le.json", "UTF-16"),
        ("utf-16-be.json", "UTF-16"),
        ("whole-1251.json", "UTF-8"),
        ("same-id.json", "$.pupils[1].id"),
        ("same-lesson.json", "$.pages[0].lessons[1].id"),
        ("nobody.json", "$.pages[0].entries[0].pupil"),
        ("no-teacher.json", "$.class.teacher"),
        ("cut.json", "cut.json"),
        ("twice.json", "twice"),
        ("float.json", "number"),
        ("picture.json", "picture.json"),
        ("zeros.json", "MiB"),
        ("missing.json", "missing.json"),
    ]
}

#[test]
fn every_problem_of_every_file_is_told_at_once_and_nothing_changes() {
    let bench = Bench::archive();
    let bad = bad_files(&bench);
    bench.put_journal("good.json", &journal("7А"));
    let before = bench.tree("archive");
    let mut arguments = vec!["import", "good.json"];
    arguments.extend(bad.iter().map(|(file, _)| *file));
    let run = bench.letopis(&arguments).exits(2);
    assert_eq!(run.out, "");
    for (file, reason) in bad {
        let line = run.err.lines().find(|line| line.starts_with(file));
        let line = line.unwrap_or_else(|| panic!("nothing about {file}:\n{}", run.err));
        assert!(line.contains(reason), "{line}");
    }
    run.notes("nothing was imported");
    assert_eq!(before, bench.tree("archive"));
}

#[test]
fn one_class_told_by_two_files_is_refused() {
    let bench = Bench::archive();
    bench.put_journal("a.json", &journal("7А"));
    bench.put_journal("b.json", &journal("7А"));
    bench
        .letopis(&["import", "a.json", "b.json"])
        .exits(2)
        .notes("class 7А, period 2025-26/q1 is in a.json too");
    bench.letopis(&["snapshot", "--period", PERIOD]).exits(2).notes("nothing is imported");
}

#[test]
fn a_gigabyte_of_zeros_is_not_read_into_memory() {
    let bench = Bench::archive();
    File::create(bench.path("zeros.json")).unwrap().set_len(1 << 30).unwrap();
    // So much address space is enough for the program, not for the file.
    let letopis = bench.command(&["import", "zeros.json"]);
    let program = letopis.get_program().to_string_lossy().into_owned();
    let output = Command::new("sh")
        .args(["-c", "ulimit -v 800000; exec \"$0\" --archive archive import zeros.json", &program])
        .current_dir(bench.path("."))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
}
