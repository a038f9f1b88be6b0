//! Marking, verifying, claiming and releasing: what happens to a unit after it was handed in.

use super::steps::{Learner, Play};
use crate::failure::Stopped;
use assay_app::award::release::Released;
use assay_app::{award, judgement, verification};
use assay_domain::award::{ReplaceCertificate, RevokeCertificate};
use assay_domain::fact::{CriterionDecision, ReturnGround};
use assay_domain::id::{ClaimId, PassageId, PersonId, SubmissionId};
use assay_domain::judgement::{DecideCriterion, JudgeQuality, QUALITIES, ReturnUnmarked, SignJudgement};
use assay_domain::verification::{CriterionFinding, VerifyJudgement};
use assay_specification::Unit;
use jiff::ToSpan;
use jiff::civil::Date;

impl Play<'_> {
    /// An assessor takes a submission.
    ///
    /// # Errors
    /// What the act answers, as everywhere in the play.
    pub fn take(&self, assessor: &PersonId, submission: &SubmissionId, day: Date) -> Result<(), Stopped> {
        let submission = submission.clone();
        self.director.act(Some(assessor), day, move |acting| {
            judgement::acts::take(acting, &submission)
        })
    }

    /// An assessor gives a submission back before marking it.
    ///
    /// # Errors
    /// What the act answers.
    pub fn give_back(
        &self,
        assessor: &PersonId,
        submission: &SubmissionId,
        day: Date,
        because: &'static str,
    ) -> Result<(), Stopped> {
        let submission = submission.clone();
        self.director.act(Some(assessor), day, move |acting| {
            let act = ReturnUnmarked {
                grounds: vec![ReturnGround::Signposting],
                because: because.to_owned(),
            };
            judgement::acts::return_unmarked(acting, &submission, &act)
        })
    }

    /// Decides the first so many criteria; those in `open` are not yet met.
    ///
    /// # Errors
    /// What the acts answer.
    pub fn decide(
        &self,
        assessor: &PersonId,
        submission: &SubmissionId,
        unit: &Unit,
        day: Date,
        how_many: usize,
        open: &[&'static str],
    ) -> Result<(), Stopped> {
        let reading = {
            let submission = submission.clone();
            self.director
                .app
                .ask(&self.director.caller(Some(assessor)), move |asking| {
                    assay_app::submission::reading::reading(asking, &submission)
                })?
        };
        for (at, (_, criterion)) in unit.criteria().take(how_many).enumerate() {
            let number = criterion.number.to_string();
            let met = !open.contains(&number.as_str());
            let passages: Vec<PassageId> = reading
                .passages
                .iter()
                .filter(|passage| passage.of_unit(&reading.unit).contains(&number))
                .map(|passage| passage.id.clone())
                .collect();
            let reason = if met {
                REASONS[at % REASONS.len()]
            } else {
                OPEN_REASONS[at % OPEN_REASONS.len()]
            };
            let act = DecideCriterion {
                criterion: number,
                decision: if met {
                    CriterionDecision::Met
                } else {
                    CriterionDecision::NotYetMet
                },
                reason: reason.to_owned(),
                passages,
                verbs: criterion.verbs.clone(),
                words: None,
            };
            let submission = submission.clone();
            self.director.act(Some(assessor), day, move |acting| {
                judgement::acts::decide(acting, &submission, &act)
            })?;
        }
        Ok(())
    }

    /// Takes, decides everything, judges the qualities and signs.
    ///
    /// # Errors
    /// What the acts answer.
    pub fn assess(
        &self,
        assessor: &PersonId,
        submission: &SubmissionId,
        unit: &Unit,
        day: Date,
        open: &[&'static str],
    ) -> Result<(), Stopped> {
        self.take(assessor, submission, day)?;
        self.decide(assessor, submission, unit, day, usize::MAX, open)?;
        let id = submission.clone();
        let feedback = if open.is_empty() {
            FEEDBACK[unit.criteria().count() % FEEDBACK.len()]
        } else {
            "Much of this is strong. Look again at the criteria marked not yet met: evaluate rather than describe, and \
             say where support from outside would come from."
        };
        self.director.act(Some(assessor), day, move |acting| {
            for words in &QUALITIES {
                let act = JudgeQuality {
                    quality: words.quality,
                    satisfied: true,
                    remark: None,
                };
                judgement::acts::judge_quality(acting, &id, &act)?;
            }
            let act = SignJudgement {
                feedback: Some(feedback.to_owned()),
            };
            judgement::acts::sign(acting, &id, &act)
        })?;
        Ok(())
    }

    /// A qualified assessor countersigns the judgement of one in training.
    ///
    /// # Errors
    /// What the act answers.
    pub fn countersign(&self, submission: &SubmissionId, day: Date) -> Result<(), Stopped> {
        let submission = submission.clone();
        self.director.act(Some(&self.house.assessor), day, move |acting| {
            judgement::acts::countersign(acting, &submission)
        })
    }

    /// The internal verifier verifies; with a criterion named, disagrees on it.
    ///
    /// # Errors
    /// What the act answers.
    pub fn verify(
        &self,
        submission: &SubmissionId,
        unit: &Unit,
        day: Date,
        disagree: Option<&'static str>,
    ) -> Result<(), Stopped> {
        let findings = unit
            .criteria()
            .map(|(_, criterion)| {
                let number = criterion.number.to_string();
                let agrees = disagree != Some(number.as_str());
                CriterionFinding {
                    criterion: number,
                    agrees,
                    reason: (!agrees).then(|| DISAGREES.to_owned()),
                }
            })
            .collect();
        let act = VerifyJudgement {
            findings,
            remark: None,
        };
        let submission = submission.clone();
        self.director.act(Some(&self.house.verifier), day, move |acting| {
            verification::verify(acting, &submission, &act)
        })
    }

    /// A planned unit is handed in, assessed and verified by the day.
    ///
    /// # Errors
    /// What the acts answer.
    pub fn achieve(&self, learner: &Learner, called: &'static str, day: Date) -> Result<(), Stopped> {
        let unit = self.unit(called)?;
        let handed = self.hand_in(learner, unit, day.saturating_sub(20.days()), 1, Vec::new())?;
        self.assess(
            &self.house.assessor,
            &handed,
            unit,
            day.saturating_sub(9.days()),
            &[],
        )?;
        self.verify(&handed, unit, day, None)
    }

    /// The coordinator claims. Answers the claim.
    ///
    /// # Errors
    /// What the act answers.
    pub fn claim(&self, learner: &Learner, day: Date) -> Result<ClaimId, Stopped> {
        let registration = learner.registration.clone();
        let claimed = self
            .director
            .act(Some(&self.house.coordinator), day, move |acting| {
                award::claim::claim(acting, &registration)
            })?;
        Ok(claimed.claim)
    }

    /// The quality manager gives a claim back to the centre.
    ///
    /// # Errors
    /// What the act answers.
    pub fn return_claim(&self, claim: &ClaimId, day: Date, because: &'static str) -> Result<(), Stopped> {
        let claim = claim.clone();
        self.director
            .act(Some(&self.house.quality_manager), day, move |acting| {
                award::release::return_claim(acting, &claim, because)
            })
    }

    /// Claimed, and released by the quality manager the day after, with its certificate.
    ///
    /// # Errors
    /// What the acts answer.
    pub fn award(&self, learner: &Learner, day: Date) -> Result<Released, Stopped> {
        let claim = self.claim(learner, day)?;
        self.release(claim, day.saturating_add(1.day()))
    }

    /// The quality manager releases a claim, with its certificate.
    ///
    /// # Errors
    /// What the acts answer.
    pub fn release(&self, claim: ClaimId, day: Date) -> Result<Released, Stopped> {
        let by = &self.house.quality_manager;
        let prepared = self.director.prepare(by, day, |app, caller, fresh| {
            award::release::prepare(app, caller, fresh, &claim)
        })?;
        self.director.act(Some(by), day, move |acting| {
            award::release::run(acting, &prepared)
        })
    }

    /// The quality manager replaces a certificate. Answers the number of the new one.
    ///
    /// # Errors
    /// What the acts answer.
    pub fn replace(&self, number: &str, day: Date, because: &'static str) -> Result<String, Stopped> {
        let by = &self.house.quality_manager;
        let act = ReplaceCertificate {
            because: because.to_owned(),
        };
        let prepared = self.director.prepare(by, day, |app, caller, fresh| {
            award::change::prepare_replacement(app, caller, fresh, number, act)
        })?;
        let replaced = self.director.act(Some(by), day, move |acting| {
            award::change::replace(acting, &prepared)
        })?;
        Ok(replaced.certificate)
    }

    /// The quality manager revokes a certificate.
    ///
    /// # Errors
    /// What the act answers.
    pub fn revoke(&self, number: &str, day: Date, because: &'static str) -> Result<(), Stopped> {
        let number = number.to_owned();
        let act = RevokeCertificate {
            because: because.to_owned(),
        };
        self.director
            .act(Some(&self.house.quality_manager), day, move |acting| {
                award::change::revoke(acting, &number, &act)
            })?;
        Ok(())
    }

    /// An assessor keeps comments that they use again and again.
    ///
    /// # Errors
    /// What the act answers.
    pub fn keep_comments(&self, assessor: &PersonId, day: Date) -> Result<(), Stopped> {
        self.director.act(Some(assessor), day, |acting| {
            for text in REASONS.iter().take(4).chain(&OPEN_REASONS) {
                judgement::comments::keep(acting, text)?;
            }
            Ok(())
        })
    }
}

const DISAGREES: &str =
    "The passage lists values but develops no guideline a coach could follow. Please look again.";

const FEEDBACK: [&str; 3] = [
    "A convincing piece of work: the figures carry the argument, and you say what they cannot show. For the next unit, \
     bring the limits of the evidence forward.",
    "You write from practice and it shows. The comparison in the middle is the best of it; next time let the theory come \
     before the example once or twice.",
    "Clear, honest and well ordered. Keep the habit of naming what speaks against you.",
];

const REASONS: [&str; 8] = [
    "Answered in the passage marked, with figures from the learner's own organisation.",
    "Both sides are weighed and a judgement is reached; the limits of the evidence are named.",
    "The theory is used to order the evidence rather than quoted.",
    "Clear, and tied to the organisation's objectives.",
    "The example is recent and specific, and its weakness is admitted.",
    "The comparison between two sites makes the point well.",
    "Goes beyond description: alternatives are considered and one is preferred with reasons.",
    "Sufficient for the level; the second paragraph carries the answer.",
];

const OPEN_REASONS: [&str; 3] = [
    "The approaches are described one after another, but none is weighed against the others.",
    "Only support inside the organisation is covered; nothing is said on support from outside.",
    "The passage asserts an effect without evidence for it.",
];
