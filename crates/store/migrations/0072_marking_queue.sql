-- Where a piece of work waits and to whom its unit is allocated, kept with the work itself: a marking queue is read and
-- counted from one index, however many registrations there are.
ALTER TABLE submission ADD COLUMN centre {text} NOT NULL DEFAULT '';
-- the assessor allocated to the unit now
ALTER TABLE submission ADD COLUMN allocated {text};
UPDATE submission SET
    centre = (SELECT r.centre FROM registration r WHERE r.id = submission.registration),
    allocated = (SELECT a.assessor FROM allocation a
                 WHERE a.registration = submission.registration AND a.unit = submission.unit);
CREATE INDEX submission_queue ON submission (centre, state, submitted_at, id, allocated, assessor);
