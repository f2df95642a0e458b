//! Printed views: what a page says on paper, and the digest that stands on its sheets.
//!
//! `docs/formats.md` § 2.3. A view holds nothing of the source's ids and nothing of other pages, so
//! that its digest changes exactly when the paper would.

use super::salt::Salt;
use crate::digest::Digest;
use crate::journal::{Absence, ClassName, FinalKind, Journal, Mark, Page, PeriodId, PersonId};
use chrono::NaiveDate;
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Stands for a substitute whose name the source did not give.
const NAMELESS: &str = "?";

#[derive(Serialize)]
struct View<'a> {
    class: &'a ClassName,
    entries: Vec<ViewEntry<'a>>,
    finals: Vec<ViewFinal<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    lessons: Vec<ViewLesson<'a>>,
    period: PeriodId,
    pupils: Vec<ViewPupil>,
    salt: Salt,
    subject: &'a str,
    t: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    teacher: Option<String>,
}

#[derive(Serialize)]
struct ViewEntry<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    absence: Option<&'a Absence>,
    lesson: usize,
    marks: &'a [Mark],
    pupil: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    remark: Option<&'a str>,
}

#[derive(Serialize)]
struct ViewFinal<'a> {
    kind: FinalKind,
    pupil: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    school: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    set: Option<NaiveDate>,
    value: &'a str,
}

#[derive(Serialize)]
struct ViewLesson<'a> {
    date: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    homework: Option<&'a str>,
    number: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    substitute: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    topic: Option<&'a str>,
}

#[derive(Serialize)]
struct ViewPupil {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
}

/// A journal's names looked up once, for all of its pages.
pub(super) struct Names<'a> {
    journal: &'a Journal,
    class: ClassName,
    people: HashMap<&'a PersonId, Option<String>>,
}

impl<'a> Names<'a> {
    pub(super) fn of(journal: &'a Journal) -> Names<'a> {
        let people = journal.people.iter().map(|p| (&p.id, p.full_name())).collect();
        Names { journal, class: journal.class.name(), people }
    }

    /// The name of a page's teacher, if the journal knows it.
    pub(super) fn teacher(&self, page: &Page) -> Option<String> {
        page.teacher.as_ref().and_then(|id| self.people.get(id).cloned().flatten())
    }

    /// The name of whoever stood in, [`NAMELESS`] if the journal knows only that somebody did.
    pub(super) fn substitute(&self, id: Option<&PersonId>) -> Option<String> {
        let known = |id| self.people.get(id).cloned().flatten();
        id.map(|id| known(id).unwrap_or_else(|| NAMELESS.to_owned()))
    }

    /// The view of one page under this salt, canonical JSON.
    pub(super) fn view(&self, page: &Page, salt: Salt) -> Vec<u8> {
        let on_page: Vec<_> = self.journal.pupils_of(page).collect();
        let pupils = places(on_page.iter().map(|p| &p.id));
        let lessons = places(page.lessons.iter().map(|l| &l.id));
        let view = View {
            class: &self.class,
            entries: page
                .entries
                .iter()
                .map(|e| ViewEntry {
                    absence: e.absence.as_ref(),
                    lesson: lessons.get(&e.lesson).copied().unwrap_or(0),
                    marks: &e.marks,
                    pupil: pupils.get(&e.pupil).copied().unwrap_or(0),
                    remark: e.remark.as_deref(),
                })
                .collect(),
            finals: page
                .finals
                .iter()
                .map(|f| ViewFinal {
                    kind: f.kind,
                    pupil: pupils.get(&f.pupil).copied().unwrap_or(0),
                    school: f.school.as_deref(),
                    set: f.set,
                    value: &f.value,
                })
                .collect(),
            group: page.group.as_deref(),
            lessons: page
                .lessons
                .iter()
                .map(|l| ViewLesson {
                    date: l.date,
                    homework: l.homework.as_deref(),
                    number: l.number,
                    substitute: self.substitute(l.substitute.as_ref()),
                    topic: l.topic.as_deref(),
                })
                .collect(),
            period: self.journal.period_id(),
            pupils: on_page
                .iter()
                .map(|p| ViewPupil { name: p.full_name(), number: p.number })
                .collect(),
            salt,
            subject: &page.subject,
            t: "letopis/page/v1",
            teacher: self.teacher(page),
        };
        serde_json::to_vec(&view).expect("a view has string keys and integers only")
    }
}

/// Places from 1.
fn places<T: std::hash::Hash + Eq>(items: impl Iterator<Item = T>) -> HashMap<T, usize> {
    items.zip(1..).collect()
}

/// The views of a journal's pages, in page order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageViews(Vec<Vec<u8>>);

/// What a view says of itself: enough to find its like in an earlier record.
#[derive(Deserialize)]
struct Heading {
    #[serde(default)]
    group: Option<String>,
    salt: Salt,
    subject: String,
}

impl PageViews {
    /// The views of a journal. A view that reads as in the replaced record keeps its salt, and so its
    /// digest; every other gets a fresh one.
    pub fn of(journal: &Journal, replaced: &PageViews, rng: &mut impl CryptoRng) -> PageViews {
        let names = Names::of(journal);
        let earlier: HashMap<_, _> = replaced
            .0
            .iter()
            .filter_map(|view| Some((serde_json::from_slice::<Heading>(view).ok()?, view)))
            .map(|(heading, view)| ((heading.subject, heading.group), (heading.salt, view)))
            .collect();
        let view = |page: &Page| {
            let key = (page.subject.clone(), page.group.clone());
            if let Some((salt, former)) = earlier.get(&key) {
                let again = names.view(page, *salt);
                if again == **former {
                    return again;
                }
            }
            names.view(page, Salt::random(rng))
        };
        PageViews(journal.pages.iter().map(view).collect())
    }

    /// The views of a `pages.jsonl`.
    pub fn from_lines(text: &[u8]) -> PageViews {
        PageViews(super::lines(text).map(<[u8]>::to_vec).collect())
    }

    /// `pages.jsonl`.
    pub fn to_lines(&self) -> Vec<u8> {
        let mut text = Vec::with_capacity(self.0.iter().map(|v| v.len() + 1).sum());
        for view in &self.0 {
            text.extend_from_slice(view);
            text.push(b'\n');
        }
        text
    }

    /// The page digests, in page order.
    pub fn digests(&self) -> Vec<Digest> {
        self.0.iter().map(|view| Digest::of(view)).collect()
    }

    /// Places from 1 of the pages that read otherwise than in the replaced record, or are new.
    pub fn changed_since(&self, replaced: &PageViews) -> Vec<u32> {
        let former = replaced.digests();
        let changed = |d: &Digest| !former.contains(d);
        self.digests().iter().zip(1..).filter(|(d, _)| changed(d)).map(|(_, place)| place).collect()
    }
}

/// Whether line `line` is the view of `page`, under whatever salt it carries.
pub(super) fn is_view_of(names: &Names<'_>, page: &Page, line: &[u8]) -> bool {
    Salt::carried_by(line).is_some_and(|salt| names.view(page, salt) == line)
}
