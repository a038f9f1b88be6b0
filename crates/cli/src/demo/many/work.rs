//! Work of the crowd: written, handed in, marked, verified, claimed, awarded. The texts are written once for each of the
//! cast and shared, so that a large world is made in minutes; everything else is the real act.

use super::Worker;
use crate::demo::cast::LEARNERS;
use crate::demo::steps::Play;
use crate::demo::writing::{self, Extent};
use crate::failure::Stopped;
use assay_app::evidence::content::{self, Prepared};
use assay_app::evidence::{keep, passage};
use assay_app::submission::submit::{self, HandIn};
use assay_app::{Acting, Failure, award, judgement, verification};
use assay_domain::fact::{AiUse, CriterionDecision, CriterionRef, EvidenceKind, Place};
use assay_domain::id::{PassageId, RegistrationId, SubmissionId};
use assay_domain::judgement::{DecideCriterion, JudgeQuality, QUALITIES, SignJudgement};
use assay_domain::verification::{CriterionFinding, VerifyJudgement};
use jiff::ToSpan;
use jiff::civil::Date;

/// The unit on which the crowd works.
const UNIT: &str = "7016V1";

/// How far a piece of work has come, each including what is before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reached {
    HandedIn,
    Begun,
    Judged,
    Verified,
    Claimed,
    Awarded,
}

/// A piece handed in, with what becomes of it.
struct Handed {
    submission: SubmissionId,
    passage: PassageId,
    registration: RegistrationId,
    assessor: usize,
    reached: Reached,
    referred: bool,
}

/// A criterion as the crowd's assessors need it.
#[derive(Clone)]
struct Asked {
    number: String,
    verbs: Vec<String>,
}

/// The texts and criteria that all share.
pub struct Shelf {
    texts: Vec<Prepared>,
    criteria: Vec<Asked>,
}

impl Shelf {
    /// Writes the texts.
    ///
    /// # Errors
    /// A text cannot be kept; the specification has not the unit.
    pub fn prepare(play: Play<'_>) -> Result<Shelf, Stopped> {
        let unit = play.unit(UNIT)?;
        let specification = &play.house.specification;
        let texts = LEARNERS
            .iter()
            .enumerate()
            .map(|(number, player)| {
                let work = writing::write(player, number, unit, specification, Extent::Whole, 1);
                Ok(content::prepare_text(&play.director.app, &work.markdown)?)
            })
            .collect::<Result<_, Stopped>>()?;
        let criteria = unit
            .criteria()
            .map(|(_, criterion)| Asked {
                number: criterion.number.to_string(),
                verbs: criterion.verbs.clone(),
            })
            .collect();
        Ok(Shelf { texts, criteria })
    }

    /// Brings the work of a batch, all of one start, as far as it goes.
    ///
    /// # Errors
    /// The first act that is refused or fails.
    pub fn work(&mut self, play: Play<'_>, workers: Vec<Worker>) -> Result<(), Stopped> {
        let Some(start) = workers.first().map(|worker| worker.start) else {
            return Ok(());
        };
        let on = |days: i64| start.saturating_add(days.days());
        let mut handed = Vec::with_capacity(workers.len());
        for worker in workers {
            handed.push(self.hand_in(play, worker, on(60))?);
        }
        let staff = [&play.house.assessor, &play.house.second_assessor];
        for (number, assessor) in staff.into_iter().enumerate() {
            let theirs: Vec<(SubmissionId, PassageId, Reached, bool)> = handed
                .iter()
                .filter(|piece| piece.assessor == number && piece.reached >= Reached::Begun)
                .map(|piece| {
                    (
                        piece.submission.clone(),
                        piece.passage.clone(),
                        piece.reached,
                        piece.referred,
                    )
                })
                .collect();
            let criteria = self.criteria.clone();
            play.director.act(Some(assessor), on(68), move |acting| {
                for (submission, passage, reached, referred) in &theirs {
                    mark(acting, submission, passage, &criteria, *reached, *referred)?;
                }
                Ok(())
            })?;
        }
        handed.retain(|piece| piece.reached >= Reached::Verified && !piece.referred);
        let verified: Vec<SubmissionId> = handed.iter().map(|piece| piece.submission.clone()).collect();
        let criteria = self.criteria.clone();
        play.director
            .act(Some(&play.house.verifier), on(75), move |acting| {
                verified
                    .iter()
                    .try_for_each(|submission| verify(acting, submission, &criteria))
            })?;
        for piece in handed {
            claim(play, &piece, on(82))?;
        }
        Ok(())
    }

