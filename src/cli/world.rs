//! What a command has from outside: the clock and the random source.

use super::screen::Screen;
use anyhow::anyhow;
use chrono::{DateTime, Utc};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;

/// The clock, the random source and the screen of one run. Nothing below `cli` has others.
pub(super) struct World {
    now: Option<DateTime<Utc>>,
    /// Seeded once from the system.
    pub(super) rng: ChaCha20Rng,
    /// Standard output and standard error.
    pub(super) screen: Screen,
}

impl World {
    /// The world as it is.
    pub(super) fn real() -> anyhow::Result<World> {
        let mut seed = zeroize::Zeroizing::new([0; 32]);
        fill(seed.as_mut()).map_err(|e| anyhow!("the system gives no random numbers: {e}"))?;
        Ok(World { now: None, rng: ChaCha20Rng::from_seed(*seed), screen: Screen::new() })
    }

    /// What the clock says; it is read once, when it is first asked. Ask after whatever a person was
    /// asked: while they look for a passphrase, other commands write.
    pub(super) fn now(&mut self) -> DateTime<Utc> {
        *self.now.get_or_insert_with(clock)
    }

    /// From here on it is this time, for the demo.
    pub(super) fn pretend(&mut self, now: DateTime<Utc>) {
        self.now = Some(now);
    }
}

#[expect(clippy::disallowed_methods, reason = "the clock is read here and passed down")]
fn clock() -> DateTime<Utc> {
    Utc::now()
}

#[expect(clippy::disallowed_methods, reason = "the random source is seeded here and passed down")]
fn fill(seed: &mut [u8]) -> Result<(), getrandom::Error> {
    getrandom::fill(seed)
}
