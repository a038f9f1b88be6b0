//! Blanking what derived tables hold of a person's private content, once it is erased.
//!
//! Each statement leaves the rows as a rebuild from the ledger leaves them: text that a fact sealed is blank, text that it
//! did not seal stays null. All private content of a learner's evidence, hand-ins, judgements and awards is sealed about the
//! learner, whoever wrote it; who signs certificates is sealed about who wrote it down. What was only worked out from the work (the text read from a file, the fingerprints of its
//! paragraphs, a draft) goes as rows. Parameter of each: the person.

use crate::Kind::Text;
use crate::Statement;

const fn blank(name: &'static str, sql: &'static str) -> Statement {
    Statement {
        name,
        sql,
        parameters: &[Text],
        columns: &[],
    }
}

const TITLES: Statement = blank(
    "erasure.evidence_title",
    "UPDATE evidence SET title = '' WHERE learner = $1",
);
/// Before the versions: the text of a file (kept by the file's address and kind) goes with it, unless somebody else has
/// the same file.
const TEXTS: Statement = blank(
    "erasure.document_text",
    "DELETE FROM document_text WHERE sha256 IN
       (SELECT v.sha256 || ' ' || v.media FROM evidence_version v JOIN evidence e ON e.id = v.evidence
        WHERE e.learner = $1)
     AND NOT EXISTS
       (SELECT 1 FROM evidence_version v JOIN evidence e ON e.id = v.evidence
        WHERE v.sha256 = substr(document_text.sha256, 1, 64) AND e.learner <> $1)",
);
const PRINTS: Statement = blank(
    "erasure.paragraph_print",
    "DELETE FROM paragraph_print WHERE evidence IN (SELECT id FROM evidence WHERE learner = $1)",
);
const DRAFTS: Statement = blank(
    "erasure.draft",
    "DELETE FROM draft WHERE evidence IN (SELECT id FROM evidence WHERE learner = $1)",
);
const VERSIONS: Statement = blank(
    "erasure.evidence_version",
    "UPDATE evidence_version SET sha256 = '', file_name = ''
     WHERE evidence IN (SELECT id FROM evidence WHERE learner = $1)",
);
const NOTES: Statement = blank(
    "erasure.passage_note",
    "UPDATE passage SET note = '' WHERE note IS NOT NULL
       AND evidence IN (SELECT id FROM evidence WHERE learner = $1)",
);
const DETAILS: Statement = blank(
    "erasure.submission_detail",
    "UPDATE submission SET ai_detail = '' WHERE ai_detail IS NOT NULL
       AND registration IN (SELECT id FROM registration WHERE learner = $1)",
);
const CHANGES: Statement = blank(
    "erasure.submission_changes",
    "UPDATE submission SET changes = '' WHERE changes IS NOT NULL
       AND registration IN (SELECT id FROM registration WHERE learner = $1)",
);
const RETURNS: Statement = blank(
    "erasure.submission_return",
    "UPDATE submission_return SET because = '' WHERE submission IN
       (SELECT s.id FROM submission s JOIN registration r ON r.id = s.registration WHERE r.learner = $1)",
);
const DECISIONS: Statement = blank(
    "erasure.criterion_decision",
    "UPDATE criterion_decision SET reason = '' WHERE submission IN
       (SELECT s.id FROM submission s JOIN registration r ON r.id = s.registration WHERE r.learner = $1)",
);
const QUALITIES: Statement = blank(
    "erasure.quality_judgement",
    "UPDATE quality_judgement SET remark = '' WHERE remark IS NOT NULL AND submission IN
       (SELECT s.id FROM submission s JOIN registration r ON r.id = s.registration WHERE r.learner = $1)",
);
const GRADES: Statement = blank(
    "erasure.own_grade",
    "UPDATE own_grade SET grade = '' WHERE submission IN
       (SELECT s.id FROM submission s JOIN registration r ON r.id = s.registration WHERE r.learner = $1)",
);
const FEEDBACK: Statement = blank(
    "erasure.judgement_feedback",
    "UPDATE judgement SET feedback = '' WHERE feedback IS NOT NULL AND submission IN
       (SELECT s.id FROM submission s JOIN registration r ON r.id = s.registration WHERE r.learner = $1)",
);
const SIGNED_REASONS: Statement = blank(
    "erasure.judgement_criterion",
    "UPDATE judgement_criterion SET reason = '' WHERE judgement IN
       (SELECT j.id FROM judgement j JOIN submission s ON s.id = j.submission
          JOIN registration r ON r.id = s.registration WHERE r.learner = $1)",
);
const SIGNED_REMARKS: Statement = blank(
    "erasure.judgement_quality",
    "UPDATE judgement_quality SET remark = '' WHERE remark IS NOT NULL AND judgement IN
       (SELECT j.id FROM judgement j JOIN submission s ON s.id = j.submission
          JOIN registration r ON r.id = s.registration WHERE r.learner = $1)",
);
const FOUND_REASONS: Statement = blank(
    "erasure.verification_criterion",
    "UPDATE verification_criterion SET reason = '' WHERE reason IS NOT NULL AND verification IN
       (SELECT v.id FROM verification v JOIN judgement j ON j.id = v.judgement
          JOIN submission s ON s.id = j.submission JOIN registration r ON r.id = s.registration WHERE r.learner = $1)",
);
const VERIFIERS_REMARKS: Statement = blank(
    "erasure.verification_remark",
    "UPDATE verification SET remark = '' WHERE remark IS NOT NULL AND judgement IN
       (SELECT j.id FROM judgement j JOIN submission s ON s.id = j.submission
          JOIN registration r ON r.id = s.registration WHERE r.learner = $1)",
);
const CLAIMS: Statement = blank(
    "erasure.claim",
    "UPDATE claim SET because = '' WHERE because IS NOT NULL
       AND registration IN (SELECT id FROM registration WHERE learner = $1)",
);
const FACES: Statement = blank(
    "erasure.certificate_face",
    "UPDATE certificate SET face = '', pdf = '' WHERE award IN
       (SELECT a.id FROM award a JOIN registration r ON r.id = a.registration WHERE r.learner = $1)",
);
const REVOCATIONS: Statement = blank(
    "erasure.certificate_revoked",
    "UPDATE certificate SET because = '' WHERE state = 'revoked' AND award IN
       (SELECT a.id FROM award a JOIN registration r ON r.id = a.registration WHERE r.learner = $1)",
);
/// Why a certificate was replaced is sealed with the face of the one that replaced it: gone, it is not known.
const REPLACEMENTS: Statement = blank(
    "erasure.certificate_replaced",
    "UPDATE certificate SET because = NULL WHERE state = 'replaced' AND award IN
       (SELECT a.id FROM award a JOIN registration r ON r.id = a.registration WHERE r.learner = $1)",
);
const DELIVERIES: Statement = blank(
    "erasure.certificate_delivery",
    "UPDATE certificate_delivery SET detail = '' WHERE detail IS NOT NULL AND certificate IN
       (SELECT f.id FROM certificate f JOIN award a ON a.id = f.award JOIN registration r ON r.id = a.registration
        WHERE r.learner = $1)",
);

