//! The archive: one school's records, documents and register in their locations.
//!
//! There is one write path (`Archive::commit`): put the objects, append the entries, apply
//! the entries to the catalogue. Opening for writing runs the same apply for whatever an interrupted
//! run left behind. [`Reading`] looks without a lock, beside whoever is writing.

mod closing;
mod commit;
mod contents;
mod copies;
mod documents;
mod files;
mod home;
mod init;
mod intake;
mod keeping;
mod keys;
mod log;
mod media;
mod open;
mod promote;
mod pupils;
mod reading;
mod recover;
mod repair;
mod second;
mod settings;
mod sheets;
mod sign;
mod snapshot;
mod snapshot_job;
mod staff;
mod statements;
pub mod verify;

#[cfg(test)]
mod tests;

pub use closing::{
    Action, Agreement, ClosingError, ClosingOrder, ClosingPaper, ClosingPreview, Correction,
    CorrectionOrder, FolderOrder, Formed, HandOverOrder, Shelf,
};
pub use commit::{CommitError, Committed};
pub use contents::ContentsError;
pub use copies::{CopyOrder, Corrected, HandedOut, PrintError};
pub use documents::{AdoptError, DocumentError};
pub use home::{Home, HomeError, Lock, Stores};
pub use init::{Founding, InitError, init};
pub use intake::{IntakeError, Waiting};
pub use keeping::Plans;
pub use keys::{KeyError, NewKey, endorse};
pub use log::LogError;
pub use media::{
    CheckedMedium, MadeMedium, MediaError, MediumCard, MediumCheckOrder, MediumOrder,
    MediumStanding,
};
pub use open::{OpenError, Opening};
pub use promote::{PromoteError, Promoted, Promotion, RegisterFault, promote, promote_copy};
pub use pupils::{ClassYear, ClassYearError, Match, MatchError, MatchState};
pub use reading::{Reading, SecondState, Standing};
pub use repair::{RepairError, Repairs, repair};
pub use second::SecondError;
pub use settings::{FormFile, PaperSettings, Regulation, Settings, SettingsError};
pub use sheets::{BadLine, BadSheet, NotOurs, SheetAnswer, SheetError, SheetShown, SheetsRead};
pub use sign::{SignError, SignedRecords, SigningSheet};
pub use snapshot::{Outcome, SnapshotError, SnapshotRequest};
pub use staff::{JournalsError, StaffError};
pub use statements::{NotDrawn, StatementOutcome, StatementsError};

use crate::catalogue::Catalogue;
use crate::key::SecretKey;
use crate::location::Location;
use crate::register::Edge;
use chrono::{DateTime, Utc};
use std::path::PathBuf;

/// An archive opened for writing: it holds the lock until it is dropped.
pub struct Archive {
    home: Home,
    primary: Location,
    second: Second,
    log_key: SecretKey,
    edge: Edge,
    latest: Option<DateTime<Utc>>,
    clock_is_right: bool,
    broken: bool,
    catalogue: Catalogue,
    put_aside: Vec<PathBuf>,
    caught_up: u64,
    /// Fields are dropped in order: the catalogue is closed before the next command may open it.
    _lock: Lock,
}

/// The second location, or why it is not there.
enum Second {
    Here(Location),
    Missing(String),
}

impl Second {
    fn location(&self) -> Option<&Location> {
        match self {
            Second::Here(location) => Some(location),
            Second::Missing(_) => None,
        }
    }
}

impl Archive {
    /// Where its own files are.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// What can be asked of it.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// How many entries the register has.
    pub fn register_size(&self) -> u64 {
        self.edge.size()
    }

    /// Why the second location is missing, when it is.
    pub fn missing_second(&self) -> Option<&str> {
        match &self.second {
            Second::Here(_) => None,
            Second::Missing(why) => Some(why),
        }
    }

    /// What interrupted runs had left in the locations; it now lies in these places.
    pub fn put_aside(&self) -> &[PathBuf] {
        &self.put_aside
    }

    /// How many entries the second location was behind when the archive was opened.
    pub fn caught_up(&self) -> u64 {
        self.caught_up
    }
}
