use super::*;
use chrono::Days;
use proptest::prelude::*;

/// The first day of everything here.
const FIRST: NaiveDate = NaiveDate::from_ymd_opt(2025, 9, 1).unwrap();

fn day(number: u64) -> NaiveDate {
    FIRST + Days::new(number)
}

fn staff(number: u8) -> StaffId {
    format!("{number:032x}").parse().unwrap()
}

fn class(name: &str) -> ClassName {
    name.parse().unwrap()
}

fn row(subject: &str, who: u8, from: Option<u64>, until: Option<u64>) -> LoadRow {
    let (class, subject, staff) = (class("7А"), subject.to_owned(), staff(who));
    LoadRow { class, from: from.map(day), group: None, staff, subject, until: until.map(day) }
}

fn load(rows: &[LoadRow]) -> TeachingLoad {
    TeachingLoad::new(rows.to_vec()).unwrap()
}

fn span(from: u64, through: u64) -> BTreeMap<ClassName, Span> {
    let span = Span { from: Some(day(from)), through: Some(day(through)), silent: Vec::new() };
    BTreeMap::from([(class("7А"), span)])
}

#[test]
fn a_load_is_the_body_of_its_document_in_canonical_form_whatever_the_order_it_was_said_in() {
    let one =
        LoadRow { group: Some("1 гр.".to_owned()), ..row("Алгебра", 1, Some(0), Some(9)) };
    let rows = [row("Физика", 2, None, None), one.clone(), row("Алгебра", 1, Some(10), None)];
    let said = load(&rows);
    let body = serde_json::to_vec(&said).unwrap();
    assert_eq!(body, serde_json_canonicalizer::to_vec(&said).unwrap());
    assert_eq!(serde_json::from_slice::<TeachingLoad>(&body).unwrap(), said);
    let mut other = rows.clone();
    other.reverse();
    assert_eq!(load(&other), said);
    assert_eq!(said.on(day(9)).collect::<Vec<_>>(), [&one, &rows[0]]);
}

