//! Who has to sign what on a day: posts and substitutions of the roster, joined with the teaching load.

use super::load::PageOf;
use super::{LoadRow, Post, Role, Roster, StaffMember, Substitution, TeachingLoad};
use crate::journal::{ClassName, PageKey};
use crate::register::StaffId;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// What each person may sign on a day, by one roster and one teaching load.
#[derive(Debug, Clone)]
pub struct Duties<'a> {
    roster: &'a Roster,
    /// The rows of each page, in the order of the load.
    pages: BTreeMap<PageOf, Vec<&'a LoadRow>>,
}

/// Who teaches a page on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageTeacher {
    /// The load does not say; it has to be asked.
    Nobody,
    /// One person.
    One(StaffId),
    /// Several, in the order of the load; each may sign.
    Several(Vec<StaffId>),
}

impl<'a> Duties<'a> {
    /// Duties by this roster and this load.
    pub fn new(roster: &'a Roster, load: &'a TeachingLoad) -> Duties<'a> {
        let mut pages: BTreeMap<PageOf, Vec<&LoadRow>> = BTreeMap::new();
        for row in load.rows() {
            pages.entry(row.page_of()).or_default().push(row);
        }
        Duties { roster, pages }
    }

    /// Who teaches the page on this day; on the period's last day that is who signs it. A row says it for its own
    /// group only, and a row without group for the page of the whole class only.
    pub fn teacher_of(&self, class: &ClassName, page: PageKey<'_>, on: NaiveDate) -> PageTeacher {
        let rows = self.pages.get(&PageOf::new(class, page)).into_iter().flatten();
        let mut found: Vec<StaffId> = Vec::new();
        for row in rows.filter(|row| row.holds(on)) {
            if !found.contains(&row.staff) {
                found.push(row.staff);
            }
        }
        match found[..] {
            [] => PageTeacher::Nobody,
            [one] => PageTeacher::One(one),
            _ => PageTeacher::Several(found),
        }
    }

    /// Whether the person has this role on this day. A class teacher has it in their own classes, a teacher where the
    /// load has a row of theirs; without a class, any class will do. All other roles are of the whole school, whatever
    /// the class.
    pub fn holds(
        &self,
        who: StaffId,
        role: Role,
        class: Option<&ClassName>,
        on: NaiveDate,
    ) -> bool {
        match role {
            Role::Teacher => self.rows(class, on).any(|row| row.staff == who),
            _ => self.post(who, role, class, on).is_some(),
        }
    }

    /// Everyone who has this role on this day, in the order of the roster.
    pub fn holders(&self, role: Role, class: Option<&ClassName>, on: NaiveDate) -> Vec<StaffId> {
        let everyone = self.roster.persons().iter().map(StaffMember::id);
        if role == Role::Teacher {
            let teaching: BTreeSet<StaffId> = self.rows(class, on).map(|row| row.staff).collect();
            return everyone.filter(|who| teaching.contains(who)).collect();
        }
        everyone.filter(|who| self.holds(*who, role, class, on)).collect()
    }

    /// Who stands in for a person on this day, by which order.
    pub fn substitute(&self, absent: StaffId, on: NaiveDate) -> Option<&'a Substitution> {
        let mut all = self.roster.substitutions().iter();
        all.find(|known| known.absent == absent && known.holds(on))
    }

    /// Whether one person's signature may stand where another's is asked for: it is the same person, or the
    /// substitute by order on this day. A substitute's substitute is none.
    pub fn may_sign_for(&self, signer: StaffId, absent: StaffId, on: NaiveDate) -> bool {
        let by_order = |known: &Substitution| known.substitute == signer;
        signer == absent || self.substitute(absent, on).is_some_and(by_order)
    }

    /// What the staff list calls the post that gives a person this role on this day.
    pub fn post_title(&self, who: StaffId, role: Role, on: NaiveDate) -> Option<&'a str> {
        let mut posts = self.roster.person(who)?.posts().iter();
        posts.find_map(|post| {
            let held = post.role == role && post.holds(on);
            post.title.as_deref().filter(|_| held)
        })
    }

    fn post(
        &self,
        who: StaffId,
        role: Role,
        class: Option<&ClassName>,
        on: NaiveDate,
    ) -> Option<&'a Post> {
        let of_class = |post: &Post| match (role, class) {
            (Role::ClassTeacher, Some(class)) => post.class.as_ref() == Some(class),
            _ => true,
        };
        let mut posts = self.roster.person(who)?.posts().iter();
        posts.find(|post| post.role == role && post.holds(on) && of_class(post))
    }

    fn rows(&self, class: Option<&ClassName>, on: NaiveDate) -> impl Iterator<Item = &'a LoadRow> {
        let rows = self.pages.values().flatten().copied();
        rows.filter(move |row| row.holds(on) && class.is_none_or(|class| row.class == *class))
    }
}

#[cfg(test)]
mod tests;
