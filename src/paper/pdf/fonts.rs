//! Cutting a face to the characters used.

use super::super::PaperError;
use super::super::font::Face;
use allsorts::binary::read::ReadScope;
use allsorts::font_data::FontData;
use allsorts::subset::{CmapTarget, SubsetProfile, subset};
use printpdf::{FontId, ParsedFont, PdfFont};
use std::collections::BTreeMap;

/// The name a face has in the pages' resources.
pub(super) fn id(face: Face) -> FontId {
    FontId(format!("P{}", face as usize))
}

/// A face cut to some characters. Character codes in the file (CIDs) count the characters from 1; several
/// characters that share one glyph have codes of their own, so that each is extracted as itself.
pub(super) struct Subset {
    font: ParsedFont,
    /// Glyph of the embedded font for each code, the first for code 0.
    glyphs: Vec<u16>,
}

impl Subset {
    /// Characters in order, each once, all of which the face has.
    pub(super) fn of(face: Face, characters: &[char]) -> Result<Subset, PaperError> {
        let data = face.data();
        let (mut kept, mut glyphs) = (vec![0], vec![0]);
        let mut numbers = BTreeMap::from([(0, 0)]);
        for &character in characters {
            let glyph = data.glyph(character).unwrap_or(0);
            let number = *numbers.entry(glyph).or_insert_with(|| {
                kept.push(glyph);
                kept.len() as u16 - 1
            });
            glyphs.push(number);
        }
        let failed = |cause: String| PaperError::Font { face: data.name, cause };
        let file = ReadScope::new(data.bytes)
            .read::<FontData<'_>>()
            .map_err(|cause| failed(cause.to_string()))?;
        let tables = file.table_provider(0).map_err(|cause| failed(cause.to_string()))?;
        let bytes = subset(&tables, &kept, &SubsetProfile::Pdf, CmapTarget::Unicode)
            .map_err(|cause| failed(cause.to_string()))?;
        let mut font = ParsedFont::from_bytes(&bytes, 0, &mut Vec::new())
            .ok_or_else(|| failed("the cut font cannot be read".to_owned()))?;
        let codes = || (1..).zip(characters);
        font.codepoint_to_glyph = codes().map(|(code, &c)| (u32::from(c), code)).collect();
        font.glyph_widths = codes().map(|(code, &c)| (code, data.advance_in_units(c))).collect();
        font.font_name = Some(format!("{}+{}", tag(face, characters), data.name));
        Ok(Subset { font, glyphs })
    }

    /// The font as printpdf takes it.
    pub(super) fn font(&self) -> PdfFont {
        PdfFont::new(self.font.clone())
    }

    /// The name in the file, with the tag of a subset.
    pub(super) fn name(&self) -> &str {
        self.font.font_name.as_deref().unwrap_or_default()
    }

    /// Glyphs by code, as a `CIDToGIDMap` (ISO 32000-1, 9.7.4.2).
    pub(super) fn glyph_map(&self) -> Vec<u8> {
        self.glyphs.iter().flat_map(|glyph| glyph.to_be_bytes()).collect()
    }

    /// One bit for each code, all set, as a `CIDSet` (ISO 32000-1, 9.8.3.2).
    pub(super) fn code_set(&self) -> Vec<u8> {
        let bit = |set: &mut Vec<u8>, code: usize| set[code / 8] |= 0x80 >> (code % 8);
        let mut set = vec![0; self.glyphs.len().div_ceil(8)];
        (0..self.glyphs.len()).for_each(|code| bit(&mut set, code));
        set
    }
}

/// Six letters that differ between subsets (ISO 32000-1, 9.6.4).
fn tag(face: Face, characters: &[char]) -> String {
    let text: String = characters.iter().collect();
    let digest = crate::digest::Digest::of_parts(&[&[face as u8], text.as_bytes()]);
    digest.as_bytes().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}
