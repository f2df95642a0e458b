//! Where the catalogue's rows are: on disk in sled, or in memory for commands that read beside a
//! running server (sled can be opened by one process only).

use sled::transaction::TransactionError;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// A row: its key and its text.
pub(super) type Row = (Vec<u8>, Vec<u8>);

/// The rows, whatever holds them.
pub(super) enum Rows {
    Disk(sled::Db),
    Memory(Mutex<BTreeMap<Vec<u8>, Vec<u8>>>),
}

/// The catalogue's files failed; it is moved aside and made anew.
#[derive(Debug, thiserror::Error)]
pub enum RowsError {
    /// sled said so.
    #[error("the catalogue cannot be read: {0}")]
    Sled(#[from] sled::Error),
    /// Another version of Letopis made it.
    #[error("the catalogue is of another version of Letopis")]
    Form,
    /// A row does not read.
    #[error("the catalogue has a row that does not read: {0}")]
    Row(#[from] serde_json::Error),
}

impl From<TransactionError<sled::Error>> for RowsError {
    fn from(error: TransactionError<sled::Error>) -> RowsError {
        match error {
            TransactionError::Abort(error) | TransactionError::Storage(error) => error.into(),
        }
    }
}

/// Cache of one catalogue in bytes: a thousand of them must fit into one process.
const CACHE: u64 = 4 << 20;

impl Rows {
    pub(super) fn on_disk(path: &Path) -> Result<Rows, RowsError> {
        let config = sled::Config::new().path(path).cache_capacity(CACHE).flush_every_ms(None);
        Ok(Rows::Disk(config.open()?))
    }

    pub(super) fn in_memory() -> Rows {
        Rows::Memory(Mutex::default())
    }

    pub(super) fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, RowsError> {
        match self {
            Rows::Disk(db) => Ok(db.get(key)?.map(|value| value.to_vec())),
            Rows::Memory(rows) => {
                Ok(rows.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned())
            }
        }
    }

    /// The rows whose key begins with `prefix`, in key order.
    pub(super) fn scan(&self, prefix: &[u8]) -> Result<Vec<Row>, RowsError> {
        match self {
            Rows::Disk(db) => db
                .scan_prefix(prefix)
                .map(|row| Ok(row.map(|(key, value)| (key.to_vec(), value.to_vec()))?))
                .collect(),
            Rows::Memory(rows) => {
                let rows = rows.lock().unwrap_or_else(PoisonError::into_inner);
                let from = rows.range(prefix.to_vec()..);
                let found = from.take_while(|(key, _)| key.starts_with(prefix));
                Ok(found.map(|(key, value)| (key.clone(), value.clone())).collect())
            }
        }
    }

    /// Puts rows, all or none.
    pub(super) fn put(&self, changes: Vec<Row>) -> Result<(), RowsError> {
        match self {
            Rows::Disk(db) => {
                let mut batch = sled::Batch::default();
                changes.into_iter().for_each(|(key, value)| batch.insert(key, value));
                Ok(db.apply_batch(batch)?)
            }
            Rows::Memory(rows) => {
                rows.lock().unwrap_or_else(PoisonError::into_inner).extend(changes);
                Ok(())
            }
        }
    }
}
