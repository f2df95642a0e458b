//! Invented people: names in the right gender, from lists.

use super::dice::Dice;
use std::sync::LazyLock;

/// Which form a name takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sex {
    /// «Агатов», «Ильич».
    Male,
    /// «Агатова», «Ильинична».
    Female,
}

/// A full name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FullName {
    pub(super) surname: String,
    pub(super) name: String,
    pub(super) patronymic: Option<String>,
}

/// A word with its two forms.
struct Forms {
    male: &'static str,
    female: &'static str,
}

impl Forms {
    fn of(&self, sex: Sex) -> &'static str {
        match sex {
            Sex::Male => self.male,
            Sex::Female => self.female,
        }
    }
}

static SURNAMES: LazyLock<Vec<Forms>> = LazyLock::new(|| forms(include_str!("data/surnames.txt")));
static PATRONYMICS: LazyLock<Vec<Forms>> =
    LazyLock::new(|| forms(include_str!("data/patronymics.txt")));
static BOYS: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("data/boys.txt").lines().collect());
static GIRLS: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("data/girls.txt").lines().collect());
static GUESTS: LazyLock<Vec<(Sex, FullName)>> =
    LazyLock::new(|| include_str!("data/guests.txt").lines().filter_map(guest).collect());

fn forms(text: &'static str) -> Vec<Forms> {
    let pairs = text.lines().filter_map(|line| line.split_once(' '));
    pairs.map(|(male, female)| Forms { male, female }).collect()
}

/// A line of `guests.txt`; `None` for its heading.
fn guest(line: &str) -> Option<(Sex, FullName)> {
    if line.starts_with('#') {
        return None;
    }
    let fields: Vec<&str> = line.split("; ").collect();
    let &[surname, name, patronymic, sex] = fields.as_slice() else { return None };
    let sex = if sex == "m" { Sex::Male } else { Sex::Female };
    let patronymic = (patronymic != "-").then(|| patronymic.to_owned());
    Some((sex, FullName { surname: surname.to_owned(), name: name.to_owned(), patronymic }))
}

/// A pupil's name: mostly of the usual kind, now and then a double surname, no patronymic, or a name
/// that follows other customs.
pub(super) fn pupil(dice: &mut Dice) -> (Sex, FullName) {
    if dice.per_mille(25) {
        return dice.pick(&GUESTS).clone();
    }
    let sex = if dice.per_mille(500) { Sex::Male } else { Sex::Female };
    let mut name = adult(dice, sex);
    if dice.per_mille(15) {
        let second = dice.pick(&SURNAMES).of(sex);
        if name.surname != second {
            name.surname = format!("{}-{second}", name.surname);
        }
    }
    if dice.per_mille(12) {
        name.patronymic = None;
    }
    (sex, name)
}

/// A teacher's name: surname, name and patronymic.
pub(super) fn adult(dice: &mut Dice, sex: Sex) -> FullName {
    let name = match sex {
        Sex::Male => dice.pick(&BOYS),
        Sex::Female => dice.pick(&GIRLS),
    };
    FullName {
        surname: dice.pick(&SURNAMES).of(sex).to_owned(),
        name: (*name).to_owned(),
        patronymic: Some(dice.pick(&PATRONYMICS).of(sex).to_owned()),
    }
}

/// Orders names as class lists do: «ё» counts as «е».
pub(super) fn list_order(name: &FullName) -> String {
    let patronymic = name.patronymic.as_deref().unwrap_or_default();
    let folded = format!("{}\t{}\t{patronymic}", name.surname, name.name).to_lowercase();
    folded.replace('ё', "е")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn many() -> Vec<(Sex, FullName)> {
        let mut dice = Dice::new(3, "names");
        (0..3000).map(|_| pupil(&mut dice)).collect()
    }

    #[test]
    fn names_stand_in_the_right_gender() {
        for (sex, name) in many() {
            if let Some(patronymic) = &name.patronymic {
                let male = ["ич", "оглы"].iter().any(|end| patronymic.ends_with(end));
                assert_eq!(male, sex == Sex::Male, "{name:?}");
            }
            for surname in name.surname.split('-') {
                let ends = |ends: &[&str]| ends.iter().any(|end| surname.ends_with(end));
                let of = match sex {
                    Sex::Male => !ends(&["ова", "ева", "ёва", "ина", "ына", "ская", "ная", "вая"]),
                    Sex::Female => {
                        !ends(&["ов", "ев", "ёв", "ин", "ын", "кий", "ной", "вой", "ный"])
                    }
                };
                assert!(of, "{name:?}");
            }
        }
    }

    #[test]
    fn double_surnames_missing_patronymics_and_yo_occur() {
        let names = many();
        let count = |what: fn(&FullName) -> bool| names.iter().filter(|(_, n)| what(n)).count();
        assert!((10..200).contains(&count(|n| n.surname.contains('-'))));
        assert!((10..200).contains(&count(|n| n.patronymic.is_none())));
        assert!(count(|n| n.surname.contains('ё')) > 100);
    }

    #[test]
    fn lists_are_read_whole() {
        assert!(SURNAMES.len() > 150 && BOYS.len() > 50 && GIRLS.len() > 50);
        assert_eq!(PATRONYMICS.len(), include_str!("data/patronymics.txt").lines().count());
        assert_eq!(GUESTS.len(), include_str!("data/guests.txt").lines().count() - 1);
    }

    #[test]
    fn yo_sorts_with_ye() {
        let name = |surname: &str| FullName {
            surname: surname.to_owned(),
            name: "Вера".to_owned(),
            patronymic: None,
        };
        assert!(list_order(&name("Дёмина")) < list_order(&name("Демьянова")));
    }
}
