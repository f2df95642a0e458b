//! The files of one location, all of them, held against a register.

use super::Side;
use super::finding::{Finding, Findings, Which};
use super::records::{Against, check_document, check_record};
use super::register::RegisterCheck;
use crate::archive::{Home, files, log};
use crate::catalogue::RecordView;
use crate::location::{LOCATION_FILE, file_in};
use futures::StreamExt as _;
use std::collections::HashSet;
use std::sync::Arc;

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
        let catalogue = &self.register.catalogue;
        let records = catalogue.records().unwrap_or_default();
        let documents = catalogue.documents().unwrap_or_default();
        self.check_replacements(&records, &mut findings);
        for document in &documents {
            check_document(&self.side.location, document, &mut findings).await;
        }
        self.check_derived(&mut findings).await;
        let mut known: HashSet<String> = HashSet::new();
        for record in &records {
            known.extend(record.files().map(|(name, _)| file_in(&record.path, name)));
        }
        known.extend(documents.iter().map(|d| file_in(&d.path, "document.json")));
        self.check_unexplained(&known, &mut findings).await;
        drop(known);
        let counted = (records.len() as u64, documents.len() as u64);
        let bytes = self.check_records(records, &mut findings, progress).await;
        Counted { findings: findings.all, records: counted.0, documents: counted.1, bytes }
    }

    /// Checks records on all cores, each on a thread of its own, a few at a time.
    async fn check_records(
        &self,
        records: Vec<RecordView>,
        findings: &mut Findings,
        progress: &(dyn Fn(u64) + Sync),
    ) -> u64 {
        let against = Arc::new(Against {
            archive: self.home.archive(),
            keyring: self.register.catalogue.keyring().clone(),
            seals: records.iter().map(|record| (record.record, record.seal)).collect(),
            deep: self.deep,
        });
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let (location, which) = (&self.side.location, self.side.which);
        let mut checks = futures::stream::iter(records)
            .map(|record| {
                let (location, against) = (location.clone(), against.clone());
                let runtime = tokio::runtime::Handle::current();
                tokio::task::spawn_blocking(move || {
                    runtime.block_on(one(location, which, record, against))
                })
            })
            .buffer_unordered(cores);
        let mut bytes = 0;
        while let Some(checked) = checks.next().await {
            let (found, read) =
                checked.unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()));
            findings.all.extend(found);
            bytes += read;
            progress(bytes);
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
    async fn check_derived(&self, findings: &mut Findings) {
        let Some(log_key) = self.register.log_key else { return };
        for (path, expected) in files::derived(self.home, &self.register.catalogue, &log_key) {
            let ours = path.starts_with("keys/") || path == "allowed_signers";
            match self.side.location.get_small(&path, log::MOST_TILE).await {
                Ok(Some(bytes)) if bytes == expected => {}
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
    async fn check_unexplained(&self, known: &HashSet<String>, findings: &mut Findings) {
        let location = &self.side.location;
        let derived: HashSet<String> = match self.register.log_key {
            Some(key) => files::derived(self.home, &self.register.catalogue, &key)
                .into_iter()
                .map(|(path, _)| path)
                .collect(),
            None => HashSet::new(),
        };
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

async fn one(
    location: crate::location::Location,
    which: Which,
    record: RecordView,
    against: Arc<Against>,
) -> (Vec<Finding>, u64) {
    let mut findings = Findings::of(which);
    let bytes = check_record(&location, &record, &against, &mut findings).await;
    (findings.all, bytes)
}
