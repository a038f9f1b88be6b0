//! Claims, awards and certificates.

use crate::Kind::{Int, Text};
use crate::Statement;

pub const ADD_CLAIM: Statement = Statement {
    name: "claim.add",
    sql: "INSERT INTO claim (id, registration, qualification, state, made_at, made_on, made_by, centre)
          VALUES ($1, $2, $3, 'made', $4, $5, $6, (SELECT centre FROM registration WHERE id = $2))",
    parameters: &[Text, Text, Text, Text, Text, Text],
    columns: &[],
};

/// A claim of unit credit; it is listed under the registration's qualification.
pub const ADD_CREDIT_CLAIM: Statement = Statement {
    name: "claim.add_credit",
    sql: "INSERT INTO claim (id, registration, qualification, state, made_at, made_on, made_by, centre, kind)
          VALUES ($1, $2, (SELECT qualification FROM registration WHERE id = $2), 'made', $3, $4, $5,
              (SELECT centre FROM registration WHERE id = $2), 'credit')",
    parameters: &[Text, Text, Text, Text, Text],
    columns: &[],
};

pub const ADD_CLAIM_UNIT: Statement = Statement {
    name: "claim_unit.add",
    sql: "INSERT INTO claim_unit (claim, unit, credits, judgement, achieved_on) VALUES ($1, $2, $3, $4, $5)",
    parameters: &[Text, Text, Int, Text, Text],
    columns: &[],
};

pub const SETTLE_CLAIM: Statement = Statement {
    name: "claim.settle",
    sql: "UPDATE claim SET state = $2, because = $3, settled_at = $4, settled_by = $5 WHERE id = $1",
    parameters: &[Text, Text, Text, Text, Text],
    columns: &[],
};

pub const FIND_CLAIM: Statement = Statement {
    name: "claim.find",
    sql: "SELECT id, registration, kind, qualification, state, made_at, made_on, made_by, because, settled_at, settled_by FROM claim WHERE id = $1",
    parameters: &[Text],
    columns: &[
        ("id", Text),
        ("registration", Text),
        ("kind", Text),
        ("qualification", Text),
        ("state", Text),
        ("made_at", Text),
        ("made_on", Text),
        ("made_by", Text),
        ("because", Text),
        ("settled_at", Text),
        ("settled_by", Text),
    ],
};

pub const ADD_AWARD: Statement = Statement {
    name: "award.add",
    sql: "INSERT INTO award (id, claim, registration, qualification, credits, awarded_on, released_by) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    parameters: &[Text, Text, Text, Text, Int, Text, Text],
    columns: &[],
};

/// An award of unit credit; it is listed under the registration's qualification.
pub const ADD_CREDIT: Statement = Statement {
    name: "award.add_credit",
    sql: "INSERT INTO award (id, claim, registration, qualification, credits, awarded_on, released_by, kind)
          VALUES ($1, $2, $3, (SELECT qualification FROM registration WHERE id = $3), $4, $5, $6, 'credit')",
    parameters: &[Text, Text, Text, Int, Text, Text],
    columns: &[],
};

/// Units of a learner that are certified, by an award or as credit, with the certificate in force: `$1` the learner.
pub const LIST_CERTIFIED_UNITS: Statement = Statement {
    name: "award.list_certified_units",
    sql: "SELECT u.unit AS unit, a.kind AS kind, f.number AS certificate
          FROM registration r
          JOIN award a ON a.registration = r.id
          JOIN claim_unit u ON u.claim = a.claim
          LEFT JOIN certificate f ON f.award = a.id AND f.state = 'valid'
          WHERE r.learner = $1 AND a.withdrawn_on IS NULL ORDER BY u.unit, a.kind DESC, a.id",
    parameters: &[Text],
    columns: &[("unit", Text), ("kind", Text), ("certificate", Text)],
};

pub const FIND_AWARD: Statement = Statement {
    name: "award.find",
    sql: "SELECT id, kind, claim, registration, qualification, credits, awarded_on, released_by, withdrawn_on FROM award WHERE id = $1",
    parameters: &[Text],
    columns: &[
        ("id", Text),
        ("kind", Text),
        ("claim", Text),
        ("registration", Text),
        ("qualification", Text),
        ("credits", Int),
        ("awarded_on", Text),
        ("released_by", Text),
        ("withdrawn_on", Text),
    ],
};

