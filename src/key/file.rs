//! Key files: private keys under a passphrase, public keys as PEM (`docs/formats.md` § 6).
//!
//! The files are standard, so that a key made with `openssl genpkey` serves as well, and a key made
//! here serves `openssl` and a browser.

use super::{PublicKey, PublicKeyError, SecretKey};
use ed25519_dalek::pkcs8::{ALGORITHM_OID, KeypairBytes, PublicKeyBytes};
use pkcs8::der::asn1::{AnyRef, OctetStringRef};
use pkcs8::der::{self, Decode as _, ErrorKind, Reader as _};
use pkcs8::pkcs5::{self, EncryptionScheme, pbes2};
use pkcs8::spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};
use pkcs8::{
    DecodePublicKey as _, EncodePrivateKey as _, EncodePublicKey as _, EncryptedPrivateKeyInfoRef,
    LineEnding, ObjectIdentifier, PrivateKeyInfoRef, SecretDocument,
};
use rand_core::CryptoRng;
use zeroize::{Zeroize as _, Zeroizing};

/// Rounds of PBKDF2-HMAC-SHA256 in the files written here (`docs/formats.md` § 6).
pub const ROUNDS: u32 = 600_000;

/// Most rounds read, so that a made-up file does not occupy the computer for hours.
const MOST_ROUNDS: u32 = 20_000_000;

/// Shortest passphrase taken for a new file, in characters.
pub const SHORTEST_PASSPHRASE: usize = 8;

const ENCRYPTED: &str = "ENCRYPTED PRIVATE KEY";

/// Why no key file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PassphraseError {
    /// Fewer characters than [`SHORTEST_PASSPHRASE`].
    #[error(
        "the passphrase has {0} characters; choose one of at least {SHORTEST_PASSPHRASE}, better several words"
    )]
    TooShort(usize),
}

/// Why a file gives no private key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileError {
    /// No PEM block, or one that cannot be decoded.
    #[error(
        "this is no key file: no readable PEM block; expected `-----BEGIN ENCRYPTED PRIVATE KEY-----`"
    )]
    NoPem,
    /// Whoever copies such a file signs as its holder.
    #[error(
        "the private key is not encrypted; encrypt it with `openssl pkcs8 -topk8 -v2 aes256 -v2prf hmacWithSHA256 -iter 600000 -in KEY.pem -out ENCRYPTED.pem` and delete KEY.pem"
    )]
    NotEncrypted,
    /// A PEM block of something else: a public key, a certificate, OpenSSH's own format.
    #[error(
        "the file holds `{0}`; expected `ENCRYPTED PRIVATE KEY` (make one with `letopis keys new` or `openssl genpkey -algorithm ed25519 -aes256`)"
    )]
    OtherContent(String),
    /// The block is not an EncryptedPrivateKeyInfo (RFC 5958 § 3).
    #[error("the key file is damaged; take another copy of it")]
    Damaged,
    /// Encrypted otherwise than with PBES2, PBKDF2 with SHA-2, AES.
    #[error(
        "the key file is encrypted in a way Letopis does not read ({0}); encrypt it anew with `openssl pkcs8 -topk8 -v2 aes256 -v2prf hmacWithSHA256 -iter 600000 -in KEY.pem -out NEW.pem`"
    )]
    OtherEncryption(String),
    /// Decryption gives no key. A damaged file can look the same.
    #[error("wrong passphrase; try again (if it is surely right, the file is damaged)")]
    WrongPassphrase,
    /// RSA, ECDSA, X25519, …; the algorithm's object identifier.
    #[error(
        "the key's algorithm is {0}, not Ed25519 (1.3.101.112); make a key with `letopis keys new` or `openssl genpkey -algorithm ed25519 -aes256`"
    )]
    OtherAlgorithm(ObjectIdentifier),
    /// PKCS#8 version 2 carries a public key, and it belongs to another private key.
    #[error("the public key in the file belongs to another private key; take another copy of it")]
    OtherPublicKey,
}

