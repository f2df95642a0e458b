//! `letopis snapshot`: imported journals of a period become records.

use super::done::{Answer, Done};
use super::opening::Which;
use super::screen::Screen;
use super::world::World;
use crate::archive::{Archive, Outcome, SnapshotRequest};
use crate::journal::{ClassName, PeriodId};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Which period: 2025-26/q1 (q quarter, h half-year, t trimester, m module, s semester, /year)
    #[arg(long)]
    pub(super) period: PeriodId,
    /// Only this class; may be repeated
    #[arg(long = "class", value_name = "CLASS")]
    pub(super) classes: Vec<ClassName>,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    let mut archive = which.open("letopis snapshot", world).await?;
    let request = SnapshotRequest { period: args.period, classes: args.classes.clone() };
    let now = world.now();
    world.screen.begin(expected(&archive, args)?, "sealing");
    let mut counts = Counts::default();
    let screen = &mut world.screen;
    let taken = archive.snapshot(&request, now, &mut world.rng, |outcome| {
        tell(outcome, args.period, screen);
        counts.add(outcome);
        screen.step();
    });
    let taken = taken.await;
    world.screen.end();
    if counts.sealed + counts.unchanged > 0 {
        total(&counts, &archive, &mut world.screen);
    }
    taken?;
    Ok(Done::Clean)
}

/// How many classes are going to be sealed.
fn expected(archive: &Archive, args: &Args) -> anyhow::Result<usize> {
    let waiting = archive.home().waiting()?;
    let named =
        |class: &ClassName| args.classes.is_empty() || args.classes.iter().any(|c| c == class);
    Ok(waiting.iter().filter(|w| w.period() == args.period && named(w.class())).count())
}

#[derive(Default)]
struct Counts {
    sealed: usize,
    unchanged: usize,
    bytes: usize,
}

impl Counts {
    fn add(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Sealed { bytes, .. } => {
                self.sealed += 1;
                self.bytes += bytes;
            }
            Outcome::Unchanged { .. } => self.unchanged += 1,
        }
    }
}

fn tell(outcome: &Outcome, period: PeriodId, screen: &mut Screen) {
    match outcome {
        Outcome::Sealed { record, class, pages, bytes, replaces, missing } => {
            let size = size(*bytes as u64);
            let copies = if missing.is_some() { "  one copy" } else { "" };
            screen.say(format_args!(
                "sealed {record}  {class:<6} {period}  {pages:>2} pages  {size:>6}{copies}",
                class = class.as_str()
            ));
            if let Some((former, changed)) = replaces {
                let pages = match changed.as_slice() {
                    [] => "no page reads otherwise on paper".to_owned(),
                    changed => format!("changed pages: {}", changed.join(", ")),
                };
                screen.say(format_args!("       replaces {former}; {pages}"));
            }
        }
        Outcome::Unchanged { record, class } => screen.say(format_args!(
            "unchanged      {class:<6} {period}  record {record} says the same; no new record",
            class = class.as_str()
        )),
    }
}

fn total(counts: &Counts, archive: &Archive, screen: &mut Screen) {
    let home = archive.home();
    let primary = home.primary().path().display().to_string();
    let place = match (archive.missing_second(), home.second()) {
        (Some(why), _) => format!("only in {primary}; the second location is missing: {why}"),
        (None, Some(second)) => format!("in {primary} and {}", second.path().display()),
        (None, None) => format!("in {primary}"),
    };
    let Counts { sealed, unchanged, bytes } = counts;
    let sealed = format!("{sealed} record(s) sealed, {}", size(*bytes as u64));
    screen.say(format_args!("{sealed}, {unchanged} unchanged; {place}"));
    if counts.sealed > 0 {
        screen.note("next: letopis sign --key director.pem");
    }
}

/// A size for people.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
