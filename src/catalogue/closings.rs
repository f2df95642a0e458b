//! Closings and what is counted in them: their entries as they are, and the largest numbers given.

use super::rows::Row;
use super::{Catalogue, LAST_FOLDER, LAST_LINE, LAST_MEDIUM, RowsError, StoredEntry, written};
use crate::register::{DocumentId, Entry, Event, FolderNumber, LineNumber, MediumNumber};

/// Before the place of each entry that opens a closing.
const OPENED: &[u8] = b"o/";

fn prefix(closing: DocumentId) -> Vec<u8> {
    format!("e/{closing}/").into_bytes()
}

/// What belongs to a closing is folded anew for every answer ([`crate::closing`]): its entries are kept as they are.
pub(super) fn row(closing: DocumentId, entry: &Entry) -> Row {
    let prefix = match &entry.event {
        Event::ClosingOpened(_) => OPENED.to_vec(),
        _ => prefix(closing),
    };
    let place = [prefix, entry.seq.to_be_bytes().to_vec()].concat();
    (place, written(&StoredEntry::from(entry)))
}

impl Catalogue {
    /// The entries that opened closings, in register order.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn closings(&self) -> Result<Vec<Entry>, RowsError> {
        self.entries(OPENED)
    }

    /// All later entries of a closing, in register order.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn closing(&self, closing: DocumentId) -> Result<Vec<Entry>, RowsError> {
        self.entries(&prefix(closing))
    }

    fn entries(&self, prefix: &[u8]) -> Result<Vec<Entry>, RowsError> {
        let stored: Vec<StoredEntry> = self.read_all(prefix)?;
        Ok(stored.into_iter().map(Entry::from).collect())
    }

    /// The largest number of a general register's line that was given, or perhaps was given to one that was lost
    /// with a former primary location; so for folders and media.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn last_line(&self) -> Result<Option<LineNumber>, RowsError> {
        self.read(LAST_LINE)
    }

    /// The largest number of a folder.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn last_folder(&self) -> Result<Option<FolderNumber>, RowsError> {
        self.read(LAST_FOLDER)
    }

    /// The largest number of a medium.
    #[expect(clippy::missing_errors_doc, reason = "as for position()")]
    pub fn last_medium(&self) -> Result<Option<MediumNumber>, RowsError> {
        self.read(LAST_MEDIUM)
    }
}
