//! Internal verification of judgements.

use crate::Kind::{Int, Text};
use crate::Statement;

pub const ADD: Statement = Statement {
    name: "verification.add",
    sql: "INSERT INTO verification (id, judgement, kind, agreed, remark, made_at, made_on, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    parameters: &[Text, Text, Text, Int, Text, Text, Text, Text],
    columns: &[],
};

pub const ADD_CRITERION: Statement = Statement {
    name: "verification_criterion.add",
    sql: "INSERT INTO verification_criterion (verification, criterion, agrees, reason) VALUES ($1, $2, $3, $4)",
    parameters: &[Text, Text, Int, Text],
    columns: &[],
};

/// Judgements that wait for internal verification at the centres at which a person verifies on a day, the oldest first,
/// but for units that the awarding body assesses; each with everybody who ever assessed or taught the learner on the unit (ids with a space between).
/// Parameters: verifier, day, search in the learner's name or the unit (with `%`) or blank, limit, offset.
pub const LIST_DUE: Statement = Statement {
    name: "verification.list_due",
    sql: "SELECT d.judgement, d.submission, d.signed_at, d.signed_on, d.signed_by, d.countersigned_by, d.registration, d.unit,
          d.attempt, d.state, d.qualification, d.specification, d.learner, d.centre, d.given, d.family,
          q.given AS assessor_given, q.family AS assessor_family, a.verifier AS allocated,
          (SELECT STRING_AGG(e.signed_by || ' ' || COALESCE(e.countersigned_by, ''), ' ')
              FROM registration o JOIN submission w ON w.registration = o.id JOIN judgement e ON e.submission = w.id
              WHERE o.learner = d.learner AND w.unit = d.unit) AS assessed_by,
          (SELECT STRING_AGG(t.person, ' ') FROM registration o JOIN allocation_past t ON t.registration = o.id
              WHERE o.learner = d.learner AND t.unit = d.unit AND t.role = 'tutor') AS tutors
          FROM (SELECT j.id AS judgement, j.submission, j.signed_at, j.signed_on, j.signed_by, j.countersigned_by,
              s.registration, s.unit, s.attempt, s.state, r.qualification, r.specification, r.learner, r.centre,
              p.given, p.family
              FROM (SELECT j.id FROM submission s JOIN judgement j ON j.id = s.judgement
                  WHERE s.state = 'verification_due' AND j.verification_state = 'due'
                  AND NOT EXISTS (SELECT 1 FROM external_order e WHERE e.hand_in = s.id AND e.withdrawn_at IS NULL)
                  AND s.centre IN (SELECT g.centre FROM role_grant g WHERE g.person = $1 AND g.role = 'internal_verifier'
                  AND g.from_on <= $2 AND (g.until_on IS NULL OR g.until_on >= $2))
                  AND ($3 = '' OR EXISTS (SELECT 1 FROM registration r JOIN person p ON p.id = r.learner
                      WHERE r.id = s.registration
                      AND (LOWER(p.given || ' ' || p.family) LIKE $3 ESCAPE '!' OR LOWER(s.unit) LIKE $3 ESCAPE '!')))
                  ORDER BY j.signed_at, j.id LIMIT $4 OFFSET $5) l
              JOIN judgement j ON j.id = l.id JOIN submission s ON s.id = j.submission
              JOIN registration r ON r.id = s.registration JOIN person p ON p.id = r.learner) d
          JOIN person q ON q.id = d.signed_by
          LEFT JOIN allocation a ON a.registration = d.registration AND a.unit = d.unit
          ORDER BY d.signed_at, d.judgement",
    parameters: &[Text, Text, Text, Int, Int],
    columns: &[
        ("judgement", Text),
        ("submission", Text),
        ("signed_at", Text),
        ("signed_on", Text),
        ("signed_by", Text),
        ("countersigned_by", Text),
        ("registration", Text),
        ("unit", Text),
        ("attempt", Int),
        ("state", Text),
        ("qualification", Text),
        ("specification", Text),
        ("learner", Text),
        ("centre", Text),
        ("given", Text),
        ("family", Text),
        ("assessor_given", Text),
        ("assessor_family", Text),
        ("allocated", Text),
        ("assessed_by", Text),
        ("tutors", Text),
    ],
};

/// How many [`LIST_DUE`] finds.
pub const COUNT_DUE: Statement = Statement {
    name: "verification.count_due",
    sql: "SELECT COUNT(*) AS pieces
          FROM submission s JOIN judgement j ON j.id = s.judgement
          WHERE s.state = 'verification_due' AND j.verification_state = 'due'
          AND NOT EXISTS (SELECT 1 FROM external_order e WHERE e.hand_in = s.id AND e.withdrawn_at IS NULL)
          AND s.centre IN (SELECT g.centre FROM role_grant g WHERE g.person = $1 AND g.role = 'internal_verifier'
          AND g.from_on <= $2 AND (g.until_on IS NULL OR g.until_on >= $2))
          AND ($3 = '' OR EXISTS (SELECT 1 FROM registration r JOIN person p ON p.id = r.learner
              WHERE r.id = s.registration
              AND (LOWER(p.given || ' ' || p.family) LIKE $3 ESCAPE '!' OR LOWER(s.unit) LIKE $3 ESCAPE '!')))",
    parameters: &[Text, Text, Text],
    columns: &[("pieces", Int)],
};

/// What verification found on a judgement, with who made it; the earliest first.
pub const LIST_OF_JUDGEMENT: Statement = Statement {
    name: "verification.list_of_judgement",
    sql: "SELECT v.id, v.kind, v.agreed, v.remark, v.made_at, v.made_on, v.made_by, p.given, p.family
          FROM verification v LEFT JOIN person p ON p.id = v.made_by WHERE v.judgement = $1 ORDER BY v.made_at, v.id",
    parameters: &[Text],
    columns: &[
        ("id", Text),
        ("kind", Text),
        ("agreed", Int),
        ("remark", Text),
        ("made_at", Text),
        ("made_on", Text),
        ("made_by", Text),
        ("given", Text),
        ("family", Text),
    ],
};

/// The findings of one verification.
pub const LIST_CRITERIA: Statement = Statement {
    name: "verification_criterion.list",
    sql: "SELECT criterion, agrees, reason FROM verification_criterion WHERE verification = $1 ORDER BY criterion",
    parameters: &[Text],
    columns: &[("criterion", Text), ("agrees", Int), ("reason", Text)],
};

pub const ALL: &[&Statement] = &[
    &ADD,
    &ADD_CRITERION,
    &LIST_DUE,
    &COUNT_DUE,
    &LIST_OF_JUDGEMENT,
    &LIST_CRITERIA,
];
