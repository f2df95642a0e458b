//! The title sheet, and the last one.

use super::contents::Line;
use super::frame::{Heads, UNSIGNED};
use super::section::{Section, signed_as};
use super::{ClassJournal, CopyFacts, Correction, Edition};
use crate::journal::Person;
use crate::paper::wording::forms::{
    Certification, CopyOf, KeyOf, Place as Where, RecordOf, RegisterOf, Role, SealOf, SheetCount,
    SheetsNamed,
};
use crate::paper::words::{Case, Count, date_in_figures};
use crate::paper::{
    Align, Cell, Column, Face, Flow, Format, Length, Look, PaperError, Place, Row, SignatureLine,
    Style, Table, Width, Writing,
};
use crate::register::{SheetKind, SheetRange};

const SMALL: Style = Style::new(Face::Narrow, Length::pt(8));
/// 64 hexadecimal digits on one line beside the teacher's name, all rows alike.
const DIGEST: Style = Style::new(Face::Narrow, Length::pt10(55));
const LINE: Style = Style::new(Face::Sans, Length::pt(9));

/// The title sheet: whose journal, for when, which copy of which record; certifications; the list of pages.
pub(super) fn section(
    form: &ClassJournal<'_>,
    edition: &Edition,
    (lines, valid): (&[Line], Count),
    place: &Place<'_>,
) -> Result<Section, PaperError> {
    let texts = &form.wording.journal.title;
    let place = place.at(&texts.heading);
    let titled = form.titled();
    let mut writing = Writing::new(Format::Portrait, UNSIGNED);
    writing.text(LINE, Align::Middle, &texts.organisation.fill(&titled), &place)?;
    writing.space(Length::mm(3));
    let large = Style::new(Face::SerifBold, Length::pt(22));
    writing.text(large, Align::Middle, &texts.heading, &place)?;
    let middle = Style::new(Face::Serif, Length::pt(14));
    writing.text(middle, Align::Middle, &texts.class.fill(&titled), &place)?;
    writing.text(middle, Align::Middle, &texts.period.fill(&titled), &place)?;
    writing.space(Length::mm(4));
    identity(&mut writing, form, edition, &place)?;
    let valid = texts.valid_sheets.fill(&SheetCount::of(valid, Case::Nominative));
    let bold = Style::new(Face::SansBold, Length::pt(10));
    writing.text(bold, Align::Left, &valid, &place)?;
    if let Some(Correction { voided, .. }) = edition.correction() {
        let instead = texts.instead.fill(&SheetsNamed { sheets: named(voided) });
        writing.text(LINE, Align::Left, &instead, &place)?;
    }
    writing.space(Length::mm(3));
    certify(&mut writing, form, edition, Where::Title, &place)?;
    contents(&mut writing, form, lines, &place)?;
    Ok(finished(SheetKind::Title, texts.heading.clone(), writing))
}

fn finished(kind: SheetKind, subject: String, writing: Writing) -> Section {
    let name = subject.clone();
    let heads =
        Heads { subject, teacher: String::new(), statement: None, signer: Default::default() };
    Section { kind, page: None, name, heads, sides: writing.finish() }
}

/// Which record it is, and of a copy which one.
fn identity(
    writing: &mut Writing,
    form: &ClassJournal<'_>,
    edition: &Edition,
    place: &Place<'_>,
) -> Result<(), PaperError> {
    let texts = &form.wording.journal.title;
    let record = texts.record.fill(&RecordOf { record: form.record.to_string() });
    writing.text(LINE, Align::Left, &record, place)?;
    match edition.facts() {
        Some(facts) => prove(writing, form, facts, place),
        // All editions have the same sheets.
        None => writing.leave(|writing| prove(writing, form, &CopyFacts::unknown(), place)),
    }
}

/// The copy's number, and what proves the record: seal, key, register.
fn prove(
    writing: &mut Writing,
    form: &ClassJournal<'_>,
    facts: &CopyFacts,
    place: &Place<'_>,
) -> Result<(), PaperError> {
    let texts = &form.wording.journal.title;
    let CopyFacts { copy, seal, sealed, signed_by, register: (size, root) } = facts;
    let root = root.to_string();
    let sealed = date_in_figures(sealed.with_timezone(form.printed.offset()).date_naive());
    let not_given = || form.wording.terms.captions.not_given.clone();
    let fingerprint = signed_by.map_or_else(not_given, |key| key.to_string());
    for (style, text) in [
        (LINE, texts.copy.fill(&CopyOf { copy: copy.to_string() })),
        (SMALL, texts.seal.fill(&SealOf { digest: seal.to_string(), sealed })),
        (SMALL, texts.key.fill(&KeyOf { fingerprint })),
        (
            SMALL,
            texts
                .register
                .fill(&RegisterOf { size: size.to_string(), root: root[..16].to_owned() }),
        ),
    ] {
        writing.text(style, Align::Left, &text, place)?;
    }
    writing.space(Length::mm(2));
    Ok(())
}

