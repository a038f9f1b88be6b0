//! The ledger in tables: entries in one order and the complete subtrees of their Merkle tree.

use crate::statements::ledger::{FIND_LEAF, FIND_NODE, LIST_ENTRIES, PUT_ENTRY, PUT_NODE, SIZE};
use crate::{StoreFault, Tx, Value};
use assay_ledger::{Hash, Node, Place, leaf_hash};
use std::collections::BTreeMap;
use std::ops::Range;

/// One entry of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number, counted from 0.
    pub sequence: i64,
    /// The exact bytes of the fact.
    pub bytes: Vec<u8>,
}

/// Appends entries and answers their sequence numbers. Only inside [`crate::Store::command`]: the single writer (on
/// PostgreSQL the lock that each batch takes) is what gives the ledger its one order.
pub fn append(tx: &mut Tx<'_>, entries: &[Vec<u8>]) -> Result<Range<i64>, StoreFault> {
    let size = size(tx)?;
    let leaves: Vec<Hash> = entries.iter().map(|entry| leaf_hash(entry)).collect();
    let nodes = assay_ledger::append(size, &leaves, |place| known(tx, place))?;
    for ((sequence, entry), leaf) in (size..).zip(entries).zip(&leaves) {
        tx.run(
            &PUT_ENTRY,
            &[
                number(sequence)?,
                entry.as_slice().into(),
                leaf.as_bytes().as_slice().into(),
            ],
        )?;
    }
    for node in nodes.iter().filter(|node| node.place.level > 0) {
        tx.run(
            &PUT_NODE,
            &[
                node.place.level.into(),
                number(node.place.position)?,
                node.hash.as_bytes().as_slice().into(),
            ],
        )?;
    }
    Ok(signed(size)?..signed(size + entries.len() as u64)?)
}

/// How many entries there are.
pub fn size(tx: &mut Tx<'_>) -> Result<u64, StoreFault> {
    let row = tx
        .row(&SIZE, &[])?
        .ok_or_else(|| broken("the ledger has no size"))?;
    u64::try_from(row.int("size")?).map_err(|_| broken("the ledger has a negative size"))
}

/// The root over all entries.
pub fn root(tx: &mut Tx<'_>) -> Result<Hash, StoreFault> {
    let size = size(tx)?;
    root_of(tx, size)
}

/// The root when the ledger had `size` entries.
///
/// Errors: there are fewer entries than that.
pub fn root_of(tx: &mut Tx<'_>, size: u64) -> Result<Hash, StoreFault> {
    assay_ledger::root(size, |place| known(tx, place))
}

/// What shows that entry `index` is among the first `size` (RFC 9162 section 2.1.3); none when it is not.
pub fn inclusion_proof(tx: &mut Tx<'_>, index: u64, size: u64) -> Result<Option<Vec<Hash>>, StoreFault> {
    assay_ledger::inclusion_proof(index, size, |place| known(tx, place))
}

/// What shows that the ledger of `new` entries begins with that of `old` (RFC 9162 section 2.1.4); none when `old` is
/// larger than `new`.
pub fn consistency_proof(tx: &mut Tx<'_>, old: u64, new: u64) -> Result<Option<Vec<Hash>>, StoreFault> {
    assay_ledger::consistency_proof(old, new, |place| known(tx, place))
}

/// The hash of a complete subtree.
///
/// Errors: it is not kept.
pub fn node(tx: &mut Tx<'_>, place: Place) -> Result<Hash, StoreFault> {
    known(tx, place)
}

/// Entries from sequence `from` on, in order, at most `limit`.
pub fn entries(tx: &mut Tx<'_>, from: i64, limit: u32) -> Result<Vec<Entry>, StoreFault> {
    tx.rows(&LIST_ENTRIES, &[from.into(), limit.into()])?
        .iter()
        .map(|row| {
            Ok(Entry {
                sequence: row.int("sequence")?,
                bytes: row.bytes("bytes")?,
            })
        })
        .collect()
}

/// The root computed anew from the bytes of every entry, for comparison with [`root`]: they differ when somebody has
/// changed stored entries or nodes.
///
/// Errors: an entry is missing.
pub fn root_from_entries(tx: &mut Tx<'_>) -> Result<Hash, StoreFault> {
    let mut anew = Anew::default();
    let altered = anew.grow(tx, |_, _| Ok(None))?;
    match altered {
        Some(altered) => Err(broken(&altered.to_string())),
        None => anew.root(),
    }
}

