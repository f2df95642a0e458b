//! `letopis closing open` and `list`.

use super::{person, tell_missing};
use crate::archive::{ClosingOrder, ClosingPreview};
use crate::cli::done::{Answer, Done};
use crate::cli::opening::Which;
use crate::cli::table::Table;
use crate::cli::world::World;
use crate::closing::TextFile;
use crate::closing::plan::{Adjusted, PlannedGroup, PlannedStep};
use crate::closing::procedure::Procedure;
use crate::journal::{ClassName, PeriodId};
use crate::register::DocumentId;
use anyhow::Context as _;
use serde::Serialize;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// One of the periods; all that end before the same holidays are closed together
    #[arg(long, value_name = "PERIOD")]
    period: PeriodId,
    /// five-day, year-end, college-year, or a file; otherwise year-end for a year, five-day for the rest
    #[arg(long, value_name = "NAME|FILE")]
    procedure: Option<String>,
    /// A production calendar of your own, instead of the one that comes with Letopis for its year
    #[arg(long, value_name = "FILE")]
    production: Vec<PathBuf>,
    /// Who opens it: name or id of a deputy, the head of studies or the director
    #[arg(long, value_name = "STAFF")]
    by: String,
    /// The days shown are right: open it
    #[arg(long)]
    confirm: bool,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ListArgs {
    /// A JSON list
    #[arg(long)]
    json: bool,
}

pub(in crate::cli) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    let is_year = args.period.number.is_none();
    let usual = if is_year { "year-end" } else { "five-day" };
    let order = ClosingOrder {
        period: args.period,
        procedure: procedure(args.procedure.as_deref().unwrap_or(usual))?,
        production: args.production.iter().map(|file| text_file(file)).collect::<Result<_, _>>()?,
    };
    if !args.confirm {
        let reading = which.read(world).await?;
        person(&reading.roster().await?, &args.by)?;
        let preview = reading.preview(&order).await?;
        show(&preview, world);
        world.screen.note("nothing is opened yet; if these days are right, repeat with --confirm");
        return Ok(Done::Clean);
    }
    let mut archive = which.open("letopis closing open", world).await?;
    let roster = archive.roster().await?;
    let by = person(&roster, &args.by)?;
    let now = world.now();
    let opened = archive.open_closing(&order, (by, now), &mut world.rng).await;
    let (preview, committed) = opened.map_err(|error| super::named(error, &roster))?;
    show(&preview, world);
    let classes: usize = preview.periods.iter().map(|of| of.classes.len()).sum();
    world.screen.say(format_args!("\nopened: {classes} classes, entry {}", committed.first_seq));
    tell_missing(committed.missing.as_ref(), world);
    Ok(Done::Clean)
}

fn procedure(name: &str) -> anyhow::Result<TextFile> {
    match Procedure::SHIPPED.iter().find(|(known, _)| *known == name) {
        Some((name, toml)) => {
            Ok(TextFile { name: format!("{name}.toml"), toml: (*toml).to_owned() })
        }
        None => text_file(Path::new(name)),
    }
}

/// A file of a person's, with its name alone.
pub(in crate::cli) fn text_file(path: &Path) -> anyhow::Result<TextFile> {
    let toml = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read `{}`", path.display()))?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok(TextFile { name, toml })
}

/// The resolved days of each group, and what was moved and why.
fn show(preview: &ClosingPreview, world: &mut World) {
    let plan = &preview.in_force.plan;
    world.screen.say(format_args!("{}", preview.procedure.title));
    let mut shown: Vec<Vec<&PlannedGroup>> = Vec::new();
    for group in &plan.groups {
        match shown.iter_mut().find(|alike| alike[0].has_the_days_of(group)) {
            Some(alike) => alike.push(group),
            None => shown.push(vec![group]),
        }
    }
    for alike in &shown {
        let group = alike[0];
        let who = alike.iter().map(|group| format!("{} ({})", group.classes, group.period));
        world.screen.say(format_args!(
            "\n{}: lessons until {}, holidays {} to {}",
            who.collect::<Vec<_>>().join(", "),
            group.last_lesson_day,
            group.holidays.0,
            group.holidays.1
        ));
        let mut table = Table::new(&["day", "date", "step", "who", "what", ""]);
        for step in &group.steps {
            table.line([
                step.day.to_string(),
                days(step),
                step.step.to_string(),
                step.role.to_string(),
                step.title.clone(),
                step.adjusted.iter().map(why).collect::<Vec<_>>().join("; "),
            ]);
        }
        world.screen.say(table);
    }
    for of in &preview.periods {
        let classes: Vec<&str> = of.classes.iter().map(ClassName::as_str).collect();
        world.screen.say(format_args!(
            "\n{}: {} classes: {}",
            of.period,
            classes.len(),
            classes.join(", ")
        ));
    }
    for year in &plan.uncertain {
        world.screen.note(format_args!(
            "the production calendar of {year} is not certain yet: the order on moved days is not in it"
        ));
    }
}

fn days(step: &PlannedStep) -> String {
    let day = |day: chrono::NaiveDate| day.format("%a %d.%m.%Y").to_string();
    if step.from == step.to {
        day(step.from)
    } else {
        format!("{} – {}", day(step.from), day(step.to))
    }
}

fn why(adjusted: &Adjusted) -> String {
    match adjusted {
        Adjusted::Stated => "stated by the calendar".to_owned(),
        Adjusted::AfterHolidays => "counted on after the holidays".to_owned(),
        Adjusted::BeforeHolidays => "begins before the holidays".to_owned(),
        Adjusted::BeforeDeadline => "the deadline is not worked".to_owned(),
        Adjusted::NotBeforeLastLesson(day) => format!("{day} is before the last lessons"),
        Adjusted::NotBeforePrevious(day) => format!("{day} is before an earlier step"),
    }
}

/// A closing in the list. Its JSON form is stable.
#[derive(Serialize)]
struct Listed {
    closing: DocumentId,
    procedure: String,
    periods: Vec<PeriodId>,
    opened: chrono::DateTime<chrono::Utc>,
    /// `open`, `finished` or `cancelled`.
    state: &'static str,
}

pub(in crate::cli) async fn run_list(args: &ListArgs, which: &Which, world: &mut World) -> Answer {
    let reading = which.read(world).await?;
    let mut listed = Vec::new();
    for closing in reading.closings().await? {
        listed.push(Listed {
            closing: closing.id,
            procedure: closing.procedure.id.to_string(),
            periods: closing.opening.periods.iter().map(|of| of.period).collect(),
            opened: closing.opened.time,
            state: match (closing.is_cancelled(), closing.is_finished()) {
                (true, _) => "cancelled",
                (_, true) => "finished",
                _ => "open",
            },
        });
    }
    if args.json {
        world.screen.say_json(&listed);
        return Ok(Done::Clean);
    }
    let mut table = Table::new(&["closing", "procedure", "periods", "opened", "state"]);
    for closing in &listed {
        let periods = closing.periods.iter().map(ToString::to_string).collect::<Vec<_>>();
        table.line([
            closing.closing.to_string(),
            closing.procedure.clone(),
            periods.join(", "),
            closing.opened.date_naive().to_string(),
            closing.state.to_owned(),
        ]);
    }
    world.screen.say(table);
    Ok(Done::Clean)
}
