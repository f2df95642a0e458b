//! A form written from top to bottom, side after side.

mod foot;
mod signature;

pub use foot::Foot;
pub use signature::SignatureLine;

use super::{
    Align, Format, Frame, Laid, Length, PaperError, Place, Point, Printable, Run, Side, Style,
    Table, draw_qr, wrap,
};

/// White borders of a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Margins {
    /// On the left, where sheets are stitched.
    pub left: Length,
    /// On the right.
    pub right: Length,
    /// Above.
    pub top: Length,
    /// Below.
    pub bottom: Length,
}

impl Margins {
    /// 25 mm on the left for the stitching, 10 mm on the right, 12 mm above and below.
    pub const STITCHED: Margins = Margins {
        left: Length::mm(25),
        right: Length::mm(10),
        top: Length::mm(12),
        bottom: Length::mm(12),
    };
}

/// A form on its way: sides that are full, and the one that is written now.
#[derive(Debug)]
pub struct Writing {
    format: Format,
    margins: Margins,
    sides: Vec<Side>,
    /// Where the next thing begins, from the upper border of the paper.
    down: Length,
}

impl Writing {
    /// An empty form with its first side begun.
    pub fn new(format: Format, margins: Margins) -> Writing {
        Writing { format, margins, sides: vec![Side::new(format)], down: margins.top }
    }

    /// Between the margins.
    pub fn width(&self) -> Length {
        self.format.width() - self.margins.left - self.margins.right
    }

    /// Height that an empty side has.
    pub fn height(&self) -> Length {
        self.format.height() - self.margins.top - self.margins.bottom
    }

    /// Height that is left on this side.
    pub fn left(&self) -> Length {
        self.format.height() - self.margins.bottom - self.down
    }

    /// Where the next thing begins.
    pub fn at(&self) -> Point {
        Point::new(self.margins.left, self.down)
    }

    /// The side that is written now.
    pub fn side(&mut self) -> &mut Side {
        self.sides.last_mut().expect("a form begins with a side")
    }

    /// How many sides were begun.
    pub fn sides(&self) -> usize {
        self.sides.len()
    }

    /// Begins another side.
    pub fn turn(&mut self) {
        self.sides.push(Side::new(self.format));
        self.down = self.margins.top;
    }

    /// Begins another side unless so much height is left on this one.
    pub fn keep(&mut self, height: Length) {
        if self.left() < height && self.down > self.margins.top {
            self.turn();
        }
    }

    /// Leaves so much white. At the top of a side that was turned to, too.
    pub fn space(&mut self, height: Length) {
        self.down += height.min(self.left().max(Length::ZERO));
    }

    /// Leaves white what this would take: everything after it stands where it would stand then.
    ///
    /// # Errors
    /// What `write` says.
    pub fn leave(
        &mut self,
        write: impl FnOnce(&mut Writing) -> Result<(), PaperError>,
    ) -> Result<(), PaperError> {
        let before = self.sides.clone();
        write(self)?;
        let sides = std::mem::replace(&mut self.sides, before).len();
        self.sides.resize_with(sides, || Side::new(self.format));
        Ok(())
    }

    /// A paragraph, as many lines as it needs; it goes on upon the next side. A line end in the text begins a
    /// new line, two leave an empty one.
    ///
    /// # Errors
    /// When a character has no glyph.
    pub fn text(
        &mut self,
        style: Style,
        align: Align,
        text: &str,
        place: &Place<'_>,
    ) -> Result<(), PaperError> {
        for part in text.split('\n') {
            let part = style.face.printable(part, place)?;
            if part.as_str().is_empty() {
                self.space(style.leading());
            }
            for line in wrap(&part, style.size, self.width(), place)? {
                self.keep(style.leading());
                self.line(style, align, line);
            }
        }
        Ok(())
    }

    fn line(&mut self, style: Style, align: Align, text: Printable) {
        let line = (self.at().moved(Length::ZERO, style.ascent()), self.width());
        self.side().run(Run::aligned(text, style.size, line, align));
        self.down += style.leading();
    }

    /// A line across the whole width.
    pub fn rule(&mut self, thickness: Length) {
        let (from, width) = (self.at(), self.width());
        self.side().line(from, from.moved(width, Length::ZERO), thickness);
    }

    /// What a paragraph will take on one side.
    ///
    /// # Errors
    /// When a character has no glyph.
    pub fn height_of(
        &self,
        style: Style,
        text: &str,
        place: &Place<'_>,
    ) -> Result<Length, PaperError> {
        let mut lines = 0;
        for part in text.split('\n') {
            let part = style.face.printable(part, place)?;
            lines += wrap(&part, style.size, self.width(), place)?.len().max(1);
        }
        Ok(style.leading() * lines as i32)
    }

    /// A table, over as many sides as it needs.
    ///
    /// # Errors
    /// When a text has no glyph, or does not fit.
    pub fn table(&mut self, table: &Table<'_>, place: &Place<'_>) -> Result<(), PaperError> {
        let mut laid = table.measure(self.width(), place)?;
        self.parts(&mut laid)
    }

    /// What is left of a measured table, over as many sides as it needs.
    ///
    /// # Errors
    /// When a row is higher than a side and cannot be parted, or the header is.
    pub fn parts(&mut self, laid: &mut Laid) -> Result<(), PaperError> {
        loop {
            let (left, whole, at) = (self.left(), self.height(), self.at());
            let part = laid.cut(left, whole)?;
            let (height, done, rows) = (part.height(), part.is_last(), part.rows().count());
            if rows > 0 || done && height <= left {
                part.draw(self.side(), at);
                self.down += height;
            }
            if done && height <= left {
                return Ok(());
            }
            if height > whole {
                return Err(PaperError::TooTall { place: laid.place().to_owned() });
            }
            self.turn();
        }
    }

    /// A QR code at the right margin, its top at the present height; nothing moves down.
    ///
    /// # Errors
    /// When the text is too long for one.
    pub fn qr(&mut self, width: Length, text: &str, place: &Place<'_>) -> Result<(), PaperError> {
        let at = self.at().moved(self.width() - width, Length::ZERO);
        draw_qr(self.side(), at, width, text, place)
    }

    /// The sides, as they are; [`Writing::finish_with`] puts a foot under each.
    pub fn finish(self) -> Vec<Side> {
        self.sides
    }

    /// The frame between the margins, of any side.
    pub fn frame(&self) -> Frame {
        let at = Point::new(self.margins.left, self.margins.top);
        Frame::new(at, self.width(), self.height())
    }
}

#[cfg(test)]
mod tests;
