//! Centres and what they offer.

use crate::Kind::{Int, Text};
use crate::Statement;

pub const APPROVE: Statement = Statement {
    name: "centre.approve",
    sql: "INSERT INTO centre (id, number, name, approved_on, grade_scale, grades) VALUES ($1, $2, $3, $4, NULL, NULL)",
    parameters: &[Text, Text, Text, Text],
    columns: &[],
};

/// `$1` centre, `$2` the scale's name or NULL, `$3` JSON of the grades or NULL.
pub const SET_GRADES: Statement = Statement {
    name: "centre.set_grades",
    sql: "UPDATE centre SET grade_scale = $2, grades = $3 WHERE id = $1",
    parameters: &[Text, Text, Text],
    columns: &[],
};

const CENTRE: &[(&str, crate::Kind)] = &[
    ("id", Text),
    ("number", Text),
    ("name", Text),
    ("approved_on", Text),
    ("grade_scale", Text),
    ("grades", Text),
];

pub const FIND: Statement = Statement {
    name: "centre.find",
    sql: "SELECT id, number, name, approved_on, grade_scale, grades FROM centre WHERE id = $1",
    parameters: &[Text],
    columns: CENTRE,
};

pub const FIND_BY_NUMBER: Statement = Statement {
    name: "centre.find_by_number",
    sql: "SELECT id, number, name, approved_on, grade_scale, grades FROM centre WHERE number = $1",
    parameters: &[Text],
    columns: CENTRE,
};

/// All centres in the order of their names, at most `$1` after `$2`.
pub const LIST: Statement = Statement {
    name: "centre.list",
    sql: "SELECT id, number, name, approved_on, grade_scale, grades FROM centre ORDER BY name, id LIMIT $1 OFFSET $2",
    parameters: &[Int, Int],
    columns: CENTRE,
};

pub const COUNT: Statement = Statement {
    name: "centre.count",
    sql: "SELECT COUNT(*) AS centres FROM centre",
    parameters: &[],
    columns: &[("centres", Int)],
};

pub const OFFER: Statement = Statement {
    name: "centre_qualification.offer",
    sql: "INSERT INTO centre_qualification (centre, qualification, from_on, until_on) VALUES ($1, $2, $3, NULL)",
    parameters: &[Text, Text, Text],
    columns: &[],
};

/// `$1` centre, `$2` qualification, `$3` the last day.
pub const STOP_OFFERING: Statement = Statement {
    name: "centre_qualification.stop",
    sql: "UPDATE centre_qualification SET until_on = $3 WHERE centre = $1 AND qualification = $2 AND until_on IS NULL",
    parameters: &[Text, Text, Text],
    columns: &[],
};

pub const LIST_OFFERED: Statement = Statement {
    name: "centre_qualification.list",
    sql: "SELECT qualification, from_on, until_on FROM centre_qualification WHERE centre = $1 ORDER BY qualification, from_on",
    parameters: &[Text],
    columns: &[("qualification", Text), ("from_on", Text), ("until_on", Text)],
};

pub const ALL: &[&Statement] = &[
    &APPROVE,
    &SET_GRADES,
    &FIND,
    &FIND_BY_NUMBER,
    &LIST,
    &COUNT,
    &OFFER,
    &STOP_OFFERING,
    &LIST_OFFERED,
];
