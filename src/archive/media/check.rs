//! Checking a medium: every byte read and held against what was written, and what the register says.

use super::super::Archive;
use super::super::documents;
use super::super::log::{self, LogError};
use super::super::verify::{Finding, Level};
use super::MediaError;
use super::list::{CheckFinding, MediumChecked};
use crate::catalogue::MediumView;
use crate::digest::Digest;
use crate::key::{PublicKey, Signature};
use crate::location::file_in;
use crate::location::medium::{
    Fault, Found, ImageError, MANIFEST_FILE, MEDIUM_FILE, Manifest, MediumText, SIGNATURE_FILE,
    extract,
};
use crate::register::{Checkpoint, CopyChecked, Entry, Event, MediumNumber, StaffId};
use crate::retention::DocumentKind;
use chrono::{DateTime, NaiveDate, Utc};
use rand_core::CryptoRng;
use std::fs;
use std::path::{Path, PathBuf};

/// Where images are extracted to, below the archive's own directory; whoever writes has it alone.
const CHECKING: &str = "checking";

/// Which medium is to be checked.
#[derive(Debug, Clone)]
pub struct MediumCheckOrder {
    /// Where it is: a folder, an image, or a disc in its drive.
    pub path: PathBuf,
    /// Its number, as the label has it; needed only when the medium cannot tell it any more.
    pub medium: Option<MediumNumber>,
    /// Who checks it.
    pub recorder: StaffId,
    /// The day by which it is to be checked again, local; within 5 years.
    pub next_check: NaiveDate,
}

/// What the check of a medium found; it is registered.
#[derive(Debug, Clone)]
pub struct CheckedMedium {
    /// Its number.
    pub medium: MediumNumber,
    /// What was found, by path; none on a good medium.
    pub findings: Vec<Finding>,
    /// Why the second location does not have the entry yet.
    pub missing: Option<String>,
}

impl Archive {
    /// Reads a medium in full, compares it with what was written and with the register, and registers the check.
    ///
    /// # Errors
    /// When it is no medium of this archive, nothing tells which one it is, or it is not there.
    pub async fn check_medium(
        &mut self,
        order: &MediumCheckOrder,
        now: DateTime<Utc>,
        rng: &mut impl CryptoRng,
    ) -> Result<CheckedMedium, MediaError> {
        self.check_clock(now)?;
        self.next_check(Some(order.next_check), now).await?;
        let opened = Opened::at(&order.path, self.home.file(CHECKING))?;
        let unreadable = |source| MediaError::Unreadable { path: order.path.clone(), source };
        let found = Found::look(opened.folder()).map_err(unreadable)?;
        let view = self.medium_on(&found, order)?;
        let mut faults: Vec<Fault> = opened.fault().into_iter().collect();
        faults.extend(self.judge(&found, &view).await?);
        drop(opened);
        let body = MediumChecked {
            findings: faults.iter().map(CheckFinding::from).collect(),
            medium: view.medium,
            next_check: order.next_check,
        };
        let plan = self.plan().await?;
        let document = documents::write(DocumentKind::Act, &body, None, &plan, now, rng);
        let (medium, recorder) = (view.medium, order.recorder);
        let (objects, event) = document.by(|named| {
            let findings = faults.len() as u64;
            Event::CopyChecked(CopyChecked { findings, medium, recorder, named })
        });
        let missing = self.commit(&objects, vec![event], now).await?.missing;
        let findings = faults.into_iter().map(finding).collect();
        Ok(CheckedMedium { medium, findings, missing })
    }

