//! The command line: one file per command. Data goes to standard output, everything else to standard
//! error; exit code 0 is done, 1 findings or refused by a rule, 2 bad input or could not run.

mod adopt;
mod by_hand;
mod check;
mod check_medium;
mod closing;
mod copy;
mod demo;
mod done;
mod files;
mod forms;
mod import;
mod init;
mod keys;
mod list;
mod media;
mod opening;
mod passphrase;
mod print;
mod promote;
mod pupils;
mod rebuild;
mod register;
mod repair;
mod screen;
mod second;
mod sheet;
mod show;
mod sign;
mod snapshot;
mod staff;
mod statement;
mod statements;
mod status;
mod table;
mod verify;
mod world;

use clap::{Parser, Subcommand};
use done::Answer;
use opening::Which;
use std::process::ExitCode;
use world::World;

/// A school's archive of class journals: takes them in, seals, keeps and proves them.
#[derive(Parser)]
#[command(name = "letopis", version, propagate_version = true)]
struct CommandLine {
    #[command(flatten)]
    which: Which,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make an archive with its two locations
    Init(init::Args),
    /// Take journals in: files and folders as the e-journal gives them out
    Import(import::Args),
    /// Compare the journals of a period with the school's regulation; remarks hinder nothing
    Check(check::Args),
    /// Seal the imported journals of a period into records
    Snapshot(snapshot::Args),
    /// Make, enrol, show and revoke keys
    #[command(subcommand)]
    Keys(keys::Command),
    /// Sign the seals that wait for the director's signature, here or on another computer
    Sign(sign::Args),
    /// Who works at the school, who teaches what, who stands in for whom
    #[command(subcommand)]
    Staff(staff::Command),
    /// Print the numbered paper copy of a class journal or a summary statement
    Print(print::Args),
    /// Whether a sheet of paper counts, by what its QR code says
    Sheet(sheet::Args),
    /// Which pupils of a class's periods are one: what is proposed and what is said
    Pupils(pupils::Args),
    /// Write a summary statement of a class's year as a PDF to be signed
    Statement(statement::Args),
    /// Write a report about a class for one period as a PDF to be signed
    Report(statement::ReportArgs),
    /// Seal the summary statements of a year, drawn from its signed journals
    Statements(statements::Args),
    /// The holiday procedure: open it, enter what was done, see how it stands
    #[command(subcommand)]
    Closing(closing::Command),
    /// The records: how each stands and until when it is kept
    List(list::Args),
    /// Verify both locations: every digest, every signature, every file
    Verify(verify::Args),
    /// Restore what is damaged in one location from the other
    Repair(repair::Args),
    /// The primary location is lost: make the second location, or a copy, the primary
    Promote(promote::Args),
    /// Make an empty folder the second location, with a copy of everything
    Second(second::Args),
    /// Write the records of a closing to a removable medium: an ISO image or a folder
    Copy(copy::Args),
    /// Read a removable medium through and register what was found
    CheckMedium(check_medium::Args),
    /// The removable media: where each is, and which are to be checked
    Media(media::Args),
    /// One record, its files compared byte for byte in both locations
    Show(show::Args),
    /// How the archive stands: both locations, register, what waits
    Status(status::Args),
    /// Ask the register
    #[command(subcommand)]
    Register(register::Command),
    /// Put a file plan, a calendar or settings of the school in force
    Adopt(adopt::Args),
    /// Write the wording of all printed forms to a folder, to be adapted
    Forms(forms::Args),
    /// Delete the catalogue and make it anew from the register
    Rebuild,
    /// Run the whole job on an invented school
    Demo(demo::Args),
}

/// Runs the command the process was started with.
pub fn run() -> ExitCode {
    let line = match CommandLine::try_parse() {
        Ok(line) => line,
        Err(error) => {
            // Help and version come this way, too.
            let _ = error.print();
            return ExitCode::from(u8::from(error.use_stderr()) * 2);
        }
    };
    let answer = answer(line);
    if let Err(error) = &answer {
        eprintln!("error: {}", done::message(error));
    }
    done::exit_code(&answer)
}

fn answer(line: CommandLine) -> Answer {
    let mut world = World::real()?;
    let runtime = tokio::runtime::Runtime::new()?;
    let done = runtime.block_on(dispatch(line.command, &line.which, &mut world));
    world.screen.end();
    let written = world.screen.finish();
    let done = done?;
    written.map_err(|e| anyhow::Error::new(e).context("cannot write to standard output"))?;
    Ok(done)
}

async fn dispatch(command: Command, which: &Which, world: &mut World) -> Answer {
    match command {
        Command::Init(args) => init::run(&args, which, world).await,
        Command::Import(args) => import::run(&args, which, world),
        Command::Check(args) => check::run(&args, which, world).await,
        Command::Snapshot(args) => snapshot::run(&args, which, world).await,
        Command::Keys(command) => keys::run(&command, which, world).await,
        Command::Sign(args) => sign::run(&args, which, world).await,
        Command::Staff(command) => staff::run(&command, which, world).await,
        Command::Print(args) => print::run(&args, which, world).await,
        Command::Sheet(args) => sheet::run(&args, which, world).await,
        Command::Pupils(args) => pupils::run(&args, which, world).await,
        Command::Statement(args) => statement::run(&args, which, world).await,
        Command::Report(args) => statement::run_report(&args, which, world).await,
        Command::Statements(args) => statements::run(&args, which, world).await,
        Command::Closing(command) => closing::run(&command, which, world).await,
        Command::List(args) => list::run(&args, which, world).await,
        Command::Verify(args) => verify::run(&args, which, world).await,
        Command::Repair(args) => repair::run(&args, which, world).await,
        Command::Promote(args) => promote::run(&args, which, world).await,
        Command::Second(args) => second::run(&args, which, world).await,
        Command::Copy(args) => copy::run(&args, which, world).await,
        Command::CheckMedium(args) => check_medium::run(&args, which, world).await,
        Command::Media(args) => media::run(&args, which, world).await,
        Command::Show(args) => show::run(&args, which, world).await,
        Command::Status(args) => status::run(&args, which, world).await,
        Command::Register(command) => register::run(&command, which, world).await,
        Command::Adopt(args) => adopt::run(&args, which, world).await,
        Command::Forms(args) => forms::run(&args, world),
        Command::Rebuild => rebuild::run(which, world).await,
        Command::Demo(args) => demo::run(&args, world).await,
    }
}
