//! kill -9 at any moment: what was acknowledged is whole in both locations, nothing half-made is
//! visible; and nothing is acknowledged before it is on disk.

use crate::archive::{Bench, copy_tree, first_day, import, journals};
use letopis::archive::verify::{self, Request};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Rounds of killing; `LETOPIS_LONG=1` makes ten times as many.
fn rounds() -> usize {
    if std::env::var_os("LETOPIS_LONG").is_some() { 500 } else { 50 }
}

/// An archive with imports waiting to be sealed.
async fn waiting(classes: usize) -> Bench {
    let mut bench = Bench::empty().await;
    let home = bench.home();
    let lock = home.lock("test", first_day()).unwrap();
    let imports: Vec<_> = journals(classes).into_iter().map(import).collect();
    home.keep(&imports, &lock, first_day(), &mut bench.rng).unwrap();
    bench
}

fn snapshot(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_letopis"));
    command.args(["--clock-is-right", "snapshot", "--period", "2025-26/q1", "--archive"]);
    command.arg(home).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// Lets the run go on for a while, kills it, and gives the records it had acknowledged.
fn killed_after(mut run: Child, wait: Duration) -> BTreeSet<String> {
    let output = run.stdout.take().unwrap();
    let reader = std::thread::spawn(move || {
        let lines = BufReader::new(output).lines().map_while(Result::ok);
        lines
            .filter_map(|l| l.strip_prefix("sealed ")?.split(' ').next().map(str::to_owned))
            .collect()
    });
    std::thread::sleep(wait);
    let _ = run.kill();
    let _ = run.wait();
    reader.join().unwrap()
}

fn records(location: &Path) -> BTreeSet<String> {
    let year = location.join("records/2025-26");
    let entries = fs::read_dir(year).map(|d| d.flatten().collect::<Vec<_>>()).unwrap_or_default();
    entries.iter().map(|e| e.file_name().to_string_lossy().into_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_killed_at_any_moment_leaves_whole_records_or_none() {
    let classes = journals(8).len();
    let bench = waiting(8).await;
    let template = tempfile::tempdir().unwrap();
    copy_tree(&bench.home_path(), &template.path().join("archive"));
    copy_tree(&bench.second_path(), &template.path().join("second"));
    let mut rng = ChaCha20Rng::seed_from_u64(50);
    let mut interrupted = 0;
    for round in 0..rounds() {
        for name in ["archive", "second"] {
            let place = bench.home_path().with_file_name(name);
            fs::remove_dir_all(&place).unwrap();
            copy_tree(&template.path().join(name), &place);
        }
        let wait = Duration::from_millis(u64::from(rng.next_u32() % 900));
        let acknowledged = killed_after(snapshot(&bench.home_path()).spawn().unwrap(), wait);
        // The restart: the same command again seals what is missing.
        let again = snapshot(&bench.home_path()).output().unwrap();
        let sealed_all = again.status.success() || !bench.home().waiting().unwrap().is_empty();
        let said = String::from_utf8_lossy(&again.stdout).into_owned();
        assert!(sealed_all || acknowledged.len() == classes, "round {round}: {said}");
        interrupted += usize::from(acknowledged.len() < classes);
        let (primary, second) = (records(&bench.location(false)), records(&bench.location(true)));
        assert_eq!(primary, second, "round {round}");
        assert_eq!(
            primary.len(),
            classes,
            "round {round}: each class has one record and no other is visible"
        );
        for number in &acknowledged {
            assert!(
                primary.iter().any(|r| r.starts_with(number)),
                "round {round}: {number} is lost"
            );
        }
        let home = bench.home();
        let deep = Request { only: None, deep: round % 10 == 0 };
        let report = verify::run(&home, home.stores(), deep, &|_, _| {}).await.unwrap();
        assert!(report.is_clean(), "round {round}: {:#?}", report.findings);
    }
    assert!(interrupted > rounds() / 4, "only {interrupted} runs were interrupted in the middle");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_file_and_directory_is_synced_before_a_record_is_acknowledged() {
    let bench = waiting(1).await;
    let trace = bench.home_path().with_file_name("trace");
    let done = Command::new("strace")
        .args([
            "-f",
            "-y",
            "-s",
            "4096",
            "-e",
            "trace=openat,linkat,link,rename,renameat2,fsync,write",
            "-o",
        ])
        .arg(&trace)
        .arg(env!("CARGO_BIN_EXE_letopis"))
        .args(["--clock-is-right", "snapshot", "--period", "2025-26/q1", "--archive"])
        .arg(bench.home_path())
        .output()
        .expect("strace is missing: apt-get install strace");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let trace = String::from_utf8_lossy(&fs::read(&trace).unwrap()).into_owned();
    let said = trace.lines().position(|l| l.contains("write(1<") && l.contains("sealed 000001"));
    let before = trace.lines().take(said.expect("the record is acknowledged on standard output"));
    let synced: Vec<&str> =
        before.filter(|l| l.contains("fsync(") && !l.contains("resumed")).collect();
    for second in [false, true] {
        let location = fs::canonicalize(bench.location(second)).unwrap();
        let location = location.to_string_lossy();
        let directory = records(&bench.location(second)).pop_first().unwrap();
        let record = format!("{location}/records/2025-26/{directory}");
        let of = |path: &str| synced.iter().any(|line| line.contains(&format!("<{path}")));
        for file in ["package.zip", "seal.txt"] {
            assert!(of(&format!("{record}/{file}#")), "{record}/{file} was not synced");
        }
        assert!(of(&format!("{record}>")), "the record's directory was not synced");
        assert!(of(&format!("{location}/records/2025-26>")), "the year's directory was not synced");
        for tile in ["entries/", "0/"] {
            let tile = format!("{location}/register/tile/{tile}000.p/");
            assert!(of(&tile), "{tile} was not synced");
            assert!(of(&format!("{}>", &tile[..tile.len() - 1])), "{tile}: the directory");
        }
        assert!(of(&format!("{location}/register/checkpoint#")), "the checkpoint was not synced");
        assert!(of(&format!("{location}/register>")), "the register's directory was not synced");
    }
}
