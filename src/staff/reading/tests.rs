use super::*;
use crate::demo::{self, Plan};
use crate::journal::{Journal, PageKey, PersonId};
use crate::staff::{Duties, PageTeacher, Role, StaffSource};
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};

fn rng() -> ChaCha20Rng {
    ChaCha20Rng::from_seed([5; 32])
}

/// The journals of three classes for the first quarter.
fn journals() -> Vec<Journal> {
    let school = demo::school(&Plan { seed: 7, classes: 3 });
    let of = |class: &str| school.journal(&class.parse().unwrap(), "2025-26/q1".parse().unwrap());
    ["6А", "6Б", "7А"].into_iter().filter_map(of).collect()
}

/// One class, one page, one teacher of this id and name.
fn journal(id: &str, surname: &str) -> Journal {
    let mut journal = journals().remove(2);
    let id: PersonId = id.parse().unwrap();
    journal.pages.truncate(1);
    journal.pages[0].teacher = Some(id.clone());
    journal.class.teacher = None;
    let (name, patronymic) = (Some("Мария".to_owned()), Some("Ивановна".to_owned()));
    let surname = Some(surname.to_owned());
    journal.people = vec![crate::journal::Person { id, name, patronymic, surname }];
    journal
}

fn roster(names: &[&str]) -> Roster {
    let (mut roster, mut rng) = (Roster::new(), rng());
    for name in names {
        roster.add(name, &mut rng).unwrap();
    }
    roster
}

#[track_caller]
fn asked(proposal: &LoadProposal) -> &Asked {
    assert_eq!(proposal.rows, [], "what is asked is not proposed");
    let [question] = &proposal.questions[..] else { panic!("{:?}", proposal.questions) };
    &question.asked
}

#[test]
fn an_id_in_the_source_is_certain_whatever_the_name() {
    let journal = journal("17", "Орлова");
    let mut roster = roster(&["Соколова Мария Ивановна"]);
    let id = roster.persons()[0].id();
    roster.link(id, format!("{}:17", journal.source.system).parse().unwrap()).unwrap();
    let proposal = from_journals(&[journal], &roster).unwrap();
    let [row] = &proposal.rows[..] else { panic!("{proposal:?}") };
    assert_eq!((row.row.staff, &row.matched), (id, &Matched::Certain));
    let (roster, journal) =
        ("Соколова Мария Ивановна".to_owned(), "Орлова Мария Ивановна".to_owned());
    assert_eq!(proposal.remarks, [LoadRemark::OtherName { roster, journal }]);
}

#[test]
fn one_person_of_the_full_name_is_proposed_and_gets_the_id_when_it_is_taken_in() {
    let journal = journal("17", "Орлова");
    let source: StaffSource = format!("{}:17", journal.source.system).parse().unwrap();
    let mut roster = roster(&["Орлова Мария Ивановна"]);
    let proposal = from_journals(std::slice::from_ref(&journal), &roster).unwrap();
    assert_eq!(proposal.rows[0].matched, Matched::ByName { source: source.clone() });
    assert!(roster.by_source(&source).is_none(), "proposed only");
    proposal.complete(&mut roster).unwrap();
    assert!(roster.by_source(&source).is_some());
    let again = from_journals(&[journal], &roster).unwrap();
    assert_eq!(again.rows[0].matched, Matched::Certain);
}

#[test]
fn strangers_namesakes_and_other_ids_are_asked_and_nothing_is_guessed() {
    let journal = journal("17", "Орлова");
    let read = |roster: &Roster| from_journals(std::slice::from_ref(&journal), roster).unwrap();
    let similar = vec!["ОРЛОВА Мария Ивановна".to_owned()];
    assert_eq!(asked(&read(&roster(&["ОРЛОВА Мария Ивановна"]))), &Asked::Unknown { similar });
    let two = roster(&["Орлова Мария Ивановна", "Орлова Мария Ивановна"]);
    let candidates: Vec<_> = two.persons().iter().map(|person| person.id()).collect();
    let proposal = read(&two);
    assert_eq!(proposal.questions[0].candidates(), candidates);
    assert_eq!(asked(&proposal), &Asked::Namesakes { candidates });
    let mut other = roster(&["Орлова Мария Ивановна"]);
    let candidate = other.persons()[0].id();
    other.link(candidate, format!("{}:18", journal.source.system).parse().unwrap()).unwrap();
    assert_eq!(asked(&read(&other)), &Asked::OtherId { candidate });
    let mut nameless = journal.clone();
    nameless.people.clear();
    let proposal = from_journals(&[nameless], &other).unwrap();
    assert_eq!(asked(&proposal), &Asked::Nameless);
}

