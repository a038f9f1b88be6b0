//! People and the roles they hold.

use crate::Kind::{Int, Text};
use crate::Statement;

pub const ADD_PERSON: Statement = Statement {
    name: "person.add",
    sql: "INSERT INTO person (id, given, family, born_on, email, details, added_at, erased)
          VALUES ($1, $2, $3, $4, $5, $6, $7, 0)",
    parameters: &[Text, Text, Text, Text, Text, Text, Text],
    columns: &[],
};

pub const CHANGE_PERSON: Statement = Statement {
    name: "person.change",
    sql: "UPDATE person SET given = $2, family = $3, born_on = $4, email = $5, details = $6 WHERE id = $1",
    parameters: &[Text, Text, Text, Text, Text, Text],
    columns: &[],
};

pub const ERASE_PERSON: Statement = Statement {
    name: "person.erase",
    sql: "UPDATE person SET given = '', family = '', born_on = NULL, email = NULL, erased = 1 WHERE id = $1",
    parameters: &[Text],
    columns: &[],
};

pub const FIND_PERSON: Statement = Statement {
    name: "person.find",
    sql: "SELECT id, given, family, born_on, email, added_at, erased FROM person WHERE id = $1",
    parameters: &[Text],
    columns: &[
        ("id", Text),
        ("given", Text),
        ("family", Text),
        ("born_on", Text),
        ("email", Text),
        ("added_at", Text),
        ("erased", Int),
    ],
};

pub const FIND_PERSON_BY_EMAIL: Statement = Statement {
    name: "person.find_by_email",
    sql: "SELECT id FROM person WHERE email = $1 AND erased = 0 ORDER BY added_at, id",
    parameters: &[Text],
    columns: &[("id", Text)],
};

pub const GRANT_ROLE: Statement = Statement {
    name: "role_grant.add",
    sql: "INSERT INTO role_grant (id, person, role, centre, from_on, until_on, countersigned)
          VALUES ($1, $2, $3, $4, $5, $6, $7)",
    parameters: &[Text, Text, Text, Text, Text, Text, Int],
    columns: &[],
};

pub const END_ROLE: Statement = Statement {
    name: "role_grant.end",
    sql: "UPDATE role_grant SET until_on = $2 WHERE id = $1",
    parameters: &[Text, Text],
    columns: &[],
};

const GRANT: &[(&str, crate::Kind)] = &[
    ("id", Text),
    ("person", Text),
    ("role", Text),
    ("centre", Text),
    ("from_on", Text),
    ("until_on", Text),
    ("countersigned", Int),
];

pub const LIST_GRANTS_OF_PERSON: Statement = Statement {
    name: "role_grant.list_of_person",
    sql: "SELECT id, person, role, centre, from_on, until_on, countersigned FROM role_grant WHERE person = $1 ORDER BY id",
    parameters: &[Text],
    columns: &[
        ("id", Text),
        ("person", Text),
        ("role", Text),
        ("centre", Text),
        ("from_on", Text),
        ("until_on", Text),
        ("countersigned", Int),
    ],
};

/// People to try in a demonstration, with a role they hold on `$1`: staff first, then learners.
pub const LIST_PEOPLE_TO_TRY: Statement = Statement {
    name: "person.list_to_try",
    sql: "SELECT person.id AS person, person.given, person.family, role_grant.role
          FROM role_grant JOIN person ON person.id = role_grant.person
          WHERE role_grant.from_on <= $1 AND (role_grant.until_on IS NULL OR role_grant.until_on >= $1)
            AND person.erased = 0
          ORDER BY CASE role_grant.role WHEN 'learner' THEN 2 WHEN 'tutor' THEN 1 ELSE 0 END,
                   person.added_at, person.id, role_grant.id LIMIT 60",
    parameters: &[Text],
    columns: &[
        ("person", Text),
        ("given", Text),
        ("family", Text),
        ("role", Text),
    ],
};

