//! Learning plans, allocation of staff, messages, and what progress is counted from.

use crate::Kind::{Int, Text};
use crate::Statement;

pub const ADD: Statement = Statement {
    name: "plan.add",
    sql: "INSERT INTO plan (registration, version, goals, support, review_on, because, agreed_at, agreed_by, current)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)",
    parameters: &[Text, Int, Text, Text, Text, Text, Text, Text],
    columns: &[],
};

pub const RETIRE: Statement = Statement {
    name: "plan.retire",
    sql: "UPDATE plan SET current = 0 WHERE registration = $1 AND current = 1",
    parameters: &[Text],
    columns: &[],
};

pub const ADD_UNIT: Statement = Statement {
    name: "plan_unit.add",
    sql: "INSERT INTO plan_unit (registration, version, unit, position, target_on) VALUES ($1, $2, $3, $4, $5)",
    parameters: &[Text, Int, Text, Int, Text],
    columns: &[],
};

pub const BLANK_TEXTS: Statement = Statement {
    name: "plan.blank_texts",
    sql: "UPDATE plan SET goals = NULL, support = NULL, because = NULL
          WHERE registration IN (SELECT id FROM registration WHERE learner = $1)",
    parameters: &[Text],
    columns: &[],
};

/// Every version of a plan, the latest first.
pub const LIST_VERSIONS: Statement = Statement {
    name: "plan.list_versions",
    sql: "SELECT v.version AS version, v.goals AS goals, v.support AS support, v.review_on AS review_on,
              v.because AS because, v.agreed_at AS agreed_at, v.agreed_by AS agreed_by, v.current AS current,
              p.given AS given, p.family AS family
          FROM plan v LEFT JOIN person p ON p.id = v.agreed_by
          WHERE v.registration = $1 ORDER BY v.version DESC",
    parameters: &[Text],
    columns: &[
        ("version", Int),
        ("goals", Text),
        ("support", Text),
        ("review_on", Text),
        ("because", Text),
        ("agreed_at", Text),
        ("agreed_by", Text),
        ("current", Int),
        ("given", Text),
        ("family", Text),
    ],
};

/// The units of every version of a plan.
pub const LIST_UNITS_OF_VERSIONS: Statement = Statement {
    name: "plan_unit.list_of_versions",
    sql: "SELECT version, unit, position, target_on FROM plan_unit WHERE registration = $1
          ORDER BY version DESC, position",
    parameters: &[Text],
    columns: &[
        ("version", Int),
        ("unit", Text),
        ("position", Int),
        ("target_on", Text),
    ],
};

/// The units of the plan in force, in its order.
pub const LIST_UNITS: Statement = Statement {
    name: "plan_unit.list",
    sql: "SELECT u.version AS version, u.unit AS unit, u.position AS position, u.target_on AS target_on
          FROM plan_unit u JOIN plan v ON v.registration = u.registration AND v.version = u.version
          WHERE u.registration = $1 AND v.current = 1 ORDER BY u.position",
    parameters: &[Text],
    columns: &[
        ("version", Int),
        ("unit", Text),
        ("position", Int),
        ("target_on", Text),
    ],
};

pub const FIND_VERSION: Statement = Statement {
    name: "plan.find_version",
    sql: "SELECT version FROM plan WHERE registration = $1 AND current = 1",
    parameters: &[Text],
    columns: &[("version", Int)],
};

/// Plans at a centre whose review is due by a day. Joined in this order, so that SQLite begins with the few plans that are
/// due and not with all of the centre's learners.
pub const LIST_REVIEWS_DUE: Statement = Statement {
    name: "plan.list_reviews_due",
    sql: "SELECT v.registration AS registration, v.review_on AS review_on, v.agreed_at AS agreed_at,
              r.number AS number, r.qualification AS qualification, p.given AS given, p.family AS family
          FROM plan v CROSS JOIN registration r JOIN person p ON p.id = r.learner
          WHERE v.current = 1 AND v.review_on <= $2 AND r.id = v.registration AND r.centre = $1 AND r.state = 'active'
          ORDER BY v.review_on, r.number LIMIT $3",
    parameters: &[Text, Text, Int],
    columns: &[
        ("registration", Text),
        ("review_on", Text),
        ("agreed_at", Text),
        ("number", Text),
        ("qualification", Text),
        ("given", Text),
        ("family", Text),
    ],
};

