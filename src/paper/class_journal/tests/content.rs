use super::cases;
use super::files::{file, text_of};
use super::sample::{copy, digests, form, laid, sides_of, text};
use crate::journal::{Absence, Final, FinalKind, Journal, Page, arbitrary};
use crate::paper::class_journal::{ClassJournal, Content, Edition, lay_out, print};
use crate::paper::words::{date_in_figures, day_month};
use crate::register::{SheetKind, SheetRun};
use proptest::prelude::*;

/// Adds to every text a word that no other text has.
fn marked(mut journal: Journal) -> Journal {
    let mut last = 0;
    let mut mark = |text: &mut String| {
        last += 1;
        *text = format!("{text} Ӑ{last:05}ӑ");
    };
    for pupil in &mut journal.pupils {
        mark(&mut pupil.surname);
        mark(&mut pupil.name);
    }
    journal.decisions.iter_mut().for_each(|decision| mark(&mut decision.text));
    for page in &mut journal.pages {
        mark(&mut page.subject);
        for (lesson, number) in page.lessons.iter_mut().zip(1..) {
            lesson.number = number;
            lesson.topic.iter_mut().chain(&mut lesson.homework).for_each(&mut mark);
        }
        for entry in &mut page.entries {
            entry.absence.iter_mut().for_each(|Absence(text)| mark(text));
            entry.remark.iter_mut().for_each(&mut mark);
            for given in &mut entry.marks {
                mark(&mut given.value);
                given.work.iter_mut().chain(&mut given.weight).for_each(&mut mark);
            }
        }
        for given in &mut page.finals {
            mark(&mut given.value);
            given.school.iter_mut().for_each(&mut mark);
        }
    }
    journal
}

/// The word that [`marked`] added.
fn word(text: &str) -> &str {
    text.rsplit(' ').next().unwrap()
}

fn count(paper: &str, text: &str) -> usize {
    paper.matches(word(text)).count()
}

/// Whether what a final says beside its value stands in a note, which names the value again.
fn is_noted(page: &Page, mark: &Final) -> bool {
    let mut same = page.finals.iter().filter(|other| other.kind == mark.kind);
    let one_day = same.all(|other| other.set.is_some() && other.set == mark.set);
    mark.school.is_some() || mark.set.is_some() && !one_day
}

fn assert_whole(journal: &Journal, page: &Page, paper: &str) {
    let on_page: Vec<_> = journal.pupils_of(page).collect();
    let parts = on_page.first().map_or(1, |pupil| count(paper, &pupil.name));
    for pupil in &journal.pupils {
        let rows = if on_page.contains(&pupil) { parts } else { 0 };
        assert!(rows > 0 || !on_page.contains(&pupil));
        assert_eq!(count(paper, &pupil.name), rows, "{}", pupil.name);
    }
    for lesson in &page.lessons {
        let remarks = page.entries.iter().filter(|e| e.lesson == lesson.id && e.remark.is_some());
        let head = format!("/{}", lesson.number);
        let head = [day_month(lesson.date), date_in_figures(lesson.date)].map(|d| d + &head);
        let heads: usize = head.iter().map(|head| paper.matches(head.as_str()).count()).sum();
        assert_eq!(heads, 1 + remarks.count(), "{head:?}");
        let row = format!("{}{}", date_in_figures(lesson.date), lesson.number);
        assert!(paper.contains(&row), "{row}");
        for text in lesson.topic.iter().chain(&lesson.homework) {
            assert_eq!(count(paper, text), 1, "{text}");
        }
    }
    for entry in &page.entries {
        let absence = entry.absence.iter().map(|Absence(text)| text);
        for text in absence.chain(&entry.remark) {
            assert_eq!(count(paper, text), 1, "{text}");
        }
        for mark in &entry.marks {
            for text in [Some(&mark.value), mark.work.as_ref(), mark.weight.as_ref()] {
                text.iter().for_each(|text| assert_eq!(count(paper, text), 1, "{text}"));
            }
        }
    }
    for mark in &page.finals {
        let times = 1 + usize::from(is_noted(page, mark));
        assert_eq!(count(paper, &mark.value), times, "{}", mark.value);
        if let Some(school) = &mark.school {
            assert_eq!(count(paper, school), 1, "{school}");
        }
        if let Some(set) = mark.set {
            assert!(paper.contains(&date_in_figures(set)));
        }
    }
    let stood_in = page.lessons.iter().filter(|lesson| lesson.substitute.is_some());
    assert_eq!(paper.matches("Замещение:").count(), stood_in.count());
}

