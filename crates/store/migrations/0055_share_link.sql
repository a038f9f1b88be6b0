-- Links by which a learner shows an award to somebody without an account, and when each was opened.
CREATE TABLE share_link (
    id {text} PRIMARY KEY,
    -- SHA-256 of the code, lower-case hex; the code itself is kept nowhere
    code_hash {text} NOT NULL UNIQUE,
    award {text} NOT NULL,
    person {text} NOT NULL,
    -- for whom, in the learner's words
    recipient {text} NOT NULL,
    -- 1 when the units are shown too
    units {int} NOT NULL,
    made_at {text} NOT NULL,
    ends_at {text} NOT NULL
) {strict};
CREATE INDEX share_link_by_award ON share_link (award, made_at);
CREATE INDEX share_link_by_person ON share_link (person);

CREATE TABLE share_link_opening (
    link {text} NOT NULL,
    -- the beginning of the minute
    at {text} NOT NULL,
    -- how often it was opened in this minute
    times {int} NOT NULL,
    PRIMARY KEY (link, at)
) {strict};
