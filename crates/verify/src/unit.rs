//! One unit of an award: handed in, judged on every criterion, verified by somebody else.

use crate::case::{Case, Registration, actor, in_order};
use crate::external;
use crate::{Fails, Way, fails};
use assay_certify::fact::{AchievedUnit, SignedCriterion, SignedQuality};
use assay_certify::{Fact, Numbered};
use assay_specification::Unit;

/// How many qualities of the work are judged beside the criteria (JU-06).
const QUALITIES: usize = 8;
const STEP: &str = "unit";

/// What is known once a unit is derived.
pub(crate) struct Derived<'d> {
    /// The unit's number, reference, title and level in the award's specification.
    pub number: assay_specification::UnitNumber,
    pub reference: String,
    pub title: String,
    pub level: u8,
    pub credits: u32,
    pub assessor: &'d str,
    /// Whether the awarding body assessed it, and not the centre.
    pub by_the_body: bool,
    /// The hand-in that was judged.
    pub handed_in: &'d Numbered,
    /// The judgement, and what it says on each criterion.
    pub signed: &'d Numbered,
    pub criteria: &'d [SignedCriterion],
    /// The fact that made the result final.
    pub made_final: &'d Numbered,
}

struct Signed<'d> {
    fact: &'d Numbered,
    judgement: &'d str,
    submission: &'d str,
    outcome: &'d str,
    criteria: &'d [SignedCriterion],
    qualities: &'d [SignedQuality],
    countersignature_due: bool,
    /// The order under which it was judged for the awarding body.
    order: Option<&'d str>,
}

/// Derives the result of a unit that an award was claimed on.
///
/// # Errors
/// A rule that does not hold, named with the unit.
pub(crate) fn derive<'d>(
    case: &Case<'d>,
    award: &Registration<'d>,
    claimed: &'d AchievedUnit,
    way: &mut Way,
) -> Result<Derived<'d>, Fails> {
    let called = &claimed.unit;
    let signed = signed(case, &claimed.judgement)?;
    let (handed_in, registration, submitted_unit) = handed_in(case, signed.submission, signed.fact.index)?;
    let registration = case.registration(registration)?;
    if registration.learner != award.learner {
        return fails(
            STEP,
            format!("{called}: the work was handed in by another learner"),
        );
    }
    in_order(
        STEP,
        (registration.fact, "the registration"),
        (handed_in, "the hand-in"),
    )?;
    in_order(STEP, (handed_in, "the hand-in"), (signed.fact, "the judgement"))?;
    let unit = same_unit(
        case,
        award,
        &registration,
        called,
        submitted_unit,
        claimed.credits,
    )?;
    latest(case, &signed, called)?;
    every_criterion_met(&signed, unit, called)?;
    let assessor = actor(STEP, signed.fact)?;
    let on = signed.fact.entry.on;
    let judged = external::Judged {
        fact: signed.fact,
        submission: signed.submission,
        order: signed.order,
        handed_in,
        unit: submitted_unit,
    };
    let order = external::order(case, &registration, &judged, called)?;
    let (role, at) = match order {
        Some(_) => ("external_assessor", None),
        None => ("assessor", Some(registration.centre)),
    };
    let held = case.require_role(STEP, assessor, role, at, on, signed.fact.index)?;
    let countersigner = countersigned(case, &signed, &registration, held.trainee, called)?;
    let (made_final, words, verifier) = verified(
        case,
        &signed,
        &registration,
        countersigner.map(|(fact, _)| fact),
        order.is_some(),
        called,
    )?;
    separate(
        called,
        award.learner,
        assessor,
        countersigner.map(|(_, person)| person),
        verifier,
    )?;
    if made_final.entry.on != claimed.achieved_on {
        return fails(
            STEP,
            format!(
                "{called}: claimed as achieved on {}, but the result became final on {}",
                claimed.achieved_on, made_final.entry.on
            ),
        );
    }
    let by = countersigner.map_or_else(String::new, |(_, person)| {
        format!(", countersigned by {person} because {assessor} was a trainee")
    });
    let body = &case
        .specification(award.specification)?
        .document
        .awarding_body_short;
    let (part, ordered) = match order {
        Some(ordered) => (
            format!("external assessor of {body}"),
            format!(
                " Assessed by {body}, as the centre ordered on {}, and not by the centre.",
                ordered.entry.on
            ),
        ),
        None => ("assessor".to_owned(), String::new()),
    };
    way.holds(
        STEP,
        format!(
            "Unit {} \"{}\": handed in on {}; all {} criteria judged met, each with its reason and evidence, by {assessor} as \
             {part} on {on}{by}; {words}. Final on {}.{ordered}",
            unit.number,
            unit.title,
            handed_in.entry.on,
            unit.criteria().count(),
            made_final.entry.on
        ),
    );
    Ok(Derived {
        number: unit.number.clone(),
        reference: unit.reference.to_string(),
        title: unit.title.clone(),
        level: unit.level,
        credits: unit.credits,
        assessor,
        by_the_body: order.is_some(),
        handed_in,
        signed: signed.fact,
        criteria: signed.criteria,
        made_final,
    })
}

