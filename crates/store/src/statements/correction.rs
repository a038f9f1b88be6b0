//! Corrections of results after an award.

use crate::Kind::{Int, Text};
use crate::{Kind, Statement};

/// `$1` id, `$2` award, `$3` what was found, `$4` when, `$5` by whom.
pub const ADD: Statement = Statement {
    name: "correction.add",
    sql: "INSERT INTO correction (id, award, because, state, flagged_at, flagged_by, centre)
          VALUES ($1, $2, $3, 'flagged', $4, $5,
              (SELECT r.centre FROM award a JOIN registration r ON r.id = a.registration WHERE a.id = $2))",
    parameters: &[Text, Text, Text, Text, Text],
    columns: &[],
};

pub const ADD_RESULT: Statement = Statement {
    name: "correction_result.add",
    sql: "INSERT INTO correction_result (correction, judgement) VALUES ($1, $2) ON CONFLICT (correction, judgement) DO NOTHING",
    parameters: &[Text, Text],
    columns: &[],
};

/// `$1` id, `$2` whether there is an adverse effect, `$3` what was found, `$4` when, `$5` by whom.
pub const ASSESS: Statement = Statement {
    name: "correction.assess",
    sql: "UPDATE correction SET state = 'assessed', adverse = $2, finding = $3, assessed_at = $4, assessed_by = $5 WHERE id = $1",
    parameters: &[Text, Int, Text, Text, Text],
    columns: &[],
};

/// `$1` id, `$2` state, `$3` reasoning, `$4` on the regulator, `$5` when, `$6` by whom.
pub const DECIDE: Statement = Statement {
    name: "correction.decide",
    sql: "UPDATE correction SET state = $2, reasoning = $3, regulator = $4, decided_at = $5, decided_by = $6 WHERE id = $1",
    parameters: &[Text, Text, Text, Text, Text, Text],
    columns: &[],
};

pub const LIST_RESULTS: Statement = Statement {
    name: "correction_result.list",
    sql: "SELECT judgement FROM correction_result WHERE correction = $1 ORDER BY judgement",
    parameters: &[Text],
    columns: &[("judgement", Text)],
};

/// Awards that count a judgement and are not withdrawn.
pub const LIST_COUNTING: Statement = Statement {
    name: "correction.list_counting",
    sql: "SELECT a.id AS award FROM claim_unit u
          JOIN claim c ON c.id = u.claim
          JOIN award a ON a.registration = c.registration AND a.claim = c.id
          WHERE u.judgement = $1 AND a.withdrawn_on IS NULL ORDER BY a.id",
    parameters: &[Text],
    columns: &[("award", Text)],
};

/// The final result that rests on a judgement.
pub const FIND_FINAL: Statement = Statement {
    name: "correction.find_final",
    sql: "SELECT u.registration AS registration, u.unit AS unit, u.submission AS submission
          FROM judgement j JOIN submission s ON s.id = j.submission
          JOIN unit_result u ON u.registration = s.registration AND u.unit = s.unit
          WHERE j.id = $1 AND u.judgement = j.id",
    parameters: &[Text],
    columns: &[("registration", Text), ("unit", Text), ("submission", Text)],
};

pub const DROP_RESULT: Statement = Statement {
    name: "unit_result.drop",
    sql: "DELETE FROM unit_result WHERE registration = $1 AND unit = $2",
    parameters: &[Text, Text],
    columns: &[],
};

pub const WITHDRAW_AWARD: Statement = Statement {
    name: "award.withdraw",
    sql: "UPDATE award SET withdrawn_on = $2 WHERE id = $1",
    parameters: &[Text, Text],
    columns: &[],
};

/// A registration whose award was withdrawn goes on.
pub const REOPEN_REGISTRATION: Statement = Statement {
    name: "registration.reopen",
    sql: "UPDATE registration SET state = 'active' WHERE id = $1 AND state = 'awarded'",
    parameters: &[Text],
    columns: &[],
};

