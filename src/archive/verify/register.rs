//! The register of one location, recomputed from its entries.

use super::finding::Findings;
use super::records::read;
use crate::archive::log;
use crate::catalogue::{Catalogue, CopyFault, RecordView};
use crate::key::{KeyRole, PublicKey};
use crate::location::Location;
use crate::register::{
    ArchiveId, CheckpointWitness, CheckpointWitnessed, Edge, Entry, EntryError, EntryReader, Event,
    LogKeyChanged, LogKeyEndorsement, Origin, SignedCheckpoint, TILE_WIDTH, TileKind, TilePath,
    Tree, all_tiles, leaf_hash, read_bundle,
};
use crate::staff::{Bound, Keyring};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// What a location's register says, as far as it could be read.
pub(super) struct RegisterCheck {
    pub(super) findings: Findings,
    /// The checkpoint, when it reads and its signature holds.
    pub(super) checkpoint: Option<SignedCheckpoint>,
    pub(super) tree: Tree,
    pub(super) catalogue: Catalogue,
    pub(super) log_key: Option<PublicKey>,
    /// The records of the catalogue.
    pub(super) records: Arc<[RecordView]>,
    /// Whether entries, tiles, root and signature agree: records can be held against it.
    pub(super) sound: bool,
    witnesses: Vec<(Entry, CheckpointWitnessed)>,
    keyring: Keyring,
    /// Hash tiles as the entries give them.
    tiles: BTreeMap<String, Vec<u8>>,
}

/// Recomputes the register of a location: entries, tree, tiles, checkpoint, witnesses, keys.
pub(super) async fn check(
    location: &Location,
    archive: ArchiveId,
    mut findings: Findings,
) -> RegisterCheck {
    let origin = Origin::of(archive);
    let checkpoint = match log::checkpoint(location, &origin).await {
        Ok(Some(checkpoint)) => Some(checkpoint),
        Ok(None) => {
            findings.finding(
                "checkpoint-missing",
                log::CHECKPOINT_FILE,
                "there is no checkpoint; `letopis repair`",
            );
            None
        }
        Err(error) => {
            findings.finding("checkpoint-form", log::CHECKPOINT_FILE, error);
            None
        }
    };
    let mut check = RegisterCheck {
        findings,
        checkpoint,
        tree: Tree::new(),
        catalogue: Catalogue::in_memory(archive),
        log_key: None,
        records: Arc::default(),
        sound: true,
        witnesses: Vec::new(),
        keyring: Keyring::new(),
        tiles: BTreeMap::new(),
    };
    let Some(size) = check.checkpoint.as_ref().map(|c| c.checkpoint().size) else {
        check.sound = false;
        return check;
    };
    check.read_entries(location, archive, size).await;
    check.records = check.catalogue.records().unwrap_or_default().into();
    check.check_checkpoint();
    check.check_tiles(location, size).await;
    check.check_witnesses(archive);
    check.report_keys();
    check
}

impl RegisterCheck {
    fn broken(&mut self, code: &'static str, path: String, text: impl ToString) {
        self.findings.finding(code, path, text);
        self.sound = false;
    }

    /// Reads bundle by bundle; what follows a bundle that does not read has no known place in the tree.
    async fn read_entries(&mut self, location: &Location, archive: ArchiveId, size: u64) {
        let mut reader = EntryReader::new();
        let mut edge = Edge::new();
        for path in log::bundles(size, 0) {
            let file = log::tile_file(&path);
            let bytes = match read(location, &file, log::MOST_TILE).await {
                Ok(Some(bytes)) => bytes,
                Ok(None) => {
                    return self.broken(
                        "tile-missing",
                        file,
                        "an entry bundle is missing; `letopis repair`",
                    );
                }
                Err(error) => return self.broken("tile-unreadable", file, error),
            };
            let texts = match read_bundle(&bytes, usize::from(path.width())) {
                Ok(texts) => texts,
                Err(error) => return self.broken("tile-content", file, error),
            };
            let owned: Vec<Vec<u8>> = texts.iter().map(|text| text.to_vec()).collect();
            if let Ok(appended) = edge.append(&owned) {
                let named = appended
                    .hash_tiles
                    .into_iter()
                    .map(|(path, bytes)| (log::tile_file(&path), bytes));
                self.tiles.extend(named);
            }
            for text in texts {
                self.tree.push(leaf_hash(text));
                self.read_entry(&mut reader, text, archive, &file);
            }
        }
        let wanted: HashSet<String> = all_tiles(size).map(|path| log::tile_file(&path)).collect();
        self.tiles.retain(|path, _| wanted.contains(path));
    }

