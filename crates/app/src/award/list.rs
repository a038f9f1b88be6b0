//! Lists for the centre coordinator: learners who could be claimed for, claims and what became of them, as page and CSV.

use super::case::{self, Shared};
use crate::centre::CentreShown;
use crate::centre::choice::{of_body_or_coordinator, of_coordinator};
use crate::people::full_name;
use crate::{App, Asking, Failure};
use assay_domain::Refusal;
use assay_domain::award::credit::TITLE;
use assay_domain::award::{AwardKind, ClaimAward, claim as rules};
use assay_domain::fresh::Counted;
use assay_domain::id::{AwardId, CentreId, ClaimId, PersonId, RegistrationId};
use assay_specification::Specification;
use assay_store::statements::award as statements;
use assay_store::{Row, Statement, Tx, Value};
use jiff::civil::Date;

/// How many rows stand on a page.
pub const PAGE: i64 = 25;
/// How many rows a file holds at most.
pub const MOST_IN_FILE: i64 = 50_000;

/// A claim of a list. It holds no grade (AW-07, CE-13).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ClaimLine {
    pub claim: ClaimId,
    /// `award` or `credit`.
    #[schema(value_type = String)]
    pub kind: AwardKind,
    pub registration: RegistrationId,
    pub learner: PersonId,
    pub learner_name: String,
    pub given: String,
    pub family: String,
    /// The learner's number.
    pub number: String,
    pub centre: CentreId,
    pub centre_number: String,
    pub centre_name: String,
    /// Title exactly as printed in the syllabus (AW-02), with its code and number. For unit credit the units, the code of the qualification
    /// on which the learner is registered, and no number.
    pub title: String,
    pub qualification: String,
    pub qualification_number: String,
    /// `made`, `returned` or `released`.
    pub state: String,
    pub made_at: String,
    #[schema(value_type = String, format = Date)]
    pub made_on: Date,
    /// Why it was returned.
    pub because: Option<String>,
    pub award: Option<AwardId>,
    pub credits: Option<i64>,
    /// Number and date of the certificate in force (AW-03).
    pub certificate: Option<String>,
    #[schema(value_type = Option<String>, format = Date)]
    pub issued_on: Option<Date>,
}

pub(super) fn read_line(app: &App, tx: &mut Tx<'_>, row: &Row) -> Result<ClaimLine, Failure> {
    let specification = app.specification(tx, &row.parsed("specification")?)?;
    let code = row.text("qualification")?;
    let (kind, title, qualification_number) = called(tx, &specification, &code, row, "id")?;
    let (given, family) = (row.text("given")?, row.text("family")?);
    Ok(ClaimLine {
        claim: row.parsed("id")?,
        kind,
        registration: row.parsed("registration")?,
        learner: row.parsed("learner")?,
        learner_name: full_name(&given, &family),
        given,
        family,
        number: row.text("number")?,
        centre: row.parsed("centre")?,
        centre_number: row.text("centre_number")?,
        centre_name: row.text("centre_name")?,
        title,
        qualification_number,
        qualification: code,
        state: row.text("state")?,
        made_at: row.text("made_at")?,
        made_on: row.parsed("made_on")?,
        because: row.optional_text("because")?,
        award: row.optional_parsed("award")?,
        credits: row.optional_int("credits")?,
        certificate: row.optional_text("certificate")?,
        issued_on: row.optional_parsed("issued_on")?,
    })
}

/// What a claim or an award in a row is of: its kind, what it is called and the qualification's number. `claim` is the column of the
/// claim.
pub(super) fn called(
    tx: &mut Tx<'_>,
    specification: &Specification,
    code: &str,
    row: &Row,
    claim: &str,
) -> Result<(AwardKind, String, String), Failure> {
    let kind = row.parsed("kind")?;
    if kind == AwardKind::Credit {
        let units = tx.rows(&statements::LIST_CLAIM_UNITS, &[row.text(claim)?.into()])?;
        let units: Vec<String> = units
            .iter()
            .map(|unit| unit.text("unit"))
            .collect::<Result<_, _>>()?;
        return Ok((kind, format!("{TITLE}: {}", units.join(", ")), String::new()));
    }
    let found = specification.find_qualification(code);
    Ok((
        kind,
        found.map_or_else(String::new, |found| found.title.clone()),
        found.map_or_else(String::new, |found| found.number.to_string()),
    ))
}

/// Which claims are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// How a name, a learner's number or a code begins.
    pub q: String,
    /// `made`, `returned`, `released`; empty for all.
    pub state: String,
    /// One of the caller's own centres; none for the first.
    pub centre: Option<CentreId>,
    /// From 1.
    pub page: u32,
}

