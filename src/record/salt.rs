//! Salts: 16 random bytes that keep a digest from being guessed back.

use crate::digest::written;
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize, Serializer};

/// 16 random bytes, written as 32 hexadecimal digits. Every salt is drawn by itself; none is derived
/// from another or from a common secret, so that disclosing one tells nothing about the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
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

    /// The 16 bytes.
    pub(super) fn as_bytes(&self) -> &[u8; 16] {
        &self.0
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

/// The member that carries a text's salt.
const MEMBER: &[u8] = b"\"salt\":\"";

impl Salt {
    /// The salt that a canonical text of this crate carries. No other member of such a text is called
    /// `salt`, and inside a string the quotes would be escaped: any match is the member. It stands near
    /// the end, so the search begins there.
    pub(super) fn carried_by(text: &[u8]) -> Option<Salt> {
        let start = memchr::memmem::rfind(text, MEMBER)? + MEMBER.len();
        let digits = text.get(start..start + 32)?;
        let mut bytes = [0; 16];
        hex::decode_to_slice(digits, &mut bytes).ok()?;
        Some(Salt(bytes))
    }
}

impl Serialize for Salt {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(written(&self.0, &mut [0; 32]))
    }
}
