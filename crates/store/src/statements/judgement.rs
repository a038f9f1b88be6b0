//! Decisions at the marking desk, signed judgements, and final unit results.

use crate::Kind::{Int, Text};
use crate::Statement;

pub const SAVE_DECISION: Statement = Statement {
    name: "criterion_decision.save",
    sql: "INSERT INTO criterion_decision (submission, criterion, decision, reason, reason_sealed, passages, verbs, words, decided_at, decided_by)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
          ON CONFLICT (submission, criterion) DO UPDATE SET decision = excluded.decision, reason = excluded.reason,
          reason_sealed = excluded.reason_sealed, passages = excluded.passages, verbs = excluded.verbs, words = excluded.words,
          decided_at = excluded.decided_at, decided_by = excluded.decided_by",
    parameters: &[Text, Text, Text, Text, Text, Text, Text, Text, Text, Text],
    columns: &[],
};

pub const CLEAR_DECISIONS: Statement = Statement {
    name: "criterion_decision.clear",
    sql: "DELETE FROM criterion_decision WHERE submission = $1",
    parameters: &[Text],
    columns: &[],
};

pub const SAVE_QUALITY: Statement = Statement {
    name: "quality_judgement.save",
    sql: "INSERT INTO quality_judgement (submission, quality, satisfied, remark, remark_sealed, decided_at, decided_by)
          VALUES ($1, $2, $3, $4, $5, $6, $7)
          ON CONFLICT (submission, quality) DO UPDATE SET satisfied = excluded.satisfied, remark = excluded.remark,
          remark_sealed = excluded.remark_sealed, decided_at = excluded.decided_at, decided_by = excluded.decided_by",
    parameters: &[Text, Text, Int, Text, Text, Text, Text],
    columns: &[],
};

pub const CLEAR_QUALITIES: Statement = Statement {
    name: "quality_judgement.clear",
    sql: "DELETE FROM quality_judgement WHERE submission = $1",
    parameters: &[Text],
    columns: &[],
};

pub const ADD: Statement = Statement {
    name: "judgement.add",
    sql: "INSERT INTO judgement (id, submission, outcome, signed_by, signed_at, signed_on, supersedes, superseded, countersignature_due, feedback, verification_state, external_order)
          VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10, $11)",
    parameters: &[Text, Text, Text, Text, Text, Text, Text, Int, Text, Text, Text],
    columns: &[],
};

pub const ADD_CRITERION: Statement = Statement {
    name: "judgement_criterion.add",
    sql: "INSERT INTO judgement_criterion (judgement, criterion, decision, reason, passages, words) VALUES ($1, $2, $3, $4, $5, $6)",
    parameters: &[Text, Text, Text, Text, Text, Text],
    columns: &[],
};

pub const ADD_QUALITY: Statement = Statement {
    name: "judgement_quality.add",
    sql: "INSERT INTO judgement_quality (judgement, quality, satisfied, remark) VALUES ($1, $2, $3, $4)",
    parameters: &[Text, Text, Int, Text],
    columns: &[],
};

pub const SUPERSEDE: Statement = Statement {
    name: "judgement.supersede",
    sql: "UPDATE judgement SET superseded = 1 WHERE id = $1",
    parameters: &[Text],
    columns: &[],
};

pub const COUNTERSIGN: Statement = Statement {
    name: "judgement.countersign",
    sql: "UPDATE judgement SET countersigned_by = $2, countersigned_at = $3 WHERE id = $1",
    parameters: &[Text, Text, Text],
    columns: &[],
};

pub const SET_VERIFICATION: Statement = Statement {
    name: "judgement.set_verification",
    sql: "UPDATE judgement SET verification_state = $2 WHERE id = $1",
    parameters: &[Text, Text],
    columns: &[],
};

pub const FIND: Statement = Statement {
    name: "judgement.find",
    sql: "SELECT id, submission, outcome, signed_by, signed_at, signed_on, supersedes, superseded, countersignature_due, countersigned_by, countersigned_at, feedback, verification_state, external_order
          FROM judgement WHERE id = $1",
    parameters: &[Text],
    columns: &[("id", Text), ("submission", Text), ("outcome", Text), ("signed_by", Text), ("signed_at", Text), ("signed_on", Text), ("supersedes", Text), ("superseded", Int), ("countersignature_due", Int), ("countersigned_by", Text), ("countersigned_at", Text), ("feedback", Text), ("verification_state", Text), ("external_order", Text)],
};

