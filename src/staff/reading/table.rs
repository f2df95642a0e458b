//! The load as a table says it: a row for each teacher, class and subject.

use super::matching::{Matched, by_hand};
use super::question::{Asked, Met, Question};
use super::sheet::Row;
use super::{LoadProposal, ProposedRow};
use crate::journal::{ClassName, PageKey};
use crate::register::StaffId;
use crate::staff::load::{LONGEST, PageOf};
use crate::staff::text::{Term, is_written, single_spaced};
use crate::staff::{LoadRow, Roster, Span};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// One thing wrong with a table, and in which row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("row {row}: {fault}")]
pub struct TableProblem {
    /// As spreadsheet programs count, from 1.
    pub row: u32,
    /// What is wrong.
    pub fault: TableFault,
}

/// What is wrong with a row of a table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableFault {
    /// No row has text.
    #[error(
        "the table is empty; write a heading (Учитель, Класс, Предмет, Группа, С, По) and rows"
    )]
    Empty,
    /// A heading that means nothing.
    #[error("there is no column `{0}`; the columns are Учитель, Класс, Предмет, Группа, С, По")]
    UnknownColumn(String),
    /// A heading twice.
    #[error("the column `{0}` is there twice; leave one of them out")]
    ColumnTwice(String),
    /// A heading that must be there.
    #[error("the column `{0}` is missing; add it")]
    ColumnMissing(&'static str),
    /// Text where no heading stands.
    #[error("`{0}` stands in a column without a heading; name the column or clear the cell")]
    NoHeading(String),
    /// A cell that must be filled.
    #[error("`{0}` is empty; fill it")]
    EmptyCell(&'static str),
    /// No class of the school.
    #[error("no journal and no row of the load is of a class `{0}`; correct it")]
    UnknownClass(String),
    /// No day.
    #[error("`{0}` is no day; write it like 2025-09-01 or 01.09.2025")]
    Day(String),
    /// Ends before it begins.
    #[error("it ends on {until}, before it begins on {from}; correct one of the days")]
    Term {
        /// First day.
        from: NaiveDate,
        /// Last day.
        until: NaiveDate,
    },
    /// Too long, or with control characters.
    #[error("`{}` is no name of a subject or group; shorten it", .0.escape_debug())]
    Text(String),
    /// The same person teaches the same on one of these days.
    #[error("it says again what row {0} says; leave one of them out")]
    Twice(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Teacher,
    Class,
    Subject,
    Group,
    From,
    Until,
}

/// Headings, Russian and English, in small letters.
const HEADINGS: [(&str, &str, Column); 6] = [
    ("учитель", "teacher", Column::Teacher),
    ("класс", "class", Column::Class),
    ("предмет", "subject", Column::Subject),
    ("группа", "group", Column::Group),
    ("с", "from", Column::From),
    ("по", "until", Column::Until),
];

/// A row that reads, whoever its teacher is.
struct Line {
    number: u32,
    teacher: String,
    class: ClassName,
    subject: String,
    group: Option<String>,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
}

/// What a table says. Teachers are named by full name or by their id in the roster. The rows of each class in the
/// table stand for all its rows from the first day they name on; a row without a first day is since ever. `classes`
/// are those the archive knows; when there are none yet, every name of a class is taken.
///
/// # Errors
/// Every problem of every row. Who is not known is no problem but a question of the proposal.
pub fn from_table(
    rows: &[Row],
    classes: &BTreeSet<ClassName>,
    roster: &Roster,
) -> Result<LoadProposal, Vec<TableProblem>> {
    let (heading, rows) = rows
        .split_first()
        .ok_or_else(|| vec![TableProblem { row: 1, fault: TableFault::Empty }])?;
    let columns = columns(heading)?;
    let (mut lines, mut problems) = (Vec::new(), Vec::new());
    for row in rows {
        match line(row, &columns, classes) {
            Ok(line) => lines.push(line),
            Err(faults) => {
                problems.extend(faults.into_iter().map(|fault| TableProblem { row: row.0, fault }));
            }
        }
    }
    problems.extend(twice(&lines, roster));
    if rows.is_empty() {
        problems.push(TableProblem { row: heading.0, fault: TableFault::Empty });
    }
    if problems.is_empty() { Ok(proposal(lines, roster)) } else { Err(problems) }
}

fn columns((row, cells): &Row) -> Result<BTreeMap<usize, Column>, Vec<TableProblem>> {
    let (mut columns, mut faults) = (BTreeMap::new(), Vec::new());
    for (place, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        let name = single_spaced(cell).to_lowercase();
        let known = HEADINGS.iter().find(|(ru, en, _)| *ru == name || *en == name);
        match known.map(|(_, _, column)| *column) {
            None => faults.push(TableFault::UnknownColumn(cell.clone())),
            Some(column) if columns.values().any(|known| *known == column) => {
                faults.push(TableFault::ColumnTwice(cell.clone()));
            }
            Some(column) => {
                columns.insert(place, column);
            }
        }
    }
    for (column, name) in REQUIRED {
        if !columns.values().any(|known| *known == column) {
            faults.push(TableFault::ColumnMissing(name));
        }
    }
    let problems: Vec<_> =
        faults.into_iter().map(|fault| TableProblem { row: *row, fault }).collect();
    if problems.is_empty() { Ok(columns) } else { Err(problems) }
}

const REQUIRED: [(Column, &str); 3] =
    [(Column::Teacher, "Учитель"), (Column::Class, "Класс"), (Column::Subject, "Предмет")];

/// The filled cells of a row by their columns.
fn filled<'c>(
    cells: &'c [String],
    columns: &BTreeMap<usize, Column>,
    faults: &mut Vec<TableFault>,
) -> BTreeMap<Column, &'c str> {
    let mut texts = BTreeMap::new();
    for (place, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        match columns.get(&place) {
            Some(column) => _ = texts.insert(*column, cell.as_str()),
            None => faults.push(TableFault::NoHeading(cell.clone())),
        }
    }
    for (column, name) in REQUIRED {
        if !texts.contains_key(&column) {
            faults.push(TableFault::EmptyCell(name));
        }
    }
    texts
}