    fn read_entry(
        &mut self,
        reader: &mut EntryReader,
        text: &[u8],
        archive: ArchiveId,
        file: &str,
    ) {
        let entry = match reader.read(text) {
            Ok(entry) => entry,
            Err(error @ EntryError::UnknownVersion { .. }) => {
                return self.findings.notice("entry-version", file, error);
            }
            Err(error) => return self.broken("entry-form", file.to_owned(), error),
        };
        self.check_number(&entry, file);
        self.check_copy(&entry, file);
        if let Err(error) = self.catalogue.apply(&entry) {
            self.broken("entry-apply", file.to_owned(), error);
        }
        let at = |what: &str| format!("entry {}: {what}", entry.seq);
        match &entry.event {
            Event::ArchiveCreated(created) => {
                self.log_key = Some(created.log_key);
                if created.archive != archive {
                    self.broken(
                        "register-foreign",
                        file.to_owned(),
                        at("the register is another archive's"),
                    );
                }
            }
            Event::LogKeyChanged(changed) => self.log_key_changed(&entry, changed, archive, file),
            Event::KeyAdded(_) | Event::KeyRevoked(_) => {
                if let Err(finding) = self.keyring.apply(&archive, &entry) {
                    self.findings.finding("key", file, finding);
                }
            }
            Event::CheckpointWitnessed(witness) => {
                self.witnesses.push((entry.clone(), witness.clone()));
            }
            Event::Unknown { name } => {
                self.findings.notice(
                    "event-unknown",
                    file,
                    at(&format!("event `{name}` is not known to this version")),
                );
            }
            _ => {}
        }
    }

    /// A record's number is given once.
    fn check_number(&mut self, entry: &Entry, file: &str) {
        if let Event::Sealed(sealed) = &entry.event
            && matches!(self.catalogue.record(sealed.record), Ok(Some(_)))
        {
            let text = format!("record {} was sealed by an entry before", sealed.record);
            self.broken("entry-apply", file.to_owned(), text);
        }
    }

    /// What an entry says of a paper copy must be possible; what is not is ignored by the catalogue.
    fn check_copy(&mut self, entry: &Entry, file: &str) {
        let Ok(Some(fault)) = self.catalogue.copy_fault(entry) else { return };
        let code = match fault {
            CopyFault::NoRecord { .. } | CopyFault::Chain { .. } => "copy-record",
            CopyFault::Sheets { .. } | CopyFault::MayLackSheets(_) => "copy-sheets",
            CopyFault::NoCopy(_) | CopyFault::NotValid { .. } => "copy-voided",
        };
        self.findings.finding(code, file, format!("entry {}: {fault}", entry.seq));
    }

    fn log_key_changed(
        &mut self,
        entry: &Entry,
        changed: &LogKeyChanged,
        archive: ArchiveId,
        file: &str,
    ) {
        let text = LogKeyEndorsement {
            archive,
            public_key: changed.log_key,
            size: changed.size,
            root: changed.root,
        };
        let by = changed.endorsement.key;
        let director = self.keyring.valid_at(&by, entry.seq, entry.time);
        let holds = director.is_ok_and(|key| {
            key.role == KeyRole::Director
                && key
                    .public_key
                    .verifies(text.to_text().as_bytes(), &changed.endorsement.signature)
        });
        let root_right = changed.size == entry.seq
            && self.tree.root_at(changed.size).is_ok_and(|root| root == changed.root);
        if holds && root_right {
            self.log_key = Some(changed.log_key);
        } else {
            let text = format!(
                "entry {}: the new log key is not endorsed by a valid director's key",
                entry.seq
            );
            self.broken("log-key", file.to_owned(), text);
        }
    }

