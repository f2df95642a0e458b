//! `letopis verify`: everything recomputed, every finding told.

use super::done::{Answer, Done};
use super::opening::Which;
use super::snapshot::size;
use super::world::World;
use crate::archive::verify::{self, Finding, Level, Report, Request};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal as _;
use std::time::Instant;

#[derive(Debug, Default, clap::Args)]
pub(super) struct Args {
    /// Which location; both are also compared with each other
    #[arg(long, value_enum, default_value_t)]
    pub(super) location: Where,
    /// Open every package too: bag, canonical form, cards, page views, source files
    #[arg(long)]
    pub(super) deep: bool,
    /// One JSON object
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
pub(super) enum Where {
    Primary,
    Second,
    #[default]
    Both,
}

pub(super) async fn run(args: &Args, which: &Which, world: &mut World) -> Answer {
    let only = match args.location {
        Where::Primary => Some(verify::Which::Primary),
        Where::Second => Some(verify::Which::Second),
        Where::Both => None,
    };
    let home = which.home()?;
    let bar = bar();
    let watch = |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    };
    let started = Instant::now();
    let report =
        verify::run(&home, home.stores(), Request { only, deep: args.deep }, &watch).await?;
    bar.finish_and_clear();
    if args.json {
        world.screen.say_json(&report);
    } else {
        for finding in &report.findings {
            world.screen.say(line(finding));
        }
        for code in &report.canary_missed {
            world.screen.say(format_args!(
                "canary-missed: damage planted on purpose ({code}) was not found; this verification proves nothing"
            ));
        }
        world.screen.say(summary(&report, args.deep));
    }
    world.screen.note(format_args!("{:.1} s", started.elapsed().as_secs_f64()));
    Ok(if report.is_clean() { Done::Clean } else { Done::Findings })
}

fn line(finding: &Finding) -> String {
    match finding.level {
        Level::Finding => format!("FINDING  {finding}"),
        Level::Notice => format!("notice   {finding}"),
    }
}

/// What was verified and how it went, in two sentences.
pub(super) fn summary(report: &Report, deep: bool) -> String {
    let findings = report.findings.iter().filter(|f| f.level == Level::Finding).count();
    let root = report.root.as_deref().and_then(|root| root.get(..16)).unwrap_or("unreadable");
    let depth = if deep { "every package opened" } else { "digests and signatures" };
    let verdict = match (findings, report.canary_missed.is_empty()) {
        (_, false) => "the verification itself failed".to_owned(),
        (0, true) => "all is as it was sealed".to_owned(),
        (1, true) => "1 finding".to_owned(),
        (n, true) => format!("{n} findings"),
    };
    format!(
        "verified {} record copies and {} document copies ({}, {depth}); register of {} entries, root {root}: {verdict}",
        report.records,
        report.documents,
        size(report.bytes),
        report.entries,
    )
}

fn bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("verifying [{bar:40}] {bytes}/{total_bytes} {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style)
}