    /// Which medium it is: by the digest of its manifest, which no other has, or by what it says of itself.
    fn medium_on(&self, found: &Found, order: &MediumCheckOrder) -> Result<MediumView, MediaError> {
        let manifest = found.digest(MANIFEST_FILE);
        let by_manifest =
            self.catalogue.media()?.into_iter().find(|view| Some(view.manifest) == manifest);
        let text = found.small(MEDIUM_FILE).and_then(|text| MediumText::read(&text).ok());
        if by_manifest.is_none() && text.as_ref().is_some_and(|t| t.archive != self.home.archive())
        {
            return Err(MediaError::OtherArchive(order.path.clone()));
        }
        let told = by_manifest.as_ref().map(|view| view.medium);
        let told = told.or_else(|| text.map(|text| text.medium));
        match (order.medium, told) {
            (Some(asked), Some(found)) if asked != found => {
                return Err(MediaError::OtherMedium { asked, found });
            }
            _ => {}
        }
        let unknown = || MediaError::Unknown(order.path.clone());
        let medium = order.medium.or(told).ok_or_else(unknown)?;
        self.catalogue.medium(medium)?.ok_or(MediaError::NoMedium(medium))
    }

    async fn judge(&self, found: &Found, view: &MediumView) -> Result<Vec<Fault>, MediaError> {
        let (log_key, root) = self.register_at(view.size).await?;
        let mut faults = Vec::new();
        faults.extend(self.judge_text(found, view, &log_key, root));
        let manifest = found.small(MANIFEST_FILE).filter(|text| Digest::of(text) == view.manifest);
        let manifest = manifest.and_then(|text| Manifest::read(&text));
        match &manifest {
            Some(manifest) => faults.extend(found.faults(manifest)),
            None => {
                let text = "it is not the manifest that was written; only records and register were compared";
                faults.push(Fault::new("medium-manifest", MANIFEST_FILE, text));
                faults.extend(found.unreadable());
            }
        }
        faults.extend(self.judge_records(found, view, manifest.as_ref())?);
        // A checkpoint with other bytes is told of already.
        let as_written = |m: &Manifest| {
            m.files().get(log::CHECKPOINT_FILE).copied() == found.digest(log::CHECKPOINT_FILE)
        };
        if manifest.as_ref().is_none_or(as_written) && !self.has_register(found, view, root) {
            let text = "it is not this archive's register as it was when the medium was written";
            faults.push(Fault::new("medium-register", log::CHECKPOINT_FILE, text));
        }
        Ok(faults)
    }

    /// `medium.txt`: signed by the log key of its day, and saying what the register says.
    fn judge_text(
        &self,
        found: &Found,
        view: &MediumView,
        log_key: &PublicKey,
        root: Digest,
    ) -> Option<Fault> {
        let (text, signature) = (found.small(MEDIUM_FILE), found.small(SIGNATURE_FILE));
        let (Some(text), Some(signature)) = (text, signature) else {
            let text = "it or its signature is missing or does not read";
            return Some(Fault::new("medium-form", MEDIUM_FILE, text));
        };
        let signature = Signature::try_from(&signature[..]).ok();
        if !signature.is_some_and(|signature| log_key.verifies(&text, &signature)) {
            let text = format!("{MEDIUM_FILE} and {SIGNATURE_FILE} do not fit: one was altered");
            return Some(Fault::new("medium-signature", MEDIUM_FILE, text));
        }
        let read = match MediumText::read(&text) {
            Ok(read) => read,
            Err(error) => return Some(Fault::new("medium-form", MEDIUM_FILE, error)),
        };
        let says = (read.archive, read.medium, read.closing, &read.records, read.manifest);
        let entry = (self.home.archive(), view.medium, view.closing, &view.records, view.manifest);
        let register = (read.register_size, read.register_root) == (view.size, root);
        (says != entry || !register).then(|| {
            Fault::new("medium-entry", MEDIUM_FILE, "it does not say what the register says")
        })
    }