pub const MARK_REGISTRATION_AWARDED: Statement = Statement {
    name: "registration.mark_awarded",
    sql: "UPDATE registration SET state = 'awarded' WHERE id = $1",
    parameters: &[Text],
    columns: &[],
};

pub const ADD_CERTIFICATE: Statement = Statement {
    name: "certificate.add",
    sql: "INSERT INTO certificate (id, award, number, face, pdf, issued_on, replaces, state, centre)
          VALUES ($1, $2, $3, $4, $5, $6, $7, 'valid', (SELECT r.centre FROM award a JOIN registration r ON r.id = a.registration WHERE a.id = $2))",
    parameters: &[Text, Text, Text, Text, Text, Text, Text],
    columns: &[],
};

pub const END_CERTIFICATE: Statement = Statement {
    name: "certificate.end",
    sql: "UPDATE certificate SET state = $2, ended_on = $3, because = $4 WHERE id = $1",
    parameters: &[Text, Text, Text, Text],
    columns: &[],
};

pub const FIND_CERTIFICATE: Statement = Statement {
    name: "certificate.find",
    sql: "SELECT id, award, number, face, pdf, issued_on, replaces, state, ended_on, because FROM certificate WHERE id = $1",
    parameters: &[Text],
    columns: &[
        ("id", Text),
        ("award", Text),
        ("number", Text),
        ("face", Text),
        ("pdf", Text),
        ("issued_on", Text),
        ("replaces", Text),
        ("state", Text),
        ("ended_on", Text),
        ("because", Text),
    ],
};

/// Final unit results of a learner over all registrations, the earliest first, with who judged (QS-20).
pub const LIST_ACHIEVED: Statement = Statement {
    name: "award.list_achieved",
    sql: "SELECT u.registration AS registration, u.unit AS unit, u.submission AS submission, u.judgement AS judgement,
              u.achieved_on AS achieved_on, j.signed_by AS signed_by, j.signed_on AS signed_on, r.number AS number,
              r.qualification AS qualification
          FROM registration r
          JOIN unit_result u ON u.registration = r.id
          JOIN judgement j ON j.id = u.judgement
          WHERE r.learner = $1 ORDER BY u.achieved_on, u.unit, u.registration",
    parameters: &[Text],
    columns: &[
        ("registration", Text),
        ("unit", Text),
        ("submission", Text),
        ("judgement", Text),
        ("achieved_on", Text),
        ("signed_by", Text),
        ("signed_on", Text),
        ("number", Text),
        ("qualification", Text),
    ],
};

/// Units of the plan in force without a final result of the learner, with the state of the last attempt.
pub const LIST_OPEN_UNITS: Statement = Statement {
    name: "award.list_open_units",
    sql: "SELECT q.unit AS unit,
              (SELECT s.state FROM submission s WHERE s.registration = q.registration AND s.unit = q.unit
               ORDER BY s.attempt DESC LIMIT 1) AS state
          FROM plan p JOIN plan_unit q ON q.registration = p.registration AND q.version = p.version
          WHERE p.registration = $1 AND p.current = 1
          ORDER BY q.position",
    parameters: &[Text],
    columns: &[("unit", Text), ("state", Text)],
};

/// Whether anybody is an internal verifier of a centre on a day: `$1` centre, `$2` day (SD-9).
pub const FIND_VERIFIER_IN_POST: Statement = Statement {
    name: "award.find_verifier_in_post",
    sql: "SELECT id FROM role_grant
          WHERE centre = $1 AND role = 'internal_verifier' AND from_on <= $2 AND (until_on IS NULL OR until_on >= $2)
          LIMIT 1",
    parameters: &[Text, Text],
    columns: &[("id", Text)],
};

