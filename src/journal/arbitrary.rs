//! Random journals for property tests: every field present and absent, always right, in canonical order.

use super::read::in_order;
use super::{
    Absence, Class, ClassKind, Decision, Entry, Final, FinalKind, Format, Journal, Lesson, Mark,
    Movement, MovementKind, Page, Period, PeriodKind, Person, PersonId, Pupil, PupilId, School,
    SchoolYear, Source,
};
use chrono::{DateTime, Days, NaiveDate};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Any journal the reader accepts: up to 6 pupils, 3 pages and 8 lessons a page.
pub(crate) fn journal() -> impl Strategy<Value = Journal> {
    (vec(person_names(), 0..4), vec(pupil_fields(), 0..6)).prop_flat_map(|(people, pupils)| {
        let people = people.into_iter().enumerate().map(person).collect::<Vec<_>>();
        let pupils = pupils.into_iter().enumerate().map(pupil).collect::<Vec<_>>();
        let ids: Vec<PupilId> = pupils.iter().map(|p| p.id.clone()).collect();
        let teachers: Vec<PersonId> = people.iter().map(|p| p.id.clone()).collect();
        let heading = heading(teachers.clone());
        let lists = (
            of_pupils(&ids, movement_fields()).prop_map(movements),
            of_pupils(&ids, decision_fields()).prop_map(decisions),
        );
        (heading, lists, pages(ids, teachers)).prop_map(
            move |((class, period, school, school_year, source), lists, pages)| {
                in_order(Journal {
                    class,
                    decisions: lists.1,
                    format: Format::V1,
                    movements: lists.0,
                    pages,
                    people: people.clone(),
                    period,
                    pupils: pupils.clone(),
                    school,
                    school_year,
                    source,
                })
            },
        )
    })
}

/// One line that says something: Russian, quotes, backslashes, rare planes, no-break spaces.
pub(crate) fn line() -> impl Strategy<Value = String> {
    "[А-ЯЁа-яёA-Za-z0-9«»\"\\\\/№,.\u{a0}\u{2028}😀€ -]{0,12}[А-Яа-я0-9]"
}

/// Several lines.
fn lines() -> impl Strategy<Value = String> {
    "[А-Яа-яё0-9\"\\\\\n\t §]{1,20}"
}

fn date() -> impl Strategy<Value = NaiveDate> {
    (0u64..300).prop_map(|days| first_day() + Days::new(days))
}

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 9, 1).unwrap()
}

fn one_of_these<T: Clone + std::fmt::Debug + 'static>(
    ids: Vec<T>,
) -> impl Strategy<Value = Option<T>> {
    any::<prop::sample::Index>().prop_map(move |at| ids.get(at.index(ids.len() + 1)).cloned())
}

type Heading = (Class, Period, School, SchoolYear, Source);

fn heading(teachers: Vec<PersonId>) -> impl Strategy<Value = Heading> {
    let name = || "[А-Яа-я][А-Яа-я0-9 -]{0,10}";
    let kind = prop_oneof![
        (1u8..=11, option::of("[А-Я]"))
            .prop_map(|(grade, letter)| ClassKind::School { grade, letter }),
        name().prop_map(|name| ClassKind::Group { name }),
        (name(), option::of(1u8..=11))
            .prop_map(|(name, grade)| ClassKind::Activity { name, grade }),
    ];
    let class = (kind, one_of_these(teachers)).prop_map(|(kind, teacher)| Class { kind, teacher });
    let school = (line(), line()).prop_map(|(id, name)| School { id, name });
    let year = (1900..2200).prop_map(|first| SchoolYear::beginning(first).unwrap());
    (class, period(), school, year, source())
}

fn period() -> impl Strategy<Value = Period> {
    let kinds = prop_oneof![
        Just(PeriodKind::Quarter),
        Just(PeriodKind::Trimester),
        Just(PeriodKind::HalfYear),
        Just(PeriodKind::Module),
        Just(PeriodKind::Semester),
        Just(PeriodKind::Year),
    ];
    (kinds, any::<u32>(), date(), 0u64..90).prop_map(|(kind, n, from, days)| Period {
        from,
        kind,
        number: kind.most().map(|most| n % most + 1),
        to: from + Days::new(days),
    })
}

fn source() -> impl Strategy<Value = Source> {
    (0i64..4_000_000_000, -12i32..=14, 0u32..3, line(), line()).prop_map(
        |(seconds, hours, part, file, system)| {
            let nanos = [0, 250_000_000, 123_456_789][part as usize];
            let zone = chrono::FixedOffset::east_opt(hours * 3600).unwrap();
            let moment = DateTime::from_timestamp(seconds, nanos).unwrap();
            Source { exported: moment.with_timezone(&zone), file, system }
        },
    )
}

type Names = (Option<String>, Option<String>, Option<String>);

fn person_names() -> impl Strategy<Value = Names> {
    (option::of(line()), option::of(line()), option::of(line()))
}

fn person((n, (surname, name, patronymic)): (usize, Names)) -> Person {
    Person { id: format!("t{n}").parse().unwrap(), name, patronymic, surname }
}

type PupilFields = (String, String, Option<String>, Option<NaiveDate>, Option<String>, Option<u32>);

fn pupil_fields() -> impl Strategy<Value = PupilFields> {
    let number = option::of(1u32..40);
    (line(), line(), option::of(line()), option::of(date()), option::of(line()), number)
}

fn pupil((n, fields): (usize, PupilFields)) -> Pupil {
    let (surname, name, patronymic, born, file_number, number) = fields;
    let id = format!("с{n}").parse().unwrap();
    Pupil { born, file_number, id, name, number, patronymic, surname }
}

