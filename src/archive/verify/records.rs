//! One record or document of one location, held against the register.

use super::finding::Findings;
use crate::archive::documents::{self, MOST_DOCUMENT};
use crate::catalogue::{DocumentView, RecordView, SignatureView};
use crate::digest::{Digest, Hasher};
use crate::key::{KeyRole, PublicKey, Signature, sshsig};
use crate::location::{Location, LocationError, OpenFile, file_in};
use crate::record::{self, Seal, SourceRecord};
use crate::register::{ArchiveId, RecordKind, RecordNumber};
use crate::staff::Keyring;
use std::collections::HashMap;
use std::io::{BufReader, Cursor, Read as _};
use std::sync::Arc;

/// The most bytes of a seal or signature.
const MOST_SMALL: u64 = 64 << 10;
/// How much of a package is read and hashed at once: it is still in the processor's cache then.
const PIECE: usize = 256 << 10;
/// The most bytes of a package that are held to be opened after they were hashed; of a larger one the
/// file is read again.
const HELD: usize = 8 << 20;

/// What records are held against: the register of their location.
pub(super) struct Against {
    pub(super) archive: ArchiveId,
    pub(super) keyring: Keyring,
    /// Digests of all seals, for `replaces`.
    pub(super) seals: HashMap<RecordNumber, Digest>,
    /// All records, for what a statement was drawn from.
    pub(super) records: Arc<[RecordView]>,
    /// Whether packages are opened.
    pub(super) deep: bool,
}

impl Against {
    /// Whether a statement's source was sealed before it, as a journal of the same class, under that seal. Its
    /// package may be destroyed by now.
    fn has_journal(&self, source: &SourceRecord, statement: &Seal) -> bool {
        self.records.iter().any(|record| {
            record.record == source.record
                && record.record < statement.record
                && record.kind == RecordKind::Journal
                && record.class == statement.class
                && record.period == source.period
                && record.seal == source.seal
        })
    }
}

/// Where packages are read to, one after another.
pub(super) struct Room(Vec<u8>);

impl Room {
    /// Room for packages that are opened (`deep`) or only hashed.
    pub(super) fn new(deep: bool) -> Room {
        Room(vec![0; if deep { HELD } else { PIECE }])
    }

    /// Reads a file to its end. Gives its digest and length, and its bytes if there was room for all.
    fn read(&mut self, mut file: OpenFile) -> std::io::Result<(Digest, u64, Option<&[u8]>)> {
        let mut hasher = Hasher::new();
        let (mut length, mut filled) = (0, 0);
        loop {
            let end = self.0.len().min(filled + PIECE);
            let n = file.read(&mut self.0[filled..end])?;
            if n == 0 {
                break;
            }
            hasher.update(&self.0[filled..filled + n]);
            length += n as u64;
            filled = (filled + n) % self.0.len();
        }
        let whole = length == filled as u64;
        Ok((hasher.finish(), length, whole.then(|| &self.0[..filled])))
    }
}

/// Checks a record's files, seal and signatures, and with `deep` everything in its package. Gives how
/// many bytes were read.
pub(super) async fn check_record(
    location: &Location,
    record: &RecordView,
    against: &Against,
    room: &mut Room,
    findings: &mut Findings,
) -> u64 {
    let files = Files { location, record };
    let (mut bytes, package) = files.check_package(room, findings).await;
    let seal_file = files.path("seal.txt");
    let Some(text) =
        files.small("seal.txt", ("seal-missing", "seal-digest"), record.seal, findings).await
    else {
        return bytes;
    };
    bytes += text.len() as u64;
    let seal = match Seal::read(&text) {
        Ok(seal) => seal,
        Err(error) => {
            findings.finding("seal-form", seal_file, error);
            return bytes;
        }
    };
    for what in differences(&seal, record, against) {
        findings.finding(
            "seal-entry",
            seal_file.clone(),
            format!("{what} is not what the register says"),
        );
    }
    bytes += files.check_signatures(&text, against, findings).await;
    if against.deep {
        for fault in files.check_inside(package, &seal, against).await {
            findings.finding(fault.code(), files.path("package.zip"), fault);
        }
    }
    bytes
}

