-- Messages to be sent, recorded in the transaction of the act that causes them and sent afterwards.
CREATE TABLE outbox (
    id {text} NOT NULL PRIMARY KEY,
    at {text} NOT NULL,
    recipient {text} NOT NULL,
    subject {text} NOT NULL,
    body {text} NOT NULL,
    attempts {int} NOT NULL,
    due_at {text} NOT NULL,
    problem {text},
    sent_at {text}
) {keyed};

CREATE INDEX outbox_unsent ON outbox (due_at, id) WHERE sent_at IS NULL;
