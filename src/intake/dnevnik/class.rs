//! One class of a dump: its journals, one for each period it has lessons in.

use super::dump::Dump;
use super::groups::{ClassGroup, class_kind};
use super::ids::Id;
use super::index::{FinalMark, Index, When, at};
use super::shapes::{Lesson, Person, School};
use super::terms::{Term, Terms};
use super::{pages, sources};
use crate::intake::gather::Folder;
use crate::intake::{Import, Lack, Problem};
use crate::journal::{
    Class, ClassKind, FinalKind, Format, Journal, PersonId, Pupil, PupilId, Source, read,
};
use chrono::{DateTime, FixedOffset};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What all classes of a dump share.
pub(super) struct Shared<'a> {
    pub folder: &'a Folder,
    pub dump: &'a Dump,
    pub index: &'a Index<'a>,
    pub school: &'a School,
}

/// A final mark, and of what.
#[derive(Debug, Clone)]
pub(super) struct Placement<'a> {
    /// Class or subgroup.
    pub group: Id,
    pub subject: Id,
    pub kind: FinalKind,
    pub found: &'a FinalMark<'a>,
}

/// A class while it is read.
pub(super) struct ClassDump<'a> {
    pub shared: &'a Shared<'a>,
    pub class: ClassGroup<'a>,
    pub kind: ClassKind,
    pub members: &'a [Person],
    pub member_ids: HashSet<Id>,
    pub terms: Terms,
    /// Lessons by period.
    pub lessons: BTreeMap<usize, Vec<&'a Lesson>>,
    /// Finals by period.
    pub finals: BTreeMap<usize, Vec<Placement<'a>>>,
    /// Which files the finals of which period are in.
    pub final_files: BTreeSet<(usize, usize)>,
    /// What the class lacks whatever the period.
    pub lacking: BTreeSet<Lack>,
    pub problems: Vec<Problem>,
}

/// The journals of one class.
///
/// # Errors
/// Everything that keeps the class from being read.
pub(super) fn imports(
    shared: &Shared<'_>,
    class: ClassGroup<'_>,
) -> Result<Vec<Import>, Vec<Problem>> {
    let mut class = ClassDump::of(shared, class)?;
    class.check_loose();
    class.place_finals();
    class.note_lacks();
    let periods: Vec<usize> = class.lessons.keys().copied().collect();
    let last = periods.last().copied();
    let mut imports = Vec::new();
    for period in periods {
        let mut import = class.import(period);
        if Some(period) == last {
            let only_last = |l: &Lack| matches!(l, Lack::YearFinals { .. });
            import.lacking.extend(class.lacking.iter().filter(|l| only_last(l)).cloned());
        }
        match read::journal(&import.journal.to_canonical()) {
            Ok(journal) => imports.push(Import { journal, ..import }),
            Err(found) => {
                let whose =
                    format!("{} {}", import.journal.class.name(), import.journal.period_id());
                class.problems.extend(found.into_iter().map(|problem| Problem {
                    file: shared.folder.shown.clone(),
                    path: format!("journal {whose} {}", problem.path),
                    reason: problem.reason,
                }));
            }
        }
    }
    if class.problems.is_empty() { Ok(imports) } else { Err(class.problems) }
}

impl<'a> ClassDump<'a> {
    fn of(shared: &'a Shared<'a>, class: ClassGroup<'a>) -> Result<ClassDump<'a>, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut lacks = |what: String| {
            let reason = format!("class {} ({}): {what}", class.group.name, class.group.id);
            problems.push(Problem::of_file(&shared.folder.shown, reason));
        };
        let id = class.group.id;
        let kind = class_kind(class.group).map_err(&mut lacks).ok();
        let members = shared.dump.persons.get(&id);
        if members.is_none() {
            lacks(format!("no list of pupils; save edu-groups/{id}/persons?includeArchive=true"));
        }
        let college = matches!(kind, Some(ClassKind::Group { .. }));
        let periods = shared.dump.periods.get(&id).filter(|periods| !periods.is_empty());
        let missing = format!("no reporting periods; save edu-groups/{id}/reporting-periods");
        let terms = periods.ok_or(missing).and_then(|p| Terms::of(p, college));
        let terms = terms.map_err(&mut lacks).ok();
        let of_part = |part: Id| shared.index.lessons.get(&part).into_iter().flatten().copied();
        let lessons: Vec<&Lesson> = class.parts().flat_map(|part| of_part(part.id)).collect();
        if lessons.is_empty() {
            lacks(format!("no lessons; save edu-groups/{id}/lessons/{{from}}/{{to}}"));
        }
        let (Some(kind), Some(members), Some(terms)) = (kind, members, terms) else {
            return Err(problems);
        };
        Ok(ClassDump {
            shared,
            class,
            kind,
            members,
            member_ids: members.iter().map(|m| m.id).collect(),
            lessons: by_term(&terms, lessons),
            terms,
            finals: BTreeMap::new(),
            final_files: BTreeSet::new(),
            lacking: BTreeSet::new(),
            problems,
        })
    }

