//! Registrations, the words they are found by, and what is open on them.
//!
//! Lists are read page by page from the number after which they go on, so that a page takes as long with a hundred
//! thousand learners as with a hundred. Each list exists for three circles of readers: a centre's coordinators, staff who
//! are allocated to the learner, and the awarding body.

use crate::Kind::{Bytes, Int, Text};
use crate::Statement;

pub const ADD: Statement = Statement {
    name: "registration.add",
    sql: "INSERT INTO registration (id, learner, centre, specification, qualification, number, start_on, ends_on,
              identity, authority, uln, state, withdrawn_on, registered_at, registered_by, member_number)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'active', NULL, $12, $13, $14)",
    parameters: &[Text, Text, Text, Text, Text, Text, Text, Text, Text, Text, Text, Text, Text, Text],
    columns: &[],
};

pub const CONFIRM_IDENTITY: Statement = Statement {
    name: "registration.confirm_identity",
    sql: "UPDATE registration SET identity = $2 WHERE id = $1",
    parameters: &[Text, Text],
    columns: &[],
};

/// Answers what was left open; null leaves it as it is.
pub const COMPLETE: Statement = Statement {
    name: "registration.complete",
    sql: "UPDATE registration SET authority = COALESCE($2, authority), uln = COALESCE($3, uln),
              member_number = COALESCE($4, member_number) WHERE id = $1",
    parameters: &[Text, Text, Text, Text],
    columns: &[],
};

pub const WITHDRAW: Statement = Statement {
    name: "registration.withdraw",
    sql: "UPDATE registration SET state = 'withdrawn', withdrawn_on = $2 WHERE id = $1",
    parameters: &[Text, Text],
    columns: &[],
};

pub const BLANK_PRIVATE: Statement = Statement {
    name: "registration.blank_private",
    sql: "UPDATE registration SET authority = NULL, uln = NULL, member_number = NULL,
              identity = CASE WHEN identity IS NULL THEN NULL ELSE '' END WHERE learner = $1",
    parameters: &[Text],
    columns: &[],
};

pub const ADD_WORD: Statement = Statement {
    name: "registration_word.add",
    sql: "INSERT INTO registration_word (centre, word, registration) VALUES ($1, $2, $3)
          ON CONFLICT (centre, word, registration) DO NOTHING",
    parameters: &[Text, Text, Text],
    columns: &[],
};

pub const DROP_WORDS: Statement = Statement {
    name: "registration_word.drop",
    sql: "DELETE FROM registration_word WHERE registration = $1",
    parameters: &[Text],
    columns: &[],
};

pub const OPEN: Statement = Statement {
    name: "registration_open.add",
    sql: "INSERT INTO registration_open (registration, what, unit, centre, since) VALUES ($1, $2, $3, $4, $5)
          ON CONFLICT (registration, what, unit) DO NOTHING",
    parameters: &[Text, Text, Text, Text, Text],
    columns: &[],
};

pub const CLOSE: Statement = Statement {
    name: "registration_open.close",
    sql: "DELETE FROM registration_open WHERE registration = $1 AND what = $2 AND unit = $3",
    parameters: &[Text, Text, Text],
    columns: &[],
};

pub const CLOSE_KIND: Statement = Statement {
    name: "registration_open.close_kind",
    sql: "DELETE FROM registration_open WHERE registration = $1 AND what = $2",
    parameters: &[Text, Text],
    columns: &[],
};

pub const CLOSE_ALL: Statement = Statement {
    name: "registration_open.close_all",
    sql: "DELETE FROM registration_open WHERE registration = $1",
    parameters: &[Text],
    columns: &[],
};

/// What is open at a centre, oldest first.
pub const LIST_OPEN: Statement = Statement {
    name: "registration_open.list",
    sql: "SELECT o.registration AS registration, o.unit AS unit, o.since AS since, r.number AS number,
              r.qualification AS qualification, p.given AS given, p.family AS family
          FROM registration_open o
          JOIN registration r ON r.id = o.registration
          JOIN person p ON p.id = r.learner
          WHERE o.centre = $1 AND o.what = $2
          ORDER BY o.since, o.registration, o.unit LIMIT $3",
    parameters: &[Text, Text, Int],
    columns: &[
        ("registration", Text),
        ("unit", Text),
        ("since", Text),
        ("number", Text),
        ("qualification", Text),
        ("given", Text),
        ("family", Text),
    ],
};

