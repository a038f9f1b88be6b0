//! Signing in: passwords, sessions, one-time links, API tokens. Working tables, never facts.

use crate::Kind::{Int, Text};
use crate::Statement;

const ACCOUNT: &[(&str, crate::Kind)] = &[
    ("person", Text),
    ("password", Text),
    ("failures", Int),
    ("locked_until", Text),
    ("last_sign_in_at", Text),
];

pub const FIND_ACCOUNT: Statement = Statement {
    name: "account.find",
    sql: "SELECT person, password, failures, locked_until, last_sign_in_at FROM account WHERE person = $1",
    parameters: &[Text],
    columns: ACCOUNT,
};

/// Accounts that an e-mail address may mean, oldest person first; one address may stand for two people.
pub const LIST_ACCOUNTS_BY_EMAIL: Statement = Statement {
    name: "account.list_by_email",
    sql: "SELECT account.person, account.password, account.failures, account.locked_until, account.last_sign_in_at
          FROM person JOIN account ON account.person = person.id
          WHERE person.email = $1 AND person.erased = 0 ORDER BY person.added_at, person.id LIMIT 3",
    parameters: &[Text],
    columns: ACCOUNT,
};

/// Sets a password and forgets failures.
pub const SET_PASSWORD: Statement = Statement {
    name: "account.set_password",
    sql: "INSERT INTO account (person, password, failures, locked_until, last_sign_in_at) VALUES ($1, $2, 0, NULL, NULL)
          ON CONFLICT (person) DO UPDATE SET password = excluded.password, failures = 0, locked_until = NULL",
    parameters: &[Text, Text],
    columns: &[],
};

/// `$1` person, `$2` failures so far, `$3` locked until.
pub const COUNT_FAILURE: Statement = Statement {
    name: "account.count_failure",
    sql: "UPDATE account SET failures = $2, locked_until = $3 WHERE person = $1",
    parameters: &[Text, Int, Text],
    columns: &[],
};

/// `$1` person, `$2` the instant.
pub const SIGNED_IN: Statement = Statement {
    name: "account.signed_in",
    sql: "INSERT INTO account (person, password, failures, locked_until, last_sign_in_at) VALUES ($1, NULL, 0, NULL, $2)
          ON CONFLICT (person) DO UPDATE SET failures = 0, locked_until = NULL, last_sign_in_at = excluded.last_sign_in_at",
    parameters: &[Text, Text],
    columns: &[],
};

pub const REMOVE_ACCOUNT: Statement = Statement {
    name: "account.remove",
    sql: "DELETE FROM account WHERE person = $1",
    parameters: &[Text],
    columns: &[],
};

pub const START_SESSION: Statement = Statement {
    name: "session.start",
    sql: "INSERT INTO session (token_hash, person, csrf, started_at, seen_at, ends_at, agent)
          VALUES ($1, $2, $3, $4, $4, $5, $6)",
    parameters: &[Text, Text, Text, Text, Text, Text],
    columns: &[],
};

pub const FIND_SESSION: Statement = Statement {
    name: "session.find",
    sql: "SELECT session.person, session.csrf, session.started_at, session.seen_at, session.ends_at,
                 person.given, person.family
          FROM session JOIN person ON person.id = session.person
          WHERE session.token_hash = $1 AND person.erased = 0",
    parameters: &[Text],
    columns: &[
        ("person", Text),
        ("csrf", Text),
        ("started_at", Text),
        ("seen_at", Text),
        ("ends_at", Text),
        ("given", Text),
        ("family", Text),
    ],
};

pub const TOUCH_SESSION: Statement = Statement {
    name: "session.touch",
    sql: "UPDATE session SET seen_at = $2 WHERE token_hash = $1",
    parameters: &[Text, Text],
    columns: &[],
};

pub const END_SESSION: Statement = Statement {
    name: "session.end",
    sql: "DELETE FROM session WHERE token_hash = $1",
    parameters: &[Text],
    columns: &[],
};

