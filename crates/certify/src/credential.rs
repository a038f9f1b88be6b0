//! Verifiable Credentials (W3C data model 2.0): Data Integrity proofs by eddsa-jcs-2022, keys as did:key, and Bitstring Status
//! Lists. Nothing is fetched; a credential that needs something from elsewhere is given it.
//!
//! Only the canonical JSON suite is known here. `eddsa-rdfc-2022`, which most wallets expect, needs RDF canonicalisation and
//! is answered as unknown.

mod canonical;
mod multikey;
mod proof;
mod status;

pub use canonical::{CanonicalFault, canonical};
pub use multikey::{did_key, key_of_method, multibase, read_multibase};
pub use proof::{CredentialFault, Secured, secure, verify};
pub use status::{LARGEST_LIST, LEAST_BITS, StatusFault, bit, encode_bits, place_of, status_list};
