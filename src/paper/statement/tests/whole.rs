//! What holds for every class.

use super::sample::{head, texts};
use crate::journal::statement::{AttendanceStatement, ProgressStatement, Roll};
use crate::journal::{ClassKind, Journal, arbitrary};
use crate::paper::statement::{attendance, progress};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Any journal, with texts the faces have and finals that are found again: «Ж7».
fn journal() -> impl Strategy<Value = Journal> {
    arbitrary::journal().prop_map(|mut journal| {
        journal.school.name = "Школа".into();
        journal.class.teacher = None;
        journal.class.kind = ClassKind::School { grade: 7, letter: Some("А".into()) };
        for (number, pupil) in (1..).zip(&mut journal.pupils) {
            pupil.surname = format!("Фамилия{number}");
            pupil.name = "Имя".into();
            pupil.patronymic = None;
            pupil.file_number = None;
        }
        for (number, page) in (1..).zip(&mut journal.pages) {
            page.subject = format!("Предмет{number}");
            page.group = None;
            for (place, given) in page.finals.iter_mut().enumerate() {
                given.value = format!("Ж{}", (place * 7 + number) % 50);
                given.school = given.school.take().map(|_| "Другая".into());
            }
        }
        for decision in &mut journal.decisions {
            decision.text = "решение".into();
            decision.protocol = None;
        }
        journal
    })
}

fn tally(words: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    words.for_each(|word| *counts.entry(word).or_default() += 1);
    counts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_final_stands_on_paper_as_often_as_in_the_value(journal in journal()) {
        let roll = Roll::of(&[&journal], &[]).unwrap();
        let statement = ProgressStatement::of(&roll);
        let expected = statement.rows.iter().flat_map(|row| {
            // Equal marks of one cell stand once.
            let shown: BTreeSet<_> = row
                .marks
                .iter()
                .map(|mark| (mark.subject, mark.column, mark.school.is_some(), &mark.value))
                .collect();
            shown.into_iter().map(|(.., value)| value.clone()).collect::<Vec<_>>()
        });
        let print = progress(&statement, &head()).unwrap();
        let words = print.sides.iter().flat_map(texts).flat_map(|text| {
            text.split([' ', '/', '*']).map(str::to_owned).collect::<Vec<_>>()
        });
        let marks = words.filter(|word| word.starts_with('Ж'));
        prop_assert_eq!(tally(marks), tally(expected));
    }

    #[test]
    fn every_pupil_stands_once_in_each_group_of_sheets(journal in journal()) {
        let roll = Roll::of(&[&journal], &[]).unwrap();
        let statement = AttendanceStatement::of(&roll);
        let print = attendance(&statement, &head()).unwrap();
        let texts: Vec<String> = print.sides.iter().flat_map(texts).collect();
        for pupil in &journal.pupils {
            let name = format!("{} Имя", pupil.surname);
            prop_assert_eq!(texts.iter().filter(|text| **text == name).count(), 1, "{}", name);
        }
    }
}