pub const FIND_AWARD_OF_REGISTRATION: Statement = Statement {
    name: "award.find_of_registration",
    sql: "SELECT id FROM award WHERE registration = $1 AND kind = 'award' AND withdrawn_on IS NULL",
    parameters: &[Text],
    columns: &[("id", Text)],
};

/// Who verified the judgements of a submission, the last first.
pub const FIND_VERIFICATION: Statement = Statement {
    name: "award.find_verification",
    sql: "SELECT kind, agreed, made_on, made_by FROM verification WHERE judgement = $1 ORDER BY made_at DESC, id LIMIT 1",
    parameters: &[Text],
    columns: &[
        ("kind", Text),
        ("agreed", Int),
        ("made_on", Text),
        ("made_by", Text),
    ],
};

pub const LIST_CLAIM_UNITS: Statement = Statement {
    name: "claim_unit.list",
    sql: "SELECT unit, credits, judgement, achieved_on FROM claim_unit WHERE claim = $1 ORDER BY achieved_on, unit",
    parameters: &[Text],
    columns: &[
        ("unit", Text),
        ("credits", Int),
        ("judgement", Text),
        ("achieved_on", Text),
    ],
};

/// Claims of a registration, the last first.
pub const LIST_CLAIMS_OF: Statement = Statement {
    name: "claim.list_of_registration",
    sql: "SELECT id, kind, state, made_at, made_by, because, settled_at, settled_by FROM claim WHERE registration = $1 ORDER BY made_at DESC, id",
    parameters: &[Text],
    columns: &[
        ("id", Text),
        ("kind", Text),
        ("state", Text),
        ("made_at", Text),
        ("made_by", Text),
        ("because", Text),
        ("settled_at", Text),
        ("settled_by", Text),
    ],
};

const CLAIM_LINE: &[(&str, crate::Kind)] = &[
    ("id", Text),
    ("kind", Text),
    ("registration", Text),
    ("learner", Text),
    ("number", Text),
    ("given", Text),
    ("family", Text),
    ("centre", Text),
    ("centre_number", Text),
    ("centre_name", Text),
    ("specification", Text),
    ("qualification", Text),
    ("state", Text),
    ("made_at", Text),
    ("made_on", Text),
    ("made_by", Text),
    ("because", Text),
    ("award", Text),
    ("credits", Int),
    ("awarded_on", Text),
    ("certificate", Text),
    ("issued_on", Text),
];

macro_rules! claim_lines {
    ($which:literal) => {
        concat!(
            "SELECT c.id AS id, c.kind AS kind, c.registration AS registration, r.learner AS learner, r.number AS number,
                 p.given AS given, p.family AS family, r.centre AS centre, t.number AS centre_number,
                 t.name AS centre_name, r.specification AS specification, c.qualification AS qualification,
                 c.state AS state, c.made_at AS made_at, c.made_on AS made_on, c.made_by AS made_by,
                 c.because AS because, a.id AS award, a.credits AS credits, a.awarded_on AS awarded_on,
                 f.number AS certificate, f.issued_on AS issued_on
             FROM claim c
             JOIN registration r ON r.id = c.registration
             JOIN person p ON p.id = r.learner
             JOIN centre t ON t.id = r.centre
             LEFT JOIN award a ON a.registration = c.registration AND a.claim = c.id
             LEFT JOIN certificate f ON f.award = a.id AND f.state = 'valid'
             WHERE ",
            $which
        )
    };
}

/// Claims of a centre, the last first. `$1` centre, `$2` and `$3` the first and the last state by their letters, `$4` and
/// `$5` the stretch of words searched, `$6` how many, `$7` after how many.
pub const LIST_CLAIMS: Statement = Statement {
    name: "claim.list",
    sql: claim_lines!(
        "c.centre = $1 AND c.state >= $2 AND c.state <= $3
             AND ($4 = '' OR EXISTS (SELECT 1 FROM registration_word w
                                     WHERE w.registration = c.registration AND w.word >= $4 AND w.word < $5))
             ORDER BY c.made_at DESC, c.id LIMIT $6 OFFSET $7"
    ),
    parameters: &[Text, Text, Text, Text, Text, Int, Int],
    columns: CLAIM_LINE,
};

