//! The trade's words and rules. Decides; does nothing.
//!
//! Every rule takes facts, a date and fresh ids as arguments and answers either a [`Decision`] (new facts, and the
//! private text they seal) or [`Refusals`] that say why, what would make the act pass, who can do that and where the
//! rule comes from. There is no input or output, clock, randomness, SQL or HTML in this crate.
//!
//! How to add an act: a struct named in the imperative (`SignJudgement`) and a function `decide` in a file of its own
//! under the noun's folder, which takes the *case* (what must be known, loaded by `app`), the actor's standing, the
//! policy in force and a [`Fresh`] supply; a past-tense variant of [`Fact`] for what then has happened.

pub mod actor;
pub mod award;
pub mod centre;
pub mod decision;
pub mod evidence;
pub mod external_assessment;
pub mod fact;
pub mod fresh;
pub mod id;
pub mod judgement;
pub mod moment;
pub mod people;
pub mod plan;
pub mod policy;
pub mod refusal;
pub mod registration;
pub mod sealed;
pub mod specification;
pub mod submission;
pub mod syllabus;
pub mod verification;
pub mod warning;

pub use actor::{Actor, Grant, Role, Via};
pub use decision::Decision;
pub use fact::{Entry, Fact};
pub use fresh::Fresh;
pub use moment::Moment;
pub use refusal::{Code, Refusal, Refusals};
pub use sealed::{Sealed, SealedContent};
pub use warning::{Warning, WarningCode};
