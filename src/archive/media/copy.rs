//! Writing a medium.

use super::super::Archive;
use super::super::documents;
use super::super::files;
use super::super::log::{self, LogError};
use super::MediaError;
use super::list::{self, MediumCard};
use crate::catalogue::{DocumentView, RecordView};
use crate::digest::Digest;
use crate::key::file::public_pem;
use crate::location::file_in;
use crate::location::folder::Folder;
use crate::location::medium::{MediumText, README, Writing};
use crate::register::{
    CopyMade, DocumentId, Edge, Event, MediumKind, MediumNumber, RecordKind, RecordNumber, StaffId,
};
use crate::retention::{DocumentKind, FilePlan};
use chrono::{DateTime, NaiveDate, SubsecRound as _, Utc};
use rand_core::CryptoRng;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Events whose documents explain every record: the rules and lists that were in force.
const RULES: [&str; 5] =
    ["plan-adopted", "settings-changed", "staff-roster", "calendar-adopted", "teaching-load"];
/// The event whose documents explain statements: which pupils of several journals are one.
const MATCHED: &str = "pupils-matched";
/// Longest text on a card, in characters.
const LONGEST: usize = 200;

/// Which medium is wanted.
#[derive(Debug, Clone)]
pub struct MediumOrder {
    /// The closing it is made for.
    pub closing: DocumentId,
    /// The records that go on it: current ones, all of one kind and one class of the file plan.
    pub records: Vec<RecordNumber>,
    /// What it is.
    pub kind: MediumKind,
    /// What is written on it.
    pub label: String,
    /// The room it will be kept in.
    pub room: String,
    /// The safe or cupboard in that room.
    pub safe: Option<String>,
    /// Who keeps it.
    pub keeper: Option<StaffId>,
    /// The day by which it is to be checked, local; within 5 years.
    pub next_check: NaiveDate,
    /// Who writes it.
    pub by: StaffId,
    /// Who enters that.
    pub recorder: StaffId,
    /// An image that is to be made (`….iso`), or an empty folder.
    pub to: PathBuf,
}

/// A medium that was written and registered.
#[derive(Debug, Clone)]
pub struct MadeMedium {
    /// Its number.
    pub medium: MediumNumber,
    /// How many files the manifest lists.
    pub files: usize,
    /// How many bytes they have.
    pub bytes: u64,
    /// Digest of the manifest.
    pub manifest: Digest,
    /// Other media with one of these records that are kept in the same room.
    pub same_room: Vec<MediumNumber>,
    /// Why the second location does not have the entry yet.
    pub missing: Option<String>,
}

impl Archive {
    /// Writes a medium and registers it. It holds the register as it was before.
    ///
    /// # Errors
    /// When the records are not of one closing and class, something is where it shall be written, or it cannot be
    /// written: nothing is registered then.
    pub async fn copy_to_medium(
        &mut self,
        order: &MediumOrder,
        now: DateTime<Utc>,
        rng: &mut impl CryptoRng,
    ) -> Result<MadeMedium, MediaError> {
        let records = self.records_for(order)?;
        self.check_order(order, now).await?;
        let (plan, medium) = (self.plan().await?, self.next_medium()?);
        let mut writing = Writing::begin(&order.to)?;
        self.fill(&mut writing, order.closing, &records, &plan).await?;
        let text = MediumText {
            archive: self.home.archive(),
            medium,
            made: now.trunc_subsecs(0),
            closing: order.closing,
            kind: records[0].kind,
            retention: records[0].retention.clone(),
            records: records.iter().map(|record| record.record).collect(),
            register_size: self.edge.size(),
            register_root: self.edge.root(),
            manifest: Digest::of(writing.manifest().to_text().as_bytes()),
        };
        let (files, bytes) = (writing.manifest().files().len(), writing.bytes());
        let written = writing.finish(&text, &self.log_key.sign(text.to_text().as_bytes()))?;
        let document =
            documents::write(DocumentKind::Act, &order.card(medium, bytes), None, &plan, now, rng);
        let manifest = text.manifest;
        let (objects, event) = document.by(|named| order.made(text, named));
        self.put_objects(&objects).await?;
        written.publish()?;
        let missing = self.commit(&[], vec![event], now).await?.missing;
        let same_room = self.in_one_room(medium).await?;
        Ok(MadeMedium { medium, files, bytes, manifest, same_room, missing })
    }

