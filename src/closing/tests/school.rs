//! A small school without a disk: a real catalogue to which real entries are applied, and what a closing is folded from.

use super::people::{People, load, post, staff};
use crate::catalogue::Catalogue;
use crate::closing::calendar::{Production, SchoolCalendar};
use crate::closing::plan::Plan;
use crate::closing::procedure::Procedure;
use crate::closing::{
    ClassFacts, ClassSheets, ClassState, Closing, Desk, InForce, PageFact, Progress, Refusal,
    TextFile, Whole,
};
use crate::digest::Digest;
use crate::journal::{ClassName, PeriodId};
use crate::key::{KeyRole, SecretKey};
use crate::register::{
    Algorithm, ArchiveCreated, ArchiveId, ClosingOpened, ClosingPeriod, DocumentId, DocumentNamed,
    Entry, Event, KeyAdded, KeyTerms, RecordKind, RecordNumber, SheetKind, StaffId, StepId,
};
use crate::staff::{Duties, LoadRow, Role, Roster, Substitution, TeachingLoad};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// What an attempt to enter something comes to: the places of its entries, or the rule that says no.
pub(super) type Entered = Result<Vec<u64>, Refusal>;

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn class(name: &str) -> ClassName {
    name.parse().unwrap()
}

pub(super) fn period(name: &str) -> PeriodId {
    format!("2025-26/{name}").parse().unwrap()
}

pub(super) fn step(name: &str) -> StepId {
    name.parse().unwrap()
}

/// A director's key; each number another one.
fn key(number: u8) -> SecretKey {
    SecretKey::from_seed(&[number; 32])
}

