//! Verifiable Credentials (W3C data model 2.0): Data Integrity proofs by eddsa-rdfc-2022 and eddsa-jcs-2022, keys as did:key,
//! and Bitstring Status Lists. Nothing is fetched; a credential that needs something from elsewhere is given it.
//!
//! `eddsa-rdfc-2022`, which most wallets expect, signs the graph that a document stands for ([`canonical_graph`]);
//! `eddsa-jcs-2022` signs its canonical JSON ([`canonical`]).

mod canonical;
mod graph;
mod multikey;
mod proof;
mod status;

pub use canonical::{CanonicalFault, canonical};
pub use graph::{GraphFault, canonical_graph};
pub use multikey::{did_key, key_of_method, multibase, read_multibase};
pub use proof::{CredentialFault, Secured, Suite, secure, verify};
pub use status::{LARGEST_LIST, LEAST_BITS, StatusFault, bit, encode_bits, place_of, status_list};
