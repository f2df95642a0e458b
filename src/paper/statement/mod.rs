//! Summary statements («сводные ведомости») and reports about a class on paper.
//!
//! A value of [`crate::journal::statement`] goes in, a [`Print`] comes out. Every sheet carries the school,
//! the class, the period and its number among the sheets; a grid that is too wide or too long goes on over
//! further sheets, each with the pupils' numbers and names. Nothing is derived here: what is printed stands in
//! the value. A pupil whose rows were not joined across periods is marked with «(?)», a mark brought from
//! another school with «*». [`year`] prints the record of a class's year: its three statements as one copy.

mod activity;
mod attendance;
mod class_report;
mod edition;
mod grid;
mod months;
mod movement;
mod progress;
mod results;
#[cfg(test)]
mod tests;

pub use activity::activity;
pub use attendance::attendance;
pub(super) use attendance::{missed, titles};
pub use class_report::class_report;
pub use edition::{YearForm, year};
pub use months::months;
pub use movement::movement;
pub use progress::progress;
pub use results::results;

use super::wording::Text;
use super::wording::forms::{ClassAndPeriod, Role, SheetOf};
use super::words::{Case, Initials, period};
use super::{
    Align, Face, Format, Length, Letterhead, Margins, PaperError, Place, Point, Print, Run, Side,
    SignatureLine, Style, Writing, fit_box,
};
use crate::journal::full_name;
use crate::journal::statement::{Heading, PupilRow, Unjoined};
use std::collections::BTreeSet;

/// At a pupil who may stand in another row, too.
const UNJOINED: &str = "(?)";
/// At a mark that was brought from another school.
const BROUGHT: &str = "*";

/// Texts above and below tables.
const TEXT: Style = Style::new(Face::Sans, Length::pt(9));
/// Headings of parts.
const PART: Style = Style::new(Face::SansBold, Length::pt(10));
/// Notes, and the line above the title.
const SMALL: Style = Style::new(Face::Sans, Length::pt(8));
/// Largest and least size of a title, and of the school's name.
const TITLE: (Length, Length) = (Length::pt(12), Length::pt(7));
const SCHOOL: (Length, Length) = (Length::pt(8), Length::pt10(45));

/// Above the first line of every sheet.
const TOP: Length = Length::mm(10);
/// Height of the line with school, class and sheet number.
const LINE: Length = Length::mm(7);
/// Height of the title and the white below it.
const HEAD: Length = Length::mm(19);
/// Before notes and before signatures.
const WHITE: Length = Length::mm(2);
/// Height that a signature takes, and what a seal adds to it.
const SIGNATURE: Length = Length::mm10(125);
const SEAL: Length = Length::mm(12);

/// A form on its way: its title, and the sheets written so far.
struct Form<'a> {
    head: &'a Letterhead<'a>,
    heading: &'a Heading,
    title: String,
    /// Signature lines are left white.
    bare: bool,
    writing: Writing,
}

/// A form that is written to its end, without what stands above every sheet.
struct Closed<'a> {
    head: &'a Letterhead<'a>,
    heading: &'a Heading,
    title: String,
    /// Between the margins.
    width: Length,
    sides: Vec<Side>,
}

