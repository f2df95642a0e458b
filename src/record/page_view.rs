//! Printed views: what a page says on paper, and the digest that stands on its sheets.
//!
//! `docs/formats.md` § 2.3. A view holds nothing of the source's ids and nothing of other pages, so
//! that its digest changes exactly when the paper would.

use super::canonical::Canonical;
use super::layout::{Layout, PageLayout};
use super::salt::Salt;
use crate::digest::Digest;
use crate::journal::{Final, Journal, PageKey};
use rand_core::CryptoRng;
use serde::Deserialize;
use std::collections::HashMap;

impl Layout<'_> {
    /// Writes the view of a page under this salt.
    pub(super) fn write_view(&self, laid: &PageLayout<'_>, salt: Salt, text: &mut Canonical) {
        let page = laid.page;
        text.object(|text| {
            text.put("class", &self.class);
            text.put_objects("entries", &laid.cells, |text, cell| {
                text.put_some("absence", cell.entry.absence.as_ref());
                text.put("lesson", cell.lesson);
                text.put("marks", &cell.entry.marks[..]);
                text.put("pupil", cell.pupil);
                text.put_some("remark", cell.entry.remark.as_ref());
            });
            text.put_objects("finals", &laid.finals, |text, (pupil, mark)| {
                write_final(text, Some(*pupil), mark);
            });
            text.put_some("group", page.group.as_ref());
            text.put_objects("lessons", &page.lessons, |text, lesson| {
                text.put("date", lesson.date);
                text.put_some("homework", lesson.homework.as_ref());
                text.put("number", lesson.number);
                text.put_some("substitute", self.substitute(lesson));
                text.put_some("topic", lesson.topic.as_ref());
            });
            text.put("period", self.journal.period_id());
            text.put_objects("pupils", self.pupils_of(laid), |text, pupil| {
                text.put("name", &pupil.full_name());
                text.put_some("number", pupil.number);
            });
            text.put("salt", salt);
            text.put("subject", &page.subject);
            text.put("t", "letopis/page/v1");
            text.put_some("teacher", self.teacher(page));
        });
    }

    fn view(&self, laid: &PageLayout<'_>, salt: Salt) -> Vec<u8> {
        let mut text = Canonical::default();
        self.write_view(laid, salt, &mut text);
        text.0
    }
}

/// The members of a final mark; a view says whose it is, a card does not.
pub(super) fn write_final(text: &mut Canonical, pupil: Option<usize>, mark: &Final) {
    text.put("kind", mark.kind);
    text.put_some("pupil", pupil);
    text.put_some("school", mark.school.as_ref());
    text.put_some("set", mark.set);
    text.put("value", &mark.value);
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

impl Heading {
    fn key(&self) -> PageKey<'_> {
        PageKey { subject: &self.subject, group: self.group.as_deref() }
    }
}

impl PageViews {
    /// The views of a journal. A view that reads as in the replaced record keeps its salt, and so its
    /// digest; every other gets a fresh one.
    pub fn of(journal: &Journal, replaced: &PageViews, rng: &mut impl CryptoRng) -> PageViews {
        PageViews::laid_out(&Layout::of(journal), replaced, rng)
    }

    /// The same of a journal that is laid out already.
    pub(super) fn laid_out(
        layout: &Layout<'_>,
        replaced: &PageViews,
        rng: &mut impl CryptoRng,
    ) -> PageViews {
        let headings: Vec<_> = replaced
            .0
            .iter()
            .filter_map(|view| Some((serde_json::from_slice::<Heading>(view).ok()?, view)))
            .collect();
        let earlier: HashMap<_, _> =
            headings.iter().map(|(heading, view)| (heading.key(), (heading.salt, view))).collect();
        let view = |page: &PageLayout<'_>| {
            if let Some((salt, former)) = earlier.get(&page.page.key()) {
                let again = layout.view(page, *salt);
                if again == ***former {
                    return again;
                }
            }
            layout.view(page, Salt::random(rng))
        };
        PageViews(layout.pages.iter().map(view).collect())
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