    /// The records of an order, rising, if they may share a medium.
    fn records_for(&self, order: &MediumOrder) -> Result<Vec<RecordView>, MediaError> {
        let no_closing = || MediaError::NoClosing(order.closing);
        let opened = self.catalogue.closings()?.into_iter().find_map(|entry| match entry.event {
            Event::ClosingOpened(opened) if opened.named.document == order.closing => Some(opened),
            _ => None,
        });
        let opened = opened.ok_or_else(no_closing)?;
        let mut records: Vec<RecordView> = Vec::new();
        for number in order.records.iter().collect::<BTreeSet<_>>() {
            let record = self.catalogue.record(*number)?.ok_or(MediaError::NoRecord(*number))?;
            if let Some(by) = record.replaced_by {
                return Err(MediaError::Replaced(*number, by));
            }
            // A class that joined late was not expected when the closing was opened.
            if !opened.periods.iter().any(|of| of.period == record.period) {
                return Err(MediaError::OtherClosing(*number));
            }
            if let Some(first) = records.first()
                && (first.kind, &first.retention) != (record.kind, &record.retention)
            {
                return Err(MediaError::TwoClasses {
                    record: *number,
                    retention: format!("{} {}", record.kind, record.retention),
                    first: first.record,
                    first_retention: format!("{} {}", first.kind, first.retention),
                });
            }
            records.push(record);
        }
        if records.is_empty() { Err(MediaError::NoRecords) } else { Ok(records) }
    }

    async fn check_order(&self, order: &MediumOrder, now: DateTime<Utc>) -> Result<(), MediaError> {
        self.check_clock(now)?;
        let texts = [("label", Some(&order.label)), ("room", Some(&order.room))];
        for (what, text) in texts.into_iter().chain([("safe", order.safe.as_ref())]) {
            let wrong = |text: &&String| {
                let control = text.chars().any(char::is_control);
                text.trim().is_empty() || text.chars().count() > LONGEST || control
            };
            if text.is_some_and(|text| wrong(&text)) {
                return Err(MediaError::Text(what));
            }
        }
        self.next_check(Some(order.next_check), now).await?;
        let to = Folder::at(&order.to);
        let own = [Some(Folder::at(self.home.file(""))), Some(self.home.primary())];
        match own.into_iter().chain([self.home.second()]).flatten().any(|own| own.holds(&to)) {
            true => Err(MediaError::Inside(order.to.clone())),
            false => Ok(()),
        }
    }

    /// The number after the largest one ever given to a medium, or to a card that lies in `unfinished/`.
    fn next_medium(&self) -> Result<MediumNumber, MediaError> {
        let registered = self.catalogue.last_medium()?;
        match registered.max(highest_medium(&self.home.file("unfinished"))) {
            Some(last) => last.plus(1).ok_or(MediaError::NoNumber),
            None => Ok(MediumNumber::FIRST),
        }
    }

    async fn fill(
        &self,
        writing: &mut Writing,
        closing: DocumentId,
        records: &[RecordView],
        plan: &FilePlan,
    ) -> Result<(), MediaError> {
        for record in records {
            for (name, digest) in record.files() {
                self.put_stored(writing, &file_in(&record.path, name), digest).await?;
            }
        }
        for document in self.documents_for(closing, records, plan)? {
            let files = documents::files(&self.primary, &document.path, document.sha256).await?;
            let damaged = || MediaError::Damaged(file_in(&document.path, documents::DOCUMENT));
            for (path, digest) in files.ok_or_else(damaged)? {
                self.put_stored(writing, &path, digest).await?;
            }
        }
        for (path, bytes) in self.register_files().await? {
            writing.put(&path, &bytes[..])?;
        }
        let log_key = self.log_key.public();
        for (path, bytes) in files::derived(&self.home, &self.catalogue, &log_key) {
            // A location and a medium tell different things to whoever finds them.
            let bytes = if path == "README.txt" { README.as_bytes() } else { &bytes };
            writing.put(&path, bytes)?;
        }
        writing.put("keys/log.pub.pem", public_pem(&log_key).as_bytes())?;
        Ok(())
    }