pub const COUNT_CLAIMS: Statement = Statement {
    name: "claim.count",
    sql: "SELECT COUNT(*) AS claims FROM claim c
          WHERE c.centre = $1 AND c.state >= $2 AND c.state <= $3
              AND ($4 = '' OR EXISTS (SELECT 1 FROM registration_word w
                                      WHERE w.registration = c.registration AND w.word >= $4 AND w.word < $5))",
    parameters: &[Text, Text, Text, Text, Text],
    columns: &[("claims", Int)],
};

/// Claims that wait to be released, the oldest first. `$1` how many, `$2` after how many.
pub const LIST_TO_RELEASE: Statement = Statement {
    name: "claim.list_to_release",
    sql: claim_lines!("c.state = 'made' ORDER BY c.made_at, c.id LIMIT $1 OFFSET $2"),
    parameters: &[Int, Int],
    columns: CLAIM_LINE,
};

pub const COUNT_TO_RELEASE: Statement = Statement {
    name: "claim.count_to_release",
    sql: "SELECT COUNT(*) AS claims FROM claim WHERE state = 'made'",
    parameters: &[],
    columns: &[("claims", Int)],
};

pub const FIND_CLAIM_LINE: Statement = Statement {
    name: "claim.find_line",
    sql: claim_lines!("c.id = $1"),
    parameters: &[Text],
    columns: CLAIM_LINE,
};

/// Opens a claim on every active registration of the learner of `$1` who has achieved something and for whom none is made.
/// `since` is the day of registering, so that the longest registered come first.
pub const OPEN_CLAIM: Statement = Statement {
    name: "registration_open.add_claim",
    sql: "INSERT INTO registration_open (registration, what, unit, centre, since)
          SELECT r.id, 'claim', '', r.centre, r.registered_at
          FROM registration f JOIN registration r ON r.learner = f.learner
          WHERE f.id = $1 AND r.state = 'active'
              AND EXISTS (SELECT 1 FROM registration o JOIN unit_result u ON u.registration = o.id
                          WHERE o.learner = r.learner)
              AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.registration = r.id AND c.state = 'made')
          ON CONFLICT (registration, what, unit) DO NOTHING",
    parameters: &[Text],
    columns: &[],
};

/// Active registrations of a centre whose learner has achieved something and for which no claim is open, the longest registered first.
/// `$1` centre, `$2` and `$3` the stretch of words searched, `$4` how many, `$5` after how many.
pub const LIST_CANDIDATES: Statement = Statement {
    name: "claim.list_candidates",
    sql: "SELECT o.registration AS id FROM registration_open o
          WHERE o.centre = $1 AND o.what = 'claim'
              AND ($2 = '' OR EXISTS (SELECT 1 FROM registration_word w
                                      WHERE w.registration = o.registration AND w.word >= $2 AND w.word < $3))
          ORDER BY o.since, o.registration LIMIT $4 OFFSET $5",
    parameters: &[Text, Text, Text, Int, Int],
    columns: &[("id", Text)],
};

pub const COUNT_CANDIDATES: Statement = Statement {
    name: "claim.count_candidates",
    sql: "SELECT COUNT(*) AS candidates FROM registration_open o
          WHERE o.centre = $1 AND o.what = 'claim'
              AND ($2 = '' OR EXISTS (SELECT 1 FROM registration_word w
                                      WHERE w.registration = o.registration AND w.word >= $2 AND w.word < $3))",
    parameters: &[Text, Text, Text],
    columns: &[("candidates", Int)],
};

const CERTIFICATE_LINE: &[(&str, crate::Kind)] = &[
    ("id", Text),
    ("kind", Text),
    ("claim", Text),
    ("number", Text),
    ("award", Text),
    ("registration", Text),
    ("learner", Text),
    ("learner_number", Text),
    ("given", Text),
    ("family", Text),
    ("centre", Text),
    ("centre_name", Text),
    ("specification", Text),
    ("qualification", Text),
    ("pdf", Text),
    ("issued_on", Text),
    ("replaces", Text),
    ("state", Text),
    ("ended_on", Text),
    ("because", Text),
    ("delivery", Text),
    ("claimed_on", Text),
];

