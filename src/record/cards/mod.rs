//! Disclosure cards: what an extract about one pupil shows to prove itself without showing another.
//!
//! `docs/formats.md` § 2.4 and § 2.7. The same code writes `cards.jsonl` and checks it: a check takes the
//! salts the file carries, writes every text anew from the journal or statement, and compares.

mod texts;
mod year;

use super::layout::Layout;
use super::lines;
use super::salt::Salt;
use crate::digest::Digest;
use crate::register::{leaf_hash, root};
use rand::seq::SliceRandom as _;
use rand_core::CryptoRng;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::HashMap;

/// The fewest leaves of a tree of cards, so that its size does not tell the size of a class.
const FEWEST: usize = 32;

/// `cards.jsonl` with what the seal says of it.
pub(super) struct Cards {
    pub(super) text: Vec<u8>,
    pub(super) root: Digest,
    pub(super) size: u32,
}

/// What cards are written from: a journal, or a summary statement.
pub(super) trait Disclosed {
    /// How many pupils it has; each has one card.
    fn pupils(&self) -> usize;
    /// What the member `pupil` of the card of the pupil in this place, from 0, says.
    fn key(&self, pupil: usize) -> Key<'_>;
    /// All texts below the tree, one salt for each in their order; `None` when there are too few salts.
    /// `room` is about how many bytes that makes.
    fn body(&self, room: usize, salts: impl FnMut() -> Option<Salt>) -> Option<texts::Body>;
    /// The card of the pupil in this place, naming these texts.
    fn card(&self, pupil: usize, texts: &[Digest], salt: Salt) -> Vec<u8>;
}

/// Whose card it is.
#[derive(Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(untagged)]
pub(super) enum Key<'a> {
    /// In a journal by the pupil's id.
    #[serde(borrow)]
    Id(Cow<'a, str>),
    /// In a statement by the pupil's place, from 1.
    Place(usize),
}

impl Disclosed for Layout<'_> {
    fn pupils(&self) -> usize {
        self.journal.pupils.len()
    }

    fn key(&self, pupil: usize) -> Key<'_> {
        Key::Id(Cow::Borrowed(self.journal.pupils[pupil].id.as_str()))
    }

    fn body(&self, room: usize, salts: impl FnMut() -> Option<Salt>) -> Option<texts::Body> {
        texts::body(self, room, salts)
    }

    fn card(&self, pupil: usize, texts: &[Digest], salt: Salt) -> Vec<u8> {
        texts::card(self, &self.journal.pupils[pupil], texts, salt)
    }
}

/// Leaves of the tree for so many pupils: a power of two, at least [`FEWEST`].
fn size_for(pupils: usize) -> usize {
    pupils.next_power_of_two().max(FEWEST)
}

/// Writes the cards under fresh salts, in random order.
pub(super) fn write(of: &impl Disclosed, rng: &mut impl CryptoRng) -> Cards {
    let body = of.body(0, || Some(Salt::random(rng))).expect("fresh salts never end");
    let cards = body.leaves.iter().enumerate();
    let mut leaves: Vec<Vec<u8>> =
        cards.map(|(pupil, texts)| of.card(pupil, texts, Salt::random(rng))).collect();
    leaves.resize_with(size_for(of.pupils()), || texts::pad(Salt::random(rng)));
    leaves.shuffle(rng);
    let root = tree_root(leaves.iter().map(Vec::as_slice));
    let size = leaves.len() as u32;
    let mut text = leaves.join(&b'\n');
    text.push(b'\n');
    text.extend_from_slice(&body.lines);
    Cards { text, root, size }
}

fn tree_root<'a>(leaves: impl Iterator<Item = &'a [u8]>) -> Digest {
    root(&leaves.map(leaf_hash).collect::<Vec<_>>())
}

/// In what a `cards.jsonl` differs from its journal or statement, and its seal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CardsFault {
    /// The number of leaves is not what so many pupils need, or not what the seal says.
    #[error("the seal names {sealed} leaves, {pupils} pupils need {needed}")]
    Size {
        /// In the seal.
        sealed: u32,
        /// In the journal or statement.
        pupils: usize,
        /// For so many pupils.
        needed: usize,
    },
    /// The tree over the leaves has another root.
    #[error("the tree of cards does not have the root that the seal names")]
    Root,
    /// A line differs from what journal or statement give under the same salt, or is missing.
    #[error("line {line} is not what the record's content says")]
    Text {
        /// From 1.
        line: usize,
    },
    /// A pupil has no card.
    #[error("{missing} pupils have no card")]
    Missing {
        /// How many.
        missing: usize,
    },
    /// A salt stands in more than one line: disclosing the one would help to guess the other.
    #[error("line {line} has the salt of another line")]
    SaltTwice {
        /// From 1.
        line: usize,
    },
    /// There are lines after the last one that belongs there.
    #[error("{extra} lines too many")]
    Extra {
        /// How many.
        extra: usize,
    },
}

