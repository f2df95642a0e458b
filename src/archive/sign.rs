//! Signing: the director's key over waiting seals, here or on another computer.
//!
//! A [`SigningSheet`] is what travels: the seals and the checkpoint out, the signatures back. Signing at
//! the archive goes the same way, without the travel.

use super::commit::{CommitError, Committed};
use super::log::{self, LogError};
use super::{Archive, Reading};
use crate::catalogue::{Catalogue, RecordView, RowsError};
use crate::digest::Digest;
use crate::journal::PeriodId;
use crate::key::{Fingerprint, KeyRole, PublicKey, SecretKey, Signature, sshsig};
use crate::location::{Location, LocationError, file_in};
use crate::record::Seal;
use crate::register::{
    ArchiveId, CheckpointWitness, CheckpointWitnessed, Event, RecordNumber, Signed, SignedFile,
};
use crate::staff::NotValid;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The most bytes of a `seal.txt`.
const MOST_SEAL: u64 = 64 << 10;

/// Seals waiting for a signature, and the signatures once they are made. A JSON file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SigningSheet {
    /// Whose archive.
    pub archive: ArchiveId,
    /// The register as it was, root in hexadecimal.
    pub root: Digest,
    /// The seals, each exactly as it is stored.
    pub seals: Vec<WaitingSeal>,
    /// What was signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<SheetSignatures>,
    /// How many entries the register had.
    pub size: u64,
    t: SheetType,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum SheetType {
    #[serde(rename = "letopis/signing-sheet/v1")]
    V1,
}

/// A seal on a signing sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaitingSeal {
    /// The record.
    pub record: RecordNumber,
    /// `seal.txt`.
    pub text: String,
}

/// The signatures on a sheet, all by one key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetSignatures {
    /// Who signed.
    pub public_key: PublicKey,
    /// One for each seal, in the order of the sheet.
    pub seals: Vec<SealSignatures>,
    /// Over the checkpoint witness.
    pub witness: Signature,
}

/// The two signatures of one seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealSignatures {
    /// `seal.sig`.
    pub sig: Signature,
    /// `seal.sshsig`.
    pub sshsig: String,
}

/// What a signing did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedRecords {
    /// The records that are signed now.
    pub records: Vec<RecordNumber>,
    /// Records of the sheet that were passed over: signed or replaced since the sheet was made.
    pub passed_over: Vec<RecordNumber>,
    /// How the change was kept.
    pub committed: Committed,
}

