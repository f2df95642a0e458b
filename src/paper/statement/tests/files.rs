use super::sample::{SCHOOL, all};
use crate::paper::tests::files::{assert_preflight, assert_read_in_order, assert_sound};

#[test]
fn every_form_is_a_sound_file_with_its_fonts_embedded_as_subsets() {
    for (name, print) in all() {
        assert_sound(name, &print);
    }
}

#[test]
fn preflight_accepts_statements_and_reports_rendered_as_part_1() {
    let all = all();
    for wanted in ["progress-9", "class-report"] {
        let (name, print) = all.iter().find(|(name, _)| *name == wanted).unwrap();
        assert_preflight(name, print);
    }
}

/// What stands on a form, in reading order.
fn words(name: &str) -> &'static [&'static str] {
    match name {
        "progress-7" => &[
            "успеваемости обучающихся 7А класса за 2025/26 учебный год",
            "Русский язык",
            "1 четверть",
            "1 Горбунова Анна",
            "переведена в 8 класс (протокол от",
            "Классный руководитель Р. Г. Голубева",
            "Директор",
            "М.П.",
        ],
        "progress-9" => &["9А класса за 2025/26 учебный год", "Экзамен", "Итог", "М.П."],
        "progress-10" => &["10А класса за 2025/26 учебный год", "1 полугодие", "М.П."],
        "progress-1" => &["1А класса", "1 Ведерникова Яна Егоровна переведена во 2 класс", "М.П."],
        "progress-quarter" => &["7А класса за 1 четверть", "Алгебра", "1 Горбунова", "М.П."],
        "attendance" | "attendance-quarter" => &[
            "Сводная ведомость учёта посещаемости обучающихся 7А класса за",
            "1 четверть",
            "1 Горбунова Анна",
            "Всего по классу",
            "Классный руководитель",
            "(подпись)",
        ],
        "movement" => &["движения обучающихся 7А", "1 четверть 27 0 0 27", "2 четверть 27 0 1 26"],
        "movement-quarter" => &["движения обучающихся 7А", "27 0 0 27", "Прибыли нет", "Выбыли"],
        "results" => &["Итоги успеваемости 7А", "качество 37,0 %", "Отличники 0 нет", "(подпись)"],
        "results-1" => &["Итоги успеваемости 1А", "Обучение ведётся без отметок", "(подпись)"],
        "months" => &["по месяцам за 2025/26 учебный год", "сентябрь 2025", "Всего по классу"],
        "class-report" => {
            &["Отчёт классного руководителя 7А", "Состав", "1 четверть 27 0 0 27", "(подпись)"]
        }
        "activity" => &["объединения «Шахматы»", "Шахматы для начинающих", "освоил", "(подпись)"],
        other => panic!("no words for {other}"),
    }
}

#[test]
fn the_words_of_every_form_are_read_back_in_order() {
    for (name, print) in all() {
        assert_read_in_order(name, &print, &[&[SCHOOL], words(name)].concat());
    }
}
