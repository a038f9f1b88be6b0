CREATE TABLE registration (
    id {text} PRIMARY KEY,
    learner {text} NOT NULL,
    centre {text} NOT NULL,
    specification {text} NOT NULL,
    -- the qualification's code
    qualification {text} NOT NULL,
    number {text} NOT NULL UNIQUE,
    start_on {text} NOT NULL,
    ends_on {text} NOT NULL,
    -- how identity was confirmed
    identity {text},
    -- private: authority and responsibility held; null marks the registration for advice
    authority {text},
    -- private
    uln {text},
    -- active, withdrawn, awarded
    state {text} NOT NULL,
    withdrawn_on {text},
    registered_at {text} NOT NULL,
    registered_by {text}
) {strict};
CREATE INDEX registration_by_learner ON registration (learner);
CREATE INDEX registration_by_centre ON registration (centre, state, number);

-- The individual learning plan: every version is kept.
CREATE TABLE plan (
    registration {text} NOT NULL,
    version {int} NOT NULL,
    goals {text},
    support {text},
    review_on {text},
    because {text},
    agreed_at {text} NOT NULL,
    agreed_by {text},
    current {int} NOT NULL,
    PRIMARY KEY (registration, version)
) {strict};

CREATE TABLE plan_unit (
    registration {text} NOT NULL,
    version {int} NOT NULL,
    unit {text} NOT NULL,
    position {int} NOT NULL,
    target_on {text},
    PRIMARY KEY (registration, version, unit)
) {strict};

-- Who teaches, assesses and verifies the learner on a unit; the last allocation counts.
CREATE TABLE allocation (
    registration {text} NOT NULL,
    unit {text} NOT NULL,
    tutor {text},
    assessor {text},
    verifier {text},
    PRIMARY KEY (registration, unit)
) {strict};
CREATE INDEX allocation_by_assessor ON allocation (assessor);
CREATE INDEX allocation_by_verifier ON allocation (verifier);
CREATE INDEX allocation_by_tutor ON allocation (tutor);

-- Everybody who was ever allocated, for separation of duty: an earlier tutor stays a tutor.
CREATE TABLE allocation_past (
    registration {text} NOT NULL,
    unit {text} NOT NULL,
    person {text} NOT NULL,
    -- tutor, assessor, verifier
    role {text} NOT NULL,
    PRIMARY KEY (registration, unit, person, role)
) {strict};

CREATE TABLE message (
    id {text} PRIMARY KEY,
    registration {text} NOT NULL,
    unit {text},
    sender {text},
    recipient {text} NOT NULL,
    text {text} NOT NULL,
    sent_at {text} NOT NULL
) {strict};
CREATE INDEX message_by_registration ON message (registration, sent_at);

-- Working: which messages were seen.
CREATE TABLE message_seen (
    message {text} NOT NULL,
    person {text} NOT NULL,
    seen_at {text} NOT NULL,
    PRIMARY KEY (message, person)
) {strict};