    /// Copies a file of the primary location, if it is what the register says.
    async fn put_stored(
        &self,
        writing: &mut Writing,
        path: &str,
        digest: Digest,
    ) -> Result<(), MediaError> {
        let damaged = || MediaError::Damaged(path.to_owned());
        let file = self.primary.open_file(path).await?.ok_or_else(damaged)?;
        if writing.put(path, file)? == digest { Ok(()) } else { Err(damaged()) }
    }

    /// The documents that go with records: the rules in force, those of the closing, and the paper copies of these
    /// very records; of them those that are kept at least as long as the records, so that nothing on the medium
    /// has to be destroyed before them.
    fn documents_for(
        &self,
        closing: DocumentId,
        records: &[RecordView],
        plan: &FilePlan,
    ) -> Result<Vec<DocumentView>, MediaError> {
        let (kind, retention) = (records[0].kind, &records[0].retention);
        let class = plan.class(retention).unwrap_or_else(|| plan.class_of_record(kind));
        let mut wanted = BTreeSet::from([closing]);
        let entries = self.catalogue.closing(closing)?;
        wanted.extend(entries.iter().filter_map(|e| Some(e.event.document()?.document)));
        for record in records {
            let copies = self.catalogue.copies_of(record.record)?;
            wanted.extend(
                copies.iter().flat_map(|copy| &copy.documents).map(|document| document.document),
            );
        }
        let mut documents = self.catalogue.documents()?;
        documents.retain(|document| {
            let event = document.event.as_str();
            let explains = RULES.contains(&event)
                || (event == MATCHED && kind == RecordKind::Statement)
                || wanted.contains(&document.document);
            explains && plan.class(&document.retention).is_some_and(|own| own.term >= class.term)
        });
        Ok(documents)
    }

    /// The register's files: its tiles as they follow from its entries, and its checkpoint.
    async fn register_files(&self) -> Result<Vec<(String, Vec<u8>)>, MediaError> {
        let mut texts = Vec::new();
        log::each_entry(&self.primary, (0, self.edge.size()), |_, text| {
            texts.push(text.to_vec());
            Ok::<_, LogError>(())
        })
        .await?;
        let mut edge = Edge::new();
        let tiles = edge.append(&texts).expect("a bundle holds no text of more than 65,535 bytes");
        if edge.root() != self.edge.root() {
            return Err(LogError::Root { expected: self.edge.root() }.into());
        }
        let checkpoint = log::checkpoint(&self.primary, &self.home.origin()).await?;
        let note = checkpoint.ok_or(LogError::NoCheckpoint)?.note().as_bytes().to_vec();
        let tiles = tiles.entry_tiles.into_iter().chain(tiles.hash_tiles);
        let mut files: Vec<_> = tiles.map(|(path, bytes)| (log::tile_file(&path), bytes)).collect();
        files.push((log::CHECKPOINT_FILE.to_owned(), note));
        Ok(files)
    }

    async fn in_one_room(&self, medium: MediumNumber) -> Result<Vec<MediumNumber>, MediaError> {
        let media = list::media(&self.primary, &self.catalogue).await?;
        let Some(made) = media.iter().find(|other| other.view.medium == medium) else {
            return Ok(Vec::new());
        };
        let near = media.iter().filter(|other| made.shares_room_with(other));
        Ok(near.map(|other| other.view.medium).collect())
    }
}

impl MediumOrder {
    fn card(&self, medium: MediumNumber, bytes: u64) -> MediumCard {
        MediumCard {
            bytes,
            keeper: self.keeper,
            label: self.label.clone(),
            medium,
            next_check: self.next_check,
            room: self.room.clone(),
            safe: self.safe.clone(),
        }
    }

    fn made(&self, text: MediumText, named: crate::register::DocumentNamed) -> Event {
        Event::CopyMade(CopyMade {
            by: self.by,
            closing: self.closing,
            kind: self.kind,
            manifest: text.manifest,
            medium: text.medium,
            records: text.records,
            recorder: self.recorder,
            size: text.register_size,
            named,
        })
    }
}

/// The largest number of a medium among the documents that interrupted runs left.
fn highest_medium(unfinished: &Path) -> Option<MediumNumber> {
    #[derive(Deserialize)]
    struct Numbered {
        medium: MediumNumber,
    }
    documents::highest_left(unfinished, &[DocumentKind::Act], |body: Numbered| body.medium)
}
