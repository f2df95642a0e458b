use super::sample::{COLLEGE, SCHOOL, copy, digests, enlarged, form, quarter, sides_of, text};
use crate::journal::{
    ClassKind, Decision, Final, FinalKind, Journal, Movement, MovementKind, Period, PeriodKind,
};
use crate::paper::class_journal::section::of_page;
use crate::paper::class_journal::{ClassJournal, Edition, frame::BODY, lay_out, print};
use crate::paper::words::Initials;
use crate::paper::{Length, Place, Side, some_sheets};
use crate::register::{SheetKind, SheetRun};

fn laid(
    journal: &Journal,
    edition: &Edition,
    with: impl Fn(&mut ClassJournal<'_>),
) -> (Vec<Side>, Vec<SheetRun>) {
    let pages = digests(journal);
    let mut form = form(journal, &pages);
    with(&mut form);
    lay_out(&form, edition).unwrap()
}

#[test]
fn a_sheet_printed_on_both_sides_is_one_sheet() {
    let journal = quarter();
    let (single, one) = laid(&journal, &copy(), |_| {});
    let (double, two) = laid(&journal, &copy(), |form| form.two_sided = true);
    for (one, two) in one.iter().zip(&two).skip(1) {
        assert_eq!(two.count(), one.count().div_ceil(2));
    }
    let sheets = two.last().unwrap().to as usize;
    assert_eq!(double.len(), 2 * sheets);
    assert!(sheets < single.len());
    let said = text(&double);
    assert!(said.contains(&format!("Действительныхлистоввэкземпляре:{sheets}(")));
}

#[test]
fn every_page_begins_on_a_new_sheet_and_backs_are_stitched_on_the_other_border() {
    let (sides, sheets) = laid(&quarter(), &copy(), |form| form.two_sided = true);
    for run in &sheets {
        let front = &sides[2 * (run.from as usize - 1)];
        let left = |side: &Side| side.runs().iter().map(|run| run.at.x).min();
        assert_eq!(left(front), Some(BODY.left));
        for sheet in run.from..=run.to {
            let back = &sides[2 * sheet as usize - 1];
            assert!(left(back).is_none_or(|left| left == BODY.right));
            let number = format!("Лист{sheet}");
            assert!(back.runs().is_empty() || text(std::slice::from_ref(back)).contains(&number));
        }
    }
}

#[test]
fn the_reference_print_has_no_copy_number_signature_lines_or_qr() {
    let (sides, sheets) = laid(&quarter(), &Edition::Reference, |_| {});
    let paper = text(&sides);
    for word in ["Экземпляр", "подпись", "М.П.", "ЧЕРНОВИК", "заверяю"]
    {
        assert!(!paper.contains(word), "{word}");
    }
    assert!(sides.iter().all(|side| side.fills.is_empty()));
    assert!(paper.contains("Единицахранения№000123"));
    assert_eq!(sheets.last().unwrap().to as usize, sides.len());
}

#[test]
fn a_draft_says_so_on_every_sheet_and_has_no_number() {
    let (sides, _) = laid(&quarter(), &Edition::Draft, |form| form.two_sided = true);
    for side in sides.iter().filter(|side| !side.runs().is_empty()) {
        assert_eq!(text(std::slice::from_ref(side)).matches("ЧЕРНОВИК").count(), 1);
    }
    assert!(!text(&sides).contains("Экземпляр№"));
}

#[test]
fn some_sheets_are_those_sides_of_the_copy() {
    let journal = quarter();
    let pages = digests(&journal);
    for two_sided in [false, true] {
        let form = ClassJournal { two_sided, ..form(&journal, &pages) };
        let whole = print(&form, &copy()).unwrap();
        let some = some_sheets(&whole.pdf, 3..=5, two_sided).unwrap();
        let file = super::files::file(&some);
        super::files::assert_qpdf(&file);
        let read = super::files::text_of(&file, "-layout");
        let numbers: Vec<u32> = (1..=whole.sheets.last().unwrap().to)
            .filter(|number| read.contains(&format!("Лист {number}\n")))
            .collect();
        assert_eq!(numbers, [3, 4, 5], "{read}");
    }
}

#[test]
fn blank_forms_are_sheets_like_the_others_before_the_last() {
    let journal = quarter();
    let (sides, sheets) = laid(&journal, &copy(), |form| form.blanks = true);
    let kinds: Vec<_> = sheets.iter().rev().take(3).map(|run| run.kind).collect();
    assert_eq!(kinds, [SheetKind::Last, SheetKind::Blank, SheetKind::Blank]);
    let title = text(sides_of(&sides, &sheets[0]));
    for (run, heading) in sheets
        .iter()
        .filter(|run| run.kind == SheetKind::Blank)
        .zip(["Общиесведенияобобучающихся", "Листокздоровья"])
    {
        let blank = text(sides_of(&sides, run));
        assert!(blank.contains(heading) && blank.contains(&format!("Лист{}", run.from)));
        assert!(title.contains(heading), "{title}");
        assert!(!sides[run.from as usize - 1].fills.is_empty());
    }
}

#[test]
fn thirty_pupils_stand_on_one_sheet_of_each_blank_form() {
    let sheets_of = |pupils: usize| {
        let mut journal = enlarged(pupils, 1);
        for pupil in &mut journal.pupils {
            pupil.surname = "Хлебникова".into();
            pupil.name = "Виктория".into();
            pupil.patronymic = Some("Анатольевна".into());
        }
        let (_, sheets) = laid(&journal, &copy(), |form| form.blanks = true);
        let blank = sheets.iter().filter(|run| run.kind == SheetKind::Blank);
        blank.map(SheetRun::count).collect::<Vec<_>>()
    };
    assert_eq!(sheets_of(30), [1, 1]);
    assert_eq!(sheets_of(40), [2, 2]);
}

#[test]
fn no_page_ends_on_a_sheet_with_a_few_lines_only() {
    let school = crate::demo::school(&crate::demo::Plan { seed: 7, classes: 24 });
    let journals = ["2025-26/q1", "2025-26/h1"].map(|period| period.parse().unwrap());
    for journal in journals.into_iter().flat_map(|period| school.classes(period)) {
        let form = form(&journal, &[]);
        for number in 0..journal.pages.len() {
            let place = Place::of("страница");
            let section = of_page(&form, &Edition::Reference, number, &place).unwrap();
            let last = section.sides.last().unwrap();
            let lowest = last.runs().iter().map(|run| run.at.y).max().unwrap_or(Length::ZERO);
            let (written, whole) =
                (lowest - BODY.top, last.format().height() - BODY.top - BODY.bottom);
            let few = section.sides.len() > 1 && written * 5 < whole;
            assert!(!few, "{} {}: {written:?}", journal.class.name(), section.name);
        }
    }
}

#[test]
fn every_sheet_says_whose_it_is_which_one_and_which_part_of_its_page() {
    let journal = quarter();
    let (sides, sheets) = laid(&journal, &copy(), |_| {});
    for run in &sheets {
        for (part, sheet) in (1..).zip(run.from..=run.to) {
            let said = text(&sides[sheet as usize - 1..sheet as usize]);
            let class = journal.class.name();
            let whose = format!("{class}класс,1четверть");
            let number = format!("Лист{sheet}");
            let part = format!("{part}из{}", run.count());
            for word in ["МБОУ«СОШ№7»", &whose, &number, &part, "Экземпляр№1", "000123"]
            {
                assert!(said.contains(word), "{sheet}: {word} in {said}");
            }
            if let Some(page) = run.page.map(|page| &journal.pages[page as usize - 1]) {
                let teacher = journal.person(page.teacher.as_ref().unwrap()).unwrap();
                let teacher = teacher.full_name().unwrap().replace(' ', "");
                for word in [&page.subject.replace(' ', ""), &teacher, "подпись"] {
                    assert!(said.contains(word), "{sheet}: {word} in {said}");
                }
            }
        }
    }
}

#[test]
fn whoever_signs_is_named_with_the_initials_first() {
    let journal = quarter();
    let (sides, sheets) = laid(&journal, &copy(), |_| {});
    let name = |id: Option<&_>| {
        let person = journal.person(id.unwrap()).unwrap();
        Initials::of(person).unwrap().before().replace(' ', "")
    };
    let on = |kind| text(sides_of(&sides, sheets.iter().find(|run| run.kind == kind).unwrap()));
    assert!(on(SheetKind::Page).contains(&name(journal.pages[0].teacher.as_ref())));
    for kind in [SheetKind::Title, SheetKind::Attendance] {
        assert!(on(kind).contains(&name(journal.class.teacher.as_ref())));
    }
}

/// A journal of a whole year: year, exam and final marks, decisions, comings and goings.
fn year() -> Journal {
    let mut journal = quarter();
    journal.period = Period { kind: PeriodKind::Year, number: None, ..journal.period };
    let pupils: Vec<_> = journal.pupils.iter().take(3).map(|pupil| pupil.id.clone()).collect();
    let page = &mut journal.pages[0];
    page.pupils = None;
    page.finals.clear();
    for pupil in &pupils {
        for (kind, value) in
            [(FinalKind::Year, "4"), (FinalKind::Exam, "5"), (FinalKind::Final, "5")]
        {
            let (pupil, value) = (pupil.clone(), value.to_owned());
            page.finals.push(Final { kind, pupil, school: None, set: None, value });
        }
    }
    journal.decisions = vec![Decision {
        date: Some(journal.period.to),
        protocol: Some("12".into()),
        pupil: pupils[0].clone(),
        text: "Перевести в следующий класс".into(),
    }];
    let moved = |pupil: usize, kind, order: &str| Movement {
        date: journal.period.from,
        kind,
        order: Some(order.into()),
        pupil: pupils[pupil].clone(),
    };
    journal.movements =
        vec![moved(1, MovementKind::Arrived, "14-к"), moved(2, MovementKind::Left, "15-к")];
    journal
}

#[test]
fn a_years_journal_has_year_exam_and_final_marks_and_decisions() {
    let journal = year();
    let (sides, sheets) = laid(&journal, &copy(), |_| {});
    let page = sheets.iter().find(|run| run.kind == SheetKind::Page).unwrap();
    let paper = text(sides_of(&sides, page));
    for head in ["Год", "Экзамен", "Итоговая"] {
        assert!(paper.contains(head), "{head}");
    }
    let finals = sheets.iter().find(|run| run.kind == SheetKind::Finals).unwrap();
    let paper = text(sides_of(&sides, finals));
    assert!(paper.contains("Перевестивследующийкласс"));
    assert!(paper.contains("№12"));
}

#[test]
fn finals_of_the_class_have_a_column_for_every_subject_and_none_for_marks_nobody_has() {
    let journal = year();
    let (sides, sheets) = laid(&journal, &copy(), |_| {});
    let finals = sheets.iter().find(|run| run.kind == SheetKind::Finals).unwrap();
    let paper = text(sides_of(&sides, finals));
    assert!(paper.contains("Русскийязык,Год") && paper.contains("Литература,Запериод"));
    assert!(!paper.contains("Русскийязык,Запериод") && !paper.contains("Литература,Год"));
    for page in &journal.pages {
        assert!(paper.contains(&page.subject.replace(' ', "")), "{}", page.subject);
    }
}

#[test]
fn marks_stand_on_one_sheet_with_the_topics_of_their_lessons() {
    let journal = quarter();
    let (sides, sheets) = laid(&journal, &copy(), |_| {});
    for run in sheets.iter().filter(|run| run.kind == SheetKind::Page) {
        for side in sides_of(&sides, run) {
            let paper = text(std::slice::from_ref(side));
            let grids = paper.matches("Фамилия,имя").count();
            let topics = paper.matches("Содержаниеурока").count();
            assert!(grids == 0 || topics == grids, "{run:?}: {grids} grids, {topics} topics");
        }
    }
}

#[test]
fn who_came_and_who_left_stands_on_the_class_wide_sheet_with_the_order() {
    let journal = year();
    let (sides, sheets) = laid(&journal, &copy(), |_| {});
    let run = sheets.iter().find(|run| run.kind == SheetKind::Attendance).unwrap();
    let paper = text(sides_of(&sides, run));
    let names: Vec<_> =
        journal.pupils[1..3].iter().map(|p| p.full_name().replace(' ', "")).collect();
    for (name, order) in names.iter().zip(["(14-к)", "(15-к)"]) {
        let at = paper.rfind(name.as_str()).unwrap();
        assert!(paper[at..].contains(order), "{paper}");
    }
}

#[test]
fn a_college_group_is_certified_on_the_last_page_and_signed_by_its_curator() {
    let mut journal = quarter();
    journal.class.kind = ClassKind::Group { name: "ТО-21".into() };
    journal.period = Period { kind: PeriodKind::Semester, number: Some(1), ..journal.period };
    let (sides, sheets) = laid(&journal, &copy(), |form| form.wording = &COLLEGE);
    let (title, last) =
        (text(sides_of(&sides, &sheets[0])), text(sides_of(&sides, sheets.last().unwrap())));
    assert!(title.contains("Куратор"), "{title}");
    assert!(!title.contains("Директор"), "{title}");
    assert!(last.contains("Правильностьпереносаданных"), "{last}");
    assert!(last.contains("М.П."), "{last}");
    assert!(text(&sides).contains("группаТО-21") || text(&sides).contains("ГруппаТО-21"));
}

#[test]
fn a_schools_copy_is_certified_on_the_title_sheet() {
    let (sides, sheets) = laid(&quarter(), &copy(), |form| form.wording = &SCHOOL);
    let title = text(sides_of(&sides, &sheets[0]));
    let mut from = 0;
    for words in ["заверяю", "общийреестр", "утверждена", "М.П.", "Оглавление"]
    {
        from += title[from..].find(words).unwrap_or_else(|| panic!("{words} in {title}"));
    }
}

#[test]
fn an_activity_is_printed_too() {
    let mut journal = quarter();
    journal.class.kind =
        ClassKind::Activity { name: "Робототехника".into(), grade: None };
    let (sides, _) = laid(&journal, &copy(), |_| {});
    assert!(text(&sides).contains("Робототехника"));
}