macro_rules! certificate_lines {
    ($which:expr) => {
        concat!(
            "SELECT f.id AS id, a.kind AS kind, a.claim AS claim, f.number AS number, f.award AS award, a.registration AS registration,
                 r.learner AS learner, r.number AS learner_number, p.given AS given, p.family AS family,
                 r.centre AS centre, t.name AS centre_name, r.specification AS specification,
                 a.qualification AS qualification, f.pdf AS pdf, f.issued_on AS issued_on,
                 e.number AS replaces, f.state AS state, f.ended_on AS ended_on, f.because AS because,
                 f.delivery AS delivery, c.made_on AS claimed_on
             FROM certificate f
             JOIN award a ON a.id = f.award
             JOIN claim c ON c.id = a.claim
             JOIN registration r ON r.id = a.registration
             JOIN person p ON p.id = r.learner
             JOIN centre t ON t.id = r.centre
             LEFT JOIN certificate e ON e.id = f.replaces
             WHERE ",
            $which
        )
    };
}

macro_rules! register {
    ($name:ident, $called:literal, $order:literal) => {
        /// The register of certificates in an order. `$1` and `$2` the stretch of words searched, `$3` the number searched or
        /// empty, `$4` how many, `$5` after how many, `$6` the state and `$7` the state of the paper or empty, `$8` and `$9` the
        /// days between which it was issued, `$10` the qualification or empty.
        pub const $name: Statement = Statement {
            name: $called,
            sql: certificate_lines!(concat!(
                "f.issued_on > ''
             AND ($6 = '' OR f.state = $6) AND ($7 = '' OR f.delivery = $7)
             AND f.issued_on >= $8 AND f.issued_on <= $9 AND ($10 = '' OR a.qualification = $10)
             AND ($3 = '' OR f.number = $3)
             AND ($1 = '' OR EXISTS (SELECT 1 FROM registration_word w
                                     WHERE w.registration = a.registration AND w.word >= $1 AND w.word < $2))
             ORDER BY ",
                $order,
                " LIMIT $4 OFFSET $5"
            )),
            parameters: &[Text, Text, Text, Int, Int, Text, Text, Text, Text, Text],
            columns: CERTIFICATE_LINE,
        };
    };
}

macro_rules! register_at {
    ($name:ident, $called:literal, $order:literal) => {
        /// The register of certificates of one centre, `$11`, in an order; else as for all centres.
        pub const $name: Statement = Statement {
            name: $called,
            sql: certificate_lines!(concat!(
                "f.centre = $11
             AND ($6 = '' OR f.state = $6) AND ($7 = '' OR f.delivery = $7)
             AND f.issued_on >= $8 AND f.issued_on <= $9 AND ($10 = '' OR a.qualification = $10)
             AND ($3 = '' OR f.number = $3)
             AND ($1 = '' OR EXISTS (SELECT 1 FROM registration_word w
                                     WHERE w.registration = a.registration AND w.word >= $1 AND w.word < $2))
             ORDER BY ",
                $order,
                " LIMIT $4 OFFSET $5"
            )),
            parameters: &[Text, Text, Text, Int, Int, Text, Text, Text, Text, Text, Text],
            columns: CERTIFICATE_LINE,
        };
    };
}

