//! `letopis forms`: the wording of all printed forms, to be adapted.

use super::done::{Answer, Done};
use super::world::World;
use crate::paper::wording::{Shipped, Wording};
use anyhow::Context as _;
use std::io::Write as _;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folder to write them to; files that are there already are left as they are
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// A college's wording instead of a school's
    #[arg(long)]
    college: bool,
}

pub(super) fn run(args: &Args, world: &mut World) -> Answer {
    let shipped = if args.college { Shipped::College } else { Shipped::School };
    let cannot = |path: &std::path::Path| format!("cannot write `{}`", path.display());
    std::fs::create_dir_all(&args.directory).with_context(|| cannot(&args.directory))?;
    for name in Wording::file_names() {
        let path = args.directory.join(name);
        let text = Wording::shipped_text(shipped, name).unwrap_or_default();
        match std::fs::File::create_new(&path) {
            Ok(mut file) => {
                file.write_all(text.as_bytes()).with_context(|| cannot(&path))?;
                world.screen.say(path.display());
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                world
                    .screen
                    .note(format_args!("`{}` is there already; left as it is", path.display()));
            }
            Err(error) => return Err(anyhow::Error::new(error).context(cannot(&path))),
        }
    }
    world.screen.note("next: change what has to be changed, then letopis adopt --form FILE");
    Ok(Done::Clean)
}
