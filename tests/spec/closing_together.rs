//! Two people at once, and kill -9: what a closing acknowledged is in the register, once, and nothing else is.

use crate::bench::{Bench, Run};
use crate::desk::{self, CLASSES, DEPUTY};
use letopis::archive::{Archive, Home, Opening, Reading};
use letopis::register::DocumentId;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};
use serde_json::Value;
use std::collections::BTreeSet;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Rounds of something; `LETOPIS_LONG=1` makes ten times as many.
fn rounds(usual: usize) -> usize {
    if std::env::var_os("LETOPIS_LONG").is_some() { usual * 10 } else { usual }
}

/// Starts all of them, and gives what became of each.
fn at_once(bench: &Bench, lines: &[Vec<&str>]) -> Vec<Run> {
    let started = lines.iter().map(|line| {
        let words = [&["closing"], &line[..], &["--by", DEPUTY]].concat();
        let mut command = bench.command(&words);
        (command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap(), words.join(" "))
    });
    let started: Vec<_> = started.collect();
    let ended = started.into_iter();
    ended.map(|(child, line)| Run::of(child.wait_with_output().unwrap(), &line)).collect()
}

fn numbers(history: &[Value]) -> Vec<u64> {
    history.iter().map(|line| line["entry"].as_u64().unwrap()).collect()
}

/// Both run to an end: each told its entries, or was refused for a reason a person understands. Gives what was told.
fn recorded(runs: Vec<Run>) -> Vec<Vec<u64>> {
    let each = runs.into_iter().map(|run| {
        let entries = desk::told(&run);
        let is_busy = run.err.contains("the archive is busy: ");
        let is_late = run.err.contains("nothing is left to enter here");
        match entries.is_empty() {
            false => {
                run.exits(0);
            }
            true if is_busy => {
                run.exits(2);
            }
            true => {
                run.exits(1).notes("nothing is left to enter here");
            }
        }
        assert!(entries.is_empty() || !(is_busy || is_late));
        entries
    });
    each.collect()
}

#[test]
fn of_two_who_enter_the_same_at_once_one_is_recorded_and_the_other_is_told_why_not() {
    let bench = desk::printed();
    let mut told = Vec::new();
    for round in 0..rounds(8) {
        let page = (round / 2 % 15 + 1).to_string();
        let word = if round % 2 == 0 { "confirm" } else { "sign-off" };
        let line = vec![word, "7А", "--page", &page];
        let both = recorded(at_once(&bench, &[line.clone(), line]));
        let entered = both.iter().filter(|entries| !entries.is_empty()).count();
        assert_eq!(entered, usize::from(round < 30), "round {round}: {both:?}");
        told.extend(both.concat());
        let held = numbers(&desk::history(&bench));
        assert_eq!(held, told, "round {round}: what was told, and nothing else");
    }
    bench.letopis(&["verify"]).exits(0);
}

#[test]
fn of_two_who_enter_different_things_at_once_none_is_lost() {
    let bench = desk::printed();
    let mut told = BTreeSet::new();
    for round in 0..rounds(4).min(15) {
        let page = (round + 1).to_string();
        let lines = [
            vec!["confirm", "7А", "--page", &page],
            vec!["sign-off", "7А", "--page", &page],
            vec!["confirm", "6А", "--page", &page],
        ];
        let all = recorded(at_once(&bench, &lines));
        assert!(all.iter().any(|entries| !entries.is_empty()), "round {round}: somebody is first");
        for entry in all.concat() {
            assert!(told.insert(entry), "entry {entry} was told twice");
        }
        // Whoever was refused does it again, and it is done.
        for (line, entries) in lines.iter().zip(&all) {
            if entries.is_empty() {
                told.extend(desk::told(&desk::enters(&bench, line).exits(0)));
            }
        }
        let held: BTreeSet<u64> = numbers(&desk::history(&bench)).into_iter().collect();
        assert_eq!(held, told, "round {round}");
    }
    bench.letopis(&["verify"]).exits(0);
}

