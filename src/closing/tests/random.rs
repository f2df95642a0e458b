//! Whatever people try, in whatever order.

use super::model::Model;
use super::school::{School, class, step};
use super::work::{all, order, these};
use crate::closing::{Closing, Pages, Progress, Refusal, Sheets};
use crate::journal::ClassName;
use crate::register::{Event, MediumNumber, StaffId};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{TestCaseError, TestRunner};

/// How many orders are tried; `LETOPIS_LONG=1` tries many.
fn cases() -> u32 {
    if std::env::var_os("LETOPIS_LONG").is_some() { 2000 } else { 32 }
}

const CLASSES: [&str; 3] = ["7А", "7Б", "10А"];
const SIGNING: [&str; 4] = ["sign-sheets", "certify-title", "certify-copy", "director-signs"];

/// What somebody tries: what it is, for which class, and what to choose by.
#[derive(Debug, Clone, Copy)]
struct Try {
    what: What,
    class: usize,
    who: usize,
    pick: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// The next steps of the class, as on an ordinary day.
    GoOn,
    Confirm,
    Report,
    Change,
    Seal,
    ESign,
    Print,
    Sign,
    Excuse,
    TakeBack,
    HandOver,
    Register,
    Stamp,
    Medium,
    GiveMedia,
    Folder,
    Shelve,
    Damage,
}

fn attempt() -> impl Strategy<Value = Try> {
    use What::*;
    let what = prop_oneof![
        14 => Just(GoOn),
        3 => prop_oneof![Just(Confirm), Just(Report)],
        2 => Just(Change),
        2 => Just(Seal),
        3 => prop_oneof![Just(ESign), Just(Print), Just(Damage)],
        4 => Just(Sign),
        3 => Just(Excuse),
        4 => Just(TakeBack),
        3 => prop_oneof![Just(HandOver), Just(Register), Just(Stamp)],
        2 => prop_oneof![Just(Medium), Just(GiveMedia)],
        3 => Just(Folder),
        1 => Just(Shelve),
    ];
    (what, 0usize..3, 0usize..20, any::<u32>()).prop_map(|(what, class, who, pick)| Try {
        what,
        class,
        who,
        pick,
    })
}

fn attempts() -> impl Strategy<Value = Vec<Try>> {
    vec(attempt(), 1..=60)
}

/// How far each class is with each step.
fn board(closing: &Closing) -> Vec<(ClassName, String, Progress)> {
    let steps = &closing.procedure.steps;
    let of_class = |class| {
        let progress = move |step| closing.progress(class, step);
        steps
            .iter()
            .map(move |step| (class.facts.class.clone(), step.id.to_string(), progress(step)))
    };
    closing.classes.iter().flat_map(of_class).collect()
}

/// The school, what is known of its paper, and how far the attempts came.
struct Trial {
    school: School,
    model: Model,
    folders: usize,
    supplements: usize,
    refused: Vec<Refusal>,
}

impl Trial {
    fn new() -> Trial {
        let (school, model, refused) = (School::new(), Model::default(), Vec::new());
        Trial { school, model, folders: 0, supplements: 0, refused }
    }

    fn try_all(mut self, attempts: &[Try]) -> Result<Trial, TestCaseError> {
        let mut before = board(&self.school.closing());
        for attempt in attempts {
            self.attempt(*attempt);
            self.model.learn(&self.school)?;
            let closing = self.school.closing();
            let now = board(&closing);
            lasts(*attempt, &before, &now)?;
            self.is_told(&closing)?;
            let replayed = self.school.replayed();
            prop_assert_eq!(&board(&replayed), &now, "the register tells the same");
            prop_assert_eq!(&replayed.history, &closing.history);
            prop_assert_eq!(&replayed.folders, &closing.folders);
            before = now;
        }
        let closing = self.school.closing();
        self.folders = closing.folders.iter().filter(|f| f.supplement == 0).count();
        self.supplements = closing.folders.len() - self.folders;
        Ok(self)
    }

    /// The history holds every entry, those taken back and those that did so.
    fn is_told(&self, closing: &Closing) -> Result<(), TestCaseError> {
        let told: Vec<u64> = closing.history.iter().map(|held| held.entry.seq).collect();
        prop_assert_eq!(&told, &self.model.history);
        for held in &closing.history {
            let known = self.model.taken_back.get(&held.entry.seq);
            prop_assert_eq!(held.taken_back.as_ref(), known, "entry {}", held.entry.seq);
        }
        Ok(())
    }

