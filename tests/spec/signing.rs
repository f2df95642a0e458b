//! The director signs: at the archive, or apart on a computer without one.

use crate::bench::{Bench, PASSPHRASE, PERIOD, journal};
use letopis::demo::corrected;
use std::fs;

/// The exported sheet alone with the key, as on the director's own computer.
fn apart(bench: &Bench) -> Bench {
    bench.letopis(&["sign", "--export", "sheet.json", "--period", PERIOD]).exits(0).says("7А");
    let desk = Bench::empty();
    for file in ["sheet.json", "director.pem"] {
        fs::copy(bench.path(file), desk.path(file)).unwrap();
    }
    desk
}

fn signed_records(bench: &Bench) -> usize {
    bench.list().iter().filter(|record| record["signed"] == true).count()
}

#[test]
fn the_director_signs_all_waiting_seals_and_the_register() {
    let bench = Bench::sealed();
    let size = bench.register_size();
    let run = bench.letopis(&["sign", "--period", PERIOD, "--key", "director.pem"]).exits(0);
    run.says("signed 000003  7А")
        .says(&format!("3 record(s) signed, and the register of {size} entries"));
    assert_eq!(signed_records(&bench), 3);
    assert_eq!(bench.register_size(), size + 4, "three signed, one witness");
    bench
        .letopis(&["sign", "--key", "director.pem"])
        .exits(1)
        .notes("no seal waits for a signature");
}

#[test]
fn a_wrong_passphrase_signs_nothing() {
    let bench = Bench::sealed();
    let mut command = bench.command(&["sign", "--key", "director.pem"]);
    let output = command.env("LETOPIS_PASSPHRASE", "не та фраза").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("wrong passphrase"));
    assert_eq!(signed_records(&bench), 0);
}

#[test]
fn signing_goes_apart_with_the_key_far_from_the_archive() {
    let bench = Bench::sealed();
    let desk = apart(&bench);
    let package = bench.letopis(&["show", "3", "--json"]).exits(0).json()["package"].to_string();
    let run = desk.letopis(&["sign", "--with", "director.pem", "sheet.json"]).exits(0);
    run.says("000003").says("2025-26/q1").says(&package[1..17]).says("signed by ");
    assert!(!desk.path("archive").exists());
    fs::copy(desk.path("sheet.json"), bench.path("back.json")).unwrap();
    bench.letopis(&["sign", "--import", "back.json"]).exits(0).says("3 record(s) signed");
    assert_eq!(signed_records(&bench), 3);
    bench.letopis(&["sign", "--import", "back.json"]).exits(1).notes("no seal waits");
}

#[test]
fn a_sheet_nobody_signed_is_not_taken() {
    let bench = Bench::sealed();
    apart(&bench);
    bench
        .letopis(&["sign", "--import", "sheet.json"])
        .exits(1)
        .notes("nobody has signed the sheet");
    bench.letopis(&["sign", "--export", "sheet.json"]).exits(2).notes("cannot create `sheet.json`");
}

#[test]
fn an_altered_sheet_is_refused_whole() {
    let bench = Bench::sealed();
    let desk = apart(&bench);
    let sheet = desk.text("sheet.json");
    desk.put("sheet.json", sheet.replacen("class 7А", "class 7Б", 1));
    desk.letopis(&["sign", "--with", "director.pem", "sheet.json"]).exits(0);
    let run = bench.tool("cp", &[desk.path("sheet.json").to_str().unwrap(), "back.json"]);
    run.exits(0);
    let run = bench.letopis(&["sign", "--import", "back.json"]).exits(1);
    run.notes("the seal of 000003 is not the one that is stored; nothing was signed");
    assert_eq!(signed_records(&bench), 0);

    desk.put("sheet.json", sheet.replacen("letopis/seal/v1", "letopis/check/v1", 1));
    let run = desk.letopis(&["sign", "--with", "director.pem", "sheet.json"]).exits(1);
    run.notes("the text of 000001 is not its seal");
    desk.put("sheet.json", "{}");
    desk.letopis(&["sign", "--with", "director.pem", "sheet.json"])
        .exits(2)
        .notes("is no signing sheet");
}

#[test]
fn a_record_replaced_while_the_sheet_was_away_is_passed_over() {
    let bench = Bench::sealed();
    let desk = apart(&bench);
    desk.letopis(&["sign", "--with", "director.pem", "sheet.json"]).exits(0);
    bench.put_journal("7a.json", &corrected(&journal("7А")));
    bench.letopis(&["import", "7a.json"]).exits(0);
    bench.letopis(&["snapshot", "--period", PERIOD]).exits(0);
    fs::copy(desk.path("sheet.json"), bench.path("back.json")).unwrap();
    let run = bench.letopis(&["sign", "--import", "back.json"]).exits(0);
    run.says("000003  7А     2025-26/q1  signed or replaced since; passed over")
        .says("2 record(s) signed");
    let signed: Vec<bool> = bench.list().iter().map(|r| r["signed"] == true).collect();
    assert_eq!(signed, [true, true, false, false]);
}

#[test]
fn only_a_directors_key_in_its_term_signs_seals() {
    let bench = Bench::sealed();
    let key = |role, from, file| {
        let named =
            ["keys", "new", "--role", role, "--holder", "Лебедев Пётр Олегович", "--out", file];
        let more = ["--from", from, "--endorse-with", "director.pem"];
        bench.letopis(&[&named[..], &more].concat()).exits(0);
    };
    key("deputy", "2025-09-01", "deputy.pem");
    key("director", "2199-09-01", "future.pem");
    let sign = |key| bench.letopis(&["sign", "--key", key]).exits(1);
    sign("deputy.pem").notes("is of a deputy; seals are signed by the director's");
    sign("future.pem").notes("is valid only from 2199-08-31");
    let pass = format!("pass:{PASSPHRASE}");
    let made = ["genpkey", "-algorithm", "ed25519", "-aes256", "-pass", &pass, "-out", "alien.pem"];
    bench.tool("openssl", &made).exits(0);
    sign("alien.pem").notes("is not known to the register");
    assert_eq!(signed_records(&bench), 0);
}

#[test]
fn exactly_one_way_of_signing_is_asked_for() {
    let bench = Bench::empty();
    bench.letopis(&["sign"]).exits(2);
    bench.letopis(&["sign", "--key", "a.pem", "--export", "b"]).exits(2);
    bench.letopis(&["sign", "--with", "a.pem"]).exits(2);
    bench.letopis(&["sign", "--key", "a.pem", "sheet.json"]).exits(2);
}
