CREATE TABLE claim (
    id {text} PRIMARY KEY,
    registration {text} NOT NULL,
    qualification {text} NOT NULL,
    -- made, returned, released
    state {text} NOT NULL,
    made_at {text} NOT NULL,
    made_on {text} NOT NULL,
    made_by {text},
    because {text},
    settled_at {text},
    settled_by {text}
) {strict};
CREATE INDEX claim_by_registration ON claim (registration);
CREATE INDEX claim_by_state ON claim (state, made_at);

CREATE TABLE claim_unit (
    claim {text} NOT NULL,
    unit {text} NOT NULL,
    credits {int} NOT NULL,
    judgement {text} NOT NULL,
    achieved_on {text} NOT NULL,
    PRIMARY KEY (claim, unit)
) {strict};

CREATE TABLE award (
    id {text} PRIMARY KEY,
    claim {text} NOT NULL,
    registration {text} NOT NULL,
    qualification {text} NOT NULL,
    credits {int} NOT NULL,
    awarded_on {text} NOT NULL,
    released_by {text}
) {strict};
CREATE INDEX award_by_registration ON award (registration);

CREATE TABLE certificate (
    id {text} PRIMARY KEY,
    award {text} NOT NULL,
    number {text} NOT NULL UNIQUE,
    -- private: JSON of the face as printed; blank once erased
    face {text} NOT NULL,
    -- SHA-256 of the exact PDF bytes; the file's address
    pdf {text} NOT NULL,
    issued_on {text} NOT NULL,
    replaces {text},
    -- valid, replaced, revoked
    state {text} NOT NULL,
    ended_on {text},
    because {text}
) {strict};
CREATE INDEX certificate_by_award ON certificate (award);