pub const RECORD_OWN_GRADE: Statement = Statement {
    name: "own_grade.record",
    sql: "INSERT INTO own_grade (submission, grade, recorded_at, recorded_by) VALUES ($1, $2, $3, $4)
          ON CONFLICT (submission) DO UPDATE SET grade = excluded.grade, recorded_at = excluded.recorded_at, recorded_by = excluded.recorded_by",
    parameters: &[Text, Text, Text, Text],
    columns: &[],
};

pub const ADD_RESULT: Statement = Statement {
    name: "unit_result.add",
    sql: "INSERT INTO unit_result (registration, unit, submission, judgement, achieved_on) VALUES ($1, $2, $3, $4, $5)
          ON CONFLICT (registration, unit) DO UPDATE SET submission = excluded.submission, judgement = excluded.judgement, achieved_on = excluded.achieved_on",
    parameters: &[Text, Text, Text, Text, Text],
    columns: &[],
};

/// What must be known of a submission to judge or to verify it.
pub const FIND_CASE: Statement = Statement {
    name: "judgement.find_case",
    sql: "SELECT s.id, s.registration, s.unit, s.attempt, s.revision, s.state, s.submitted_at, s.submitted_on, s.words,
          s.assessor, s.judgement, r.learner, r.centre, r.specification, r.qualification, r.number,
          a.assessor AS allocated, a.verifier AS verifier, a.tutor AS tutor,
          (SELECT COUNT(*) FROM submission_return t WHERE t.submission = s.id) AS returns
          FROM submission s JOIN registration r ON r.id = s.registration
          LEFT JOIN allocation a ON a.registration = s.registration AND a.unit = s.unit
          WHERE s.id = $1",
    parameters: &[Text],
    columns: &[
        ("id", Text),
        ("registration", Text),
        ("unit", Text),
        ("attempt", Int),
        ("revision", Int),
        ("state", Text),
        ("submitted_at", Text),
        ("submitted_on", Text),
        ("words", Int),
        ("assessor", Text),
        ("judgement", Text),
        ("learner", Text),
        ("centre", Text),
        ("specification", Text),
        ("qualification", Text),
        ("number", Text),
        ("allocated", Text),
        ("verifier", Text),
        ("tutor", Text),
        ("returns", Int),
    ],
};

/// Passages that may be cited: those in the versions handed in with the present revision, not unmarked.
pub const LIST_CITABLE: Statement = Statement {
    name: "judgement.list_citable",
    sql: "SELECT p.id FROM submission s
          JOIN submission_item i ON i.submission = s.id AND i.revision = s.revision
          JOIN passage p ON p.evidence = i.evidence AND p.version = i.version
          WHERE s.id = $1 AND (p.unmarked = 0 OR EXISTS (SELECT 1 FROM submission_passage sp
          WHERE sp.submission = s.id AND sp.revision = s.revision AND sp.passage = p.id))
          ORDER BY p.id",
    parameters: &[Text],
    columns: &[("id", Text)],
};

pub const LIST_DECISIONS: Statement = Statement {
    name: "criterion_decision.list",
    sql: "SELECT criterion, decision, reason, reason_sealed, passages, verbs, words, decided_at, decided_by
          FROM criterion_decision WHERE submission = $1 ORDER BY criterion",
    parameters: &[Text],
    columns: &[
        ("criterion", Text),
        ("decision", Text),
        ("reason", Text),
        ("reason_sealed", Text),
        ("passages", Text),
        ("verbs", Text),
        ("words", Text),
        ("decided_at", Text),
        ("decided_by", Text),
    ],
};

pub const LIST_QUALITIES: Statement = Statement {
    name: "quality_judgement.list",
    sql: "SELECT quality, satisfied, remark, remark_sealed, decided_at, decided_by
          FROM quality_judgement WHERE submission = $1 ORDER BY quality",
    parameters: &[Text],
    columns: &[
        ("quality", Text),
        ("satisfied", Int),
        ("remark", Text),
        ("remark_sealed", Text),
        ("decided_at", Text),
        ("decided_by", Text),
    ],
};

pub const LIST_SIGNED_CRITERIA: Statement = Statement {
    name: "judgement_criterion.list",
    sql: "SELECT criterion, decision, reason, passages, words FROM judgement_criterion WHERE judgement = $1 ORDER BY criterion",
    parameters: &[Text],
    columns: &[
        ("criterion", Text),
        ("decision", Text),
        ("reason", Text),
        ("passages", Text),
        ("words", Text),
    ],
};