pub const ALLOCATE: Statement = Statement {
    name: "allocation.put",
    sql: "INSERT INTO allocation (registration, unit, tutor, assessor, verifier) VALUES ($1, $2, $3, $4, $5)
          ON CONFLICT (registration, unit)
          DO UPDATE SET tutor = excluded.tutor, assessor = excluded.assessor, verifier = excluded.verifier",
    parameters: &[Text, Text, Text, Text, Text],
    columns: &[],
};

pub const KEEP_PAST: Statement = Statement {
    name: "allocation_past.keep",
    sql: "INSERT INTO allocation_past (registration, unit, person, role) VALUES ($1, $2, $3, $4)
          ON CONFLICT (registration, unit, person, role) DO NOTHING",
    parameters: &[Text, Text, Text, Text],
    columns: &[],
};

/// Who teaches, assesses and verifies each unit of a learner.
pub const LIST_ALLOCATIONS: Statement = Statement {
    name: "allocation.list",
    sql: "SELECT a.unit AS unit, a.tutor AS tutor, a.assessor AS assessor, a.verifier AS verifier,
              t.given AS tutor_given, t.family AS tutor_family,
              s.given AS assessor_given, s.family AS assessor_family,
              v.given AS verifier_given, v.family AS verifier_family
          FROM allocation a
          LEFT JOIN person t ON t.id = a.tutor
          LEFT JOIN person s ON s.id = a.assessor
          LEFT JOIN person v ON v.id = a.verifier
          WHERE a.registration = $1 ORDER BY a.unit",
    parameters: &[Text],
    columns: &[
        ("unit", Text),
        ("tutor", Text),
        ("assessor", Text),
        ("verifier", Text),
        ("tutor_given", Text),
        ("tutor_family", Text),
        ("assessor_given", Text),
        ("assessor_family", Text),
        ("verifier_given", Text),
        ("verifier_family", Text),
    ],
};

pub const LIST_PAST: Statement = Statement {
    name: "allocation_past.list",
    sql: "SELECT person, role FROM allocation_past WHERE registration = $1 AND unit = $2 ORDER BY person, role",
    parameters: &[Text, Text],
    columns: &[("person", Text), ("role", Text)],
};

/// Who signed or countersigned a judgement on a unit of a learner.
pub const LIST_JUDGED_BY: Statement = Statement {
    name: "allocation.list_judged_by",
    sql: "SELECT DISTINCT j.signed_by AS signed_by, j.countersigned_by AS countersigned_by
          FROM judgement j JOIN submission s ON s.id = j.submission
          WHERE s.registration = $1 AND s.unit = $2 ORDER BY j.signed_by",
    parameters: &[Text, Text],
    columns: &[("signed_by", Text), ("countersigned_by", Text)],
};

/// People who hold or held a role at a centre.
pub const LIST_STAFF: Statement = Statement {
    name: "allocation.list_staff",
    sql:
        "SELECT g.id AS id, g.person AS person, g.role AS role, g.from_on AS from_on, g.until_on AS until_on,
              g.countersigned AS countersigned, p.given AS given, p.family AS family
          FROM role_grant g JOIN person p ON p.id = g.person
          WHERE g.centre = $1 AND g.role IN ('tutor', 'assessor', 'internal_verifier', 'coordinator')
          ORDER BY p.family, p.given, g.person, g.id",
    parameters: &[Text],
    columns: &[
        ("id", Text),
        ("person", Text),
        ("role", Text),
        ("from_on", Text),
        ("until_on", Text),
        ("countersigned", Int),
        ("given", Text),
        ("family", Text),
    ],
};

