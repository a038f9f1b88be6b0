//! Internal verification: the case loaded, the acts of a verifier recorded, and the list of what is due.

pub mod desk;

use crate::judgement::case as marking;
use crate::judgement::order::by_number;
use crate::judgement::queue::{like, name, working_days_after};
use crate::{Acting, App, Asking, Failure};
use assay_domain::id::{JudgementId, PersonId, RegistrationId, SubmissionId, VerificationId};
use assay_domain::verification as rules;
use assay_domain::verification::{LeaveOutOfSample, VerificationCase, VerifyJudgement};
use assay_store::Tx;
use assay_store::statements::{judgement as judgements, verification as statements};

/// Loads the case of the judgement in force on a submission.
///
/// # Errors
/// `NotFound` when there is no such submission or it is not judged yet.
pub fn load(
    app: &App,
    tx: &mut Tx<'_>,
    submission: &SubmissionId,
) -> Result<(VerificationCase, marking::LoadedCase), Failure> {
    let loaded = marking::load(app, tx, submission)?;
    let case = &loaded.case;
    let (judgement, signed_by) = case.judgement.clone().ok_or(Failure::NotFound)?;
    let row = tx
        .row(&judgements::FIND, &[judgement.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let unit = [case.learner.as_str().into(), case.unit.as_str().into()];
    let assessed_by = people(tx, &judgements::LIST_ASSESSED_BY, &unit)?;
    let tutors = people(tx, &judgements::LIST_TUTORS, &unit)?;
    let verification = VerificationCase {
        judgement: judgement.clone(),
        submission: submission.clone(),
        registration: case.registration.clone(),
        learner: case.learner.clone(),
        centre: case.centre.clone(),
        unit: case.unit.clone(),
        state: case.state,
        in_force: !row.truth("superseded")?,
        signed_at: row.parsed("signed_at")?,
        signed_by,
        countersigned_by: row.optional_parsed("countersigned_by")?,
        assessed_by,
        tutors,
        external: case.external.clone(),
        criteria: case
            .criteria
            .iter()
            .map(|criterion| criterion.number.clone())
            .collect(),
    };
    Ok((verification, loaded))
}

fn people(
    tx: &mut Tx<'_>,
    statement: &'static assay_store::Statement,
    unit: &[assay_store::Value],
) -> Result<Vec<PersonId>, Failure> {
    let rows = tx.rows(statement, unit)?;
    Ok(rows
        .iter()
        .map(|row| row.parsed("person"))
        .collect::<Result<_, _>>()?)
}

fn visible(acting: &mut Acting<'_, '_>, submission: &SubmissionId) -> Result<VerificationCase, Failure> {
    let (case, loaded) = load(acting.app, acting.tx, submission)?;
    marking::visible_to(acting.actor()?, &loaded)?;
    Ok(case)
}

/// Verify the judgement in force.
///
/// # Errors
/// `NotFound`; refusals of [`rules::verify::decide`].
pub fn verify(
    acting: &mut Acting<'_, '_>,
    submission: &SubmissionId,
    act: &VerifyJudgement,
) -> Result<(), Failure> {
    let case = visible(acting, submission)?;
    let actor = acting.actor()?.clone();
    let policy = acting.policy();
    let decision = rules::verify::decide(act, &case, &actor, acting.moment(), policy, acting.fresh)?;
    acting.record(decision)
}

/// Leave the judgement in force out of the sample.
///
/// # Errors
/// `NotFound`; refusals of [`rules::skip::decide`].
pub fn leave_out(
    acting: &mut Acting<'_, '_>,
    submission: &SubmissionId,
    act: &LeaveOutOfSample,
) -> Result<(), Failure> {
    let case = visible(acting, submission)?;
    let actor = acting.actor()?.clone();
    let policy = acting.policy();
    let decision = rules::skip::decide(act, &case, &actor, acting.moment(), policy, acting.fresh)?;
    acting.record(decision)
}

/// A unit result that waits for internal verification.
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
pub struct DueItem {
    pub submission: SubmissionId,
    pub judgement: JudgementId,
    pub registration: RegistrationId,
    pub learner_name: String,
    pub qualification: String,
    pub unit: String,
    pub unit_title: String,
    pub attempt: i64,
    pub assessor_name: String,
    /// When the judgement was signed, as a UTC instant.
    pub signed_at: String,
    #[schema(value_type = String, format = Date)]
    pub signed_on: jiff::civil::Date,
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<jiff::civil::Date>,
    /// Whether the caller is the verifier allocated to the unit.
    pub allocated_to_me: bool,
    /// Why the caller may not verify it, if so; one sentence.
    pub hindrance: Option<String>,
}

/// A page of the unit results that wait for internal verification.
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
pub struct DueList {
    pub items: Vec<DueItem>,
    /// How many there are with the same search, on all pages.
    pub total: i64,
    pub page: u32,
    pub size: u32,
}

/// Unit results due for verification at the caller's centres, the oldest signature first.
///
/// # Errors
/// `SignInNeeded`; a fault when the store fails.
pub fn list_due(asking: &mut Asking<'_, '_>, search: &str, page: u32, size: u32) -> Result<DueList, Failure> {
    let actor = asking.actor()?.clone();
    let today = asking.today().to_string();
    let like = like(search);
    let (page, size) = (page.max(1), size.clamp(1, 200));
    let who: [assay_store::Value; 3] = [
        actor.person.as_str().into(),
        today.as_str().into(),
        like.as_str().into(),
    ];
    let total = match asking.tx.row(&statements::COUNT_DUE, &who)? {
        Some(row) => row.int("pieces")?,
        None => 0,
    };
    let [person, day, like] = who;
    let rows = asking.tx.rows(
        &statements::LIST_DUE,
        &[
            person,
            day,
            like,
            size.into(),
            (i64::from(page - 1) * i64::from(size)).into(),
        ],
    )?;
    let days = asking
        .policy()
        .number("verification.turn_round")
        .map(|(days, _)| days);
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let submission: SubmissionId = row.parsed("submission")?;
        let unit = row.text("unit")?;
        let specification = asking
            .app
            .specification(asking.tx, &row.parsed("specification")?)?;
        let signed_on = row.parsed("signed_on")?;
        let allocated: Option<PersonId> = row.optional_parsed("allocated")?;
        let found = specification.find_unit_called(&unit);
        let hindrance = listed(&row, found)?
            .may_verify(&actor, asking.policy())
            .err()
            .and_then(|refusals| refusals.0.into_iter().next())
            .map(|refusal| refusal.because);
        items.push(DueItem {
            submission,
            judgement: row.parsed("judgement")?,
            registration: row.parsed("registration")?,
            learner_name: crate::people::full_name(&row.text("given")?, &row.text("family")?),
            qualification: row.text("qualification")?,
            unit_title: found.map(|unit| unit.title.clone()).unwrap_or_default(),
            unit,
            attempt: row.int("attempt")?,
            assessor_name: name(&row, "assessor_")?,
            signed_at: row.text("signed_at")?,
            signed_on,
            due_on: days.map(|days| working_days_after(signed_on, days)),
            allocated_to_me: allocated.as_ref() == Some(&actor.person),
            hindrance,
        });
    }
    Ok(DueList {
        items,
        total,
        page,
        size,
    })
}

/// The case of a row of [`statements::LIST_DUE`], which brings everything with it: a list asks no question per row.
fn listed(
    row: &assay_store::Row,
    unit: Option<&assay_specification::Unit>,
) -> Result<VerificationCase, Failure> {
    let ids = |column: &str| -> Result<Vec<PersonId>, Failure> {
        Ok(row
            .optional_text(column)?
            .unwrap_or_default()
            .split(' ')
            .filter_map(|id| id.parse().ok())
            .collect())
    };
    Ok(VerificationCase {
        judgement: row.parsed("judgement")?,
        submission: row.parsed("submission")?,
        registration: row.parsed("registration")?,
        learner: row.parsed("learner")?,
        centre: row.parsed("centre")?,
        unit: row.text("unit")?,
        state: row.parsed("state")?,
        in_force: true,
        signed_at: row.parsed("signed_at")?,
        signed_by: row.parsed("signed_by")?,
        countersigned_by: row.optional_parsed("countersigned_by")?,
        assessed_by: ids("assessed_by")?,
        tutors: ids("tutors")?,
        // The list leaves out what the awarding body assesses.
        external: None,
        criteria: unit
            .map(|unit| {
                unit.criteria()
                    .map(|(_, criterion)| criterion.number.to_string())
                    .collect()
            })
            .unwrap_or_default(),
    })
}

/// What verification found on one criterion.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct FoundCriterion {
    pub criterion: String,
    pub agrees: bool,
    /// The verifier's reason; none where they agreed without one, blank once erased.
    pub reason: Option<String>,
}

