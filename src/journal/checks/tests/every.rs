//! Every code there is has a journal that gets it, and says what it must.

use super::*;

/// The codes that a journal alone can get.
fn codes() -> impl Iterator<Item = Code> {
    Code::ALL.iter().copied().filter(|code| *code != Code::Unprintable)
}

/// Breaks one rule of a clean journal.
fn broken(code: Code, j: &mut Journal) {
    let page = &mut j.pages[0];
    match code {
        Code::PeriodNotForGrade => j.class.kind = ClassKind::School { grade: 10, letter: None },
        Code::ClassTeacherUnnamed => j.class.teacher = None,
        Code::TeacherUnnamed => page.teacher = None,
        Code::PupilUnnamed => j.pupils[0].name.clear(),
        Code::PupilDataMissing => j.pupils[0].born = None,
        Code::EntryOutsideStay => j.movements.push(moved(1, MovementKind::Left, "2025-10-20")),
        Code::FinalMissing => drop(page.finals.remove(0)),
        Code::FinalNotAllowed => page.finals[0].value = "н/а".to_owned(),
        Code::FinalDiffersFromAverage => page.finals[0].value = "5".to_owned(),
        Code::TooFewMarks => page.entries.retain(|entry| entry.pupil.as_str() != "s1"),
        Code::FinalTooLate => page.finals[0].set = Some(day("2025-10-24")),
        Code::FinalUndated => page.finals[0].set = None,
        Code::YearFinalInPeriod => page.finals.push(final_mark(1, FinalKind::Year, "4")),
        Code::LessonWithoutTopic => page.lessons[0].topic = None,
        Code::LessonOutsidePeriod => page.lessons[0].date = day("2025-10-25"),
        Code::HoursBelowPlan => page.planned_hours = Some(99),
        Code::HoursAbovePlan => page.planned_hours = Some(23),
        Code::PlanMissing => page.planned_hours = None,
        Code::SubstitutionWithoutName => page.lessons[0].topic = some("Замещение"),
        Code::MarksNotAllowed | Code::HomeworkNotAllowed => {
            j.class.kind = ClassKind::School { grade: 1, letter: some("А") };
        }
        Code::UnknownMark => page.entries[0].marks.push(mark("55")),
        Code::UnknownAbsence => page.entries[0].absence = Some(Absence("ОТ".to_owned())),
        Code::UnknownWeight => page.entries[0].marks = vec![weighed("4", "много")],
        Code::DebtOpen => page.entries[0].marks = vec![mark(".")],
        Code::Unprintable => unreachable!("the printed form is needed for it"),
    }
}

/// It begins with a capital or a number, ends with a full stop, and is Russian but for what is quoted.
fn is_a_russian_sentence(text: &str) -> bool {
    let cyrillic = text.chars().filter(|c| ('а'..='я').contains(&c.to_lowercase().next().unwrap()));
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    let begins = text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    begins && text.ends_with('.') && cyrillic.count() > 10 && latin == 0 && !text.contains('\n')
}

#[test]
fn every_code_is_given_with_its_level_its_clause_its_class_and_a_russian_sentence() {
    let regulation = Regulation::school();
    for code in codes() {
        let remarks = after(|j| broken(code, j));
        let remark = remarks.iter().find(|remark| remark.code == code);
        let remark = remark.unwrap_or_else(|| panic!("{code} is not given: {remarks:#?}"));
        assert_eq!(remark.level, code.level());
        assert_eq!(remark.clause.as_deref(), regulation.clause(code), "{code}");
        assert!(is_a_russian_sentence(&remark.text), "{code}: {}", remark.text);
        assert!(!remark.place.class.as_str().is_empty(), "{code}");
    }
}

#[test]
fn every_code_can_have_a_clause_of_the_schools_own() {
    let school = include_str!("../../../../templates/regulations/school.toml");
    let (before, clauses) = school.split_once("[clauses]\n").unwrap();
    let rest = clauses.find("\n[").map_or("", |at| &clauses[at..]);
    let own: String =
        Code::ALL.iter().map(|code| format!("{code} = \"наш п. {code}\"\n")).collect();
    let regulation = Regulation::from_toml("own.toml", &format!("{before}[clauses]\n{own}{rest}"));
    let regulation = regulation.unwrap();
    for code in codes() {
        let mut journal = clean();
        broken(code, &mut journal);
        let remarks = check(&journal, &regulation);
        let remark = remarks.iter().find(|remark| remark.code == code).unwrap();
        assert_eq!(remark.clause, Some(format!("наш п. {code}")));
    }
}