/// In what a seal differs from the record's entry.
fn differences(seal: &Seal, record: &RecordView, against: &Against) -> Vec<&'static str> {
    let replaces = record.replaces.map(|number| (number, against.seals.get(&number).copied()));
    [
        ("the archive", seal.archive == against.archive),
        ("the record's number", seal.record == record.record),
        ("the kind", seal.kind == record.kind),
        ("the class", seal.class.as_str() == record.class.as_str()),
        ("the period", seal.period == record.period),
        ("the retention", seal.retention == record.retention),
        ("the time of sealing", seal.sealed == record.sealed),
        ("the package's digest", seal.package == record.package),
        ("the record it replaces", seal.replaces.map(|(n, d)| (n, Some(d))) == replaces),
    ]
    .into_iter()
    .filter(|(_, same)| !same)
    .map(|(what, _)| what)
    .collect()
}

struct Files<'a> {
    location: &'a Location,
    record: &'a RecordView,
}

impl Files<'_> {
    fn path(&self, name: &str) -> String {
        file_in(&self.record.path, name)
    }

    /// Gives how many bytes the package has, and its bytes if they could be held.
    async fn check_package<'r>(
        &self,
        room: &'r mut Room,
        findings: &mut Findings,
    ) -> (u64, Option<&'r [u8]>) {
        let path = self.path("package.zip");
        let read = match self.location.open_file(&path).await {
            Ok(Some(file)) => room.read(file).map_err(|e| LocationError::reading(&path, e)),
            Ok(None) => {
                let text = "the package is missing; `letopis repair`";
                findings.finding("package-missing", path, text);
                return (0, None);
            }
            Err(error) => Err(error),
        };
        match read {
            Ok((digest, length, bytes)) => {
                if digest != self.record.package || length != self.record.bytes {
                    let text = "the package is not the one that was sealed; `letopis repair`";
                    findings.finding("package-digest", path, text);
                }
                (length, bytes)
            }
            Err(error) => {
                findings.finding("file-unreadable", path, error);
                (0, None)
            }
        }
    }

    /// Opens the package: the very bytes that were hashed, if they are held.
    async fn check_inside(
        &self,
        held: Option<&[u8]>,
        seal: &Seal,
        against: &Against,
    ) -> Vec<record::Fault> {
        let registered = |source: &SourceRecord| against.has_journal(source, seal);
        if let Some(bytes) = held {
            return record::check_in_register(Cursor::new(bytes), seal, registered);
        }
        match self.location.open_file(&self.path("package.zip")).await {
            Ok(Some(file)) => {
                let file = BufReader::with_capacity(128 << 10, file);
                record::check_in_register(file, seal, registered)
            }
            _ => Vec::new(),
        }
    }

    /// A small file with the digest the register names.
    async fn small(
        &self,
        name: &str,
        (missing, altered): (&'static str, &'static str),
        digest: Digest,
        findings: &mut Findings,
    ) -> Option<Vec<u8>> {
        let path = self.path(name);
        match read_small(self.location, &path).await {
            Ok(Some(bytes)) if Digest::of(&bytes) == digest => Some(bytes),
            Ok(Some(_)) => {
                findings.finding(
                    altered,
                    path,
                    "the file is not the one the register names; `letopis repair`",
                );
                None
            }
            Ok(None) => {
                findings.finding(missing, path, "the file is missing; `letopis repair`");
                None
            }
            Err(error) => {
                findings.finding("file-unreadable", path, error);
                None
            }
        }
    }

    /// The key of a signature; that it does not count is a finding.
    fn signer(
        &self,
        signature: &SignatureView,
        against: &Against,
        findings: &mut Findings,
    ) -> Option<PublicKey> {
        match against.keyring.valid_at(&signature.key, signature.seq, signature.signed) {
            Ok(key) => {
                if key.role != KeyRole::Director {
                    let text = format!("the key is of a {}, not of a director", key.role);
                    findings.finding("signature-key", self.path(""), text);
                }
                Some(key.public_key)
            }
            Err(not_valid) => {
                findings.finding("signature-key", self.path(""), not_valid);
                against.keyring.key(&signature.key).map(|key| key.public_key)
            }
        }
    }

    async fn check_signatures(
        &self,
        seal: &[u8],
        against: &Against,
        findings: &mut Findings,
    ) -> u64 {
        let mut read = 0;
        for signature in &self.record.signatures {
            let key = self.signer(signature, against, findings);
            for file in &signature.files {
                let name = file.name.as_str();
                let codes = ("signature-missing", "signature-digest");
                let Some(bytes) = self.small(name, codes, file.sha256, findings).await else {
                    continue;
                };
                read += bytes.len() as u64;
                let holds = key.is_some_and(|key| match name.rsplit_once('.') {
                    Some((_, "sig")) => Signature::try_from(&bytes[..])
                        .is_ok_and(|signature| key.verifies(seal, &signature)),
                    Some((_, "sshsig")) => std::str::from_utf8(&bytes)
                        .is_ok_and(|text| sshsig::verify(text, seal, &key).is_ok()),
                    _ => true,
                });
                if !holds {
                    findings.finding(
                        "signature",
                        self.path(name),
                        "the signature does not hold over seal.txt",
                    );
                }
            }
        }
        if !self.record.is_signed() && self.record.is_current() {
            findings.notice(
                "waits-for-signature",
                self.record.path.as_str(),
                "the seal waits for the director's signature",
            );
        }
        read
    }
}

