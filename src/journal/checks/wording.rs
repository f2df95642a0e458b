//! Russian for remarks: plurals, dates, lists, and the words a school and a college use.

use crate::journal::{ClassKind, Lesson, Period, PeriodKind};
use chrono::NaiveDate;

/// Forms of a noun after 1, after 2–4, and after 5 and more: «урок, урока, уроков».
pub(super) type Forms = [&'static str; 3];

/// The form that follows a number: 1, 21 → first; 2–4, 22–24 → second; 5–20, 0 → third.
pub(super) fn form(count: usize, [one, few, many]: Forms) -> &'static str {
    match (count % 10, count % 100) {
        (_, 11..=14) => many,
        (1, _) => one,
        (2..=4, _) => few,
        _ => many,
    }
}

/// «3 урока».
pub(super) fn count(count: usize, forms: Forms) -> String {
    format!("{count} {}", form(count, forms))
}

/// «02.09.2025».
pub(super) fn date(date: NaiveDate) -> String {
    date.format("%d.%m.%Y").to_string()
}

/// How many members of a list are written out.
const SHOWN: usize = 5;

/// «А, Б и В»; a long list ends with «и ещё 7».
pub(super) fn list<T: AsRef<str>>(items: &[T]) -> String {
    // «и ещё 1» would be no shorter than the item itself.
    let shown = if items.len() <= SHOWN + 1 { items.len() } else { SHOWN };
    let (head, rest) = items.split_at(shown);
    let head: Vec<&str> = head.iter().map(AsRef::as_ref).collect();
    match (head.split_last(), rest.len()) {
        (None, _) => String::new(),
        (Some((last, [])), 0) => (*last).to_owned(),
        (Some((last, before)), 0) => format!("{} и {last}", before.join(", ")),
        (Some(_), more) => format!("{} и ещё {more}", head.join(", ")),
    }
}

/// «02.09.2025, 05.09.2025 и ещё 4»; a day with several of the lessons is named once.
pub(super) fn dates(lessons: &[&Lesson]) -> String {
    let mut days: Vec<NaiveDate> = lessons.iter().map(|l| l.date).collect();
    days.sort_unstable();
    days.dedup();
    list(&days.into_iter().map(date).collect::<Vec<_>>())
}

/// What follows «за»: «1 четверть», «год».
pub(super) fn period(period: &Period) -> String {
    let name = match period.kind {
        PeriodKind::Quarter => "четверть",
        PeriodKind::Trimester => "триместр",
        PeriodKind::HalfYear => "полугодие",
        PeriodKind::Module => "модуль",
        PeriodKind::Semester => "семестр",
        PeriodKind::Year => "год",
    };
    period.number.map_or_else(|| name.to_owned(), |number| format!("{number} {name}"))
}

/// What follows «закрывается»: «по четвертям и за год».
pub(super) fn closes_by(kinds: &[PeriodKind]) -> String {
    let phrase = |kind: &PeriodKind| match kind {
        PeriodKind::Quarter => "по четвертям",
        PeriodKind::Trimester => "по триместрам",
        PeriodKind::HalfYear => "по полугодиям",
        PeriodKind::Module => "по модулям",
        PeriodKind::Semester => "по семестрам",
        PeriodKind::Year => "за год",
    };
    list(&kinds.iter().map(phrase).collect::<Vec<_>>())
}

/// Words that differ between classes, college groups and clubs.
pub(super) struct Trade {
    /// Who leads the class.
    pub(super) head: &'static str,
    /// Who teaches.
    pub(super) teacher: &'static str,
    /// After «у», «из», «без»: «1 урока, 2 уроков».
    pub(super) of_lessons: Forms,
    /// After «на»: «1 уроке, 2 уроках».
    pub(super) at_lessons: Forms,
}

const CLUB: Trade = Trade {
    head: "руководитель",
    teacher: "педагог",
    of_lessons: ["занятия", "занятий", "занятий"],
    at_lessons: ["занятии", "занятиях", "занятиях"],
};

/// The words of this kind of class.
pub(super) fn trade(kind: &ClassKind) -> Trade {
    match kind {
        ClassKind::School { .. } => Trade {
            head: "классный руководитель",
            teacher: "учитель",
            of_lessons: ["урока", "уроков", "уроков"],
            at_lessons: ["уроке", "уроках", "уроках"],
        },
        ClassKind::Group { .. } => {
            Trade {
                head: "куратор группы", teacher: "преподаватель", ..CLUB
            }
        }
        ClassKind::Activity { .. } => CLUB,
    }
}

/// «отметка, отметки, отметок».
pub(super) const MARKS: Forms = ["отметка", "отметки", "отметок"];
/// After «не менее», «из».
pub(super) const OF_MARKS: Forms = ["отметки", "отметок", "отметок"];
/// After «у», «для».
pub(super) const OF_PUPILS: Forms = ["обучающегося", "обучающихся", "обучающихся"];
/// «страница» after «на».
pub(super) const ON_PAGES: Forms = ["странице", "страницах", "страницах"];
/// «час» after «при».
pub(super) const AT_HOURS: Forms = ["часе", "часах", "часах"];
/// «раз, раза, раз».
pub(super) const TIMES: Forms = ["раз", "раза", "раз"];
/// «день, дня, дней».
pub(super) const DAYS: Forms = ["день", "дня", "дней"];
/// «запись, записи, записей».
pub(super) const ENTRIES: Forms = ["запись", "записи", "записей"];
/// After «у», «в»: «1 итоговой отметки, 2 итоговых отметок».
pub(super) const OF_FINALS: Forms = ["итоговой отметки", "итоговых отметок", "итоговых отметок"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_follow_russian_grammar() {
        let marks = |n| count(n, MARKS);
        for n in [1, 21, 101, 1001] {
            assert_eq!(marks(n), format!("{n} отметка"));
        }
        for n in [2, 3, 4, 22, 34, 102] {
            assert_eq!(marks(n), format!("{n} отметки"));
        }
        for n in [0, 5, 10, 11, 12, 14, 20, 25, 111, 112, 114] {
            assert_eq!(marks(n), format!("{n} отметок"));
        }
    }

    #[test]
    fn long_lists_are_cut_and_short_ones_are_not() {
        let items: Vec<String> = (1..=8).map(|n| n.to_string()).collect();
        assert_eq!(list(&items[..0]), "");
        assert_eq!(list(&items[..1]), "1");
        assert_eq!(list(&items[..3]), "1, 2 и 3");
        assert_eq!(list(&items[..6]), "1, 2, 3, 4, 5 и 6");
        assert_eq!(list(&items), "1, 2, 3, 4, 5 и ещё 3");
    }
}
