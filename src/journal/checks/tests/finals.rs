use super::*;

#[test]
fn a_missing_final_is_a_violation() {
    let remark = only(Code::FinalMissing, Level::Violation, |j| {
        j.pages[0].finals.remove(1);
    });
    assert_eq!(place(&remark), (Some("Алгебра"), Some("Берёзкин"), None));
    assert_eq!(
        remark.text,
        "Алгебра: за 1 четверть нет итоговой отметки у 1 обучающегося — Берёзкин Артём Ильич; \
         её получает каждый, кто учится на конец периода."
    );
    let blank = only(Code::FinalMissing, Level::Violation, |j| {
        j.pages[0].finals[1].value = " ".to_owned();
    });
    assert_eq!(place(&blank), place(&remark));
}

#[test]
fn a_page_without_any_finals_is_one_remark() {
    let remark = only(Code::FinalMissing, Level::Violation, |j| j.pages[1].finals.clear());
    assert_eq!(place(&remark), (Some("Физика"), None, None));
    assert!(remark.text.contains("ни у кого из 3 обучающихся"), "{}", remark.text);
}

#[test]
fn a_final_on_one_page_of_the_subject_is_enough() {
    let remarks = after(|j| {
        // The finals stand on the class's page, the lessons on the subgroups'.
        let lessons = j.pages[1].clone();
        j.pages[1].lessons.clear();
        j.pages[1].entries.clear();
        j.pages[1].planned_hours = Some(0);
        for (group, members) in [("группа 1", vec![1, 2]), ("группа 2", vec![3])] {
            let mut page = lessons.clone();
            page.group = some(group);
            page.finals.clear();
            let on_page = |id: &str| members.iter().any(|n| format!("s{n}") == id);
            page.entries.retain(|e| on_page(e.pupil.as_str()));
            page.pupils = Some(members.iter().map(|n| format!("s{n}").parse().unwrap()).collect());
            j.pages.push(page);
        }
    });
    assert_eq!(remarks, []);
}

#[test]
fn no_final_is_expected_where_the_regulation_says_so() {
    let unmarked = |j: &mut Journal| {
        j.pages[1].finals.clear();
        j.pages[1].entries.clear();
    };
    let remarks = after(|j| {
        unmarked(j);
        j.pages[1].subject = "Разговоры о  важном".to_owned();
    });
    assert_eq!(remarks, []);
    only(Code::FinalMissing, Level::Violation, unmarked);
}

#[test]
fn a_page_on_which_nothing_happened_asks_for_no_finals() {
    let remarks = after(|j| {
        let page = &mut j.pages[1];
        page.finals.clear();
        page.entries.clear();
        page.lessons.clear();
        page.planned_hours = Some(0);
    });
    assert_eq!(remarks, []);
}

#[test]
fn not_attested_and_exempt_are_no_finals() {
    for value in ["н/а", "осв.", "H/A"] {
        let remark = only(Code::FinalNotAllowed, Level::Violation, |j| {
            j.pages[0].finals[0].value = value.to_owned();
        });
        assert_eq!(place(&remark), (Some("Алгебра"), Some("Агатов"), None));
        assert_eq!(remark.clause.as_deref(), Some("Положение об ЭЖ, п. 7.3"));
        assert_eq!(
            remark.text,
            format!(
                "Алгебра: вместо отметки за 1 четверть стоит «{value}» (Агатов Артём Ильич), а \
                 «н/а» или «осв.» как итог не допускается."
            )
        );
    }
    let exam = after(|j| j.pages[0].finals.push(final_mark(1, FinalKind::Exam, "н/а")));
    assert_eq!(exam, []);
}

/// Sets the marks of pupil 1 in Алгебра, one a lesson.
fn marks(journal: &mut Journal, marks: &[Mark]) {
    let entries = journal.pages[0].entries.iter_mut().filter(|e| e.pupil.as_str() == "s1");
    let mut given = marks.iter().cloned();
    entries.for_each(|entry| entry.marks = given.next().into_iter().collect());
    assert_eq!(given.next(), None, "more marks than lessons");
}

