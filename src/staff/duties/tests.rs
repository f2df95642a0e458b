use super::*;
use crate::staff::Post;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn class(name: &str) -> ClassName {
    name.parse().unwrap()
}

const ALGEBRA: PageKey<'_> = PageKey { subject: "Алгебра", group: None };

/// A school of three people, with what a test says of them.
struct School {
    roster: Roster,
    rows: Vec<LoadRow>,
    ids: [StaffId; 3],
}

impl School {
    fn new() -> School {
        let mut rng = ChaCha20Rng::from_seed([3; 32]);
        let mut roster = Roster::new();
        let names = ["Орлова Мария", "Берестов Семён", "Лугов Пётр"];
        let ids = names.map(|name| roster.add(name, &mut rng).unwrap());
        School { roster, rows: Vec::new(), ids }
    }

    fn teaches(mut self, who: usize, group: Option<&str>, from: &str, until: Option<&str>) -> Self {
        self.rows.push(LoadRow {
            class: class("7А"),
            from: Some(day(from)),
            group: group.map(str::to_owned),
            staff: self.ids[who],
            subject: "Алгебра".to_owned(),
            until: until.map(day),
        });
        self
    }

    fn post(
        mut self,
        who: usize,
        role: Role,
        of: Option<&str>,
        from: &str,
        until: Option<&str>,
    ) -> Self {
        let (class, title) = (of.map(class), Some(format!("Должность {who}")));
        let (from, until) = (day(from), until.map(day));
        let post = Post { class, from, order: None, role, title, until };
        self.roster.add_post(self.ids[who], post).unwrap();
        self
    }

    fn stands_in(
        mut self,
        substitute: usize,
        absent: usize,
        from: &str,
        until: Option<&str>,
    ) -> Self {
        let (absent, substitute) = (self.ids[absent], self.ids[substitute]);
        let order = "31-к/2025-10-20".parse().unwrap();
        let (from, until) = (day(from), until.map(day));
        let said = Substitution { absent, from, order, substitute, until };
        self.roster.add_substitution(said).unwrap();
        self
    }

