//! Making an archive.

use super::commit::{CommitError, Object};
use super::documents;
use super::home::{Config, Place};
use super::open::move_catalogue_aside;
use super::settings::{Settings, SettingsError};
use super::{Archive, Home, HomeError, Second};
use crate::catalogue::{Catalogue, RowsError};
use crate::key::SecretKey;
use crate::location::folder::{Folder, FolderError};
use crate::location::{Location, LocationError, LocationName, Store, Unreachable};
use crate::register::{ArchiveCreated, ArchiveId, Edge, Event, LocationId};
use crate::retention::{DocumentKind, FilePlan};
use crate::staff::Roster;
use chrono::{DateTime, Utc};
use rand_core::CryptoRng;
use std::path::{Path, PathBuf};

/// What a new archive is founded with.
#[derive(Debug, Clone)]
pub struct Founding {
    /// Its own directory.
    pub home: PathBuf,
    /// The folder of the second location.
    pub second: PathBuf,
    /// The school.
    pub settings: Settings,
    /// The file plan in force from the beginning.
    pub plan: FilePlan,
}

/// Why no archive was made.
#[derive(Debug, thiserror::Error)]
pub enum InitError {
    /// The archive's own directory.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// One of the folders.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The folder cannot be opened as a store.
    #[error(transparent)]
    Store(Unreachable),
    /// Writing to a location.
    #[error(transparent)]
    Location(#[from] LocationError),
    /// The school's id or name.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The first entries.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// The catalogue.
    #[error(transparent)]
    Catalogue(#[from] RowsError),
    /// The second location failed on the way.
    #[error("the second location failed: {0}; no archive was made. Empty both folders and repeat")]
    Second(String),
}

/// Makes an archive: two locations, a log key, and the first entries. `archive.toml` is written last;
/// until then there is no archive, and the same command can be given again with empty folders.
///
/// # Errors
/// When a folder is not empty or not fit, the two are one place, or something cannot be written.
pub async fn init(
    founding: &Founding,
    now: DateTime<Utc>,
    rng: &mut impl CryptoRng,
) -> Result<Archive, InitError> {
    init_in(founding, Store::in_folder, now, rng).await
}

/// [`init`] with the stores that `store_of` makes of the two folders.
pub(super) async fn init_in(
    founding: &Founding,
    store_of: impl Fn(Folder) -> Result<Store, Unreachable>,
    now: DateTime<Utc>,
    rng: &mut impl CryptoRng,
) -> Result<Archive, InitError> {
    founding.settings.check()?;
    let archive = ArchiveId::random(rng);
    let place = |path: &Path, location| Place { location, path: path.to_owned() };
    let second_path = std::path::absolute(&founding.second).unwrap_or(founding.second.clone());
    let (primary_id, second_id) = (LocationId::random(rng), LocationId::random(rng));
    let config = Config {
        archive,
        primary: place(Path::new("primary"), primary_id),
        second: Some(place(&second_path, second_id)),
    };
    let (primary, second) =
        (Folder::at(founding.home.join("primary")), Folder::at(founding.second.clone()));
    primary.apart_from(&second)?;
    Folder::at(&founding.home).apart_from(&second)?;
    let mut home = Home::create(&founding.home, config.clone())?;
    let lock = home.lock("letopis init", now)?;
    for folder in [&primary, &second] {
        folder.prepare()?;
    }
    let open = async |folder: Folder, location| {
        let name = LocationName::new(archive, location);
        let store = store_of(folder).map_err(InitError::Store)?;
        Ok::<_, InitError>(Location::create(store, name).await?)
    };
    let primary = open(primary, primary_id).await?;
    let second = open(second, second_id).await?;
    let log_key = SecretKey::generate(rng);
    home.keep_log_key(&log_key)?;
    // What a run that failed here before left in it is of another archive.
    move_catalogue_aside(&home)?;
    let mut new = Archive {
        catalogue: Catalogue::on_disk(&home.file("catalogue"), archive)?,
        home: home.clone(),
        _lock: lock,
        primary,
        second: Second::Here(second),
        log_key,
        edge: Edge::new(),
        latest: None,
        clock_is_right: false,
        broken: false,
        put_aside: Vec::new(),
        caught_up: 0,
    };
    let (objects, events) = first(founding, &new, second_id, now, rng);
    new.commit(&objects, events, now).await?;
    new.refresh_files().await?;
    if let Second::Missing(why) = &new.second {
        return Err(InitError::Second(why.clone()));
    }
    home.configure(config)?;
    new.home = home;
    Ok(new)
}

/// The first entries and the documents they name.
fn first(
    founding: &Founding,
    new: &Archive,
    second: LocationId,
    now: DateTime<Utc>,
    rng: &mut impl CryptoRng,
) -> (Vec<Object>, Vec<Event>) {
    let mut objects = Vec::new();
    let mut events = vec![Event::ArchiveCreated(ArchiveCreated {
        archive: new.home.archive(),
        log_key: new.log_key.public(),
        primary: new.primary.id(),
        second,
    })];
    let plan = &founding.plan;
    let (school, nobody) = (&founding.settings, Roster::default());
    for (files, event) in [
        documents::write(DocumentKind::FilePlan, plan, None, plan, now, rng).by(Event::PlanAdopted),
        documents::write(DocumentKind::Settings, school, None, plan, now, rng)
            .by(Event::SettingsChanged),
        documents::write(DocumentKind::StaffRoster, &nobody, None, plan, now, rng)
            .by(Event::StaffRoster),
    ] {
        objects.extend(files);
        events.push(event);
    }
    (objects, events)
}