pub const FOUND_INSTALLATION: Statement = Statement {
    name: "installation.found",
    sql: "INSERT INTO installation (id, awarding_body, awarding_body_short, time_zone, founded_at)
          VALUES ('installation', $1, $2, $3, $4)",
    parameters: &[Text, Text, Text, Text],
    columns: &[],
};

pub const FIND_INSTALLATION: Statement = Statement {
    name: "installation.find",
    sql: "SELECT awarding_body, awarding_body_short, time_zone, founded_at FROM installation",
    parameters: &[],
    columns: &[
        ("awarding_body", Text),
        ("awarding_body_short", Text),
        ("time_zone", Text),
        ("founded_at", Text),
    ],
};

pub const ADD_WORD: Statement = Statement {
    name: "person_word.add",
    sql: "INSERT INTO person_word (word, person) VALUES ($1, $2) ON CONFLICT DO NOTHING",
    parameters: &[Text, Text],
    columns: &[],
};

pub const REMOVE_WORDS: Statement = Statement {
    name: "person_word.remove",
    sql: "DELETE FROM person_word WHERE person = $1",
    parameters: &[Text],
    columns: &[],
};

/// Somebody known with this name and date of birth.
pub const FIND_SAME_NAME_AND_BIRTH: Statement = Statement {
    name: "person.find_same_name_and_birth",
    sql: "SELECT id FROM person WHERE family = $1 AND given = $2 AND born_on = $3 AND erased = 0 LIMIT 1",
    parameters: &[Text, Text, Text],
    columns: &[("id", Text)],
};

pub const FIND_GRANT: Statement = Statement {
    name: "role_grant.find",
    sql: "SELECT id, person, role, centre, from_on, until_on, countersigned FROM role_grant WHERE id = $1",
    parameters: &[Text],
    columns: GRANT,
};

/// People beside `$1` who hold the administrator's role on `$2` with no end.
pub const COUNT_OTHER_ADMINISTRATORS: Statement = Statement {
    name: "role_grant.count_other_administrators",
    sql: "SELECT COUNT(DISTINCT role_grant.person) AS people
          FROM role_grant JOIN person ON person.id = role_grant.person
          WHERE role_grant.role = 'administrator' AND role_grant.person <> $1 AND role_grant.from_on <= $2
            AND role_grant.until_on IS NULL AND person.erased = 0",
    parameters: &[Text, Text],
    columns: &[("people", Int)],
};

const PERSON_LINE: &[(&str, crate::Kind)] =
    &[("id", Text), ("given", Text), ("family", Text), ("email", Text)];

/// Whether a person (the column `$person`) holds a role (the parameter `$role`, empty for any) somewhere, at any time.
macro_rules! has_role {
    ($role:literal, $person:literal) => {
        concat!(
            "(",
            $role,
            " = '' OR EXISTS (SELECT 1 FROM role_grant WHERE role_grant.person = ",
            $person,
            " AND role_grant.role = ",
            $role,
            "))"
        )
    };
}

/// People by two beginnings of words: `$2` to below `$3`, and `$4` to below `$5` (which may span everything); `$1` role or
/// empty. At most 2,000 rows in the order of the words, so that a beginning of one letter
/// does not sort half the installation; whoever looks for one among more types another letter.
macro_rules! found {
    () => {
        concat!(
            "(SELECT person_word.person AS person FROM person_word
              WHERE person_word.word >= $2 AND person_word.word < $3
                AND EXISTS (SELECT 1 FROM person_word AS more
                            WHERE more.person = person_word.person AND more.word >= $4 AND more.word < $5)
                AND ",
            has_role!("$1", "person_word.person"),
            " ORDER BY person_word.word, person_word.person LIMIT 2000) AS found"
        )
    };
}

/// Everybody, in the order of names: `$1` role or empty, `$2` how many, `$3` after how many.
pub const LIST_PEOPLE: Statement = Statement {
    name: "person.list",
    sql: concat!(
        "SELECT id, given, family, email FROM person WHERE erased = 0 AND ",
        has_role!("$1", "person.id"),
        " ORDER BY family, given, id LIMIT $2 OFFSET $3"
    ),
    parameters: &[Text, Int, Int],
    columns: PERSON_LINE,
};