    /// Marks and attendance whose lesson is in no file: a problem where the dump should have it (it has
    /// lessons of that period, and of that subject if the subject is known), otherwise a lack.
    fn check_loose(&mut self) {
        let held: BTreeSet<Id> = self.lessons.values().flatten().map(|l| l.subject).collect();
        let listed = self.shared.dump.subjects_of.get(&self.class.group.id);
        let all_held = listed.is_none_or(|subjects| subjects.iter().all(|s| held.contains(s)));
        let (mut marks, mut absences) = (0, 0);
        let parts: Vec<Id> = self.class.parts().map(|part| part.id).collect();
        for loose in parts.iter().filter_map(|p| self.shared.index.loose.get(p)).flatten() {
            let covered = loose
                .entered
                .is_none_or(|moment| self.lessons.contains_key(&self.terms.of_day(moment.date())));
            let expected = loose.subject.map_or(all_held, |subject| held.contains(&subject));
            if covered && expected {
                self.problems.push(at(self.shared.folder, loose.place, loose.reason()));
            } else if loose.is_mark {
                marks += 1;
            } else {
                absences += 1;
            }
        }
        if marks + absences > 0 {
            self.lacking.insert(Lack::LostEntries { marks, absences });
        }
    }

    /// Gives every final its period. Year finals go into the journal of the year's last period, when that
    /// is in the dump.
    fn place_finals(&mut self) {
        let (mut lost, mut of_year) = (0, 0);
        let parts: Vec<Id> = self.class.parts().map(|part| part.id).collect();
        let index = self.shared.index;
        for group in parts {
            for found in index.finals.get(&group).into_iter().flatten() {
                if found.mark.value.is_empty() {
                    continue;
                }
                let (Some(subject), Ok(to)) = (found.subject, self.period_of_final(found)) else {
                    lost += 1;
                    continue;
                };
                let Some((period, kind)) = to else { continue };
                self.final_files.insert((period, found.place.file));
                if self.lessons.contains_key(&period) {
                    let placement = Placement { group, subject, kind, found };
                    self.finals.entry(period).or_default().push(placement);
                } else if kind == FinalKind::Year {
                    of_year += 1;
                }
            }
        }
        if lost > 0 {
            self.lacking.insert(Lack::LostFinals { marks: lost });
        }
        if of_year > 0 {
            self.lacking.insert(Lack::YearFinals { marks: of_year });
        }
    }

    /// The period and kind of a final; `Ok(None)` when that was a problem, `Err` when nothing tells.
    fn period_of_final(&mut self, found: &FinalMark<'_>) -> Result<Option<(usize, FinalKind)>, ()> {
        let year = Some((self.terms.terms.len() - 1, FinalKind::Year));
        let of_term = |terms: &Terms, period: usize| {
            let whole = terms.terms[period].period.number.is_none();
            Some((period, if whole { FinalKind::Year } else { FinalKind::Period }))
        };
        match found.when {
            When::Year => Ok(year),
            When::Period(id) if self.terms.whole_years.contains(&id) => Ok(year),
            When::Period(id) => match self.terms.with_id(id) {
                Some(period) => Ok(of_term(&self.terms, period)),
                None => {
                    let reason = format!("reporting period {id} is none of the class's");
                    self.problems.push(at(self.shared.folder, found.place, reason));
                    Ok(None)
                }
            },
            When::Named(kind, number) => {
                let period = self.terms.named(kind, number).ok_or(())?;
                Ok(of_term(&self.terms, period))
            }
            When::Unknown => Err(()),
        }
    }

