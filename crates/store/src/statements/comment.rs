//! An assessor's reusable comments: a working table.

use crate::Kind::{Int, Text};
use crate::Statement;

pub const ADD: Statement = Statement {
    name: "comment_bank.add",
    sql: "INSERT INTO comment_bank (id, person, text, uses, made_at) VALUES ($1, $2, $3, 0, $4)",
    parameters: &[Text, Text, Text, Text],
    columns: &[],
};

/// The comments of a person, those used most often first.
pub const LIST: Statement = Statement {
    name: "comment_bank.list",
    sql: "SELECT id, text, uses, made_at FROM comment_bank WHERE person = $1 ORDER BY uses DESC, made_at, id",
    parameters: &[Text],
    columns: &[("id", Text), ("text", Text), ("uses", Int), ("made_at", Text)],
};

pub const COUNT_USE: Statement = Statement {
    name: "comment_bank.count_use",
    sql: "UPDATE comment_bank SET uses = uses + 1 WHERE id = $1 AND person = $2",
    parameters: &[Text, Text],
    columns: &[],
};

pub const DROP: Statement = Statement {
    name: "comment_bank.drop",
    sql: "DELETE FROM comment_bank WHERE id = $1 AND person = $2",
    parameters: &[Text, Text],
    columns: &[],
};

pub const ALL: &[&Statement] = &[&ADD, &LIST, &COUNT_USE, &DROP];
