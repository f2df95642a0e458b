//! The people of the small school: posts and teaching load.

use super::school::{class, day};
use crate::register::StaffId;
use crate::staff::{LoadRow, Post, Role, Roster};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;

/// Who works at the school.
#[derive(Debug, Clone, Copy)]
pub(super) struct People {
    pub director: StaffId,
    pub deputy: StaffId,
    pub head: StaffId,
    pub archivist: StaffId,
    pub of_7a: StaffId,
    pub of_7b: StaffId,
    pub of_10a: StaffId,
    pub algebra: StaffId,
    pub music: StaffId,
    pub physics: StaffId,
    /// Holds no post and teaches nothing.
    pub guest: StaffId,
}

pub(super) fn staff() -> (Roster, People) {
    let mut rng = ChaCha20Rng::from_seed([3; 32]);
    let mut roster = Roster::new();
    let mut add = |name: &str, posts: &[(Role, Option<&str>)]| {
        let who = roster.add(name, &mut rng).unwrap();
        for (role, of) in posts {
            roster.add_post(who, post(*role, *of, "2025-09-01", None)).unwrap();
        }
        who
    };
    let people = People {
        director: add("Орлова Мария", &[(Role::Director, None)]),
        deputy: add("Берестов Семён", &[(Role::Deputy, None)]),
        head: add("Ручьёва Алла", &[(Role::HeadOfStudies, None)]),
        archivist: add("Лугов Пётр", &[(Role::Archivist, None)]),
        of_7a: add(
            "Вязова Нина",
            &[(Role::ClassTeacher, Some("7А")), (Role::ClassTeacher, Some("ИС-21"))],
        ),
        of_7b: add("Клёнов Олег", &[(Role::ClassTeacher, Some("7Б"))]),
        of_10a: add("Сосновская Ева", &[(Role::ClassTeacher, Some("10А"))]),
        algebra: add("Рябинин Лев", &[]),
        music: add("Ивушкина Ада", &[]),
        physics: add("Дубов Клим", &[]),
        guest: add("Осинин Глеб", &[]),
    };
    (roster, people)
}

pub(super) fn post(role: Role, of: Option<&str>, from: &str, until: Option<&str>) -> Post {
    let (from, until) = (day(from), until.map(day));
    Post { class: of.map(class), from, order: None, role, title: None, until }
}

pub(super) fn load(people: &People) -> Vec<LoadRow> {
    let subjects =
        [("Алгебра", people.algebra), ("Музыка", people.music), ("Физика", people.physics)];
    let row = |of: &str, (subject, staff): (&str, StaffId)| LoadRow {
        class: class(of),
        from: Some(day("2025-09-01")),
        group: None,
        staff,
        subject: subject.to_owned(),
        until: None,
    };
    let of_class = |of: &'static str| subjects.into_iter().map(move |subject| row(of, subject));
    ["7А", "7Б", "10А", "ИС-21"].into_iter().flat_map(of_class).collect()
}
