//! The form a noun takes after a number.

use super::{Case, Gender};

/// A noun as it stands after numbers: 1 лист, 2 листа, 5 листов.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noun {
    /// After 1, 21, 101 in the nominative: «лист».
    pub one: &'static str,
    /// After 2–4, 22–24: «листа»; it is also the genitive of one.
    pub few: &'static str,
    /// After 5–20, 25, 0: «листов»; it is also the genitive of all others.
    pub many: &'static str,
    /// Decides between один, одна and одно.
    pub gender: Gender,
}

macro_rules! nouns {
    ($($(#[$doc:meta])* $name:ident = $gender:ident $one:literal $few:literal $many:literal;)*) => {
        impl Noun {
            $($(#[$doc])* pub const $name: Noun = Noun {
                one: $one, few: $few, many: $many, gender: Gender::$gender,
            };)*
        }
    };
}

nouns! {
    /// A sheet of paper.
    SHEET = Masculine "лист" "листа" "листов";
    /// A page of a subject, or a side of a sheet.
    PAGE = Feminine "страница" "страницы" "страниц";
    /// A file of an archive («дело»).
    FILE = Neuter "дело" "дела" "дел";
    /// A numbered copy.
    COPY = Masculine "экземпляр" "экземпляра" "экземпляров";
    /// A record («единица хранения» is three words; a journal is what people count).
    JOURNAL = Masculine "журнал" "журнала" "журналов";
    /// A record, where it is counted as such.
    RECORD = Feminine "единица хранения" "единицы хранения" "единиц хранения";
    /// A removable medium.
    MEDIUM = Masculine "носитель" "носителя" "носителей";
    /// A document.
    DOCUMENT = Masculine "документ" "документа" "документов";
    /// A pupil.
    PUPIL = Masculine "ученик" "ученика" "учеников";
    /// A student of a college.
    STUDENT = Masculine "студент" "студента" "студентов";
    /// A lesson.
    LESSON = Masculine "урок" "урока" "уроков";
    /// A day.
    DAY = Masculine "день" "дня" "дней";
    /// A year.
    YEAR = Masculine "год" "года" "лет";
    /// A final or current mark.
    MARK = Feminine "отметка" "отметки" "отметок";
    /// Thousands, inside numbers.
    THOUSAND = Feminine "тысяча" "тысячи" "тысяч";
}

impl Noun {
    /// The form after `n`. After 11–14 of any hundred stands the same as after 5.
    pub fn after(&self, n: u32, case: Case) -> &'static str {
        let (ones, teens) = (n % 10, (11..=14).contains(&(n % 100)));
        match (case, ones) {
            (_, _) if teens => self.many,
            (Case::Nominative, 1) => self.one,
            (Case::Nominative, 2..=4) | (Case::Genitive, 1) => self.few,
            _ => self.many,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_a_number_stands_the_form_the_number_asks_for() {
        for (n, nominative, genitive) in [
            (0, "листов", "листов"),
            (1, "лист", "листа"),
            (2, "листа", "листов"),
            (4, "листа", "листов"),
            (5, "листов", "листов"),
            (11, "листов", "листов"),
            (12, "листов", "листов"),
            (14, "листов", "листов"),
            (21, "лист", "листа"),
            (22, "листа", "листов"),
            (111, "листов", "листов"),
            (121, "лист", "листа"),
            (1_001, "лист", "листа"),
            (999_912, "листов", "листов"),
        ] {
            assert_eq!(Noun::SHEET.after(n, Case::Nominative), nominative, "{n}");
            assert_eq!(Noun::SHEET.after(n, Case::Genitive), genitive, "{n}");
        }
        assert_eq!(Noun::YEAR.after(25, Case::Nominative), "лет");
        assert_eq!(Noun::YEAR.after(22, Case::Nominative), "года");
    }
}