#[test]
fn two_people_of_one_name_in_the_source_are_asked_even_where_new_people_are_taken() {
    let [first, mut second] = [journal("17", "Орлова"), journal("18", "Орлова")];
    second.class.kind =
        crate::journal::ClassKind::School { grade: 7, letter: Some("Б".to_owned()) };
    let mut roster = roster(&["Орлова Мария Ивановна"]);
    let proposal = from_journals(&[first, second], &roster).unwrap();
    assert_eq!(proposal.rows, []);
    for question in &proposal.questions {
        assert_eq!(question.asked, Asked::NamesakesInSource { ids: 2 });
    }
    assert_eq!(proposal.add_unknown(&mut roster, &mut rng()), Ok(0));
}

#[test]
fn a_page_without_a_teacher_is_a_remark_and_what_the_load_said_of_it_stays() {
    let mut journal = journal("17", "Орлова");
    journal.pages[0].teacher = None;
    let (roster, page) = (roster(&["Орлова Мария Ивановна"]), journal.pages[0].key().to_string());
    let row = LoadRow {
        class: journal.class.name(),
        from: None,
        group: journal.pages[0].group.clone(),
        staff: roster.persons()[0].id(),
        subject: journal.pages[0].subject.clone(),
        until: None,
    };
    let load = TeachingLoad::new(vec![row]).unwrap();
    let class = journal.class.name();
    let proposal = from_journals(&[journal], &roster).unwrap();
    assert_eq!(proposal.remarks, [LoadRemark::NoTeacher { class, page }]);
    let (after, change) = proposal.into_load(&load).unwrap();
    assert!(change.is_nothing());
    assert_eq!(after, load);
}

#[test]
fn with_new_people_taken_every_page_has_its_teacher_and_every_class_its_class_teacher() {
    let (journals, mut roster) = (journals(), Roster::new());
    let proposal = from_journals(&journals, &roster).unwrap();
    proposal.add_unknown(&mut roster, &mut rng()).unwrap();
    let proposal = from_journals(&journals, &roster).unwrap();
    let [nameless] = &proposal.questions[..] else { panic!("{:?}", proposal.questions) };
    assert_eq!(nameless.asked, Asked::Nameless, "the faulty class names one by an id alone");
    let new = roster.add("Лугов Пётр", &mut rng()).unwrap();
    roster.link(new, nameless.source.clone().unwrap()).unwrap();
    let proposal = from_journals(&journals, &roster).unwrap();
    assert_eq!(proposal.questions, []);
    proposal.complete(&mut roster).unwrap();
    let (load, _) = proposal.into_load(&TeachingLoad::default()).unwrap();
    let duties = Duties::new(&roster, &load);
    for journal in &journals {
        let (class, last) = (journal.class.name(), journal.period.to);
        let person = |id: &PersonId| {
            let source = StaffSource::new(&journal.source.system, id.clone()).unwrap();
            roster.by_source(&source).unwrap().id()
        };
        for page in journal.pages.iter().filter(|page| page.teacher.is_some()) {
            let teacher = person(page.teacher.as_ref().unwrap());
            assert_eq!(duties.teacher_of(&class, page.key(), last), PageTeacher::One(teacher));
        }
        let of_class = person(journal.class.teacher.as_ref().unwrap());
        assert_eq!(duties.holders(Role::ClassTeacher, Some(&class), last), [of_class]);
    }
    let again = from_journals(&journals, &roster).unwrap();
    assert_eq!(again.class_teachers, []);
    assert!(again.into_load(&load).unwrap().1.is_nothing());
}

#[test]
fn another_class_teacher_than_the_rosters_is_a_remark_and_the_rosters_stays() {
    let mut journal = journal("17", "Орлова");
    journal.class.teacher = Some("17".parse().unwrap());
    let mut roster = roster(&["Орлова Мария Ивановна", "Лугов Пётр"]);
    let (class, from) = (Some(journal.class.name()), journal.period.from);
    let role = Role::ClassTeacher;
    let post = Post { class, from, order: None, role, title: None, until: None };
    roster.add_post(roster.persons()[1].id(), post).unwrap();
    let class = journal.class.name();
    let proposal = from_journals(&[journal], &roster).unwrap();
    assert_eq!(proposal.class_teachers, []);
    let (journal, roster) = ("Орлова Мария Ивановна".to_owned(), "Лугов Пётр".to_owned());
    assert_eq!(proposal.remarks, [LoadRemark::OtherClassTeacher { class, journal, roster }]);
}

const HEADING: &str = "Учитель;Класс;Предмет;Группа;С;По";

fn classes() -> BTreeSet<ClassName> {
    ["7А", "7Б"].map(|class| class.parse().unwrap()).into()
}