/// Why nothing was signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// Every seal has its signature.
    #[error("no seal waits for a signature{}", .0.map_or(String::new(), |p| format!(" in {p}")))]
    NothingWaits(Option<PeriodId>),
    /// A sheet of another archive.
    #[error("the sheet is of archive {found}, this is {expected}")]
    OtherArchive {
        /// On the sheet.
        found: ArchiveId,
        /// This one.
        expected: ArchiveId,
    },
    /// A sheet that nobody signed.
    #[error("nobody has signed the sheet; `letopis sign --with KEY.pem SHEET` does")]
    NotSigned,
    /// The key may not sign.
    #[error(transparent)]
    Key(#[from] NotValid),
    /// A key of another role.
    #[error("the key {key} is of a {role}; seals are signed by the director's")]
    Role {
        /// Which key.
        key: Fingerprint,
        /// Its role.
        role: KeyRole,
    },
    /// Seals or signatures are not right; all of them are named.
    #[error("{} of the sheet: {}; nothing was signed", .0.len(), .0.join("; "))]
    Wrong(Vec<String>),
    /// The primary location failed.
    #[error(transparent)]
    Location(#[from] LocationError),
    /// The register does not read.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The catalogue failed.
    #[error(transparent)]
    Catalogue(#[from] RowsError),
    /// The change could not be made.
    #[error(transparent)]
    Commit(#[from] CommitError),
}

impl SigningSheet {
    fn witness(&self) -> CheckpointWitness {
        CheckpointWitness { archive: self.archive, size: self.size, root: self.root }
    }

    /// The seals as values, for showing to whoever signs; `None` for a text that is no seal.
    pub fn read_seals(&self) -> impl Iterator<Item = Option<Seal>> {
        self.seals.iter().map(|seal| Seal::read(seal.text.as_bytes()).ok())
    }

    /// Signs the sheet. Needs no archive.
    ///
    /// # Errors
    /// When a text on it is no seal of the archive it names: such a text is never signed.
    pub fn sign(&mut self, key: &SecretKey) -> Result<(), SignError> {
        let wrong: Vec<String> = self
            .seals
            .iter()
            .zip(self.read_seals())
            .filter(|(waiting, seal)| {
                let right = |s: &Seal| s.record == waiting.record && s.archive == self.archive;
                !seal.as_ref().is_some_and(right)
            })
            .map(|(waiting, _)| format!("the text of {} is not its seal", waiting.record))
            .collect();
        if !wrong.is_empty() {
            return Err(SignError::Wrong(wrong));
        }
        let sign = |seal: &WaitingSeal| SealSignatures {
            sig: key.sign(seal.text.as_bytes()),
            sshsig: sshsig::sign(key, seal.text.as_bytes()),
        };
        self.signed = Some(SheetSignatures {
            public_key: key.public(),
            seals: self.seals.iter().map(sign).collect(),
            witness: key.sign(self.witness().to_text().as_bytes()),
        });
        Ok(())
    }
}

/// Current records of a period (or of all) that no valid director's signature is on.
fn unsigned(catalogue: &Catalogue, period: Option<PeriodId>) -> Result<Vec<RecordView>, RowsError> {
    let mut records = match period {
        Some(period) => catalogue.records_of(&period)?,
        None => catalogue.records()?,
    };
    records.retain(|record| record.is_current() && !record.is_signed());
    Ok(records)
}

async fn sheet(
    location: &Location,
    catalogue: &Catalogue,
    archive: ArchiveId,
    (size, root): (u64, Digest),
    period: Option<PeriodId>,
) -> Result<SigningSheet, SignError> {
    let mut seals = Vec::new();
    let mut wrong = Vec::new();
    for record in unsigned(catalogue, period)? {
        match seal_text(location, &record).await? {
            Some(text) => seals.push(WaitingSeal { record: record.record, text }),
            None => wrong.push(format!("the seal of {} is missing or altered", record.record)),
        }
    }
    if !wrong.is_empty() {
        return Err(SignError::Wrong(wrong));
    }
    if seals.is_empty() {
        return Err(SignError::NothingWaits(period));
    }
    Ok(SigningSheet { archive, root, seals, signed: None, size, t: SheetType::V1 })
}

/// A record's seal, if it is the one the register names.
async fn seal_text(location: &Location, record: &RecordView) -> Result<Option<String>, SignError> {
    let text = location.get_small(&file_in(&record.path, "seal.txt"), MOST_SEAL).await?;
    let text = text.filter(|text| Digest::of(text) == record.seal);
    Ok(text.and_then(|text| String::from_utf8(text.into()).ok()))
}

impl Reading {
    /// The seals that wait for the director's signature, to be signed elsewhere.
    ///
    /// # Errors
    /// When none waits, or one is damaged.
    pub async fn signing_sheet(&self, period: Option<PeriodId>) -> Result<SigningSheet, SignError> {
        let at = self.checkpoint().checkpoint();
        let archive = self.home().archive();
        sheet(self.location(), self.catalogue(), archive, (at.size, at.root), period).await
    }
}

impl Archive {
    /// The seals that wait for the director's signature.
    ///
    /// # Errors
    /// When none waits, or one is damaged.
    pub async fn signing_sheet(&self, period: Option<PeriodId>) -> Result<SigningSheet, SignError> {
        let at = (self.edge.size(), self.edge.root());
        sheet(&self.primary, &self.catalogue, self.home.archive(), at, period).await
    }

    /// Takes the signatures of a sheet. Each seal must be, byte for byte, the one that is stored, each
    /// signature is checked, the key must be a director's and valid now. Records signed or replaced
    /// since the sheet was made are passed over.
    ///
    /// # Errors
    /// When anything on the sheet is not right: all of it is named, nothing is taken.
    pub async fn accept(
        &mut self,
        sheet: &SigningSheet,
        now: DateTime<Utc>,
    ) -> Result<SignedRecords, SignError> {
        self.check_clock(now)?;
        let expected = self.home.archive();
        if sheet.archive != expected {
            return Err(SignError::OtherArchive { found: sheet.archive, expected });
        }
        let signed = sheet.signed.as_ref().ok_or(SignError::NotSigned)?;
        let key = signed.public_key.fingerprint();
        let known = self.catalogue.keyring().valid_at(&key, self.edge.size(), now)?;
        if known.role != KeyRole::Director {
            return Err(SignError::Role { key, role: known.role });
        }
        let checked = self.check_sheet(sheet, signed).await?;
        let (mut objects, mut events) = (Vec::new(), Vec::new());
        for (record, signatures) in &checked.right {
            let files = [
                (signature_name(record, "sig"), signatures.sig.as_bytes().to_vec()),
                (signature_name(record, "sshsig"), signatures.sshsig.clone().into_bytes()),
            ];
            let named = files.iter().map(|(name, bytes)| SignedFile {
                name: name.parse().expect("a signature's file name is plain"),
                sha256: Digest::of(bytes),
            });
            let files_named = named.collect();
            events.push(Event::Signed(Signed { record: record.record, key, files: files_named }));
            let put =
                |(name, bytes): (String, Vec<u8>)| (file_in(&record.path, &name), bytes.into());
            objects.extend(files.into_iter().map(put));
        }
        if events.is_empty() {
            return Err(SignError::NothingWaits(None));
        }
        let (size, root, signature) = (sheet.size, sheet.root, signed.witness);
        events.push(Event::CheckpointWitnessed(CheckpointWitnessed { key, size, root, signature }));
        let committed = self.commit(&objects, events, now).await?;
        let records = checked.right.into_iter().map(|(record, _)| record.record).collect();
        Ok(SignedRecords { records, passed_over: checked.passed_over, committed })
    }

    async fn check_sheet<'s>(
        &self,
        sheet: &SigningSheet,
        signed: &'s SheetSignatures,
    ) -> Result<CheckedSheet<'s>, SignError> {
        let mut wrong = Vec::new();
        let mut checked = CheckedSheet { right: Vec::new(), passed_over: Vec::new() };
        if signed.seals.len() != sheet.seals.len() {
            wrong.push("seals and signatures are not of one number".to_owned());
        }
        for (waiting, signatures) in sheet.seals.iter().zip(&signed.seals) {
            let number = waiting.record;
            let Some(record) = self.catalogue.record(number)? else {
                wrong.push(format!("there is no record {number}"));
                continue;
            };
            let text = waiting.text.as_bytes();
            if Digest::of(text) != record.seal || seal_text(&self.primary, &record).await?.is_none()
            {
                wrong.push(format!("the seal of {number} is not the one that is stored"));
            } else if !signed.public_key.verifies(text, &signatures.sig)
                || sshsig::verify(&signatures.sshsig, text, &signed.public_key).is_err()
            {
                wrong.push(format!("the signature of {number} is wrong"));
            } else if record.is_signed() || !record.is_current() {
                checked.passed_over.push(number);
            } else {
                checked.right.push((record, signatures));
            }
        }
        if !signed.public_key.verifies(sheet.witness().to_text().as_bytes(), &signed.witness) {
            wrong.push("the signature of the checkpoint is wrong".to_owned());
        } else if self.root_at(sheet.size).await? != Some(sheet.root) {
            wrong.push("the checkpoint is not one of this register".to_owned());
        }
        if wrong.is_empty() { Ok(checked) } else { Err(SignError::Wrong(wrong)) }
    }

    /// The register's root when it had so many entries; `None` when it never had.
    async fn root_at(&self, size: u64) -> Result<Option<Digest>, LogError> {
        if size == self.edge.size() {
            return Ok(Some(self.edge.root()));
        }
        Ok(log::tree(&self.primary, self.edge.size()).await?.root_at(size).ok())
    }
}

struct CheckedSheet<'s> {
    right: Vec<(RecordView, &'s SealSignatures)>,
    passed_over: Vec<RecordNumber>,
}

/// `seal.sig` for the first signature, `seal.2.sig` for the second, …
fn signature_name(record: &RecordView, ending: &str) -> String {
    match record.signatures.len() {
        0 => format!("seal.{ending}"),
        n => format!("seal.{}.{ending}", n + 1),
    }
}
