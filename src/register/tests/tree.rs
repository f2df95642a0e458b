//! RFC 6962 § 2.1, against an implementation by others and the published vectors.

use crate::digest::Digest;
use crate::register::*;
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use proptest::prelude::*;
use sha2::Sha256;

/// All sizes whose proofs are compared: past two powers of two and both of their neighbours.
const SIZES: u64 = 130;

fn leaf(i: u64) -> Digest {
    leaf_hash(&i.to_be_bytes())
}

fn tree(size: u64) -> Tree {
    (0..size).map(leaf).collect()
}

/// The tree of others with the same leaves.
fn other_tree(size: u64) -> MemoryBackedTree<Sha256, Vec<u8>> {
    let mut tree = MemoryBackedTree::new();
    (0..size).for_each(|i| tree.push(i.to_be_bytes().to_vec()));
    tree
}

fn bytes(proof: &[Digest]) -> Vec<u8> {
    proof.iter().flat_map(|hash| *hash.as_bytes()).collect()
}

#[test]
fn the_root_of_no_leaves_is_the_digest_of_nothing() {
    let nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(root(&[]).to_string(), nothing);
    assert_eq!(Tree::new().root(), root(&[]));
    assert_eq!(tree(5).root_at(0), Ok(root(&[])));
}

#[test]
fn roots_are_those_of_the_certificate_transparency_vectors() {
    // Leaves and roots published with the reference implementation of RFC 6962.
    let leaves = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];
    let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let hashes: Vec<Digest> =
        leaves.iter().map(|leaf| leaf_hash(&hex::decode(leaf).unwrap())).collect();
    for (count, expected) in (1..).zip(roots) {
        assert_eq!(root(&hashes[..count]).to_string(), expected);
    }
}

#[test]
fn roots_of_all_sizes_are_those_of_another_implementation() {
    let tree = tree(SIZES);
    let leaves: Vec<Digest> = (0..SIZES).map(leaf).collect();
    for size in 0..=SIZES {
        let expected: [u8; 32] = (*other_tree(size).root().as_bytes()).into();
        assert_eq!(tree.root_at(size), Ok(Digest::from(expected)), "size {size}");
        assert_eq!(root(&leaves[..size as usize]), Digest::from(expected), "size {size}");
    }
}

#[test]
fn every_inclusion_proof_is_that_of_another_implementation_and_verifies() {
    let tree = tree(SIZES);
    for size in 1..=SIZES {
        let other = other_tree(size);
        let root = tree.root_at(size).unwrap();
        for index in 0..size {
            let proof = tree.inclusion_proof(index, size).unwrap();
            let expected = other.prove_inclusion(index as usize);
            assert_eq!(bytes(&proof), expected.as_bytes(), "leaf {index} of {size}");
            assert_eq!(verify_inclusion(&leaf(index), index, size, &proof, &root), Ok(()));
        }
    }
}

#[test]
fn every_consistency_proof_is_that_of_another_implementation_and_verifies() {
    let tree = tree(SIZES);
    for new in 1..=SIZES {
        let other = other_tree(new);
        let new_root = tree.root_at(new).unwrap();
        for old in 1..=new {
            let proof = tree.consistency_proof(old, new).unwrap();
            let expected = other.prove_consistency((new - old) as usize);
            assert_eq!(bytes(&proof), expected.as_bytes(), "{old} to {new}");
            let old_root = tree.root_at(old).unwrap();
            assert_eq!(verify_consistency(old, &old_root, new, &new_root, &proof), Ok(()));
        }
    }
}

#[test]
fn every_tree_begins_with_the_empty_one() {
    let new_root = tree(5).root();
    assert_eq!(tree(5).consistency_proof(0, 5), Ok(vec![]));
    assert_eq!(verify_consistency(0, &root(&[]), 5, &new_root, &[]), Ok(()));
    let refused = verify_consistency(0, &leaf(0), 5, &new_root, &[]);
    assert_eq!(refused, Err(ProofError::OldRoot));
    let refused = verify_consistency(0, &root(&[]), 5, &new_root, &[leaf(0)]);
    assert_eq!(refused, Err(ProofError::Length(1)));
}

#[test]
fn a_tree_of_the_same_size_has_the_same_root() {
    let root = tree(5).root();
    assert_eq!(verify_consistency(5, &root, 5, &root, &[]), Ok(()));
    assert_eq!(verify_consistency(5, &leaf(0), 5, &root, &[]), Err(ProofError::Root));
    assert_eq!(verify_consistency(5, &root, 5, &root, &[leaf(0)]), Err(ProofError::Length(1)));
}

#[test]
fn a_tree_that_shrank_is_refused() {
    let (old, new) = (tree(6).root(), tree(5).root());
    let refused = verify_consistency(6, &old, 5, &new, &[]);
    assert_eq!(refused, Err(ProofError::Size { asked: 6, size: 5 }));
}

