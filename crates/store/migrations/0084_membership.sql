-- private: number of a learner who is a member of the awarding body already
ALTER TABLE registration ADD COLUMN member_number {text};
-- A wider row changed which index SQLite took for a learner's active registrations.
DROP INDEX registration_by_learner;
CREATE INDEX registration_by_learner ON registration (learner, state);
