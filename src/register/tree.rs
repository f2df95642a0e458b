//! The Merkle tree of RFC 6962 § 2.1 and its proofs.

use crate::digest::Digest;

/// Hash of a leaf: `SHA-256(0x00 || leaf)` (RFC 6962 § 2.1).
pub fn leaf_hash(leaf: &[u8]) -> Digest {
    Digest::of_parts(&[&[0x00], leaf])
}

/// Hash of a node: `SHA-256(0x01 || left || right)` (RFC 6962 § 2.1).
pub fn node_hash(left: &Digest, right: &Digest) -> Digest {
    Digest::of_parts(&[&[0x01], left.as_bytes(), right.as_bytes()])
}

/// Root of the tree over these leaf hashes: the Merkle Tree Hash of RFC 6962 § 2.1. Of no leaves it is
/// the digest of nothing.
pub fn root(leaves: &[Digest]) -> Digest {
    match leaves {
        [] => Digest::of(b""),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            node_hash(&root(left), &root(right))
        }
    }
}

/// A place or size lies beyond the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the tree has {size} leaves; {asked} lies beyond them")]
pub struct OutOfTree {
    /// The place or size asked for.
    pub asked: u64,
    /// The size it must fit into.
    pub size: u64,
}

/// A growing tree in memory, 64 bytes a leaf; it answers for every size it ever had.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// `levels[h][i]` is the root of the 2^h leaves from `i * 2^h` on.
    levels: Vec<Vec<Digest>>,
}

impl Tree {
    /// The empty tree.
    pub fn new() -> Tree {
        Tree::default()
    }

    /// How many leaves there are.
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| leaves.len() as u64)
    }

    /// Appends a leaf by its hash.
    pub fn push(&mut self, leaf: Digest) {
        let mut hash = leaf;
        for height in 0.. {
            if height == self.levels.len() {
                self.levels.push(Vec::new());
            }
            let level = &mut self.levels[height];
            level.push(hash);
            match level.as_slice() {
                [.., left, right] if level.len().is_multiple_of(2) => hash = node_hash(left, right),
                _ => return,
            }
        }
    }

    /// Hash of the leaf at a place.
    pub fn leaf(&self, index: u64) -> Option<&Digest> {
        self.levels.first()?.get(usize::try_from(index).ok()?)
    }

    /// The root now.
    pub fn root(&self) -> Digest {
        self.root_of(0, self.size())
    }

    /// The root the tree had when it had `size` leaves.
    ///
    /// # Errors
    /// When it never had so many.
    pub fn root_at(&self, size: u64) -> Result<Digest, OutOfTree> {
        self.holds(size)?;
        Ok(self.root_of(0, size))
    }

    /// Audit path `PATH(index, D[size])` of RFC 6962 § 2.1.1, from the leaf up.
    ///
    /// # Errors
    /// When the leaf is not among the first `size`, or the tree has not so many.
    pub fn inclusion_proof(&self, index: u64, size: u64) -> Result<Vec<Digest>, OutOfTree> {
        self.holds(size)?;
        if index >= size {
            return Err(OutOfTree { asked: index, size });
        }
        let (mut from, mut to) = (0, size);
        let mut proof = Vec::new();
        while to - from > 1 {
            let middle = split(from, to);
            if index < middle {
                proof.push(self.root_of(middle, to));
                to = middle;
            } else {
                proof.push(self.root_of(from, middle));
                from = middle;
            }
        }
        proof.reverse();
        Ok(proof)
    }

    /// Consistency proof `PROOF(old, D[new])` of RFC 6962 § 2.1.2. From the empty tree, of which the
    /// RFC says nothing, and to the same tree it is empty.
    ///
    /// # Errors
    /// When `old` is more than `new`, or the tree has not so many leaves.
    pub fn consistency_proof(&self, old: u64, new: u64) -> Result<Vec<Digest>, OutOfTree> {
        self.holds(new)?;
        if old > new {
            return Err(OutOfTree { asked: old, size: new });
        }
        let mut proof = Vec::new();
        if old == 0 {
            return Ok(proof);
        }
        let (mut from, mut to) = (0, new);
        while old < to {
            let middle = split(from, to);
            if old <= middle {
                proof.push(self.root_of(middle, to));
                to = middle;
            } else {
                proof.push(self.root_of(from, middle));
                from = middle;
            }
        }
        // The verifier has the old root already when the old tree is a subtree of the new one.
        if from > 0 {
            proof.push(self.root_of(from, to));
        }
        proof.reverse();
        Ok(proof)
    }

    fn holds(&self, size: u64) -> Result<(), OutOfTree> {
        if size <= self.size() { Ok(()) } else { Err(OutOfTree { asked: size, size: self.size() }) }
    }

    /// `MTH(D[from:to])` for ranges the RFC's splitting leads to: `from` is a multiple of the least
    /// power of two that is not below `to - from`. Only the right edge is hashed anew.
    fn root_of(&self, from: u64, to: u64) -> Digest {
        let leaves = to - from;
        if leaves == 0 {
            return Digest::of(b"");
        }
        if leaves.is_power_of_two() {
            let height = leaves.trailing_zeros();
            return self.levels[height as usize][(from >> height) as usize];
        }
        let middle = split(from, to);
        node_hash(&self.root_of(from, middle), &self.root_of(middle, to))
    }
}

