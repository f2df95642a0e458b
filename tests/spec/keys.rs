//! Keys: made here or elsewhere, enrolled, endorsed, revoked.

use crate::bench::{Bench, PASSPHRASE, Run};
use serde_json::Value;
use std::os::unix::fs::PermissionsExt as _;

const TERM: [&str; 2] = ["--from", "2025-09-01"];

fn new(bench: &Bench, role: &str, holder: &str, file: &str, more: &[&str]) -> Run {
    let named = ["keys", "new", "--role", role, "--holder", holder, "--out", file];
    bench.letopis(&[&named[..], &TERM, more].concat())
}

fn add(bench: &Bench, file: &str, more: &[&str]) -> Run {
    let named = ["keys", "add", file, "--role", "director", "--holder", "Орлова Мария Ивановна"];
    bench.letopis(&[&named[..], &TERM, more].concat())
}

fn keys(bench: &Bench) -> Vec<Value> {
    bench.letopis(&["keys", "list", "--json"]).exits(0).json().as_array().unwrap().clone()
}

/// A key made by `openssl genpkey`: `NAME.pem` under the passphrase, `NAME.pub.pem`.
fn genpkey(bench: &Bench, name: &str) {
    let (private, public) = (format!("{name}.pem"), format!("{name}.pub.pem"));
    let pass = format!("pass:{PASSPHRASE}");
    let made = ["genpkey", "-algorithm", "ed25519", "-aes256", "-pass", &pass, "-out", &private];
    bench.tool("openssl", &made).exits(0);
    let read = ["pkey", "-in", &private, "-passin", &pass, "-pubout", "-out", &public];
    bench.tool("openssl", &read).exits(0);
}

/// Runs the `openssl pkeyutl` lines that a command printed, with the passphrase at hand.
fn sign_as_told(bench: &Bench, told: &Run) {
    let lines =
        told.out.lines().filter(|line| line.trim_start().starts_with("openssl pkeyutl -sign"));
    let lines: Vec<String> = lines
        .map(|line| format!("{} -passin 'pass:{PASSPHRASE}'", line.replace("ENDORSER", "director")))
        .collect();
    assert!(!lines.is_empty(), "{}", told.out);
    lines.iter().for_each(|line| drop(bench.shell(line).exits(0)));
}

