//! Classes, college groups and activities, and how people write their names.

use super::PersonId;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Whose journal it is: a school class, a college group, a club or additional course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Class {
    /// Class, group or activity, with what names it.
    pub kind: ClassKind,
    /// Классный руководитель, куратор.
    pub teacher: Option<PersonId>,
}

/// What sort of class it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClassKind {
    /// «7А»: grade 1–11 and a letter; small schools have no letters.
    School {
        /// 1–11.
        grade: u8,
        /// «А»; `None` where the grade has a single class.
        letter: Option<String>,
    },
    /// A college group: «ТО-21».
    Group {
        /// The group's name.
        name: String,
    },
    /// A club or additional course.
    Activity {
        /// Its name.
        name: String,
        /// The grade it is for, if any.
        grade: Option<u8>,
    },
}

/// The five fields of INTERCHANGE as they are written.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    grade: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<WrittenKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    letter: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    teacher: Option<PersonId>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WrittenKind {
    Activity,
}

/// Why grade, letter and name do not make a class.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClassNameError {
    /// Grades are 1–11.
    #[error("grade {0} does not exist; grades are 1 to 11")]
    Grade(u8),
    /// A school class is named by grade and letter.
    #[error("a class has a grade and a letter, a college group has a name, an activity has a name")]
    Shape,
    /// Empty, too long, or with control characters.
    #[error("`{0}` is no class name; write it like 7А, 10Б or ТО-21")]
    Text(String),
}

impl ClassKind {
    /// A class from the fields a source gives.
    ///
    /// # Errors
    /// When they name neither class, group nor activity.
    pub fn from_fields(
        grade: Option<u8>,
        activity: bool,
        letter: Option<String>,
        name: Option<String>,
    ) -> Result<Self, ClassNameError> {
        if let Some(g) = grade.filter(|g| !(1..=11).contains(g)) {
            return Err(ClassNameError::Grade(g));
        }
        for text in [&letter, &name].into_iter().flatten() {
            ClassName::from_str(text)?;
        }
        match (activity, grade, letter, name) {
            (true, grade, None, Some(name)) => Ok(ClassKind::Activity { name, grade }),
            (false, Some(grade), letter, None) => Ok(ClassKind::School { grade, letter }),
            (false, None, None, Some(name)) => Ok(ClassKind::Group { name }),
            _ => Err(ClassNameError::Shape),
        }
    }
}

impl Class {
    /// The name people use: «7А», «ТО-21».
    pub fn name(&self) -> ClassName {
        match &self.kind {
            ClassKind::School { grade, letter } => {
                ClassName(format!("{grade}{}", letter.as_deref().unwrap_or("").to_uppercase()))
            }
            ClassKind::Group { name } | ClassKind::Activity { name, .. } => ClassName(name.clone()),
        }
    }

    /// The same class, its letter in Cyrillic if it only looks like that: «7A» typed with a Latin A is «7А».
    #[must_use]
    pub fn in_cyrillic(mut self) -> Class {
        if let ClassKind::School { letter: Some(letter), .. } = &mut self.kind {
            let look: String = letter.chars().map(look_alike).collect();
            if !look.chars().any(|c| c.is_ascii_alphabetic()) {
                *letter = look;
            }
        }
        self
    }

    /// 1–11 for school classes, and for activities that belong to a grade.
    pub fn grade(&self) -> Option<u8> {
        match self.kind {
            ClassKind::School { grade, .. } => Some(grade),
            ClassKind::Activity { grade, .. } => grade,
            ClassKind::Group { .. } => None,
        }
    }
}

impl TryFrom<Written> for Class {
    type Error = ClassNameError;

    fn try_from(w: Written) -> Result<Self, ClassNameError> {
        let kind = ClassKind::from_fields(w.grade, w.kind.is_some(), w.letter, w.name)?;
        Ok(Class { kind, teacher: w.teacher })
    }
}

impl From<Class> for Written {
    fn from(class: Class) -> Written {
        let teacher = class.teacher;
        let empty = Written { grade: None, kind: None, letter: None, name: None, teacher };
        match class.kind {
            ClassKind::School { grade, letter } => Written { grade: Some(grade), letter, ..empty },
            ClassKind::Group { name } => Written { name: Some(name), ..empty },
            ClassKind::Activity { name, grade } => {
                Written { grade, kind: Some(WrittenKind::Activity), name: Some(name), ..empty }
            }
        }
    }
}

/// A class's name as people write it. Two names are equal when they read the same: «7А» typed with a
/// Latin A, «7-а» and «7 «А»» are one class.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct ClassName(String);

