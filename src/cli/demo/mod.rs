//! `letopis demo`: the whole job on an invented school, by the same functions as the commands.

mod days;
mod end;
mod play;
mod winter;
mod year;

use super::by_hand::quoted;
use super::done::{Answer, Refused};
use super::keys::{self, Terms};
use super::opening::Which;
use super::world::World;
use super::{check, files, import, init, passphrase, sign, snapshot, verify};
use crate::archive::verify::Report;
use crate::demo::{self, Plan, School};
use crate::journal::{ClassName, PeriodId};
use crate::key::KeyRole;
use anyhow::Context as _;
use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};
use std::fs;
use std::path::{Path, PathBuf};

/// The quarter the demo closes.
const PERIOD: &str = "2025-26/q1";
/// What grades 10 and 11 close with.
const HALF_YEAR: &str = "2025-26/h1";
/// The school lies in the Urals.
const OFFSET: &str = "+05:00";
/// Saturday after the quarter's last day, local.
const MORNING: &str = "2025-10-25T09:00:00+05:00";
const PASSPHRASE: &str = "letopis-demo";
/// The file that says whose directory it is.
const MARK: &str = "letopis-demo.txt";
/// All that a demo makes.
const MADE: [&str; 7] =
    ["source", "archive", "second-location", "director.pem", "director.pub.pem", "print", "media"];

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// How many classes the school has
    #[arg(long, default_value_t = Plan::default().classes, value_parser = classes)]
    classes: usize,
    /// Everything about the school follows from it
    #[arg(long, default_value_t = Plan::default().seed)]
    seed: u64,
    /// How far the school goes: autumn, through the closing of winter, or to the year's end
    #[arg(long, value_enum, default_value_t = Until::Autumn)]
    until: Until,
    /// Where everything is made; a former demo there is replaced
    #[arg(long, value_name = "DIR", default_value = "./letopis-demo")]
    out: PathBuf,
}

/// How far the demo goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
enum Until {
    /// Quarter 1 is archived.
    Autumn,
    /// Quarter 2 and half-year 1 go through the five days to the shelf.
    Winter,
    /// The summary statements of the year, too.
    Year,
}

fn classes(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(classes @ 1..=300) => Ok(classes),
        _ => Err("a school has 1 to 300 classes".to_owned()),
    }
}

/// One demo on its way.
struct Demo {
    out: PathBuf,
    school: School,
    period: PeriodId,
    which: Which,
    clock: DateTime<Utc>,
}

pub(super) async fn run(args: &Args, world: &mut World) -> Answer {
    make_room(&args.out)?;
    let which = Which { archive: args.out.join("archive"), clock_is_right: false };
    let mut demo = Demo {
        out: args.out.clone(),
        school: demo::school(&Plan { seed: args.seed, classes: args.classes }),
        period: PERIOD.parse()?,
        which,
        clock: MORNING.parse().context("the demo's clock")?,
    };
    let sources = demo.sources(world)?;
    demo.init(world).await?;
    demo.key(world).await?;
    demo.import(sources, world)?;
    demo.check(world).await?;
    demo.snapshot(world).await?;
    demo.sign(world).await?;
    if args.until >= Until::Winter {
        demo.which.clock_is_right = true;
        demo.winter(world).await?;
    }
    if args.until == Until::Year {
        demo.year_end(world).await?;
    }
    let report = match args.until {
        Until::Autumn => demo.verify(world).await?,
        Until::Winter | Until::Year => demo.verified(world).await?,
    };
    demo.end(&report, world).await?;
    Ok(verify::ended(&report))
}

/// Makes the directory, or takes a former demo out of it.
fn make_room(out: &Path) -> anyhow::Result<()> {
    let at = || format!("`{}`", out.display());
    let is_empty = match fs::read_dir(out) {
        Ok(mut inside) => inside.next().is_none(),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => true,
        Err(e) => return Err(e).with_context(at),
    };
    let mark = out.join(MARK);
    if !is_empty && !mark.is_file() {
        let text =
            format!("{} is not empty and no former demo; --out names another directory", at());
        return Err(Refused(text).into());
    }
    for made in MADE.map(|name| out.join(name)) {
        let removed =
            if made.is_dir() { fs::remove_dir_all(&made) } else { fs::remove_file(&made) };
        match removed {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e).with_context(at),
            _ => {}
        }
    }
    fs::create_dir_all(out).with_context(at)?;
    files::replace(
        &mark,
        b"An invented school, made by `letopis demo`. The next demo here replaces all of it.\n",
    )
}

impl Demo {
    /// Shows the command that does the next step, and sets the clock to its time.
    fn step(&self, minutes: i64, what: &str, command: &str, world: &mut World) {
        let now = self.clock + TimeDelta::minutes(minutes);
        world.pretend(now);
        let offset: FixedOffset = OFFSET.parse().expect("an offset as chrono writes it");
        let local = now.with_timezone(&offset).format("%H:%M");
        world.screen.say(format_args!("\n── {local}  {what}"));
        if !command.is_empty() {
            let archive = quoted(self.which.archive.display());
            world.screen.say(format_args!("$ letopis --archive {archive} {command}"));
        }
    }

