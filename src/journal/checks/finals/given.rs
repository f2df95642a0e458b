//! Whether finals are there, allowed, and in time.

use super::{Given, counts};
use crate::journal::checks::Code;
use crate::journal::checks::remark::{Found, Spot};
use crate::journal::checks::survey::{PageSurvey, Survey};
use crate::journal::checks::wording::{
    DAYS, OF_FINALS, OF_PUPILS, ON_PAGES, count, date, list, period,
};
use crate::journal::{Final, FinalKind, PeriodKind};
use chrono::{Days, NaiveDate};
use std::collections::HashSet;

pub(super) fn check(s: &Survey, given: &Given, found: &mut Found) {
    missing(s, given, found);
    for (position, page) in s.pages.iter().enumerate() {
        not_allowed(s, page, position, found);
        too_late(s, page, position, found);
    }
    undated(s, found);
    of_the_year(s, found);
}

/// Every pupil who is in the class at the period's end and is no newcomer has a final in every subject, on
/// one of its pages. A page on which nothing happened in the period asks for none.
fn missing(s: &Survey, given: &Given, found: &mut Found) {
    let of = &s.journal.period;
    let newcomer_days = s.regulation.finals.newcomer_days;
    let mut reported = HashSet::new();
    for (position, page) in s.pages.iter().enumerate() {
        let expected = s.regulation.expects_final(&s.journal.class, &page.page.subject, of);
        let idle = page.page.lessons.is_empty() && page.finals.is_empty();
        if !expected || (idle && of.kind != PeriodKind::Year) {
            continue;
        }
        let due = |pupil: &usize| s.stays[*pupil].needs_final(of, newcomer_days);
        let due: Vec<usize> = page.pupils.iter().copied().filter(due).collect();
        let absent = |pupil: &usize| {
            let key = (page.subject, *pupil);
            !given.contains_key(&key) && reported.insert(key)
        };
        let pupils: Vec<usize> = due.iter().copied().filter(absent).collect();
        if !pupils.is_empty() {
            let text = missing_text(s, page, &pupils, due.len());
            found.add(Code::FinalMissing, Spot::page(position).pupils(&pupils), text);
        }
    }
}

fn missing_text(s: &Survey, page: &PageSurvey, pupils: &[usize], due: usize) -> String {
    let whom = if pupils.len() == due && due > 1 {
        format!("ни у кого из {}", count(due, OF_PUPILS))
    } else {
        format!("у {} — {}", count(pupils.len(), OF_PUPILS), list(&s.names(pupils)))
    };
    format!(
        "{}: за {} нет итоговой отметки {whom}; её получает каждый, кто учится на конец периода.",
        page.name,
        period(&s.journal.period)
    )
}

/// «н/а» and «осв.» are no finals of a period, of the year, nor the итоговая mark (R1 7.3).
fn not_allowed(s: &Survey, page: &PageSurvey, position: usize, found: &mut Found) {
    for (pupil, given) in &page.finals {
        if given.kind == FinalKind::Exam || s.regulation.allows_final(&given.value) {
            continue;
        }
        let quoted = |value: &String| format!("«{value}»");
        let listed: Vec<String> = s.regulation.finals.not_allowed.iter().map(quoted).collect();
        let text = format!(
            "{}: вместо {} стоит «{}» ({}), а {} как итог не допускается.",
            page.name,
            whose(s, given),
            given.value.trim(),
            s.journal.pupils[*pupil].full_name(),
            listed.join(" или ")
        );
        found.add(Code::FinalNotAllowed, Spot::page(position).pupils(&[*pupil]), text);
    }
}

/// What a final is called after «вместо».
fn whose(s: &Survey, given: &Final) -> String {
    match given.kind {
        FinalKind::Period => format!("отметки за {}", period(&s.journal.period)),
        FinalKind::Year => "годовой отметки".to_owned(),
        FinalKind::Exam => "экзаменационной отметки".to_owned(),
        FinalKind::Final => "итоговой отметки".to_owned(),
    }
}

