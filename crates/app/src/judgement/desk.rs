//! What lies on the marking desk: the work as handed in beside the criteria, what has been decided, what may be done.

use super::case::{self, LoadedCase};
use super::comments::{self, Comment};
use super::grading::{self, GradedResult};
use super::level::{self, LevelWords};
use super::order::by_number;
use super::queue::working_days_after;
use super::{acts, verb};
use crate::external_assessment::find::{self as external, ExternalStanding};
use crate::submission::reading::{self, SubmissionReading};
use crate::verification::MadeVerification;
use crate::{Asking, Failure};
use assay_domain::Refusal;
use assay_domain::fact::{CriterionDecision, Outcome, ReturnGround};
use assay_domain::fresh::Counted;
use assay_domain::id::{JudgementId, PassageId, PersonId, SubmissionId};
use assay_domain::judgement as rules;
use assay_domain::judgement::QUALITIES;
use assay_domain::submission::SubmissionState;
use assay_domain::submission::words::WordGauge;
use assay_specification::Criterion;
use assay_store::statements::{correction, judgement as statements, people};
use assay_store::{Row, StoreFault, Tx};
use jiff::civil::Date;

/// A command verb of a criterion.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct VerbAsked {
    pub verb: String,
    /// What it asks for, in the project's own words.
    pub asks: String,
    /// Whether the assessor ticked it as answered; only asked where a criterion has several.
    pub answered: bool,
}

/// A decision as saved or signed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct DecisionView {
    pub decision: CriterionDecision,
    /// Blank once erased.
    pub reason: String,
    pub passages: Vec<PassageId>,
    /// On a "not yet met": the words of the criterion that are not yet answered.
    pub words: Option<String>,
}

/// A criterion on the desk.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct DeskCriterion {
    pub number: String,
    /// Word for word as in the specification.
    pub text: String,
    /// Number and text of the learning outcome it belongs to.
    pub outcome: String,
    pub verbs: Vec<VerbAsked>,
    /// Guidance in the project's own words; never a ground of a decision (QS-25).
    pub guidance: Vec<String>,
    /// What has to be told apart here, when the criterion is one of a pair (JU-08).
    pub told_apart: Option<String>,
    /// The present decision.
    pub decided: Option<DecisionView>,
    /// Passages that the learner or the assessor marked for it, in the order of the pieces.
    pub passages: Vec<PassageId>,
    /// How it was decided at the last attempt: `met` or `not yet met`, with the reason.
    pub before: Option<String>,
    /// What internal verification found on it, where the judgement was sent back.
    pub found: Option<crate::verification::FoundCriterion>,
}

/// A quality of the work as a whole.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct DeskQuality {
    pub key: String,
    pub title: String,
    pub question: String,
    /// None while it is not judged.
    pub satisfied: Option<bool>,
    pub remark: Option<String>,
}

/// A signed judgement.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct SignedView {
    pub judgement: JudgementId,
    pub outcome: Outcome,
    pub signed_by: String,
    /// As a UTC instant.
    pub signed_at: String,
    #[schema(value_type = String, format = Date)]
    pub signed_on: Date,
    pub countersigned_by: Option<String>,
    pub feedback: Option<String>,
    pub superseded: bool,
}

/// What the caller may do now; an act that is refused carries its reasons, an empty list means that it may be done.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct DeskActs {
    pub take: Vec<Refusal>,
    pub decide: Vec<Refusal>,
    pub sign: Vec<Refusal>,
    pub countersign: Vec<Refusal>,
    pub give_back: Vec<Refusal>,
}

/// The centre's own scale, where it uses one, and the grade recorded.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct GradeSheet {
    pub scale: String,
    pub grades: Vec<String>,
    /// The grade recorded; none while there is none, blank once erased.
    pub grade: Option<String>,
}

