//! Private content: what facts seal by digest and what can be erased without touching the ledger.

use crate::{Kind, Statement};

pub const ALL: &[&Statement] = &[&PUT, &FIND, &LIST_BY_SUBJECT, &ERASE, &ERASE_SUBJECT];

const COLUMNS: &[(&str, Kind)] = &[
    ("id", Kind::Text),
    ("subject", Kind::Text),
    ("kind", Kind::Text),
    ("salt", Kind::Bytes),
    ("content", Kind::Bytes),
    ("erased_at", Kind::Text),
];

/// `$1` id, `$2` subject (whom it is about), `$3` kind (e.g. `name`), `$4` salt, `$5` content.
pub const PUT: Statement = Statement {
    name: "private.put",
    sql: "INSERT INTO private (id, subject, kind, salt, content) VALUES ($1, $2, $3, $4, $5)",
    parameters: &[Kind::Text, Kind::Text, Kind::Text, Kind::Bytes, Kind::Bytes],
    columns: &[],
};

/// Salt and content are NULL once erased.
pub const FIND: Statement = Statement {
    name: "private.find",
    sql: "SELECT id, subject, kind, salt, content, erased_at FROM private WHERE id = $1",
    parameters: &[Kind::Text],
    columns: COLUMNS,
};

/// Everything held about one subject, e.g. for a copy of a person's data.
pub const LIST_BY_SUBJECT: Statement = Statement {
    name: "private.list_by_subject",
    sql: "SELECT id, subject, kind, salt, content, erased_at FROM private WHERE subject = $1 ORDER BY id",
    parameters: &[Kind::Text],
    columns: COLUMNS,
};

/// `$1` id, `$2` the instant of erasure. The salt goes too, so that the digest in the ledger cannot be guessed at.
pub const ERASE: Statement = Statement {
    name: "private.erase",
    sql: "UPDATE private SET salt = NULL, content = NULL, erased_at = $2 WHERE id = $1 AND erased_at IS NULL",
    parameters: &[Kind::Text, Kind::Text],
    columns: &[],
};

/// `$1` subject, `$2` the instant of erasure.
pub const ERASE_SUBJECT: Statement = Statement {
    name: "private.erase_subject",
    sql: "UPDATE private SET salt = NULL, content = NULL, erased_at = $2 WHERE subject = $1 AND erased_at IS NULL",
    parameters: &[Kind::Text, Kind::Text],
    columns: &[],
};
