//! Names with initials.

use crate::journal::Person;

/// A surname with the initials of name and patronymic, as signatures (расшифровка) and lists want it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Initials {
    surname: String,
    initials: Vec<String>,
}

/// A name no signature can be spelled out with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// The source gave only an id.
    #[error("the person has no surname; give it in the staff roster")]
    NoSurname,
}

impl Initials {
    /// Surname, name, patronymic; the latter two may be missing. A part of two words or with a hyphen
    /// gives two initials («Анна-Мария» — «А.-М.»); words like «оглы» and «кызы», written small, give
    /// none. The surname stays whole, however many parts it has.
    ///
    /// # Errors
    /// Without a surname.
    pub fn new(
        surname: &str,
        name: Option<&str>,
        patronymic: Option<&str>,
    ) -> Result<Initials, NameError> {
        let surname = surname.split_whitespace().collect::<Vec<_>>().join(" ");
        if surname.is_empty() {
            return Err(NameError::NoSurname);
        }
        let words = [name, patronymic].into_iter().flatten().flat_map(str::split_whitespace);
        Ok(Initials { surname, initials: words.filter_map(initial).collect() })
    }

    /// Those of a person of a journal.
    ///
    /// # Errors
    /// When the source gave no surname.
    pub fn of(person: &Person) -> Result<Initials, NameError> {
        let surname = person.surname.as_deref().ok_or(NameError::NoSurname)?;
        Initials::new(surname, person.name.as_deref(), person.patronymic.as_deref())
    }

    /// «И. И. Орлова»: beside a signature.
    pub fn before(&self) -> String {
        let parts = self.initials.iter().chain([&self.surname]);
        parts.map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// «Орлова И. И.»: in lists.
    pub fn after(&self) -> String {
        let parts = [&self.surname].into_iter().chain(&self.initials);
        parts.map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// Words of a patronymic that are no names; abbreviated they would mean nothing.
const PARTICLES: [&str; 7] = ["оглы", "оглу", "кызы", "гызы", "ибн", "бин", "аль"];

/// «А.» of «Анна», «А.-М.» of «Анна-Мария», nothing of «оглы».
fn initial(word: &str) -> Option<String> {
    if PARTICLES.contains(&word) {
        return None;
    }
    let parts: Vec<String> = word.split('-').filter_map(first_letter).collect();
    (!parts.is_empty()).then(|| parts.join("-"))
}

/// The first letter with the marks that stand on it (Chuvash and others may come decomposed), and a dot.
fn first_letter(part: &str) -> Option<String> {
    let mut letters = part.chars().skip_while(|c| !c.is_alphanumeric());
    let mut text: String = letters.next()?.to_uppercase().collect();
    text.extend(letters.take_while(|c| ('\u{300}'..='\u{36f}').contains(c)));
    text.push('.');
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn initials_stand_before_or_after_the_surname() {
        for (name, before, after) in [
            (["Орлова", "Ирина", "Ивановна"], "И. И. Орлова", "Орлова И. И."),
            (["Орлова", "Ирина", ""], "И. Орлова", "Орлова И."),
            (["Орлова", "", ""], "Орлова", "Орлова"),
            (["Белова-Ким", "анна", "Ильинична"], "А. И. Белова-Ким", "Белова-Ким А. И."),
            (["де  Витт", "Анна-Мария", "Карловна"], "А.-М. К. де Витт", "де Витт А.-М. К."),
            (["Алиев", "Тимур", "Рашид оглы"], "Т. Р. Алиев", "Алиев Т. Р."),
            (["Сатулова", "Ирина Олеговна", ""], "И. О. Сатулова", "Сатулова И. О."),
            (["Петров", "А\u{306}кар", "«Ян»"], "А\u{306}. Я. Петров", "Петров А\u{306}. Я."),
        ] {
            let initials = Initials::new(name[0], Some(name[1]), Some(name[2])).unwrap();
            assert_eq!((initials.before().as_str(), initials.after().as_str()), (before, after));
        }
    }

    #[test]
    fn a_person_known_only_by_id_has_no_initials() {
        let id = "t1".parse().unwrap();
        let mut person =
            Person { id, name: Some("Ирина".into()), patronymic: None, surname: None };
        assert_eq!(Initials::of(&person), Err(NameError::NoSurname));
        person.surname = Some(" ".into());
        assert_eq!(Initials::of(&person), Err(NameError::NoSurname));
        person.surname = Some("Орлова".into());
        assert_eq!(Initials::of(&person).unwrap().before(), "И. Орлова");
    }

    proptest! {
        #[test]
        fn both_orders_hold_the_same_parts(
            surname in "[А-Я][а-я-]{0,8}[а-я]",
            name in "[А-Я][а-я]{0,5}(-[А-Я][а-я]{0,5})?",
            patronymic in proptest::option::of("[А-Я][а-я]{1,8}"),
        ) {
            let initials = Initials::new(&surname, Some(&name), patronymic.as_deref()).unwrap();
            let (before, after) = (initials.before(), initials.after());
            prop_assert!(before.ends_with(&surname) && after.starts_with(&surname));
            let rest = before.strip_suffix(&surname).unwrap().trim_end();
            prop_assert_eq!(after, format!("{surname} {rest}"));
            prop_assert_eq!(rest.split(' ').count(), 1 + usize::from(patronymic.is_some()));
        }
    }
}
