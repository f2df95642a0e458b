use super::*;
use crate::closing::{FileErrors, Problem};
use crate::journal::{Class, ClassKind, PeriodId};
use CalendarFault as Fault;
use chrono::{Datelike, NaiveDate, Weekday};

const SCHOOL: &str = include_str!("../../../templates/calendars/school-2025-26.toml");
const RUSSIA: &str = include_str!("../../../templates/calendars/russia-2025.toml");

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn work(week: Week) -> WorkDays {
    WorkDays::new(&Production::russia(), week, [])
}

fn school(text: &str) -> SchoolCalendar {
    SchoolCalendar::from_toml("school.toml", text).unwrap()
}

fn refused(done: Result<SchoolCalendar, FileErrors>) -> Vec<(usize, String, Problem)> {
    let problems = done.unwrap_err().problems;
    problems.into_iter().map(|p| (p.line, p.field, p.problem)).collect()
}

/// The one problem of a calendar in which `from` was replaced by `to`, and the text of its line.
fn one_fault(from: &str, to: &str) -> (String, Problem) {
    let text = SCHOOL.replacen(from, to, 1);
    assert_ne!(text, SCHOOL, "{from}");
    let mut problems = refused(SchoolCalendar::from_toml("school.toml", &text));
    let (line, _, problem) = problems.remove(0);
    assert!(problems.is_empty(), "{problem:?}, {problems:?}");
    (text.lines().nth(line - 1).unwrap().to_owned(), problem)
}

/// Days of a year that are free but no Saturday or Sunday of this week, and Saturdays and Sundays that are worked.
fn unusual(year: i32, week: Week) -> Vec<String> {
    let work = work(week);
    let days = NaiveDate::from_ymd_opt(year, 1, 1).unwrap().iter_days();
    let days = days.take_while(|day| day.year() == year);
    let unusual = days.filter(|day| work.works(*day).unwrap() == week.rests(*day));
    unusual.map(|day| day.format("%m-%d").to_string()).collect()
}

#[test]
fn in_2025_the_government_moved_five_days_off_and_one_saturday_is_worked() {
    let january = ["01-01", "01-02", "01-03", "01-06", "01-07", "01-08"];
    let later = ["05-01", "05-02", "05-08", "05-09", "06-12", "06-13", "11-01", "11-03", "11-04"];
    assert_eq!(unusual(2025, Week::Five), [&january[..], &later, &["12-31"]].concat());
    assert!(work(Week::Five).works(day("2025-11-01")).unwrap(), "the worked Saturday");
    assert!(!work(Week::Five).works(day("2025-11-03")).unwrap());
}

#[test]
fn what_was_moved_from_a_saturday_says_nothing_where_saturdays_are_worked() {
    let january = ["01-01", "01-02", "01-03", "01-04", "01-06", "01-07", "01-08"];
    let later = ["03-08", "05-01", "05-08", "05-09", "06-12", "11-04", "12-31"];
    assert_eq!(unusual(2025, Week::Six), [january, later].concat());
    for worked in ["2025-05-02", "2025-06-13", "2025-11-03", "2026-01-09", "2026-05-11"] {
        assert!(work(Week::Six).works(day(worked)).unwrap(), "{worked}");
        assert!(!work(Week::Five).works(day(worked)).unwrap(), "{worked}");
    }
}

#[test]
fn in_2026_days_off_that_meet_a_holiday_move_to_the_next_working_day_by_law() {
    let january = ["01-01", "01-02", "01-05", "01-06", "01-07", "01-08", "01-09"];
    let later = ["02-23", "03-09", "05-01", "05-11", "06-12", "11-04", "12-31"];
    assert_eq!(unusual(2026, Week::Five), [january, later].concat());
    let six = work(Week::Six);
    assert!(!six.works(day("2026-03-09")).unwrap(), "8 March is a Sunday for every week");
}

#[test]
fn both_years_have_247_working_days_as_published() {
    for year in [2025, 2026] {
        let days = NaiveDate::from_ymd_opt(year, 1, 1).unwrap().iter_days();
        let days = days.take_while(|day| day.year() == year);
        assert_eq!(days.filter(|day| work(Week::Five).works(*day).unwrap()).count(), 247, "{year}");
    }
}

#[test]
fn of_2027_only_the_law_is_known_and_the_year_says_that_it_is_not_certain() {
    let january = ["01-01", "01-04", "01-05", "01-06", "01-07", "01-08"];
    let later = ["02-23", "03-08", "05-03", "05-10", "06-14", "11-04"];
    assert_eq!(unusual(2027, Week::Five), [january, later].concat());
    let russia = Production::russia();
    let certain = [2025, 2026, 2027].map(|year| russia.year(year).unwrap().certain);
    assert_eq!(certain, [true, true, false]);
}

#[test]
fn a_year_without_a_calendar_is_an_error_and_no_guess() {
    assert_eq!(work(Week::Five).works(day("2028-01-10")), Err(NoProductionYear(2028)));
    let work = work(Week::Five);
    let days = Days::new(DayCount::Working, &work);
    assert_eq!(days.nth_from(day("2027-12-31"), 3), Err(NoProductionYear(2028)));
    let calendar = Days::new(DayCount::Calendar, &work);
    assert_eq!(calendar.nth_from(day("2027-12-31"), 3), Ok(day("2028-01-02")));
}

