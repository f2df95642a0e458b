//! The register: an append-only, signed log of everything that happened to an archive.
//!
//! This room is the pure part: entries as texts, the Merkle tree over them (RFC 6962 § 2.1), tiles
//! (C2SP tlog-tiles, <https://c2sp.org/tlog-tiles>) and the checkpoint (C2SP tlog-checkpoint,
//! <https://c2sp.org/tlog-checkpoint>). It reads and writes no files; whoever stores the register asks
//! [`Edge::needs`] which tiles to fetch, and [`Edge::append`] which ones to put.
//!
//! A text in the log is what counts, byte for byte. Leaf hashes are taken of texts exactly as carried,
//! never of entries written anew.

mod canonical;
mod checkpoint;
mod copy;
mod edge;
mod entry;
mod event;
mod id;
mod kind;
mod number;
mod order;
mod paper_number;
mod path;
mod sheet_code;
mod step;
mod tiles;
mod tree;
mod witness;
mod written;

#[cfg(test)]
mod tests;

pub use checkpoint::{
    Checkpoint, CheckpointError, Origin, OriginError, SignedCheckpoint, key_id, vkey,
};
pub use copy::{SheetKind, SheetRange, SheetRangeError, SheetRun};
pub use edge::{Appended, Edge, EdgeError, TextTooLong};
pub use entry::{Entry, EntryError, EntryReader, MAX_ENTRY};
pub use event::{
    Algorithm, ArchiveCreated, CheckpointWitnessed, ClosingOpened, ClosingPeriod, Confirmed,
    CopyChecked, CopyEntered, CopyMade, CorrectionAgreed, DiscrepancyReported, DocumentNamed,
    Endorsement, Event, Excused, FolderFormed, HandedOver, KeyAdded, KeyRevoked, LocationAdded,
    LocationRole, LogKeyChanged, MediaHandedOver, MediumKind, PageSeen, Printed, Repaired,
    Replaced, Reprinted, Restored, RevocationReason, Sealed, SheetVoided, Shelved, Signed,
    SignedFile, SignedOnPaper, Stamped, TakenBack,
};
pub use id::{ArchiveId, DocumentId, IdError, LocationId, StaffId};
pub use kind::{RecordKind, RecordKindError};
pub use number::{RecordNumber, RecordNumberError};
pub use order::{OrderRef, OrderRefError};
pub use paper_number::{CopyNumber, FolderNumber, LineNumber, MediumNumber, PaperNumberError};
pub use path::{StoredPath, StoredPathError};
pub use sheet_code::{SheetCode, SheetCodeError};
pub use step::{StepId, StepIdError};
pub use tiles::{
    BundleError, TILE_WIDTH, TileKind, TilePath, TilePathError, all_tiles, read_bundle, superseded,
};
pub use tree::{
    OutOfTree, ProofError, Tree, leaf_hash, node_hash, root, verify_consistency, verify_inclusion,
};
pub use witness::{CheckpointWitness, KeyTerms, LogKeyEndorsement};
