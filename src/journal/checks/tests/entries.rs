use super::*;

/// The entry of pupil 1 on the first lesson of Алгебра.
fn first(journal: &mut Journal) -> &mut Entry {
    &mut journal.pages[0].entries[0]
}

const CELL: (Option<&str>, Option<&str>) = (Some("Алгебра"), Some("Агатов"));

fn in_cell(remark: &Remark) {
    let (page, pupil, lesson) = place(remark);
    assert_eq!((page, pupil), CELL);
    assert_eq!(lesson.as_deref(), Some("2025-09-01 1"));
}

#[test]
fn an_unknown_mark_is_named_once_a_page_with_its_count() {
    in_cell(&only(Code::UnknownMark, Level::Warning, |j| first(j).marks.push(mark("55"))));
    let many = only(Code::UnknownMark, Level::Warning, |j| {
        j.pages[0].entries.iter_mut().take(4).for_each(|e| e.marks.push(mark("55")));
        j.pages[0].finals[2].value = "55".to_owned();
    });
    assert_eq!(place(&many), (Some("Алгебра"), None, None));
    assert!(many.text.contains("«55» (5 раз)"), "{}", many.text);
    let two = after(|j| first(j).marks.extend([mark("55"), mark("?")]));
    assert_eq!(two.iter().map(|r| r.code).collect::<Vec<_>>(), [Code::UnknownMark; 2]);
}

#[test]
fn a_final_the_regulation_forbids_by_name_is_not_unknown() {
    let mut own = Regulation::school();
    own.finals.not_allowed.push("б/о".to_owned());
    let mut journal = clean();
    journal.pages[0].finals[0].value = "Б/О".to_owned();
    let codes: Vec<Code> = check(&journal, &own).iter().map(|r| r.code).collect();
    assert_eq!(codes, [Code::FinalNotAllowed]);
    let codes: Vec<Code> = check(&journal, &Regulation::school()).iter().map(|r| r.code).collect();
    assert_eq!(codes, [Code::UnknownMark]);
}

#[test]
fn an_unknown_absence_is_named_once_a_page_with_its_count() {
    let absent = |e: &mut Entry, token: &str| e.absence = Some(Absence(token.to_owned()));
    in_cell(&only(Code::UnknownAbsence, Level::Warning, |j| absent(first(j), "ОТ")));
    let many = only(Code::UnknownAbsence, Level::Warning, |j| {
        j.pages[0].entries.iter_mut().take(3).for_each(|e| absent(e, "ОТ"));
    });
    assert!(many.text.contains("«ОТ» в посещаемости (3 раза)"), "{}", many.text);
    for known in ["Н", "H", "НП", "у", "Б", "O"] {
        assert_eq!(after(|j| absent(first(j), known)), [], "{known}");
    }
}

#[test]
fn a_weight_that_is_no_number_is_a_warning() {
    in_cell(&only(Code::UnknownWeight, Level::Warning, |j| {
        first(j).marks = vec![weighed("4", "много")];
    }));
    assert_eq!(after(|j| first(j).marks = vec![weighed("4", "1,5")]), []);
}

#[test]
fn a_debt_without_a_mark_in_its_cell_is_open() {
    let debt = || mark(".");
    in_cell(&only(Code::DebtOpen, Level::Warning, |j| first(j).marks = vec![debt()]));
    assert_eq!(after(|j| first(j).marks = vec![debt(), mark("4")]), []);
    let many = only(Code::DebtOpen, Level::Warning, |j| {
        j.pages[0].entries.iter_mut().take(2).for_each(|e| e.marks = vec![debt()]);
    });
    assert_eq!(place(&many).1, None);
    assert!(many.text.contains("за 01.09.2025 у 2 обучающихся"), "{}", many.text);
    let as_final = only(Code::DebtOpen, Level::Warning, |j| {
        j.pages[0].finals[0].value = ".".to_owned();
    });
    assert_eq!(place(&as_final), (Some("Алгебра"), Some("Агатов"), None));
}
