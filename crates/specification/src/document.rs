//! The printed document that a specification was taken from.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Facts about the published document, and what holds for all its qualifications.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Title as printed.
    pub title: String,
    /// Subtitle as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// Framework of the qualifications, such as `RQF`.
    pub framework: String,
    /// Awarding body in full.
    pub awarding_body: String,
    /// Awarding body as it stands in titles, such as `CMI`.
    pub awarding_body_short: String,
    /// Regulator of the awarding body.
    pub regulator: String,
    /// Date of issue as printed: a year, a year and month, or a day (`2018`, `2018-03`, `2018-03-01`).
    pub issued: String,
    /// Version as printed.
    pub version: String,
    /// Language of teaching and assessment.
    pub language: String,
    /// Least age of a learner in years, where the document gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_age: Option<u32>,
    /// For whom the qualifications are meant.
    pub purpose: String,
    /// SHA-256 of the source document in lower-case hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_sha256: Option<String>,
    /// First day of regulation.
    pub regulated_from: Date,
    /// First day on which learners may be registered.
    pub operational_from: Date,
    /// Last day on which learners may be registered.
    pub registration_ends: Date,
    /// Last day on which certificates may be claimed, where the document gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certification_ends: Option<Date>,
    /// Titles of the qualifications recommended next.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub progression: Vec<String>,
    /// The contents list of the document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contents: Vec<Heading>,
}

/// One line of the contents list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    /// Heading as printed.
    pub heading: String,
    /// Page as printed.
    pub page: u32,
}

/// The dates in force for one qualification: its own where it has them, else the document's. All are inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct KeyDates {
    /// First day of regulation.
    pub regulated_from: Date,
    /// First day on which learners may be registered.
    pub operational_from: Date,
    /// Last day on which learners may be registered.
    pub registration_ends: Date,
    /// Last day on which certificates may be claimed, where one is known.
    pub certification_ends: Option<Date>,
}
