//! How the papers of awarding bodies look.

use crate::Kind::{Int, Text};
use crate::{Kind, Statement};

pub const ADD: Statement = Statement {
    name: "theme.add",
    sql: "INSERT INTO theme (id, sequence, awarding_body, printed_as, accent, logo, logo_media, logo_described, signatory,
              signature, from_on, set_at, set_by)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    parameters: &[
        Text, Int, Text, Text, Text, Text, Text, Text, Text, Text, Text, Text, Text,
    ],
    columns: &[],
};

const COLUMNS: &[(&str, Kind)] = &[
    ("id", Text),
    ("awarding_body", Text),
    ("printed_as", Text),
    ("accent", Text),
    ("logo", Text),
    ("logo_media", Text),
    ("logo_described", Text),
    ("signatory", Text),
    ("from_on", Text),
    ("set_at", Text),
    ("set_by", Text),
];

pub const FIND: Statement = Statement {
    name: "theme.find",
    sql: "SELECT id, awarding_body, printed_as, accent, logo, logo_media, logo_described, signatory, from_on, set_at, set_by
          FROM theme WHERE id = $1",
    parameters: &[Text],
    columns: COLUMNS,
};

/// The version that is in force for an awarding body on a day: of those that have begun, the one that begins last, and of
/// those that begin on the same day the one set last.
pub const FIND_IN_FORCE: Statement = Statement {
    name: "theme.find_in_force",
    sql: "SELECT id, awarding_body, printed_as, accent, logo, logo_media, logo_described, signatory, from_on, set_at, set_by
          FROM theme WHERE awarding_body = $1 AND from_on <= $2 ORDER BY from_on DESC, sequence DESC LIMIT 1",
    parameters: &[Text, Text],
    columns: COLUMNS,
};

/// Every version for an awarding body, the one that begins last first.
pub const LIST: Statement = Statement {
    name: "theme.list",
    sql: "SELECT id, awarding_body, printed_as, accent, logo, logo_media, logo_described, signatory, from_on, set_at, set_by
          FROM theme WHERE awarding_body = $1 ORDER BY from_on DESC, sequence DESC LIMIT 500",
    parameters: &[Text],
    columns: COLUMNS,
};

/// Whether a picture of a theme is kept under an address.
pub const FIND_BY_FILE: Statement = Statement {
    name: "theme.find_by_file",
    sql: "SELECT id FROM theme WHERE logo = $1 UNION ALL SELECT id FROM theme WHERE signature = $1 LIMIT 1",
    parameters: &[Text],
    columns: &[("id", Text)],
};

pub const ALL: &[&Statement] = &[&ADD, &FIND, &FIND_IN_FORCE, &LIST, &FIND_BY_FILE];
