//! The shipped faces: which characters they have and how wide these are.

use super::{Length, PaperError, Place};
use allsorts::binary::read::ReadScope;
use allsorts::error::{ParseError, ReadWriteError};
use allsorts::font_data::FontData;
use allsorts::tables::cmap::Cmap;
use allsorts::tables::{FontTableProvider as _, HeadTable, HheaTable, HmtxTable, MaxpTable};
use allsorts::tag;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A face shipped whole in `templates/fonts/`: the families PT Sans and PT Serif by ParaType, which forms are
/// set in, and DejaVu Sans, which lends them single characters.
///
/// All have the letters of Russian and of the languages of Russia, Chechen, Tatar, Bashkir and Chuvash among
/// them; a test holds them to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    /// PT Sans: forms and tables.
    Sans,
    /// PT Sans Bold: headings.
    SansBold,
    /// PT Sans Narrow: dense grids.
    Narrow,
    /// PT Sans Narrow Bold: headings of dense grids.
    NarrowBold,
    /// PT Serif: running text of acts.
    Serif,
    /// PT Serif Bold.
    SerifBold,
    /// DejaVu Sans: what the others lack of Greek, mathematics, arrows and signs. No form is set in it; a
    /// character of it stands in the midst of another face.
    Symbols,
    /// DejaVu Sans Bold.
    SymbolsBold,
}

/// A face and a size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// The face.
    pub face: Face,
    /// Size of the letters (em).
    pub size: Length,
}

impl Style {
    /// A face in a size.
    pub const fn new(face: Face, size: Length) -> Style {
        Style { face, size }
    }

    /// Distance from one base line to the next: 1.2 of the size. The letters of all faces lie within it; a few
    /// high signs of DejaVu Sans («∫») reach over it by less than a tenth of the size.
    pub const fn leading(self) -> Length {
        self.size.part(12, 10)
    }

    /// From the top of a line to its base line: 0.92 of the size; «Ӑ», the highest letter, takes 0.91.
    pub const fn ascent(self) -> Length {
        self.size.part(92, 100)
    }
}

/// What a face is known by in the back end.
pub(super) struct FaceData {
    /// PostScript name.
    pub(super) name: &'static str,
    /// The font file.
    pub(super) bytes: &'static [u8],
    units_per_em: u16,
    /// Glyph of each character up to the highest one it has; 0 where there is none.
    glyphs: Vec<u16>,
    /// Advance of each such character, in whole thousandths of the size.
    advances: Vec<u16>,
    /// Whether a character can be set as it is, without a look at its neighbours.
    plain: Vec<bool>,
}

const FACES: [(Face, &str, &[u8]); 8] = [
    (Face::Sans, "PTSans-Regular", include_bytes!("../../templates/fonts/PTS55F.ttf")),
    (Face::SansBold, "PTSans-Bold", include_bytes!("../../templates/fonts/PTS75F.ttf")),
    (Face::Narrow, "PTSans-Narrow", include_bytes!("../../templates/fonts/PTN57F.ttf")),
    (Face::NarrowBold, "PTSans-NarrowBold", include_bytes!("../../templates/fonts/PTN77F.ttf")),
    (Face::Serif, "PTSerif-Regular", include_bytes!("../../templates/fonts/PTF55F.ttf")),
    (Face::SerifBold, "PTSerif-Bold", include_bytes!("../../templates/fonts/PTF75F.ttf")),
    (Face::Symbols, "DejaVuSans", include_bytes!("../../templates/fonts/DejaVuSans.ttf")),
    (
        Face::SymbolsBold,
        "DejaVuSans-Bold",
        include_bytes!("../../templates/fonts/DejaVuSans-Bold.ttf"),
    ),
];

static DATA: [LazyLock<FaceData>; 8] = [
    LazyLock::new(|| FaceData::of(0)),
    LazyLock::new(|| FaceData::of(1)),
    LazyLock::new(|| FaceData::of(2)),
    LazyLock::new(|| FaceData::of(3)),
    LazyLock::new(|| FaceData::of(4)),
    LazyLock::new(|| FaceData::of(5)),
    LazyLock::new(|| FaceData::of(6)),
    LazyLock::new(|| FaceData::of(7)),
];

impl FaceData {
    fn of(index: usize) -> FaceData {
        let (_, name, bytes) = FACES[index];
        FaceData::read(name, bytes).expect("the shipped fonts are read by a test")
    }

