//! A place to try the program in: a directory of its own, a small school, stock tools.

use letopis::demo::{self, Plan, School};
use letopis::journal::{Journal, PeriodId};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// The period everything is about.
pub const PERIOD: &str = "2025-26/q1";
/// Of every key file made here.
pub const PASSPHRASE: &str = "четыре слова подряд";

/// 6А, 6Б with faults, 7А.
pub fn school() -> &'static School {
    static SCHOOL: OnceLock<School> = OnceLock::new();
    SCHOOL.get_or_init(|| demo::school(&Plan { seed: 7, classes: 3 }))
}

/// The journal of a class.
pub fn journal(class: &str) -> Journal {
    let period: PeriodId = PERIOD.parse().unwrap();
    school().journal(&class.parse().unwrap(), period).unwrap()
}

/// A directory that is gone after the test.
pub struct Bench {
    directory: tempfile::TempDir,
}

impl Bench {
    /// An empty directory.
    pub fn empty() -> Bench {
        Bench { directory: tempfile::tempdir().unwrap() }
    }

    /// An archive with nothing in it but its first entries.
    pub fn archive() -> Bench {
        static MADE: OnceLock<Bench> = OnceLock::new();
        let made = MADE.get_or_init(|| {
            let bench = Bench::empty();
            let school = ["--school-id", "1020200000001", "--school-name", "МБОУ «СОШ № 7»"];
            let init = ["init", "--second", "second", "--utc-offset", "+05:00"];
            bench.letopis(&[&init[..], &school].concat()).exits(0);
            bench
        });
        made.copied()
    }

    /// The archive of three classes whose journals are imported, with the director's key.
    pub fn imported() -> Bench {
        static MADE: OnceLock<Bench> = OnceLock::new();
        let made = MADE.get_or_init(|| {
            let bench = Bench::archive();
            let term = ["--from", "2025-09-01", "--until", "2099-08-31"];
            let holder = ["--holder", "Орлова Мария Ивановна", "--out", "director.pem"];
            bench
                .letopis(&[&["keys", "new", "--role", "director"], &term[..], &holder].concat())
                .exits(0);
            let period = PERIOD.parse().unwrap();
            demo::write_sources(school(), &[period], &bench.path("source")).unwrap();
            bench.letopis(&["import", "source"]).exits(0);
            bench
        });
        made.copied()
    }

    /// The same with three sealed records: 1 of 6А, 2 of 6Б, 3 of 7А.
    pub fn sealed() -> Bench {
        static MADE: OnceLock<Bench> = OnceLock::new();
        let made = MADE.get_or_init(|| {
            let bench = Bench::imported();
            bench.letopis(&["snapshot", "--period", PERIOD]).exits(0);
            bench
        });
        made.copied()
    }

    /// The same, signed by the director.
    pub fn signed() -> Bench {
        static MADE: OnceLock<Bench> = OnceLock::new();
        let made = MADE.get_or_init(|| {
            let bench = Bench::sealed();
            bench.letopis(&["sign", "--key", "director.pem"]).exits(0);
            bench
        });
        made.copied()
    }

    /// A copy of everything, whose archive knows that its second location moved along.
    pub fn copied(&self) -> Bench {
        let copy = Bench::empty();
        copy_all(self.directory.path(), copy.directory.path());
        // A demo's archive lies a directory deeper.
        for config in ["archive/archive.toml", "d/archive/archive.toml"].map(|name| copy.path(name))
        {
            if let Ok(text) = fs::read_to_string(&config) {
                let here = |bench: &Bench| bench.directory.path().to_str().unwrap().to_owned();
                fs::write(&config, text.replace(&here(self), &here(&copy))).unwrap();
            }
        }
        copy
    }

