use super::{Changes, PageName};
use crate::journal::arbitrary;
use crate::journal::{Journal, Mark, Page};
// A higher room, and the other half of the rule: what is told and which digests change must agree.
use crate::record::PageViews;
use chrono::Days;
use proptest::prelude::*;
use proptest::sample::Index;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use serde_json::json;
use std::collections::BTreeSet;

/// Pages, by place from 0, whose printed view reads otherwise than in the former journal, or is new.
fn printed_otherwise(former: &Journal, now: &Journal) -> BTreeSet<usize> {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let former = PageViews::of(former, &[], &mut rng);
    let now = PageViews::of(now, &[&former], &mut rng);
    now.changed_since(&former).into_iter().map(|place| place as usize - 1).collect()
}

/// Where an edit was made: on a page of the journal, or elsewhere.
type Made = Option<usize>;
/// An edit of something in a journal, `None` when the journal has nothing of the kind.
type Edit = fn(&mut Journal, &Index) -> Option<Made>;

/// Some page that has something, and its place.
fn some_page<'j>(
    journal: &'j mut Journal,
    at: &Index,
    has: impl Fn(&Page) -> bool,
) -> Option<(usize, &'j mut Page)> {
    let places: Vec<usize> = (0..journal.pages.len()).filter(|p| has(&journal.pages[*p])).collect();
    let place = *places.get(at.index(places.len().max(1)))?;
    Some((place, &mut journal.pages[place]))
}

fn some<'t, T>(all: &'t mut [T], at: &Index) -> Option<&'t mut T> {
    let len = all.len().max(1);
    all.get_mut(at.index(len))
}

fn longer(text: &mut Option<String>) {
    text.get_or_insert_default().push('!');
}

const EDITS: [Edit; 22] = [
    |journal, at| {
        let (place, page) = some_page(journal, at, |page| !page.lessons.is_empty())?;
        longer(&mut some(&mut page.lessons, at)?.topic);
        Some(Some(place))
    },
    |journal, at| {
        let (place, page) = some_page(journal, at, |page| !page.lessons.is_empty())?;
        longer(&mut some(&mut page.lessons, at)?.homework);
        Some(Some(place))
    },
    |journal, at| {
        let (place, page) = some_page(journal, at, |page| !page.lessons.is_empty())?;
        some(&mut page.lessons, at)?.number += 1;
        Some(Some(place))
    },
    |journal, at| {
        let (place, page) = some_page(journal, at, |page| !page.lessons.is_empty())?;
        let lesson = some(&mut page.lessons, at)?;
        lesson.date = lesson.date + Days::new(1);
        Some(Some(place))
    },
    |journal, at| {
        let (place, page) = some_page(journal, at, |page| !page.lessons.is_empty())?;
        let gone = page.lessons.remove(at.index(page.lessons.len())).id;
        page.entries.retain(|entry| entry.lesson != gone);
        Some(Some(place))
    },
    |journal, at| {
        let (place, page) = some_page(journal, at, |page| page.lessons.len() > 1)?;
        page.lessons.reverse();
        let same = page.lessons.iter().rev().zip(&page.lessons).all(|(a, b)| {
            (a.date, a.number, &a.topic, &a.homework) == (b.date, b.number, &b.topic, &b.homework)
        });
        // Lessons that are alike may stand in any order on paper.
        Some(Some(place).filter(|_| !same))
    },
    |journal, at| {
        let (place, page) = some_page(journal, at, |page| !page.entries.is_empty())?;
        let entry = some(&mut page.entries, at)?;
        entry.marks.push(Mark { value: "5".into(), weight: None, work: None });
        Some(Some(place))
    },
    |journal, at| {
        let marked = |page: &Page| page.entries.iter().any(|entry| !entry.marks.is_empty());
        let (place, page) = some_page(journal, at, marked)?;
        let mut marks: Vec<&mut Mark> =
            page.entries.iter_mut().flat_map(|e| &mut e.marks).collect();
        some(&mut marks, at)?.value.push('+');
        Some(Some(place))
    },
    |journal, at| {
        let marked = |page: &Page| page.entries.iter().any(|entry| !entry.marks.is_empty());
        let (place, page) = some_page(journal, at, marked)?;
        let mut marks: Vec<&mut Mark> =
            page.entries.iter_mut().flat_map(|e| &mut e.marks).collect();
        longer(&mut some(&mut marks, at)?.work);
        Some(Some(place))
    },
    |journal, at| {
        let (place, page) = some_page(journal, at, |page| !page.entries.is_empty())?;
        let entry = some(&mut page.entries, at)?;
        entry.absence = match entry.absence.take() {
            Some(_) => None,
            None => Some(crate::journal::Absence("Н".into())),
        };
        Some(Some(place))
    },
    |journal, at| {
        let (place, page) = some_page(journal, at, |page| !page.entries.is_empty())?;
        longer(&mut some(&mut page.entries, at)?.remark);
        Some(Some(place))
    },
    |journal, at| {
        let (place, page) = some_page(journal, at, |page| !page.entries.is_empty())?;
        page.entries.remove(at.index(page.entries.len()));
        Some(Some(place))
    },
    |journal, at| {
        let (place, page) = some_page(journal, at, |page| !page.finals.is_empty())?;
        some(&mut page.finals, at)?.value.push('-');
        Some(Some(place))
    },
    |journal, at| {
        let (place, page) = some_page(journal, at, |page| !page.finals.is_empty())?;
        let school = &mut some(&mut page.finals, at)?.school;
        longer(school);
        Some(Some(place))
    },
    |journal, at| {
        let (place, page) = some_page(journal, at, |page| !page.finals.is_empty())?;
        page.finals.remove(at.index(page.finals.len()));
        Some(Some(place))
    },
    |journal, at| {
        (!journal.pages.is_empty()).then(|| journal.pages.remove(at.index(journal.pages.len())))?;
        Some(None)
    },
    |journal, at| {
        let (_, page) = some_page(journal, at, |_| true)?;
        let page = Page { subject: format!("{} (ещё)", page.subject), ..page.clone() };
        journal.pages.push(page);
        Some(Some(journal.pages.len() - 1))
    },
    |journal, at| {
        let pupil = some(&mut journal.pupils, at)?;
        pupil.surname.push('а');
        let id = pupil.id.clone();
        let on = |page: &&Page| page.pupils.as_ref().is_none_or(|ids| ids.contains(&id));
        Some(journal.pages.iter().position(|page| on(&page)))
    },
    |journal, at| {
        longer(&mut some(&mut journal.pupils, at)?.file_number);
        Some(None)
    },
    |journal, at| {
        let (_, page) = some_page(journal, at, |_| true)?;
        page.planned_hours = Some(page.planned_hours.map_or(1, |hours| hours + 1));
        Some(None)
    },
    |journal, at| {
        some(&mut journal.decisions, at)?.text.push('.');
        Some(None)
    },
    |journal, at| {
        longer(&mut some(&mut journal.movements, at)?.order);
        Some(None)
    },
];

