//! A medium (носитель): a removable copy of the records of one closing and one class of the file plan
//! (`docs/formats.md` § 8).
//!
//! It is a directory tree, on a disk or in an ISO 9660 image, with what a location has to prove these records:
//! the records, the register, documents, public keys. `manifest-sha256.txt` names every file with its digest,
//! `medium.txt` names the manifest's, and the log key signs `medium.txt`. Accounts, private keys and whatever
//! else lies outside the locations never come here: a medium is written file by file from what is asked for.

mod image;
mod look;
mod manifest;
mod text;
mod tree;
mod writing;

#[cfg(test)]
mod tests;

pub use image::{ImageError, extract};
pub use look::{Fault, Found};
pub use manifest::Manifest;
pub use text::{MediumText, MediumTextError};
pub use writing::{WriteError, Writing, Written};

/// The signed text that tells which medium this is.
pub const MEDIUM_FILE: &str = "medium.txt";
/// Its signature by the log key, 64 bytes.
pub const SIGNATURE_FILE: &str = "medium.sig";
/// Digests of all other files, as `sha256sum -c` reads them.
pub const MANIFEST_FILE: &str = "manifest-sha256.txt";
/// What a medium is and how to check it, for whoever finds it.
pub const README: &str = include_str!("../../../templates/medium/README.txt");
