//! The dump's marks, attendance and finals by what they belong to.

use super::dump::{Dump, Placed};
use super::groups;
use super::ids::Id;
use super::shapes::{Lesson, LogEntry, Mark, Place, Work};
use crate::intake::Problem;
use crate::intake::gather::Folder;
use chrono::NaiveDateTime;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What stands in the cells of one lesson.
#[derive(Debug, Default)]
pub(super) struct Cells<'a> {
    pub marks: Vec<&'a Placed<Mark>>,
    pub log: Vec<&'a Placed<LogEntry>>,
}

/// Of which period a final mark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When<'a> {
    /// The period with this id.
    Period(Id),
    /// The period works name by kind and number.
    Named(&'a str, u32),
    /// The year.
    Year,
    /// Nothing says.
    Unknown,
}

/// A final mark.
#[derive(Debug, Clone)]
pub(super) struct FinalMark<'a> {
    pub place: Place,
    pub when: When<'a>,
    pub subject: Option<Id>,
    pub mark: &'a Mark,
}

/// A mark or attendance record whose lesson is in no file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Loose {
    pub place: Place,
    /// The lesson it names.
    pub lesson: Option<Id>,
    /// Subject, when the file's name tells it.
    pub subject: Option<Id>,
    /// When it was entered.
    pub entered: Option<NaiveDateTime>,
    pub is_mark: bool,
}

/// Everything of a dump, found quickly.
#[derive(Debug, Default)]
pub(super) struct Index<'a> {
    /// Lessons of a class or subgroup.
    pub lessons: HashMap<Id, Vec<&'a Lesson>>,
    /// By lesson.
    pub cells: HashMap<Id, Cells<'a>>,
    /// Homework texts by lesson.
    pub homework: HashMap<Id, Vec<&'a str>>,
    /// By class or subgroup.
    pub finals: HashMap<Id, Vec<FinalMark<'a>>>,
    /// By class or subgroup, as the file's name tells.
    pub loose: HashMap<Id, Vec<Loose>>,
    /// The newest moment anything was entered.
    pub newest: Option<NaiveDateTime>,
}

