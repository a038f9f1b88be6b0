//! Requests for a certificate in another name.

use crate::Kind::{Int, Text};
use crate::{Kind, Statement};

/// `$1` id, `$2` certificate, `$3` award, `$4` given, `$5` family, `$6` proof, `$7` document, `$8` when, `$9` by whom.
pub const ADD: Statement = Statement {
    name: "name_change.add",
    sql: "INSERT INTO name_change (id, certificate, award, given, family, proof, document, state, asked_at, asked_by, centre)
          VALUES ($1, $2, $3, $4, $5, $6, $7, 'asked', $8, $9,
              (SELECT r.centre FROM award a JOIN registration r ON r.id = a.registration WHERE a.id = $3))",
    parameters: &[Text, Text, Text, Text, Text, Text, Text, Text, Text],
    columns: &[],
};

pub const SEE: Statement = Statement {
    name: "name_change.see",
    sql: "UPDATE name_change SET state = 'proved', seen = $2, seen_at = $3, seen_by = $4 WHERE id = $1",
    parameters: &[Text, Text, Text, Text],
    columns: &[],
};

pub const SETTLE: Statement = Statement {
    name: "name_change.settle",
    sql: "UPDATE name_change SET state = $2, because = $3, issued = $4, settled_at = $5, settled_by = $6 WHERE id = $1",
    parameters: &[Text, Text, Text, Text, Text, Text],
    columns: &[],
};

/// The certificate that a request is about.
pub const FIND_CERTIFICATE: Statement = Statement {
    name: "name_change.find_certificate",
    sql: "SELECT certificate FROM name_change WHERE id = $1",
    parameters: &[Text],
    columns: &[("certificate", Text)],
};

const COLUMNS: &[(&str, Kind)] = &[
    ("id", Text),
    ("award", Text),
    ("registration", Text),
    ("learner", Text),
    ("number", Text),
    ("given", Text),
    ("family", Text),
    ("face", Text),
    ("centre_name", Text),
    ("proof", Text),
    ("document", Text),
    ("seen", Text),
    ("state", Text),
    ("asked_at", Text),
    ("asked_by", Text),
    ("seen_at", Text),
    ("seen_by", Text),
    ("settled_at", Text),
    ("settled_by", Text),
    ("because", Text),
    ("issued", Text),
];

macro_rules! lines {
    ($which:literal) => {
        concat!(
            "SELECT n.id AS id, n.award AS award, a.registration AS registration, r.learner AS learner, f.number AS number,
                 n.given AS given, n.family AS family, f.face AS face,
                 t.name AS centre_name, n.proof AS proof, n.document AS document, n.seen AS seen, n.state AS state,
                 n.asked_at AS asked_at, n.asked_by AS asked_by, n.seen_at AS seen_at, n.seen_by AS seen_by,
                 n.settled_at AS settled_at, n.settled_by AS settled_by, n.because AS because, i.number AS issued
             FROM name_change n
             JOIN certificate f ON f.id = n.certificate
             JOIN award a ON a.id = n.award
             JOIN registration r ON r.id = a.registration
             JOIN centre t ON t.id = r.centre
             LEFT JOIN certificate i ON i.id = n.issued
             WHERE ",
            $which
        )
    };
}

pub const FIND: Statement = Statement {
    name: "name_change.find",
    sql: lines!("n.id = $1"),
    parameters: &[Text],
    columns: COLUMNS,
};

/// Those of an award, the last first.
pub const LIST_OF: Statement = Statement {
    name: "name_change.list_of_award",
    sql: lines!("n.award = $1 ORDER BY n.asked_at DESC, n.id LIMIT 100"),
    parameters: &[Text],
    columns: COLUMNS,
};

/// Those with states from `$1` to `$2` by their letters, the oldest first; `$3` how many, `$4` after how many.
pub const LIST: Statement = Statement {
    name: "name_change.list",
    sql: lines!("n.state >= $1 AND n.state <= $2 ORDER BY n.asked_at, n.id LIMIT $3 OFFSET $4"),
    parameters: &[Text, Text, Int, Int],
    columns: COLUMNS,
};

pub const COUNT: Statement = Statement {
    name: "name_change.count",
    sql: "SELECT COUNT(*) AS changes FROM name_change WHERE state >= $1 AND state <= $2",
    parameters: &[Text, Text],
    columns: &[("changes", Int)],
};

/// As [`LIST`] for one centre, `$5`.
pub const LIST_AT: Statement = Statement {
    name: "name_change.list_at",
    sql: lines!(
        "n.centre = $5 AND n.state >= $1 AND n.state <= $2 ORDER BY n.asked_at, n.id LIMIT $3 OFFSET $4"
    ),
    parameters: &[Text, Text, Int, Int, Text],
    columns: COLUMNS,
};

pub const COUNT_AT: Statement = Statement {
    name: "name_change.count_at",
    sql: "SELECT COUNT(*) AS changes FROM name_change WHERE centre = $3 AND state >= $1 AND state <= $2",
    parameters: &[Text, Text, Text],
    columns: &[("changes", Int)],
};

pub const ALL: &[&Statement] = &[
    &ADD,
    &SEE,
    &SETTLE,
    &FIND_CERTIFICATE,
    &FIND,
    &LIST_OF,
    &LIST,
    &COUNT,
    &LIST_AT,
    &COUNT_AT,
];
