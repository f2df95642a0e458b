//! The load as the journals of a period tell it.

use super::matching::{Crowd, Found, Matched};
use super::question::Met;
use super::{LoadProposal, LoadRemark, ProposedPost, ProposedRow};
use crate::journal::{Journal, PersonId};
use crate::register::StaffId;
use crate::staff::text::single_spaced;
use crate::staff::{LoadRow, Post, Role, Roster, Span, StaffMember, StaffSource, StaffSourceError};
use std::collections::BTreeMap;

/// What these journals say: each page's teacher teaches it from the period's first day on, and the class teacher is
/// one from that day on. Somebody is known by the id in the source; else one person of the same full name is
/// proposed; all others are asked about. Teachers who stood in for single lessons are not looked at.
///
/// # Errors
/// When a journal names its source by a text that cannot be one.
pub fn from_journals(
    journals: &[Journal],
    roster: &Roster,
) -> Result<LoadProposal, StaffSourceError> {
    let mut crowd = Crowd::default();
    for journal in journals {
        let class = journal.class.name();
        for page in &journal.pages {
            if let Some(teacher) = &page.teacher {
                let met = Met::page(&class, page.key());
                crowd.meet(&source(journal, teacher)?, name(journal, teacher), met);
            }
        }
        if let Some(teacher) = &journal.class.teacher {
            let met = Met { class, page: None };
            crowd.meet(&source(journal, teacher)?, name(journal, teacher), met);
        }
    }
    let found = crowd.find(roster);
    let mut proposal =
        LoadProposal { questions: crowd.questions(&found), ..LoadProposal::default() };
    for journal in journals {
        pages(journal, &found, &mut proposal)?;
        class_teacher(journal, &found, roster, &mut proposal)?;
    }
    let renamed = crowd.renamed(roster).into_iter();
    let renamed = renamed.map(|(roster, journal)| LoadRemark::OtherName { roster, journal });
    proposal.remarks.extend(renamed);
    Ok(proposal)
}

fn source(journal: &Journal, person: &PersonId) -> Result<StaffSource, StaffSourceError> {
    StaffSource::new(&journal.source.system, person.clone())
}

fn name(journal: &Journal, person: &PersonId) -> Option<String> {
    journal.person(person)?.full_name()
}

type Known<'a> = BTreeMap<&'a StaffSource, Found>;

fn who(
    journal: &Journal,
    person: &PersonId,
    found: &Known<'_>,
) -> Result<Option<(StaffId, Matched)>, StaffSourceError> {
    let source = source(journal, person)?;
    Ok(found.get(&source).and_then(|found| found.clone().ok()))
}

fn pages(
    journal: &Journal,
    found: &Known<'_>,
    proposal: &mut LoadProposal,
) -> Result<(), StaffSourceError> {
    let class = journal.class.name();
    let (from, through) = (Some(journal.period.from), Some(journal.period.to));
    let mut span = Span { from, through, silent: Vec::new() };
    for page in &journal.pages {
        let (subject, group) = (single_spaced(&page.subject), page.group.as_deref());
        let group = group.map(single_spaced);
        let Some(teacher) = &page.teacher else {
            let (class, page) = (class.clone(), page.key().to_string());
            proposal.remarks.push(LoadRemark::NoTeacher { class, page });
            span.silent.push((subject, group));
            continue;
        };
        let Some((staff, matched)) = who(journal, teacher, found)? else { continue };
        let row = LoadRow { class: class.clone(), from, group, staff, subject, until: None };
        let twice =
            |known: &ProposedRow| known.row.staff == staff && known.row.page_of() == row.page_of();
        // Two pages whose names differ in capitals only are one to the load.
        if !proposal.rows.iter().any(twice) {
            proposal.rows.push(ProposedRow { row, matched });
        }
    }
    proposal.spans.insert(class, span);
    Ok(())
}

fn class_teacher(
    journal: &Journal,
    found: &Known<'_>,
    roster: &Roster,
    proposal: &mut LoadProposal,
) -> Result<(), StaffSourceError> {
    let Some(teacher) = &journal.class.teacher else { return Ok(()) };
    let Some((staff, matched)) = who(journal, teacher, found)? else { return Ok(()) };
    let class = journal.class.name();
    let holds = |person: &&StaffMember| {
        let of_class = |post: &Post| {
            post.role == Role::ClassTeacher
                && post.class.as_ref() == Some(&class)
                && post.until.is_none_or(|until| journal.period.from <= until)
        };
        person.posts().iter().any(of_class)
    };
    let holders: Vec<&StaffMember> = roster.persons().iter().filter(holds).collect();
    if holders.iter().any(|person| person.id() == staff) {
        return Ok(());
    }
    if !holders.is_empty() {
        let roster: Vec<&str> = holders.iter().map(|person| person.name()).collect();
        let (roster, journal) = (roster.join(", "), name(journal, teacher).unwrap_or_default());
        proposal.remarks.push(LoadRemark::OtherClassTeacher { class, journal, roster });
        return Ok(());
    }
    let (from, role) = (journal.period.from, Role::ClassTeacher);
    let post = Post { class: Some(class), from, order: None, role, title: None, until: None };
    proposal.class_teachers.push(ProposedPost { staff, post, matched });
    Ok(())
}
