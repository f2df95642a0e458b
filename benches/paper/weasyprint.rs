//! The same marks, topics and signature lines as HTML, set by WeasyPrint: tables with borders, 13 lessons
//! beside each other, a head and a signature line for each part. Without QR codes, digests and PDF/A.

use letopis::journal::{Absence, Entry, Journal, Lesson, Page};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// Lessons beside each other.
const BESIDE: usize = 13;

const STYLE: &str = "<meta charset=utf-8><style>@page{size:A4;margin:34mm 10mm 29mm 25mm}\
    body{font:9pt 'PT Sans Narrow'}table{border-collapse:collapse;width:100%;margin-bottom:4mm}\
    td,th{border:.4pt solid;padding:.2mm .5mm}section{break-before:page}</style>";

/// What WeasyPrint took, and how many sheets it made; `None` when it is not installed.
pub fn print(journal: &Journal) -> Option<String> {
    Command::new("weasyprint").arg("--version").output().ok()?;
    let directory = tempfile::tempdir().ok()?;
    let empty = set(directory.path(), "<p>")?.0;
    let (taken, sheets) = set(directory.path(), &html(journal))?;
    let rate = sheets as f64 / (taken - empty).as_secs_f64();
    Some(format!(
        "weasyprint: {taken:.1?} (of which {empty:.1?} to start), {sheets} sheets, {rate:.0} sheets/s"
    ))
}

fn set(directory: &Path, html: &str) -> Option<(Duration, usize)> {
    let (from, to) = (directory.join("copy.html"), directory.join("copy.pdf"));
    std::fs::write(&from, html).ok()?;
    let begun = Instant::now();
    let done = Command::new("weasyprint").arg("-q").args([&from, &to]).status().ok()?;
    let taken = begun.elapsed();
    let sheets = lopdf::Document::load(&to).ok()?.get_pages().len();
    done.success().then_some((taken, sheets))
}

fn html(journal: &Journal) -> String {
    let mut html = STYLE.to_owned();
    for page in &journal.pages {
        let cells = page.entries.iter();
        let cells: HashMap<_, _> =
            cells.map(|entry| ((&entry.lesson, &entry.pupil), entry)).collect();
        for lessons in page.lessons.chunks(BESIDE) {
            part(&mut html, journal, page, lessons, |lesson, pupil| {
                cells.get(&(&lesson.id, pupil)).map(|entry| cell(entry)).unwrap_or_default()
            });
        }
    }
    html
}

fn part(
    html: &mut String,
    journal: &Journal,
    page: &Page,
    lessons: &[Lesson],
    cell: impl Fn(&Lesson, &letopis::journal::PupilId) -> String,
) {
    let _ = write!(html, "<section><h2>{}</h2><table><tr><th>№<th>Фамилия, имя", page.key());
    for lesson in lessons {
        let _ = write!(html, "<th>{}/{}", lesson.date.format("%d.%m"), lesson.number);
    }
    for (pupil, number) in journal.pupils_of(page).zip(1..) {
        let _ = write!(html, "<tr><td>{number}<td>{}", pupil.full_name());
        for lesson in lessons {
            let _ = write!(html, "<td>{}", cell(lesson, &pupil.id));
        }
    }
    html.push_str("</table><table><tr><th>Дата<th>№<th>Содержание урока<th>Задание на дом");
    for lesson in lessons {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (date, topic, homework) =
            (lesson.date.format("%d.%m.%Y"), text(&lesson.topic), text(&lesson.homework));
        let _ = write!(html, "<tr><td>{date}<td>{}<td>{topic}<td>{homework}", lesson.number);
    }
    html.push_str("</table><p>Учитель ____________________</section>");
}

fn cell(entry: &Entry) -> String {
    let marks = entry.marks.iter().map(|mark| mark.value.as_str());
    let absence = entry.absence.iter().map(|Absence(text)| text.as_str());
    marks.chain(absence).collect::<Vec<_>>().join(" ")
}