pub const ADD_MESSAGE: Statement = Statement {
    name: "message.add",
    sql: "INSERT INTO message (id, registration, unit, sender, recipient, text, sent_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    parameters: &[Text, Text, Text, Text, Text, Text, Text],
    columns: &[],
};

pub const BLANK_MESSAGES: Statement = Statement {
    name: "message.blank",
    sql: "UPDATE message SET text = '' WHERE registration IN (SELECT id FROM registration WHERE learner = $1)",
    parameters: &[Text],
    columns: &[],
};

/// The latest messages of a learner's line, the latest first.
pub const LIST_MESSAGES: Statement = Statement {
    name: "message.list",
    sql: "SELECT m.id AS id, m.unit AS unit, m.sender AS sender, m.recipient AS recipient, m.text AS text,
              m.sent_at AS sent_at, s.given AS sender_given, s.family AS sender_family,
              t.given AS recipient_given, t.family AS recipient_family
          FROM message m
          LEFT JOIN person s ON s.id = m.sender
          LEFT JOIN person t ON t.id = m.recipient
          WHERE m.registration = $1 ORDER BY m.sent_at DESC, m.id DESC LIMIT $2",
    parameters: &[Text, Int],
    columns: &[
        ("id", Text),
        ("unit", Text),
        ("sender", Text),
        ("recipient", Text),
        ("text", Text),
        ("sent_at", Text),
        ("sender_given", Text),
        ("sender_family", Text),
        ("recipient_given", Text),
        ("recipient_family", Text),
    ],
};

/// Messages to a person that they have not opened, the latest first.
pub const LIST_UNSEEN: Statement = Statement {
    name: "message.list_unseen",
    sql: "SELECT m.id AS id, m.registration AS registration, m.unit AS unit, m.sent_at AS sent_at,
              s.given AS sender_given, s.family AS sender_family
          FROM message m LEFT JOIN person s ON s.id = m.sender
          WHERE m.recipient = $1
            AND NOT EXISTS (SELECT 1 FROM message_seen n WHERE n.message = m.id AND n.person = $1)
          ORDER BY m.sent_at DESC LIMIT $2",
    parameters: &[Text, Int],
    columns: &[
        ("id", Text),
        ("registration", Text),
        ("unit", Text),
        ("sent_at", Text),
        ("sender_given", Text),
        ("sender_family", Text),
    ],
};

/// Lines on which somebody has written to a person, the latest first.
pub const LIST_CONVERSATIONS: Statement = Statement {
    name: "message.list_conversations",
    sql: "SELECT m.registration AS registration, MAX(m.sent_at) AS last_at, r.learner AS learner,
              r.qualification AS qualification, r.number AS number, p.given AS given, p.family AS family
          FROM message m JOIN registration r ON r.id = m.registration JOIN person p ON p.id = r.learner
          WHERE m.recipient = $1
          GROUP BY m.registration, r.learner, r.qualification, r.number, p.given, p.family
          ORDER BY MAX(m.sent_at) DESC, m.registration LIMIT $2",
    parameters: &[Text, Int],
    columns: &[
        ("registration", Text),
        ("last_at", Text),
        ("learner", Text),
        ("qualification", Text),
        ("number", Text),
        ("given", Text),
        ("family", Text),
    ],
};

/// Marks every message of a line that was sent to a person as opened.
pub const MARK_SEEN: Statement = Statement {
    name: "message_seen.mark",
    sql: "INSERT INTO message_seen (message, person, seen_at)
          SELECT id, recipient, $3 FROM message WHERE registration = $1 AND recipient = $2
          ON CONFLICT (message, person) DO NOTHING",
    parameters: &[Text, Text, Text],
    columns: &[],
};

