//! Blank forms stitched into the copy and filled by hand.

use super::ClassJournal;
use super::frame::{Heads, UNSIGNED};
use super::section::Section;
use crate::paper::blanks::{BlankRow, numbered, sides};
use crate::paper::{Format, PaperError};
use crate::register::SheetKind;

/// Rows of a blank form when the journal names no pupils.
const ROWS: u32 = 30;

/// «Общие сведения об обучающихся» and «листок здоровья», with the names of the class.
pub(super) fn sections(form: &ClassJournal<'_>) -> Result<Vec<Section>, PaperError> {
    let names: Vec<String> = form.journal.pupils.iter().map(|pupil| pupil.full_name()).collect();
    let rows: Vec<BlankRow<'_>> = match names.is_empty() {
        true => numbered(ROWS),
        false => (1..)
            .zip(&names)
            .map(|(number, name)| BlankRow { number, name: Some(name.as_str()) })
            .collect(),
    };
    let (blanks, titled) = (&form.wording.blanks, form.titled());
    let section = |blank| {
        let heads = Heads {
            // The form's own heading stands in the body.
            subject: String::new(),
            teacher: String::new(),
            statement: None,
            signer: Default::default(),
        };
        let sides = sides(blank, &titled, &rows, Format::Portrait, UNSIGNED)?;
        let name = blank.heading.fill(&titled);
        Ok(Section { kind: SheetKind::Blank, page: None, name, heads, sides })
    };
    [&blanks.general, &blanks.health].into_iter().map(section).collect()
}
