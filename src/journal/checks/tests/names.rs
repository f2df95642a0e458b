use super::*;

fn unnamed(journal: &mut Journal, person: usize) {
    journal.people[person].surname = None;
}

#[test]
fn the_class_teacher_has_a_full_name() {
    let remark = only(Code::ClassTeacherUnnamed, Level::Warning, |j| j.class.teacher = None);
    assert_eq!(place(&remark), (None, None, None));
    only(Code::ClassTeacherUnnamed, Level::Warning, |j| unnamed(j, 0));
    only(Code::ClassTeacherUnnamed, Level::Warning, |j| j.people[0].name = some(" "));
    assert_eq!(after(|j| j.people[0].patronymic = None), [], "a patronymic may be missing");
}

#[test]
fn pages_without_a_named_teacher_are_one_warning() {
    let both = only(Code::TeacherUnnamed, Level::Warning, |j| unnamed(j, 1));
    assert_eq!(place(&both), (None, None, None));
    assert!(both.text.contains("На 2 страницах"), "{}", both.text);
    let one = only(Code::TeacherUnnamed, Level::Warning, |j| j.pages[1].teacher = None);
    assert_eq!(place(&one), (Some("Физика"), None, None));
}

#[test]
fn a_pupil_without_a_name_is_found_by_number() {
    let remark = only(Code::PupilUnnamed, Level::Warning, |j| {
        j.pupils[1].surname = String::new();
        j.pupils[1].name = String::new();
    });
    assert!(remark.text.contains("(№ 2, Ильич)"), "{}", remark.text);
    assert_eq!(remark.place.pupil.as_deref(), Some("Ильич"));
}

#[test]
fn missing_data_of_pupils_are_one_notice() {
    let one = only(Code::PupilDataMissing, Level::Notice, |j| j.pupils[2].born = None);
    assert_eq!(place(&one), (None, Some("Вересов"), None));
    let all = only(Code::PupilDataMissing, Level::Notice, |j| {
        j.pupils.iter_mut().for_each(|p| p.number = None);
        j.pupils[0].file_number = None;
    });
    assert_eq!(place(&all), (None, None, None));
    assert_eq!(
        all.text,
        "В списке нет: номера по списку — у всех; номера личного дела — у 1 обучающегося \
         (Агатов Артём Ильич)."
    );
}

#[test]
fn a_college_speaks_of_groups_and_curators() {
    let mut journal = clean();
    journal.class = Class { kind: ClassKind::Group { name: "ТО-21".to_owned() }, teacher: None };
    let remarks = check(&journal, &Regulation::college());
    let codes: Vec<Code> = remarks.iter().map(|r| r.code).collect();
    assert_eq!(codes, [Code::PeriodNotForGrade, Code::ClassTeacherUnnamed]);
    assert_eq!(
        remarks[0].text,
        "ТО-21: журнал за 1 четверть, а группы закрываются по семестрам и за год."
    );
    assert!(remarks[1].text.contains("куратор группы"), "{}", remarks[1].text);
}

#[test]
fn a_grade_closes_by_its_own_kind_of_period() {
    let of = |grade: u8, kind: PeriodKind| {
        let remarks = after(|j| {
            j.class.kind = ClassKind::School { grade, letter: some("А") };
            j.period.kind = kind;
        });
        remarks.into_iter().map(|r| (r.code, r.level, r.text)).collect::<Vec<_>>()
    };
    assert_eq!(of(9, PeriodKind::Quarter), []);
    assert_eq!(of(10, PeriodKind::HalfYear), []);
    assert_eq!(
        of(10, PeriodKind::Quarter),
        [(
            Code::PeriodNotForGrade,
            Level::Warning,
            "10А: журнал за 1 четверть, а 10 класс закрывается по полугодиям и за год.".to_owned()
        )]
    );
    assert_eq!(of(9, PeriodKind::HalfYear).len(), 1);
}
