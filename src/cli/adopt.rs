//! `letopis adopt`: puts a file plan or settings of the school in force.

use super::closing::text_file;
use super::done::{Answer, Done};
use super::files;
use super::init::{name_of, read_plan, read_regulation};
use super::opening::Which;
use super::world::World;
use crate::archive::{Archive, FormFile};
use crate::closing::calendar::SchoolCalendar;
use crate::paper::class_journal::Content;
use chrono::FixedOffset;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[group(required = true, multiple = true)]
pub(super) struct Args {
    /// A file plan (номенклатура дел); records sealed before keep their terms
    #[arg(long, value_name = "FILE")]
    file_plan: Option<PathBuf>,
    /// The school's calendar of a year (docs/calendar.md), for the closings opened from here on
    #[arg(long, value_name = "FILE")]
    calendar: Option<PathBuf>,
    /// A regulation the checks go by
    #[arg(long, value_name = "FILE")]
    regulation: Option<PathBuf>,
    /// A file of forms' wording, adapted from one that `letopis forms` wrote; may be repeated
    #[arg(long = "form", value_name = "FILE")]
    forms: Vec<PathBuf>,
    /// What paper copies of class journals hold
    #[arg(long, value_name = "WHAT", value_enum)]
    content: Option<Content>,
    /// Whether sheets are printed on both sides
    #[arg(long, value_name = "true|false")]
    two_sided: Option<bool>,
    /// Whether blank forms, to be filled by hand, are stitched into paper copies
    #[arg(long, value_name = "true|false")]
    blanks: Option<bool>,
    /// The school's name as it stands in seals from now on
    #[arg(long, value_name = "NAME")]
    school_name: Option<String>,
    /// Local time, as an offset from UTC
    #[arg(long, value_name = "+HH:MM", allow_hyphen_values = true)]
    utc_offset: Option<FixedOffset>,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    // Everything is read before anything is written.
    let plan = args.file_plan.as_deref().map(read_plan).transpose()?;
    let regulation = args.regulation.as_deref().map(read_regulation).transpose()?;
    let forms = args.forms.iter().map(|file| read_form(file));
    let forms = forms.collect::<anyhow::Result<Vec<_>>>()?;
    let calendar = args.calendar.as_deref().map(text_file).transpose()?;
    if let Some(calendar) = &calendar {
        SchoolCalendar::from_toml(&calendar.name, &calendar.toml)?;
    }
    let mut archive = which.open("letopis adopt", world).await?;
    let now = world.now();
    let former = archive.settings().await?;
    let mut settings = former.clone();
    settings.regulation = regulation.unwrap_or(settings.regulation);
    settings.school_name = args.school_name.clone().unwrap_or(settings.school_name);
    settings.utc_offset = args.utc_offset.unwrap_or(settings.utc_offset);
    forms.into_iter().for_each(|form| settings.paper.adapt(form));
    settings.paper.content = args.content.unwrap_or(settings.paper.content);
    settings.paper.two_sided = args.two_sided.unwrap_or(settings.paper.two_sided);
    settings.paper.blanks = args.blanks.unwrap_or(settings.paper.blanks);
    settings.check()?;
    let mut nothing = true;
    if let Some(plan) = plan
        && plan != archive.plan().await?
    {
        archive.adopt_plan(&plan, now, &mut world.rng).await?;
        world.screen.say(format_args!("in force  file plan {}", plan.name()));
        nothing = false;
    }
    if let Some(calendar) = &calendar {
        let (year, _) = archive.adopt_calendar(calendar, now, &mut world.rng).await?;
        world.screen.say(format_args!("in force  calendar {} of {year}", calendar.name));
        nothing = false;
    }
    if settings != former {
        archive.change_settings(&settings, now, &mut world.rng).await?;
        world.screen.say(format_args!(
            "in force  settings: {}, {}, regulation {}",
            settings.school_name, settings.utc_offset, settings.regulation.name
        ));
        nothing = false;
    }
    if nothing {
        world.screen.say("all that is in force already; nothing was written");
    }
    warn(&archive, world);
    Ok(Done::Clean)
}

/// A file of wording; whether it reads is found with all the others.
fn read_form(file: &Path) -> anyhow::Result<FormFile> {
    Ok(FormFile { name: name_of(file), toml: files::read_text(file)? })
}

fn warn(archive: &Archive, world: &World) {
    if let Some(why) = archive.missing_second() {
        world.screen.note(format_args!("written to the primary location only: {why}"));
    }
}
