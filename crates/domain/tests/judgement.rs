//! Marking, countersigning and internal verification, told in the trade's words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test stops at the first surprise

use assay_domain::fact::{CriterionDecision, Fact, Outcome, ReturnGround};
use assay_domain::fresh::Counted;
use assay_domain::id::{CentreId, GrantId, JudgementId, PassageId, PersonId, RegistrationId, SubmissionId};
use assay_domain::judgement::{
    self, CriterionFacts, DecideCriterion, JudgeQuality, MarkingCase, QUALITIES, ReturnUnmarked,
    SavedDecision, SavedQuality, SignJudgement, TakeSubmission,
};
use assay_domain::policy::{Dated, PolicyValue, Profile};
use assay_domain::refusal::Code;
use assay_domain::submission::SubmissionState;
use assay_domain::verification::{self, CriterionFinding, VerificationCase, VerifyJudgement};
use assay_domain::{Actor, Grant, Moment, Role, Via};
use jiff::civil::date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

struct Desk {
    fresh: Counted,
    centre: CentreId,
    learner: PersonId,
    assessor: Actor,
    case: MarkingCase,
}

fn now() -> Moment {
    Moment::new("2019-10-14T09:30:00Z".parse().unwrap(), &TimeZone::UTC)
}

fn person_as(role: Role, centre: &CentreId, fresh: &mut Counted) -> Actor {
    let grant = Grant {
        id: GrantId::fresh(fresh),
        role,
        centre: Some(centre.clone()),
        from: date(2018, 1, 1),
        until: None,
        countersigned: false,
    };
    Actor {
        person: PersonId::fresh(fresh),
        via: Via::Page,
        grants: vec![grant],
    }
}

/// A unit of three criteria, the last with two command verbs, taken by its allocated assessor.
fn desk() -> Desk {
    let mut fresh = Counted::from_seed(7);
    let centre = CentreId::fresh(&mut fresh);
    let learner = PersonId::fresh(&mut fresh);
    let assessor = person_as(Role::Assessor, &centre, &mut fresh);
    let criterion = |number: &str, text: &str, verbs: &[&str]| CriterionFacts {
        number: number.into(),
        text: text.into(),
        verbs: verbs.iter().map(|verb| (*verb).to_owned()).collect(),
        for_a_pass: !number.contains(['M', 'D']),
    };
    let case = MarkingCase {
        submission: SubmissionId::fresh(&mut fresh),
        registration: RegistrationId::fresh(&mut fresh),
        learner: learner.clone(),
        centre: centre.clone(),
        unit: "9901X1".into(),
        state: SubmissionState::Taken,
        attempt: 1,
        revision: 1,
        submitted_at: "2019-10-01T18:00:00Z".parse().unwrap(),
        allocated: Some(assessor.person.clone()),
        taken_by: Some(assessor.person.clone()),
        returns: 0,
        criteria: vec![
            criterion("1.1", "Evaluate two approaches to delegation", &["Evaluate"]),
            criterion("1.2", "Discuss barriers to delegation", &["Discuss"]),
            criterion(
                "2.1",
                "Assess own skills and produce a plan",
                &["Assess", "produce"],
            ),
        ],
        passages: vec![PassageId::fresh(&mut fresh), PassageId::fresh(&mut fresh)],
        decisions: BTreeMap::new(),
        qualities: BTreeMap::new(),
        judgement: None,
        external: None,
    };
    Desk {
        fresh,
        centre,
        learner,
        assessor,
        case,
    }
}

fn met(desk: &Desk, criterion: &str) -> DecideCriterion {
    DecideCriterion {
        criterion: criterion.into(),
        decision: CriterionDecision::Met,
        reason: "Both approaches are weighed with figures from the learner's own team.".into(),
        passages: vec![desk.case.passages[0].clone()],
        verbs: Vec::new(),
        words: None,
    }
}