    fn read(name: &'static str, bytes: &'static [u8]) -> Result<FaceData, ReadWriteError> {
        let font = ReadScope::new(bytes).read::<FontData<'_>>()?;
        let tables = font.table_provider(0)?;
        let maxp = ReadScope::new(&tables.read_table_data(tag::MAXP)?).read::<MaxpTable>()?;
        let hhea = ReadScope::new(&tables.read_table_data(tag::HHEA)?).read::<HheaTable>()?;
        let head = ReadScope::new(&tables.read_table_data(tag::HEAD)?).read::<HeadTable>()?;
        let hmtx = tables.read_table_data(tag::HMTX)?;
        let hmtx = ReadScope::new(&hmtx).read_dep::<HmtxTable<'_>>((
            usize::from(maxp.num_glyphs),
            usize::from(hhea.num_h_metrics),
        ))?;
        let glyphs = glyphs(&tables.read_table_data(tag::CMAP)?)?;
        let units_per_em = head.units_per_em;
        let advance = |&glyph: &u16| match glyph {
            0 => Ok(0),
            glyph => Ok(thousandths(hmtx.horizontal_advance(glyph)?, units_per_em)),
        };
        let advances = glyphs.iter().map(advance).collect::<Result<_, ParseError>>()?;
        let plain = (0..).zip(&glyphs).map(|(code, &glyph)| glyph != 0 && is_plain(code)).collect();
        Ok(FaceData { name, bytes, units_per_em, glyphs, advances, plain })
    }

    /// The glyph of a character, if the face has it.
    pub(super) fn glyph(&self, character: char) -> Option<u16> {
        self.glyphs.get(character as usize).copied().filter(|&glyph| glyph != 0)
    }

    /// How far a character moves on, in thousandths of the size. 0 for what the face has not.
    pub(super) fn advance(&self, character: char) -> u16 {
        self.advances.get(character as usize).copied().unwrap_or(0)
    }

    /// The same in the font's own units, so that dividing again gives the same thousandths.
    pub(super) fn advance_in_units(&self, character: char) -> u16 {
        let units = u32::from(self.advance(character)) * u32::from(self.units_per_em);
        units.div_ceil(1000) as u16
    }

    fn is_plain(&self, character: char) -> bool {
        self.plain.get(character as usize).copied().unwrap_or(false)
    }
}

/// Whole thousandths, as the widths in a PDF file are.
fn thousandths(advance: u16, units_per_em: u16) -> u16 {
    (u32::from(advance) * 1000 / u32::from(units_per_em.max(1))) as u16
}

/// Glyphs by character, from a font's `cmap`.
fn glyphs(cmap: &[u8]) -> Result<Vec<u16>, ReadWriteError> {
    let cmap = ReadScope::new(cmap).read::<Cmap<'_>>()?;
    let (_, cmap) =
        allsorts::font::read_cmap_subtable(&cmap)?.ok_or(ParseError::MissingTable(tag::CMAP))?;
    let mut glyphs = Vec::new();
    cmap.mappings_fn(|code, glyph| {
        let code = code as usize;
        // Fonts map U+FFFF and what lies above the planes of scripts and signs to nothing of use.
        if code < 0x2_0000 {
            glyphs.resize(glyphs.len().max(code + 1), 0);
            glyphs[code] = glyph;
        }
    })?;
    Ok(glyphs)
}

/// A character that stands for itself: visible or a usual space, not combining, composed already.
fn is_plain(code: u32) -> bool {
    char::from_u32(code).is_some_and(|c| {
        replaced(c) == Some(c) && !is_combining_mark(c) && std::iter::once(c).nfc().eq([c])
    })
}

/// What is set for a character; `None` leaves it out.
fn replaced(character: char) -> Option<char> {
    match character {
        '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{2007}' | '\u{202F}' => Some('\u{A0}'),
        '\u{2000}'..='\u{2006}' | '\u{2008}'..='\u{200A}' | '\u{205F}' | '\u{3000}' => Some(' '),
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => None,
        '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' => None,
        other => Some(other),
    }
}

impl Face {
    /// All faces.
    pub const ALL: [Face; 8] = [
        Face::Sans,
        Face::SansBold,
        Face::Narrow,
        Face::NarrowBold,
        Face::Serif,
        Face::SerifBold,
        Face::Symbols,
        Face::SymbolsBold,
    ];

    /// The bold face of the same family.
    pub const fn bold(self) -> Face {
        match self {
            Face::Sans | Face::SansBold => Face::SansBold,
            Face::Narrow | Face::NarrowBold => Face::NarrowBold,
            Face::Serif | Face::SerifBold => Face::SerifBold,
            Face::Symbols | Face::SymbolsBold => Face::SymbolsBold,
        }
    }

