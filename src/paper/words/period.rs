//! School years and periods in words.

use super::Case;
use crate::journal::{PeriodId, PeriodKind, SchoolYear};

/// «2025/26 учебный год», «2025/26 учебного года».
pub fn school_year(year: SchoolYear, case: Case) -> String {
    let words = match case {
        Case::Nominative => "учебный год",
        Case::Genitive => "учебного года",
    };
    format!("{}/{:02} {words}", year.first(), year.last() % 100)
}

/// «1 четверть 2025/26 учебного года»; of the year itself «2025/26 учебный год». In the genitive
/// «1 четверти 2025/26 учебного года».
pub fn period(period: PeriodId, case: Case) -> String {
    match period.number {
        None => school_year(period.year, case),
        Some(_) => {
            let year = school_year(period.year, Case::Genitive);
            format!("{} {year}", period_alone(period, case))
        }
    }
}

/// «1 четверть», «год»: over a column, where the school year stands elsewhere.
pub fn period_alone(period: PeriodId, case: Case) -> String {
    let forms = match period.kind {
        PeriodKind::Quarter => ["четверть", "четверти"],
        PeriodKind::Trimester => ["триместр", "триместра"],
        PeriodKind::HalfYear => ["полугодие", "полугодия"],
        PeriodKind::Module => ["модуль", "модуля"],
        PeriodKind::Semester => ["семестр", "семестра"],
        PeriodKind::Year => ["год", "года"],
    };
    let word = match case {
        Case::Nominative => forms[0],
        Case::Genitive => forms[1],
    };
    match period.number {
        Some(n) => format!("{n} {word}"),
        None => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_period_has_its_words() {
        for (id, nominative, genitive) in [
            ("2025-26/q1", "1 четверть 2025/26 учебного года", "1 четверти 2025/26 учебного года"),
            (
                "2025-26/h2",
                "2 полугодие 2025/26 учебного года",
                "2 полугодия 2025/26 учебного года",
            ),
            ("2025-26/t3", "3 триместр 2025/26 учебного года", "3 триместра 2025/26 учебного года"),
            ("2025-26/s1", "1 семестр 2025/26 учебного года", "1 семестра 2025/26 учебного года"),
            ("2025-26/m6", "6 модуль 2025/26 учебного года", "6 модуля 2025/26 учебного года"),
            ("2025-26/year", "2025/26 учебный год", "2025/26 учебного года"),
        ] {
            let id: PeriodId = id.parse().unwrap();
            assert_eq!(period(id, Case::Nominative), nominative);
            assert_eq!(period(id, Case::Genitive), genitive);
        }
    }

    #[test]
    fn the_turn_of_the_century_has_two_digits() {
        let year = |first| SchoolYear::beginning(first).unwrap();
        assert_eq!(school_year(year(1999), Case::Nominative), "1999/00 учебный год");
        let whole: PeriodId = "2025-26/year".parse().unwrap();
        assert_eq!(period_alone(whole, Case::Genitive), "года");
    }
}
