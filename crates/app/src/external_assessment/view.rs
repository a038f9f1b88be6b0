//! One order with what the caller may do, and the form on which a unit is ordered.

use super::find::{body_of, of_the_centre};
use crate::judgement::queue::name;
use crate::registration::find::{self, Named};
use crate::{App, Asking, Failure};
use assay_domain::external_assessment::{
    AllocateExternalAssessor, HandedIn, OrderCase, OrderExternalAssessment, OrderState, ReceiveWork,
    StandingOrder, order, receive,
};
use assay_domain::fresh::Counted;
use assay_domain::id::{OrderId, PersonId, RegistrationId, SubmissionId};
use assay_domain::plan::StaffMember;
use assay_domain::submission::SubmissionState;
use assay_domain::{Actor, Grant, Refusal, Refusals, Role};
use assay_store::statements::{external_assessment as statements, people, plan, submission};
use assay_store::{Row, Tx};
use jiff::civil::Date;

/// An order in a list and on its page.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct OrderLine {
    pub order: OrderId,
    pub registration: RegistrationId,
    pub learner: PersonId,
    pub learner_name: String,
    /// The learner's number on the registration.
    pub number: String,
    pub qualification: String,
    pub unit: String,
    pub unit_title: String,
    pub centre_name: String,
    /// The awarding body's short name, as its specification gives it.
    pub body: String,
    pub state: OrderState,
    #[schema(value_type = String, format = Date)]
    pub ordered_on: Date,
    /// The last hand-in of the unit.
    pub submission: Option<SubmissionId>,
    pub attempt: Option<i64>,
    #[schema(value_type = Option<String>, format = Date)]
    pub sent_on: Option<Date>,
    /// When the work was received last.
    #[schema(value_type = Option<String>, format = Date)]
    pub received_on: Option<Date>,
    /// When its result is due (EA-04).
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<Date>,
    /// Whether that day has passed without the result.
    pub late: bool,
    /// The external assessor, once there is one.
    pub assessor: Option<String>,
    /// How the last hand-in stands.
    #[schema(value_type = Option<String>)]
    pub hand_in_state: Option<SubmissionState>,
}

/// An order with what the caller may do.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct OrderView {
    #[serde(flatten)]
    pub line: OrderLine,
    /// Whether the caller is a quality manager, who receives work and allocates external assessors.
    pub receives: bool,
    /// What would be said if the caller received the work now, with the first of `assessors`; empty when they may.
    pub receive: Vec<Refusal>,
    /// Whether another external assessor can be allocated.
    pub may_allocate: bool,
    /// External assessors of today who are not of the centre.
    pub assessors: Vec<Named>,
    /// Whether the caller coordinates the centre, and so can withdraw orders.
    pub coordinates: bool,
    /// What would be said if the caller withdrew the order now; empty when they may.
    pub withdraw: Vec<Refusal>,
    /// Whether the caller marks the work.
    pub marks: bool,
    /// Whether the caller is of the staff who may read the work and its judgement.
    pub reads: bool,
}

/// A unit of the plan on the order form.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct OrderableUnit {
    pub unit: String,
    pub title: String,
    /// Why it cannot be ordered, if so; one sentence.
    pub hindrance: Option<String>,
}

/// The form on which a unit is ordered.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct OrderForm {
    pub registration: RegistrationId,
    pub learner_name: String,
    pub number: String,
    pub title: String,
    pub body: String,
    pub units: Vec<OrderableUnit>,
    /// In how many weeks the result is due once the work is received; none when the policy names no time.
    pub weeks: Option<i64>,
    /// How many units of the registration may be ordered; none when the policy names no number.
    pub most: Option<i64>,
}

