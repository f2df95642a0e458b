use super::*;
use crate::closing::calendar::{DayCount, Overflow, Week};
use crate::closing::procedure::{Anchor, Proof, When};
use chrono::{Datelike, Days};
use proptest::prelude::*;

fn calendar() -> SchoolCalendar {
    let text = include_str!("../../../templates/calendars/school-2025-26.toml");
    SchoolCalendar::from_toml("school-2025-26.toml", text).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn id(text: &str) -> StepId {
    text.parse().unwrap()
}

fn resolve(calendar: &SchoolCalendar, period: &str) -> Result<Plan, PlanError> {
    let (procedure, russia) = (Procedure::shipped("five-day").unwrap(), Production::russia());
    Plan::resolve(&procedure, calendar, &russia, format!("2025-26/{period}").parse().unwrap())
}

/// Dates of days 1 to 5 and of the shelf, of the first group: «27.10 28.10 …».
fn dates(plan: &Plan) -> String {
    let steps = &plan.groups[0].steps;
    let first = |day| steps.iter().find(|step| step.day == day).unwrap();
    let days = (1..=5).map(first).chain(steps.last());
    days.map(|step| step.to.format("%d.%m").to_string()).collect::<Vec<_>>().join(" ")
}

fn step<'a>(plan: &'a Plan, name: &str) -> &'a PlannedStep {
    plan.groups[0].steps.iter().find(|step| step.step == id(name)).unwrap()
}

#[test]
fn days_of_the_holidays_fall_on_these_dates() {
    use {
        DayCount::{Calendar, Working},
        Week::{Five, Six},
    };
    let table = [
        // 25 October is a Saturday; Saturday 1 November is worked for Monday the 3rd.
        ("q1", Five, Working, "27.10 28.10 29.10 30.10 31.10 01.11"),
        ("q1", Six, Working, "25.10 27.10 28.10 29.10 30.10 31.10"),
        ("q1", Five, Calendar, "25.10 26.10 27.10 28.10 29.10 30.10"),
        // From 31 December to 11 January nobody works; with six days a week 9 and 10 January are worked.
        ("q2", Five, Working, "12.01 13.01 14.01 15.01 16.01 19.01"),
        ("q2", Six, Working, "09.01 10.01 12.01 13.01 14.01 15.01"),
        ("q2", Five, Calendar, "31.12 01.01 02.01 03.01 04.01 05.01"),
        ("q3", Five, Working, "30.03 31.03 01.04 02.04 03.04 06.04"),
        ("q3", Six, Working, "28.03 30.03 31.03 01.04 02.04 03.04"),
        ("q3", Five, Calendar, "28.03 29.03 30.03 31.03 01.04 02.04"),
        ("q4", Five, Working, "27.05 28.05 29.05 01.06 02.06 03.06"),
    ];
    for (period, week, day_count, expected) in table {
        let plan = resolve(&SchoolCalendar { week, day_count, ..calendar() }, period).unwrap();
        assert_eq!(dates(&plan), expected, "{period} {week:?} {day_count:?}");
    }
}

#[test]
fn what_overflows_continues_after_the_holidays_and_says_so() {
    let winter = resolve(&calendar(), "q2").unwrap();
    let steps = &winter.groups[0].steps;
    let (last, counted) = steps.split_last().unwrap();
    assert!(counted.iter().all(|step| step.adjusted == [Adjusted::AfterHolidays]));
    assert_eq!((last.day, last.adjusted.len()), (6, 0));
    let autumn = resolve(&calendar(), "q1").unwrap();
    assert!(autumn.groups[0].steps.iter().all(|step| step.adjusted.is_empty()));
}

#[test]
fn steps_moved_before_the_holidays_take_no_snapshot_before_the_last_lesson_day() {
    let plan = resolve(&SchoolCalendar { overflow: Overflow::Before, ..calendar() }, "q2").unwrap();
    assert_eq!(dates(&plan), "24.12 30.12 30.12 30.12 30.12 12.01");
    let early = Adjusted::BeforeHolidays;
    assert_eq!(step(&plan, "check-finals").adjusted, [early]);
    let lesson = Adjusted::NotBeforeLastLesson(day("2025-12-25"));
    assert_eq!(step(&plan, "snapshot").adjusted, [early, lesson]);
    let waits = Adjusted::NotBeforePrevious(day("2025-12-26"));
    assert_eq!(step(&plan, "sign-sheets").adjusted, [early, waits]);
    assert_eq!(step(&plan, "folder").adjusted, [early], "30 December as counted");
    let autumn = SchoolCalendar { overflow: Overflow::Before, ..calendar() };
    let autumn = resolve(&autumn, "q1").unwrap();
    assert_eq!(dates(&autumn), "27.10 28.10 29.10 30.10 31.10 01.11", "the days suffice");
}

