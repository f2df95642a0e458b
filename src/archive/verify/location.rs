//! The files of one location, all of them, held against a register.

use super::Side;
use super::finding::{Finding, Findings, Which};
use super::records::{Against, Room, check_document, check_record, read};
use super::register::RegisterCheck;
use crate::archive::{Home, files, log};
use crate::catalogue::RecordView;
use crate::location::{LOCATION_FILE, Location, file_in};
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::runtime::Handle;
use tokio::sync::mpsc;

/// After how many bytes progress is told: telling it wakes another thread.
const TOLD: u64 = 1 << 20;

pub(super) struct LocationCheck<'a> {
    pub(super) home: &'a Home,
    pub(super) side: &'a Side,
    pub(super) register: &'a RegisterCheck,
    pub(super) deep: bool,
}

/// What was checked in a location.
pub(super) struct Counted {
    pub(super) findings: Vec<Finding>,
    pub(super) records: u64,
    pub(super) documents: u64,
    pub(super) bytes: u64,
}

impl LocationCheck<'_> {
    pub(super) async fn run(&self, progress: &(dyn Fn(u64) + Sync)) -> Counted {
        let mut findings = Findings::of(self.side.which);
        let records = &self.register.records;
        let documents = self.register.catalogue.documents().unwrap_or_default();
        self.check_replacements(records, &mut findings);
        let mut known: HashSet<String> = HashSet::new();
        for document in &documents {
            known.extend(check_document(&self.side.location, document, &mut findings).await);
        }
        let derived = self.register.log_key.map_or_else(Vec::new, |log_key| {
            files::derived(self.home, &self.register.catalogue, &log_key)
        });
        self.check_derived(&derived, &mut findings).await;
        for record in records.iter() {
            known.extend(record.files().map(|(name, _)| file_in(&record.path, name)));
        }
        let derived = derived.into_iter().map(|(path, _)| path).collect();
        self.check_unexplained(&known, &derived, &mut findings).await;
        drop(known);
        let bytes = self.check_records(&mut findings, progress).await;
        let (records, documents) = (records.len() as u64, documents.len() as u64);
        Counted { findings: findings.all, records, documents, bytes }
    }

    /// Checks records on all cores, a thread for each.
    async fn check_records(&self, findings: &mut Findings, progress: &(dyn Fn(u64) + Sync)) -> u64 {
        let records = &self.register.records;
        let work = Arc::new(Work {
            location: self.side.location.clone(),
            which: self.side.which,
            against: Against {
                archive: self.home.archive(),
                keyring: self.register.catalogue.keyring().clone(),
                seals: records.iter().map(|record| (record.record, record.seal)).collect(),
                records: records.clone(),
                deep: self.deep,
            },
            records: records.clone(),
            next: AtomicUsize::new(0),
        });
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let (tell, mut told) = mpsc::unbounded_channel();
        let worker = |_| {
            let (work, tell, runtime) = (work.clone(), tell.clone(), Handle::current());
            tokio::task::spawn_blocking(move || runtime.block_on(work.run(&tell)))
        };
        let workers: Vec<_> = (0..cores.min(records.len())).map(worker).collect();
        drop(tell);
        let mut bytes = 0;
        while let Some(read) = told.recv().await {
            bytes += read;
            progress(bytes);
        }
        for worker in workers {
            let found = worker.await;
            findings.all.extend(
                found.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic())),
            );
        }
        bytes
    }

    /// Two records that replace the same one are two answers to one question.
    fn check_replacements(&self, records: &[RecordView], findings: &mut Findings) {
        let mut replaced = HashSet::new();
        for record in records {
            if let Some(former) = record.replaces
                && !replaced.insert(former)
            {
                let text = format!("record {former} is replaced by more than one record");
                findings.finding("replaced-twice", record.path.as_str(), text);
            }
        }
    }

    /// Compares what is drawn from the register, or comes with the program, with what should be there.
    async fn check_derived(&self, derived: &[(String, Vec<u8>)], findings: &mut Findings) {
        for (path, expected) in derived {
            let ours = path.starts_with("keys/") || path == "allowed_signers";
            match read(&self.side.location, path, log::MOST_TILE).await {
                Ok(Some(bytes)) if bytes == *expected => {}
                Ok(Some(_)) if ours => {
                    findings.finding(
                        "key-file",
                        path,
                        "the file is not what the register gives; `letopis repair`",
                    );
                }
                Ok(Some(_)) => {
                    findings.notice(
                        "program-file",
                        path,
                        "the file is of another version of Letopis, or was altered",
                    );
                }
                Ok(None) => {
                    findings.finding("file-missing", path, "the file is missing; `letopis repair`")
                }
                Err(error) => findings.finding("file-unreadable", path, error),
            }
        }
    }

    /// Files that neither the register nor the format explains.
    async fn check_unexplained(
        &self,
        known: &HashSet<String>,
        derived: &HashSet<String>,
        findings: &mut Findings,
    ) {
        let location = &self.side.location;
        let stored = match location.list("").await {
            Ok(stored) => stored,
            Err(error) => return findings.finding("file-unreadable", "", error),
        };
        let directories: HashSet<&str> = known
            .iter()
            .filter_map(|path| path.rsplit_once('/'))
            .map(|(directory, _)| directory)
            .collect();
        let mut unregistered = HashSet::new();
        for file in &stored {
            let path = file.path.as_str();
            if known.contains(path) || derived.contains(path) || path == LOCATION_FILE {
                continue;
            }
            if path.starts_with("register/") {
                // Held against the register of this location, which alone explains its tiles.
                if let Some((code, text)) = self.side.check.explain(location, path).await {
                    match code {
                        "tile-beyond" => findings.notice(code, path, text),
                        code => findings.finding(code, path, text),
                    }
                }
                continue;
            }
            let directory = path.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
            let code = match path.split('/').next() {
                _ if directories.contains(directory.as_str()) => "file-unexplained",
                Some("records") => "record-unregistered",
                Some("documents") => "document-unregistered",
                _ => "file-unexplained",
            };
            if code == "file-unexplained" {
                findings.finding(
                    code,
                    path,
                    "neither the register nor the format explains this file",
                );
            } else if unregistered.insert(directory.clone()) {
                findings.finding(code, directory, "no entry names this directory: put there by hand, or left by an interrupted run, which the next command that writes puts aside");
            }
        }
        self.check_unfinished(findings);
    }

    fn check_unfinished(&self, findings: &mut Findings) {
        let Some(folder) = self.side.location.folder() else { return };
        for path in folder.unfinished_writes() {
            findings.notice(
                "unfinished-write",
                path,
                "left by an interrupted write; no part of the archive",
            );
        }
    }
}

/// The records of a location, taken one after another by the threads that check them.
struct Work {
    location: Location,
    which: Which,
    against: Against,
    records: Arc<[RecordView]>,
    /// Place of the record that nobody took yet.
    next: AtomicUsize,
}

impl Work {
    /// Checks records until none is left; tells now and then how many bytes were read since.
    async fn run(&self, tell: &mpsc::UnboundedSender<u64>) -> Vec<Finding> {
        let mut findings = Findings::of(self.which);
        let mut room = Room::new(self.against.deep);
        let mut untold = 0;
        while let Some(record) = self.records.get(self.next.fetch_add(1, Ordering::Relaxed)) {
            let (location, against) = (&self.location, &self.against);
            untold += check_record(location, record, against, &mut room, &mut findings).await;
            if untold >= TOLD {
                // Nobody listens any more only when the verification was given up.
                let _ = tell.send(std::mem::take(&mut untold));
            }
        }
        let _ = tell.send(untold);
        findings.all
    }
}