impl Extend<Digest> for Tree {
    fn extend<I: IntoIterator<Item = Digest>>(&mut self, leaves: I) {
        leaves.into_iter().for_each(|leaf| self.push(leaf));
    }
}

impl FromIterator<Digest> for Tree {
    fn from_iter<I: IntoIterator<Item = Digest>>(leaves: I) -> Tree {
        let mut tree = Tree::new();
        tree.extend(leaves);
        tree
    }
}

/// Where a tree over more than one leaf splits: after the largest power of two below their number.
fn split(from: u64, to: u64) -> u64 {
    from + (1 << (to - from - 1).ilog2())
}

/// Why a proof proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The leaf's place is not in a tree of that size, or the new tree is smaller than the old one.
    #[error("place or size {asked} does not fit into a tree of {size} leaves")]
    Size {
        /// The place, or the old size.
        asked: u64,
        /// The size of the (new) tree.
        size: u64,
    },
    /// A proof for these sizes has another number of hashes.
    #[error("the proof has {0} hashes, which is not as many as these sizes need")]
    Length(usize),
    /// The proof leads to another old root: the entries before were not these.
    #[error("the proof leads to another root of the old tree; these are not the same entries")]
    OldRoot,
    /// The proof leads to another root.
    #[error("the proof leads to another root; the tree does not hold this")]
    Root,
}

/// Checks that a leaf is in the tree with this root (RFC 9162 § 2.1.3.2).
///
/// # Errors
/// When the proof does not show it.
pub fn verify_inclusion(
    leaf_hash: &Digest,
    index: u64,
    size: u64,
    proof: &[Digest],
    root: &Digest,
) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::Size { asked: index, size });
    }
    let climbed = climb(index, size - 1, *leaf_hash, proof);
    let (_, hash) = climbed.ok_or(ProofError::Length(proof.len()))?;
    if hash == *root { Ok(()) } else { Err(ProofError::Root) }
}

/// Checks that a tree is a beginning of another (RFC 9162 § 2.1.4.2). Every tree begins with the empty
/// one, whose root must be the digest of nothing.
///
/// # Errors
/// When the proof does not show it.
pub fn verify_consistency(
    old_size: u64,
    old_root: &Digest,
    new_size: u64,
    new_root: &Digest,
    proof: &[Digest],
) -> Result<(), ProofError> {
    if old_size > new_size {
        return Err(ProofError::Size { asked: old_size, size: new_size });
    }
    if old_size == 0 || old_size == new_size {
        return verify_without_hashes(old_size, old_root, new_size, new_root, proof);
    }
    // Where the old tree is a subtree of the new one, the proof leaves its root out.
    let shift = (old_size - 1).trailing_ones();
    let (node, last) = ((old_size - 1) >> shift, (new_size - 1) >> shift);
    let (first, rest) = match proof.split_first() {
        Some(split) if node > 0 => split,
        _ => (old_root, proof),
    };
    let climbed = climb(node, last, *first, rest);
    let (old_hash, new_hash) = climbed.ok_or(ProofError::Length(proof.len()))?;
    match (old_hash == *old_root, new_hash == *new_root) {
        (true, true) => Ok(()),
        (true, false) => Err(ProofError::Root),
        (false, _) => Err(ProofError::OldRoot),
    }
}

/// The two cases where nothing needs to be hashed: an empty old tree, and a tree that did not grow.
fn verify_without_hashes(
    old_size: u64,
    old_root: &Digest,
    new_size: u64,
    new_root: &Digest,
    proof: &[Digest],
) -> Result<(), ProofError> {
    if !proof.is_empty() {
        return Err(ProofError::Length(proof.len()));
    }
    if old_size == 0 && *old_root != root(&[]) {
        return Err(ProofError::OldRoot);
    }
    if old_size == new_size && old_root != new_root {
        return Err(ProofError::Root);
    }
    Ok(())
}

/// Climbs from a node to the root, as RFC 9162 §§ 2.1.3.2 and 2.1.4.2 both do; `node` and `last` count
/// the nodes of its level from 0. Gives the hash of what lies left of and in the node, and the hash of
/// everything; `None` when there are more or fewer siblings than levels that need one.
fn climb(
    mut node: u64,
    mut last: u64,
    start: Digest,
    siblings: &[Digest],
) -> Option<(Digest, Digest)> {
    let (mut left, mut all) = (start, start);
    for sibling in siblings {
        if last == 0 {
            return None;
        }
        if node & 1 == 1 || node == last {
            left = node_hash(sibling, &left);
            all = node_hash(sibling, &all);
            // Above a lone last node there is nothing to hash with until it is a right child. It is
            // not 0, so there is such a level.
            let lone = node.trailing_zeros();
            (node, last) = (node >> lone, last >> lone);
        } else {
            all = node_hash(&all, sibling);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    (last == 0).then_some((left, all))
}