#[test]
fn a_school_that_wants_to_be_asked_gets_no_plan_until_it_states_the_days() {
    let mut asked = calendar();
    for group in &mut asked.groups {
        group.periods[1].holidays.overflow = Some(Overflow::Refuse);
        group.periods[0].holidays.overflow = Some(Overflow::Refuse);
    }
    assert!(resolve(&asked, "q1").is_ok(), "autumn has days enough");
    let refused = PlanError::TooFewDays {
        classes: "1 классы".to_owned(),
        period: "2025-26/q2".parse().unwrap(),
        step: id("check-finals"),
        day: 1,
    };
    assert_eq!(resolve(&asked, "q2"), Err(refused));
    for group in &mut asked.groups {
        for period in &mut group.periods {
            let counted =
                Procedure::shipped("five-day").unwrap().steps.into_iter().filter_map(|step| {
                    match step.when {
                        When::Day { anchor: Anchor::HolidayStart, day } => Some((step.id, day)),
                        _ => None,
                    }
                });
            let dates =
                counted.map(|(id, n)| (id, day("2026-01-14") + Days::new(u64::from(n / 4))));
            period.holidays.dates = dates.collect();
        }
    }
    let stated = resolve(&asked, "q2").unwrap();
    assert_eq!(dates(&stated), "14.01 14.01 14.01 15.01 15.01 16.01");
    assert_eq!(step(&stated, "print").adjusted, [Adjusted::Stated]);
}

#[test]
fn a_stated_day_that_breaks_a_rule_is_refused_with_the_rule() {
    let state = |name: &str, date: &str| {
        let mut calendar = calendar();
        calendar.groups[0].periods[0].holidays.dates = [(id(name), day(date))].into();
        resolve(&calendar, "q1")
    };
    for (name, date, broken) in [
        ("print", "2025-11-03", StatedRule::NotWorking),
        ("sign-sheets", "2025-10-27", StatedRule::BeforePrevious),
        ("snapshot", "2025-10-23", StatedRule::BeforeLastLesson),
    ] {
        let Err(PlanError::Stated { step, stated, rule, .. }) = state(name, date) else {
            panic!("{name} on {date} was taken");
        };
        assert_eq!((step, stated, rule), (id(name), day(date), broken));
    }
    let late = state("print", "2025-10-30").unwrap();
    assert_eq!(dates(&late), "27.10 28.10 30.10 30.10 31.10 01.11", "day 3 waits for the print");
    let waits = Adjusted::NotBeforePrevious(day("2025-10-29"));
    assert_eq!(step(&late, "sign-sheets").adjusted, [waits]);
    let unknown = state("bind", "2025-10-30");
    assert!(matches!(unknown, Err(PlanError::UnknownStep { step, .. }) if step == id("bind")));
}

#[test]
fn a_regional_day_off_is_passed_over_and_a_worked_saturday_is_not() {
    let mut calendar = calendar();
    let name = "День республики".to_owned();
    calendar.days_off = vec![crate::closing::calendar::DayOff { date: day("2025-10-28"), name }];
    let plan = resolve(&calendar, "q1").unwrap();
    assert_eq!(dates(&plan), "27.10 29.10 30.10 31.10 01.11 05.11");
}

#[test]
fn each_step_can_be_anchored_by_itself() {
    let mut procedure = Procedure::shipped("five-day").unwrap();
    let at = |anchor, day| When::Day { anchor, day };
    procedure.steps[0].when = at(Anchor::LastLessonDay, 1);
    procedure.steps[1].when = at(Anchor::HolidayEnd, 1);
    procedure.steps[4].when = at(Anchor::Step(id("snapshot")), 2);
    procedure.steps[5].when = When::By { month: 1, day: 18 };
    let period = "2025-26/q2".parse().unwrap();
    let plan = Plan::resolve(&procedure, &calendar(), &Production::russia(), period).unwrap();
    assert_eq!(step(&plan, "check-finals").to, day("2025-12-30"));
    assert_eq!(step(&plan, "snapshot").to, day("2026-01-12"));
    assert_eq!(step(&plan, "print").to, day("2026-01-14"));
    let sheets = step(&plan, "sign-sheets");
    assert_eq!((sheets.from, sheets.to), (day("2026-01-14"), day("2026-01-16")));
    assert_eq!(sheets.adjusted, [Adjusted::BeforeDeadline], "18 January is a Sunday");
}

