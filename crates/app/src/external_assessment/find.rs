//! What every other noun asks of external assessment: whether the awarding body assesses a unit, and how far it is.

use crate::{App, Failure};
use assay_domain::external_assessment::{ExternalMarking, OrderState};
use assay_domain::id::{CentreId, OrderId, PersonId, RegistrationId, SpecificationId, SubmissionId};
use assay_domain::{Actor, Role};
use assay_store::statements::{external_assessment as statements, people, plan};
use assay_store::{Row, StoreFault, Tx};
use jiff::civil::Date;

/// How far the awarding body is with a unit, as shown beside it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ExternalStanding {
    pub order: OrderId,
    pub state: OrderState,
    /// The awarding body's short name, as its specification gives it.
    pub body: String,
    /// When the result is due; none before the work is received.
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<Date>,
    /// `Assessed by CMI`: the awarding body's stamp, once the result stands (EA-03).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stamp: Option<String>,
}

impl ExternalStanding {
    /// In a few words: the stamp, or what is still to come.
    pub fn in_words(&self) -> String {
        match &self.stamp {
            Some(stamp) => stamp.clone(),
            None => format!("To be assessed by {}", self.body),
        }
    }

    fn read(row: &Row, body: &str) -> Result<ExternalStanding, StoreFault> {
        Ok(ExternalStanding {
            order: row.parsed("id")?,
            state: row.parsed("state")?,
            body: body.to_owned(),
            due_on: row.optional_parsed("due_on")?,
            stamp: None,
        })
    }

    fn stamped(self) -> ExternalStanding {
        ExternalStanding {
            stamp: Some(stamp(&self.body)),
            ..self
        }
    }
}

/// The stamp of an awarding body (EA-03).
pub fn stamp(body: &str) -> String {
    format!("Assessed by {body}")
}

/// The short name of the awarding body of a specification.
///
/// # Errors
/// `NotFound` when the specification is missing.
pub fn body_of(app: &App, tx: &mut Tx<'_>, specification: &SpecificationId) -> Result<String, Failure> {
    Ok(app
        .specification(tx, specification)?
        .document
        .awarding_body_short
        .clone())
}

/// Orders of a registration that stand, each with its unit; none is stamped yet.
pub(crate) fn of_registration(
    tx: &mut Tx<'_>,
    registration: &RegistrationId,
    body: &str,
) -> Result<Vec<(String, ExternalStanding)>, Failure> {
    tx.rows(&statements::LIST_STANDING, &[registration.as_str().into()])?
        .iter()
        .map(|row| Ok((row.text("unit")?, ExternalStanding::read(row, body)?)))
        .collect()
}

/// The order under which a result was judged, with the awarding body's stamp.
///
/// # Errors
/// A fault when there is no such order.
pub(crate) fn stamped(app: &App, tx: &mut Tx<'_>, order: &OrderId) -> Result<ExternalStanding, Failure> {
    let row = tx
        .row(&statements::FIND, &[order.as_str().into()])?
        .ok_or_else(|| Failure::Fault(format!("the order {order} is missing")))?;
    let body = body_of(app, tx, &row.parsed("specification")?)?;
    Ok(ExternalStanding::read(&row, &body)?.stamped())
}

/// How far the awarding body is with a unit: with its stamp when the judgement in force was made under an order; none where the centre
/// assesses it.
pub(crate) fn of_unit(
    app: &App,
    tx: &mut Tx<'_>,
    registration: &RegistrationId,
    unit: &str,
    body: &str,
    judged_under: Option<&OrderId>,
) -> Result<Option<ExternalStanding>, Failure> {
    if let Some(order) = judged_under {
        return stamped(app, tx, order).map(Some);
    }
    tx.row(
        &statements::FIND_STANDING,
        &[registration.as_str().into(), unit.into()],
    )?
    .map(|row| Ok(ExternalStanding::read(&row, body)?))
    .transpose()
}

/// The order under which a hand-in is marked; none where the centre assesses the unit.
pub(crate) fn marking(
    app: &App,
    tx: &mut Tx<'_>,
    registration: &RegistrationId,
    unit: &str,
    hand_in: (&SubmissionId, u32),
    specification: &SpecificationId,
) -> Result<Option<ExternalMarking>, Failure> {
    let Some(row) = tx.row(
        &statements::FIND_STANDING,
        &[registration.as_str().into(), unit.into()],
    )?
    else {
        return Ok(None);
    };
    let (submission, revision) = hand_in;
    let received: Option<SubmissionId> = row.optional_parsed("submission")?;
    Ok(Some(ExternalMarking {
        order: row.parsed("id")?,
        body: body_of(app, tx, specification)?,
        assessor: row.optional_parsed("assessor")?,
        received: received.as_ref() == Some(submission)
            && row.optional_int("revision")? == Some(i64::from(revision)),
        of_the_centre: of_the_centre(tx, registration, unit)?,
    }))
}

/// Everybody who has or had a part in a unit for the centre.
pub(crate) fn of_the_centre(
    tx: &mut Tx<'_>,
    registration: &RegistrationId,
    unit: &str,
) -> Result<Vec<PersonId>, Failure> {
    let rows = tx.rows(&plan::LIST_PAST, &[registration.as_str().into(), unit.into()])?;
    Ok(rows
        .iter()
        .map(|row| row.parsed("person"))
        .collect::<Result<_, _>>()?)
}

/// Whether somebody marks under an order, as an external assessor who holds the role today.
pub(crate) fn marks(actor: &Actor, external: Option<&ExternalMarking>) -> bool {
    actor.is(Role::ExternalAssessor)
        && external.is_some_and(|external| external.assessor.as_ref() == Some(&actor.person))
}

/// Specifications of the hand-ins in which a piece of evidence is and which the actor has as their external assessor.
pub(crate) fn handed_in_to(
    tx: &mut Tx<'_>,
    actor: &Actor,
    evidence: &str,
) -> Result<Vec<SpecificationId>, Failure> {
    if !actor.is(Role::ExternalAssessor) {
        return Ok(Vec::new());
    }
    let rows = tx.rows(
        &statements::LIST_WITH_EVIDENCE,
        &[evidence.into(), actor.person.as_str().into()],
    )?;
    Ok(rows
        .iter()
        .map(|row| row.parsed("specification"))
        .collect::<Result<_, _>>()?)
}

/// Whether somebody holds or held any role at a centre.
pub(crate) fn was_of_the_centre(
    tx: &mut Tx<'_>,
    person: &PersonId,
    centre: &CentreId,
) -> Result<bool, Failure> {
    for row in tx.rows(&people::LIST_GRANTS_OF_PERSON, &[person.as_str().into()])? {
        if row.optional_text("centre")?.as_deref() == Some(centre.as_str()) {
            return Ok(true);
        }
    }
    Ok(false)
}