    fn hand_in(&self, play: Play<'_>, worker: Worker, day: Date) -> Result<Handed, Stopped> {
        let chance = worker.mixed >> 48;
        // Only who needs no more than the one unit can be claimed for.
        let reached = match chance % 10 {
            _ if worker.claimed => Reached::Claimed,
            0..=2 => Reached::HandedIn,
            3 => Reached::Begun,
            4 | 5 => Reached::Judged,
            6 => Reached::Verified,
            _ if !worker.award => Reached::Verified,
            7 => Reached::Claimed,
            _ => Reached::Awarded,
        };
        let text = self
            .texts
            .get(usize::try_from(chance).unwrap_or(0) % self.texts.len().max(1))
            .cloned()
            .ok_or_else(|| Stopped::new("no text was written"))?;
        let criteria = self.criteria.clone();
        let (person, registration) = (worker.person.clone(), worker.registration.clone());
        let (submission, passage) = play.director.act(Some(&worker.person), day, move |acting| {
            let start = keep::Start {
                learner: Some(person),
                kind: EvidenceKind::Written,
                title: "Coaching and mentoring policies".to_owned(),
            };
            let saved = keep::start_with(acting, start, &text, false)?;
            let marking = passage::Marking {
                version: None,
                chosen: passage::Chosen::At(Place::Whole),
                criteria: criteria
                    .iter()
                    .map(|asked| CriterionRef {
                        unit: UNIT.to_owned(),
                        criterion: asked.number.clone(),
                    })
                    .collect(),
                note: None,
            };
            let passages = passage::mark(acting, &saved.evidence, &marking)?;
            let passage = passages.into_iter().next().ok_or(Failure::NotFound)?;
            let input = HandIn {
                items: vec![saved.evidence],
                own_work: true,
                ai_use: Some(AiUse::None),
                ai_detail: None,
                changes: None,
            };
            let handed = submit::run(acting, &registration, UNIT, input)?;
            Ok((handed.submission, passage))
        })?;
        Ok(Handed {
            submission,
            passage,
            registration: worker.registration,
            assessor: worker.assessor,
            reached,
            referred: reached == Reached::Judged && chance.is_multiple_of(4),
        })
    }
}

fn mark(
    acting: &mut Acting<'_, '_>,
    submission: &SubmissionId,
    passage: &PassageId,
    criteria: &[Asked],
    reached: Reached,
    referred: bool,
) -> Result<(), Failure> {
    judgement::acts::take(acting, submission)?;
    let whole = reached > Reached::Begun;
    let many = if whole { criteria.len() } else { criteria.len() / 2 };
    for (at, asked) in criteria.iter().take(many).enumerate() {
        let met = !(referred && at == 2);
        let act = DecideCriterion {
            criterion: asked.number.clone(),
            decision: if met {
                CriterionDecision::Met
            } else {
                CriterionDecision::NotYetMet
            },
            reason: if met {
                "Answered in the work, with an example."
            } else {
                "Described, and not yet weighed."
            }
            .to_owned(),
            passages: vec![passage.clone()],
            verbs: asked.verbs.clone(),
            words: None,
        };
        judgement::acts::decide(acting, submission, &act)?;
    }
    if !whole {
        return Ok(());
    }
    for words in &QUALITIES {
        let act = JudgeQuality {
            quality: words.quality,
            satisfied: true,
            remark: None,
        };
        judgement::acts::judge_quality(acting, submission, &act)?;
    }
    let act = SignJudgement {
        feedback: Some("Read with interest; see the reasons beside each criterion.".to_owned()),
    };
    judgement::acts::sign(acting, submission, &act).map(drop)
}

fn verify(acting: &mut Acting<'_, '_>, submission: &SubmissionId, criteria: &[Asked]) -> Result<(), Failure> {
    let findings = criteria
        .iter()
        .map(|asked| CriterionFinding {
            criterion: asked.number.clone(),
            agrees: true,
            reason: None,
        })
        .collect();
    let act = VerifyJudgement {
        findings,
        remark: None,
    };
    verification::verify(acting, submission, &act)
}

fn claim(play: Play<'_>, piece: &Handed, day: Date) -> Result<(), Stopped> {
    if piece.reached < Reached::Claimed {
        return Ok(());
    }
    let registration = piece.registration.clone();
    let claimed = play
        .director
        .act(Some(&play.house.coordinator), day, move |acting| {
            award::claim::claim(acting, &registration)
        })?;
    if piece.reached < Reached::Awarded {
        return Ok(());
    }
    let by = &play.house.quality_manager;
    let day = day.saturating_add(3.days());
    let prepared = play.director.prepare(by, day, |app, caller, fresh| {
        award::release::prepare(app, caller, fresh, &claimed.claim)
    })?;
    play.director.act(Some(by), day, move |acting| {
        award::release::run(acting, &prepared)
    })?;
    Ok(())
}
