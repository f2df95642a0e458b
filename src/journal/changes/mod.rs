//! What differs between two journals of one class and period, in the words of whoever agrees to a correction.
//!
//! A page has changes here exactly when its printed view differs (`docs/formats.md` § 2.3), so that what is told and
//! which sheets lose their force never disagree. What no sheet shows is told without a page.

mod class_wide;
mod face;
mod page;
mod wording;

#[cfg(test)]
mod tests;

use super::{FinalKind, Journal, Page, PageKey};
use chrono::NaiveDate;
use face::Names;
use std::collections::{BTreeSet, HashMap};

/// All changes from one journal to another: those of the class first, then page by page, pages that are gone last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes(Vec<Change>);

/// One change. Its text is Russian: «Алгебра (1 группа): Иванов Иван Иванович, 12.11.2025, урок 3: было «4», стало «5»».
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Place in the present journal, from 0, of the page whose sheets it changes. `None` when it changes no sheet of a
    /// page: it is about the class, a page that is gone, or something that is not printed.
    pub page: Option<usize>,
    /// The page it is about; `None` for the class.
    pub name: Option<PageName>,
    /// What it is about.
    pub about: About,
    /// What became of that.
    pub what: What,
}

/// What names a page: [`PageKey`], owned.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageName {
    /// Subject.
    pub subject: String,
    /// Subgroup.
    pub group: Option<String>,
}

/// What changed. A pupil is named as in the former journal, or as in the present one who is new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// The page.
    Page,
    /// The page's teacher.
    Teacher,
    /// How many lessons the curriculum plans; not printed.
    Hours,
    /// The order in which the page has what it has.
    Order,
    /// Whether a pupil is in the list of the page or class.
    Listed(String),
    /// A pupil's name.
    Name(String),
    /// A pupil's number in the list.
    Number(String),
    /// A pupil's date of birth.
    Born(String),
    /// A pupil's file number (номер личного дела).
    FileNumber(String),
    /// Whether a lesson was held.
    Lesson(LessonName),
    /// Something about a lesson.
    OfLesson(LessonName, LessonPart),
    /// What a pupil has in a lesson's cell.
    Cell(String, LessonName, CellPart),
    /// A pupil's final mark.
    Final(String, FinalKind),
    /// The class teacher (классный руководитель).
    ClassTeacher,
    /// When a pupil came and left.
    Movements(String),
    /// What was decided about a pupil (решение педсовета).
    Decisions(String),
    /// Something else that is in the journal and not on paper.
    Unprinted,
}

/// A lesson as it is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LessonName {
    /// Its day.
    pub date: NaiveDate,
    /// Which lesson of the day.
    pub number: u32,
}

/// A part of a lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LessonPart {
    /// Its day.
    Date,
    /// Which lesson of the day it is.
    Number,
    /// Тема урока.
    Topic,
    /// Задание на дом.
    Homework,
    /// Who stood in.
    Substitute,
}

/// A part of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellPart {
    /// Its marks.
    Marks,
    /// Absence or lateness.
    Absence,
    /// The teacher's remark.
    Remark,
}

/// What became of something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// It is there now.
    Added,
    /// It is there no longer.
    Removed,
    /// It reads otherwise.
    Changed {
        /// As it was; `None` for nothing.
        was: Option<String>,
        /// As it is.
        is: Option<String>,
    },
    /// It is otherwise, in a way that takes more than a line.
    Otherwise,
}

impl Changes {
    /// Compares two journals of one class and period. Nothing is found exactly when they say the same
    /// ([`Journal::says_the_same_as`]). Pages are found by subject and group, pupils and lessons by their ids. Takes time
    /// in proportion to the journals.
    pub fn between(former: &Journal, now: &Journal) -> Changes {
        let (was, is) = (Names::of(former), Names::of(now));
        let mut found = class_wide::changes(&was, &is);
        let mut gone: HashMap<PageKey<'_>, &Page> =
            former.pages.iter().map(|page| (page.key(), page)).collect();
        for (place, page) in now.pages.iter().enumerate() {
            match gone.remove(&page.key()) {
                Some(former) => page::changes((&was, former), (&is, page), place, &mut found),
                None => found.push(whole(page, Some(place), What::Added)),
            }
        }
        let gone = former.pages.iter().filter(|page| gone.contains_key(&page.key()));
        found.extend(gone.map(|page| whole(page, None, What::Removed)));
        if found.is_empty() && !former.says_the_same_as(now) {
            let about = About::Unprinted;
            found.push(Change { page: None, name: None, about, what: What::Otherwise });
        }
        Changes(found)
    }

    /// The changes, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Change> {
        self.0.iter()
    }

    /// Whether the journals say the same.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them.
    pub fn all(&self) -> &[Change] {
        &self.0
    }

    /// Those on a page of the present journal, by its place from 0.
    pub fn of_page(&self, page: usize) -> impl Iterator<Item = &Change> {
        self.0.iter().filter(move |change| change.page == Some(page))
    }

    /// The pages of the present journal that read otherwise, by their places from 0.
    pub fn pages(&self) -> BTreeSet<usize> {
        self.0.iter().filter_map(|change| change.page).collect()
    }
}

impl PageName {
    /// As the journal's pages are found.
    pub fn key(&self) -> PageKey<'_> {
        PageKey { subject: &self.subject, group: self.group.as_deref() }
    }
}

impl From<PageKey<'_>> for PageName {
    fn from(key: PageKey<'_>) -> PageName {
        PageName { subject: key.subject.to_owned(), group: key.group.map(str::to_owned) }
    }
}

impl What {
    /// From one text to another, if they differ.
    fn changed(was: Option<impl ToString>, is: Option<impl ToString>) -> Option<What> {
        let (was, is) = (was.map(|was| was.to_string()), is.map(|is| is.to_string()));
        (was != is).then_some(What::Changed { was, is })
    }
}

fn whole(page: &Page, place: Option<usize>, what: What) -> Change {
    Change { page: place, name: Some(page.key().into()), about: About::Page, what }
}
