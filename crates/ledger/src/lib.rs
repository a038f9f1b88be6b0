//! The ledger's arithmetic: the Merkle tree of RFC 9162 (the same tree as RFC 6962), over SHA-256. Bytes in, bytes out;
//! nothing here reads a disk, a clock or a network.
//!
//! A ledger of `n` entries is kept as *complete subtrees*: the node at level `l` and position `p` stands over the
//! entries `p * 2^l .. (p + 1) * 2^l`, and once it is known it never changes. [`append`] says which nodes become known
//! with new entries, [`root`] gives the root of any size from them, and [`inclusion_proof`] and [`consistency_proof`]
//! give what a stranger needs to check that an entry is there and that nothing was rewritten.
//!
//! What the ledger says to strangers is in the C2SP formats, so that monitors and witnesses written by others work:
//! [`Checkpoint`] (tlog-checkpoint) as a [`SignedNote`] (signed-note) with Ed25519 signatures and witnesses' cosignatures
//! (tlog-cosignature), and [`Tile`] and [`Bundle`] (tlog-tiles). Keys come in as bytes; nothing here makes randomness.

mod checkpoint;
mod hash;
mod key;
mod note;
mod proof;
mod tile;
mod tree;

pub use checkpoint::{Checkpoint, CheckpointFault};
pub use hash::{Hash, empty_root, leaf_hash, node_hash};
pub use key::{Algorithm, KeyFault, KeyId, LONGEST_NAME, SigningKey, VerifierKey};
pub use note::{LONGEST_NOTE, MOST_SIGNATURES, NoteFault, NoteSignature, SignedBy, SignedNote};
pub use proof::{ProofFault, check_consistency, check_inclusion, consistency_proof, inclusion_proof};
pub use tile::{Bundle, Tile, WIDTH, bundle_entries, tiles_at, unbundle_entries};
pub use tree::{Node, Place, append, peaks, root};
