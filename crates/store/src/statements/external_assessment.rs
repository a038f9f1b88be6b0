//! Orders that the awarding body assesses a unit.

use crate::Kind::{Int, Text};
use crate::{Kind, Statement};

/// `$1` id, `$2` registration, `$3` unit, `$4` instant, `$5` day, `$6` by whom. Where it stands is set by [`SET_STATE`].
pub const ADD: Statement = Statement {
    name: "external_order.add",
    sql: "INSERT INTO external_order (id, registration, unit, centre, state, place, sorted_by, ordered_at, ordered_on, ordered_by)
          VALUES ($1, $2, $3, COALESCE((SELECT r.centre FROM registration r WHERE r.id = $2), ''), 'ordered', 2, $4, $4, $5, $6)",
    parameters: &[Text, Text, Text, Text, Text, Text],
    columns: &[],
};

/// `$1` id, `$2` state, `$3` place in lists, `$4` what it is sorted by there, `$5` the last hand-in.
pub const SET_STATE: Statement = Statement {
    name: "external_order.set_state",
    sql: "UPDATE external_order SET state = $2, place = $3, sorted_by = $4, hand_in = $5 WHERE id = $1",
    parameters: &[Text, Text, Int, Text, Text],
    columns: &[],
};

/// `$1` id, `$2` instant, `$3` by whom.
pub const WITHDRAW: Statement = Statement {
    name: "external_order.withdraw",
    sql: "UPDATE external_order SET state = 'withdrawn', place = 4, sorted_by = ordered_at, withdrawn_at = $2, withdrawn_by = $3
          WHERE id = $1",
    parameters: &[Text, Text, Text],
    columns: &[],
};

/// `$1` id, `$2` hand-in, `$3` its revision, `$4` instant, `$5` day, `$6` by whom, `$7` when the result is due.
pub const RECEIVE: Statement = Statement {
    name: "external_order.receive",
    sql: "UPDATE external_order SET submission = $2, revision = $3, received_at = $4, received_on = $5, received_by = $6, due_on = $7
          WHERE id = $1",
    parameters: &[Text, Text, Int, Text, Text, Text, Text],
    columns: &[],
};

/// `$1` id, `$2` the external assessor.
pub const ALLOCATE: Statement = Statement {
    name: "external_order.allocate",
    sql: "UPDATE external_order SET assessor = $2 WHERE id = $1",
    parameters: &[Text, Text],
    columns: &[],
};

/// The result was out once; what comes after a correction has no day of its own.
pub const DROP_DUE: Statement = Statement {
    name: "external_order.drop_due",
    sql: "UPDATE external_order SET due_on = NULL WHERE id = $1",
    parameters: &[Text],
    columns: &[],
};

/// The order of a unit that stands: not withdrawn.
pub const FIND_STANDING: Statement = Statement {
    name: "external_order.find_standing",
    sql: "SELECT id, state, ordered_at, submission, revision, due_on, assessor FROM external_order
          WHERE registration = $1 AND unit = $2 AND withdrawn_at IS NULL",
    parameters: &[Text, Text],
    columns: &[
        ("id", Text),
        ("state", Text),
        ("ordered_at", Text),
        ("submission", Text),
        ("revision", Int),
        ("due_on", Text),
        ("assessor", Text),
    ],
};

/// Orders of a registration that stand.
pub const LIST_STANDING: Statement = Statement {
    name: "external_order.list_standing",
    sql: "SELECT id, unit, state, due_on FROM external_order WHERE registration = $1 AND withdrawn_at IS NULL
          ORDER BY ordered_at, id",
    parameters: &[Text],
    columns: &[("id", Text), ("unit", Text), ("state", Text), ("due_on", Text)],
};

macro_rules! lines {
    ($which:literal) => {
        concat!(
            "SELECT o.id, o.registration, o.unit, o.centre, o.state, o.ordered_at, o.ordered_on, o.ordered_by, o.hand_in, o.submission,
              o.revision, o.received_on, o.due_on, o.assessor, o.withdrawn_at, r.learner, r.number, r.qualification, r.specification,
              p.given, p.family, c.name AS centre_name, q.given AS assessor_given, q.family AS assessor_family,
              s.state AS hand_in_state, s.attempt, s.revision AS hand_in_revision, s.submitted_on, s.assessor AS taken_by
              FROM external_order o JOIN registration r ON r.id = o.registration JOIN person p ON p.id = r.learner
              JOIN centre c ON c.id = o.centre LEFT JOIN person q ON q.id = o.assessor LEFT JOIN submission s ON s.id = o.hand_in
              WHERE ",
            $which
        )
    };
}