    fn who(&self, number: usize) -> StaffId {
        let people = self.school.people;
        let all = [
            people.director,
            people.head,
            people.archivist,
            people.of_7a,
            people.of_7b,
            people.of_10a,
            people.algebra,
            people.music,
            people.physics,
            people.guest,
        ];
        all.get(number).copied().unwrap_or(people.deputy)
    }

    fn attempt(&mut self, attempt: Try) {
        let Try { what, class, who, pick } = attempt;
        let (of, recorder) = (CLASSES[class], self.who(who));
        let named = (pick % 4 == 0).then(|| self.who(pick as usize / 4 % 12));
        let name = SIGNING[pick as usize / 64 % 4];
        let school = &mut self.school;
        let (first, count) = (pick / 256 % 16, pick / 4096 % 4);
        let sheets = if pick % 3 == 0 { all() } else { these(&[(first, first + count)]) };
        let entered = match what {
            What::GoOn => self.go_on(of, pick),
            What::Confirm => school.confirm(recorder, of, &Pages::All, named),
            What::Report => school.report(recorder, of, pick % 4, named),
            What::Sign => school.sign(recorder, (of, name), &some(sheets, pick), named),
            What::Excuse => {
                let people = school.people;
                let by = named.unwrap_or([people.algebra, people.physics][pick as usize / 4 % 2]);
                let name = if pick % 2 == 0 { name } else { "sign-sheets" };
                school.excuse(recorder, (of, name), &sheets, by)
            }
            What::TakeBack => school.take_back(recorder, entry(school, pick)),
            What::HandOver => school.hand_over(recorder, of, (named, school.people.deputy)),
            What::Register => school.enter_copy(recorder, of),
            What::Stamp => school.stamp(recorder, of),
            What::Folder => self.folder(recorder, of, pick),
            What::Shelve => school.shelve(recorder, school.period_of(of)),
            What::GiveMedia => {
                let medium = MediumNumber::FIRST.plus(pick % 4).unwrap();
                school.media_over(recorder, &[medium], school.people.director)
            }
            What::Seal => self.seal(of, recorder, pick),
            What::Change | What::ESign | What::Print | What::Medium | What::Damage => {
                self.outside(what, of, pick);
                Ok(Vec::new())
            }
        };
        self.refused.extend(entered.err());
    }

    /// What happens at the archive, and not at anybody's desk.
    fn outside(&mut self, what: What, of: &str, pick: u32) {
        let school = &mut self.school;
        if school.closing().is_cancelled() {
            return;
        }
        let state = school.state(of);
        match (what, &state.facts.record) {
            (What::Change, _) => {
                let pages = state.facts.pages().len();
                school.change(of, pick as usize % pages + 1);
            }
            (What::ESign, Some(_)) => school.e_sign(of),
            (What::Print, Some(_)) if !state.is_printed() => {
                school.print(of);
            }
            (What::Medium, _) => {
                school.copy_made();
            }
            (What::Damage, Some(row)) => {
                if !school.damaged.remove(&row.record) {
                    school.damaged.insert(row.record);
                }
            }
            _ => {}
        }
    }

    /// A record is replaced when that is agreed to.
    fn seal(&mut self, of: &str, recorder: StaffId, pick: u32) -> Result<Vec<u64>, Refusal> {
        let state = self.school.state(of);
        if self.school.closing().is_cancelled() || state.facts.waiting.is_none() {
            return Ok(Vec::new());
        }
        let with_order = (pick % 2 == 0).then(order);
        let agreed = match state.facts.record {
            Some(_) => self.school.agree(recorder, of, with_order)?,
            None => Vec::new(),
        };
        self.school.seal(of);
        Ok(agreed)
    }

    fn folder(&mut self, recorder: StaffId, of: &str, pick: u32) -> Result<Vec<u64>, Refusal> {
        let period = self.school.period_of(of);
        let without: Vec<&str> = CLASSES
            .into_iter()
            .filter(|other| pick % 2 == 0 && !self.school.is_complete(other, "stamp"))
            .collect();
        self.school.folder(recorder, period, &without)
    }