fn table(text: &str, roster: &Roster) -> Result<LoadProposal, Vec<TableProblem>> {
    from_table(&read_sheet(text.as_bytes()).unwrap(), &classes(), roster)
}

#[test]
fn a_table_is_read_with_russian_or_english_headings_whatever_divides_its_cells() {
    let roster = roster(&["Орлова Мария Ивановна"]);
    let expected = LoadRow {
        class: "7А".parse().unwrap(),
        from: "2025-09-01".parse().ok(),
        group: Some("1 гр.".to_owned()),
        staff: roster.persons()[0].id(),
        subject: "Английский язык".to_owned(),
        until: "2026-05-26".parse().ok(),
    };
    for text in [
        "\u{feff}Учитель;Класс;Предмет;Группа;С;По\r\nОрлова  Мария Ивановна;7a;Английский язык;1 гр.;01.09.2025;26.05.2026\r\n;;;;;\r\n",
        "class,teacher,subject,until,from,group\n7А,Орлова Мария Ивановна,Английский язык,2026-05-26,2025-09-01,1 гр.\n",
        "Предмет\tУЧИТЕЛЬ\tкласс\tс\tпо\tгруппа\nАнглийский язык\tОрлова Мария Ивановна\t7 «А»\t2025-09-01\t2026-05-26\t1 гр.\n",
    ] {
        let proposal = table(text, &roster).unwrap();
        assert_eq!(proposal.questions, []);
        let [row] = &proposal.rows[..] else { panic!("{proposal:?}") };
        assert_eq!((&row.row, &row.matched), (&expected, &Matched::Certain));
        assert_eq!(row.row.class.as_str(), "7А", "as the journals write it");
    }
}

#[test]
fn every_problem_of_a_table_is_told_at_once_with_its_row() {
    let text = format!(
        "{HEADING}\n;7А;Алгебра;;;\nОрлова;7В;Алгебра;;;\n\nОрлова;7А;Алгебра;;1 сентября;\n\
         Орлова;7А;Физика;;2025-09-02;2025-09-01\nОрлова;7А;Химия;;;;лишнее\nОрлова;7А;Химия;;;\n\
         Орлова;7a;химия;;2025-09-01;\n"
    );
    let problems = table(&text, &Roster::new()).unwrap_err();
    let days = ["2025-09-02", "2025-09-01"].map(|day| day.parse().unwrap());
    let expected = [
        (2, TableFault::EmptyCell("Учитель")),
        (3, TableFault::UnknownClass("7В".to_owned())),
        (5, TableFault::Day("1 сентября".to_owned())),
        (6, TableFault::Term { from: days[0], until: days[1] }),
        (7, TableFault::NoHeading("лишнее".to_owned())),
        (9, TableFault::Twice(8)),
    ];
    let expected = expected.map(|(row, fault)| TableProblem { row, fault });
    assert_eq!(problems, expected);
    let faults = |text: &str| {
        let problems = table(text, &Roster::new()).unwrap_err();
        problems.into_iter().map(|problem| problem.fault).collect::<Vec<_>>()
    };
    assert_eq!(faults(""), [TableFault::Empty]);
    assert_eq!(faults(HEADING), [TableFault::Empty]);
    let heading = [
        TableFault::UnknownColumn("Часы".to_owned()),
        TableFault::ColumnTwice("class".to_owned()),
        TableFault::ColumnMissing("Предмет"),
    ];
    assert_eq!(faults("Учитель;Класс;Часы;class\nОрлова;7А;5;7А\n"), heading);
}

#[test]
fn a_table_names_people_by_full_name_or_id_and_asks_for_all_others() {
    let roster = roster(&["Орлова Мария", "Орлова Мария", "Лугов Пётр"]);
    let [first, second, _] = [0, 1, 2].map(|place| roster.persons()[place].id());
    let text = format!(
        "{HEADING}\nОрлова Мария;7А;Алгебра;;;\n{second};7А;Физика;;;\nБерестов;7А;Химия;;;\n\
         Берестов;7Б;Химия;;;\n"
    );
    let mut roster = roster;
    let proposal = table(&text, &roster).unwrap();
    assert_eq!(proposal.rows.len(), 1);
    assert_eq!(proposal.rows[0].row.staff, second);
    let met =
        |class: &str, subject| Met::page(&class.parse().unwrap(), PageKey { subject, group: None });
    let [unknown, namesakes] = &proposal.questions[..] else { panic!("{proposal:?}") };
    assert_eq!(unknown.asked, Asked::Unknown { similar: Vec::new() });
    assert_eq!(unknown.met, [met("7А", "Химия"), met("7Б", "Химия")]);
    assert_eq!(namesakes.asked, Asked::Namesakes { candidates: vec![first, second] });
    assert_eq!(proposal.add_unknown(&mut roster, &mut rng()), Ok(1), "one person, met twice");
    assert_eq!(table(&text, &roster).unwrap().questions.len(), 1, "namesakes stay a question");
}