/// Ends all sessions of a person but the one with the hash `$2` (empty for all).
pub const END_OTHER_SESSIONS: Statement = Statement {
    name: "session.end_others",
    sql: "DELETE FROM session WHERE person = $1 AND token_hash <> $2",
    parameters: &[Text, Text],
    columns: &[],
};

/// Removes sessions that ended before `$1` or were not seen since `$2`.
pub const SWEEP_SESSIONS: Statement = Statement {
    name: "session.sweep",
    sql: "DELETE FROM session WHERE ends_at < $1 OR seen_at < $2",
    parameters: &[Text, Text],
    columns: &[],
};

pub const LIST_SESSIONS: Statement = Statement {
    name: "session.list_of_person",
    sql: "SELECT token_hash, started_at, seen_at, ends_at, agent FROM session WHERE person = $1
          ORDER BY seen_at DESC, token_hash LIMIT 50",
    parameters: &[Text],
    columns: &[
        ("token_hash", Text),
        ("started_at", Text),
        ("seen_at", Text),
        ("ends_at", Text),
        ("agent", Text),
    ],
};

/// With the centre whose coordinators see it while it is open: the person's, or the first of several; none for the awarding
/// body's own people.
pub const MAKE_LINK: Statement = Statement {
    name: "one_time_link.make",
    sql: "INSERT INTO one_time_link (token_hash, person, purpose, made_at, ends_at, used_at, centre)
          VALUES ($1, $2, $3, $4, $5, NULL, (SELECT MIN(role_grant.centre) FROM role_grant WHERE role_grant.person = $2))",
    parameters: &[Text, Text, Text, Text, Text],
    columns: &[],
};

pub const FIND_LINK: Statement = Statement {
    name: "one_time_link.find",
    sql: "SELECT one_time_link.person, one_time_link.purpose, one_time_link.ends_at, one_time_link.used_at,
                 person.given, person.family, person.email
          FROM one_time_link JOIN person ON person.id = one_time_link.person
          WHERE one_time_link.token_hash = $1 AND person.erased = 0",
    parameters: &[Text],
    columns: &[
        ("person", Text),
        ("purpose", Text),
        ("ends_at", Text),
        ("used_at", Text),
        ("given", Text),
        ("family", Text),
        ("email", Text),
    ],
};

/// Uses up every open link of the person, so that an older one cannot be used after a newer one.
pub const USE_LINKS: Statement = Statement {
    name: "one_time_link.use_all",
    sql: "UPDATE one_time_link SET used_at = $2 WHERE person = $1 AND used_at IS NULL",
    parameters: &[Text, Text],
    columns: &[],
};

/// People who were invited, never set a password, and whose last invitation was made before now; oldest first. Read in
/// the order of an index and only as far as the list is long: a centre that has just registered thousands has as many open. Of two
/// invitations of one person the last is meant; the CASE keeps the search for another to the person's own links.
pub const LIST_OPEN_INVITATIONS: Statement = Statement {
    name: "one_time_link.list_open_invitations",
    sql: "SELECT person.id AS person, person.given, person.family, l.made_at AS made_at, l.ends_at AS ends_at
          FROM one_time_link l CROSS JOIN person
          WHERE l.purpose = 'invitation' AND l.used_at IS NULL AND person.id = l.person AND person.erased = 0
            AND NOT EXISTS (SELECT 1 FROM account WHERE account.person = person.id AND account.password IS NOT NULL)
            AND NOT EXISTS (SELECT 1 FROM one_time_link n WHERE n.person = l.person
                            AND CASE WHEN n.purpose = 'invitation' AND n.used_at IS NULL THEN n.made_at ELSE '' END > l.made_at)
          ORDER BY l.made_at, l.person LIMIT $1",
    parameters: &[Int],
    columns: &[("person", Text), ("given", Text), ("family", Text), ("made_at", Text), ("ends_at", Text)],
};

