//! Which class of all possible ones: grade and letter, and the ids that follow from them.

use crate::journal::{Class, ClassKind, ClassName, LessonId, PersonId};

/// Letters of classes in the usual order; «Ё», «Й» and letters without a sound of their own are not used.
const LETTERS: &str = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ";

/// A class's place in the school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// 1–11.
    pub(super) grade: u8,
    /// From 0.
    pub(super) letter: usize,
}

/// Which class gets the planted faults.
pub(super) const FAULTY: Place = Place { grade: 6, letter: 1 };

/// The first classes of a school in the order in which it grows: a small one has 7А, 6А and the faulty
/// 6Б, with 12 classes every grade is there.
const FIRST: [u8; 21] = [7, 6, 6, 5, 3, 10, 9, 1, 2, 8, 4, 11, 1, 2, 3, 4, 5, 7, 8, 9, 10];

/// Then a letter more for each of grades 1–9, and every second time one of grade 10 or 11.
const FURTHER: [u8; 20] = [1, 5, 7, 2, 6, 3, 8, 4, 9, 11, 1, 5, 7, 2, 6, 3, 8, 4, 9, 10];

/// The places of a school's classes, sorted. A larger school has all classes of a smaller one.
pub(super) fn places(classes: usize) -> Vec<Place> {
    let grades = FIRST.into_iter().chain(FURTHER.into_iter().cycle()).take(classes);
    let mut letters = [0; 11];
    let mut places: Vec<Place> = grades
        .map(|grade| {
            let next = &mut letters[usize::from(grade) - 1];
            *next += 1;
            Place { grade, letter: *next - 1 }
        })
        .collect();
    places.sort_unstable();
    places
}

impl Place {
    /// A number no other class has.
    pub(super) fn index(self) -> usize {
        self.letter * 11 + usize::from(self.grade) - 1
    }

    /// «А»; after the alphabet «АА», «АБ» …
    pub(super) fn letters(self) -> String {
        let alphabet: Vec<char> = LETTERS.chars().collect();
        let (before, last) = (self.letter / alphabet.len(), self.letter % alphabet.len());
        let first = before.checked_sub(1).map(|n| alphabet[n % alphabet.len()]);
        first.into_iter().chain([alphabet[last]]).collect()
    }

    /// As a journal carries it.
    pub(super) fn class(self, teacher: Option<PersonId>) -> Class {
        let letter = Some(self.letters());
        Class { kind: ClassKind::School { grade: self.grade, letter }, teacher }
    }

    /// «7А».
    pub(super) fn name(self) -> ClassName {
        self.class(None).name()
    }

    /// A 19-digit id of the e-journal: what it is of, the class, the page, a number.
    pub(super) fn long_id(self, kind: u64, page: usize, number: usize) -> u64 {
        let class = kind * 10_000 + self.index() as u64;
        (class * 100 + page as u64) * 100_000_000 + number as u64
    }

    /// The id of a page's lesson, counted over the year.
    pub(super) fn lesson_id(self, page: usize, lesson: usize) -> LessonId {
        let id = self.long_id(22_640, page, lesson + 1);
        LessonId::try_from(id.to_string()).expect("19 digits are an id")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn classes_spread_over_the_grades() {
        let of = |classes| {
            let mut grades = [0; 11];
            for place in places(classes) {
                grades[usize::from(place.grade) - 1] += 1;
            }
            grades
        };
        assert_eq!(of(24), [3, 2, 2, 2, 3, 2, 3, 2, 2, 2, 1]);
        assert!(of(12).iter().all(|n| *n > 0));
        assert!(of(300).iter().all(|n| (10..40).contains(n)));
        assert_eq!(of(3).iter().sum::<usize>(), 3);
    }

    #[test]
    fn a_larger_school_has_the_classes_of_a_smaller_one() {
        for classes in 0..100 {
            let larger: HashSet<_> = places(classes + 1).into_iter().map(Place::index).collect();
            assert_eq!(larger.len(), classes + 1);
            assert!(places(classes).iter().all(|p| larger.contains(&p.index())));
        }
    }

    #[test]
    fn names_are_different_beyond_the_alphabet() {
        let names: HashSet<String> =
            places(700).into_iter().map(|p| p.name().as_str().to_owned()).collect();
        assert_eq!(names.len(), 700);
        assert!(names.contains("7АА"));
    }
}
