-- Derived: the installation and its awarding body.
CREATE TABLE installation (
    id {text} PRIMARY KEY,
    awarding_body {text} NOT NULL,
    awarding_body_short {text} NOT NULL,
    time_zone {text} NOT NULL,
    founded_at {text} NOT NULL
) {strict};

-- Derived, with private content: blank once the person is erased.
CREATE TABLE person (
    id {text} PRIMARY KEY,
    given {text} NOT NULL,
    family {text} NOT NULL,
    born_on {text},
    email {text},
    details {text} NOT NULL,
    added_at {text} NOT NULL,
    erased {int} NOT NULL
) {strict};
CREATE INDEX person_by_email ON person (email);
CREATE INDEX person_by_name ON person (family, given, id);

CREATE TABLE role_grant (
    id {text} PRIMARY KEY,
    person {text} NOT NULL,
    role {text} NOT NULL,
    centre {text},
    from_on {text} NOT NULL,
    until_on {text},
    countersigned {int} NOT NULL
) {strict};
CREATE INDEX role_grant_by_person ON role_grant (person);
CREATE INDEX role_grant_by_centre ON role_grant (centre, role);

CREATE TABLE centre (
    id {text} PRIMARY KEY,
    number {text} NOT NULL UNIQUE,
    name {text} NOT NULL,
    approved_on {text} NOT NULL,
    grade_scale {text},
    grades {text}
) {strict};

CREATE TABLE centre_qualification (
    centre {text} NOT NULL,
    qualification {text} NOT NULL,
    from_on {text} NOT NULL,
    until_on {text},
    PRIMARY KEY (centre, qualification, from_on)
) {strict};

CREATE TABLE specification (
    id {text} PRIMARY KEY,
    digest {text} NOT NULL,
    title {text} NOT NULL,
    version {text} NOT NULL,
    -- draft, checked, approved, published
    state {text} NOT NULL,
    drafted_by {text},
    drafted_at {text} NOT NULL,
    checked_at {text},
    errors {int},
    warnings {int},
    approved_by {text},
    approved_at {text},
    published_by {text},
    published_at {text}
) {strict};

-- Working: the text of each specification, kept by its digest.
CREATE TABLE specification_text (
    digest {text} PRIMARY KEY,
    -- toml or json
    format {text} NOT NULL,
    text {text} NOT NULL
) {strict};

-- Working: signing in.
CREATE TABLE account (
    person {text} PRIMARY KEY,
    password {text},
    failures {int} NOT NULL,
    locked_until {text},
    last_sign_in_at {text}
) {strict};

CREATE TABLE session (
    token_hash {text} PRIMARY KEY,
    person {text} NOT NULL,
    csrf {text} NOT NULL,
    started_at {text} NOT NULL,
    seen_at {text} NOT NULL,
    ends_at {text} NOT NULL,
    agent {text} NOT NULL
) {strict};
CREATE INDEX session_by_person ON session (person);

CREATE TABLE one_time_link (
    token_hash {text} PRIMARY KEY,
    person {text} NOT NULL,
    -- invitation or reset
    purpose {text} NOT NULL,
    made_at {text} NOT NULL,
    ends_at {text} NOT NULL,
    used_at {text}
) {strict};

CREATE TABLE api_token (
    id {text} PRIMARY KEY,
    person {text} NOT NULL,
    name {text} NOT NULL,
    token_hash {text} NOT NULL UNIQUE,
    -- space-separated scopes: read, write
    scopes {text} NOT NULL,
    made_at {text} NOT NULL,
    ends_at {text} NOT NULL,
    used_at {text},
    revoked_at {text}
) {strict};
CREATE INDEX api_token_by_person ON api_token (person);
