//! The shipped faces: which characters they have and how wide these are.

use super::{Length, PaperError, Place};
use allsorts::binary::read::ReadScope;
use allsorts::error::{ParseError, ReadWriteError};
use allsorts::font_data::FontData;
use allsorts::tables::cmap::Cmap;
use allsorts::tables::{FontTableProvider as _, HheaTable, HmtxTable, MaxpTable};
use allsorts::tag;
use std::borrow::Cow;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A face of the families PT Sans and PT Serif by ParaType, shipped whole in `templates/fonts/`.
///
/// They have the letters of Russian and of the languages of Russia, Chechen, Tatar, Bashkir and Chuvash among
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

    /// Distance from one base line to the next: 1.2 of the size. All six faces lie within it.
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
    /// Glyph of each character of the basic plane; 0 where there is none.
    glyphs: Vec<u16>,
    /// Advance of each such character, in thousandths of the size.
    advances: Vec<u16>,
    /// Whether a character can be set as it is, without a look at its neighbours.
    plain: Vec<bool>,
}

const FACES: [(Face, &str, &[u8]); 6] = [
    (Face::Sans, "PTSans-Regular", include_bytes!("../../templates/fonts/PTS55F.ttf")),
    (Face::SansBold, "PTSans-Bold", include_bytes!("../../templates/fonts/PTS75F.ttf")),
    (Face::Narrow, "PTSans-Narrow", include_bytes!("../../templates/fonts/PTN57F.ttf")),
    (Face::NarrowBold, "PTSans-NarrowBold", include_bytes!("../../templates/fonts/PTN77F.ttf")),
    (Face::Serif, "PTSerif-Regular", include_bytes!("../../templates/fonts/PTF55F.ttf")),
    (Face::SerifBold, "PTSerif-Bold", include_bytes!("../../templates/fonts/PTF75F.ttf")),
];

static DATA: [LazyLock<FaceData>; 6] = [
    LazyLock::new(|| FaceData::of(0)),
    LazyLock::new(|| FaceData::of(1)),
    LazyLock::new(|| FaceData::of(2)),
    LazyLock::new(|| FaceData::of(3)),
    LazyLock::new(|| FaceData::of(4)),
    LazyLock::new(|| FaceData::of(5)),
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
        let hmtx = tables.read_table_data(tag::HMTX)?;
        let hmtx = ReadScope::new(&hmtx).read_dep::<HmtxTable<'_>>((
            usize::from(maxp.num_glyphs),
            usize::from(hhea.num_h_metrics),
        ))?;
        let cmap = tables.read_table_data(tag::CMAP)?;
        let cmap = ReadScope::new(&cmap).read::<Cmap<'_>>()?;
        let (_, cmap) = allsorts::font::read_cmap_subtable(&cmap)?
            .ok_or(ParseError::MissingTable(tag::CMAP))?;
        let mut glyphs = vec![0; 0x1_0000];
        cmap.mappings_fn(|code, glyph| {
            if let Some(slot) = glyphs.get_mut(code as usize) {
                *slot = glyph;
            }
        })?;
        let advances = glyphs
            .iter()
            .map(|&glyph| if glyph == 0 { Ok(0) } else { hmtx.horizontal_advance(glyph) })
            .collect::<Result<_, ParseError>>()?;
        let plain = (0..).zip(&glyphs).map(|(code, &glyph)| glyph != 0 && is_plain(code)).collect();
        Ok(FaceData { name, bytes, glyphs, advances, plain })
    }

    /// The glyph of a character, if the face has it.
    pub(super) fn glyph(&self, character: char) -> Option<u16> {
        self.glyphs.get(character as usize).copied().filter(|&glyph| glyph != 0)
    }

    /// How far a character moves on, in thousandths of the size. 0 for what the face has not.
    pub(super) fn advance(&self, character: char) -> u16 {
        self.advances.get(character as usize).copied().unwrap_or(0)
    }

    fn is_plain(&self, character: char) -> bool {
        self.plain.get(character as usize).copied().unwrap_or(false)
    }
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
    pub const ALL: [Face; 6] =
        [Face::Sans, Face::SansBold, Face::Narrow, Face::NarrowBold, Face::Serif, Face::SerifBold];

    /// The bold face of the same family.
    pub const fn bold(self) -> Face {
        match self {
            Face::Sans | Face::SansBold => Face::SansBold,
            Face::Narrow | Face::NarrowBold => Face::NarrowBold,
            Face::Serif | Face::SerifBold => Face::SerifBold,
        }
    }

    pub(super) fn data(self) -> &'static FaceData {
        &DATA[self as usize]
    }

    /// Checks a text against the face and makes it fit for one line:
    ///
    /// - line ends, tabs and the various wide and thin spaces become spaces (no-break ones a no-break space);
    /// - letters written with combining marks are composed (NFC): «и» and U+0306 become «й». A mark that has
    ///   no composed letter stays if the face has it: the stress mark U+0301 is the only one;
    /// - what has neither ink nor width is left out: soft hyphens, zero-width characters, marks of direction,
    ///   variation selectors, the byte order mark;
    /// - everything else must have a glyph. Control characters have none.
    ///
    /// # Errors
    /// [`PaperError::NoGlyph`] with the text as given.
    pub fn printable(self, text: &str, place: &Place<'_>) -> Result<Printable, PaperError> {
        let data = self.data();
        let set = if text.chars().all(|c| data.is_plain(c)) {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(text.chars().filter_map(replaced).nfc().collect())
        };
        if let Some(character) = set.chars().find(|&c| data.glyph(c).is_none()) {
            let (text, place) = (text.to_owned(), place.to_string());
            return Err(PaperError::NoGlyph { text, character, place });
        }
        Ok(Printable { face: self, text: set.into() })
    }
}

/// A text on one line that its face can set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printable {
    face: Face,
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
        let data = self.face.data();
        self.text.chars().map(|c| i32::from(data.advance(c))).sum()
    }

    /// A part of this text, given by bytes on letter borders, without spaces at its ends.
    pub(super) fn cut(&self, from: usize, to: usize) -> Printable {
        Printable { face: self.face, text: self.text[from..to].trim_matches(' ').into() }
    }
}
