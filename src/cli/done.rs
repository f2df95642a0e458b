//! How a command ends: 0 done, 1 findings or refused by a rule, 2 bad input or could not run.

use crate::archive::{
    AdoptError, ClosingError, CommitError, HomeError, InitError, KeyError, MatchError, MediaError,
    OpenError, PrintError, PromoteError, RepairError, SecondError, SignError, SnapshotError,
    StaffError, StatementsError,
};
use crate::location::folder::FolderError;
use crate::location::medium::WriteError;
use crate::staff::RosterError;
use std::error::Error;
use std::process::ExitCode;

/// How a command that could run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Done {
    /// All is done, nothing was found.
    Clean,
    /// Something was found that a person has to look at.
    Findings,
}

/// What every command gives.
pub(super) type Answer = anyhow::Result<Done>;

/// A rule of the command line itself says no.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Refused(pub(super) String);

/// The problems are told on standard error already, one a line; this is the last line.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Listed(pub(super) String);

/// The exit code for what a command gave.
pub(super) fn exit_code(answer: &Answer) -> ExitCode {
    ExitCode::from(match answer {
        Ok(Done::Clean) => 0,
        Ok(Done::Findings) => 1,
        Err(error) if is_refusal(error) => 1,
        Err(_) => 2,
    })
}

/// An error and its causes in one line. Messages that tell their cause themselves are not repeated.
pub(super) fn message(error: &anyhow::Error) -> String {
    let mut text = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    text
}

/// Whether a rule said no, rather than that something could not be read, found or written.
fn is_refusal(error: &anyhow::Error) -> bool {
    fn by<E: Error + Send + Sync + 'static>(
        error: &anyhow::Error,
        rule: impl FnOnce(&E) -> bool,
    ) -> bool {
        error.downcast_ref().is_some_and(rule)
    }
    by(error, |_: &Refused| true)
        || by(error, clock)
        || by(error, |e: &FolderError| place(e))
        || by(error, |e: &OpenError| history(e))
        || by(error, |e: &InitError| match e {
            InitError::Folder(e) => place(e),
            InitError::Home(e) => matches!(e, HomeError::Exists(_)),
            InitError::Commit(e) => clock(e),
            _ => false,
        })
        || by(error, |e: &SnapshotError| match e {
            SnapshotError::Commit(e) => clock(e),
            e => matches!(e, SnapshotError::TooEarly { .. } | SnapshotError::GoingRound(_)),
        })
        || by(error, |e: &StatementsError| match e {
            StatementsError::Commit(e) => clock(e),
            e => matches!(e, StatementsError::Refused(_)),
        })
        || by(error, |e: &SignError| match e {
            SignError::Commit(e) => clock(e),
            SignError::NothingWaits(_) | SignError::OtherArchive { .. } | SignError::NotSigned => {
                true
            }
            e => matches!(e, SignError::Key(_) | SignError::Role { .. } | SignError::Wrong(_)),
        })
        || by(error, |e: &KeyError| match e {
            KeyError::Commit(e) | KeyError::Staff(StaffError::Commit(e)) => clock(e),
            e => matches!(e, KeyError::Refused(_)),
        })
        || by(error, |e: &StaffError| match e {
            StaffError::Commit(e) => clock(e),
            e => matches!(e, StaffError::TakenOut(_) | StaffError::Stranger(_)),
        })
        || by(error, |e: &RosterError| {
            // The others are names, days and texts that are none.
            matches!(
                e,
                RosterError::PostTwice { .. }
                    | RosterError::NoPost { .. }
                    | RosterError::SourceTaken { .. }
                    | RosterError::ForThemselves(_)
                    | RosterError::SubstitutedTwice { .. }
            )
        })
        || by(error, |e: &MatchError| match e {
            MatchError::Commit(e) => clock(e),
            e => matches!(e, MatchError::Refused(_)),
        })
        || by(error, |e: &PrintError| match e {
            PrintError::Commit(e) => clock(e),
            PrintError::Replaced(..) | PrintError::NoCopy(_) => true,
            PrintError::Voided { .. } | PrintError::Lost(_) => true,
            _ => false,
        })
        || by(error, medium)
        || by(error, |e: &ClosingError| match e {
            ClosingError::Commit(e) => clock(e),
            ClosingError::Refused(_) | ClosingError::Open { .. } => true,
            ClosingError::NothingChanged { .. } | ClosingError::SeenOtherwise { .. } => true,
            _ => false,
        })
        || by(error, |e: &AdoptError| matches!(e, AdoptError::Commit(e) if clock(e)))
        || by(error, |e: &RepairError| matches!(e, RepairError::Fork | RepairError::NoRegister))
        || by(error, |e: &PromoteError| match e {
            PromoteError::Commit(e) => clock(e),
            PromoteError::Healthy | PromoteError::Losing { .. } | PromoteError::Fork { .. } => true,
            e => matches!(e, PromoteError::NoLogKey | PromoteError::Key(_) | PromoteError::Role(_)),
        })
        || by(error, |e: &SecondError| match e {
            SecondError::Folder(e) => place(e),
            SecondError::Commit(e) => clock(e),
            e => matches!(e, SecondError::Known(..) | SecondError::Unfinished(_)),
        })
}

fn medium(error: &MediaError) -> bool {
    match error {
        MediaError::Commit(e) => clock(e),
        MediaError::Write(e) => !matches!(e, WriteError::Io { .. } | WriteError::Image(_)),
        MediaError::Replaced(..) | MediaError::OtherClosing(_) | MediaError::Inside(_) => true,
        MediaError::OtherMedium { .. } | MediaError::OtherArchive(_) => true,
        e => matches!(e, MediaError::TwoClasses { .. } | MediaError::NextCheck { .. }),
    }
}

fn clock(error: &CommitError) -> bool {
    matches!(error, CommitError::ClockBehind { .. } | CommitError::ClockAhead { .. })
}

fn place(error: &FolderError) -> bool {
    matches!(error, FolderError::SamePlace(..) | FolderError::NotEmpty(_))
}

fn history(error: &OpenError) -> bool {
    matches!(error, OpenError::Older { .. } | OpenError::Fork { .. } | OpenError::Later(_))
}
