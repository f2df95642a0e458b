//! `letopis print`: the numbered paper copy of a class journal or a summary statement.

use super::done::{Answer, Done};
use super::opening::Which;
use super::world::World;
use crate::archive::{CopyOrder, Corrected, HandedOut};
use crate::register::{CopyNumber, RecordNumber, SheetRange};
use anyhow::{Context as _, bail};
use std::io::Write as _;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Number of the record: 12 or 000012
    #[arg(value_name = "RECORD")]
    record: RecordNumber,
    /// Where to write the PDF; never over a file that is there
    #[arg(long, value_name = "FILE.pdf")]
    out: PathBuf,
    /// Make another numbered copy of a record that has one, and why
    #[arg(long, value_name = "REASON", conflicts_with_all = ["draft", "sheets", "copy"])]
    new_copy: Option<String>,
    /// A draft, «ЧЕРНОВИК» on every sheet: no number, no entry in the register
    #[arg(long, conflicts_with_all = ["sheets", "copy"])]
    draft: bool,
    /// Only these sheets of the copy once more, because they were jammed or spoilt: 12 or 12-14
    #[arg(long, value_name = "FROM-TO")]
    sheets: Option<SheetRange>,
    /// Of several copies this one; otherwise the latest
    #[arg(long, value_name = "NUMBER")]
    copy: Option<CopyNumber>,
    /// Lay a new copy or a draft out for printing on both sides
    #[arg(long, conflicts_with = "sheets")]
    two_sided: bool,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    // A copy that cannot be written must not use up a number.
    if args.out.exists() {
        bail!("`{}` is there already; name another file", args.out.display());
    }
    let two_sided = args.two_sided.then_some(true);
    let now = world.now();
    if args.draft {
        let reading = which.read(world).await?;
        write(&args.out, &reading.draft(args.record, two_sided, now).await?)?;
        world.screen.say(format_args!("draft of record {}: {}", args.record, args.out.display()));
        return Ok(Done::Clean);
    }
    let mut archive = which.open("letopis print", world).await?;
    let handed = match args.sheets {
        Some(sheets) => archive.print_sheets(args.record, args.copy, sheets, now).await?,
        None => {
            let order = CopyOrder { another: args.new_copy.clone(), copy: args.copy, two_sided };
            archive.print(args.record, &order, now, &mut world.rng).await?
        }
    };
    write(&args.out, &handed.pdf).with_context(|| {
        format!(
            "copy {} is registered; `letopis print {}` gives it again",
            handed.copy, args.record
        )
    })?;
    tell(args, &handed, world);
    Ok(Done::Clean)
}

fn write(path: &Path, pdf: &[u8]) -> anyhow::Result<()> {
    let cannot = || format!("cannot write `{}`", path.display());
    let mut file = std::fs::File::create_new(path).with_context(cannot)?;
    file.write_all(pdf).and_then(|()| file.sync_all()).with_context(cannot)
}

fn tell(args: &Args, handed: &HandedOut, world: &mut World) {
    let HandedOut { copy, sheets, given, .. } = handed;
    let what = match (args.sheets, handed.new, &handed.correction) {
        (_, true, Some(_)) => format!("copy {copy} goes on with sheets {given}, {sheets} count"),
        (None, true, None) => format!("copy {copy}, {sheets} sheets"),
        (None, false, _) if given.from == 1 => {
            format!("copy {copy} once more, {sheets} sheets, as it was printed")
        }
        _ => format!("sheets {given} of copy {copy} once more"),
    };
    world.screen.say(format_args!("record {}: {what}: {}", args.record, args.out.display()));
    if let Some(Corrected { kept, voided }) = &handed.correction {
        let told = |sheets: &[SheetRange]| match sheets {
            [] => "none".to_owned(),
            sheets => sheets.iter().map(SheetRange::to_string).collect::<Vec<_>>().join(", "),
        };
        world.screen.say(format_args!("  stay, with their signatures: sheets {}", told(kept)));
        world.screen.say(format_args!("  void, take them out: sheets {}", told(voided)));
    }
    if let Some(why) = &handed.missing {
        world.screen.note(format_args!("the second location does not have it yet: {why}"));
    }
}
