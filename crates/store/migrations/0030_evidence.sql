CREATE TABLE evidence (
    id {text} PRIMARY KEY,
    learner {text} NOT NULL,
    -- written, file, viva, observation
    kind {text} NOT NULL,
    title {text} NOT NULL,
    started_at {text} NOT NULL,
    started_by {text},
    current_version {int} NOT NULL,
    withdrawn {int} NOT NULL
) {strict};
CREATE INDEX evidence_by_learner ON evidence (learner, started_at);

CREATE TABLE evidence_version (
    evidence {text} NOT NULL,
    version {int} NOT NULL,
    -- private: SHA-256 of the bytes (the file's address) and the file's name; blank once erased
    sha256 {text} NOT NULL,
    file_name {text} NOT NULL,
    -- the salted digest that the fact carries
    digest {text} NOT NULL,
    media {text} NOT NULL,
    bytes {int} NOT NULL,
    words {int},
    pages {int},
    appendix {int} NOT NULL,
    saved_at {text} NOT NULL,
    saved_by {text},
    PRIMARY KEY (evidence, version)
) {strict};
CREATE INDEX evidence_version_by_sha256 ON evidence_version (sha256);

CREATE TABLE passage (
    id {text} PRIMARY KEY,
    evidence {text} NOT NULL,
    version {int} NOT NULL,
    -- text, page, time, whole
    place {text} NOT NULL,
    from_at {int},
    until_at {int},
    note {text},
    marked_at {text} NOT NULL,
    unmarked {int} NOT NULL
) {strict};
CREATE INDEX passage_by_evidence ON passage (evidence, version);

CREATE TABLE passage_criterion (
    passage {text} NOT NULL,
    unit {text} NOT NULL,
    criterion {text} NOT NULL,
    PRIMARY KEY (passage, unit, criterion)
) {strict};

CREATE TABLE submission (
    id {text} PRIMARY KEY,
    registration {text} NOT NULL,
    unit {text} NOT NULL,
    attempt {int} NOT NULL,
    revision {int} NOT NULL,
    -- submitted, taken, returned, countersign_due, verification_due, sent_back, referred, final
    state {text} NOT NULL,
    submitted_at {text} NOT NULL,
    submitted_on {text} NOT NULL,
    words {int} NOT NULL,
    ai_use {text} NOT NULL,
    ai_detail {text},
    frozen {text} NOT NULL,
    changes {text},
    assessor {text},
    taken_at {text},
    -- the judgement in force, if any
    judgement {text}
) {strict};
CREATE INDEX submission_by_registration ON submission (registration, unit, attempt);
CREATE INDEX submission_by_state ON submission (state, submitted_at);

CREATE TABLE submission_item (
    submission {text} NOT NULL,
    revision {int} NOT NULL,
    position {int} NOT NULL,
    evidence {text} NOT NULL,
    version {int} NOT NULL,
    PRIMARY KEY (submission, revision, position)
) {strict};
CREATE INDEX submission_item_by_evidence ON submission_item (evidence, version);

CREATE TABLE submission_passage (
    submission {text} NOT NULL,
    revision {int} NOT NULL,
    passage {text} NOT NULL,
    PRIMARY KEY (submission, revision, passage)
) {strict};

-- Working: written evidence as it is being typed; saved every few seconds, never a fact.
CREATE TABLE draft (
    evidence {text} PRIMARY KEY,
    text {text} NOT NULL,
    -- grows by one with each save; a save names the revision it started from
    revision {int} NOT NULL,
    saved_at {text} NOT NULL
) {strict};

-- Working: text read out of files, kept by the file's address so that a file is read once.
CREATE TABLE document_text (
    sha256 {text} PRIMARY KEY,
    -- JSON of the document's text, or of the refusal to read it
    text {text} NOT NULL,
    readable {int} NOT NULL
) {strict};
