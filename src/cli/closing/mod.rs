//! `letopis closing`: the holiday procedure, one file per group of commands.

mod board;
mod correct;
mod enter;
mod folder;
mod history;
mod media;
mod open;
mod paper;

pub(super) use board::Board;
pub(super) use open::text_file;

use super::done::{Answer, Refused};
use super::opening::Which;
use super::world::World;
use crate::archive::{Archive, ClosingError};
use crate::closing::Closing;
use crate::journal::{ClassName, PeriodId};
use crate::register::{DocumentId, StaffId};
use crate::staff::Roster;
use anyhow::anyhow;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Show the days of a closing, and open it with --confirm
    Open(open::Args),
    /// The closings there are
    List(open::ListArgs),
    /// The board: classes and steps, what is late, and what each person has to do next
    Status(board::Args),
    /// Enter that pages are right
    Confirm(enter::ConfirmArgs),
    /// Enter that a page is not what it should be
    Report(enter::ReportArgs),
    /// Enter signatures on paper: a whole class, pages, sheets, or sheets by their QR codes
    SignOff(enter::SignOffArgs),
    /// Enter that a signature cannot be had, by the director's order
    Excuse(enter::ExcuseArgs),
    /// Take an entry back; it stays in the history with the reason
    TakeBack(enter::TakeBackArgs),
    /// See what an imported correction changes, and seal it with --agree
    Correct(correct::Args),
    /// Enter that a class's paper copy was handed over
    HandOver(enter::HandOverArgs),
    /// Enter that removable copies were handed over to the director, and write the act
    HandOverMedia(media::Args),
    /// Enter paper copies in the general register
    Register(enter::DeedArgs),
    /// Enter that the school's round seal is on a paper copy
    Stamp(enter::DeedArgs),
    /// Form the folder of a period, or its supplement, and write its list
    Folder(folder::FolderArgs),
    /// Enter that the archive accepted a folder, or the copy of a class
    Shelve(folder::ShelveArgs),
    /// Write a paper of the closing as a PDF
    Print(paper::Args),
    /// Everything that was entered, taken back or not
    History(history::Args),
}

pub(super) async fn run(command: &Command, which: &Which, world: &mut World) -> Answer {
    match command {
        Command::Open(args) => open::run(args, which, world).await,
        Command::List(args) => open::run_list(args, which, world).await,
        Command::Status(args) => board::run(args, which, world).await,
        Command::Confirm(args) => enter::confirm(args, which, world).await,
        Command::Report(args) => enter::report(args, which, world).await,
        Command::SignOff(args) => enter::sign_off(args, which, world).await,
        Command::Excuse(args) => enter::excuse(args, which, world).await,
        Command::TakeBack(args) => enter::take_back(args, which, world).await,
        Command::Correct(args) => correct::run(args, which, world).await,
        Command::HandOver(args) => enter::hand_over(args, which, world).await,
        Command::HandOverMedia(args) => media::run(args, which, world).await,
        Command::Register(args) => enter::register(args, which, world).await,
        Command::Stamp(args) => enter::stamp(args, which, world).await,
        Command::Folder(args) => folder::run(args, which, world).await,
        Command::Shelve(args) => folder::shelve(args, which, world).await,
        Command::Print(args) => paper::run(args, which, world).await,
        Command::History(args) => history::run(args, which, world).await,
    }
}

/// Which closing is meant.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Meant {
    /// A period of the closing; needed when several closings go on
    #[arg(long, value_name = "PERIOD")]
    period: Option<PeriodId>,
    /// The closing by its id
    #[arg(long, value_name = "ID")]
    closing: Option<DocumentId>,
}

impl Meant {
    /// The closing's id: as named, of the period, or the only one that goes on.
    async fn id(&self, archive: &Archive) -> anyhow::Result<DocumentId> {
        if let Some(id) = self.closing {
            return Ok(id);
        }
        if let Some(period) = self.period {
            return Ok(archive.closing_of(period).await?);
        }
        only(&archive.open_closings().await?)
    }

    /// The same where nothing is written.
    async fn id_in(&self, reading: &crate::archive::Reading) -> anyhow::Result<DocumentId> {
        if let Some(id) = self.closing {
            return Ok(id);
        }
        if let Some(period) = self.period {
            return Ok(reading.closing_of(period).await?);
        }
        only(&reading.open_closings().await?)
    }

    /// The period a class closes in a closing.
    fn period_of(&self, closing: &Closing, class: &ClassName) -> anyhow::Result<PeriodId> {
        let of_class = closing.classes.iter().filter(|c| c.facts.class == *class);
        let periods: Vec<PeriodId> = of_class.map(|class| class.facts.period).collect();
        match (self.period, &periods[..]) {
            (Some(period), _) if periods.contains(&period) => Ok(period),
            (_, [only]) => Ok(*only),
            (_, []) => Err(anyhow!(
                "{class} is in no period of this closing; `letopis closing status` shows its classes"
            )),
            _ => Err(anyhow!("{class} closes several periods; name one with --period")),
        }
    }
}

fn only(closings: &[Closing]) -> anyhow::Result<DocumentId> {
    match closings {
        [one] => Ok(one.id),
        [] => Err(anyhow!("no closing goes on; `letopis closing open --period PERIOD` opens one")),
        several => {
            let each = several.iter().map(|closing| {
                let periods = closing.opening.periods.iter().map(|of| of.period.to_string());
                periods.collect::<Vec<_>>().join(" and ")
            });
            let each = each.collect::<Vec<_>>().join("; ");
            Err(anyhow!("several closings go on ({each}); name one with --period"))
        }
    }
}

/// An error of a closing, with people's names in the place of their ids.
fn named(error: ClosingError, roster: &Roster) -> anyhow::Error {
    match error {
        ClosingError::Refused(refusal) => Refused(with_names(&refusal.to_string(), roster)).into(),
        other => other.into(),
    }
}

/// Puts people's names in the place of their ids.
fn with_names(text: &str, roster: &Roster) -> String {
    let mut text = text.to_owned();
    for person in roster.persons() {
        text = text.replace(&person.id().to_string(), person.name());
    }
    text
}

/// A person by name or id.
fn person(roster: &Roster, holder: &str) -> anyhow::Result<StaffId> {
    Ok(roster.lookup(holder)?.id())
}

/// A person that may be left out.
fn some_person(roster: &Roster, holder: Option<&String>) -> anyhow::Result<Option<StaffId>> {
    holder.map(|holder| person(roster, holder)).transpose()
}

/// What a person is called.
fn name_of(roster: &Roster, who: StaffId) -> String {
    roster.person(who).map_or_else(|| who.to_string(), |person| person.name().to_owned())
}

fn tell_missing(missing: Option<&String>, world: &World) {
    if let Some(why) = missing {
        world.screen.note(format_args!("the second location does not have it yet: {why}"));
    }
}
