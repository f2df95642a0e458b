//! Promotion: the primary location is lost, and another one takes its place.
//!
//! An explicit command, never done by itself: it gives up whatever the lost location alone had. It enters
//! `restored`, and where the log key was lost with the machine `log-key-changed` before it, endorsed by
//! the director. The checkpoint over these entries in the promoted location is the moment the promotion
//! is made; `seen` and `archive.toml` follow. A run interrupted in between is finished by the same command.

mod found;

pub use found::RegisterFault;

use super::commit::CommitError;
use super::home::{Config, Place, Stores};
use super::open::{OpenError, catalogue, move_catalogue_aside};
use super::{Archive, Home, HomeError, Lock, Second, log};
use crate::key::{KeyRole, PublicKey, SecretKey};
use crate::location::folder::Folder;
use crate::location::{Location, LocationError, Store, Unreachable};
use crate::register::{
    Checkpoint, Endorsement, Event, LocationId, LogKeyChanged, LogKeyEndorsement, Restored,
    SignedCheckpoint,
};
use crate::staff::NotValid;
use chrono::{DateTime, Utc};
use found::Found;
use rand_core::CryptoRng;
use std::path::Path;

/// What a person says to a promotion.
#[derive(Debug, Clone, Copy, Default)]
pub struct Promotion<'a> {
    /// How many acknowledged entries are given up; must be exactly as many as would be lost.
    pub losing: Option<u64>,
    /// A director's key: needed when this machine does not have the log key.
    pub director: Option<&'a SecretKey>,
    /// The clock is right, however long ago the last entry was.
    pub clock_is_right: bool,
}

/// What a promotion did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promoted {
    /// The location that is the primary one now.
    pub location: LocationId,
    /// How many entries its register had when it was found.
    pub found: u64,
    /// How many acknowledged entries were given up.
    pub lost: u64,
    /// The log key, when it is a new one: its verifier key goes to whoever checks checkpoints.
    pub new_log_key: Option<PublicKey>,
}