pub const COUNT_PEOPLE: Statement = Statement {
    name: "person.count",
    sql: concat!(
        "SELECT COUNT(*) AS people FROM (SELECT 1 AS one FROM person WHERE erased = 0 AND ",
        has_role!("$1", "person.id"),
        " LIMIT 10000) AS counted"
    ),
    parameters: &[Text],
    columns: &[("people", Int)],
};

/// People found by two beginnings of words (the second may span everything): `$1` role or empty, `$2` to `$5` the
/// stretches, `$6` how many, `$7` after how many.
pub const SEARCH_PEOPLE: Statement = Statement {
    name: "person.search",
    sql: concat!(
        "SELECT DISTINCT person.id, person.given, person.family, person.email
         FROM ",
        found!(),
        " JOIN person ON person.id = found.person
         ORDER BY person.family, person.given, person.id LIMIT $6 OFFSET $7"
    ),
    parameters: &[Text, Text, Text, Text, Text, Int, Int],
    columns: PERSON_LINE,
};

pub const COUNT_FOUND_PEOPLE: Statement = Statement {
    name: "person.count_found",
    sql: concat!("SELECT COUNT(DISTINCT found.person) AS people FROM ", found!()),
    parameters: &[Text, Text, Text, Text, Text],
    columns: &[("people", Int)],
};

/// As `person.list` for one of the rarer roles, which few hold.
pub const LIST_PEOPLE_WITH_ROLE: Statement = Statement {
    name: "person.list_with_role",
    sql: "SELECT DISTINCT person.id, person.given, person.family, person.email
          FROM role_grant JOIN person ON person.id = role_grant.person
          WHERE role_grant.role = $1 AND person.erased = 0
          ORDER BY person.family, person.given, person.id LIMIT $2 OFFSET $3",
    parameters: &[Text, Int, Int],
    columns: PERSON_LINE,
};

pub const COUNT_PEOPLE_WITH_ROLE: Statement = Statement {
    name: "person.count_with_role",
    sql: "SELECT COUNT(*) AS people FROM (SELECT DISTINCT person.id
          FROM role_grant JOIN person ON person.id = role_grant.person
          WHERE role_grant.role = $1 AND person.erased = 0 LIMIT 10000) AS counted",
    parameters: &[Text],
    columns: &[("people", Int)],
};

/// As `person.list` for people with a role (`$1` or any) at the centre `$4`.
pub const LIST_PEOPLE_AT: Statement = Statement {
    name: "person.list_at",
    sql: "SELECT DISTINCT person.id, person.given, person.family, person.email
          FROM role_grant JOIN person ON person.id = role_grant.person
          WHERE role_grant.centre = $4 AND ($1 = '' OR role_grant.role = $1) AND person.erased = 0
          ORDER BY person.family, person.given, person.id LIMIT $2 OFFSET $3",
    parameters: &[Text, Int, Int, Text],
    columns: PERSON_LINE,
};

pub const COUNT_PEOPLE_AT: Statement = Statement {
    name: "person.count_at",
    sql: "SELECT COUNT(*) AS people FROM (SELECT DISTINCT person.id
          FROM role_grant JOIN person ON person.id = role_grant.person
          WHERE role_grant.centre = $2 AND ($1 = '' OR role_grant.role = $1) AND person.erased = 0 LIMIT 10000) AS counted",
    parameters: &[Text, Text],
    columns: &[("people", Int)],
};