impl<'a> Index<'a> {
    /// Sorts a dump. Marks told twice count once.
    pub fn of(dump: &'a Dump, folder: &Folder, problems: &mut Vec<Problem>) -> Index<'a> {
        let mut index = Index::default();
        for lesson in dump.lessons.values() {
            index.lessons.entry(lesson.group).or_default().push(lesson);
        }
        for work in dump.works.values().filter(|work| work.kind == "Homework") {
            if let (Some(lesson), Some(text)) = (work.lesson, &work.text) {
                index.homework.entry(lesson).or_default().push(text);
            }
        }
        index.take_finals(dump, folder, problems);
        index.take_marks(dump, folder, problems);
        index.take_log(dump, folder, problems);
        let sent = dump.works.values().filter_map(|work| work.sent);
        let marked = dump.marks.iter().filter_map(|mark| mark.what.date);
        let logged = dump.log.iter().filter_map(|entry| entry.what.created);
        let finals = dump.finals.iter().flat_map(|f| f.what.marks.iter());
        let finals = finals.filter_map(|(_, mark)| mark.date);
        index.newest = sent.chain(marked).chain(logged).chain(finals).max();
        index
    }

    fn take_finals(&mut self, dump: &'a Dump, folder: &Folder, problems: &mut Vec<Problem>) {
        let mut seen = HashSet::new();
        for row in &dump.finals {
            // The group of the file's own name is looked for elsewhere.
            let named = row.scope.group == Some(row.what.group);
            if !named && !dump.groups.contains_key(&row.what.group) {
                problems.push(at(folder, row.place, groups::unknown(row.what.group)));
            }
            let when = row.what.period.map_or(When::Year, When::Period);
            for (subject, mark) in &row.what.marks {
                if seen.insert((row.what.group, mark.id)) {
                    let place = row.place;
                    let subject = Some(*subject);
                    let found = FinalMark { place, when, subject, mark };
                    self.finals.entry(row.what.group).or_default().push(found);
                }
            }
        }
    }

    fn take_marks(&mut self, dump: &'a Dump, folder: &Folder, problems: &mut Vec<Problem>) {
        let told = dump.finals.iter().flat_map(|row| row.what.marks.iter());
        let finals: HashSet<Id> = told.map(|(_, mark)| mark.id).collect();
        let mut seen: HashMap<Id, &Mark> = HashMap::new();
        for placed in &dump.marks {
            let mark = &placed.what;
            match seen.insert(mark.id, mark) {
                Some(same) if same == mark => continue,
                Some(_) => {
                    let reason = format!(
                        "mark {} is told twice, differently: either its ids were rounded, or the files \
                         were saved at different times; fetch the dump again",
                        mark.id
                    );
                    problems.push(at(folder, placed.place, reason));
                }
                None => {}
            }
            let work = mark.work.and_then(|work| dump.works.get(&work));
            if placed.place.in_marks || work.is_some_and(Work::is_final) {
                if !finals.contains(&mark.id) {
                    self.take_period_mark(dump, placed, work);
                }
            } else {
                self.take_cell_mark(dump, folder, placed, work, problems);
            }
        }
    }

    /// A final found among the marks. Its work gives the subject only as a number: it is believed when it
    /// spells a subject's id exactly, which a rounded one does not.
    fn take_period_mark(
        &mut self,
        dump: &'a Dump,
        placed: &'a Placed<Mark>,
        work: Option<&'a Work>,
    ) {
        let Some(group) = placed.scope.group else { return };
        let spelled = work.and_then(|w| w.subject?.to_string().parse::<Id>().ok());
        let subject = placed.scope.subject.or(spelled.filter(|id| dump.subjects.contains_key(id)));
        let when = work.map_or(When::Unknown, |w| match (&w.period_kind, w.period_number) {
            (Some(kind), _) if kind.eq_ignore_ascii_case("year") => When::Year,
            (Some(kind), Some(number)) => When::Named(kind, number),
            _ => When::Unknown,
        });
        let found = FinalMark { place: placed.place, when, subject, mark: &placed.what };
        self.finals.entry(group).or_default().push(found);
    }

    fn take_cell_mark(
        &mut self,
        dump: &'a Dump,
        folder: &Folder,
        placed: &'a Placed<Mark>,
        work: Option<&'a Work>,
        problems: &mut Vec<Problem>,
    ) {
        let lesson = placed.what.lesson.or(work.and_then(|w| w.lesson));
        match lesson.filter(|id| dump.lessons.contains_key(id)) {
            Some(known) => self.cells.entry(known).or_default().marks.push(placed),
            None => self.take_loose(
                folder,
                placed.scope.group,
                Loose {
                    place: placed.place,
                    lesson,
                    subject: placed.scope.subject,
                    entered: placed.what.date,
                    is_mark: true,
                },
                problems,
            ),
        }
    }

    fn take_log(&mut self, dump: &'a Dump, folder: &Folder, problems: &mut Vec<Problem>) {
        let mut seen: BTreeMap<(Id, Id), &LogEntry> = BTreeMap::new();
        for placed in &dump.log {
            let entry = &placed.what;
            match seen.insert((entry.lesson, entry.person), entry) {
                Some(same) if (&same.status, &same.comment) == (&entry.status, &entry.comment) => {
                    continue;
                }
                Some(_) => {
                    let reason = format!(
                        "person {} has two different records for lesson {}; mend it in the journal and \
                         fetch the dump again",
                        entry.person, entry.lesson
                    );
                    problems.push(at(folder, placed.place, reason));
                }
                None => {}
            }
            if dump.lessons.contains_key(&entry.lesson) {
                self.cells.entry(entry.lesson).or_default().log.push(placed);
                continue;
            }
            let loose = Loose {
                place: placed.place,
                lesson: Some(entry.lesson),
                subject: placed.scope.subject,
                entered: entry.created,
                is_mark: false,
            };
            self.take_loose(folder, placed.scope.group, loose, problems);
        }
    }

    fn take_loose(
        &mut self,
        folder: &Folder,
        group: Option<Id>,
        loose: Loose,
        problems: &mut Vec<Problem>,
    ) {
        match group {
            Some(group) => self.loose.entry(group).or_default().push(loose),
            None => problems.push(at(folder, loose.place, loose.reason())),
        }
    }
}

impl Loose {
    /// Why it is refused where its lesson should be in the dump.
    pub fn reason(&self) -> String {
        let lesson = self.lesson.map_or("no lesson".to_owned(), |id| format!("lesson {id}"));
        format!(
            "belongs to {lesson}, which is in no file; save edu-groups/{{group}}/lessons/{{from}}/{{to}} \
             for the same days"
        )
    }
}

/// A problem of something in the dump.
pub(super) fn at(folder: &Folder, place: Place, reason: String) -> Problem {
    let file = folder.files.get(place.file).map_or(folder.shown.as_str(), |f| f.shown.as_str());
    Problem { file: file.to_owned(), path: place.path(), reason }
}
