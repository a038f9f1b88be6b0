//! The specification as a whole.

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::erratum::{Erratum, KeptIdentifier};
use crate::qualification::Qualification;
use crate::teaching::{Model, Term};
use crate::unit::Unit;

/// Name and version of the file format.
pub const FORMAT: &str = "assay-specification/1";

/// A published specification: document, qualifications, units, models, terms and errata.
///
/// As read from a file it has the right shape and nothing more: references may dangle and sums may be wrong, and
/// check characters are not looked at, so that a faulty document can be shown with its faults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Specification {
    /// Always [`FORMAT`].
    pub format: String,
    /// The document it was taken from.
    pub document: Document,
    /// Qualifications in the document's order.
    pub qualifications: Vec<Qualification>,
    /// Units in the document's order.
    pub units: Vec<Unit>,
    /// Models that criteria name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub models: Vec<Model>,
    /// Terms that the document defines.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<Term>,
    /// Known misprints.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errata: Vec<Erratum>,
    /// Identifiers kept although their check character is wrong.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept_identifiers: Vec<KeptIdentifier>,
}
