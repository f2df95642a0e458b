//! What does not fit the cells of a grid, below it.

use crate::journal::Pupil;
use crate::paper::{Align, Face, Length, PaperError, Place, Style, Writing};

/// Notes in the order of the page.
pub(super) type Notes = Vec<Note>;

/// One note about a pupil.
#[derive(Debug)]
pub(super) struct Note {
    pupil: String,
    text: String,
}

impl Note {
    /// About a pupil, who is named as in the grid.
    pub(super) fn about(pupil: &Pupil, text: String) -> Note {
        let number = pupil.number.map(|number| format!("№ {number} ")).unwrap_or_default();
        Note { pupil: format!("{number}{}", pupil.surname), text }
    }
}

/// Writes them as small paragraphs.
pub(super) fn write(
    writing: &mut Writing,
    notes: &[Note],
    place: &Place<'_>,
) -> Result<(), PaperError> {
    let style = Style::new(Face::Sans, Length::pt(8));
    for note in notes {
        let text = format!("{}. {}", note.pupil, note.text);
        writing.text(style, Align::Left, &text, &place.at(&note.pupil))?;
    }
    Ok(())
}
