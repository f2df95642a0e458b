//! `letopis show`: one record, its files compared byte for byte in both locations.

use super::by_hand;
use super::done::{Answer, Done};
use super::list::Line;
use super::opening::Which;
use super::screen::Screen;
use super::snapshot::size;
use super::table::Table;
use super::world::World;
use crate::archive::{Plans, Reading, SecondState};
use crate::catalogue::RecordView;
use crate::digest::Digest;
use crate::key::{Fingerprint, KeyRole};
use crate::location::{Location, Unreachable, file_in};
use crate::register::RecordNumber;
use anyhow::anyhow;
use chrono::{DateTime, FixedOffset, Utc};
use serde::Serialize;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Number of the record: 12 or 000012
    #[arg(value_name = "RECORD")]
    pub(super) record: RecordNumber,
    /// A JSON object
    #[arg(long)]
    pub(super) json: bool,
}

/// All about a record. Its JSON form is stable.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    line: Line,
    package: Digest,
    seal: Digest,
    files: Vec<FileShown>,
    signatures: Vec<SignatureShown>,
    /// Commands that check it with stock tools.
    by_hand: Vec<String>,
}

/// A file of the record, and what it is in each location.
#[derive(Serialize)]
struct FileShown {
    name: String,
    sha256: Digest,
    primary: Copy,
    second: Copy,
}

/// What became of a copy of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Copy {
    /// Its digest is the one the register names.
    Right,
    /// Another digest.
    Altered,
    /// Not there.
    Missing,
    /// Not there yet: the location is behind.
    Behind,
    /// The location cannot be reached.
    Away,
}

#[derive(Serialize)]
struct SignatureShown {
    key: Fingerprint,
    role: Option<KeyRole>,
    holder: Option<String>,
    signed: DateTime<Utc>,
    /// Whether it makes the record signed.
    counts: bool,
    files: Vec<String>,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    let reading = which.read(world).await?;
    let record = reading.catalogue().record(args.record)?;
    let record = record.ok_or_else(|| {
        anyhow!("there is no record {}; `letopis list` shows those there are", args.record)
    })?;
    let plans = reading.plans().await?;
    let shown = shown(&reading, &record, &plans).await?;
    let damaged = |file: &FileShown| {
        [file.primary, file.second].iter().any(|c| matches!(c, Copy::Altered | Copy::Missing))
    };
    let found = shown.files.iter().any(damaged);
    if args.json {
        world.screen.say_json(&shown);
    } else {
        let offset = reading.settings().await?.utc_offset;
        tell(&shown, &record, &plans, offset, &mut world.screen);
    }
    Ok(if found { Done::Findings } else { Done::Clean })
}

async fn shown(reading: &Reading, record: &RecordView, plans: &Plans) -> anyhow::Result<Shown> {
    let standings = reading.standings(std::slice::from_ref(record)).await?;
    let files = files(reading, record).await?;
    let roster = reading.roster().await?;
    let keyring = reading.catalogue().keyring();
    let signatures = record.signatures.iter().map(|signature| {
        let key = keyring.key(&signature.key);
        let holder = key.and_then(|key| roster.person(key.staff));
        SignatureShown {
            key: signature.key,
            role: key.map(|key| key.role),
            holder: holder.map(|person| person.name().to_owned()),
            signed: signature.signed,
            counts: signature.counts,
            files: signature.files.iter().map(|file| file.name.to_string()).collect(),
        }
    });
    let home = reading.home();
    let place = match (reading.primary(), home.second()) {
        (Err(_), Some(second)) => second,
        _ => home.primary(),
    };
    Ok(Shown {
        line: Line::of(record, standings[&record.record.get()], plans),
        package: record.package,
        seal: record.seal,
        files,
        signatures: signatures.collect(),
        by_hand: by_hand::commands(place.path(), record, keyring),
    })
}