/// Something about some of the pupils.
fn of_pupils<S: Strategy>(
    ids: &[PupilId],
    what: S,
) -> impl Strategy<Value = BTreeMap<PupilId, S::Value>> + use<S>
where
    S::Value: Clone,
{
    let ids = ids.to_vec();
    let most = ids.len();
    btree_map(0..most.max(1), what, 0..=most).prop_map(move |chosen| {
        chosen.into_iter().filter_map(|(n, value)| Some((ids.get(n)?.clone(), value))).collect()
    })
}

type MovementFields = (MovementKind, NaiveDate, Option<String>);

fn movement_fields() -> impl Strategy<Value = MovementFields> {
    let kind = prop_oneof![Just(MovementKind::Arrived), Just(MovementKind::Left)];
    (kind, date(), option::of(line()))
}

fn movements(of: BTreeMap<PupilId, MovementFields>) -> Vec<Movement> {
    let each = of.into_iter();
    each.map(|(pupil, (kind, date, order))| Movement { date, kind, order, pupil }).collect()
}

type DecisionFields = (String, Option<NaiveDate>, Option<String>);

fn decision_fields() -> impl Strategy<Value = DecisionFields> {
    (line(), option::of(date()), option::of(line()))
}

fn decisions(of: BTreeMap<PupilId, DecisionFields>) -> Vec<Decision> {
    let each = of.into_iter();
    each.map(|(pupil, (text, date, protocol))| Decision { date, protocol, pupil, text }).collect()
}

fn pages(pupils: Vec<PupilId>, teachers: Vec<PersonId>) -> impl Strategy<Value = Vec<Page>> {
    let names = btree_set((line(), option::of(line())), 0..3);
    names.prop_flat_map(move |names| {
        let each = names.into_iter().enumerate();
        each.map(|(n, name)| page(n, name, pupils.clone(), teachers.clone())).collect::<Vec<_>>()
    })
}

fn page(
    n: usize,
    (subject, group): (String, Option<String>),
    pupils: Vec<PupilId>,
    teachers: Vec<PersonId>,
) -> impl Strategy<Value = Page> {
    let own_list = option::of(prop::sample::subsequence(pupils.clone(), 0..=pupils.len()));
    own_list.prop_flat_map(move |own| {
        let on_page = own.clone().unwrap_or_else(|| pupils.clone());
        let (subject, group) = (subject.clone(), group.clone());
        let fields = (one_of_these(teachers.clone()), option::of(0u32..200));
        (fields, lessons(n, teachers.clone()), finals(&on_page)).prop_flat_map(
            move |((teacher, planned_hours), lessons, finals)| {
                let page = Page {
                    entries: Vec::new(),
                    finals,
                    group: group.clone(),
                    lessons,
                    planned_hours,
                    pupils: own.clone(),
                    subject: subject.clone(),
                    teacher,
                };
                entries(&page, &on_page).prop_map(move |entries| Page { entries, ..page.clone() })
            },
        )
    })
}

fn lessons(page: usize, teachers: Vec<PersonId>) -> impl Strategy<Value = Vec<Lesson>> {
    let texts = (option::of(lines()), option::of(lines()));
    vec((date(), 0u32..9, texts, one_of_these(teachers)), 0..8).prop_map(move |lessons| {
        let each = lessons.into_iter().enumerate();
        each.map(|(n, (date, number, (topic, homework), substitute))| {
            let id = format!("l{page}.{n}").parse().unwrap();
            Lesson { date, homework, id, number, substitute, topic }
        })
        .collect()
    })
}

fn entries(page: &Page, pupils: &[PupilId]) -> impl Strategy<Value = Vec<Entry>> + use<> {
    let lessons = page.lessons.iter();
    let cells: Vec<_> =
        lessons.flat_map(|l| pupils.iter().map(move |p| (l.id.clone(), p.clone()))).collect();
    let most = cells.len();
    prop::sample::subsequence(cells, 0..=most).prop_flat_map(|cells| {
        let each = cells.into_iter();
        each.map(|(lesson, pupil)| {
            let texts = (option::of(absence()), option::of(lines()));
            (vec(mark(), 0..3), texts).prop_map(move |(marks, (absence, remark))| Entry {
                absence,
                lesson: lesson.clone(),
                marks,
                pupil: pupil.clone(),
                remark,
            })
        })
        .collect::<Vec<_>>()
    })
}

fn absence() -> impl Strategy<Value = Absence> {
    prop_oneof!["Н|НП|У|Б|О|н|H", line()].prop_map(Absence)
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof!["[1-5][+-]?|зач|н/а|осв\\.|\\.", line()]
}

fn mark() -> impl Strategy<Value = Mark> {
    (value(), option::of(line()), option::of("[1-9]|0,5")).prop_map(|(value, work, weight)| Mark {
        value,
        weight,
        work,
    })
}

fn finals(pupils: &[PupilId]) -> impl Strategy<Value = Vec<Final>> + use<> {
    let kinds = [FinalKind::Period, FinalKind::Year, FinalKind::Exam, FinalKind::Final];
    let cells: Vec<_> =
        pupils.iter().flat_map(|p| kinds.map(move |kind| (p.clone(), kind))).collect();
    let most = cells.len();
    prop::sample::subsequence(cells, 0..=most).prop_flat_map(|cells| {
        let each = cells.into_iter();
        each.map(|(pupil, kind)| {
            (value(), option::of(date()), option::of(line())).prop_map(
                move |(value, set, school)| Final {
                    kind,
                    pupil: pupil.clone(),
                    school,
                    set,
                    value,
                },
            )
        })
        .collect::<Vec<_>>()
    })
}
