//! Reporting periods of a class, and which of them a day belongs to.

use super::ids::Id;
use super::shapes;
use crate::journal::{Period, PeriodId, PeriodKind, SchoolYear};
use chrono::{Datelike, Days, NaiveDate};

/// A reporting period as the journal will carry it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    pub id: Id,
    /// Kind and number as works name them (`Quarter`, 0).
    pub named: (String, u32),
    pub year: SchoolYear,
    pub period: Period,
}

/// The periods of one class.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Terms {
    /// In the order of time, without gaps in meaning and without overlap: lessons belong to these.
    pub terms: Vec<Term>,
    /// Periods that are the whole year, where the class has shorter ones too.
    pub whole_years: Vec<Id>,
}

impl Terms {
    /// Works out kinds, numbers and last days.
    ///
    /// Numbers count from 1; where the source counts from 0 (a period is numbered 0, or each name says one
    /// more than its number, «2 четверть» numbered 1) one is added.
    ///
    /// Whether the source's last day belongs to the period is not documented. It does here, for a lesson on
    /// that day must not fall out of the journal; unless some period of the class begins on the day another
    /// one ends, which shows that last days are exclusive: then every period ends the day before.
    ///
    /// # Errors
    /// A sentence: kind unknown, number that can't be, or two periods of a class that overlap.
    pub fn of(periods: &[shapes::Period], college: bool) -> Result<Terms, String> {
        let mut sorted: Vec<&shapes::Period> = periods.iter().collect();
        sorted.sort_by_key(|p| (p.start, p.finish));
        let kinds = sorted.iter().map(|p| kind_of(p, college)).collect::<Result<Vec<_>, _>>()?;
        let only_years = kinds.iter().all(|kind| *kind == PeriodKind::Year);
        let is_term = |kind: PeriodKind| only_years || kind != PeriodKind::Year;
        let each = || sorted.iter().copied().zip(kinds.iter().copied());
        let held: Vec<_> = each().filter(|(_, kind)| is_term(*kind)).collect();
        let exclusive = held.iter().any(|(p, _)| {
            held.iter().any(|(next, _)| next.id != p.id && next.start == p.finish.date())
        });
        let first = if counts_from_zero(&held) { 1 } else { 0 };
        let terms = held
            .iter()
            .map(|(p, kind)| term(p, *kind, first, exclusive))
            .collect::<Result<Vec<Term>, String>>()?;
        if let Some(pair) = terms.windows(2).find(|pair| pair[0].period.to >= pair[1].period.from) {
            let (one, other) = (&pair[0], &pair[1]);
            return Err(format!("its reporting periods {} and {} overlap", one.id, other.id));
        }
        let years = each().filter(|(_, kind)| !is_term(*kind)).map(|(p, _)| p.id);
        Ok(Terms { terms, whole_years: years.collect() })
    }

    /// The period a day belongs to: the last one that has begun, so that lessons held in the holidays stay
    /// in the journal (the checks remark them); days before the first belong to the first.
    pub fn of_day(&self, day: NaiveDate) -> usize {
        self.terms.partition_point(|term| term.period.from <= day).saturating_sub(1)
    }

    /// The period with this id.
    pub fn with_id(&self, id: Id) -> Option<usize> {
        self.terms.iter().position(|term| term.id == id)
    }

    /// The period that works name by this kind and number.
    pub fn named(&self, kind: &str, number: u32) -> Option<usize> {
        let is_it = |t: &Term| t.named.1 == number && t.named.0.eq_ignore_ascii_case(kind);
        self.terms.iter().position(is_it)
    }
}

fn term(
    raw: &shapes::Period,
    kind: PeriodKind,
    first: u32,
    exclusive: bool,
) -> Result<Term, String> {
    let finish = raw.finish.date();
    let day_before = finish - Days::new(1);
    let to = if exclusive && day_before >= raw.start { day_before } else { finish };
    let begins = if raw.start.month() >= 7 { raw.start.year() } else { raw.start.year() - 1 };
    let year = SchoolYear::beginning(begins).map_err(|error| error.to_string())?;
    let number = (kind != PeriodKind::Year).then(|| raw.number.saturating_add(first));
    PeriodId::new(year, kind, number)
        .map_err(|error| format!("its reporting period {}: {error}", raw.id))?;
    let period = Period { from: raw.start, kind, number, to };
    Ok(Term { id: raw.id, named: (raw.kind.clone(), raw.number), year, period })
}

fn counts_from_zero(held: &[(&shapes::Period, PeriodKind)]) -> bool {
    let by_name = |p: &shapes::Period| {
        let digits: String = p.name.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().ok()
    };
    let one_more = |p: &shapes::Period| by_name(p).is_some_and(|n| n == p.number.saturating_add(1));
    held.iter().any(|(p, _)| p.number == 0) || held.iter().all(|(p, _)| one_more(p))
}

