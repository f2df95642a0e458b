//! Random ids of an archive and what belongs to it: 16 bytes, written as 32 lower-case hexadecimal
//! digits (`docs/formats.md` § 0). They say nothing about what they name.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A text is not 32 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no id; it must be 32 lower-case hexadecimal digits")]
pub struct IdError(String);

fn read(text: &str) -> Result<[u8; 16], IdError> {
    let mut bytes = [0; 16];
    let lower = !text.bytes().any(|b| b.is_ascii_uppercase());
    match hex::decode_to_slice(text, &mut bytes) {
        Ok(()) if lower => Ok(bytes),
        _ => Err(IdError(text.to_owned())),
    }
}

macro_rules! random_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name([u8; 16]);

        impl $name {
            /// A new id; 128 random bits, so that no two archives ever meet with the same one.
            pub fn random(rng: &mut impl rand_core::Rng) -> $name {
                let mut bytes = [0; 16];
                rng.fill_bytes(&mut bytes);
                $name(bytes)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                read(text).map($name)
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.to_string()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    };
}

random_id!(
    /// One archive, that is one school.
    ArchiveId
);
random_id!(
    /// One full copy of an archive (место хранения).
    LocationId
);
random_id!(
    /// A document: an act, a roster, a plan in force.
    DocumentId
);
random_id!(
    /// A member of the staff, whatever the source systems call them; the roster maps it to a name.
    StaffId
);
