//! What every sheet bears: whose it is, its number, its QR code, the signer's line.

use super::{ClassJournal, CopyFacts, Edition};
use crate::digest::Digest;
use crate::paper::wording::forms::{CopyOf, RecordOf, SheetNumber, SheetPart};
use crate::paper::{
    Align, Direction, Face, Format, Ink, Length, Margins, PaperError, Place, Point, Printable, Run,
    Side, SignatureLine, Style, Writing, draw_qr, fit_line, wrap,
};
use crate::register::SheetRun;

/// Margins of what stands between head and foot.
pub(super) const BODY: Margins = Margins {
    left: Length::mm(25),
    right: Length::mm(10),
    top: Length::mm(34),
    bottom: Length::mm(29),
};
/// White above the head and below the foot.
const EDGE: Length = Length::mm(9);
const QR: Length = Length::mm(24);
/// Room for sheet, copy and record number.
const NUMBERS: Length = Length::mm(40);

/// A text on one line, made smaller down to 5 pt when it would be wider than `width`; then wrapped
/// downwards.
pub(super) fn fit(
    side: &mut Side,
    style: Style,
    (at, width): (Point, Length),
    align: Align,
    text: &str,
    place: &Place<'_>,
) -> Result<(), PaperError> {
    let text = style.face.printable(text, place)?;
    let (size, lines) = match fit_line(&text, width, Length::pt(5)..=style.size) {
        Some(size) => (size, vec![text]),
        None => (Length::pt(5), wrap(&text, Length::pt(5), width, place)?),
    };
    let leading = Style::new(style.face, size).leading();
    let mut at = at;
    for text in lines {
        side.run(placed(text, size, (at, width), align));
        at = at.moved(Length::ZERO, leading);
    }
    Ok(())
}

fn placed(text: Printable, size: Length, (at, width): (Point, Length), align: Align) -> Run {
    let spare = width - text.width(size);
    let right = match align {
        Align::Left => Length::ZERO,
        Align::Middle => spare.part(1, 2),
        Align::Right => spare,
    };
    let at = at.moved(right, Length::ZERO);
    Run { text, size, at, direction: Direction::Across, ink: Ink::Black }
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
    match edition {
        Edition::Copy(facts) => {
            let corner = Point::new(side.format().width() - BODY.right - QR, EDGE - Length::mm(2));
            draw_qr(side, corner, QR, &qr_text(form, facts, at), place)?;
        }
        Edition::Draft => draft(side, form, place)?,
        Edition::Reference => {}
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

/// `LETOPIS:<archive>/<copy>/<sheet>/<page digest or ->`, in capitals: all of QR's alphanumeric mode.
pub(super) fn qr_text(form: &ClassJournal<'_>, facts: &CopyFacts, at: Numbered<'_>) -> String {
    let digest = at.run.digest.as_ref().map_or("-".to_owned(), Digest::to_string);
    format!("LETOPIS:{}/{}/{}/{digest}", form.archive, facts.copy, at.sheet).to_uppercase()
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
    let line = |down: i32| (Point::new(BODY.left, EDGE + Length::mm(down)), width);
    let small = Style::new(Face::Sans, Length::pt(8));
    fit(side, small, line(3), Align::Left, form.school, place)?;
    fit(side, small, line(7), Align::Left, &form.whose_and_when(), place)?;
    fit(
        side,
        Style::new(Face::SansBold, Length::pt(12)),
        line(14),
        Align::Left,
        &heads.subject,
        place,
    )?;
    fit(side, Style::new(Face::Sans, Length::pt(9)), line(19), Align::Left, &heads.teacher, place)?;
    let numbers = |down: i32| (Point::new(right, EDGE + Length::mm(down)), NUMBERS - Length::mm(2));
    let texts = &form.wording.journal;
    let sheet = texts.subject.sheet.fill(&SheetNumber { sheet: at.sheet.to_string() });
    fit(side, Style::new(Face::SansBold, Length::pt(12)), numbers(4), Align::Right, &sheet, place)?;
    let part = at.sheet + 1 - at.run.from;
    let part = SheetPart { part: part.to_string(), parts: at.run.count().to_string() };
    let part = texts.subject.part.fill(&part);
    fit(side, small, numbers(9), Align::Right, &part, place)?;
    if let Edition::Copy(facts) = edition {
        let copy = texts.title.copy.fill(&CopyOf { copy: facts.copy.to_string() });
        fit(side, small, numbers(14), Align::Right, &copy, place)?;
    }
    let record = texts.title.record.fill(&RecordOf { record: form.record.to_string() });
    fit(side, small, numbers(18), Align::Right, &record, place)?;
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
    let mut writing = Writing::new(side.format(), margins);
    let style = Style::new(Face::Sans, Length::pt(9));
    writing.text(Style::new(Face::Sans, Length::pt(8)), Align::Left, statement, place)?;
    writing.space(Length::mm(1));
    let (role, name) = (heads.signer.0.as_str(), heads.signer.1.as_deref());
    let line = SignatureLine { role, name, seal: false };
    writing.signature(&line, &form.wording.terms.captions, style, place)?;
    writing.finish().into_iter().for_each(|foot| side.lay(foot));
    Ok(())
}

/// «ЧЕРНОВИК» behind everything.
fn draft(side: &mut Side, form: &ClassJournal<'_>, place: &Place<'_>) -> Result<(), PaperError> {
    let text = Face::SansBold.printable(&form.wording.terms.captions.draft, place)?;
    let (width, size) = (side.format().width() - BODY.left - BODY.right, Length::pt(90));
    let size = fit_line(&text, width, Length::pt(20)..=size).unwrap_or(Length::pt(20));
    let at = Point::new(BODY.left, side.format().height().part(1, 2));
    let run = placed(text, size, (at, width), Align::Middle);
    // What is drawn first lies below.
    side.runs.insert(0, Run { ink: Ink::Pale, ..run });
    Ok(())
}
