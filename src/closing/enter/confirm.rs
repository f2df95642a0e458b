//! Day 1: pages are confirmed, or differ from what they should be.

use super::Desk;
use crate::closing::facts::PageFact;
use crate::closing::fold::{ClassState, Closing};
use crate::closing::procedure::{Proof, Scope};
use crate::closing::refusal::Refusal;
use crate::journal::{ClassName, PeriodId};
use crate::register::{Confirmed, DiscrepancyReported, DocumentNamed, Event, PageSeen, StaffId};
use crate::staff::{PageTeacher, Role};

/// Which pages of a class are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pages {
    /// All, or all of the person named.
    All,
    /// These, by their places from 1.
    These(Vec<u32>),
}

impl Closing {
    /// Pages that their teacher, or whoever records for them, found right. Without a name each page is confirmed in
    /// the name of its own teacher.
    ///
    /// # Errors
    /// When a page is not theirs, or nothing is left to confirm.
    pub fn confirm(
        &self,
        (class, period): (&ClassName, PeriodId),
        pages: &Pages,
        by: Option<StaffId>,
        desk: &Desk<'_>,
    ) -> Result<Vec<Event>, Refusal> {
        let step = self.step_for(Proof::Confirmed, Scope::Page)?;
        let state = self.expect(class, period)?;
        let missing = self.progress(state, step).missing_pages;
        let mut events = Vec::new();
        for page in named(state, pages)? {
            if !missing.contains(&page.page) {
                continue;
            }
            let holder = match desk.holder(state, page, by) {
                // Of all pages only those of the person named are meant.
                Err(Refusal::NotTheirs { .. }) if *pages == Pages::All => continue,
                Err(Refusal::NoTeacher { .. }) if *pages == Pages::All && by.is_some() => continue,
                holder => holder?,
            };
            self.may_speak_for(desk, holder, state)?;
            events.push(Event::Confirmed(Confirmed {
                by: holder,
                closing: self.id,
                page: seen(state, page),
                recorder: desk.recorder,
                step: step.id.clone(),
            }));
        }
        if events.is_empty() { Err(Refusal::NothingLeft) } else { Ok(events) }
    }

    /// A page that is not what it should be; `note` is the document that says why.
    ///
    /// # Errors
    /// When there is no such page, or whoever enters may not.
    pub fn report(
        &self,
        (class, period): (&ClassName, PeriodId),
        page: u32,
        by: Option<StaffId>,
        desk: &Desk<'_>,
        note: DocumentNamed,
    ) -> Result<Event, Refusal> {
        let state = self.expect(class, period)?;
        let page = named(state, &Pages::These(vec![page]))?[0];
        // Whoever sees a discrepancy may report it, not the page's teacher alone.
        let by = match by {
            Some(by) => by,
            None => desk.holder(state, page, None)?,
        };
        self.may_speak_for(desk, by, state)?;
        Ok(Event::DiscrepancyReported(DiscrepancyReported {
            by,
            closing: self.id,
            page: seen(state, page),
            recorder: desk.recorder,
            named: note,
        }))
    }

    /// Everybody enters for themselves; for others whoever may enter paper does.
    fn may_speak_for(
        &self,
        desk: &Desk<'_>,
        by: StaffId,
        class: &ClassState,
    ) -> Result<(), Refusal> {
        if desk.recorder == by { Ok(()) } else { desk.may_enter_for(class) }
    }
}

impl Desk<'_> {
    /// Whose page it is: who teaches at the period's end, or stands in for them by order.
    ///
    /// # Errors
    /// When that is nobody, or several people and none is named, or not the one named.
    pub fn holder(
        &self,
        class: &ClassState,
        page: &PageFact,
        named: Option<StaffId>,
    ) -> Result<StaffId, Refusal> {
        let (name, key) = (&class.facts.class, page.key());
        let teachers = match self.duties.teacher_of(name, key, class.facts.period_end) {
            PageTeacher::Nobody => {
                return Err(Refusal::NoTeacher { class: name.clone(), page: key.to_string() });
            }
            PageTeacher::One(teacher) => vec![teacher],
            PageTeacher::Several(teachers) => teachers,
        };
        match (named, &teachers[..]) {
            (Some(who), _) => {
                let may = |own: &StaffId| self.duties.may_sign_for(who, *own, self.today);
                let (class, page) = (name.clone(), key.to_string());
                let theirs = teachers.iter().any(may);
                if theirs { Ok(who) } else { Err(Refusal::NotTheirs { who, class, page }) }
            }
            (None, [only]) => {
                let substitute = self.duties.substitute(*only, self.today);
                Ok(substitute.map_or(*only, |substitute| substitute.substitute))
            }
            (None, _) => {
                let (class, page) = (name.clone(), key.to_string());
                Err(Refusal::SeveralTeachers { class, page, teachers })
            }
        }
    }

    /// Whether somebody teaches anything in a class.
    pub fn teaches(&self, who: StaffId, class: &ClassState) -> bool {
        let day = class.facts.period_end;
        self.duties.holds(who, Role::Teacher, Some(&class.facts.class), day)
    }
}

/// The pages that are meant, as they stand now.
fn named<'c>(class: &'c ClassState, pages: &Pages) -> Result<Vec<&'c PageFact>, Refusal> {
    let (name, period) = (&class.facts.class, class.facts.period);
    let all = class.facts.pages();
    if all.is_empty() {
        return Err(Refusal::NoJournal { class: name.clone(), period });
    }
    let Pages::These(places) = pages else { return Ok(all.iter().collect()) };
    let find = |place: &u32| {
        let missing = || Refusal::NoPage { class: name.clone(), page: *place, of: all.len() };
        all.iter().find(|page| page.page == *place).ok_or_else(missing)
    };
    places.iter().map(find).collect()
}

fn seen(class: &ClassState, page: &PageFact) -> PageSeen {
    let (name, period) = (class.facts.class.clone(), class.facts.period);
    PageSeen { class: name, digest: page.digest, page: page.page, period }
}