const COLUMNS: &[(&str, Kind)] = &[
    ("id", Text),
    ("registration", Text),
    ("unit", Text),
    ("centre", Text),
    ("state", Text),
    ("ordered_at", Text),
    ("ordered_on", Text),
    ("ordered_by", Text),
    ("hand_in", Text),
    ("submission", Text),
    ("revision", Int),
    ("received_on", Text),
    ("due_on", Text),
    ("assessor", Text),
    ("withdrawn_at", Text),
    ("learner", Text),
    ("number", Text),
    ("qualification", Text),
    ("specification", Text),
    ("given", Text),
    ("family", Text),
    ("centre_name", Text),
    ("assessor_given", Text),
    ("assessor_family", Text),
    ("hand_in_state", Text),
    ("attempt", Int),
    ("hand_in_revision", Int),
    ("submitted_on", Text),
    ("taken_by", Text),
];

pub const FIND: Statement = Statement {
    name: "external_order.find",
    sql: lines!("o.id = $1"),
    parameters: &[Text],
    columns: COLUMNS,
};

/// Those with places from `$1` to `$2`, in the order of the places; `$3` how many, `$4` after how many.
pub const LIST: Statement = Statement {
    name: "external_order.list",
    sql: lines!("o.place >= $1 AND o.place <= $2 ORDER BY o.place, o.sorted_by, o.id LIMIT $3 OFFSET $4"),
    parameters: &[Int, Int, Int, Int],
    columns: COLUMNS,
};

pub const COUNT: Statement = Statement {
    name: "external_order.count",
    sql: "SELECT COUNT(*) AS orders FROM external_order WHERE place >= $1 AND place <= $2",
    parameters: &[Int, Int],
    columns: &[("orders", Int)],
};

/// As [`LIST`] for one centre, `$5`.
pub const LIST_AT: Statement = Statement {
    name: "external_order.list_at",
    sql: lines!(
        "o.centre = $5 AND o.place >= $1 AND o.place <= $2 ORDER BY o.place, o.sorted_by, o.id LIMIT $3 OFFSET $4"
    ),
    parameters: &[Int, Int, Int, Int, Text],
    columns: COLUMNS,
};

pub const COUNT_AT: Statement = Statement {
    name: "external_order.count_at",
    sql: "SELECT COUNT(*) AS orders FROM external_order WHERE centre = $3 AND place >= $1 AND place <= $2",
    parameters: &[Int, Int, Text],
    columns: &[("orders", Int)],
};

/// As [`LIST`] for one external assessor, `$5`.
pub const LIST_OF: Statement = Statement {
    name: "external_order.list_of",
    sql: lines!(
        "o.assessor = $5 AND o.place >= $1 AND o.place <= $2 ORDER BY o.place, o.sorted_by, o.id LIMIT $3 OFFSET $4"
    ),
    parameters: &[Int, Int, Int, Int, Text],
    columns: COLUMNS,
};

pub const COUNT_OF: Statement = Statement {
    name: "external_order.count_of",
    sql: "SELECT COUNT(*) AS orders FROM external_order WHERE assessor = $3 AND place >= $1 AND place <= $2",
    parameters: &[Int, Int, Text],
    columns: &[("orders", Int)],
};

/// Everybody who holds the role of external assessor on a day.
pub const LIST_ASSESSORS: Statement = Statement {
    name: "external_order.list_assessors",
    sql: "SELECT DISTINCT p.id AS person, p.given AS given, p.family AS family FROM role_grant g JOIN person p ON p.id = g.person
          WHERE g.role = 'external_assessor' AND g.from_on <= $1 AND (g.until_on IS NULL OR g.until_on >= $1)
          ORDER BY p.family, p.given, p.id",
    parameters: &[Text],
    columns: &[("person", Text), ("given", Text), ("family", Text)],
};

/// Hand-ins that an external assessor has, in which a version of a piece of evidence is.
pub const LIST_WITH_EVIDENCE: Statement = Statement {
    name: "external_order.list_with_evidence",
    sql: "SELECT DISTINCT r.specification FROM submission_item i JOIN submission s ON s.id = i.submission
          JOIN external_order o ON o.registration = s.registration AND o.unit = s.unit
          JOIN registration r ON r.id = o.registration
          WHERE i.evidence = $1 AND o.assessor = $2 AND o.withdrawn_at IS NULL ORDER BY r.specification",
    parameters: &[Text, Text],
    columns: &[("specification", Text)],
};

pub const ALL: &[&Statement] = &[
    &ADD,
    &SET_STATE,
    &WITHDRAW,
    &RECEIVE,
    &ALLOCATE,
    &DROP_DUE,
    &FIND_STANDING,
    &LIST_STANDING,
    &FIND,
    &LIST,
    &COUNT,
    &LIST_AT,
    &COUNT_AT,
    &LIST_OF,
    &COUNT_OF,
    &LIST_ASSESSORS,
    &LIST_WITH_EVIDENCE,
];
