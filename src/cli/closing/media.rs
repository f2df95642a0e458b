//! `letopis closing hand-over-media`.

use super::{Meant, named, person, some_person, tell_missing};
use crate::archive::HandOverOrder;
use crate::cli::done::{Answer, Done};
use crate::cli::files;
use crate::cli::opening::Which;
use crate::cli::world::World;
use crate::register::MediumNumber;
use anyhow::{Context as _, bail};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Numbers of the media
    #[arg(value_name = "MEDIUM", required = true)]
    media: Vec<MediumNumber>,
    #[command(flatten)]
    meant: Meant,
    /// Number of the act
    #[arg(long, value_name = "NUMBER")]
    act: String,
    /// Who takes them: the director
    #[arg(long, value_name = "STAFF")]
    to: String,
    /// Who gives them; otherwise whoever enters it
    #[arg(long, value_name = "STAFF")]
    from: Option<String>,
    /// Where to write the act; never over a file that is there
    #[arg(long, value_name = "FILE.pdf")]
    out: PathBuf,
    /// Who enters it: name or id
    #[arg(long, value_name = "STAFF")]
    by: String,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    if args.out.exists() {
        bail!("`{}` is there already; name another file", args.out.display());
    }
    let mut archive = which.open("letopis closing hand-over-media", world).await?;
    let roster = archive.roster().await?;
    let recorder = person(&roster, &args.by)?;
    let order = HandOverOrder {
        media: args.media.clone(),
        number: args.act.clone(),
        by: some_person(&roster, args.from.as_ref())?,
        to: person(&roster, &args.to)?,
    };
    let id = args.meant.id(&archive).await?;
    let now = world.now();
    let done = archive.hand_over_media(id, &order, (recorder, now), &mut world.rng).await;
    let (act, committed) = done.map_err(|error| named(error, &roster))?;
    files::write_new(&args.out, &act, 0o644).context("the hand-over is entered, but")?;
    let (seq, out) = (committed.first_seq, args.out.display());
    world.screen.say(format_args!("media handed over, entry {seq}; the act to be signed: {out}"));
    tell_missing(committed.missing.as_ref(), world);
    Ok(Done::Clean)
}
