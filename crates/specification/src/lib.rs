//! A qualification specification as data.
//!
//! A *specification* is the published document of an awarding body: qualifications with their rules of combination,
//! units with learning outcomes and assessment criteria. This crate reads it from TOML or JSON, checks it against
//! itself, answers questions about it and applies its rules of combination. It is pure: text and values go in, values
//! come out; it opens no file, knows no clock and names no qualification.
//!
//! Where to look:
//!
//! - [`Specification::read`] reads the text of a specification file and complains with line, column and key path;
//! - [`check()`] reads it like a careful proof-reader;
//! - [`identifier`] holds the numbers of the trade with their check characters;
//! - [`rule`] holds the rule of combination as data;
//! - [`difference`] tells what changed between two versions;
//! - [`grading`] makes a unit's grade of the results of its criteria;
//! - `docs/specification-format.md` describes the file, `docs/rules-of-combination.md` the rules.
//!
//! To add a key to the file: add it to the struct that holds it, to the matching table in `reading::shape` (which
//! feeds the reader, the published schema and the table in the manual) and to `docs/specification-format.md`; a test
//! compares all of them.

pub mod check;
mod complaint;
pub mod difference;
mod document;
mod erratum;
pub mod grading;
pub mod identifier;
mod lookup;
mod naming;
mod qualification;
mod reading;
pub mod rule;
pub mod sentence;
pub mod show;
mod specification;
mod teaching;
mod unit;

pub use check::{Finding, Severity, check};
pub use complaint::{Complaint, Place};
pub use document::{Document, Heading, KeyDates};
pub use erratum::{Erratum, KeptIdentifier};
pub use identifier::{
    CriterionNumber, IdentifierRefused, QualificationNumber, Uln, UnitNumber, UnitReference,
};
pub use lookup::Counts;
pub use naming::{Misnaming, list_misnamings};
pub use qualification::{Qualification, Size, TableRow};
pub use reading::{Format, schema};
pub use show::SpecificationView;
pub use specification::{FORMAT, Specification};
pub use teaching::{Model, Term};
pub use unit::{Criterion, Link, Outcome, Unit};
