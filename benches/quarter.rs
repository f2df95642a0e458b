//! How fast a quarter is sealed and verified, beside what the machine can do at all with the same
//! files. Run with `cargo bench --bench quarter`; for one core `taskset -c 0 cargo bench …`.
//!
//! At the end it prints how fast verification is as a share of two measures, taken in turns with it:
//! the *bare* one (hashing, and inflating for `--deep`) and the *floor*, which does besides whatever no
//! verification can leave out.

use chrono::{DateTime, NaiveDate, TimeZone as _, Utc};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use letopis::archive::{
    self, Archive, Founding, Home, NewKey, Opening, PaperSettings, Regulation, Settings,
    SnapshotRequest, verify,
};
use letopis::demo;
use letopis::digest::{Digest, Hasher};
use letopis::intake::{Import, SourceFile};
use letopis::journal::{Journal, PeriodId};
use letopis::key::sshsig::{self, SshSignature};
use letopis::key::{KeyRole, PublicKey, SecretKey, Signature};
use letopis::paper::wording::Shipped;
use letopis::record::package::Package;
use letopis::retention::FilePlan;
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;
use tokio::runtime::Runtime;

fn main() {
    divan::main();
    if !std::env::args().any(|arg| matches!(arg.as_str(), "--list" | "--test")) {
        print_shares("quarter", &QUARTER);
        print_shares("quarter with tables", &RUNTIME.block_on(Quarter::sealed(24, 300 << 10)));
    }
}

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));
static QUARTER: LazyLock<Quarter> = LazyLock::new(|| RUNTIME.block_on(Quarter::sealed(24, 0)));

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2025, 10, 25, 7, 0, 0).unwrap()
}

fn period() -> PeriodId {
    "2025-26/q1".parse().unwrap()
}

struct Quarter {
    dir: tempfile::TempDir,
    rng: ChaCha20Rng,
    director: SecretKey,
}

fn import(journal: Journal) -> Import {
    let source = SourceFile {
        name: format!("{}.json", journal.class.name()),
        bytes: serde_json::to_vec_pretty(&journal).unwrap(),
    };
    Import { journal, sources: vec![source], lacking: Vec::new() }
}

/// A source file that does not deflate, as `.xlsx` is.
fn table(bytes: usize, rng: &mut ChaCha20Rng) -> SourceFile {
    let mut table = SourceFile { name: "table.xlsx".to_owned(), bytes: vec![0; bytes] };
    rng.fill_bytes(&mut table.bytes);
    table
}

impl Quarter {
    fn home(&self) -> Home {
        Home::find(&self.dir.path().join("archive")).unwrap()
    }

    async fn founded() -> Quarter {
        let dir = tempfile::tempdir_in("target").unwrap();
        let mut rng = ChaCha20Rng::seed_from_u64(1);
        let director = SecretKey::generate(&mut rng);
        let regulation = include_str!("../templates/regulations/school.toml").to_owned();
        let founding = Founding {
            home: dir.path().join("archive"),
            second: dir.path().join("second"),
            settings: Settings {
                paper: PaperSettings::new(Shipped::School),
                regulation: Regulation { name: "school.toml".to_owned(), toml: regulation },
                school_id: "1020200000001".to_owned(),
                school_name: "МБОУ «СОШ № 7»".to_owned(),
                utc_offset: "+05:00".parse().unwrap(),
            },
            plan: FilePlan::school(),
        };
        let mut archive = archive::init(&founding, now(), &mut rng).await.unwrap();
        let new = NewKey {
            role: KeyRole::Director,
            holder: "Орлова Мария Ивановна".to_owned(),
            from: NaiveDate::from_ymd_opt(2025, 9, 1).unwrap(),
            until: None,
            order: None,
        };
        let terms = archive.key_terms(director.public(), &new, now(), &mut rng).await.unwrap();
        let possession = director.sign(terms.possession_text().as_bytes());
        archive.add_key(terms, possession, None, now()).await.unwrap();
        drop(archive);
        Quarter { dir, rng, director }
    }

    fn keep(&mut self, imports: &[Import]) {
        let home = self.home();
        let lock = home.lock("bench", now()).unwrap();
        home.keep(imports, &lock, now(), &mut self.rng).unwrap();
    }

    async fn open(&self) -> Archive {
        let home = self.home();
        let stores = home.stores();
        let opening = Opening { who: "bench", now: now(), clock_is_right: false };
        Archive::open(home, stores, opening).await.unwrap()
    }

