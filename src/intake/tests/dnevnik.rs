//! A dump of Дневник.ру as it comes: what a class's journal says, which files it needs, what it lacks.

use super::Folder;
use crate::intake::{Import, Lack};
use crate::journal::{ClassKind, FinalKind, Journal, Page, PeriodKind};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

pub(super) const CLASS: &str = "2111222333444555872";
pub(super) const SUBGROUP: &str = "2111222333444555873";
const ALGEBRA: &str = "1222333444555666638";
const ENGLISH: &str = "1222333444555666641";

/// The dump of 7-А: three pupils, algebra for all, English in two subgroups.
pub(super) fn dump() -> Folder {
    let folder = Folder::new();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/dnevnik/7a-quarter-1");
    for entry in fs::read_dir(fixture).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        folder.put(&format!("выгрузка/{name}"), fs::read(entry.path()).unwrap());
    }
    folder
}

pub(super) fn file(endpoint: &str) -> String {
    let name = endpoint.replace("{g}", CLASS).replace("{s}", SUBGROUP);
    format!("выгрузка/{}.json", name.replace("{alg}", ALGEBRA).replace("{eng}", ENGLISH))
}

impl Folder {
    /// Changes a file of the dump.
    pub(super) fn edit(&self, endpoint: &str, change: impl FnOnce(&mut Value)) {
        let path = self.at(&file(endpoint));
        let mut value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        change(&mut value);
        fs::write(path, serde_json::to_vec(&value).unwrap()).unwrap();
    }

    pub(super) fn remove(&self, endpoint: &str) {
        fs::remove_file(self.at(&file(endpoint))).unwrap();
    }

    /// The only import.
    pub(super) fn import(&self) -> Import {
        let mut imports = self.read().unwrap_or_else(|p| panic!("{p:#?}"));
        assert_eq!(imports.len(), 1);
        imports.remove(0)
    }
}

pub(super) const ALGEBRA_LESSONS: &str =
    "edu-groups_{g}_subjects_{alg}_lessons_2024-09-02_2024-10-26";
pub(super) const ALGEBRA_MARKS: &str = "edu-groups_{g}_subjects_{alg}_marks_2024-09-02_2024-10-26";
pub(super) const ENGLISH_LESSONS: &str =
    "edu-groups_{s}_subjects_{eng}_lessons_2024-09-02_2024-10-26";

/// Gives a thing another id, as number and as text.
pub(super) fn set_id(thing: &mut Value, name: &str, id: &str) {
    thing[name] = json!(id.parse::<u64>().unwrap());
    thing[format!("{name}_str")] = json!(id);
}

pub(super) fn page<'a>(journal: &'a Journal, key: &str) -> &'a Page {
    journal.pages.iter().find(|p| p.key().to_string() == key).unwrap_or_else(|| panic!("{key}"))
}

fn cell(page: &Page, lesson: &str, pupil: &str) -> Value {
    let mut cells = page.entries.iter();
    let found = cells.find(|e| e.lesson.as_str() == lesson && e.pupil.as_str() == pupil);
    json!(found)
}

#[test]
fn heading_class_period_and_school_are_told() {
    let journal = dump().import().journal;
    assert_eq!(journal.class.kind, ClassKind::School { grade: 7, letter: Some("А".to_owned()) });
    assert_eq!(journal.period_id().to_string(), "2024-25/q1");
    assert_eq!(journal.period.kind, PeriodKind::Quarter);
    assert_eq!(journal.period.to.to_string(), "2024-10-26");
    assert_eq!(journal.school.name, "МБОУ «СОШ № 7»");
    assert_eq!(journal.school.id, "1000077000001");
    assert_eq!(journal.source.system, "dnevnik.ru");
    assert_eq!(journal.source.file, "выгрузка");
}

#[test]
fn the_newest_entry_stands_for_the_time_of_export_in_the_schools_zone() {
    let exported = dump().import().journal.source.exported;
    assert_eq!(exported.to_rfc3339(), "2024-10-25T16:00:00+05:00");
}

