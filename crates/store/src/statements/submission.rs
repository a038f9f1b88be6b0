//! Submissions: units handed in, their pieces and passages.

use crate::Kind::{Int, Text};
use crate::Statement;

pub const ADD: Statement = Statement {
    name: "submission.add",
    sql: "INSERT INTO submission (id, registration, unit, attempt, revision, state, submitted_at, submitted_on, words, ai_use, ai_detail, frozen, changes,
              centre, allocated)
          VALUES ($1, $2, $3, $4, $5, 'submitted', $6, $7, $8, $9, $10, $11, $12,
              (SELECT r.centre FROM registration r WHERE r.id = $2),
              (SELECT a.assessor FROM allocation a WHERE a.registration = $2 AND a.unit = $3))",
    parameters: &[Text, Text, Text, Int, Int, Text, Text, Int, Text, Text, Text, Text],
    columns: &[],
};

/// The assessor of a unit changes, for the work handed in on it too.
pub const ALLOCATE: Statement = Statement {
    name: "submission.allocate",
    sql: "UPDATE submission SET allocated = $3 WHERE registration = $1 AND unit = $2",
    parameters: &[Text, Text, Text],
    columns: &[],
};

/// After a return before marking: the same attempt, the next revision.
pub const HAND_IN_AGAIN: Statement = Statement {
    name: "submission.hand_in_again",
    sql: "UPDATE submission SET revision = $2, state = 'submitted', submitted_at = $3, submitted_on = $4, words = $5, ai_use = $6,
          ai_detail = $7, frozen = $8, changes = $9, assessor = NULL, taken_at = NULL WHERE id = $1",
    parameters: &[Text, Int, Text, Text, Int, Text, Text, Text, Text],
    columns: &[],
};

pub const ADD_ITEM: Statement = Statement {
    name: "submission_item.add",
    sql: "INSERT INTO submission_item (submission, revision, position, evidence, version) VALUES ($1, $2, $3, $4, $5)",
    parameters: &[Text, Int, Int, Text, Int],
    columns: &[],
};

pub const ADD_PASSAGE: Statement = Statement {
    name: "submission_passage.add",
    sql: "INSERT INTO submission_passage (submission, revision, passage) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    parameters: &[Text, Int, Text],
    columns: &[],
};

pub const TAKE: Statement = Statement {
    name: "submission.take",
    sql: "UPDATE submission SET state = 'taken', assessor = $2, taken_at = $3 WHERE id = $1",
    parameters: &[Text, Text, Text],
    columns: &[],
};

/// Work that somebody has taken waits again: another has to mark it.
pub const RELEASE: Statement = Statement {
    name: "submission.release",
    sql: "UPDATE submission SET state = 'submitted', assessor = NULL, taken_at = NULL WHERE id = $1",
    parameters: &[Text],
    columns: &[],
};

/// Work that was judged and sent back goes over to another.
pub const HAND_OVER: Statement = Statement {
    name: "submission.hand_over",
    sql: "UPDATE submission SET assessor = $2 WHERE id = $1",
    parameters: &[Text, Text],
    columns: &[],
};

pub const SET_STATE: Statement = Statement {
    name: "submission.set_state",
    sql: "UPDATE submission SET state = $2 WHERE id = $1",
    parameters: &[Text, Text],
    columns: &[],
};

pub const SET_JUDGEMENT: Statement = Statement {
    name: "submission.set_judgement",
    sql: "UPDATE submission SET state = $2, judgement = $3 WHERE id = $1",
    parameters: &[Text, Text, Text],
    columns: &[],
};

pub const FIND: Statement = Statement {
    name: "submission.find",
    sql: "SELECT id, registration, unit, attempt, revision, state, submitted_at, submitted_on, words, ai_use, ai_detail, frozen, changes, assessor, taken_at, judgement
          FROM submission WHERE id = $1",
    parameters: &[Text],
    columns: &[("id", Text), ("registration", Text), ("unit", Text), ("attempt", Int), ("revision", Int), ("state", Text), ("submitted_at", Text), ("submitted_on", Text), ("words", Int), ("ai_use", Text), ("ai_detail", Text), ("frozen", Text), ("changes", Text), ("assessor", Text), ("taken_at", Text), ("judgement", Text)],
};

pub const ADD_RETURN: Statement = Statement {
    name: "submission_return.add",
    sql: "INSERT INTO submission_return (submission, revision, grounds, because, returned_at, returned_by) VALUES ($1, $2, $3, $4, $5, $6)",
    parameters: &[Text, Int, Text, Text, Text, Text],
    columns: &[],
};

/// Every hand-in of a unit on a registration, the first attempt first.
pub const LIST_OF_UNIT: Statement = Statement {
    name: "submission.list_of_unit",
    sql: "SELECT s.id, s.attempt, s.revision, s.state, s.submitted_at, s.submitted_on, s.words, s.assessor, s.judgement, p.given, p.family
          FROM submission s LEFT JOIN person p ON p.id = s.assessor
          WHERE s.registration = $1 AND s.unit = $2 ORDER BY s.attempt, s.id",
    parameters: &[Text, Text],
    columns: &[
        ("id", Text), ("attempt", Int), ("revision", Int), ("state", Text), ("submitted_at", Text), ("submitted_on", Text),
        ("words", Int), ("assessor", Text), ("judgement", Text), ("given", Text), ("family", Text),
    ],
};

