-- What is claimed and awarded: 'award' is a whole qualification, 'credit' single units of one.
ALTER TABLE claim ADD COLUMN kind {text} NOT NULL DEFAULT 'award';
ALTER TABLE award ADD COLUMN kind {text} NOT NULL DEFAULT 'award';
