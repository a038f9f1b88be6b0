//! Keys that sign the ledger, and the checkpoints they signed.

use crate::Kind::{Int, Text};
use crate::Statement;

pub const INTRODUCE: Statement = Statement {
    name: "signing_key.introduce",
    sql: "INSERT INTO signing_key (id, public_key, introduced, introduced_at) VALUES ($1, $2, $3, $4)",
    parameters: &[Text, Text, Int, Text],
    columns: &[],
};

pub const RETIRE: Statement = Statement {
    name: "signing_key.retire",
    sql: "UPDATE signing_key SET retired = $2, retired_at = $3, ground = $4 WHERE id = $1",
    parameters: &[Text, Int, Text, Text],
    columns: &[],
};

/// Every key, the oldest first. There are a handful.
pub const LIST: Statement = Statement {
    name: "signing_key.list",
    sql: "SELECT id, public_key, introduced, introduced_at, retired, retired_at, ground
          FROM signing_key ORDER BY introduced",
    parameters: &[],
    columns: &[
        ("id", Text),
        ("public_key", Text),
        ("introduced", Int),
        ("introduced_at", Text),
        ("retired", Int),
        ("retired_at", Text),
        ("ground", Text),
    ],
};

pub const KEEP_CHECKPOINT: Statement = Statement {
    name: "checkpoint.keep",
    sql: "INSERT INTO checkpoint (size, note) VALUES ($1, $2) ON CONFLICT (size) DO UPDATE SET note = excluded.note",
    parameters: &[Int, Text],
    columns: &[],
};

pub const FIND_CHECKPOINT: Statement = Statement {
    name: "checkpoint.find",
    sql: "SELECT size, note FROM checkpoint WHERE size = $1",
    parameters: &[Int],
    columns: &[("size", Int), ("note", Text)],
};

pub const FIND_LATEST_CHECKPOINT: Statement = Statement {
    name: "checkpoint.find_latest",
    sql: "SELECT size, note FROM checkpoint ORDER BY size DESC LIMIT 1",
    parameters: &[],
    columns: &[("size", Int), ("note", Text)],
};

/// Checkpoints from a size on, in order, at most `$2`.
pub const LIST_CHECKPOINTS: Statement = Statement {
    name: "checkpoint.list",
    sql: "SELECT size, note FROM checkpoint WHERE size >= $1 ORDER BY size LIMIT $2",
    parameters: &[Int, Int],
    columns: &[("size", Int), ("note", Text)],
};

pub const ALL: &[&Statement] = &[
    &INTRODUCE,
    &RETIRE,
    &LIST,
    &KEEP_CHECKPOINT,
    &FIND_CHECKPOINT,
    &FIND_LATEST_CHECKPOINT,
    &LIST_CHECKPOINTS,
];
