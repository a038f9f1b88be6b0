-- Working: a syllabus that was handed in as a document, until and after it becomes a specification. The document and
-- what was read from it are kept as files; they belong to the centre, or to the awarding body where there is none.
CREATE TABLE syllabus (
    id {text} PRIMARY KEY,
    person {text} NOT NULL,
    centre {text},
    -- the document: its name, media type, size and address among the files
    name {text} NOT NULL,
    media {text} NOT NULL,
    bytes {int} NOT NULL,
    sha256 {text} NOT NULL,
    -- address of the reading among the files
    reading {text} NOT NULL,
    -- as read
    title {text} NOT NULL,
    -- findings, those that are open, and the errors and warnings among them
    findings {int} NOT NULL,
    open_findings {int} NOT NULL,
    open_errors {int} NOT NULL,
    open_warnings {int} NOT NULL,
    at {text} NOT NULL,
    -- what it became
    specification {text}
) {strict};
CREATE INDEX syllabus_by_time ON syllabus (at, id);
CREATE INDEX syllabus_by_file ON syllabus (sha256);
CREATE INDEX syllabus_by_reading ON syllabus (reading);
CREATE INDEX syllabus_by_specification ON syllabus (specification);

-- Working: the steps of a review, numbered from 0; only ever added.
CREATE TABLE syllabus_step (
    syllabus {text} NOT NULL,
    number {int} NOT NULL,
    person {text} NOT NULL,
    at {text} NOT NULL,
    reason {text} NOT NULL,
    -- JSON of what was done
    deed {text} NOT NULL,
    PRIMARY KEY (syllabus, number)
) {strict};

-- Working: the awarding body's guidance for the criteria of a specification that was read from its document, as JSON by unit
-- and criterion. It is kept beside the text, so that no ledger, dossier or export holds it.
CREATE TABLE specification_guidance (
    specification {text} PRIMARY KEY,
    text {text} NOT NULL
) {strict};