impl<'a> Form<'a> {
    fn new(
        head: &'a Letterhead<'a>,
        heading: &'a Heading,
        title: &Text<ClassAndPeriod>,
        format: Format,
    ) -> Form<'a> {
        let title = title.fill(&ClassAndPeriod {
            class: head.wording.terms.class_name(&heading.class, Case::Genitive),
            period: period(heading.period, Case::Nominative),
            school: head.school.to_owned(),
        });
        let margins = Margins { top: TOP + HEAD, bottom: TOP, ..Margins::STITCHED };
        Form { head, heading, title, bare: false, writing: Writing::new(format, margins) }
    }

    /// A heading of a part of the form, kept with what follows.
    fn part(&mut self, text: &str) -> Result<(), PaperError> {
        self.writing.space(Length::mm(3));
        self.writing.keep(Length::mm(25));
        self.writing.text(PART, Align::Left, text, &Place::of(&self.title))?;
        self.writing.space(Length::mm(1));
        Ok(())
    }

    fn text(&mut self, style: Style, text: &str) -> Result<(), PaperError> {
        self.writing.text(style, Align::Left, text, &Place::of(&self.title))
    }

    /// What the sign at unjoined pupils means, and who they are.
    fn unjoined_note(&self, unjoined: &[Unjoined], pupils: &[&PupilRow]) -> Option<String> {
        let name = |row: usize| format!("{}. {}", row + 1, full(pupils[row]));
        let pairs = unjoined.iter().map(|u| format!("{} — {}", name(u.first), name(u.second)));
        let pairs = pairs.collect::<Vec<_>>().join("; ");
        let meaning = &self.head.wording.statements.progress.unjoined;
        (!unjoined.is_empty()).then(|| format!("{UNJOINED} — {meaning}: {pairs}"))
    }

    /// Height of the notes and signatures that end the form.
    fn end(&self, notes: &[String], signed_by: &[Role]) -> Result<Length, PaperError> {
        let place = Place::of(&self.title);
        let mut height = WHITE * 2 + SIGNATURE * signed_by.len() as i32;
        for note in notes {
            height += self.writing.height_of(SMALL, note, &place)?;
        }
        Ok(if signed_by.contains(&Role::Director) { height + SEAL } else { height })
    }

    /// The lines for signatures, together on one sheet.
    fn signatures(&mut self, signed_by: &[Role]) -> Result<(), PaperError> {
        let Form { head, heading, title, bare, writing } = self;
        let terms = &head.wording.terms;
        let names = signed_by.iter().map(|role| match role {
            Role::ClassTeacher => heading.teacher.as_deref().map(spelled_out),
            role => head.official(*role).map(|official| official.name.before()),
        });
        let names: Vec<Option<String>> = names.collect();
        let lines = signed_by.iter().zip(&names).map(|(role, name)| SignatureLine {
            role: match head.official(*role) {
                Some(_) => head.post(*role),
                None => terms.role(*role, &heading.class),
            },
            name: name.as_deref(),
            seal: *role == Role::Director,
        });
        let lines: Vec<_> = lines.collect();
        let place = Place::of(title);
        let write =
            |writing: &mut Writing| writing.signatures(&lines, &terms.captions, TEXT, &place);
        if *bare { writing.leave(write) } else { write(writing) }
    }

    /// Notes and signature lines below; school, class, title and sheet number above every sheet.
    fn finish(self, notes: &[String], signed_by: &[Role]) -> Result<Print, PaperError> {
        self.close(notes, signed_by)?.print()
    }

    /// Notes and signature lines below.
    fn close(mut self, notes: &[String], signed_by: &[Role]) -> Result<Closed<'a>, PaperError> {
        let end = self.end(notes, signed_by)?;
        if end <= self.writing.height() {
            self.writing.keep(end);
        }
        self.writing.space(WHITE);
        for note in notes {
            self.text(SMALL, note)?;
        }
        self.writing.space(WHITE);
        self.signatures(signed_by)?;
        let Form { head, heading, title, writing, .. } = self;
        Ok(Closed { head, heading, title, width: writing.width(), sides: writing.finish() })
    }
}

impl Closed<'_> {
    /// A file of its own: school, class, title and sheet number above every sheet.
    fn print(mut self) -> Result<Print, PaperError> {
        let mut sides = std::mem::take(&mut self.sides);
        let sheets = sides.len().to_string();
        for (number, side) in (1..).zip(&mut sides) {
            let sheet = SheetOf { sheet: i32::to_string(&number), sheets: sheets.clone() };
            let sheet = self.head.wording.statements.sheet.number.fill(&sheet);
            let mut top = Side::new(side.format());
            self.draw_head(&mut top, self.width, &sheet)?;
            // Whoever has the file read out hears the title first.
            side.runs.splice(0..0, top.runs);
        }
        Ok(self.head.print(self.title, sides))
    }

    /// School, class, title and sheet number.
    fn draw_head(&self, side: &mut Side, width: Length, sheet: &str) -> Result<(), PaperError> {
        self.head.draw(side, width, self.heading, &self.title, sheet)
    }
}

