-- Derived: how the papers of an awarding body look, as dated versions.
CREATE TABLE theme (
    id {text} PRIMARY KEY,
    -- the entry of the ledger
    sequence {int} NOT NULL,
    -- as specifications name it
    awarding_body {text} NOT NULL,
    printed_as {text} NOT NULL,
    accent {text} NOT NULL,
    -- SHA-256 of the picture, its media type, and what it shows
    logo {text},
    logo_media {text},
    logo_described {text},
    -- private: JSON of who signs; blank once erased
    signatory {text},
    -- SHA-256 of the picture of the signature; blank once erased
    signature {text},
    from_on {text} NOT NULL,
    set_at {text} NOT NULL,
    set_by {text}
) {strict};
CREATE INDEX theme_by_body ON theme (awarding_body, from_on, sequence);
CREATE INDEX theme_by_logo ON theme (logo);
CREATE INDEX theme_by_signature ON theme (signature);
CREATE INDEX theme_by_setter ON theme (set_by);
