//! What the text in a cell means. The text itself is kept as it was written.

use serde::{Deserialize, Serialize};

/// An absence or lateness as the source wrote it.
///
/// `Н` says only that the pupil was absent; that it was «без уважительной причины» is for a school's
/// regulation to say (R5 5.2.2; other schools use Н for any absence).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Absence(pub String);

/// The absences Letopis knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AbsenceCode {
    /// Н: absent, reason not stated.
    Absent,
    /// НП: absent without excuse.
    Unexcused,
    /// У: excused.
    Excused,
    /// Б: ill.
    Ill,
    /// О: late.
    Late,
}

impl Absence {
    /// What it means; `None` for a token Letopis does not know. «H» and «O» in Latin letters and
    /// small letters are understood.
    pub fn code(&self) -> Option<AbsenceCode> {
        match folded(&self.0).as_str() {
            "Н" => Some(AbsenceCode::Absent),
            "НП" => Some(AbsenceCode::Unexcused),
            "У" | "УП" => Some(AbsenceCode::Excused),
            "Б" => Some(AbsenceCode::Ill),
            "О" | "ОП" => Some(AbsenceCode::Late),
            _ => None,
        }
    }
}

/// What a mark's text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkValue {
    /// 1–5, whether or not «+» or «-» follows.
    Grade(u8),
    /// «зач», «зачёт».
    Credit,
    /// «незач», «незачёт».
    NoCredit,
    /// «н/а»: not attested.
    NotAttested,
    /// «осв.»: exempt.
    Exempt,
    /// «.»: a debt, to be made good.
    Debt,
    /// Anything else; kept and reported.
    Unknown,
}

impl MarkValue {
    /// Reads a mark's text.
    pub fn read(text: &str) -> MarkValue {
        let folded = folded(text);
        match folded.trim_end_matches('.') {
            "" if folded.is_empty() => MarkValue::Unknown,
            "" | "•" | "·" => MarkValue::Debt,
            "ЗАЧ" | "ЗАЧЕТ" | "ЗЧ" => MarkValue::Credit,
            "НЕЗАЧ" | "НЕЗАЧЕТ" | "НЕЗЧ" | "НЗ" => MarkValue::NoCredit,
            "Н/А" | "НА" => MarkValue::NotAttested,
            "ОСВ" | "ОСВОБОЖДЕН" | "ОСВОБОЖДЕНА" => MarkValue::Exempt,
            grade => match grade.trim_end_matches(['+', '-', '−', '–']) {
                "1" => MarkValue::Grade(1),
                "2" => MarkValue::Grade(2),
                "3" => MarkValue::Grade(3),
                "4" => MarkValue::Grade(4),
                "5" => MarkValue::Grade(5),
                _ => MarkValue::Unknown,
            },
        }
    }
}

/// Capitals, Latin look-alikes as Cyrillic, «Ё» as «Е», no white space: for matching only.
fn folded(text: &str) -> String {
    let visible = text.chars().filter(|c| !c.is_whitespace());
    visible
        .flat_map(char::to_uppercase)
        .map(|c| match c {
            'H' => 'Н',
            'O' => 'О',
            'A' => 'А',
            'B' => 'В',
            'C' => 'С',
            'E' | 'Ё' => 'Е',
            'T' => 'Т',
            'Y' => 'У',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absences_are_understood_in_latin_and_small_letters() {
        for (text, code) in [
            ("Н", Some(AbsenceCode::Absent)),
            ("H", Some(AbsenceCode::Absent)),
            ("нп", Some(AbsenceCode::Unexcused)),
            ("O", Some(AbsenceCode::Late)),
            ("ОП", Some(AbsenceCode::Late)),
            ("Б", Some(AbsenceCode::Ill)),
            ("ОТ", None),
        ] {
            assert_eq!(Absence(text.to_owned()).code(), code, "{text}");
        }
    }

    #[test]
    fn marks_are_understood_as_schools_write_them() {
        for (text, value) in [
            ("5", MarkValue::Grade(5)),
            ("4-", MarkValue::Grade(4)),
            ("\u{a0}3+", MarkValue::Grade(3)),
            ("зач.", MarkValue::Credit),
            ("Зачёт", MarkValue::Credit),
            ("незач", MarkValue::NoCredit),
            ("н/а", MarkValue::NotAttested),
            ("H/A", MarkValue::NotAttested),
            ("осв.", MarkValue::Exempt),
            (".", MarkValue::Debt),
            ("55", MarkValue::Unknown),
            ("", MarkValue::Unknown),
        ] {
            assert_eq!(MarkValue::read(text), value, "{text}");
        }
    }
}
