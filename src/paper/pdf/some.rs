//! Some sheets of a file that was printed before.

use super::PaperError;
use super::standard::save;
use lopdf::Document;
use std::ops::RangeInclusive;

/// The sheets `range` (from 1) of a file that [`super::render`] made, as they stand there; nothing is laid
/// out anew. A sheet printed on both sides has two sides in the file.
///
/// # Errors
/// When the file is no PDF.
pub fn some_sheets(
    pdf: &[u8],
    range: RangeInclusive<u32>,
    two_sided: bool,
) -> Result<Vec<u8>, PaperError> {
    let mut document = Document::load_mem(pdf).map_err(|e| PaperError::Pdf(e.to_string()))?;
    let sides = if two_sided { 2 } else { 1 };
    let of_sheet = |side: &u32| side.div_ceil(sides);
    let others: Vec<u32> =
        document.get_pages().into_keys().filter(|side| !range.contains(&of_sheet(side))).collect();
    document.delete_pages(&others);
    document.prune_objects();
    save(document)
}