/// Bytes of a small file; longer ones are cut off and so have another digest.
async fn read_small(location: &Location, path: &str) -> Result<Option<Vec<u8>>, LocationError> {
    beginning(location, path, MOST_SMALL).await
}

/// Bytes of a file that is held whole; one of more than `most` bytes is refused. It is read on this thread:
/// verification waits for every file, and passing small ones between threads takes longer than reading them.
pub(super) async fn read(
    location: &Location,
    path: &str,
    most: u64,
) -> Result<Option<Vec<u8>>, LocationError> {
    let bytes = beginning(location, path, most + 1).await?;
    if bytes.as_ref().is_some_and(|bytes| bytes.len() as u64 > most) {
        let cause = format!("such a file has {most} bytes at most");
        return Err(LocationError::reading(path, std::io::Error::other(cause)));
    }
    Ok(bytes)
}

async fn beginning(
    location: &Location,
    path: &str,
    most: u64,
) -> Result<Option<Vec<u8>>, LocationError> {
    let Some(file) = location.open_file(path).await? else { return Ok(None) };
    let mut bytes = Vec::with_capacity(1 << 10);
    file.take(most).read_to_end(&mut bytes).map_err(|e| LocationError::reading(path, e))?;
    Ok(Some(bytes))
}

/// Checks a document: its digest, that it is canonical JSON of the type, and its print. Gives the files it
/// is made of.
pub(super) async fn check_document(
    location: &Location,
    document: &DocumentView,
    findings: &mut Findings,
) -> Vec<String> {
    let path = file_in(&document.path, documents::DOCUMENT);
    match read(location, &path, MOST_DOCUMENT).await {
        Ok(Some(text)) if Digest::of(&text) == document.sha256 => {
            if !is_document(&text) {
                let text = "the document is not canonical JSON of its type";
                findings.finding("document-form", path.as_str(), text);
            }
        }
        Ok(Some(_)) => findings.finding(
            "document-digest",
            path.as_str(),
            "the document is not the one the register names; `letopis repair`",
        ),
        Ok(None) => findings.finding(
            "document-missing",
            path.as_str(),
            "the document is missing; `letopis repair`",
        ),
        Err(error) => findings.finding("file-unreadable", path.as_str(), error),
    }
    let files = documents::files(location, &document.path, document.sha256).await;
    let Ok(Some(files)) = files else {
        // What its print must be is not known: it is not called unexplained for that.
        return vec![path, file_in(&document.path, documents::PRINT)];
    };
    for (print, digest) in files.iter().skip(1) {
        check_print(location, print, *digest, findings).await;
    }
    files.into_iter().map(|(path, _)| path).collect()
}

fn is_document(text: &[u8]) -> bool {
    let Ok(value) = serde_json::from_slice::<serde_json::Value>(text) else { return false };
    value["t"] == "letopis/document/v1"
        && serde_json::to_vec(&value).is_ok_and(|again| again == text)
}

async fn check_print(location: &Location, path: &str, expected: Digest, findings: &mut Findings) {
    match location.digest(path).await {
        Ok(Some((digest, _))) if digest == expected => {}
        Ok(Some(_)) => findings.finding(
            "document-digest",
            path,
            "the print is not the one its document names; `letopis repair`",
        ),
        Ok(None) => {
            findings.finding("document-missing", path, "the print is missing; `letopis repair`");
        }
        Err(error) => findings.finding("file-unreadable", path, error),
    }
}