    /// A path in the directory.
    pub fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Writes a file.
    pub fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).unwrap();
    }

    /// Writes a journal as an interchange file.
    pub fn put_journal(&self, name: &str, journal: &Journal) {
        self.put(name, serde_json::to_vec(journal).unwrap());
    }

    /// The bytes of a file.
    pub fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// The text of a file.
    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Flips the lowest bit of a file's last byte.
    pub fn damage(&self, name: &str) {
        let mut bytes = self.bytes(name);
        *bytes.last_mut().unwrap() ^= 1;
        self.put(name, bytes);
    }

    /// Moves a directory away, or back.
    pub fn rename(&self, from: &str, to: &str) {
        fs::rename(self.path(from), self.path(to)).unwrap();
    }

    /// Names of all files below a directory, with their bytes.
    pub fn tree(&self, name: &str) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        let mut waiting = vec![self.path(name)];
        while let Some(directory) = waiting.pop() {
            for entry in fs::read_dir(directory).unwrap().map(Result::unwrap) {
                match entry.file_type().unwrap().is_dir() {
                    true => waiting.push(entry.path()),
                    false => files.push((entry.path(), fs::read(entry.path()).unwrap())),
                }
            }
        }
        files.sort();
        files
    }

    /// The program, here, with the archive `archive` and the passphrase; not run yet.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_letopis"));
        command
            .args(arguments)
            .current_dir(self.directory.path())
            .env("LETOPIS_ARCHIVE", "archive")
            .env("LETOPIS_PASSPHRASE", PASSPHRASE)
            .env("LETOPIS_ENDORSER_PASSPHRASE", PASSPHRASE)
            .stdin(Stdio::null());
        command
    }

    /// Runs the program.
    pub fn letopis(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).output().unwrap(), &arguments.join(" "))
    }

    /// Runs a stock tool here.
    pub fn tool(&self, program: &str, arguments: &[&str]) -> Run {
        let output = Command::new(program)
            .args(arguments)
            .current_dir(self.directory.path())
            .stdin(Stdio::null())
            .output();
        let output = output.unwrap_or_else(|e| {
            panic!("`{program}` does not start ({e}); `scripts/test` installs what the tests need")
        });
        Run::of(output, &format!("{program} {}", arguments.join(" ")))
    }

    /// Runs a line in a shell here.
    pub fn shell(&self, line: &str) -> Run {
        self.tool("sh", &["-e", "-c", line])
    }

    /// The archive's records, as `list --json` gives them.
    pub fn list(&self) -> Vec<Value> {
        let list = self.letopis(&["list", "--json"]).exits(0).json();
        list.as_array().unwrap().clone()
    }

    /// One entry for each line of the register, by the name of its event.
    pub fn register_size(&self) -> u64 {
        let status = self.letopis(&["status", "--json"]).exits(0).json();
        status["register"]["size"].as_u64().unwrap()
    }
}

fn copy_all(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy_all(&entry.path(), &target),
            false => {
                fs::copy(entry.path(), target).unwrap();
            }
        }
    }
}

/// What a program gave.
#[derive(Debug)]
pub struct Run {
    line: String,
    code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Run {
    /// Of a process that ended.
    pub fn of(output: Output, line: &str) -> Run {
        let text = |bytes| String::from_utf8(bytes).expect("programs speak UTF-8");
        let (out, err) = (text(output.stdout), text(output.stderr));
        Run { line: line.to_owned(), code: output.status.code(), out, err }
    }

    /// It ended with this code.
    #[track_caller]
    pub fn exits(self, code: i32) -> Run {
        let Run { line, out, err, .. } = &self;
        assert_eq!(self.code, Some(code), "{line}\n--- stdout\n{out}--- stderr\n{err}");
        self
    }

    /// Standard output tells this.
    #[track_caller]
    pub fn says(self, text: &str) -> Run {
        let Run { line, out, err, .. } = &self;
        assert!(out.contains(text), "{line}: no `{text}`\n--- stdout\n{out}--- stderr\n{err}");
        self
    }

    /// Standard error tells this.
    #[track_caller]
    pub fn notes(self, text: &str) -> Run {
        let Run { line, out, err, .. } = &self;
        assert!(err.contains(text), "{line}: no `{text}`\n--- stdout\n{out}--- stderr\n{err}");
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|e| panic!("{}: {e}\n{}", self.line, self.out))
    }
}
