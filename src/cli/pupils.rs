//! `letopis pupils`: which pupils of several periods are one.

use super::done::{Answer, Done};
use super::opening::Which;
use super::table::Table;
use super::world::World;
use crate::archive::{ClassYear, Match, MatchState};
use crate::journal::statement::{Confirmed, PupilRow, Reason, RollError};
use crate::journal::{ClassName, PeriodId, PupilId, SchoolYear, full_name};
use anyhow::{anyhow, bail};
use chrono::NaiveDate;
use serde::Serialize;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The school year: 2025-26
    #[arg(long)]
    year: SchoolYear,
    /// The class
    #[arg(long)]
    class: ClassName,
    /// These pairs are one pupil each, by their numbers in the list: 3,5
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',', requires = "by")]
    same: Vec<usize>,
    /// These pairs are two pupils each
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',', requires = "by")]
    different: Vec<usize>,
    /// Who says so: full name, or the id in the staff roster
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// An array of JSON objects
    #[arg(long)]
    json: bool,
}

/// Two pupils who may be one. Its JSON form is stable.
#[derive(Serialize)]
struct Line {
    number: usize,
    /// `open`, `same` or `different`.
    state: &'static str,
    first: Known,
    second: Known,
    reasons: Vec<Reason>,
}

/// A pupil as one source knows it.
#[derive(Serialize)]
struct Known {
    name: String,
    born: Option<NaiveDate>,
    file_number: Option<String>,
    system: String,
    id: PupilId,
    /// The periods whose journals have this pupil.
    periods: Vec<PeriodId>,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    let reading = which.read(world).await?;
    let year = reading.class_year(&args.class, args.year).await?;
    let matches = year.matches().map_err(|errors| anyhow!("{}", list(&errors)))?;
    if args.same.is_empty() && args.different.is_empty() {
        if args.by.is_some() {
            bail!("--by says nothing by itself; add --same or --different with numbers");
        }
        show(args, &year, &matches, world);
        return Ok(Done::Clean);
    }
    let said = said(args, &matches, world)?;
    if said.is_empty() {
        world.screen.note("all of this is known already; nothing was written");
        return Ok(Done::Clean);
    }
    let by = args.by.as_deref().unwrap_or_default();
    let mut archive = which.open("letopis pupils", world).await?;
    let now = world.now();
    let confirmed = said.iter().map(|(_, said)| said.clone()).collect();
    let done = archive.match_pupils(&year, confirmed, by, now, &mut world.rng).await?;
    for (found, said) in &said {
        let word = if said.same { "are one pupil" } else { "are two pupils" };
        let (first, second) = (name(&found.first), name(&found.second));
        world.screen.say(format_args!("{first} and {second} {word}, by {by}"));
    }
    if let Some(why) = done.missing {
        world.screen.note(format_args!("the second location does not have it yet: {why}"));
    }
    Ok(Done::Clean)
}

fn list(errors: &[RollError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// What is said anew about the pairs of these numbers.
fn said<'m>(
    args: &Args,
    matches: &'m [Match],
    world: &World,
) -> anyhow::Result<Vec<(&'m Match, Confirmed)>> {
    let same = args.same.iter().map(|number| (*number, true));
    let asked = same.chain(args.different.iter().map(|number| (*number, false)));
    let mut said = Vec::new();
    for (number, same) in asked {
        if args.same.contains(&number) && args.different.contains(&number) {
            bail!("{number} cannot be the same and different at once; name it once");
        }
        let found = number.checked_sub(1).and_then(|place| matches.get(place));
        let Some(found) = found else {
            bail!("there is no number {number}; the list has {}", matches.len());
        };
        let known = if same { MatchState::Same } else { MatchState::Different };
        if found.state == known {
            world.screen.note(format_args!("{number} is known to be so already"));
            continue;
        }
        let (first, second) = (found.proposal.first.clone(), found.proposal.second.clone());
        said.push((found, Confirmed { first, same, second }));
    }
    Ok(said)
}

fn show(args: &Args, year: &ClassYear, matches: &[Match], world: &mut World) {
    let lines = matches.iter().zip(1..).map(|(found, number)| Line {
        number,
        state: state(found.state),
        first: Known::of(&found.first, year),
        second: Known::of(&found.second, year),
        reasons: found.proposal.reasons.clone(),
    });
    let lines: Vec<Line> = lines.collect();
    if args.json {
        world.screen.say_json(&lines);
    } else {
        tell(&lines, world);
    }
    let joined = match year.roll() {
        Ok(roll) => roll.pupils().len(),
        Err(errors) => {
            world.screen.note(list(&errors));
            return;
        }
    };
    let periods: Vec<String> = year.records.iter().map(|r| r.period.to_string()).collect();
    world.screen.note(format_args!(
        "{joined} pupil(s) in {}, joined by the source's id and by what was confirmed",
        periods.join(", ")
    ));
    if matches.iter().any(|found| found.state == MatchState::Open) {
        let (year, class) = (args.year, &args.class);
        world.screen.note(format_args!(
            "next: letopis pupils --year {year} --class {class} --same NUMBERS --different NUMBERS --by NAME"
        ));
    }
}

fn tell(lines: &[Line], world: &mut World) {
    if lines.is_empty() {
        world.screen.say("nobody has to be joined: no pupils of two periods may be one");
        return;
    }
    let mut table = Table::new(&["number", "state", "pupil", "and", "because"]);
    for line in lines {
        let reasons: Vec<&str> = line.reasons.iter().map(|reason| because(*reason)).collect();
        let (number, state) = (line.number.to_string(), line.state.to_owned());
        let (first, second) = (line.first.to_string(), line.second.to_string());
        table.line([number, state, first, second, reasons.join(", ")]);
    }
    world.screen.say(table);
}

impl Known {
    fn of(row: &PupilRow, year: &ClassYear) -> Known {
        // A row that nobody joined has one id.
        let known = &row.known_as[0];
        let here = year.journals.iter().filter(|journal| {
            journal.source.system == known.system
                && journal.pupils.iter().any(|pupil| pupil.id == known.id)
        });
        Known {
            name: name(row),
            born: row.born,
            file_number: row.file_number.clone(),
            system: known.system.clone(),
            id: known.id.clone(),
            periods: here.map(crate::journal::Journal::period_id).collect(),
        }
    }
}

impl std::fmt::Display for Known {
    /// «Агатов Артём Ильич, 2012-03-14, dnevnik.ru 1000…: q1 q2».
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.name)?;
        if let Some(born) = self.born {
            write!(f, ", {born}")?;
        }
        if let Some(number) = &self.file_number {
            write!(f, ", № {number}")?;
        }
        write!(f, ", {} {}:", self.system, self.id)?;
        self.periods.iter().try_for_each(|period| write!(f, " {}", period.slug()))
    }
}

fn name(row: &PupilRow) -> String {
    full_name(&row.surname, Some(&row.name), row.patronymic.as_deref())
}

fn state(state: MatchState) -> &'static str {
    match state {
        MatchState::Open => "open",
        MatchState::Same => "same",
        MatchState::Different => "different",
    }
}

fn because(reason: Reason) -> &'static str {
    match reason {
        Reason::SameName => "same name",
        Reason::SameBirthDate => "same birth date",
        Reason::BirthDateMissing => "a birth date is missing",
        Reason::SameFileNumber => "same file number",
    }
}