fn as_signed<'d>(fact: &'d Numbered) -> Option<Signed<'d>> {
    match &fact.entry.fact {
        Fact::JudgementSigned {
            judgement,
            submission,
            outcome,
            criteria,
            qualities,
            countersignature_due,
            order,
            ..
        } => Some(Signed {
            fact,
            judgement,
            submission,
            outcome,
            criteria,
            qualities,
            countersignature_due: *countersignature_due,
            order: order.as_deref(),
        }),
        _ => None,
    }
}

fn signed<'d>(case: &Case<'d>, judgement: &str) -> Result<Signed<'d>, Fails> {
    let mut found = case
        .facts
        .iter()
        .filter_map(as_signed)
        .filter(|signed| signed.judgement == judgement);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        _ => fails(
            STEP,
            format!("not exactly one fact signs the judgement {judgement}"),
        ),
    }
}

/// The last hand-in before the judgement.
fn handed_in<'d>(
    case: &Case<'d>,
    submission: &str,
    before: u64,
) -> Result<(&'d Numbered, &'d str, &'d str), Fails> {
    let found = case.facts.iter().rev().find_map(|fact| match &fact.entry.fact {
        Fact::UnitSubmitted {
            submission: id,
            registration,
            unit,
            ..
        } if id == submission && fact.index < before => Some((fact, registration.as_str(), unit.as_str())),
        _ => None,
    });
    match found {
        Some(found) => Ok(found),
        None => fails(
            STEP,
            format!("nothing was handed in as {submission} before it was judged"),
        ),
    }
}

/// The unit in the award's specification; its criteria are those of the specification under which it was judged, which has to
/// have the same ones.
fn same_unit<'c>(
    case: &'c Case<'_>,
    award: &Registration<'_>,
    judged: &Registration<'_>,
    called: &str,
    submitted: &str,
    credits: u32,
) -> Result<&'c Unit, Fails> {
    let Some(unit) = case.specification(award.specification)?.find_unit_called(called) else {
        return fails(STEP, format!("{called} is not a unit of the specification"));
    };
    let Some(under) = case
        .specification(judged.specification)?
        .find_unit_called(submitted)
    else {
        return fails(
            STEP,
            format!("{submitted} is not a unit of the specification it was judged by"),
        );
    };
    let numbers = |unit: &Unit| -> Vec<String> {
        unit.criteria()
            .map(|(_, criterion)| criterion.number.to_string())
            .collect()
    };
    if unit.number != under.number || numbers(unit) != numbers(under) {
        return fails(
            STEP,
            format!("{called}: the work that was judged is of another unit, {submitted}"),
        );
    }
    if unit.credits != credits {
        return fails(
            STEP,
            format!(
                "{called} is claimed with {credits} credits and has {}",
                unit.credits
            ),
        );
    }
    Ok(unit)
}

/// No later judgement on the same work takes this one's place.
fn latest(case: &Case<'_>, signed: &Signed<'_>, called: &str) -> Result<(), Fails> {
    let corrected = case.facts.iter().find(|fact| match &fact.entry.fact {
        Fact::ResultCorrected { judgements } => judgements.iter().any(|id| id == signed.judgement),
        _ => false,
    });
    if let Some(corrected) = corrected {
        return fails(
            STEP,
            format!(
                "{called}: the result was corrected on {} (entry {})",
                corrected.entry.on, corrected.index
            ),
        );
    }
    let later = case
        .facts
        .iter()
        .filter_map(as_signed)
        .find(|other| other.submission == signed.submission && other.fact.index > signed.fact.index);
    match later {
        Some(other) => fails(
            STEP,
            format!("{called}: the judgement was superseded by {}", other.judgement),
        ),
        None => Ok(()),
    }
}

