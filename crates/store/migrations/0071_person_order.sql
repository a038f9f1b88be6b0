-- The order of names, of those who were not erased only. Led by the mark of erasure, the index before it was taken for
-- questions about a birthday or an address too, and then read everybody.
DROP INDEX person_in_order;
CREATE INDEX person_in_order ON person (family, given, id) WHERE erased = 0;