pub const FIND: Statement = Statement {
    name: "registration.find",
    sql: "SELECT r.id AS id, r.learner AS learner, r.centre AS centre, r.specification AS specification,
              r.qualification AS qualification, r.number AS number, r.start_on AS start_on, r.ends_on AS ends_on,
              r.identity AS identity, r.authority AS authority, r.uln AS uln, r.state AS state,
              r.withdrawn_on AS withdrawn_on, r.registered_at AS registered_at, r.registered_by AS registered_by,
              r.member_number AS member_number,
              p.given AS given, p.family AS family, p.born_on AS born_on, p.email AS email,
              c.number AS centre_number, c.name AS centre_name
          FROM registration r
          JOIN person p ON p.id = r.learner
          JOIN centre c ON c.id = r.centre
          WHERE r.id = $1",
    parameters: &[Text],
    columns: &[
        ("id", Text),
        ("learner", Text),
        ("centre", Text),
        ("specification", Text),
        ("qualification", Text),
        ("number", Text),
        ("start_on", Text),
        ("ends_on", Text),
        ("identity", Text),
        ("authority", Text),
        ("uln", Text),
        ("state", Text),
        ("withdrawn_on", Text),
        ("registered_at", Text),
        ("registered_by", Text),
        ("member_number", Text),
        ("given", Text),
        ("family", Text),
        ("born_on", Text),
        ("email", Text),
        ("centre_number", Text),
        ("centre_name", Text),
    ],
};

pub const FIND_BY_NUMBER: Statement = Statement {
    name: "registration.find_by_number",
    sql: "SELECT id FROM registration WHERE number = $1",
    parameters: &[Text],
    columns: &[("id", Text)],
};

/// The registrations of one learner, in the order in which they were made.
pub const LIST_OF_LEARNER: Statement = Statement {
    name: "registration.list_of_learner",
    sql: "SELECT id, centre, specification, qualification, number, state, start_on, ends_on
          FROM registration WHERE learner = $1 ORDER BY registered_at, id",
    parameters: &[Text],
    columns: &[
        ("id", Text),
        ("centre", Text),
        ("specification", Text),
        ("qualification", Text),
        ("number", Text),
        ("state", Text),
        ("start_on", Text),
        ("ends_on", Text),
    ],
};

/// When each registration of a learner began and ended, and whether it says that the learner is a member already.
pub const LIST_STUDIES: Statement = Statement {
    name: "registration.list_studies",
    sql: "SELECT r.registered_at AS registered_at, r.ends_on AS ends_on, r.state AS state, r.withdrawn_on AS withdrawn_on,
              r.member_number AS member_number,
              (SELECT MAX(a.awarded_on) FROM award a
               WHERE a.registration = r.id AND a.kind = 'award' AND a.withdrawn_on IS NULL) AS awarded_on
          FROM registration r WHERE r.learner = $1",
    parameters: &[Text],
    columns: &[
        ("registered_at", Text),
        ("ends_on", Text),
        ("state", Text),
        ("withdrawn_on", Text),
        ("member_number", Text),
        ("awarded_on", Text),
    ],
};

/// Active registrations at a centre that hold a unique learner number.
pub const LIST_BY_ULN: Statement = Statement {
    name: "registration.list_by_uln",
    sql: "SELECT id, learner, qualification, number FROM registration
          WHERE uln = $1 AND centre = $2 AND state = 'active' ORDER BY number",
    parameters: &[Text, Text],
    columns: &[
        ("id", Text),
        ("learner", Text),
        ("qualification", Text),
        ("number", Text),
    ],
};

/// The last number of a centre's own kind: between the two texts.
pub const LAST_NUMBER: Statement = Statement {
    name: "registration.last_number",
    sql: "SELECT number FROM registration WHERE centre = $1 AND number >= $2 AND number < $3
          ORDER BY number DESC LIMIT 8",
    parameters: &[Text, Text, Text],
    columns: &[("number", Text)],
};

