//! `letopis status`: how the archive stands. Works beside a running writer.

use super::closing::Board;
use super::done::{Answer, Done};
use super::opening::Which;
use super::screen::Screen;
use super::world::World;
use crate::archive::{Reading, SecondState, Standing};
use crate::digest::Digest;
use crate::journal::{ClassName, PeriodId};
use crate::register::ArchiveId;
use chrono::{DateTime, NaiveDate, Offset as _, Utc};
use serde::Serialize;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A JSON object
    #[arg(long)]
    json: bool,
}

/// How an archive stands. Its JSON form is stable.
#[derive(Serialize)]
struct Status {
    archive: ArchiveId,
    primary: LocationStatus,
    /// Absent after a promotion, until there is another one.
    second: Option<LocationStatus>,
    same_device: bool,
    register: Head,
    /// The largest checkpoint this machine ever acknowledged.
    seen: Option<Head>,
    /// The register is older than what was acknowledged, or another one.
    contradicts_seen: bool,
    records: Records,
    imports: Vec<Import>,
    /// The boards of the closings that go on.
    closings: Vec<Board>,
    /// Who is writing at this moment.
    busy: Option<String>,
}

#[derive(Serialize)]
struct LocationStatus {
    path: PathBuf,
    /// `whole`, `behind`, `away`, `incomplete`.
    state: &'static str,
    /// Entries it lacks.
    #[serde(skip_serializing_if = "Option::is_none")]
    behind: Option<u64>,
    /// Why it is away.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

/// Size and root of a register.
#[derive(Serialize)]
struct Head {
    size: u64,
    root: Digest,
}

/// How many records there are. Replaced ones count in `all` and `one_copy` and `damaged`.
#[derive(Default, Serialize)]
struct Records {
    all: usize,
    replaced: usize,
    signed: usize,
    waiting: usize,
    /// Not the same in both locations.
    one_copy: usize,
    /// Lacking files in both.
    damaged: usize,
}

#[derive(Serialize)]
struct Import {
    class: ClassName,
    period: PeriodId,
    imported: DateTime<Utc>,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    let reading = which.read(world).await?;
    let offset = reading.settings().await.map(|settings| settings.utc_offset);
    let today = world.now().with_timezone(&offset.unwrap_or(Utc.fix())).date_naive();
    let status = status(&reading, today).await?;
    let found = status.contradicts_seen || status.records.damaged > 0;
    if args.json {
        world.screen.say_json(&status);
    } else {
        tell(&status, &mut world.screen);
    }
    Ok(if found { Done::Findings } else { Done::Clean })
}

async fn status(reading: &Reading, today: NaiveDate) -> anyhow::Result<Status> {
    let home = reading.home();
    let at = reading.checkpoint().checkpoint();
    let (records, lacking) = records(reading).await?;
    let seen = home.seen()?.map(|seen| seen.checkpoint().clone());
    let contradicts_seen = match &seen {
        Some(seen) => reading.root_at(seen.size).await? != Some(seen.root),
        None => false,
    };
    let imports = home.waiting()?.into_iter().map(|w| Import {
        class: w.class().clone(),
        period: w.period(),
        imported: w.imported(),
    });
    let (primary, second) = (home.primary(), home.second());
    Ok(Status {
        archive: home.archive(),
        same_device: second.as_ref().is_some_and(|second| primary.shares_device_with(second)),
        primary: match reading.primary() {
            Ok(_) => LocationStatus::new(primary.path().into(), lacking.primary == 0),
            Err(why) => LocationStatus::away(primary.path().into(), why.to_string()),
        },
        second: match second.map(|second| second.path().to_owned()) {
            None => None,
            Some(path) => Some(match reading.second_state().await {
                SecondState::UpToDate => LocationStatus::new(path, lacking.second == 0),
                SecondState::Behind(entries) => LocationStatus::behind(path, entries),
                SecondState::Away(why) => LocationStatus::away(path, why),
            }),
        },
        register: Head { size: at.size, root: at.root },
        seen: seen.map(|seen| Head { size: seen.size, root: seen.root }),
        contradicts_seen,
        records,
        imports: imports.collect(),
        closings: Board::all(reading, today).await?,
        busy: home.holder()?,
    })
}

/// In how many records each location lacks a file, or has one of another length.
#[derive(Default)]
struct Lacking {
    primary: usize,
    second: usize,
}

async fn records(reading: &Reading) -> anyhow::Result<(Records, Lacking)> {
    let records = reading.catalogue().records()?;
    let standings = reading.standings(&records).await?;
    let mut counts = Records { all: records.len(), ..Records::default() };
    let mut lacking = Lacking::default();
    for record in &records {
        let Standing { committed, in_second, whole, signed } = standings[&record.record.get()];
        match (record.is_current(), signed) {
            (false, _) => counts.replaced += 1,
            (true, true) => counts.signed += 1,
            (true, false) => counts.waiting += 1,
        }
        counts.damaged += usize::from(!committed && !in_second);
        counts.one_copy += usize::from((committed || in_second) && !whole);
        // Copies of different length: which one is right, only a digest tells.
        let differ = committed && in_second && !whole;
        lacking.primary += usize::from(!committed || differ);
        lacking.second += usize::from(!in_second || differ);
    }
    Ok((counts, lacking))
}

impl LocationStatus {
    fn new(path: PathBuf, lacks_nothing: bool) -> LocationStatus {
        let state = if lacks_nothing { "whole" } else { "incomplete" };
        LocationStatus { path, state, behind: None, why: None }
    }

