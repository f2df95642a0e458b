//! `letopis sign`: the director's key over waiting seals, here or apart on another computer.

use super::done::{Answer, Done, Refused};
use super::opening::Which;
use super::screen::Screen;
use super::table::Table;
use super::world::World;
use super::{files, passphrase};
use crate::archive::{SignedRecords, SigningSheet};
use crate::journal::PeriodId;
use crate::key::SecretKey;
use anyhow::{Context as _, anyhow};
use std::path::{Path, PathBuf};

/// The most bytes of a signing sheet: some 50,000 seals.
const MOST_SHEET: u64 = 64 << 20;

#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("how").required(true))]
pub(super) struct Args {
    /// Only the seals of this period; otherwise all that wait
    #[arg(long, conflicts_with_all = ["with", "import"])]
    pub(super) period: Option<PeriodId>,
    /// Sign here with this key
    #[arg(long, value_name = "KEY.pem", group = "how")]
    pub(super) key: Option<PathBuf>,
    /// Write the waiting seals to a file, to be signed on another computer
    #[arg(long, value_name = "FILE", group = "how")]
    pub(super) export: Option<PathBuf>,
    /// Sign such a FILE with this key; needs no archive
    #[arg(long, value_name = "KEY.pem", group = "how", requires = "file")]
    pub(super) with: Option<PathBuf>,
    /// Take the signatures of such a file
    #[arg(long, value_name = "FILE", group = "how")]
    pub(super) import: Option<PathBuf>,
    /// The file to be signed
    #[arg(value_name = "FILE", requires = "with")]
    pub(super) file: Option<PathBuf>,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    if let Some(file) = &args.export {
        return export(args.period, file, which, world).await;
    }
    if let (Some(key), Some(file)) = (&args.with, &args.file) {
        return with(key, file, world);
    }
    if let Some(file) = &args.import {
        return import(file, which, world).await;
    }
    let key = args.key.as_ref().ok_or_else(|| anyhow!("no key is named; --key KEY.pem does"))?;
    which.home()?;
    let key = passphrase::unlock(key)?;
    here(args.period, &key, which, world).await
}

/// Signs at the archive.
pub(super) async fn here(
    period: Option<PeriodId>,
    key: &SecretKey,
    which: &Which,
    world: &mut World,
) -> Answer {
    let mut archive = which.open("letopis sign", world).await?;
    let mut sheet = archive.signing_sheet(period).await?;
    sheet.sign(key)?;
    let now = world.now();
    let signed = archive.accept(&sheet, now).await?;
    tell(&sheet, &signed, &mut world.screen);
    Ok(Done::Clean)
}

async fn export(period: Option<PeriodId>, file: &Path, which: &Which, world: &mut World) -> Answer {
    let reading = which.read(world).await?;
    let sheet = reading.signing_sheet(period).await?;
    let mut text = serde_json::to_vec_pretty(&sheet)?;
    text.push(b'\n');
    files::write_new(file, &text, 0o644)?;
    show(&sheet, &mut world.screen);
    let name = file.display();
    world.screen.note(format_args!(
        "next: letopis sign --with KEY.pem {name}   where the key is,\n      letopis sign --import {name}   here"
    ));
    Ok(Done::Clean)
}

fn with(key: &Path, file: &Path, world: &mut World) -> Answer {
    let mut sheet = read(file)?;
    if sheet.signed.is_some() {
        let name = file.display();
        return Err(
            Refused(format!("`{name}` is signed already; `letopis sign --import` it")).into()
        );
    }
    // Whoever signs sees what it is before the passphrase is asked for.
    show(&sheet, &mut world.screen);
    let key = passphrase::unlock(key)?;
    sheet.sign(&key)?;
    let mut text = serde_json::to_vec_pretty(&sheet)?;
    text.push(b'\n');
    files::replace(file, &text)?;
    world.screen.say(format_args!("signed by {}", key.public().fingerprint()));
    Ok(Done::Clean)
}

async fn import(file: &Path, which: &Which, world: &mut World) -> Answer {
    let sheet = read(file)?;
    let mut archive = which.open("letopis sign", world).await?;
    let now = world.now();
    let signed = archive.accept(&sheet, now).await?;
    tell(&sheet, &signed, &mut world.screen);
    Ok(Done::Clean)
}

fn read(file: &Path) -> anyhow::Result<SigningSheet> {
    let text = files::read(file, MOST_SHEET)?;
    serde_json::from_slice(&text).with_context(|| {
        let name = file.display();
        format!("`{name}` is no signing sheet; `letopis sign --export FILE` writes one")
    })
}

/// What is on a sheet.
fn show(sheet: &SigningSheet, screen: &mut Screen) {
    let mut table = Table::new(&["record", "class", "period", "school", "package-sha256"]);
    for (waiting, seal) in sheet.seals.iter().zip(sheet.read_seals()) {
        let number = waiting.record.to_string();
        table.line(match seal {
            Some(seal) => {
                let package = format!("{}…", &seal.package.to_string()[..16]);
                let (class, period) = (seal.class.to_string(), seal.period.to_string());
                [number, class, period, seal.school_name, package]
            }
            None => [number, "?".into(), "?".into(), "?".into(), "not a seal".into()],
        });
    }
    screen.say(table);
    let root = &sheet.root.to_string()[..16];
    screen.say(format_args!("register  {} entries, root {root}…", sheet.size));
}

fn tell(sheet: &SigningSheet, signed: &SignedRecords, screen: &mut Screen) {
    for (waiting, seal) in sheet.seals.iter().zip(sheet.read_seals()) {
        let of = seal.map(|seal| format!("{:<6} {}", seal.class.to_string(), seal.period));
        let of = of.unwrap_or_default();
        if signed.records.contains(&waiting.record) {
            screen.say(format_args!("signed {}  {of}", waiting.record));
        } else if signed.passed_over.contains(&waiting.record) {
            let why = "signed or replaced since; passed over";
            screen.say(format_args!("       {}  {of}  {why}", waiting.record));
        }
    }
    let root = &sheet.root.to_string()[..16];
    screen.say(format_args!(
        "{} record(s) signed, and the register of {} entries, root {root}",
        signed.records.len(),
        sheet.size
    ));
    if let Some(why) = &signed.committed.missing {
        screen.note(format_args!("the signatures are in the primary location only: {why}"));
    }
}
