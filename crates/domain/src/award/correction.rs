//! A result that turns out to be wrong after its award: flagged, assessed, then corrected or left with the reason.
//!
//! `flagged -> assessed -> corrected | left`. Nothing old is edited. A correction withdraws every award that counts a wrong
//! judgement, revokes its certificate, and sends the work back to its assessor, whose new judgement supersedes the old one. What
//! remains of the learner's results can be claimed again.
//!
//! Source: practice, section 19 (OH-H6G: gather facts, decide on adverse effect, decide whether to correct, record the
//! reasoning case by case) and section 20.2 (OH-I4.2: revoke if false through correction).

use super::CertificateCase;
use super::certificate::CertificateState;
use crate::actor::{Actor, Role};
use crate::fact::Fact;
use crate::id::{AwardId, CentreId, CorrectionId, JudgementId, PersonId};
use crate::refusal::{Code, Refusal, Refusals};
use crate::{Decision, Fresh};
use jiff::civil::Date;
use std::str::FromStr;

/// The longest reason or finding, in characters.
pub const LONGEST_REASON: usize = 4_000;

/// How far a correction is.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum CorrectionState {
    /// Somebody has said that a result may be wrong.
    Flagged,
    /// The facts are gathered, and whether anybody is the worse for it is decided.
    Assessed,
    Corrected,
    /// Not corrected, with the reason.
    Left,
}

impl CorrectionState {
    /// All states.
    pub const ALL: [CorrectionState; 4] = [
        CorrectionState::Flagged,
        CorrectionState::Assessed,
        CorrectionState::Corrected,
        CorrectionState::Left,
    ];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            CorrectionState::Flagged => "flagged",
            CorrectionState::Assessed => "assessed",
            CorrectionState::Corrected => "corrected",
            CorrectionState::Left => "left",
        }
    }

    /// As a person reads it.
    pub fn title(self) -> &'static str {
        match self {
            CorrectionState::Flagged => "To be assessed",
            CorrectionState::Assessed => "To be decided",
            CorrectionState::Corrected => "Corrected",
            CorrectionState::Left => "Left as it is",
        }
    }

    /// Whether it still waits for somebody.
    pub fn is_open(self) -> bool {
        matches!(self, CorrectionState::Flagged | CorrectionState::Assessed)
    }
}

impl FromStr for CorrectionState {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        CorrectionState::ALL
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or_else(|| format!("expected a state of a correction, found {text:?}"))
    }
}

/// Say that results of an award may be wrong.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
pub struct FlagResult {
    /// Numbers of the units of the award whose result may be wrong.
    #[serde(default)]
    pub units: Vec<String>,
    /// What was found. Private.
    pub because: String,
}

/// Record what was found, and whether anybody is the worse for it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
pub struct AssessCorrection {
    /// Whether there is an adverse effect, on the learner, on others, or on trust in the qualification; none when nothing was
    /// chosen, which is refused.
    pub adverse: Option<bool>,
    /// The facts that were gathered. Private.
    pub finding: String,
}

/// Decide on a correction: correct the result, or leave it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
pub struct DecideCorrection {
    /// The reasoning. Private.
    pub because: String,
    /// When and how the regulator was told; needed where there is an adverse effect. Private.
    #[serde(default)]
    pub regulator: String,
}

/// A unit of an award with the judgement that it rests on, and everybody who took part in its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedResult {
    pub unit: String,
    pub judgement: JudgementId,
    pub took_part: Vec<PersonId>,
}

/// What must be known to flag a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagCase {
    pub award: AwardId,
    pub learner: PersonId,
    pub centre: CentreId,
    /// Whether the award was withdrawn already.
    pub withdrawn: bool,
    /// Units of the award.
    pub results: Vec<CountedResult>,
    /// Whether a correction of this award waits already.
    pub open: bool,
}

/// An award that counts a result under correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AffectedAward {
    pub award: AwardId,
    /// Its certificate that was issued last.
    pub certificate: Option<CertificateCase>,
}

/// What must be known to go on with a correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionCase {
    pub correction: CorrectionId,
    pub state: CorrectionState,
    pub learner: PersonId,
    pub flagged_by: Option<PersonId>,
    pub adverse: Option<bool>,
    /// The results that may be wrong.
    pub results: Vec<CountedResult>,
    /// Awards of the learner that count one of them and are not withdrawn.
    pub awards: Vec<AffectedAward>,
}