impl Letterhead<'_> {
    fn draw(
        &self,
        side: &mut Side,
        width: Length,
        heading: &Heading,
        title: &str,
        sheet: &str,
    ) -> Result<(), PaperError> {
        let place = Place::of(title);
        let class = self.wording.terms.class_name(&heading.class, Case::Nominative);
        let class = format!("{class}, {}", period(heading.period, Case::Nominative));
        let at =
            |right: Length, down: Length| Point::new(Margins::STITCHED.left + right, TOP + down);
        let third = width.part(48, 100);
        let thin = Space { face: Face::Sans, sizes: SCHOOL, width: third, height: LINE };
        thin.draw(side, at(Length::ZERO, Length::ZERO), Align::Left, self.school, &place)?;
        let middle = Space { width: width.part(36, 100), ..thin };
        middle.draw(side, at(width.part(49, 100), Length::ZERO), Align::Middle, &class, &place)?;
        let right = Space { width: width.part(14, 100), ..thin };
        right.draw(side, at(width.part(86, 100), Length::ZERO), Align::Right, sheet, &place)?;
        let high = HEAD - LINE - Length::mm(3);
        let bold = Space { face: Face::SansBold, sizes: TITLE, width, height: high };
        bold.draw(side, at(Length::ZERO, LINE + Length::mm(1)), Align::Middle, title, &place)
    }
}

/// A space for a text that is made smaller until it fits.
#[derive(Clone, Copy)]
struct Space {
    face: Face,
    /// Largest and least.
    sizes: (Length, Length),
    width: Length,
    height: Length,
}

impl Space {
    fn draw(
        self,
        side: &mut Side,
        at: Point,
        align: Align,
        text: &str,
        place: &Place<'_>,
    ) -> Result<(), PaperError> {
        let (largest, least) = self.sizes;
        let printable = self.face.printable(text, place)?;
        let fitted = fit_box(&printable, self.width, self.height, least..=largest);
        let (size, lines) = fitted.ok_or_else(|| PaperError::TooNarrow {
            text: text.to_owned(),
            place: place.to_string(),
        })?;
        let style = Style::new(self.face, size);
        for (line, text) in (0..).zip(lines) {
            let at = at.moved(Length::ZERO, style.ascent() + style.leading() * line);
            side.run(Run::aligned(text, size, (at, self.width), align));
        }
        Ok(())
    }
}

/// «И. И. Орлова» of «Орлова Ирина Ивановна». A name of other parts than surname, name and patronymic stays
/// whole: which of them is the surname is not known.
fn spelled_out(name: &str) -> String {
    let parts: Vec<&str> = name.split_whitespace().collect();
    let initials = match parts[..] {
        [surname, name] => Initials::new(surname, Some(name), None),
        [surname, name, patronymic] => Initials::new(surname, Some(name), Some(patronymic)),
        _ => return name.to_owned(),
    };
    initials.map_or_else(|_| name.to_owned(), |initials| initials.before())
}

/// Surname, name and patronymic.
pub(super) fn full(pupil: &PupilRow) -> String {
    full_name(&pupil.surname, Some(&pupil.name), pupil.patronymic.as_deref())
}

/// Surname and name: in running text.
fn short(pupil: &PupilRow) -> String {
    full_name(&pupil.surname, Some(&pupil.name), None)
}

/// The rows that may be one pupil with another row.
fn marked(unjoined: &[Unjoined]) -> BTreeSet<usize> {
    unjoined.iter().flat_map(|u| [u.first, u.second]).collect()
}

/// A name as a list has it, with the sign of those who are not joined.
fn listed(name: String, marked: bool) -> String {
    if marked { format!("{name} {UNJOINED}") } else { name }
}

/// Values of one cell: equal ones once, in their order.
fn once(values: impl Iterator<Item = String>) -> String {
    let mut shown: Vec<String> = Vec::new();
    for value in values {
        if !shown.contains(&value) {
            shown.push(value);
        }
    }
    shown.join(" / ")
}

/// A count; nothing for none, so that what there is stands out.
pub(super) fn counted(count: u32) -> String {
    if count == 0 { String::new() } else { count.to_string() }
}
