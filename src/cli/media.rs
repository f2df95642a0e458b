//! `letopis media`: the media register, and which checks are due.

use super::done::{Answer, Done};
use super::opening::Which;
use super::table::Table;
use super::world::World;
use crate::archive::MediumStanding;
use crate::register::{DocumentId, MediumKind, MediumNumber, RecordNumber, StaffId};
use crate::staff::Roster;
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// An array of JSON objects
    #[arg(long)]
    json: bool,
}

/// A medium. Its JSON form is stable.
#[derive(Serialize)]
struct Line {
    medium: MediumNumber,
    kind: MediumKind,
    label: String,
    room: String,
    safe: Option<String>,
    /// Who has it: the last one it was handed over to, or the keeper of its card.
    keeper: Option<Person>,
    closing: DocumentId,
    records: Vec<RecordNumber>,
    bytes: u64,
    made: DateTime<Utc>,
    handed_over: Option<DateTime<Utc>>,
    checked: Option<DateTime<Utc>>,
    /// Of the last check.
    findings: Option<u64>,
    next_check: NaiveDate,
    due: bool,
    /// The entry it was made by was taken back then.
    taken_back: Option<DateTime<Utc>>,
}

#[derive(Serialize)]
struct Person {
    staff: StaffId,
    name: Option<String>,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    let now = world.now();
    let reading = which.read(world).await?;
    let today = now.with_timezone(&reading.settings().await?.utc_offset).date_naive();
    let roster = reading.roster().await?;
    let media = reading.media().await?;
    let lines: Vec<Line> = media.into_iter().map(|m| Line::of(m, &roster, today)).collect();
    if args.json {
        world.screen.say_json(&lines);
    } else {
        tell(&lines, world);
    }
    let due: Vec<String> =
        lines.iter().filter(|l| l.due).map(|line| line.medium.to_string()).collect();
    if !due.is_empty() {
        let due = due.join(", ");
        world.screen.note(format_args!("to be checked now: {due}; letopis check-medium PATH"));
    }
    Ok(Done::Clean)
}

fn tell(lines: &[Line], world: &mut World) {
    if lines.is_empty() {
        world.screen.say("there are no media yet; letopis copy makes one");
        return;
    }
    let names = ["medium", "kind", "label", "room", "keeper", "records", "made", "checked", "next"];
    let mut table = Table::new(&names);
    for line in lines {
        table.line([
            line.medium.to_string(),
            match line.kind {
                MediumKind::Optical => "optical".to_owned(),
                MediumKind::Disk => "disk".to_owned(),
            },
            line.label.clone(),
            [Some(&line.room), line.safe.as_ref()]
                .into_iter()
                .flatten()
                .cloned()
                .collect::<Vec<_>>()
                .join(", "),
            line.keeper.as_ref().map_or_else(|| "-".to_owned(), Person::shown),
            line.records.len().to_string(),
            line.made.date_naive().to_string(),
            line.last_check(),
            line.next(),
        ]);
    }
    world.screen.say(table);
}

impl Person {
    fn shown(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.staff.to_string())
    }
}

impl Line {
    fn of(medium: MediumStanding, roster: &Roster, today: NaiveDate) -> Line {
        let (keeper, due) = (medium.keeper(), medium.is_due(today));
        let person = |staff| Person {
            staff,
            name: roster.person(staff).map(|person| person.name().to_owned()),
        };
        let MediumStanding { view, card, next_check } = medium;
        Line {
            medium: view.medium,
            kind: view.kind,
            label: card.label,
            room: card.room,
            safe: card.safe,
            keeper: keeper.map(person),
            closing: view.closing,
            records: view.records,
            bytes: card.bytes,
            made: view.made,
            handed_over: view.handed_over.last().map(|given| given.time),
            checked: view.checks.last().map(|check| check.time),
            findings: view.checks.last().map(|check| check.findings),
            next_check,
            due,
            taken_back: view.taken_back,
        }
    }

    fn last_check(&self) -> String {
        match (self.checked, self.findings) {
            (Some(when), Some(0)) => format!("{}, good", when.date_naive()),
            (Some(when), Some(n)) => format!("{}, {n} finding(s)", when.date_naive()),
            _ => "never".to_owned(),
        }
    }

    fn next(&self) -> String {
        match (self.taken_back.is_some(), self.due) {
            (true, _) => "taken back".to_owned(),
            (_, true) => format!("{}: due", self.next_check),
            (_, false) => self.next_check.to_string(),
        }
    }
}