/// As `one_time_link.list_open_invitations` for people of the centre `$2`, while they have a role there.
pub const LIST_OPEN_INVITATIONS_AT: Statement = Statement {
    name: "one_time_link.list_open_invitations_at",
    sql: "SELECT person.id AS person, person.given, person.family, l.made_at AS made_at, l.ends_at AS ends_at
          FROM one_time_link l CROSS JOIN person
          WHERE l.centre = $2 AND l.purpose = 'invitation' AND l.used_at IS NULL AND person.id = l.person AND person.erased = 0
            AND NOT EXISTS (SELECT 1 FROM account WHERE account.person = person.id AND account.password IS NOT NULL)
            AND NOT EXISTS (SELECT 1 FROM one_time_link n WHERE n.person = l.person
                            AND CASE WHEN n.purpose = 'invitation' AND n.used_at IS NULL THEN n.made_at ELSE '' END > l.made_at)
            AND EXISTS (SELECT 1 FROM role_grant WHERE role_grant.person = person.id AND role_grant.centre = $2)
          ORDER BY l.made_at, l.person LIMIT $1",
    parameters: &[Int, Text],
    columns: &[("person", Text), ("given", Text), ("family", Text), ("made_at", Text), ("ends_at", Text)],
};

pub const MAKE_TOKEN: Statement = Statement {
    name: "api_token.make",
    sql: "INSERT INTO api_token (id, person, name, token_hash, scopes, made_at, ends_at, used_at, revoked_at)
          VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, NULL)",
    parameters: &[Text, Text, Text, Text, Text, Text, Text],
    columns: &[],
};

pub const FIND_TOKEN: Statement = Statement {
    name: "api_token.find",
    sql: "SELECT api_token.id, api_token.person, api_token.scopes, api_token.ends_at, api_token.used_at,
                 api_token.revoked_at, person.given, person.family
          FROM api_token JOIN person ON person.id = api_token.person
          WHERE api_token.token_hash = $1 AND person.erased = 0",
    parameters: &[Text],
    columns: &[
        ("id", Text),
        ("person", Text),
        ("scopes", Text),
        ("ends_at", Text),
        ("used_at", Text),
        ("revoked_at", Text),
        ("given", Text),
        ("family", Text),
    ],
};

pub const TOUCH_TOKEN: Statement = Statement {
    name: "api_token.touch",
    sql: "UPDATE api_token SET used_at = $2 WHERE id = $1",
    parameters: &[Text, Text],
    columns: &[],
};

pub const REVOKE_TOKEN: Statement = Statement {
    name: "api_token.revoke",
    sql: "UPDATE api_token SET revoked_at = $3 WHERE id = $1 AND person = $2 AND revoked_at IS NULL",
    parameters: &[Text, Text, Text],
    columns: &[],
};

pub const LIST_TOKENS: Statement = Statement {
    name: "api_token.list_of_person",
    sql: "SELECT id, name, scopes, made_at, ends_at, used_at, revoked_at FROM api_token WHERE person = $1
          ORDER BY made_at DESC, id LIMIT 100",
    parameters: &[Text],
    columns: &[
        ("id", Text),
        ("name", Text),
        ("scopes", Text),
        ("made_at", Text),
        ("ends_at", Text),
        ("used_at", Text),
        ("revoked_at", Text),
    ],
};

pub const ALL: &[&Statement] = &[
    &FIND_ACCOUNT,
    &LIST_ACCOUNTS_BY_EMAIL,
    &SET_PASSWORD,
    &COUNT_FAILURE,
    &SIGNED_IN,
    &REMOVE_ACCOUNT,
    &START_SESSION,
    &FIND_SESSION,
    &TOUCH_SESSION,
    &END_SESSION,
    &END_OTHER_SESSIONS,
    &SWEEP_SESSIONS,
    &LIST_SESSIONS,
    &MAKE_LINK,
    &FIND_LINK,
    &USE_LINKS,
    &LIST_OPEN_INVITATIONS,
    &LIST_OPEN_INVITATIONS_AT,
    &MAKE_TOKEN,
    &FIND_TOKEN,
    &TOUCH_TOKEN,
    &REVOKE_TOKEN,
    &LIST_TOKENS,
];
