//! What is shown on a terminal, and what goes into a file or another program instead.

use crate::bench::{Bench, PASSPHRASE, PERIOD};
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Duration;

/// What a person sees who types this, and then these lines when they are asked. `script` is the terminal.
fn on_a_terminal(bench: &Bench, line: &str, answers: &[&str]) -> String {
    let program = env!("CARGO_BIN_EXE_letopis");
    let mut command = Command::new("script");
    command
        .args(["-qec", &format!("'{program}' --archive archive {line}"), "/dev/null"])
        .current_dir(bench.path("."))
        .env("TERM", "xterm")
        .env_remove("LETOPIS_PASSPHRASE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = command.spawn().expect("script is missing: apt-get install bsdutils");
    let mut keyboard = child.stdin.take().unwrap();
    for answer in answers {
        // A person types after the question stands there: what was typed before is thrown away.
        std::thread::sleep(Duration::from_secs(2));
        writeln!(keyboard, "{answer}").unwrap();
    }
    let output = child.wait_with_output().unwrap();
    drop(keyboard);
    let seen = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{line}: {seen}");
    seen
}

#[test]
fn progress_is_shown_on_a_terminal_and_nowhere_else() {
    let bench = Bench::imported();
    let piped = |line: &str| {
        let run = bench.letopis(&line.split(' ').collect::<Vec<_>>()).exits(0);
        assert!(!(run.out + &run.err).contains(['\x1b', '\r', '[']), "{line}: a bar in a file");
    };
    let sealing = on_a_terminal(&bench, &format!("snapshot --period {PERIOD} --class 7А"), &[]);
    assert!(sealing.contains("sealing ["), "{sealing:?}");
    assert!(sealing.contains("sealed 000001  7А"), "{sealing:?}");
    piped(&format!("snapshot --period {PERIOD}"));
    let verifying = on_a_terminal(&bench, "verify --deep", &[]);
    assert!(verifying.contains("verifying ["), "{verifying:?}");
    assert!(verifying.contains("all is as it was sealed"), "{verifying:?}");
    piped("verify --deep");
}

#[test]
fn a_passphrase_is_asked_for_on_the_terminal_and_not_shown() {
    let bench = Bench::sealed();
    let signed = on_a_terminal(&bench, "sign --key director.pem", &[PASSPHRASE]);
    assert!(signed.contains("Passphrase for director.pem"), "{signed:?}");
    assert!(signed.contains("3 record(s) signed"), "{signed:?}");
    assert!(!signed.contains(PASSPHRASE), "{signed:?}");
}

#[test]
fn without_a_terminal_and_without_the_variable_a_passphrase_cannot_be_had() {
    let bench = Bench::sealed();
    let mut command = Command::new("setsid");
    command
        .args(["--wait", env!("CARGO_BIN_EXE_letopis"), "--archive", "archive"])
        .args(["sign", "--key", "director.pem"])
        .current_dir(bench.path("."))
        .env_remove("LETOPIS_PASSPHRASE")
        .stdin(Stdio::null());
    let output = command.output().expect("setsid is missing: apt-get install util-linux");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("no passphrase for `director.pem`; set LETOPIS_PASSPHRASE"), "{said}");
}