#[test]
fn days_are_counted_forward_and_back_and_the_first_can_be_day_one() {
    let work = work(Week::Five);
    let days = Days::new(DayCount::Working, &work);
    let autumn = |n| days.nth_from(day("2025-10-25"), n).unwrap();
    assert_eq!([1, 5, 6, 7].map(autumn), ["27", "31", "32", "36"].map(october));
    assert_eq!(days.nth_back(day("2025-11-04"), 1), Ok(day("2025-11-01")));
    assert_eq!(days.nth_back(day("2025-11-04"), 6), Ok(day("2025-10-27")));
    let calendar = Days::new(DayCount::Calendar, &work);
    assert_eq!(calendar.nth_from(day("2025-10-25"), 5), Ok(day("2025-10-29")));
}

/// «32 октября» is 1 November.
fn october(text: &str) -> NaiveDate {
    let number: u64 = text.parse().unwrap();
    day("2025-10-01") + chrono::Days::new(number - 1)
}

#[test]
fn a_schools_own_days_off_are_not_worked() {
    let regional = "[[days_off]]\ndate = 2026-03-20\nname = \"Ураза-байрам\"\n\n[[groups]]";
    let calendar = school(&SCHOOL.replacen("[[groups]]", regional, 1));
    let work = calendar.work_days(&Production::russia());
    assert_eq!(day("2026-03-20").weekday(), Weekday::Fri);
    assert!(!work.works(day("2026-03-20")).unwrap() && work.works(day("2026-03-19")).unwrap());
    assert_eq!(calendar.days_off[0].name, "Ураза-байрам");
}

#[test]
fn every_class_goes_with_the_group_that_names_its_grade_and_other_groups_with_others() {
    let text = "year = \"2025-26\"\nweek = 6\nday_count = \"calendar\"\n[[groups]]\nname = \"Т\"\n\
        grades = [5]\ngroups = [\"ТО-21\"]\nperiods = []\n[[groups]]\nname = \"Прочие\"\n\
        groups = \"others\"\nperiods = []\n";
    let period = "[{ period = \"year\", first = 2025-09-01, last = 2026-06-30, \
        holidays = { from = 2026-07-01, to = 2026-08-31 } }]";
    let calendar = school(&text.replace("[]", period));
    let group = |kind| {
        let class = Class { kind, teacher: None };
        calendar.group_of(&class).map(|group| group.name.clone())
    };
    let college = |name: &str| group(ClassKind::Group { name: name.to_owned() });
    assert_eq!(college("то-21").as_deref(), Some("Т"));
    assert_eq!(college("ТО-22").as_deref(), Some("Прочие"));
    assert_eq!(group(ClassKind::School { grade: 5, letter: None }).as_deref(), Some("Т"));
    assert_eq!(group(ClassKind::School { grade: 6, letter: None }), None);
    let club = |grade| group(ClassKind::Activity { name: "Шахматы".to_owned(), grade });
    assert_eq!((club(Some(5)).as_deref(), club(None)), (Some("Т"), None));
    assert_eq!(calendar.overflow, Overflow::ContinueAfter, "the default");
}

#[test]
fn quarter_two_closes_with_half_year_one_and_the_year_by_itself() {
    let calendar = school(SCHOOL);
    let together = |id: &str| {
        let found = calendar.closes_with(id.parse::<PeriodId>().unwrap());
        let found = found.iter().map(|(group, at)| format!("{} {}", group.name, at.period.slug()));
        found.collect::<Vec<_>>().join(", ")
    };
    let winter = "1 классы q2, 2–8 классы q2, 9 классы q2, 10 классы h1, 11 классы h1";
    assert_eq!(
        (together("2025-26/q2").as_str(), together("2025-26/h1").as_str()),
        (winter, winter)
    );
    assert_eq!(together("2025-26/q1"), "1 классы q1, 2–8 классы q1, 9 классы q1");
    let year = "1 классы year, 2–8 классы year, 9 классы year, 10 классы year, 11 классы year";
    assert_eq!(together("2025-26/year"), year);
    assert_eq!(together("2026-27/q1"), "");
}

