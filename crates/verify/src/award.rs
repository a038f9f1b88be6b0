//! The award, of a qualification or of unit credit: specification approved, learner registered, units achieved, for a qualification its
//! rule of combination met, claimed and released by different people.

use crate::case::{Case, Registration, actor, in_order};
use crate::unit::{self, Derived};
use crate::{Claimed, ClaimedUnit, Fails, ShownFile, Way, certificate, evidence, fails};
use assay_certify::fact::AchievedUnit;
use assay_certify::{Fact, Numbered};
use assay_specification::rule::Selection;
use assay_specification::{Qualification, Specification};
use std::collections::BTreeSet;

/// Derives the award.
///
/// # Errors
/// The first rule that does not hold.
pub(crate) fn derive(case: &Case<'_>, beside: &[ShownFile], way: &mut Way) -> Result<Claimed, Fails> {
    let award = case.award;
    let what = format!("the award {award} was released");
    // Without a qualification it is of unit credit.
    let (released, (claim, registration, qualification, credits, on)) =
        case.one("release", &what, |fact| match fact {
            Fact::AwardReleased {
                award: id,
                claim,
                registration,
                qualification,
                credits,
                on,
            } if id == award => Some((claim, registration, Some(qualification.as_str()), *credits, *on)),
            Fact::CreditReleased {
                award: id,
                claim,
                registration,
                credits,
                on,
            } if id == award => Some((claim, registration, None, *credits, *on)),
            _ => None,
        })?;
    let registration = case.registration(registration)?;
    let specification = case.specification(registration.specification)?;
    approved(case, &registration, specification, way)?;
    let found = match qualification {
        Some(qualification) => Some(the_qualification(specification, &registration, qualification)?),
        None => None,
    };
    registered(case, &registration, released, found.is_some(), way)?;
    let (claimed, units) = the_claim(case, claim, &registration, qualification)?;

    let mut derived = Vec::new();
    for unit in units {
        let one = unit::derive(case, &registration, unit, way)?;
        in_order(
            "dates",
            (one.made_final, "the unit's result"),
            (claimed, "the claim of the award"),
        )?;
        derived.push(one);
    }
    each_once(&derived, credits)?;
    match found {
        Some(found) => combination(specification, found, &derived, credits, way)?,
        None => way.holds(
            "combination",
            format!(
                "Credit for {} with {credits} credits, each counted once; no rule of combination has to be met for it.",
                if derived.len() == 1 { "one unit".to_owned() } else { format!("{} units", derived.len()) }
            ),
        ),
    }
    claim_and_release(case, &registration, claimed, released, &derived, way)?;
    if on != released.entry.on {
        return fails(
            "dates",
            format!(
                "the award is dated {on}, but was released on {}",
                released.entry.on
            ),
        );
    }
    let current = certificate::derive(case, released, way)?;
    let mut shown = Claimed {
        award: award.to_owned(),
        kind: if found.is_some() { "award" } else { "credit" },
        certificate: current.number.to_owned(),
        qualification: found.map(|found| found.code.clone()).unwrap_or_default(),
        qualification_number: found.map(|found| found.number.to_string()).unwrap_or_default(),
        title: found.map_or_else(|| "Unit credit".to_owned(), |found| found.title.clone()),
        level: found.map_or_else(
            || derived.iter().map(|one| one.level).max().unwrap_or_default(),
            |found| found.level,
        ),
        credits,
        units: derived
            .iter()
            .map(|one| ClaimedUnit {
                number: one.number.to_string(),
                reference: one.reference.clone(),
                title: one.title.clone(),
                level: one.level,
                credits: one.credits,
                assessed_by: one
                    .by_the_body
                    .then(|| specification.document.awarding_body_short.clone()),
            })
            .collect(),
        awarded_on: on.to_string(),
        awarding_body: specification.document.awarding_body.clone(),
        learner: registration.learner.to_owned(),
        learner_name: None,
        ledger: case.origin.to_owned(),
        as_of: case.as_of.to_owned(),
    };
    shown.learner_name = certificate::disclosed(case, &current, &shown, way)?;
    evidence::derive(case, &derived, beside, way)?;
    Ok(shown)
}

