//! Links by which a learner shows an award, and when each was opened.

use crate::Kind::{Int, Text};
use crate::Statement;

pub const MAKE: Statement = Statement {
    name: "share_link.make",
    sql: "INSERT INTO share_link (id, code_hash, award, person, recipient, units, made_at, ends_at)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    parameters: &[Text, Text, Text, Text, Text, Int, Text, Text],
    columns: &[],
};

/// By the digest of its code.
pub const FIND: Statement = Statement {
    name: "share_link.find",
    sql: "SELECT id, award, units, ends_at FROM share_link WHERE code_hash = $1",
    parameters: &[Text],
    columns: &[("id", Text), ("award", Text), ("units", Int), ("ends_at", Text)],
};

/// The links of an award, the last made first, each with how often it was opened.
pub const LIST: Statement = Statement {
    name: "share_link.list_of_award",
    sql: "SELECT id, recipient, units, made_at, ends_at,
              (SELECT CAST(COALESCE(SUM(o.times), 0) AS BIGINT) FROM share_link_opening o WHERE o.link = share_link.id) AS opened
          FROM share_link WHERE award = $1 ORDER BY made_at DESC, id",
    parameters: &[Text],
    columns: &[
        ("id", Text),
        ("recipient", Text),
        ("units", Int),
        ("made_at", Text),
        ("ends_at", Text),
        ("opened", Int),
    ],
};

pub const COUNT: Statement = Statement {
    name: "share_link.count_of_award",
    sql: "SELECT COUNT(*) AS links FROM share_link WHERE award = $1",
    parameters: &[Text],
    columns: &[("links", Int)],
};

/// When a link was opened last: `$1` link, `$2` how many minutes are listed.
pub const LIST_OPENINGS: Statement = Statement {
    name: "share_link_opening.list",
    sql: "SELECT at, times FROM share_link_opening WHERE link = $1 ORDER BY at DESC LIMIT $2",
    parameters: &[Text, Int],
    columns: &[("at", Text), ("times", Int)],
};

/// Counts an opening: `$1` link, `$2` the minute.
pub const COUNT_OPENING: Statement = Statement {
    name: "share_link_opening.count",
    sql: "INSERT INTO share_link_opening (link, at, times) VALUES ($1, $2, 1)
          ON CONFLICT (link, at) DO UPDATE SET times = share_link_opening.times + 1",
    parameters: &[Text, Text],
    columns: &[],
};

/// `$1` link, `$2` award, `$3` the learner.
pub const DELETE: Statement = Statement {
    name: "share_link.delete",
    sql: "DELETE FROM share_link WHERE id = $1 AND award = $2 AND person = $3",
    parameters: &[Text, Text, Text],
    columns: &[],
};

pub const DELETE_OPENINGS: Statement = Statement {
    name: "share_link_opening.delete",
    sql: "DELETE FROM share_link_opening WHERE link = $1",
    parameters: &[Text],
    columns: &[],
};

pub const ALL: &[&Statement] = &[
    &MAKE,
    &FIND,
    &LIST,
    &COUNT,
    &LIST_OPENINGS,
    &COUNT_OPENING,
    &DELETE,
    &DELETE_OPENINGS,
];
