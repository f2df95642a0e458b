//! The texts of `cards.jsonl`, written from a journal under given salts.

use crate::digest::Digest;
use crate::journal::{
    Absence, Decision, Entry, Final, FinalKind, Journal, Lesson, LessonId, Mark, Movement,
    MovementKind, Page, Pupil, PupilId,
};
use crate::record::page_view::Names;
use crate::record::salt::Salt;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::HashMap;

#[derive(Serialize)]
struct Card<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    born: Option<NaiveDate>,
    decisions: &'a [CardDecision<'a>],
    #[serde(skip_serializing_if = "Option::is_none")]
    file_number: Option<&'a str>,
    movements: &'a [CardMovement<'a>],
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    pages: &'a [Digest],
    #[serde(skip_serializing_if = "Option::is_none")]
    patronymic: Option<&'a str>,
    pupil: &'a PupilId,
    salt: Salt,
    surname: &'a str,
    t: &'static str,
}

#[derive(Serialize)]
struct CardDecision<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    protocol: Option<&'a str>,
    text: &'a str,
}

#[derive(Serialize)]
struct CardMovement<'a> {
    date: NaiveDate,
    kind: MovementKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<&'a str>,
}

#[derive(Serialize)]
struct Leaf<'a> {
    attendance: Digest,
    finals: Vec<LeafFinal<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    lessons: Digest,
    marks: Digest,
    page: usize,
    salt: Salt,
    subject: &'a str,
    t: &'static str,
}

#[derive(Serialize)]
struct LeafFinal<'a> {
    kind: FinalKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    school: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    set: Option<NaiveDate>,
    value: &'a str,
}

#[derive(Serialize)]
struct LessonsText<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    lessons: Vec<LessonLine<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    planned_hours: Option<u32>,
    salt: Salt,
    subject: &'a str,
    t: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    teacher: Option<&'a str>,
}

#[derive(Serialize)]
struct LessonLine<'a> {
    date: NaiveDate,
    number: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    substitute: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    topic: Option<&'a str>,
}

#[derive(Serialize)]
struct MarksText<'a> {
    marks: Vec<MarksLine<'a>>,
    salt: Salt,
    t: &'static str,
}

#[derive(Serialize)]
struct MarksLine<'a> {
    date: NaiveDate,
    marks: &'a [Mark],
    number: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    remark: Option<&'a str>,
}

#[derive(Serialize)]
struct AttendanceText<'a> {
    absences: Vec<AbsenceLine<'a>>,
    salt: Salt,
    t: &'static str,
}

#[derive(Serialize)]
struct AbsenceLine<'a> {
    absence: &'a Absence,
    date: NaiveDate,
    number: u32,
}

/// A line file in the making: each text is a line, and its digest is what other texts name.
#[derive(Default)]
pub(super) struct LineFile(pub(super) Vec<u8>);

impl LineFile {
    fn put(&mut self, text: &impl Serialize) -> Digest {
        let start = self.0.len();
        serde_json::to_writer(&mut self.0, text).expect("writing to memory cannot fail");
        let digest = Digest::of(&self.0[start..]);
        self.0.push(b'\n');
        digest
    }
}

/// One pupil's part of one page.
#[derive(Default)]
struct Part<'a> {
    entries: Vec<(&'a Lesson, &'a Entry)>,
    finals: Vec<&'a Final>,
}

/// A journal laid out for writing cards: who is on which page, with what.
pub(super) struct Layout<'a> {
    journal: &'a Journal,
    names: Names<'a>,
    /// For each page, the parts of the pupils who are on it.
    parts: Vec<HashMap<&'a PupilId, Part<'a>>>,
}

/// All texts but the tree's own leaves, and the leaf digests of each pupil in page order.
pub(super) struct Body<'a> {
    pub(super) lines: LineFile,
    pub(super) leaves: HashMap<&'a PupilId, Vec<Digest>>,
}

impl<'a> Layout<'a> {
    pub(super) fn of(journal: &'a Journal) -> Layout<'a> {
        let parts = journal.pages.iter().map(|page| parts(journal, page)).collect();
        Layout { journal, names: Names::of(journal), parts }
    }

    /// Writes the lessons of each page and the three texts of each pupil on each page, taking one salt
    /// for each line in the order of the lines; `None` when there are too few salts.
    pub(super) fn body(&self, salts: &mut impl FnMut() -> Option<Salt>) -> Option<Body<'a>> {
        let mut body = Body { lines: LineFile::default(), leaves: HashMap::new() };
        let mut lessons = Vec::with_capacity(self.journal.pages.len());
        for page in &self.journal.pages {
            lessons.push(self.lessons_text(page, salts()?, &mut body.lines));
        }
        for pupil in &self.journal.pupils {
            let mut leaves = Vec::new();
            for (place, page) in self.journal.pages.iter().enumerate() {
                let Some(part) = self.parts[place].get(&pupil.id) else { continue };
                let heading = LeafHeading { page, place: place + 1, lessons: lessons[place] };
                let salts = [salts()?, salts()?, salts()?];
                leaves.push(part.write(&heading, salts, &mut body.lines));
            }
            body.leaves.insert(&pupil.id, leaves);
        }
        Some(body)
    }

