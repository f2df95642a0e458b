//! Контрольный лист класса, fixed to each copy for the day it is signed (R1, procedure § 4.3).

use super::form::{BODY, CELL, Form, ROOMY, SMALL, header, listed};
use super::sheets::{numbers, sheets, sum};
use super::{Letterhead, Order};
use crate::journal::{Class, PeriodId};
use crate::paper::wording::forms::{Place, RegisterPlace, Role, SubgroupPage};
use crate::paper::words::{Case, Initials, period};
use crate::paper::{Align, Cell, Column, Format, Length, PaperError, Print, Row, Table, Width};
use crate::register::{CopyNumber, RecordNumber, SheetKind, SheetRun};

/// Who signs which sheets of one copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checklist {
    /// Whose copy it is.
    pub class: Class,
    /// Of which period.
    pub period: PeriodId,
    /// The copy it is fixed to.
    pub copy: CopyNumber,
    /// The record the copy shows.
    pub record: RecordNumber,
    /// The class teacher, who signs title and class-wide sheets.
    pub class_teacher: Option<Initials>,
    /// The valid sheets of the copy.
    pub sheets: Vec<SheetRun>,
    /// The pages of the journal in order; page 1 is the first.
    pub pages: Vec<ChecklistPage>,
}

/// A subject's page, and who signs its sheets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistPage {
    /// Subject.
    pub subject: String,
    /// Subgroup, where there is one.
    pub group: Option<String>,
    /// Who signs; `None` when it is not known yet: the name is written by hand.
    pub signer: Option<Initials>,
    /// The order that excuses this signature. Then there is nothing to tick.
    pub excused: Option<Order>,
}

/// Sheets that show one thing, and who signs them.
struct Entry {
    page: String,
    sheets: Vec<SheetRun>,
    signers: Vec<String>,
    /// What stands in place of the box.
    excused: bool,
}

impl Checklist {
    /// In portrait; a box for each signer of each page.
    ///
    /// # Errors
    /// When a character has no glyph, or more sheets than there are words for.
    pub fn print(&self, head: &Letterhead<'_>) -> Result<Print, PaperError> {
        let texts = &head.wording.closing.checklist;
        let place = RegisterPlace {
            class: head.wording.terms.class_name(&self.class, Case::Genitive),
            period: period(self.period, Case::Nominative),
            copy: self.copy.to_string(),
            record: self.record.to_string(),
        };
        let title = texts.heading.fill(&place);
        let mut form = Form::begin(head, Format::Portrait, title.clone())?;
        form.text(BODY, Align::Middle, &texts.copy.fill(&place))?;
        let entries = self.entries(head);
        form.table(table(head, &entries), "–")?;
        form.body(&texts.total.fill(&sheets(sum(&self.sheets), &title)?))?;
        form.text(SMALL, Align::Left, &texts.note)?;
        Ok(head.print(title, form.finish()?))
    }

    /// What the copy shows, each thing once, in the order of its sheets.
    fn entries(&self, head: &Letterhead<'_>) -> Vec<Entry> {
        let mut entries: Vec<((SheetKind, Option<u32>), Entry)> = Vec::new();
        for run in &self.sheets {
            let key = (run.kind, run.page);
            match entries.iter_mut().find(|(known, _)| *known == key) {
                Some((_, entry)) => entry.sheets.push(run.clone()),
                None => entries.push((key, self.entry(head, run))),
            }
        }
        entries.into_iter().map(|(_, entry)| entry).collect()
    }

    fn entry(&self, head: &Letterhead<'_>, run: &SheetRun) -> Entry {
        let texts = &head.wording.closing.checklist;
        let journal = &head.wording.journal;
        let certified = |place| {
            let here = journal.certification.iter().filter(move |c| c.place == place);
            here.map(|c| c.role)
        };
        let (page, roles): (&str, Vec<Role>) = match run.kind {
            SheetKind::Title => (&texts.title, certified(Place::Title).collect()),
            SheetKind::Page => return self.page(head, run),
            SheetKind::Attendance => (&texts.attendance, vec![Role::ClassTeacher]),
            SheetKind::Finals => (&texts.finals, vec![Role::ClassTeacher]),
            SheetKind::Blank => (&texts.blank, Vec::new()),
            SheetKind::Statement => {
                (&texts.statement, vec![Role::ClassTeacher, Role::Deputy, Role::Director])
            }
            SheetKind::Last => {
                let bound = [journal.last.bound_by];
                let roles: Vec<Role> = certified(Place::Last).collect();
                let bound = bound.into_iter().filter(|role| !roles.contains(role));
                let bound: Vec<Role> = bound.collect();
                (&texts.last, [roles, bound].concat())
            }
        };
        let signers = roles.into_iter().map(|role| self.signer(head, role)).collect();
        Entry { page: page.to_owned(), sheets: vec![run.clone()], signers, excused: false }
    }

