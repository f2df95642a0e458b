//! `blanks.toml`: sheets that are filled by hand and stitched in (R4 4.4).

use super::journal::Titled;
use crate::paper::wording::Text;

form! {
    /// A table to be filled by hand.
    pub struct Blank {
        /// Heading.
        heading: Text<Titled>,
        /// Heads of the columns; names are printed in the second.
        columns: Vec<String>,
        /// Below the table.
        note: String,
    }
}

form! {
    /// `blanks.toml`.
    pub struct Blanks {
        /// «Общие сведения об обучающихся».
        general: Blank,
        /// «Листок здоровья», filled by medical staff.
        health: Blank,
    }
}