/// Why a file gives no public key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PublicFileError {
    /// No PEM block, or one that cannot be decoded.
    #[error(
        "this is no public key file: no readable PEM block; expected `-----BEGIN PUBLIC KEY-----`"
    )]
    NoPem,
    /// Nobody should be handing that over.
    #[error(
        "the file holds a private key, which must not leave its holder; give the public one (`openssl pkey -in KEY.pem -pubout`)"
    )]
    PrivateKey,
    /// A PEM block of something else.
    #[error("the file holds `{0}`; expected `PUBLIC KEY` (`openssl pkey -in KEY.pem -pubout`)")]
    OtherContent(String),
    /// The block is not a SubjectPublicKeyInfo (RFC 8410 § 4).
    #[error("the public key file is damaged; take another copy of it")]
    Damaged,
    /// RSA, ECDSA, X25519, …; the algorithm's object identifier.
    #[error(
        "the key's algorithm is {0}, not Ed25519 (1.3.101.112); make a key with `letopis keys new` or `openssl genpkey -algorithm ed25519 -aes256`"
    )]
    OtherAlgorithm(ObjectIdentifier),
    /// Not a key that can be trusted.
    #[error(transparent)]
    Key(#[from] PublicKeyError),
}

/// A private key as a PEM text under a passphrase: PKCS#8 version 1 (version 2 is refused by OpenSSL
/// 3.0 and browsers), PBES2 with PBKDF2-HMAC-SHA256 ([`ROUNDS`]) and AES-256-CBC.
///
/// # Errors
/// When the passphrase is shorter than [`SHORTEST_PASSPHRASE`] characters.
pub fn encrypt(
    key: &SecretKey,
    passphrase: &str,
    rng: &mut impl CryptoRng,
) -> Result<Zeroizing<String>, PassphraseError> {
    let characters = passphrase.chars().count();
    if characters < SHORTEST_PASSPHRASE {
        return Err(PassphraseError::TooShort(characters));
    }
    let (mut salt, mut iv) = ([0; 16], [0; 16]);
    rng.fill_bytes(&mut salt);
    rng.fill_bytes(&mut iv);
    let pem = encrypted_pem(key, passphrase, &salt, iv);
    Ok(pem.expect("32 bytes under a fixed scheme with a 16-byte salt always encrypt and encode"))
}

fn encrypted_pem(
    key: &SecretKey,
    passphrase: &str,
    salt: &[u8; 16],
    iv: [u8; 16],
) -> pkcs8::Result<Zeroizing<String>> {
    let plain = version_1(key)?;
    let scheme = pbes2::Parameters::generate_pbkdf2_sha256_aes256cbc(ROUNDS, salt, iv)?;
    let info: PrivateKeyInfoRef<'_> = plain.decode_msg()?;
    let encrypted = info.encrypt_with_params(scheme, passphrase)?;
    Ok(encrypted.to_pem(ENCRYPTED, LineEnding::LF)?)
}

/// PKCS#8 version 1, the one without public key (RFC 5208).
fn version_1(key: &SecretKey) -> pkcs8::Result<SecretDocument> {
    KeypairBytes { secret_key: *key.seed(), public_key: None }.to_pkcs8_der()
}

/// The private key of a PEM text: our own, or what `openssl genpkey -algorithm ed25519 -aes256`
/// writes; PKCS#8 version 1 or 2, PBES2 with PBKDF2 of any number of rounds up to twenty million.
///
/// # Errors
/// See [`KeyFileError`]; a wrong passphrase is [`KeyFileError::WrongPassphrase`].
pub fn decrypt(pem: &str, passphrase: &str) -> Result<SecretKey, KeyFileError> {
    let pem = without_mark(pem);
    match label(pem).ok_or(KeyFileError::NoPem)? {
        ENCRYPTED => {}
        "PRIVATE KEY" => return Err(KeyFileError::NotEncrypted),
        other => return Err(KeyFileError::OtherContent(other.to_owned())),
    }
    let (_, file) = SecretDocument::from_pem(pem).map_err(|_| KeyFileError::NoPem)?;
    let info: EncryptedPrivateKeyInfoRef<'_> =
        file.decode_msg().map_err(|error| unread(&file, error))?;
    let scheme = readable(&info.encryption_algorithm)?;
    let mut plain = Zeroizing::new(info.encrypted_data.as_bytes().to_vec());
    let plain = scheme.decrypt_in_place(passphrase, &mut plain).map_err(|cause| match cause {
        pkcs5::Error::DecryptFailed => KeyFileError::WrongPassphrase,
        other => KeyFileError::OtherEncryption(other.to_string()),
    })?;
    secret_key(plain)
}

