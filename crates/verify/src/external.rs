//! A unit that the awarding body assessed: ordered by the centre, received, and judged by an external assessor who is not of the centre
//! (practice, section 14; EA-01, EA-03, EA-07).

use crate::case::{Case, Registration, actor, in_order};
use crate::{Fails, fails};
use assay_certify::{Fact, Numbered};

const STEP: &str = "unit";

/// The judgement of a unit, as far as external assessment asks for it.
pub(crate) struct Judged<'d> {
    pub fact: &'d Numbered,
    pub submission: &'d str,
    /// The order that the judgement names.
    pub order: Option<&'d str>,
    /// The hand-in that was judged, and the unit it names.
    pub handed_in: &'d Numbered,
    pub unit: &'d str,
}

/// The order under which the awarding body assessed a unit; none where the centre did, and no order stood.
///
/// # Errors
/// The centre judged a unit whose order stood, or the order does not hold.
pub(crate) fn order<'d>(
    case: &Case<'d>,
    registration: &Registration<'d>,
    judged: &Judged<'d>,
    called: &str,
) -> Result<Option<&'d Numbered>, Fails> {
    let before = judged.fact.index;
    let mut standing = case.all(|fact| match fact {
        Fact::ExternalAssessmentOrdered {
            order,
            registration: id,
            unit,
        } if id == registration.id && unit == judged.unit => Some(order.as_str()),
        _ => None,
    });
    standing.retain(|(fact, order)| {
        let withdrawn = case.facts.iter().any(|later| {
            matches!(&later.entry.fact, Fact::ExternalAssessmentWithdrawn { order: id } if id == order)
                && later.index < before
        });
        fact.index < before && !withdrawn
    });
    let Some(named) = judged.order else {
        return match standing.first() {
            None => Ok(None),
            Some((fact, _)) => fails(
                STEP,
                format!(
                    "{called}: it was ordered on {} that the awarding body assesses the unit, and the centre judged it",
                    fact.entry.on
                ),
            ),
        };
    };
    let Some((ordered, _)) = standing.into_iter().find(|(_, order)| *order == named) else {
        return fails(
            STEP,
            format!("{called}: judged under the order {named}, which did not stand"),
        );
    };
    in_order(STEP, (ordered, "the order"), (judged.fact, "the judgement"))?;
    let (on, index) = (ordered.entry.on, ordered.index);
    let by = actor(STEP, ordered)?;
    case.require_role(STEP, by, "coordinator", Some(registration.centre), on, index)?;
    let what = "was received by the awarding body before it was judged";
    let received = last(case, before, |fact| match fact {
        Fact::ExternalAssessmentReceived {
            order, submission, ..
        } if order == named && submission == judged.submission => Some(()),
        _ => None,
    });
    let Some((received, ())) = received.filter(|(fact, ())| fact.index > judged.handed_in.index) else {
        return fails(STEP, format!("{called}: no fact says that the hand-in {what}"));
    };
    in_order(STEP, (judged.handed_in, "the hand-in"), (received, "its receipt"))?;
    in_order(STEP, (received, "its receipt"), (judged.fact, "the judgement"))?;
    of_the_body(case, received)?;
    let allocated = last(case, before, |fact| match fact {
        Fact::ExternalAssessorAllocated { order, assessor } if order == named => Some(assessor.as_str()),
        _ => None,
    });
    let assessor = actor(STEP, judged.fact)?;
    match allocated {
        Some((fact, person)) if person == assessor => of_the_body(case, fact)?,
        _ => {
            return fails(
                STEP,
                format!("{called}: {assessor} judged it and is not the external assessor of the order"),
            );
        }
    }
    case.require_no_role_at(STEP, assessor, registration.centre, judged.fact)?;
    Ok(Some(ordered))
}

/// Done by a quality manager.
fn of_the_body(case: &Case<'_>, fact: &Numbered) -> Result<(), Fails> {
    let (by, on) = (actor(STEP, fact)?, fact.entry.on);
    case.require_role(STEP, by, "quality_manager", None, on, fact.index)?;
    Ok(())
}

/// The last fact before an entry for which `pick` answers something.
fn last<'d, T>(
    case: &Case<'d>,
    before: u64,
    pick: impl Fn(&'d Fact) -> Option<T>,
) -> Option<(&'d Numbered, T)> {
    case.all(pick).into_iter().rfind(|(fact, _)| fact.index < before)
}
