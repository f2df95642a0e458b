//! What stands at the foot of every side.

use super::Writing;
use crate::paper::wording::Text;
use crate::paper::wording::forms::SideOf;
use crate::paper::{
    Direction, Ink, Length, PaperError, Place, Point, Run, Side, Style, fit_line, wrap,
};

/// A line below the lower margin of each side: what the form is on the left, «стр. 1 из 2» on the right.
#[derive(Debug, Clone, Copy)]
pub struct Foot<'a> {
    /// What the form is, so that a lone sheet can be put back.
    pub left: &'a str,
    /// Counts the sides.
    pub number: &'a Text<SideOf>,
    /// Face and size of its letters.
    pub style: Style,
}

/// From the lower margin down to the hairline above the foot.
const DOWN: Length = Length::mm10(15);

impl Writing {
    /// The sides, each with a foot in its lower margin, which must be at least 10 mm high for it.
    ///
    /// # Errors
    /// When a character has no glyph.
    pub fn finish_with(
        mut self,
        foot: &Foot<'_>,
        place: &Place<'_>,
    ) -> Result<Vec<Side>, PaperError> {
        let sides = self.sides.len();
        let (from, width) = (self.frame().at.x, self.width());
        let top = self.format.height() - self.margins.bottom + DOWN;
        for (number, side) in (1..).zip(&mut self.sides) {
            let (number, sides) = (format!("{number}"), sides.to_string());
            let number = foot.number.fill(&SideOf { side: number, sides });
            let hairline = Point::new(from, top);
            side.line(hairline, hairline.moved(width, Length::ZERO), Length::pt10(3));
            foot.draw(side, hairline, width, &number, place)?;
        }
        Ok(self.sides)
    }
}

impl Foot<'_> {
    /// What is too long for half of its size ends in «…»: the form itself says it in full.
    fn draw(
        &self,
        side: &mut Side,
        at: Point,
        width: Length,
        number: &str,
        place: &Place<'_>,
    ) -> Result<(), PaperError> {
        let Style { face, size } = self.style;
        let number = face.printable(number, place)?;
        let base = at.moved(Length::ZERO, self.style.ascent() + Length::mm10(5));
        let room = width - number.width(size) - Length::mm(4);
        let mut left = face.printable(self.left, place)?;
        let least = size.part(7, 10);
        let fits = fit_line(&left, room, least..=size);
        if fits.is_none() {
            let lines = wrap(&left, least, room - Length::mm(3), place)?;
            let first = lines.first().map_or("", |line| line.as_str());
            left = face.printable(&format!("{first}…"), place)?;
        }
        let (direction, ink) = (Direction::Across, Ink::Black);
        let number_at = base.moved(width - number.width(size), Length::ZERO);
        side.run(Run { text: left, size: fits.unwrap_or(least), at: base, direction, ink });
        side.run(Run { text: number, size, at: number_at, direction, ink });
        Ok(())
    }
}