/// A page of claims.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ClaimsPage {
    #[serde(flatten)]
    pub shown: CentreShown,
    pub claims: Vec<ClaimLine>,
    /// From 1.
    pub page: u32,
    pub size: u32,
    pub total: u64,
}

/// The statements by which a list is read: rows and their number, of everything and of one centre. All take the same parameters
/// first, then the lists how many rows and after how many, then those of a centre the centre.
pub(super) struct Listed {
    pub all: [&'static Statement; 2],
    pub at_centre: [&'static Statement; 2],
    /// The column of the number.
    pub counted: &'static str,
}

/// A page of such a list.
pub(super) struct Rows {
    pub rows: Vec<Row>,
    pub shown: CentreShown,
    /// From 1.
    pub page: u32,
    pub total: u64,
}

/// A page of a list: for a quality manager everything, or what is of the centre named; for a coordinator what is of the centre named or
/// else of their first.
///
/// # Errors
/// `SignInNeeded`; `NotFound` for anybody else, and for a centre that is not theirs.
pub(super) fn of_body_or_centre(
    asking: &mut Asking<'_, '_>,
    listed: &Listed,
    parameters: &[Value],
    centre: Option<&CentreId>,
    page: u32,
    size: i64,
) -> Result<Rows, Failure> {
    let page = page.clamp(1, 4000);
    let paged = [size.into(), (i64::from(page - 1) * size).into()];
    let shown = of_body_or_coordinator(asking, centre)?;
    let (statements, centre) = match &shown.centre {
        None => (&listed.all, None),
        Some(centre) => (&listed.at_centre, Some(Value::from(centre.as_str()))),
    };
    let [list, count] = statements;
    let of_rows: Vec<Value> = parameters.iter().chain(&paged).chain(&centre).cloned().collect();
    let of_count: Vec<Value> = parameters.iter().chain(&centre).cloned().collect();
    let rows = asking.tx.rows(list, &of_rows)?;
    let total = asking
        .tx
        .row(count, &of_count)?
        .map_or(Ok(0), |row| row.int(listed.counted))?;
    Ok(Rows {
        rows,
        shown,
        page,
        total: u64::try_from(total).unwrap_or(0),
    })
}

/// The stretch of words that begin like the longest word of a search; empty when nothing is searched.
pub(super) fn stretch(q: &str) -> (String, String) {
    let word = q
        .split_whitespace()
        .max_by_key(|word| word.chars().count())
        .unwrap_or_default()
        .to_lowercase();
    if word.is_empty() {
        return (String::new(), String::new());
    }
    let to = format!("{word}\u{10ffff}");
    (word, to)
}

/// The states that are wanted, as a stretch.
fn states(state: &str) -> (&str, &str) {
    match state {
        "made" | "returned" | "released" => (state, state),
        _ => ("", "~"),
    }
}

/// Claims of a centre, the last first.
///
/// # Errors
/// `SignInNeeded`; `NotFound` unless the caller coordinates the centre.
pub fn claims(asking: &mut Asking<'_, '_>, wanted: &Wanted) -> Result<ClaimsPage, Failure> {
    let page = wanted.page.clamp(1, 4000);
    claims_between(asking, wanted, page, PAGE, i64::from(page - 1) * PAGE)
}

fn claims_between(
    asking: &mut Asking<'_, '_>,
    wanted: &Wanted,
    page: u32,
    size: i64,
    offset: i64,
) -> Result<ClaimsPage, Failure> {
    let (centre, shown) = of_coordinator(asking, wanted.centre.as_ref())?;
    let (from, to) = stretch(&wanted.q);
    let (first, last) = states(&wanted.state);
    let rows = asking.tx.rows(
        &statements::LIST_CLAIMS,
        &[
            centre.as_str().into(),
            first.into(),
            last.into(),
            from.as_str().into(),
            to.as_str().into(),
            size.into(),
            offset.into(),
        ],
    )?;
    let total = asking
        .tx
        .row(
            &statements::COUNT_CLAIMS,
            &[
                centre.as_str().into(),
                first.into(),
                last.into(),
                from.into(),
                to.into(),
            ],
        )?
        .map(|row| row.int("claims"))
        .transpose()?
        .unwrap_or(0);
    let claims = rows
        .iter()
        .map(|row| read_line(asking.app, asking.tx, row))
        .collect::<Result<_, _>>()?;
    Ok(ClaimsPage {
        shown,
        claims,
        page,
        size: u32::try_from(size).unwrap_or(u32::MAX),
        total: u64::try_from(total).unwrap_or(0),
    })
}

/// The headings of the claim list as a file. There is none for a grade (AW-07).
pub const HEADINGS: [&str; 14] = [
    "Centre number",
    "Centre",
    "Learner number",
    "Given names",
    "Family name",
    "Qualification title",
    "Qualification code",
    "Qualification number",
    "State",
    "Sent on",
    "Returned because",
    "Credits",
    "Certificate number",
    "Certificate date",
];

/// The claim list as CSV, one line per claim (AW-02, AW-03, AW-07).
///
/// # Errors
/// As [`claims`].
pub fn claims_csv(asking: &mut Asking<'_, '_>, wanted: &Wanted) -> Result<String, Failure> {
    let page = claims_between(asking, wanted, 1, MOST_IN_FILE, 0)?;
    let rows = page.claims.into_iter().map(|line| {
        vec![
            line.centre_number,
            line.centre_name,
            line.number,
            line.given,
            line.family,
            line.title,
            line.qualification,
            line.qualification_number,
            state_words(&line.state).to_owned(),
            line.made_on.to_string(),
            line.because.unwrap_or_default(),
            line.credits
                .map(|credits| credits.to_string())
                .unwrap_or_default(),
            line.certificate.unwrap_or_default(),
            line.issued_on.map(|on| on.to_string()).unwrap_or_default(),
        ]
    });
    Ok(assay_formats::csv_out::table(&HEADINGS, rows))
}

/// A claim's state as people read it.
pub fn state_words(state: &str) -> &'static str {
    match state {
        "made" => "With the awarding body",
        "returned" => "Returned",
        _ => "Released",
    }
}

/// A learner who has achieved something and for whom no claim is open.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Candidate {
    pub registration: RegistrationId,
    pub learner_name: String,
    pub number: String,
    pub qualification: String,
    pub title: String,
    /// Credits of the units that count so far, each once.
    pub credits: u32,
    pub minimum_credits: u32,
    /// Everything that stands against a claim by the caller; empty when it can be made.
    pub refusals: Vec<Refusal>,
}

