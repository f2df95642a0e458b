//! Every printed form, and what they are drawn with.
//!
//! A form is written as a list of [`Side`]s: texts, lines and fills at places counted in [`Length`]s from the
//! upper left corner. [`render`] makes a PDF/A-2b file of them. No type of the PDF libraries leaves `pdf`,
//! and the same [`Print`] always gives the same bytes.
//!
//! Texts are checked when they are set, not when they are written: a character the fonts do not have is an
//! error that names the text and its [`Place`], so that the school finds the cell in its own journal.

pub mod blanks;
pub mod class_journal;
pub mod closing;
mod drawing;
mod font;
mod length;
mod letterhead;
mod pdf;
mod place;
mod qr;
pub mod statement;
mod table;
#[cfg(test)]
mod tests;
pub mod wording;
pub mod words;
mod wrap;
mod writing;

pub use drawing::{Direction, Format, Ink, Print, Run, Side};
pub use font::{Face, Printable, Style};
pub use length::{Frame, Length, Point};
pub use letterhead::{Letterhead, Official};
pub use pdf::{render, some_sheets};
pub use place::Place;
pub use qr::draw_qr;
pub use table::{Align, Cell, Column, Flow, Laid, Look, Part, Row, RowKind, Table, Width};
pub use wrap::{fit_box, fit_line, wrap};
pub use writing::{Foot, Margins, SignatureLine, Writing};

/// Why something cannot be printed.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// A character has no glyph in the fonts, or is a control character.
    #[error(
        "{place}: the text «{text}» holds {}, which the printing fonts do not have; \
         replace it in the source journal, or ask for a form without that text",
        named(*character)
    )]
    NoGlyph {
        /// The whole text as it was given.
        text: String,
        /// The character that cannot be printed.
        character: char,
        /// Where the text stands.
        place: String,
    },
    /// One letter is wider than the space for it.
    #[error("{place}: the space is narrower than one letter of «{text}»; print with fewer columns")]
    TooNarrow {
        /// The text that was to stand there.
        text: String,
        /// Where it was to stand.
        place: String,
    },
    /// A row that cannot be split is higher than a side, or a side has no room for a single line.
    #[error(
        "{place}: this is higher than the sheet leaves room for; print in landscape or shorten the text"
    )]
    TooTall {
        /// Which row.
        place: String,
    },
    /// A form gave a row more cells than its table has columns. A fault of the form, not of the journal.
    #[error(
        "{place}: the row has more cells than the table's {columns} columns; the form is wrong"
    )]
    TooManyCells {
        /// Which row.
        place: String,
        /// Columns of the table.
        columns: usize,
    },
    /// The text does not fit a QR code (2,331 bytes at medium correction).
    #[error("{place}: {length} bytes do not fit a QR code; shorten the text")]
    TooLongForQr {
        /// Which code.
        place: String,
        /// Bytes of the text.
        length: usize,
    },
    /// A count that a form writes in words is too large for them.
    #[error("{place}: {cause}; divide the list")]
    Count {
        /// In which form.
        place: String,
        /// Which count.
        cause: words::CountError,
    },
    /// A shipped font could not be cut to the letters used.
    #[error("the font {face} could not be embedded: {cause}; install the program anew")]
    Font {
        /// PostScript name of the face.
        face: &'static str,
        /// What the font library said.
        cause: String,
    },
    /// The PDF library failed.
    #[error("the PDF file could not be written: {0}; report this, it is a fault of the program")]
    Pdf(String),
}

impl PaperError {
    /// The text that cannot be printed, where it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            PaperError::NoGlyph { text, .. } | PaperError::TooNarrow { text, .. } => Some(text),
            _ => None,
        }
    }
}

/// A character with its code, or the code alone when it cannot be seen.
fn named(character: char) -> String {
    let code = u32::from(character);
    if character.is_control() || character.is_whitespace() {
        format!("the character U+{code:04X}")
    } else {
        format!("the character `{character}` (U+{code:04X})")
    }
}
