//! Registrations: making them one by one and from files, finding them, confirming identity, withdrawing.
//!
//! [`find`] holds what other nouns ask: which registration, whose, who may see it.

pub mod at_risk;
pub mod case;
pub mod complete;
pub mod export;
pub mod find;
pub mod identity;
pub mod import;
pub mod list;
pub mod membership;
pub mod overview;
pub mod register;
pub mod syllabus;
pub mod withdraw;
