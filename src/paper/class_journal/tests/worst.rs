use super::geometry::assert_apart;
use super::sample::{copy, digests, enlarged, form, laid, of_grade, quarter, sides_of, text};
use crate::journal::{Absence, Journal, Mark};
use crate::paper::PaperError;
use crate::paper::class_journal::{ClassJournal, lay_out, unprintable};
use crate::register::SheetKind;

fn assert_printable(journal: &Journal) -> String {
    let (sides, _) = laid(journal);
    sides.iter().for_each(assert_apart);
    text(&sides)
}

fn refusal(journal: &Journal) -> (String, String) {
    let pages = digests(journal);
    let error = lay_out(&form(journal, &pages), &copy()).unwrap_err();
    let PaperError::NoGlyph { place, text, .. } = error else { panic!("{error:?}") };
    (place, text)
}

/// As many letters as said, in words of 60.
fn letters(count: usize) -> String {
    let word = "достопримечательность".repeat(3);
    let word: String = word.chars().take(59).collect();
    std::iter::repeat_n(word, count / 60).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_page_of_four_hundred_lessons_has_them_all() {
    let journal = enlarged(12, 400);
    let (sides, sheets) = laid(&journal);
    let run = sheets.iter().find(|run| run.kind == SheetKind::Page).unwrap();
    let paper = text(sides_of(&sides, run));
    let topic: String = journal.pages[0].lessons[0].topic.clone().unwrap().split(' ').collect();
    assert_eq!(paper.matches(&topic).count(), 400);
}

#[test]
fn names_of_sixty_letters_and_subjects_of_two_hundred_stay_in_their_cells() {
    let mut journal = quarter();
    journal.pages.truncate(2);
    let long = letters(60);
    for pupil in &mut journal.pupils {
        (pupil.surname, pupil.name) = (long.clone(), long.clone());
        pupil.patronymic = Some(long.clone());
    }
    for person in &mut journal.people {
        (person.surname, person.name) = (Some(long.clone()), Some(long.clone()));
    }
    for page in &mut journal.pages {
        page.subject = letters(200);
        page.group = Some(letters(120));
    }
    assert_printable(&journal);
    let (pages, school) = (digests(&journal), letters(250));
    let form = ClassJournal { school: &school, two_sided: true, ..form(&journal, &pages) };
    lay_out(&form, &copy()).unwrap().0.iter().for_each(assert_apart);
}

#[test]
fn a_topic_of_two_thousand_letters_is_printed_whole() {
    let mut journal = enlarged(30, 20);
    let words = |of: &str| (0..230).map(|n| format!("{of}{n:03}щ")).collect::<Vec<_>>();
    let (topic, homework) = (words("тема"), words("дома"));
    assert!(topic.join(" ").chars().count() > 2_000);
    journal.pages[0].lessons[3].topic = Some(topic.join(" "));
    journal.pages[0].lessons[4].homework = Some(homework.join(" "));
    let paper = assert_printable(&journal);
    for word in topic.iter().chain(&homework) {
        assert_eq!(paper.matches(word.as_str()).count(), 1, "{word}");
    }
}

#[test]
fn several_marks_and_an_absence_stand_in_one_cell() {
    let mut journal = enlarged(5, 20);
    let mark = |value: &str, work: &str, weight: &str| Mark {
        value: value.into(),
        work: Some(work.into()),
        weight: Some(weight.into()),
    };
    let entry = &mut journal.pages[0].entries[0];
    entry.marks = vec![mark("5-", "Контрольная работа", "0,5"), mark("4", "ДЗ", "2")];
    entry.absence = Some(Absence("НП".into()));
    let paper = assert_printable(&journal);
    assert!(paper.contains("5-(Контрольнаяработа×0,5)4(ДЗ×2)НП"), "{paper}");
}

#[test]
fn work_and_weight_that_all_marks_of_a_lesson_share_stand_once_in_its_head() {
    let mut journal = enlarged(5, 20);
    let works = ["КР", "КР", "КР", "ДЗ", "КР"];
    for (entry, work) in journal.pages[0].entries.iter_mut().zip(works) {
        let (value, weight) = ("5".into(), Some("3".into()));
        entry.marks = vec![Mark { value, weight, work: Some(work.into()) }];
    }
    let paper = assert_printable(&journal);
    assert_eq!(paper.matches("×3").count(), 1);
    assert_eq!((paper.matches("5(КР)").count(), paper.matches("5(ДЗ)").count()), (4, 1));
    journal.pages[0].entries[3].marks[0].work = Some("КР".into());
    let paper = assert_printable(&journal);
    assert_eq!((paper.matches("КР×3").count(), paper.matches("КР").count()), (1, 1));
}

#[test]
fn letters_of_the_languages_of_russia_and_signs_of_the_subjects_are_printed() {
    let mut journal = quarter();
    journal.pupils[0].surname = "Гӏайрбеков Ӏиса Һөҗҗәт Ғәҙел Ҫӗпӗр Ӳкерчӗк".into();
    let topic = "∠ABC → λ ✓ ′ α² + β² ≈ 1, △KLM ∥ ℝ ∈ ∅ ☺";
    journal.pages[0].lessons[0].topic = Some(topic.into());
    let paper = assert_printable(&journal);
    assert!(paper.contains("ГӏайрбековӀисаҺөҗҗәтҒәҙелҪӗпӗрӲкерчӗк"));
    assert!(paper.contains(&topic.replace(' ', "")));
}

#[test]
fn an_emoji_in_a_topic_is_an_error_that_names_the_page_and_the_lesson() {
    let mut journal = quarter();
    let lesson = &mut journal.pages[1].lessons[2];
    lesson.topic = Some("Единорог 🦄".into());
    let date = crate::paper::words::date_in_figures(lesson.date);
    let lesson = format!("{date}, {}", lesson.number);
    let (place, said) = refusal(&journal);
    assert_eq!(said, "Единорог 🦄");
    assert!(place.contains(&journal.pages[1].subject), "{place}");
    assert!(place.contains(&lesson), "{place}");
    assert!(place.ends_with("Содержание урока"), "{place}");
}

#[test]
fn an_emoji_in_a_mark_is_an_error_that_names_page_pupil_and_lesson() {
    let mut journal = quarter();
    let page = &mut journal.pages[0];
    let entry = page.entries.iter_mut().find(|entry| !entry.marks.is_empty()).unwrap();
    entry.marks[0].value = "5🦄".into();
    let (pupil, lesson) = (entry.pupil.clone(), entry.lesson.clone());
    let pupil = journal.pupils.iter().find(|p| p.id == pupil).unwrap().full_name();
    let date = page.lessons.iter().find(|l| l.id == lesson).unwrap().date;
    let (place, said) = refusal(&journal);
    assert!(said.contains("5🦄"));
    for part in [&journal.pages[0].subject, &pupil, &crate::paper::words::day_month(date)] {
        assert!(place.contains(part.as_str()), "{part} in {place}");
    }
}

#[test]
fn an_emoji_in_a_pupils_name_is_an_error_that_names_the_pupil() {
    let mut journal = quarter();
    journal.pupils[0].name = "Дарья🦄".into();
    let (place, _) = refusal(&journal);
    assert!(place.contains("Дарья🦄"), "{place}");
}

#[test]
fn all_that_cannot_be_printed_is_told_page_by_page_and_a_pupil_of_several_pages_once() {
    let mut journal = quarter();
    let pages = digests(&journal);
    assert!(unprintable(&form(&journal, &pages)).is_empty());
    journal.pages[1].lessons[0].topic = Some("Единорог 🦄".into());
    journal.pages[3].lessons[0].topic = Some("Колба 🧪".into());
    let told = |journal: &Journal| -> Vec<(Option<usize>, String)> {
        let found = unprintable(&form(journal, &pages)).into_iter();
        found.map(|found| (found.page, found.why.text().unwrap().to_owned())).collect()
    };
    let topics = [(Some(1), "Единорог 🦄".to_owned()), (Some(3), "Колба 🧪".to_owned())];
    assert_eq!(told(&journal), topics);
    let mut named = quarter();
    named.pupils[0].surname = "Иванов🙂".into();
    let name = named.pupils[0].full_name();
    assert_eq!(told(&named), [(None, name)]);
}

#[test]
fn a_journal_without_lessons_pupils_or_pages_is_printed() {
    let mut journal = quarter();
    for page in &mut journal.pages {
        page.entries.clear();
        page.lessons.clear();
    }
    assert_printable(&journal);
    let mut journal = enlarged(0, 30);
    assert_printable(&journal);
    journal.pages.clear();
    assert!(assert_printable(&journal).contains("Прошито,пронумеровано"));
}

#[test]
fn grade_one_has_no_marks_and_no_column_for_them() {
    let journal = of_grade(1..=1);
    let (sides, sheets) = laid(&journal);
    let pages = sheets.iter().filter(|run| run.kind == SheetKind::Page);
    for run in pages {
        let paper = text(sides_of(&sides, run));
        assert!(!paper.contains("Запериод"), "{paper}");
        assert!(!paper.contains("Заданиенадом"), "{paper}");
    }
    assert!(sheets.iter().all(|run| run.kind != SheetKind::Finals));
    sides.iter().for_each(assert_apart);
}
