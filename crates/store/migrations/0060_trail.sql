-- Derived: which entries of the ledger speak of what, so that an audit trail is one look-up.
CREATE TABLE trail (
    sequence {int} PRIMARY KEY,
    at {text} NOT NULL,
    by_person {text},
    via {text} NOT NULL,
    act {text} NOT NULL,
    fact {text} NOT NULL
) {strict};
CREATE INDEX trail_by_act ON trail (act);

CREATE TABLE trail_subject (
    -- an id with its prefix, or `reg_…/7020V1` for a unit of a registration
    subject {text} NOT NULL,
    sequence {int} NOT NULL,
    PRIMARY KEY (subject, sequence)
) {strict};
