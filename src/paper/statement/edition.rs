//! A class's year as its record is printed: three forms, numbered as one copy.
//!
//! What a numbered copy says of itself stands beside the head and below the lower margin of every sheet, so that
//! all editions have the same sheets.

use super::{Closed, TOP, attendance, movement, progress};
use crate::paper::class_journal::{CopyFacts, Edition, PrintedJournal, draft};
use crate::paper::wording::forms::{
    CopyOf, DrawnFrom, KeyOf, RecordOf, RegisterOf, SealOf, SheetOf,
};
use crate::paper::words::{Case, date_in_figures, period_alone};
use crate::paper::{
    Align, Face, Length, Letterhead, Margins, PaperError, Place, Point, Print, Run, Side, Style,
    draw_qr, fit_line, render,
};
use crate::record::YearStatement;
use crate::register::{ArchiveId, RecordNumber, SheetCode, SheetKind, SheetRun};

/// The code of a sheet, in the upper right corner, and the white beside it.
const QR: Length = Length::mm(20);
const BESIDE: Length = Length::mm(2);
/// How far above the lower border the two lines stand that tell of copy and record.
const FOOT: [Length; 2] = [Length::mm10(75), Length::mm10(50)];
/// Between what stands on one of them.
const BETWEEN: &str = " · ";

/// A record's statement, to be laid out.
#[derive(Debug, Clone, Copy)]
pub struct YearForm<'a> {
    /// The statement.
    pub statement: &'a YearStatement,
    /// Whose archive.
    pub archive: ArchiveId,
    /// The record's number.
    pub record: RecordNumber,
    /// A sheet has two sides; otherwise one. Each of the three forms begins a sheet.
    pub two_sided: bool,
    /// The school, the texts, who signs.
    pub head: Letterhead<'a>,
}

/// Lays a summary statement out: учёт успеваемости, посещаемости, движения. Without signature lines in the
/// reference print; all of it is one run of sheets.
///
/// # Errors
/// When a character has no glyph: with the pupil or subject.
pub fn year(form: &YearForm<'_>, edition: &Edition) -> Result<PrintedJournal, PaperError> {
    let (print, sheets) = lay_out(form, edition)?;
    Ok(PrintedJournal { pdf: render(&print)?, sheets: vec![sheets] })
}

/// The sides in order, and the run of sheets they are on.
pub(super) fn lay_out(
    form: &YearForm<'_>,
    edition: &Edition,
) -> Result<(Print, SheetRun), PaperError> {
    let YearForm { statement, head, .. } = form;
    let bare = matches!(edition, Edition::Reference);
    let forms = [
        progress::written(&statement.progress, head, bare, vec![form.drawn_from()])?,
        attendance::written(&statement.attendance, head, bare)?,
        movement::written(&statement.movement, head, bare)?,
    ];
    let title = forms[0].title.clone();
    let of_a_sheet = if form.two_sided { 2 } else { 1 };
    let count: usize = forms.iter().map(|written| written.sides.len().div_ceil(of_a_sheet)).sum();
    // A correction replaces every sheet; their numbers go on behind the copy's.
    let first = edition.correction().map_or(1, |correction| correction.first) as usize;
    let (mut sides, mut sheet) = (Vec::new(), first - 1);
    for written in forms {
        for (number, side) in written.sides.iter().enumerate() {
            let back = number % of_a_sheet == 1;
            sheet += usize::from(!back);
            let mut side =
                form.finished(&written, side.clone(), (sheet, first - 1 + count), edition)?;
            if back {
                // Sheets are stitched at the other border of their back.
                side.shift(Margins::STITCHED.right - Margins::STITCHED.left);
            }
            sides.push(side);
        }
        if sides.len() % of_a_sheet != 0 {
            let format = sides.last().map(Side::format);
            sides.extend(format.map(Side::new));
        }
    }
    let (from, to) = (first as u32, (first - 1 + count) as u32);
    let sheets = SheetRun { digest: None, from, kind: SheetKind::Statement, page: None, to };
    Ok((head.print(title, sides), sheets))
}

