//! Names and other things paper needs: class teacher, page teachers, pupils.

use super::Code;
use super::remark::{Found, Spot};
use super::survey::Survey;
use super::wording::{OF_PUPILS, ON_PAGES, count, list};
use crate::journal::Pupil;

pub(super) fn check(s: &Survey, found: &mut Found) {
    class_teacher(s, found);
    page_teachers(s, found);
    pupil_names(s, found);
    pupil_data(s, found);
}

fn class_teacher(s: &Survey, found: &mut Found) {
    if !s.named(s.journal.class.teacher.as_ref()) {
        let text = format!(
            "{}: не указан полностью {}, а он подписывает титульный лист с расшифровкой.",
            s.journal.class.name(),
            s.trade.head
        );
        found.add(Code::ClassTeacherUnnamed, Spot::journal(), text);
    }
}

fn page_teachers(s: &Survey, found: &mut Found) {
    let unnamed = |i: &usize| !s.named(s.pages[*i].page.teacher.as_ref());
    let pages: Vec<usize> = (0..s.pages.len()).filter(unnamed).collect();
    if !pages.is_empty() {
        let names: Vec<&str> = pages.iter().map(|i| s.pages[*i].name.as_str()).collect();
        let text = format!(
            "На {} не указан полностью {} ({}), а он подписывает листы с расшифровкой.",
            count(pages.len(), ON_PAGES),
            s.trade.teacher,
            list(&names)
        );
        found.add(Code::TeacherUnnamed, Spot::pages(&pages), text);
    }
}

/// How a pupil without a full name can be found in the list.
fn pointed_out((position, pupil): (usize, &Pupil)) -> String {
    let number = pupil.number.map_or(position + 1, |n| usize::try_from(n).unwrap_or(usize::MAX));
    let name = pupil.full_name();
    if name.trim().is_empty() { format!("№ {number}") } else { format!("№ {number}, {name}") }
}

fn pupil_names(s: &Survey, found: &mut Found) {
    let blank = |p: &Pupil| p.surname.trim().is_empty() || p.name.trim().is_empty();
    let pupils = s.journal.pupils.iter().enumerate();
    let unnamed: Vec<(usize, &Pupil)> = pupils.filter(|(_, pupil)| blank(pupil)).collect();
    if !unnamed.is_empty() {
        let positions: Vec<usize> = unnamed.iter().map(|(i, _)| *i).collect();
        let names: Vec<String> = unnamed.into_iter().map(pointed_out).collect();
        let text = format!(
            "В списке нет фамилии или имени у {} ({}), а без них лист не напечатать.",
            count(positions.len(), OF_PUPILS),
            list(&names)
        );
        found.add(Code::PupilUnnamed, Spot::journal().pupils(&positions), text);
    }
}

/// List number, date of birth and file number stand on paper and find a pupil years later.
fn pupil_data(s: &Survey, found: &mut Found) {
    let lacking = |is_missing: fn(&Pupil) -> bool| -> Vec<usize> {
        let pupils = s.journal.pupils.iter().enumerate();
        pupils.filter(|(_, p)| is_missing(p)).map(|(i, _)| i).collect()
    };
    let blank = |p: &Pupil| p.file_number.as_deref().is_none_or(|t| t.trim().is_empty());
    let kinds = [
        ("номера по списку", lacking(|p| p.number.is_none())),
        ("даты рождения", lacking(|p| p.born.is_none())),
        ("номера личного дела", lacking(blank)),
    ];
    let mut phrases = Vec::new();
    let mut pupils = Vec::new();
    for (what, who) in kinds.iter().filter(|(_, who)| !who.is_empty()) {
        let everybody = who.len() == s.journal.pupils.len() && who.len() > 1;
        let whom = if everybody {
            "у всех".to_owned()
        } else {
            format!("у {} ({})", count(who.len(), OF_PUPILS), list(&s.names(who)))
        };
        phrases.push(format!("{what} — {whom}"));
        pupils.extend_from_slice(who);
    }
    if !phrases.is_empty() {
        pupils.sort_unstable();
        pupils.dedup();
        let text = format!("В списке нет: {}.", phrases.join("; "));
        found.add(Code::PupilDataMissing, Spot::journal().pupils(&pupils), text);
    }
}