#[test]
fn one_closing_covers_quarter_two_and_half_year_one_each_with_its_days() {
    let plan = resolve(&calendar(), "h1").unwrap();
    let groups: Vec<_> =
        plan.groups.iter().map(|g| (g.classes.as_str(), g.period.slug())).collect();
    let expected = [
        ("1 классы", "q2"),
        ("2–8 классы", "q2"),
        ("9 классы", "q2"),
        ("10 классы", "h1"),
        ("11 классы", "h1"),
    ];
    assert_eq!(groups, expected.map(|(name, slug)| (name, slug.to_owned())));
    assert_eq!(plan.holidays, (day("2025-12-31"), day("2026-01-11")));
    assert!(plan.groups.iter().all(|group| group.steps == plan.groups[0].steps));
}

#[test]
fn statements_of_grades_9_and_11_have_their_own_dates() {
    let period = "2025-26/year".parse().unwrap();
    let russia = Production::russia();
    let plan =
        Plan::resolve(&Procedure::shipped("year-end").unwrap(), &calendar(), &russia, period)
            .unwrap();
    let drawn: Vec<_> = plan.groups.iter().map(|g| (g.classes.as_str(), g.steps[0].to)).collect();
    let dates = ["2026-05-27", "2026-05-27", "2026-06-22", "2026-05-27", "2026-06-29"].map(day);
    let names = ["1 классы", "2–8 классы", "9 классы", "10 классы", "11 классы"];
    assert_eq!(drawn, names.into_iter().zip(dates).collect::<Vec<_>>());
    let five = resolve(&calendar(), "year");
    assert!(matches!(five, Err(PlanError::Kind { .. })), "{five:?}");
}

#[test]
fn a_college_prints_by_the_last_working_day_up_to_5_july() {
    let mut college = calendar();
    college.groups.truncate(1);
    college.groups[0].periods.drain(..4);
    let year = &mut college.groups[0].periods[0];
    (year.last, year.holidays.from) = (day("2026-06-30"), day("2026-07-01"));
    let period = "2025-26/year".parse().unwrap();
    let russia = Production::russia();
    let plan =
        Plan::resolve(&Procedure::shipped("college-year").unwrap(), &college, &russia, period)
            .unwrap();
    let days: Vec<_> =
        plan.groups[0].steps.iter().map(|s| (s.day, s.from.day(), s.to.day())).collect();
    let expected =
        [(1, 30, 30), (1, 30, 30), (2, 30, 3), (2, 3, 3), (3, 6, 6), (4, 7, 7), (4, 7, 7)];
    assert_eq!(days[..7], expected);
    assert_eq!(step(&plan, "print").adjusted, [Adjusted::BeforeDeadline], "5 July is a Sunday");
    college.groups[0].periods[0].last = day("2026-07-10");
    college.groups[0].periods[0].holidays.from = day("2026-07-11");
    let late =
        Plan::resolve(&Procedure::shipped("college-year").unwrap(), &college, &russia, period)
            .unwrap();
    let print = step(&late, "print");
    assert_eq!((print.from, print.to), (day("2026-07-10"), day("2026-07-10")));
    let missed = [Adjusted::BeforeDeadline, Adjusted::NotBeforePrevious(day("2026-07-03"))];
    assert_eq!(print.adjusted, missed);
}

#[test]
fn a_plan_that_counts_days_of_an_uncertain_year_names_it_and_an_unknown_year_is_refused() {
    let shift = |years: i32| {
        let mut calendar = calendar();
        let year = crate::journal::SchoolYear::beginning(2025 + years).unwrap();
        for period in calendar.groups.iter_mut().flat_map(|group| &mut group.periods) {
            let shifted = |day: NaiveDate| day.with_year(day.year() + years).unwrap();
            period.period.year = year;
            (period.first, period.last) = (shifted(period.first), shifted(period.last));
            let holidays = &mut period.holidays;
            (holidays.from, holidays.to) = (shifted(holidays.from), shifted(holidays.to));
        }
        calendar.year = year;
        calendar
    };
    let (procedure, russia) = (Procedure::shipped("five-day").unwrap(), Production::russia());
    let plan = |years, period: &str| {
        Plan::resolve(&procedure, &shift(years), &russia, period.parse().unwrap())
    };
    assert_eq!(plan(0, "2025-26/q2").unwrap().uncertain, [0; 0]);
    assert_eq!(plan(1, "2026-27/q2").unwrap().uncertain, [2027]);
    let unknown = plan(2, "2027-28/q2");
    assert!(matches!(unknown, Err(PlanError::Production(NoProductionYear(2028)))), "{unknown:?}");
    let nobody = plan(0, "2025-26/t1");
    assert_eq!(nobody, Err(PlanError::NoPeriod("2025-26/t1".parse().unwrap())));
}

#[test]
fn a_plan_is_a_plain_value_that_is_read_back_as_it_was_confirmed() {
    let plan = resolve(&SchoolCalendar { overflow: Overflow::Before, ..calendar() }, "q2").unwrap();
    let text = serde_json::to_string(&plan).unwrap();
    assert_eq!(serde_json::from_str::<Plan>(&text).unwrap(), plan);
    assert!(serde_json::from_str::<Plan>(&text.replacen("\"uncertain\"", "\"sure\"", 1)).is_err());
}