const NAME_CHANGES: Statement = blank(
    "erasure.name_change",
    "UPDATE name_change SET given = '', family = '', document = '' WHERE award IN
       (SELECT a.id FROM award a JOIN registration r ON r.id = a.registration WHERE r.learner = $1)",
);
const NAME_PROOFS: Statement = blank(
    "erasure.name_change_seen",
    "UPDATE name_change SET seen = '' WHERE seen IS NOT NULL AND award IN
       (SELECT a.id FROM award a JOIN registration r ON r.id = a.registration WHERE r.learner = $1)",
);
const NAME_REFUSALS: Statement = blank(
    "erasure.name_change_because",
    "UPDATE name_change SET because = '' WHERE because IS NOT NULL AND award IN
       (SELECT a.id FROM award a JOIN registration r ON r.id = a.registration WHERE r.learner = $1)",
);

const CORRECTIONS: Statement = blank(
    "erasure.correction",
    "UPDATE correction SET because = '' WHERE award IN
       (SELECT a.id FROM award a JOIN registration r ON r.id = a.registration WHERE r.learner = $1)",
);
const CORRECTION_FINDINGS: Statement = blank(
    "erasure.correction_finding",
    "UPDATE correction SET finding = '' WHERE finding IS NOT NULL AND award IN
       (SELECT a.id FROM award a JOIN registration r ON r.id = a.registration WHERE r.learner = $1)",
);
const CORRECTION_REASONINGS: Statement = blank(
    "erasure.correction_reasoning",
    "UPDATE correction SET reasoning = '' WHERE reasoning IS NOT NULL AND award IN
       (SELECT a.id FROM award a JOIN registration r ON r.id = a.registration WHERE r.learner = $1)",
);
const CORRECTION_REGULATORS: Statement = blank(
    "erasure.correction_regulator",
    "UPDATE correction SET regulator = '' WHERE regulator IS NOT NULL AND award IN
       (SELECT a.id FROM award a JOIN registration r ON r.id = a.registration WHERE r.learner = $1)",
);

/// Who signs is sealed about whoever wrote it down.
const SIGNATORIES: Statement = blank(
    "erasure.theme",
    "UPDATE theme SET signatory = '', signature = NULL WHERE signatory IS NOT NULL AND set_by = $1",
);

/// Not derived, and so gone for good: no link shows an award of whom nothing is known.
const OPENINGS: Statement = blank(
    "erasure.share_link_opening",
    "DELETE FROM share_link_opening WHERE link IN (SELECT id FROM share_link WHERE person = $1)",
);
const LINKS: Statement = blank("erasure.share_link", "DELETE FROM share_link WHERE person = $1");

/// Each is run for a person who is erased.
pub const ALL: &[&Statement] = &[
    &DELIVERIES,
    &NAME_CHANGES,
    &NAME_PROOFS,
    &NAME_REFUSALS,
    &CORRECTIONS,
    &CORRECTION_FINDINGS,
    &CORRECTION_REASONINGS,
    &CORRECTION_REGULATORS,
    &TITLES,
    &TEXTS,
    &PRINTS,
    &DRAFTS,
    &VERSIONS,
    &NOTES,
    &DETAILS,
    &CHANGES,
    &RETURNS,
    &DECISIONS,
    &QUALITIES,
    &GRADES,
    &FEEDBACK,
    &SIGNED_REASONS,
    &SIGNED_REMARKS,
    &FOUND_REASONS,
    &VERIFIERS_REMARKS,
    &CLAIMS,
    &FACES,
    &REVOCATIONS,
    &REPLACEMENTS,
    &SIGNATORIES,
    &OPENINGS,
    &LINKS,
];