/// The pieces of a hand-in, in order.
pub const LIST_ITEMS: Statement = Statement {
    name: "submission_item.list",
    sql: "SELECT i.evidence, i.version, e.title, e.kind, v.sha256, v.file_name, v.digest, v.media, v.bytes, v.words, v.pages, v.appendix
          FROM submission_item i JOIN evidence e ON e.id = i.evidence
          JOIN evidence_version v ON v.evidence = i.evidence AND v.version = i.version
          WHERE i.submission = $1 AND i.revision = $2 ORDER BY i.position",
    parameters: &[Text, Int],
    columns: &[
        ("evidence", Text), ("version", Int), ("title", Text), ("kind", Text), ("sha256", Text), ("file_name", Text),
        ("digest", Text), ("media", Text), ("bytes", Int), ("words", Int), ("pages", Int), ("appendix", Int),
    ],
};

/// Passages on the pieces of a hand-in that belong to it, a row for each criterion: those handed in with it, and those that
/// somebody else than the learner marked since.
pub const LIST_PASSAGES: Statement = Statement {
    name: "submission_passage.list",
    sql: "SELECT p.id, p.evidence, p.version, p.place, p.from_at, p.until_at, p.note, p.marked_at, p.marked_by, p.unmarked,
          c.unit, c.criterion, w.given, w.family
          FROM submission_item i JOIN evidence e ON e.id = i.evidence
          JOIN passage p ON p.evidence = i.evidence AND p.version = i.version
          JOIN passage_criterion c ON c.passage = p.id LEFT JOIN person w ON w.id = p.marked_by
          WHERE i.submission = $1 AND i.revision = $2
          AND (EXISTS (SELECT 1 FROM submission_passage h WHERE h.submission = i.submission AND h.revision = i.revision AND h.passage = p.id)
               OR (p.unmarked = 0 AND p.marked_by <> e.learner))
          ORDER BY i.position, p.from_at, p.marked_at, p.id, c.unit, c.criterion",
    parameters: &[Text, Int],
    columns: &[
        ("id", Text), ("evidence", Text), ("version", Int), ("place", Text), ("from_at", Int), ("until_at", Int),
        ("note", Text), ("marked_at", Text), ("marked_by", Text), ("unmarked", Int), ("unit", Text), ("criterion", Text),
        ("given", Text), ("family", Text),
    ],
};

/// Returns before marking of one hand-in, the first first.
pub const LIST_RETURNS: Statement = Statement {
    name: "submission_return.list",
    sql: "SELECT r.revision, r.grounds, r.because, r.returned_at, r.returned_by, p.given, p.family
          FROM submission_return r LEFT JOIN person p ON p.id = r.returned_by WHERE r.submission = $1 ORDER BY r.revision",
    parameters: &[Text],
    columns: &[
        ("revision", Int), ("grounds", Text), ("because", Text), ("returned_at", Text), ("returned_by", Text), ("given", Text), ("family", Text),
    ],
};

/// A learner's units that wait for them: returned before marking, or referred and not handed in again.
pub const LIST_WAITING_FOR_LEARNER: Statement = Statement {
    name: "submission.list_waiting_for_learner",
    sql: "SELECT s.id, s.registration, s.unit, s.attempt, s.state, s.submitted_at, g.specification,
          (SELECT MAX(t.returned_at) FROM submission_return t WHERE t.submission = s.id) AS returned_at,
          (SELECT j.signed_at FROM judgement j WHERE j.id = s.judgement) AS signed_at
          FROM registration g CROSS JOIN submission s
          WHERE g.learner = $1 AND g.state = 'active' AND s.registration = g.id AND s.state IN ('returned', 'referred')
          AND NOT EXISTS (SELECT 1 FROM submission l WHERE l.registration = s.registration AND l.unit = s.unit AND l.attempt > s.attempt)
          ORDER BY s.submitted_at, s.id",
    parameters: &[Text],
    columns: &[
        ("id", Text), ("registration", Text), ("unit", Text), ("attempt", Int), ("state", Text), ("submitted_at", Text),
        ("specification", Text), ("returned_at", Text), ("signed_at", Text),
    ],
};

/// A learner's planned units with a target date and nothing handed in yet. The cross join keeps the order in which tables are
/// read: from the learner, never from all plans in force.
pub const LIST_TARGETS_OF_LEARNER: Statement = Statement {
    name: "submission.list_targets_of_learner",
    sql: "SELECT g.id AS registration, g.specification, u.unit, u.target_on, p.agreed_at
          FROM registration g CROSS JOIN plan p
          JOIN plan_unit u ON u.registration = p.registration AND u.version = p.version
          WHERE g.learner = $1 AND g.state = 'active' AND p.registration = g.id AND p.current = 1
          AND u.target_on IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM submission s WHERE s.registration = g.id AND s.unit = u.unit)
          AND NOT EXISTS (SELECT 1 FROM unit_result t WHERE t.registration = g.id AND t.unit = u.unit)
          ORDER BY u.target_on, u.unit LIMIT $2",
    parameters: &[Text, Int],
    columns: &[
        ("registration", Text),
        ("specification", Text),
        ("unit", Text),
        ("target_on", Text),
        ("agreed_at", Text),
    ],
};

pub const ALL: &[&Statement] = &[
    &ADD,
    &ALLOCATE,
    &HAND_IN_AGAIN,
    &ADD_ITEM,
    &ADD_PASSAGE,
    &TAKE,
    &RELEASE,
    &HAND_OVER,
    &SET_STATE,
    &SET_JUDGEMENT,
    &FIND,
    &ADD_RETURN,
    &LIST_OF_UNIT,
    &LIST_ITEMS,
    &LIST_PASSAGES,
    &LIST_RETURNS,
    &LIST_WAITING_FOR_LEARNER,
    &LIST_TARGETS_OF_LEARNER,
];
