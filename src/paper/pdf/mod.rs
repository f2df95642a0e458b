//! The one back end: a [`Print`] into the bytes of a PDF/A-2b file (ISO 19005-2), with printpdf and lopdf.
//!
//! printpdf writes pages and fonts; what makes the file a PDF/A is put in afterwards (`standard`), because
//! printpdf's own switch leaves the metadata out and names a wrong output intent.

mod content;
mod fonts;
mod some;
mod standard;

pub use some::some_sheets;

use super::font::Face;
use super::{PaperError, Print};
use printpdf::{PdfDocument, PdfSaveOptions};

/// Part of ISO 19005 that a file conforms to, at level B.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// PDF/A-1b: only so that tests can hold a file against PDFBox preflight, which knows no other part.
    #[cfg(test)]
    One,
    /// PDF/A-2b: what is kept.
    Two,
}

impl Part {
    /// Whether every subset needs a list of its codes (ISO 19005-1, 6.3.5; part 2 asks for none).
    fn lists_codes(self) -> bool {
        self != Part::Two
    }
}

/// Renders a form as PDF/A-2b. The same form gives the same bytes.
///
/// # Errors
/// [`PaperError::Font`] and [`PaperError::Pdf`], neither of which the content of a form can bring about.
pub fn render(print: &Print) -> Result<Vec<u8>, PaperError> {
    render_as(print, Part::Two)
}

pub(super) fn render_as(print: &Print, part: Part) -> Result<Vec<u8>, PaperError> {
    let mut used: [Vec<char>; Face::ALL.len()] = Default::default();
    for run in print.sides.iter().flat_map(|side| &side.runs) {
        for (face, text) in run.text.segments() {
            used[face as usize].extend(text.chars());
        }
    }
    let mut document = PdfDocument::new("");
    let mut embedded = Vec::new();
    for (face, mut characters) in Face::ALL.into_iter().zip(used) {
        characters.sort_unstable();
        characters.dedup();
        if !characters.is_empty() {
            let subset = fonts::Subset::of(face, &characters)?;
            document.resources.fonts.map.insert(fonts::id(face), subset.font());
            embedded.push(subset);
        }
    }
    document.pages = print.sides.iter().map(content::page).collect();
    let mut warnings = Vec::new();
    let options = PdfSaveOptions { subset_fonts: false, ..PdfSaveOptions::default() };
    let document = printpdf::serialize::to_lopdf_doc(&document, &options, &mut warnings);
    if let Some(warning) = warnings.first() {
        return Err(PaperError::Pdf(warning.msg.clone()));
    }
    standard::finish(document, print, &embedded, part)
}
