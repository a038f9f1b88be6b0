//! Evidence, its versions, and the passages marked in them.

use crate::Kind::{Int, Text};
use crate::Statement;

pub const START: Statement = Statement {
    name: "evidence.start",
    sql: "INSERT INTO evidence (id, learner, kind, title, started_at, started_by, current_version, withdrawn)
          VALUES ($1, $2, $3, $4, $5, $6, 0, 0)",
    parameters: &[Text, Text, Text, Text, Text, Text],
    columns: &[],
};

pub const RENAME: Statement = Statement {
    name: "evidence.rename",
    sql: "UPDATE evidence SET title = $2 WHERE id = $1",
    parameters: &[Text, Text],
    columns: &[],
};

pub const WITHDRAW: Statement = Statement {
    name: "evidence.withdraw",
    sql: "UPDATE evidence SET withdrawn = 1 WHERE id = $1",
    parameters: &[Text],
    columns: &[],
};

pub const ADD_VERSION: Statement = Statement {
    name: "evidence_version.add",
    sql: "INSERT INTO evidence_version (evidence, version, sha256, file_name, digest, media, bytes, words, pages, appendix, saved_at, saved_by)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    parameters: &[Text, Int, Text, Text, Text, Text, Int, Int, Int, Int, Text, Text],
    columns: &[],
};

pub const SET_CURRENT_VERSION: Statement = Statement {
    name: "evidence.set_current_version",
    sql: "UPDATE evidence SET current_version = $2 WHERE id = $1",
    parameters: &[Text, Int],
    columns: &[],
};

pub const MARK: Statement = Statement {
    name: "passage.mark",
    sql: "INSERT INTO passage (id, evidence, version, place, from_at, until_at, note, marked_at, marked_by, unmarked)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)",
    parameters: &[Text, Text, Int, Text, Int, Int, Text, Text, Text],
    columns: &[],
};

pub const MARK_CRITERION: Statement = Statement {
    name: "passage_criterion.add",
    sql: "INSERT INTO passage_criterion (passage, unit, criterion) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    parameters: &[Text, Text, Text],
    columns: &[],
};

pub const UNMARK: Statement = Statement {
    name: "passage.unmark",
    sql: "UPDATE passage SET unmarked = 1 WHERE id = $1",
    parameters: &[Text],
    columns: &[],
};

pub const FIND_LEARNER: Statement = Statement {
    name: "evidence.find_learner",
    sql: "SELECT learner FROM evidence WHERE id = $1",
    parameters: &[Text],
    columns: &[("learner", Text)],
};

/// A piece with the learner's name and its current version, if there is one yet.
pub const FIND: Statement = Statement {
    name: "evidence.find",
    sql: "SELECT e.id, e.learner, e.kind, e.title, e.started_at, e.started_by, e.current_version, e.withdrawn, p.given, p.family
          FROM evidence e JOIN person p ON p.id = e.learner WHERE e.id = $1",
    parameters: &[Text],
    columns: &[
        ("id", Text), ("learner", Text), ("kind", Text), ("title", Text), ("started_at", Text), ("started_by", Text),
        ("current_version", Int), ("withdrawn", Int), ("given", Text), ("family", Text),
    ],
};

/// A learner's pieces that were not withdrawn, the last started first, with the current version where there is one. A
/// blank search finds all.
pub const LIST: Statement = Statement {
    name: "evidence.list",
    sql: "SELECT e.id, e.kind, e.title, e.started_at, e.current_version, v.media, v.bytes, v.words, v.pages, v.appendix, v.saved_at, v.file_name,
          (SELECT COUNT(*) FROM passage p WHERE p.evidence = e.id AND p.version = e.current_version AND p.unmarked = 0) AS passages,
          (SELECT COUNT(DISTINCT i.submission) FROM submission_item i WHERE i.evidence = e.id) AS submissions
          FROM evidence e LEFT JOIN evidence_version v ON v.evidence = e.id AND v.version = e.current_version
          WHERE e.learner = $1 AND e.withdrawn = 0 AND ($2 = '' OR LOWER(e.title) LIKE $3 ESCAPE '!')
          ORDER BY e.started_at DESC, e.id LIMIT $4 OFFSET $5",
    parameters: &[Text, Text, Text, Int, Int],
    columns: &[
        ("id", Text), ("kind", Text), ("title", Text), ("started_at", Text), ("current_version", Int), ("media", Text),
        ("bytes", Int), ("words", Int), ("pages", Int), ("appendix", Int), ("saved_at", Text), ("file_name", Text),
        ("passages", Int), ("submissions", Int),
    ],
};

/// How many pieces [`LIST`] finds.
pub const COUNT: Statement = Statement {
    name: "evidence.count",
    sql: "SELECT COUNT(*) AS pieces FROM evidence e
          WHERE e.learner = $1 AND e.withdrawn = 0 AND ($2 = '' OR LOWER(e.title) LIKE $3 ESCAPE '!')",
    parameters: &[Text, Text, Text],
    columns: &[("pieces", Int)],
};