    async fn snapshot(&mut self, period: PeriodId) -> usize {
        let mut archive = self.open().await;
        let request = SnapshotRequest { period, classes: Vec::new() };
        let mut sealed = 0;
        archive.snapshot(&request, now(), &mut self.rng, |_| sealed += 1).await.unwrap();
        sealed
    }

    /// A quarter whose packages hold besides the journal's own file a table of so many bytes.
    async fn sealed(classes: usize, bytes: usize) -> Quarter {
        let mut quarter = Quarter::founded().await;
        let mut imports: Vec<Import> = journals(classes).into_iter().map(import).collect();
        if bytes > 0 {
            let sources = imports.iter_mut().map(|import| &mut import.sources);
            sources.for_each(|sources| sources.push(table(bytes, &mut quarter.rng)));
        }
        quarter.keep(&imports);
        quarter.snapshot(period()).await;
        let mut archive = quarter.open().await;
        let mut sheet = archive.signing_sheet(None).await.unwrap();
        sheet.sign(&quarter.director).unwrap();
        archive.accept(&sheet, now()).await.unwrap();
        drop(archive);
        quarter
    }

    async fn verify(&self, deep: bool) -> verify::Report {
        let home = self.home();
        let request = verify::Request { only: Some(verify::Which::Primary), deep };
        let report = verify::run(&home, home.stores(), request, &|_, _| {}).await.unwrap();
        assert!(report.is_clean(), "{:?}", report.findings);
        report
    }
}

fn journals(classes: usize) -> Vec<Journal> {
    demo::school(&demo::Plan { seed: 7, classes }).classes(period()).collect()
}

fn files(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap().flatten() {
        if entry.file_type().unwrap().is_dir() {
            files(&entry.path(), found);
        } else {
            found.push(entry.path());
        }
    }
}

fn record_files(quarter: &Quarter) -> (Vec<PathBuf>, u64) {
    let mut found = Vec::new();
    files(&quarter.dir.path().join("archive/primary/records"), &mut found);
    let bytes = found.iter().map(|path| fs::metadata(path).unwrap().len()).sum();
    (found, bytes)
}

/// Records sealed, durably in both locations.
#[divan::bench(sample_count = 5)]
fn seal_a_quarter_in_two_locations(bencher: Bencher) {
    let imports: Vec<Import> = journals(24).into_iter().map(import).collect();
    let count = imports.len();
    bencher
        .counter(ItemsCount::new(count))
        .with_inputs(|| {
            let mut quarter = RUNTIME.block_on(Quarter::founded());
            quarter.keep(&imports);
            quarter
        })
        .bench_local_values(|mut quarter| {
            assert_eq!(RUNTIME.block_on(quarter.snapshot(period())), count);
            quarter
        });
}

/// SHA-256 over the files of all records, nothing else: what verification is measured against.
#[divan::bench(sample_count = 20)]
fn raw_sha256_of_the_same_files(bencher: Bencher) {
    let (paths, bytes) = record_files(&QUARTER);
    bencher.counter(BytesCount::new(bytes)).bench_local(|| hash_files(&paths));
}

#[divan::bench(sample_count = 20)]
fn verify(bencher: Bencher) {
    let (_, bytes) = record_files(&QUARTER);
    bencher.counter(BytesCount::new(bytes)).bench_local(|| RUNTIME.block_on(QUARTER.verify(false)));
}

/// Inflate and SHA-256 of all members of all packages: what deep verification is measured against.
#[divan::bench(sample_count = 10)]
fn inflate_and_sha256_of_the_same_members(bencher: Bencher) {
    let (paths, bytes) = record_files(&QUARTER);
    bencher.counter(BytesCount::new(bytes)).bench_local(|| hash_members(&paths));
}

#[divan::bench(sample_count = 10)]
fn verify_deep(bencher: Bencher) {
    let (_, bytes) = record_files(&QUARTER);
    bencher.counter(BytesCount::new(bytes)).bench_local(|| RUNTIME.block_on(QUARTER.verify(true)));
}

fn hash_all(mut file: impl Read, piece: &mut [u8]) {
    let mut hasher = Hasher::new();
    loop {
        let n = file.read(piece).unwrap();
        if n == 0 {
            break;
        }
        hasher.update(&piece[..n]);
    }
    divan::black_box(hasher.finish());
}

fn hash_files(paths: &[PathBuf]) {
    let mut piece = vec![0; 256 << 10];
    paths.iter().for_each(|path| hash_all(File::open(path).unwrap(), &mut piece));
}

