//! Pupils who came and left.

use super::*;

/// Takes pupil 1's finals away, and what is dated outside these days.
fn without_finals(journal: &mut Journal, from: &str, to: &str) {
    let days = day(from)..=day(to);
    for page in &mut journal.pages {
        page.finals.retain(|given| given.pupil.as_str() != "s1");
        let date = |id: &LessonId| page.lessons.iter().find(|l| l.id == *id).unwrap().date;
        page.entries.retain(|e| e.pupil.as_str() != "s1" || days.contains(&date(&e.lesson)));
    }
}

#[test]
fn who_left_before_the_end_needs_no_final() {
    let left = |date: &str| {
        after(|j| {
            without_finals(j, "2025-09-01", date);
            j.movements.push(moved(1, MovementKind::Left, date));
        })
    };
    assert_eq!(left("2025-10-02"), []);
    assert_eq!(left("2025-10-24"), []);
    let later = left("2025-10-25");
    assert_eq!(later.iter().map(|r| r.code).collect::<Vec<_>>(), [Code::FinalMissing; 2]);
}

#[test]
fn who_came_in_the_last_days_needs_no_final() {
    let came = |date: &str| {
        after(|j| {
            without_finals(j, date, "2025-10-24");
            j.movements.push(moved(1, MovementKind::Arrived, date));
        })
    };
    assert_eq!(came("2025-10-11"), []);
    let earlier = came("2025-10-10");
    assert_eq!(earlier.iter().map(|r| r.code).collect::<Vec<_>>(), [Code::FinalMissing; 2]);
}

#[test]
fn who_left_and_came_back_needs_a_final() {
    let remarks = after(|j| {
        without_finals(j, "2025-09-01", "2025-09-05");
        j.movements.push(moved(1, MovementKind::Arrived, "2025-09-22"));
        j.movements.push(moved(1, MovementKind::Left, "2025-09-08"));
    });
    assert_eq!(remarks.iter().map(|r| r.code).collect::<Vec<_>>(), [Code::FinalMissing; 2]);
}

#[test]
fn the_marks_of_a_newcomer_are_not_compared() {
    let remarks = after(|j| {
        let finals: Vec<Vec<Final>> = j.pages.iter().map(|page| page.finals.clone()).collect();
        without_finals(j, "2025-10-06", "2025-10-24");
        for (page, finals) in j.pages.iter_mut().zip(finals) {
            page.finals = finals;
            page.finals[0].value = "2".to_owned();
        }
        j.movements.push(moved(1, MovementKind::Arrived, "2025-10-06"));
    });
    assert_eq!(remarks, []);
}

#[test]
fn who_came_on_the_first_day_is_compared_like_everybody() {
    let remark = only(Code::FinalDiffersFromAverage, Level::Violation, |j| {
        j.pages[0].finals[0].value = "2".to_owned();
        j.movements.push(moved(1, MovementKind::Arrived, "2025-09-01"));
    });
    assert_eq!(place(&remark), (Some("Алгебра"), Some("Агатов"), None));
}

#[test]
fn entries_after_leaving_are_one_warning_a_pupil() {
    let remark = only(Code::EntryOutsideStay, Level::Warning, |j| {
        j.movements.push(moved(1, MovementKind::Left, "2025-10-20"));
    });
    assert_eq!(place(&remark), (None, Some("Агатов"), None));
    assert_eq!(
        remark.text,
        "Агатов Артём Ильич (выбытие 20.10.2025): 4 записи вне времени учёбы — Алгебра и \
         Физика, 21.10.2025, 22.10.2025, 23.10.2025 и 24.10.2025."
    );
    let one = only(Code::EntryOutsideStay, Level::Warning, |j| {
        j.movements.push(moved(1, MovementKind::Left, "2025-10-23"));
    });
    assert_eq!(place(&one), (Some("Алгебра"), Some("Агатов"), Some("2025-10-24 1".to_owned())));
}

#[test]
fn entries_before_arriving_are_a_warning() {
    let remark = only(Code::EntryOutsideStay, Level::Warning, |j| {
        j.movements.push(moved(1, MovementKind::Arrived, "2025-09-03"));
    });
    assert!(remark.text.contains("(прибытие 03.09.2025): 2 записи"), "{}", remark.text);
    let on_the_day = after(|j| j.movements.push(moved(1, MovementKind::Arrived, "2025-09-01")));
    assert_eq!(on_the_day, []);
}

#[test]
fn a_debt_of_a_pupil_who_left_is_not_open() {
    let remarks = after(|j| {
        without_finals(j, "2025-09-01", "2025-10-02");
        j.pages[0].entries[0].marks = vec![mark(".")];
        j.movements.push(moved(1, MovementKind::Left, "2025-10-02"));
    });
    assert_eq!(remarks, []);
}
