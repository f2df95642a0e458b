//! Texts that keys sign about each other and about the register (`docs/formats.md` § 4).

use super::written::{root_text, time_text};
use super::{ArchiveId, OrderRef, StaffId};
use crate::digest::Digest;
use crate::key::{KeyRole, PublicKey};
use chrono::{DateTime, Utc};

/// What a key is for, whose it is and how long it is valid. The key itself signs it (possession), and
/// so does the key that lets it in (endorsement).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyTerms {
    /// The archive it is a key of.
    pub archive: ArchiveId,
    /// The key.
    pub public_key: PublicKey,
    /// What it may be used for.
    pub role: KeyRole,
    /// Whose it is.
    pub staff: StaffId,
    /// Valid from this moment; whole seconds.
    pub from: DateTime<Utc>,
    /// Up to this moment, not including it; `None` without end.
    pub until: Option<DateTime<Utc>>,
    /// The appointing order.
    pub order: Option<OrderRef>,
}

impl KeyTerms {
    /// What the key itself signs: that its holder has it and wants it to be used so.
    pub fn possession_text(&self) -> String {
        self.text("letopis/key-possession/v1")
    }

    /// What the endorsing key signs: that this key may be used so.
    pub fn endorsement_text(&self) -> String {
        self.text("letopis/key-endorsement/v1")
    }

    fn text(&self, kind: &str) -> String {
        let missing = || "-".to_owned();
        format!(
            "{kind}\narchive {}\npublic-key {}\nrole {}\nstaff {}\nfrom {}\nuntil {}\norder {}\n",
            self.archive,
            self.public_key,
            self.role,
            self.staff,
            time_text(self.from),
            self.until.map_or_else(missing, time_text),
            self.order.as_ref().map_or_else(missing, OrderRef::to_string),
        )
    }
}

/// What the register was at the moment when a director signed something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckpointWitness {
    /// Whose register.
    pub archive: ArchiveId,
    /// How many entries it had.
    pub size: u64,
    /// The root at that size.
    pub root: Digest,
}

impl CheckpointWitness {
    /// What the director signs.
    pub fn to_text(&self) -> String {
        let root = root_text(&self.root);
        format!(
            "letopis/checkpoint-witness/v1\narchive {}\nsize {}\nroot {root}\n",
            self.archive, self.size
        )
    }
}

/// That a restored archive goes on with a new log key, and from which state of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogKeyEndorsement {
    /// Whose register.
    pub archive: ArchiveId,
    /// The new log key.
    pub public_key: PublicKey,
    /// How many entries the register had as it was found.
    pub size: u64,
    /// The root at that size.
    pub root: Digest,
}

impl LogKeyEndorsement {
    /// What the director signs.
    pub fn to_text(&self) -> String {
        let root = root_text(&self.root);
        format!(
            "letopis/log-key/v1\narchive {}\npublic-key {}\nsize {}\nroot {root}\n",
            self.archive, self.public_key, self.size
        )
    }
}