/// The specification was approved by one person and published by somebody who may be another, before the learner registered
/// (practice, section 2.4).
fn approved(
    case: &Case<'_>,
    registration: &Registration<'_>,
    specification: &Specification,
    way: &mut Way,
) -> Result<(), Fails> {
    let id = registration.specification;
    let of = |wanted: fn(&Fact) -> Option<&str>, what: &str| {
        let what = format!("the specification {id} was {what}");
        case.one("specification", &what, move |fact| {
            wanted(fact).filter(|found| *found == id)
        })
    };
    let (drafted, _) = of(
        |fact| match fact {
            Fact::SpecificationDrafted { specification, .. } => Some(specification),
            _ => None,
        },
        "loaded",
    )?;
    let (approved, _) = of(
        |fact| match fact {
            Fact::SpecificationApproved { specification } => Some(specification),
            _ => None,
        },
        "approved",
    )?;
    let (published, _) = of(
        |fact| match fact {
            Fact::SpecificationPublished { specification } => Some(specification),
            _ => None,
        },
        "published",
    )?;
    in_order("specification", (drafted, "loading"), (approved, "approval"))?;
    in_order(
        "specification",
        (approved, "approval"),
        (published, "publication"),
    )?;
    in_order(
        "specification",
        (published, "publication"),
        (registration.fact, "the registration"),
    )?;
    let (loaded_by, approved_by) = (
        actor("specification", drafted)?,
        actor("specification", approved)?,
    );
    if loaded_by == approved_by {
        return fails(
            "specification",
            format!("{loaded_by} both loaded and approved the specification"),
        );
    }
    let document = &specification.document;
    way.holds(
        "specification",
        format!(
            "The syllabus \"{}\" of {}: loaded by {loaded_by}, approved by {approved_by}, published on {}; its text is in the \
             file unchanged.",
            document.title, document.awarding_body, published.entry.on
        ),
    );
    Ok(())
}

fn the_qualification<'s>(
    specification: &'s Specification,
    registration: &Registration<'_>,
    awarded: &str,
) -> Result<&'s Qualification, Fails> {
    if registration.qualification != awarded {
        return fails(
            "registration",
            format!(
                "the learner was registered on {} and was awarded {awarded}",
                registration.qualification
            ),
        );
    }
    match specification.find_qualification(awarded) {
        Some(found) => Ok(found),
        None => fails("specification", format!("{awarded} is not in the specification")),
    }
}

/// The learner's identity was confirmed and the registration lasted when the award was released; for a whole qualification it was not
/// withdrawn either (practice, section 19).
fn registered(
    case: &Case<'_>,
    registration: &Registration<'_>,
    released: &Numbered,
    whole: bool,
    way: &mut Way,
) -> Result<(), Fails> {
    const STEP: &str = "registration";
    in_order(
        STEP,
        (registration.fact, "the registration"),
        (released, "the release"),
    )?;
    let confirmed = case.facts.iter().any(|fact| {
        matches!(&fact.entry.fact, Fact::IdentityConfirmed { registration: id } if id == registration.id)
            && fact.index < released.index
    });
    if !registration.identity_confirmed && !confirmed {
        return fails(STEP, "the learner's identity was not confirmed before the award");
    }
    let withdrawn = case.facts.iter().any(|fact| {
        matches!(&fact.entry.fact, Fact::RegistrationWithdrawn { registration: id, .. } if id == registration.id)
            && fact.index < released.index
    });
    if withdrawn && whole {
        return fails(STEP, "the registration was withdrawn before the award");
    }
    let on = released.entry.on;
    if on < registration.start_on || registration.ends_on < on {
        return fails(
            STEP,
            format!(
                "the award was released on {on}, and the registration lasts from {} to {}",
                registration.start_on, registration.ends_on
            ),
        );
    }
    way.holds(
        STEP,
        format!(
            "The learner {} was registered on {} at {} from {} to {}, with identity confirmed.",
            registration.learner,
            registration.qualification,
            registration.centre,
            registration.start_on,
            registration.ends_on
        ),
    );
    Ok(())
}