/// What the store would hold after the decisions were saved.
fn decide_all(desk: &mut Desk, decision: CriterionDecision) {
    let (reason, _) =
        assay_domain::sealed::seal(&desk.learner, "judgement.reason", "because", &mut desk.fresh);
    for criterion in &desk.case.criteria {
        desk.case.decisions.insert(
            criterion.number.clone(),
            SavedDecision {
                decision,
                reason: reason.clone(),
                passages: vec![desk.case.passages[0].clone()],
                words: None,
            },
        );
    }
    for words in &QUALITIES {
        desk.case.qualities.insert(
            words.quality,
            SavedQuality {
                satisfied: true,
                remark: None,
            },
        );
    }
}

fn profile(values: &[(&str, PolicyValue)]) -> Profile {
    let mut profile = Profile::default();
    for (key, value) in values {
        profile.values.insert(
            (*key).to_owned(),
            vec![Dated {
                from: date(2014, 1, 1),
                value: value.clone(),
                unit: String::new(),
                source: "test".into(),
                note: String::new(),
            }],
        );
    }
    profile
}

#[test]
fn a_criterion_is_not_met_without_a_passage_of_the_evidence() {
    let mut desk = desk();
    let act = DecideCriterion {
        passages: Vec::new(),
        ..met(&desk, "1.1")
    };
    let refusals =
        judgement::criterion::decide(&act, &desk.case, &desk.assessor, now(), &mut desk.fresh).unwrap_err();
    assert_eq!(refusals.codes(), [Code::DecisionNoEvidence]);
}

#[test]
fn a_passage_of_other_work_cannot_be_cited() {
    let mut desk = desk();
    let foreign = PassageId::fresh(&mut desk.fresh);
    let act = DecideCriterion {
        passages: vec![foreign],
        ..met(&desk, "1.1")
    };
    let refusals =
        judgement::criterion::decide(&act, &desk.case, &desk.assessor, now(), &mut desk.fresh).unwrap_err();
    assert_eq!(refusals.codes(), [Code::DecisionNoEvidence]);
}

#[test]
fn a_reason_without_a_criterion_is_refused() {
    let mut desk = desk();
    let act = met(&desk, "9.9");
    let refusals =
        judgement::criterion::decide(&act, &desk.case, &desk.assessor, now(), &mut desk.fresh).unwrap_err();
    assert_eq!(refusals.codes(), [Code::DecisionNoCriterion]);
}

#[test]
fn a_not_yet_met_cites_words_of_the_criterion_and_not_of_the_guidance() {
    let mut desk = desk();
    let act = DecideCriterion {
        decision: CriterionDecision::NotYetMet,
        passages: Vec::new(),
        words: Some("three examples from other sectors".into()),
        ..met(&desk, "1.1")
    };
    let refusals =
        judgement::criterion::decide(&act, &desk.case, &desk.assessor, now(), &mut desk.fresh).unwrap_err();
    assert_eq!(refusals.codes(), [Code::WordsNotInCriterion]);
    let act = DecideCriterion {
        words: Some("evaluate  two approaches".into()),
        ..act
    };
    assert!(judgement::criterion::decide(&act, &desk.case, &desk.assessor, now(), &mut desk.fresh).is_ok());
}

#[test]
fn a_criterion_with_two_verbs_stays_open_with_an_assessment_but_no_plan() {
    let mut desk = desk();
    let act = DecideCriterion {
        verbs: vec!["Assess".into()],
        ..met(&desk, "2.1")
    };
    let refusals =
        judgement::criterion::decide(&act, &desk.case, &desk.assessor, now(), &mut desk.fresh).unwrap_err();
    assert_eq!(refusals.codes(), [Code::VerbOpen]);
    assert!(
        refusals.0[0].because.contains("not ticked as answered: produce"),
        "{}",
        refusals.0[0].because
    );
    let act = DecideCriterion {
        verbs: vec!["assess".into(), "produce".into()],
        ..act
    };
    assert!(judgement::criterion::decide(&act, &desk.case, &desk.assessor, now(), &mut desk.fresh).is_ok());
}

