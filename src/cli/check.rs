//! `letopis check`: the day-one checks over the journals of a period.

use super::done::{Answer, Done};
use super::init::read_regulation;
use super::opening::Which;
use super::screen::Screen;
use super::world::World;
use crate::archive::{Reading, Settings};
use crate::journal::checks::{self, Code, Level, Place, Remark};
use crate::journal::regulation::Regulation;
use crate::journal::{ClassName, Journal, PeriodId};
use crate::paper::PaperError;
use crate::paper::class_journal::{ClassJournal, Unprintable, unprintable};
use crate::paper::wording::Wording;
use crate::register::{ArchiveId, RecordKind, RecordNumber};
use anyhow::{Context as _, anyhow};
use chrono::{DateTime, FixedOffset};
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
    let form = form(which, &reading, world).await;
    if let Err(why) = &form {
        world
            .screen
            .note(format_args!("whether the journals can be printed was not checked: {why:#}"));
    }
    let (mut all, mut clean) = (Vec::new(), Vec::new());
    for (from, journal) in &journals {
        let mut remarks = checks::check(journal, &regulation);
        if let Ok(form) = &form {
            remarks.extend(form.remarks(journal, &regulation));
        }
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

/// The school's printed form, into which every journal has to go.
struct Form {
    archive: ArchiveId,
    settings: Settings,
    wording: Wording,
    printed: DateTime<FixedOffset>,
}

async fn form(
    which: &Which,
    reading: &anyhow::Result<Reading>,
    world: &mut World,
) -> anyhow::Result<Form> {
    let reading = reading.as_ref().map_err(|error| anyhow!("{error:#}"))?;
    let settings = reading.settings().await?;
    let (archive, wording) = (which.home()?.archive(), settings.wording()?);
    let printed = world.now().with_timezone(&settings.utc_offset);
    Ok(Form { archive, settings, wording, printed })
}

impl Form {
    /// What of a journal cannot be printed, and would keep it from being sealed.
    fn remarks(&self, journal: &Journal, regulation: &Regulation) -> Vec<Remark> {
        let paper = &self.settings.paper;
        let found = unprintable(&ClassJournal {
            journal,
            // Digests are printed, but any of them can be.
            pages: &[],
            archive: self.archive,
            school: &self.settings.school_name,
            record: RecordNumber::FIRST,
            content: paper.content,
            two_sided: paper.two_sided,
            blanks: paper.blanks,
            wording: &self.wording,
            printed: self.printed,
        });
        let remark = |found: Unprintable| {
            let code = Code::Unprintable;
            let page = found.page.map(|page| journal.pages[page].key().to_string());
            let place = Place { class: journal.class.name(), page, pupil: None, lesson: None };
            let clause = regulation.clause(code).map(str::to_owned);
            Remark { code, level: code.level(), clause, place, text: refused(&found.why) }
        };
        found.into_iter().map(remark).collect()
    }
}

/// Why something cannot be printed, as a remark says it.
fn refused(why: &PaperError) -> String {
    let why = match why {
        PaperError::NoGlyph { text, character, place } => {
            let code = u32::from(*character);
            let seen = !character.is_control() && !character.is_whitespace();
            let character = if seen { format!("«{character}» ") } else { String::new() };
            format!(
                "{place}: в тексте «{text}» символ {character}(U+{code:04X}), которого нет в шрифтах печати"
            )
        }
        PaperError::TooNarrow { text, place } => format!("{place}: «{text}» не умещается на листе"),
        PaperError::TooTall { place } => format!("{place}: не умещается на листе"),
        // The others are faults of forms and fonts, not of a journal.
        other => format!("Журнал не печатается ({other})"),
    };
    format!("{why}; снимок журнала сделать нельзя, исправьте в источнике.")
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