    fn away(path: PathBuf, why: String) -> LocationStatus {
        LocationStatus { path, state: "away", behind: None, why: Some(why) }
    }

    fn behind(path: PathBuf, entries: u64) -> LocationStatus {
        LocationStatus { path, state: "behind", behind: Some(entries), why: None }
    }
}

impl std::fmt::Display for LocationStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.state)?;
        match (&self.behind, &self.why) {
            (Some(entries), _) => {
                write!(f, " by {entries} entries; the next command catches it up")
            }
            (_, Some(why)) => write!(f, ", {why}"),
            _ if self.state == "incomplete" => f.write_str("; `letopis verify` tells more"),
            _ => Ok(()),
        }
    }
}

fn tell(status: &Status, screen: &mut Screen) {
    screen.say(format_args!("archive   {}", status.archive));
    screen.say(format_args!("primary   {}", status.primary));
    match &status.second {
        Some(second) => screen.say(format_args!("second    {second}")),
        None => screen.say("second    there is none; `letopis second DIR` adds one"),
    }
    if status.same_device {
        screen.say("          both are on one device: a broken disk would take both copies");
    }
    let head =
        |head: &Head| format!("{} entries, root {}", head.size, &head.root.to_string()[..16]);
    screen.say(format_args!("register  {}", head(&status.register)));
    if let Some(seen) = status.seen.as_ref().filter(|_| status.contradicts_seen) {
        screen.say(format_args!(
            "          CONTRADICTS what was acknowledged: {}; this is an older copy or another register",
            head(seen)
        ));
    }
    let Records { all, replaced, signed, waiting, one_copy, damaged } = status.records;
    screen.say(format_args!(
        "records   {all}: {signed} signed, {waiting} waiting for the signature, {replaced} replaced"
    ));
    if one_copy > 0 {
        screen.say(format_args!("          {one_copy} with one copy"));
    }
    if damaged > 0 {
        screen.say(format_args!("          {damaged} DAMAGED in both locations"));
    }
    let imports: Vec<String> =
        status.imports.iter().map(|i| format!("{} {}", i.class, i.period)).collect();
    match imports.as_slice() {
        [] => screen.say("imports   none wait to be sealed"),
        some => screen.say(format_args!("imports   {} wait: {}", some.len(), some.join(", "))),
    }
    if let Some(who) = &status.busy {
        screen.say(format_args!("busy      {who}"));
    }
    for board in &status.closings {
        screen.say("");
        board.tell(screen);
    }
}