/// Decides on flagging. Whoever works with the learner's results may, and is bound to say it when they find one wrong; a
/// learner appeals instead.
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`: neither staff of the centre nor a quality manager; `SD_3`: the learner
/// - `CORRECTION_STATE`: the award is withdrawn, or a correction of it waits already
/// - `FIELD_MISSING` on `units` (none, or one that the award does not count) and on `because`
pub fn decide_flag(
    act: &FlagResult,
    case: &FlagCase,
    actor: &Actor,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    let mut refusals = Refusals::new();
    if actor.person == case.learner {
        refusals.push(own_result());
    } else if !actor.is(Role::QualityManager) && !actor.is_staff_at(&case.centre) {
        refusals.push(
            Refusal::new(Code::RoleMissing, "Only staff can say that a result is wrong.")
                .remedy("Tell the centre coordinator what you found.")
                .who("Staff of the centre, or the quality manager")
                .source("practice, section 19"),
        );
    }
    if case.withdrawn || case.open {
        let because = if case.withdrawn {
            "The award is withdrawn already."
        } else {
            "A correction of this award waits already."
        };
        refusals.push(
            Refusal::new(Code::CorrectionState, because)
                .remedy("Look at the award's page for how far it is.")
                .who("Nobody")
                .source("practice, section 19"),
        );
    }
    let known = |unit: &String| case.results.iter().any(|result| result.unit == *unit);
    if act.units.is_empty() || !act.units.iter().all(known) {
        refusals.push(missing(
            "units",
            "It is not said which unit of the award may be wrong.",
            "Choose at least one unit of the award.",
        ));
    }
    reason(&act.because, "because", "what was found", &mut refusals);
    refusals.ok()?;
    let mut decision = Decision::new();
    let because = decision.seal(&case.learner, "correction.flag", act.because.trim(), fresh);
    decision.fact(Fact::ResultFlagged {
        correction: CorrectionId::fresh(fresh),
        award: case.award.clone(),
        judgements: case
            .results
            .iter()
            .filter(|result| act.units.contains(&result.unit))
            .map(|result| result.judgement.clone())
            .collect(),
        because,
    });
    Ok(decision)
}

/// Decides on the assessment.
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`: not a quality manager; `SD_3`: the learner, or somebody who took part in the result
/// - `CORRECTION_STATE`: it is decided already
/// - `FIELD_MISSING` on `adverse` and `finding`
pub fn decide_assess(
    act: &AssessCorrection,
    case: &CorrectionCase,
    actor: &Actor,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    actor.require(Role::QualityManager, "assess a correction")?;
    let mut refusals = Refusals::new();
    no_interest(case, actor, &mut refusals);
    if !case.state.is_open() {
        settled(&mut refusals);
    }
    reason(&act.finding, "finding", "what was found", &mut refusals);
    let Some(adverse) = act.adverse else {
        refusals.push(missing(
            "adverse",
            "It is not said whether anybody is the worse for it.",
            "Choose whether there is an adverse effect.",
        ));
        return Err(refusals);
    };
    refusals.ok()?;
    let mut decision = Decision::new();
    let finding = decision.seal(&case.learner, "correction.finding", act.finding.trim(), fresh);
    decision.fact(Fact::CorrectionAssessed {
        correction: case.correction.clone(),
        adverse,
        finding,
    });
    Ok(decision)
}

