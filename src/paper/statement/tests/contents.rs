use super::sample::{self, SCHOOL, all, head, quarter, roll, texts, year};
use crate::journal::statement::{
    AttendanceStatement, ClassResults, Confirmed, MovementStatement, ProgressStatement, Roll,
};
use crate::journal::{Final, FinalKind, Journal, Pupil};
use crate::paper::statement::{attendance, movement, progress, results};
use crate::paper::wording::forms::Role;
use crate::paper::words::Initials;
use crate::paper::{Letterhead, Official, PaperError, Print};

/// Everything on a form, side after side, with plain spaces.
fn text(print: &Print) -> String {
    let texts: Vec<String> = print.sides.iter().flat_map(texts).collect();
    texts.join("\n").replace('\u{a0}', " ")
}

#[track_caller]
fn in_order(text: &str, words: &[&str]) {
    let mut from = 0;
    for word in words {
        let found = text[from..].find(word);
        from += found.unwrap_or_else(|| panic!("{word} not after {from} in {text}")) + word.len();
    }
}

fn statement(journals: &[Journal]) -> Print {
    progress(&ProgressStatement::of(&roll(journals)), &head()).unwrap()
}

#[test]
fn every_sheet_carries_school_class_period_and_its_number_among_the_sheets() {
    for (name, print) in all() {
        let sheets = print.sides.len();
        for (number, side) in (1..).zip(&print.sides) {
            let texts = texts(side);
            let sheet = format!("Лист {number} из {sheets}");
            assert_eq!(texts.iter().filter(|text| **text == sheet).count(), 1, "{name}");
            assert!(texts.iter().any(|text| text == SCHOOL), "{name} {number}");
            assert!(texts.iter().any(|text| text.contains("2025/26")), "{name} {number}");
        }
    }
}

#[test]
fn nothing_leaves_the_paper() {
    for (name, print) in all() {
        for side in &print.sides {
            for run in side.runs() {
                let upright = run.direction == crate::paper::Direction::Across;
                let right = run.at.x + if upright { run.text.width(run.size) } else { run.size };
                assert!(right <= side.format().width(), "{name}: {}", run.text.as_str());
                assert!(run.at.y <= side.format().height(), "{name}: {}", run.text.as_str());
            }
        }
    }
}

#[test]
fn the_year_s_statement_has_periods_year_decision_and_who_signs() {
    let text = text(&statement(&year("7А")));
    in_order(
        &text,
        &["Русский язык", "Литература", "1 четверть", "4 четверть", "Год", "Горбунова Анна"],
    );
    in_order(&text, &["Решение педагогического совета", "в 8 класс (протокол от", "№ 12)"]);
    in_order(&text, &["Классный руководитель", "Р. Г. Голубева", "(расшифровка подписи)"]);
    in_order(&text, &["Заместитель директора", "Директор", "М.П."]);
}

#[test]
fn officials_of_the_letterhead_are_named_beside_their_signatures() {
    let name = Initials::new("Орлова", Some("Ирина"), Some("Игоревна")).unwrap();
    let post = Some("Заместитель директора по УВР".to_owned());
    let officials = [Official { role: Role::Deputy, post, name }];
    let head = Letterhead { officials: &officials, ..head() };
    let journals = [quarter("7А")];
    let print = progress(&ProgressStatement::of(&roll(&journals)), &head).unwrap();
    in_order(&text(&print), &["Заместитель директора по УВР", "И. И. Орлова", "Директор"]);
}

#[test]
fn exam_and_final_stand_in_subjects_that_have_them() {
    let text = text(&statement(&year("9А")));
    assert!(text.contains("Экзамен") && text.contains("Итог"));
    let exams = text.matches("Экзамен").count();
    let finals = text.matches("Итог").count();
    assert!(exams > 0 && exams < finals, "{exams} exams, {finals} finals");
    assert!(!self::text(&statement(&year("7А"))).contains("Экзамен"));
}

