//! How fast a quarter is sealed and verified, beside what the machine can do at all with the same
//! files. Run with `cargo bench --bench quarter`; for one core `taskset -c 0 cargo bench …`.

use chrono::{DateTime, NaiveDate, TimeZone as _, Utc};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use letopis::archive::{
    self, Archive, Founding, Home, NewKey, Opening, PaperSettings, Regulation, Settings,
    SnapshotRequest, verify,
};
use letopis::demo;
use letopis::digest::Hasher;
use letopis::intake::{Import, SourceFile};
use letopis::journal::{Journal, PeriodId};
use letopis::key::{KeyRole, SecretKey};
use letopis::paper::wording::Shipped;
use letopis::retention::FilePlan;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tokio::runtime::Runtime;

fn main() {
    divan::main();
}

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));
static QUARTER: LazyLock<Quarter> = LazyLock::new(|| RUNTIME.block_on(Quarter::sealed(24)));

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

    fn keep(&mut self, journals: Vec<Journal>) {
        let home = self.home();
        let lock = home.lock("bench", now()).unwrap();
        let imports: Vec<Import> = journals.into_iter().map(import).collect();
        home.keep(&imports, &lock, now(), &mut self.rng).unwrap();
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

    async fn sealed(classes: usize) -> Quarter {
        let mut quarter = Quarter::founded().await;
        quarter.keep(journals(classes));
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
    let journals = journals(24);
    let count = journals.len();
    bencher
        .counter(ItemsCount::new(count))
        .with_inputs(|| {
            let mut quarter = RUNTIME.block_on(Quarter::founded());
            quarter.keep(journals.clone());
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
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let mut piece = vec![0; 256 << 10];
        for path in &paths {
            let (mut file, mut hasher) = (File::open(path).unwrap(), Hasher::new());
            loop {
                let n = file.read(&mut piece).unwrap();
                if n == 0 {
                    break;
                }
                hasher.update(&piece[..n]);
            }
            divan::black_box(hasher.finish());
        }
    });
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
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        for path in paths.iter().filter(|path| path.ends_with("package.zip")) {
            let file = std::io::BufReader::with_capacity(128 << 10, File::open(path).unwrap());
            let mut zip = zip::ZipArchive::new(file).unwrap();
            let mut piece = vec![0; 128 << 10];
            for index in 0..zip.len() {
                let (mut member, mut hasher) = (zip.by_index(index).unwrap(), Hasher::new());
                loop {
                    let n = member.read(&mut piece).unwrap();
                    if n == 0 {
                        break;
                    }
                    hasher.update(&piece[..n]);
                }
                divan::black_box(hasher.finish());
            }
        }
    });
}

#[divan::bench(sample_count = 10)]
fn verify_deep(bencher: Bencher) {
    let (_, bytes) = record_files(&QUARTER);
    bencher.counter(BytesCount::new(bytes)).bench_local(|| RUNTIME.block_on(QUARTER.verify(true)));
}
