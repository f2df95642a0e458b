//! What differs in a class as a whole.

use super::face::Names;
use super::page::pupils;
use super::{About, Change, What};
use crate::journal::{Pupil, PupilId};
use std::collections::HashMap;

/// Finds what differs in the list of the class, in movement and decisions.
pub(super) fn changes(was: &Names<'_>, is: &Names<'_>) -> Vec<Change> {
    let mut told = Vec::new();
    let teacher =
        |names: &Names<'_>| names.person(names.journal.class.teacher.as_ref()).map(str::to_owned);
    told.extend(What::changed(teacher(was), teacher(is)).map(|what| (About::ClassTeacher, what)));
    let list = [was, is].map(|names| names.journal.pupils.iter().collect::<Vec<_>>());
    pupils(&list[0], &list[1], &mut told);
    files(was, is, &mut told);
    let moved = [was, is].map(|names| {
        by_pupil(names.journal.movements.iter().map(|m| (&m.pupil, super::wording::movement(m))))
    });
    of_pupils((was, is), &moved, About::Movements, &mut told);
    let decided = [was, is].map(|names| {
        by_pupil(names.journal.decisions.iter().map(|d| (&d.pupil, super::wording::decision(d))))
    });
    of_pupils((was, is), &decided, About::Decisions, &mut told);
    let of_class = |(about, what)| Change { page: None, name: None, about, what };
    told.into_iter().map(of_class).collect()
}

/// What the class list does not show of a pupil.
fn files(was: &Names<'_>, is: &Names<'_>, told: &mut Vec<(About, What)>) {
    for pupil in &is.journal.pupils {
        let Some(former) = was.pupils.get(&pupil.id) else { continue };
        let name = former.full_name();
        let born = |pupil: &Pupil| pupil.born.map(super::wording::day);
        let changed = What::changed(born(former), born(pupil));
        told.extend(changed.map(|what| (About::Born(name.clone()), what)));
        let file = What::changed(former.file_number.as_ref(), pupil.file_number.as_ref());
        told.extend(file.map(|what| (About::FileNumber(name), what)));
    }
}

/// All that is told of each pupil.
type Told<'a> = HashMap<&'a PupilId, Vec<String>>;

fn by_pupil<'a>(all: impl Iterator<Item = (&'a PupilId, String)>) -> Told<'a> {
    let mut told = Told::new();
    all.for_each(|(pupil, text)| told.entry(pupil).or_default().push(text));
    told
}

fn of_pupils(
    (was, is): (&Names<'_>, &Names<'_>),
    [former, present]: &[Told<'_>; 2],
    about: fn(String) -> About,
    told: &mut Vec<(About, What)>,
) {
    let gone = was.journal.pupils.iter().filter(|pupil| !is.pupils.contains_key(&pupil.id));
    for pupil in is.journal.pupils.iter().chain(gone) {
        let text = |of: &Told<'_>| of.get(&pupil.id).map(|texts| texts.join("; "));
        let name = was.pupils.get(&pupil.id).map_or_else(|| pupil.full_name(), |p| p.full_name());
        let changed = What::changed(text(former), text(present));
        told.extend(changed.map(|what| (about(name), what)));
    }
}