    #[track_caller]
    fn with<T>(&self, asked: impl FnOnce(&Duties<'_>) -> T) -> T {
        let load = TeachingLoad::new(self.rows.clone()).unwrap();
        asked(&Duties::new(&self.roster, &load))
    }

    fn teacher(&self, page: PageKey<'_>, on: &str) -> PageTeacher {
        self.with(|duties| duties.teacher_of(&class("7A"), page, day(on)))
    }
}

#[test]
fn who_teaches_at_the_periods_end_signs() {
    let school = School::new().teaches(0, None, "2025-09-01", Some("2025-10-09")).teaches(
        1,
        None,
        "2025-10-10",
        None,
    );
    assert_eq!(school.teacher(ALGEBRA, "2025-10-09"), PageTeacher::One(school.ids[0]));
    assert_eq!(school.teacher(ALGEBRA, "2025-10-24"), PageTeacher::One(school.ids[1]));
    assert_eq!(school.teacher(ALGEBRA, "2025-08-31"), PageTeacher::Nobody);
}

#[test]
fn a_subgroup_is_signed_by_its_own_teacher_and_never_by_that_of_the_class() {
    let school = School::new().teaches(0, Some("1 гр."), "2025-09-01", None).teaches(
        1,
        Some("2 гр."),
        "2025-09-01",
        None,
    );
    let group = |group| PageKey { subject: "алгебра", group: Some(group) };
    assert_eq!(school.teacher(group("2 гр."), "2025-10-24"), PageTeacher::One(school.ids[1]));
    assert_eq!(school.teacher(group("3 гр."), "2025-10-24"), PageTeacher::Nobody);
    assert_eq!(school.teacher(ALGEBRA, "2025-10-24"), PageTeacher::Nobody);
    let school = School::new().teaches(2, None, "2025-09-01", None);
    assert_eq!(school.teacher(group("1 гр."), "2025-10-24"), PageTeacher::Nobody);
    assert_eq!(school.teacher(ALGEBRA, "2025-10-24"), PageTeacher::One(school.ids[2]));
}

#[test]
fn of_several_teachers_of_one_page_none_is_chosen() {
    let school =
        School::new().teaches(1, None, "2025-09-01", None).teaches(0, None, "2025-09-08", None);
    let several = PageTeacher::Several(vec![school.ids[1], school.ids[0]]);
    assert_eq!(school.teacher(ALGEBRA, "2025-10-24"), several);
}

#[test]
fn a_class_teacher_is_one_of_their_class_only_and_only_on_the_days_of_the_post() {
    let school = School::new()
        .post(0, Role::ClassTeacher, Some("7А"), "2025-09-01", Some("2025-12-31"))
        .post(1, Role::ClassTeacher, Some("7А"), "2026-01-01", None);
    let [first, second, _] = school.ids;
    school.with(|duties| {
        let holds =
            |who, of: &str, on| duties.holds(who, Role::ClassTeacher, Some(&class(of)), day(on));
        assert!(holds(first, "7a", "2025-12-31") && !holds(first, "7А", "2026-01-01"));
        assert!(!holds(first, "7Б", "2025-12-31"));
        assert!(duties.holds(first, Role::ClassTeacher, None, day("2025-12-31")));
        let of = |on| duties.holders(Role::ClassTeacher, Some(&class("7А")), day(on));
        assert_eq!(of("2025-12-31"), [first]);
        assert_eq!(of("2026-01-01"), [second]);
        assert_eq!(
            duties.post_title(first, Role::ClassTeacher, day("2025-09-01")),
            Some("Должность 0")
        );
        assert_eq!(duties.post_title(first, Role::ClassTeacher, day("2026-01-01")), None);
    });
}

#[test]
fn an_acting_director_is_a_director_for_the_term_and_the_class_does_not_matter() {
    let school = School::new()
        .post(0, Role::Director, None, "2020-09-01", None)
        .post(1, Role::Director, None, "2025-10-20", Some("2025-11-02"))
        .post(1, Role::Deputy, None, "2020-09-01", None);
    let [director, acting, _] = school.ids;
    school.with(|duties| {
        let directors = |on| duties.holders(Role::Director, Some(&class("7А")), day(on));
        assert_eq!(directors("2025-10-20"), [director, acting]);
        assert_eq!(directors("2025-11-03"), [director]);
        assert!(duties.holds(acting, Role::Deputy, None, day("2025-10-20")));
    });
}

#[test]
fn a_teacher_is_who_has_a_row_in_the_class_on_the_day() {
    let school = School::new().teaches(2, None, "2025-09-01", Some("2025-10-09"));
    let who = school.ids[2];
    school.with(|duties| {
        let holds = |of: &str, on| duties.holds(who, Role::Teacher, Some(&class(of)), day(on));
        assert!(
            holds("7А", "2025-10-09") && !holds("7А", "2025-10-10") && !holds("7Б", "2025-10-09")
        );
        assert!(duties.holds(who, Role::Teacher, None, day("2025-10-09")));
        assert_eq!(duties.holders(Role::Teacher, None, day("2025-10-09")), [who]);
    });
}

#[test]
fn a_substitute_signs_by_order_on_the_days_of_the_order_and_for_nobody_else() {
    let school = School::new().stands_in(1, 0, "2025-10-20", Some("2025-11-02")).stands_in(
        2,
        1,
        "2025-10-20",
        None,
    );
    let [absent, substitute, second] = school.ids;
    school.with(|duties| {
        let may = |signer, who, on| duties.may_sign_for(signer, who, day(on));
        assert!(may(substitute, absent, "2025-10-20") && may(substitute, absent, "2025-11-02"));
        assert!(!may(substitute, absent, "2025-11-03") && !may(substitute, absent, "2025-10-19"));
        assert!(!may(absent, substitute, "2025-10-20"), "the order says one way only");
        assert!(!may(second, absent, "2025-10-20"), "a substitute's substitute is none");
        assert!(may(absent, absent, "2025-10-20"), "who is back may sign");
        let by = duties.substitute(absent, day("2025-10-25")).unwrap();
        assert_eq!(by.order.to_string(), "31-к/2025-10-20");
    });
}
