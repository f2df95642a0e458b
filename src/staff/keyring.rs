//! Whose keys count, and when: a fold of the register (`docs/formats.md` § 5.2).

use crate::key::sshsig::{NAMESPACE, openssh_public};
use crate::key::{Fingerprint, KeyRole, PublicKey};
use crate::register::{ArchiveId, Endorsement, Entry, Event, KeyAdded, OrderRef, StaffId};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// Every key the register knows, in the order of joining. Keys are never deleted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keyring {
    keys: Vec<KnownKey>,
    /// Places in `keys`.
    place_of: BTreeMap<Fingerprint, usize>,
    /// The first revocation of each key, of keys unknown at the time as well.
    revoked: BTreeMap<Fingerprint, (u64, DateTime<Utc>)>,
}

/// A key whose `key-added` entry was found right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownKey {
    /// What stands on the printed order.
    pub fingerprint: Fingerprint,
    /// The key.
    pub public_key: PublicKey,
    /// What it may be used for.
    pub role: KeyRole,
    /// Whose it is.
    pub staff: StaffId,
    /// Valid from this moment.
    pub from: DateTime<Utc>,
    /// Up to this moment, not including it; `None` without end.
    pub until: Option<DateTime<Utc>>,
    /// The appointing order.
    pub order: Option<OrderRef>,
    /// Place of its `key-added` entry.
    pub added_seq: u64,
    /// Place and time of its first `key-revoked` entry.
    pub revoked: Option<(u64, DateTime<Utc>)>,
    /// What connects it to its holder.
    pub bound: Bound,
}

/// What connects a key to its holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Another key vouches for it.
    Endorsed {
        /// Which.
        by: Fingerprint,
    },
    /// The first key of the register: its fingerprint on an order signed by hand.
    FirstKey,
    /// No key that could endorse it was valid: again the order signed by hand. Always to be reported,
    /// for this is also how somebody who can write the register would bring in a key.
    NoEndorserLeft,
}

/// An entry about a key that does not do what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("entry {seq}, key {key}: {fault}")]
pub struct KeyFinding {
    /// Place of the entry.
    pub seq: u64,
    /// The key it is about.
    pub key: Fingerprint,
    /// What is wrong.
    pub fault: KeyFault,
}

/// Why a key stays unknown, or a revocation names nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// Keys are added once; another term needs another key.
    #[error("the key was already added by entry {added_seq}; make a new key for a new term")]
    Duplicate {
        /// Place of the entry that counts.
        added_seq: u64,
    },
    /// Nobody showed to have the private key, or not for this archive, role, person or term.
    #[error(
        "the possession signature does not belong to the key and the entry; its holder must sign again"
    )]
    BadPossession,
    /// A key that could endorse it was valid.
    #[error(
        "the endorsement is missing, though a key that can give it was valid; let one of the same role, a director or the founder endorse it"
    )]
    EndorsementMissing,
    /// The endorsing key was not valid then.
    #[error("the endorsement does not count: {0}")]
    EndorserNotValid(NotValid),
    /// Deputies and archivists endorse only their own kind.
    #[error(
        "the endorsing key {by} has the role {role}; let one of the same role, a director or the founder endorse it"
    )]
    EndorserRole {
        /// The endorsing key.
        by: Fingerprint,
        /// Its role.
        role: KeyRole,
    },
    /// The endorsement is of another text or by another key.
    #[error("the endorsement by {by} does not belong to the entry; endorse it again")]
    BadEndorsement {
        /// The endorsing key.
        by: Fingerprint,
    },
    /// A revocation without a key.
    #[error("the key that is revoked here was never added")]
    RevokedUnknown,
}

/// A key that is not valid at an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("key {key} {reason}")]
pub struct NotValid {
    /// The key.
    pub key: Fingerprint,
    /// Why.
    pub reason: NotValidReason,
}

/// Why a key is not valid at an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotValidReason {
    /// No `key-added` entry that counts.
    #[error("is not known to the register; add it with `letopis keys add`")]
    Unknown,
    /// The register had not yet heard of it.
    #[error("was added only by entry {added_seq}; sign again after it")]
    AddedLater {
        /// Place of its `key-added` entry.
        added_seq: u64,
    },
    /// Revoked before.
    #[error("was revoked by entry {seq} at {time}; use another key")]
    Revoked {
        /// Place of the revocation.
        seq: u64,
        /// Its time.
        time: DateTime<Utc>,
    },
    /// The term had not begun.
    #[error("is valid only from {from}; wait, or use another key")]
    NotYet {
        /// The first moment of the term.
        from: DateTime<Utc>,
    },
    /// The term was over.
    #[error("was valid until {until}; make a key for the new term")]
    Over {
        /// The first moment after the term.
        until: DateTime<Utc>,
    },
}

impl Keyring {
    /// What an empty register says.
    pub fn new() -> Keyring {
        Keyring::default()
    }

    /// All known keys, in register order.
    pub fn keys(&self) -> &[KnownKey] {
        &self.keys
    }

    /// The known key of this fingerprint, valid or not.
    pub fn key(&self, fingerprint: &Fingerprint) -> Option<&KnownKey> {
        self.place_of.get(fingerprint).map(|place| &self.keys[*place])
    }

    /// Takes in the next entry of the register of this archive; entries about other things change
    /// nothing.
    ///
    /// # Errors
    /// When the entry is about a key and does not count. The keyring is then as if it was not there,
    /// but a revocation of an unknown key holds should that key be added later.
    pub fn apply(&mut self, archive: &ArchiveId, entry: &Entry) -> Result<(), KeyFinding> {
        let (key, done) = match &entry.event {
            Event::KeyAdded(added) => (added.key, self.add(*archive, entry, added)),
            Event::KeyRevoked(revoked) => (revoked.key, self.revoke(revoked.key, entry)),
            _ => return Ok(()),
        };
        done.map_err(|fault| KeyFinding { seq: entry.seq, key, fault })
    }

