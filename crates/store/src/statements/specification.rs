//! Specifications: the texts loaded, and where each version stands between draft and publication.

use crate::Kind::{Int, Text};
use crate::Statement;

pub const KEEP_TEXT: Statement = Statement {
    name: "specification_text.keep",
    sql: "INSERT INTO specification_text (digest, format, text) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    parameters: &[Text, Text, Text],
    columns: &[],
};

pub const FIND_TEXT: Statement = Statement {
    name: "specification_text.find",
    sql: "SELECT s.digest, t.format, t.text FROM specification s JOIN specification_text t ON t.digest = s.digest WHERE s.id = $1",
    parameters: &[Text],
    columns: &[("digest", Text), ("format", Text), ("text", Text)],
};

/// Guidance that is kept beside the text.
pub const KEEP_GUIDANCE: Statement = Statement {
    name: "specification_guidance.keep",
    sql: "INSERT INTO specification_guidance (specification, text) VALUES ($1, $2)",
    parameters: &[Text, Text],
    columns: &[],
};

pub const FIND_GUIDANCE: Statement = Statement {
    name: "specification_guidance.find",
    sql: "SELECT text FROM specification_guidance WHERE specification = $1",
    parameters: &[Text],
    columns: &[("text", Text)],
};

pub const DRAFT: Statement = Statement {
    name: "specification.draft",
    sql: "INSERT INTO specification (id, digest, title, version, state, drafted_by, drafted_at)
          VALUES ($1, $2, $3, $4, 'draft', $5, $6)",
    parameters: &[Text, Text, Text, Text, Text, Text],
    columns: &[],
};

pub const CHECK: Statement = Statement {
    name: "specification.check",
    sql: "UPDATE specification SET state = 'checked', checked_at = $2, errors = $3, warnings = $4 WHERE id = $1",
    parameters: &[Text, Text, Int, Int],
    columns: &[],
};

pub const APPROVE: Statement = Statement {
    name: "specification.approve",
    sql: "UPDATE specification SET state = 'approved', approved_by = $2, approved_at = $3 WHERE id = $1",
    parameters: &[Text, Text, Text],
    columns: &[],
};

pub const PUBLISH: Statement = Statement {
    name: "specification.publish",
    sql: "UPDATE specification SET state = 'published', published_by = $2, published_at = $3 WHERE id = $1",
    parameters: &[Text, Text, Text],
    columns: &[],
};

pub const FIND: Statement = Statement {
    name: "specification.find",
    sql: "SELECT id, digest, title, version, state, drafted_by, drafted_at, checked_at, errors, warnings, approved_by,
          approved_at, published_by, published_at FROM specification WHERE id = $1",
    parameters: &[Text],
    columns: ROW,
};

/// All versions, the newest first.
pub const LIST: Statement = Statement {
    name: "specification.list",
    sql: "SELECT id, digest, title, version, state, drafted_by, drafted_at, checked_at, errors, warnings, approved_by,
          approved_at, published_by, published_at FROM specification ORDER BY drafted_at DESC, id",
    parameters: &[],
    columns: ROW,
};

const ROW: &[(&str, crate::Kind)] = &[
    ("id", Text),
    ("digest", Text),
    ("title", Text),
    ("version", Text),
    ("state", Text),
    ("drafted_by", Text),
    ("drafted_at", Text),
    ("checked_at", Text),
    ("errors", Int),
    ("warnings", Int),
    ("approved_by", Text),
    ("approved_at", Text),
    ("published_by", Text),
    ("published_at", Text),
];

pub const ALL: &[&Statement] = &[
    &KEEP_TEXT,
    &FIND_TEXT,
    &KEEP_GUIDANCE,
    &FIND_GUIDANCE,
    &DRAFT,
    &CHECK,
    &APPROVE,
    &PUBLISH,
    &FIND,
    &LIST,
];