/// A page of learners who could be claimed for, or not yet.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct CandidatesPage {
    #[serde(flatten)]
    pub shown: CentreShown,
    pub candidates: Vec<Candidate>,
    /// From 1.
    pub page: u32,
    pub size: u32,
    pub total: u64,
}

/// Learners of a centre who have achieved something and for whom no claim is open, the longest registered first, each with
/// everything that stands against a claim. `wanted.state` is not looked at.
///
/// # Errors
/// `SignInNeeded`; `NotFound` unless the caller coordinates the centre.
pub fn candidates(asking: &mut Asking<'_, '_>, wanted: &Wanted) -> Result<CandidatesPage, Failure> {
    let (centre, shown) = of_coordinator(asking, wanted.centre.as_ref())?;
    let page = wanted.page.clamp(1, 4000);
    let (from, to) = stretch(&wanted.q);
    let total = asking
        .tx
        .row(
            &statements::COUNT_CANDIDATES,
            &[centre.as_str().into(), from.as_str().into(), to.as_str().into()],
        )?
        .map(|row| row.int("candidates"))
        .transpose()?
        .unwrap_or(0);
    let offset = i64::from(page - 1) * PAGE;
    let candidates = candidates_between(asking, &centre, (&from, &to), PAGE, offset)?;
    Ok(CandidatesPage {
        shown,
        candidates,
        page,
        size: u32::try_from(PAGE).unwrap_or(u32::MAX),
        total: u64::try_from(total).unwrap_or(0),
    })
}

pub(crate) fn candidates_between(
    asking: &mut Asking<'_, '_>,
    centre: &CentreId,
    (from, to): (&str, &str),
    size: i64,
    offset: i64,
) -> Result<Vec<Candidate>, Failure> {
    let actor = asking.actor()?.clone();
    let (moment, policy) = (asking.caller.moment, asking.policy());
    let mut shared = Shared::default();
    let mut candidates = Vec::new();
    for row in asking.tx.rows(
        &statements::LIST_CANDIDATES,
        &[
            centre.as_str().into(),
            from.into(),
            to.into(),
            size.into(),
            offset.into(),
        ],
    )? {
        let standing = case::load(
            asking.app,
            asking.tx,
            &row.parsed("id")?,
            moment.today,
            policy,
            &mut shared,
        )?;
        let refusals = rules::decide(
            ClaimAward,
            &standing.case,
            &actor,
            moment,
            policy,
            &mut Counted::from_seed(0),
        )
        .err()
        .unwrap_or_default();
        candidates.push(Candidate {
            learner_name: standing.row.learner_name(),
            registration: standing.row.id,
            number: standing.row.number,
            qualification: standing.qualification.code,
            title: standing.qualification.title,
            credits: standing
                .units
                .iter()
                .filter(|unit| unit.counts)
                .map(|unit| unit.credits)
                .sum(),
            minimum_credits: standing.qualification.minimum_credits,
            refusals: refusals.0,
        });
    }
    Ok(candidates)
}
