-- One-time links are looked up by person when all of a person's links are used up, and by age while unused.
CREATE INDEX one_time_link_by_person ON one_time_link (person);
CREATE INDEX one_time_link_unused ON one_time_link (purpose, made_at) WHERE used_at IS NULL;
