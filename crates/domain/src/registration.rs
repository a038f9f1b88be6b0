//! Registration: a learner on one qualification at one centre, pinned to one version of its specification.
//!
//! [`register`] decides whether a learner can be registered; pages, the API and imports ask the same function, and a
//! preview asks it without recording. [`complete`], [`identity`] and [`withdraw`] are the later acts.

pub mod age;
pub mod case;
pub mod complete;
pub mod identity;
pub mod learner;
pub mod membership;
pub mod number;
pub mod period;
pub mod register;
pub mod withdraw;

pub use case::{
    CentreStanding, LearnerFound, Offering, OtherRegistration, QualificationOnOffer, RegistrationCase,
    RegistrationState, Sameness,
};
pub use register::{RegisterLearner, Registered};

/// A number with its noun: `1 day`, `3 days`.
pub(crate) fn count(number: i64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
