//! Signatures in OpenSSH's format, for whoever checks a seal with `ssh-keygen` alone.
//!
//! The format is that of `PROTOCOL.sshsig` of OpenSSH, armoured; namespace `letopis`, hash `sha512`,
//! nothing reserved (`docs/formats.md` § 2.6). Ed25519 is deterministic, so the same key and text give
//! byte for byte what `ssh-keygen -Y sign` writes.

use super::{Fingerprint, PublicKey, PublicKeyError, SecretKey, Signature};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha512};

/// What the signatures are for; `ssh-keygen -Y verify -n letopis`.
pub const NAMESPACE: &str = "letopis";

const MAGIC: &[u8] = b"SSHSIG";
const VERSION: u32 = 1;
const HASH: &str = "sha512";
const ALGORITHM: &str = "ssh-ed25519";
const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----";
const END: &str = "-----END SSH SIGNATURE-----";
/// Columns of base64, as `ssh-keygen` writes them.
const COLUMNS: usize = 70;

/// Why a text is no signature, or no signature of this text by this key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SshSigError {
    /// No `BEGIN SSH SIGNATURE` and `END SSH SIGNATURE` lines around base64.
    #[error("this is no armoured SSH signature; sign again, or take another copy of the file")]
    Armour,
    /// The fields end too early, or something follows them.
    #[error("the SSH signature is cut short or has something after its end; take another copy")]
    Length,
    /// Not `SSHSIG` version 1.
    #[error("this SSH signature is of another format version; sign with `ssh-keygen -Y sign`")]
    Version,
    /// Signed for another use: a signature of a mail or a commit proves nothing about a seal.
    #[error("the SSH signature is for `{0}`; sign again with `ssh-keygen -Y sign -n letopis`")]
    Namespace(String),
    /// Later OpenSSH may put something here; what, nobody knows yet.
    #[error("the SSH signature has a reserved field this version of Letopis does not understand")]
    Reserved,
    /// Not SHA-512.
    #[error("the SSH signature uses the hash `{0}`; sign again with `-O hashalg=sha512`")]
    Hash(String),
    /// Not Ed25519.
    #[error("the SSH signature is made by a `{0}` key; sign with an Ed25519 key")]
    Algorithm(String),
    /// The key in the signature cannot be trusted.
    #[error("the SSH signature carries a bad key: {0}")]
    Key(#[from] PublicKeyError),
    /// Good perhaps, but not by the key asked for.
    #[error("the SSH signature is made by the key with fingerprint {0}, not by the expected one")]
    OtherKey(Fingerprint),
    /// The key did not sign this text.
    #[error(
        "the SSH signature does not belong to this text; the text or the signature was changed"
    )]
    Text,
}

/// A signature as read, not verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SshSignature {
    /// The key it claims to be made by.
    pub public_key: PublicKey,
    /// Over [`SshSignature::signed_blob`].
    pub signature: Signature,
}

impl SshSignature {
    /// The bytes that are signed when a text is signed (`PROTOCOL.sshsig` § 2, «Signed Data»).
    pub fn signed_blob(text: &[u8]) -> Vec<u8> {
        let mut blob = MAGIC.to_vec();
        put(&mut blob, NAMESPACE.as_bytes());
        put(&mut blob, b"");
        put(&mut blob, HASH.as_bytes());
        put(&mut blob, &Sha512::digest(text));
        blob
    }

    /// Whether the key it carries signed this text.
    pub fn verifies(&self, text: &[u8]) -> bool {
        self.public_key.verifies(&Self::signed_blob(text), &self.signature)
    }

    /// The armoured text, LF after each line.
    pub fn armoured(&self) -> String {
        let mut blob = MAGIC.to_vec();
        blob.extend(VERSION.to_be_bytes());
        put(&mut blob, &tagged(self.public_key.as_bytes()));
        put(&mut blob, NAMESPACE.as_bytes());
        put(&mut blob, b"");
        put(&mut blob, HASH.as_bytes());
        put(&mut blob, &tagged(self.signature.as_bytes()));
        let mut armoured = format!("{BEGIN}\n");
        for line in STANDARD.encode(blob).as_bytes().chunks(COLUMNS) {
            armoured.extend(line.iter().map(|b| char::from(*b)));
            armoured.push('\n');
        }
        armoured + END + "\n"
    }
}

/// Signs a text; the armoured signature, as `ssh-keygen -Y sign -n letopis` writes it.
pub fn sign(key: &SecretKey, text: &[u8]) -> String {
    let signature = key.sign(&SshSignature::signed_blob(text));
    SshSignature { public_key: key.public(), signature }.armoured()
}

