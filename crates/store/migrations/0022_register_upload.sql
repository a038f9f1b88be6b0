-- Working: a list of learners that was uploaded and rehearsed, until it is registered or a day old.
CREATE TABLE register_upload (
    id {text} PRIMARY KEY,
    person {text} NOT NULL,
    centre {text} NOT NULL,
    name {text} NOT NULL,
    bytes {bytes} NOT NULL,
    -- JSON of what the rehearsal found
    findings {text} NOT NULL,
    at {text} NOT NULL
) {strict};
