//! What a director wants to know at the end of the demo.

use super::super::by_hand;
use super::super::verify::verdict;
use super::super::world::World;
use super::{Demo, PASSPHRASE};
use crate::archive::Reading;
use crate::archive::verify::Report;
use crate::catalogue::RecordView;
use std::collections::BTreeSet;

impl Demo {
    /// Tells what there is now, read afresh from the archive.
    pub(super) async fn end(&self, report: &Report, world: &mut World) -> anyhow::Result<()> {
        world.screen.say("\n── What there is now");
        let reading = self.which.read(world).await?;
        let records = reading.catalogue().records()?;
        self.places(&reading, &records, world).await?;
        self.signatures(&reading, &records, world).await?;
        world.screen.say(format_args!(
            "verified  both places, every package opened, every digest and signature made anew: {}",
            verdict(report)
        ));
        self.terms(&reading, &records, world).await?;
        self.by_hand(&reading, &records, world);
        self.further(&records, world);
        Ok(())
    }

    async fn places(
        &self,
        reading: &Reading,
        records: &[RecordView],
        world: &mut World,
    ) -> anyhow::Result<()> {
        let standings = reading.standings(records).await?;
        let whole = standings.values().filter(|standing| standing.whole).count();
        let home = reading.home();
        let screen = &mut world.screen;
        screen.say(format_args!("records   {}, of them {whole} in both places:", records.len()));
        screen.say(format_args!("          {}", home.primary().path().display()));
        if let Some(second) = home.second() {
            screen.say(format_args!("          {}", second.path().display()));
        }
        let at = reading.checkpoint().checkpoint();
        let root = &at.root.to_string()[..16];
        screen.say(format_args!("register  {} entries, root {root}", at.size));
        Ok(())
    }

    async fn signatures(
        &self,
        reading: &Reading,
        records: &[RecordView],
        world: &mut World,
    ) -> anyhow::Result<()> {
        let roster = reading.roster().await?;
        let signed = records.iter().filter(|record| record.is_signed()).count();
        let screen = &mut world.screen;
        let keys = records.iter().flat_map(|r| &r.signatures).filter(|s| s.counts).map(|s| s.key);
        for key in keys.collect::<BTreeSet<_>>() {
            let Some(known) = reading.catalogue().keyring().key(&key) else { continue };
            let holder = roster.person(known.staff).map_or("?", |person| person.name());
            screen.say(format_args!("signed    {signed} by {} {holder}", known.role));
            screen.say(format_args!("          key {key}"));
        }
        Ok(())
    }

    async fn terms(
        &self,
        reading: &Reading,
        records: &[RecordView],
        world: &mut World,
    ) -> anyhow::Result<()> {
        let plans = reading.plans().await?;
        let kept = records.iter().filter_map(|record| {
            let kept = plans.kept(record)?;
            Some((
                plans.class_of(record)?.title.clone(),
                kept.through?,
                kept.may_be_destroyed_from?,
            ))
        });
        for (title, through, from) in kept.collect::<BTreeSet<_>>() {
            world.screen.say(format_args!(
                "kept      «{title}» through {through}; may be destroyed from {from}"
            ));
        }
        Ok(())
    }

    fn by_hand(&self, reading: &Reading, records: &[RecordView], world: &mut World) {
        let Some(record) = records.iter().rev().find(|record| record.is_signed()) else { return };
        let (class, number) = (&record.class, record.record);
        world.screen.say(format_args!("\nTo check {class} (record {number}) without Letopis:"));
        let (primary, keyring) = (reading.home().primary(), reading.catalogue().keyring());
        for command in by_hand::commands(primary.path(), record, keyring) {
            world.screen.say(format_args!("  {command}"));
        }
    }

    fn further(&self, records: &[RecordView], world: &mut World) {
        let archive = by_hand::quoted(self.which.archive.display());
        let record = records.first().map_or(1, |record| record.record.get());
        let screen = &mut world.screen;
        screen.say("\nTo look further:");
        screen.say(format_args!(
            "  export LETOPIS_ARCHIVE={archive} LETOPIS_PASSPHRASE={PASSPHRASE}"
        ));
        let program = program();
        for command in ["list".to_owned(), format!("show {record}"), "status".to_owned()] {
            screen.say(format_args!("  {program} {command}"));
        }
        screen.say(
            "The demo's clock went its own way: commands that write need --clock-is-right once.",
        );
    }
}

/// How the program was called, for commands to be copied: it need not lie where the shell looks.
fn program() -> String {
    let called = std::env::args_os().next().unwrap_or("letopis".into());
    by_hand::quoted(std::path::Path::new(&called).display())
}