pub const FIND_VERSION: Statement = Statement {
    name: "evidence_version.find",
    sql: "SELECT evidence, version, sha256, file_name, digest, media, bytes, words, pages, appendix, saved_at, saved_by
          FROM evidence_version WHERE evidence = $1 AND version = $2",
    parameters: &[Text, Int],
    columns: &[
        ("evidence", Text), ("version", Int), ("sha256", Text), ("file_name", Text), ("digest", Text), ("media", Text),
        ("bytes", Int), ("words", Int), ("pages", Int), ("appendix", Int), ("saved_at", Text), ("saved_by", Text),
    ],
};

/// Every version of a piece, the newest first.
pub const LIST_VERSIONS: Statement = Statement {
    name: "evidence_version.list",
    sql: "SELECT evidence, version, sha256, file_name, digest, media, bytes, words, pages, appendix, saved_at, saved_by
          FROM evidence_version WHERE evidence = $1 ORDER BY version DESC",
    parameters: &[Text],
    columns: &[
        ("evidence", Text), ("version", Int), ("sha256", Text), ("file_name", Text), ("digest", Text), ("media", Text),
        ("bytes", Int), ("words", Int), ("pages", Int), ("appendix", Int), ("saved_at", Text), ("saved_by", Text),
    ],
};

/// Passages of a version with their criteria, a row for each criterion; unmarked ones too.
pub const LIST_PASSAGES: Statement = Statement {
    name: "passage.list",
    sql: "SELECT p.id, p.evidence, p.version, p.place, p.from_at, p.until_at, p.note, p.marked_at, p.marked_by, p.unmarked,
          c.unit, c.criterion, w.given, w.family
          FROM passage p JOIN passage_criterion c ON c.passage = p.id LEFT JOIN person w ON w.id = p.marked_by
          WHERE p.evidence = $1 AND p.version = $2 ORDER BY p.from_at, p.marked_at, p.id, c.unit, c.criterion",
    parameters: &[Text, Int],
    columns: &[
        ("id", Text), ("evidence", Text), ("version", Int), ("place", Text), ("from_at", Int), ("until_at", Int),
        ("note", Text), ("marked_at", Text), ("marked_by", Text), ("unmarked", Int), ("unit", Text), ("criterion", Text),
        ("given", Text), ("family", Text),
    ],
};

pub const FIND_PASSAGE: Statement = Statement {
    name: "passage.find",
    sql: "SELECT id, evidence, version, marked_by, unmarked FROM passage WHERE id = $1",
    parameters: &[Text],
    columns: &[
        ("id", Text),
        ("evidence", Text),
        ("version", Int),
        ("marked_by", Text),
        ("unmarked", Int),
    ],
};

/// The criteria that a learner's own passages on current versions answer, of all units.
pub const LIST_ANSWERED: Statement = Statement {
    name: "passage.list_answered",
    sql: "SELECT DISTINCT c.unit, c.criterion
          FROM evidence e JOIN passage p ON p.evidence = e.id AND p.version = e.current_version
          JOIN passage_criterion c ON c.passage = p.id
          WHERE e.learner = $1 AND e.withdrawn = 0 AND p.unmarked = 0 AND p.marked_by = $1",
    parameters: &[Text],
    columns: &[("unit", Text), ("criterion", Text)],
};

/// Where a learner's own passages on current versions answer a unit: a row for each passage and criterion.
pub const LIST_COVERAGE: Statement = Statement {
    name: "passage.list_coverage",
    sql: "SELECT p.id, p.evidence, p.version, p.place, p.from_at, p.until_at, c.criterion, e.title, e.kind, v.media, v.appendix
          FROM evidence e JOIN passage p ON p.evidence = e.id AND p.version = e.current_version
          JOIN passage_criterion c ON c.passage = p.id
          JOIN evidence_version v ON v.evidence = p.evidence AND v.version = p.version
          WHERE e.learner = $1 AND e.withdrawn = 0 AND p.unmarked = 0 AND c.unit = $2 AND p.marked_by = $1
          ORDER BY c.criterion, e.title, e.id, p.from_at, p.id",
    parameters: &[Text, Text],
    columns: &[
        ("id", Text), ("evidence", Text), ("version", Int), ("place", Text), ("from_at", Int), ("until_at", Int),
        ("criterion", Text), ("title", Text), ("kind", Text), ("media", Text), ("appendix", Int),
    ],
};

/// Hand-ins that hold a piece, in any version.
pub const LIST_SUBMISSIONS_WITH: Statement = Statement {
    name: "evidence.list_submissions_with",
    sql: "SELECT DISTINCT s.id, s.registration, s.unit, s.attempt, s.revision, s.state, s.submitted_at, s.assessor, i.version
          FROM submission_item i JOIN submission s ON s.id = i.submission AND s.revision = i.revision
          WHERE i.evidence = $1 ORDER BY s.submitted_at, s.id",
    parameters: &[Text],
    columns: &[
        ("id", Text), ("registration", Text), ("unit", Text), ("attempt", Int), ("revision", Int), ("state", Text),
        ("submitted_at", Text), ("assessor", Text), ("version", Int),
    ],
};

