//! A learner hands in a unit.

use super::case::{Statement, SubmissionCase, SubmissionState};
use super::words;
use crate::actor::Actor;
use crate::fact::{Declaration, Fact};
use crate::id::SubmissionId;
use crate::policy::Policy;
use crate::refusal::{Code, Refusal, Refusals};
use crate::{Decision, Fresh, Moment};
use sha2::{Digest, Sha256};

/// Hand in one unit: an attempt, or a revision of the attempt that was returned before marking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmitUnit {
    pub statement: Statement,
}

/// Decides on a hand-in. Word count and coverage warn and never refuse (see [`super::words`]).
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`: somebody other than the learner hands in
/// - `REG_WITHDRAWN`, `REG_EXPIRED`: the registration has ended
/// - `EVIDENCE_BEFORE_REG`: the hand-in is dated before the start of the registration
/// - `UNIT_NOT_CHOSEN`: the unit is not in the plan in force
/// - `SUBMISSION_OPEN`: an earlier hand-in of the unit is still with the centre, or the unit is achieved
/// - `ATTEMPT_LIMIT`: no further attempt under the policy in force
/// - `EVIDENCE_BEFORE_REG`: a piece was saved before the registration began, where the policy refuses that
/// - `EVIDENCE_TOO_LARGE`: the pieces together are larger than the policy allows for a unit
/// - `EVIDENCE_EMPTY`: nothing is chosen; `EVIDENCE_FROZEN`: a chosen piece was withdrawn or is not the learner's
/// - `EVIDENCE_UNDECLARED`: own work is not declared, or the question on AI tools is open (LW-01)
///
/// Source: practice, sections 8, 9.1, 9.2 and 17; LW-01.
pub fn decide(
    act: &SubmitUnit,
    case: &SubmissionCase,
    actor: &Actor,
    moment: Moment,
    policy: Policy<'_>,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    let mut refusals = Refusals::new();
    if actor.person != case.learner {
        refusals.push(
            Refusal::new(Code::RoleMissing, "Only the learner can hand in their own work.")
                .remedy("Ask the learner to sign in and hand in the unit.")
                .who("The learner")
                .source("practice, section 8"),
        );
    }
    registration(case, moment, &mut refusals);
    let (attempt, revision) = next_attempt(case, policy, &mut refusals);
    pieces(case, &mut refusals);
    within_policy(case, policy, &mut refusals);
    statement(&act.statement, attempt, &mut refusals);
    refusals.ok()?;

    let mut decision = Decision::new();
    let ai_detail = decision.seal_optional(
        &case.learner,
        "submission.ai_detail",
        act.statement.ai_detail.as_deref(),
        fresh,
    );
    let changes = decision.seal_optional(
        &case.learner,
        "submission.changes",
        act.statement.changes.as_deref(),
        fresh,
    );
    let submission = match (&case.last, revision) {
        (Some(last), revision) if revision > 1 => last.id.clone(),
        _ => SubmissionId::fresh(fresh),
    };
    decision.fact(Fact::UnitSubmitted {
        submission,
        registration: case.registration.clone(),
        unit: case.unit.clone(),
        attempt,
        revision,
        items: case.pieces.iter().map(|piece| piece.version.clone()).collect(),
        passages: case.passages.iter().map(|passage| passage.id.clone()).collect(),
        words: words::counted(case),
        declaration: Declaration {
            own_work: act.statement.own_work,
            ai_use: act.statement.ai_use.unwrap_or(crate::fact::AiUse::None),
            ai_detail,
        },
        frozen: frozen(case),
        changes,
    });
    Ok(decision)
}

/// SHA-256 over the salted digests of the pieces, in order: two hand-ins are the same work exactly when this is.
pub fn frozen(case: &SubmissionCase) -> String {
    let mut hash = Sha256::new();
    for piece in &case.pieces {
        hash.update(piece.digest.as_bytes());
        hash.update(b"\n");
    }
    hex::encode(hash.finalize())
}

fn registration(case: &SubmissionCase, moment: Moment, refusals: &mut Refusals) {
    if !case.registration_active {
        refusals.push(
            Refusal::new(
                Code::RegWithdrawn,
                "This registration has ended, so nothing more can be handed in on it.",
            )
            .remedy("Ask the centre to register you again.")
            .who("The centre coordinator")
            .source("practice, section 6"),
        );
    }
    if moment.today < case.start_on {
        refusals.push(
            Refusal::new(
                Code::EvidenceBeforeReg,
                format!(
                    "The registration starts on {}; work cannot be assessed before that.",
                    crate::moment::long_date(case.start_on)
                ),
            )
            .remedy("Hand in on or after the start date.")
            .who("The learner")
            .source("practice, section 6 (PLY-20)"),
        );
    }
    if moment.today > case.ends_on {
        refusals.push(
            Refusal::new(
                Code::RegExpired,
                format!(
                    "The registration ended on {}.",
                    crate::moment::long_date(case.ends_on)
                ),
            )
            .remedy("Ask the centre whether the registration can be extended.")
            .who("The centre coordinator")
            .source("practice, section 6"),
        );
    }
    if !case.in_plan {
        refusals.push(
            Refusal::new(
                Code::UnitNotChosen,
                format!("Unit {} is not in your learning plan.", case.unit),
            )
            .remedy("Add the unit to the plan first, so that the rule of combination is checked.")
            .who("The learner or the centre coordinator")
            .source("QS-19; RI-10"),
        );
    }
}

fn next_attempt(case: &SubmissionCase, policy: Policy<'_>, refusals: &mut Refusals) -> (u32, u32) {
    if case.achieved {
        refusals.push(
            Refusal::new(
                Code::SubmissionOpen,
                format!("Unit {} is already achieved.", case.unit),
            )
            .remedy(
                "Nothing needs to be handed in for it; the result counts in every size of the qualification.",
            )
            .who("Nobody")
            .source("QS-20"),
        );
    }
    let Some(last) = &case.last else { return (1, 1) };
    match last.state {
        SubmissionState::Returned => (last.attempt, last.revision.saturating_add(1)),
        SubmissionState::Referred => {
            if let Some((most, source)) = policy.number("resubmission.maximum")
                && i64::from(last.attempt) > most
            {
                refusals.push(
                    Refusal::new(
                        Code::AttemptLimit,
                        format!(
                            "This would be attempt {}; {most} resubmission(s) are allowed.",
                            last.attempt + 1
                        ),
                    )
                    .remedy("Talk to your assessor about a retake with a new task.")
                    .who("The lead internal verifier of the centre")
                    .source(format!("practice, section 9.2; {source}")),
                );
            }
            (last.attempt.saturating_add(1), 1)
        }
        state => {
            if !case.achieved {
                refusals.push(
                    Refusal::new(
                        Code::SubmissionOpen,
                        format!("Your hand-in of unit {} is still with the centre ({}).", case.unit, state.title().to_lowercase()),
                    )
                    .remedy("Wait for the assessor's feedback. If you handed in the wrong work, write to your assessor, who can return it before marking.")
                    .who("The assessor")
                    .source("practice, section 9.1"),
                );
            }
            (last.attempt, last.revision)
        }
    }
}

fn pieces(case: &SubmissionCase, refusals: &mut Refusals) {
    if case.pieces.is_empty() {
        refusals.push(
            Refusal::new(Code::EvidenceEmpty, "No evidence is chosen for this hand-in.")
                .remedy("Choose at least one piece of your evidence.")
                .who("The learner")
                .source("practice, section 8")
                .field("items"),
        );
    }
    for piece in &case.pieces {
        if piece.withdrawn || piece.owner != case.learner {
            refusals.push(
                Refusal::new(
                    Code::EvidenceFrozen,
                    "One of the chosen pieces was withdrawn or is not yours.",
                )
                .remedy("Choose from the evidence listed on this page.")
                .who("The learner")
                .source("practice, section 8")
                .field("items"),
            );
        }
    }
}

/// What the policy says of the pieces together: none from before the registration, and not more than can be kept.
fn within_policy(case: &SubmissionCase, policy: Policy<'_>, refusals: &mut Refusals) {
    let early = case
        .pieces
        .iter()
        .filter(|piece| piece.saved_on < case.start_on)
        .count();
    if early > 0 && policy.text("evidence.before_registration") == Some("refuse") {
        let (pieces, them) = if early == 1 {
            ("One of the chosen pieces was".to_owned(), "it")
        } else {
            (format!("{early} of the chosen pieces were"), "them")
        };
        refusals.push(
            Refusal::new(
                Code::EvidenceBeforeReg,
                format!(
                    "{pieces} saved before the registration began on {}; work from before cannot be assessed for it.",
                    crate::moment::long_date(case.start_on)
                ),
            )
            .remedy(format!(
                "Choose work that was done since. If the work belongs to this unit all the same, revise {them} and save a new version."
            ))
            .who("The learner")
            .source("practice, section 6; policy profile, evidence.before_registration")
            .field("items"),
        );
    }
    const MEBIBYTE: u64 = 1024 * 1024;
    let together = case
        .pieces
        .iter()
        .fold(0_u64, |sum, piece| sum.saturating_add(piece.bytes));
    if let Some((most, source)) = policy.number("evidence.upload.maximum_per_unit")
        && together > u64::try_from(most).unwrap_or(0).saturating_mul(MEBIBYTE)
    {
        refusals.push(
            Refusal::new(
                Code::EvidenceTooLarge,
                format!(
                    "The chosen pieces have {} MiB together; {most} MiB are the most for one unit.",
                    together.div_ceil(MEBIBYTE)
                ),
            )
            .remedy("Leave out what no criterion needs, or replace recordings by shorter ones.")
            .who("The learner")
            .source(format!(
                "policy profile, evidence.upload.maximum_per_unit; {source}"
            ))
            .field("items"),
        );
    }
}

fn statement(statement: &Statement, attempt: u32, refusals: &mut Refusals) {
    if !statement.own_work {
        refusals.push(
            Refusal::new(Code::EvidenceUndeclared, "The work is not declared as your own.")
                .remedy("Read the declaration and tick it, if it is true. If part of it is somebody else's, say which part first.")
                .who("The learner")
                .source("LW-01; practice, section 8 (OH-G8G)")
                .field("own_work"),
        );
    }
    let detail_missing = statement
        .ai_detail
        .as_deref()
        .is_none_or(|detail| detail.trim().is_empty());
    match statement.ai_use {
        None => refusals.push(
            Refusal::new(
                Code::EvidenceUndeclared,
                "The question on AI tools is not answered.",
            )
            .remedy("Choose the answer that is true; using a tool is not in itself a fault, hiding it is.")
            .who("The learner")
            .source("practice, section 17")
            .field("ai_use"),
        ),
        Some(crate::fact::AiUse::None) => {}
        Some(_) if detail_missing => refusals.push(
            Refusal::new(
                Code::EvidenceUndeclared,
                "You used an AI tool, but did not say which and for what.",
            )
            .remedy("Name the tool and what you used it for.")
            .who("The learner")
            .source("practice, section 17")
            .field("ai_detail"),
        ),
        Some(_) => {}
    }
    if attempt > 1
        && statement
            .changes
            .as_deref()
            .is_none_or(|changes| changes.trim().is_empty())
    {
        refusals.push(
            Refusal::new(Code::FieldMissing, "A resubmission has to say what was changed.")
                .remedy("Write a sentence or two on what is new since the last attempt.")
                .who("The learner")
                .source("practice, section 8 (CM-AG14)")
                .field("changes"),
        );
    }
}