    fn add(&mut self, archive: ArchiveId, entry: &Entry, added: &KeyAdded) -> Result<(), KeyFault> {
        // Reading an entry checks that `key` is this fingerprint; an entry made here may not be read.
        let fingerprint = added.public_key.fingerprint();
        if let Some(known) = self.key(&fingerprint) {
            return Err(KeyFault::Duplicate { added_seq: known.added_seq });
        }
        let terms = added.terms(archive);
        if !added.public_key.verifies(terms.possession_text().as_bytes(), &added.possession) {
            return Err(KeyFault::BadPossession);
        }
        let bound = self.bound(entry, added, terms.endorsement_text().as_bytes())?;
        self.place_of.insert(fingerprint, self.keys.len());
        self.keys.push(KnownKey {
            fingerprint,
            public_key: added.public_key,
            role: added.role,
            staff: added.staff,
            from: added.from,
            until: added.until,
            order: added.order.clone(),
            added_seq: entry.seq,
            revoked: self.revoked.get(&fingerprint).copied(),
            bound,
        });
        Ok(())
    }

    fn bound(&self, entry: &Entry, added: &KeyAdded, text: &[u8]) -> Result<Bound, KeyFault> {
        if self.keys.is_empty() {
            return Ok(Bound::FirstKey);
        }
        if self.endorsers_for(added.role, entry.seq, entry.time).next().is_none() {
            return Ok(Bound::NoEndorserLeft);
        }
        let Endorsement { key: by, signature } =
            added.endorsement.ok_or(KeyFault::EndorsementMissing)?;
        let endorser =
            self.valid_at(&by, entry.seq, entry.time).map_err(KeyFault::EndorserNotValid)?;
        if !endorses(endorser.role, added.role) {
            return Err(KeyFault::EndorserRole { by, role: endorser.role });
        }
        if !endorser.public_key.verifies(text, &signature) {
            return Err(KeyFault::BadEndorsement { by });
        }
        Ok(Bound::Endorsed { by })
    }

    fn revoke(&mut self, key: Fingerprint, entry: &Entry) -> Result<(), KeyFault> {
        let first = *self.revoked.entry(key).or_insert((entry.seq, entry.time));
        let place = *self.place_of.get(&key).ok_or(KeyFault::RevokedUnknown)?;
        self.keys[place].revoked = Some(first);
        Ok(())
    }

    /// The key, if it is valid at an entry with this place and time; for an entry to be appended these
    /// are the register's size and now.
    ///
    /// # Errors
    /// When it is unknown, added later, revoked before, or out of its term.
    pub fn valid_at(
        &self,
        fingerprint: &Fingerprint,
        seq: u64,
        time: DateTime<Utc>,
    ) -> Result<&KnownKey, NotValid> {
        let not_valid = |reason| NotValid { key: *fingerprint, reason };
        let key = self.key(fingerprint).ok_or(not_valid(NotValidReason::Unknown))?;
        match key.why_not(seq, time) {
            None => Ok(key),
            Some(reason) => Err(not_valid(reason)),
        }
    }

    /// The keys valid at an entry that can endorse a new key of this role: those of the same role,
    /// directors and founders.
    pub fn endorsers_for(
        &self,
        role: KeyRole,
        seq: u64,
        time: DateTime<Utc>,
    ) -> impl Iterator<Item = &KnownKey> {
        let valid = move |key: &&KnownKey| key.why_not(seq, time).is_none();
        self.keys.iter().filter(move |key| endorses(key.role, role)).filter(valid)
    }

    /// The text of `allowed_signers` (`docs/formats.md` § 6), a line for each key, for `ssh-keygen`.
    pub fn allowed_signers(&self) -> String {
        self.keys.iter().map(KnownKey::allowed_signer).collect()
    }
}

/// Whether a key of this role may vouch for one of that role.
fn endorses(endorser: KeyRole, role: KeyRole) -> bool {
    endorser == role || matches!(endorser, KeyRole::Director | KeyRole::Founder)
}

impl KnownKey {
    /// Why the key is not valid at an entry; `None` when it is.
    fn why_not(&self, seq: u64, time: DateTime<Utc>) -> Option<NotValidReason> {
        if seq <= self.added_seq {
            return Some(NotValidReason::AddedLater { added_seq: self.added_seq });
        }
        if let Some((revoked, at)) = self.revoked.filter(|(revoked, _)| *revoked < seq) {
            return Some(NotValidReason::Revoked { seq: revoked, time: at });
        }
        if time < self.from {
            return Some(NotValidReason::NotYet { from: self.from });
        }
        let until = self.until.filter(|until| *until <= time)?;
        Some(NotValidReason::Over { until })
    }

    /// The end of the term or the revocation, whichever is earlier.
    fn end(&self) -> Option<DateTime<Utc>> {
        let revoked = self.revoked.map(|(_, time)| time);
        self.until.into_iter().chain(revoked).min()
    }

    fn allowed_signer(&self) -> String {
        let before = self.end().map(|end| format!(",valid-before=\"{}\"", ssh_time(end)));
        let (role, after) = (self.role, ssh_time(self.from));
        let (before, key) = (before.unwrap_or_default(), openssh_public(&self.public_key));
        format!("{role} namespaces=\"{NAMESPACE}\",valid-after=\"{after}\"{before} {key}\n")
    }
}

/// `20250831210000Z`; without the `Z` OpenSSH would take its own time zone.
fn ssh_time(time: DateTime<Utc>) -> String {
    time.format("%Y%m%d%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests;