/// The certifications that stand on this sheet, each with its line.
fn certify(
    writing: &mut Writing,
    form: &ClassJournal<'_>,
    edition: &Edition,
    on: Where,
    place: &Place<'_>,
) -> Result<(), PaperError> {
    match edition {
        Edition::Reference => writing.leave(|writing| lines(writing, form, on, place)),
        Edition::Copy(_) | Edition::Correction(..) | Edition::Draft => {
            lines(writing, form, on, place)
        }
    }
}

fn lines(
    writing: &mut Writing,
    form: &ClassJournal<'_>,
    on: Where,
    place: &Place<'_>,
) -> Result<(), PaperError> {
    let class = &form.journal.class;
    for Certification { role, text, seal, .. } in
        form.wording.journal.certification.iter().filter(|c| c.place == on)
    {
        let teacher = class.teacher.as_ref().filter(|_| *role == Role::ClassTeacher);
        let name = signed_as(teacher.and_then(|id| form.journal.person(id)));
        let role = form.wording.terms.role(*role, class);
        writing.keep(Length::mm(22));
        writing.text(LINE, Align::Left, &text.fill(&form.titled()), place)?;
        writing.space(Length::mm(3));
        let line = SignatureLine { role, name: name.as_deref(), seal: *seal };
        writing.signature(&line, &form.wording.terms.captions, LINE, place)?;
        writing.space(Length::mm(3));
    }
    Ok(())
}

/// The list of pages: subject, teacher, sheets, digest.
fn contents(
    writing: &mut Writing,
    form: &ClassJournal<'_>,
    lines: &[Line],
    place: &Place<'_>,
) -> Result<(), PaperError> {
    let texts = &form.wording.journal.title;
    let names = &texts.contents_columns;
    let column = |head: &String, width| Column::new(head.clone(), width, SMALL);
    let columns = vec![
        column(&names.number, Width::Exactly(Length::mm(7))).align(Align::Right),
        column(&names.subject, Width::Share(4)),
        column(&names.teacher, Width::Share(3)),
        column(&names.sheets, Width::Exactly(Length::mm(14))).align(Align::Middle),
        Column::new(names.digest.clone(), Width::Exactly(Length::mm(62)), DIGEST)
            .flow(Flow::Shrink(Length::pt(4))),
    ];
    let heads = [&names.number, &names.subject, &names.teacher, &names.sheets, &names.digest];
    let header = vec![Row::new(
        texts.contents.clone(),
        heads.map(|h| Cell::new(h.clone()).size(SMALL.size)).into(),
    )];
    let rows = lines.iter().map(|line| contents_row(form, line)).collect();
    writing.keep(Length::mm(30));
    writing.text(
        Style::new(Face::SansBold, Length::pt(10)),
        Align::Left,
        &texts.contents,
        place,
    )?;
    writing.space(Length::mm(1));
    let look = Look { row_height: Length::mm10(45), ..Look::USUAL };
    writing.table(&Table { columns, header, rows, look }, place)
}

fn contents_row(form: &ClassJournal<'_>, line: &Line) -> Row<'static> {
    let page = line.page.and_then(|page| form.journal.pages.get(page));
    let teacher = page.and_then(|page| form.journal.person(page.teacher.as_ref()?));
    let teacher = teacher.and_then(Person::full_name).unwrap_or_default();
    let number = line.page.map_or(String::new(), |page| (page + 1).to_string());
    let digest = line.page.and_then(|page| form.pages.get(page));
    let digest = digest.map_or(String::new(), |digest| digest.to_string());
    let cells = [number, line.name.clone(), teacher, named(&line.sheets), digest];
    Row::new(line.name.clone(), cells.map(Cell::new).into())
}

/// «1, 5–7».
fn named(sheets: &[SheetRange]) -> String {
    sheets.iter().map(SheetRange::to_string).collect::<Vec<_>>().join(", ")
}

/// The last sheet: «Прошито, пронумеровано и скреплено печатью … листов».
pub(super) fn last(
    form: &ClassJournal<'_>,
    edition: &Edition,
    valid: Count,
    place: &Place<'_>,
) -> Result<Section, PaperError> {
    let texts = &form.wording.journal.last;
    let mut writing = Writing::new(Format::Portrait, UNSIGNED);
    certify(&mut writing, form, edition, Where::Last, place)?;
    writing.space(Length::mm(30));
    let style = Style::new(Face::Serif, Length::pt(13));
    let bound = texts.bound.fill(&SheetCount::of(valid, Case::Nominative));
    writing.text(style, Align::Left, &bound, place)?;
    writing.space(Length::mm(6));
    if !matches!(edition, Edition::Reference) {
        let role = form.wording.terms.role(texts.bound_by, &form.journal.class);
        let line = SignatureLine { role, name: None, seal: true };
        writing.signature(&line, &form.wording.terms.captions, LINE, place)?;
    }
    Ok(finished(SheetKind::Last, String::new(), writing))
}
