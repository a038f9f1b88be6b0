//! Units that the awarding body assesses: one order at each stage of its way.

use super::cast::LEARNERS;
use super::steps::{Learner, Play, ago};
use crate::failure::Stopped;
use assay_app::external_assessment::acts;
use assay_app::judgement;
use assay_app::registration::list::{self, ListQuery};
use assay_app::verification;
use assay_domain::external_assessment::{OrderExternalAssessment, ReceiveWork};
use assay_domain::fact::CriterionDecision;
use assay_domain::id::{OrderId, PersonId, SubmissionId};
use assay_domain::judgement::{DecideCriterion, JudgeQuality, QUALITIES, SignJudgement};
use assay_domain::registration::RegistrationState;
use assay_domain::verification::{CriterionFinding, VerifyJudgement};
use assay_specification::Unit;
use jiff::ToSpan;
use jiff::civil::Date;

impl Play<'_> {
    /// Orders of learners who are on stage already: ordered ahead, sent and waiting, late with the external assessor, marked.
    ///
    /// # Errors
    /// What the acts answer, as everywhere in the play.
    pub fn external(&self) -> Result<(), Stopped> {
        // Ordered before anything is handed in.
        self.order(&self.on_stage(4)?, "7002V1", ago(15))?;
        // Handed in, and not received yet.
        let learner = self.on_stage(18)?;
        self.order(&learner, "7018V1", ago(35))?;
        self.hand_in(&learner, self.unit("7018V1")?, ago(4), 1, Vec::new())?;
        // With the external assessor for longer than six weeks.
        let learner = self.on_stage(17)?;
        let order = self.order(&learner, "7016V1", ago(70))?;
        let unit = self.unit("7016V1")?;
        let handed = self.hand_in(&learner, unit, ago(58), 1, Vec::new())?;
        self.receive(&order, ago(55))?;
        self.mark_for_the_body(&handed, unit, ago(12), Some(4))?;
        // Marked; somebody else of the awarding body has to verify.
        let learner = self.on_stage(16)?;
        let order = self.order(&learner, "7018V1", ago(60))?;
        let unit = self.unit("7018V1")?;
        let handed = self.hand_in(&learner, unit, ago(40), 1, Vec::new())?;
        self.receive(&order, ago(36))?;
        self.mark_for_the_body(&handed, unit, ago(6), None)
    }

    /// A planned unit is ordered, handed in, received, marked and verified by the awarding body by the day.
    ///
    /// # Errors
    /// What the acts answer.
    pub fn assessed_by_the_body(
        &self,
        learner: &Learner,
        called: &'static str,
        day: Date,
    ) -> Result<(), Stopped> {
        let unit = self.unit(called)?;
        let order = self.order(learner, called, day.saturating_sub(34.days()))?;
        let handed = self.hand_in(learner, unit, day.saturating_sub(30.days()), 1, Vec::new())?;
        self.receive(&order, day.saturating_sub(27.days()))?;
        self.mark_for_the_body(&handed, unit, day.saturating_sub(10.days()), None)?;
        let findings = unit
            .criteria()
            .map(|(_, criterion)| CriterionFinding {
                criterion: criterion.number.to_string(),
                agrees: true,
                reason: None,
            })
            .collect();
        let act = VerifyJudgement {
            findings,
            remark: None,
        };
        self.director
            .act(Some(&self.house.quality_manager), day, move |acting| {
                verification::verify(acting, &handed, &act)
            })
    }

    /// A learner of the cast on the registration that goes on.
    fn on_stage(&self, number: usize) -> Result<Learner, Stopped> {
        let player = LEARNERS
            .get(number)
            .ok_or_else(|| Stopped::new(format!("nobody has the place {number} in the cast")))?;
        let query = ListQuery {
            search: player.family.to_owned(),
            ..ListQuery::default()
        };
        let found = self.director.app.ask(
            &self.director.caller(Some(&self.house.coordinator)),
            move |asking| list::list(asking, &query),
        )?;
        let line = found
            .lines
            .into_iter()
            .find(|line| line.state == RegistrationState::Active)
            .ok_or_else(|| Stopped::new(format!("{} is not on stage", player.family)))?;
        Ok(Learner {
            player,
            number,
            person: line.learner,
            registration: line.registration,
            start: line.start_on,
        })
    }

    /// The coordinator orders that the awarding body assesses a unit.
    fn order(&self, learner: &Learner, unit: &'static str, day: Date) -> Result<OrderId, Stopped> {
        let registration = learner.registration.clone();
        let act = OrderExternalAssessment {
            unit: unit.to_owned(),
        };
        let ordered = self
            .director
            .act(Some(&self.house.coordinator), day, move |acting| {
                acts::order(acting, &registration, &act)
            })?;
        Ok(ordered.order)
    }

    /// The quality manager receives the work for the external assessor.
    fn receive(&self, order: &OrderId, day: Date) -> Result<(), Stopped> {
        let order = order.clone();
        let act = ReceiveWork {
            assessor: Some(self.house.external_assessor.clone()),
        };
        self.director
            .act(Some(&self.house.quality_manager), day, move |acting| {
                acts::receive(acting, &order, &act)
            })
    }

    /// The external assessor takes the work and decides so many criteria, or all of them and signs.
    fn mark_for_the_body(
        &self,
        submission: &SubmissionId,
        unit: &Unit,
        day: Date,
        how_many: Option<usize>,
    ) -> Result<(), Stopped> {
        let by: &PersonId = &self.house.external_assessor;
        self.take(by, submission, day)?;
        let desk = {
            let submission = submission.clone();
            self.director
                .app
                .ask(&self.director.caller(Some(by)), move |asking| {
                    judgement::desk::view(asking, &submission)
                })?
        };
        for (at, (_, criterion)) in unit.criteria().take(how_many.unwrap_or(usize::MAX)).enumerate() {
            let number = criterion.number.to_string();
            let passages = desk
                .criteria
                .iter()
                .find(|found| found.number == number)
                .map(|found| found.passages.clone())
                .unwrap_or_default();
            let act = DecideCriterion {
                criterion: number,
                decision: CriterionDecision::Met,
                reason: REASONS[at % REASONS.len()].to_owned(),
                passages,
                verbs: criterion.verbs.clone(),
                words: None,
            };
            let submission = submission.clone();
            self.director.act(Some(by), day, move |acting| {
                judgement::acts::decide(acting, &submission, &act)
            })?;
        }
        if how_many.is_some() {
            return Ok(());
        }
        let id = submission.clone();
        self.director.act(Some(by), day, move |acting| {
            for words in &QUALITIES {
                let act = JudgeQuality {
                    quality: words.quality,
                    satisfied: true,
                    remark: None,
                };
                judgement::acts::judge_quality(acting, &id, &act)?;
            }
            let act = SignJudgement {
                feedback: Some(FEEDBACK.to_owned()),
            };
            judgement::acts::sign(acting, &id, &act)
        })?;
        Ok(())
    }
}

const REASONS: [&str; 4] = [
    "Shown in the passage marked; the figures come from the organisation itself and are put in proportion.",
    "The argument is carried through to a conclusion, and the other view is answered.",
    "The model is applied and its limits here are named.",
    "The evidence is recent, specific and enough for the level.",
];

const FEEDBACK: &str = "A well-built piece of work that stays with its question. The last section would gain from one \
     example that did not go to plan.";