/// Another journal of the same class and period, some of whose pages are the same.
fn of_the_same_class(former: &Journal, now: Journal, renamed: &[bool], same: &[bool]) -> Journal {
    let mut now = Journal {
        class: crate::journal::Class { kind: former.class.kind.clone(), ..now.class },
        period: former.period,
        school_year: former.school_year,
        ..now
    };
    for (n, (page, other)) in now.pages.iter_mut().zip(&former.pages).enumerate() {
        if same[n] {
            *page = other.clone();
        } else if !renamed[n] {
            page.subject.clone_from(&other.subject);
            page.group.clone_from(&other.group);
        }
    }
    let mut keys = BTreeSet::new();
    now.pages.retain(|page| keys.insert(PageName::from(page.key())));
    now
}

proptest! {
    #[test]
    fn a_journal_has_no_changes_to_itself(journal in arbitrary::journal()) {
        prop_assert!(Changes::between(&journal, &journal).is_empty());
    }

    #[test]
    fn every_edit_is_found_on_the_page_where_it_was_made(
        former in arbitrary::journal(),
        edit in 0..EDITS.len(),
        at in any::<Index>(),
    ) {
        let mut now = former.clone();
        let Some(made) = EDITS[edit](&mut now, &at) else { return Ok(()) };
        let changes = Changes::between(&former, &now);
        prop_assert_eq!(changes.is_empty(), former.says_the_same_as(&now));
        if let Some(page) = made {
            prop_assert!(changes.of_page(page).next().is_some(), "page {}: {}", page, changes);
        }
        prop_assert_eq!(changes.pages(), printed_otherwise(&former, &now), "{}", changes);
    }

    #[test]
    fn a_page_has_changes_exactly_when_its_sheets_change(
        former in arbitrary::journal(),
        now in arbitrary::journal(),
        renamed in proptest::array::uniform3(proptest::bool::weighted(0.2)),
        same in proptest::array::uniform3(proptest::bool::weighted(0.3)),
    ) {
        let now = of_the_same_class(&former, now, &renamed, &same);
        let changes = Changes::between(&former, &now);
        prop_assert_eq!(changes.is_empty(), former.says_the_same_as(&now));
        prop_assert_eq!(changes.pages(), printed_otherwise(&former, &now), "{}", changes);
    }

    #[test]
    fn a_change_is_told_in_words(former in arbitrary::journal(), now in arbitrary::journal()) {
        for change in Changes::between(&former, &now).all() {
            let told = change.to_string();
            let name = change.name.as_ref().map(PageName::to_string).unwrap_or_default();
            prop_assert!(told.starts_with(&name) && told.contains(": "), "{}", told);
        }
    }
}

