//! Every hand-in of a unit with what came back.

use crate::evidence::find::number;
use crate::judgement::order::by_number;
use crate::people::full_name;
use crate::{Asking, Failure};
use assay_domain::id::{RegistrationId, SubmissionId};
use assay_domain::submission::SubmissionState;
use assay_store::Row;
use assay_store::statements::{judgement, submission as statements};

/// A return before marking.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Returned {
    pub revision: u32,
    /// Grounds in words.
    pub grounds: Vec<String>,
    pub because: String,
    /// Instant.
    pub at: String,
    pub by: String,
}

/// A decision on one criterion, as the learner is told.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Told {
    pub criterion: String,
    pub met: bool,
    pub reason: String,
    /// On a "not yet met": the words of the criterion that are not yet answered.
    pub words: Option<String>,
}

/// A judgement as the learner is told.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Feedback {
    /// passed or referred
    pub outcome: String,
    /// True until internal verification has agreed or left it out of the sample.
    pub provisional: bool,
    /// Instant.
    pub signed_at: String,
    pub feedback: Option<String>,
    pub criteria: Vec<Told>,
}

/// One attempt.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Attempt {
    pub submission: SubmissionId,
    pub attempt: u32,
    pub revision: u32,
    #[schema(value_type = String)]
    pub state: SubmissionState,
    pub state_in_words: String,
    /// Instant.
    pub submitted_at: String,
    pub words: u32,
    /// Who has taken it for marking.
    pub assessor: Option<String>,
    pub returns: Vec<Returned>,
    /// What came back, once it is out: signed, countersigned where due, and not sent back by verification.
    pub feedback: Option<Feedback>,
}

/// Every attempt at a unit, the first first.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when the caller may not see the registration.
pub fn list_of_unit(
    asking: &mut Asking<'_, '_>,
    registration: &RegistrationId,
    unit: &str,
) -> Result<Vec<Attempt>, Failure> {
    crate::registration::find::require_seen(asking, registration)?;
    let rows = asking.tx.rows(
        &statements::LIST_OF_UNIT,
        &[registration.as_str().into(), unit.into()],
    )?;
    rows.iter().map(|row| attempt(asking, row)).collect()
}

fn attempt(asking: &mut Asking<'_, '_>, row: &Row) -> Result<Attempt, Failure> {
    let submission: SubmissionId = row.parsed("id")?;
    let state: SubmissionState = row.parsed("state")?;
    let assessor = row
        .optional_text("assessor")?
        .map(|_| -> Result<String, Failure> {
            let given = row.optional_text("given")?.unwrap_or_default();
            let family = row.optional_text("family")?.unwrap_or_default();
            Ok(full_name(&given, &family))
        });
    let mut returns = Vec::new();
    for returned in asking
        .tx
        .rows(&statements::LIST_RETURNS, &[submission.as_str().into()])?
    {
        let given = returned.optional_text("given")?.unwrap_or_default();
        let family = returned.optional_text("family")?.unwrap_or_default();
        returns.push(Returned {
            revision: number(&returned, "revision")?,
            grounds: returned
                .text("grounds")?
                .split_whitespace()
                .map(|word| ground_in_words(word).to_owned())
                .collect(),
            because: returned.text("because")?,
            at: returned.text("returned_at")?,
            by: full_name(&given, &family),
        });
    }
    Ok(Attempt {
        attempt: number(row, "attempt")?,
        revision: number(row, "revision")?,
        state,
        state_in_words: state.title().to_owned(),
        submitted_at: row.text("submitted_at")?,
        words: number(row, "words")?,
        assessor: assessor.transpose()?,
        returns,
        feedback: feedback(asking, &submission, state)?,
        submission,
    })
}

fn feedback(
    asking: &mut Asking<'_, '_>,
    submission: &SubmissionId,
    state: SubmissionState,
) -> Result<Option<Feedback>, Failure> {
    let out = matches!(
        state,
        SubmissionState::VerificationDue | SubmissionState::Referred | SubmissionState::Final
    );
    if !out {
        return Ok(None);
    }
    let judgements = asking
        .tx
        .rows(&judgement::LIST_OF_SUBMISSION, &[submission.as_str().into()])?;
    let Some(last) = judgements
        .iter()
        .rev()
        .find(|row| row.truth("superseded").is_ok_and(|superseded| !superseded))
    else {
        return Ok(None);
    };
    let id = last.text("id")?;
    let mut criteria = asking
        .tx
        .rows(&judgement::LIST_SIGNED_CRITERIA, &[id.into()])?
        .iter()
        .map(|row| {
            Ok(Told {
                criterion: row.text("criterion")?,
                met: row.text("decision")? == "met",
                reason: row.text("reason")?,
                words: row.optional_text("words")?.filter(|words| !words.is_empty()),
            })
        })
        .collect::<Result<Vec<Told>, Failure>>()?;
    criteria.sort_by(|one, other| by_number(&one.criterion, &other.criterion));
    Ok(Some(Feedback {
        outcome: last.text("outcome")?,
        provisional: last.text("verification_state")? == "due" && state != SubmissionState::Final,
        signed_at: last.text("signed_at")?,
        feedback: last.optional_text("feedback")?.filter(|text| !text.is_empty()),
        criteria,
    }))
}

/// A ground of a return as people read it (practice, section 9.1).
pub fn ground_in_words(word: &str) -> &'static str {
    match word {
        "word_count" => "The length",
        "signposting" => "Criteria are not signposted",
        "appendices" => "Answers stand in appendices",
        "unreadable" => "Something cannot be read",
        "wrong_unit" => "It is work for another unit",
        _ => "Another reason",
    }
}
