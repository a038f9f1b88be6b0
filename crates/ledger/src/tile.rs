//! Tiles, C2SP tlog-tiles: the tree cut into files of at most 256 hashes, and its entries in bundles of at most 256, so that
//! a ledger can be served as files that never change.

use crate::{Hash, Place};
use std::fmt::Write;

/// Hashes of a full tile, entries of a full bundle.
pub const WIDTH: u64 = 256;
/// Levels of the tree that one tile stands over.
const HEIGHT: u32 = 8;
/// The highest level of tiles: above it a tree of 2^64 entries has nothing.
const HIGHEST: u32 = 7;

/// A tile of hashes: the nodes of the tree at level `8 * level`, positions `256 * index ..` and as many as it is wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tile {
    /// 0 for the entries' own hashes, 1 for the roots of full tiles of level 0, and so on; at most 7.
    pub level: u32,
    pub index: u64,
    /// 1 to 256; less than 256 only at the right edge of the tree.
    pub width: u64,
}

/// A bundle of entries: the bytes themselves, `256 * index ..` and as many as it is wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Bundle {
    pub index: u64,
    /// 1 to 256; less than 256 only at the end of the ledger.
    pub width: u64,
}

impl Tile {
    /// Reads the path after `tile/`, e.g. `0/x001/067` or `1/000.p/8`; none when it is not written as the format has it.
    pub fn parse(path: &str) -> Option<Tile> {
        let (level, rest) = path.split_once('/')?;
        let (index, width) = parse_index(rest)?;
        let tile = Tile {
            level: parse_plain(level)?.try_into().ok()?,
            index,
            width,
        };
        (tile.level <= HIGHEST).then_some(tile)
    }

    /// The path after `tile/`.
    pub fn path(&self) -> String {
        format!("{}/{}", self.level, index_path(self.index, self.width))
    }

    /// Whether a ledger of `size` entries has this tile: all its nodes stand over complete subtrees.
    pub fn is_in(&self, size: u64) -> bool {
        reaches(self.index, self.width, nodes_at(size, self.level))
    }

    /// The places in the tree whose hashes the tile holds, in order.
    pub fn places(&self) -> impl Iterator<Item = Place> + use<> {
        let (level, first, width) = (self.level * HEIGHT, self.index.saturating_mul(WIDTH), self.width);
        (0..width).map(move |offset| Place {
            level,
            position: first.saturating_add(offset),
        })
    }

    /// The tile's bytes: its hashes one after the other. `known` gives the hash of a complete subtree.
    ///
    /// Errors: whatever `known` answers.
    pub fn bytes<E>(&self, mut known: impl FnMut(Place) -> Result<Hash, E>) -> Result<Vec<u8>, E> {
        let mut bytes = Vec::with_capacity(WIDTH as usize * 32);
        for place in self.places() {
            bytes.extend(known(place)?.as_bytes());
        }
        Ok(bytes)
    }

    /// The hashes of a tile that was fetched; none when it has not exactly as many as it is wide.
    pub fn hashes(&self, bytes: &[u8]) -> Option<Vec<Hash>> {
        if bytes.len() as u64 != self.width.checked_mul(32)? {
            return None;
        }
        bytes.chunks(32).map(Hash::from_bytes).collect()
    }
}

impl Bundle {
    /// Reads the path after `tile/entries/`; none when it is not written as the format has it.
    pub fn parse(path: &str) -> Option<Bundle> {
        let (index, width) = parse_index(path)?;
        Some(Bundle { index, width })
    }

    /// The path after `tile/entries/`.
    pub fn path(&self) -> String {
        index_path(self.index, self.width)
    }

    /// Whether a ledger of `size` entries has this bundle.
    pub fn is_in(&self, size: u64) -> bool {
        reaches(self.index, self.width, size)
    }

    /// The number of the bundle's first entry.
    pub fn first(&self) -> u64 {
        self.index.saturating_mul(WIDTH)
    }
}

/// A bundle's bytes: each entry after its length in two bytes, big end first; none when an entry has more than 65,535
/// bytes, which the format cannot hold.
pub fn bundle_entries<'e>(entries: impl IntoIterator<Item = &'e [u8]>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for entry in entries {
        bytes.extend(u16::try_from(entry.len()).ok()?.to_be_bytes());
        bytes.extend(entry);
    }
    Some(bytes)
}

/// The entries of a bundle's bytes; none when they end in the middle of one.
pub fn unbundle_entries(mut bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut entries = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk::<2>()?;
        let (entry, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        entries.push(entry);
        bytes = rest;
    }
    Some(entries)
}

/// The tiles that a ledger of `size` entries has at a level: full ones counted, and the width of the partial one, if any.
/// None above the tree.
pub fn tiles_at(size: u64, level: u32) -> Option<(u64, u64)> {
    let nodes = nodes_at(size, level);
    (nodes > 0).then_some((nodes / WIDTH, nodes % WIDTH))
}

fn nodes_at(size: u64, level: u32) -> u64 {
    size.checked_shr(level.saturating_mul(HEIGHT)).unwrap_or(0)
}

fn reaches(index: u64, width: u64, nodes: u64) -> bool {
    let end = index
        .checked_mul(WIDTH)
        .and_then(|first| first.checked_add(width));
    (1..=WIDTH).contains(&width) && end.is_some_and(|end| end <= nodes)
}

/// `x001/x234/067` and, for a partial one, `.p/` and its width.
fn index_path(index: u64, width: u64) -> String {
    let mut groups = vec![format!("{:03}", index % 1000)];
    let mut rest = index / 1000;
    while rest > 0 {
        groups.push(format!("x{:03}", rest % 1000));
        rest /= 1000;
    }
    groups.reverse();
    let mut path = groups.join("/");
    if width != WIDTH {
        // Writing to a string cannot fail.
        let _ = write!(path, ".p/{width}");
    }
    path
}

fn parse_index(path: &str) -> Option<(u64, u64)> {
    // 2^64 has seven groups of three digits; nothing longer is looked at.
    if path.len() > 40 {
        return None;
    }
    let (path_of_index, width) = match path.split_once(".p/") {
        Some((index, width)) => (
            index,
            parse_plain(width).filter(|width| (1..WIDTH).contains(width))?,
        ),
        None => (path, WIDTH),
    };
    let mut index: u64 = 0;
    let mut groups = path_of_index.split('/').peekable();
    while let Some(group) = groups.next() {
        let digits = match groups.peek() {
            Some(_) => group.strip_prefix('x')?,
            None => group,
        };
        if digits.len() != 3 || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        index = index.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
    }
    // One tile has one path.
    (index_path(index, width) == path).then_some((index, width))
}

fn parse_plain(digits: &str) -> Option<u64> {
    let number: u64 = digits.parse().ok()?;
    (number.to_string() == digits).then_some(number)
}
