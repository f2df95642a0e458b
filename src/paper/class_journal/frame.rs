//! What every sheet bears: whose it is, its number, its QR code, the signer's line.

use super::{ClassJournal, CopyFacts, Edition};
use crate::paper::wording::forms::{CopyOf, RecordOf, SheetNumber, SheetPart};
use crate::paper::{
    Align, Face, Format, Frame, Ink, Length, Margins, PaperError, Place, Point, Run, Side,
    SignatureLine, Style, Writing, draw_qr, fit_box, fit_line,
};
use crate::register::{SheetCode, SheetRun};

/// Margins of what stands between head and foot.
pub(super) const BODY: Margins = Margins {
    left: Length::mm(25),
    right: Length::mm(10),
    top: Length::mm(34),
    bottom: Length::mm(29),
};
/// The same on sheets that nobody signs at the foot.
pub(super) const UNSIGNED: Margins = Margins { bottom: Length::mm(12), ..BODY };
/// White above the head and below the foot.
const EDGE: Length = Length::mm(9);
const QR: Length = Length::mm(24);
/// Room for sheet, copy and record number.
const NUMBERS: Length = Length::mm(40);

/// A text in the middle of a box's height, in letters of at most this size: on one line while letters of 5 pt
/// or more allow it, otherwise in lines, and letters, as small as they must be.
fn fit(
    side: &mut Side,
    style: Style,
    frame: Frame,
    align: Align,
    text: &str,
    place: &Place<'_>,
) -> Result<(), PaperError> {
    let text = style.face.printable(text, place)?;
    let set = fit_line(&text, frame.width, Length::pt(5)..=style.size);
    let set = set.map(|size| (size, vec![text.clone()])).or_else(|| {
        fit_box(&text, frame.width, frame.height, Length::pt(1)..=Length::pt(6).min(style.size))
    });
    let (size, lines) = set.ok_or_else(|| PaperError::TooNarrow {
        text: text.as_str().to_owned(),
        place: place.to_string(),
    })?;
    let style = Style { size, ..style };
    let block = style.leading() * lines.len() as i32;
    let mut at = frame.at.moved(Length::ZERO, (frame.height - block) / 2 + style.ascent());
    for text in lines {
        side.run(Run::aligned(text, size, (at, frame.width), align));
        at = at.moved(Length::ZERO, style.leading());
    }
    Ok(())
}

/// What a section's sheets have in common.
#[derive(Debug)]
pub(super) struct Heads {
    /// Subject and group, or what the class-wide sheet shows.
    pub(super) subject: String,
    /// «Учитель: Орлова Мария Ивановна»; empty where nobody is named.
    pub(super) teacher: String,
    /// Above the signer's line; `None` where nobody signs.
    pub(super) statement: Option<String>,
    /// Who signs: role, and name with initials when it is known.
    pub(super) signer: (String, Option<String>),
}

/// Which side of which sheet it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbered<'a> {
    pub(super) sheet: u32,
    pub(super) run: &'a SheetRun,
    /// The sheet's back.
    pub(super) back: bool,
}

/// Draws head and foot.
pub(super) fn draw(
    side: &mut Side,
    form: &ClassJournal<'_>,
    edition: &Edition,
    heads: &Heads,
    at: Numbered<'_>,
    place: &Place<'_>,
) -> Result<(), PaperError> {
    head(side, form, edition, heads, at, place)?;
    if let Some(facts) = edition.facts() {
        let corner = Point::new(side.format().width() - BODY.right - QR, EDGE - Length::mm(2));
        draw_qr(side, corner, QR, &qr_text(form, facts, at), place)?;
    }
    if matches!(edition, Edition::Draft) {
        draft(side, &form.wording.terms.captions.draft, place)?;
    }
    if !at.back && !matches!(edition, Edition::Reference) {
        foot(side, form, heads, place)?;
    }
    if at.back {
        // Sheets are stitched at the other border of their back.
        side.shift(BODY.right - BODY.left);
    }
    Ok(())
}

/// What the sheet's code says.
pub(super) fn qr_text(form: &ClassJournal<'_>, facts: &CopyFacts, at: Numbered<'_>) -> String {
    let (archive, copy, sheet) = (form.archive, facts.copy, at.sheet);
    SheetCode { archive, copy, sheet, digest: at.run.digest }.to_string()
}

