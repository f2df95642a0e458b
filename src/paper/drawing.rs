//! The drawing list: what stands where on the sides of a form.

use super::font::{Printable, Style};
use super::{Align, Frame, Length, PaperError, Place, Point};
use chrono::{DateTime, Utc};

/// Paper of a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A4, 210 × 297 mm.
    Portrait,
    /// A4, 297 × 210 mm.
    Landscape,
}

impl Format {
    /// Width of the paper.
    pub const fn width(self) -> Length {
        match self {
            Format::Portrait => Length::mm(210),
            Format::Landscape => Length::mm(297),
        }
    }

    /// Height of the paper.
    pub const fn height(self) -> Length {
        match self {
            Format::Portrait => Length::mm(297),
            Format::Landscape => Length::mm(210),
        }
    }
}

/// How dark something is drawn. School printers have one ink.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Full black.
    Black,
    /// Half black: hints to fill in, secondary lines.
    Grey,
    /// A shade under texts, or a large «ЧЕРНОВИК» behind them.
    Pale,
}

/// Which way a text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    Across,
    /// From below upwards, letters turned to the left.
    Upwards,
}

/// A text on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The text, checked against its face.
    pub text: Printable,
    /// Size of the letters.
    pub size: Length,
    /// Where the base line begins.
    pub at: Point,
    /// Which way it runs.
    pub direction: Direction,
    /// How dark it is.
    pub ink: Ink,
}

impl Run {
    /// A text in black on one line, within a width whose base line begins at `at`.
    pub(super) fn aligned(
        text: Printable,
        size: Length,
        (at, width): (Point, Length),
        align: Align,
    ) -> Run {
        let spare = width - text.width(size);
        let right = match align {
            Align::Left => Length::ZERO,
            Align::Middle => spare.part(1, 2),
            Align::Right => spare,
        };
        let at = at.moved(right, Length::ZERO);
        Run { text, size, at, direction: Direction::Across, ink: Ink::Black }
    }
}

/// A straight line, horizontal or vertical in practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stroke {
    pub(super) from: Point,
    pub(super) to: Point,
    pub(super) thickness: Length,
    pub(super) ink: Ink,
}

/// One page side. Fills lie under lines, lines under texts, whatever the order they were drawn in; within a
/// kind the later lies above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    format: Format,
    pub(super) fills: Vec<(Frame, Ink)>,
    pub(super) strokes: Vec<Stroke>,
    pub(super) runs: Vec<Run>,
}

impl Side {
    /// An empty side.
    pub fn new(format: Format) -> Side {
        Side { format, fills: Vec::new(), strokes: Vec::new(), runs: Vec::new() }
    }

    /// Its paper.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The texts on it, in the order they were drawn.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Draws a checked text.
    pub fn run(&mut self, run: Run) {
        self.runs.push(run);
    }

    /// Checks a text and draws it in black on one line whose base line begins at `at`.
    ///
    /// # Errors
    /// [`PaperError::NoGlyph`].
    pub fn write(
        &mut self,
        style: Style,
        at: Point,
        text: &str,
        place: &Place<'_>,
    ) -> Result<(), PaperError> {
        let text = style.face.printable(text, place)?;
        let (direction, ink) = (Direction::Across, Ink::Black);
        self.runs.push(Run { text, size: style.size, at, direction, ink });
        Ok(())
    }

    /// Draws a straight black line.
    pub fn line(&mut self, from: Point, to: Point, thickness: Length) {
        self.strokes.push(Stroke { from, to, thickness, ink: Ink::Black });
    }

    /// Puts everything that stands on another side on this one.
    pub fn lay(&mut self, other: Side) {
        self.fills.extend(other.fills);
        self.strokes.extend(other.strokes);
        self.runs.extend(other.runs);
    }

    /// Moves everything on it to the right, or with a negative length to the left.
    pub fn shift(&mut self, right: Length) {
        let shifted = |point: Point| point.moved(right, Length::ZERO);
        self.fills.iter_mut().for_each(|(frame, _)| frame.at = shifted(frame.at));
        for stroke in &mut self.strokes {
            (stroke.from, stroke.to) = (shifted(stroke.from), shifted(stroke.to));
        }
        self.runs.iter_mut().for_each(|run| run.at = shifted(run.at));
    }

    /// Fills a rectangle.
    pub fn fill(&mut self, frame: Frame, ink: Ink) {
        self.fills.push((frame, ink));
    }

    /// Draws the outline of a rectangle in black.
    pub fn outline(&mut self, frame: Frame, thickness: Length) {
        let Frame { at, width, height } = frame;
        let (right, below) = (at.moved(width, Length::ZERO), at.moved(Length::ZERO, height));
        let far = at.moved(width, height);
        for (from, to) in [(at, right), (below, far), (at, below), (right, far)] {
            self.line(from, to, thickness);
        }
    }
}

/// A form ready to be rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    /// Title of the document, for viewers and catalogues.
    pub title: String,
    /// The school, as author.
    pub author: String,
    /// Language of the texts, as in RFC 5646: `ru-RU`.
    pub language: &'static str,
    /// When the document was made; whole seconds are kept.
    pub made: DateTime<Utc>,
    /// Its sides in order.
    pub sides: Vec<Side>,
}