    fn note_lacks(&mut self) {
        let dump = self.shared.dump;
        let held: BTreeSet<Id> = self.lessons.values().flatten().map(|l| l.subject).collect();
        let listed = dump.subjects_of.get(&self.class.group.id).into_iter().flatten();
        for id in listed.filter(|id| !held.contains(id)) {
            let subject = dump.subjects.get(id).cloned().unwrap_or_default();
            self.lacking.insert(Lack::Lessons { subject });
        }
        if !dump.class_teachers.contains_key(&self.class.group.id) {
            self.lacking.insert(Lack::ClassTeacher);
        }
        self.lacking.extend(sources::lacks(self));
    }

    fn import(&mut self, period: usize) -> Import {
        let term: Term = self.terms.terms[period].clone();
        let drawn = pages::draw(self, period);
        let mut lacking: BTreeSet<Lack> = drawn.lacking;
        lacking
            .extend(self.lacking.iter().filter(|l| !matches!(l, Lack::YearFinals { .. })).cloned());
        let (pupils, gone) = self.pupils(&drawn.mentioned);
        if gone > 0 {
            lacking.insert(Lack::Departures { pupils: gone });
        }
        let teacher = self.shared.dump.class_teachers.get(&self.class.group.id).copied();
        let teachers: BTreeSet<Id> = drawn.teachers.into_iter().chain(teacher).collect();
        let journal = Journal {
            class: Class { kind: self.kind.clone(), teacher: teacher.map(person_id) },
            decisions: Vec::new(),
            format: Format::V1,
            movements: Vec::new(),
            pages: drawn.pages,
            people: teachers.into_iter().map(|id| pages::person(self.shared.dump, id)).collect(),
            period: term.period,
            pupils,
            school: crate::journal::School {
                id: self.shared.school.id.to_string(),
                name: self.shared.school.name.clone(),
            },
            school_year: term.year,
            source: self.source(),
        };
        lacking.extend(Lack::teacher_names(&journal));
        Import {
            journal,
            sources: sources::of(self, period),
            lacking: lacking.into_iter().collect(),
        }
    }

    /// Present members, and those who left and have something in this period.
    fn pupils(&self, mentioned: &BTreeSet<Id>) -> (Vec<Pupil>, usize) {
        let here = self.members.iter().filter(|m| !m.left || mentioned.contains(&m.id));
        let gone = here.clone().filter(|m| m.left).count();
        let pupil = |member: &Person| Pupil {
            born: None,
            file_number: None,
            id: pupil_id(member.id),
            name: member.name.clone(),
            number: None,
            patronymic: member.patronymic.clone(),
            surname: member.surname.clone(),
        };
        (here.map(pupil).collect(), gone)
    }

    /// A dump does not say when it was fetched: the newest moment anything in it was entered stands for
    /// that, in the school's zone (Moscow's where the school tells none). File times say nothing: copying
    /// changes them.
    fn source(&self) -> Source {
        let newest = self.shared.index.newest;
        let last_lesson = self.lessons.values().flatten().map(|l| l.date).max();
        let moment = newest.or(last_lesson.map(|day| day.and_time(chrono::NaiveTime::MIN)));
        let local = moment.unwrap_or_default();
        let seconds = self.shared.school.zone.unwrap_or(3) * 3600;
        let zone = FixedOffset::east_opt(seconds).unwrap_or(chrono::Offset::fix(&chrono::Utc));
        let exported = local
            .and_local_timezone(zone)
            .single()
            .unwrap_or_else(|| DateTime::from_naive_utc_and_offset(local, zone));
        Source { exported, file: self.shared.folder.name.clone(), system: "dnevnik.ru".to_owned() }
    }
}

fn by_term<'a>(terms: &Terms, lessons: Vec<&'a Lesson>) -> BTreeMap<usize, Vec<&'a Lesson>> {
    let mut by_term: BTreeMap<usize, Vec<&Lesson>> = BTreeMap::new();
    for lesson in lessons {
        by_term.entry(terms.of_day(lesson.date)).or_default().push(lesson);
    }
    by_term
}

/// A teacher's id in the journal.
pub(super) fn person_id(id: Id) -> PersonId {
    id.to_string().parse().expect("an id of at most 20 digits is an id of the journal")
}

/// A pupil's id in the journal.
pub(super) fn pupil_id(id: Id) -> PupilId {
    id.to_string().parse().expect("an id of at most 20 digits is an id of the journal")
}
