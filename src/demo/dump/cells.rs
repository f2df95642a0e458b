//! Lessons with their works, marks, attendance and final marks of a page.

use super::super::works::{self, HOMEWORK, PERIOD_MARK};
use super::group::{Group, Subpage, subject_id, subpages};
use super::shapes::{Lesson, LessonSubject, LogEntry, Mark, PersonFinals, SubjectFinal, Work};
use super::{Dumped, kind_of, number, number_of, period_id};
use crate::journal::{self, Absence, AbsenceCode, Entry, Page, Period, PersonId};
use chrono::NaiveDate;
use std::collections::HashMap;

/// What `subjects/{subject}/lessons` and `…/marks` answer for a page.
pub(super) struct Answers {
    pub(super) lessons: Vec<Lesson>,
    pub(super) marks: Vec<Mark>,
}

impl Answers {
    pub(super) fn of(group: &Group, dumped: &Dumped, page: &Subpage) -> Answers {
        let mut entries: HashMap<&journal::LessonId, Vec<&Entry>> = HashMap::new();
        for entry in &page.page.entries {
            entries.entry(&entry.lesson).or_default().push(entry);
        }
        let mut answers = Answers { lessons: Vec::new(), marks: Vec::new() };
        for lesson in &page.page.lessons {
            let at = LessonAt { group, dumped, page, lesson };
            let entries = entries.remove(&lesson.id).unwrap_or_default();
            let mut works = Vec::new();
            answers.marks.extend(at.marks(&entries, &mut works));
            answers.lessons.push(at.shape(works));
        }
        answers
    }
}

/// A lesson with all that its answers name.
struct LessonAt<'a> {
    group: &'a Group,
    dumped: &'a Dumped<'a>,
    page: &'a Subpage<'a>,
    lesson: &'a journal::Lesson,
}

impl LessonAt<'_> {
    /// The lesson's place in the year, of which ids are made.
    fn place(&self) -> usize {
        (number(self.lesson.id.as_str()) % 100_000_000) as usize
    }

    /// An id that belongs to this lesson.
    fn id(&self, kind: u64, number: usize) -> u64 {
        let place = self.dumped.class.place;
        place.long_id(kind, self.page.index, self.place() * 1000 + number)
    }

    fn shape(&self, works: Vec<Work>) -> Lesson {
        let id = number(self.lesson.id.as_str());
        let teacher = self.lesson.substitute.as_ref().or(self.page.page.teacher.as_ref());
        Lesson {
            id: id.into(),
            title: self.lesson.topic.clone(),
            date: midnight(self.lesson.date),
            number: self.lesson.number,
            subject: lesson_subject(self.page),
            group: self.group.id,
            group_str: self.group.id.to_string(),
            status: "Finalized",
            works: self.with_homework(works),
            teachers: teacher.iter().map(|t| number(t.as_str())).collect(),
            teachers_str: teacher.iter().map(|t| t.to_string()).collect(),
        }
    }

    /// The works marks were given for; every lesson has one for oral answers, and one for homework where it
    /// was set.
    fn with_homework(&self, mut works: Vec<Work>) -> Vec<Work> {
        if !works.iter().any(|w| w.work_type == works::ANSWER.id) {
            works.insert(0, self.work(works::ANSWER, 0));
        }
        if let Some(homework) = &self.lesson.homework {
            let marked = works.iter_mut().find(|w| w.work_type == HOMEWORK.id);
            let text = Some(homework.clone());
            let sent_date = Some(moment(self.lesson.date, 15, self.place()));
            match marked {
                Some(work) => (work.text, work.sent_date, work.status) = (text, sent_date, "Sent"),
                None => works.push(Work {
                    display_in_journal: false,
                    text,
                    sent_date,
                    status: "Sent",
                    ..self.work(HOMEWORK, 0)
                }),
            }
        }
        works
    }

    fn work(&self, of: &works::Work, marks: usize) -> Work {
        let period = &self.dumped.journal.period;
        let id = self.id(22_641, of.id as usize % 100);
        let teacher = self.page.page.teacher.as_ref();
        Work {
            id: id.into(),
            kind: of.kind,
            work_type: of.id,
            mark_type: "Mark5",
            mark_count: marks.max(1),
            lesson: number(self.lesson.id.as_str()),
            lesson_str: self.lesson.id.to_string(),
            display_in_journal: true,
            status: "New",
            edu_group: self.group.id,
            edu_group_str: self.group.id.to_string(),
            tasks: [],
            text: None,
            period_number: number_of(period),
            period_type: kind_of(period),
            subject_id: subject_id(self.page.subject),
            is_important: of.weight > 1,
            target_date: midnight(self.lesson.date),
            sent_date: None,
            created_by: teacher.map(PersonId::as_str).map_or(0, number),
            files: [],
            one_drive_links: [],
        }
    }

    /// The marks of the lesson's cells; `works` gets what they were given for.
    fn marks(&self, entries: &[&Entry], works: &mut Vec<Work>) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        for entry in entries {
            let mut in_cell: HashMap<u32, usize> = HashMap::new();
            for mark in &entry.marks {
                let of = works::by_abbr(mark.work.as_deref().unwrap_or_default());
                let which = in_cell.entry(of.id).or_default();
                match works.iter_mut().find(|w| w.work_type == of.id) {
                    Some(work) => work.mark_count = work.mark_count.max(*which + 1),
                    None => works.push(self.work(of, *which + 1)),
                }
                let lesson = Some(number(self.lesson.id.as_str()));
                let date = moment(self.lesson.date, 9 + self.lesson.number, marks.len());
                let person = entry.pupil.as_str();
                let id = self.id(22_642, marks.len());
                let work = self.id(22_641, of.id as usize % 100);
                let shape = shape(id, &mark.value, person, (work, of.id), date);
                marks.push(Mark {
                    lesson,
                    lesson_str: lesson.map(|id| id.to_string()),
                    number: *which,
                    ..shape
                });
                *which += 1;
            }
        }
        marks
    }
}