/// The desk.
#[derive(Debug, Clone, PartialEq, serde::Serialize, utoipa::ToSchema)]
pub struct DeskView {
    /// The work as handed in, with its passages.
    pub reading: SubmissionReading,
    pub state: SubmissionState,
    pub qualification: String,
    pub qualification_title: String,
    /// The learner's number on the registration.
    pub number: String,
    /// The level of the unit, by which the work is judged (QS-23).
    pub level: u8,
    /// The level of the qualification; where it differs, the unit's counts.
    pub qualification_level: u8,
    pub level_words: Option<LevelWords>,
    /// The framework that the specification stands in, e.g. `RQF`.
    pub framework: String,
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<Date>,
    /// How the length stands against the range of the policy in force.
    pub length: Option<WordGauge>,
    pub allocated_to: Option<String>,
    pub taken_by: Option<String>,
    /// Whether the caller has taken it and it is open for their decisions.
    pub holds_the_pen: bool,
    /// Whether a signature of the caller's would need a countersignature.
    pub trainee: bool,
    pub criteria: Vec<DeskCriterion>,
    pub qualities: Vec<DeskQuality>,
    /// The judgement in force.
    pub judgement: Option<SignedView>,
    /// What signing would mean now.
    pub outcome: Option<Outcome>,
    /// The result that the decisions give a graded unit; none where the unit is not graded.
    pub graded: Option<GradedResult>,
    /// The verification that sent the judgement back.
    pub sent_back: Option<MadeVerification>,
    /// The reasoning of the correction that sent it back after the award; blank once erased.
    pub corrected: Option<String>,
    pub acts: DeskActs,
    /// The caller's own comments.
    pub bank: Vec<Comment>,
    pub grade: Option<GradeSheet>,
    /// The awarding body, where it assesses the unit: then its external assessor marks, and it verifies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external: Option<ExternalStanding>,
}

impl DeskView {
    /// How many criteria are decided.
    pub fn decided(&self) -> usize {
        self.criteria
            .iter()
            .filter(|criterion| criterion.decided.is_some())
            .count()
    }
}

/// The desk with one submission on it, for staff of the centre.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none or the caller is not of the staff who may see it.
pub fn view(asking: &mut Asking<'_, '_>, submission: &SubmissionId) -> Result<DeskView, Failure> {
    let actor = asking.actor()?.clone();
    let loaded = case::load(asking.app, asking.tx, submission)?;
    case::visible_to_staff(&actor, &loaded)?;
    let reading = reading::of(asking, submission)?;
    let judgement = match &loaded.case.judgement {
        Some((judgement, _)) => Some(signed(asking.tx, judgement)?),
        None => None,
    };
    let sent_back = match (&loaded.case.judgement, loaded.case.state) {
        (Some((judgement, _)), SubmissionState::SentBack) => {
            crate::verification::of_judgement(asking.tx, judgement.as_str())?
                .into_iter()
                .next_back()
                .filter(|made| made.agreed == Some(false))
        }
        _ => None,
    };
    let corrected = match (&loaded.case.judgement, loaded.case.state, &sent_back) {
        (Some((judgement, _)), SubmissionState::SentBack, None) => asking
            .tx
            .row(&correction::FIND_OF_JUDGEMENT, &[judgement.as_str().into()])?
            .map(|row| Ok::<_, Failure>(row.optional_text("reasoning")?.unwrap_or_default()))
            .transpose()?,
        _ => None,
    };
    let criteria = criteria(asking, &loaded, &reading, sent_back.as_ref())?;
    let qualities = qualities(asking.tx, submission)?;
    let specification = asking.app.specification(asking.tx, &loaded.specification)?;
    let qualification = specification.find_qualification(&loaded.qualification);
    let level = specification
        .find_unit_called(&loaded.case.unit)
        .map_or(0, |unit| unit.level);
    let policy = asking.policy();
    let bank = comments::of(asking.tx, actor.person.as_str())?;
    let body = specification.document.awarding_body_short.clone();
    let external = external::of_unit(
        asking.app,
        asking.tx,
        &loaded.case.registration,
        &loaded.case.unit,
        &body,
        None,
    )?;
    // The centre's own grades are nothing to the awarding body.
    let grade = match &external {
        Some(_) => None,
        None => grade(asking.tx, &loaded)?,
    };
    let outcome = rules::sign::outcome(&loaded.case, &actor, asking.caller.moment);
    let graded = specification
        .find_unit_called(&loaded.case.unit)
        .and_then(|unit| {
            let decided = criteria.iter().filter_map(|criterion| {
                let decided = criterion.decided.as_ref()?;
                let met = decided.decision == CriterionDecision::Met;
                Some((criterion.number.as_str(), met))
            });
            grading::result_of(unit, decided)
        });
    Ok(DeskView {
        state: loaded.case.state,
        qualification_title: qualification.map(|found| found.title.clone()).unwrap_or_default(),
        qualification_level: qualification.map_or(level, |found| found.level),
        qualification: loaded.qualification.clone(),
        number: loaded.number.clone(),
        level,
        level_words: level::words_of(level),
        framework: specification.document.framework.clone(),
        due_on: match &external {
            Some(external) => external.due_on,
            None => policy
                .number("marking.turn_round")
                .map(|(days, _)| working_days_after(loaded.submitted_on, days)),
        },
        length: assay_domain::submission::words::gauge(reading.words, u32::from(level), policy),
        allocated_to: match &loaded.case.external {
            Some(external) => person_name(asking.tx, external.assessor.as_ref())?,
            None => person_name(asking.tx, loaded.case.allocated.as_ref())?,
        },
        taken_by: person_name(asking.tx, loaded.case.taken_by.as_ref())?,
        holds_the_pen: loaded.case.holds_the_pen(&actor).is_ok(),
        trainee: loaded.case.is_trainee(&actor),
        acts: what_may_be_done(asking, &loaded, &actor),
        outcome: outcome.ok(),
        graded,
        criteria,
        qualities,
        judgement,
        sent_back,
        corrected,
        bank,
        grade,
        external,
        reading,
    })
}