fn hash_members(paths: &[PathBuf]) {
    let mut piece = vec![0; 128 << 10];
    for path in paths.iter().filter(|path| path.ends_with("package.zip")) {
        let file = std::io::BufReader::with_capacity(128 << 10, File::open(path).unwrap());
        let mut zip = zip::ZipArchive::new(file).unwrap();
        for index in 0..zip.len() {
            hash_all(zip.by_index(index).unwrap(), &mut piece);
        }
    }
}

/// What every verification has to do with a quarter besides hashing and inflating.
struct Must {
    key: PublicKey,
    /// The texts that were signed, each with its signature.
    signed: Vec<(Vec<u8>, Signature)>,
    journals: Vec<Vec<u8>>,
    /// Each line's digest is named by another text, or a leaf of the tree.
    cards: Vec<Vec<u8>>,
}

impl Must {
    fn of(quarter: &Quarter, paths: &[PathBuf]) -> Must {
        let key = quarter.director.public();
        let mut must = Must { key, signed: Vec::new(), journals: Vec::new(), cards: Vec::new() };
        for path in paths.iter().filter(|path| path.ends_with("package.zip")) {
            let read = |name: &str| fs::read(path.with_file_name(name)).unwrap();
            let seal = read("seal.txt");
            let ssh = sshsig::read(std::str::from_utf8(&read("seal.sshsig")).unwrap()).unwrap();
            must.signed.push((SshSignature::signed_blob(&seal), ssh.signature));
            must.signed.push((seal, Signature::try_from(&read("seal.sig")[..]).unwrap()));
            let mut package = Package::open(File::open(path).unwrap()).unwrap();
            must.journals.push(package.read("data/journal.json").unwrap());
            must.cards.push(package.read("data/cards.jsonl").unwrap());
        }
        must
    }

    fn check_signatures(&self) {
        for (text, signature) in &self.signed {
            assert!(self.key.verifies(text, signature));
        }
    }

    fn read_journals(&self) {
        for text in &self.journals {
            let journal: Journal = serde_json::from_slice(text).unwrap();
            assert!(journal.to_canonical() == *text);
        }
    }

    fn hash_lines(&self) {
        let lines = self.cards.iter().flat_map(|text| text.split(|b| *b == b'\n'));
        lines.for_each(|line| {
            divan::black_box(Digest::of(line));
        });
    }
}

/// Seconds of processor time that each takes, done in turns: of all threads together, so that what
/// else the machine does hardly matters.
fn in_turns<const N: usize>(rounds: u32, work: [&dyn Fn(); N]) -> [f64; N] {
    let mut taken = [0.0; N];
    for _ in 0..rounds {
        for (work, taken) in work.iter().zip(&mut taken) {
            let begun = processor_time();
            work();
            *taken += processor_time() - begun;
        }
    }
    taken.map(|taken| taken / f64::from(rounds))
}

fn processor_time() -> f64 {
    // The kernel adds up a thread's time when the thread stops running.
    std::thread::sleep(Duration::from_micros(50));
    let threads = fs::read_dir("/proc/self/task").unwrap().flatten();
    let nanoseconds = threads.filter_map(|thread| {
        let text = fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<u64>().ok()
    });
    nanoseconds.sum::<u64>() as f64 / 1e9
}

fn print_shares(name: &str, quarter: &Quarter) {
    let (paths, bytes) = record_files(quarter);
    let must = Must::of(quarter, &paths);
    let deep = |deep| drop(RUNTIME.block_on(quarter.verify(deep)));
    let shallow_floor = || {
        hash_files(&paths);
        must.check_signatures();
    };
    let deep_floor = || {
        shallow_floor();
        hash_members(&paths);
        must.read_journals();
        must.hash_lines();
    };
    let shallow = in_turns(100, [&|| hash_files(&paths), &shallow_floor, &|| deep(false)]);
    let deep = in_turns(15, [&|| hash_members(&paths), &deep_floor, &|| deep(true)]);
    println!("{name}: {} KB a record", bytes / 1000 / must.journals.len() as u64);
    for (what, [bare, floor, verify]) in [("verify", shallow), ("verify --deep", deep)] {
        println!(
            "  {what}: {:.2} ms, {:.2} of bare ({:.2} ms), {:.2} of floor ({:.2} ms)",
            verify * 1e3,
            bare / verify,
            bare * 1e3,
            floor / verify,
            floor * 1e3
        );
    }
}
