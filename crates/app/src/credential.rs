//! Digital credentials of an award: composed from its facts when they are asked for, signed with the key that signs the ledger,
//! and kept nowhere; and what strangers need to check them, the issuer's document and the lists of what is not in force.
//!
//! One credential is of the qualification, and one of each unit of the award; a learner record has them all together. All of a certificate's share one place in the
//! published list ([`crate::derive::credential`]), so that replacing or revoking it ends them all.

pub mod compose;
pub mod drawing;
pub mod issue;
pub mod publish;

pub use issue::{CredentialsView, Form, Part, Wanted};

/// A moment as credentials and status lists carry it: whole seconds, UTC.
fn second(moment: &assay_domain::Moment) -> String {
    moment.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