fn every_criterion_met(signed: &Signed<'_>, unit: &Unit, called: &str) -> Result<(), Fails> {
    if signed.outcome != "passed" {
        return fails(STEP, format!("{called}: the judgement says {}", signed.outcome));
    }
    for (_, criterion) in unit.criteria() {
        let number = criterion.number.to_string();
        let mut decided = signed.criteria.iter().filter(|signed| signed.criterion == number);
        let (Some(decision), None) = (decided.next(), decided.next()) else {
            return fails(
                STEP,
                format!("{called}: criterion {number} is not decided exactly once"),
            );
        };
        if decision.decision != "met" {
            return fails(STEP, format!("{called}: criterion {number} is not met"));
        }
        if decision.passages.is_empty() {
            return fails(
                STEP,
                format!("{called}: criterion {number} is met without evidence"),
            );
        }
    }
    if signed.criteria.len() != unit.criteria().count() {
        return fails(
            STEP,
            format!("{called}: a criterion was judged that the unit does not have"),
        );
    }
    let mut named: Vec<&str> = signed
        .qualities
        .iter()
        .map(|quality| quality.quality.as_str())
        .collect();
    named.sort_unstable();
    named.dedup();
    if named.len() != QUALITIES || signed.qualities.len() != QUALITIES {
        return fails(
            STEP,
            format!("{called}: the eight qualities are not each judged once"),
        );
    }
    match signed.qualities.iter().find(|quality| !quality.satisfied) {
        Some(quality) => fails(
            STEP,
            format!("{called}: the quality {} is not satisfied", quality.quality),
        ),
        None => Ok(()),
    }
}

/// Who countersigned, where that was due (SD-4).
fn countersigned<'d>(
    case: &Case<'d>,
    signed: &Signed<'d>,
    registration: &Registration<'_>,
    trainee: bool,
    called: &str,
) -> Result<Option<(&'d Numbered, &'d str)>, Fails> {
    if trainee && !signed.countersignature_due {
        return fails(
            STEP,
            format!("{called}: a trainee's judgement went without a countersignature"),
        );
    }
    if !signed.countersignature_due {
        return Ok(None);
    }
    let what = format!("{called}: the trainee's judgement was countersigned");
    let (fact, ()) = case.one(STEP, &what, |fact| match fact {
        Fact::JudgementCountersigned { judgement } if judgement == signed.judgement => Some(()),
        _ => None,
    })?;
    in_order(
        STEP,
        (signed.fact, "the judgement"),
        (fact, "its countersignature"),
    )?;
    let person = actor(STEP, fact)?;
    let centre = Some(registration.centre);
    let held = case.require_role(STEP, person, "assessor", centre, fact.entry.on, fact.index)?;
    if held.trainee {
        return fails(STEP, format!("{called}: a trainee countersigned"));
    }
    Ok(Some((fact, person)))
}

/// What verification said: agreed on every criterion, or left out of the sample with a reason; by an internal verifier of the centre, or where
/// the awarding body assessed the unit by a quality manager who is not of the centre.
fn verified<'d>(
    case: &Case<'d>,
    signed: &Signed<'d>,
    registration: &Registration<'_>,
    countersigned: Option<&'d Numbered>,
    by_the_body: bool,
    called: &str,
) -> Result<(&'d Numbered, String, &'d str), Fails> {
    let what = format!("{called}: the judgement was verified or left out of the sample");
    let (fact, agreed) = case.one(STEP, &what, |fact| match fact {
        Fact::JudgementVerified {
            judgement,
            agreed,
            criteria,
        } if judgement == signed.judgement => {
            let all = criteria.iter().all(|found| found.agrees) && criteria.len() == signed.criteria.len();
            Some(Some(*agreed && all))
        }
        Fact::JudgementNotSampled { judgement, .. } if judgement == signed.judgement => Some(None),
        _ => None,
    })?;
    let before = countersigned.unwrap_or(signed.fact);
    in_order(STEP, (before, "the judgement"), (fact, "its verification"))?;
    let person = actor(STEP, fact)?;
    let on = fact.entry.on;
    let part = if by_the_body {
        case.require_role(STEP, person, "quality_manager", None, on, fact.index)?;
        case.require_no_role_at(STEP, person, registration.centre, fact)?;
        "quality manager of the awarding body"
    } else {
        let centre = Some(registration.centre);
        case.require_role(STEP, person, "internal_verifier", centre, on, fact.index)?;
        "internal verifier"
    };
    let words = match agreed {
        Some(true) => format!("agreed on each by {person} as {part} on {on}"),
        Some(false) => return fails(STEP, format!("{called}: the {part} did not agree")),
        None => format!("left out of the sample, with a reason, by {person} as {part} on {on}"),
    };
    Ok((fact, words, person))
}

/// Separation of duty (SD-1, SD-3).
fn separate(
    called: &str,
    learner: &str,
    assessor: &str,
    countersigner: Option<&str>,
    verifier: &str,
) -> Result<(), Fails> {
    let mut people = vec![("assessor", assessor), ("verifier", verifier)];
    people.extend(countersigner.map(|person| ("countersigner", person)));
    for (at, (role, person)) in people.iter().enumerate() {
        if *person == learner {
            return fails(
                "separation",
                format!("{called}: the learner acted as {role} of their own work (SD-3)"),
            );
        }
        if let Some((other, _)) = people.iter().take(at).find(|(_, other)| other == person) {
            return fails(
                "separation",
                format!("{called}: {person} acted both as {other} and as {role} (SD-1)"),
            );
        }
    }
    Ok(())
}
