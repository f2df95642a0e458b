//! Ids of the source system: text, never numbers (they can have 19 digits).

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a text is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Nothing there.
    #[error("an id is empty")]
    Empty,
    /// Longer than 64 characters.
    #[error("an id is longer than 64 characters")]
    TooLong,
    /// Control characters would break lines and logs.
    #[error("an id holds a control character")]
    Control,
}

fn checked(text: &str) -> Result<(), IdError> {
    if text.is_empty() {
        return Err(IdError::Empty);
    }
    if text.chars().count() > 64 {
        return Err(IdError::TooLong);
    }
    if text.chars().any(char::is_control) {
        return Err(IdError::Control);
    }
    Ok(())
}

macro_rules! source_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// The text as the source wrote it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                checked(&text)?;
                Ok($name(text))
            }
        }

        impl std::str::FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                $name::try_from(text.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

source_id!(
    /// A pupil's id in the source, 1–64 characters.
    PupilId
);
source_id!(
    /// A teacher's (or other staff member's) id in the source, 1–64 characters.
    PersonId
);
source_id!(
    /// A lesson's id in the source, 1–64 characters.
    LessonId
);
