-- Every question about work in a state is about a centre's, and answered from submission_queue; with the index by state alone
-- beside it, the count of a queue was read from the table.
DROP INDEX submission_by_state;
