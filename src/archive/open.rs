//! Opening an archive for writing.

use super::home::{Lock, Stores};
use super::log::{self, LogError};
use super::recover::RecoverError;
use super::{Archive, Home, HomeError, Second};
use crate::catalogue::{Catalogue, RowsError};
use crate::key::SecretKey;
use crate::location::{Location, LocationError, Store, Unreachable};
use crate::register::{CheckpointError, Entry, EntryError, SignedCheckpoint};
use chrono::{DateTime, Utc};

/// Who opens an archive, and when.
#[derive(Debug, Clone)]
pub struct Opening<'a> {
    /// What a busy archive says of its holder: `letopis snapshot`.
    pub who: &'a str,
    /// The clock.
    pub now: DateTime<Utc>,
    /// The person said that a clock far ahead of the last entry is right.
    pub clock_is_right: bool,
}

/// Why an archive cannot be opened for writing.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The archive's own directory.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// The primary location is not there: the archive can only be read.
    #[error(
        "the primary location cannot be used: {0}; until it is back nothing can be written. If it is lost, `letopis promote` makes the second location the primary"
    )]
    Primary(Unreachable),
    /// Nothing can be read either.
    #[error(
        "neither location can be used. The primary: {primary}; the second: {second}. Bring one of them back"
    )]
    Neither {
        /// Why the primary cannot.
        primary: Unreachable,
        /// Why the second cannot.
        second: Unreachable,
    },
    /// Its register does not read.
    #[error(transparent)]
    Log(#[from] LogError),
    /// Its checkpoint is not signed by this machine's log key.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// An older register than one that was acknowledged: rolled back, or a wrong disk.
    #[error(
        "the register in the primary location has {found} entries, but {known} were acknowledged ({source_of}); this is an older copy. Put the right one back, or use `letopis promote`"
    )]
    Older {
        /// Entries found.
        found: u64,
        /// Entries known of.
        known: u64,
        /// Which checkpoint tells so.
        source_of: &'static str,
    },
    /// Two histories.
    #[error(
        "the register was forked: two checkpoints are signed that cannot both be true.\n--- primary\n{primary}--- {source_of}\n{other}Keep both locations as they are and call whoever is responsible for the archive"
    )]
    Fork {
        /// The primary's checkpoint.
        primary: String,
        /// Where the other one was found.
        source_of: &'static str,
        /// The other one.
        other: String,
    },
    /// An entry of a later version of the format.
    #[error(
        "the register was written by a later version of Letopis ({0}); this version can only read it"
    )]
    Later(EntryError),
    /// The catalogue failed twice.
    #[error(transparent)]
    Catalogue(#[from] RowsError),
    /// What interrupted runs left could not be brought in order.
    #[error(transparent)]
    Recover(#[from] RecoverError),
    /// A location failed.
    #[error(transparent)]
    Location(#[from] LocationError),
}

impl Archive {
    /// Opens an archive for writing: takes the lock, makes sure that the register is no older than
    /// anything known of it, brings the catalogue and the second location up to it, and puts aside
    /// what interrupted runs left.
    ///
    /// # Errors
    /// When somebody else writes, the primary is away, or the register is damaged, older or forked.
    pub async fn open(
        home: Home,
        stores: Stores,
        opening: Opening<'_>,
    ) -> Result<Archive, OpenError> {
        let lock = home.lock(opening.who, opening.now)?;
        Archive::open_under(lock, home, stores, opening).await
    }

    /// The same under a lock that was taken before: nobody wrote in between.
    pub(super) async fn open_under(
        lock: Lock,
        home: Home,
        stores: Stores,
        opening: Opening<'_>,
    ) -> Result<Archive, OpenError> {
        let log_key = home.log_key()?;
        let origin = home.origin();
        let primary = home.open_primary(stores.primary).await.map_err(OpenError::Primary)?;
        let at = log::checkpoint(&primary, &origin).await?.ok_or(LogError::NoCheckpoint)?;
        at.verify(&log_key.public())?;
        let edge = log::edge(&primary, &at).await?;
        let found = second(&home, stores.second).await;
        let (second, second_at) = signed(found, &primary, &at, &log_key).await;
        for (source_of, known) in [("seen", home.seen()?), ("second location", second_at.clone())] {
            if let Some(known) = known {
                check_history(&primary, &at, &known, source_of).await?;
            }
        }
        let (catalogue, latest) = catalogue(&home, &primary, edge.size()).await?;
        let mut archive = Archive {
            home,
            _lock: lock,
            primary,
            second,
            log_key,
            edge,
            latest,
            clock_is_right: opening.clock_is_right,
            broken: false,
            catalogue,
            put_aside: Vec::new(),
            caught_up: 0,
        };
        archive.bring_in_order(&at, second_at, opening.now).await?;
        Ok(archive)
    }

    /// What opening does when the register was found right: traces of interrupted runs are put aside, the
    /// second location is caught up, `seen` and the derived files follow.
    async fn bring_in_order(
        &mut self,
        at: &SignedCheckpoint,
        second_at: Option<SignedCheckpoint>,
        now: DateTime<Utc>,
    ) -> Result<(), OpenError> {
        let second_size = second_at.as_ref().map(|at| at.checkpoint().size);
        self.put_aside_unregistered(second_size).await?;
        if let Some(second_at) = second_at
            && let Err(error) = self.catch_up(&second_at).await
        {
            self.second = Second::Missing(error.to_string());
        }
        self.home.remember(at.note())?;
        self.refresh_files().await?;
        self.enter_second(now).await.map_err(|e| RecoverError::from(Box::new(e)))?;
        Ok(())
    }
}

type SecondFound = (Second, Option<SignedCheckpoint>);

/// The second location and its checkpoint; a second whose register does not read is not written to.
async fn second(home: &Home, store: Result<Store, Unreachable>) -> SecondFound {
    let location = match home.open_second(store).await {
        Ok(location) => location,
        Err(why) => return (Second::Missing(why.to_string()), None),
    };
    match log::checkpoint(&location, &home.origin()).await {
        Ok(Some(at)) => (Second::Here(location), Some(at)),
        Ok(None) => (damaged("its register has no checkpoint"), None),
        Err(error) => (damaged(error), None),
    }
}

fn damaged(why: impl std::fmt::Display) -> Second {
    Second::Missing(format!("{why}; `letopis repair` mends it"))
}

/// Checks the signature of the second location's checkpoint. One that a former log key signed (the location
/// was away when the archive was restored) is taken when the primary's register begins like that: then
/// it is true, whoever signed it.
async fn signed(
    (second, second_at): SecondFound,
    primary: &Location,
    at: &SignedCheckpoint,
    log_key: &SecretKey,
) -> SecondFound {
    let Some(known) = &second_at else { return (second, None) };
    match known.verify(&log_key.public()) {
        Ok(()) => (second, second_at),
        Err(CheckpointError::NotSigned(_))
            if check_history(primary, at, known, "second location").await.is_ok() =>
        {
            (second, second_at)
        }
        Err(error) => (damaged(error), None),
    }
}

/// Refuses a register that is shorter than a known checkpoint, or inconsistent with it.
pub(super) async fn check_history(
    primary: &Location,
    at: &SignedCheckpoint,
    known: &SignedCheckpoint,
    source_of: &'static str,
) -> Result<(), OpenError> {
    let (now, then) = (at.checkpoint(), known.checkpoint());
    if then.size > now.size {
        return Err(OpenError::Older { found: now.size, known: then.size, source_of });
    }
    let root = if then.size == now.size {
        now.root
    } else {
        let tree = log::tree(primary, now.size).await?;
        tree.root_at(then.size).unwrap_or(now.root)
    };
    if root == then.root {
        return Ok(());
    }
    let (primary, other) = (at.note().to_owned(), known.note().to_owned());
    Err(OpenError::Fork { primary, source_of, other })
}

/// The catalogue, complete up to the register's size, and the time of the last entry. A catalogue that
/// does not read, or knows more than the register, is moved aside and made anew.
pub(super) async fn catalogue(
    home: &Home,
    primary: &Location,
    size: u64,
) -> Result<(Catalogue, Option<DateTime<Utc>>), OpenError> {
    let path = home.file("catalogue");
    let open = || Catalogue::on_disk(&path, home.archive());
    let usable = |c: &Catalogue| c.position().is_ok_and(|position| position <= size);
    let mut catalogue = match open() {
        Ok(catalogue) if usable(&catalogue) => catalogue,
        other => {
            drop(other);
            move_catalogue_aside(home)?;
            open()?
        }
    };
    match replay(primary, &mut catalogue, size).await {
        Err(OpenError::Catalogue(_)) => {
            drop(catalogue);
            move_catalogue_aside(home)?;
            let mut catalogue = open()?;
            let latest = replay(primary, &mut catalogue, size).await?;
            Ok((catalogue, latest))
        }
        latest => Ok((catalogue, latest?)),
    }
}

/// Applies the entries the catalogue does not have; gives the time of the register's last entry.
async fn replay(
    primary: &Location,
    catalogue: &mut Catalogue,
    size: u64,
) -> Result<Option<DateTime<Utc>>, OpenError> {
    let position = catalogue.position()?;
    let mut latest = None;
    log::each_entry(primary, (position.min(size.saturating_sub(1)), size), |seq, text| {
        let entry = Entry::read(text, seq).map_err(|error| match error {
            EntryError::UnknownVersion { .. } => OpenError::Later(error),
            error => OpenError::Recover(RecoverError::Entry(error)),
        })?;
        if seq >= position {
            catalogue.apply(&entry)?;
        }
        latest = Some(entry.time);
        Ok::<_, OpenError>(())
    })
    .await?;
    Ok(latest)
}

/// Moves the catalogue's files out of the way: they are derived, but they may help to tell what broke.
pub(super) fn move_catalogue_aside(home: &Home) -> Result<(), HomeError> {
    let (path, aside) = (home.file("catalogue"), home.file("unfinished/catalogue"));
    let moved = match std::fs::remove_dir_all(&aside) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(e),
        _ => match std::fs::rename(&path, &aside) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(e),
            _ => Ok(()),
        },
    };
    moved.map_err(|source| HomeError::Io { path, source })
}

impl Archive {
    /// Deletes the catalogue and makes it anew from the register.
    ///
    /// # Errors
    /// When the register does not read, or the catalogue cannot be written.
    pub async fn rebuild(mut self) -> Result<Archive, OpenError> {
        // The database has to be closed before its files go.
        self.catalogue = Catalogue::in_memory(self.home.archive());
        let path = self.home.file("catalogue");
        match std::fs::remove_dir_all(&path) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                return Err(HomeError::Io { path, source: e }.into());
            }
            _ => {}
        }
        let size = self.edge.size();
        (self.catalogue, self.latest) = catalogue(&self.home, &self.primary, size).await?;
        Ok(self)
    }
}