/// The rules themselves say what may be done: each act is decided as if it were done now, and its answer thrown away.
fn what_may_be_done(asking: &Asking<'_, '_>, loaded: &LoadedCase, actor: &assay_domain::Actor) -> DeskActs {
    let case = &loaded.case;
    let moment = asking.caller.moment;
    let reasons = |result: Result<(), assay_domain::Refusals>| {
        result.err().map(|refusals| refusals.0).unwrap_or_default()
    };
    let back = rules::ReturnUnmarked {
        grounds: vec![ReturnGround::Other],
        because: "–".to_owned(),
    };
    DeskActs {
        take: reasons(rules::take::decide(rules::TakeSubmission, case, actor, moment).map(drop)),
        decide: reasons(case.holds_the_pen(actor).map_err(Into::into)),
        sign: reasons(rules::sign::outcome(case, actor, moment).map(drop)),
        countersign: reasons(
            rules::countersign::decide(rules::CountersignJudgement, case, actor, moment).map(drop),
        ),
        give_back: reasons(
            rules::return_unmarked::decide(
                &back,
                case,
                actor,
                moment,
                asking.policy(),
                &mut Counted::from_seed(0),
            )
            .map(drop),
        ),
    }
}

fn criteria(
    asking: &mut Asking<'_, '_>,
    loaded: &LoadedCase,
    reading: &SubmissionReading,
    sent_back: Option<&MadeVerification>,
) -> Result<Vec<DeskCriterion>, Failure> {
    let specification = asking.app.specification(asking.tx, &loaded.specification)?;
    let Some(unit) = specification.find_unit_called(&loaded.case.unit) else {
        return Ok(Vec::new());
    };
    let saved = asking.tx.rows(
        &statements::LIST_DECISIONS,
        &[loaded.case.submission.as_str().into()],
    )?;
    let before = before(asking.tx, loaded)?;
    let mut criteria = Vec::new();
    for (outcome, criterion) in unit.criteria() {
        let number = criterion.number.to_string();
        let row = saved
            .iter()
            .find(|row| row.text("criterion").is_ok_and(|saved| saved == number));
        let answered = match row {
            Some(row) => row.text("verbs")?,
            None => String::new(),
        };
        criteria.push(DeskCriterion {
            text: criterion.text.clone(),
            outcome: format!("{} {}", outcome.number, outcome.text),
            verbs: criterion
                .verbs
                .iter()
                .map(|verb| VerbAsked {
                    verb: verb.clone(),
                    asks: verb::asks(verb).to_owned(),
                    answered: answered
                        .split_whitespace()
                        .any(|answered| answered.eq_ignore_ascii_case(verb)),
                })
                .collect(),
            guidance: criterion
                .evidence
                .iter()
                .map(|hint| format!("Usual evidence: {hint}"))
                .chain(criterion.guidance.iter().cloned())
                .collect(),
            told_apart: told_apart(criterion),
            decided: row.map(decided).transpose()?,
            passages: reading
                .passages
                .iter()
                .filter(|passage| passage.of_unit(&loaded.case.unit).contains(&number))
                .map(|passage| passage.id.clone())
                .collect(),
            before: before
                .iter()
                .find(|(criterion, _)| *criterion == number)
                .map(|(_, words)| words.clone()),
            found: sent_back.and_then(|made| {
                made.criteria
                    .iter()
                    .find(|found| found.criterion == number)
                    .cloned()
            }),
            number,
        });
    }
    Ok(criteria)
}

fn told_apart(criterion: &Criterion) -> Option<String> {
    let twin = criterion.twin.as_ref().filter(|_| criterion.told_apart)?;
    let discipline = criterion.discipline.as_deref().unwrap_or("this discipline");
    Some(format!(
        "This criterion is about {discipline}; {twin} asks the same of its counterpart. Each needs evidence of its own, or \
         the difference marked in the passage."
    ))
}

fn decided(row: &Row) -> Result<DecisionView, StoreFault> {
    Ok(DecisionView {
        decision: case::decision_of(&row.text("decision")?),
        reason: row.text("reason")?,
        passages: case::passages_of(&row.text("passages")?),
        words: row.optional_text("words")?.filter(|words| !words.is_empty()),
    })
}