#[test]
fn a_final_differs_when_the_average_gives_another_mark() {
    let remark = only(Code::FinalDiffersFromAverage, Level::Violation, |j| {
        marks(j, &["3", "4", "3", "4-", "4", "3", "4", "3", "зач", "3"].map(mark));
    });
    assert_eq!(place(&remark), (Some("Алгебра"), Some("Агатов"), None));
    assert_eq!(
        remark.text,
        "Алгебра: за 1 четверть выставлена 4 (Агатов Артём Ильич), а средний балл 3,44 даёт 3."
    );
}

#[test]
fn the_limits_decide_to_the_hundredth() {
    // 3,65 on 20 marks is a 4; 3,60 is a 3.
    let of = |fours: usize| {
        let values = [vec![mark("4"); fours], vec![mark("3"); 20 - fours]].concat();
        after(|j| marks(j, &values))
    };
    assert_eq!(of(13), []);
    assert_eq!(of(12).len(), 1);
}

#[test]
fn where_marks_have_weights_the_weighted_average_decides_and_both_are_shown() {
    let weighty = |j: &mut Journal| {
        let mut values = vec![mark("4"); 7];
        values.push(weighed("2", "3,5"));
        marks(j, &values);
    };
    let remark = only(Code::FinalDiffersFromAverage, Level::Violation, weighty);
    assert!(
        remark.text.ends_with("а средневзвешенный балл 3,33 даёт 3 (простой средний 3,75 даёт 4)."),
        "{}",
        remark.text
    );
    let mut simple = Regulation::school();
    simple.finals.weighted = false;
    let mut journal = clean();
    weighty(&mut journal);
    assert_eq!(check(&journal, &simple), []);
    journal.pages[0].finals[0].value = "3".to_owned();
    let remarks = check(&journal, &simple);
    assert!(
        remarks[0].text.ends_with("а средний балл 3,75 даёт 4 (средневзвешенный 3,33 даёт 3)."),
        "{remarks:?}"
    );
}

#[test]
fn finals_that_are_no_grades_and_marks_that_are_none_are_not_compared() {
    let remarks = after(|j| {
        j.pages[0].finals[0].value = "зач".to_owned();
        marks(j, &["2", "2"].map(mark));
    });
    assert_eq!(remarks, []);
}

#[test]
fn a_mark_brought_from_another_school_is_not_compared() {
    let remarks = after(|j| {
        j.pages[0].finals[0].school = some("МБОУ «СОШ № 2»");
        j.pages[0].finals[0].set = Some(day("2025-10-24"));
        marks(j, &["2", "2"].map(mark));
    });
    assert_eq!(remarks, []);
}

#[test]
fn finals_on_two_pages_of_a_subject_are_compared_with_their_own_marks() {
    let remarks = after(|j| {
        let mut other = j.pages[0].clone();
        other.group = some("группа 2");
        for entry in &mut other.entries {
            entry.marks = vec![mark("5")];
        }
        other.finals.iter_mut().for_each(|given| given.value = "5".to_owned());
        j.pages.push(other);
    });
    assert_eq!(remarks, []);
}

#[test]
fn a_final_needs_marks_enough_for_its_hours() {
    let remark = only(Code::TooFewMarks, Level::Warning, |j| marks(j, &vec![mark("4"); 6]));
    assert_eq!(place(&remark), (Some("Алгебра"), Some("Агатов"), None));
    assert_eq!(
        remark.text,
        "Алгебра: для итоговой отметки при 3 часах в неделю нужно не менее 7 отметок, а у 1 \
         обучающегося их меньше: Агатов Артём Ильич (6)."
    );
    assert_eq!(after(|j| marks(j, &vec![mark("4"); 7])), []);
    let none = only(Code::TooFewMarks, Level::Warning, |j| marks(j, &[]));
    assert!(none.text.ends_with("(0)."), "{}", none.text);
}