#[test]
fn nothing_is_proved_beyond_the_tree() {
    let tree = tree(5);
    assert_eq!(tree.root_at(6), Err(OutOfTree { asked: 6, size: 5 }));
    assert_eq!(tree.inclusion_proof(0, 6), Err(OutOfTree { asked: 6, size: 5 }));
    assert_eq!(tree.inclusion_proof(3, 3), Err(OutOfTree { asked: 3, size: 3 }));
    assert_eq!(tree.consistency_proof(2, 6), Err(OutOfTree { asked: 6, size: 5 }));
    assert_eq!(tree.consistency_proof(4, 3), Err(OutOfTree { asked: 4, size: 3 }));
    let refused = verify_inclusion(&leaf(5), 5, 5, &[], &tree.root());
    assert_eq!(refused, Err(ProofError::Size { asked: 5, size: 5 }));
    assert_eq!((tree.leaf(4), tree.leaf(5)), (Some(&leaf(4)), None));
}

#[test]
fn the_largest_sizes_there_are_do_not_overflow() {
    let hash = leaf(0);
    let refused = verify_inclusion(&hash, u64::MAX - 1, u64::MAX, &[hash; 63], &hash);
    assert!(matches!(refused, Err(ProofError::Length(63) | ProofError::Root)));
    for old in [1, u64::MAX / 2, 1 << 63, u64::MAX - 1] {
        let refused = verify_consistency(old, &hash, u64::MAX, &hash, &[hash; 80]);
        assert_eq!(refused, Err(ProofError::Length(80)));
    }
}

/// A size and a place in it.
fn place() -> impl Strategy<Value = (u64, u64)> {
    (1_u64..600).prop_flat_map(|size| (Just(size), 0..size))
}

fn altered(hash: Digest, byte: usize) -> Digest {
    let mut bytes = *hash.as_bytes();
    bytes[byte % 32] ^= 1;
    Digest::from(bytes)
}

proptest! {
    #[test]
    fn an_inclusion_proof_shows_one_leaf_at_one_place_only((size, index) in place(), at: usize) {
        let tree = tree(size);
        let (leaf, root) = (leaf(index), tree.root());
        let proof = tree.inclusion_proof(index, size).unwrap();

        let other_leaf = verify_inclusion(&altered(leaf, at), index, size, &proof, &root);
        prop_assert_eq!(other_leaf, Err(ProofError::Root));
        let other_root = verify_inclusion(&leaf, index, size, &proof, &altered(root, at));
        prop_assert_eq!(other_root, Err(ProofError::Root));
        for place in (0..size).filter(|place| *place != index) {
            prop_assert!(verify_inclusion(&leaf, place, size, &proof, &root).is_err());
        }
        for i in 0..proof.len() {
            let mut other = proof.clone();
            other[i] = altered(other[i], at);
            let refused = verify_inclusion(&leaf, index, size, &other, &root);
            prop_assert_eq!(refused, Err(ProofError::Root));
        }
    }

    #[test]
    fn an_inclusion_proof_has_just_as_many_hashes_as_it_needs((size, index) in place()) {
        let tree = tree(size);
        let (leaf, root) = (leaf(index), tree.root());
        let mut proof = tree.inclusion_proof(index, size).unwrap();
        if let [short @ .., _] = &proof[..] {
            let refused = verify_inclusion(&leaf, index, size, short, &root);
            prop_assert_eq!(refused, Err(ProofError::Length(short.len())));
        }
        proof.push(root);
        let refused = verify_inclusion(&leaf, index, size, &proof, &root);
        prop_assert_eq!(refused, Err(ProofError::Length(proof.len())));
    }

    #[test]
    fn a_consistency_proof_shows_one_beginning_only((new, old) in place(), at: usize) {
        prop_assume!(old > 0);
        let tree = tree(new);
        let (old_root, new_root) = (tree.root_at(old).unwrap(), tree.root());
        let proof = tree.consistency_proof(old, new).unwrap();

        let other = altered(old_root, at);
        let refused = verify_consistency(old, &other, new, &new_root, &proof);
        prop_assert!(matches!(refused, Err(ProofError::OldRoot | ProofError::Root)));
        let refused = verify_consistency(old, &old_root, new, &altered(new_root, at), &proof);
        prop_assert_eq!(refused, Err(ProofError::Root));
        for i in 0..proof.len() {
            let mut other = proof.clone();
            other[i] = altered(other[i], at);
            let refused = verify_consistency(old, &old_root, new, &new_root, &other);
            prop_assert!(matches!(refused, Err(ProofError::OldRoot | ProofError::Root)));
        }
        let mut long = proof.clone();
        long.push(new_root);
        let refused = verify_consistency(old, &old_root, new, &new_root, &long);
        prop_assert_eq!(refused, Err(ProofError::Length(long.len())));
        let short = &proof[..proof.len() - 1];
        let refused = verify_consistency(old, &old_root, new, &new_root, short);
        prop_assert_eq!(refused, Err(ProofError::Length(short.len())));
    }

    #[test]
    fn a_fork_is_no_beginning((size, forked) in place()) {
        prop_assume!(forked > 0);
        // The other log has another entry at the last place of the old size.
        let fork: Tree = (0..forked - 1).map(leaf).chain([leaf(size)]).collect();
        let tree = tree(size);
        let proof = tree.consistency_proof(forked, size).unwrap();
        let refused = verify_consistency(forked, &fork.root(), size, &tree.root(), &proof);
        prop_assert!(matches!(refused, Err(ProofError::OldRoot | ProofError::Root)));
    }
}
