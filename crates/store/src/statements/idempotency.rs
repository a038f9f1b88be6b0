//! Answers already given, by the key that the caller chose.

use crate::{Kind, Statement};

pub const ALL: &[&Statement] = &[&FIND, &PUT, &FORGET];

/// `$1` person, `$2` key.
pub const FIND: Statement = Statement {
    name: "idempotency.find",
    sql: "SELECT route, request_digest, status, body, at FROM idempotency WHERE person = $1 AND key = $2",
    parameters: &[Kind::Text, Kind::Text],
    columns: &[
        ("route", Kind::Text),
        ("request_digest", Kind::Bytes),
        ("status", Kind::Int),
        ("body", Kind::Bytes),
        ("at", Kind::Text),
    ],
};

/// `$1` person, `$2` key, `$3` route, `$4` digest of the request, `$5` status, `$6` body, `$7` the instant.
pub const PUT: Statement = Statement {
    name: "idempotency.put",
    sql: "INSERT INTO idempotency (person, key, route, request_digest, status, body, at) \
          VALUES ($1, $2, $3, $4, $5, $6, $7)",
    parameters: &[
        Kind::Text,
        Kind::Text,
        Kind::Text,
        Kind::Bytes,
        Kind::Int,
        Kind::Bytes,
        Kind::Text,
    ],
    columns: &[],
};

/// Forgets answers given before `$1`.
pub const FORGET: Statement = Statement {
    name: "idempotency.forget",
    sql: "DELETE FROM idempotency WHERE at < $1",
    parameters: &[Kind::Text],
    columns: &[],
};