/// Decisions, saved or signed, that cite a passage of a piece; the text is searched for the passage's id.
pub const FIND_CITATION: Statement = Statement {
    name: "passage.find_citation",
    sql: "SELECT d.criterion FROM submission_item i JOIN criterion_decision d ON d.submission = i.submission
          WHERE i.evidence = $1 AND d.passages LIKE $2
          UNION
          SELECT c.criterion FROM submission_item i JOIN judgement j ON j.submission = i.submission
          JOIN judgement_criterion c ON c.judgement = j.id
          WHERE i.evidence = $1 AND c.passages LIKE $2
          ORDER BY criterion",
    parameters: &[Text, Text],
    columns: &[("criterion", Text)],
};

/// A version whose bytes are kept under an address, if there is one.
pub const FIND_BY_SHA256: Statement = Statement {
    name: "evidence_version.find_by_sha256",
    sql: "SELECT evidence FROM evidence_version WHERE sha256 = $1 LIMIT 1",
    parameters: &[Text],
    columns: &[("evidence", Text)],
};

pub const FIND_DRAFT: Statement = Statement {
    name: "draft.find",
    sql: "SELECT text, revision, saved_at FROM draft WHERE evidence = $1",
    parameters: &[Text],
    columns: &[("text", Text), ("revision", Int), ("saved_at", Text)],
};

pub const PUT_DRAFT: Statement = Statement {
    name: "draft.put",
    sql: "INSERT INTO draft (evidence, text, revision, saved_at) VALUES ($1, $2, $3, $4)
          ON CONFLICT (evidence) DO UPDATE SET text = excluded.text, revision = excluded.revision, saved_at = excluded.saved_at",
    parameters: &[Text, Text, Int, Text],
    columns: &[],
};

pub const DROP_DRAFT: Statement = Statement {
    name: "draft.drop",
    sql: "DELETE FROM draft WHERE evidence = $1",
    parameters: &[Text],
    columns: &[],
};

pub const FIND_DOCUMENT_TEXT: Statement = Statement {
    name: "document_text.find",
    sql: "SELECT text, readable FROM document_text WHERE sha256 = $1",
    parameters: &[Text],
    columns: &[("text", Text), ("readable", Int)],
};

pub const PUT_DOCUMENT_TEXT: Statement = Statement {
    name: "document_text.put",
    sql: "INSERT INTO document_text (sha256, text, readable) VALUES ($1, $2, $3)
          ON CONFLICT (sha256) DO UPDATE SET text = excluded.text, readable = excluded.readable",
    parameters: &[Text, Text, Int],
    columns: &[],
};

pub const PUT_PRINT: Statement = Statement {
    name: "paragraph_print.put",
    sql: "INSERT INTO paragraph_print (evidence, version, number, print) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    parameters: &[Text, Int, Int, Text],
    columns: &[],
};

/// Paragraphs of a version whose words somebody else handed in too; the earliest such hand-in of a paragraph first.
pub const LIST_ALIKE: Statement = Statement {
    name: "paragraph_print.list_alike",
    sql: "SELECT own.number, s.unit, s.submitted_at
          FROM paragraph_print own JOIN paragraph_print other ON other.print = own.print
          JOIN evidence e ON e.id = other.evidence
          JOIN submission_item i ON i.evidence = other.evidence AND i.version = other.version
          JOIN submission s ON s.id = i.submission
          WHERE own.evidence = $1 AND own.version = $2 AND e.learner <> $3
          ORDER BY own.number, s.submitted_at, s.id LIMIT 500",
    parameters: &[Text, Int, Text],
    columns: &[("number", Int), ("unit", Text), ("submitted_at", Text)],
};

pub const ALL: &[&Statement] = &[
    &START,
    &RENAME,
    &WITHDRAW,
    &ADD_VERSION,
    &SET_CURRENT_VERSION,
    &MARK,
    &MARK_CRITERION,
    &UNMARK,
    &FIND_LEARNER,
    &FIND,
    &LIST,
    &COUNT,
    &FIND_VERSION,
    &LIST_VERSIONS,
    &LIST_PASSAGES,
    &FIND_PASSAGE,
    &LIST_ANSWERED,
    &LIST_COVERAGE,
    &LIST_SUBMISSIONS_WITH,
    &FIND_CITATION,
    &FIND_BY_SHA256,
    &FIND_DRAFT,
    &PUT_DRAFT,
    &DROP_DRAFT,
    &FIND_DOCUMENT_TEXT,
    &PUT_DOCUMENT_TEXT,
    &PUT_PRINT,
    &LIST_ALIKE,
];