#[test]
fn all_criteria_but_one_met_gives_a_referral_and_all_gives_achieved() {
    let mut desk = desk();
    decide_all(&mut desk, CriterionDecision::Met);
    assert_eq!(
        judgement::sign::outcome(&desk.case, &desk.assessor, now()),
        Ok(Outcome::Passed)
    );
    desk.case.decisions.get_mut("1.2").unwrap().decision = CriterionDecision::NotYetMet;
    assert_eq!(
        judgement::sign::outcome(&desk.case, &desk.assessor, now()),
        Ok(Outcome::Referred)
    );
}

#[test]
fn a_unit_with_all_criteria_met_and_authentic_open_is_not_closed() {
    let mut desk = desk();
    decide_all(&mut desk, CriterionDecision::Met);
    desk.case
        .qualities
        .remove(&assay_domain::fact::Quality::Authentic);
    let refusals = judgement::sign::decide(
        &SignJudgement::default(),
        &desk.case,
        &desk.assessor,
        now(),
        &mut desk.fresh,
    )
    .unwrap_err();
    assert_eq!(refusals.codes(), [Code::QualityMissing]);
    assert_eq!(refusals.0[0].because, "Not yet judged: authentic.");
}

#[test]
fn everything_open_is_told_at_once() {
    let mut desk = desk();
    let refusals = judgement::sign::decide(
        &SignJudgement::default(),
        &desk.case,
        &desk.assessor,
        now(),
        &mut desk.fresh,
    )
    .unwrap_err();
    assert_eq!(refusals.codes(), [Code::DecisionMissing, Code::QualityMissing]);
    assert_eq!(
        refusals.0[0].because,
        "3 of 3 criteria are not decided: 1.1, 1.2, 2.1."
    );
    for refusal in &refusals.0 {
        assert!(!refusal.remedy.is_empty() && !refusal.who.is_empty() && !refusal.source.is_empty());
    }
}

#[test]
fn a_signed_judgement_cannot_be_edited() {
    let mut desk = desk();
    desk.case.state = SubmissionState::VerificationDue;
    let act = met(&desk, "1.1");
    let refusals =
        judgement::criterion::decide(&act, &desk.case, &desk.assessor, now(), &mut desk.fresh).unwrap_err();
    assert_eq!(refusals.codes(), [Code::DecisionSigned]);
}

#[test]
fn two_assessors_cannot_hold_one_submission() {
    let mut desk = desk();
    desk.case.allocated = None;
    let second = person_as(Role::Assessor, &desk.centre, &mut desk.fresh);
    let refusals = judgement::take::decide(TakeSubmission, &desk.case, &second, now()).unwrap_err();
    assert_eq!(refusals.codes(), [Code::NotTheAssessor]);
    let again = judgement::take::decide(TakeSubmission, &desk.case, &desk.assessor, now()).unwrap();
    assert!(again.facts.is_empty(), "taking twice changes nothing");
}

#[test]
fn nobody_assesses_their_own_work_even_with_the_role() {
    let mut desk = desk();
    desk.case.learner = desk.assessor.person.clone();
    let act = met(&desk, "1.1");
    let refusals =
        judgement::criterion::decide(&act, &desk.case, &desk.assessor, now(), &mut desk.fresh).unwrap_err();
    assert_eq!(refusals.codes(), [Code::Sd3]);
}

#[test]
fn an_assessor_of_another_centre_may_not_mark() {
    let mut desk = desk();
    let elsewhere = CentreId::fresh(&mut desk.fresh);
    let stranger = person_as(Role::Assessor, &elsewhere, &mut desk.fresh);
    let refusals = judgement::take::decide(TakeSubmission, &desk.case, &stranger, now()).unwrap_err();
    assert_eq!(refusals.codes(), [Code::RoleMissing]);
}