    /// Seals and packages, as the manifest has them; without one, as they are.
    fn judge_records(
        &self,
        found: &Found,
        view: &MediumView,
        manifest: Option<&Manifest>,
    ) -> Result<Vec<Fault>, MediaError> {
        let mut faults = Vec::new();
        for number in &view.records {
            let record = self.catalogue.record(*number)?.ok_or(MediaError::NoRecord(*number))?;
            for (name, digest) in [("seal.txt", record.seal), ("package.zip", record.package)] {
                let path = file_in(&record.path, name);
                let there = match manifest {
                    Some(manifest) => manifest.files().get(&path).copied(),
                    None => found.digest(&path),
                };
                if there != Some(digest) {
                    let text = "it is missing, or not the one that was sealed";
                    faults.push(Fault::new("medium-record", path, text));
                }
            }
        }
        Ok(faults)
    }

    fn has_register(&self, found: &Found, view: &MediumView, root: Digest) -> bool {
        let note = found.small(log::CHECKPOINT_FILE).unwrap_or_default();
        let note = String::from_utf8_lossy(&note);
        let read = Checkpoint::read(&note, &self.home.origin());
        read.is_ok_and(|at| (at.checkpoint().size, at.checkpoint().root) == (view.size, root))
    }

    /// The log key and the root of the register when it had so many entries.
    async fn register_at(&self, size: u64) -> Result<(PublicKey, Digest), MediaError> {
        let (mut log_key, mut edge) = (self.log_key.public(), crate::register::Edge::new());
        let mut texts = Vec::new();
        log::each_entry(&self.primary, (0, self.edge.size()), |seq, text| {
            if seq < size {
                // What is in the register was read when the archive was opened.
                match Entry::read(text, seq).map(|entry| entry.event) {
                    Ok(Event::ArchiveCreated(created)) => log_key = created.log_key,
                    Ok(Event::LogKeyChanged(changed)) => log_key = changed.log_key,
                    _ => {}
                }
                texts.push(text.to_vec());
            }
            Ok::<_, LogError>(())
        })
        .await?;
        edge.append(&texts).expect("a bundle holds no text of more than 65,535 bytes");
        Ok((log_key, edge.root()))
    }
}

/// A medium that can be read as a folder.
enum Opened {
    Folder(PathBuf),
    /// Extracted from an image, and what did not read of it. Removed when dropped.
    Extracted(PathBuf, Option<Fault>),
}

impl Opened {
    fn at(path: &Path, room: PathBuf) -> Result<Opened, MediaError> {
        let error = |path: &Path| {
            let path = path.to_owned();
            move |source| MediaError::Unreadable { path, source }
        };
        if fs::metadata(path).map_err(error(path))?.is_dir() {
            return Ok(Opened::Folder(path.to_owned()));
        }
        // Left by a killed run: nobody else works here while the archive is open for writing.
        let _ = fs::remove_dir_all(&room);
        make_private(&room).map_err(error(&room))?;
        let extracted = extract(path, &room);
        // From here on the folder is removed whatever happens.
        let opened = |fault| Opened::Extracted(room, fault);
        match extracted {
            Ok(()) => Ok(opened(None)),
            Err(said @ ImageError::Failed(_)) => {
                Ok(opened(Some(Fault::new("medium-image", "", said))))
            }
            Err(error) => {
                drop(opened(None));
                Err(MediaError::Image(error))
            }
        }
    }

    fn folder(&self) -> &Path {
        match self {
            Opened::Folder(path) | Opened::Extracted(path, _) => path,
        }
    }

    fn fault(&self) -> Option<Fault> {
        match self {
            Opened::Folder(_) => None,
            Opened::Extracted(_, fault) => fault.clone(),
        }
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        if let Opened::Extracted(room, _) = self {
            let _ = fs::remove_dir_all(room);
        }
    }
}

/// Makes a folder that only its owner reads: it holds pupils' marks.
fn make_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().mode(0o700).create(path)
}

impl From<&Fault> for CheckFinding {
    fn from(fault: &Fault) -> CheckFinding {
        let Fault { code, path, text } = fault.clone();
        CheckFinding { code: code.to_owned(), path, text }
    }
}

fn finding(fault: Fault) -> Finding {
    let Fault { code, path, text } = fault;
    Finding { location: None, path, code, level: Level::Finding, text }
}