register!(
    LIST_CERTIFICATES,
    "certificate.list",
    "f.issued_on DESC, f.number"
);
register_at!(
    LIST_CERTIFICATES_AT,
    "certificate.list_at",
    "f.issued_on DESC, f.number"
);
register!(
    LIST_CERTIFICATES_UP,
    "certificate.list_up",
    "f.issued_on, f.number"
);
register_at!(
    LIST_CERTIFICATES_UP_AT,
    "certificate.list_up_at",
    "f.issued_on, f.number"
);
register!(
    LIST_CERTIFICATES_BY_NUMBER,
    "certificate.list_by_number",
    "f.number"
);
register_at!(
    LIST_CERTIFICATES_BY_NUMBER_AT,
    "certificate.list_by_number_at",
    "f.number"
);
register!(
    LIST_CERTIFICATES_BY_NUMBER_DOWN,
    "certificate.list_by_number_down",
    "f.number DESC"
);
register_at!(
    LIST_CERTIFICATES_BY_NUMBER_DOWN_AT,
    "certificate.list_by_number_down_at",
    "f.number DESC"
);
register!(
    LIST_CERTIFICATES_BY_LEARNER,
    "certificate.list_by_learner",
    "p.family, p.given, f.number"
);
register_at!(
    LIST_CERTIFICATES_BY_LEARNER_AT,
    "certificate.list_by_learner_at",
    "p.family, p.given, f.number"
);
register!(
    LIST_CERTIFICATES_BY_LEARNER_DOWN,
    "certificate.list_by_learner_down",
    "p.family DESC, p.given DESC, f.number DESC"
);
register_at!(
    LIST_CERTIFICATES_BY_LEARNER_DOWN_AT,
    "certificate.list_by_learner_down_at",
    "p.family DESC, p.given DESC, f.number DESC"
);

pub const COUNT_CERTIFICATES: Statement = Statement {
    name: "certificate.count",
    sql: "SELECT COUNT(*) AS certificates FROM certificate f JOIN award a ON a.id = f.award
          WHERE f.issued_on > ''
             AND ($4 = '' OR f.state = $4) AND ($5 = '' OR f.delivery = $5)
             AND f.issued_on >= $6 AND f.issued_on <= $7 AND ($8 = '' OR a.qualification = $8)
              AND ($3 = '' OR f.number = $3)
              AND ($1 = '' OR EXISTS (SELECT 1 FROM registration_word w
                                      WHERE w.registration = a.registration AND w.word >= $1 AND w.word < $2))",
    parameters: &[Text, Text, Text, Text, Text, Text, Text, Text],
    columns: &[("certificates", Int)],
};

pub const COUNT_CERTIFICATES_AT: Statement = Statement {
    name: "certificate.count_at",
    sql: "SELECT COUNT(*) AS certificates FROM certificate f JOIN award a ON a.id = f.award
          WHERE f.centre = $9
             AND ($4 = '' OR f.state = $4) AND ($5 = '' OR f.delivery = $5)
             AND f.issued_on >= $6 AND f.issued_on <= $7 AND ($8 = '' OR a.qualification = $8)
              AND ($3 = '' OR f.number = $3)
              AND ($1 = '' OR EXISTS (SELECT 1 FROM registration_word w
                                      WHERE w.registration = a.registration AND w.word >= $1 AND w.word < $2))",
    parameters: &[Text, Text, Text, Text, Text, Text, Text, Text, Text],
    columns: &[("certificates", Int)],
};

/// Certificates of an award, the last first.
pub const LIST_CERTIFICATES_OF: Statement = Statement {
    name: "certificate.list_of_award",
    sql: certificate_lines!("f.award = $1 ORDER BY f.issued_on DESC, f.state DESC, f.number"),
    parameters: &[Text],
    columns: CERTIFICATE_LINE,
};

pub const FIND_CERTIFICATE_LINE: Statement = Statement {
    name: "certificate.find_line",
    sql: certificate_lines!("f.number = $1"),
    parameters: &[Text],
    columns: CERTIFICATE_LINE,
};

/// A certificate whose bytes are kept under an address, if there is one.
pub const FIND_CERTIFICATE_BY_FILE: Statement = Statement {
    name: "certificate.find_by_file",
    sql: "SELECT number FROM certificate WHERE pdf = $1 LIMIT 1",
    parameters: &[Text],
    columns: &[("number", Text)],
};

/// What a stranger may be told about a certificate, once they have named its holder.
pub const FIND_TO_CHECK: Statement = Statement {
    name: "certificate.find_to_check",
    sql: "SELECT face, state, ended_on FROM certificate WHERE number = $1",
    parameters: &[Text],
    columns: &[("face", Text), ("state", Text), ("ended_on", Text)],
};