/// A file encrypted in a way the crate has never heard of is not damaged.
fn unread(file: &SecretDocument, error: der::Error) -> KeyFileError {
    let scheme = AnyRef::from_der(file.as_bytes()).and_then(|info| {
        info.sequence(|reader| {
            let scheme: AlgorithmIdentifierRef<'_> = reader.decode()?;
            reader.decode::<&OctetStringRef>().map(|_| scheme.oid)
        })
    });
    match (scheme, error.kind()) {
        (Ok(oid), _) if oid != pbes2::PBES2_OID => KeyFileError::OtherEncryption(oid.to_string()),
        (Ok(_), ErrorKind::OidUnknown { oid }) => KeyFileError::OtherEncryption(oid.to_string()),
        _ => KeyFileError::Damaged,
    }
}

fn readable(scheme: &EncryptionScheme) -> Result<&pbes2::Parameters, KeyFileError> {
    let other = |what: &str| Err(KeyFileError::OtherEncryption(what.to_owned()));
    let Some(parameters) = scheme.pbes2() else { return other("PBES1") };
    match parameters.kdf.pbkdf2() {
        None => other("scrypt"),
        Some(pbkdf2) if pbkdf2.iteration_count > MOST_ROUNDS => {
            other(&format!("PBKDF2 with {} rounds", pbkdf2.iteration_count))
        }
        Some(_) => Ok(parameters),
    }
}

/// The key of a decrypted PrivateKeyInfo. One wrong passphrase in 256 leaves a valid padding, and what
/// it leaves is no PrivateKeyInfo: hence the error.
fn secret_key(plain: &[u8]) -> Result<SecretKey, KeyFileError> {
    let info = PrivateKeyInfoRef::try_from(plain).map_err(|_| KeyFileError::WrongPassphrase)?;
    if info.algorithm.oid != ALGORITHM_OID {
        return Err(KeyFileError::OtherAlgorithm(info.algorithm.oid));
    }
    let mut pair = KeypairBytes::try_from(info).map_err(|_| KeyFileError::Damaged)?;
    let key = SecretKey::from_seed(&pair.secret_key);
    pair.secret_key.zeroize();
    match pair.public_key {
        Some(public) if public.as_ref() != key.public().as_bytes() => {
            Err(KeyFileError::OtherPublicKey)
        }
        _ => Ok(key),
    }
}

/// A public key as PEM `PUBLIC KEY` (SubjectPublicKeyInfo, RFC 8410).
pub fn public_pem(key: &PublicKey) -> String {
    PublicKeyBytes(*key.as_bytes())
        .to_public_key_pem(LineEnding::LF)
        .expect("44 bytes of SubjectPublicKeyInfo always encode")
}

/// The public key of a PEM text, as `openssl pkey -pubout` writes it.
///
/// # Errors
/// See [`PublicFileError`].
pub fn read_public_pem(pem: &str) -> Result<PublicKey, PublicFileError> {
    let pem = without_mark(pem);
    match label(pem).ok_or(PublicFileError::NoPem)? {
        "PUBLIC KEY" => {}
        private if private.ends_with("PRIVATE KEY") => return Err(PublicFileError::PrivateKey),
        other => return Err(PublicFileError::OtherContent(other.to_owned())),
    }
    let (_, file) = der::Document::from_pem(pem).map_err(|_| PublicFileError::NoPem)?;
    let info: SubjectPublicKeyInfoRef<'_> =
        file.decode_msg().map_err(|_| PublicFileError::Damaged)?;
    if info.algorithm.oid != ALGORITHM_OID {
        return Err(PublicFileError::OtherAlgorithm(info.algorithm.oid));
    }
    let key = PublicKeyBytes::from_public_key_der(file.as_bytes())
        .map_err(|_| PublicFileError::Damaged)?;
    Ok(PublicKey::from_bytes(&key.to_bytes())?)
}

/// Editors on Windows put a byte order mark before a text and leave blank lines after it.
fn without_mark(pem: &str) -> &str {
    pem.trim_start_matches('\u{feff}').trim()
}

/// What the first PEM block says it is.
fn label(pem: &str) -> Option<&str> {
    let begin = pem.lines().find_map(|line| line.trim_end().strip_prefix("-----BEGIN "))?;
    begin.strip_suffix("-----")
}

#[cfg(test)]
mod tests;