/// How each criterion was decided at the attempt before this one.
fn before(tx: &mut Tx<'_>, loaded: &LoadedCase) -> Result<Vec<(String, String)>, Failure> {
    let attempts = tx.rows(
        &statements::LIST_ATTEMPTS,
        &[
            loaded.case.registration.as_str().into(),
            loaded.case.unit.as_str().into(),
        ],
    )?;
    for row in attempts {
        if row.int("attempt")? >= i64::from(loaded.case.attempt) {
            continue;
        }
        let Some(judgement) = row.optional_text("judgement")? else {
            continue;
        };
        return Ok(signed_criteria(tx, &judgement)?
            .into_iter()
            .map(|(number, decision)| {
                let words = match decision.decision {
                    CriterionDecision::Met => "met",
                    CriterionDecision::NotYetMet => "not yet met",
                };
                (number, format!("{words}. {}", decision.reason))
            })
            .collect());
    }
    Ok(Vec::new())
}

/// The decisions of a signed judgement, by number.
pub(crate) fn signed_criteria(
    tx: &mut Tx<'_>,
    judgement: &str,
) -> Result<Vec<(String, DecisionView)>, Failure> {
    let rows = tx.rows(&statements::LIST_SIGNED_CRITERIA, &[judgement.into()])?;
    let mut criteria = rows
        .iter()
        .map(|row| Ok((row.text("criterion")?, decided(row)?)))
        .collect::<Result<Vec<_>, StoreFault>>()?;
    criteria.sort_by(|(one, _), (other, _)| by_number(one, other));
    Ok(criteria)
}

pub(crate) fn signed(tx: &mut Tx<'_>, judgement: &JudgementId) -> Result<SignedView, Failure> {
    let row = tx
        .row(&statements::FIND, &[judgement.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let countersigner: Option<PersonId> = row.optional_parsed("countersigned_by")?;
    Ok(SignedView {
        judgement: judgement.clone(),
        outcome: if row.text("outcome")? == "passed" {
            Outcome::Passed
        } else {
            Outcome::Referred
        },
        signed_by: person_name(tx, Some(&row.parsed("signed_by")?))?.unwrap_or_default(),
        signed_at: row.text("signed_at")?,
        signed_on: row.parsed("signed_on")?,
        countersigned_by: person_name(tx, countersigner.as_ref())?,
        feedback: row.optional_text("feedback")?.filter(|text| !text.is_empty()),
        superseded: row.truth("superseded")?,
    })
}

fn qualities(tx: &mut Tx<'_>, submission: &SubmissionId) -> Result<Vec<DeskQuality>, Failure> {
    let saved = tx.rows(&statements::LIST_QUALITIES, &[submission.as_str().into()])?;
    let mut qualities = Vec::new();
    for words in QUALITIES {
        let row = saved
            .iter()
            .find(|row| row.text("quality").is_ok_and(|key| key == words.key));
        qualities.push(DeskQuality {
            key: words.key.to_owned(),
            title: words.title.to_owned(),
            question: words.question.to_owned(),
            satisfied: row.map(|row| row.truth("satisfied")).transpose()?,
            remark: match row {
                Some(row) => row.optional_text("remark")?,
                None => None,
            },
        });
    }
    Ok(qualities)
}

fn grade(tx: &mut Tx<'_>, loaded: &LoadedCase) -> Result<Option<GradeSheet>, Failure> {
    let Some((scale, grades)) = acts::own_scale(tx, loaded.case.centre.as_str())? else {
        return Ok(None);
    };
    let grade = match tx.row(
        &statements::FIND_OWN_GRADE,
        &[loaded.case.submission.as_str().into()],
    )? {
        Some(row) => Some(grade_of(&row.text("grade")?)),
        None => None,
    };
    Ok(Some(GradeSheet { scale, grades, grade }))
}

/// The grade on a sheet as it was sealed; blank once erased.
fn grade_of(sheet: &str) -> String {
    serde_json::from_str::<serde_json::Value>(sheet)
        .ok()
        .and_then(|sheet| {
            sheet
                .get("grade")
                .and_then(|grade| grade.as_str().map(str::to_owned))
        })
        .unwrap_or_default()
}

/// A person's name.
pub(crate) fn person_name(tx: &mut Tx<'_>, person: Option<&PersonId>) -> Result<Option<String>, Failure> {
    let Some(person) = person else { return Ok(None) };
    let row = tx.row(&people::FIND_PERSON, &[person.as_str().into()])?;
    Ok(match row {
        Some(row) => Some(crate::people::full_name(
            &row.text("given")?,
            &row.text("family")?,
        )),
        None => None,
    })
}