/// The journal of a class: its pages by subject, each with the number of its sheets.
pub(super) struct Journal {
    pub class: ClassName,
    pub period: PeriodId,
    pub subjects: Vec<(&'static str, u32)>,
    /// How often each page was changed, as imported last; `None` before the first import.
    pub now: Option<Vec<u32>>,
    /// The same as it is in each record.
    pub records: BTreeMap<RecordNumber, Vec<u32>>,
}

impl Journal {
    pub(super) fn pages(&self, versions: &[u32]) -> Vec<PageFact> {
        let named = (1..).zip(self.subjects.iter().zip(versions));
        let page = |(page, ((subject, _), version)): (u32, (&(&str, u32), &u32))| PageFact {
            page,
            digest: Digest::of(format!("{} {subject} {version}", self.class).as_bytes()),
            subject: (*subject).to_owned(),
            group: None,
        };
        named.map(page).collect()
    }
}

/// Which school it is.
pub(super) struct Kind {
    procedure: TextFile,
    calendar: TextFile,
    period: &'static str,
    signs: Vec<(Role, Vec<SheetKind>)>,
    office: fn(&People) -> StaffId,
    classes: Vec<(&'static str, &'static str, Vec<(&'static str, u32)>)>,
    first_day: &'static str,
}

/// The school, its register, and the closing that goes on.
pub(super) struct School {
    pub catalogue: Catalogue,
    pub entries: Vec<Entry>,
    pub today: NaiveDate,
    pub people: People,
    pub roster: Roster,
    pub rows: Vec<LoadRow>,
    pub journals: Vec<Journal>,
    /// Records of which the second location has no good copy.
    pub damaged: Whole,
    /// Who enters what nobody in particular enters.
    pub office: StaffId,
    pub id: DocumentId,
    in_force: InForce,
}

fn text_file(name: &str, toml: &str) -> TextFile {
    TextFile { name: name.to_owned(), toml: toml.to_owned() }
}

/// Classes 7А and 7Б close quarter 2, 10А half-year 1.
fn five_day(calendar: &str) -> Kind {
    use SheetKind::{Attendance, Finals, Last, Title};
    let procedure = include_str!("../../../templates/procedures/five-day.toml");
    Kind {
        procedure: text_file("five-day.toml", procedure),
        calendar: text_file("school-2025-26.toml", calendar),
        period: "q2",
        signs: vec![
            (Role::ClassTeacher, vec![Title, Attendance, Finals]),
            (Role::Deputy, vec![Title]),
            (Role::Director, vec![Title, Last]),
        ],
        office: |people| people.deputy,
        classes: vec![
            ("7А", "q2", vec![("Алгебра", 2), ("Музыка", 1), ("Физика", 1)]),
            ("7Б", "q2", vec![("Алгебра", 2), ("Музыка", 1)]),
            ("10А", "h1", vec![("Алгебра", 2), ("Физика", 1)]),
        ],
        first_day: "2026-01-12",
    }
}

impl School {
    /// Classes 7А and 7Б close quarter 2, 10А half-year 1.
    pub(super) fn new() -> School {
        School::of(five_day(include_str!("../../../templates/calendars/school-2025-26.toml")))
    }

    /// The same where grades 1 to 8 go on paper at the year's end alone.
    pub(super) fn printing_at_the_years_end() -> School {
        let calendar = include_str!("../../../templates/calendars/school-2025-26.toml");
        School::of(five_day(&calendar.replacen(
            "grades = [1, 2, 3, 4, 5, 6, 7, 8]",
            "grades = [1, 2, 3, 4, 5, 6, 7, 8]\nprinted = \"at-year-end\"",
            1,
        )))
    }
    /// A college of one group that closes its year.
    pub(super) fn college() -> School {
        use SheetKind::{Attendance, Finals, Last, Title};
        let procedure = include_str!("../../../templates/procedures/college-year.toml");
        let calendar = "year = \"2025-26\"\nweek = 5\nday_count = \"working\"\n[[groups]]\n\
            name = \"Группы\"\ngroups = \"others\"\n[[groups.periods]]\nperiod = \"year\"\n\
            first = 2025-09-01\nlast = 2026-06-30\n\
            holidays = { from = 2026-07-01, to = 2026-08-31 }\n";
        School::of(Kind {
            procedure: text_file("college-year.toml", procedure),
            calendar: text_file("college.toml", calendar),
            period: "year",
            signs: vec![
                (Role::ClassTeacher, vec![Title, Attendance, Finals]),
                (Role::HeadOfStudies, vec![Last]),
                (Role::Director, vec![Last]),
            ],
            office: |people| people.head,
            classes: vec![("ИС-21", "year", vec![("Алгебра", 2), ("Физика", 1)])],
            first_day: "2026-07-01",
        })
    }

    fn of(kind: Kind) -> School {
        let (roster, people) = staff();
        let archive: ArchiveId = "6f1c2a528c1e4c539d5e0a4a8d0f3b11".parse().unwrap();
        let journals: Vec<Journal> = kind.classes.iter().map(journal).collect();
        let in_force = in_force(&kind);
        let mut school = School {
            catalogue: Catalogue::in_memory(archive),
            entries: Vec::new(),
            today: day(kind.first_day),
            rows: load(&people),
            office: (kind.office)(&people),
            people,
            roster,
            journals,
            damaged: Whole::new(),
            id: format!("{:032x}", 0xc105_1476_u32).parse().unwrap(),
            in_force,
        };
        school.tell(created(archive));
        school.tell(Event::KeyAdded(directors_key(archive, people.director)));
        school.open();
        school
    }

    fn open(&mut self) {
        let by = self.office;
        let mut periods: BTreeMap<PeriodId, Vec<ClassName>> = BTreeMap::new();
        for journal in &self.journals {
            periods.entry(journal.period).or_default().push(journal.class.clone());
        }
        let periods = periods.into_iter();
        let periods = periods.map(|(period, classes)| ClosingPeriod { classes, period }).collect();
        let named = DocumentNamed { document: self.id, ..self.named() };
        let procedure = self.in_force.plan.procedure.clone();
        let opened = ClosingOpened { by, periods, procedure, recorder: by, named };
        self.tell(Event::ClosingOpened(opened));
    }

    /// Another document.
    pub(super) fn named(&self) -> DocumentNamed {
        let document: DocumentId =
            format!("{:032x}", 0x10_0000 + self.entries.len()).parse().unwrap();
        DocumentNamed {
            document,
            path: format!("documents/2026/{document}").parse().unwrap(),
            sha256: Digest::of(b"document"),
            retention: "acts".to_owned(),
        }
    }

    /// One more entry of the register; gives its place.
    pub(super) fn tell(&mut self, event: Event) -> u64 {
        let seq = self.entries.len() as u64;
        let time: DateTime<Utc> = self.today.and_hms_opt(9, 0, 0).unwrap().and_utc();
        let entry = Entry { seq, time, event };
        assert_eq!(self.catalogue.copy_fault(&entry).unwrap(), None);
        self.catalogue.apply(&entry).unwrap();
        self.entries.push(entry);
        seq
    }

    /// The closing as it stands.
    pub(super) fn closing(&self) -> Closing {
        self.closing_by(&self.catalogue)
    }

    /// The closing by a catalogue made of the register anew.
    pub(super) fn replayed(&self) -> Closing {
        let archive: ArchiveId = "6f1c2a528c1e4c539d5e0a4a8d0f3b11".parse().unwrap();
        let mut catalogue = Catalogue::in_memory(archive);
        for entry in &self.entries {
            catalogue.apply(entry).unwrap();
        }
        self.closing_by(&catalogue)
    }

    fn closing_by(&self, catalogue: &Catalogue) -> Closing {
        let opening = &catalogue.closings().unwrap()[0];
        let entries = catalogue.closing(self.id).unwrap();
        let facts = self.journals.iter().map(|journal| facts(journal, catalogue)).collect();
        let media = catalogue.media().unwrap();
        Closing::replay(opening, self.in_force.clone(), entries, (facts, media)).unwrap()
    }

    /// Records that are the same in both locations.
    pub(super) fn whole(&self) -> Whole {
        let all = self.catalogue.records().unwrap().into_iter().map(|row| row.record);
        all.collect::<BTreeSet<_>>().difference(&self.damaged).copied().collect()
    }

    /// Asks the closing something at somebody's desk.
    pub(super) fn at_desk<T>(
        &self,
        recorder: StaffId,
        ask: impl FnOnce(&Closing, &Desk<'_>) -> T,
    ) -> T {
        let load = TeachingLoad::new(self.rows.clone()).unwrap();
        let duties = Duties::new(&self.roster, &load);
        ask(&self.closing(), &Desk { recorder, today: self.today, duties: &duties })
    }

    pub(super) fn journal(&mut self, of: &str) -> &mut Journal {
        self.journals.iter_mut().find(|journal| journal.class == class(of)).unwrap()
    }

    pub(super) fn period_of(&self, of: &str) -> PeriodId {
        self.journals.iter().find(|journal| journal.class == class(of)).unwrap().period
    }

    pub(super) fn state(&self, of: &str) -> ClassState {
        self.closing().class(&class(of), self.period_of(of)).unwrap().clone()
    }

    pub(super) fn progress(&self, of: &str, name: &str) -> Progress {
        let closing = self.closing();
        let state = closing.class(&class(of), self.period_of(of)).unwrap();
        closing.progress(state, closing.step(&step(name)).unwrap())
    }

    pub(super) fn is_complete(&self, of: &str, name: &str) -> bool {
        self.progress(of, name).complete
    }

    pub(super) fn post(&mut self, who: StaffId, role: Role, from: &str, until: Option<&str>) {
        let post = post(role, None, from, until);
        self.roster.add_post(who, post).unwrap();
    }

    /// One person stands in for another from a day on, by order.
    pub(super) fn stands_in(&mut self, substitute: StaffId, absent: StaffId, from: &str) {
        let order = "31-к/2026-01-12".parse().unwrap();
        let said = Substitution { absent, from: day(from), order, substitute, until: None };
        self.roster.add_substitution(said).unwrap();
    }
}

fn journal((name, of, subjects): &(&str, &str, Vec<(&'static str, u32)>)) -> Journal {
    let now = Some(vec![1; subjects.len()]);
    let (class, period) = (class(name), period(of));
    Journal { class, period, subjects: subjects.clone(), now, records: BTreeMap::new() }
}

fn in_force(kind: &Kind) -> InForce {
    let procedure = Procedure::from_toml(&kind.procedure.name, &kind.procedure.toml).unwrap();
    let calendar = SchoolCalendar::from_toml(&kind.calendar.name, &kind.calendar.toml).unwrap();
    let plan =
        Plan::resolve(&procedure, &calendar, &Production::russia(), period(kind.period)).unwrap();
    let signs = kind.signs.iter().cloned();
    InForce {
        calendar: kind.calendar.clone(),
        plan,
        procedure: kind.procedure.clone(),
        production: Vec::new(),
        signs: signs.map(|(role, sheets)| ClassSheets { role, sheets }).collect(),
    }
}

fn created(archive: ArchiveId) -> Event {
    Event::ArchiveCreated(ArchiveCreated {
        archive,
        log_key: key(9).public(),
        primary: "00000000000000000000000000000001".parse().unwrap(),
        second: "00000000000000000000000000000002".parse().unwrap(),
    })
}

/// The director's key, on the paper order of the first.
fn directors_key(archive: ArchiveId, director: StaffId) -> KeyAdded {
    let key = key(1);
    let terms = KeyTerms {
        archive,
        public_key: key.public(),
        role: KeyRole::Director,
        staff: director,
        from: "2025-09-01T00:00:00Z".parse().unwrap(),
        until: None,
        order: Some("12-к/2025-09-01".parse().unwrap()),
    };
    KeyAdded {
        key: key.public().fingerprint(),
        algorithm: Algorithm::Ed25519,
        public_key: terms.public_key,
        role: terms.role,
        staff: terms.staff,
        from: terms.from,
        until: terms.until,
        order: terms.order.clone(),
        possession: key.sign(terms.possession_text().as_bytes()),
        endorsement: None,
    }
}

/// The key number 1 signs with.
pub(super) fn fingerprint(number: u8) -> crate::key::Fingerprint {
    key(number).public().fingerprint()
}

fn facts(journal: &Journal, catalogue: &Catalogue) -> ClassFacts {
    let mut records = catalogue.records_of(&journal.period).unwrap();
    records.retain(|row| row.class == journal.class);
    let chain = records.iter().map(|row| row.record).collect();
    let record = records.into_iter().rfind(|row| row.is_current());
    let sealed = record.as_ref().map(|row| &journal.records[&row.record]);
    let waiting = journal.now.as_ref().filter(|now| Some(*now) != sealed);
    ClassFacts {
        class: journal.class.clone(),
        kind: None,
        period: journal.period,
        period_end: match journal.period.to_string().as_str() {
            "2025-26/year" => day("2026-06-30"),
            _ => day("2025-12-30"),
        },
        recorded: sealed.map(|sealed| journal.pages(sealed)).unwrap_or_default(),
        waiting: waiting.map(|now| journal.pages(now)),
        copies: catalogue
            .copies_of_class(&journal.class, &journal.period, RecordKind::Journal)
            .unwrap(),
        record,
        chain,
    }
}