impl YearForm<'_> {
    /// A side with everything around the form; whoever has the file read out hears the head first.
    fn finished(
        &self,
        written: &Closed<'_>,
        side: Side,
        (sheet, sheets): (usize, usize),
        edition: &Edition,
    ) -> Result<Side, PaperError> {
        let place = Place::of(&written.title);
        let mut whole = Side::new(side.format());
        let width = side.format().width() - Margins::STITCHED.left - Margins::STITCHED.right;
        let number = SheetOf { sheet: sheet.to_string(), sheets: sheets.to_string() };
        let number = self.head.wording.statements.sheet.number.fill(&number);
        written.draw_head(&mut whole, width - QR - BESIDE, &number)?;
        whole.lay(side);
        self.foot(&mut whole, width, edition, &place)?;
        if let Some(facts) = edition.facts() {
            let corner = Point::new(Margins::STITCHED.left + width - QR, TOP - Length::mm(4));
            let (archive, copy, sheet) = (self.archive, facts.copy, sheet as u32);
            let code = SheetCode { archive, copy, sheet, digest: None }.to_string();
            draw_qr(&mut whole, corner, QR, &code, &place)?;
        }
        if matches!(edition, Edition::Draft) {
            draft(&mut whole, &self.head.wording.terms.captions.draft, &place)?;
        }
        Ok(whole)
    }

    /// Which record it is, and of a copy which one, with what proves it: seal, key, register.
    fn foot(
        &self,
        side: &mut Side,
        width: Length,
        edition: &Edition,
        place: &Place<'_>,
    ) -> Result<(), PaperError> {
        let texts = &self.head.wording.journal.title;
        let record = texts.record.fill(&RecordOf { record: self.record.to_string() });
        let lines = match edition.facts() {
            Some(facts) => self.proof(record, facts),
            None => [record, String::new()],
        };
        let style = Style::new(Face::Narrow, Length::pt10(65));
        for (text, above) in lines.iter().zip(FOOT) {
            let text = style.face.printable(text, place)?;
            let size = fit_line(&text, width, Length::pt(3)..=style.size).unwrap_or(Length::pt(3));
            let at = Point::new(Margins::STITCHED.left, side.format().height() - above);
            side.run(Run::aligned(text, size, (at, width), Align::Left));
        }
        Ok(())
    }

    fn proof(&self, record: String, facts: &CopyFacts) -> [String; 2] {
        let texts = &self.head.wording.journal.title;
        let CopyFacts { copy, seal, sealed, signed_by, register: (size, root) } = facts;
        let sealed = date_in_figures(sealed.with_timezone(self.head.printed.offset()).date_naive());
        let copy = texts.copy.fill(&CopyOf { copy: copy.to_string() });
        let seal = texts.seal.fill(&SealOf { digest: seal.to_string(), sealed });
        let not_given = || self.head.wording.terms.captions.not_given.clone();
        let fingerprint = signed_by.map_or_else(not_given, |key| key.to_string());
        let root = root.to_string()[..16].to_owned();
        let register = texts.register.fill(&RegisterOf { size: size.to_string(), root });
        let key = texts.key.fill(&KeyOf { fingerprint });
        [[record, copy, seal].join(BETWEEN), [key, register].join(BETWEEN)]
    }

    /// The records it was drawn from, with the digests of their seals.
    fn drawn_from(&self) -> String {
        let sources = self.statement.sources.iter().map(|source| {
            let period = period_alone(source.period, Case::Nominative);
            format!("№ {} ({period}, SHA-256 {})", source.record, source.seal)
        });
        let sources = sources.collect::<Vec<_>>().join("; ");
        self.head.wording.statements.sheet.drawn_from.fill(&DrawnFrom { sources })
    }
}
