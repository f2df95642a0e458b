//! What the QR code of a sheet says (`docs/formats.md` § 3).

use super::{ArchiveId, CopyNumber};
use crate::digest::Digest;
use std::fmt;
use std::str::FromStr;

/// The text of a sheet's QR code: `LETOPIS:<archive id>/<copy>/<sheet>/<page digest>`, in capitals, with `-` for the
/// digest on a sheet that shows no page. It claims something; what is so only the register knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SheetCode {
    /// Whose archive.
    pub archive: ArchiveId,
    /// Number of the paper copy.
    pub copy: CopyNumber,
    /// Number of the sheet in the copy, from 1.
    pub sheet: u32,
    /// Digest of the page it shows.
    pub digest: Option<Digest>,
}

/// A text is no code of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no code of a sheet; it reads LETOPIS:ARCHIVE/COPY/SHEET/DIGEST, scan it once more"
)]
pub struct SheetCodeError(String);

impl SheetCodeError {
    /// The most characters of a text that is shown again.
    const SHOWN: usize = 160;

    fn of(text: &str) -> SheetCodeError {
        SheetCodeError(text.chars().filter(|c| !c.is_control()).take(Self::SHOWN).collect())
    }
}

impl fmt::Display for SheetCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SheetCode { archive, copy, sheet, digest } = self;
        let digest = digest.map_or("-".to_owned(), |digest| digest.to_string());
        // Capitals: all of it is then in QR's alphanumeric mode.
        f.write_str(&format!("LETOPIS:{archive}/{copy}/{sheet}/{digest}").to_uppercase())
    }
}

impl FromStr for SheetCode {
    type Err = SheetCodeError;

    /// Small letters do as well: a scanner types as its keyboard is set.
    fn from_str(text: &str) -> Result<Self, SheetCodeError> {
        let read = |text: &str| {
            let lower = text.to_ascii_lowercase();
            let mut parts = lower.strip_prefix("letopis:")?.split('/');
            let archive = parts.next()?.parse().ok()?;
            let copy = parts.next()?.parse().ok()?;
            let sheet = parts.next()?.parse().ok().filter(|sheet| *sheet > 0)?;
            let digest = match parts.next()? {
                "-" => None,
                digest => Some(digest.parse().ok()?),
            };
            Some(SheetCode { archive, copy, sheet, digest })
        };
        // One form only: no leading zeros, signs or further parts.
        let one_form = |code: &SheetCode| code.to_string() == text.to_ascii_uppercase();
        read(text).filter(one_form).ok_or_else(|| SheetCodeError::of(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "LETOPIS:6F1C2A528C1E4C539D5E0A4A8D0F3B11/7/12/-";

    #[test]
    fn the_code_of_a_sheet_reads_as_it_is_written() {
        let digest = Digest::of(b"page");
        let code: SheetCode = TEXT.parse().unwrap();
        assert_eq!((code.copy.get(), code.sheet, code.digest), (7, 12, None));
        for code in [code, SheetCode { digest: Some(digest), ..code }] {
            let text = code.to_string();
            assert_eq!(text, text.to_uppercase());
            assert_eq!(text.parse(), Ok(code));
            assert_eq!(text.to_lowercase().parse(), Ok(code));
        }
    }

    #[test]
    fn any_other_text_is_no_code() {
        let digest = Digest::of(b"page").to_string();
        for text in [
            String::new(),
            "https://example.org/".to_owned(),
            TEXT.replace("/7/", "/0/"),
            TEXT.replace("/7/", "/07/"),
            TEXT.replace("/12/", "/0/"),
            TEXT.replace("/12/", "/+12/"),
            TEXT.replace("/12/", "/4294967296/"),
            TEXT.replace("/-", "/"),
            TEXT.replace("/-", ""),
            TEXT.replace('-', &digest[1..]),
            format!("{TEXT}/"),
            format!("{TEXT} "),
            TEXT.replace("6F1C", "6F1"),
        ] {
            assert_eq!(text.parse::<SheetCode>(), Err(SheetCodeError(text.clone())), "{text}");
        }
        let long = "Ы".repeat(1000);
        assert!(long.parse::<SheetCode>().unwrap_err().to_string().len() < 500);
    }
}