#[test]
fn hours_a_week_are_the_plan_by_weeks_and_a_half_goes_down() {
    // 8 weeks: 12 hours are 1½ a week and count as 1; 13 count as 2.
    let of = |planned: u32, marks_given: usize| {
        let remarks = after(|j| {
            let page = &mut j.pages[0];
            page.planned_hours = Some(planned);
            page.lessons.truncate(usize::try_from(planned).unwrap());
            let ids: Vec<LessonId> = page.lessons.iter().map(|l| l.id.clone()).collect();
            page.entries.retain(|e| ids.contains(&e.lesson));
            marks(j, &vec![mark("4"); marks_given]);
        });
        remarks.iter().map(|r| r.code).collect::<Vec<_>>()
    };
    assert_eq!(of(12, 3), []);
    assert_eq!(of(12, 2), [Code::TooFewMarks]);
    assert_eq!(of(13, 4), [Code::TooFewMarks]);
    assert_eq!(of(13, 5), []);
}

#[test]
fn finals_are_set_two_days_before_the_end() {
    let remark = only(Code::FinalTooLate, Level::Violation, |j| {
        j.pages[0].finals[2].set = Some(day("2025-10-23"));
    });
    assert_eq!(place(&remark), (Some("Алгебра"), Some("Вересов"), None));
    assert!(remark.text.contains("не позднее 22.10.2025, за 2 дня"), "{}", remark.text);
    assert_eq!(after(|j| j.pages[0].finals[2].set = Some(day("2025-10-22"))), []);
    let all = only(Code::FinalTooLate, Level::Violation, |j| {
        j.pages[0].finals.iter_mut().for_each(|given| given.set = Some(day("2025-10-24")));
    });
    assert_eq!(place(&all), (Some("Алгебра"), None, None));
    assert!(all.text.contains("24.10.2025 у 3 обучающихся"), "{}", all.text);
}

#[test]
fn finals_without_a_date_are_one_notice_for_the_journal() {
    let undated = |page: &mut Page| page.finals.iter_mut().for_each(|given| given.set = None);
    let remark = only(Code::FinalUndated, Level::Notice, |j| j.pages.iter_mut().for_each(undated));
    assert_eq!(place(&remark), (None, None, None));
    assert!(remark.text.contains("у 6 итоговых отметок на 2 страницах"), "{}", remark.text);
    let one = only(Code::FinalUndated, Level::Notice, |j| undated(&mut j.pages[1]));
    assert_eq!(place(&one), (Some("Физика"), None, None));
}

#[test]
fn a_mark_of_the_year_in_a_period_is_a_notice() {
    let remark = only(Code::YearFinalInPeriod, Level::Notice, |j| {
        // Neither its value nor its date is this period's business.
        let of_year = Final { set: Some(day("2025-10-24")), ..final_mark(1, FinalKind::Year, "2") };
        j.pages[0].finals.push(of_year);
    });
    assert_eq!(place(&remark), (Some("Алгебра"), None, None));
}

/// A year's journal of a school: finals only.
fn year(journal: &mut Journal) {
    let (from, to) = (day("2025-09-01"), day("2026-05-29"));
    journal.period = Period { from, kind: PeriodKind::Year, number: None, to };
    for page in &mut journal.pages {
        page.lessons.clear();
        page.entries.clear();
        page.planned_hours = None;
        page.finals.iter_mut().for_each(|given| given.kind = FinalKind::Year);
    }
}

#[test]
fn a_years_journal_holds_finals_only_and_expects_them() {
    assert_eq!(after(year), []);
    let remark = only(Code::FinalMissing, Level::Violation, |j| {
        year(j);
        j.pages[1].finals.clear();
    });
    assert!(remark.text.contains("за год"), "{}", remark.text);
}