#[test]
fn the_example_of_the_docs_is_read_and_resolved_as_they_say() {
    let docs = include_str!("../../../docs/calendar.md");
    let (_, example) = docs.split_once("```toml\n").unwrap();
    let example = example.split_once("```").unwrap().0;
    let calendar = SchoolCalendar::from_toml("docs/calendar.md", example).unwrap();
    assert_eq!(dates(&resolve(&calendar, "q1").unwrap()), "27.10 28.10 29.10 30.10 31.10 01.11");
    let winter = resolve(&calendar, "q2").unwrap();
    let days = ["check-finals", "snapshot", "print"].map(|name| step(&winter, name).to);
    assert_eq!(days, ["2025-12-30", "2025-12-30", "2026-01-13"].map(day));
}

/// Any way to say when, for a step with these before it.
fn any_when(before: Vec<StepId>) -> impl Strategy<Value = When> {
    let earlier = before.len();
    let anchor = (0..3 + earlier).prop_map(move |which| match which {
        0 => Anchor::HolidayStart,
        1 => Anchor::HolidayEnd,
        2 => Anchor::LastLessonDay,
        step => Anchor::Step(before[step - 3].clone()),
    });
    prop_oneof![
        5 => (anchor, 1u32..9).prop_map(|(anchor, day)| When::Day { anchor, day }),
        1 => (1u32..13, 1u32..29).prop_map(|(month, day)| When::By { month, day }),
    ]
}

prop_compose! {
    fn any_procedure()(shipped in any::<bool>(), whens in {
        let ids: Vec<StepId> = Procedure::shipped("five-day").unwrap().steps.into_iter().map(|s| s.id).collect();
        (0..ids.len()).map(|n| any_when(ids[..n].to_vec())).collect::<Vec<_>>()
    }) -> Procedure {
        let mut procedure = Procedure::shipped("five-day").unwrap();
        if !shipped {
            procedure.steps.iter_mut().zip(whens).for_each(|(step, when)| step.when = when);
        }
        procedure
    }
}

prop_compose! {
    fn any_calendar()(
        last in 0u64..200,
        gap in 1u64..5,
        length in 0u64..20,
        six in any::<bool>(),
        working in any::<bool>(),
        overflow in prop_oneof![Just(Overflow::ContinueAfter), Just(Overflow::Before), Just(Overflow::Refuse)],
        off in prop::collection::vec(0u64..40, 0..6),
    ) -> SchoolCalendar {
        let last = day("2025-10-01") + Days::new(last);
        let mut calendar = calendar();
        calendar.groups.truncate(1);
        calendar.groups[0].periods.truncate(1);
        let period = &mut calendar.groups[0].periods[0];
        period.last = last;
        period.holidays.from = last + Days::new(gap);
        period.holidays.to = period.holidays.from + Days::new(length);
        let day_off = |after| crate::closing::calendar::DayOff {
            date: last + Days::new(after),
            name: "выходной".to_owned(),
        };
        calendar.days_off = off.into_iter().map(day_off).collect();
        calendar.week = if six { Week::Six } else { Week::Five };
        calendar.day_count = if working { DayCount::Working } else { DayCount::Calendar };
        SchoolCalendar { overflow, ..calendar }
    }
}

proptest! {
    #[test]
    fn dates_never_fall_along_the_order_and_keep_the_rules(
        procedure in any_procedure(),
        calendar in any_calendar(),
    ) {
        let (russia, period) = (Production::russia(), "2025-26/q1".parse().unwrap());
        let work = calendar.work_days(&russia);
        let plan = match Plan::resolve(&procedure, &calendar, &russia, period) {
            Ok(plan) => plan,
            Err(error) => {
                prop_assert!(matches!(error, PlanError::TooFewDays { .. }), "{error}");
                prop_assert_eq!(calendar.overflow, Overflow::Refuse);
                return Ok(());
            }
        };
        let group = &plan.groups[0];
        prop_assert_eq!(group.steps.len(), procedure.steps.len());
        for pair in group.steps.windows(2) {
            prop_assert!(pair[0].to <= pair[1].from);
        }
        for (planned, step) in group.steps.iter().zip(&procedure.steps) {
            prop_assert!(planned.from <= planned.to && planned.day >= 1);
            prop_assert!(step.proof != Proof::Sealed || planned.from >= group.last_lesson_day);
            if calendar.day_count == DayCount::Working {
                prop_assert!(work.works(planned.from).unwrap() && work.works(planned.to).unwrap());
            }
        }
    }
}
