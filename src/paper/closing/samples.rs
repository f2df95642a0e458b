//! One realistic sample of each paper. All names are invented.

use super::*;
use crate::digest::Digest;
use crate::journal::{Class, ClassKind, ClassName, PeriodId};
use crate::paper::Print;
use crate::paper::wording::Shipped;
use crate::paper::wording::Wording;
use crate::paper::wording::forms::Role;
use crate::paper::words::Initials;
use crate::register::{CopyNumber, RecordNumber, SheetKind, SheetRun};
use chrono::DateTime;

/// The winter closing of a village school.
pub(crate) struct Sample {
    pub(crate) wording: Wording,
    pub(crate) officials: Vec<Official>,
}

impl Sample {
    pub(crate) fn new() -> Sample {
        Sample::with(Wording::shipped(Shipped::School))
    }

    pub(crate) fn with(wording: Wording) -> Sample {
        Sample { wording, officials: vec![deputy(), director(), archivist()] }
    }

    pub(crate) fn head(&self) -> Letterhead<'_> {
        Letterhead {
            school: "МБОУ «Средняя общеобразовательная школа с. Новые Алды»",
            wording: &self.wording,
            officials: &self.officials,
            printed: DateTime::parse_from_rfc3339("2026-01-12T09:30:00+03:00").unwrap(),
        }
    }

    /// Every paper of the closing with a name for its file.
    pub(crate) fn all(&self) -> Vec<(&'static str, Print)> {
        let head = self.head();
        vec![
            ("schedule", schedule().print(&head).unwrap()),
            ("checklist", checklist(12).print(&head).unwrap()),
            ("where-to-sign", where_to_sign().print(&head).unwrap()),
            ("media-act", media_act().print(&head).unwrap()),
            ("general-register", general_register(14).print(&head).unwrap()),
            ("folder", folder().print(&head).unwrap()),
            ("certifying-sheet", certifying_sheet().print(&head).unwrap()),
        ]
    }
}

pub(crate) fn name(text: &str) -> Initials {
    let mut words = text.split(' ');
    Initials::new(words.next().unwrap(), words.next(), words.next()).unwrap()
}

fn official(role: Role, post: Option<&str>, of: &str) -> Official {
    Official { role, post: post.map(str::to_owned), name: name(of) }
}

fn deputy() -> Official {
    let post = "Заместитель директора по УВР";
    official(Role::Deputy, Some(post), "Межидова Зарема Хамзатовна")
}

fn director() -> Official {
    official(Role::Director, None, "Ибрагимов Сайд-Магомед Ӏадамович")
}

