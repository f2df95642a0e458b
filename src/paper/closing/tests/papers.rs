//! What each paper says.

use super::{assert_apart, assert_in_order, text};
use crate::paper::closing::samples::*;
use crate::paper::closing::*;
use crate::register::SheetKind;

#[test]
fn the_schedule_shows_steps_days_and_names_on_one_sheet() {
    let sample = Sample::new();
    let print = schedule().print(&sample.head()).unwrap();
    assert_eq!(print.sides.len(), 1);
    let text = text(&print);
    assert_in_order(
        &text,
        &["График закрытия", "2 четверть, 1 полугодие 2025/26 учебного года", "31 декабря 2025 г."],
    );
    // Cells of several lines are read line by line.
    for words in ["2–9 классы: 2 четверть", "10–11 классы: 1 полугодие", "12 января", "понедельник"]
    {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert_eq!(
        text.matches("Учителя-предметники").count(),
        2,
        "groups with the same steps share them"
    );
    assert_in_order(&text, &["Межидова З. Х.", "Заместитель директора по УВР", "стр. 1 из 1"]);
}

#[test]
fn groups_with_other_days_have_steps_of_their_own() {
    let sample = Sample::new();
    let mut schedule = schedule();
    for step in &mut schedule.groups[1].steps {
        step.to = step.to + chrono::Days::new(1);
    }
    let text = text(&schedule.print(&sample.head()).unwrap());
    assert_eq!(text.matches("Учителя-предметники").count(), 4);
    assert!(text.contains("13 января, вторник") || text.contains("вторник"), "{text}");
}

#[test]
fn a_schedule_of_many_steps_goes_on_upon_other_sheets() {
    let sample = Sample::new();
    let mut schedule = schedule();
    let step = schedule.groups[0].steps[0].clone();
    schedule.groups[0].steps = (0..60)
        .map(|n| ScheduledStep {
            what: format!("шаг{n} {}", step.what.repeat(2)), ..step.clone()
        })
        .collect();
    let print = schedule.print(&sample.head()).unwrap();
    assert!(print.sides.len() > 1);
    assert_apart("schedule", &print);
    let text = text(&print);
    (0..60).for_each(|n| assert!(text.contains(&format!("шаг{n} ")), "{n}"));
}

#[test]
fn the_checklist_has_a_box_for_each_signer_of_each_page() {
    let sample = Sample::new();
    let print = checklist(12).print(&sample.head()).unwrap();
    let text = text(&print);
    assert_in_order(
        &text,
        &[
            "Контрольный лист 7А класса за 2 четверть 2025/26 учебного года",
            "Экземпляр № 17, единица хранения № 000123",
            "Титульный лист",
            "Литература",
            "5–7, 43–44",
            "Всего в экземпляре: 44 (сорок четыре) листа",
        ],
    );
    for words in ["Классный руководитель Сатулова И. О.", "группа 2", "Директор Ибрагимов С.-М. Ӏ."]
    {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert!(text.contains("отсутствует"), "an excused signature is printed as absent: {text}");
    // Title: three; eleven pages that are not excused; two class-wide; the last.
    let tick = crate::paper::Length::mm10(45);
    let of_box = |s: &&crate::paper::drawing::Stroke| s.to.x - s.from.x == tick;
    let tops = print.sides.iter().flat_map(|side| &side.strokes).filter(of_box).count();
    assert_eq!(tops / 2, 3 + 11 + 2 + 1);
}

#[test]
fn a_checklist_of_60_pages_names_every_sheet() {
    let sample = Sample::new();
    for pages in [0, 1, 60] {
        let list = checklist(pages);
        let print = list.print(&sample.head()).unwrap();
        assert_apart("checklist", &print);
        let text = text(&print);
        for run in list.sheets.iter().filter(|r| r.kind == SheetKind::Page && r.page != Some(2)) {
            assert!(text.contains(&format!("{}–{}", run.from, run.to)), "{run:?} in {text}");
        }
        let total: u32 = list.sheets.iter().map(|run| run.count()).sum();
        assert!(text.contains(&format!("Всего в экземпляре: {total} ")), "{text}");
    }
}

#[test]
fn a_teacher_s_list_names_class_copy_and_sheets() {
    let sample = Sample::new();
    let text = text(&where_to_sign().print(&sample.head()).unwrap());
    assert_in_order(
        &text,
        &[
            "Где мне подписать: Абдурахманова-Дудукаева Х. С.",
            "14 января, среда, учительская, каб. 12",
            "5А Иностранный язык (английский), 11 9–11 3 группа 1",
            "10 Индивидуальный проект 24 41, 47–48 3",
            "Всего подписать: 16 (шестнадцать) листов",
        ],
    );
}

#[test]
fn a_teacher_without_sheets_has_nothing_to_sign() {
    let sample = Sample::new();
    let list = WhereToSign { sheets: Vec::new(), ..where_to_sign() };
    let text = text(&list.print(&sample.head()).unwrap());
    assert!(text.contains("Подписывать нечего.") && !text.contains("Всего"), "{text}");
}

#[test]
fn the_act_names_media_digests_and_the_register() {
    let sample = Sample::new();
    let act = media_act();
    let text = text(&act.print(&sample.head()).unwrap());
    let root = act.register.1.to_string();
    let check = format!("letopis register check 4213 {}", &root[..16]);
    assert_in_order(
        &text,
        &[
            "Акт приёма-передачи резервных копий № 3 от 13 января 2026 г.",
            "Заместитель директора по УВР Межидова З. Х. передаёт, Директор Ибрагимов",
            "2 (два) носителя",
            &act.media[0].manifest.to_string(),
            &act.media[1].manifest.to_string(),
            "записей 4213",
            &root[..16],
            &check,
            &root,
            "7f3a90c2b15e4d6780a1c3e5f7092b4d",
            "З. Х. Межидова",
            "С.-М. Ӏ. Ибрагимов",
        ],
    );
    for words in ["ЭЖ-2026-1, оптический", "WX41A79E3K0R", "сейф", "22 единицы", "48 690 123 байт"]
    {
        let text = text.replace('\u{A0}', " ");
        assert!(text.contains(words), "{words} in {text}");
    }
}

#[test]
fn every_sheet_of_the_general_register_has_its_number_and_total() {
    let sample = Sample::new();
    let register = general_register(60);
    let print = register.print(&sample.head()).unwrap();
    assert_apart("general register", &print);
    assert!(print.sides.len() > 3);
    let text = text(&print);
    let sheets = print.sides.len();
    for n in 0..sheets {
        assert!(text.contains(&format!("журналов. Лист {} ", 5 + n)), "{n} in {text}");
    }
    let totals: Vec<&str> = text.split("Внесено на этом листе: ").skip(1).collect();
    assert_eq!(totals.len(), sheets);
    let figure = |text: &str| -> u32 { text.split(' ').next().unwrap().parse().unwrap() };
    assert_eq!(totals.iter().map(|total| figure(total)).sum::<u32>(), 60);
    let of_sheets = totals.iter().map(|total| figure(total.split(", ").nth(1).unwrap()));
    let entered: u32 = register.lines.iter().map(|line| line.sheets).sum();
    assert_eq!(of_sheets.sum::<u32>(), entered);
}

#[test]
fn lists_may_be_empty_or_have_one_line() {
    let sample = Sample::new();
    let head = sample.head();
    for n in [0, 1] {
        let print = general_register(n).print(&head).unwrap();
        assert_eq!(print.sides.len(), 1);
        assert_apart("general register", &print);
        assert!(text(&print).contains(["Записей нет.", "1 (один) экземпляр, 38"][n as usize]));
        let mut folder = folder();
        folder.copies.truncate(n as usize);
        let text = text(&folder.print(&head).unwrap());
        let words = [
            "В папку внесено 0 (ноль) экземпляров, 0 (ноль) листов",
            "В папку внесено 1 (один) экземпляр, 40 (сорок) листов",
        ];
        assert!(text.contains(words[n as usize]), "{text}");
    }
    let schedule = Schedule { groups: Vec::new(), ..schedule() };
    assert!(text(&schedule.print(&head).unwrap()).contains("Шаги не назначены."));
}

#[test]
fn the_folder_s_list_names_absent_signatures_as_absent() {
    let sample = Sample::new();
    let text = text(&folder().print(&sample.head()).unwrap());
    assert_in_order(
        &text,
        &[
            "Опись общей папки",
            "Индекс дела по номенклатуре: 02-14",
            "5А",
            "1–40",
            "7А",
            "1–37, 43–44",
            "39",
        ],
    );
    for words in ["Геометрия, листы 17–19", "отсутствует по приказу", "№ 14-од от 14.01.2026"]
    {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert!(text.contains("4 (четыре) экземпляра, 164 (сто шестьдесят четыре) листа"), "{text}");
}

#[test]
fn the_certifying_sheet_counts_in_figures_and_words() {
    let sample = Sample::new();
    let head = sample.head();
    assert_in_order(
        &text(&certifying_sheet().print(&head).unwrap()),
        &[
            "ЛИСТ-ЗАВЕРИТЕЛЬ ДЕЛА № 02-14/2026",
            "В деле подшито и пронумеровано 162 (сто шестьдесят два) листа",
            "литерные номера листов: 12а, 40а",
            "пропущенные номера листов: 97",
            "листов внутренней описи: 2 (два)",
            "Пятно от чернил, текст читается 58",
            "Ответственный за архив",
            "Л. П. Кузнецова",
        ],
    );
    let plain = CertifyingSheet {
        sheets: 121,
        lettered: Vec::new(),
        missing: Vec::new(),
        condition: Vec::new(),
        ..certifying_sheet()
    };
    let text = text(&plain.print(&head).unwrap());
    assert_in_order(&text, &["121 (сто двадцать один) лист", "литерные номера листов: нет"]);
}