impl ClassName {
    /// The name as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// ASCII part of a directory name: `7a`, `to-21`. Different classes may share it.
    pub fn slug(&self) -> String {
        let mut slug = String::new();
        for c in self.folded().chars().flat_map(char::to_lowercase) {
            match transliterate(c) {
                Some(text) => slug.push_str(text),
                None if c.is_ascii_alphanumeric() => slug.push(c),
                None if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
                None => {}
            }
        }
        slug.truncate(24);
        let slug = slug.trim_end_matches('-');
        if slug.is_empty() { "class".to_owned() } else { slug.to_owned() }
    }

    /// What two spellings of one name have in common: look-alikes Cyrillic, capitals, no quotes or
    /// spaces, no hyphen between grade and letter.
    fn folded(&self) -> String {
        let kept = self.0.chars().filter(|c| !c.is_whitespace() && !"«»\"'".contains(*c));
        let upper: Vec<char> = kept.flat_map(char::to_uppercase).map(look_alike).collect();
        let digits = upper.iter().take_while(|c| c.is_ascii_digit()).count();
        let hyphen = digits > 0
            && upper.get(digits) == Some(&'-')
            && upper[digits + 1..].iter().all(|c| c.is_alphabetic())
            && upper.len() == digits + 2;
        upper
            .iter()
            .enumerate()
            .filter(|(i, _)| !(hyphen && *i == digits))
            .map(|(_, c)| c)
            .collect()
    }
}

/// Latin capitals that look like Cyrillic ones.
fn look_alike(c: char) -> char {
    match c {
        'A' => 'А',
        'B' => 'В',
        'C' => 'С',
        'E' => 'Е',
        'H' => 'Н',
        'K' => 'К',
        'M' => 'М',
        'O' => 'О',
        'P' => 'Р',
        'T' => 'Т',
        'X' => 'Х',
        'Y' => 'У',
        other => other,
    }
}

fn transliterate(c: char) -> Option<&'static str> {
    Some(match c {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' | 'й' => "i",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ы' => "y",
        'ю' => "yu",
        'я' => "ya",
        _ => return None,
    })
}

impl PartialEq for ClassName {
    fn eq(&self, other: &Self) -> bool {
        self.folded() == other.folded()
    }
}

impl Eq for ClassName {}

impl std::hash::Hash for ClassName {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.folded().hash(state);
    }
}

impl Ord for ClassName {
    /// By grade first, so that 10А comes after 9Б.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |n: &ClassName| {
            let folded = n.folded();
            let digits = folded.bytes().take_while(u8::is_ascii_digit).count();
            let (number, rest) = folded.split_at(digits);
            (number.parse::<u64>().unwrap_or(u64::MAX), rest.to_owned())
        };
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for ClassName {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl FromStr for ClassName {
    type Err = ClassNameError;

    fn from_str(text: &str) -> Result<Self, ClassNameError> {
        let text = text.trim();
        let fits =
            !text.is_empty() && text.chars().count() <= 64 && !text.chars().any(char::is_control);
        if fits {
            Ok(ClassName(text.to_owned()))
        } else {
            Err(ClassNameError::Text(text.to_owned()))
        }
    }
}

impl TryFrom<String> for ClassName {
    type Error = ClassNameError;
    fn try_from(text: String) -> Result<Self, ClassNameError> {
        text.parse()
    }
}

impl From<ClassName> for String {
    fn from(name: ClassName) -> String {
        name.0
    }
}

impl fmt::Display for ClassName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> ClassName {
        text.parse().unwrap()
    }

    #[test]
    fn spellings_of_one_class_are_equal() {
        for spelling in ["7A", "7а", "7-А", "7 «А»", " 7-a "] {
            assert_eq!(name("7А"), name(spelling), "{spelling}");
        }
        assert_ne!(name("7А"), name("7Б"));
        assert_ne!(name("ТО-21"), name("ТО-22"));
        assert_eq!(name("TO-21"), name("ТО-21"), "Latin T and O");
    }

    #[test]
    fn slugs_are_ascii() {
        for (given, slug) in [("7А", "7a"), ("11Щ", "11shch"), ("ТО-21", "to-21"), ("★", "class")]
        {
            assert_eq!(name(given).slug(), slug);
        }
    }

    #[test]
    fn grades_sort_as_numbers() {
        let mut names = [name("10А"), name("9Б"), name("9А"), name("ТО-21")];
        names.sort();
        assert_eq!(names.map(String::from), ["9А", "9Б", "10А", "ТО-21"]);
    }
}