/// Marks of the first pupil in the first subject of 7А's first quarter.
fn with_marks(marks: &[(&str, Option<&str>)]) -> String {
    let mut journal = quarter("7А");
    journal.pupils.truncate(1);
    let id = journal.pupils[0].id.clone();
    let mut page = journal.pages[0].clone();
    page.pupils = None;
    page.finals.clear();
    journal.pages.clear();
    for (place, (value, school)) in marks.iter().enumerate() {
        let mut page = page.clone();
        page.group = Some(format!("группа {place}"));
        let school = school.map(str::to_owned);
        let (pupil, value) = (id.clone(), (*value).to_owned());
        page.finals.push(Final { kind: FinalKind::Period, pupil, school, set: None, value });
        journal.pages.push(page);
    }
    text(&statement(&[journal]))
}

#[test]
fn equal_finals_of_a_cell_stand_once_and_unequal_ones_both() {
    assert!(with_marks(&[("5", None), ("5", None)]).contains("\n5\n"));
    assert!(with_marks(&[("5", None), ("4", None), ("5", None)]).contains("\n5 / 4\n"));
}

#[test]
fn a_mark_brought_from_another_school_is_marked_and_the_school_named() {
    let text = with_marks(&[("4", Some("Гимназия № 2"))]);
    in_order(&text, &["\n4*\n", "* — отметка из другой организации (Гимназия № 2)"]);
}

#[test]
fn pupils_who_may_be_one_are_marked_until_a_person_says_so() {
    let journals = year("7А");
    let journals: Vec<&Journal> = journals.iter().collect();
    let apart = Roll::of(&journals, &[]).unwrap();
    let proposal = apart.proposals().remove(0);
    let said = [Confirmed { first: proposal.first, same: true, second: proposal.second }];
    let joined = Roll::of(&journals, &said).unwrap();
    let of = |roll: &Roll<'_>| {
        let progress = progress(&ProgressStatement::of(roll), &head()).unwrap();
        let attendance = attendance(&AttendanceStatement::of(roll), &head()).unwrap();
        let movement = movement(&MovementStatement::of(roll), &head()).unwrap();
        [progress, attendance, movement].map(|print| text(&print))
    };
    for text in of(&apart) {
        in_order(&text, &["(?) — возможно, строки одного обучающегося", "Дроздов Георгий"]);
    }
    assert!(of(&joined).iter().all(|text| !text.contains("(?)")));
}

#[test]
fn attendance_shows_each_period_all_together_and_the_class() {
    let journals = year("7А");
    let statement = AttendanceStatement::of(&roll(&journals));
    let text = text(&attendance(&statement, &head()).unwrap());
    in_order(&text, &["1 четверть", "4 четверть", "Всего по классу"]);
    assert!(text.contains("«Причина не указана» — отмечено отсутствие"));
    let lessons = statement.total.all.lessons.to_string();
    assert!(text.lines().any(|line| line == lessons), "{lessons}");
}

#[test]
fn movement_names_who_came_and_left_with_the_order() {
    let journals = year("7А");
    let text = text(&movement(&MovementStatement::of(&roll(&journals)), &head()).unwrap());
    in_order(&text, &["2 четверть", "Прибыли", "нет", "Выбыли", "Каримова", "01.12.2025", "43-к"]);
}

#[test]
fn every_pupil_stands_in_one_list_of_the_results() {
    let journals = [quarter("7А")];
    let value = ClassResults::of(&roll(&journals));
    let text = text(&results(&value, &head()).unwrap()).replace('\n', " ");
    for pupil in &journals[0].pupils {
        let name = format!("{} {}", pupil.surname, pupil.name);
        assert_eq!(text.matches(&name).count(), 1, "{name} in {text}");
    }
    in_order(&text, &["Успеваемость 92,6 %, качество 37,0 % (из 27 с отметками)", "Средний балл"]);
}

#[test]
fn a_grade_without_marks_says_so() {
    let journals = [quarter("1А")];
    let text = text(&results(&ClassResults::of(&roll(&journals)), &head()).unwrap());
    assert!(text.contains("Обучение ведётся без отметок"), "{text}");
    let text = self::text(&statement(&year("1А")));
    assert!(text.contains("Обучение ведётся без отметок") && !text.contains("Год"), "{text}");
    assert!(text.contains("во 2 класс"), "{text}");
}