    /// Up to eight steps that are not done, in their order.
    fn go_on(&mut self, of: &str, pick: u32) -> Result<Vec<u64>, Refusal> {
        let mut entered = Vec::new();
        for _ in 0..=pick % 8 {
            if self.school.closing().is_cancelled() {
                return Err(Refusal::Cancelled);
            }
            let state = self.school.state(of);
            if state.facts.record.is_some_and(|row| !row.is_signed()) && pick % 3 != 0 {
                self.school.e_sign(of);
            }
            let closing = self.school.closing();
            let state = closing.class(&class(of), self.school.period_of(of)).unwrap();
            let waiting = |s: &&crate::closing::procedure::Step| {
                s.id != step("check-finals") && !closing.progress(state, s).complete
            };
            let Some(next) = closing.procedure.steps.iter().find(waiting) else { break };
            entered.extend(match next.id.to_string().as_str() {
                "folder" => self.folder(self.school.office, of, pick)?,
                name => self.school.take(of, name)?,
            });
        }
        Ok(entered)
    }
}

/// The sheets as named, or all but for them.
fn some(sheets: Sheets, pick: u32) -> Sheets {
    match sheets {
        Sheets::These(ranges) if pick % 5 == 0 => Sheets::AllExcept(ranges),
        Sheets::These(_) if pick % 7 == 0 => Sheets::OfPages(vec![pick / 7 % 4]),
        other => other,
    }
}

/// Some entry of the closing: mostly a late one, seldom the opening.
fn entry(school: &School, pick: u32) -> u64 {
    let closing = school.closing();
    let late = closing.history.iter().rev().map(|held| held.entry.seq);
    let all: Vec<u64> = late.chain([closing.opened.seq]).collect();
    let within = if pick % 4 == 0 { all.len() } else { all.len().min(6) };
    all[(pick / 4) as usize % within]
}

/// What is complete stays so, unless an entry was taken back, a record replaced, or a page imported that reads otherwise
/// than what was confirmed.
fn lasts(
    attempt: Try,
    before: &[(ClassName, String, Progress)],
    now: &[(ClassName, String, Progress)],
) -> Result<(), TestCaseError> {
    for ((class, step, before), (.., now)) in before.iter().zip(now) {
        let may_end = match attempt.what {
            What::TakeBack => true,
            What::Seal => class.as_str() == CLASSES[attempt.class],
            What::Change => step == "check-finals",
            _ => false,
        };
        prop_assert!(now.complete || !before.complete || may_end, "{} {}: {:?}", class, step, now);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn whatever_the_order_no_folder_holds_an_unsigned_sheet_no_number_is_given_twice_and_the_history_tells_all(
        attempts in attempts(),
    ) {
        Trial::new().try_all(&attempts)?;
    }
}

/// So that the property above is about something.
#[test]
fn random_orders_reach_folders_supplements_and_refusals_of_many_kinds() {
    let mut runner = TestRunner::deterministic();
    let (mut folders, mut supplements, mut excused, mut refused) = (0, 0, 0, Vec::new());
    for _ in 0..12 {
        let attempts = attempts().new_tree(&mut runner).unwrap().current();
        let trial = Trial::new().try_all(&attempts).unwrap();
        folders += trial.folders;
        supplements += trial.supplements;
        let is_excuse = |entry: &&crate::register::Entry| matches!(entry.event, Event::Excused(_));
        excused += trial.school.entries.iter().filter(is_excuse).count();
        refused.extend(trial.refused);
    }
    assert!(folders > 4 && supplements > 0 && excused > 0, "{folders} {supplements} {excused}");
    let had = |is: fn(&Refusal) -> bool| refused.iter().any(is);
    assert!(had(|refusal| matches!(refusal, Refusal::Folder { .. })));
    assert!(had(|refusal| matches!(refusal, Refusal::StandsOn { .. })));
    assert!(had(|refusal| matches!(refusal, Refusal::Filed { .. })));
    assert!(had(|refusal| matches!(refusal, Refusal::Waits { .. })));
    assert!(had(|refusal| matches!(refusal, Refusal::NeedsOrder { .. })));
}
