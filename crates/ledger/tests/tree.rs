//! The tree against the definition of RFC 9162 and against roots published with RFC 6962.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use assay_ledger::{
    Hash, Node, Place, append, check_consistency, check_inclusion, consistency_proof, empty_root,
    inclusion_proof, leaf_hash, node_hash, peaks, root,
};
use proptest::prelude::*;
use std::collections::HashMap;
use std::convert::Infallible;

/// MTH as the RFC writes it: by halves, from the leaves, with nothing kept.
fn defined_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [one] => *one,
        many => {
            let left = many.len().next_power_of_two() / 2;
            node_hash(&defined_root(&many[..left]), &defined_root(&many[left..]))
        }
    }
}

#[derive(Default)]
struct Kept {
    nodes: HashMap<Place, Hash>,
    size: u64,
}

impl Kept {
    fn known(&self) -> impl FnMut(Place) -> Result<Hash, Infallible> + '_ {
        |place| Ok(self.nodes[&place])
    }

    fn grow(&mut self, leaves: &[Hash]) -> Vec<Node> {
        let new = append(self.size, leaves, self.known()).unwrap();
        self.nodes.extend(new.iter().map(|node| (node.place, node.hash)));
        self.size += leaves.len() as u64;
        new
    }

    fn of(leaves: &[Hash]) -> Kept {
        let mut kept = Kept::default();
        kept.grow(leaves);
        kept
    }
}

fn leaves(count: usize) -> Vec<Hash> {
    (0..count)
        .map(|n| leaf_hash(format!("entry {n}").as_bytes()))
        .collect()
}

#[test]
fn roots_published_with_rfc_6962_come_out() {
    let entries: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let hashes: Vec<Hash> = entries.iter().map(|entry| leaf_hash(entry)).collect();
    let kept = Kept::of(&hashes);
    for (size, expected) in roots.iter().enumerate() {
        assert_eq!(
            root(size as u64, kept.known()).unwrap().to_string(),
            *expected,
            "root of {size}"
        );
    }
}

#[test]
fn an_entry_completes_the_subtrees_it_ends() {
    let mut kept = Kept::of(&leaves(3));
    let new = kept.grow(&leaves(4)[3..]);
    let places: Vec<(u32, u64)> = new
        .iter()
        .map(|node| (node.place.level, node.place.position))
        .collect();
    assert_eq!(places, [(0, 3), (1, 1), (2, 0)]);
}

#[test]
fn a_ledger_of_eleven_stands_on_three_peaks() {
    let places: Vec<(u32, u64)> = peaks(11)
        .iter()
        .map(|place| (place.level, place.position))
        .collect();
    assert_eq!(places, [(3, 0), (1, 4), (0, 10)]);
    assert!(peaks(0).is_empty());
}

#[test]
fn proofs_hold_for_every_entry_and_every_size_up_to_seventy() {
    let all = leaves(70);
    let kept = Kept::of(&all);
    for new in 0..=70u64 {
        let new_root = root(new, kept.known()).unwrap();
        assert_eq!(new_root, defined_root(&all[..new as usize]));
        for index in 0..new {
            let proof = inclusion_proof(index, new, kept.known()).unwrap().unwrap();
            check_inclusion(index, new, &all[index as usize], &proof, &new_root).unwrap();
        }
        assert_eq!(inclusion_proof(new, new, kept.known()).unwrap(), None);
        for old in 0..=new {
            let old_root = root(old, kept.known()).unwrap();
            let proof = consistency_proof(old, new, kept.known()).unwrap().unwrap();
            check_consistency(old, new, &old_root, &new_root, &proof).unwrap();
        }
        assert_eq!(consistency_proof(new + 1, new, kept.known()).unwrap(), None);
    }
}

proptest! {
    #[test]
    fn the_root_does_not_depend_on_how_entries_were_grouped(cuts in prop::collection::vec(1usize..9, 0..12)) {
        let all = leaves(cuts.iter().sum());
        let mut kept = Kept::default();
        let mut from = 0;
        for cut in cuts {
            kept.grow(&all[from..from + cut]);
            from += cut;
        }
        prop_assert_eq!(root(kept.size, kept.known()).unwrap(), defined_root(&all));
    }

    #[test]
    fn a_damaged_inclusion_proof_is_refused(size in 2u64..200, at in any::<prop::sample::Index>(), bit in 0usize..256) {
        let all = leaves(size as usize);
        let kept = Kept::of(&all);
        let index = at.index(size as usize) as u64;
        let whole = root(size, kept.known()).unwrap();
        let good = inclusion_proof(index, size, kept.known()).unwrap().unwrap();
        let mut damaged = good.clone();
        let step = at.index(good.len());
        damaged[step].0[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(check_inclusion(index, size, &all[index as usize], &damaged, &whole).is_err());
        prop_assert!(check_inclusion(index, size, &all[index as usize], &good[..good.len() - 1], &whole).is_err());
        let longer: Vec<Hash> = good.iter().copied().chain([whole]).collect();
        prop_assert!(check_inclusion(index, size, &all[index as usize], &longer, &whole).is_err());
    }

    #[test]
    fn a_rewritten_entry_breaks_consistency(old in 1u64..100, more in 1u64..100, at in any::<prop::sample::Index>()) {
        let all = leaves((old + more) as usize);
        let mut rewritten = all.clone();
        rewritten[at.index(old as usize)] = leaf_hash(b"rewritten");
        let (before, after) = (Kept::of(&all), Kept::of(&rewritten));
        let proof = consistency_proof(old, old + more, after.known()).unwrap().unwrap();
        let old_root = root(old, before.known()).unwrap();
        let new_root = root(old + more, after.known()).unwrap();
        prop_assert!(check_consistency(old, old + more, &old_root, &new_root, &proof).is_err());
    }
}