/// Reads an armoured signature; nothing is verified but its form, namespace and hash. Spaces and line
/// ends within the armour do not matter.
///
/// # Errors
/// All of [`SshSigError`] but `OtherKey` and `Text`.
pub fn read(armoured: &str) -> Result<SshSignature, SshSigError> {
    let (key, signature) = fields(armoured)?;
    Ok(SshSignature { public_key: PublicKey::from_bytes(&key)?, signature })
}

/// The bytes of key and signature; whether they are a key is for the caller to find out.
fn fields(armoured: &str) -> Result<([u8; 32], Signature), SshSigError> {
    let base64 = armoured.trim().strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(END));
    let base64 = base64.ok_or(SshSigError::Armour)?;
    let base64: Vec<u8> = base64.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
    let blob = STANDARD.decode(base64).map_err(|_| SshSigError::Armour)?;
    let mut fields = Fields(&blob);
    if fields.take(MAGIC.len())? != MAGIC || fields.take(4)? != VERSION.to_be_bytes() {
        return Err(SshSigError::Version);
    }
    let key = fields.string()?;
    fields.word(NAMESPACE, SshSigError::Namespace)?;
    if !fields.string()?.is_empty() {
        return Err(SshSigError::Reserved);
    }
    fields.word(HASH, SshSigError::Hash)?;
    let signature = fields.string()?;
    fields.end()?;
    Ok((untagged(key)?, Signature::from(untagged(signature)?)))
}

/// Whether an armoured signature over this text was made by this key.
///
/// # Errors
/// When it cannot be read, is made by another key, or is not of this text.
pub fn verify(armoured: &str, text: &[u8], key: &PublicKey) -> Result<(), SshSigError> {
    let (by, signature) = fields(armoured)?;
    // The key is the one asked for, byte for byte, or another: only another one is taken apart anew.
    if by != *key.as_bytes() {
        return Err(SshSigError::OtherKey(PublicKey::from_bytes(&by)?.fingerprint()));
    }
    let signature = SshSignature { public_key: *key, signature };
    if signature.verifies(text) { Ok(()) } else { Err(SshSigError::Text) }
}

/// A public key as OpenSSH writes it: `ssh-ed25519 AAAA…`, without comment and line end.
pub fn openssh_public(key: &PublicKey) -> String {
    format!("{ALGORITHM} {}", STANDARD.encode(tagged(key.as_bytes())))
}

/// A `string` of RFC 4251 § 5: its length in four big-endian bytes, then its bytes.
fn put(blob: &mut Vec<u8>, bytes: &[u8]) {
    let length = u32::try_from(bytes.len()).expect("what is put here has at most 100 bytes");
    blob.extend(length.to_be_bytes());
    blob.extend(bytes);
}

/// A key or signature with the name of its algorithm before it (RFC 8709 §§ 4, 6).
fn tagged(bytes: &[u8]) -> Vec<u8> {
    let mut blob = Vec::new();
    put(&mut blob, ALGORITHM.as_bytes());
    put(&mut blob, bytes);
    blob
}

fn untagged<const N: usize>(blob: &[u8]) -> Result<[u8; N], SshSigError> {
    let mut fields = Fields(blob);
    fields.word(ALGORITHM, SshSigError::Algorithm)?;
    let bytes = fields.string()?.try_into().map_err(|_| SshSigError::Length)?;
    fields.end()?;
    Ok(bytes)
}

/// The bytes not read yet.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], SshSigError> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(SshSigError::Length)?;
        self.0 = rest;
        Ok(taken)
    }

    fn string(&mut self) -> Result<&'a [u8], SshSigError> {
        let length = self.take(4)?.iter().fold(0, |n, b| n << 8 | usize::from(*b));
        self.take(length)
    }

    /// A string that must be this word.
    fn word(
        &mut self,
        expected: &str,
        error: fn(String) -> SshSigError,
    ) -> Result<(), SshSigError> {
        let found = self.string()?;
        if found == expected.as_bytes() {
            return Ok(());
        }
        // Foreign text goes into a message: no control characters, no endless lines.
        let shown = String::from_utf8_lossy(found).chars().take(64).collect::<String>();
        Err(error(shown.escape_debug().to_string()))
    }

    fn end(&self) -> Result<(), SshSigError> {
        if self.0.is_empty() { Ok(()) } else { Err(SshSigError::Length) }
    }
}

#[cfg(test)]
mod tests;