#[test]
fn a_new_key_is_a_standard_file_under_a_passphrase_that_only_its_owner_can_read() {
    let bench = Bench::archive();
    let order = ["--order", "12-к", "--order-date", "2025-08-29"];
    let run = new(&bench, "director", "Орлова Мария Ивановна", "director.pem", &order).exits(0);
    let mode = std::fs::metadata(bench.path("director.pem")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(bench.text("director.pem").starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"));

    let pass = format!("pass:{PASSPHRASE}");
    let public =
        bench.tool("openssl", &["pkey", "-in", "director.pem", "-passin", &pass, "-pubout"]);
    assert_eq!(public.exits(0).out, bench.text("director.pub.pem"));
    let line = "openssl pkey -pubin -in director.pub.pem -outform DER | sha256sum | cut -c 1-64";
    let fingerprint = bench.shell(line).exits(0).out.trim().to_owned();
    run.says(&fingerprint).notes("print the key's fingerprint on the order");

    let list = keys(&bench);
    assert_eq!(list.len(), 1);
    assert_eq!(list[0]["key"], fingerprint);
    assert_eq!(list[0]["holder"], "Орлова Мария Ивановна");
    assert_eq!(list[0]["role"], "director");
    assert_eq!(list[0]["state"], "valid");
    assert_eq!(list[0]["bound"], "first-key");
    assert_eq!(list[0]["from"], "2025-08-31T19:00:00Z", "midnight of the school's own time");
    assert_eq!(list[0]["order"], "12-к/2025-08-29");
    for location in ["archive/primary", "second"] {
        let exported = format!("{location}/keys/director-{}.pub.pem", &fingerprint[..16]);
        assert_eq!(bench.text(&exported), bench.text("director.pub.pem"));
    }
}

#[test]
fn a_key_file_never_overwrites_another_one() {
    let bench = Bench::archive();
    for taken in ["director.pem", "director.pub.pem"] {
        bench.put(taken, b"something dear");
        let run = new(&bench, "director", "Орлова Мария Ивановна", "director.pem", &[]);
        run.exits(2).notes("exists already");
        assert_eq!(bench.bytes(taken), b"something dear");
        std::fs::remove_file(bench.path(taken)).unwrap();
    }
    let size = bench.register_size();
    new(&bench, "director", "Орлова Мария Ивановна", "nowhere/director.pem", &[]).exits(2);
    assert!(keys(&bench).is_empty());
    assert_eq!(bench.register_size(), size, "not even the holder is entered");
}

#[test]
fn a_key_that_is_not_enrolled_leaves_no_file() {
    let bench = Bench::archive();
    new(&bench, "director", "Орлова Мария Ивановна", "director.pem", &[]).exits(0);
    let size = bench.register_size();
    let refused = new(&bench, "deputy", "Лебедев Пётр Олегович", "deputy.pem", &[]);
    refused.exits(1).notes("--endorse-with");
    let early = ["--until", "2025-08-01", "--endorse-with", "director.pem"];
    let refused = new(&bench, "deputy", "Лебедев Пётр Олегович", "deputy.pem", &early);
    refused.exits(2).notes("before it begins");
    let mut short = bench.command(&["keys", "new", "--role", "deputy", "--holder", "Л"]);
    short.args(["--out", "deputy.pem", "--endorse-with", "director.pem"]).args(TERM);
    let output = short.env("LETOPIS_PASSPHRASE", "коротко").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("the passphrase has 7 characters"));
    assert!(!bench.path("deputy.pem").exists() && !bench.path("deputy.pub.pem").exists());
    assert_eq!(bench.register_size(), size);
}

#[test]
fn a_director_endorses_a_deputy_and_a_deputy_no_director() {
    let bench = Bench::archive();
    new(&bench, "director", "Орлова Мария Ивановна", "director.pem", &[]).exits(0);
    let by_director = ["--endorse-with", "director.pem"];
    let run = new(&bench, "deputy", "Лебедев Пётр Олегович", "deputy.pem", &by_director).exits(0);
    let director = keys(&bench)[0]["key"].as_str().unwrap().to_owned();
    run.says(&format!("endorsement by {}", &director[..16]));
    assert_eq!(keys(&bench)[1]["endorsed_by"], director);
    let by_deputy = ["--endorse-with", "deputy.pem"];
    let refused = new(&bench, "director", "Лебедев Пётр Олегович", "other.pem", &by_deputy);
    refused.exits(1).notes("the endorsing key").notes("has the role deputy");
    assert!(!bench.path("other.pem").exists());
}

#[test]
fn a_key_made_with_openssl_is_enrolled_with_its_proof_of_possession() {
    let bench = Bench::archive();
    genpkey(&bench, "own");
    let told =
        add(&bench, "own.pub.pem", &[]).exits(0).says("next: the holder of the new key signs");
    assert!(bench.text("own.possession.txt").starts_with("letopis/key-possession/v1\n"));
    assert!(keys(&bench).is_empty());
    sign_as_told(&bench, &told);
    add(&bench, "own.pub.pem", &["--proof", "own.possession.sig"]).exits(0);
    assert_eq!(keys(&bench)[0]["state"], "valid");
}

#[test]
fn a_proof_of_another_term_or_by_another_key_proves_nothing() {
    let bench = Bench::archive();
    genpkey(&bench, "own");
    genpkey(&bench, "other");
    sign_as_told(&bench, &add(&bench, "own.pub.pem", &[]).exits(0));
    let proof = ["--proof", "own.possession.sig"];
    let longer = [&proof[..], &["--until", "2026-08-31"]].concat();
    for (file, more) in [("own.pub.pem", &longer[..]), ("other.pub.pem", &proof)] {
        add(&bench, file, more)
            .exits(1)
            .notes("the possession signature does not belong to the key");
    }
    bench.put("own.possession.sig", b"no signature");
    add(&bench, "own.pub.pem", &proof).exits(2).notes("an Ed25519 signature is 64 bytes");
    assert!(keys(&bench).is_empty());
}

#[test]
fn an_endorsement_can_be_made_apart_with_openssl_too() {
    let bench = Bench::archive();
    new(&bench, "director", "Орлова Мария Ивановна", "director.pem", &[]).exits(0);
    genpkey(&bench, "own");
    let told = add(&bench, "own.pub.pem", &[]).exits(0).says("whoever endorses it signs");
    sign_as_told(&bench, &told);
    let proof = ["--proof", "own.possession.sig"];
    add(&bench, "own.pub.pem", &proof).exits(0).says("next: whoever endorses it");
    assert_eq!(keys(&bench).len(), 1);
    let swapped = [&proof[..], &["--endorsement", "own.possession.sig"]].concat();
    add(&bench, "own.pub.pem", &swapped).exits(1).notes("by no key that may endorse it now");
    let both = [&proof[..], &["--endorsement", "own.endorsement.sig"]].concat();
    add(&bench, "own.pub.pem", &both).exits(0);
    assert_eq!(keys(&bench)[1]["bound"], "endorsed");
    add(&bench, "own.pub.pem", &both).exits(1).notes("was already added");
}

#[test]
fn a_private_key_is_not_taken_for_a_public_one() {
    let bench = Bench::archive();
    genpkey(&bench, "own");
    add(&bench, "own.pem", &[]).exits(2).notes("the file holds a private key");
}

#[test]
fn a_revoked_key_stays_listed_and_signs_nothing_any_more() {
    let bench = Bench::sealed();
    let director = keys(&bench)[0]["key"].as_str().unwrap().to_owned();
    let revoke =
        |beginning: &str| bench.letopis(&["keys", "revoke", beginning, "--reason", "lost"]);
    revoke("zzzz").exits(2).notes("no key begins with `zzzz`");
    revoke(&director[..3]).exits(2).notes("give more of the fingerprint");
    revoke(&director[..8]).exits(0).says(&director);
    revoke(&director[..8]).exits(1).notes("already");
    assert_eq!(keys(&bench)[0]["state"], "revoked");
    let run = bench.letopis(&["sign", "--key", "director.pem"]).exits(1);
    run.notes("was revoked by entry");
    assert_eq!(bench.list()[0]["signed"], false);
    // Nobody is left to endorse: the next key is bound by its printed order, and that is told.
    let run = new(&bench, "director", "Орлова Мария Ивановна", "next.pem", &[]).exits(0);
    run.says("no key was left to endorse it").notes("signed by hand");
}