/// Everything that stands against deciding, whichever way.
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`: not a quality manager
/// - `SD_3`: the learner, or somebody who took part in the result; `SD_8`: whoever flagged it
/// - `CORRECTION_STATE`: it is not assessed yet, or decided already
pub fn may_decide(case: &CorrectionCase, actor: &Actor) -> Result<(), Refusals> {
    actor.require(Role::QualityManager, "decide on a correction")?;
    let mut refusals = Refusals::new();
    no_interest(case, actor, &mut refusals);
    if case.flagged_by.as_ref() == Some(&actor.person) {
        refusals.push(
            Refusal::new(
                Code::Sd8,
                "You said that this result is wrong, so another person has to decide on it.",
            )
            .remedy("Another quality manager has to decide.")
            .who("Another quality manager")
            .source("practice, section 1, SD-8"),
        );
    }
    match case.state {
        CorrectionState::Assessed => {}
        CorrectionState::Flagged => refusals.push(
            Refusal::new(Code::CorrectionState, "What was found is not recorded yet.")
                .remedy("Gather the facts and record whether there is an adverse effect.")
                .who("The quality manager")
                .source("practice, section 19 (OH-H6G)"),
        ),
        _ => settled(&mut refusals),
    }
    refusals.ok()
}

/// Decides on correcting: certificates in force are revoked, awards withdrawn, the work goes back to its assessor.
///
/// # Errors
/// Those of [`may_decide`], and `FIELD_MISSING` on `because` and, where there is an adverse effect, on `regulator`.
pub fn decide_correct(
    act: &DecideCorrection,
    case: &CorrectionCase,
    actor: &Actor,
    on: Date,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    let (mut decision, because, regulator) = reasoned(act, case, actor, fresh)?;
    decision.fact(Fact::ResultCorrected {
        correction: case.correction.clone(),
        judgements: case
            .results
            .iter()
            .map(|result| result.judgement.clone())
            .collect(),
        because,
        regulator,
    });
    for affected in &case.awards {
        if let Some(certificate) = affected
            .certificate
            .as_ref()
            .filter(|certificate| certificate.state == CertificateState::Valid)
        {
            let because = decision.seal(
                &case.learner,
                "certificate.revocation",
                "A result of the award was corrected.",
                fresh,
            );
            decision.fact(Fact::CertificateRevoked {
                certificate: certificate.certificate.clone(),
                on,
                because,
            });
        }
        decision.fact(Fact::AwardWithdrawn {
            award: affected.award.clone(),
            correction: case.correction.clone(),
            on,
        });
    }
    Ok(decision)
}

/// Decides on leaving the result as it is.
///
/// # Errors
/// As [`decide_correct`].
pub fn decide_leave(
    act: &DecideCorrection,
    case: &CorrectionCase,
    actor: &Actor,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    let (mut decision, because, regulator) = reasoned(act, case, actor, fresh)?;
    decision.fact(Fact::CorrectionLeft {
        correction: case.correction.clone(),
        because,
        regulator,
    });
    Ok(decision)
}

type Reasoned = (Decision, crate::Sealed, Option<crate::Sealed>);

fn reasoned(
    act: &DecideCorrection,
    case: &CorrectionCase,
    actor: &Actor,
    fresh: &mut dyn Fresh,
) -> Result<Reasoned, Refusals> {
    let mut refusals = may_decide(case, actor).err().unwrap_or_default();
    if refusals.codes().contains(&Code::RoleMissing) {
        return Err(refusals);
    }
    reason(&act.because, "because", "the reasoning", &mut refusals);
    if case.adverse == Some(true) {
        reason(
            &act.regulator,
            "regulator",
            "when and how the regulator was told",
            &mut refusals,
        );
    }
    refusals.ok()?;
    let mut decision = Decision::new();
    let because = decision.seal(&case.learner, "correction.reasoning", act.because.trim(), fresh);
    let regulator = decision.seal_optional(
        &case.learner,
        "correction.regulator",
        Some(act.regulator.as_str()),
        fresh,
    );
    Ok((decision, because, regulator))
}

fn no_interest(case: &CorrectionCase, actor: &Actor, refusals: &mut Refusals) {
    if actor.person == case.learner {
        refusals.push(own_result());
    } else if case
        .results
        .iter()
        .any(|result| result.took_part.contains(&actor.person))
    {
        refusals.push(
            Refusal::new(
                Code::Sd3,
                "You took part in this result, so somebody else has to look into it.",
            )
            .remedy("Another quality manager has to do it.")
            .who("Another quality manager")
            .source("practice, section 1, SD-3 (OH-A4.5)"),
        );
    }
}

fn own_result() -> Refusal {
    Refusal::new(Code::Sd3, "Nobody corrects their own result.")
        .remedy("If you think that a result is wrong, write to your centre.")
        .who("Staff of the centre, or the quality manager")
        .source("practice, section 1, SD-3")
}

fn settled(refusals: &mut Refusals) {
    refusals.push(
        Refusal::new(Code::CorrectionState, "This correction is decided already.")
            .remedy("Look at the award's page for what came of it.")
            .who("Nobody")
            .source("practice, section 19"),
    );
}

fn reason(text: &str, field: &'static str, what: &str, refusals: &mut Refusals) {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST_REASON {
        refusals.push(missing(
            field,
            &format!("It is not said {what}, or in more than {LONGEST_REASON} characters."),
            "Write it down, so that the record says it.",
        ));
    }
}

fn missing(field: &'static str, because: &str, remedy: &str) -> Refusal {
    Refusal::new(Code::FieldMissing, because)
        .remedy(remedy)
        .who("Whoever fills in the form")
        .source("practice, section 19 (OH-H6G)")
        .field(field)
}
