//! What opening for writing does with the traces of interrupted runs, and with a second location that
//! was away.
//!
//! Nothing here runs before the register was found to be no older than the largest known checkpoint:
//! what looks unregistered in a register that was rolled back is evidence.

use super::commit::CommitError;
use super::log::{self, LogError};
use super::{Archive, Second, files};
use crate::catalogue::{Catalogue, RecordView, RowsError};
use crate::digest::Digest;
use crate::location::{Location, LocationError, file_in};
use crate::register::{Entry, EntryError, Event, SignedCheckpoint, StoredPath, all_tiles};
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
    /// The primary failed while the catch-up was acknowledged.
    #[error(transparent)]
    Commit(#[from] Box<CommitError>),
}

impl Archive {
    /// Moves unregistered record and document directories, and signatures that no entry names, to
    /// `unfinished/`. Their numbers are not used again.
    pub(super) async fn put_aside_unregistered(&mut self) -> Result<(), RecoverError> {
        let known = registered(&self.catalogue)?;
        let unsigned: Vec<RecordView> =
            self.catalogue.records()?.into_iter().filter(|r| r.signatures.is_empty()).collect();
        for location in [Some(&self.primary), self.second.location()].into_iter().flatten() {
            let mut found = Vec::new();
            for top in ["records", "documents"] {
                for year in location.directories(top).await? {
                    let inside = location.directories(&year).await?;
                    found.extend(inside.into_iter().filter(|path| !known.contains(path)));
                }
            }
            for record in &unsigned {
                let named: HashSet<String> =
                    record.files().map(|(name, _)| file_in(&record.path, name)).collect();
                let inside = location.list(record.path.as_str()).await?;
                found.extend(inside.into_iter().map(|f| f.path).filter(|p| !named.contains(p)));
            }
            for path in found {
                if let Some(place) = put_aside(&self.home.file("unfinished"), location, &path)? {
                    self.put_aside.push(place);
                }
            }
        }
        Ok(())
    }

    /// Brings the second location up to the primary's register: objects, tiles, checkpoint, in the
    /// order of a commit. Objects are checked against their entries on the way, so that damage never
    /// spreads.
    pub(super) async fn catch_up(
        &mut self,
        second_at: &SignedCheckpoint,
    ) -> Result<(), RecoverError> {
        let (from, to) = (second_at.checkpoint().size, self.edge.size());
        let Second::Here(second) = &self.second else { return Ok(()) };
        if from == to {
            return Ok(());
        }
        for (path, digest) in objects_of(&self.primary, from, to).await? {
            let bytes = self.primary.get(&path).await?;
            let bytes = bytes.filter(|b| Digest::of(b) == digest);
            let bytes = bytes.ok_or_else(|| RecoverError::Damaged(path.clone()))?;
            second.put(&path, bytes).await?;
        }
        let there: HashSet<_> = all_tiles(from).collect();
        for tile in all_tiles(to).filter(|tile| !there.contains(tile)) {
            let path = log::tile_file(&tile);
            let bytes = self.primary.get(&path).await?.ok_or(LogError::Missing(tile))?;
            second.put(&path, bytes).await?;
        }
        let note = log::checkpoint(&self.primary, &self.home.origin()).await?;
        log::put_checkpoint(second, note.ok_or(LogError::NoCheckpoint)?.note()).await?;
        log::remove_outgrown(second, from, to).await;
        self.caught_up = to - from;
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

/// The directories the register names.
pub(super) fn registered(catalogue: &Catalogue) -> Result<HashSet<String>, RowsError> {
    let records = catalogue.records()?.into_iter().map(|record| record.path.to_string());
    let documents = catalogue.documents()?.into_iter().map(|document| document.path.to_string());
    Ok(records.chain(documents).collect())
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
    let mut objects = Vec::new();
    let mut directories: std::collections::HashMap<_, StoredPath> = Default::default();
    log::each_entry(location, (0, to), |seq, text| {
        let entry = Entry::read(text, seq)?;
        if let Event::Sealed(sealed) = &entry.event {
            directories.insert(sealed.record, sealed.path.clone());
        }
        if seq >= from {
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
                Event::PlanAdopted(named)
                | Event::SettingsChanged(named)
                | Event::StaffRoster(named) => {
                    objects.push((file_in(&named.path, "document.json"), named.sha256));
                }
                _ => {}
            }
        }
        Ok::<_, RecoverError>(())
    })
    .await?;
    Ok(objects)
}