/// Learners of a centre who were born on a day. Few are born on one day, so the day is looked up first: the expression on
/// the centre keeps an engine from reading the whole centre instead.
pub const LIST_LEARNERS_BORN: Statement = Statement {
    name: "registration.list_learners_born",
    sql: "SELECT p.id AS id, p.given AS given, p.family AS family, r.id AS registration, r.number AS number,
              r.qualification AS qualification, r.state AS state
          FROM person p JOIN registration r ON r.learner = p.id
          WHERE p.born_on = $1 AND r.centre || '' = $2 AND p.erased = 0
          ORDER BY r.number",
    parameters: &[Text, Text],
    columns: &[
        ("id", Text),
        ("given", Text),
        ("family", Text),
        ("registration", Text),
        ("number", Text),
        ("qualification", Text),
        ("state", Text),
    ],
};

pub const FIND_CENTRE: Statement = Statement {
    name: "registration.find_centre",
    sql: "SELECT id, number, name FROM centre WHERE id = $1",
    parameters: &[Text],
    columns: &[("id", Text), ("number", Text), ("name", Text)],
};

/// What a centre offers, from when until when.
pub const LIST_OFFERINGS: Statement = Statement {
    name: "registration.list_offerings",
    sql: "SELECT qualification, from_on, until_on FROM centre_qualification WHERE centre = $1
          ORDER BY qualification, from_on",
    parameters: &[Text],
    columns: &[("qualification", Text), ("from_on", Text), ("until_on", Text)],
};

macro_rules! list_columns {
    () => {
        "SELECT r.id AS id, r.learner AS learner, r.centre AS centre, r.specification AS specification,
             r.qualification AS qualification, r.number AS number, r.state AS state, r.start_on AS start_on,
             r.ends_on AS ends_on, r.identity AS identity, r.authority AS authority, r.registered_at AS registered_at,
             p.given AS given, p.family AS family, p.email AS email, p.born_on AS born_on, r.uln AS uln
         FROM registration r JOIN person p ON p.id = r.learner "
    };
}

/// `$1` circle, `$2` after number, `$3` state or empty, `$4` qualification or empty, `$5` most rows.
macro_rules! narrowed {
    () => {
        " AND r.number > $2 AND ($3 = '' OR r.state = $3) AND ($4 = '' OR r.qualification = $4)"
    };
}

macro_rules! in_order {
    () => {
        " ORDER BY r.number LIMIT $5"
    };
}

macro_rules! of_staff {
    () => {
        "WHERE r.id IN (SELECT registration FROM allocation WHERE assessor = $1
             UNION SELECT registration FROM allocation WHERE verifier = $1
             UNION SELECT registration FROM allocation WHERE tutor = $1)"
    };
}

/// `$6` to `$7` the first word looked for, `$8` to `$9` the second or both empty.
macro_rules! second_word {
    () => {
        " AND ($8 = '' OR EXISTS (SELECT 1 FROM registration_word v WHERE v.registration = r.id
             AND v.word >= $8 AND v.word < $9))"
    };
}

const LIST_COLUMNS: &[(&str, crate::Kind)] = &[
    ("id", Text),
    ("learner", Text),
    ("centre", Text),
    ("specification", Text),
    ("qualification", Text),
    ("number", Text),
    ("state", Text),
    ("start_on", Text),
    ("ends_on", Text),
    ("identity", Text),
    ("authority", Text),
    ("registered_at", Text),
    ("given", Text),
    ("family", Text),
    ("email", Text),
    ("born_on", Text),
    ("uln", Text),
];
const LIST_PARAMETERS: &[crate::Kind] = &[Text, Text, Text, Text, Int];
const SEARCH_PARAMETERS: &[crate::Kind] = &[Text, Text, Text, Text, Int, Text, Text, Text, Text];

pub const LIST_AT_CENTRE: Statement = Statement {
    name: "registration.list_at_centre",
    sql: concat!(list_columns!(), "WHERE r.centre = $1", narrowed!(), in_order!()),
    parameters: LIST_PARAMETERS,
    columns: LIST_COLUMNS,
};

/// `$1` is not looked at: the awarding body reads everything.
pub const LIST_EVERYWHERE: Statement = Statement {
    name: "registration.list_everywhere",
    sql: concat!(list_columns!(), "WHERE $1 = ''", narrowed!(), in_order!()),
    parameters: LIST_PARAMETERS,
    columns: LIST_COLUMNS,
};

