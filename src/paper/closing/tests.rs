use super::samples::*;
use super::*;
use crate::paper::pdf::{Part, render_as};
use crate::paper::wording::{OwnFile, Shipped};
use crate::paper::{PaperError, render};
use crate::register::SheetKind;
use std::path::Path;
use std::process::Command;

/// What a program says of a file. It must succeed.
fn said(program: &str, before: &[&str], path: &Path, after: &[&str]) -> String {
    let output = Command::new(program).args(before).arg(path).args(after).output();
    let output =
        output.unwrap_or_else(|e| panic!("{program} must be installed (scripts/test does): {e}"));
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    assert!(output.status.success(), "{program}: {text}");
    text
}

/// What `pdftotext` reads in a print, with single spaces.
fn text(print: &Print) -> String {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("form.pdf");
    std::fs::write(&path, render(print).unwrap()).unwrap();
    let text = said("pdftotext", &["-layout"], &path, &["-"]);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn assert_in_order(text: &str, words: &[&str]) {
    let mut from = 0;
    for word in words {
        let found = text[from..].find(word);
        from +=
            found.unwrap_or_else(|| panic!("«{word}» after byte {from} of: {text}")) + word.len();
    }
}

/// No letter lies over another, and none outside the paper's printable part (5 mm from its edge).
fn assert_apart(name: &str, print: &Print) {
    use crate::paper::{Length, Run};
    for side in &print.sides {
        let taken = |run: &Run| {
            let (up, down) = (run.size.part(91, 100), run.size.part(28, 100));
            let width = run.text.width(run.size);
            (run.at.x, run.at.y - up, run.at.x + width, run.at.y + down)
        };
        let taken: Vec<_> = side.runs().iter().map(|run| (taken(run), run)).collect();
        let (far, low, edge) = (side.format().width(), side.format().height(), Length::mm(5));
        for (index, (a, run)) in taken.iter().enumerate() {
            assert!(a.0 >= edge && a.2 <= far - edge, "{name}: {run:?}");
            assert!(a.1 >= edge && a.3 <= low - edge, "{name}: {run:?}");
            for (b, other) in &taken[index + 1..] {
                let apart = a.2 <= b.0 || b.2 <= a.0 || a.3 <= b.1 || b.3 <= a.1;
                assert!(apart, "{name}: {run:?}\noverlaps\n{other:?}");
            }
        }
    }
}

#[test]
fn every_paper_of_the_closing_is_a_sound_file_with_its_fonts() {
    let directory = tempfile::tempdir().unwrap();
    let sample = Sample::new();
    for (name, print) in sample.all() {
        let bytes = render(&print).unwrap();
        let path = directory.path().join(format!("{name}.pdf"));
        std::fs::write(&path, &bytes).unwrap();
        let checked = said("qpdf", &["--check"], &path, &[]);
        assert!(checked.contains("No syntax or stream encoding errors found"), "{checked}");
        assert!(!checked.contains("WARNING"), "{name}: {checked}");
        let fonts = said("pdffonts", &[], &path, &[]);
        assert!(fonts.lines().count() > 3, "{name}: {fonts}");
        for font in fonts.lines().skip(2) {
            let flags: Vec<&str> = font.split_whitespace().rev().skip(2).take(3).collect();
            assert!(font.contains("+PT") && flags == ["yes", "yes", "yes"], "{name}: {font}");
        }
        assert_apart(name, &print);
    }
}

#[test]
fn the_same_paper_gives_the_same_bytes() {
    let (once, again) = (Sample::new(), Sample::new());
    for ((name, a), (_, b)) in once.all().iter().zip(again.all().iter()) {
        assert_eq!(render(a).unwrap(), render(b).unwrap(), "{name}");
    }
}

/// The jars of Debian's libpdfbox2-java and what it needs.
const JARS: &str = "/usr/share/java/preflight.jar:/usr/share/java/pdfbox2.jar:/usr/share/java/xmpbox.jar:\
                    /usr/share/java/fontbox2.jar:/usr/share/java/commons-logging.jar:\
                    /usr/share/java/javax.activation.jar:/usr/share/java/jaxb-api.jar";

#[test]
fn preflight_accepts_a_checklist_rendered_as_part_1() {
    let sample = Sample::new();
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("form.pdf");
    let print = checklist(12).print(&sample.head()).unwrap();
    std::fs::write(&path, render_as(&print, Part::One).unwrap()).unwrap();
    let main = "org.apache.pdfbox.preflight.Validator_A1b";
    let said = said("java", &["-cp", JARS, main], &path, &[]);
    assert!(said.contains("is a valid PDF/A-1b file"), "{said}");
}

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

#[test]
fn a_count_without_words_is_refused() {
    let sample = Sample::new();
    let sheet = CertifyingSheet { sheets: 1_000_000, ..certifying_sheet() };
    let error = sheet.print(&sample.head()).unwrap_err();
    assert!(matches!(error, PaperError::Count { .. }), "{error}");
    assert!(error.to_string().starts_with("ЛИСТ-ЗАВЕРИТЕЛЬ ДЕЛА № 02-14/2026: 1000000"), "{error}");
}

#[test]
fn a_school_s_own_template_changes_the_paper() {
    let shipped = Wording::shipped_text(Shipped::School, "closing.toml").unwrap();
    let own = shipped
        .replace("\"Контрольный лист {class} за {period}\"", "\"Лист контроля: {class}\"")
        .replace("title = \"Титульный лист\"", "title = \"Обложка\"");
    let own = [OwnFile { name: "closing.toml", toml: &own }];
    let sample = Sample::with(Wording::with_own(Shipped::School, &own).unwrap());
    let print = checklist(3).print(&sample.head()).unwrap();
    assert_eq!(print.title, "Лист контроля: 7А класса");
    let text = text(&print);
    assert_in_order(&text, &["Лист контроля: 7А класса", "Обложка"]);
    assert!(!text.contains("Титульный"), "{text}");
}

#[test]
fn long_names_stay_in_their_cells() {
    let long =
        "Константинопольская-Преображенская-Благовещенская-Рождественская Анна-Мария Карловна";
    let mut sample = Sample::new();
    sample.officials.iter_mut().for_each(|official| official.name = name(long));
    let head = sample.head();
    let mut list = checklist(12);
    list.class_teacher = Some(name(long));
    list.pages.iter_mut().for_each(|page| page.signer = Some(name(long)));
    let mut act = media_act();
    act.giver.name = name(long);
    act.media.iter_mut().for_each(|medium| medium.keeper = name(long));
    let mut register = general_register(20);
    register.lines.iter_mut().for_each(|line| line.given = name(long));
    let mut folder = folder();
    folder.copies.iter_mut().for_each(|copy| copy.class_teacher = Some(name(long)));
    let to_sign = WhereToSign { teacher: name(long), ..where_to_sign() };
    for (name, print) in [
        ("schedule", schedule().print(&head)),
        ("checklist", list.print(&head)),
        ("act", act.print(&head)),
        ("register", register.print(&head)),
        ("folder", folder.print(&head)),
        ("where to sign", to_sign.print(&head)),
        ("certifying", certifying_sheet().print(&head)),
    ] {
        assert_apart(name, &print.unwrap());
    }
}

#[test]
fn an_emoji_fails_with_the_paper_it_stands_in() {
    let sample = Sample::new();
    let mut register = general_register(1);
    register.lines[0].note = "сдано 😀".into();
    let error = register.print(&sample.head()).unwrap_err();
    let PaperError::NoGlyph { text, place, .. } = error else { panic!("{error}") };
    assert_eq!(text, "сдано 😀");
    assert!(
        place.starts_with("Общий реестр бумажных копий") && place.ends_with("Примечание"),
        "{place}"
    );
}

#[test]
fn sheet_numbers_are_joined_and_counted() {
    let run = |from, to| run(SheetKind::Page, from, to, Some(1));
    let numbers = |runs: &[crate::register::SheetRun]| super::sheets::numbers(runs);
    assert_eq!(numbers(&[]), "");
    assert_eq!(numbers(&[run(41, 41), run(3, 4), run(5, 5)]), "3–5, 41");
    assert_eq!(super::sheets::sum(&[run(41, 41), run(3, 5)]), 4);
}

#[test]
fn periods_of_one_year_name_it_once() {
    let of =
        |ids: &[&str]| super::sheets::periods(&ids.iter().map(|id| period(id)).collect::<Vec<_>>());
    assert_eq!(
        of(&["2025-26/q2", "2025-26/h1", "2025-26/q2"]),
        "2 четверть, 1 полугодие 2025/26 учебного года"
    );
    assert_eq!(of(&["2025-26/q4", "2025-26/year"]), "4 четверть, 2025/26 учебный год");
    assert_eq!(
        of(&["2024-25/q4", "2025-26/q1"]),
        "4 четверть 2024/25 учебного года, 1 четверть 2025/26 учебного года"
    );
    assert_eq!(of(&[]), "");
}

#[test]
fn a_line_never_ends_between_a_number_and_its_noun_or_before_an_initial() {
    let bound = |text: &str| super::form::bound(text).replace('\u{A0}', "_");
    assert_eq!(bound("журналов за 2 четверть 2025/26 года"), "журналов за_2_четверть 2025/26 года");
    assert_eq!(bound("Орлова И. И., Ибрагимов С.-М. Ӏ."), "Орлова_И._И., Ибрагимов_С.-М._Ӏ.");
    assert_eq!(bound("акт № 3 от 13 января 2026 г."), "акт №_3_от_13_января 2026_г.");
    assert_eq!(bound(""), "");
}