#[test]
fn a_trainee_signs_and_a_qualified_assessor_who_did_not_sign_countersigns() {
    let mut desk = desk();
    decide_all(&mut desk, CriterionDecision::Met);
    desk.assessor.grants[0].countersigned = true;
    let decision = judgement::sign::decide(
        &SignJudgement::default(),
        &desk.case,
        &desk.assessor,
        now(),
        &mut desk.fresh,
    )
    .unwrap();
    assert!(matches!(
        &decision.facts[0],
        Fact::JudgementSigned {
            countersignature_due: true,
            ..
        }
    ));
    desk.case.state = SubmissionState::CountersignDue;
    desk.case.judgement = Some((JudgementId::fresh(&mut desk.fresh), desk.assessor.person.clone()));
    let own =
        judgement::countersign::decide(judgement::CountersignJudgement, &desk.case, &desk.assessor, now());
    assert_eq!(own.unwrap_err().codes(), [Code::Sd4]);
    let qualified = person_as(Role::Assessor, &desk.centre, &mut desk.fresh);
    assert!(
        judgement::countersign::decide(judgement::CountersignJudgement, &desk.case, &qualified, now())
            .is_ok()
    );
}

#[test]
fn a_return_before_marking_has_a_limit_and_needs_ground_and_advice() {
    let mut desk = desk();
    let profile = profile(&[("return.maximum", PolicyValue::Number(2))]);
    let policy = profile.on(now().today);
    let blank = ReturnUnmarked {
        grounds: Vec::new(),
        because: " ".into(),
    };
    let refusals = judgement::return_unmarked::decide(
        &blank,
        &desk.case,
        &desk.assessor,
        now(),
        policy,
        &mut desk.fresh,
    )
    .unwrap_err();
    assert_eq!(refusals.codes(), [Code::FieldMissing, Code::DecisionNoReason]);
    desk.case.returns = 2;
    let act = ReturnUnmarked {
        grounds: vec![ReturnGround::WordCount],
        because: "Please shorten.".into(),
    };
    let refusals =
        judgement::return_unmarked::decide(&act, &desk.case, &desk.assessor, now(), policy, &mut desk.fresh)
            .unwrap_err();
    assert_eq!(refusals.codes(), [Code::ReturnLimit]);
}

#[test]
fn a_quality_not_satisfied_says_why() {
    let mut desk = desk();
    let act = JudgeQuality {
        quality: assay_domain::fact::Quality::Depth,
        satisfied: false,
        remark: Some("  ".into()),
    };
    let refusals =
        judgement::quality::decide(&act, &desk.case, &desk.assessor, now(), &mut desk.fresh).unwrap_err();
    assert_eq!(refusals.codes(), [Code::DecisionNoReason]);
}

fn verification_case(desk: &Desk, fresh: &mut Counted) -> VerificationCase {
    VerificationCase {
        judgement: JudgementId::fresh(fresh),
        submission: desk.case.submission.clone(),
        registration: desk.case.registration.clone(),
        learner: desk.learner.clone(),
        centre: desk.centre.clone(),
        unit: desk.case.unit.clone(),
        state: SubmissionState::VerificationDue,
        in_force: true,
        signed_at: "2019-10-10T10:00:00Z".parse().unwrap(),
        signed_by: desk.assessor.person.clone(),
        countersigned_by: None,
        assessed_by: vec![desk.assessor.person.clone()],
        tutors: Vec::new(),
        criteria: desk
            .case
            .criteria
            .iter()
            .map(|criterion| criterion.number.clone())
            .collect(),
        external: None,
    }
}

fn agrees(case: &VerificationCase) -> VerifyJudgement {
    VerifyJudgement {
        findings: case
            .criteria
            .iter()
            .map(|number| CriterionFinding {
                criterion: number.clone(),
                agrees: true,
                reason: None,
            })
            .collect(),
        remark: None,
    }
}

