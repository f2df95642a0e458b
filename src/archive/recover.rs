//! What opening for writing does with the traces of interrupted runs, and with a second location that
//! was away.
//!
//! Nothing here runs before the register was found to be no older than the largest known checkpoint:
//! what looks unregistered in a register that was rolled back is evidence.

use super::commit::CommitError;
use super::log::{self, LogError};
use super::{Archive, Second, documents, files};
use crate::catalogue::{Catalogue, RecordView, RowsError};
use crate::digest::Digest;
use crate::location::{Location, LocationError, file_in};
use crate::register::{
    DocumentNamed, Entry, EntryError, Event, SignedCheckpoint, StoredPath, all_tiles,
};
use std::collections::HashSet;
use std::path::PathBuf;

/// Why an archive could not be brought in order.
#[derive(Debug, thiserror::Error)]
pub enum RecoverError {
    /// The primary location failed.
    #[error(transparent)]
    Location(#[from] LocationError),
    /// The register does not read.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The catalogue failed.
    #[error(transparent)]
    Catalogue(#[from] RowsError),
    /// Something could not be moved aside.
    #[error("cannot move `{path}` to `unfinished`: {source}")]
    PutAside {
        /// What.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// An entry does not read.
    #[error("the register is damaged: {0}")]
    Entry(#[from] EntryError),
    /// What the second location lacks is damaged in the primary.
    #[error(
        "`{0}` is damaged in the primary location; `letopis verify` and `letopis repair` first"
    )]
    Damaged(String),
    /// A second location could not be entered in the register.
    #[error(transparent)]
    Commit(#[from] Box<CommitError>),
}

impl Archive {
    /// Moves unregistered record and document directories, signatures that no entry names, and tiles
    /// beyond the checkpoint to `unfinished/`. Their numbers are not used again. A second location (with
    /// the size of its own register) where that fails counts as missing.
    pub(super) async fn put_aside_unregistered(
        &mut self,
        second_size: Option<u64>,
    ) -> Result<(), RecoverError> {
        let registered = Registered::of(&self.catalogue)?;
        let unfinished = self.home.file("unfinished");
        let left = registered.left_over(&self.primary, self.edge.size()).await?;
        self.put_aside.extend(put_all_aside(&unfinished, &self.primary, left)?);
        let (Some(second), Some(size)) = (self.second.location(), second_size) else {
            return Ok(());
        };
        let left = registered.left_over(second, size).await;
        match left.and_then(|left| put_all_aside(&unfinished, second, left)) {
            Ok(places) => self.put_aside.extend(places),
            Err(error) => self.second = Second::Missing(error.to_string()),
        }
        Ok(())
    }

    /// Brings the second location up to the primary's register.
    pub(super) async fn catch_up(
        &mut self,
        second_at: &SignedCheckpoint,
    ) -> Result<(), RecoverError> {
        let (from, to) = (second_at.checkpoint().size, self.edge.size());
        let Second::Here(second) = &self.second else { return Ok(()) };
        if from < to {
            self.copy_entries(second, from).await?;
            self.caught_up = to - from;
        }
        Ok(())
    }

    /// Copies everything from entry `from` on into another location: objects, tiles, checkpoint, in the
    /// order of a commit. Objects are checked against their entries on the way, so that damage never
    /// spreads.
    pub(super) async fn copy_entries(
        &self,
        location: &Location,
        from: u64,
    ) -> Result<(), RecoverError> {
        let to = self.edge.size();
        for (path, digest) in objects_of(&self.primary, from, to).await? {
            let bytes = self.primary.get(&path).await?;
            let bytes = bytes.filter(|b| Digest::of(b) == digest);
            let bytes = bytes.ok_or_else(|| RecoverError::Damaged(path.clone()))?;
            location.put(&path, bytes).await?;
        }
        let there: HashSet<_> = all_tiles(from).collect();
        for tile in all_tiles(to).filter(|tile| !there.contains(tile)) {
            let path = log::tile_file(&tile);
            let bytes = self.primary.get(&path).await?.ok_or(LogError::Missing(tile))?;
            location.put(&path, bytes).await?;
        }
        let note = log::checkpoint(&self.primary, &self.home.origin()).await?;
        log::put_checkpoint(location, note.ok_or(LogError::NoCheckpoint)?.note()).await?;
        log::remove_outgrown(location, from, to).await;
        Ok(())
    }

    /// Writes what is drawn from the register (keys, allowed signers) or comes with the program
    /// (README.txt, verify.py) into both locations, where it differs.
    pub(super) async fn refresh_files(&mut self) -> Result<(), LocationError> {
        let wanted = files::derived(&self.home, &self.catalogue, &self.log_key.public());
        files::refresh(&self.primary, &wanted).await?;
        if let Some(second) = self.second.location()
            && let Err(error) = files::refresh(second, &wanted).await
        {
            self.second = Second::Missing(error.to_string());
        }
        Ok(())
    }
}

/// What the register names.
struct Registered {
    directories: HashSet<String>,
    /// Records without a signature: a signing may have been interrupted.
    unsigned: Vec<RecordView>,
}

impl Registered {
    fn of(catalogue: &Catalogue) -> Result<Registered, RowsError> {
        let (records, documents) = (catalogue.records()?, catalogue.documents()?);
        let paths = records.iter().map(|r| &r.path).chain(documents.iter().map(|d| &d.path));
        let directories = paths.map(StoredPath::to_string).collect();
        let unsigned = records.into_iter().filter(|r| r.signatures.is_empty()).collect();
        Ok(Registered { directories, unsigned })
    }

    /// What interrupted runs left in a location whose register has this size.
    async fn left_over(&self, location: &Location, size: u64) -> Result<Vec<String>, RecoverError> {
        let mut found = log::tidy_tiles(location, size).await?;
        for top in ["records", "documents"] {
            for year in location.directories(top).await? {
                let inside = location.directories(&year).await?;
                found.extend(inside.into_iter().filter(|path| !self.directories.contains(path)));
            }
        }
        for record in &self.unsigned {
            let named: HashSet<String> =
                record.files().map(|(name, _)| file_in(&record.path, name)).collect();
            let inside = location.list(record.path.as_str()).await?;
            found.extend(inside.into_iter().map(|f| f.path).filter(|p| !named.contains(p)));
        }
        Ok(found)
    }
}

fn put_all_aside(
    unfinished: &std::path::Path,
    location: &Location,
    paths: Vec<String>,
) -> Result<Vec<PathBuf>, RecoverError> {
    let mut places = Vec::new();
    for path in paths {
        places.extend(put_aside(unfinished, location, &path)?);
    }
    Ok(places)
}

/// Moves a file or directory of a location to `unfinished/<location id>/…`, under a name that is free.
pub(super) fn put_aside(
    unfinished: &std::path::Path,
    location: &Location,
    path: &str,
) -> Result<Option<PathBuf>, RecoverError> {
    let Some(folder) = location.folder() else { return Ok(None) };
    let wanted = unfinished.join(location.id().to_string()).join(path);
    let free = (0..).map(|n| match n {
        0 => wanted.clone(),
        n => wanted.with_file_name(format!(
            "{}.{n}",
            wanted.file_name().unwrap_or_default().to_string_lossy()
        )),
    });
    let place = free.into_iter().find(|place| !place.exists()).unwrap_or(wanted);
    folder
        .move_out(path, &place)
        .map_err(|source| RecoverError::PutAside { path: path.to_owned(), source })?;
    Ok(Some(place))
}

/// The objects that the entries from `from` to `to` name, with their digests.
async fn objects_of(
    location: &Location,
    from: u64,
    to: u64,
) -> Result<Vec<(String, Digest)>, RecoverError> {
    let (mut objects, mut documents) = (Vec::new(), Vec::new());
    let mut directories: std::collections::HashMap<_, StoredPath> = Default::default();
    log::each_entry(location, (0, to), |seq, text| {
        let entry = Entry::read(text, seq)?;
        if let Event::Sealed(sealed) = &entry.event {
            directories.insert(sealed.record, sealed.path.clone());
        }
        if seq < from {
            return Ok::<_, RecoverError>(());
        }
        documents.extend(entry.event.document().cloned());
        match &entry.event {
            Event::Sealed(sealed) => {
                objects.push((file_in(&sealed.path, "package.zip"), sealed.package));
                objects.push((file_in(&sealed.path, "seal.txt"), sealed.seal));
            }
            Event::Signed(signed) => {
                let directory = directories.get(&signed.record);
                objects.extend(signed.files.iter().filter_map(|file| {
                    Some((file_in(directory?, file.name.as_str()), file.sha256))
                }));
            }
            _ => {}
        }
        Ok(())
    })
    .await?;
    for DocumentNamed { path, sha256, .. } in documents {
        let files = documents::files(location, &path, sha256).await?;
        objects.extend(files.ok_or_else(|| RecoverError::Damaged(path.to_string()))?);
    }
    Ok(objects)
}
