//! What happens to keys (`docs/formats.md` § 5.1).

use crate::digest::Digest;
use crate::key::{Fingerprint, KeyRole, PublicKey, Signature};
use crate::register::{ArchiveId, KeyTerms, OrderRef, StaffId, written};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Members of `key-added`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyAdded {
    /// Fingerprint of `public_key`.
    pub key: Fingerprint,
    /// Always Ed25519.
    pub algorithm: Algorithm,
    /// The key.
    pub public_key: PublicKey,
    /// What it may be used for.
    pub role: KeyRole,
    /// Whose it is.
    pub staff: StaffId,
    /// Valid from this moment.
    #[serde(with = "written::seconds")]
    pub from: DateTime<Utc>,
    /// Up to this moment, not including it.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "written::optional_seconds")]
    pub until: Option<DateTime<Utc>>,
    /// The appointing order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderRef>,
    /// The key's own signature over [`KeyTerms::possession_text`].
    pub possession: Signature,
    /// Another key's signature over [`KeyTerms::endorsement_text`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endorsement: Option<Endorsement>,
}

impl KeyAdded {
    /// What the possession signature and the endorsement of this key were made over.
    pub fn terms(&self, archive: ArchiveId) -> KeyTerms {
        KeyTerms {
            archive,
            public_key: self.public_key,
            role: self.role,
            staff: self.staff,
            from: self.from,
            until: self.until,
            order: self.order.clone(),
        }
    }
}

/// The algorithm of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Algorithm {
    /// Ed25519 (RFC 8032).
    Ed25519,
}

/// A signature by a known key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endorsement {
    /// Who signed.
    pub key: Fingerprint,
    /// The signature.
    pub signature: Signature,
}

/// Members of `key-revoked`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRevoked {
    /// The key.
    pub key: Fingerprint,
    /// Why.
    pub reason: RevocationReason,
}

/// Why a key was revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum RevocationReason {
    /// Nobody has it any more.
    Lost,
    /// Somebody else may have it.
    Compromised,
    /// Its holder left the school or the post.
    Left,
    /// Its holder has another one.
    Superseded,
}

/// Members of `checkpoint-witnessed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckpointWitnessed {
    /// Who signed.
    pub key: Fingerprint,
    /// How many entries the register had.
    pub size: u64,
    /// Its root at that size; base64 in JSON.
    #[serde(with = "written::root")]
    pub root: Digest,
    /// Signature over [`crate::register::CheckpointWitness::to_text`].
    pub signature: Signature,
}

/// Members of `log-key-changed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogKeyChanged {
    /// The new log key.
    pub log_key: PublicKey,
    /// How many entries the register had as it was found.
    pub size: u64,
    /// The root at that size; base64 in JSON.
    #[serde(with = "written::root")]
    pub root: Digest,
    /// A director's signature over [`crate::register::LogKeyEndorsement::to_text`].
    pub endorsement: Endorsement,
}
