//! The centre's own grade, on a sheet of its own; it never touches the result (CE-13, JU-10).

use super::case::MarkingCase;
use crate::actor::Actor;
use crate::fact::Fact;
use crate::refusal::{Code, Refusal, Refusals};
use crate::{Decision, Fresh};

/// Record the centre's own grade on a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordOwnGrade {
    pub grade: String,
}

/// Decides on an own grade. `scale` is the centre's scale and its grades, none when switched off.
///
/// # Errors
/// - those of [`MarkingCase::may_assess`]
/// - `EXTERNALLY_ASSESSED`: the awarding body assesses the unit
/// - `GRADES_OFF`: the centre uses no grades of its own, or the grade is not on its scale
pub fn decide(
    act: &RecordOwnGrade,
    scale: Option<(&str, &[String])>,
    case: &MarkingCase,
    actor: &Actor,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    case.may_assess(actor)?;
    if let Some(external) = &case.external {
        return Err(external
            .by_the_body(
                format!(
                    "{} assesses this unit, and the centre's own grades are not its own.",
                    external.body
                ),
                "The judgement is met or not yet met, criterion by criterion.",
            )
            .into());
    }
    let Some((scale, _)) = scale.filter(|(_, grades)| grades.contains(&act.grade)) else {
        return Err(Refusal::new(
            Code::GradesOff,
            "That is not a grade of the centre's own scale, or the centre uses none.",
        )
        .remedy("Ask the centre coordinator which scale is in use.")
        .who("The centre coordinator")
        .source("CE-13; JU-10")
        .field("grade")
        .into());
    };
    let mut decision = Decision::new();
    let sheet = serde_json::json!({ "scale": scale, "grade": act.grade }).to_string();
    let grade = decision.seal(&case.learner, "own_grade", sheet, fresh);
    decision.fact(Fact::OwnGradeRecorded {
        submission: case.submission.clone(),
        grade,
    });
    Ok(decision)
}
