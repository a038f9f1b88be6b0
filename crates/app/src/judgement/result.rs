//! What a judgement came to, as the learner and everybody else who may see it is told; never before it is out.

use super::case;
use super::desk::{self, DecisionView, SignedView};
use super::grading::{self, GradedResult};
use crate::external_assessment::find::{self as external, ExternalStanding};
use crate::verification::MadeVerification;
use crate::{Asking, Failure};
use assay_domain::fact::Outcome;
use assay_domain::id::{PassageId, RegistrationId, SubmissionId};
use assay_domain::judgement::quality::QUALITIES;
use assay_domain::submission::SubmissionState;
use assay_store::statements::judgement as statements;

/// A criterion of a result, with the passages it rests on.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ResultCriterion {
    pub number: String,
    pub text: String,
    pub decision: DecisionView,
    pub passages: Vec<ResultPassage>,
}

/// A passage that a decision rests on, with the way to it and to the file it stands in (VM-02).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ResultPassage {
    pub passage: PassageId,
    pub title: String,
    pub version: u32,
    pub place: String,
    pub quote: String,
    /// Where the passage is shown in the work.
    pub href: String,
    /// Where the file as handed in is.
    pub file: String,
}

/// A quality of a result.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ResultQuality {
    pub title: String,
    pub satisfied: bool,
    pub remark: Option<String>,
}

/// The result of a submission.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ResultView {
    pub submission: SubmissionId,
    pub registration: RegistrationId,
    pub learner_name: String,
    pub qualification: String,
    pub unit: String,
    pub unit_title: String,
    pub attempt: u32,
    pub state: SubmissionState,
    pub state_in_words: String,
    /// Passed, but internal verification is still to agree or to leave it out of the sample.
    pub provisional: bool,
    /// None until the judgement is out: signed, countersigned where due, and not sent back.
    pub judgement: Option<SignedView>,
    pub outcome: Option<Outcome>,
    /// The result of a graded unit; none where the unit is not graded, or nothing is out.
    pub graded: Option<GradedResult>,
    pub criteria: Vec<ResultCriterion>,
    pub qualities: Vec<ResultQuality>,
    /// What verification came to; only for staff.
    pub verifications: Vec<MadeVerification>,
    /// The awarding body, where it assesses the unit: with its stamp once the judgement is out (EA-03).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external: Option<ExternalStanding>,
    /// Whether the caller is the learner.
    pub own: bool,
}

/// The result, for the learner and for staff. While nothing is out, it says how the work stands and nothing more.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none or the caller may not see it.
pub fn view(asking: &mut Asking<'_, '_>, submission: &SubmissionId) -> Result<ResultView, Failure> {
    let actor = asking.actor()?.clone();
    let loaded = case::load(asking.app, asking.tx, submission)?;
    case::visible_to(&actor, &loaded)?;
    let own = actor.person == loaded.case.learner;
    let reading = crate::submission::reading::of(asking, submission)?;
    let state = loaded.case.state;
    let body = external::body_of(asking.app, asking.tx, &loaded.specification)?;
    let mut view = ResultView {
        submission: submission.clone(),
        registration: loaded.case.registration.clone(),
        learner_name: reading.learner_name.clone(),
        qualification: loaded.qualification.clone(),
        unit: loaded.case.unit.clone(),
        unit_title: reading.unit_title.clone(),
        attempt: loaded.case.attempt,
        state,
        state_in_words: state.title().to_owned(),
        provisional: state == SubmissionState::VerificationDue,
        judgement: None,
        outcome: None,
        graded: None,
        criteria: Vec::new(),
        qualities: Vec::new(),
        verifications: Vec::new(),
        external: None,
        own,
    };
    let out = is_out(state);
    let under = match loaded.case.judgement.as_ref().filter(|_| out) {
        Some((judgement, _)) => asking
            .tx
            .row(&statements::FIND, &[judgement.as_str().into()])?
            .map(|row| row.optional_parsed("external_order"))
            .transpose()?
            .flatten(),
        None => None,
    };
    view.external = external::of_unit(
        asking.app,
        asking.tx,
        &loaded.case.registration,
        &loaded.case.unit,
        &body,
        under.as_ref(),
    )?;
    let Some((judgement, _)) = loaded.case.judgement.as_ref().filter(|_| out) else {
        return Ok(view);
    };
    let specification = asking.app.specification(asking.tx, &loaded.specification)?;
    if let Some(unit) = specification.find_unit_called(&loaded.case.unit) {
        view.graded = grading::of_judgement(asking.tx, unit, judgement.as_str())?;
    }
    let mut signed = desk::signed_criteria(asking.tx, judgement.as_str())?;
    for criterion in &loaded.case.criteria {
        let Some(at) = signed.iter().position(|(number, _)| *number == criterion.number) else {
            continue;
        };
        let (number, decision) = signed.swap_remove(at);
        let passages = decision
            .passages
            .iter()
            .filter_map(|id| reading.passages.iter().find(|passage| passage.id == *id))
            .map(|passage| {
                let piece = reading
                    .pieces
                    .iter()
                    .find(|piece| piece.evidence == passage.evidence && piece.version == passage.version);
                let read = if own { "" } else { "/mark" };
                ResultPassage {
                    title: piece.map(|piece| piece.title.clone()).unwrap_or_default(),
                    version: passage.version,
                    place: passage.place_in_words.clone(),
                    quote: passage.quote.clone(),
                    href: format!("/submissions/{submission}{read}#{}", passage.id),
                    file: crate::submission::reading::file_address(&passage.evidence, passage.version),
                    passage: passage.id.clone(),
                }
            })
            .collect();
        view.criteria.push(ResultCriterion {
            number,
            text: criterion.text.clone(),
            decision,
            passages,
        });
    }
    let rows = asking
        .tx
        .rows(&statements::LIST_SIGNED_QUALITIES, &[judgement.as_str().into()])?;
    for words in QUALITIES {
        if let Some(row) = rows
            .iter()
            .find(|row| row.text("quality").is_ok_and(|key| key == words.key))
        {
            view.qualities.push(ResultQuality {
                title: words.title.to_owned(),
                satisfied: row.truth("satisfied")?,
                remark: row.optional_text("remark")?.filter(|remark| !remark.is_empty()),
            });
        }
    }
    let signed = desk::signed(asking.tx, judgement)?;
    view.outcome = Some(signed.outcome);
    view.judgement = Some(signed);
    if !own {
        view.verifications = crate::verification::of_judgement(asking.tx, judgement.as_str())?;
    }
    Ok(view)
}

/// Whether a learner may be told: signed, countersigned where due, and not sent back by internal verification.
pub fn is_out(state: SubmissionState) -> bool {
    matches!(
        state,
        SubmissionState::VerificationDue | SubmissionState::Referred | SubmissionState::Final
    )
}
