use super::cases;
use super::sample::{digests, laid, quarter, sides_of};
use crate::journal::{Journal, Page, arbitrary};
use crate::paper::Side;
use crate::register::SheetKind;
use chrono::Days;
use proptest::prelude::*;

/// A change of a journal; false when there is nothing to change.
type Change = fn(&mut Journal) -> bool;

fn longer(text: Option<&mut String>) -> bool {
    text.map(|text| text.push('ж')).is_some()
}

fn first(journal: &mut Journal) -> Option<&mut Page> {
    journal.pages.first_mut()
}

/// What the first page says on paper.
const SHOWN: &[(&str, Change)] = &[
    ("subject", |j| longer(first(j).map(|p| &mut p.subject))),
    ("group", |j| first(j).is_some_and(|p| longer(Some(p.group.get_or_insert_default())))),
    ("mark", |j| {
        longer(
            first(j).and_then(|p| {
                Some(&mut p.entries.iter_mut().find_map(|e| e.marks.first_mut())?.value)
            }),
        )
    }),
    ("weight", |j| {
        longer(first(j).and_then(|p| {
            p.entries.iter_mut().flat_map(|e| &mut e.marks).find_map(|m| m.weight.as_mut())
        }))
    }),
    ("work", |j| {
        longer(first(j).and_then(|p| {
            p.entries.iter_mut().flat_map(|e| &mut e.marks).find_map(|m| m.work.as_mut())
        }))
    }),
    ("no mark", |j| {
        first(j).is_some_and(|p| p.entries.iter_mut().any(|e| e.marks.pop().is_some()))
    }),
    ("no work", |j| {
        first(j).is_some_and(|p| {
            p.entries.iter_mut().flat_map(|e| &mut e.marks).any(|m| m.work.take().is_some())
        })
    }),
    ("no weight", |j| {
        first(j).is_some_and(|p| {
            p.entries.iter_mut().flat_map(|e| &mut e.marks).any(|m| m.weight.take().is_some())
        })
    }),
    ("absence", |j| {
        longer(
            first(j)
                .and_then(|p| p.entries.iter_mut().find_map(|e| Some(&mut e.absence.as_mut()?.0))),
        )
    }),
    ("remark", |j| {
        longer(first(j).and_then(|p| p.entries.iter_mut().find_map(|e| e.remark.as_mut())))
    }),
    ("topic", |j| {
        longer(first(j).and_then(|p| p.lessons.iter_mut().find_map(|l| l.topic.as_mut())))
    }),
    ("homework", |j| {
        longer(first(j).and_then(|p| p.lessons.iter_mut().find_map(|l| l.homework.as_mut())))
    }),
    ("substitute", |j| {
        first(j).is_some_and(|p| p.lessons.iter_mut().any(|l| l.substitute.take().is_some()))
    }),
    ("date", |j| {
        first(j).is_some_and(|p| {
            p.lessons.first_mut().is_some_and(|l| {
                l.date = l.date + Days::new(1);
                true
            })
        })
    }),
    ("another year", |j| {
        first(j).is_some_and(|p| {
            p.lessons.first_mut().is_some_and(|l| {
                l.date = l.date + Days::new(365);
                true
            })
        })
    }),
    ("number", |j| {
        first(j).is_some_and(|p| {
            p.lessons.first_mut().is_some_and(|l| {
                l.number += 1;
                true
            })
        })
    }),
    ("final", |j| longer(first(j).and_then(|p| Some(&mut p.finals.first_mut()?.value)))),
    ("day of a final", |j| {
        first(j).is_some_and(|p| p.finals.iter_mut().any(|f| f.set.take().is_some()))
    }),
    ("school of a final", |j| {
        first(j).is_some_and(|p| p.finals.iter_mut().any(|f| f.school.take().is_some()))
    }),
    ("no final", |j| first(j).is_some_and(|p| p.finals.pop().is_some())),
    ("pupil", |j| {
        longer(of_first_page(j).map(|p| &mut p.patronymic).map(|p| p.get_or_insert_default()))
    }),
    ("pupil's number", |j| {
        of_first_page(j).is_some_and(|p| {
            p.number = Some(p.number.unwrap_or(0) + 50);
            true
        })
    }),
    ("teacher", |j| {
        let id = j.pages.first().and_then(|p| p.teacher.clone());
        longer(
            j.people
                .iter_mut()
                .find(|p| Some(&p.id) == id.as_ref())
                .and_then(|p| p.surname.as_mut()),
        )
    }),
];

