-- Derived: requests for a certificate in another name, and what became of them.
CREATE TABLE name_change (
    id {text} PRIMARY KEY,
    -- the certificate that is to be replaced, and its award
    certificate {text} NOT NULL,
    award {text} NOT NULL,
    centre {text},
    -- private: the name that is asked for; blank once erased
    given {text} NOT NULL,
    family {text} NOT NULL,
    proof {text} NOT NULL,
    -- private: which document it is, and what was seen of it; blank once erased
    document {text} NOT NULL,
    seen {text},
    -- asked, proved, approved, refused
    state {text} NOT NULL,
    asked_at {text} NOT NULL,
    asked_by {text},
    seen_at {text},
    seen_by {text},
    settled_at {text},
    settled_by {text},
    -- private: why it was not approved; blank once erased
    because {text},
    -- the certificate in the new name
    issued {text}
) {strict};
CREATE INDEX name_change_by_award ON name_change (award, asked_at);
CREATE INDEX name_change_by_state ON name_change (state, asked_at, id);
CREATE INDEX name_change_by_centre ON name_change (centre, state, asked_at, id);