/// Two pupils, two pages, one lesson.
fn small() -> Journal {
    let lesson = json!({"date": "2025-11-12", "id": "l1", "number": 3, "topic": "Дроби"});
    let entry = json!({"lesson": "l1", "marks": [{"value": "4"}], "pupil": "p1"});
    let journal = json!({
        "class": {"grade": 7, "letter": "А", "teacher": "t1"},
        "format": "letopis-journal/1",
        "pages": [
            {
                "entries": [entry], "group": "1 группа", "lessons": [lesson],
                "finals": [{"kind": "period", "pupil": "p1", "value": "4"}],
                "planned_hours": 34, "pupils": ["p1"], "subject": "Алгебра", "teacher": "t1",
            },
            {"subject": "Музыка", "teacher": "t2"},
        ],
        "people": [
            {"id": "t1", "name": "Мария", "surname": "Орлова"},
            {"id": "t2", "name": "Пётр", "surname": "Лебедев"},
        ],
        "period": {"from": "2025-10-27", "kind": "quarter", "number": 2, "to": "2025-12-28"},
        "pupils": [
            {"id": "p1", "name": "Иван", "number": 1, "patronymic": "Иванович", "surname": "Иванов"},
            {"id": "p2", "name": "Анна", "number": 2, "surname": "Яснова"},
        ],
        "school": {"id": "102", "name": "Школа"},
        "school_year": "2025-26",
        "source": {"exported": "2025-12-28T10:00:00+05:00", "file": "7a.json", "system": "manual"},
    });
    serde_json::from_value(journal).unwrap()
}

/// What is told of an edit.
fn told(edit: impl FnOnce(&mut Journal)) -> Vec<String> {
    let (former, mut now) = (small(), small());
    edit(&mut now);
    Changes::between(&former, &now).all().iter().map(ToString::to_string).collect()
}

#[test]
fn a_changed_mark_is_told_with_page_pupil_lesson_was_and_is() {
    let said = told(|journal| journal.pages[0].entries[0].marks[0].value = "5".into());
    let expected =
        "Алгебра (1 группа): Иванов Иван Иванович, 12.11.2025, урок 3: было «4», стало «5»";
    assert_eq!(said, [expected]);
}

#[test]
fn marks_of_the_same_value_are_told_with_their_work_and_weight() {
    let said = told(|journal| {
        let mark = &mut journal.pages[0].entries[0].marks[0];
        (mark.work, mark.weight) = (Some("КР".into()), Some("2".into()));
    });
    let cell = "Алгебра (1 группа): Иванов Иван Иванович, 12.11.2025, урок 3";
    assert_eq!(said, [format!("{cell}: было «4», стало «4 (КР, вес 2)»")]);
}

#[test]
fn what_was_taken_out_is_told_as_nothing() {
    let said = told(|journal| journal.pages[0].entries.clear());
    let cell = "Алгебра (1 группа): Иванов Иван Иванович, 12.11.2025, урок 3";
    assert_eq!(said, [format!("{cell}: было «4», стало пусто")]);
}

#[test]
fn a_renamed_pupil_is_told_for_the_class_and_for_every_page() {
    let said = told(|journal| journal.pupils[0].surname = "Петров".into());
    let name = "Иванов Иван Иванович, имя в списке: было «Иванов Иван Иванович», стало «Петров Иван Иванович»";
    let of_page = |page: &str| format!("{page}: {name}");
    assert_eq!(said, [name.to_owned(), of_page("Алгебра (1 группа)"), of_page("Музыка")]);
}

#[test]
fn a_pupil_who_joined_is_told_on_the_pages_that_have_the_pupil() {
    let said = told(|journal| {
        let listed = journal.pages[0].pupils.as_mut().unwrap();
        listed.push("p2".parse().unwrap());
    });
    assert_eq!(said, ["Алгебра (1 группа): Яснова Анна: теперь в списке"]);
}

#[test]
fn another_teacher_is_told_by_name() {
    let said = told(|journal| journal.pages[1].teacher = Some("t1".parse().unwrap()));
    assert_eq!(said, ["Музыка: учитель: было «Лебедев Пётр», стало «Орлова Мария»"]);
}

#[test]
fn a_page_that_is_gone_or_new_is_told_as_one() {
    let said = told(|journal| journal.pages[1].subject = "Пение".into());
    assert_eq!(said, ["Пение: страница: добавлена", "Музыка: страница: удалена"]);
}

#[test]
fn lessons_finals_and_hours_are_told_by_what_they_are() {
    let said = told(|journal| {
        let page = &mut journal.pages[0];
        page.lessons[0].topic = None;
        page.finals[0].value = "5".into();
        page.planned_hours = Some(36);
    });
    let page = "Алгебра (1 группа)";
    assert_eq!(
        said,
        [
            format!("{page}: уроков по плану: было «34», стало «36»"),
            format!("{page}: 12.11.2025, урок 3, тема: было «Дроби», стало пусто"),
            format!("{page}: Иванов Иван Иванович, отметка за период: было «4», стало «5»"),
        ]
    );
}

#[test]
fn another_id_for_the_same_name_is_no_change_of_a_page() {
    let (former, mut now) = (small(), small());
    now.people[1].id = "t9".parse().unwrap();
    now.pages[1].teacher = Some("t9".parse().unwrap());
    let changes = Changes::between(&former, &now);
    assert_eq!(changes.pages(), BTreeSet::new());
    assert_eq!(changes.to_string(), "сведения, которых нет на листах: изменены\n");
}