pub const LIST_SIGNED_QUALITIES: Statement = Statement {
    name: "judgement_quality.list",
    sql: "SELECT quality, satisfied, remark FROM judgement_quality WHERE judgement = $1 ORDER BY quality",
    parameters: &[Text],
    columns: &[("quality", Text), ("satisfied", Int), ("remark", Text)],
};

/// Every judgement on a submission, the oldest first.
pub const LIST_OF_SUBMISSION: Statement = Statement {
    name: "judgement.list_of_submission",
    sql: "SELECT id, outcome, signed_by, signed_at, signed_on, superseded, countersignature_due, countersigned_by,
          countersigned_at, feedback, verification_state, external_order FROM judgement WHERE submission = $1 ORDER BY signed_at, id",
    parameters: &[Text],
    columns: &[
        ("id", Text),
        ("outcome", Text),
        ("signed_by", Text),
        ("signed_at", Text),
        ("signed_on", Text),
        ("superseded", Int),
        ("countersignature_due", Int),
        ("countersigned_by", Text),
        ("countersigned_at", Text),
        ("feedback", Text),
        ("verification_state", Text),
        ("external_order", Text),
    ],
};

/// Everybody who signed or countersigned a judgement on the learner's unit, in any attempt and on any registration.
pub const LIST_ASSESSED_BY: Statement = Statement {
    name: "judgement.list_assessed_by",
    sql: "SELECT j.signed_by AS person FROM judgement j JOIN submission s ON s.id = j.submission
          JOIN registration r ON r.id = s.registration WHERE r.learner = $1 AND s.unit = $2
          UNION
          SELECT j.countersigned_by AS person FROM judgement j JOIN submission s ON s.id = j.submission
          JOIN registration r ON r.id = s.registration WHERE r.learner = $1 AND s.unit = $2
          AND j.countersigned_by IS NOT NULL
          ORDER BY person",
    parameters: &[Text, Text],
    columns: &[("person", Text)],
};

/// Everybody who was ever the learner's tutor on a unit.
pub const LIST_TUTORS: Statement = Statement {
    name: "judgement.list_tutors",
    sql: "SELECT DISTINCT p.person FROM allocation_past p JOIN registration r ON r.id = p.registration
          WHERE r.learner = $1 AND p.unit = $2 AND p.role = 'tutor' ORDER BY p.person",
    parameters: &[Text, Text],
    columns: &[("person", Text)],
};

/// The marking queue of an assessor over all centres at which they assess on a day: work allocated to them or taken by
/// them, work that nobody is allocated to, and what waits for a countersignature, but nothing that the awarding body assesses; the oldest
/// hand-in first. Parameters:
/// assessor, day, state or blank for all, search in the learner's name or the unit (with `%`) or blank, limit, offset.
pub const LIST_QUEUE: Statement = Statement {
    name: "judgement.list_queue",
    sql: "SELECT w.id, w.registration, w.unit, w.attempt, w.revision, w.state, w.submitted_at, w.submitted_on, w.words,
          w.assessor, w.allocated, w.learner, w.qualification, w.specification, w.given, w.family,
          q.given AS assessor_given, q.family AS assessor_family,
          (SELECT COUNT(*) FROM criterion_decision d WHERE d.submission = w.id) AS decided,
          (SELECT j.signed_by FROM judgement j WHERE j.id = w.judgement) AS signed_by
          FROM (SELECT s.id, s.registration, s.unit, s.attempt, s.revision, s.state, s.submitted_at, s.submitted_on, s.words,
              s.assessor, s.judgement, s.allocated, r.learner, r.qualification, r.specification, p.given, p.family
              FROM (SELECT s.id FROM submission s
                  WHERE s.centre IN (SELECT g.centre FROM role_grant g WHERE g.person = $1 AND g.role = 'assessor'
                  AND g.from_on <= $2 AND (g.until_on IS NULL OR g.until_on >= $2))
                  AND s.state IN ('submitted', 'taken', 'sent_back', 'countersign_due')
                  AND (s.assessor = $1 OR s.allocated = $1 OR (s.assessor IS NULL AND s.allocated IS NULL)
                      OR s.state = 'countersign_due')
                  AND NOT EXISTS (SELECT 1 FROM external_order e WHERE e.hand_in = s.id AND e.withdrawn_at IS NULL)
                  AND ($3 = '' OR s.state = $3)
                  AND ($4 = '' OR EXISTS (SELECT 1 FROM registration r JOIN person p ON p.id = r.learner
                      WHERE r.id = s.registration
                      AND (LOWER(p.given || ' ' || p.family) LIKE $4 ESCAPE '!' OR LOWER(s.unit) LIKE $4 ESCAPE '!')))
                  ORDER BY s.submitted_at, s.id LIMIT $5 OFFSET $6) l
              JOIN submission s ON s.id = l.id JOIN registration r ON r.id = s.registration
              JOIN person p ON p.id = r.learner) w
          LEFT JOIN person q ON q.id = w.assessor
          ORDER BY w.submitted_at, w.id",
    parameters: &[Text, Text, Text, Text, Int, Int],
    columns: &[
        ("id", Text),
        ("registration", Text),
        ("unit", Text),
        ("attempt", Int),
        ("revision", Int),
        ("state", Text),
        ("submitted_at", Text),
        ("submitted_on", Text),
        ("words", Int),
        ("assessor", Text),
        ("allocated", Text),
        ("learner", Text),
        ("qualification", Text),
        ("specification", Text),
        ("given", Text),
        ("family", Text),
        ("assessor_given", Text),
        ("assessor_family", Text),
        ("decided", Int),
        ("signed_by", Text),
    ],
};

