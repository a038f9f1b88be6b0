//! Orders of external assessment. Where one stands follows from the last hand-in of its unit, so everything that moves a hand-in moves it.

use assay_domain::external_assessment::OrderState;
use assay_domain::fact::{Entry, Fact};
use assay_domain::id::{JudgementId, OrderId, PersonId, SubmissionId};
use assay_domain::submission::SubmissionState;
use assay_store::statements::{external_assessment as statements, judgement, submission};
use assay_store::{Row, StoreFault, Tx};

pub(super) fn apply(tx: &mut Tx<'_>, _sequence: i64, entry: &Entry) -> Result<(), StoreFault> {
    match &entry.fact {
        Fact::ExternalAssessmentOrdered {
            order,
            registration,
            unit,
        } => {
            tx.run(
                &statements::ADD,
                &[
                    order.as_str().into(),
                    registration.as_str().into(),
                    unit.into(),
                    (&entry.at).into(),
                    entry.on.to_string().into(),
                    super::person(entry),
                ],
            )?;
            stand(tx, registration.as_str(), unit)
        }
        Fact::ExternalAssessmentWithdrawn { order } => {
            tx.run(
                &statements::WITHDRAW,
                &[order.as_str().into(), (&entry.at).into(), super::person(entry)],
            )?;
            Ok(())
        }
        Fact::ExternalAssessmentReceived {
            order,
            submission,
            revision,
            due_on,
        } => {
            tx.run(
                &statements::RECEIVE,
                &[
                    order.as_str().into(),
                    submission.as_str().into(),
                    (*revision).into(),
                    (&entry.at).into(),
                    entry.on.to_string().into(),
                    super::person(entry),
                    due_on.map(|due| due.to_string()).into(),
                ],
            )?;
            of_hand_in(tx, submission)
        }
        Fact::ExternalAssessorAllocated { order, assessor } => {
            tx.run(
                &statements::ALLOCATE,
                &[order.as_str().into(), assessor.as_str().into()],
            )?;
            match tx.row(&statements::FIND, &[order.as_str().into()])? {
                Some(row) => goes_over(tx, &row, assessor),
                None => Ok(()),
            }
        }
        Fact::UnitSubmitted {
            registration, unit, ..
        } => stand(tx, registration.as_str(), unit),
        Fact::SubmissionTaken { submission }
        | Fact::SubmissionReturned { submission, .. }
        | Fact::JudgementSigned { submission, .. } => of_hand_in(tx, submission),
        Fact::JudgementCountersigned { judgement }
        | Fact::JudgementVerified { judgement, .. }
        | Fact::JudgementNotSampled { judgement, .. } => of_judgement(tx, judgement).map(drop),
        Fact::ResultCorrected { judgements, .. } => {
            for judgement in judgements {
                if let Some(order) = of_judgement(tx, judgement)? {
                    tx.run(&statements::DROP_DUE, &[order.as_str().into()])?;
                    of_judgement(tx, judgement)?;
                }
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Work that the external assessor before has in hand goes over to the next. What was decided and not signed falls away; what was signed and
/// sent back stays on the desk.
fn goes_over(tx: &mut Tx<'_>, order: &Row, assessor: &PersonId) -> Result<(), StoreFault> {
    let hand_in: Option<SubmissionId> = order.optional_parsed("hand_in")?;
    let (Some(hand_in), Some(taken_by)) = (hand_in, order.optional_text("taken_by")?) else {
        return Ok(());
    };
    if taken_by == assessor.as_str() {
        return Ok(());
    }
    let id = [hand_in.as_str().into()];
    match order.optional_parsed::<SubmissionState>("hand_in_state")? {
        Some(SubmissionState::Taken) => {
            tx.run(&submission::RELEASE, &id)?;
            tx.run(&judgement::CLEAR_DECISIONS, &id)?;
            tx.run(&judgement::CLEAR_QUALITIES, &id)?;
        }
        Some(SubmissionState::SentBack) => {
            tx.run(
                &submission::HAND_OVER,
                &[hand_in.as_str().into(), assessor.as_str().into()],
            )?;
        }
        _ => {}
    }
    of_hand_in(tx, &hand_in)
}

/// Moves the order of the unit of a judgement; answers the order under which it was made.
fn of_judgement(tx: &mut Tx<'_>, id: &JudgementId) -> Result<Option<OrderId>, StoreFault> {
    let Some(row) = tx.row(&judgement::FIND, &[id.as_str().into()])? else {
        return Ok(None);
    };
    let order = row.optional_parsed("external_order")?;
    if order.is_some() {
        of_hand_in(tx, &row.parsed("submission")?)?;
    }
    Ok(order)
}

fn of_hand_in(tx: &mut Tx<'_>, id: &SubmissionId) -> Result<(), StoreFault> {
    match tx.row(&submission::FIND, &[id.as_str().into()])? {
        Some(row) => stand(tx, &row.text("registration")?, &row.text("unit")?),
        None => Ok(()),
    }
}

/// Says of the order of a unit where it stands now, if there is one.
fn stand(tx: &mut Tx<'_>, registration: &str, unit: &str) -> Result<(), StoreFault> {
    let here = [registration.into(), unit.into()];
    let Some(order) = tx.row(&statements::FIND_STANDING, &here)? else {
        return Ok(());
    };
    let last = tx.rows(&submission::LIST_OF_UNIT, &here)?.pop();
    let (hand_in, revision, state): (Option<String>, Option<i64>, Option<SubmissionState>) = match &last {
        Some(last) => (
            Some(last.text("id")?),
            Some(last.int("revision")?),
            Some(last.parsed("state")?),
        ),
        None => (None, None, None),
    };
    let received = hand_in.is_some()
        && order.optional_text("submission")? == hand_in
        && order.optional_int("revision")? == revision;
    let state = OrderState::of(state, received);
    let ordered_at = order.text("ordered_at")?;
    let (place, sorted_by) = match state {
        OrderState::Received | OrderState::Marked => {
            let due = order.optional_text("due_on")?;
            (0_i64, due.unwrap_or_else(|| "9999-12-31".to_owned()))
        }
        OrderState::Sent => (1, ordered_at),
        OrderState::Ordered => (2, ordered_at),
        OrderState::Result => (3, ordered_at),
        OrderState::Withdrawn => (4, ordered_at),
    };
    tx.run(
        &statements::SET_STATE,
        &[
            order.text("id")?.into(),
            state.as_str().into(),
            place.into(),
            sorted_by.into(),
            hand_in.into(),
        ],
    )?;
    Ok(())
}
