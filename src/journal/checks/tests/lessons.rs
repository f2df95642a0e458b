use super::*;

#[test]
fn lessons_without_a_topic_are_one_violation_a_page() {
    let remark = only(Code::LessonWithoutTopic, Level::Violation, |j| {
        j.pages[0].lessons[1].topic = None;
    });
    assert_eq!(place(&remark), (Some("Алгебра"), None, Some("2025-09-03 1".to_owned())));
    let many = only(Code::LessonWithoutTopic, Level::Violation, |j| {
        j.pages[0].lessons.iter_mut().take(8).for_each(|l| l.topic = some(" — "));
    });
    assert_eq!(place(&many), (Some("Алгебра"), None, None));
    assert_eq!(
        many.text,
        "Алгебра: нет темы у 8 уроков (01.09.2025, 03.09.2025, 05.09.2025, 08.09.2025, 10.09.2025 \
         и ещё 3), а тема записывается для каждого."
    );
}

#[test]
fn a_lesson_outside_the_period_is_a_warning() {
    for date in ["2025-08-31", "2025-10-25"] {
        let remark = only(Code::LessonOutsidePeriod, Level::Warning, |j| {
            j.pages[1].lessons[0].date = day(date);
        });
        assert_eq!(place(&remark), (Some("Физика"), None, Some(format!("{date} 1"))));
    }
    for date in ["2025-09-01", "2025-10-24"] {
        assert_eq!(after(|j| j.pages[1].lessons[0].date = day(date)), []);
    }
}

#[test]
fn fewer_hours_than_planned_are_a_warning_and_more_a_notice() {
    let below = only(Code::HoursBelowPlan, Level::Warning, |j| {
        j.pages[0].planned_hours = Some(26);
    });
    assert_eq!(place(&below), (Some("Алгебра"), None, None));
    assert!(below.text.contains("24 из 26 по плану, недостаёт 2"), "{}", below.text);
    let above = only(Code::HoursAbovePlan, Level::Notice, |j| {
        j.pages[0].planned_hours = Some(23);
    });
    assert!(above.text.contains("24 при 23 по плану, на 1 больше"), "{}", above.text);
}

#[test]
fn pages_without_planned_hours_are_one_notice() {
    let remark = only(Code::PlanMissing, Level::Notice, |j| {
        j.pages.iter_mut().for_each(|page| page.planned_hours = None);
    });
    assert_eq!(place(&remark), (None, None, None));
    assert!(remark.text.contains("На 2 страницах"), "{}", remark.text);
    let one = only(Code::PlanMissing, Level::Notice, |j| j.pages[1].planned_hours = None);
    assert_eq!(place(&one), (Some("Физика"), None, None));
}

#[test]
fn a_substitution_names_who_stood_in() {
    let nameless = only(Code::SubstitutionWithoutName, Level::Violation, |j| {
        let mut stranger = person("t9", "");
        stranger.surname = None;
        stranger.name = None;
        j.people.push(stranger);
        j.pages[0].lessons[0].substitute = Some("t9".parse().unwrap());
    });
    assert_eq!(place(&nameless), (Some("Алгебра"), None, Some("2025-09-01 1".to_owned())));
    for topic in ["Замещение. Дроби", "Дроби (замещение)", "ЗАМЕЩЕНИЕ"]
    {
        let said = only(Code::SubstitutionWithoutName, Level::Violation, |j| {
            j.pages[0].lessons[0].topic = some(topic);
        });
        assert_eq!(place(&said), place(&nameless));
    }
    let named = after(|j| {
        j.pages[0].lessons[0].topic = some("Замещение. Дроби");
        j.pages[0].lessons[0].substitute = Some("t2".parse().unwrap());
    });
    assert_eq!(named, []);
    assert_eq!(after(|j| j.pages[1].lessons[0].topic = some("Реакции замещения")), []);
}

/// Class 1А: no marks, no finals, no homework.
fn first_grade(journal: &mut Journal) {
    journal.class.kind = ClassKind::School { grade: 1, letter: some("А") };
    for page in &mut journal.pages {
        page.finals.clear();
        page.entries.clear();
        page.lessons.iter_mut().for_each(|lesson| lesson.homework = None);
    }
}

fn first_grade_after(change: impl FnOnce(&mut Journal)) -> Vec<Remark> {
    after(|j| {
        first_grade(j);
        change(j);
    })
}

#[test]
fn the_first_grade_has_no_finals_and_nothing_is_said() {
    assert_eq!(first_grade_after(|_| {}), []);
}

#[test]
fn the_first_grade_has_no_homework() {
    let remarks = first_grade_after(|j| j.pages[0].lessons[0].homework = some("С. 5"));
    let [remark] = &remarks[..] else { panic!("{remarks:#?}") };
    assert_eq!((remark.code, remark.level), (Code::HomeworkNotAllowed, Level::Violation));
    assert_eq!(remark.clause.as_deref(), Some("Положение об ЭЖ, п. 5.7"));
    assert_eq!(place(remark), (Some("Алгебра"), None, Some("2025-09-01 1".to_owned())));
    for nothing in ["", "-", "Не задано.", "нет"] {
        assert_eq!(first_grade_after(|j| j.pages[0].lessons[0].homework = some(nothing)), []);
    }
}

#[test]
fn the_first_grade_has_no_marks() {
    let lesson_mark = |j: &mut Journal| {
        let entry = clean().pages[0].entries[1].clone();
        j.pages[0].entries.push(entry);
    };
    let remarks = first_grade_after(lesson_mark);
    let [remark] = &remarks[..] else { panic!("{remarks:#?}") };
    assert_eq!((remark.code, remark.level), (Code::MarksNotAllowed, Level::Violation));
    assert_eq!(place(remark), (Some("Алгебра"), Some("Берёзкин"), Some("2025-09-01 1".to_owned())));
    let remarks = first_grade_after(|j| {
        lesson_mark(j);
        j.pages[0].finals = clean().pages[0].finals.clone();
    });
    let [remark] = &remarks[..] else { panic!("{remarks:#?}") };
    assert!(remark.text.contains("1 отметка (01.09.2025); итоговых отметок: 3"), "{}", remark.text);
}
