-- Where the paper of a certificate is, and every step of it.
ALTER TABLE certificate ADD COLUMN delivery {text} NOT NULL DEFAULT 'waiting';
CREATE INDEX certificate_by_delivery ON certificate (delivery, state, issued_on, number);

CREATE TABLE certificate_delivery (
    certificate {text} NOT NULL,
    -- the entry of the ledger
    sequence {int} NOT NULL,
    on_day {text} NOT NULL,
    -- dispatched, undelivered
    kind {text} NOT NULL,
    means {text},
    -- private: to whom, a tracking number, why it came back; blank once erased
    detail {text},
    -- the last day on which what came back is kept
    keep_until {text},
    made_by {text},
    -- of the first dispatch: days since the claim, or since the issue of a replacement
    days {int},
    PRIMARY KEY (certificate, sequence)
) {strict};
CREATE INDEX certificate_delivery_in_time ON certificate_delivery (on_day, days);