/// `$1` a person who teaches, assesses or verifies.
pub const LIST_OF_STAFF: Statement = Statement {
    name: "registration.list_of_staff",
    sql: concat!(list_columns!(), of_staff!(), narrowed!(), in_order!()),
    parameters: LIST_PARAMETERS,
    columns: LIST_COLUMNS,
};

pub const SEARCH_AT_CENTRE: Statement = Statement {
    name: "registration.search_at_centre",
    sql: concat!(
        list_columns!(),
        "WHERE r.id IN (SELECT w.registration FROM registration_word w
             WHERE w.centre = $1 AND w.word >= $6 AND w.word < $7)",
        narrowed!(),
        second_word!(),
        in_order!()
    ),
    parameters: SEARCH_PARAMETERS,
    columns: LIST_COLUMNS,
};

pub const SEARCH_EVERYWHERE: Statement = Statement {
    name: "registration.search_everywhere",
    sql: concat!(
        list_columns!(),
        "WHERE $1 = '' AND r.id IN (SELECT w.registration FROM registration_word w WHERE w.word >= $6 AND w.word < $7)",
        narrowed!(),
        second_word!(),
        in_order!()
    ),
    parameters: SEARCH_PARAMETERS,
    columns: LIST_COLUMNS,
};

pub const SEARCH_OF_STAFF: Statement = Statement {
    name: "registration.search_of_staff",
    sql: concat!(
        list_columns!(),
        of_staff!(),
        " AND EXISTS (SELECT 1 FROM registration_word w WHERE w.registration = r.id AND w.word >= $6 AND w.word < $7)",
        narrowed!(),
        second_word!(),
        in_order!()
    ),
    parameters: SEARCH_PARAMETERS,
    columns: LIST_COLUMNS,
};

/// How many words of a centre's registrations begin so; counting stops at the limit.
pub const COUNT_WORD_AT_CENTRE: Statement = Statement {
    name: "registration_word.count_at_centre",
    sql: "SELECT COUNT(*) AS found FROM (SELECT 1 FROM registration_word
              WHERE centre = $1 AND word >= $2 AND word < $3 LIMIT $4) AS few",
    parameters: &[Text, Text, Text, Int],
    columns: &[("found", Int)],
};

/// As above, for all centres; `$1` is not looked at.
pub const COUNT_WORD: Statement = Statement {
    name: "registration_word.count",
    sql: "SELECT COUNT(*) AS found FROM (SELECT 1 FROM registration_word
              WHERE $1 = '' AND word >= $2 AND word < $3 LIMIT $4) AS few",
    parameters: &[Text, Text, Text, Int],
    columns: &[("found", Int)],
};

/// The word fits very many: registrations are read in order and each is asked for the word, so that a page is full soon.
pub const SEARCH_BROADLY_AT_CENTRE: Statement = Statement {
    name: "registration.search_broadly_at_centre",
    sql: concat!(
        list_columns!(),
        "WHERE r.centre = $1 AND EXISTS (SELECT 1 FROM registration_word w
             WHERE w.registration = r.id AND w.word >= $6 AND w.word < $7)",
        narrowed!(),
        second_word!(),
        in_order!()
    ),
    parameters: SEARCH_PARAMETERS,
    columns: LIST_COLUMNS,
};

/// As above, for all centres; `$1` is not looked at.
pub const SEARCH_BROADLY: Statement = Statement {
    name: "registration.search_broadly",
    sql: concat!(
        list_columns!(),
        "WHERE $1 = '' AND EXISTS (SELECT 1 FROM registration_word w
             WHERE w.registration = r.id AND w.word >= $6 AND w.word < $7)",
        narrowed!(),
        second_word!(),
        in_order!()
    ),
    parameters: SEARCH_PARAMETERS,
    columns: LIST_COLUMNS,
};

/// Active registrations on one qualification of one specification at one centre.
pub const LIST_ACTIVE_ON: Statement = Statement {
    name: "registration.list_active_on",
    sql: concat!(
        list_columns!(),
        "WHERE r.specification = $1 AND r.qualification = $2 AND r.state = 'active' AND r.centre = $3
         ORDER BY r.number LIMIT $4"
    ),
    parameters: &[Text, Text, Text, Int],
    columns: LIST_COLUMNS,
};