/// What was done to the stored ledger behind the program's back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Altered {
    /// An entry is gone.
    EntryMissing { sequence: u64 },
    /// An entry's bytes do not have the hash that was recorded with it.
    EntryChanged { sequence: u64 },
    /// A hash of the tree is gone or does not follow from the entries below it.
    NodeChanged { level: u32, position: u64 },
}

impl std::fmt::Display for Altered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Altered::EntryMissing { sequence } => write!(f, "entry {sequence} of the ledger is missing"),
            Altered::EntryChanged { sequence } => {
                write!(
                    f,
                    "entry {sequence} of the ledger was changed after it was recorded"
                )
            }
            Altered::NodeChanged { level, position } => {
                write!(
                    f,
                    "the hash of the ledger's tree at level {level}, position {position} was changed"
                )
            }
        }
    }
}

/// Computes the whole tree anew and names the first entry or hash that is not what it was. Whoever changes an entry *and*
/// every hash above it is found only by comparing the root with one that somebody kept elsewhere.
pub fn find_alteration(tx: &mut Tx<'_>) -> Result<Option<Altered>, StoreFault> {
    Anew::default().grow(tx, |tx, node| {
        let Place { level, position } = node.place;
        let stored = match level {
            0 => tx.row(&FIND_LEAF, &[number(position)?])?,
            _ => tx.row(&FIND_NODE, &[level.into(), number(position)?])?,
        };
        let intact = match stored {
            Some(row) => row.bytes("hash")? == node.hash.as_bytes(),
            None => false,
        };
        Ok(match (intact, level) {
            (true, _) => None,
            (false, 0) => Some(Altered::EntryChanged { sequence: position }),
            (false, _) => Some(Altered::NodeChanged { level, position }),
        })
    })
}

/// The tree computed anew from entries. Only the latest complete subtree of each level is kept, so memory does not grow
/// with the ledger.
#[derive(Default)]
struct Anew {
    size: u64,
    latest: BTreeMap<u32, (u64, Hash)>,
}

impl Anew {
    /// Takes in every stored entry, showing each new node, until something is found to be wrong.
    fn grow(
        &mut self,
        tx: &mut Tx<'_>,
        mut look: impl FnMut(&mut Tx<'_>, &Node) -> Result<Option<Altered>, StoreFault>,
    ) -> Result<Option<Altered>, StoreFault> {
        loop {
            let page = entries(tx, signed(self.size)?, 1000)?;
            if page.is_empty() {
                return Ok(None);
            }
            for entry in &page {
                if u64::try_from(entry.sequence) != Ok(self.size) {
                    return Ok(Some(Altered::EntryMissing { sequence: self.size }));
                }
                let leaf = leaf_hash(&entry.bytes);
                for node in assay_ledger::append(self.size, &[leaf], |place| self.held(place))? {
                    if let Some(altered) = look(tx, &node)? {
                        return Ok(Some(altered));
                    }
                    self.latest
                        .insert(node.place.level, (node.place.position, node.hash));
                }
                self.size += 1;
            }
        }
    }

    fn root(&self) -> Result<Hash, StoreFault> {
        assay_ledger::root(self.size, |place| self.held(place))
    }

    fn held(&self, place: Place) -> Result<Hash, StoreFault> {
        match self.latest.get(&place.level) {
            Some((position, hash)) if *position == place.position => Ok(*hash),
            _ => Err(broken("the tree lost a node while it was computed anew")),
        }
    }
}

fn known(tx: &mut Tx<'_>, place: Place) -> Result<Hash, StoreFault> {
    let row = match place.level {
        0 => tx.row(&FIND_LEAF, &[number(place.position)?])?,
        level => tx.row(&FIND_NODE, &[level.into(), number(place.position)?])?,
    };
    let row = row.ok_or_else(|| {
        broken(&format!(
            "node {} of level {} is missing",
            place.position, place.level
        ))
    })?;
    Hash::from_bytes(&row.bytes("hash")?).ok_or_else(|| {
        broken(&format!(
            "node {} of level {} is not a hash",
            place.position, place.level
        ))
    })
}

fn number(number: u64) -> Result<Value, StoreFault> {
    signed(number).map(Value::Int)
}

fn signed(number: u64) -> Result<i64, StoreFault> {
    i64::try_from(number).map_err(|_| broken("a sequence number is too large"))
}

fn broken(why: &str) -> StoreFault {
    StoreFault::Engine {
        statement: "ledger",
        why: why.to_owned(),
    }
}