/// A mark that belongs to no lesson; `work` is its id and type.
fn shape(id: u64, value: &str, person: &str, (work, work_type): (u64, u32), date: String) -> Mark {
    Mark {
        id: id.into(),
        kind: "Mark5",
        value: value.to_owned(),
        text_value: value.to_owned(),
        person: number(person),
        person_str: person.to_owned(),
        work,
        work_str: work.to_string(),
        lesson: None,
        lesson_str: None,
        number: 0,
        date,
        work_type,
        mood: mood(value),
        use_avg_calc: true,
    }
}

fn lesson_subject(page: &Subpage) -> LessonSubject {
    let id = subject_id(page.subject);
    LessonSubject {
        id: id.into(),
        name: page.subject.name,
        knowledge_area: page.subject.knowledge_area(),
        fgos_subject_id: None,
    }
}

/// Attendance of a page: who was absent or late, and remarks about those who attended.
pub(super) fn log(page: &Page) -> Vec<LogEntry> {
    let dates: HashMap<_, NaiveDate> = page.lessons.iter().map(|l| (&l.id, l.date)).collect();
    let told = page.entries.iter().filter(|e| e.absence.is_some() || e.remark.is_some());
    told.enumerate()
        .map(|(place, entry)| LogEntry {
            person: number(entry.pupil.as_str()),
            lesson: number(entry.lesson.as_str()),
            person_str: entry.pupil.to_string(),
            lesson_str: entry.lesson.to_string(),
            comment: entry.remark.clone().unwrap_or_default(),
            status: status(entry.absence.as_ref()),
            created_date: dates
                .get(&entry.lesson)
                .map_or_else(String::new, |d| moment(*d, 12, place)),
        })
        .collect()
}

fn status(absence: Option<&Absence>) -> &'static str {
    match absence.map(Absence::code) {
        None => "Attend",
        Some(Some(AbsenceCode::Ill)) => "Ill",
        Some(Some(AbsenceCode::Late)) => "Late",
        Some(Some(AbsenceCode::Excused)) => "Pass",
        Some(_) => "Absent",
    }
}

/// Final marks of the whole class, those of subgroups' subjects too: by pupil, then subject.
pub(super) fn finals(group: &Group, dumped: &Dumped) -> Vec<PersonFinals> {
    let period = &dumped.journal.period;
    let mut by_pupil: HashMap<&journal::PupilId, Vec<SubjectFinal>> = HashMap::new();
    for page in subpages(dumped) {
        for (place, given) in page.page.finals.iter().enumerate() {
            let mark = final_mark(dumped, &page, place, given);
            let subject = subject_id(page.subject);
            let of_subject = SubjectFinal { subject, subject_str: subject.to_string(), mark };
            by_pupil.entry(&given.pupil).or_default().push(of_subject);
        }
    }
    let pupils = dumped.journal.pupils.iter();
    pupils
        .filter_map(|pupil| Some((pupil, by_pupil.remove(&pupil.id)?)))
        .map(|(pupil, per_subject)| PersonFinals {
            person: number(pupil.id.as_str()),
            person_str: pupil.id.to_string(),
            group: group.id,
            group_str: group.id.to_string(),
            reporting_period: Some(period_id(period)),
            reporting_period_str: Some(period_id(period).to_string()),
            per_subject,
        })
        .collect()
}

fn final_mark(dumped: &Dumped, page: &Subpage, place: usize, given: &journal::Final) -> Mark {
    let Period { number: period, from, .. } = dumped.journal.period;
    let period = period.unwrap_or(0) as usize;
    let id = |kind, n| dumped.class.place.long_id(kind, page.index, n * 10 + period);
    let date = format!("{}T16:00:00", given.set.unwrap_or(from));
    let work = (id(22_643, 0), PERIOD_MARK.id);
    shape(id(22_644, place), &given.value, given.pupil.as_str(), work, date)
}

fn midnight(date: NaiveDate) -> String {
    format!("{date}T00:00:00")
}

/// Some moment of that hour; fractions of seconds have any length, or are left out.
fn moment(date: NaiveDate, hour: u32, place: usize) -> String {
    let (minute, second) = (place * 7 % 60, place * 13 % 60);
    let fraction = [".123456", ".5", "", ".31", ".0467"][place % 5];
    format!("{date}T{hour:02}:{minute:02}:{second:02}{fraction}")
}

fn mood(value: &str) -> &'static str {
    match value {
        "5" => "Good",
        "4" => "Average",
        "3" | "2" => "Bad",
        _ => "NotSet",
    }
}