/// The kind by the source's word. `Semester` is the half-year of a school and the semester of a college.
fn kind_of(period: &shapes::Period, college: bool) -> Result<PeriodKind, String> {
    let word = period.kind.to_ascii_lowercase().replace(['-', '_'], "");
    match word.as_str() {
        "quarter" => Ok(PeriodKind::Quarter),
        "trimester" => Ok(PeriodKind::Trimester),
        "semester" | "halfyear" if !college => Ok(PeriodKind::HalfYear),
        "semester" => Ok(PeriodKind::Semester),
        "halfyear" => Ok(PeriodKind::HalfYear),
        "module" => Ok(PeriodKind::Module),
        "year" => Ok(PeriodKind::Year),
        _ => Err(format!("its reporting period {} is of a kind nobody knows yet", period.id)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(
        id: &str,
        kind: &str,
        number: u32,
        start: &str,
        finish: &str,
        name: &str,
    ) -> shapes::Period {
        shapes::Period {
            id: id.parse().unwrap(),
            start: start.parse().unwrap(),
            finish: format!("{finish}T00:00:00").parse().unwrap(),
            number,
            kind: kind.to_owned(),
            name: name.to_owned(),
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn numbers_that_count_from_zero_get_one_more() {
        let q1 = raw("1", "Quarter", 0, "2024-09-02", "2024-10-26", "1 четверть");
        let q2 = raw("2", "Quarter", 1, "2024-11-05", "2024-12-28", "2 четверть");
        let both = Terms::of(&[q2.clone(), q1], false).unwrap();
        let numbers: Vec<_> = both.terms.iter().map(|t| t.period.number).collect();
        assert_eq!(numbers, [Some(1), Some(2)]);
        let alone = Terms::of(&[q2], false).unwrap();
        assert_eq!(alone.terms[0].period.number, Some(2), "its name says so");
        let from_one = raw("2", "Quarter", 2, "2024-11-05", "2024-12-28", "2 четверть");
        assert_eq!(Terms::of(&[from_one], false).unwrap().terms[0].period.number, Some(2));
    }

    #[test]
    fn the_last_day_belongs_to_the_period() {
        let q1 = raw("1", "Quarter", 1, "2024-09-02", "2024-10-26", "");
        let terms = Terms::of(&[q1], false).unwrap();
        assert_eq!(terms.terms[0].period.to, day("2024-10-26"));
        assert_eq!(terms.of_day(day("2024-10-26")), 0);
    }

    #[test]
    fn last_days_are_exclusive_when_a_period_begins_on_one() {
        let q1 = raw("1", "Quarter", 1, "2024-09-02", "2024-11-05", "");
        let q2 = raw("2", "Quarter", 2, "2024-11-05", "2024-12-28", "");
        let terms = Terms::of(&[q1, q2], false).unwrap();
        let ends: Vec<_> = terms.terms.iter().map(|t| t.period.to).collect();
        assert_eq!(ends, [day("2024-11-04"), day("2024-12-27")]);
        assert_eq!(terms.of_day(day("2024-11-05")), 1);
        assert_eq!(terms.of_day(day("2024-12-28")), 1);
    }

    #[test]
    fn lessons_in_the_holidays_belong_to_the_period_before() {
        let q1 = raw("1", "Quarter", 1, "2024-09-02", "2024-10-26", "");
        let q2 = raw("2", "Quarter", 2, "2024-11-05", "2024-12-28", "");
        let terms = Terms::of(&[q1, q2], false).unwrap();
        for (date, term) in
            [("2024-08-30", 0), ("2024-10-30", 0), ("2024-11-05", 1), ("2025-01-09", 1)]
        {
            assert_eq!(terms.of_day(day(date)), term, "{date}");
        }
    }

    #[test]
    fn the_year_holds_lessons_only_where_nothing_shorter_does() {
        let year = raw("9", "Year", 0, "2024-09-02", "2025-05-26", "Год");
        let half = raw("1", "Semester", 0, "2024-09-02", "2024-12-28", "1 полугодие");
        let terms = Terms::of(&[year.clone(), half.clone()], false).unwrap();
        assert_eq!(terms.terms.len(), 1);
        assert_eq!(terms.terms[0].period.kind, PeriodKind::HalfYear);
        assert_eq!(terms.whole_years, [year.id]);
        assert_eq!(Terms::of(&[half], true).unwrap().terms[0].period.kind, PeriodKind::Semester);
        let college = Terms::of(&[year], true).unwrap();
        assert_eq!(
            (college.terms[0].period.kind, college.terms[0].period.number),
            (PeriodKind::Year, None)
        );
    }

    #[test]
    fn school_years_begin_in_july_at_the_earliest() {
        let q3 = raw("3", "Quarter", 3, "2025-01-09", "2025-03-22", "3 четверть");
        assert_eq!(Terms::of(&[q3], false).unwrap().terms[0].year.to_string(), "2024-25");
    }

    #[test]
    fn overlapping_or_unknown_periods_are_refused() {
        let q1 = raw("1", "Quarter", 1, "2024-09-02", "2024-10-26", "");
        let half = raw("2", "HalfYear", 1, "2024-09-02", "2024-12-28", "");
        assert!(Terms::of(&[q1, half], false).unwrap_err().contains("1 and 2 overlap"));
        let odd = raw("3", "Fortnight", 1, "2024-09-02", "2024-09-15", "");
        assert!(Terms::of(&[odd], false).unwrap_err().contains("a kind nobody knows"));
        let fifth = raw("5", "Quarter", 5, "2024-09-02", "2024-09-15", "");
        assert!(Terms::of(&[fifth], false).unwrap_err().contains("does not exist"));
    }
}
