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
    /// The views of a journal. A view that reads as in one of the earlier ones keeps its salt, and so its digest; the
    /// first of them counts. Every other view gets a fresh salt.
    pub fn of(journal: &Journal, earlier: &[&PageViews], rng: &mut impl CryptoRng) -> PageViews {
        PageViews::laid_out(&Layout::of(journal), earlier, rng)
    }

    /// The same of a journal that is laid out already.
    pub(super) fn laid_out(
        layout: &Layout<'_>,
        earlier: &[&PageViews],
        rng: &mut impl CryptoRng,
    ) -> PageViews {
        let headings: Vec<Vec<(Heading, &Vec<u8>)>> =
            earlier.iter().map(|views| views.headings()).collect();
        let earlier: Vec<HashMap<_, _>> = headings
            .iter()
            .map(|views| views.iter().map(|(h, view)| (h.key(), (h.salt, *view))).collect())
            .collect();
        let view = |page: &PageLayout<'_>| {
            let mut former = earlier.iter().filter_map(|views| views.get(&page.page.key()));
            let same = |(salt, former): &(Salt, &Vec<u8>)| {
                let again = layout.view(page, *salt);
                (again == **former).then_some(again)
            };
            let kept = former.find_map(same);
            kept.unwrap_or_else(|| layout.view(page, Salt::random(rng)))
        };
        PageViews(layout.pages.iter().map(view).collect())
    }

    fn headings(&self) -> Vec<(Heading, &Vec<u8>)> {
        let read = |view: &'_ Vec<u8>| serde_json::from_slice::<Heading>(view).ok();
        self.0.iter().filter_map(|view| Some((read(view)?, view))).collect()
    }

    /// These views, but for those that read as in a record: they have its salts. So they will be sealed if that
    /// record is replaced.
    pub fn keeping(&self, record: &PageViews) -> PageViews {
        let headings = record.headings();
        let known: HashMap<_, _> =
            headings.iter().map(|(h, view)| (h.key(), (h.salt, view))).collect();
        let kept = |own: &Vec<u8>| {
            let heading = serde_json::from_slice::<Heading>(own).ok()?;
            let (salt, former) = known.get(&heading.key())?;
            // Within texts quotes are escaped: these bytes are the member itself.
            let member = |salt: Salt| format!("\"salt\":{}", serde_json::json!(salt));
            let text = std::str::from_utf8(own).ok()?;
            let again = text.replacen(&member(heading.salt), &member(*salt), 1);
            (again.as_bytes() == former.as_slice()).then_some(again.into_bytes())
        };
        PageViews(self.0.iter().map(|own| kept(own).unwrap_or_else(|| own.clone())).collect())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::arbitrary;
    use proptest::prelude::*;
    use rand_chacha::ChaCha8Rng;
    use rand_core::SeedableRng as _;

    proptest! {
        #[test]
        fn views_that_read_as_in_the_record_have_its_digests(journal in arbitrary::journal(), seed: u64) {
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            let record = PageViews::of(&journal, &[], &mut rng);
            let mut changed = journal.clone();
            if let Some(page) = changed.pages.first_mut() {
                page.planned_hours = page.planned_hours.map(|hours| hours + 1);
                page.teacher = None;
                page.lessons.iter_mut().for_each(|lesson| lesson.topic = Some("\"salt\":\"".to_owned()));
            }
            let import = PageViews::of(&changed, &[], &mut rng);
            let kept = import.keeping(&record);
            let sealed = PageViews::of(&changed, &[&record, &import], &mut rng);
            prop_assert_eq!(kept, sealed);
            let again = PageViews::of(&journal, &[], &mut rng).keeping(&record);
            prop_assert_eq!(again, record);
        }
    }
}
