//! `letopis sheet`: does a sheet of paper count?

use super::done::{Answer, Done};
use super::opening::Which;
use super::world::World;
use crate::archive::{Reading, SheetAnswer, SheetShown};
use crate::journal::{ClassName, PeriodId};
use crate::register::{CopyNumber, RecordKind, RecordNumber, SheetKind};
use serde::Serialize;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// What the QR code of the sheet says: LETOPIS:…
    #[arg(value_name = "QRTEXT")]
    code: String,
    /// A JSON object
    #[arg(long)]
    json: bool,
}

/// The answer. Its JSON form is stable.
#[derive(Serialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
enum Told {
    Current(Shown),
    Voided {
        #[serde(flatten)]
        shown: Shown,
        /// The record that replaced what the sheet shows.
        by: RecordNumber,
    },
    NotOurs {
        why: String,
    },
}

#[derive(Serialize)]
struct Shown {
    copy: CopyNumber,
    sheet: u32,
    kind: RecordKind,
    class: ClassName,
    period: PeriodId,
    /// The record it was printed from.
    record: RecordNumber,
    shows: SheetKind,
    /// Number of the page in that record.
    page: Option<u32>,
    /// Subject and group of the page, when the record reads.
    subject: Option<String>,
}

impl Shown {
    async fn of(shown: SheetShown, reading: &Reading) -> anyhow::Result<Shown> {
        let SheetShown { copy, sheet, kind, class, period, record, shows, page } = shown;
        let subject = match page {
            Some(page) => subject(reading, record, page).await?,
            None => None,
        };
        Ok(Shown { copy, sheet, kind, class, period, record, shows, page, subject })
    }

    /// «sheet 3 of copy 1, 7А 2025-26/q1, page 2, Алгебра».
    fn told(&self) -> String {
        let Shown { copy, sheet, class, period, record, .. } = self;
        let shows = match (self.shows, self.page, &self.subject) {
            (SheetKind::Page, Some(page), Some(subject)) => format!("page {page}, {subject}"),
            (SheetKind::Page, Some(page), None) => format!("page {page}"),
            (SheetKind::Page, None, _) => "a page".to_owned(),
            (SheetKind::Title, ..) => "title sheet".to_owned(),
            (SheetKind::Attendance, ..) => "attendance of the class".to_owned(),
            (SheetKind::Finals, ..) => "finals of the class".to_owned(),
            (SheetKind::Blank, ..) => "a form filled by hand".to_owned(),
            (SheetKind::Last, ..) => "last sheet".to_owned(),
            (SheetKind::Statement, ..) => "summary statement".to_owned(),
        };
        format!(
            "sheet {sheet} of copy {copy}, {class} {period}, printed of record {record}: {shows}"
        )
    }
}

/// The name of a record's page; whether the sheet counts does not hang on it.
async fn subject(
    reading: &Reading,
    record: RecordNumber,
    page: u32,
) -> anyhow::Result<Option<String>> {
    let Some(record) = reading.catalogue().record(record)? else { return Ok(None) };
    let journal = reading.journal(&record).await.ok();
    let place = usize::try_from(page)?.checked_sub(1);
    let page = journal.as_ref().and_then(|journal| journal.pages.get(place?));
    Ok(page.map(|page| page.key().to_string()))
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    let reading = which.read(world).await?;
    let told = match reading.sheet(&args.code)? {
        SheetAnswer::Current(shown) => Told::Current(Shown::of(shown, &reading).await?),
        SheetAnswer::Voided { shown, by } => {
            Told::Voided { shown: Shown::of(shown, &reading).await?, by }
        }
        SheetAnswer::NotOurs(why) => Told::NotOurs { why: why.to_string() },
    };
    let done = match told {
        Told::Current(_) => Done::Clean,
        Told::Voided { .. } | Told::NotOurs { .. } => Done::Findings,
    };
    if args.json {
        world.screen.say_json(&told);
        return Ok(done);
    }
    world.screen.say(match &told {
        Told::Current(shown) => format!("current: {}", shown.told()),
        Told::Voided { shown, by } => {
            format!("void since record {by} replaced what it shows: {}", shown.told())
        }
        Told::NotOurs { why } => format!("not ours: {why}"),
    });
    Ok(done)
}
