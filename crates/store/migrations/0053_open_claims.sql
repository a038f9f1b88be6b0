-- Learners for whom a claim could be made stand among what is open on their registration (what: claim), so that their list
-- is read by an index and not looked for among all learners of the centre.
INSERT INTO registration_open (registration, what, unit, centre, since)
SELECT r.id, 'claim', '', r.centre, r.registered_at
FROM registration r
WHERE r.state = 'active'
    AND EXISTS (SELECT 1 FROM registration o JOIN unit_result u ON u.registration = o.id WHERE o.learner = r.learner)
    AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.registration = r.id AND c.state = 'made');

-- Everybody in the order of names, without those who were erased.
CREATE INDEX person_in_order ON person (erased, family, given, id);
