//! Wording and requisites of printed forms, as `templates/forms/*.toml` give them.
//!
//! Each file is one struct of [`forms`], read strictly: a missing field, an unknown one, an unknown
//! placeholder are refused with file and line, all at once. A form takes its texts from the struct's
//! fields, so it cannot ask for a text that no file has, and a [`Text`] is filled with a struct of its
//! own values, so none can be forgotten. A school replaces a file by its own of the same name.

#[macro_use]
mod read;
pub mod forms;
mod problem;
mod text;

pub use problem::{Problem, WordingErrors, WordingProblem};
pub use text::{Text, Values};

use forms::{Blanks, ClosingForms, FilingForms, JournalForm, Reports, Statements, Terms};
use read::{FromTable, Problems, read};
use serde::{Deserialize, Serialize};

/// All texts of all forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// `terms.toml`: roles, names of classes, captions.
    pub terms: Terms,
    /// `journal.toml`: the paper copy of a class journal.
    pub journal: JournalForm,
    /// `blanks.toml`: sheets filled by hand.
    pub blanks: Blanks,
    /// `statements.toml`: summary statements.
    pub statements: Statements,
    /// `reports.toml`: reports for a period.
    pub reports: Reports,
    /// `closing.toml`: papers of the holiday procedure.
    pub closing: ClosingForms,
    /// `filing.toml`: папка, реестр, дело.
    pub filing: FilingForms,
}

/// A school's own text of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnFile<'a> {
    /// `journal.toml`: which file it replaces.
    pub name: &'a str,
    /// Its text.
    pub toml: &'a str,
}

/// What stands for the files a school has not adapted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shipped {
    /// Classes, class teachers, quarters (R1).
    School,
    /// Groups, curators, semesters, the head of studies (R4 § 4).
    College,
}

macro_rules! shipped {
    ($file:literal) => {
        include_str!(concat!("../../../templates/forms/", $file))
    };
}

/// File name, a school's text, a college's text. The order is that of messages.
const FILES: [(&str, &str, &str); 7] = [
    ("terms.toml", shipped!("terms.toml"), shipped!("terms.toml")),
    ("journal.toml", shipped!("journal.toml"), shipped!("journal-college.toml")),
    ("blanks.toml", shipped!("blanks.toml"), shipped!("blanks.toml")),
    ("statements.toml", shipped!("statements.toml"), shipped!("statements-college.toml")),
    ("reports.toml", shipped!("reports.toml"), shipped!("reports-college.toml")),
    ("closing.toml", shipped!("closing.toml"), shipped!("closing-college.toml")),
    ("filing.toml", shipped!("filing.toml"), shipped!("filing-college.toml")),
];

impl Wording {
    /// The texts that come with Letopis.
    pub fn shipped(shipped: Shipped) -> Wording {
        Wording::with_own(shipped, &[]).expect("a test reads the embedded texts")
    }

    /// The same with some files replaced by a school's own.
    ///
    /// # Errors
    /// Every problem of every file: text that is no TOML, fields and placeholders that are missing or
    /// unknown, a file that replaces none or stands twice.
    pub fn with_own(shipped: Shipped, own: &[OwnFile<'_>]) -> Result<Wording, WordingErrors> {
        let mut problems = Vec::new();
        own_names(own, &mut problems);
        let mut file = File { shipped, own, problems: &mut problems };
        let terms = file.read("terms.toml");
        let journal = file.read("journal.toml");
        let blanks = file.read("blanks.toml");
        let statements = file.read("statements.toml");
        let reports = file.read("reports.toml");
        let closing = file.read("closing.toml");
        let filing = file.read("filing.toml");
        let wording = || {
            Some(Wording {
                terms: terms?,
                journal: journal?,
                blanks: blanks?,
                statements: statements?,
                reports: reports?,
                closing: closing?,
                filing: filing?,
            })
        };
        match wording() {
            Some(wording) if problems.is_empty() => Ok(wording),
            _ => Err(WordingErrors { problems }),
        }
    }

    /// The names of the files a school can replace.
    pub fn file_names() -> impl Iterator<Item = &'static str> {
        FILES.iter().map(|(name, _, _)| *name)
    }

    /// The text of a file as it comes with Letopis, to be adapted; `None` for a name there is none of.
    pub fn shipped_text(shipped: Shipped, name: &str) -> Option<&'static str> {
        let (_, school, college) = FILES.iter().find(|(known, _, _)| *known == name)?;
        Some(match shipped {
            Shipped::School => school,
            Shipped::College => college,
        })
    }
}

/// Notes own files that replace none, or the same one.
fn own_names(own: &[OwnFile<'_>], problems: &mut Vec<WordingProblem>) {
    for (place, file) in own.iter().enumerate() {
        let known = Wording::file_names().any(|name| name == file.name);
        let again = own[..place].iter().any(|earlier| earlier.name == file.name);
        let problem = match (known, again) {
            (false, _) => Problem::NoSuchFile(Wording::file_names().collect::<Vec<_>>().join(", ")),
            (true, true) => Problem::FileTwice,
            (true, false) => continue,
        };
        let (file, field) = (file.name.to_owned(), String::new());
        problems.push(WordingProblem { file, line: 1, field, problem });
    }
}

/// Where the texts of files come from, and where their problems go.
struct File<'a> {
    shipped: Shipped,
    own: &'a [OwnFile<'a>],
    problems: &'a mut Vec<WordingProblem>,
}

impl File<'_> {
    fn read<T: FromTable>(&mut self, name: &str) -> Option<T> {
        let own = self.own.iter().find(|file| file.name == name).map(|file| file.toml);
        let text = own.or_else(|| Wording::shipped_text(self.shipped, name))?;
        let mut problems = Problems::new(name, text);
        let form = read(text, &mut problems);
        self.problems.extend(problems.into_sorted());
        form
    }
}

#[cfg(test)]
mod tests;
