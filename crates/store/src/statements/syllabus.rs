//! Syllabuses handed in as documents, and the steps of their reviews.

use crate::Kind::{Int, Text};
use crate::Statement;

pub const ADD: Statement = Statement {
    name: "syllabus.add",
    sql: "INSERT INTO syllabus (id, person, centre, name, media, bytes, sha256, reading, title, findings, open_findings,
          open_errors, open_warnings, at)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    parameters: &[
        Text, Text, Text, Text, Text, Int, Text, Text, Text, Int, Int, Int, Int, Text,
    ],
    columns: &[],
};

/// The title and how many findings there are, open ones, errors and warnings among these.
pub const COUNT: Statement = Statement {
    name: "syllabus.count",
    sql: "UPDATE syllabus SET title = $2, findings = $3, open_findings = $4, open_errors = $5, open_warnings = $6 WHERE id = $1",
    parameters: &[Text, Text, Int, Int, Int, Int],
    columns: &[],
};

pub const BECOME: Statement = Statement {
    name: "syllabus.become",
    sql: "UPDATE syllabus SET specification = $2 WHERE id = $1",
    parameters: &[Text, Text],
    columns: &[],
};

pub const DROP: Statement = Statement {
    name: "syllabus.drop",
    sql: "DELETE FROM syllabus WHERE id = $1",
    parameters: &[Text],
    columns: &[],
};

pub const DROP_STEPS: Statement = Statement {
    name: "syllabus_step.drop",
    sql: "DELETE FROM syllabus_step WHERE syllabus = $1",
    parameters: &[Text],
    columns: &[],
};

pub const FIND: Statement = Statement {
    name: "syllabus.find",
    sql: "SELECT id, person, centre, name, media, bytes, sha256, reading, title, findings, open_findings, open_errors,
          open_warnings, at, specification FROM syllabus WHERE id = $1",
    parameters: &[Text],
    columns: ROW,
};

/// The syllabus that a specification was made of.
pub const FIND_OF_SPECIFICATION: Statement = Statement {
    name: "syllabus.find_of_specification",
    sql: "SELECT id, person, centre, name, media, bytes, sha256, reading, title, findings, open_findings, open_errors,
          open_warnings, at, specification FROM syllabus WHERE specification = $1 ORDER BY at, id LIMIT 1",
    parameters: &[Text],
    columns: ROW,
};

/// The newest first.
pub const LIST: Statement = Statement {
    name: "syllabus.list",
    sql: "SELECT id, person, centre, name, media, bytes, sha256, reading, title, findings, open_findings, open_errors,
          open_warnings, at, specification FROM syllabus ORDER BY at DESC, id LIMIT $1",
    parameters: &[Int],
    columns: ROW,
};

/// Whether a file is a syllabus or a reading of one.
pub const FIND_BY_FILE: Statement = Statement {
    name: "syllabus.find_by_file",
    sql: "SELECT id FROM syllabus WHERE sha256 = $1 UNION ALL SELECT id FROM syllabus WHERE reading = $1 LIMIT 1",
    parameters: &[Text],
    columns: &[("id", Text)],
};

pub const ADD_STEP: Statement = Statement {
    name: "syllabus_step.add",
    sql: "INSERT INTO syllabus_step (syllabus, number, person, at, reason, deed) VALUES ($1, $2, $3, $4, $5, $6)",
    parameters: &[Text, Int, Text, Text, Text, Text],
    columns: &[],
};

pub const LIST_STEPS: Statement = Statement {
    name: "syllabus_step.list",
    sql: "SELECT number, person, at, reason, deed FROM syllabus_step WHERE syllabus = $1 ORDER BY number",
    parameters: &[Text],
    columns: &[
        ("number", Int),
        ("person", Text),
        ("at", Text),
        ("reason", Text),
        ("deed", Text),
    ],
};

/// Who worked on the syllabus that a specification was made of.
pub const LIST_REVIEWERS: Statement = Statement {
    name: "syllabus_step.list_reviewers",
    sql: "SELECT DISTINCT t.person FROM syllabus s JOIN syllabus_step t ON t.syllabus = s.id WHERE s.specification = $1
          ORDER BY t.person",
    parameters: &[Text],
    columns: &[("person", Text)],
};

const ROW: &[(&str, crate::Kind)] = &[
    ("id", Text),
    ("person", Text),
    ("centre", Text),
    ("name", Text),
    ("media", Text),
    ("bytes", Int),
    ("sha256", Text),
    ("reading", Text),
    ("title", Text),
    ("findings", Int),
    ("open_findings", Int),
    ("open_errors", Int),
    ("open_warnings", Int),
    ("at", Text),
    ("specification", Text),
];

pub const ALL: &[&Statement] = &[
    &ADD,
    &COUNT,
    &BECOME,
    &DROP,
    &DROP_STEPS,
    &FIND,
    &FIND_OF_SPECIFICATION,
    &LIST,
    &FIND_BY_FILE,
    &ADD_STEP,
    &LIST_STEPS,
    &LIST_REVIEWERS,
];
