-- The centre beside each claim and certificate, so that a centre's list is read by an index alone.
ALTER TABLE claim ADD COLUMN centre {text};
CREATE INDEX claim_by_centre ON claim (centre, state, made_at);

ALTER TABLE certificate ADD COLUMN centre {text};
CREATE INDEX certificate_by_centre ON certificate (centre, issued_on, number);
CREATE INDEX certificate_by_issue ON certificate (issued_on, number);