    fn check_checkpoint(&mut self) {
        let Some(signed) = self.checkpoint.clone() else { return };
        let path = || log::CHECKPOINT_FILE.to_owned();
        let at = signed.checkpoint();
        if at.size == self.tree.size() && at.root != self.tree.root() {
            self.broken(
                "register-root",
                path(),
                "the entries give another root than the checkpoint says",
            );
        }
        match self.log_key {
            Some(key) => {
                if let Err(error) = signed.verify(&key) {
                    self.broken("checkpoint-signature", path(), error);
                }
            }
            // Entries that do not read are told already; the log key may be among them.
            None if at.size != self.tree.size() => {}
            None => self.broken("log-key", path(), "no entry names the log key"),
        }
    }

    /// Compares the stored tiles of hashes with those that the entries give.
    async fn check_tiles(&mut self, location: &Location, size: u64) {
        if self.tree.size() != size {
            return;
        }
        for (path, expected) in std::mem::take(&mut self.tiles) {
            match read(location, &path, log::MOST_TILE).await {
                Ok(Some(bytes)) if bytes == expected => {}
                Ok(Some(_)) => self.broken(
                    "tile-content",
                    path,
                    "the tile's hashes are not those of the entries",
                ),
                Ok(None) => self.broken(
                    "tile-missing",
                    path,
                    "a tile of hashes is missing; `letopis repair`",
                ),
                Err(error) => self.broken("tile-unreadable", path, error),
            }
        }
    }

    fn check_witnesses(&mut self, archive: ArchiveId) {
        for (entry, witness) in std::mem::take(&mut self.witnesses) {
            let text =
                CheckpointWitness { archive, size: witness.size, root: witness.root }.to_text();
            let by = self.keyring.valid_at(&witness.key, entry.seq, entry.time);
            let signed = by.is_ok_and(|key| {
                key.role == KeyRole::Director
                    && key.public_key.verifies(text.as_bytes(), &witness.signature)
            });
            let root_right = witness.size <= entry.seq
                && self.tree.root_at(witness.size).is_ok_and(|root| root == witness.root);
            if !(signed && root_right) {
                let text = format!(
                    "entry {}: the register as the director signed it (size {}) is not this one",
                    entry.seq, witness.size
                );
                self.findings.finding("witness", log::CHECKPOINT_FILE, text);
            }
        }
    }

    fn report_keys(&mut self) {
        for key in self.keyring.keys() {
            if !matches!(key.bound, Bound::Endorsed { .. }) {
                let text = format!(
                    "the {}'s key {} is endorsed by no other key; compare it with the printed order",
                    key.role, key.fingerprint
                );
                self.findings.notice("key-by-order", "keys", text);
            }
        }
    }

    /// What a file below `register/` is to this register: `None` if it belongs there.
    pub(super) async fn explain(
        &self,
        location: &Location,
        path: &str,
    ) -> Option<(&'static str, &'static str)> {
        if path == log::CHECKPOINT_FILE {
            return None;
        }
        let unknown =
            Some(("file-unexplained", "neither the register nor the format explains this file"));
        let Some(tile) = path.strip_prefix("register/").and_then(|p| p.parse::<TilePath>().ok())
        else {
            return unknown;
        };
        let size = self.tree.size();
        let span = match tile.kind() {
            TileKind::Entries => 1,
            TileKind::Level(level) => u64::from(TILE_WIDTH).pow(u32::from(level)),
        };
        let hashes = size / span;
        let end = tile.index() * u64::from(TILE_WIDTH) + u64::from(tile.width());
        if end > hashes {
            return Some((
                "tile-beyond",
                "this tile lies beyond the checkpoint; it was never acknowledged",
            ));
        }
        // Narrower than needed: left over, and must be a beginning of the tile that took its place.
        let wider = (u64::from(tile.width())..=u64::from(TILE_WIDTH)).rev().find_map(|width| {
            let path = TilePath::new(tile.kind(), tile.index(), u16::try_from(width).ok()?)?;
            all_tiles(size).any(|known| known == path).then_some(path)
        })?;
        if wider == tile {
            return None;
        }
        let wider = log::tile_file(&wider);
        let narrow = read(location, path, log::MOST_TILE).await;
        let wide = read(location, &wider, log::MOST_TILE).await;
        match (narrow, wide) {
            (Ok(Some(narrow)), Ok(Some(wide))) if wide.starts_with(&narrow) => None,
            _ => Some((
                "tile-content",
                "this left-over tile is not a beginning of the one that took its place",
            )),
        }
    }
}