/// A workbook with one sheet of inline texts and one date.
fn workbook(sheet: &str) -> Vec<u8> {
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
    let rels = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let book = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Лист1" sheetId="1" r:id="r1"/></sheets></workbook>"#;
    let book_rels = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
    let styles = r#"<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>"#;
    let sheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheet}</sheetData></worksheet>"#
    );
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", types),
        ("_rels/.rels", rels),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", book_rels),
        ("xl/styles.xml", styles),
        ("xl/worksheets/sheet1.xml", &sheet),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn cell(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

#[test]
fn a_workbooks_first_sheet_is_read_with_its_dates_and_row_numbers() {
    let (a, b, c, d) =
        (cell("A1", "Учитель"), cell("B1", "Класс"), cell("C1", "Предмет"), cell("D1", "С"));
    let (a3, b3, c3) = (cell("A3", "Орлова"), cell("B3", "7А"), cell("C3", "Алгебра"));
    let sheet = format!(
        r#"<row r="1">{a}{b}{c}{d}</row><row r="3">{a3}{b3}{c3}<c r="D3" s="1"><v>45901</v></c></row>"#
    );
    let rows = read_sheet(&workbook(&sheet)).unwrap();
    let text = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let heading = (1, text(&["Учитель", "Класс", "Предмет", "С"]));
    assert_eq!(rows, [heading, (3, text(&["Орлова", "7А", "Алгебра", "2025-09-01"]))]);
}

#[test]
fn a_file_that_is_no_table_or_too_large_is_refused() {
    let far = format!(r#"<row r="1048576">{}</row>"#, cell("XFD1048576", "далеко"));
    assert!(matches!(read_sheet(&workbook(&far)), Err(SheetError::TooLarge)));
    let bomb = format!(r#"<row r="1">{}</row>"#, cell("A1", &" ".repeat(65 << 20)));
    assert!(matches!(read_sheet(&workbook(&bomb)), Err(SheetError::TooLarge)));
    assert!(matches!(read_sheet(b"PK\x03\x04broken"), Err(SheetError::Xlsx(_))));
    assert!(matches!(read_sheet(&[0xd0, 0xcf, 0x11, 0xe0]), Err(SheetError::Unknown)));
    let cells = ";".repeat(200_001);
    assert!(matches!(read_sheet(cells.as_bytes()), Err(SheetError::TooLarge)));
}

/// A table with a right heading and cells that often say something.
fn any_table() -> impl Strategy<Value = String> {
    let cell = |of: &'static [&'static str]| proptest::sample::select(of);
    let row = (
        cell(&["Орлова", "Лугов", "орлова", ""]),
        cell(&["7А", "7a", "7Б", "7В"]),
        cell(&["Алгебра", "алгебра", "Физика"]),
        cell(&["", "1 гр."]),
        cell(&["", "2025-09-01", "01.10.2025", "вчера"]),
        cell(&["", "2025-09-30", "26.05.2026"]),
    );
    let row = row.prop_map(|(who, class, subject, group, from, until)| {
        format!("{who};{class};{subject};{group};{from};{until}\n")
    });
    let rows = proptest::collection::vec(row, 1..6);
    rows.prop_map(|rows| format!("{HEADING}\n{}", rows.concat()))
}

proptest! {
    #[test]
    fn a_table_without_problems_is_a_load_once_its_people_are_known(text in any_table()) {
        let mut roster = roster(&["Орлова"]);
        match table(&text, &roster) {
            Err(problems) => prop_assert!(!problems.is_empty()),
            Ok(proposal) => {
                // Not the source that named those who are there.
                let mut others = ChaCha20Rng::from_seed([6; 32]);
                proposal.add_unknown(&mut roster, &mut others).unwrap();
                let proposal = table(&text, &roster).unwrap();
                prop_assert_eq!(&proposal.questions, &[]);
                let (load, _) = proposal.into_load(&TeachingLoad::default()).unwrap();
                prop_assert_eq!(load.rows().len(), text.lines().count() - 1);
                prop_assert!(proposal.into_load(&load).unwrap().1.is_nothing());
            }
        }
    }

    #[test]
    fn no_text_makes_reading_a_table_fail_otherwise_than_by_refusing(text in "[Ууч;,\"\n\tС0-9.-]{0,60}") {
        if let Ok(rows) = read_sheet(text.as_bytes()) {
            let lines = text.lines().count().max(1);
            prop_assert!(rows.iter().all(|(row, _)| (1..=lines).contains(&(*row as usize))));
            let _ = from_table(&rows, &classes(), &Roster::new());
        }
    }
}