#[test]
fn an_activity_has_lessons_and_results_of_each_programme() {
    let (_, print) = all().into_iter().find(|(name, _)| *name == "activity").unwrap();
    let text = text(&print).replace('\n', " ");
    in_order(&text, &["объединение «Шахматы»", "Программа: Шахматы для начинающих", "освоил"]);
    assert!(text.contains("Руководитель объединения"));
}

fn refused(journal: Journal) -> (String, char) {
    let journals = [journal];
    match progress(&ProgressStatement::of(&roll(&journals)), &head()) {
        Err(PaperError::NoGlyph { place, character, .. }) => (place, character),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_character_without_a_glyph_is_refused_with_pupil_or_subject() {
    let mut journal = quarter("7А");
    journal.pupils[4].name = "Артём🦄".into();
    let surname = journal.pupils[4].surname.clone();
    let (place, character) = refused(journal);
    assert!(place.contains("7А класса") && place.contains(&surname), "{place}");
    assert_eq!(character, '🦄');
    let mut journal = quarter("7А");
    journal.pages[2].subject = "Химия🧪".into();
    let (place, _) = refused(journal);
    assert!(place.contains("Химия🧪"), "{place}");
    let mut journal = quarter("7А");
    journal.pages[0].finals[3].value = "🙂".into();
    let pupil = journal.pages[0].finals[3].pupil.clone();
    let pupil = journal.pupils.iter().find(|p| p.id == pupil).unwrap().surname.clone();
    let subject = journal.pages[0].subject.clone();
    let (place, _) = refused(journal);
    assert!(place.contains(&pupil) && place.contains(&subject), "{place}");
}

/// 60 pupils with names of 60 letters and 25 subjects through a year.
fn large() -> Vec<Journal> {
    let mut journals = year("7А");
    for journal in &mut journals {
        let (pupil, page) = (journal.pupils[0].clone(), journal.pages[0].clone());
        journal.pupils = (1..=60)
            .map(|number| Pupil {
                id: format!("п{number}").parse().unwrap(),
                surname: "Абдурахманова-Дудукаева-".repeat(3).chars().take(60).collect(),
                name: format!("Имя{number:02}"),
                patronymic: None,
                number: Some(number),
                ..pupil.clone()
            })
            .collect();
        let pages = (1..=25).map(|number| {
            let mut page = page.clone();
            page.subject = format!("Предмет{number:02}");
            page.pupils = None;
            let kind = page.finals[0].kind;
            page.finals = journal
                .pupils
                .iter()
                .map(|pupil| Final {
                    kind,
                    pupil: pupil.id.clone(),
                    school: None,
                    set: None,
                    value: "5".into(),
                })
                .collect();
            page.lessons.clear();
            page.entries.clear();
            page
        });
        journal.pages = pages.collect();
        journal.movements.clear();
        journal.decisions.clear();
    }
    journals
}

#[test]
fn sixty_pupils_and_twenty_five_subjects_stand_on_sheets_that_repeat_the_pupils() {
    let journals = large();
    let print = statement(&journals);
    let sides: Vec<String> =
        print.sides.iter().map(|side| sample::texts(side).join("\n")).collect();
    let count = |word: &str| sides.iter().map(|side| side.matches(word).count()).sum::<usize>();
    let groups = count("Имя01");
    assert!(groups > 1);
    for number in 1..=60 {
        assert_eq!(count(&format!("Имя{number:02}")), groups, "{number}");
    }
    let sheets_of = |subject: &str| sides.iter().filter(|side| side.contains(subject)).count();
    for number in 1..=25 {
        let subject = format!("Предмет{number:02}");
        assert_eq!(sheets_of(&subject), sides.len() / groups, "{subject}");
        assert_eq!(count(&subject), sides.len() / groups, "{subject}");
    }
    let fives = print.sides.iter().flat_map(sample::texts).filter(|text| text == "5").count();
    let numbered = groups;
    assert_eq!(fives, 60 * 25 * 5 + numbered, "every mark, and the fifth pupil's number");
}