fn head(
    side: &mut Side,
    form: &ClassJournal<'_>,
    edition: &Edition,
    heads: &Heads,
    at: Numbered<'_>,
    place: &Place<'_>,
) -> Result<(), PaperError> {
    let right = side.format().width() - BODY.right - QR - NUMBERS;
    let width = right - BODY.left - Length::mm(3);
    // Tenths of a millimetre below the upper edge.
    let line = |from: i32, to: i32| {
        let at = Point::new(BODY.left, EDGE + Length::mm10(from));
        Frame::new(at, width, Length::mm10(to - from))
    };
    let (small, large) =
        (Style::new(Face::Sans, Length::pt(8)), Style::new(Face::SansBold, Length::pt(12)));
    let middle = Style::new(Face::Sans, Length::pt(9));
    for (style, frame, text) in [
        (small, line(0, 40), form.school),
        (small, line(40, 80), &form.whose_and_when()),
        (large, line(88, 165), &heads.subject),
        (middle, line(165, 213), &heads.teacher),
    ] {
        fit(side, style, frame, Align::Left, text, place)?;
    }
    let numbers = |from: i32, to: i32| {
        let at = Point::new(right, EDGE + Length::mm10(from));
        Frame::new(at, NUMBERS - Length::mm(2), Length::mm10(to - from))
    };
    let texts = &form.wording.journal;
    let sheet = texts.subject.sheet.fill(&SheetNumber { sheet: at.sheet.to_string() });
    let part = at.sheet + 1 - at.run.from;
    let part = SheetPart { part: part.to_string(), parts: at.run.count().to_string() };
    let part = texts.subject.part.fill(&part);
    let record = texts.title.record.fill(&RecordOf { record: form.record.to_string() });
    let copy = edition.facts().map(|facts| CopyOf { copy: facts.copy.to_string() });
    let copy = copy.map(|copy| texts.title.copy.fill(&copy)).unwrap_or_default();
    for (style, frame, text) in [
        (large, numbers(0, 60), sheet),
        (small, numbers(60, 100), part),
        (small, numbers(125, 165), copy),
        (small, numbers(165, 205), record),
    ] {
        fit(side, style, frame, Align::Right, &text, place)?;
    }
    let below = Point::new(BODY.left, EDGE + Length::mm(22));
    side.line(below, Point::new(right + NUMBERS - Length::mm(2), below.y), Length::pt10(6));
    Ok(())
}

/// The signer's line: «учителя-предметники … подписывают все листы по своему предмету в каждом классе с
/// расшифровкой и датой» (R1, procedure § 4.3).
fn foot(
    side: &mut Side,
    form: &ClassJournal<'_>,
    heads: &Heads,
    place: &Place<'_>,
) -> Result<(), PaperError> {
    let Some(statement) = &heads.statement else { return Ok(()) };
    let top = Format::Portrait.height() - BODY.bottom + Length::mm(4);
    let margins = Margins { top, bottom: Length::mm(4), ..BODY };
    let (role, name) = (heads.signer.0.as_str(), heads.signer.1.as_deref());
    let line = SignatureLine { role, name, seal: false };
    let written = |size: i32| {
        let mut writing = Writing::new(side.format(), margins);
        let style = Style::new(Face::Sans, Length::pt(size));
        writing.text(Style::new(Face::Sans, Length::pt(8)), Align::Left, statement, place)?;
        writing.space(Length::mm(1));
        writing.signature(&line, &form.wording.terms.captions, style, place)?;
        Ok::<_, PaperError>(writing)
    };
    let mut writing = written(9)?;
    // A long name takes smaller letters until it fits.
    for size in (3..9).rev() {
        if writing.sides() == 1 {
            break;
        }
        writing = written(size)?;
    }
    writing.finish().into_iter().for_each(|foot| side.lay(foot));
    Ok(())
}

/// «ЧЕРНОВИК» behind everything.
pub(in crate::paper) fn draft(
    side: &mut Side,
    caption: &str,
    place: &Place<'_>,
) -> Result<(), PaperError> {
    let text = Face::SansBold.printable(caption, place)?;
    let (width, size) = (side.format().width() - BODY.left - BODY.right, Length::pt(90));
    let size = fit_line(&text, width, Length::pt(20)..=size).unwrap_or(Length::pt(20));
    let at = Point::new(BODY.left, side.format().height().part(1, 2));
    let run = Run::aligned(text, size, (at, width), Align::Middle);
    // What is drawn first lies below.
    side.runs.insert(0, Run { ink: Ink::Pale, ..run });
    Ok(())
}
