-- Content that facts point to by id and digest and that can be erased: names, dates of birth, free text, evidence titles.
-- Erasing takes salt and content and leaves the row, so that it can be said what was erased and when.
CREATE TABLE private (
    id {text} NOT NULL PRIMARY KEY,
    subject {text} NOT NULL,
    kind {text} NOT NULL,
    salt {bytes},
    content {bytes},
    erased_at {text}
) {keyed};

CREATE INDEX private_by_subject ON private (subject, id);