/// Awards of a learner, the last first.
pub const LIST_AWARDS_OF_LEARNER: Statement = Statement {
    name: "award.list_of_learner",
    sql: "SELECT a.id AS id, a.kind AS kind, a.claim AS claim, a.qualification AS qualification, a.awarded_on AS awarded_on, r.specification AS specification,
              f.number AS certificate, r.id AS registration, a.withdrawn_on AS withdrawn_on
          FROM registration r
          JOIN award a ON a.registration = r.id
          LEFT JOIN certificate f ON f.award = a.id AND f.state = 'valid'
          WHERE r.learner = $1 ORDER BY a.awarded_on DESC, a.id",
    parameters: &[Text],
    columns: &[
        ("id", Text),
        ("kind", Text),
        ("claim", Text),
        ("qualification", Text),
        ("awarded_on", Text),
        ("specification", Text),
        ("certificate", Text),
        ("registration", Text),
        ("withdrawn_on", Text),
    ],
};

/// A step of a certificate's paper: `$9` days since it was asked for, of a first dispatch.
pub const ADD_DELIVERY: Statement = Statement {
    name: "certificate_delivery.add",
    sql: "INSERT INTO certificate_delivery (certificate, sequence, on_day, kind, means, detail, keep_until, made_by, days)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    parameters: &[Text, Int, Text, Text, Text, Text, Text, Text, Int],
    columns: &[],
};

pub const SET_DELIVERY: Statement = Statement {
    name: "certificate.set_delivery",
    sql: "UPDATE certificate SET delivery = $2 WHERE id = $1",
    parameters: &[Text, Text],
    columns: &[],
};

/// When a certificate was asked for, and whether it was sent before.
pub const FIND_ASKED: Statement = Statement {
    name: "certificate.find_asked",
    sql: "SELECT f.issued_on AS issued_on, f.replaces AS replaces, c.made_on AS claimed_on,
              (SELECT COUNT(*) FROM certificate_delivery d WHERE d.certificate = f.id) AS steps
          FROM certificate f JOIN award a ON a.id = f.award JOIN claim c ON c.id = a.claim WHERE f.id = $1",
    parameters: &[Text],
    columns: &[
        ("issued_on", Text),
        ("replaces", Text),
        ("claimed_on", Text),
        ("steps", Int),
    ],
};

/// The steps of the papers of an award, the earliest first.
pub const LIST_DELIVERIES_OF: Statement = Statement {
    name: "certificate_delivery.list_of_award",
    sql:
        "SELECT f.number AS number, d.on_day AS on_day, d.kind AS kind, d.means AS means, d.detail AS detail,
              d.keep_until AS keep_until, d.made_by AS made_by, d.days AS days
          FROM certificate f JOIN certificate_delivery d ON d.certificate = f.id
          WHERE f.award = $1 ORDER BY d.sequence",
    parameters: &[Text],
    columns: &[
        ("number", Text),
        ("on_day", Text),
        ("kind", Text),
        ("means", Text),
        ("detail", Text),
        ("keep_until", Text),
        ("made_by", Text),
        ("days", Int),
    ],
};

/// First dispatches since a day, `$1`, and how many of them took at most `$2` days.
pub const COUNT_DISPATCHED: Statement = Statement {
    name: "certificate_delivery.count_dispatched",
    sql: "SELECT COUNT(*) AS dispatched, CAST(COALESCE(SUM(CASE WHEN days <= $2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS in_time
          FROM certificate_delivery WHERE on_day >= $1 AND days IS NOT NULL",
    parameters: &[Text, Int],
    columns: &[("dispatched", Int), ("in_time", Int)],
};

/// Certificates in force that were issued by a day, `$1`, and whose paper waits, the oldest first; `$2` how many.
pub const LIST_WAITING: Statement = Statement {
    name: "certificate.list_waiting",
    sql: "SELECT f.id AS id, r.learner AS learner FROM certificate f
          JOIN award a ON a.id = f.award JOIN registration r ON r.id = a.registration
          WHERE f.delivery = 'waiting' AND f.state = 'valid' AND f.issued_on <= $1
          ORDER BY f.issued_on, f.number LIMIT $2",
    parameters: &[Text, Int],
    columns: &[("id", Text), ("learner", Text)],
};