#[test]
fn each_contradiction_of_a_calendar_is_refused_in_its_line() {
    let (q1, q2) = ("2025-26/q1".parse().unwrap(), "2025-26/q2".parse().unwrap());
    let (line, fault) = one_fault("first = 2025-09-01", "first = 2025-08-30");
    assert!(line.contains("period = \"q1\""));
    let year = "2025-26".parse().unwrap();
    assert_eq!(fault, Fault::OutsideSchoolYear { day: day("2025-08-30"), year }.into());
    let (line, fault) = one_fault("first = 2025-09-01", "first = 2025-10-27");
    assert!(line.contains("period = \"q1\""));
    let (first, last) = (day("2025-10-27"), day("2025-10-24"));
    assert_eq!(fault, Fault::Backwards { first, last }.into());
    let cases = [
        ("2025-11-05", "2025-11-04", Fault::Overlap { earlier: q1, later: q2 }),
        ("period = \"q2\"", "period = \"q1\"", Fault::PeriodTwice(q1)),
        ("grades = [9]", "grades = [8]", Fault::InTwoGroups("grade 8".to_owned())),
        ("grades = [9]", "groups = []", Fault::Nobody),
    ];
    for (from, to, expected) in cases {
        let text = SCHOOL.replacen(from, to, 1);
        let problems = refused(SchoolCalendar::from_toml("school.toml", &text));
        let found = problems.iter().any(|(_, _, problem)| *problem == expected.clone().into());
        assert!(found, "{expected:?}: {problems:?}");
    }
    let (from, last) = (day("2025-10-24"), day("2025-10-24"));
    let (line, fault) = one_fault("from = 2025-10-25", "from = 2025-10-24");
    assert_eq!(fault, Fault::HolidaysEarly { from, last }.into());
    assert!(line.contains("period = \"q1\""));
}

#[test]
fn all_problems_of_a_calendar_are_told_at_once_with_file_line_and_field() {
    let text = "year = \"2025-26\"\nweek = 7\nday_count = \"day\"\nweeks = 5\n\n[[groups]]\n\
        name = \"\"\ngrades = [12]\nperiods = [{ period = \"q5\", first = 2025-09-01T10:00:00 }]\n";
    let errors = SchoolCalendar::from_toml("ours.toml", text).unwrap_err();
    let told: Vec<_> = errors.problems.iter().map(|p| (p.line, p.field.as_str())).collect();
    let period = "groups[0].periods[0]";
    let fields = [".period", ".first", ".last", ".holidays"].map(|name| format!("{period}{name}"));
    let mut expected = vec![(2, "week"), (3, "day_count"), (4, "weeks"), (7, "groups[0].name")];
    expected.push((8, "groups[0].grades[0]"));
    expected.extend(fields.iter().map(|field| (9, field.as_str())));
    assert_eq!(told, expected);
    let week = "ours.toml:2: week: 7 is out of range; write a whole number from 5 to 6";
    assert!(errors.to_string().starts_with(week), "{errors}");
    let broken = SchoolCalendar::from_toml("ours.toml", "year = = 1\n").unwrap_err();
    assert!(matches!(broken.problems[0].problem, Problem::Syntax(_)));
}

#[test]
fn each_contradiction_of_a_production_calendar_is_refused() {
    let cases = [
        ("2025-11-04,", "2025-11-04, 2025-11-04,", Fault::DayTwice(day("2025-11-04"))),
        ("2025-11-04,", "2026-11-04,", Fault::OutsideYear { day: day("2026-11-04"), year: 2025 }),
        ("from = 2025-11-01", "from = 2025-11-05", Fault::NotADayOff(day("2025-11-05"))),
        ("to = 2025-11-03", "to = 2025-11-04", Fault::MovedToHoliday(day("2025-11-04"))),
        ("to = 2025-11-03", "to = 2025-12-31", Fault::DayTwice(day("2025-12-31"))),
    ];
    for (from, to, expected) in cases {
        let text = RUSSIA.replacen(from, to, 1);
        let errors = ProductionYear::from_toml("russia.toml", &text).unwrap_err();
        let of = |(n, line): (usize, &str)| line.contains(to).then_some(n + 1);
        let line = text.lines().enumerate().filter_map(of).last().unwrap();
        let found: Vec<_> = errors.problems.into_iter().map(|p| (p.line, p.problem)).collect();
        assert_eq!(found, [(line, expected.into())]);
    }
}

#[test]
fn grade_1_is_archived_every_quarter_and_printed_once_with_the_last_one() {
    let calendar = school(SCHOOL);
    let group = |class: &str| calendar.group_named(&class.parse().unwrap()).unwrap();
    let period = |id: &str| format!("2025-26/{id}").parse::<PeriodId>().unwrap();
    let prints = |class, id| group(class).prints(period(id));
    assert_eq!(
        ["q1", "q2", "q3", "q4", "year"].map(|id| prints("1А", id)),
        [false, false, false, true, true]
    );
    assert!(["q1", "q2", "q3", "q4"].into_iter().all(|id| prints("2Б", id)));
    let with =
        |class, id| group(class).prints_with(period(id)).map(|p| p.slug()).collect::<Vec<_>>();
    assert_eq!(with("1А", "q4"), ["q1", "q2", "q3"]);
    assert!(with("1А", "q2").is_empty() && with("2Б", "q4").is_empty());
}

#[test]
fn a_class_is_found_by_its_grade_and_a_college_group_by_its_name() {
    let calendar = school(SCHOOL);
    let named = |class: &str| calendar.group_named(&class.parse().unwrap()).map(|g| g.name.clone());
    for (class, group) in
        [("7А", "2–8 классы"), ("10", "10 классы"), ("11Б", "11 классы"), ("1в", "1 классы")]
    {
        assert_eq!(named(class).as_deref(), Some(group), "{class}");
    }
    assert_eq!(named("ТО-21"), None);
    assert_eq!(named("21-ТО"), None);
}