/// All a class goes through on paper, one command after another.
fn way(class: &str) -> Vec<Vec<&str>> {
    let pages = ["1", "2", "3", "4"];
    let mut way = vec![vec!["report", class, "--page", "1", "--text", "Не та отметка."]];
    way.extend(pages.map(|page| vec!["confirm", class, "--page", page]));
    way.push(vec!["confirm", class]);
    way.extend(pages.map(|page| vec!["sign-off", class, "--page", page]));
    way.push(vec!["sign-off", class]);
    way.push(vec!["sign-off", class, "--as", "class-teacher"]);
    way.push(vec!["hand-over", class, "--to", DEPUTY]);
    way.push(vec!["sign-off", class, "--as", "deputy"]);
    way.push(vec!["register", class]);
    way.push(vec!["sign-off", class, "--as", "director"]);
    way.push(vec!["stamp", class]);
    way
}

/// The closing as the catalogue on disk folds it, and as one made of the register alone does.
async fn both_folds(bench: &Bench, id: DocumentId, time: &str) -> [String; 2] {
    let home = Home::find(&bench.path("archive")).unwrap();
    let stores = home.stores();
    let reading = Reading::open(home, stores).await.unwrap();
    let anew = reading.closing(id).await.unwrap();
    let home = Home::find(&bench.path("archive")).unwrap();
    let stores = home.stores();
    let opening = Opening { who: "test", now: time.parse().unwrap(), clock_is_right: true };
    let archive = Archive::open(home, stores, opening).await.unwrap();
    let held = archive.closing(id).await.unwrap();
    [format!("{held:#?}"), format!("{anew:#?}")]
}

/// Runs a command and kills it after a while. Gives what it told, and whether that was before its end.
fn killed_after(bench: &Bench, line: &[&str], wait: Duration) -> (String, bool) {
    let words = [&["closing"], line, &["--by", DEPUTY]].concat();
    let mut command = bench.command(&words);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(wait);
    child.kill().unwrap();
    let run = child.wait_with_output().unwrap();
    (String::from_utf8_lossy(&run.stdout).into_owned(), run.status.code().is_none())
}

/// The restart after a command was killed: what was there stays, what it told is there, and it is one commit: done again
/// where it was not done, refused where it was. Gives the history.
fn goes_on(bench: &Bench, line: &[&str], before: &[Value], told: &str) -> Vec<Value> {
    let after = desk::history(bench);
    assert_eq!(after[..before.len()], *before, "{line:?}: what was there stays");
    let new = after.len() - before.len();
    assert!(new > 0 || !told.contains(": entry "), "{line:?} lost what it told: {told}");
    let again = desk::enters(bench, line);
    match (new, line[0]) {
        // A page may be reported twice.
        (0, _) | (_, "report") => again.exits(0),
        _ => again.exits(1),
    };
    bench.letopis(&["verify"]).exits(0);
    desk::history(bench)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closing_killed_at_any_moment_goes_on_from_what_the_register_says() {
    let bench = desk::printed();
    let closings = bench.letopis(&["closing", "list", "--json"]).exits(0).json();
    let id: DocumentId = closings[0]["closing"].as_str().unwrap().parse().unwrap();
    let ways: Vec<Vec<&str>> = CLASSES.iter().flat_map(|class| way(class)).collect();
    let rounds = rounds(12).min(ways.len() / 2);
    let mut rng = ChaCha20Rng::seed_from_u64(9);
    let mut killed = 0;
    // Of some commands the last is killed, the others are entered in peace.
    for lines in ways.chunks(ways.len() / rounds) {
        let Some((line, in_peace)) = lines.split_last() else { break };
        let started = Instant::now();
        for line in in_peace {
            desk::enters(&bench, line).exits(0);
        }
        let usual = started.elapsed() / u32::try_from(in_peace.len().max(1)).unwrap();
        let before = desk::history(&bench);
        let wait = usual.mul_f64(f64::from(rng.next_u32() % 100) / 100.0);
        let (told, in_time) = killed_after(&bench, line, wait);
        killed += usize::from(in_time);
        let history = goes_on(&bench, line, &before, &told);
        let time = history.last().unwrap()["time"].as_str().unwrap();
        let [held, anew] = both_folds(&bench, id, time).await;
        assert!(held == anew, "{line:?}: the catalogue says otherwise\n{held}\n{anew}");
    }
    assert!(killed > rounds / 3, "only {killed} commands were killed before their end");
    let before = desk::history(&bench);
    bench.letopis(&["rebuild"]).exits(0);
    assert_eq!(desk::history(&bench), before);
}