/// Why nothing was promoted.
#[derive(Debug, thiserror::Error)]
pub enum PromoteError {
    /// The archive's own directory.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// Nothing is lost.
    #[error("the primary location is there and its register is whole; nothing was promoted")]
    Healthy,
    /// The location that would be promoted is not there.
    #[error("the location to be promoted cannot be used: {0}; nothing was promoted")]
    Away(Unreachable),
    /// Its register does not verify.
    #[error(
        "the register of the location to be promoted does not verify: {0}; nothing was promoted. Is there another copy?"
    )]
    Register(#[from] RegisterFault),
    /// Entries would be lost, or not so many as the person said.
    #[error(
        "the register to be promoted has {found} entries; {} acknowledged entries would be lost ({source_of}). {}",
        .lost,
        advice(*.lost)
    )]
    Losing {
        /// Entries found.
        found: u64,
        /// Acknowledged entries it does not have.
        lost: u64,
        /// Which checkpoint tells so.
        source_of: &'static str,
    },
    /// Two histories.
    #[error(
        "the register was forked: two checkpoints are signed that cannot both be true.\n--- location to be promoted\n{found}--- {source_of}\n{other}Nothing was promoted. Keep everything as it is and call whoever is responsible for the archive"
    )]
    Fork {
        /// The checkpoint of the location to be promoted.
        found: String,
        /// Where the other one was found.
        source_of: &'static str,
        /// The other one.
        other: String,
    },
    /// The log key is not on this machine.
    #[error(
        "this machine does not have the log key of the register; a new one needs a director's key: repeat with --key director.pem"
    )]
    NoLogKey,
    /// The director's key does not count.
    #[error("the new log key cannot be endorsed: {0}")]
    Key(#[from] NotValid),
    /// A key of another role.
    #[error("the new log key must be endorsed by a director; this key is of a {0}")]
    Role(KeyRole),
    /// The archive's own directory would lie in the copy.
    #[error("the archive's own directory must not lie in the location; choose another --archive")]
    Inside,
    /// The promoted location could not be written to.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// The promotion is made, but the keys' files could not be written.
    #[error("the promotion is made, but {0}; the next command writes the key files")]
    Location(#[from] LocationError),
    /// The catalogue could not be made anew.
    #[error(transparent)]
    Catalogue(#[from] Box<OpenError>),
}

fn advice(lost: u64) -> String {
    match lost {
        0 => "Repeat without --losing".to_owned(),
        lost => format!(
            "Look for the primary location first. If it is really lost, repeat with --losing {lost}"
        ),
    }
}

/// A location with a register that verifies, and the `archive.toml` in which it is the primary one.
struct Candidate {
    location: Location,
    found: Found,
    config: Config,
}

/// The checkpoints known of, and where.
type Known = Vec<(&'static str, SignedCheckpoint)>;

/// Makes the second location the primary one. Where only the log key was lost and the primary is whole,
/// it stays the primary and gets a new log key.
///
/// # Errors
/// When the primary is whole, the second does not verify, or the loss was not agreed to. Nothing is
/// written then.
pub async fn promote(
    home: Home,
    stores: Stores,
    promotion: Promotion<'_>,
    now: DateTime<Utc>,
    rng: &mut impl CryptoRng,
) -> Result<Promoted, PromoteError> {
    let lock = home.lock("letopis promote", now)?;
    let mut known: Known = home.seen()?.map(|seen| ("seen", seen)).into_iter().collect();
    let candidate = choose(&home, stores, &mut known).await?;
    carry_out(home, lock, candidate, known, promotion, now, rng).await
}

/// Makes an archive of a single copy, when machine and all else are lost: the location in `copy` becomes
/// the primary one of a new archive directory.
///
/// # Errors
/// When `home` holds an archive, the copy does not verify, or a director's key is missing.
pub async fn promote_copy(
    home: &Path,
    copy: &Path,
    promotion: Promotion<'_>,
    now: DateTime<Utc>,
    rng: &mut impl CryptoRng,
) -> Result<Promoted, PromoteError> {
    let path = std::path::absolute(copy).unwrap_or_else(|_| copy.to_owned());
    let folder = Folder::at(&path);
    if folder.holds(&Folder::at(home)) {
        return Err(PromoteError::Inside);
    }
    let store = Store::in_folder(folder).map_err(PromoteError::Away)?;
    let location = Location::found(store).await.map_err(PromoteError::Away)?;
    let found = Found::read(&location, location.archive()).await?;
    let primary = Place { location: location.id(), path };
    let config = Config { archive: location.archive(), primary, second: None };
    let home = Home::create(home, config.clone())?;
    let lock = home.lock("letopis promote", now)?;
    let known = home.seen()?.map(|seen| ("seen", seen)).into_iter().collect();
    carry_out(home, lock, Candidate { location, found, config }, known, promotion, now, rng).await
}

/// Which location is to be promoted; adds to what is known of the register.
async fn choose(home: &Home, stores: Stores, known: &mut Known) -> Result<Candidate, PromoteError> {
    let config = home.config().clone();
    let second = read(home, home.open_second(stores.second).await).await;
    if let Ok((location, found)) = &second
        && is_half_made(home, location, found)
    {
        return second_candidate(config, second);
    }
    let primary = home.open_primary(stores.primary).await;
    let at = match &primary {
        Ok(location) => log::checkpoint(location, &home.origin()).await.ok().flatten(),
        Err(_) => None,
    };
    if let Ok((location, found)) = read(home, primary).await
        && known.iter().all(|(_, seen)| found.goes_on_from(seen))
        && second.as_ref().map_or(true, |(_, second)| second.size() <= found.size())
    {
        return match own_log_key(home, &found) {
            Some(_) => Err(PromoteError::Healthy),
            None => Ok(Candidate { location, found, config }),
        };
    }
    if let (Some(at), Ok((_, second))) = (at, &second)
        && at.checkpoint().size > second.size()
        && at.verify(&second.log_key).is_ok()
    {
        known.push(("primary location", at));
    }
    second_candidate(config, second)
}

type Read = Result<(Location, Found), PromoteError>;

async fn read(home: &Home, location: Result<Location, Unreachable>) -> Read {
    let location = location.map_err(PromoteError::Away)?;
    let found = Found::read(&location, home.archive()).await?;
    Ok((location, found))
}

fn second_candidate(mut config: Config, second: Read) -> Result<Candidate, PromoteError> {
    let (location, found) = second?;
    if let Some(place) = config.second.take() {
        config.primary = place;
    }
    Ok(Candidate { location, found, config })
}

/// The log key of this machine, if it is the one that signs this register.
fn own_log_key(home: &Home, found: &Found) -> Option<SecretKey> {
    home.log_key().ok().filter(|key| key.public() == found.log_key)
}

/// Whether a run was interrupted when the promotion of this location was made, but `archive.toml` did not
/// say so yet.
fn is_half_made(home: &Home, location: &Location, found: &Found) -> bool {
    let promoted = found.restored.as_ref().is_some_and(|r| r.location == location.id());
    promoted && own_log_key(home, found).is_some()
}

/// The largest known checkpoint, if the register to be promoted does not reach it.
fn beyond<'k>(
    found: &Found,
    known: &'k Known,
) -> Result<Option<(&'static str, &'k Checkpoint)>, PromoteError> {
    let mut largest: Option<(&'static str, &Checkpoint)> = None;
    for (source_of, known) in known {
        let at = known.checkpoint();
        if at.size <= found.size() && !found.goes_on_from(known) {
            let (found, other) = (found.at.note().to_owned(), known.note().to_owned());
            return Err(PromoteError::Fork { found, source_of, other });
        }
        if at.size > largest.map_or(found.size(), |(_, largest)| largest.size) {
            largest = Some((source_of, at));
        }
    }
    Ok(largest)
}

/// What is to be entered, and what a person is told of it.
struct Plan {
    /// None when an interrupted run entered them.
    events: Vec<Event>,
    log_key: SecretKey,
    promoted: Promoted,
}

fn plan(
    home: &Home,
    Candidate { location, found, .. }: &Candidate,
    known: &Known,
    promotion: Promotion<'_>,
    now: DateTime<Utc>,
    rng: &mut impl CryptoRng,
) -> Result<Plan, PromoteError> {
    let own = own_log_key(home, found);
    if let (Some(log_key), Some(restored)) = (own.clone(), &found.restored)
        && is_half_made(home, location, found)
    {
        let promoted = told(restored, None);
        return Ok(Plan { events: Vec::new(), log_key, promoted });
    }
    let (size, root) = (found.size(), found.edge.root());
    let beyond = beyond(found, known)?;
    let lost = beyond.map_or(0, |(_, beyond)| beyond.size - size);
    if promotion.losing.unwrap_or(0) != lost {
        let source_of = beyond.map_or("no larger register is known of", |(source_of, _)| source_of);
        return Err(PromoteError::Losing { found: size, lost, source_of });
    }
    let mut events = Vec::new();
    let new_log_key = own.is_none();
    let log_key = match own {
        Some(log_key) => log_key,
        None => {
            let log_key = SecretKey::generate(rng);
            let endorsed = endorse_log_key(home, found, log_key.public(), promotion.director, now)?;
            events.push(Event::LogKeyChanged(endorsed));
            log_key
        }
    };
    let (known_size, known_root) = beyond.map(|(_, beyond)| (beyond.size, beyond.root)).unzip();
    let restored = Restored { location: location.id(), size, root, known_size, known_root };
    events.push(Event::Restored(restored.clone()));
    let promoted = told(&restored, new_log_key.then(|| log_key.public()));
    Ok(Plan { events, log_key, promoted })
}

fn told(restored: &Restored, new_log_key: Option<PublicKey>) -> Promoted {
    Promoted {
        location: restored.location,
        found: restored.size,
        lost: restored.known_size.map_or(0, |known| known.saturating_sub(restored.size)),
        new_log_key,
    }
}

/// The new log key, endorsed by a director whose key is valid now by the register as it was found.
fn endorse_log_key(
    home: &Home,
    found: &Found,
    log_key: PublicKey,
    director: Option<&SecretKey>,
    now: DateTime<Utc>,
) -> Result<LogKeyChanged, PromoteError> {
    let director = director.ok_or(PromoteError::NoLogKey)?;
    let (size, root) = (found.size(), found.edge.root());
    let key = director.public().fingerprint();
    let known = found.keyring.valid_at(&key, size, now)?;
    if known.role != KeyRole::Director {
        return Err(PromoteError::Role(known.role));
    }
    let text = LogKeyEndorsement { archive: home.archive(), public_key: log_key, size, root };
    let signature = director.sign(text.to_text().as_bytes());
    Ok(LogKeyChanged { log_key, size, root, endorsement: Endorsement { key, signature } })
}

/// Makes the promotion: the entries in the promoted location, `seen`, `archive.toml`.
async fn carry_out(
    mut home: Home,
    lock: Lock,
    candidate: Candidate,
    known: Known,
    promotion: Promotion<'_>,
    now: DateTime<Utc>,
    rng: &mut impl CryptoRng,
) -> Result<Promoted, PromoteError> {
    let Plan { events, log_key, promoted } = plan(&home, &candidate, &known, promotion, now, rng)?;
    let Candidate { location, found, config } = candidate;
    // The catalogue may know entries that are given up.
    move_catalogue_aside(&home)?;
    let (catalogue, latest) = catalogue(&home, &location, found.size()).await.map_err(Box::new)?;
    let mut archive = Archive {
        home: home.clone(),
        _lock: lock,
        primary: location,
        second: Second::Missing("it is not open".to_owned()),
        log_key,
        edge: found.edge,
        latest,
        clock_is_right: promotion.clock_is_right,
        broken: false,
        catalogue,
        put_aside: Vec::new(),
        caught_up: 0,
    };
    archive.check_clock(now)?;
    if events.is_empty() {
        home.remember(found.at.note())?;
    } else {
        if promoted.new_log_key.is_some() {
            // Before the entry: a register whose log key nobody has could not go on.
            home.keep_log_key(&archive.log_key)?;
        }
        archive.commit(&[], events, now).await?;
    }
    home.configure(config)?;
    archive.refresh_files().await?;
    Ok(promoted)
}
