//! The drawing list of a side as page content.

use super::super::drawing::{Direction, Ink, Run, Side, Stroke};
use super::super::{Frame, Length, Point};
use super::fonts;
use printpdf::matrix::TextMatrix;
use printpdf::{
    Color, Greyscale, Line, LinePoint, Op, PaintMode, PdfFontHandle, PdfPage, Pt, Rect, TextItem,
};

/// A side as a page.
pub(super) fn page(side: &Side) -> PdfPage {
    let format = side.format();
    let paper = || Rect::from_wh(pt(format.width()), pt(format.height()));
    let mut pen =
        Pen { height: format.height(), ops: Vec::new(), ink: Ink::Black, thickness: None };
    side.fills.iter().for_each(|&(frame, ink)| pen.fill(frame, ink));
    pen.ink(Ink::Black);
    side.strokes.iter().for_each(|stroke| pen.stroke(stroke));
    pen.ink(Ink::Black);
    pen.runs(&side.runs);
    PdfPage { media_box: paper(), trim_box: paper(), crop_box: paper(), ops: pen.ops }
}

/// Hundredths of a point, the precision written; 3.5 µm.
fn hundredths(length: Length) -> i32 {
    (length.in_thousandths() + 5).div_euclid(10)
}

fn pt(length: Length) -> Pt {
    Pt(hundredths(length) as f32 / 100.0)
}

fn colour(ink: Ink) -> Color {
    let percent = match ink {
        Ink::Black => 0.0,
        Ink::Grey => 0.5,
        Ink::Pale => 0.85,
    };
    Color::Greyscale(Greyscale { percent, icc_profile: None })
}

/// Writes content for a page whose origin is its lower left corner.
struct Pen {
    height: Length,
    ops: Vec<Op>,
    ink: Ink,
    thickness: Option<Length>,
}

impl Pen {
    fn point(&self, point: Point) -> printpdf::Point {
        printpdf::Point { x: pt(point.x), y: pt(self.height - point.y) }
    }

    fn ink(&mut self, ink: Ink) {
        if self.ink != ink {
            self.ops.push(Op::SetFillColor { col: colour(ink) });
            self.ops.push(Op::SetOutlineColor { col: colour(ink) });
            self.ink = ink;
        }
    }

    fn fill(&mut self, frame: Frame, ink: Ink) {
        self.ink(ink);
        let low = self.point(frame.at.moved(Length::ZERO, frame.height));
        let high = self.point(frame.at.moved(frame.width, Length::ZERO));
        let round = |number: f32| Pt((number * 100.0).round() / 100.0);
        let rectangle = Rect {
            x: low.x,
            y: low.y,
            width: round(high.x.0 - low.x.0),
            height: round(high.y.0 - low.y.0),
            mode: Some(PaintMode::Fill),
            winding_order: None,
        };
        self.ops.push(Op::DrawRectangle { rectangle });
    }

    fn stroke(&mut self, stroke: &Stroke) {
        self.ink(stroke.ink);
        if self.thickness != Some(stroke.thickness) {
            self.ops.push(Op::SetOutlineThickness { pt: pt(stroke.thickness) });
            self.thickness = Some(stroke.thickness);
        }
        let points =
            [stroke.from, stroke.to].map(|p| LinePoint { p: self.point(p), bezier: false });
        let line = Line { points: points.into(), is_closed: false };
        self.ops.push(Op::DrawLine { line });
    }

    /// Texts across share one text object, where each is placed by its distance from the one before: half the
    /// bytes of a matrix each. A turned text needs a matrix, and an object of its own.
    fn runs(&mut self, runs: &[Run]) {
        let mut font = None;
        let mut last: Option<(i32, i32)> = None;
        for run in runs {
            let turned = run.direction == Direction::Upwards;
            if turned && last.take().is_some() {
                self.ops.push(Op::EndTextSection);
            }
            if last.is_none() {
                self.ops.push(Op::StartTextSection);
            }
            self.ink(run.ink);
            let at = (hundredths(run.at.x), hundredths(self.height - run.at.y));
            self.ops.push(if turned { upwards(at) } else { across(at, last.unwrap_or_default()) });
            for (face, text) in run.text.segments() {
                if font.replace((face, run.size)) != Some((face, run.size)) {
                    let font = PdfFontHandle::External(fonts::id(face));
                    self.ops.push(Op::SetFont { font, size: pt(run.size) });
                }
                let items = vec![TextItem::Text(text.to_owned())];
                self.ops.push(Op::ShowText { items });
            }
            if turned {
                self.ops.push(Op::EndTextSection);
            } else {
                last = Some(at);
            }
        }
        if last.is_some() {
            self.ops.push(Op::EndTextSection);
        }
    }
}

/// Moves to a place, in hundredths of a point, from where the text before began.
fn across(to: (i32, i32), from: (i32, i32)) -> Op {
    let step = |to: i32, from: i32| Pt((to - from) as f32 / 100.0);
    Op::SetTextCursor { pos: printpdf::Point { x: step(to.0, from.0), y: step(to.1, from.1) } }
}

/// Moves to a place and turns the text by a right angle to the left.
fn upwards((x, y): (i32, i32)) -> Op {
    let at = |number: i32| number as f32 / 100.0;
    Op::SetTextMatrix { matrix: TextMatrix::Raw([0.0, 1.0, -1.0, 0.0, at(x), at(y)]) }
}
