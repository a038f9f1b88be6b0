//! Entries and tree nodes. Used through [`crate::ledger`].

use crate::{Kind, Statement};

pub const ALL: &[&Statement] = &[
    &SIZE,
    &PUT_ENTRY,
    &PUT_NODE,
    &FIND_LEAF,
    &FIND_NODE,
    &LIST_ENTRIES,
];

pub const SIZE: Statement = Statement {
    name: "ledger.size",
    sql: "SELECT COALESCE(MAX(sequence) + 1, 0) AS size FROM entry",
    parameters: &[],
    columns: &[("size", Kind::Int)],
};

pub const PUT_ENTRY: Statement = Statement {
    name: "ledger.put_entry",
    sql: "INSERT INTO entry (sequence, bytes, leaf_hash) VALUES ($1, $2, $3)",
    parameters: &[Kind::Int, Kind::Bytes, Kind::Bytes],
    columns: &[],
};

pub const PUT_NODE: Statement = Statement {
    name: "ledger.put_node",
    sql: "INSERT INTO tree_node (level, position, hash) VALUES ($1, $2, $3)",
    parameters: &[Kind::Int, Kind::Int, Kind::Bytes],
    columns: &[],
};

pub const FIND_LEAF: Statement = Statement {
    name: "ledger.find_leaf",
    sql: "SELECT leaf_hash AS hash FROM entry WHERE sequence = $1",
    parameters: &[Kind::Int],
    columns: &[("hash", Kind::Bytes)],
};

pub const FIND_NODE: Statement = Statement {
    name: "ledger.find_node",
    sql: "SELECT hash FROM tree_node WHERE level = $1 AND position = $2",
    parameters: &[Kind::Int, Kind::Int],
    columns: &[("hash", Kind::Bytes)],
};

pub const LIST_ENTRIES: Statement = Statement {
    name: "ledger.list_entries",
    sql: "SELECT sequence, bytes FROM entry WHERE sequence >= $1 ORDER BY sequence LIMIT $2",
    parameters: &[Kind::Int, Kind::Int],
    columns: &[("sequence", Kind::Int), ("bytes", Kind::Bytes)],
};
