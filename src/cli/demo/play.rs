//! Playing commands: each is told as somebody would type it, and run through the same door.

use super::super::by_hand::quoted;
use super::super::done::{Done, message};
use super::super::world::World;
use super::super::{CommandLine, dispatch};
use super::Demo;
use anyhow::{Context as _, bail};
use chrono::DateTime;
use clap::Parser as _;

/// How a command is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// With all it says.
    Whole,
    /// Its line alone.
    Line,
    /// Not at all: one of many alike.
    Not,
}

impl Demo {
    /// A new moment: what happens then, by the school's clock.
    pub(super) fn at(&self, local: &str, what: &str, world: &mut World) -> anyhow::Result<()> {
        let now = DateTime::parse_from_rfc3339(&format!("{local}:00+05:00"));
        world.pretend(now.context("the demo's clock")?.to_utc());
        world.screen.say(format_args!("\n── {}  {what}", local.replace('T', " ")));
        Ok(())
    }

    /// Runs a command that has to succeed.
    pub(super) async fn plays(
        &self,
        words: &[&str],
        told: Told,
        world: &mut World,
    ) -> anyhow::Result<Done> {
        self.tell(words, told, world);
        world.screen.mute(told != Told::Whole);
        let done = self.run_line(words, world).await;
        world.screen.mute(false);
        done.with_context(|| format!("letopis {}", words.join(" ")))
    }

    /// Runs a command that a rule has to refuse, and tells what it says.
    pub(super) async fn is_refused(&self, words: &[&str], world: &mut World) -> anyhow::Result<()> {
        self.tell(words, Told::Whole, world);
        match self.run_line(words, world).await {
            Err(error) => world.screen.say(format_args!("refused: {}", message(&error))),
            Ok(_) => bail!("letopis {} was not refused", words.join(" ")),
        }
        Ok(())
    }

    fn tell(&self, words: &[&str], told: Told, world: &mut World) {
        if told != Told::Not {
            let words: Vec<String> = words.iter().map(quoted).collect();
            world.screen.say(format_args!("$ letopis {}", words.join(" ")));
        }
    }

    async fn run_line(&self, words: &[&str], world: &mut World) -> anyhow::Result<Done> {
        let line = CommandLine::try_parse_from(["letopis"].iter().chain(words))?;
        // The demo is a command itself, and this one is never the demo.
        Box::pin(dispatch(line.command, &self.which, world)).await
    }
}
