//! Messages to be sent. Put in the act's own transaction; sent, and marked, afterwards.

use crate::{Kind, Statement};

pub const ALL: &[&Statement] = &[&PUT, &LIST_DUE, &MARK_SENT, &MARK_FAILED];

/// `$1` id, `$2` the instant of the act, `$3` recipient, `$4` subject, `$5` body.
pub const PUT: Statement = Statement {
    name: "outbox.put",
    sql: "INSERT INTO outbox (id, at, recipient, subject, body, attempts, due_at) VALUES ($1, $2, $3, $4, $5, 0, $2)",
    parameters: &[Kind::Text, Kind::Text, Kind::Text, Kind::Text, Kind::Text],
    columns: &[],
};

/// Unsent messages that are due at `$1`, at most `$2`.
pub const LIST_DUE: Statement = Statement {
    name: "outbox.list_due",
    sql: "SELECT id, at, recipient, subject, body, attempts FROM outbox \
          WHERE sent_at IS NULL AND due_at <= $1 ORDER BY due_at, id LIMIT $2",
    parameters: &[Kind::Text, Kind::Int],
    columns: &[
        ("id", Kind::Text),
        ("at", Kind::Text),
        ("recipient", Kind::Text),
        ("subject", Kind::Text),
        ("body", Kind::Text),
        ("attempts", Kind::Int),
    ],
};

/// `$1` id, `$2` the instant. The words go, because they may hold a one-time link.
pub const MARK_SENT: Statement = Statement {
    name: "outbox.mark_sent",
    sql: "UPDATE outbox SET sent_at = $2, attempts = attempts + 1, problem = NULL, body = '' WHERE id = $1",
    parameters: &[Kind::Text, Kind::Text],
    columns: &[],
};

/// `$1` id, `$2` what went wrong, `$3` when to try again.
pub const MARK_FAILED: Statement = Statement {
    name: "outbox.mark_failed",
    sql: "UPDATE outbox SET attempts = attempts + 1, problem = $2, due_at = $3 WHERE id = $1",
    parameters: &[Kind::Text, Kind::Text, Kind::Text],
    columns: &[],
};
