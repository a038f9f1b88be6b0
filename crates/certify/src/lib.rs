//! What leaves the house so that strangers can check it: the dossier of an award. Composed and checked here, given facts,
//! proofs and keys; nothing here reads a disk, a clock or a network.
//!
//! A [`Dossier`] is one JSON file: the specification, the facts that an award rests on, a proof for each that it is in the
//! ledger, the signed checkpoint of that ledger, and a signed [`Statement`] that these are *all* the facts that bear on the
//! award. [`prove`] checks all of that; what the facts come to is derived by the crate `verify`. docs/dossier.md describes
//! the format for whoever writes a second verifier.

#[cfg(feature = "credentials")]
pub mod credential;
mod dossier;
pub mod evidence;
pub mod fact;
mod prove;
mod statement;

pub use dossier::{
    Disclosure, Dossier, DossierFault, FORMAT, Handover, LARGEST, MOST_FACTS, ProvenFact, Syllabus,
};
pub use fact::{Entry, Fact};
pub use prove::{Fault, Numbered, Proven, prove};
pub use statement::{Statement, StatementFault, digest_of};