/// Active registrations on one qualification of one specification, everywhere.
pub const LIST_ACTIVE_ON_EVERYWHERE: Statement = Statement {
    name: "registration.list_active_on_everywhere",
    sql: concat!(
        list_columns!(),
        "WHERE r.specification = $1 AND r.qualification = $2 AND r.state = 'active' ORDER BY r.centre, r.number LIMIT $3"
    ),
    parameters: &[Text, Text, Int],
    columns: LIST_COLUMNS,
};

/// Active registrations at a centre whose own period ends by a day.
pub const LIST_ENDING: Statement = Statement {
    name: "registration.list_ending",
    sql: concat!(
        list_columns!(),
        "WHERE r.state = 'active' AND r.ends_on <= $1 AND r.centre = $2 ORDER BY r.ends_on, r.number LIMIT $3"
    ),
    parameters: &[Text, Text, Int],
    columns: LIST_COLUMNS,
};

/// Active registrations everywhere whose own period ends by a day.
pub const LIST_ENDING_EVERYWHERE: Statement = Statement {
    name: "registration.list_ending_everywhere",
    sql: concat!(
        list_columns!(),
        "WHERE r.state = 'active' AND r.ends_on <= $1 ORDER BY r.ends_on, r.number LIMIT $2"
    ),
    parameters: &[Text, Int],
    columns: LIST_COLUMNS,
};

pub const PUT_UPLOAD: Statement = Statement {
    name: "register_upload.put",
    sql: "INSERT INTO register_upload (id, person, centre, name, bytes, findings, at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    parameters: &[Text, Text, Text, Text, Bytes, Text, Text],
    columns: &[],
};

pub const FIND_UPLOAD: Statement = Statement {
    name: "register_upload.find",
    sql: "SELECT centre, name, bytes, findings, at FROM register_upload WHERE id = $1 AND person = $2",
    parameters: &[Text, Text],
    columns: &[
        ("centre", Text),
        ("name", Text),
        ("bytes", Bytes),
        ("findings", Text),
        ("at", Text),
    ],
};

pub const DROP_UPLOAD: Statement = Statement {
    name: "register_upload.drop",
    sql: "DELETE FROM register_upload WHERE id = $1",
    parameters: &[Text],
    columns: &[],
};

/// Uploads that nobody came back for.
pub const DROP_OLD_UPLOADS: Statement = Statement {
    name: "register_upload.drop_old",
    sql: "DELETE FROM register_upload WHERE at < $1",
    parameters: &[Text],
    columns: &[],
};

pub const ALL: &[&Statement] = &[
    &PUT_UPLOAD,
    &FIND_UPLOAD,
    &DROP_UPLOAD,
    &DROP_OLD_UPLOADS,
    &ADD,
    &CONFIRM_IDENTITY,
    &COMPLETE,
    &WITHDRAW,
    &BLANK_PRIVATE,
    &ADD_WORD,
    &DROP_WORDS,
    &OPEN,
    &CLOSE,
    &CLOSE_KIND,
    &CLOSE_ALL,
    &LIST_OPEN,
    &FIND,
    &FIND_BY_NUMBER,
    &LIST_OF_LEARNER,
    &LIST_STUDIES,
    &LIST_BY_ULN,
    &LAST_NUMBER,
    &LIST_LEARNERS_BORN,
    &FIND_CENTRE,
    &LIST_OFFERINGS,
    &LIST_AT_CENTRE,
    &LIST_EVERYWHERE,
    &LIST_OF_STAFF,
    &SEARCH_AT_CENTRE,
    &SEARCH_EVERYWHERE,
    &SEARCH_OF_STAFF,
    &LIST_ACTIVE_ON,
    &LIST_ACTIVE_ON_EVERYWHERE,
    &LIST_ENDING,
    &LIST_ENDING_EVERYWHERE,
    &COUNT_WORD_AT_CENTRE,
    &COUNT_WORD,
    &SEARCH_BROADLY_AT_CENTRE,
    &SEARCH_BROADLY,
];
