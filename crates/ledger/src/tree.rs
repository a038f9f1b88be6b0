//! The growing tree: which complete subtrees become known with new entries, and the root from known ones.

use crate::{Hash, empty_root, node_hash};
use std::collections::HashMap;

/// Where a complete subtree stands: over the entries `position * 2^level .. (position + 1) * 2^level`. Level 0 is the
/// entries themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    pub level: u32,
    pub position: u64,
}

/// A complete subtree and its hash. Once known it never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    pub place: Place,
    pub hash: Hash,
}

/// The nodes that become known when `leaves` are appended to a ledger of `size` entries, in an order in which each comes
/// after its children; the leaves are among them, at level 0. `known` gives the hash of a node known before. Appending
/// asks for one known node per leaf on average and never for more than the tree is high.
///
/// Errors: whatever `known` answers.
pub fn append<E>(
    size: u64,
    leaves: &[Hash],
    mut known: impl FnMut(Place) -> Result<Hash, E>,
) -> Result<Vec<Node>, E> {
    let mut nodes = Vec::with_capacity(leaves.len() * 2);
    // The latest complete subtree of each level that still waits for its right neighbour.
    let mut waiting: HashMap<u32, Hash> = HashMap::new();
    for (offset, leaf) in (0u64..).zip(leaves) {
        let mut place = Place {
            level: 0,
            position: size + offset,
        };
        let mut hash = *leaf;
        nodes.push(Node { place, hash });
        while place.position % 2 == 1 {
            let left = match waiting.remove(&place.level) {
                Some(left) => left,
                None => known(Place {
                    level: place.level,
                    position: place.position - 1,
                })?,
            };
            hash = node_hash(&left, &hash);
            place = Place {
                level: place.level + 1,
                position: place.position / 2,
            };
            nodes.push(Node { place, hash });
        }
        waiting.insert(place.level, hash);
    }
    Ok(nodes)
}

/// The complete subtrees that together stand over a range of entries `from .. from + size`, largest first, where `from`
/// is a multiple of the largest of them.
pub(crate) fn subtrees(from: u64, size: u64) -> Vec<Place> {
    let mut places = Vec::new();
    let mut start = from;
    for level in (0..u64::BITS).rev() {
        if size >> level & 1 == 1 {
            places.push(Place {
                level,
                position: start >> level,
            });
            start += 1 << level;
        }
    }
    places
}

/// The complete subtrees that make up a ledger of `size` entries, largest first; at most 64.
pub fn peaks(size: u64) -> Vec<Place> {
    subtrees(0, size)
}

/// The hash over the entries `from .. from + size`, folded from complete subtrees; nothing is asked when `size` is 0.
pub(crate) fn range_hash<E>(
    from: u64,
    size: u64,
    known: &mut impl FnMut(Place) -> Result<Hash, E>,
) -> Result<Hash, E> {
    let mut folded: Option<Hash> = None;
    for place in subtrees(from, size).into_iter().rev() {
        let left = known(place)?;
        folded = Some(match folded {
            None => left,
            Some(right) => node_hash(&left, &right),
        });
    }
    Ok(folded.unwrap_or_else(empty_root))
}

/// The root of the ledger when it had `size` entries (RFC 9162 section 2.1.1). `known` gives the hash of a complete
/// subtree; one is asked for per bit that is set in `size`.
///
/// Errors: whatever `known` answers.
pub fn root<E>(size: u64, mut known: impl FnMut(Place) -> Result<Hash, E>) -> Result<Hash, E> {
    range_hash(0, size, &mut known)
}
