//! `letopis import`: takes journals in, all or none.

use super::done::{Answer, Done, Listed};
use super::opening::Which;
use super::table::Table;
use super::world::World;
use crate::intake::{self, Import};
use anyhow::Context as _;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files and folders: interchange files, folders of JSON saved from Дневник.ру's partner API
    #[arg(value_name = "PATH", required = true)]
    pub(super) paths: Vec<PathBuf>,
}

pub(super) fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    let home = which.home()?;
    let imports = match intake::read(&args.paths) {
        Ok(imports) => imports,
        Err(problems) => {
            problems.iter().for_each(|problem| world.screen.note(problem));
            let count = problems.len();
            let text = format!("{count} problem(s); nothing was imported. Correct them and repeat");
            return Err(Listed(text).into());
        }
    };
    if imports.is_empty() {
        return Err(Listed("there is no journal in what was named".to_owned()).into());
    }
    let now = world.now();
    let lock = home.lock("letopis import", now)?;
    home.keep(&imports, &lock, now, &mut world.rng).context("nothing was imported")?;
    tell(&imports, world);
    Ok(Done::Clean)
}

fn tell(imports: &[Import], world: &mut World) {
    let mut table =
        Table::new(&["class", "period", "pupils", "pages", "lessons", "files", "lacks"]);
    for Import { journal, sources, lacking } in imports {
        let lessons: usize = journal.pages.iter().map(|page| page.lessons.len()).sum();
        let lacks = if lacking.is_empty() { "-".to_owned() } else { lacking.len().to_string() };
        let counts = [journal.pupils.len(), journal.pages.len(), lessons, sources.len()];
        let named = [journal.class.name().to_string(), journal.period_id().to_string()];
        let counts = counts.iter().map(ToString::to_string);
        table.line(named.into_iter().chain(counts).chain([lacks]));
    }
    world.screen.say(table);
    for Import { journal, lacking, .. } in imports.iter().filter(|i| !i.lacking.is_empty()) {
        world.screen.say(format_args!("\n{} {}:", journal.class.name(), journal.period_id()));
        lacking.iter().for_each(|lack| world.screen.say(format_args!("  {lack}")));
    }
    world.screen.note(format_args!("{} journal(s) imported, waiting to be sealed", imports.len()));
}