fn archivist() -> Official {
    official(Role::Archivist, None, "Кузнецова Лидия Павловна")
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn period(text: &str) -> PeriodId {
    text.parse().unwrap()
}

pub(crate) fn class(text: &str) -> ClassName {
    ClassName::try_from(text.to_owned()).unwrap()
}

pub(crate) fn copy(n: u32) -> CopyNumber {
    n.to_string().parse().unwrap()
}

pub(crate) fn record(n: u32) -> RecordNumber {
    RecordNumber::new(n).unwrap()
}

pub(crate) fn run(kind: SheetKind, from: u32, to: u32, page: Option<u32>) -> SheetRun {
    let digest = page.map(|page| Digest::of(&page.to_be_bytes()));
    SheetRun { kind, from, to, page, digest }
}

pub(crate) fn schedule() -> Schedule {
    let step = |day: u32, date: &str, what: &str, who: &str| ScheduledStep {
        day,
        from: self::day(date),
        to: self::day(date),
        what: what.into(),
        who: who.into(),
    };
    let steps = vec![
        step(
            1,
            "2026-01-12",
            "Проверка итоговых отметок в электронном журнале",
            "Учителя-предметники",
        ),
        step(
            2,
            "2026-01-13",
            "Снимок журналов, резервные копии на двух носителях, акт директору",
            "Межидова З. Х., Ибрагимов С.-М. Ӏ.",
        ),
        step(2, "2026-01-13", "Печать бумажных копий, передача в учительскую", "Межидова З. Х."),
        step(3, "2026-01-14", "Подписание всех листов по своему предмету", "Учителя-предметники"),
        step(4, "2026-01-15", "Заверение титульных листов, сдача копий", "Классные руководители"),
        step(
            5,
            "2026-01-16",
            "Заверение копий, общий реестр, подпись директора, печать, общая папка",
            "Межидова З. Х., Ибрагимов С.-М. Ӏ.",
        ),
    ];
    let group = |classes: &str, id: &str| ScheduleGroup {
        classes: classes.into(),
        period: period(id),
        steps: steps.clone(),
    };
    Schedule {
        holidays: (day("2025-12-31"), day("2026-01-11")),
        groups: vec![group("2–9 классы", "2025-26/q2"), group("10–11 классы", "2025-26/h1")],
    }
}

const SUBJECTS: [&str; 12] = [
    "Русский язык",
    "Литература",
    "Чеченский язык",
    "Иностранный язык (английский)",
    "Алгебра",
    "Геометрия",
    "Вероятность и статистика",
    "Информатика",
    "История",
    "Физика",
    "Основы духовно-нравственной культуры народов России",
    "Физическая культура",
];

const TEACHERS: [&str; 5] = [
    "Петрова Мария Сергеевна",
    "Абдурахманова-Дудукаева Хадижат Султановна",
    "Шамилева Айна Рамзановна",
    "Кукушкин Олег",
    "Гайрабекова Луиза Вахаевна",
];

/// So many subjects with three sheets each; the fourth is of a subgroup, the sixth excused, the eighth's teacher
/// is not known.
pub(crate) fn checklist(pages: u32) -> Checklist {
    let mut sheets = vec![run(SheetKind::Title, 1, 1, None)];
    sheets.extend((1..=pages).map(|n| run(SheetKind::Page, n * 3 - 1, n * 3 + 1, Some(n))));
    let next = pages * 3 + 2;
    sheets.push(run(SheetKind::Attendance, next, next, None));
    sheets.push(run(SheetKind::Finals, next + 1, next + 1, None));
    sheets.push(run(SheetKind::Blank, next + 2, next + 3, None));
    sheets.push(run(SheetKind::Last, next + 4, next + 4, None));
    if pages > 1 {
        sheets.push(run(SheetKind::Page, next + 5, next + 6, Some(2)));
    }
    let page = |n: u32| ChecklistPage {
        subject: SUBJECTS[n as usize % 12].into(),
        group: (n == 3).then(|| "группа 2".into()),
        signer: (n != 7).then(|| name(TEACHERS[n as usize % 5])),
        excused: (n == 5).then(order),
    };
    Checklist {
        class: Class {
            kind: ClassKind::School { grade: 7, letter: Some("А".into()) },
            teacher: None,
        },
        period: period("2025-26/q2"),
        copy: copy(17),
        record: record(123),
        class_teacher: Some(name("Сатулова Ирина Олеговна")),
        sheets,
        pages: (0..pages).map(page).collect(),
    }
}

fn order() -> Order {
    Order { number: "14-од".into(), date: day("2026-01-14") }
}

pub(crate) fn where_to_sign() -> WhereToSign {
    let page = |class: &str, n: u32, group: Option<&str>, from: u32, to: u32| SheetsToSign {
        class: self::class(class),
        copy: copy(n),
        subject: "Иностранный язык (английский)".into(),
        group: group.map(str::to_owned),
        sheets: vec![run(SheetKind::Page, from, to, Some(4))],
    };
    WhereToSign {
        teacher: name(TEACHERS[1]),
        periods: vec![period("2025-26/q2"), period("2025-26/h1")],
        day: day("2026-01-14"),
        room: "учительская, каб. 12".into(),
        sheets: vec![
            page("5А", 11, Some("группа 1"), 9, 11),
            page("5Б", 12, Some("группа 2"), 12, 14),
            page("7А", 17, None, 9, 12),
            page("9Б", 22, None, 10, 12),
            SheetsToSign {
                class: self::class("10"),
                copy: copy(24),
                subject: "Индивидуальный проект".into(),
                group: None,
                sheets: vec![
                    run(SheetKind::Page, 41, 41, Some(11)),
                    run(SheetKind::Page, 47, 48, Some(11)),
                ],
            },
        ],
    }
}

pub(crate) fn media_act() -> MediaAct {
    let medium = |number, kind, label: &str, serial: Option<&str>, room: &str, keeper| Medium {
        number,
        kind,
        label: label.into(),
        serial: serial.map(str::to_owned),
        room: room.into(),
        safe: (number == 7).then(|| "№ 2".into()),
        keeper: name(keeper),
        periods: vec![period("2025-26/q2"), period("2025-26/h1")],
        records: 22,
        bytes: 48_690_123,
        manifest: Digest::of(&[number as u8]),
    };
    MediaAct {
        number: "3".into(),
        date: day("2026-01-13"),
        periods: vec![period("2025-26/q2"), period("2025-26/h1")],
        archive: "7f3a90c2b15e4d6780a1c3e5f7092b4d".parse().unwrap(),
        register: (4213, Digest::of(b"root")),
        media: vec![
            medium(
                7,
                MediumKind::Optical,
                "ЭЖ-2026-1",
                None,
                "кабинет директора",
                "Ибрагимов Сайд-Магомед Ӏадамович",
            ),
            medium(
                8,
                MediumKind::Hard,
                "Архив-Б",
                Some("WX41A79E3K0R"),
                "библиотека, каб. 21",
                "Кузнецова Лидия Павловна",
            ),
        ],
        giver: deputy(),
        receiver: director(),
    }
}

pub(crate) fn general_register(lines: u32) -> GeneralRegister {
    let classes =
        ["2А", "2Б", "3А", "4А", "5А", "5Б", "6А", "7А", "8А", "8Б", "9А", "9Б", "10", "11"];
    let line = |n: u32| {
        let id = if n % 14 >= 12 { "2025-26/h1" } else { "2025-26/q2" };
        RegisterLine {
            number: 57 + n,
            entered: day("2026-01-16"),
            class: class(classes[n as usize % 14]),
            period: period(id),
            copy: copy(10 + n),
            record: record(116 + n),
            sheets: 38 + n % 14,
            given: name("Сатулова Ирина Олеговна"),
            taken: Some(name("Межидова Зарема Хамзатовна")),
            place: n.is_multiple_of(3).then(|| "шкаф 2, полка 1".into()),
            note: if n == 7 { "взамен экз. № 9".into() } else { String::new() },
        }
    };
    GeneralRegister { first_sheet: 5, lines: (0..lines).map(line).collect() }
}

pub(crate) fn folder() -> FolderContents {
    let copy = |n: u32, class: &str, teacher: &str, last: u32| FolderCopy {
        class: self::class(class),
        class_teacher: Some(name(teacher)),
        copy: self::copy(n),
        record: record(106 + n),
        sheets: vec![run(SheetKind::Title, 1, 1, None), run(SheetKind::Page, 2, last, Some(1))],
        note: String::new(),
        excused: Vec::new(),
    };
    let mut copies = vec![
        copy(11, "5А", TEACHERS[0], 40),
        copy(12, "5Б", TEACHERS[1], 41),
        copy(17, "7А", "Сатулова Ирина Олеговна", 37),
        copy(22, "9Б", TEACHERS[4], 44),
    ];
    copies[2].sheets.push(run(SheetKind::Page, 43, 44, Some(2)));
    copies[2].note = "листы 38–42 аннулированы".into();
    copies[2].excused.push(ExcusedSignature {
        page: "Геометрия".into(),
        sheets: vec![run(SheetKind::Page, 17, 19, Some(6))],
        signer: name(TEACHERS[0]),
        order: order(),
    });
    FolderContents { period: period("2025-26/q2"), index: Some("02-14".into()), copies }
}

pub(crate) fn certifying_sheet() -> CertifyingSheet {
    CertifyingSheet {
        number: "02-14/2026".into(),
        sheets: 162,
        lettered: vec!["12а".into(), "40а".into()],
        missing: vec![97],
        inventory: 2,
        condition: vec![("Пятно от чернил, текст читается".into(), "58".into())],
    }
}
