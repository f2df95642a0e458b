//! A location's register as it was found, read and checked from its first entry to its checkpoint.

use crate::archive::log::{self, LogError};
use crate::key::{KeyRole, PublicKey};
use crate::location::Location;
use crate::register::{
    ArchiveId, CheckpointError, Edge, Entry, EntryError, EntryReader, Event, LogKeyChanged,
    LogKeyEndorsement, Origin, Restored, SignedCheckpoint, Tree, leaf_hash,
};
use crate::staff::Keyring;

/// Why a register is not to be relied on.
#[derive(Debug, thiserror::Error)]
pub enum RegisterFault {
    /// Its files do not read, or its tiles do not belong to its checkpoint.
    #[error(transparent)]
    Log(#[from] LogError),
    /// An entry does not read.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// The entries give another root than the checkpoint says.
    #[error("the entries give another root than the checkpoint says")]
    Root,
    /// The checkpoint is not signed by the log key that the entries name.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// A register of another archive.
    #[error("it is the register of archive {0}")]
    OtherArchive(ArchiveId),
    /// A new log key that no valid director's key endorses.
    #[error("entry {0} names a new log key without a valid director's endorsement")]
    LogKey(u64),
}

/// A register that was found right.
pub(super) struct Found {
    pub(super) at: SignedCheckpoint,
    pub(super) edge: Edge,
    pub(super) tree: Tree,
    /// The key that signed the checkpoint, by the entries.
    pub(super) log_key: PublicKey,
    pub(super) keyring: Keyring,
    /// The last promotion.
    pub(super) restored: Option<Restored>,
}

impl Found {
    /// Reads all entries, the tree over them, and the checkpoint's signature by the log key in force.
    pub(super) async fn read(
        location: &Location,
        archive: ArchiveId,
    ) -> Result<Found, RegisterFault> {
        let at = log::checkpoint(location, &Origin::of(archive)).await?;
        let at = at.ok_or(LogError::NoCheckpoint)?;
        let edge = log::edge(location, &at).await?;
        let mut fold = Fold::new(archive);
        log::each_entry(location, (0, edge.size()), |_, text| fold.take(text)).await?;
        if fold.tree.root() != at.checkpoint().root {
            return Err(RegisterFault::Root);
        }
        // An empty register has no checkpoint: the first one is put over the first entries.
        let log_key = fold.log_key.ok_or(LogError::NoCheckpoint)?;
        at.verify(&log_key)?;
        Ok(Found {
            at,
            edge,
            tree: fold.tree,
            log_key,
            keyring: fold.keyring,
            restored: fold.restored,
        })
    }

    /// How many entries it has.
    pub(super) fn size(&self) -> u64 {
        self.edge.size()
    }

    /// Whether this register goes on from what another checkpoint says.
    pub(super) fn goes_on_from(&self, other: &SignedCheckpoint) -> bool {
        let other = other.checkpoint();
        self.tree.root_at(other.size).is_ok_and(|root| root == other.root)
    }
}

/// What the entries read so far say.
struct Fold {
    archive: ArchiveId,
    reader: EntryReader,
    tree: Tree,
    keyring: Keyring,
    log_key: Option<PublicKey>,
    restored: Option<Restored>,
}

impl Fold {
    fn new(archive: ArchiveId) -> Fold {
        Fold {
            archive,
            reader: EntryReader::new(),
            tree: Tree::new(),
            keyring: Keyring::new(),
            log_key: None,
            restored: None,
        }
    }

    fn take(&mut self, text: &[u8]) -> Result<(), RegisterFault> {
        let entry = self.reader.read(text)?;
        match &entry.event {
            Event::ArchiveCreated(created) if created.archive != self.archive => {
                return Err(RegisterFault::OtherArchive(created.archive));
            }
            Event::ArchiveCreated(created) => self.log_key = Some(created.log_key),
            Event::LogKeyChanged(changed) => self.change_log_key(changed, &entry)?,
            Event::Restored(restored) => self.restored = Some(restored.clone()),
            // A key that does not count is no reason to give a register up; verification reports it.
            Event::KeyAdded(_) | Event::KeyRevoked(_) => {
                let _ = self.keyring.apply(&self.archive, &entry);
            }
            _ => {}
        }
        self.tree.push(leaf_hash(text));
        Ok(())
    }

    /// `docs/formats.md` § 4: a director valid at the entry endorses the key, and the register as it was.
    fn change_log_key(
        &mut self,
        changed: &LogKeyChanged,
        entry: &Entry,
    ) -> Result<(), RegisterFault> {
        let text = LogKeyEndorsement {
            archive: self.archive,
            public_key: changed.log_key,
            size: changed.size,
            root: changed.root,
        };
        let endorsement = &changed.endorsement;
        let director = self.keyring.valid_at(&endorsement.key, entry.seq, entry.time);
        let endorsed = director.is_ok_and(|key| {
            key.role == KeyRole::Director
                && key.public_key.verifies(text.to_text().as_bytes(), &endorsement.signature)
        });
        if !endorsed || changed.size != entry.seq || changed.root != self.tree.root() {
            return Err(RegisterFault::LogKey(entry.seq));
        }
        self.log_key = Some(changed.log_key);
        Ok(())
    }
}
