//! Draws that depend on nothing but the seed and what they are for.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use sha2::{Digest, Sha256};

/// A stream of draws for one purpose. Each purpose has a stream of its own, so that nothing depends on
/// what was drawn before for something else.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream of `purpose` under `seed`.
    pub(super) fn new(seed: u64, purpose: &str) -> Dice {
        let mut key = Sha256::new();
        key.update(seed.to_le_bytes());
        key.update(purpose.as_bytes());
        Dice(ChaCha8Rng::from_seed(key.finalize().into()))
    }

    /// A number from 0 up to, not including, `bound`.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let wide = u64::from(self.0.next_u32()) * bound as u64;
        (wide >> 32) as usize
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// True in so many of a thousand draws.
    pub(super) fn per_mille(&mut self, chance: usize) -> bool {
        self.below(1000) < chance
    }

    /// One of a list that is not empty.
    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// Puts a list into random order.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for end in (1..list.len()).rev() {
            list.swap(end, self.below(end + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purpose_has_its_own_stream_and_a_seed_its_own_school() {
        let draws = |seed, purpose| {
            let mut dice = Dice::new(seed, purpose);
            [0; 8].map(|_: usize| dice.below(1_000_000))
        };
        assert_eq!(draws(7, "7А"), draws(7, "7А"));
        assert_ne!(draws(7, "7А"), draws(7, "7Б"));
        assert_ne!(draws(7, "7А"), draws(8, "7А"));
    }

    #[test]
    fn draws_keep_within_their_bounds() {
        let mut dice = Dice::new(1, "bounds");
        let drawn: Vec<usize> = (0..1000).map(|_| dice.between(3, 5)).collect();
        assert!((3..=5).all(|n| drawn.contains(&n)));
        assert!(drawn.iter().all(|n| (3..=5).contains(n)));
        assert!((0..100).all(|_| !dice.per_mille(0) && dice.per_mille(1000)));
    }
}
