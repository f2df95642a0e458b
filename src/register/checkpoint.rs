//! The checkpoint: what the register is, signed by the log key.
//!
//! A checkpoint (C2SP tlog-checkpoint) is a signed note (C2SP signed-note,
//! <https://c2sp.org/signed-note>) of three lines: origin, size, root. It is the commit point of every
//! write: entries beyond its size were never acknowledged.

use super::ArchiveId;
use super::written::{read_root, root_text};
use crate::digest::Digest;
use crate::key::{Fingerprint, PublicKey, SecretKey, Signature};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt;
use std::str::FromStr;

/// Signature type of Ed25519 in key ids and verifier keys (C2SP signed-note § Signature types).
const ED25519: u8 = 0x01;

/// A note that is longer is no checkpoint; a limit is asked for by C2SP signed-note § Format.
const MAX_NOTE: usize = 1_000_000;

/// The name of a log and of its key: `<archive id>/register`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin(String);

/// A text can't name a log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no origin of a log; it must have no spaces, control characters or `+`")]
pub struct OriginError(String);

impl Origin {
    /// The origin of an archive's register.
    pub fn of(archive: ArchiveId) -> Origin {
        Origin(format!("{archive}/register"))
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        if is_name(text) { Ok(Origin(text.to_owned())) } else { Err(OriginError(text.to_owned())) }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a text can be a key's name (C2SP signed-note § Format).
fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+')
}

/// Id of a key under a name: the first four bytes of `SHA-256(name || 0x0A || 0x01 || public key)`
/// (C2SP signed-note § Ed25519 signatures).
pub fn key_id(origin: &Origin, key: &PublicKey) -> [u8; 4] {
    let digest = Digest::of_parts(&[origin.0.as_bytes(), b"\n", &[ED25519], key.as_bytes()]);
    let [a, b, c, d, ..] = *digest.as_bytes();
    [a, b, c, d]
}

/// Verifier key of a log (C2SP signed-note), what stands in `keys/log.vkey` before the line's end:
/// `<origin>+<key id>+<base64 of 0x01 and the public key>`.
pub fn vkey(origin: &Origin, key: &PublicKey) -> String {
    let encoded = STANDARD.encode([&[ED25519][..], key.as_bytes()].concat());
    format!("{origin}+{}+{encoded}", hex::encode(key_id(origin, key)))
}

/// What a register is at one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which register.
    pub origin: Origin,
    /// How many entries it has.
    pub size: u64,
    /// The root of the tree over them.
    pub root: Digest,
}

/// A checkpoint with its signatures, as it was read. What it says counts only after
/// [`SignedCheckpoint::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    checkpoint: Checkpoint,
    note: String,
    signatures: Vec<NoteSignature>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct NoteSignature {
    name: String,
    key_id: [u8; 4],
    signature: Vec<u8>,
}

/// Why a note is no checkpoint of this register, or is not signed by its key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Not a signed note at all.
    #[error("the checkpoint is no signed note: {0}; restore it from the other location")]
    Note(&'static str),
    /// Signature line (from 1) is not `— name base64`.
    #[error(
        "signature line {0} of the checkpoint can't be read; restore it from the other location"
    )]
    SignatureLine(usize),
    /// Another register's.
    #[error(
        "the checkpoint is of {found:?}, not of {expected}; this is another archive's register"
    )]
    Origin {
        /// What the note says.
        found: String,
        /// Which register was asked for.
        expected: Origin,
    },
    /// Not a decimal number without leading zeros.
    #[error(
        "the checkpoint's size is {0:?}, which is no number; restore it from the other location"
    )]
    Size(String),
    /// Not base64 of 32 bytes.
    #[error("the checkpoint's root is {0:?}, which is no root; restore it from the other location")]
    Root(String),
    /// No line is by the key with this fingerprint.
    #[error("the checkpoint is not signed by the log key {0}; the register names the right key")]
    NotSigned(Fingerprint),
    /// A line names the key, but it never signed this.
    #[error("the checkpoint's signature by the log key {0} is wrong; it was altered or forged")]
    Forged(Fingerprint),
}

