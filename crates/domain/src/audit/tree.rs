//! The Merkle tree of a community's log: RFC 6962, section 2.1 (leaf prefix 0, node prefix 1, SHA-256).
//!
//! Invariant: whoever holds an older root can be shown that the tree only grew. Only the hashes of complete subtrees of
//! 256 ⁿ leaves are kept beside the leaves; every proof is folded from at most 128 neighbours a step.

use std::collections::BTreeMap;
use std::ops::Range;

use sha2::{Digest as _, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// Levels between two kept ones: a kept node stands for 2⁸ nodes of the kept level below.
pub const STEP: u32 = 8;

/// The hash of a leaf.
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(leaf).finalize().into()
}

/// The hash of a node over its two children.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// A complete subtree: `2^level` leaves, the `position`-th of its level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Subtree {
    /// Its height; 0 is a leaf.
    pub level: u32,
    /// How many subtrees of its level stand before it.
    pub position: u64,
}

impl Subtree {
    /// The kept nodes that it is folded from: their level, and which of it.
    pub fn kept(self) -> (u32, Range<u64>) {
        let base = self.level / STEP * STEP;
        let up = self.level - base;
        (base, self.position << up..(self.position + 1) << up)
    }
}

/// The right edge of a growing tree: all that appending and the root need.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    /// Roots of the complete subtrees, the largest first: one for each 1 among the binary figures of `size`.
    peaks: Vec<Hash>,
}

impl Frontier {
    /// As it was stored; `None` when the bytes do not fit the size.
    pub fn from_bytes(size: u64, bytes: &[u8]) -> Option<Self> {
        let (hashes, rest) = bytes.as_chunks::<32>();
        let fits = rest.is_empty() && hashes.len() == size.count_ones() as usize;
        fits.then(|| Self { size, peaks: hashes.to_vec() })
    }
    /// To be stored.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.peaks.concat()
    }
    /// Leaves so far.
    pub fn size(&self) -> u64 {
        self.size
    }
    /// Appends a leaf; `keep` is told every node that has to be kept, the leaf among them.
    pub fn push(&mut self, leaf: Hash, mut keep: impl FnMut(Subtree, Hash)) {
        let position = self.size;
        keep(Subtree { level: 0, position }, leaf);
        let mut hash = leaf;
        for level in 1..=position.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                hash = node_hash(&left, &hash);
            }
            if level.is_multiple_of(STEP) {
                keep(Subtree { level, position: position >> level }, hash);
            }
        }
        self.peaks.push(hash);
        self.size += 1;
    }
    /// The root of the tree; of an empty one, the hash of nothing.
    pub fn root(&self) -> Hash {
        fold(&self.peaks).unwrap_or_else(|| Sha256::digest([]).into())
    }
}

/// The root over neighbouring subtrees, each smaller than the one before.
fn fold(peaks: &[Hash]) -> Option<Hash> {
    peaks.iter().copied().rev().reduce(|right, left| node_hash(&left, &right))
}

/// The largest power of two below `n`, which has to be 2 or more.
fn split(n: u64) -> u64 {
    1 << (u64::BITS - 1 - (n - 1).leading_zeros())
}

/// The leaves under each step of the proof that leaf `index` is in the tree of `size` leaves, from the leaf upwards.
pub fn inclusion(index: u64, size: u64) -> Vec<Range<u64>> {
    let (mut range, mut path) = (0..size, Vec::new());
    while range.end - range.start > 1 {
        let middle = range.start + split(range.end - range.start);
        if index < middle {
            path.push(middle..range.end);
            range.end = middle;
        } else {
            path.push(range.start..middle);
            range.start = middle;
        }
    }
    path.reverse();
    path
}

/// The leaves under each step of the proof that the tree of `old` leaves is the beginning of that of `new` leaves.
pub fn consistency(old: u64, new: u64) -> Vec<Range<u64>> {
    if old == 0 || old >= new {
        return Vec::new();
    }
    let (mut range, mut whole, mut path) = (0..new, true, Vec::new());
    while old != range.end {
        let middle = range.start + split(range.end - range.start);
        if old <= middle {
            path.push(middle..range.end);
            range.end = middle;
        } else {
            path.push(range.start..middle);
            range.start = middle;
            whole = false;
        }
    }
    if !whole {
        path.push(range);
    }
    path.reverse();
    path
}

/// The complete subtrees that cover a step of a proof, the largest first.
pub fn subtrees(range: Range<u64>) -> Vec<Subtree> {
    let (mut start, mut all) = (range.start, Vec::new());
    while start < range.end {
        let fits = (range.end - start).ilog2();
        let level = if start == 0 { fits } else { fits.min(start.trailing_zeros()) };
        all.push(Subtree { level, position: start >> level });
        start += 1 << level;
    }
    all
}

/// The hash over kept neighbours of one level: a power of two of them.
pub fn subtree_hash(kept: &[Hash]) -> Option<Hash> {
    let mut row = kept.to_vec();
    while row.len() > 1 {
        let (pairs, rest) = row.as_chunks::<2>();
        if !rest.is_empty() {
            return None;
        }
        row = pairs.iter().map(|[left, right]| node_hash(left, right)).collect();
    }
    row.first().copied()
}

/// The hash of one step of a proof from the hashes of its subtrees.
pub fn step_hash(range: Range<u64>, hashes: &BTreeMap<Subtree, Hash>) -> Option<Hash> {
    let peaks: Option<Vec<Hash>> = subtrees(range).iter().map(|subtree| hashes.get(subtree).copied()).collect();
    fold(&peaks?)
}

/// True when `proof` shows that `leaf` is the `index`-th of the tree of `size` leaves whose root is `root`.
pub fn is_included(leaf: Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let path = inclusion(index, size);
    path.len() == proof.len()
        && path.iter().zip(proof).fold(leaf, |hash, (range, other)| {
            if range.start > index { node_hash(&hash, other) } else { node_hash(other, &hash) }
        }) == *root
}

/// True when `proof` shows that the tree with `old_root` is the beginning of the one with `new_root`.
pub fn is_consistent(old: u64, old_root: &Hash, new: u64, new_root: &Hash, proof: &[Hash]) -> bool {
    if old == new {
        return proof.is_empty() && old_root == new_root;
    }
    if old == 0 || old > new {
        return old == 0 && proof.is_empty();
    }
    let path = consistency(old, new);
    if path.len() != proof.len() {
        return false;
    }
    // The deepest step is the old tree's own last subtree; when it is the whole old tree, its root stands for it.
    let begin = if old.is_power_of_two() { (*old_root, *old_root, 0) } else { (proof[0], proof[0], 1) };
    let (mut was, mut is, skip) = begin;
    for (range, hash) in path.iter().zip(proof).skip(skip) {
        if range.start < old {
            was = node_hash(hash, &was);
            is = node_hash(hash, &is);
        } else {
            is = node_hash(&is, hash);
        }
    }
    was == *old_root && is == *new_root
}

#[cfg(test)]
#[path = "tree_tests.rs"]
mod tests;
