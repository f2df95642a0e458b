//! `letopis closing print`: the papers of a closing.

use super::{Meant, named, some_person};
use crate::archive::ClosingPaper;
use crate::cli::done::{Answer, Done};
use crate::cli::files;
use crate::cli::opening::Which;
use crate::cli::world::World;
use crate::journal::ClassName;
use anyhow::{anyhow, bail};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Which paper
    #[arg(value_name = "PAPER")]
    paper: Paper,
    #[command(flatten)]
    meant: Meant,
    /// The class, for checklist and certifying sheet
    #[arg(long, value_name = "CLASS")]
    class: Option<ClassName>,
    /// Only this teacher's list of where to sign
    #[arg(long, value_name = "STAFF")]
    teacher: Option<String>,
    /// Where the copies lie, for the lists of where to sign
    #[arg(long, value_name = "ROOM", default_value = "учительская")]
    room: String,
    /// Where to write the PDF; never over a file that is there
    #[arg(long, value_name = "FILE.pdf")]
    out: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Paper {
    /// График закрытия: the days, for the staff-room wall
    Schedule,
    /// Контрольный лист: who signs which sheets of a class's copy
    Checklist,
    /// «Где мне подписать»: each teacher's unsigned sheets in all classes
    WhereToSign,
    /// Лист общего реестра: the lines of this closing
    Register,
    /// Опись папки: what lies in the folders, or would as things stand
    Folders,
    /// Лист-заверитель of a class's copy
    CertifyingSheet,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    if args.out.exists() {
        bail!("`{}` is there already; name another file", args.out.display());
    }
    let reading = which.read(world).await?;
    let roster = reading.roster().await?;
    let class = || args.class.clone().ok_or_else(|| anyhow!("name the class with --class"));
    let paper = match args.paper {
        Paper::Schedule => ClosingPaper::Schedule,
        Paper::Checklist => ClosingPaper::Checklist(class()?),
        Paper::WhereToSign => ClosingPaper::WhereToSign {
            teacher: some_person(&roster, args.teacher.as_ref())?,
            room: args.room.clone(),
        },
        Paper::Register => ClosingPaper::GeneralRegister,
        Paper::Folders => ClosingPaper::Folders,
        Paper::CertifyingSheet => ClosingPaper::CertifyingSheet(class()?),
    };
    let id = args.meant.id_in(&reading).await?;
    let print = reading.closing_paper(id, &paper, world.now()).await;
    let print = print.map_err(|error| named(error, &roster))?;
    files::write_new(&args.out, &print, 0o644)?;
    world.screen.say(args.out.display());
    Ok(Done::Clean)
}