/// An order.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none, or the caller may see neither the registration nor marks the work.
pub fn view(asking: &mut Asking<'_, '_>, id: &OrderId) -> Result<OrderView, Failure> {
    let actor = asking.actor()?.clone();
    let found = require_seen(asking.app, asking.tx, &actor, id, asking.caller.moment.today)?;
    let (moment, policy) = (asking.caller.moment, asking.policy());
    let (line, case) = (found.line, found.case);
    let receives = actor.is(Role::QualityManager);
    let coordinates = actor.is_at(Role::Coordinator, &case.centre);
    let assessors = if receives {
        assessors(asking.tx, &case, moment.today)?
    } else {
        Vec::new()
    };
    let chosen = assessors.first().map(|named| named.person.clone());
    let named = match &chosen {
        Some(person) => Some(member(asking.tx, person)?),
        None => None,
    };
    let reasons = |result: Result<(), Refusals>| result.err().map(|refusals| refusals.0).unwrap_or_default();
    let receive = receive::decide(
        &ReceiveWork {
            assessor: chosen.clone(),
        },
        &case,
        named.as_ref(),
        &actor,
        moment,
        policy,
    );
    let allocate = receive::decide_allocate(
        &AllocateExternalAssessor { assessor: chosen },
        &case,
        named.as_ref(),
        &actor,
        moment,
    );
    Ok(OrderView {
        receives,
        receive: reasons(receive.map(drop)),
        may_allocate: allocate.is_ok(),
        assessors,
        coordinates,
        withdraw: reasons(order::decide_withdraw(&case, &actor).map(drop)),
        marks: found.marks,
        reads: receives || coordinates || found.marks,
        line,
    })
}

/// An order with its case and the right by which the caller sees it.
pub(super) struct Found {
    pub line: OrderLine,
    pub case: StandingOrder,
    /// Whether the caller marks the work.
    pub marks: bool,
}

