//! Учёт посещаемости.

use super::*;

/// Two lessons on 2 September, one on 3 September, one on 1 October.
fn with_lessons() -> Journal {
    let mut journal = journal("q1");
    let (mut algebra, mut english) = (page("Алгебра", None), page("Английский", Some("1")));
    algebra.lessons = vec![
        lesson("a1", "2025-09-02", 1),
        lesson("a2", "2025-09-03", 1),
        lesson("a3", "2025-10-01", 1),
    ];
    english.lessons = vec![lesson("e1", "2025-09-02", 2)];
    english.pupils = Some(vec!["s1".parse().unwrap()]);
    journal.pages = vec![algebra, english];
    journal
}

fn missed(statement: &AttendanceStatement, row: usize) -> Missed {
    statement.rows[row].missed.all
}

#[test]
fn absences_are_counted_by_their_reason_and_the_late_were_there() {
    let mut journal = with_lessons();
    journal.pages[0].entries = vec![
        absent("s1", "a1", "Б"),
        absent("s1", "a2", "O"),
        absent("s1", "a3", "Н"),
        absent("s2", "a1", "У"),
        absent("s2", "a2", "НП"),
        absent("s2", "a3", "ОТ"),
    ];
    let statement = AttendanceStatement::of(&roll(&[&journal]));
    let first = Missed {
        ill: 1,
        late: 1,
        not_stated: 1,
        lessons: 2,
        days: 1,
        days_in_part: 1,
        ..Missed::default()
    };
    assert_eq!(missed(&statement, 0), first, "ill at one of two lessons, absent at the only one");
    let second =
        Missed { excused: 1, unexcused: 1, unknown: 1, lessons: 2, days: 2, ..Missed::default() };
    assert_eq!(missed(&statement, 1), second, "not in the subgroup, so one lesson is the day");
    assert_eq!(missed(&statement, 2), Missed::default());
    assert_eq!(statement.total.all, first.and(second));
    assert_eq!(statement.periods, [journal.period_id()]);
}

#[test]
fn a_day_is_missed_when_every_lesson_of_it_was() {
    let mut journal = with_lessons();
    journal.pages[0].entries = vec![absent("s1", "a1", "Н")];
    journal.pages[1].entries = vec![absent("s1", "e1", "Н")];
    let whole = missed(&AttendanceStatement::of(&roll(&[&journal])), 0);
    assert_eq!((whole.days, whole.days_in_part, whole.lessons), (1, 0, 2));
    journal.pages[1].entries = vec![absent("s1", "e1", "О")];
    let part = missed(&AttendanceStatement::of(&roll(&[&journal])), 0);
    assert_eq!((part.days, part.days_in_part, part.lessons), (0, 1, 1));
}

#[test]
fn who_changed_subgroups_missed_the_day_though_the_other_group_had_a_lesson() {
    let mut journal = with_lessons();
    let mut other = page("Английский", Some("2"));
    other.lessons = vec![lesson("f1", "2025-09-02", 2)];
    other.pupils = Some(vec!["s1".parse().unwrap()]);
    journal.pages.push(other);
    journal.pages[0].entries = vec![absent("s1", "a1", "Б")];
    journal.pages[1].entries = vec![absent("s1", "e1", "Б")];
    assert_eq!(missed(&AttendanceStatement::of(&roll(&[&journal])), 0).days, 1);
}

#[test]
fn months_follow_the_lessons() {
    let mut journal = with_lessons();
    journal.pages[0].entries = vec![absent("s1", "a1", "Б"), absent("s1", "a3", "Н")];
    let monthly = MonthlyAttendance::of(&roll(&[&journal]));
    assert_eq!(monthly.months, [day("2025-09-01"), day("2025-10-01")]);
    let ill: Vec<_> = monthly.rows[0].missed.each.iter().map(|m| (m.lessons, m.ill)).collect();
    assert_eq!(ill, [(1, 1), (1, 0)]);
    assert_eq!(monthly.total.all.lessons, 2);
}

#[test]
fn a_year_s_journal_that_repeats_the_lessons_of_its_periods_does_not_count_twice() {
    let mut semester = with_lessons();
    semester.period = journal("s1").period;
    semester.pages[0].entries = vec![absent("s1", "a1", "Б")];
    let mut year = semester.clone();
    year.period = journal("year").period;
    let both = AttendanceStatement::of(&roll(&[&semester, &year]));
    assert_eq!(both.periods, [semester.period_id()]);
    assert_eq!(both.total.all.lessons, 1);
    let alone = AttendanceStatement::of(&roll(&[&year]));
    assert_eq!((alone.periods.len(), alone.total.all.lessons), (1, 1));
    year.pages[0].lessons.push(lesson("a4", "2026-02-02", 1));
    year.pages[0].entries.push(absent("s1", "a4", "Б"));
    let more = AttendanceStatement::of(&roll(&[&semester, &year]));
    assert_eq!(more.periods, [semester.period_id(), year.period_id()]);
    assert_eq!(more.rows[0].missed.each.iter().map(|m| m.ill).collect::<Vec<_>>(), [1, 1]);
}