/// Class-wide sheets have every pupil, every final of the period, and every decision.
fn assert_class_wide(journal: &Journal, sheets: &[SheetRun], of: impl Fn(&SheetRun) -> String) {
    let find = |kind| sheets.iter().find(|run| run.kind == kind).map(&of);
    let attendance = find(SheetKind::Attendance).unwrap();
    for pupil in &journal.pupils {
        let moved = journal.movements.iter().filter(|movement| movement.pupil == pupil.id);
        assert_eq!(count(&attendance, &pupil.name), 1 + moved.count(), "{}", pupil.name);
    }
    let finals = find(SheetKind::Finals).unwrap_or_default();
    let given = journal.pages.iter().flat_map(|page| &page.finals);
    for mark in given.filter(|mark| mark.kind == FinalKind::Period) {
        assert_eq!(count(&finals, &mark.value), 1, "{}", mark.value);
    }
    for decision in &journal.decisions {
        assert_eq!(count(&finals, &decision.text), 1, "{}", decision.text);
    }
}

fn assert_without_gap(sheets: &[SheetRun], sides: usize) {
    let mut next = 1;
    for run in sheets {
        assert_eq!(run.from, next);
        assert!(run.to >= run.from);
        next = run.to + 1;
    }
    assert_eq!(next as usize, sides + 1);
    assert_eq!(sheets.first().unwrap().kind, SheetKind::Title);
    assert_eq!(sheets.last().unwrap().kind, SheetKind::Last);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(48)))]
    #[test]
    fn everything_of_a_page_stands_on_its_sheets_once(journal in arbitrary::journal()) {
        let journal = marked(journal);
        let (sides, sheets) = laid(&journal);
        for run in sheets.iter().filter(|run| run.kind == SheetKind::Page) {
            let page = &journal.pages[run.page.unwrap() as usize - 1];
            assert_whole(&journal, page, &text(sides_of(&sides, run)));
        }
        assert_class_wide(&journal, &sheets, |run| text(sides_of(&sides, run)));
    }

    #[test]
    fn sheets_are_numbered_without_a_gap_and_every_page_has_its_own(journal in arbitrary::journal()) {
        let (sides, sheets) = laid(&journal);
        assert_without_gap(&sheets, sides.len());
        let pages: Vec<_> = sheets.iter().filter_map(|run| run.page).collect();
        prop_assert_eq!(pages, (1..=journal.pages.len() as u32).collect::<Vec<_>>());
        let named: Vec<_> = sheets.iter().filter_map(|run| run.digest).collect();
        prop_assert_eq!(named, digests(&journal));
        for (side, number) in sides.iter().zip(1..) {
            let sheet = format!("Лист {number}");
            prop_assert_eq!(side.runs().iter().filter(|run| run.text.as_str() == sheet).count(), 1);
        }
    }

    #[test]
    fn marks_alone_are_printed_without_topics_and_homework(journal in arbitrary::journal()) {
        let journal = marked(journal);
        let pages = digests(&journal);
        let form = ClassJournal { content: Content::Marks, ..form(&journal, &pages) };
        let paper = text(&lay_out(&form, &Edition::Draft).unwrap().0);
        for page in &journal.pages {
            for lesson in &page.lessons {
                let texts = lesson.topic.iter().chain(&lesson.homework);
                texts.for_each(|text| assert_eq!(count(&paper, text), 0, "{text}"));
            }
            for mark in page.entries.iter().flat_map(|entry| &entry.marks) {
                prop_assert_eq!(count(&paper, &mark.value), 1);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(4)))]
    #[test]
    fn other_programs_read_every_character_that_was_set(journal in arbitrary::journal()) {
        let pages = digests(&journal);
        let form = form(&journal, &pages);
        let printed = print(&form, &copy()).unwrap();
        let read = text_of(&file(&printed.pdf), "-raw");
        let sorted = |text: &str| {
            let mut letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
            letters.retain(|c| *c != '\u{c}');
            letters.sort_unstable();
            letters.into_iter().collect::<String>()
        };
        let set = text(&lay_out(&form, &copy()).unwrap().0);
        prop_assert_eq!(sorted(&read), sorted(&set));
    }
}