/// How many certificates in force that were issued by a day wait for their dispatch.
pub const COUNT_WAITING: Statement = Statement {
    name: "certificate.count_waiting",
    sql: "SELECT COUNT(*) AS certificates FROM certificate
          WHERE delivery = 'waiting' AND state = 'valid' AND issued_on <= $1",
    parameters: &[Text],
    columns: &[("certificates", Int)],
};

/// The first dispatch that was recorded when it was made.
pub const FIND_FIRST_DISPATCH: Statement = Statement {
    name: "certificate_delivery.find_first",
    sql: "SELECT on_day FROM certificate_delivery WHERE on_day > '' AND days IS NOT NULL ORDER BY on_day LIMIT 1",
    parameters: &[],
    columns: &[("on_day", Text)],
};

/// Addresses of the coordinators of a centre on a day: `$1` centre, `$2` day.
pub const LIST_COORDINATOR_ADDRESSES: Statement = Statement {
    name: "award.list_coordinator_addresses",
    sql: "SELECT DISTINCT p.email AS email FROM role_grant g JOIN person p ON p.id = g.person
          WHERE g.centre = $1 AND g.role = 'coordinator' AND g.from_on <= $2 AND (g.until_on IS NULL OR g.until_on >= $2)
              AND p.email IS NOT NULL AND p.erased = 0
          ORDER BY p.email",
    parameters: &[Text, Text],
    columns: &[("email", Text)],
};

pub const ALL: &[&Statement] = &[
    &ADD_DELIVERY,
    &SET_DELIVERY,
    &FIND_ASKED,
    &LIST_DELIVERIES_OF,
    &COUNT_DISPATCHED,
    &LIST_WAITING,
    &COUNT_WAITING,
    &FIND_FIRST_DISPATCH,
    &LIST_COORDINATOR_ADDRESSES,
    &ADD_CLAIM,
    &ADD_CREDIT_CLAIM,
    &ADD_CREDIT,
    &LIST_CERTIFIED_UNITS,
    &ADD_CLAIM_UNIT,
    &SETTLE_CLAIM,
    &FIND_CLAIM,
    &ADD_AWARD,
    &FIND_AWARD,
    &MARK_REGISTRATION_AWARDED,
    &ADD_CERTIFICATE,
    &END_CERTIFICATE,
    &FIND_CERTIFICATE,
    &LIST_ACHIEVED,
    &LIST_OPEN_UNITS,
    &FIND_VERIFIER_IN_POST,
    &FIND_AWARD_OF_REGISTRATION,
    &FIND_VERIFICATION,
    &LIST_CLAIM_UNITS,
    &LIST_CLAIMS_OF,
    &LIST_CLAIMS,
    &COUNT_CLAIMS,
    &LIST_TO_RELEASE,
    &COUNT_TO_RELEASE,
    &FIND_CLAIM_LINE,
    &OPEN_CLAIM,
    &LIST_CANDIDATES,
    &COUNT_CANDIDATES,
    &LIST_CERTIFICATES,
    &COUNT_CERTIFICATES,
    &LIST_CERTIFICATES_AT,
    &LIST_CERTIFICATES_UP,
    &LIST_CERTIFICATES_UP_AT,
    &LIST_CERTIFICATES_BY_NUMBER,
    &LIST_CERTIFICATES_BY_NUMBER_AT,
    &LIST_CERTIFICATES_BY_NUMBER_DOWN,
    &LIST_CERTIFICATES_BY_NUMBER_DOWN_AT,
    &LIST_CERTIFICATES_BY_LEARNER,
    &LIST_CERTIFICATES_BY_LEARNER_AT,
    &LIST_CERTIFICATES_BY_LEARNER_DOWN,
    &LIST_CERTIFICATES_BY_LEARNER_DOWN_AT,
    &COUNT_CERTIFICATES_AT,
    &LIST_CERTIFICATES_OF,
    &FIND_CERTIFICATE_LINE,
    &FIND_CERTIFICATE_BY_FILE,
    &FIND_TO_CHECK,
    &LIST_AWARDS_OF_LEARNER,
];
