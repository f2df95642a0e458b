//! Enrolling and revoking keys (`docs/formats.md` § 4 and § 5.2).

use super::commit::{CommitError, Committed};
use super::documents::DocumentError;
use super::{Archive, StaffError};
use crate::key::{Fingerprint, KeyRole, PublicKey, SecretKey, Signature};
use crate::location::LocationError;
use crate::register::{
    Algorithm, Endorsement, Entry, Event, KeyAdded, KeyRevoked, KeyTerms, OrderRef,
    RevocationReason, StaffId,
};
use crate::staff::{KeyFinding, KnownKey, LookupError, RosterError};
use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime, Utc};
use rand_core::CryptoRng;

/// What a person says of a key that is to be enrolled.
#[derive(Debug, Clone)]
pub struct NewKey {
    /// What it may be used for.
    pub role: KeyRole,
    /// Whose it is: full name, or the id in the staff roster.
    pub holder: String,
    /// First day of its term, local.
    pub from: NaiveDate,
    /// Last day of its term; `None` means until it is revoked.
    pub until: Option<NaiveDate>,
    /// The appointing order.
    pub order: Option<OrderRef>,
}

/// Why a key is not enrolled or revoked.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The holder's name.
    #[error(transparent)]
    Roster(#[from] RosterError),
    /// Several people have the name.
    #[error(transparent)]
    Lookup(#[from] LookupError),
    /// The term ends before it begins.
    #[error("the key's term ends on {until}, before it begins on {from}")]
    Term {
        /// First day.
        from: NaiveDate,
        /// Last day.
        until: NaiveDate,
    },
    /// The rules of § 5.2.
    #[error(transparent)]
    Refused(#[from] KeyFinding),
    /// No such key.
    #[error("no key begins with `{0}`; `letopis keys list` shows them")]
    Unknown(String),
    /// Several keys.
    #[error("several keys begin with `{0}`; give more of the fingerprint")]
    Ambiguous(String),
    /// The roster cannot be changed.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// A document in force does not read.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The change could not be made.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// The key is enrolled, but its files could not be written to a location.
    #[error("the register has the change, but {0}; the next command writes the key files")]
    Location(#[from] LocationError),
}

/// Local midnight of a day, as the school's clock has it.
fn midnight(day: NaiveDate, offset: FixedOffset) -> DateTime<Utc> {
    let local = day.and_time(NaiveTime::MIN);
    DateTime::from_naive_utc_and_offset(local - offset, Utc)
}

impl Archive {
    /// The staff id of a key's holder; a name the roster does not have is added to it.
    ///
    /// # Errors
    /// When several people have the name, or the roster cannot be changed.
    pub async fn holder(
        &mut self,
        holder: &str,
        now: DateTime<Utc>,
        rng: &mut impl CryptoRng,
    ) -> Result<StaffId, KeyError> {
        let mut roster = self.roster().await?;
        match roster.lookup(holder) {
            Ok(member) => return Ok(member.id()),
            Err(LookupError::Unknown { .. }) => {}
            Err(ambiguous) => return Err(ambiguous.into()),
        }
        let id = roster.add(holder, rng)?;
        self.change_roster(&roster, now, rng).await?;
        Ok(id)
    }

    /// The lines that a new key signs to prove its possession, and an endorsing key to endorse it. The
    /// holder is put into the roster if need be.
    ///
    /// # Errors
    /// When the holder is ambiguous, or the term is none.
    pub async fn key_terms(
        &mut self,
        key: PublicKey,
        new: &NewKey,
        now: DateTime<Utc>,
        rng: &mut impl CryptoRng,
    ) -> Result<KeyTerms, KeyError> {
        if let Some(until) = new.until.filter(|until| *until < new.from) {
            return Err(KeyError::Term { from: new.from, until });
        }
        let offset = self.settings().await?.utc_offset;
        let staff = self.holder(&new.holder, now, rng).await?;
        let after =
            |day: NaiveDate| midnight(day.checked_add_days(Days::new(1)).unwrap_or(day), offset);
        Ok(KeyTerms {
            archive: self.home.archive(),
            public_key: key,
            role: new.role,
            staff,
            from: midnight(new.from, offset),
            until: new.until.map(after),
            order: new.order.clone(),
        })
    }

    /// Enrols a key.
    ///
    /// # Errors
    /// When the possession signature or the endorsement does not hold, or an endorsement is needed and
    /// missing.
    pub async fn add_key(
        &mut self,
        terms: KeyTerms,
        possession: Signature,
        endorsement: Option<Endorsement>,
        now: DateTime<Utc>,
    ) -> Result<Committed, KeyError> {
        let event = Event::KeyAdded(KeyAdded {
            key: terms.public_key.fingerprint(),
            algorithm: Algorithm::Ed25519,
            public_key: terms.public_key,
            role: terms.role,
            staff: terms.staff,
            from: terms.from,
            until: terms.until,
            order: terms.order,
            possession,
            endorsement,
        });
        self.commit_key_event(event, now).await
    }

    /// Revokes a key: it is good for nothing that comes after.
    ///
    /// # Errors
    /// When there is no such key, or the change cannot be made.
    pub async fn revoke_key(
        &mut self,
        key: Fingerprint,
        reason: RevocationReason,
        now: DateTime<Utc>,
    ) -> Result<Committed, KeyError> {
        self.commit_key_event(Event::KeyRevoked(KeyRevoked { key, reason }), now).await
    }

    /// Tries the event on a copy of the keyring first: what the rules refuse is never written.
    async fn commit_key_event(
        &mut self,
        event: Event,
        now: DateTime<Utc>,
    ) -> Result<Committed, KeyError> {
        let entry = Entry { seq: self.edge.size(), time: now, event: event.clone() };
        self.catalogue.keyring().clone().apply(&self.home.archive(), &entry)?;
        let mut committed = self.commit(&[], vec![event], now).await?;
        self.refresh_files().await?;
        // The second location may have failed only at the key files.
        committed.missing = self.missing_second().map(str::to_owned);
        Ok(committed)
    }

    /// The key whose fingerprint begins like this.
    ///
    /// # Errors
    /// When there is none, or several.
    pub fn key_named(&self, beginning: &str) -> Result<&KnownKey, KeyError> {
        let found = |key: &&KnownKey| key.fingerprint.to_string().starts_with(beginning);
        let mut keys = self.catalogue.keyring().keys().iter().filter(found);
        match (keys.next(), keys.next()) {
            (Some(key), None) if beginning.len() >= 4 => Ok(key),
            (Some(_), _) => Err(KeyError::Ambiguous(beginning.to_owned())),
            (None, _) => Err(KeyError::Unknown(beginning.to_owned())),
        }
    }
}

/// The endorsement of these terms by a key at hand.
pub fn endorse(terms: &KeyTerms, by: &SecretKey) -> Endorsement {
    let signature = by.sign(terms.endorsement_text().as_bytes());
    Endorsement { key: by.public().fingerprint(), signature }
}
