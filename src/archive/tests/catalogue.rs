//! The catalogue is a convenience: whatever happens to it, the answers are the same.

use super::long;
use super::school::{School, files_below, put_back, work};
use super::whole::answers;
use std::fs;

/// A school after its first day; its catalogue's files, and what it answers.
async fn worked() -> (School, super::school::Files, String) {
    let school = School::new();
    let mut archive = school.open(1).await;
    work(&mut archive, 2, |_| {}).await.unwrap();
    let told = answers(archive.catalogue());
    drop(archive);
    let files = files_below(&school.home().file("catalogue"));
    (school, files, told)
}

async fn answers_now(school: &School) -> String {
    answers(school.open(3).await.catalogue())
}

#[tokio::test]
async fn a_deleted_catalogue_is_made_anew_with_the_same_answers() {
    let (school, _, told) = worked().await;
    fs::remove_dir_all(school.home().file("catalogue")).unwrap();
    assert_eq!(answers_now(&school).await, told);
    let rebuilt = school.open(4).await.rebuild().await.unwrap();
    assert_eq!(answers(rebuilt.catalogue()), told);
}

#[tokio::test]
async fn garbage_in_any_file_of_the_catalogue_changes_no_answer() {
    let (school, files, told) = worked().await;
    let directory = school.home().file("catalogue");
    for (name, bytes) in &files {
        for garbage in [b"".to_vec(), b"garbage".to_vec(), vec![0xff; bytes.len()]] {
            put_back(&directory, &files);
            fs::write(directory.join(name), garbage).unwrap();
            assert_eq!(answers_now(&school).await, told, "{name}");
        }
    }
}

#[tokio::test]
async fn garbage_anywhere_in_the_catalogue_changes_no_answer() {
    let (school, files, told) = worked().await;
    let directory = school.home().file("catalogue");
    let piece = if long() { 64 } else { 4096 };
    for (name, bytes) in files.iter().filter(|(_, bytes)| bytes.len() > 64) {
        let written = bytes.len() - bytes.iter().rev().take_while(|byte| **byte == 0).count();
        for start in (0..written).step_by(piece) {
            put_back(&directory, &files);
            let mut damaged = bytes.clone();
            damaged[start..(start + 64).min(bytes.len())].fill(0x5a);
            fs::write(directory.join(name), damaged).unwrap();
            assert_eq!(answers_now(&school).await, told, "{name} from {start}");
        }
    }
}

#[tokio::test]
async fn a_catalogue_of_an_earlier_day_is_brought_up() {
    let school = School::new();
    drop(school.open(1).await);
    let early = files_below(&school.home().file("catalogue"));
    let mut archive = school.open(1).await;
    work(&mut archive, 2, |_| {}).await.unwrap();
    let told = answers(archive.catalogue());
    drop(archive);
    put_back(&school.home().file("catalogue"), &early);
    assert_eq!(answers_now(&school).await, told);
}
