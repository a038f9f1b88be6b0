//! The audit trail: which entries of the ledger speak of what.

use crate::Kind::{Bytes, Int, Text};
use crate::Statement;

pub const ADD: Statement = Statement {
    name: "trail.add",
    sql: "INSERT INTO trail (sequence, at, by_person, via, act, fact) VALUES ($1, $2, $3, $4, $5, $6)",
    parameters: &[Int, Text, Text, Text, Text, Text],
    columns: &[],
};

pub const ADD_SUBJECT: Statement = Statement {
    name: "trail_subject.add",
    sql: "INSERT INTO trail_subject (subject, sequence) VALUES ($1, $2) ON CONFLICT DO NOTHING",
    parameters: &[Text, Int],
    columns: &[],
};

/// The entries that speak of a subject, the newest first, with the exact bytes of each. Parameters: subject, name of a
/// fact or blank for all, limit, offset.
pub const LIST: Statement = Statement {
    name: "trail.list",
    sql: "SELECT t.sequence, t.at, t.by_person, t.via, t.act, t.fact, e.bytes, p.given, p.family
          FROM trail_subject s JOIN trail t ON t.sequence = s.sequence JOIN entry e ON e.sequence = t.sequence
          LEFT JOIN person p ON p.id = t.by_person
          WHERE s.subject = $1 AND ($2 = '' OR t.fact = $2) ORDER BY t.sequence DESC LIMIT $3 OFFSET $4",
    parameters: &[Text, Text, Int, Int],
    columns: &[
        ("sequence", Int),
        ("at", Text),
        ("by_person", Text),
        ("via", Text),
        ("act", Text),
        ("fact", Text),
        ("bytes", Bytes),
        ("given", Text),
        ("family", Text),
    ],
};

/// What kinds of facts speak of a subject, and how many of each.
pub const LIST_KINDS: Statement = Statement {
    name: "trail.list_kinds",
    sql: "SELECT t.fact, COUNT(*) AS entries FROM trail_subject s JOIN trail t ON t.sequence = s.sequence
          WHERE s.subject = $1 GROUP BY t.fact ORDER BY t.fact",
    parameters: &[Text],
    columns: &[("fact", Text), ("entries", Int)],
};

/// As [`LIST`] for the learner: without what staff decide, verify and grade, which the result tells once it is out.
pub const LIST_FOR_LEARNER: Statement = Statement {
    name: "trail.list_for_learner",
    sql: "SELECT t.sequence, t.at, t.by_person, t.via, t.act, t.fact, e.bytes, p.given, p.family
          FROM trail_subject s JOIN trail t ON t.sequence = s.sequence JOIN entry e ON e.sequence = t.sequence
          LEFT JOIN person p ON p.id = t.by_person
          WHERE s.subject = $1 AND ($2 = '' OR t.fact = $2)
            AND t.fact NOT IN ('criterion_decided', 'quality_judged', 'judgement_signed', 'judgement_countersigned',
                'judgement_verified', 'judgement_not_sampled', 'own_grade_recorded', 'claim_returned',
                'result_flagged', 'correction_assessed', 'correction_left')
          ORDER BY t.sequence DESC LIMIT $3 OFFSET $4",
    parameters: &[Text, Text, Int, Int],
    columns: LIST.columns,
};

/// As [`LIST_KINDS`] for the learner.
pub const LIST_KINDS_FOR_LEARNER: Statement = Statement {
    name: "trail.list_kinds_for_learner",
    sql: "SELECT t.fact, COUNT(*) AS entries FROM trail_subject s JOIN trail t ON t.sequence = s.sequence
          WHERE s.subject = $1
            AND t.fact NOT IN ('criterion_decided', 'quality_judged', 'judgement_signed', 'judgement_countersigned',
                'judgement_verified', 'judgement_not_sampled', 'own_grade_recorded', 'claim_returned',
                'result_flagged', 'correction_assessed', 'correction_left')
          GROUP BY t.fact ORDER BY t.fact",
    parameters: &[Text],
    columns: &[("fact", Text), ("entries", Int)],
};

/// What a piece of evidence is called.
pub const FIND_PIECE: Statement = Statement {
    name: "trail.find_piece",
    sql: "SELECT title, current_version FROM evidence WHERE id = $1",
    parameters: &[Text],
    columns: &[("title", Text), ("current_version", Int)],
};

/// Which piece and version a passage stands in.
pub const FIND_PASSAGE: Statement = Statement {
    name: "trail.find_passage",
    sql: "SELECT p.evidence, p.version, e.title FROM passage p JOIN evidence e ON e.id = p.evidence WHERE p.id = $1",
    parameters: &[Text],
    columns: &[("evidence", Text), ("version", Int), ("title", Text)],
};

pub const ALL: &[&Statement] = &[
    &ADD,
    &ADD_SUBJECT,
    &LIST,
    &LIST_KINDS,
    &LIST_FOR_LEARNER,
    &LIST_KINDS_FOR_LEARNER,
    &FIND_PIECE,
    &FIND_PASSAGE,
];
