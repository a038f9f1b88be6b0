-- Open invitations in the order of their list, of everybody and of a centre: many learners are registered at one moment, and all
-- of a moment were read to show the first few of them; and the coordinators of a small centre had all of the others' read.
ALTER TABLE one_time_link ADD COLUMN centre {text};
UPDATE one_time_link SET centre = (SELECT MIN(role_grant.centre) FROM role_grant WHERE role_grant.person = one_time_link.person)
    WHERE purpose = 'invitation' AND used_at IS NULL;
DROP INDEX one_time_link_unused;
CREATE INDEX one_time_link_unused ON one_time_link (purpose, made_at, person) WHERE used_at IS NULL;
CREATE INDEX one_time_link_unused_at ON one_time_link (centre, purpose, made_at, person) WHERE used_at IS NULL;