fn line(
    (number, cells): &Row,
    columns: &BTreeMap<usize, Column>,
    classes: &BTreeSet<ClassName>,
) -> Result<Line, Vec<TableFault>> {
    let mut faults = Vec::new();
    let texts = filled(cells, columns, &mut faults);
    let text = |column| texts.get(&column).copied().unwrap_or_default();
    let class = class(text(Column::Class), classes, &mut faults);
    let [subject, group] = [Column::Subject, Column::Group].map(|column| {
        let text = single_spaced(text(column));
        if text.chars().count() > LONGEST || text.chars().any(char::is_control) {
            faults.push(TableFault::Text(text.clone()));
        }
        text
    });
    let [from, until] = [Column::From, Column::Until].map(|column| {
        let text = texts.get(&column)?;
        let day = day(text);
        if day.is_none() {
            faults.push(TableFault::Day((*text).to_owned()));
        }
        day
    });
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        faults.push(TableFault::Term { from, until });
    }
    let group = Some(group).filter(|group| !group.is_empty());
    let teacher = single_spaced(text(Column::Teacher));
    match class.filter(|_| faults.is_empty()) {
        Some(class) => Ok(Line { number: *number, teacher, class, subject, group, from, until }),
        None => Err(faults),
    }
}

fn class(
    text: &str,
    classes: &BTreeSet<ClassName>,
    faults: &mut Vec<TableFault>,
) -> Option<ClassName> {
    if text.is_empty() {
        return None;
    }
    let class: Option<ClassName> = text.parse().ok();
    let known = match class {
        Some(class) if classes.is_empty() => Some(class),
        // As the journals write it, whatever look-alikes were typed.
        class => class.and_then(|class| classes.get(&class).cloned()),
    };
    if known.is_none() {
        faults.push(TableFault::UnknownClass(text.to_owned()));
    }
    known
}

/// `2025-09-01`, `01.09.2025`.
fn day(text: &str) -> Option<NaiveDate> {
    let read = |format| NaiveDate::parse_from_str(text, format).ok();
    let day = read("%Y-%m-%d").or_else(|| read("%d.%m.%Y"))?;
    is_written(day).then_some(day)
}

impl Line {
    fn page(&self) -> PageKey<'_> {
        PageKey { subject: &self.subject, group: self.group.as_deref() }
    }

    fn row(&self, staff: StaffId) -> LoadRow {
        let (class, subject, group) =
            (self.class.clone(), self.subject.clone(), self.group.clone());
        LoadRow { class, from: self.from, group, staff, subject, until: self.until }
    }
}

/// Rows that say what a row before them says. Somebody unknown is one person by each name.
fn twice(lines: &[Line], roster: &Roster) -> Vec<TableProblem> {
    type Place<'a> = (PageOf, Result<StaffId, &'a str>);
    let mut known: BTreeMap<Place<'_>, Vec<&Line>> = BTreeMap::new();
    let mut problems = Vec::new();
    for line in lines {
        let who = by_hand(roster, &line.teacher).map_err(|_| line.teacher.as_str());
        let page = PageOf::new(&line.class, line.page());
        let before = known.entry((page, who)).or_default();
        let term = |line: &Line| Term { from: line.from, until: line.until };
        match before.iter().find(|other| term(other).meets(term(line))) {
            Some(other) => {
                let (row, fault) = (line.number, TableFault::Twice(other.number));
                problems.push(TableProblem { row, fault });
            }
            None => before.push(line),
        }
    }
    problems
}

fn proposal(lines: Vec<Line>, roster: &Roster) -> LoadProposal {
    let mut proposal = LoadProposal::default();
    let mut questions: BTreeMap<String, (Vec<Met>, Asked)> = BTreeMap::new();
    for line in lines {
        let fresh = Span { from: line.from, ..Span::default() };
        let span = proposal.spans.entry(line.class.clone()).or_insert(fresh);
        // `None` is the smallest: since ever.
        span.from = span.from.min(line.from);
        match by_hand(roster, &line.teacher) {
            Ok(staff) => {
                let (row, matched) = (line.row(staff), Matched::Certain);
                proposal.rows.push(ProposedRow { row, matched });
            }
            Err(asked) => {
                let met = Met::page(&line.class, line.page());
                questions.entry(line.teacher).or_insert((Vec::new(), asked)).0.push(met);
            }
        }
    }
    let questions = questions.into_iter().map(|(name, (met, asked))| Question {
        name: Some(name),
        source: None,
        met,
        asked,
    });
    proposal.questions = questions.collect();
    proposal
}
