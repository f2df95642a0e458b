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
    Ok(ended(&verified(args, which, world).await?))
}

/// Findings, and a verification that does not work, are exit code 1.
pub(super) fn ended(report: &Report) -> Done {
    if report.is_clean() { Done::Clean } else { Done::Findings }
}

/// Verifies and tells all that is found.
pub(super) async fn verified(
    args: &Args,
    which: &Which,
    world: &mut World,
) -> anyhow::Result<Report> {
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
        lines(&report, args.deep).iter().for_each(|line| world.screen.say(line));
    }
    world.screen.note(format_args!("{:.1} s", started.elapsed().as_secs_f64()));
    Ok(report)
}

/// What a person is told: every finding, then the summary.
fn lines(report: &Report, deep: bool) -> Vec<String> {
    let mut lines: Vec<String> = report.findings.iter().map(line).collect();
    lines.extend(report.canary_missed.iter().map(|code| {
        format!("canary-missed: damage planted on purpose ({code}) was not found; this verification proves nothing")
    }));
    lines.push(summary(report, deep));
    lines
}

fn line(finding: &Finding) -> String {
    match finding.level {
        Level::Finding => format!("FINDING  {finding}"),
        Level::Notice => format!("notice   {finding}"),
    }
}

/// What was verified and how it went, in two sentences.
fn summary(report: &Report, deep: bool) -> String {
    let root = report.root.as_deref().and_then(|root| root.get(..16)).unwrap_or("unreadable");
    let depth = if deep { "every package opened" } else { "digests and signatures" };
    format!(
        "verified {} record copies and {} document copies ({}, {depth}); register of {} entries, root {root}: {}",
        report.records,
        report.documents,
        size(report.bytes),
        report.entries,
        verdict(report),
    )
}

/// How a verification went.
pub(super) fn verdict(report: &Report) -> String {
    let findings = report.findings.iter().filter(|f| f.level == Level::Finding).count();
    match (findings, report.canary_missed.is_empty()) {
        (_, false) => "the verification itself failed".to_owned(),
        (0, true) => "all is as it was sealed".to_owned(),
        (1, true) => "1 finding".to_owned(),
        (n, true) => format!("{n} findings"),
    }
}

fn bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("verifying [{bar:40}] {bytes}/{total_bytes} {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(0).with_style(style)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(canary_missed: Vec<&'static str>) -> Report {
        let (findings, root) = (Vec::new(), Some("0".repeat(64)));
        Report {
            findings,
            records: 2,
            documents: 6,
            bytes: 1 << 20,
            entries: 9,
            root,
            canary_missed,
        }
    }

    #[test]
    fn a_pass_that_finds_nothing_ends_well() {
        let report = report(Vec::new());
        assert_eq!(ended(&report), Done::Clean);
        assert!(lines(&report, true)[0].ends_with("all is as it was sealed"));
    }

    #[test]
    fn a_pass_whose_canary_is_not_found_fails_and_says_that_it_proves_nothing() {
        let report = report(vec!["package-digest"]);
        assert_eq!(ended(&report), Done::Findings);
        let [canary, summary] = &lines(&report, true)[..] else { panic!("two lines") };
        assert!(canary.starts_with("canary-missed: damage planted on purpose (package-digest)"));
        assert!(summary.ends_with("the verification itself failed"), "{summary}");
    }
}