/// What a line says of itself: its salt, and whose card it is.
#[derive(Deserialize)]
struct Heading<'a> {
    #[serde(default, borrow)]
    pupil: Option<Key<'a>>,
    salt: Salt,
}

/// Compares `cards.jsonl` with the journal or statement, field by field, and with the root and size of the
/// seal: every pupil exactly one card, every text equal, nothing over.
pub(super) fn check(of: &impl Disclosed, text: &[u8], sealed: (Digest, u32)) -> Vec<CardsFault> {
    let pupils = of.pupils();
    let needed = size_for(pupils);
    if sealed.1 as usize != needed {
        return vec![CardsFault::Size { sealed: sealed.1, pupils, needed }];
    }
    let leaves: Vec<&[u8]> = lines(text).take(needed).collect();
    let mut faults = Vec::new();
    if tree_root(leaves.iter().copied()) != sealed.0 {
        faults.push(CardsFault::Root);
    }
    let tree_bytes: usize = leaves.iter().map(|l| l.len() + 1).sum();
    let carried = &text[tree_bytes.min(text.len())..];
    let mut salts = lines(carried).map_while(Salt::carried_by);
    let Some(body) = of.body(carried.len(), || salts.next()) else {
        faults.push(CardsFault::Text { line: lines(text).count() + 1 });
        return faults;
    };
    faults.extend(salt_twice(text));
    faults.extend(compare(&body.lines, carried, needed));
    faults.extend(check_leaves(of, &body, &leaves));
    faults
}

/// The first line whose salt another line has, too.
fn salt_twice(text: &[u8]) -> Option<CardsFault> {
    let mut salts: Vec<_> = lines(text)
        .zip(1..)
        .filter_map(|(text, line)| Some((Salt::carried_by(text)?, line)))
        .collect();
    salts.sort_unstable_by_key(|(salt, line)| (*salt.as_bytes(), *line));
    let twice = salts.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| pair[1].1);
    twice.min().map(|line| CardsFault::SaltTwice { line })
}

/// The first line that differs, and how many there are too many.
fn compare(expected: &[u8], carried: &[u8], before: usize) -> Option<CardsFault> {
    if expected == carried {
        return None;
    }
    let differing = lines(expected).zip(lines(carried)).position(|(e, c)| e != c);
    let (expected, carried) = (lines(expected).count(), lines(carried).count());
    Some(match differing {
        Some(i) => CardsFault::Text { line: before + i + 1 },
        None if carried > expected => CardsFault::Extra { extra: carried - expected },
        None => CardsFault::Text { line: before + carried.min(expected) + 1 },
    })
}

fn check_leaves(of: &impl Disclosed, body: &texts::Body, leaves: &[&[u8]]) -> Vec<CardsFault> {
    let mut waiting: HashMap<Key<'_>, (usize, &[Digest])> =
        body.leaves.iter().enumerate().map(|(p, texts)| (of.key(p), (p, &texts[..]))).collect();
    let mut missing = of.pupils();
    let mut faults = Vec::new();
    for (line, leaf) in leaves.iter().enumerate() {
        let right =
            serde_json::from_slice::<Heading<'_>>(leaf).is_ok_and(|heading| match heading.pupil {
                None => texts::pad(heading.salt) == *leaf,
                Some(key) => waiting.remove(&key).is_some_and(|(pupil, texts)| {
                    missing -= 1;
                    of.card(pupil, texts, heading.salt) == *leaf
                }),
            });
        if !right {
            faults.push(CardsFault::Text { line: line + 1 });
        }
    }
    if missing > 0 {
        faults.push(CardsFault::Missing { missing });
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::arbitrary::journal;
    use proptest::prelude::*;
    use rand_chacha::ChaCha8Rng;
    use rand_core::SeedableRng as _;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn cards_as_written_are_right_and_a_salt_that_stands_twice_is_found(
            journal in journal(),
            seed: u64,
        ) {
            let layout = Layout::of(&journal);
            let mut cards = write(&layout, &mut ChaCha8Rng::seed_from_u64(seed));
            prop_assert_eq!(check(&layout, &cards.text, (cards.root, cards.size)), []);
            let salt = |line: &[u8]| hex::encode(Salt::carried_by(line).unwrap().as_bytes());
            let all: Vec<&[u8]> = lines(&cards.text).collect();
            // The salt of a pad or card in place of another's: the tree is made anew, as a forger would.
            let (first, other) = (salt(all[0]), salt(all[1]));
            let text = String::from_utf8(cards.text.clone()).unwrap().replace(&other, &first);
            cards.text = text.into_bytes();
            let root = tree_root(lines(&cards.text).take(cards.size as usize));
            let found = check(&layout, &cards.text, (root, cards.size));
            prop_assert_eq!(found, [CardsFault::SaltTwice { line: 2 }]);
        }
    }
}
