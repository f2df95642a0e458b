//! Salts: 16 random bytes that keep a digest from being guessed back.

use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};

/// 16 random bytes, written as 32 hexadecimal digits. Every salt is drawn by itself; none is derived
/// from another or from a common secret, so that disclosing one tells nothing about the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Salt([u8; 16]);

/// A text is not 32 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a salt is 32 lower-case hexadecimal digits")]
pub struct SaltError;

impl Salt {
    /// A fresh salt.
    pub fn random(rng: &mut impl CryptoRng) -> Salt {
        let mut bytes = [0; 16];
        rng.fill_bytes(&mut bytes);
        Salt(bytes)
    }
}

impl TryFrom<String> for Salt {
    type Error = SaltError;
    fn try_from(text: String) -> Result<Self, SaltError> {
        let mut bytes = [0; 16];
        hex::decode_to_slice(&text, &mut bytes).map_err(|_| SaltError)?;
        if hex::encode(bytes) == text { Ok(Salt(bytes)) } else { Err(SaltError) }
    }
}

impl From<Salt> for String {
    fn from(salt: Salt) -> String {
        hex::encode(salt.0)
    }
}
