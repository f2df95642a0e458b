//! Records the program made, checked by programs that know nothing of it.

use crate::bench::{Bench, Run};

const RECORD: &str = "archive/primary/records/2025-26/000003-7a-q1-journal";

/// `ssh-keygen -Y verify` of a record's seal at a time.
fn ssh_verify(bench: &Bench, record: &str, time: &str) -> Run {
    bench.shell(&format!(
        "cd {record}; ssh-keygen -Y verify -f ../../../allowed_signers -I director -n letopis \
         -Overify-time={time} -s seal.sshsig < seal.txt"
    ))
}

fn openssl_verify(bench: &Bench, record: &str) -> Run {
    bench.shell(&format!(
        "cd {record}; openssl pkeyutl -verify -pubin -inkey ../../../keys/director-*.pub.pem \
         -rawin -in seal.txt -sigfile seal.sig"
    ))
}

#[test]
fn unzip_finds_no_error_in_a_package() {
    let bench = Bench::signed();
    let package = format!("{RECORD}/package.zip");
    bench.tool("unzip", &["-t", &package]).exits(0).says("No errors detected");
}

#[test]
fn sha256sum_finds_the_package_as_the_seal_says() {
    let bench = Bench::signed();
    let line = format!(
        "cd {RECORD}; sed -n 's/^package-sha256 \\(.*\\)/\\1  package.zip/p' seal.txt | sha256sum -c"
    );
    bench.shell(&line).exits(0).says("package.zip: OK");
    bench.damage(&format!("{RECORD}/package.zip"));
    bench.shell(&line).exits(1);
}

#[test]
fn bagit_finds_the_package_valid() {
    let bench = Bench::signed();
    let there = bench.tool("python3", &["-c", "import bagit"]).err;
    assert_eq!(
        there, "",
        "bagit is missing: `python3 -m pip install bagit`, or run `scripts/test`"
    );
    let package = format!("{RECORD}/package.zip");
    bench.tool("unzip", &["-q", &package, "-d", "bag"]).exits(0);
    let validate = ["-m", "bagit", "--validate", "bag/000003-7a-q1-journal"];
    bench.tool("python3", &validate).exits(0).notes("is valid");
    bench.damage("bag/000003-7a-q1-journal/data/journal.json");
    bench.tool("python3", &validate).exits(1);
}

#[test]
fn openssl_verifies_the_directors_signature() {
    let bench = Bench::signed();
    for location in ["archive/primary", "second"] {
        let record = format!("{location}/records/2025-26/000003-7a-q1-journal");
        openssl_verify(&bench, &record).exits(0).says("Signature Verified Successfully");
    }
    let seal = format!("{RECORD}/seal.txt");
    bench.put(&seal, bench.text(&seal).replace("class 7А", "class 7Б"));
    openssl_verify(&bench, RECORD).exits(1).says("Signature Verification Failure");
}

#[test]
fn ssh_keygen_verifies_it_in_the_keys_term_and_not_out_of_it() {
    let bench = Bench::signed();
    let shown = bench.letopis(&["show", "3", "--json"]).exits(0).json();
    let signed = shown["signatures"][0]["signed"].as_str().unwrap().replace(['-', ':', 'T'], "");
    ssh_verify(&bench, RECORD, &signed).exits(0).says("Good \"letopis\" signature for director");
    // The term begins with 1 September 2025, midnight at +05:00.
    ssh_verify(&bench, RECORD, "20250831190000Z").exits(0);
    ssh_verify(&bench, RECORD, "20250831185959Z").exits(255);
    // It ends with 31 August 2099; OpenSSH counts the second of midnight in.
    ssh_verify(&bench, RECORD, "20990831185959Z").exits(0);
    ssh_verify(&bench, RECORD, "20990831190001Z").exits(255);
}

#[test]
fn ssh_keygen_verifies_nothing_after_the_revocation() {
    let bench = Bench::signed();
    let shown = bench.letopis(&["show", "3", "--json"]).exits(0).json();
    let key = shown["signatures"][0]["key"].as_str().unwrap();
    let signed = shown["signatures"][0]["signed"].as_str().unwrap().replace(['-', ':', 'T'], "");
    std::thread::sleep(std::time::Duration::from_secs(1));
    bench.letopis(&["keys", "revoke", key, "--reason", "left"]).exits(0);
    ssh_verify(&bench, RECORD, &signed).exits(0);
    ssh_verify(&bench, RECORD, "20980101000000Z").exits(255);
}

#[test]
fn a_key_made_with_openssl_signs_apart_and_its_seals_verify() {
    let bench = Bench::sealed();
    let pass = format!("pass:{}", crate::bench::PASSPHRASE);
    let named = ["--role", "director", "--holder", "Лебедев Пётр Олегович", "--from", "2025-09-01"];
    let made = ["genpkey", "-algorithm", "ed25519", "-aes256", "-pass", &pass, "-out", "own.pem"];
    bench.tool("openssl", &made).exits(0);
    let public = ["pkey", "-in", "own.pem", "-passin", &pass, "-pubout", "-out", "own.pub.pem"];
    bench.tool("openssl", &public).exits(0);
    let endorsed = ["--endorse-with", "director.pem"];
    let add = [&["keys", "add", "own.pub.pem"], &named[..], &endorsed].concat();
    bench.letopis(&add).exits(0);
    let text = ["-in", "own.possession.txt", "-out", "own.possession.sig"];
    let sign = ["pkeyutl", "-sign", "-inkey", "own.pem", "-passin", &pass, "-rawin"];
    bench.tool("openssl", &[&sign[..], &text].concat()).exits(0);
    bench.letopis(&[&add[..], &["--proof", "own.possession.sig"]].concat()).exits(0);

    bench.letopis(&["sign", "--export", "sheet.json"]).exits(0);
    bench.letopis(&["sign", "--with", "own.pem", "sheet.json"]).exits(0);
    bench.letopis(&["sign", "--import", "sheet.json"]).exits(0).says("3 record(s) signed");
    let shown = bench.letopis(&["show", "3", "--json"]).exits(0).json();
    let fingerprint = shown["signatures"][0]["key"].as_str().unwrap();
    assert_eq!(shown["signatures"][0]["holder"], "Лебедев Пётр Олегович");
    bench
        .shell(&format!(
            "cd {RECORD}; openssl pkeyutl -verify -pubin -inkey ../../../keys/director-{}.pub.pem \
         -rawin -in seal.txt -sigfile seal.sig",
            &fingerprint[..16]
        ))
        .exits(0);
}

#[test]
fn the_commands_that_show_prints_can_be_copied_and_succeed() {
    let bench = Bench::signed();
    let shown = bench.letopis(&["show", "3", "--json"]).exits(0).json();
    let commands: Vec<&str> =
        shown["by_hand"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
    for program in ["sha256sum", "unzip", "openssl", "ssh-keygen", "verify.py"] {
        assert!(commands.iter().any(|line| line.contains(program)), "{program}");
    }
    bench.shell(&commands.join("\n")).exits(0);
}