/// Finals with a term: those of this period which the school set itself.
fn own<'s>(s: &'s Survey, page: &'s PageSurvey) -> impl Iterator<Item = (usize, &'s Final)> {
    let own = |(_, given): &&(usize, &'s Final)| counts(s, given) && given.school.is_none();
    page.finals.iter().filter(own).copied()
}

/// The last day on which finals are set in time (R1 6.4.7, 7.4).
fn last_day(s: &Survey) -> Option<NaiveDate> {
    let days = Days::new(s.regulation.finals.days_before_end.into());
    s.journal.period.to.checked_sub_days(days)
}

fn too_late(s: &Survey, page: &PageSurvey, position: usize, found: &mut Found) {
    let Some(last) = last_day(s) else { return };
    let late: Vec<(usize, NaiveDate)> = own(s, page)
        .filter_map(|(pupil, given)| Some((pupil, given.set.filter(|day| *day > last)?)))
        .collect();
    let mut days: Vec<NaiveDate> = late.iter().map(|(_, day)| *day).collect();
    let mut pupils: Vec<usize> = late.into_iter().map(|(pupil, _)| pupil).collect();
    days.sort_unstable();
    days.dedup();
    pupils.dedup();
    if !pupils.is_empty() {
        let before = match usize::try_from(s.regulation.finals.days_before_end) {
            Ok(days @ 1..) => format!(", за {} до конца периода", count(days, DAYS)),
            _ => String::new(),
        };
        let text = format!(
            "{}: отметки за {} выставлены {} у {} ({}), а срок — не позднее {}{before}.",
            page.name,
            period(&s.journal.period),
            list(&days.into_iter().map(date).collect::<Vec<_>>()),
            count(pupils.len(), OF_PUPILS),
            list(&s.names(&pupils)),
            date(last)
        );
        found.add(Code::FinalTooLate, Spot::page(position).pupils(&pupils), text);
    }
}

/// Without the day a final was set nobody can tell whether it was in time: one remark for the journal.
fn undated(s: &Survey, found: &mut Found) {
    let (finals, pages) = gathered(s, |page| own(s, page).filter(|(_, f)| f.set.is_none()).count());
    if finals > 0 {
        let text = format!(
            "Не указан день выставления у {} на {} ({}), поэтому срок там не проверен.",
            count(finals, OF_FINALS),
            count(pages.len(), ON_PAGES),
            list(&page_names(s, &pages))
        );
        found.add(Code::FinalUndated, Spot::pages(&pages), text);
    }
}

/// A mark of the year in the journal of the last period is read as belonging to the year.
fn of_the_year(s: &Survey, found: &mut Found) {
    if s.journal.period.kind == PeriodKind::Year {
        return;
    }
    let of_year = |page: &PageSurvey| {
        page.finals.iter().filter(|(_, given)| given.kind == FinalKind::Year).count()
    };
    let (finals, pages) = gathered(s, of_year);
    if finals > 0 {
        let text = format!(
            "В журнале за {} стоят годовые отметки — {finals} на {} ({}); они отнесены к году.",
            period(&s.journal.period),
            count(pages.len(), ON_PAGES),
            list(&page_names(s, &pages))
        );
        found.add(Code::YearFinalInPeriod, Spot::pages(&pages), text);
    }
}

/// How many finals there are of some sort, and on which pages.
fn gathered(s: &Survey, of_page: impl Fn(&PageSurvey) -> usize) -> (usize, Vec<usize>) {
    let counts = s.pages.iter().map(of_page).enumerate().filter(|(_, finals)| *finals > 0);
    let (pages, finals): (Vec<usize>, Vec<usize>) = counts.unzip();
    (finals.into_iter().sum(), pages)
}

fn page_names<'s>(s: &'s Survey, pages: &[usize]) -> Vec<&'s str> {
    pages.iter().map(|i| s.pages[*i].name.as_str()).collect()
}
