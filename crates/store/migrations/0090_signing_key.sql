-- The keys that sign what the ledger says of itself, derived from its facts. introduced and retired are entries' numbers.
CREATE TABLE signing_key (
    id {text} PRIMARY KEY,
    public_key {text} NOT NULL,
    introduced {int} NOT NULL,
    introduced_at {text} NOT NULL,
    retired {int},
    retired_at {text},
    -- rotated, lost, exposed
    ground {text}
) {keyed};

-- Signed checkpoints as they were given out, with the witnesses' cosignatures that came back. One for each size.
CREATE TABLE checkpoint (
    size {int} NOT NULL PRIMARY KEY,
    note {text} NOT NULL
) {strict};
