//! A subject page: lessons, what stands in its cells, and finals.

use super::{Absence, LessonId, PersonId, PupilId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One subject, one teacher, one subgroup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// What stands in the cells: at most one entry for a lesson and pupil.
    #[serde(default)]
    pub entries: Vec<Entry>,
    /// Period, year, exam and final marks.
    #[serde(default)]
    pub finals: Vec<Final>,
    /// Subgroup; `None` is the whole class. Subject and group name a page within its journal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Lessons by date and number.
    #[serde(default)]
    pub lessons: Vec<Lesson>,
    /// Lessons the curriculum plans for the period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned_hours: Option<u32>,
    /// Who is on the page; `None` is the whole class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pupils: Option<Vec<PupilId>>,
    /// Subject as the source names it.
    pub subject: String,
    /// Whose page it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub teacher: Option<PersonId>,
}

/// What names a page within its journal: subject and group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageKey<'a> {
    /// Subject.
    pub subject: &'a str,
    /// Subgroup.
    pub group: Option<&'a str>,
}

impl Page {
    /// What names this page within its journal.
    pub fn key(&self) -> PageKey<'_> {
        PageKey { subject: &self.subject, group: self.group.as_deref() }
    }
}

impl std::fmt::Display for PageKey<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.group {
            Some(group) => write!(f, "{} ({group})", self.subject),
            None => f.write_str(self.subject),
        }
    }
}

/// One lesson held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// Local date.
    pub date: NaiveDate,
    /// Задание на дом.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub homework: Option<String>,
    /// The source's id, unique within the journal.
    pub id: LessonId,
    /// Which lesson of the day, from 1 (0 is used by schools with a «нулевой урок»).
    pub number: u32,
    /// Who stood in for the page's teacher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub substitute: Option<PersonId>,
    /// Тема урока.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
}

/// What stands in one cell: marks in the cell's order, an absence, a remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Absence or lateness.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absence: Option<Absence>,
    /// Which lesson of this page.
    pub lesson: LessonId,
    /// Marks in the order of the cell.
    #[serde(default)]
    pub marks: Vec<Mark>,
    /// Which pupil of this page.
    pub pupil: PupilId,
    /// The teacher's remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
}

/// One mark, all of it the source's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// «5», «4-», «зач», «н/а», «.» …; [`super::MarkValue`] tells what it means.
    pub value: String,
    /// Weight in a weighted average.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<String>,
    /// Kind of work («КР»).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<String>,
}

/// A final mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Final {
    /// Of what.
    pub kind: FinalKind,
    /// Whose.
    pub pupil: PupilId,
    /// The previous school, when the mark was brought from there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<String>,
    /// The day it was entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<NaiveDate>,
    /// The source's text.
    pub value: String,
}

/// What a final mark sums up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FinalKind {
    /// The journal's period.
    Period,
    /// The year.
    Year,
    /// An exam.
    Exam,
    /// The итоговая mark.
    Final,
}
