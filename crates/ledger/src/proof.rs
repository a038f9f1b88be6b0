//! Proofs: that an entry is in the ledger, and that a later ledger begins with an earlier one.

use crate::tree::{Place, range_hash};
use crate::{Hash, empty_root, node_hash};

/// Why a proof does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProofFault {
    /// The entry's number or the sizes cannot be: an entry beyond the end, or a ledger that shrank.
    Sizes,
    /// The proof has more or fewer hashes than these sizes need.
    Length,
    /// The hashes do not lead to the root.
    Root,
}

impl std::fmt::Display for ProofFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            ProofFault::Sizes => "the proof is about an entry or a size that cannot be",
            ProofFault::Length => "the proof has more or fewer hashes than these sizes need",
            ProofFault::Root => "the proof does not lead to the root",
        })
    }
}
impl std::error::Error for ProofFault {}

/// The largest power of two smaller than `size`: where RFC 9162 splits a tree. `size` is at least 2.
fn split(size: u64) -> u64 {
    1 << (u64::BITS - 1 - (size - 1).leading_zeros())
}

/// The hashes that lead from entry `index` to the root of `size` entries, lowest first (RFC 9162 section 2.1.3.1); none
/// when there is no such entry. `known` gives complete subtrees.
///
/// Errors: whatever `known` answers.
pub fn inclusion_proof<E>(
    index: u64,
    size: u64,
    mut known: impl FnMut(Place) -> Result<Hash, E>,
) -> Result<Option<Vec<Hash>>, E> {
    if index >= size {
        return Ok(None);
    }
    let mut proof = Vec::new();
    let (mut from, mut length) = (0, size);
    while length > 1 {
        let left = split(length);
        if index - from < left {
            proof.push(range_hash(from + left, length - left, &mut known)?);
            length = left;
        } else {
            proof.push(range_hash(from, left, &mut known)?);
            from += left;
            length -= left;
        }
    }
    proof.reverse();
    Ok(Some(proof))
}

/// The hashes that show that the ledger of `new` entries begins with that of `old` entries, lowest first (RFC 9162
/// section 2.1.4.1); none when the ledger would have shrunk. Empty when the sizes are equal or `old` is 0.
///
/// Errors: whatever `known` answers.
pub fn consistency_proof<E>(
    old: u64,
    new: u64,
    mut known: impl FnMut(Place) -> Result<Hash, E>,
) -> Result<Option<Vec<Hash>>, E> {
    if old > new {
        return Ok(None);
    }
    let mut proof = Vec::new();
    if old == 0 || old == new {
        return Ok(Some(proof));
    }
    let (mut from, mut length, mut inside) = (0, new, old);
    // While the old tree is the whole left part seen so far, its root is known to whoever checks and is left out.
    let mut whole = true;
    while inside != length {
        let left = split(length);
        if inside <= left {
            proof.push(range_hash(from + left, length - left, &mut known)?);
            length = left;
        } else {
            proof.push(range_hash(from, left, &mut known)?);
            from += left;
            length -= left;
            inside -= left;
            whole = false;
        }
    }
    if !whole {
        proof.push(range_hash(from, length, &mut known)?);
    }
    proof.reverse();
    Ok(Some(proof))
}

/// Checks that the entry hashed to `leaf` is entry `index` of the ledger of `size` entries with this root (RFC 9162
/// section 2.1.3.2).
///
/// Errors: the entry is beyond the end; the proof is too long or too short; it leads to another root.
pub fn check_inclusion(
    index: u64,
    size: u64,
    leaf: &Hash,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), ProofFault> {
    if index >= size {
        return Err(ProofFault::Sizes);
    }
    let (mut at, mut last, mut hash) = (index, size - 1, *leaf);
    for step in proof {
        if last == 0 {
            return Err(ProofFault::Length);
        }
        if at & 1 == 1 || at == last {
            hash = node_hash(step, &hash);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(&hash, step);
        }
        at >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(ProofFault::Length);
    }
    if hash == *root {
        Ok(())
    } else {
        Err(ProofFault::Root)
    }
}

/// Checks that the ledger of `new` entries begins with the ledger of `old` entries (RFC 9162 section 2.1.4.2).
///
/// A ledger without entries is the beginning of every ledger: its proof is empty and its root must be
/// [`empty_root`].
///
/// Errors: the ledger shrank; the proof is too long or too short; it leads to other roots.
pub fn check_consistency(
    old: u64,
    new: u64,
    old_root: &Hash,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), ProofFault> {
    if old > new {
        return Err(ProofFault::Sizes);
    }
    if old == 0 || old == new {
        if !proof.is_empty() {
            return Err(ProofFault::Length);
        }
        let holds = if old == 0 {
            *old_root == empty_root()
        } else {
            old_root == new_root
        };
        return if holds { Ok(()) } else { Err(ProofFault::Root) };
    }
    // A power of two is one complete subtree, whose root the proof leaves out.
    let mut steps = proof.iter();
    let first = if old.is_power_of_two() {
        *old_root
    } else {
        *steps.next().ok_or(ProofFault::Length)?
    };
    let (mut at, mut last) = (old - 1, new - 1);
    while at & 1 == 1 {
        at >>= 1;
        last >>= 1;
    }
    let (mut was, mut is) = (first, first);
    for step in steps {
        if last == 0 {
            return Err(ProofFault::Length);
        }
        if at & 1 == 1 || at == last {
            was = node_hash(step, &was);
            is = node_hash(step, &is);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            is = node_hash(&is, step);
        }
        at >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(ProofFault::Length);
    }
    if was == *old_root && is == *new_root {
        Ok(())
    } else {
        Err(ProofFault::Root)
    }
}
