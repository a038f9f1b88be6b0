//! Where the status of digital credentials stands.

use crate::Kind::{Int, Text};
use crate::Statement;

pub const ADD_STATUS: Statement = Statement {
    name: "certificate_status.add",
    sql: "INSERT INTO certificate_status (certificate, earlier, list, place, ended) VALUES ($1, $2, $3, $4, $5)",
    parameters: &[Text, Int, Int, Int, Int],
    columns: &[],
};

pub const END_STATUS: Statement = Statement {
    name: "certificate_status.end",
    sql: "UPDATE certificate_status SET ended = 1 WHERE certificate = $1",
    parameters: &[Text],
    columns: &[],
};

pub const FIND_STATUS: Statement = Statement {
    name: "certificate_status.find",
    sql: "SELECT list, place FROM certificate_status WHERE certificate = $1",
    parameters: &[Text],
    columns: &[("list", Int), ("place", Int)],
};

/// The certificate that was given its place last.
pub const FIND_LAST_STATUS: Statement = Statement {
    name: "certificate_status.find_last",
    sql: "SELECT earlier, list FROM certificate_status WHERE earlier >= 0 ORDER BY earlier DESC LIMIT 1",
    parameters: &[],
    columns: &[("earlier", Int), ("list", Int)],
};

/// Whether a place of a list is taken: `$1` list, `$2` place.
pub const FIND_TAKEN: Statement = Statement {
    name: "certificate_status.find_taken",
    sql: "SELECT certificate FROM certificate_status WHERE list = $1 AND place = $2",
    parameters: &[Int, Int],
    columns: &[("certificate", Text)],
};

/// Certificates in the order of issue with the number of the entry that first spoke of each, for those that were issued before
/// there were places.
pub const LIST_ISSUED_EARLIER: Statement = Statement {
    name: "certificate_status.list_issued_earlier",
    sql: "SELECT f.id AS id, f.state AS state, MIN(s.sequence) AS sequence
          FROM certificate f JOIN trail_subject s ON s.subject = f.id
          WHERE f.issued_on > '' GROUP BY f.id, f.state ORDER BY sequence",
    parameters: &[],
    columns: &[("id", Text), ("state", Text), ("sequence", Int)],
};

/// One certificate, whichever: whether there are any.
pub const FIND_ANY_CERTIFICATE: Statement = Statement {
    name: "certificate_status.find_any_certificate",
    sql: "SELECT id FROM certificate WHERE issued_on > '' LIMIT 1",
    parameters: &[],
    columns: &[("id", Text)],
};

/// How many places of a list are set. They are never unset, so the number tells whether a list has changed.
pub const COUNT_ENDED: Statement = Statement {
    name: "certificate_status.count_ended",
    sql: "SELECT COUNT(*) AS ended FROM certificate_status WHERE list = $1 AND ended = 1",
    parameters: &[Int],
    columns: &[("ended", Int)],
};

pub const LIST_ENDED: Statement = Statement {
    name: "certificate_status.list_ended",
    sql: "SELECT place FROM certificate_status WHERE list = $1 AND ended = 1 ORDER BY place",
    parameters: &[Int],
    columns: &[("place", Int)],
};

pub const ALL: &[&Statement] = &[
    &ADD_STATUS,
    &END_STATUS,
    &FIND_STATUS,
    &FIND_LAST_STATUS,
    &FIND_TAKEN,
    &LIST_ISSUED_EARLIER,
    &FIND_ANY_CERTIFICATE,
    &COUNT_ENDED,
    &LIST_ENDED,
];