/// How many [`LIST_QUEUE`] finds, by state.
pub const COUNT_QUEUE: Statement = Statement {
    name: "judgement.count_queue",
    sql: "SELECT s.state, COUNT(*) AS pieces
          FROM submission s
          WHERE s.centre IN (SELECT g.centre FROM role_grant g WHERE g.person = $1 AND g.role = 'assessor'
          AND g.from_on <= $2 AND (g.until_on IS NULL OR g.until_on >= $2))
          AND s.state IN ('submitted', 'taken', 'sent_back', 'countersign_due')
          AND (s.assessor = $1 OR s.allocated = $1 OR (s.assessor IS NULL AND s.allocated IS NULL)
              OR s.state = 'countersign_due')
          AND NOT EXISTS (SELECT 1 FROM external_order e WHERE e.hand_in = s.id AND e.withdrawn_at IS NULL)
          AND ($3 = '' OR EXISTS (SELECT 1 FROM registration r JOIN person p ON p.id = r.learner
              WHERE r.id = s.registration
              AND (LOWER(p.given || ' ' || p.family) LIKE $3 ESCAPE '!' OR LOWER(s.unit) LIKE $3 ESCAPE '!')))
          GROUP BY s.state ORDER BY s.state",
    parameters: &[Text, Text, Text],
    columns: &[("state", Text), ("pieces", Int)],
};

/// Every hand-in of one learner's unit on a registration with the judgement in force, the last attempt first.
pub const LIST_ATTEMPTS: Statement = Statement {
    name: "judgement.list_attempts",
    sql: "SELECT s.id, s.attempt, s.state, s.submitted_on, s.judgement FROM submission s
          WHERE s.registration = $1 AND s.unit = $2 ORDER BY s.attempt DESC, s.id",
    parameters: &[Text, Text],
    columns: &[
        ("id", Text),
        ("attempt", Int),
        ("state", Text),
        ("submitted_on", Text),
        ("judgement", Text),
    ],
};

/// The centre's own grade of a submission.
pub const FIND_OWN_GRADE: Statement = Statement {
    name: "own_grade.find",
    sql: "SELECT grade, recorded_at, recorded_by FROM own_grade WHERE submission = $1",
    parameters: &[Text],
    columns: &[("grade", Text), ("recorded_at", Text), ("recorded_by", Text)],
};

pub const ALL: &[&Statement] = &[
    &SAVE_DECISION,
    &CLEAR_DECISIONS,
    &SAVE_QUALITY,
    &CLEAR_QUALITIES,
    &ADD,
    &ADD_CRITERION,
    &ADD_QUALITY,
    &SUPERSEDE,
    &COUNTERSIGN,
    &SET_VERIFICATION,
    &FIND,
    &RECORD_OWN_GRADE,
    &ADD_RESULT,
    &FIND_CASE,
    &LIST_CITABLE,
    &LIST_DECISIONS,
    &LIST_QUALITIES,
    &LIST_SIGNED_CRITERIA,
    &LIST_SIGNED_QUALITIES,
    &LIST_OF_SUBMISSION,
    &LIST_ASSESSED_BY,
    &LIST_TUTORS,
    &LIST_QUEUE,
    &COUNT_QUEUE,
    &LIST_ATTEMPTS,
    &FIND_OWN_GRADE,
];
