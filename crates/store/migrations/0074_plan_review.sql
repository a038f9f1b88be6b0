-- Reviews that are due are found among the plans in force, without an index in which all of them stand under one value: SQLite
-- took that one to find the plan of a registration, and read every plan.
DROP INDEX plan_by_review;
CREATE INDEX plan_by_review ON plan (review_on) WHERE current = 1;
