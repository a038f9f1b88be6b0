//! Verifiable Credentials (W3C data model 2.0): Open Badges 3.0 and learner records (CLR 2.0) composed; Data Integrity proofs by eddsa-rdfc-2022 and
//! eddsa-jcs-2022, and JSON Web Tokens, made and checked; issuers as did:key and did:web; Bitstring Status Lists. Nothing is
//! fetched; a credential that needs something from elsewhere is given it.
//!
//! `eddsa-rdfc-2022`, which most wallets expect, signs the graph that a document stands for ([`canonical_graph`]);
//! `eddsa-jcs-2022` signs its canonical JSON ([`canonical`]).

mod alike;
mod bake;
mod canonical;
mod dates;
mod form;
mod graph;
mod issuer;
mod jwt;
mod learner_record;
mod multikey;
mod open_badge;
mod proof;
mod status;

pub use bake::{BakeFault, bake_png, is_picture, repaint_png, svg_element, unbake};
pub use canonical::{CanonicalFault, canonical};
pub use dates::{DateFault, check_dates};
pub use form::{FormFault, check_form};
pub use graph::{GraphFault, canonical_graph};
pub use issuer::{did_document, did_web, issuer_of, keys_of_document};
pub use jwt::{is_jwt, read_jwt, secure_jwt, verify_jwt};
pub use learner_record::{LEARNER_RECORD_CONTEXTS, LearnerRecord};
pub use multikey::{did_key, key_of_method, multibase, read_multibase};
pub use open_badge::{Achievement, Alignment, IssuedBy, OPEN_BADGE_CONTEXTS, OpenBadge};
use proof::issuer_named;
pub use proof::{CredentialFault, Secured, Suite, secure, verify};
pub use status::{LARGEST_LIST, LEAST_BITS, StatusFault, bit, encode_bits, place_of, status_list};