/// The reasoning of the correction that sent a judgement back, the last first. Joined in this order, so that SQLite does not begin
/// with all corrections in that state.
pub const FIND_OF_JUDGEMENT: Statement = Statement {
    name: "correction.find_of_judgement",
    sql: "SELECT c.id AS id, c.reasoning AS reasoning, c.decided_by AS decided_by FROM correction_result x CROSS JOIN correction c
          WHERE x.judgement = $1 AND c.id = x.correction AND c.state = 'corrected' ORDER BY c.decided_at DESC, c.id LIMIT 1",
    parameters: &[Text],
    columns: &[("id", Text), ("reasoning", Text), ("decided_by", Text)],
};

const COLUMNS: &[(&str, Kind)] = &[
    ("id", Text),
    ("award", Text),
    ("registration", Text),
    ("qualification", Text),
    ("given", Text),
    ("family", Text),
    ("centre_name", Text),
    ("because", Text),
    ("state", Text),
    ("flagged_at", Text),
    ("flagged_by", Text),
    ("adverse", Int),
    ("finding", Text),
    ("assessed_at", Text),
    ("assessed_by", Text),
    ("reasoning", Text),
    ("regulator", Text),
    ("decided_at", Text),
    ("decided_by", Text),
];

macro_rules! lines {
    ($which:literal) => {
        concat!(
            "SELECT n.id AS id, n.award AS award, a.registration AS registration, a.qualification AS qualification,
                 p.given AS given, p.family AS family, t.name AS centre_name, n.because AS because, n.state AS state,
                 n.flagged_at AS flagged_at, n.flagged_by AS flagged_by, n.adverse AS adverse, n.finding AS finding,
                 n.assessed_at AS assessed_at, n.assessed_by AS assessed_by, n.reasoning AS reasoning,
                 n.regulator AS regulator, n.decided_at AS decided_at, n.decided_by AS decided_by
             FROM correction n
             JOIN award a ON a.id = n.award
             JOIN registration r ON r.id = a.registration
             JOIN person p ON p.id = r.learner
             JOIN centre t ON t.id = r.centre
             WHERE ",
            $which
        )
    };
}

pub const FIND: Statement = Statement {
    name: "correction.find",
    sql: lines!("n.id = $1"),
    parameters: &[Text],
    columns: COLUMNS,
};

/// Those of an award, the last first.
pub const LIST_OF: Statement = Statement {
    name: "correction.list_of_award",
    sql: lines!("n.award = $1 ORDER BY n.flagged_at DESC, n.id LIMIT 100"),
    parameters: &[Text],
    columns: COLUMNS,
};

/// Those with states from `$1` to `$2` by their letters, the oldest first; `$3` how many, `$4` after how many.
pub const LIST: Statement = Statement {
    name: "correction.list",
    sql: lines!("n.state >= $1 AND n.state <= $2 ORDER BY n.flagged_at, n.id LIMIT $3 OFFSET $4"),
    parameters: &[Text, Text, Int, Int],
    columns: COLUMNS,
};

pub const COUNT: Statement = Statement {
    name: "correction.count",
    sql: "SELECT COUNT(*) AS corrections FROM correction WHERE state >= $1 AND state <= $2",
    parameters: &[Text, Text],
    columns: &[("corrections", Int)],
};

/// As [`LIST`] for one centre, `$5`.
pub const LIST_AT: Statement = Statement {
    name: "correction.list_at",
    sql: lines!(
        "n.centre = $5 AND n.state >= $1 AND n.state <= $2 ORDER BY n.flagged_at, n.id LIMIT $3 OFFSET $4"
    ),
    parameters: &[Text, Text, Int, Int, Text],
    columns: COLUMNS,
};

pub const COUNT_AT: Statement = Statement {
    name: "correction.count_at",
    sql: "SELECT COUNT(*) AS corrections FROM correction WHERE centre = $3 AND state >= $1 AND state <= $2",
    parameters: &[Text, Text, Text],
    columns: &[("corrections", Int)],
};

pub const ALL: &[&Statement] = &[
    &ADD,
    &ADD_RESULT,
    &ASSESS,
    &DECIDE,
    &LIST_RESULTS,
    &LIST_COUNTING,
    &FIND_FINAL,
    &DROP_RESULT,
    &WITHDRAW_AWARD,
    &REOPEN_REGISTRATION,
    &FIND_OF_JUDGEMENT,
    &FIND,
    &LIST_OF,
    &LIST,
    &COUNT,
    &LIST_AT,
    &COUNT_AT,
];