/// Every submission of a learner, the latest attempt of a unit first.
pub const LIST_SUBMISSIONS: Statement = Statement {
    name: "progress.list_submissions",
    sql: "SELECT id, unit, attempt, revision, state, submitted_on FROM submission WHERE registration = $1
          ORDER BY unit, attempt DESC",
    parameters: &[Text],
    columns: &[
        ("id", Text),
        ("unit", Text),
        ("attempt", Int),
        ("revision", Int),
        ("state", Text),
        ("submitted_on", Text),
    ],
};

/// Criteria decided in judgements that stand, the latest attempt of a unit first.
pub const LIST_CRITERIA: Statement = Statement {
    name: "progress.list_criteria",
    sql: "SELECT s.unit AS unit, s.attempt AS attempt, c.criterion AS criterion, c.decision AS decision,
              j.signed_on AS signed_on
          FROM submission s
          JOIN judgement j ON j.submission = s.id
          JOIN judgement_criterion c ON c.judgement = j.id
          WHERE s.registration = $1 AND j.superseded = 0
          ORDER BY s.unit, s.attempt DESC, c.criterion",
    parameters: &[Text],
    columns: &[
        ("unit", Text),
        ("attempt", Int),
        ("criterion", Text),
        ("decision", Text),
        ("signed_on", Text),
    ],
};

/// Final unit results of a learner, on whichever registration they were achieved.
pub const LIST_ACHIEVED_BY_LEARNER: Statement = Statement {
    name: "progress.list_achieved_by_learner",
    sql: "SELECT u.registration AS registration, u.unit AS unit, u.submission AS submission, u.judgement AS judgement,
              u.achieved_on AS achieved_on, r.qualification AS qualification, r.number AS number,
              j.external_order AS external_order
          FROM registration r JOIN unit_result u ON u.registration = r.id LEFT JOIN judgement j ON j.id = u.judgement
          WHERE r.learner = $1 ORDER BY u.achieved_on, u.unit, u.registration",
    parameters: &[Text],
    columns: &[
        ("registration", Text),
        ("unit", Text),
        ("submission", Text),
        ("judgement", Text),
        ("achieved_on", Text),
        ("qualification", Text),
        ("number", Text),
        ("external_order", Text),
    ],
};

/// Final unit results of one registration.
pub const LIST_ACHIEVED: Statement = Statement {
    name: "progress.list_achieved",
    sql: "SELECT unit, submission, judgement, achieved_on FROM unit_result WHERE registration = $1 ORDER BY unit",
    parameters: &[Text],
    columns: &[
        ("unit", Text),
        ("submission", Text),
        ("judgement", Text),
        ("achieved_on", Text),
    ],
};

/// Whether a claim of a registration waits to be released.
pub const FIND_OPEN_CLAIM: Statement = Statement {
    name: "progress.find_open_claim",
    sql: "SELECT id FROM claim WHERE registration = $1 AND state = 'made'",
    parameters: &[Text],
    columns: &[("id", Text)],
};

pub const ALL: &[&Statement] = &[
    &ADD,
    &RETIRE,
    &ADD_UNIT,
    &BLANK_TEXTS,
    &LIST_VERSIONS,
    &LIST_UNITS_OF_VERSIONS,
    &LIST_UNITS,
    &FIND_VERSION,
    &LIST_REVIEWS_DUE,
    &ALLOCATE,
    &KEEP_PAST,
    &LIST_ALLOCATIONS,
    &LIST_PAST,
    &LIST_JUDGED_BY,
    &LIST_STAFF,
    &ADD_MESSAGE,
    &BLANK_MESSAGES,
    &LIST_MESSAGES,
    &LIST_UNSEEN,
    &LIST_CONVERSATIONS,
    &MARK_SEEN,
    &LIST_SUBMISSIONS,
    &LIST_CRITERIA,
    &LIST_ACHIEVED_BY_LEARNER,
    &LIST_ACHIEVED,
    &FIND_OPEN_CLAIM,
];
