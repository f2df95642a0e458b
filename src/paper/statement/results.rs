//! Итоги успеваемости класса за период.

use super::grid::parts;
use super::{Form, Letterhead, TEXT, listed, marked, short};
use crate::journal::statement::{ClassResults, Grades, PupilResult, Standing, SubjectResults};
use crate::paper::wording::forms::{self, Shares};
use crate::paper::{
    Align, Cell, Column, Face, Format, Length, Look, PaperError, Place, Print, Row, Style, Table,
    Width,
};

const CELLS: Style = Style::new(Face::Sans, Length::pt(9));
const SUBJECTS: Style = Style::new(Face::Narrow, Length::pt(9));

/// Lists of pupils by how they finished, shares of the class, and each subject's marks. Each pupil is in one
/// list. Of a grade without marks it says so. Portrait.
///
/// # Errors
/// When a character has no glyph: with the pupil or subject.
pub fn results(results: &ClassResults, head: &Letterhead<'_>) -> Result<Print, PaperError> {
    let words = &head.wording.reports.results;
    let mut form = Form::new(head, &results.heading, &words.heading, Format::Portrait);
    let pupils: Vec<_> = results.rows.iter().map(|row| &row.pupil).collect();
    let notes: Vec<_> = form.unjoined_note(&results.unjoined, &pupils).into_iter().collect();
    let end = form.end(&notes, &words.signed_by)?;
    body(results, words, &mut form, end)?;
    form.finish(&notes, &words.signed_by)
}

/// All but the title and signatures; its last rows stand on one sheet with what follows of this height.
pub(super) fn body(
    results: &ClassResults,
    words: &forms::ClassResults,
    form: &mut Form<'_>,
    end: Length,
) -> Result<(), PaperError> {
    if results.subjects.is_empty() {
        return form.text(TEXT, &words.without_marks);
    }
    if let (Some(progress), Some(quality)) = (results.progress(), results.quality()) {
        let shares = Shares {
            progress: progress.to_string(),
            quality: quality.to_string(),
            pupils: progress.of.to_string(),
        };
        form.text(TEXT, &words.shares.fill(&shares))?;
        form.writing.space(Length::mm(2));
    }
    lists(results, words, form)?;
    form.writing.space(Length::mm(4));
    subjects(results, words, form, end)
}

fn lists(
    results: &ClassResults,
    words: &forms::ClassResults,
    form: &mut Form<'_>,
) -> Result<(), PaperError> {
    let lists = [
        (&words.excellent, Some(Standing::Excellent)),
        (&words.one_good, Some(Standing::OneGood)),
        (&words.good, Some(Standing::Good)),
        (&words.one_satisfactory, Some(Standing::OneSatisfactory)),
        (&words.satisfactory, Some(Standing::Satisfactory)),
        (&words.failing, Some(Standing::Failing)),
        (&words.not_attested, Some(Standing::NotAttested)),
        (&words.without_finals, None),
    ];
    let marked = marked(&results.unjoined);
    let row = |(title, standing): (&String, Option<Standing>)| {
        let of_list = results.rows.iter().enumerate().filter(|(_, row)| row.standing == standing);
        let names = of_list.map(|(place, row)| name(row, marked.contains(&place)));
        let names: Vec<String> = names.collect();
        let text = if names.is_empty() { words.nobody.clone() } else { names.join(", ") };
        let cells = vec![title.clone().into(), names.len().to_string().into(), text.into()];
        Row::new(title.clone(), cells)
    };
    let table = Table {
        columns: vec![
            Column::new("", Width::Exactly(Length::mm(45)), CELLS),
            Column::new("", Width::Exactly(Length::mm(10)), CELLS).align(Align::Middle),
            Column::new("", Width::Share(1), CELLS),
        ],
        header: Vec::new(),
        rows: lists.into_iter().map(row).collect(),
        look: Look::USUAL,
    };
    form.writing.table(&table, &Place::of(&form.title))
}

fn name(row: &PupilResult, marked: bool) -> String {
    let name = listed(short(&row.pupil), marked);
    match row.troubled.as_slice() {
        [] => name,
        subjects => format!("{name} ({})", subjects.join(", ")),
    }
}

fn subjects(
    results: &ClassResults,
    words: &forms::ClassResults,
    form: &mut Form<'_>,
    end: Length,
) -> Result<(), PaperError> {
    let columns = &words.columns;
    let ones = results.subjects.iter().any(|subject| subject.finals.ones > 0);
    let grades = ["5", "4", "3", "2"].into_iter().chain(ones.then_some("1"));
    let wide = |name: &str, share| Column::new(name.to_owned(), Width::Share(share), SUBJECTS);
    let number = |name: &str, width| {
        Column::new(name.to_owned(), Width::Exactly(Length::mm(width)), SUBJECTS)
            .align(Align::Middle)
    };
    let mut all = vec![wide(&columns.subject, 5), wide(&columns.teacher, 5)];
    all.extend(grades.map(|grade| number(grade, 8)));
    all.extend([number(&columns.other, 11), number(&columns.average, 15)]);
    all.extend([number(&columns.quality, 18), number(&columns.progress, 23)]);
    let header = all.iter().map(|column| Cell::new(column.name.to_string()).size(Length::pt(8)));
    let table = Table {
        header: vec![Row::new("", header.collect())],
        columns: all,
        rows: results.subjects.iter().map(|subject| row(subject, ones)).collect(),
        look: Look::USUAL,
    };
    let mut laid = table.measure(form.writing.width(), &Place::of(&form.title))?;
    parts(&mut form.writing, &mut laid, end)
}

fn row(subject: &SubjectResults, ones: bool) -> Row<'_> {
    let Grades { fives, fours, threes, twos, .. } = subject.finals;
    let finals = &subject.finals;
    let grades = [fives, fours, threes, twos].into_iter().chain(ones.then_some(finals.ones));
    let mut cells = vec![subject.subject.clone(), subject.teachers.join(", ")];
    cells.extend(grades.map(|count| count.to_string()));
    cells.push((finals.all() - finals.grades()).to_string());
    let text = |value: Option<String>| value.unwrap_or_else(|| "—".to_owned());
    cells.push(text(finals.average().map(|average| average.to_string())));
    cells.push(text(finals.quality().map(|share| share.to_string())));
    cells.push(text(finals.progress().map(|share| share.to_string())));
    Row::new(subject.subject.as_str(), cells.into_iter().map(Cell::from).collect())
}
