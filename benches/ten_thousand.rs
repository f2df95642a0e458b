//! What an archive of many years costs: rebuilding the catalogue of 10,000 records, and the memory and
//! time of verifying them. `cargo bench --bench ten_thousand`; LETOPIS_BENCH_RECORDS sets the number.
//!
//! The journals are the demo school's, cut down to two pages: time and memory here depend on how many
//! records there are. What a record's size costs is measured by the bench `quarter`.

#[path = "../tests/spec/archive.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod archive;

use archive::{Bench, first_day, import, journals};
use letopis::archive::SnapshotRequest;
use letopis::journal::{Journal, PeriodId, PeriodKind, SchoolYear};
use std::process::Command;
use std::time::{Duration, Instant};

fn main() {
    // `cargo test --benches` only wants to see it run.
    let testing = !std::env::args().any(|argument| argument == "--bench");
    let wanted = std::env::var("LETOPIS_BENCH_RECORDS").ok().and_then(|n| n.parse().ok());
    let records = wanted.unwrap_or(if testing { 24 } else { 10_000 });
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let bench = runtime.block_on(archive_of(records));
    let (time, memory) = run(&bench, &["--clock-is-right", "rebuild"]);
    println!("rebuild of {records} records: {:.2} s, peak memory {memory} MB", time.as_secs_f64());
    let (time, memory) = run(&bench, &["verify"]);
    println!(
        "verify of {records} records in two locations: {:.2} s, peak memory {memory} MB",
        time.as_secs_f64()
    );
    let (time, memory) = run(&bench, &["list"]);
    println!("list of {records} records: {:.2} s, peak memory {memory} MB", time.as_secs_f64());
}

/// An archive of so many records: the same classes in one period after another.
async fn archive_of(records: usize) -> Bench {
    let mut bench = Bench::empty().await;
    let small: Vec<Journal> = journals(40).into_iter().map(cut).collect();
    let periods = (1900..2025).flat_map(|year| (1..=4).map(move |quarter| (year, quarter)));
    let mut sealed = 0;
    for (year, quarter) in periods {
        let left = records - sealed;
        if left == 0 {
            break;
        }
        let year = SchoolYear::beginning(year).expect("a school year");
        let period = PeriodId::new(year, PeriodKind::Quarter, Some(quarter)).expect("a quarter");
        let imports: Vec<_> = small.iter().take(left).map(|j| import(moved(j, period))).collect();
        sealed += imports.len();
        let home = bench.home();
        let lock = home.lock("bench", first_day()).expect("the lock");
        home.keep(&imports, &lock, first_day(), &mut bench.rng).expect("imports are kept");
        drop(lock);
        let mut open = bench.open(first_day()).await;
        let request = SnapshotRequest { period, classes: Vec::new() };
        open.snapshot(&request, first_day(), &mut bench.rng, |_| {}).await.expect("a snapshot");
        drop(open);
        bench.sign(first_day()).await;
    }
    bench
}

fn cut(mut journal: Journal) -> Journal {
    journal.pages.truncate(2);
    journal
}

fn moved(journal: &Journal, period: PeriodId) -> Journal {
    let mut journal = journal.clone();
    journal.school_year = period.year;
    journal.period.number = period.number;
    journal
}

/// Runs the program on the archive; gives how long it took and the most memory it held, in MB.
fn run(bench: &Bench, arguments: &[&str]) -> (Duration, u64) {
    let started = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_letopis"));
    command.args(arguments).arg("--archive").arg(bench.home_path());
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    let mut child = command.spawn().expect("the program runs");
    let mut peak = 0;
    let status = loop {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()));
        let kilobytes = status.ok().and_then(|status| {
            let line =
                status.lines().find_map(|line| line.strip_prefix("VmHWM:").map(str::to_owned))?;
            line.trim().trim_end_matches(" kB").trim().parse::<u64>().ok()
        });
        peak = peak.max(kilobytes.unwrap_or(0));
        if let Some(status) = child.try_wait().expect("the program ends") {
            break status;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    assert!(status.success(), "{arguments:?}: {status}");
    (started.elapsed(), peak / 1024)
}
