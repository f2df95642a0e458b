//! `letopis staff load`: the teaching load out of journals or a table.

use crate::archive::{Archive, Reading};
use crate::cli::done::{Answer, Done, Listed, Refused};
use crate::cli::files;
use crate::cli::opening::Which;
use crate::cli::world::World;
use crate::journal::{ClassName, Journal, PeriodId};
use crate::register::StaffId;
use crate::staff::reading::{
    LoadProposal, Matched, Row, TableProblem, from_journals, from_table, read_sheet,
};
use crate::staff::{LoadChange, LoadRow, Roster, StaffMember, TeachingLoad};
use anyhow::{Context as _, bail};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The most bytes of a table.
const MOST_TABLE: u64 = 8 << 20;

#[derive(Debug, clap::Args)]
#[group(id = "where", required = true)]
pub(in crate::cli) struct Args {
    /// The journals of this period, imported or sealed
    #[arg(long, group = "where")]
    period: Option<PeriodId>,
    /// A CSV or XLSX table with the columns Учитель, Класс, Предмет, Группа, С, По
    #[arg(group = "where", value_name = "FILE")]
    file: Option<PathBuf>,
    /// Whoever the roster does not have is a new person
    #[arg(long)]
    add_new: bool,
    /// Show what would change; write nothing
    #[arg(long)]
    dry_run: bool,
}

/// Where the load is read.
enum From {
    Journals(Vec<Journal>),
    Table(Vec<Row>, BTreeSet<ClassName>),
}

/// What taking it in would do.
struct Taken {
    proposal: LoadProposal,
    roster: Roster,
    load: TeachingLoad,
    change: LoadChange,
    /// How many persons are new.
    added: usize,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    if args.dry_run {
        let reading = which.read(world).await?;
        let taken = take(args, &reading, world).await?;
        tell(&taken, world);
        taken.proposal.questions.iter().for_each(|question| world.screen.say(question));
        let nothing = taken.change.is_nothing() && taken.proposal.questions.is_empty();
        if nothing && taken.roster == reading.roster().await? {
            world.screen.say("all of this is in force already");
        }
        let asked = !taken.proposal.questions.is_empty();
        return Ok(if asked { Done::Findings } else { Done::Clean });
    }
    // Under the lock, so that nothing changes between reading and writing.
    let mut archive = which.open("letopis staff load", world).await?;
    let reading = which.read(world).await?;
    let taken = take(args, &reading, world).await?;
    let questions = &taken.proposal.questions;
    if !questions.is_empty() {
        questions.iter().for_each(|question| world.screen.note(question));
        let text = format!("{} question(s) are open; nothing was written", questions.len());
        return Err(Refused(text).into());
    }
    write(&mut archive, &taken, world).await?;
    Ok(Done::Clean)
}

async fn write(archive: &mut Archive, taken: &Taken, world: &mut World) -> anyhow::Result<()> {
    let new_roster = taken.roster != archive.roster().await?;
    if !new_roster && taken.change.is_nothing() {
        world.screen.say("all of this is in force already; nothing was written");
        return Ok(());
    }
    let now = world.now();
    // Persons first: a load may only name those the roster has.
    if new_roster {
        archive.change_roster(&taken.roster, now, &mut world.rng).await?;
    }
    if !taken.change.is_nothing() {
        archive.adopt_load(&taken.load, now, &mut world.rng).await?;
    }
    tell(taken, world);
    if let Some(why) = archive.missing_second() {
        world.screen.note(format_args!("written to the primary location only: {why}"));
    }
    Ok(())
}

async fn take(args: &Args, reading: &Reading, world: &mut World) -> anyhow::Result<Taken> {
    let (former, mut roster) = (reading.teaching_load().await?, reading.roster().await?);
    let from = match (&args.period, &args.file) {
        (Some(period), None) => journals(reading, *period).await?,
        (None, Some(file)) => table(reading, file, &former)?,
        _ => bail!("give either --period or a file"),
    };
    let mut proposal = propose(&from, &roster, world)?;
    let mut added = 0;
    if args.add_new {
        added = proposal.add_unknown(&mut roster, &mut world.rng)?;
        proposal = propose(&from, &roster, world)?;
    }
    proposal.complete(&mut roster)?;
    let (load, change) = proposal.into_load(&former)?;
    Ok(Taken { proposal, roster, load, change, added })
}

async fn journals(reading: &Reading, period: PeriodId) -> anyhow::Result<From> {
    let journals = reading.journals_of(period).await?;
    if journals.is_empty() {
        bail!("nothing is imported or sealed for {period}; `letopis import FILES` first");
    }
    Ok(From::Journals(journals))
}

fn table(reading: &Reading, file: &Path, load: &TeachingLoad) -> anyhow::Result<From> {
    let bytes = files::read(file, MOST_TABLE)?;
    let rows = read_sheet(&bytes).with_context(|| format!("cannot read `{}`", file.display()))?;
    let mut classes = reading.classes()?;
    classes.extend(load.rows().iter().map(|row| row.class.clone()));
    Ok(From::Table(rows, classes))
}

fn propose(from: &From, roster: &Roster, world: &World) -> anyhow::Result<LoadProposal> {
    match from {
        From::Journals(journals) => Ok(from_journals(journals, roster)?),
        From::Table(rows, classes) => {
            from_table(rows, classes, roster).map_err(|problems| refuse(&problems, world).into())
        }
    }
}

fn refuse(problems: &[TableProblem], world: &World) -> Listed {
    problems.iter().for_each(|problem| world.screen.note(problem));
    Listed(format!("the table has {} problem(s); nothing was written", problems.len()))
}

fn tell(taken: &Taken, world: &mut World) {
    let Taken { proposal, roster, change, added, .. } = taken;
    proposal.remarks.iter().for_each(|remark| world.screen.note(remark));
    let name = |id: StaffId| roster.person(id).map_or("?", StaffMember::name);
    let by_name: BTreeSet<StaffId> = {
        let rows = proposal.rows.iter().map(|row| (row.row.staff, &row.matched));
        let posts = proposal.class_teachers.iter().map(|post| (post.staff, &post.matched));
        let all = rows.chain(posts).filter(|(_, matched)| **matched != Matched::Certain);
        all.map(|(staff, _)| staff).collect()
    };
    for id in &by_name {
        world.screen.say(format_args!("by name  {}  {id}", name(*id)));
    }
    for (word, rows) in
        [("new", &change.added), ("ended", &change.ended), ("dropped", &change.dropped)]
    {
        for row in rows {
            let LoadRow { staff, .. } = row;
            world.screen.say(format_args!("{word}  {row}: {}", name(*staff)));
        }
    }
    for proposed in &proposal.class_teachers {
        world.screen.say(format_args!("post  {}: {}", proposed.post, name(proposed.staff)));
    }
    let (new, ended, dropped) = (change.added.len(), change.ended.len(), change.dropped.len());
    world.screen.note(format_args!(
        "{new} new, {ended} ended, {dropped} dropped row(s) in {} class(es); {added} new person(s), {} found by name",
        change.classes().len(),
        by_name.len()
    ));
}
