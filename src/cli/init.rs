//! `letopis init`: makes an archive with its two locations.

use super::done::{Answer, Done};
use super::files;
use super::opening::Which;
use super::world::World;
use crate::archive::{self, Archive, Founding, PaperSettings, Regulation, Settings};
use crate::journal::regulation;
use crate::paper::wording::Shipped;
use crate::retention::FilePlan;
use chrono::FixedOffset;
use std::path::{Path, PathBuf};

const SCHOOL_REGULATION: &str = include_str!("../../templates/regulations/school.toml");
const COLLEGE_REGULATION: &str = include_str!("../../templates/regulations/college.toml");

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Empty folder for the second copy: on another disk, in another room
    #[arg(long, value_name = "DIR")]
    pub(super) second: PathBuf,
    /// The school's id (OGRN, or its number in the e-journal)
    #[arg(long, value_name = "ID")]
    pub(super) school_id: String,
    /// The school's name as it stands in seals
    #[arg(long, value_name = "NAME")]
    pub(super) school_name: String,
    /// Local time, as an offset from UTC
    #[arg(long, value_name = "+HH:MM", default_value = "+03:00", allow_hyphen_values = true)]
    pub(super) utc_offset: FixedOffset,
    /// The file plan (номенклатура дел), instead of the one that comes with Letopis
    #[arg(long, value_name = "FILE")]
    pub(super) file_plan: Option<PathBuf>,
    /// The regulation the checks go by, instead of the one that comes with Letopis
    #[arg(long, value_name = "FILE")]
    pub(super) regulation: Option<PathBuf>,
    /// A college: its file plan and regulation instead of a school's
    #[arg(long)]
    pub(super) college: bool,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    make(args, which, world).await?;
    for line in [
        "\nNext:",
        "  letopis keys new --role director --holder 'NAME' --from DATE --out director.pem",
        "  letopis import FILES",
        "  letopis check --period PERIOD",
        "  letopis snapshot --period PERIOD",
        "  letopis sign --key director.pem",
        "  letopis print RECORD --out FILE.pdf",
    ] {
        world.screen.say(line);
    }
    Ok(Done::Clean)
}

/// Makes the archive and tells what it is.
pub(super) async fn make(args: &Args, which: &Which, world: &mut World) -> anyhow::Result<()> {
    let founding = founding(args, which)?;
    let now = world.now();
    let archive = archive::init(&founding, now, &mut world.rng).await?;
    tell(&archive, world)
}

fn founding(args: &Args, which: &Which) -> anyhow::Result<Founding> {
    let plan = match &args.file_plan {
        Some(file) => read_plan(file)?,
        None if args.college => FilePlan::college(),
        None => FilePlan::school(),
    };
    let built_in = |name: &str, toml: &str| Regulation { name: name.into(), toml: toml.into() };
    let regulation = match &args.regulation {
        Some(file) => read_regulation(file)?,
        None if args.college => built_in("college.toml", COLLEGE_REGULATION),
        None => built_in("school.toml", SCHOOL_REGULATION),
    };
    let forms = if args.college { Shipped::College } else { Shipped::School };
    let settings = Settings {
        paper: PaperSettings::new(forms),
        regulation,
        school_id: args.school_id.clone(),
        school_name: args.school_name.clone(),
        utc_offset: args.utc_offset,
    };
    Ok(Founding { home: which.archive.clone(), second: args.second.clone(), settings, plan })
}

/// A file plan; every problem of it is told with its line.
pub(super) fn read_plan(file: &Path) -> anyhow::Result<FilePlan> {
    Ok(FilePlan::read(&name_of(file), &files::read_text(file)?)?)
}

/// A regulation that reads.
pub(super) fn read_regulation(file: &Path) -> anyhow::Result<Regulation> {
    let regulation = Regulation { name: name_of(file), toml: files::read_text(file)? };
    regulation::Regulation::from_toml(&regulation.name, &regulation.toml)?;
    Ok(regulation)
}

pub(super) fn name_of(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn tell(archive: &Archive, world: &mut World) -> anyhow::Result<()> {
    let home = archive.home();
    let screen = &mut world.screen;
    screen.say(format_args!("archive   {}", home.archive()));
    screen.say(format_args!("primary   {}", home.primary().path().display()));
    if let Some(second) = home.second() {
        screen.say(format_args!("second    {}", second.path().display()));
        if home.primary().shares_device_with(&second) {
            screen.note(
                "warning: both locations are on one device; a broken disk would take both copies. \
                 Put the second one on another disk, in another room",
            );
        }
    }
    if let Some(log_key) = archive.catalogue().log_key()? {
        screen.say(format_args!("log key   {}", log_key.fingerprint()));
    }
    Ok(())
}