#[test]
fn a_body_that_is_no_load_is_refused() {
    let row = |more: &str| {
        let staff = staff(1);
        format!(r#"{{"class":"7А","staff":"{staff}","subject":"Алгебра"{more}}}"#)
    };
    for (rows, message) in [
        (row(r#","hours":5"#), "unknown field `hours`"),
        (row(r#","from":"2025-09-02","until":"2025-09-01""#), "ends before it begins"),
        (row(r#","group":" 1""#), "with single spaces"),
        (row(r#","group":"""#), "with single spaces"),
        (row(r#","from":"+12025-09-02""#), "four digits"),
        ([row(""), row(r#","from":"2025-09-02""#)].join(","), "the same person already teaches"),
    ] {
        let body = format!(r#"{{"rows":[{rows}]}}"#);
        let refused = serde_json::from_str::<TeachingLoad>(&body).unwrap_err().to_string();
        assert!(refused.contains(message), "{refused}");
    }
}

#[test]
fn one_page_may_have_several_teachers_but_no_teacher_twice_on_a_day() {
    let first = row("Алгебра", 1, Some(0), Some(9));
    load(&[first.clone(), row("Алгебра", 2, Some(0), Some(9))]);
    load(&[first.clone(), row("Алгебра", 1, Some(10), None)]);
    let again = row("алгебра", 1, Some(9), None);
    let refused = TeachingLoad::new(vec![first.clone(), again.clone()]);
    let (row, other) = (Box::new(again), Box::new(first));
    assert_eq!(refused, Err(LoadError::Twice { row, other }));
}

#[test]
fn another_teacher_ends_the_former_the_day_before_and_the_same_goes_on() {
    let before = load(&[row("Алгебра", 1, Some(0), None), row("Физика", 2, Some(0), None)]);
    let new = [row("Алгебра", 3, Some(60), None), row("Физика", 2, Some(60), None)];
    let (after, change) = before.taking(&new, &span(60, 120)).unwrap();
    let ended = row("Алгебра", 1, Some(0), Some(59));
    assert_eq!(change.ended, std::slice::from_ref(&ended));
    assert_eq!(change.added, new[..1]);
    assert_eq!(change.dropped, []);
    assert_eq!(after, load(&[ended, new[0].clone(), row("Физика", 2, Some(0), None)]));
    let (again, nothing) = after.taking(&new, &span(60, 120)).unwrap();
    assert!(nothing.is_nothing(), "{nothing:?}");
    assert_eq!(again, after);
}

#[test]
fn a_page_of_which_nothing_is_said_keeps_its_teacher_and_one_that_is_gone_ends() {
    let before = load(&[row("Алгебра", 1, None, None), row("Физика", 2, None, None)]);
    let new = [row("Химия", 3, Some(60), None)];
    let mut spans = span(60, 120);
    spans.get_mut(&class("7А")).unwrap().silent.push(("физика".to_owned(), None));
    let (after, change) = before.taking(&new, &spans).unwrap();
    assert_eq!(change.ended, [row("Алгебра", 1, None, Some(59))]);
    assert!(after.rows().contains(&row("Физика", 2, None, None)));
}

#[test]
fn an_earlier_period_taken_in_later_leaves_what_comes_after_it() {
    let later = load(&[row("Алгебра", 2, Some(60), None)]);
    let (after, change) = later.taking(&[row("Алгебра", 1, Some(0), None)], &span(0, 50)).unwrap();
    let bounded = row("Алгебра", 1, Some(0), Some(59));
    assert_eq!(change.added, std::slice::from_ref(&bounded));
    assert_eq!(after, load(&[bounded, row("Алгебра", 2, Some(60), None)]));
}

#[test]
fn an_end_that_is_known_to_come_after_the_period_stays() {
    let before = load(&[row("Алгебра", 1, Some(0), Some(100))]);
    let new = [row("Алгебра", 1, Some(0), None)];
    let (after, change) = before.taking(&new, &span(0, 50)).unwrap();
    assert!(change.is_nothing(), "{change:?}");
    assert_eq!(after, before);
}

fn any_rows() -> impl Strategy<Value = Vec<LoadRow>> {
    let bound = || proptest::option::of(0_u64..100);
    let one = (0..3_u8, 0..3_u8, bound(), bound()).prop_map(|(subject, who, from, until)| {
        let subject = ["Алгебра", "Физика", "Химия"][usize::from(subject)];
        row(subject, who, from, until)
    });
    // Rows that contradict those before them are left out.
    proptest::collection::vec(one, 0..8).prop_map(|rows| {
        rows.into_iter().fold(Vec::new(), |mut kept: Vec<LoadRow>, row| {
            kept.push(row);
            if TeachingLoad::new(kept.clone()).is_err() {
                kept.pop();
            }
            kept
        })
    })
}

/// Who teaches which subject on a day.
fn told(load: &TeachingLoad, on: NaiveDate) -> Vec<(String, StaffId)> {
    load.on(on).map(|row| (row.subject.clone(), row.staff)).collect()
}

proptest! {
    #[test]
    fn what_is_taken_in_holds_in_the_period_and_nothing_changes_before_it(
        before in any_rows(),
        new in proptest::collection::btree_set((0..3_usize, 0..3_u8), 1..5),
        from in 0_u64..60,
        length in 0_u64..40,
    ) {
        let new: Vec<LoadRow> = new
            .into_iter()
            .map(|(subject, who)| row(["Алгебра", "Физика", "Химия"][subject], who, Some(from), None))
            .collect();
        let before = load(&before);
        let (after, _) = before.taking(&new, &span(from, from + length)).unwrap();
        for number in (0..from).map(day) {
            prop_assert_eq!(told(&after, number), told(&before, number));
        }
        for number in (from..=from + length).map(day) {
            let mut told = told(&after, number);
            told.sort();
            let mut said: Vec<_> = new.iter().map(|row| (row.subject.clone(), row.staff)).collect();
            said.sort();
            prop_assert_eq!(told, said);
        }
        let (again, change) = after.taking(&new, &span(from, from + length)).unwrap();
        prop_assert!(change.is_nothing(), "{:?}", change);
        prop_assert_eq!(again, after);
    }
}