    /// The card of one pupil, naming these leaves.
    pub(super) fn card(&self, pupil: &Pupil, pages: &[Digest], salt: Salt) -> Vec<u8> {
        let of_pupil = |m: &&'a Movement| m.pupil == pupil.id;
        let movement = |m: &'a Movement| CardMovement {
            date: m.date,
            kind: m.kind,
            order: m.order.as_deref(),
        };
        let decision = |d: &'a Decision| CardDecision {
            date: d.date,
            protocol: d.protocol.as_deref(),
            text: &d.text,
        };
        let decisions = self.journal.decisions.iter().filter(|d| d.pupil == pupil.id);
        let card = Card {
            born: pupil.born,
            decisions: &decisions.map(decision).collect::<Vec<_>>(),
            file_number: pupil.file_number.as_deref(),
            movements: &self
                .journal
                .movements
                .iter()
                .filter(of_pupil)
                .map(movement)
                .collect::<Vec<_>>(),
            name: &pupil.name,
            number: pupil.number,
            pages,
            patronymic: pupil.patronymic.as_deref(),
            pupil: &pupil.id,
            salt,
            surname: &pupil.surname,
            t: super::CARD,
        };
        serde_json::to_vec(&card).expect("a card has string keys and integers only")
    }

    fn lessons_text(&self, page: &'a Page, salt: Salt, lines: &mut LineFile) -> Digest {
        let substitutes: Vec<_> =
            page.lessons.iter().map(|l| self.names.substitute(l.substitute.as_ref())).collect();
        let line = |(l, substitute): (&'a Lesson, _)| LessonLine {
            date: l.date,
            number: l.number,
            substitute,
            topic: l.topic.as_deref(),
        };
        let named = substitutes.iter().map(Option::as_deref);
        lines.put(&LessonsText {
            group: page.group.as_deref(),
            lessons: page.lessons.iter().zip(named).map(line).collect(),
            planned_hours: page.planned_hours,
            salt,
            subject: &page.subject,
            t: "letopis/lessons/v1",
            teacher: self.names.teacher(page).as_deref(),
        })
    }
}

fn parts<'a>(journal: &'a Journal, page: &'a Page) -> HashMap<&'a PupilId, Part<'a>> {
    let lessons: HashMap<&LessonId, &Lesson> = page.lessons.iter().map(|l| (&l.id, l)).collect();
    let mut parts: HashMap<_, Part<'_>> =
        journal.pupils_of(page).map(|p| (&p.id, Part::default())).collect();
    for entry in &page.entries {
        if let (Some(part), Some(lesson)) =
            (parts.get_mut(&entry.pupil), lessons.get(&entry.lesson))
        {
            part.entries.push((lesson, entry));
        }
    }
    for mark in &page.finals {
        if let Some(part) = parts.get_mut(&mark.pupil) {
            part.finals.push(mark);
        }
    }
    parts
}

/// What a leaf says of its page.
struct LeafHeading<'a> {
    page: &'a Page,
    place: usize,
    lessons: Digest,
}

impl Part<'_> {
    /// Writes leaf, marks and attendance; gives the leaf's digest.
    fn write(&self, heading: &LeafHeading<'_>, salts: [Salt; 3], lines: &mut LineFile) -> Digest {
        let mut below = LineFile::default();
        let marks = self.marks_text(salts[1], &mut below);
        let attendance = self.attendance_text(salts[2], &mut below);
        let finals = self.finals.iter().map(|f| LeafFinal {
            kind: f.kind,
            school: f.school.as_deref(),
            set: f.set,
            value: &f.value,
        });
        let leaf = lines.put(&Leaf {
            attendance,
            finals: finals.collect(),
            group: heading.page.group.as_deref(),
            lessons: heading.lessons,
            marks,
            page: heading.place,
            salt: salts[0],
            subject: &heading.page.subject,
            t: "letopis/leaf/v1",
        });
        lines.0.append(&mut below.0);
        leaf
    }

    fn marks_text(&self, salt: Salt, lines: &mut LineFile) -> Digest {
        let said = self.entries.iter().filter(|(_, e)| !e.marks.is_empty() || e.remark.is_some());
        let marks = said.map(|(lesson, entry)| MarksLine {
            date: lesson.date,
            marks: &entry.marks,
            number: lesson.number,
            remark: entry.remark.as_deref(),
        });
        lines.put(&MarksText { marks: marks.collect(), salt, t: "letopis/marks/v1" })
    }

    fn attendance_text(&self, salt: Salt, lines: &mut LineFile) -> Digest {
        let absences = self.entries.iter().filter_map(|(lesson, entry)| {
            let absence = entry.absence.as_ref()?;
            Some(AbsenceLine { absence, date: lesson.date, number: lesson.number })
        });
        lines.put(&AttendanceText {
            absences: absences.collect(),
            salt,
            t: "letopis/attendance/v1",
        })
    }
}