/// What it does not.
const HIDDEN: &[(&str, Change)] = &[
    ("planned hours", |j| {
        first(j).is_some_and(|p| {
            p.planned_hours = Some(p.planned_hours.unwrap_or(0) + 1);
            true
        })
    }),
    ("days of the period", |j| {
        j.period.from = j.period.from + Days::new(20);
        j.period.to = j.period.to + Days::new(20);
        true
    }),
    ("birth date", |j| {
        of_first_page(j).is_some_and(|p| {
            p.born = None;
            p.file_number = Some("П-1".into());
            true
        })
    }),
    ("decisions", |j| {
        j.decisions.clear();
        j.movements.clear();
        true
    }),
    ("class teacher", |j| {
        j.class.teacher = None;
        true
    }),
    ("another page", |j| {
        j.pages.get_mut(1).is_some_and(|p| {
            p.subject.push('ж');
            p.lessons.pop();
            p.entries.clear();
            true
        })
    }),
    ("source", |j| {
        j.source.file.push('ж');
        j.source.system.push('ж');
        j.school.name.push('ж');
        true
    }),
    ("ids", |j| {
        let Some(page) = j.pages.first_mut() else { return false };
        for (number, lesson) in page.lessons.iter_mut().enumerate() {
            let id = format!("другой{number}").parse().unwrap();
            page.entries
                .iter_mut()
                .filter(|e| e.lesson == lesson.id)
                .for_each(|e| e.lesson = format!("другой{number}").parse().unwrap());
            lesson.id = id;
        }
        true
    }),
];

fn of_first_page(journal: &mut Journal) -> Option<&mut crate::journal::Pupil> {
    let page = journal.pages.first()?;
    let id = journal.pupils_of(page).next()?.id.clone();
    journal.pupils.iter_mut().find(|pupil| pupil.id == id)
}

/// What stands on the first page's sheets, apart from their numbers in the copy.
fn paper(journal: &Journal) -> Vec<Side> {
    let (sides, sheets) = laid(journal);
    let Some(run) = sheets.iter().find(|run| run.kind == SheetKind::Page) else {
        return Vec::new();
    };
    let mut sides = sides_of(&sides, run).to_vec();
    for side in &mut sides {
        side.runs.retain(|run| !run.text.as_str().starts_with("Лист "));
        side.fills.clear();
    }
    sides
}

fn assert_digest_follows_paper(journal: &Journal, changes: &[(&str, Change)], shown: bool) -> u32 {
    let (before, digest) = (paper(journal), digests(journal));
    let mut tried = 0;
    for (name, change) in changes {
        let mut other = journal.clone();
        if !change(&mut other) {
            continue;
        }
        tried += 1;
        assert_eq!(digests(&other).first() != digest.first(), shown, "{name}: digest");
        assert_eq!(paper(&other) != before, shown, "{name}: paper");
    }
    tried
}

/// A page where every field says something.
fn full() -> Journal {
    let mut journal = quarter();
    journal.pages.truncate(2);
    let substitute = journal.people[0].id.clone();
    let page = &mut journal.pages[0];
    page.lessons[1].substitute = Some(substitute);
    page.lessons[1].homework = Some("§ 5".into());
    let entry = page.entries.iter_mut().find(|e| !e.marks.is_empty()).unwrap();
    entry.remark = Some("Не готов к уроку".into());
    entry.absence = Some(crate::journal::Absence("Н".into()));
    entry.marks[0].weight = Some("2".into());
    entry.marks[0].work = Some("КР".into());
    page.finals[0].school = Some("СОШ № 3".into());
    page.finals[0].set = Some(page.lessons[0].date);
    journal
}

#[test]
fn whatever_changes_on_paper_changes_the_page_digest() {
    assert_eq!(assert_digest_follows_paper(&full(), SHOWN, true), SHOWN.len() as u32);
}

#[test]
fn what_is_not_printed_changes_neither_paper_nor_digest() {
    assert_eq!(assert_digest_follows_paper(&full(), HIDDEN, false), HIDDEN.len() as u32);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(6)))]
    #[test]
    fn in_any_journal_the_digest_changes_exactly_when_the_paper_does(journal in arbitrary::journal()) {
        assert_digest_follows_paper(&journal, SHOWN, true);
        assert_digest_follows_paper(&journal, HIDDEN, false);
    }
}
