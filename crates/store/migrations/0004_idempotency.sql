-- Answers already given, so that a request repeated under the same key is answered again and not acted on again.
CREATE TABLE idempotency (
    person {text} NOT NULL,
    key {text} NOT NULL,
    route {text} NOT NULL,
    request_digest {bytes} NOT NULL,
    status {int} NOT NULL,
    body {bytes} NOT NULL,
    at {text} NOT NULL,
    PRIMARY KEY (person, key)
) {keyed};

CREATE INDEX idempotency_by_age ON idempotency (at);
