//! Files and folders: what is read, what is refused, and in which order.

use super::{Folder, interchange};
use crate::intake::{Lack, read};
use std::path::PathBuf;

#[test]
fn an_interchange_file_is_one_class_and_kept_byte_for_byte() {
    let folder = Folder::new();
    let bytes = [b"\xef\xbb\xbf\n".as_slice(), &interchange("А", 1)].concat();
    let path = folder.put("7a.json", &bytes);
    let imports = read(&[path]).unwrap();
    assert_eq!(imports.len(), 1);
    assert_eq!(imports[0].journal.class.name().to_string(), "7А");
    assert_eq!(imports[0].sources.len(), 1);
    assert_eq!(imports[0].sources[0].name, "7a.json");
    assert_eq!(imports[0].sources[0].bytes, bytes);
    assert_eq!(imports[0].lacking, [Lack::TeacherNames { people: 1 }]);
}

#[test]
fn folders_are_read_with_all_that_is_in_them_by_class() {
    let folder = Folder::new();
    folder.put("б/7v.txt", interchange("В", 1));
    folder.put("z.json", interchange("А", 2));
    folder.put("б/a/7a.json", interchange("А", 1));
    folder.put(".git/config", "x");
    folder.put("Thumbs.db", "x");
    let imports = folder.read().unwrap();
    let told: Vec<String> = imports
        .iter()
        .map(|i| {
            format!("{} {} {}", i.journal.class.name(), i.journal.period_id(), i.sources[0].name)
        })
        .collect();
    let own = folder.path().file_name().unwrap().to_string_lossy();
    assert_eq!(
        told,
        [
            format!("7А 2025-26/q1 {own}/б/a/7a.json"),
            format!("7А 2025-26/q2 {own}/z.json"),
            format!("7В 2025-26/q1 {own}/б/7v.txt"),
        ]
    );
}

#[test]
fn one_class_and_period_from_two_files_is_refused() {
    let folder = Folder::new();
    folder.put("1.json", interchange("А", 1));
    folder.put("2.json", interchange("A", 1));
    assert_eq!(
        folder.problem(),
        "2.json: class 7А, period 2025-26/q1 is in 1.json too; import one of them"
    );
}

#[test]
fn a_file_named_twice_is_read_once() {
    let folder = Folder::new();
    let path = folder.put("1.json", interchange("А", 1));
    let imports = read(&[path.clone(), folder.path().to_owned(), path]).unwrap();
    assert_eq!(imports.len(), 1);
}

#[test]
fn any_problem_in_any_file_refuses_all_and_tells_all() {
    let folder = Folder::new();
    folder.put("1.json", interchange("А", 1));
    folder.put("2.json", "");
    let broken = String::from_utf8(interchange("Б", 1)).unwrap();
    folder.put("3.json", broken.replace("\"t3\",", "\"t4\",").replace("\"Агатов\"", "\"\""));
    folder.put("4.json", b"{\"format\": \"\xcf\xf0\xe8\xe2\xe5\xf2\"}");
    assert_eq!(
        folder.problems(),
        [
            "2.json: $: the file is empty; save it from the source again",
            "3.json: $.pupils[0].surname: is empty",
            "4.json: $: not UTF-8 at byte 12 (0xcf): it looks like windows-1251; save it as UTF-8",
        ]
    );
}

#[test]
fn sources_that_are_not_read_yet_are_recognised_by_content() {
    let folder = Folder::new();
    folder.put("1.json", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    folder.put("2.json", b"PK\x03\x04");
    folder.put("3.xls", "\u{feff}<html><table></table>");
    let problems = folder.problems();
    for (problem, word) in problems.iter().zip(["Excel 97", "zip", "HTML"]) {
        assert!(problem.contains(word) && problem.contains("not read yet"), "{problem}");
    }
    assert_eq!(problems.len(), 3);
}

#[test]
fn a_gigabyte_of_zeros_is_refused_by_its_size_without_reading_it() {
    let folder = Folder::new();
    for name in ["zeros.json", "edu-groups_5_persons.json"] {
        let file = std::fs::File::create(folder.at(name)).unwrap();
        file.set_len(1 << 30).unwrap();
    }
    let reason = "has 1073741824 bytes, more than 64 MiB: no source file is that large";
    assert_eq!(
        folder.problems(),
        [format!("edu-groups_5_persons.json: {reason}"), format!("zeros.json: {reason}")]
    );
}

#[test]
fn deep_nesting_is_refused() {
    let folder = Folder::new();
    folder.put("deep.json", "[".repeat(1 << 20));
    assert!(folder.problem().starts_with("deep.json: $: not valid JSON: recursion limit exceeded"));
}

#[test]
fn links_in_folders_are_refused_not_followed() {
    let folder = Folder::new();
    folder.put("1.json", interchange("А", 1));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/dev/zero", folder.at("2.json")).unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.at("again")).unwrap();
        let mut problems = folder.problems();
        problems.sort();
        let reason = "is a link or no ordinary file; put a copy of the file itself here";
        assert_eq!(problems, [format!("2.json: {reason}"), format!("again: {reason}")]);
        let device = read(&[PathBuf::from("/dev/zero")]).unwrap_err();
        assert_eq!(device[0].to_string(), format!("/dev/zero: {reason}"));
    }
}

#[test]
fn what_is_not_there_or_empty_is_a_problem() {
    let folder = Folder::new();
    assert!(folder.read().unwrap_err()[0].to_string().ends_with("the folder holds no files"));
    let gone = read(&[folder.at("gone.json")]).unwrap_err();
    assert!(gone[0].to_string().contains("gone.json: can't be read: "), "{}", gone[0]);
}

#[test]
fn lacks_are_told_in_russian() {
    assert_eq!(
        Lack::Lessons { subject: "Физика".to_owned() }.to_string(),
        "нет уроков по предмету «Физика»"
    );
}