#[test]
fn pages_follow_the_classes_subjects_with_one_for_each_subgroup() {
    let journal = dump().import().journal;
    let keys: Vec<String> = journal.pages.iter().map(|p| p.key().to_string()).collect();
    assert_eq!(
        keys,
        ["Алгебра", "Английский язык (Англ.яз. (1))", "Английский язык (Англ.яз. (2))"]
    );
    let lists: Vec<Value> = journal.pages.iter().map(|p| json!(p.pupils)).collect();
    let (one, two, three) = ("1000099000101", "1000099000102", "1000099000103");
    assert_eq!(lists, [json!(null), json!([one, two]), json!([three])], "who left is not listed");
}

#[test]
fn marks_have_their_kind_of_work_and_unknown_ones_are_kept() {
    let journal = dump().import().journal;
    let algebra = page(&journal, "Алгебра");
    let (first, second) = ("2264000000000000001", "2264000000000000002");
    assert_eq!(
        cell(algebra, first, "1000099000101")["marks"],
        json!([{ "value": "5", "work": "О", "weight": "1" }])
    );
    assert_eq!(
        cell(algebra, second, "1000099000103")["marks"],
        json!([{ "value": "н/а", "work": "К", "weight": "2" }])
    );
    let english = page(&journal, "Английский язык (Англ.яз. (1))");
    let values = &cell(english, "2264000000000000011", "1000099000101")["marks"];
    assert_eq!((&values[0]["value"], &values[1]["value"]), (&json!("зачёт"), &json!("4")));
}

#[test]
fn attendance_is_told_in_letters_with_the_comment_as_remark() {
    let journal = dump().import().journal;
    let algebra = page(&journal, "Алгебра");
    let (first, second) = ("2264000000000000001", "2264000000000000002");
    assert_eq!(cell(algebra, first, "1000099000102")["absence"], json!("Б"));
    let excused = cell(algebra, first, "1000099000103");
    assert_eq!((&excused["absence"], &excused["remark"]), (&json!("У"), &json!("справка")));
    let late = cell(algebra, second, "1000099000101");
    assert_eq!((&late["absence"], &late["marks"][0]["value"]), (&json!("О"), &json!("3")));
    let english = page(&journal, "Английский язык (Англ.яз. (1))");
    let lesson = "2264000000000000012";
    assert_eq!(cell(english, lesson, "1000099000102")["absence"], json!("Н"));
    assert_eq!(cell(english, lesson, "1000099000101"), json!(null), "attended, nothing to say");
}

#[test]
fn an_unknown_attendance_status_is_kept_as_it_is() {
    let dump = dump();
    dump.edit("lesson-log-entries_group_{g}", |log| log[0]["status"] = json!("Quarantine"));
    let journal = dump.import().journal;
    let cell = cell(page(&journal, "Алгебра"), "2264000000000000001", "1000099000102");
    assert_eq!(cell["absence"], json!("Quarantine"));
}

#[test]
fn topics_homework_and_substitutes_are_told() {
    let journal = dump().import().journal;
    let algebra = &page(&journal, "Алгебра").lessons;
    assert_eq!(algebra[0].topic.as_deref(), Some("Степень с натуральным показателем"));
    assert_eq!(algebra[0].homework.as_deref(), Some("§ 4, № 112–115"));
    assert_eq!(algebra[0].number, 2);
    let english = page(&journal, "Английский язык (Англ.яз. (1))");
    assert_eq!(english.teacher.as_ref().map(|t| t.as_str()), Some("1000099000902"));
    let substitutes: Vec<_> =
        english.lessons.iter().map(|l| l.substitute.as_ref().map(|t| t.as_str())).collect();
    assert_eq!(substitutes, [None, None, Some("1000099000903")]);
    assert_eq!(english.lessons[2].topic, None);
}

#[test]
fn teachers_have_names_in_either_spelling_or_none() {
    let journal = dump().import().journal;
    let names: Vec<_> = journal.people.iter().map(|p| p.full_name()).collect();
    assert_eq!(
        names,
        [Some("Орлова Мария Ивановна".to_owned()), Some("Чижов Пётр".to_owned()), None]
    );
    assert_eq!(journal.class.teacher.as_ref().map(|t| t.as_str()), Some("1000099000901"));
}

