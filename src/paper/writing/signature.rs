//! Lines for signatures by hand.

use super::Writing;
use crate::paper::wording::forms::Captions;
use crate::paper::{
    Direction, Face, Ink, Length, PaperError, Place, Point, Printable, Run, Style, fit_line, wrap,
};

/// A line for a signature by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignatureLine<'a> {
    /// Who signs: «Директор».
    pub role: &'a str,
    /// Name in the form a signature is written out with, when it is known.
    pub name: Option<&'a str>,
    /// Whether the seal stands beside it.
    pub seal: bool,
}

/// Hundredths of the width: the role, then from where to where signature, name and date are written.
const ROLE: i32 = 31;
const SIGNATURE: (i32, i32) = (33, 53);
const NAME: (i32, i32) = (55, 80);
const DATE: (i32, i32) = (82, 100);

/// Room above a line, so that a hand can write on it.
const TO_WRITE: Length = Length::mm(3);

/// Room below a line with «М.П.»; seals have 38 to 42 mm across, half of one lies over the signature.
const FOR_THE_SEAL: Length = Length::mm(14);

/// A text over a line, in the lines it needs, the last of which stands on the line.
struct Above {
    style: Style,
    lines: Vec<Printable>,
}

impl Above {
    /// On one line if letters of at least four fifths of the size allow it, otherwise wrapped.
    fn set(
        style: Style,
        width: Length,
        text: &str,
        place: &Place<'_>,
    ) -> Result<Above, PaperError> {
        let text = style.face.printable(text, place)?;
        let least = style.size.part(8, 10);
        Ok(match fit_line(&text, width, least..=style.size) {
            Some(size) => Above { style: Style { size, ..style }, lines: vec![text] },
            None => {
                let lines = wrap(&text, least, width, place)?;
                Above { style: Style { size: least, ..style }, lines }
            }
        })
    }

    fn height(&self) -> Length {
        self.style.leading() * self.lines.len() as i32
    }
}

impl Writing {
    /// A line for a signature: role, place for the signature, name, date; captions below. It is never parted.
    ///
    /// # Errors
    /// When a character has no glyph.
    pub fn signature(
        &mut self,
        line: &SignatureLine<'_>,
        captions: &Captions,
        style: Style,
        place: &Place<'_>,
    ) -> Result<(), PaperError> {
        self.signatures(std::slice::from_ref(line), captions, style, place)
    }

    /// Lines for signatures, one below the other, all on one side if a side holds them.
    ///
    /// # Errors
    /// When a character has no glyph.
    pub fn signatures(
        &mut self,
        lines: &[SignatureLine<'_>],
        captions: &Captions,
        style: Style,
        place: &Place<'_>,
    ) -> Result<(), PaperError> {
        let laid = lines.iter().map(|line| Laid::new(line, captions, style, self.width(), place));
        let laid = laid.collect::<Result<Vec<_>, _>>()?;
        self.keep(laid.iter().map(Laid::height).sum());
        for line in &laid {
            self.keep(line.height());
            line.draw(self);
            self.down += line.height();
        }
        Ok(())
    }
}

/// A measured line for a signature.
struct Laid {
    width: Length,
    style: Style,
    role: Above,
    name: Above,
    /// Captions with the part of the width they stand under.
    captions: [(Printable, (i32, i32)); 3],
    small: Style,
    seal: Option<Printable>,
}

impl Laid {
    fn new(
        line: &SignatureLine<'_>,
        captions: &Captions,
        style: Style,
        width: Length,
        place: &Place<'_>,
    ) -> Result<Laid, PaperError> {
        let place = place.at(line.role);
        let small = Style::new(style.face, style.size.part(7, 10));
        let caption =
            |text: &str, under| Ok::<_, PaperError>((small.face.printable(text, &place)?, under));
        let wide = |(from, to): (i32, i32)| width.part(to - from, 100);
        let seal = Style::new(Face::Sans, style.size).face.printable(&captions.seal, &place)?;
        Ok(Laid {
            width,
            style,
            role: Above::set(style, width.part(ROLE, 100), line.role, &place)?,
            name: Above::set(style, wide(NAME), line.name.unwrap_or(""), &place)?,
            captions: [
                caption(&captions.signature, SIGNATURE)?,
                caption(&captions.name, NAME)?,
                caption(&captions.date, DATE)?,
            ],
            small,
            seal: line.seal.then_some(seal),
        })
    }

    /// From the top to the base line.
    fn above(&self) -> Length {
        self.role.height().max(self.name.height()).max(self.style.leading()) + TO_WRITE
    }

    fn height(&self) -> Length {
        let seal = if self.seal.is_some() { FOR_THE_SEAL } else { Length::ZERO };
        self.above() + self.small.leading().max(seal) + Length::mm(2)
    }

    fn draw(&self, writing: &mut Writing) {
        let base = writing.at().moved(Length::ZERO, self.above());
        self.raise(writing, &self.role, base, Length::ZERO);
        let (from, to) = NAME;
        let wide = self.width.part(to - from, 100);
        let longest = self.name.lines.iter().map(|l| l.width(self.name.style.size)).max();
        let spare = (wide - longest.unwrap_or(wide)) / 2;
        self.raise(
            writing,
            &self.name,
            base.moved(self.width.part(from, 100), Length::ZERO),
            spare,
        );
        for (caption, (from, to)) in &self.captions {
            let start = base.moved(self.width.part(*from, 100), Length::mm(1));
            let wide = self.width.part(to - from, 100);
            writing.side().line(start, start.moved(wide, Length::ZERO), Length::pt10(4));
            let spare = (wide - caption.width(self.small.size)) / 2;
            let at = start.moved(spare, self.small.ascent() + Length::mm10(3));
            write(writing, caption, self.small.size, at);
        }
        if let Some(seal) = &self.seal {
            let aside = self.width.part(ROLE, 100) - seal.width(self.style.size) - Length::mm(4);
            write(writing, seal, self.style.size, base.moved(aside, Length::mm(8)));
        }
    }

    /// Lines that end upon the base line.
    fn raise(&self, writing: &mut Writing, text: &Above, base: Point, aside: Length) {
        let leading = text.style.leading();
        for (line, up) in text.lines.iter().rev().zip(0..) {
            let at = base.moved(aside, -(leading * up));
            write(writing, line, text.style.size, at);
        }
    }
}

fn write(writing: &mut Writing, text: &Printable, size: Length, at: Point) {
    let (text, direction, ink) = (text.clone(), Direction::Across, Ink::Black);
    writing.side().run(Run { text, size, at, direction, ink });
}
