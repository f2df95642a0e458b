//! Numbers on paper and media: each kind is counted from 1 through the whole archive, and none is ever given twice.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

/// A text is no number from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no number of a {what}; write it like 17")]
pub struct PaperNumberError {
    what: &'static str,
    text: String,
}

macro_rules! counted {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(NonZeroU32);

        impl $name {
            /// The first of an archive.
            pub const FIRST: $name = $name(NonZeroU32::MIN);

            /// The one this many numbers further; `None` after 4,294,967,295.
            pub fn plus(self, numbers: u32) -> Option<$name> {
                self.0.checked_add(numbers).map($name)
            }

            /// The number, at least 1.
            pub fn get(self) -> u32 {
                self.0.get()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = PaperNumberError;

            fn from_str(text: &str) -> Result<Self, PaperNumberError> {
                let digits = text.bytes().all(|b| b.is_ascii_digit());
                let number = digits.then(|| text.parse().ok()).flatten();
                number.map($name).ok_or_else(|| PaperNumberError { what: $what, text: text.to_owned() })
            }
        }
    };
}

counted!(
    /// The number of a paper copy (бумажный экземпляр).
    CopyNumber,
    "paper copy"
);
counted!(
    /// The number of a removable medium (носитель).
    MediumNumber,
    "medium"
);
counted!(
    /// The number of a folder (общая папка).
    FolderNumber,
    "folder"
);
counted!(
    /// The number of a line in the general register (общий реестр).
    LineNumber,
    "line of the general register"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_on_paper_is_a_number_from_1() {
        assert_eq!("17".parse::<CopyNumber>().unwrap().to_string(), "17");
        for text in ["0", "", "+7", "-1", "1.0", "4294967296", "№ 7"] {
            let error = PaperNumberError { what: "medium", text: text.to_owned() };
            assert_eq!(text.parse::<MediumNumber>(), Err(error));
        }
        assert_eq!(LineNumber::FIRST.plus(16), "17".parse().ok());
        assert_eq!(FolderNumber::FIRST.plus(u32::MAX), None);
    }
}
