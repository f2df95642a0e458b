//! `letopis closing folder` and `shelve`.

use super::{Meant, named, person, some_person, tell_missing};
use crate::archive::{FolderOrder, Shelf};
use crate::cli::done::{Answer, Done};
use crate::cli::files;
use crate::cli::opening::Which;
use crate::cli::world::World;
use crate::journal::{ClassName, PeriodId};
use crate::register::DocumentId;
use anyhow::{Context as _, bail};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct FolderArgs {
    /// The period whose folder is formed; for what comes after, the same once more
    #[arg(value_name = "PERIOD")]
    period: PeriodId,
    /// The closing by its id, when several have the period
    #[arg(long, value_name = "ID")]
    closing: Option<DocumentId>,
    /// A class that is not ready: it joins later as a supplement
    #[arg(long, value_name = "CLASS")]
    without: Vec<ClassName>,
    /// Where to write its list; never over a file that is there
    #[arg(long, value_name = "FILE.pdf")]
    out: PathBuf,
    /// Who forms it; otherwise whoever enters it
    #[arg(long, value_name = "STAFF")]
    doer: Option<String>,
    /// Who enters it: name or id
    #[arg(long, value_name = "STAFF")]
    by: String,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ShelveArgs {
    #[command(flatten)]
    meant: Meant,
    /// A class, where the procedure forms no folders
    #[arg(long, value_name = "CLASS")]
    class: Option<ClassName>,
    /// Number of the file («дело»)
    #[arg(long, value_name = "NUMBER")]
    file: String,
    /// Shelf, rack, cupboard
    #[arg(long, value_name = "PLACE")]
    shelf: String,
    /// Who accepted it; otherwise whoever enters it, or the only archivist
    #[arg(long, value_name = "STAFF")]
    archivist: Option<String>,
    /// Who enters it: name or id
    #[arg(long, value_name = "STAFF")]
    by: String,
}

pub(super) async fn run(args: &FolderArgs, which: &Which, world: &mut World) -> Answer {
    if args.out.exists() {
        bail!("`{}` is there already; name another file", args.out.display());
    }
    let mut archive = which.open("letopis closing folder", world).await?;
    let roster = archive.roster().await?;
    let recorder = person(&roster, &args.by)?;
    let order = FolderOrder {
        period: args.period,
        without: args.without.clone(),
        by: some_person(&roster, args.doer.as_ref())?,
    };
    let id = match args.closing {
        Some(id) => id,
        None => archive.closing_of(args.period).await?,
    };
    let now = world.now();
    let formed = archive.form_folder(id, &order, (recorder, now), &mut world.rng).await;
    let formed = formed.map_err(|error| named(error, &roster))?;
    files::write_new(&args.out, &formed.list, 0o644).context("the folder is formed, but")?;
    let supplement = match formed.supplement {
        0 => String::new(),
        number => format!(", supplement {number}"),
    };
    let (folder, copies, out) = (formed.folder, formed.copies, args.out.display());
    world.screen.say(format_args!(
        "folder {folder}{supplement} of {}: {copies} copies; its list: {out}",
        args.period
    ));
    tell_missing(formed.committed.missing.as_ref(), world);
    Ok(Done::Clean)
}

pub(super) async fn shelve(args: &ShelveArgs, which: &Which, world: &mut World) -> Answer {
    let mut archive = which.open("letopis closing shelve", world).await?;
    let roster = archive.roster().await?;
    let recorder = person(&roster, &args.by)?;
    let by = some_person(&roster, args.archivist.as_ref())?;
    let id = args.meant.id(&archive).await?;
    let place = Shelf { file: args.file.clone(), shelf: args.shelf.clone() };
    let who = (recorder, world.now());
    let (what, done) = match (&args.class, args.meant.period) {
        (Some(class), _) => {
            let period = args.meant.period_of(&archive.outline(id).await?, class)?;
            let of = (class, period, by);
            let done = archive.shelve_copy(id, of, &place, who, &mut world.rng).await;
            (format!("{class} {period}"), done)
        }
        (None, Some(period)) => {
            let done = archive.shelve_folder(id, (period, by), &place, who, &mut world.rng).await;
            (format!("the folder of {period}"), done)
        }
        (None, None) => {
            bail!("name the period whose folder is accepted with --period, or a --class")
        }
    };
    let committed = done.map_err(|error| named(error, &roster))?;
    world.screen.say(format_args!("{what}: file {}, shelf {}", args.file, args.shelf));
    tell_missing(committed.missing.as_ref(), world);
    Ok(Done::Clean)
}