/// As `person.search` for people with a role (`$1` or any) at the centre `$8`.
pub const SEARCH_PEOPLE_AT: Statement = Statement {
    name: "person.search_at",
    sql: "SELECT DISTINCT person.id, person.given, person.family, person.email
          FROM role_grant JOIN person ON person.id = role_grant.person
          WHERE role_grant.centre = $8 AND ($1 = '' OR role_grant.role = $1) AND person.erased = 0
            AND EXISTS (SELECT 1 FROM person_word WHERE person_word.person = person.id AND person_word.word >= $2 AND person_word.word < $3)
            AND EXISTS (SELECT 1 FROM person_word WHERE person_word.person = person.id AND person_word.word >= $4 AND person_word.word < $5)
          ORDER BY person.family, person.given, person.id LIMIT $6 OFFSET $7",
    parameters: &[Text, Text, Text, Text, Text, Int, Int, Text],
    columns: PERSON_LINE,
};

pub const COUNT_FOUND_PEOPLE_AT: Statement = Statement {
    name: "person.count_found_at",
    sql: "SELECT COUNT(*) AS people FROM (SELECT DISTINCT person.id
          FROM role_grant JOIN person ON person.id = role_grant.person
          WHERE role_grant.centre = $6 AND ($1 = '' OR role_grant.role = $1) AND person.erased = 0
            AND EXISTS (SELECT 1 FROM person_word WHERE person_word.person = person.id AND person_word.word >= $2 AND person_word.word < $3)
            AND EXISTS (SELECT 1 FROM person_word WHERE person_word.person = person.id AND person_word.word >= $4 AND person_word.word < $5) LIMIT 10000) AS counted",
    parameters: &[Text, Text, Text, Text, Text, Text],
    columns: &[("people", Int)],
};

/// People who hold a role at the centre `$1` on `$2`, other than learners; for choosing staff. Two comparisons and not one
/// inequality, so that the index passes over the learners.
pub const LIST_STAFF: Statement = Statement {
    name: "role_grant.list_staff",
    sql: "SELECT person.id AS person, person.given, person.family, role_grant.role, role_grant.countersigned
          FROM role_grant JOIN person ON person.id = role_grant.person
          WHERE role_grant.centre = $1 AND (role_grant.role < 'learner' OR role_grant.role > 'learner') AND role_grant.from_on <= $2
            AND (role_grant.until_on IS NULL OR role_grant.until_on >= $2) AND person.erased = 0
          ORDER BY person.family, person.given, person.id, role_grant.role",
    parameters: &[Text, Text],
    columns: &[
        ("person", Text),
        ("given", Text),
        ("family", Text),
        ("role", Text),
        ("countersigned", Int),
    ],
};

/// The centre's own scale of grades, if it uses one (CE-13).
pub const FIND_GRADE_SCALE: Statement = Statement {
    name: "centre.find_grade_scale",
    sql: "SELECT grade_scale, grades FROM centre WHERE id = $1",
    parameters: &[Text],
    columns: &[("grade_scale", Text), ("grades", Text)],
};

pub const ALL: &[&Statement] = &[
    &ADD_PERSON,
    &CHANGE_PERSON,
    &ERASE_PERSON,
    &FIND_PERSON,
    &FIND_PERSON_BY_EMAIL,
    &GRANT_ROLE,
    &END_ROLE,
    &LIST_GRANTS_OF_PERSON,
    &LIST_PEOPLE_TO_TRY,
    &FOUND_INSTALLATION,
    &FIND_INSTALLATION,
    &ADD_WORD,
    &REMOVE_WORDS,
    &FIND_SAME_NAME_AND_BIRTH,
    &FIND_GRANT,
    &COUNT_OTHER_ADMINISTRATORS,
    &LIST_PEOPLE,
    &COUNT_PEOPLE,
    &LIST_PEOPLE_WITH_ROLE,
    &COUNT_PEOPLE_WITH_ROLE,
    &SEARCH_PEOPLE,
    &COUNT_FOUND_PEOPLE,
    &LIST_PEOPLE_AT,
    &COUNT_PEOPLE_AT,
    &SEARCH_PEOPLE_AT,
    &COUNT_FOUND_PEOPLE_AT,
    &LIST_STAFF,
    &FIND_GRADE_SCALE,
];
