-- The people who hold one of the rarer roles are listed from their roles.
CREATE INDEX role_grant_by_role ON role_grant (role, person);