fn the_claim<'d>(
    case: &Case<'d>,
    claim: &str,
    registration: &Registration<'_>,
    qualification: Option<&str>,
) -> Result<(&'d Numbered, &'d [AchievedUnit]), Fails> {
    let what = format!("the award was claimed ({claim})");
    let (fact, (of, code, units)) = case.one("claim", &what, |fact| match fact {
        Fact::AwardClaimed {
            claim: id,
            registration,
            qualification,
            units,
        } if id == claim => Some((registration, Some(qualification.as_str()), units)),
        Fact::CreditClaimed {
            claim: id,
            registration,
            units,
        } if id == claim => Some((registration, None, units)),
        _ => None,
    })?;
    if of != registration.id || code != qualification {
        return fails(
            "claim",
            "it is of another learner, qualification or kind than the award",
        );
    }
    Ok((fact, units))
}

/// There are units, each counted once, and their credits add up to what the award says (AW-04).
fn each_once(derived: &[Derived<'_>], credits: u32) -> Result<(), Fails> {
    const STEP: &str = "combination";
    let mut seen = BTreeSet::new();
    for one in derived {
        if !seen.insert(one.number.to_string()) {
            return fails(STEP, format!("the unit {} is counted twice", one.number));
        }
    }
    if derived.is_empty() {
        return fails(STEP, "no unit was claimed");
    }
    let sum: u32 = derived.iter().map(|unit| unit.credits).sum();
    if sum != credits {
        return fails(
            STEP,
            format!("the award says {credits} credits, and its units have {sum} together"),
        );
    }
    Ok(())
}

/// The rule of combination is met by these units (AW-01).
fn combination(
    specification: &Specification,
    qualification: &Qualification,
    derived: &[Derived<'_>],
    credits: u32,
    way: &mut Way,
) -> Result<(), Fails> {
    const STEP: &str = "combination";
    let mut selection = Selection::default();
    selection
        .units
        .extend(derived.iter().map(|one| one.number.clone()));
    let prepared = match specification.prepare(qualification) {
        Ok(prepared) => prepared,
        Err(fault) => return fails(STEP, format!("the rule of {}: {fault}", qualification.code)),
    };
    let verdict = prepared.judge(&selection).award;
    if !verdict.met {
        let reasons: Vec<String> = verdict.reasons.iter().map(ToString::to_string).collect();
        return fails(
            STEP,
            format!("the rule of combination is not met: {}", reasons.join(" ")),
        );
    }
    way.holds(
        STEP,
        format!(
            "These {} units with {credits} credits meet the rule of combination of {} ({}).",
            derived.len(),
            qualification.code,
            qualification.number
        ),
    );
    Ok(())
}

/// Claimed by a coordinator of the centre who is not the only assessor, released by a quality manager who is another person,
/// neither of them the learner (SD-3, SD-8).
fn claim_and_release(
    case: &Case<'_>,
    registration: &Registration<'_>,
    claimed: &Numbered,
    released: &Numbered,
    derived: &[Derived<'_>],
    way: &mut Way,
) -> Result<(), Fails> {
    const STEP: &str = "separation";
    in_order("dates", (claimed, "the claim"), (released, "the release"))?;
    let (claimant, releaser) = (actor("claim", claimed)?, actor("release", released)?);
    let centre = Some(registration.centre);
    case.require_role(
        "claim",
        claimant,
        "coordinator",
        centre,
        claimed.entry.on,
        claimed.index,
    )?;
    case.require_role(
        "release",
        releaser,
        "quality_manager",
        None,
        released.entry.on,
        released.index,
    )?;
    if claimant == releaser {
        return fails(
            STEP,
            format!("{claimant} both claimed and released the award (SD-8)"),
        );
    }
    if [claimant, releaser].contains(&registration.learner) {
        return fails(STEP, "the learner claimed or released their own award (SD-3)");
    }
    if derived.iter().all(|unit| unit.assessor == claimant) {
        return fails(
            STEP,
            format!("{claimant} claimed the award and is the learner's only assessor (SD-8)"),
        );
    }
    way.holds(
        STEP,
        format!(
            "Nobody verified their own judgement. Claimed by {claimant} as coordinator on {}; released by {releaser} as quality \
             manager on {}.",
            claimed.entry.on, released.entry.on
        ),
    );
    Ok(())
}