    /// A subject's page, by its number in the run.
    fn page(&self, head: &Letterhead<'_>, run: &SheetRun) -> Entry {
        let number = run.page.and_then(|number| number.checked_sub(1));
        let page = number.and_then(|index| self.pages.get(index as usize));
        let name = match page {
            Some(ChecklistPage { subject, group: Some(group), .. }) => {
                let (subject, group) = (subject.clone(), group.clone());
                head.wording.closing.checklist.subgroup.fill(&SubgroupPage { subject, group })
            }
            Some(page) => page.subject.clone(),
            None => head.wording.terms.captions.not_given.clone(),
        };
        let signer = page.and_then(|page| page.signer.as_ref()).map(listed);
        let signers = vec![signer.unwrap_or_default()];
        let excused = page.is_some_and(|page| page.excused.is_some());
        Entry { page: name, sheets: vec![run.clone()], signers, excused }
    }

    /// «Классный руководитель Орлова И. И.»
    fn signer(&self, head: &Letterhead<'_>, role: Role) -> String {
        let (post, name) = match role {
            Role::ClassTeacher => {
                (head.wording.terms.role(role, &self.class), self.class_teacher.as_ref())
            }
            _ => (head.post(role), head.official(role).map(|official| &official.name)),
        };
        let name = name.map(listed).unwrap_or_default();
        format!("{post} {name}").trim_end().to_owned()
    }
}

fn table<'a>(head: &'a Letterhead<'_>, entries: &'a [Entry]) -> Table<'a> {
    let columns = &head.wording.closing.checklist.columns;
    let exact = |name: &'a str, wide| Column::new(name, Width::Exactly(Length::mm(wide)), CELL);
    let mut rows = Vec::new();
    for (entry, number) in entries.iter().zip(1..) {
        rows_of(head, entry, number, &mut rows);
    }
    Table {
        columns: vec![
            exact(&columns.number, 9).align(Align::Middle),
            Column::new(columns.page.as_str(), Width::Share(5), CELL),
            exact(&columns.sheets, 24).align(Align::Middle),
            exact(&columns.count, 16).align(Align::Middle),
            Column::new(columns.signer.as_str(), Width::Share(6), CELL),
            exact(&columns.done, 25).align(Align::Middle),
        ],
        header: header([
            &*columns.number,
            &columns.page,
            &columns.sheets,
            &columns.count,
            &columns.signer,
            &columns.done,
        ]),
        rows,
        look: ROOMY,
    }
}

/// A row for each signer of an entry; a single one without a box when nobody signs.
fn rows_of<'a>(head: &'a Letterhead<'_>, entry: &'a Entry, number: usize, rows: &mut Vec<Row<'a>>) {
    let together = u16::try_from(entry.signers.len().max(1)).unwrap_or(u16::MAX);
    let mut cells: Vec<Cell<'a>> = vec![
        Cell::new(number.to_string()).down(together),
        Cell::new(entry.page.as_str()).down(together),
        Cell::new(numbers(&entry.sheets)).down(together),
        Cell::new(sum(&entry.sheets).to_string()).down(together),
    ];
    for signer in &entry.signers {
        cells.push(signer.as_str().into());
        cells.push(match entry.excused {
            true => {
                let text = head.wording.terms.captions.excused.as_str();
                Cell::new(text).size(Length::pt(7))
            }
            false => Cell::tick(),
        });
        rows.push(Row::new(entry.page.as_str(), std::mem::take(&mut cells)));
    }
    if entry.signers.is_empty() {
        cells.extend([Cell::new("–"), Cell::new("–")]);
        rows.push(Row::new(entry.page.as_str(), cells));
    }
}