    fn sources(&self, world: &mut World) -> anyhow::Result<Vec<PathBuf>> {
        let (school, screen) = (&self.school, &mut world.screen);
        let classes = school.class_names();
        let closing: Vec<ClassName> = school.classes(self.period).map(|j| j.class.name()).collect();
        screen.say(format_args!(
            "{}: an invented school of {} classes",
            school.name(),
            classes.len()
        ));
        screen.say("Saturday, 25 October 2025: quarter 1 is over, its journals are archived.");
        let half_year: PeriodId = HALF_YEAR.parse()?;
        let later: Vec<String> =
            school.classes(half_year).map(|j| j.class.name().to_string()).collect();
        if !later.is_empty() {
            screen.say(format_args!(
                "Not closing now: {} (they close with half-year 1)",
                later.join(", ")
            ));
        }
        let source = self.out.join("source");
        let written = demo::write_sources(school, &[self.period], &source)
            .with_context(|| format!("cannot write to `{}`", source.display()))?;
        screen.say(format_args!(
            "{} classes close; the e-journal gave out {} files: {}",
            closing.len(),
            written.files,
            source.display()
        ));
        Ok(written.paths)
    }

    async fn init(&self, world: &mut World) -> anyhow::Result<()> {
        let second = self.out.join("second-location");
        let (id, name) = (self.school.id(), self.school.name());
        let command = format!(
            "init --second {} --school-id {id} --school-name '{name}' --utc-offset {OFFSET}",
            quoted(second.display())
        );
        self.step(0, "An archive with two locations", &command, world);
        let args = init::Args {
            second,
            school_id: id,
            school_name: name.to_owned(),
            utc_offset: OFFSET.parse().context("the school's local time")?,
            file_plan: None,
            regulation: None,
            college: false,
        };
        init::make(&args, &self.which, world).await
    }

    fn director(&self) -> String {
        self.school.director().full_name().unwrap_or_default()
    }

    fn key_file(&self) -> PathBuf {
        self.out.join("director.pem")
    }

    async fn key(&self, world: &mut World) -> Answer {
        let (holder, out) = (self.director(), self.key_file());
        let command = format!(
            "keys new --role director --holder '{holder}' --from 2025-09-01 --order 12-к --order-date 2025-08-29 --out {}",
            quoted(out.display())
        );
        self.step(5, "The director's key", &command, world);
        let day = |text: &str| text.parse::<NaiveDate>().context("a date of the demo");
        let terms = Terms {
            role: KeyRole::Director,
            holder,
            from: day("2025-09-01")?,
            until: None,
            order: Some("12-к".to_owned()),
            order_date: Some(day("2025-08-29")?),
        };
        let args = keys::new::Args { terms, out, endorse_with: None };
        world.screen.say(format_args!("passphrase {PASSPHRASE}"));
        keys::new::make(&args, PASSPHRASE, None, &self.which, world).await
    }

    fn import(&self, paths: Vec<PathBuf>, world: &mut World) -> Answer {
        let named = self.out.join("source").join("q1");
        self.step(
            10,
            "The journals come in",
            &format!("import {}", quoted(named.display())),
            world,
        );
        import::run(&import::Args { paths }, &self.which, world)
    }

    async fn check(&self, world: &mut World) -> Answer {
        self.step(15, "Checks of the first day", &format!("check --period {PERIOD}"), world);
        let args =
            check::Args { period: self.period, classes: Vec::new(), regulation: None, json: false };
        check::run(&args, &self.which, world).await
    }

    async fn snapshot(&self, world: &mut World) -> Answer {
        self.step(30, "Snapshot and seal", &format!("snapshot --period {PERIOD}"), world);
        let args = snapshot::Args { period: self.period, classes: Vec::new() };
        snapshot::run(&args, &self.which, world).await
    }

    async fn sign(&self, world: &mut World) -> Answer {
        let command = format!("sign --period {PERIOD} --key {}", quoted(self.key_file().display()));
        self.step(40, "The director signs", &command, world);
        let key = passphrase::open(&self.key_file(), PASSPHRASE)?;
        sign::here(Some(self.period), &key, &self.which, world).await
    }

    async fn verified(&self, world: &mut World) -> anyhow::Result<Report> {
        world.screen.say("\n── All of it is verified\n$ letopis verify --deep");
        let args = verify::Args { deep: true, ..verify::Args::default() };
        verify::verified(&args, &self.which, world).await
    }

    async fn verify(&self, world: &mut World) -> anyhow::Result<Report> {
        self.step(50, "All of it is verified", "verify --deep", world);
        let args = verify::Args { deep: true, ..verify::Args::default() };
        verify::verified(&args, &self.which, world).await
    }
}