#[test]
fn a_verifier_may_not_verify_a_judgement_they_made_countersigned_or_taught_for() {
    let desk = desk();
    let mut fresh = Counted::from_seed(8);
    let profile = Profile::default();
    let policy = profile.on(now().today);
    let verifier = person_as(Role::InternalVerifier, &desk.centre, &mut fresh);
    let clean = verification_case(&desk, &mut fresh);
    assert!(
        verification::verify::decide(&agrees(&clean), &clean, &verifier, now(), policy, &mut fresh).is_ok()
    );
    let refused = |case: &VerificationCase, fresh: &mut Counted| {
        let act = verification::verify::decide(&agrees(case), case, &verifier, now(), policy, fresh);
        let skip = verification::skip::decide(
            &verification::LeaveOutOfSample {
                because: "settled assessor".into(),
            },
            case,
            &verifier,
            now(),
            policy,
            fresh,
        );
        assert_eq!(
            act.as_ref().unwrap_err().codes(),
            skip.unwrap_err().codes(),
            "refused on every act alike"
        );
        act.unwrap_err().codes()
    };
    let mut own = clean.clone();
    own.signed_by = verifier.person.clone();
    assert_eq!(refused(&own, &mut fresh), [Code::Sd1]);
    let mut countersigned = clean.clone();
    countersigned.countersigned_by = Some(verifier.person.clone());
    assert_eq!(refused(&countersigned, &mut fresh), [Code::Sd1]);
    let mut taught = clean.clone();
    taught.tutors.push(verifier.person.clone());
    assert_eq!(refused(&taught, &mut fresh), [Code::Sd1]);
    let mut earlier_attempt = clean.clone();
    earlier_attempt.assessed_by.push(verifier.person.clone());
    assert_eq!(refused(&earlier_attempt, &mut fresh), [Code::Sd2]);
    let relaxed = self::profile(&[("separation.verifier", PolicyValue::Text("SD-1".into()))]);
    assert!(
        earlier_attempt
            .may_verify(&verifier, relaxed.on(now().today))
            .is_ok()
    );
}

#[test]
fn a_disagreement_needs_its_reason_and_sends_the_judgement_back() {
    let desk = desk();
    let mut fresh = Counted::from_seed(9);
    let profile = Profile::default();
    let policy = profile.on(now().today);
    let verifier = person_as(Role::InternalVerifier, &desk.centre, &mut fresh);
    let case = verification_case(&desk, &mut fresh);
    let mut act = agrees(&case);
    act.findings[1].agrees = false;
    let refusals =
        verification::verify::decide(&act, &case, &verifier, now(), policy, &mut fresh).unwrap_err();
    assert_eq!(refusals.codes(), [Code::VerificationReason]);
    assert_eq!(refusals.0[0].field.as_deref(), Some("reason-1.2"));
    act.findings[1].reason = Some("Only one barrier is discussed.".into());
    let decision = verification::verify::decide(&act, &case, &verifier, now(), policy, &mut fresh).unwrap();
    assert!(matches!(
        &decision.facts[0],
        Fact::JudgementVerified { agreed: false, .. }
    ));
}

#[test]
fn a_judgement_is_left_out_of_the_sample_only_where_the_centre_samples() {
    let desk = desk();
    let mut fresh = Counted::from_seed(10);
    let verifier = person_as(Role::InternalVerifier, &desk.centre, &mut fresh);
    let case = verification_case(&desk, &mut fresh);
    let act = verification::LeaveOutOfSample {
        because: "Settled assessor, seen last week.".into(),
    };
    let all = profile(&[("verification.mode", PolicyValue::Text("all".into()))]);
    let refused = verification::skip::decide(&act, &case, &verifier, now(), all.on(now().today), &mut fresh);
    assert_eq!(refused.unwrap_err().codes(), [Code::SampleRemove]);
    let chosen = profile(&[("verification.mode", PolicyValue::Text("chosen".into()))]);
    assert!(
        verification::skip::decide(&act, &case, &verifier, now(), chosen.on(now().today), &mut fresh).is_ok()
    );
}