/// A verification as it was made.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct MadeVerification {
    pub verification: VerificationId,
    /// False where the judgement was left out of the sample.
    pub looked_at: bool,
    /// Whether the verifier agreed with the whole judgement; none where it was left out of the sample.
    pub agreed: Option<bool>,
    pub by: String,
    /// As a UTC instant.
    pub at: String,
    #[schema(value_type = String, format = Date)]
    pub on: jiff::civil::Date,
    /// Words to the assessor, or why the judgement was left out of the sample.
    pub remark: Option<String>,
    pub criteria: Vec<FoundCriterion>,
}

/// The verifications of a judgement, the earliest first.
///
/// # Errors
/// A fault when the store fails.
pub fn of_judgement(tx: &mut Tx<'_>, judgement: &str) -> Result<Vec<MadeVerification>, Failure> {
    let mut made = Vec::new();
    for row in tx.rows(&statements::LIST_OF_JUDGEMENT, &[judgement.into()])? {
        let verification: VerificationId = row.parsed("id")?;
        let mut criteria = tx
            .rows(&statements::LIST_CRITERIA, &[verification.as_str().into()])?
            .iter()
            .map(|row| {
                Ok(FoundCriterion {
                    criterion: row.text("criterion")?,
                    agrees: row.truth("agrees")?,
                    reason: row.optional_text("reason")?,
                })
            })
            .collect::<Result<Vec<FoundCriterion>, assay_store::StoreFault>>()?;
        criteria.sort_by(|one, other| by_number(&one.criterion, &other.criterion));
        made.push(MadeVerification {
            verification,
            looked_at: row.text("kind")? == "verified",
            agreed: row.optional_int("agreed")?.map(|agreed| agreed != 0),
            by: name(&row, "")?,
            at: row.text("made_at")?,
            on: row.parsed("made_on")?,
            remark: row.optional_text("remark")?,
            criteria,
        });
    }
    Ok(made)
}
