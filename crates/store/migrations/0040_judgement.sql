-- Decisions as saved at the marking desk; the last on each criterion.
CREATE TABLE criterion_decision (
    submission {text} NOT NULL,
    criterion {text} NOT NULL,
    decision {text} NOT NULL,
    reason {text} NOT NULL,
    reason_sealed {text} NOT NULL,
    -- passage ids, separated by spaces
    passages {text} NOT NULL,
    -- command verbs answered, separated by spaces; the criterion's words not yet answered
    verbs {text} NOT NULL,
    words {text},
    decided_at {text} NOT NULL,
    decided_by {text},
    PRIMARY KEY (submission, criterion)
) {strict};

CREATE TABLE quality_judgement (
    submission {text} NOT NULL,
    quality {text} NOT NULL,
    satisfied {int} NOT NULL,
    remark {text},
    remark_sealed {text},
    decided_at {text} NOT NULL,
    decided_by {text},
    PRIMARY KEY (submission, quality)
) {strict};

CREATE TABLE submission_return (
    submission {text} NOT NULL,
    revision {int} NOT NULL,
    -- grounds, separated by spaces
    grounds {text} NOT NULL,
    because {text} NOT NULL,
    returned_at {text} NOT NULL,
    returned_by {text},
    PRIMARY KEY (submission, revision)
) {strict};

CREATE TABLE judgement (
    id {text} PRIMARY KEY,
    submission {text} NOT NULL,
    -- passed, referred
    outcome {text} NOT NULL,
    signed_by {text} NOT NULL,
    signed_at {text} NOT NULL,
    signed_on {text} NOT NULL,
    supersedes {text},
    superseded {int} NOT NULL,
    countersignature_due {int} NOT NULL,
    countersigned_by {text},
    countersigned_at {text},
    feedback {text},
    -- due, agreed, disagreed, not_sampled
    verification_state {text} NOT NULL
) {strict};
CREATE INDEX judgement_by_submission ON judgement (submission, signed_at);
CREATE INDEX judgement_by_signer ON judgement (signed_by, signed_at);
CREATE INDEX judgement_by_verification ON judgement (verification_state, signed_at);

CREATE TABLE judgement_criterion (
    judgement {text} NOT NULL,
    criterion {text} NOT NULL,
    decision {text} NOT NULL,
    reason {text} NOT NULL,
    passages {text} NOT NULL,
    words {text},
    PRIMARY KEY (judgement, criterion)
) {strict};

CREATE TABLE judgement_quality (
    judgement {text} NOT NULL,
    quality {text} NOT NULL,
    satisfied {int} NOT NULL,
    remark {text},
    PRIMARY KEY (judgement, quality)
) {strict};

-- The centre's own grades, on a sheet of their own (JU-10).
CREATE TABLE own_grade (
    submission {text} PRIMARY KEY,
    grade {text} NOT NULL,
    recorded_at {text} NOT NULL,
    recorded_by {text}
) {strict};

CREATE TABLE verification (
    id {text} PRIMARY KEY,
    judgement {text} NOT NULL,
    -- verified or not_sampled
    kind {text} NOT NULL,
    agreed {int},
    remark {text},
    made_at {text} NOT NULL,
    made_on {text} NOT NULL,
    made_by {text}
) {strict};
CREATE INDEX verification_by_judgement ON verification (judgement);

CREATE TABLE verification_criterion (
    verification {text} NOT NULL,
    criterion {text} NOT NULL,
    agrees {int} NOT NULL,
    reason {text},
    PRIMARY KEY (verification, criterion)
) {strict};

-- Final unit results: passed, countersigned where due, and verified or left out of the sample.
CREATE TABLE unit_result (
    registration {text} NOT NULL,
    unit {text} NOT NULL,
    submission {text} NOT NULL,
    judgement {text} NOT NULL,
    achieved_on {text} NOT NULL,
    PRIMARY KEY (registration, unit)
) {strict};

-- Working: an assessor's reusable comments.
CREATE TABLE comment_bank (
    id {text} PRIMARY KEY,
    person {text} NOT NULL,
    text {text} NOT NULL,
    uses {int} NOT NULL,
    made_at {text} NOT NULL
) {strict};
CREATE INDEX comment_bank_by_person ON comment_bank (person);