    /// Where a character is looked for that this face lacks, in this order.
    const fn lenders(self) -> &'static [Face] {
        match self {
            Face::Sans | Face::Narrow | Face::Serif => &[Face::Symbols],
            Face::SansBold | Face::NarrowBold | Face::SerifBold => {
                &[Face::SymbolsBold, Face::Symbols]
            }
            Face::Symbols => &[],
            Face::SymbolsBold => &[Face::Symbols],
        }
    }

    /// The face that has a character: this one, or one that lends it.
    fn holder(self, character: char) -> Option<Face> {
        let has = |face: &Face| face.data().glyph(character).is_some();
        if has(&self) { Some(self) } else { self.lenders().iter().copied().find(has) }
    }

    pub(super) fn data(self) -> &'static FaceData {
        &DATA[self as usize]
    }

    /// Checks a text against the face and makes it fit for one line:
    ///
    /// - line ends, tabs and the various wide and thin spaces become spaces (no-break ones a no-break space);
    /// - letters written with combining marks are composed (NFC): «и» and U+0306 become «й». A mark that has
    ///   no composed letter stays where it was written, as the stress mark U+0301 does;
    /// - what has neither ink nor width is left out: soft hyphens, zero-width characters, marks of direction,
    ///   variation selectors, the byte order mark;
    /// - a character the face lacks is borrowed from DejaVu Sans, upright and not narrowed: «∠ABC → λ ✓»;
    /// - everything else must have a glyph. Control characters and most emoji have none.
    ///
    /// # Errors
    /// [`PaperError::NoGlyph`] with the text as given.
    pub fn printable(self, text: &str, place: &Place<'_>) -> Result<Printable, PaperError> {
        let data = self.data();
        if text.chars().all(|c| data.is_plain(c)) {
            return Ok(Printable { face: self, borrows: false, text: text.into() });
        }
        let set: String = text.chars().filter_map(replaced).nfc().collect();
        let mut borrows = false;
        for character in set.chars() {
            match self.holder(character) {
                Some(face) => borrows |= face != self,
                None => {
                    let (text, place) = (text.to_owned(), place.to_string());
                    return Err(PaperError::NoGlyph { text, character, place });
                }
            }
        }
        Ok(Printable { face: self, borrows, text: set.into() })
    }
}

/// A text on one line that its face can set, single characters borrowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printable {
    face: Face,
    /// Some characters stand in a lender's face.
    borrows: bool,
    text: Box<str>,
}

impl Printable {
    /// Its face.
    pub fn face(&self) -> Face {
        self.face
    }

    /// The text as it is set, and as `pdftotext` gives it back.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// How wide it is in a size.
    pub fn width(&self, size: Length) -> Length {
        size.part(self.units(), 1000)
    }

    /// Sum of the advances, in thousandths of the size.
    pub(super) fn units(&self) -> i32 {
        if self.borrows {
            return self.text.chars().map(|c| i32::from(self.advance(c))).sum();
        }
        let data = self.face.data();
        self.text.chars().map(|c| i32::from(data.advance(c))).sum()
    }

    /// How far a character of this text moves on, in thousandths of the size.
    pub(super) fn advance(&self, character: char) -> u16 {
        let face = if self.borrows { self.holder(character) } else { self.face };
        face.data().advance(character)
    }

    fn holder(&self, character: char) -> Face {
        self.face.holder(character).unwrap_or(self.face)
    }

    /// The text cut where the face changes, in order.
    pub(super) fn segments(&self) -> impl Iterator<Item = (Face, &str)> {
        let mut rest = &*self.text;
        std::iter::from_fn(move || {
            let face = if self.borrows { self.holder(rest.chars().next()?) } else { self.face };
            let other = |&(_, c): &(usize, char)| self.borrows && self.holder(c) != face;
            let end = rest.char_indices().find(other).map_or(rest.len(), |(at, _)| at);
            let (segment, after) = rest.split_at(end);
            rest = after;
            (!segment.is_empty()).then_some((face, segment))
        })
    }

    /// A part of this text, given by bytes on letter borders, without spaces at its ends.
    pub(super) fn cut(&self, from: usize, to: usize) -> Printable {
        let text = self.text[from..to].trim_matches(' ').into();
        Printable { face: self.face, borrows: self.borrows, text }
    }
}
