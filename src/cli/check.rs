//! `letopis check`: the day-one checks over the journals of a period.

use super::done::{Answer, Done};
use super::init::read_regulation;
use super::opening::Which;
use super::screen::Screen;
use super::world::World;
use crate::archive::Reading;
use crate::journal::checks::{self, Level, Remark};
use crate::journal::regulation::Regulation;
use crate::journal::{ClassName, Journal, PeriodId};
use crate::register::{RecordKind, RecordNumber};
use anyhow::{Context as _, anyhow};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Which period: 2025-26/q1
    #[arg(long)]
    pub(super) period: PeriodId,
    /// Only this class; may be repeated
    #[arg(long = "class", value_name = "CLASS")]
    pub(super) classes: Vec<ClassName>,
    /// Another regulation than the one in force
    #[arg(long, value_name = "FILE")]
    pub(super) regulation: Option<PathBuf>,
    /// An array of JSON objects, one for each remark
    #[arg(long)]
    pub(super) json: bool,
}

/// Where a journal to be checked comes from.
enum From {
    Import,
    Record(RecordNumber),
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    let reading = which.read(world).await;
    let regulation = regulation(args, &reading).await?;
    let journals = journals(args, which, &reading).await?;
    let (mut all, mut clean) = (Vec::new(), Vec::new());
    for (from, journal) in &journals {
        let remarks = checks::check(journal, &regulation);
        if remarks.is_empty() {
            clean.push(journal.class.name().to_string());
        } else if !args.json {
            tell(from, journal, &remarks, &mut world.screen);
        }
        all.extend(remarks);
    }
    if args.json {
        world.screen.say_json(&all);
    } else {
        if !clean.is_empty() {
            world.screen.say(format_args!("no remarks: {}", clean.join(", ")));
        }
        summary(&all, journals.len(), &regulation, &mut world.screen);
    }
    let weighs = |remark: &Remark| remark.level != Level::Notice;
    Ok(if all.iter().any(weighs) { Done::Findings } else { Done::Clean })
}

async fn regulation(args: &Args, reading: &anyhow::Result<Reading>) -> anyhow::Result<Regulation> {
    if let Some(file) = &args.regulation {
        let regulation = read_regulation(file)?;
        return Ok(Regulation::from_toml(&regulation.name, &regulation.toml)?);
    }
    let hint = "the regulation in force cannot be read; --regulation FILE names another one";
    match reading {
        Ok(reading) => Ok(reading.settings().await.context(hint)?.regulation().context(hint)?),
        Err(error) => Err(anyhow!("{hint}: {error:#}")),
    }
}

/// The imported journals of the period, and those of current records for classes without an import.
async fn journals(
    args: &Args,
    which: &Which,
    reading: &anyhow::Result<Reading>,
) -> anyhow::Result<Vec<(From, Journal)>> {
    let wanted = |class: &ClassName| args.classes.is_empty() || args.classes.contains(class);
    let mut journals = Vec::new();
    for import in which.home()?.waiting()? {
        if import.period() == args.period && wanted(import.class()) {
            let journal = import.journal()?;
            journals.push((From::Import, journal));
        }
    }
    let imported: Vec<ClassName> = journals.iter().map(|(_, j)| j.class.name()).collect();
    if let Ok(reading) = reading {
        let mut records = reading.catalogue().records_of(&args.period)?;
        records.retain(|r| r.kind == RecordKind::Journal && r.is_current() && wanted(&r.class));
        for record in records.iter().filter(|r| !imported.contains(&r.class)) {
            journals.push((From::Record(record.record), reading.journal(record).await?));
        }
    }
    journals.sort_by_cached_key(|(_, journal)| journal.class.name());
    let missing = |class: &&ClassName| !journals.iter().any(|(_, j)| j.class.name() == **class);
    let missing: Vec<&str> = args.classes.iter().filter(missing).map(ClassName::as_str).collect();
    if !missing.is_empty() || journals.is_empty() {
        let of =
            if missing.is_empty() { String::new() } else { format!(" of {}", missing.join(", ")) };
        let period = args.period;
        return Err(anyhow!(
            "nothing{of} is imported or sealed for {period}; `letopis import FILES` first"
        ));
    }
    Ok(journals)
}

fn tell(from: &From, journal: &Journal, remarks: &[Remark], screen: &mut Screen) {
    let class = journal.class.name();
    let from = match from {
        From::Import => "imported".to_owned(),
        From::Record(number) => format!("record {number}"),
    };
    screen.say(format_args!("{class} ({from}): {} remark(s)", remarks.len()));
    for remark in remarks {
        let level = match remark.level {
            Level::Violation => "!",
            Level::Warning => "?",
            Level::Notice => "·",
        };
        let clause = remark.clause.as_ref().map(|clause| format!(" [{clause}]"));
        let (code, text) = (remark.code.as_str(), &remark.text);
        screen.say(format_args!("  {level} {code:<26} {text}{}", clause.unwrap_or_default()));
    }
}

fn summary(all: &[Remark], journals: usize, regulation: &Regulation, screen: &mut Screen) {
    screen.say(format_args!(
        "{journals} journal(s) checked by «{}»: {} remark(s)",
        regulation.title,
        all.len()
    ));
    for (code, count) in checks::summary(all) {
        let level = match code.level() {
            Level::Violation => "! violation",
            Level::Warning => "? warning",
            Level::Notice => "· notice",
        };
        screen.say(format_args!("  {level:<12} {code:<26} {count:>4}", code = code.as_str()));
    }
}