#[test]
fn finals_stand_on_the_page_of_the_pupil_with_the_day_they_were_set() {
    let journal = dump().import().journal;
    let algebra = &page(&journal, "Алгебра").finals;
    assert_eq!(algebra.len(), 2);
    assert_eq!(algebra[0].kind, FinalKind::Period);
    assert_eq!(algebra[0].set.unwrap().to_string(), "2024-10-25");
    let english = &page(&journal, "Английский язык (Англ.яз. (1))").finals;
    assert_eq!((english.len(), english[0].value.as_str()), (1, "5"), "told for the class");
}

#[test]
fn other_spellings_of_names_are_read_too() {
    let dump = dump();
    let before = dump.import().journal;
    let text = fs::read_to_string(dump.at(&file("edu-groups_{g}_final-marks"))).unwrap();
    let camel = text
        .replace("per-subject-final-marks", "PerSubjectFinalMarks")
        .replace("final-mark", "finalMark");
    dump.put(&file("edu-groups_{g}_final-marks"), camel);
    dump.edit("edu-groups_{g}_persons", |persons| {
        let plain = persons[0].clone();
        persons[0] = json!({
            "membershipstatus": "Active",
            "person": {
                "Id_str": plain["id_str"], "FirstName": plain["firstName"],
                "LastName": plain["lastName"], "MiddleName": plain["middleName"]
            }
        });
    });
    dump.edit("work-types_1000077000001", |kinds| {
        for kind in kinds.as_array_mut().unwrap() {
            let kind = kind.as_object_mut().unwrap();
            for (old, new) in [("abbr", "abbreviation"), ("title", "name")] {
                let value = kind.remove(old).unwrap();
                kind.insert(new.to_owned(), value);
            }
        }
    });
    assert_eq!(dump.import().journal, before);
}

#[test]
fn finals_are_found_among_a_pupils_final_marks_when_the_class_has_no_file() {
    let dump = dump();
    dump.remove("edu-groups_{g}_final-marks");
    let algebra = page(&dump.import().journal, "Алгебра").finals.clone();
    assert_eq!(
        (algebra.len(), algebra[0].kind, algebra[0].value.as_str()),
        (1, FinalKind::Period, "4")
    );
    dump.edit("persons_1000099000101_edu-groups_{g}_allfinalmarks", |all| {
        all["works"][0]["subjectId"] = json!(1_222_333_444_555_666_600_u64);
    });
    let import = dump.import();
    assert!(
        import.lacking.contains(&Lack::LostFinals { marks: 1 }),
        "a rounded number is no subject"
    );
}

#[test]
fn marks_of_period_works_are_finals_not_cell_marks() {
    let dump = dump();
    dump.remove("edu-groups_{g}_final-marks");
    dump.remove("persons_1000099000101_edu-groups_{g}_allfinalmarks");
    dump.edit(ALGEBRA_LESSONS, |lessons| lessons[1]["works"][0]["type"] = json!("PeriodMark"));
    let journal = dump.import().journal;
    let algebra = page(&journal, "Алгебра");
    assert_eq!(algebra.finals.len(), 3);
    assert!(
        algebra
            .entries
            .iter()
            .all(|e| e.lesson.as_str() != "2264000000000000002" || e.marks.is_empty())
    );
}

#[test]
fn a_lesson_told_by_two_answers_is_one_with_what_either_says() {
    let dump = dump();
    let before = dump.import().journal;
    let all = "edu-groups_{g}_lessons_2024-09-02_2024-10-26";
    dump.put(&file(all), fs::read(dump.at(&file(ALGEBRA_LESSONS))).unwrap());
    dump.edit(all, |lessons| {
        lessons[0]["title"] = json!(null);
        lessons[0]["works"] = json!([2_264_100_000_000_000_001_u64]);
        for name in ["teachers", "teachers_str"] {
            lessons[0].as_object_mut().unwrap().remove(name);
        }
    });
    assert_eq!(dump.import().journal, before);
}
