//! A small signed archive, made through the library with a clock of its own.

use chrono::{DateTime, NaiveDate, TimeZone as _, Utc};
use letopis::archive::{
    self, Archive, Founding, Home, NewKey, Opening, PaperSettings, Regulation, Settings,
    SnapshotRequest,
};
use letopis::demo;
use letopis::intake::{Import, SourceFile};
use letopis::journal::{Journal, PeriodId};
use letopis::key::{KeyRole, SecretKey};
use letopis::paper::wording::Shipped;
use letopis::retention::FilePlan;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use std::path::{Path, PathBuf};

/// An archive in a temporary directory.
pub struct Bench {
    dir: tempfile::TempDir,
    pub rng: ChaCha20Rng,
    pub director: SecretKey,
}

/// Saturday, the first day of the autumn holidays.
pub fn first_day() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2025, 10, 25, 7, 0, 0).unwrap()
}

pub fn quarter() -> PeriodId {
    "2025-26/q1".parse().unwrap()
}

/// Journals of the first so many classes of the demo school.
pub fn journals(classes: usize) -> Vec<Journal> {
    demo::school(&demo::Plan { seed: 7, classes }).classes(quarter()).collect()
}

/// An import as if the journal's canonical text had been the source file.
pub fn import(journal: Journal) -> Import {
    let name = format!("{}.json", journal.class.name());
    let sources = vec![SourceFile { name, bytes: journal.to_canonical() }];
    Import { journal, sources, lacking: Vec::new() }
}

impl Bench {
    pub fn home_path(&self) -> PathBuf {
        self.dir.path().join("archive")
    }

    pub fn second_path(&self) -> PathBuf {
        self.dir.path().join("second")
    }

    pub fn home(&self) -> Home {
        Home::find(&self.home_path()).unwrap()
    }

    pub fn location(&self, second: bool) -> PathBuf {
        if second { self.second_path() } else { self.home_path().join("primary") }
    }

    /// An archive without records.
    pub async fn empty() -> Bench {
        Bench::founded(1).await
    }

    /// The same with other random numbers: another archive.
    pub async fn founded(seed: u64) -> Bench {
        let dir = tempfile::tempdir().unwrap();
        let mut rng = ChaCha20Rng::seed_from_u64(seed);
        let director = SecretKey::generate(&mut rng);
        let mut bench = Bench { dir, rng, director };
        let founding = Founding {
            home: bench.home_path(),
            second: bench.second_path(),
            settings: Settings {
                paper: PaperSettings::new(Shipped::School),
                regulation: Regulation {
                    name: "school.toml".to_owned(),
                    toml: include_str!("../../templates/regulations/school.toml").to_owned(),
                },
                school_id: "1020200000001".to_owned(),
                school_name: "МБОУ «СОШ № 7»".to_owned(),
                utc_offset: "+05:00".parse().unwrap(),
            },
            plan: FilePlan::school(),
        };
        let mut made = archive::init(&founding, first_day(), &mut bench.rng).await.unwrap();
        let new = NewKey {
            role: KeyRole::Director,
            holder: "Орлова Мария Ивановна".to_owned(),
            from: NaiveDate::from_ymd_opt(2025, 9, 1).unwrap(),
            until: NaiveDate::from_ymd_opt(2026, 8, 31),
            order: None,
        };
        let public = bench.director.public();
        let terms = made.key_terms(public, &new, first_day(), &mut bench.rng).await.unwrap();
        let possession = bench.director.sign(terms.possession_text().as_bytes());
        made.add_key(terms, possession, None, first_day()).await.unwrap();
        drop(made);
        bench
    }

    pub async fn open(&self, now: DateTime<Utc>) -> Archive {
        let opening = Opening { who: "test", now, clock_is_right: false };
        let home = self.home();
        let stores = home.stores();
        Archive::open(home, stores, opening).await.unwrap()
    }

    /// Imports and seals these journals.
    pub async fn seal(&mut self, journals: Vec<Journal>, now: DateTime<Utc>) {
        let home = self.home();
        let imports: Vec<Import> = journals.into_iter().map(import).collect();
        let lock = home.lock("test", now).unwrap();
        home.keep(&imports, &lock, now, &mut self.rng).unwrap();
        drop(lock);
        let mut archive = self.open(now).await;
        let request = SnapshotRequest { period: quarter(), classes: Vec::new() };
        archive.snapshot(&request, now, &mut self.rng, |_| {}).await.unwrap();
    }

    /// Signs whatever waits.
    pub async fn sign(&self, now: DateTime<Utc>) {
        let mut archive = self.open(now).await;
        let mut sheet = archive.signing_sheet(None).await.unwrap();
        sheet.sign(&self.director).unwrap();
        archive.accept(&sheet, now).await.unwrap();
    }

    /// An archive of this many signed records.
    pub async fn signed(classes: usize) -> Bench {
        let mut bench = Bench::empty().await;
        bench.seal(journals(classes), first_day()).await;
        bench.sign(first_day()).await;
        bench
    }
}

/// A copy of a whole directory tree.
pub fn copy_tree(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_tree(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