impl Checkpoint {
    /// The text that is signed: three lines.
    pub fn body(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, root_text(&self.root))
    }

    /// The signed note: the body, an empty line, and the signature under the origin's name.
    pub fn sign(&self, key: &SecretKey) -> String {
        sign_note(&self.origin, &self.body(), key)
    }

    /// Reads a signed note that is a checkpoint of the expected register: exactly three lines, without
    /// extension lines. Signatures are kept, whoever made them, and checked by nobody yet.
    ///
    /// # Errors
    /// When it is no such note.
    pub fn read(note: &str, expect_origin: &Origin) -> Result<SignedCheckpoint, CheckpointError> {
        let (body, signatures) = split_note(note)?;
        let signatures = signatures
            .enumerate()
            .map(|(i, line)| read_signature(line).ok_or(CheckpointError::SignatureLine(i + 1)))
            .collect::<Result<_, _>>()?;
        let lines: Vec<&str> = body.lines().collect();
        let [origin, size, root] = lines[..] else {
            return Err(CheckpointError::Note("it must have three lines before the empty one"));
        };
        if origin != expect_origin.0 {
            let (found, expected) = (origin.to_owned(), expect_origin.clone());
            return Err(CheckpointError::Origin { found, expected });
        }
        let size = read_size(size).ok_or_else(|| CheckpointError::Size(size.to_owned()))?;
        let root = read_root(root).ok_or_else(|| CheckpointError::Root(root.to_owned()))?;
        let checkpoint = Checkpoint { origin: expect_origin.clone(), size, root };
        Ok(SignedCheckpoint { checkpoint, note: note.to_owned(), signatures })
    }
}

impl SignedCheckpoint {
    /// What the note says.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The whole note as it was read.
    pub fn note(&self) -> &str {
        &self.note
    }

    /// Checks that the log key signed it. Lines by other names or keys are ignored, as C2SP signed-note
    /// § Signatures wants; a wrong line by this key makes the whole note wrong.
    ///
    /// # Errors
    /// [`CheckpointError::NotSigned`] or [`CheckpointError::Forged`].
    pub fn verify(&self, key: &PublicKey) -> Result<(), CheckpointError> {
        let origin = &self.checkpoint.origin;
        let id = key_id(origin, key);
        let body = self.checkpoint.body();
        let mut known = false;
        for line in self.signatures.iter().filter(|s| s.name == origin.0 && s.key_id == id) {
            let signature = Signature::try_from(&line.signature[..]);
            if !signature.is_ok_and(|signature| key.verifies(body.as_bytes(), &signature)) {
                return Err(CheckpointError::Forged(key.fingerprint()));
            }
            known = true;
        }
        if known { Ok(()) } else { Err(CheckpointError::NotSigned(key.fingerprint())) }
    }
}

/// A note with one signature line (C2SP signed-note § Format).
pub(super) fn sign_note(origin: &Origin, body: &str, key: &SecretKey) -> String {
    let signature = key.sign(body.as_bytes());
    let id = key_id(origin, &key.public());
    let encoded = STANDARD.encode([&id[..], signature.as_bytes()].concat());
    format!("{body}\n— {origin} {encoded}\n")
}

/// The text and the signature lines of a note (C2SP signed-note § Format).
fn split_note(note: &str) -> Result<(&str, impl Iterator<Item = &str>), CheckpointError> {
    if note.len() > MAX_NOTE {
        return Err(CheckpointError::Note("it is longer than 1,000,000 bytes"));
    }
    if note.chars().any(|c| c < ' ' && c != '\n') {
        return Err(CheckpointError::Note("it holds a control character"));
    }
    let (text, signatures) = note
        .rsplit_once("\n\n")
        .ok_or(CheckpointError::Note("it has no empty line before its signatures"))?;
    let signatures = signatures
        .strip_suffix('\n')
        .ok_or(CheckpointError::Note("its last line does not end or there is no signature"))?;
    let body = &note[..text.len() + 1];
    Ok((body, signatures.split('\n')))
}

fn read_signature(line: &str) -> Option<NoteSignature> {
    let (name, encoded) = line.strip_prefix("— ")?.split_once(' ')?;
    let bytes = STANDARD.decode(encoded).ok()?;
    let (key_id, signature) = bytes.split_first_chunk()?;
    let complete = is_name(name) && !signature.is_empty();
    let (name, signature) = (name.to_owned(), signature.to_vec());
    complete.then_some(NoteSignature { name, key_id: *key_id, signature })
}

/// A size in decimal without sign and leading zeros (C2SP tlog-checkpoint § Note text).
fn read_size(text: &str) -> Option<u64> {
    let size: u64 = text.parse().ok()?;
    (size.to_string() == text).then_some(size)
}
