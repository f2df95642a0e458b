//! Entering what was done: pages, signatures, hand-over, general register, seal.

use super::{Meant, name_of, named, person, some_person, tell_missing};
use crate::archive::{Action, Archive, Committed, SheetsRead};
use crate::cli::done::{Answer, Done};
use crate::cli::opening::Which;
use crate::cli::world::World;
use crate::closing::procedure::{Proof, Scope};
use crate::closing::{Closing, Pages, Sheets};
use crate::journal::ClassName;
use crate::register::{CopyNumber, DocumentId, OrderRef, SheetRange, StaffId, StepId};
use crate::staff::{Role, Roster};
use anyhow::{anyhow, bail};
use std::path::PathBuf;

/// Whose copy or journal, in which closing, and who enters it.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct OfClass {
    /// The class: 7А
    #[arg(value_name = "CLASS")]
    class: ClassName,
    #[command(flatten)]
    meant: Meant,
    /// Who enters it: name or id
    #[arg(long, value_name = "STAFF")]
    by: String,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ConfirmArgs {
    #[command(flatten)]
    of: OfClass,
    /// Only these pages, by their numbers; otherwise all that are not confirmed yet
    #[arg(long = "page", value_name = "N")]
    pages: Vec<u32>,
    /// Whose pages they are; otherwise each page is confirmed in the name of its own teacher
    #[arg(long, value_name = "STAFF")]
    teacher: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ReportArgs {
    #[command(flatten)]
    of: OfClass,
    /// The page, by its number
    #[arg(long, value_name = "N")]
    page: u32,
    /// What differs, in your words; kept as a document
    #[arg(long, value_name = "TEXT")]
    text: String,
    /// Who found it; otherwise the page's teacher
    #[arg(long, value_name = "STAFF")]
    finder: Option<String>,
}

#[derive(Debug, clap::Args)]
#[group(id = "sheets", multiple = false)]
struct SheetArgs {
    /// All but these sheets: 12 or 12-14
    #[arg(long, value_name = "FROM-TO", value_delimiter = ',', group = "sheets")]
    except: Vec<SheetRange>,
    /// These sheets alone: 12 or 12-14
    #[arg(long = "sheets", value_name = "FROM-TO", value_delimiter = ',', group = "sheets")]
    only: Vec<SheetRange>,
    /// All sheets of these pages, by the pages' numbers
    #[arg(long = "page", value_name = "N", value_delimiter = ',', group = "sheets")]
    pages: Vec<u32>,
    /// A file with the QR codes of the sheets, one a line, as a hand scanner types them
    #[arg(long, value_name = "FILE", group = "sheets")]
    qr: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct SignOffArgs {
    #[command(flatten)]
    of: OfClass,
    #[command(flatten)]
    sheets: SheetArgs,
    /// In which role it was signed; otherwise as teachers of the pages
    #[arg(long = "as", value_name = "ROLE", default_value = "teacher")]
    role: Role,
    /// Who signed; otherwise whoever has to
    #[arg(long, value_name = "STAFF")]
    signer: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ExcuseArgs {
    #[command(flatten)]
    of: OfClass,
    #[command(flatten)]
    sheets: SheetArgs,
    /// In which role it is missing; otherwise as teacher of the pages
    #[arg(long = "as", value_name = "ROLE", default_value = "teacher")]
    role: Role,
    /// Whose signature is missing
    #[arg(long, value_name = "STAFF")]
    signer: String,
    /// The director's order: 112/2026-01-13
    #[arg(long, value_name = "NUMBER/DATE")]
    order: OrderRef,
    /// Why, in your words; kept as a document
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct TakeBackArgs {
    /// The entry, as `closing history` numbers them
    #[arg(value_name = "ENTRY")]
    entry: u64,
    #[command(flatten)]
    meant: Meant,
    /// Why, in your words; kept as a document
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Who takes it back: name or id
    #[arg(long, value_name = "STAFF")]
    by: String,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct HandOverArgs {
    #[command(flatten)]
    of: OfClass,
    /// Who took it: a deputy, the head of studies or the director
    #[arg(long, value_name = "STAFF")]
    to: String,
    /// Who gave it; otherwise the class teacher
    #[arg(long, value_name = "STAFF")]
    from: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct DeedArgs {
    #[command(flatten)]
    of: OfClass,
    /// Who did it; otherwise whoever enters it, if the role is theirs
    #[arg(long, value_name = "STAFF")]
    doer: Option<String>,
}

/// An archive opened for entries of one class.
struct Desk {
    archive: Archive,
    closing: Closing,
    roster: Roster,
    recorder: StaffId,
}

impl Desk {
    async fn open(of: &OfClass, which: &Which, world: &mut World) -> anyhow::Result<Desk> {
        Desk::of(&of.meant, &of.by, which, world).await
    }

    async fn of(meant: &Meant, by: &str, which: &Which, world: &mut World) -> anyhow::Result<Desk> {
        let archive = which.open("letopis closing", world).await?;
        let roster = archive.roster().await?;
        let recorder = person(&roster, by)?;
        let id: DocumentId = meant.id(&archive).await?;
        let closing = archive.outline(id).await?;
        Ok(Desk { archive, closing, roster, recorder })
    }

    /// Enters an action and tells what became of it.
    async fn enter(mut self, of: &OfClass, action: &Action, world: &mut World) -> Answer {
        let period = of.meant.period_of(&self.closing, &of.class)?;
        let (id, now) = (self.closing.id, world.now());
        let target = (&of.class, period);
        let who = (self.recorder, now);
        let done = self.archive.enter(id, target, action, who, &mut world.rng).await;
        let committed = done.map_err(|error| named(error, &self.roster))?;
        self.tell(of, &committed, world).await?;
        Ok(Done::Clean)
    }

    async fn tell(
        &self,
        of: &OfClass,
        committed: &Committed,
        world: &mut World,
    ) -> anyhow::Result<()> {
        let state = self.archive.outline(self.closing.id).await?;
        let new = state.history.iter().filter(|held| held.entry.seq >= committed.first_seq);
        for held in new {
            let what = super::history::what(&held.entry.event, |who| name_of(&self.roster, who));
            world.screen.say(format_args!("{}: entry {}: {what}", of.class, held.entry.seq));
        }
        tell_missing(committed.missing.as_ref(), world);
        Ok(())
    }

    /// The signing step of a role.
    fn step(&self, role: Role) -> anyhow::Result<StepId> {
        let scope = if role == Role::Teacher { Scope::Page } else { Scope::Class };
        let mut steps = self.closing.procedure.steps.iter();
        let found = steps.find(|step| {
            step.proof == Proof::SignedOnPaper && step.scope == scope && step.role == role
        });
        found.map(|step| step.id.clone()).ok_or_else(|| {
            anyhow!("in procedure {} nobody signs as {role}", self.closing.procedure.id)
        })
    }
}

impl SheetArgs {
    /// The sheets that are meant; `every` is what stands when none are named.
    async fn sheets(&self, desk: &Desk, class: &ClassName) -> anyhow::Result<Sheets> {
        if let Some(file) = &self.qr {
            return scanned(file, desk, class).await;
        }
        Ok(match (&self.except[..], &self.only[..], &self.pages[..]) {
            (except, [], []) => Sheets::AllExcept(except.to_vec()),
            (_, only, []) => Sheets::These(only.to_vec()),
            (_, _, pages) => Sheets::OfPages(pages.to_vec()),
        })
    }
}

async fn scanned(file: &PathBuf, desk: &Desk, class: &ClassName) -> anyhow::Result<Sheets> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| anyhow!("cannot read `{}`: {error}", file.display()))?;
    let of_class = desk.closing.classes.iter().filter(|state| state.facts.class == *class);
    let copies: Vec<CopyNumber> = of_class.filter_map(|state| state.copy_number()).collect();
    let read = SheetsRead::of(desk.archive.catalogue(), desk.archive.home().archive(), &text)?;
    let mut problems: Vec<String> = read.bad.iter().map(ToString::to_string).collect();
    let strangers = read.copies.keys().filter(|copy| !copies.contains(copy));
    problems.extend(strangers.map(|copy| format!("copy {copy} is not the one of {class}")));
    if !problems.is_empty() {
        bail!("{}; nothing was entered", problems.join("; "));
    }
    Ok(Sheets::These(read.copies.into_values().flatten().collect()))
}

pub(super) async fn confirm(args: &ConfirmArgs, which: &Which, world: &mut World) -> Answer {
    let desk = Desk::open(&args.of, which, world).await?;
    let by = some_person(&desk.roster, args.teacher.as_ref())?;
    let pages = match &args.pages[..] {
        [] => Pages::All,
        pages => Pages::These(pages.to_vec()),
    };
    desk.enter(&args.of, &Action::Confirm { pages, by }, world).await
}

pub(super) async fn report(args: &ReportArgs, which: &Which, world: &mut World) -> Answer {
    let desk = Desk::open(&args.of, which, world).await?;
    let by = some_person(&desk.roster, args.finder.as_ref())?;
    let action = Action::Report { page: args.page, text: args.text.clone(), by };
    desk.enter(&args.of, &action, world).await
}

pub(super) async fn sign_off(args: &SignOffArgs, which: &Which, world: &mut World) -> Answer {
    let desk = Desk::open(&args.of, which, world).await?;
    let by = some_person(&desk.roster, args.signer.as_ref())?;
    let sheets = args.sheets.sheets(&desk, &args.of.class).await?;
    let action = Action::SignOff { step: desk.step(args.role)?, sheets, by };
    desk.enter(&args.of, &action, world).await
}

pub(super) async fn excuse(args: &ExcuseArgs, which: &Which, world: &mut World) -> Answer {
    let desk = Desk::open(&args.of, which, world).await?;
    let action = Action::Excuse {
        step: desk.step(args.role)?,
        sheets: args.sheets.sheets(&desk, &args.of.class).await?,
        by: person(&desk.roster, &args.signer)?,
        order: args.order.clone(),
        reason: args.reason.clone(),
    };
    desk.enter(&args.of, &action, world).await
}

pub(super) async fn hand_over(args: &HandOverArgs, which: &Which, world: &mut World) -> Answer {
    let desk = Desk::open(&args.of, which, world).await?;
    let by = some_person(&desk.roster, args.from.as_ref())?;
    let to = person(&desk.roster, &args.to)?;
    desk.enter(&args.of, &Action::HandOver { by, to }, world).await
}

pub(super) async fn register(args: &DeedArgs, which: &Which, world: &mut World) -> Answer {
    let desk = Desk::open(&args.of, which, world).await?;
    let by = some_person(&desk.roster, args.doer.as_ref())?;
    desk.enter(&args.of, &Action::EnterCopy { by }, world).await
}

pub(super) async fn stamp(args: &DeedArgs, which: &Which, world: &mut World) -> Answer {
    let desk = Desk::open(&args.of, which, world).await?;
    let by = some_person(&desk.roster, args.doer.as_ref())?;
    desk.enter(&args.of, &Action::Stamp { by }, world).await
}

pub(super) async fn take_back(args: &TakeBackArgs, which: &Which, world: &mut World) -> Answer {
    let mut desk = Desk::of(&args.meant, &args.by, which, world).await?;
    let (id, who) = (desk.closing.id, (desk.recorder, world.now()));
    let what = (args.entry, args.reason.as_str());
    let done = desk.archive.take_back(id, what, who, &mut world.rng).await;
    let committed = done.map_err(|error| named(error, &desk.roster))?;
    let (entry, seq) = (args.entry, committed.first_seq);
    world.screen.say(format_args!("entry {entry} is taken back by entry {seq}"));
    tell_missing(committed.missing.as_ref(), world);
    Ok(Done::Clean)
}