async fn files(reading: &Reading, record: &RecordView) -> anyhow::Result<Vec<FileShown>> {
    let behind = match reading.second_state().await {
        SecondState::Behind(entries) => reading.checkpoint().checkpoint().size - entries,
        _ => u64::MAX,
    };
    let signed_at = |name: &str| {
        let named =
            |s: &&crate::catalogue::SignatureView| s.files.iter().any(|f| f.name.as_str() == name);
        record.signatures.iter().find(named).map_or(record.seq, |signature| signature.seq)
    };
    let mut files = Vec::new();
    for (name, sha256) in record.files() {
        let path = file_in(&record.path, name);
        let primary = copy(reading.primary(), &path, sha256).await?;
        let second = match copy(reading.second(), &path, sha256).await? {
            Copy::Missing if signed_at(name) >= behind => Copy::Behind,
            copy => copy,
        };
        files.push(FileShown { name: name.to_owned(), sha256, primary, second });
    }
    Ok(files)
}

/// Reads a file in a location and compares its digest with the register's.
async fn copy(
    location: &Result<Location, Unreachable>,
    path: &str,
    expected: Digest,
) -> anyhow::Result<Copy> {
    let Ok(location) = location else { return Ok(Copy::Away) };
    Ok(match location.digest(path).await? {
        Some((digest, _)) if digest == expected => Copy::Right,
        Some(_) => Copy::Altered,
        None => Copy::Missing,
    })
}

impl std::fmt::Display for Copy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Copy::Right => "right",
            Copy::Altered => "ALTERED",
            Copy::Missing => "MISSING",
            Copy::Behind => "not there yet",
            Copy::Away => "away",
        })
    }
}

fn tell(
    shown: &Shown,
    record: &RecordView,
    plans: &Plans,
    offset: FixedOffset,
    screen: &mut Screen,
) {
    let line = &shown.line;
    screen.say(format_args!(
        "record    {}  {} {} {}",
        line.record, line.class, line.period, line.kind
    ));
    screen.say(format_args!("state     {}", line.state));
    screen.say(format_args!("sealed    {} local time", local(line.sealed, offset)));
    if let Some(former) = line.replaces {
        screen.say(format_args!("replaces  {former}"));
    }
    screen.say(format_args!("kept      {}", kept(shown, record, plans)));
    screen.say(format_args!("package   {}, sha256 {}", size(line.bytes), shown.package));
    screen.say(format_args!("lies in   {}\n", line.path));
    let mut table = Table::new(&["file", "sha256", "primary", "second"]);
    for file in &shown.files {
        let digest = format!("{}…", &file.sha256.to_string()[..16]);
        table.line([file.name.clone(), digest, file.primary.to_string(), file.second.to_string()]);
    }
    screen.say(table);
    screen.say("");
    tell_signatures(&shown.signatures, offset, screen);
    screen.say("\nTo check it without Letopis:");
    shown.by_hand.iter().for_each(|command| screen.say(format_args!("  {command}")));
}

fn tell_signatures(signatures: &[SignatureShown], offset: FixedOffset, screen: &mut Screen) {
    for signature in signatures {
        let role = signature.role.map_or("unknown key".to_owned(), |role| role.to_string());
        let holder = signature.holder.as_deref().unwrap_or("?");
        let counts = if signature.counts { "" } else { "  DOES NOT COUNT" };
        let when = local(signature.signed, offset);
        screen.say(format_args!("signed    {role} {holder}, {when}{counts}"));
        screen.say(format_args!("          key {}", signature.key));
    }
    if signatures.is_empty() {
        screen.say("signed    not yet");
    }
}

/// A moment on the school's clock.
fn local(time: DateTime<Utc>, offset: FixedOffset) -> impl std::fmt::Display {
    time.with_timezone(&offset).format("%Y-%m-%d %H:%M")
}

/// Until when it is kept, and by which class of the file plan.
fn kept(shown: &Shown, record: &RecordView, plans: &Plans) -> String {
    let Some(class) = plans.class_of(record) else {
        return format!("class `{}` is in no file plan", record.retention);
    };
    let class = format!("{} «{}»", class.index, class.title);
    match (shown.line.kept_through, shown.line.may_be_destroyed_from) {
        (Some(through), Some(from)) => {
            format!("through {through}, may be destroyed from {from}; {class}")
        }
        _ => format!("for ever; {class}"),
    }
}
