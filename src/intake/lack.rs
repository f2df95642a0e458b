//! What a class still lacks after its files were read.

use crate::journal::Journal;
use std::fmt;

/// Something the source did not give. It is shown to whoever imports, in Russian, and refuses nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lack {
    /// A subject of the class has no lesson in any file.
    Lessons {
        /// The subject.
        subject: String,
    },
    /// No file of marks covers a page.
    Marks {
        /// Subject and group.
        page: String,
    },
    /// No file of attendance for the class or one of its subgroups.
    Attendance {
        /// The class or subgroup.
        group: String,
    },
    /// No file of final marks.
    Finals,
    /// Nobody says who the class teacher is.
    ClassTeacher,
    /// Teachers known only by id.
    TeacherNames {
        /// How many.
        people: usize,
    },
    /// Lessons of a page name no teacher.
    PageTeacher {
        /// Subject and group.
        page: String,
    },
    /// No list of a subgroup's pupils; those who have marks or absences there were taken.
    SubgroupList {
        /// The subgroup.
        group: String,
    },
    /// Kinds of work known only by number or internal name.
    WorkTypes,
    /// Pupils who left: the source gives neither day nor order.
    Departures {
        /// How many.
        pupils: usize,
    },
    /// Year marks that belong into no journal of this import: the last period is not in it.
    YearFinals {
        /// How many.
        marks: usize,
    },
    /// Final marks whose subject or period can't be told.
    LostFinals {
        /// How many.
        marks: usize,
    },
    /// Marks and absences of lessons that are in no file.
    LostEntries {
        /// Marks.
        marks: usize,
        /// Absences, latenesses and remarks.
        absences: usize,
    },
    /// A file of this class that is named like no endpoint Letopis knows.
    NotRead {
        /// The file.
        file: String,
    },
}

impl Lack {
    /// The people of a journal without a surname.
    pub(super) fn teacher_names(journal: &Journal) -> Option<Lack> {
        let people = journal.people.iter().filter(|p| p.surname.is_none()).count();
        (people > 0).then_some(Lack::TeacherNames { people })
    }
}

impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Lack::Lessons { subject } => write!(f, "нет уроков по предмету «{subject}»"),
            Lack::Marks { page } => write!(f, "нет файла отметок: {page}"),
            Lack::Attendance { group } => write!(f, "нет файла посещаемости: {group}"),
            Lack::Finals => f.write_str("нет файла итоговых отметок"),
            Lack::ClassTeacher => f.write_str("не указан классный руководитель"),
            Lack::TeacherNames { people } => {
                write!(f, "нет фамилий учителей (известен только номер): {people}")
            }
            Lack::PageTeacher { page } => write!(f, "не указан учитель: {page}"),
            Lack::SubgroupList { group } => {
                write!(f, "нет списка подгруппы «{group}»: взяты те, у кого есть записи")
            }
            Lack::WorkTypes => f.write_str("нет файла видов работ: виды названы как в источнике"),
            Lack::Departures { pupils } => {
                write!(f, "выбыли, но дата и приказ неизвестны: {pupils}")
            }
            Lack::YearFinals { marks } => write!(
                f,
                "годовые отметки не вошли: в выгрузке нет последнего периода года ({marks})"
            ),
            Lack::LostFinals { marks } => {
                write!(f, "итоговые отметки без предмета или периода не вошли: {marks}")
            }
            Lack::LostEntries { marks, absences } => write!(
                f,
                "нет уроков, к которым относятся отметки ({marks}) и записи о посещаемости ({absences})"
            ),
            Lack::NotRead { file } => {
                write!(f, "файл не прочитан, такой вид данных неизвестен: {file}")
            }
        }
    }
}
