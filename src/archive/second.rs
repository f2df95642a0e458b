//! Another second location: the old one was lost, is replaced, or there is none after a promotion.

use super::commit::{CommitError, Committed};
use super::home::{Config, Place};
use super::recover::RecoverError;
use super::{Archive, HomeError, Second, files};
use crate::location::folder::{Folder, FolderError};
use crate::location::{Location, LocationError, LocationName, Store, Unreachable};
use crate::register::{Entry, Event, LocationAdded, LocationId, LocationRole};
use chrono::{DateTime, Utc};
use rand_core::CryptoRng;
use std::path::{Path, PathBuf};

/// Why no second location was added.
#[derive(Debug, thiserror::Error)]
pub enum SecondError {
    /// The folder is not empty, not fit, or lies in the wrong place.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// A run that was interrupted left it.
    #[error(
        "`{0}` holds a copy of this archive that was never finished; empty the folder and repeat"
    )]
    Unfinished(PathBuf),
    /// A location that this archive has now or had before.
    #[error(
        "`{0}` is a location of this archive already ({1}); give an empty folder, and keep that one until the new copy is verified"
    )]
    Known(PathBuf, LocationId),
    /// The folder cannot be opened as a store.
    #[error(transparent)]
    Store(#[from] Unreachable),
    /// Writing to the new location.
    #[error("the new location failed: {0}; the archive is as it was. Empty the folder and repeat")]
    Location(#[from] LocationError),
    /// Something could not be copied.
    #[error("the copy failed: {0}; the archive is as it was. Empty the folder and repeat")]
    Copy(#[from] RecoverError),
    /// `archive.toml` could not be written.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// The new location could not be entered in the register.
    #[error(transparent)]
    Commit(#[from] CommitError),
}

impl Archive {
    /// Makes an empty folder the second location, with a copy of everything. The former second location
    /// is left as it is, and belongs to the archive no more.
    ///
    /// Up to the moment when `archive.toml` names the new location the archive is as it was; from then on
    /// the new location is in use, and should its entry be missing, the next opening makes it.
    ///
    /// # Errors
    /// When the folder is not empty or not fit, is one with the primary location or the archive's own
    /// directory, or something cannot be copied.
    pub async fn add_second(
        &mut self,
        folder: &Path,
        now: DateTime<Utc>,
        rng: &mut impl CryptoRng,
    ) -> Result<Committed, SecondError> {
        self.add_second_in(folder, Store::in_folder, now, rng).await
    }

    /// [`Archive::add_second`] with the store that `store_of` makes of the folder.
    pub(super) async fn add_second_in(
        &mut self,
        path: &Path,
        store_of: impl Fn(Folder) -> Result<Store, Unreachable>,
        now: DateTime<Utc>,
        rng: &mut impl CryptoRng,
    ) -> Result<Committed, SecondError> {
        self.check_clock(now)?;
        if self.broken {
            return Err(CommitError::Broken.into());
        }
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let folder = Folder::at(&path);
        self.prepare_second(&folder, &store_of).await?;
        let location = LocationId::random(rng);
        let name = LocationName::new(self.home.archive(), location);
        let second = Location::create(store_of(folder)?, name).await?;
        self.copy_entries(&second, 0).await?;
        let derived = files::derived(&self.home, &self.catalogue, &self.log_key.public());
        files::refresh(&second, &derived).await?;
        let config = self.home.config().clone();
        self.home.configure(Config { second: Some(Place { location, path }), ..config })?;
        self.second = Second::Here(second);
        Ok(self.commit(&[], vec![added(location)], now).await?)
    }

    /// The folder must be empty and apart from all others. It may be where the lost second one was.
    async fn prepare_second(
        &self,
        folder: &Folder,
        store_of: impl Fn(Folder) -> Result<Store, Unreachable>,
    ) -> Result<(), SecondError> {
        folder.apart_from(&self.home.primary())?;
        folder.apart_from(&Folder::at(self.home.file("")))?;
        if let Some(former) = self.home.second()
            && !(folder.holds(&former) && former.holds(folder))
        {
            folder.apart_from(&former)?;
        }
        let error = match folder.prepare() {
            Ok(()) => return Ok(()),
            Err(error) => error,
        };
        let path = folder.path().to_owned();
        match Location::found(store_of(folder.clone())?).await {
            Ok(there) if there.archive() != self.home.archive() => Err(error.into()),
            Ok(there) if self.has_named(there.id()).await? => {
                Err(SecondError::Known(path, there.id()))
            }
            Ok(_) => Err(SecondError::Unfinished(path)),
            Err(_) => Err(error.into()),
        }
    }

    /// Whether the register or `archive.toml` names this location.
    async fn has_named(&self, location: LocationId) -> Result<bool, RecoverError> {
        let config = self.home.config();
        let configured = [Some(&config.primary), config.second.as_ref()];
        let mut named = configured.into_iter().flatten().any(|place| place.location == location);
        super::log::each_entry(&self.primary, (0, self.edge.size()), |seq, text| {
            named |= match Entry::read(text, seq)?.event {
                Event::ArchiveCreated(e) => e.primary == location || e.second == location,
                Event::LocationAdded(e) => e.location == location,
                _ => false,
            };
            Ok::<_, RecoverError>(())
        })
        .await?;
        Ok(named)
    }

    /// Enters the second location that `archive.toml` names, if a run that added it was interrupted just
    /// before. With a clock that is in doubt that waits for the next opening.
    pub(super) async fn enter_second(&mut self, now: DateTime<Utc>) -> Result<(), CommitError> {
        let Some(location) = self.home.config().second.as_ref().map(|place| place.location) else {
            return Ok(());
        };
        let entered = self.catalogue.locations()?.is_none_or(|l| l.second == Some(location));
        if !entered && self.check_clock(now).is_ok() {
            self.commit(&[], vec![added(location)], now).await?;
        }
        Ok(())
    }
}

fn added(location: LocationId) -> Event {
    Event::LocationAdded(LocationAdded { location, role: LocationRole::Second })
}