/// The order, if the caller may see it.
pub(super) fn require_seen(
    app: &App,
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: &OrderId,
    today: Date,
) -> Result<Found, Failure> {
    let row = tx
        .row(&statements::FIND, &[id.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let assessor: Option<PersonId> = row.optional_parsed("assessor")?;
    let marks = actor.is(Role::ExternalAssessor) && assessor.as_ref() == Some(&actor.person);
    let registration: RegistrationId = row.parsed("registration")?;
    if !marks {
        find::require_seen_by(tx, actor.clone(), &registration)?;
    }
    let line = read(app, tx, &row, today)?;
    let hand_in = match (
        row.optional_parsed("hand_in")?,
        row.optional_int("hand_in_revision")?,
        row.optional_parsed("hand_in_state")?,
    ) {
        (Some(submission), Some(revision), Some(state)) => Some(HandedIn {
            submission,
            revision: u32::try_from(revision).unwrap_or(0),
            state,
        }),
        _ => None,
    };
    let case = StandingOrder {
        order: line.order.clone(),
        learner: line.learner.clone(),
        centre: row.parsed("centre")?,
        unit: line.unit.clone(),
        body: line.body.clone(),
        state: line.state,
        ever_received: row.optional_text("submission")?.is_some(),
        hand_in,
        assessor,
        of_the_centre: of_the_centre(tx, &registration, &line.unit)?,
        registration,
    };
    Ok(Found { line, case, marks })
}

/// A row of an order as it is shown.
pub(super) fn read(app: &App, tx: &mut Tx<'_>, row: &Row, today: Date) -> Result<OrderLine, Failure> {
    let specification = app.specification(tx, &row.parsed("specification")?)?;
    let unit = row.text("unit")?;
    let state: OrderState = row.parsed("state")?;
    let due_on: Option<Date> = row.optional_parsed("due_on")?;
    let assessor = match row.optional_text("assessor")? {
        Some(_) => Some(name(row, "assessor_")?),
        None => None,
    };
    Ok(OrderLine {
        order: row.parsed("id")?,
        registration: row.parsed("registration")?,
        learner: row.parsed("learner")?,
        learner_name: name(row, "")?,
        number: row.text("number")?,
        qualification: row.text("qualification")?,
        unit_title: specification
            .find_unit_called(&unit)
            .map(|unit| unit.title.clone())
            .unwrap_or_default(),
        unit,
        centre_name: row.text("centre_name")?,
        body: specification.document.awarding_body_short.clone(),
        state,
        ordered_on: row.parsed("ordered_on")?,
        submission: row.optional_parsed("hand_in")?,
        attempt: row.optional_int("attempt")?,
        sent_on: row.optional_parsed("submitted_on")?,
        received_on: row.optional_parsed("received_on")?,
        late: state.with_the_body() && due_on.is_some_and(|due| due < today),
        due_on,
        assessor,
        hand_in_state: row.optional_parsed("hand_in_state")?,
    })
}

/// A person with every role they hold or held.
pub(super) fn member(tx: &mut Tx<'_>, person: &PersonId) -> Result<StaffMember, Failure> {
    let mut grants = Vec::new();
    for row in tx.rows(&people::LIST_GRANTS_OF_PERSON, &[person.as_str().into()])? {
        grants.push(Grant {
            id: row.parsed("id")?,
            role: row.parsed("role")?,
            centre: row.optional_parsed("centre")?,
            from: row.parsed("from_on")?,
            until: row.optional_parsed("until_on")?,
            countersigned: row.truth("countersigned")?,
        });
    }
    Ok(StaffMember {
        name: crate::people::find_name(tx, person)?.unwrap_or_else(|| "That person".to_owned()),
        person: person.clone(),
        grants,
    })
}

/// External assessors of the day who may mark under the order; whoever is allocated stands first.
fn assessors(tx: &mut Tx<'_>, case: &StandingOrder, today: Date) -> Result<Vec<Named>, Failure> {
    let mut named = Vec::new();
    for row in tx.rows(&statements::LIST_ASSESSORS, &[today.to_string().into()])? {
        let person: PersonId = row.parsed("person")?;
        let there = member(tx, &person)?
            .grants
            .iter()
            .any(|grant| grant.centre.as_ref() == Some(&case.centre) && grant.held_on(today));
        if !there && person != case.learner && !case.of_the_centre.contains(&person) {
            named.push(Named {
                name: name(&row, "")?,
                person,
            });
        }
    }
    named.sort_by_key(|named| case.assessor.as_ref() != Some(&named.person));
    Ok(named)
}

/// The form on which a unit of a registration is ordered.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is no such registration, or the caller does not coordinate its centre.
pub fn form(asking: &mut Asking<'_, '_>, id: &RegistrationId) -> Result<OrderForm, Failure> {
    let seen = find::require_seen(asking, id)?;
    if !seen.coordinates() {
        return Err(Failure::NotFound);
    }
    let (app, moment, policy) = (asking.app, asking.caller.moment, asking.policy());
    let specification = app.specification(asking.tx, &seen.row.specification)?;
    let mut units = Vec::new();
    for planned in find::plan_units(asking.tx, id)? {
        let case = order_case(app, asking.tx, &seen.row, &planned.unit)?;
        let act = OrderExternalAssessment {
            unit: planned.unit.clone(),
        };
        let hindrance = order::decide(
            &act,
            &case,
            &seen.actor,
            moment,
            policy,
            &mut Counted::from_seed(0),
        )
        .err()
        .and_then(|refusals| refusals.0.into_iter().next())
        .map(|refusal| refusal.because);
        units.push(OrderableUnit {
            title: specification
                .find_unit_called(&planned.unit)
                .map(|unit| unit.title.clone())
                .unwrap_or_default(),
            unit: planned.unit,
            hindrance,
        });
    }
    let number = |key: &str| policy.number(key).map(|(number, _)| number);
    Ok(OrderForm {
        registration: id.clone(),
        learner_name: seen.row.learner_name(),
        number: seen.row.number.clone(),
        title: specification
            .find_qualification(&seen.row.qualification)
            .map(|found| found.title.clone())
            .unwrap_or_default(),
        body: specification.document.awarding_body_short.clone(),
        units,
        weeks: number("external_assessment.turn_round"),
        most: number("external_assessment.maximum"),
    })
}

/// What must be known to order a unit.
pub(super) fn order_case(
    app: &App,
    tx: &mut Tx<'_>,
    row: &find::RegistrationRow,
    unit: &str,
) -> Result<OrderCase, Failure> {
    let here = [row.id.as_str().into(), unit.into()];
    let last: Option<SubmissionState> = tx
        .rows(&submission::LIST_OF_UNIT, &here)?
        .last()
        .map(|last| last.parsed("state"))
        .transpose()?;
    Ok(OrderCase {
        registration: row.id.clone(),
        learner: row.learner.clone(),
        centre: row.centre.clone(),
        state: row.state,
        ends_on: row.ends_on,
        body: body_of(app, tx, &row.specification)?,
        planned: find::plan_units(tx, &row.id)?
            .into_iter()
            .map(|planned| planned.unit)
            .collect(),
        achieved: find::achieved_by(tx, &row.learner)?
            .iter()
            .any(|achieved| achieved.unit == unit),
        last,
        judged: !tx.rows(&plan::LIST_JUDGED_BY, &here)?.is_empty(),
        ordered: tx
            .rows(&statements::LIST_STANDING, &[row.id.as_str().into()])?
            .iter()
            .map(|row| row.text("unit"))
            .collect::<Result<_, _>>()?,
    })
}
