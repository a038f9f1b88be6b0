//! Centres: approval, the qualifications they offer, their own grade scale (CE-01, CE-13; practice, section 3).

use crate::fact::Fact;
use crate::id::CentreId;
use crate::{Actor, Code, Decision, Fresh, Moment, Refusal, Refusals, Role};
use jiff::civil::Date;

/// Approves a centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApproveCentre {
    /// The awarding body's number for the centre.
    pub number: String,
    pub name: String,
    /// The day of approval.
    pub on: Date,
}

/// Approves a centre for a qualification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferQualification {
    pub centre: CentreId,
    /// The qualification's code.
    pub qualification: String,
    pub from: Date,
}

/// Ends a centre's approval for a qualification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StopOffering {
    pub centre: CentreId,
    pub qualification: String,
    /// The last day on which learners can be registered.
    pub on: Date,
}

/// Sets or switches off the centre's own grade scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetGrades {
    pub centre: CentreId,
    /// What the centre calls its scale.
    pub scale: String,
    /// The grades, best first; none switches the scale off.
    pub grades: Vec<String>,
}

/// A stretch of days on which a centre offers a qualification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    pub from: Date,
    pub until: Option<Date>,
}

fn may_approve(actor: &Actor, act: &str) -> Result<(), Refusal> {
    if actor.is(Role::QualityManager) || actor.is(Role::Administrator) {
        Ok(())
    } else {
        actor.require(Role::QualityManager, act)
    }
}

/// Decides on approving a centre. `number_taken` says whether a centre has this number.
///
/// Refusals: `ROLE_MISSING`, `FIELD_MISSING` on `number` or `name`, `CENTRE_DUPLICATE`, `DATE_FUTURE`.
///
/// Source: CE-01; practice, section 3.1.
pub fn approve(
    act: &ApproveCentre,
    number_taken: bool,
    actor: &Actor,
    moment: Moment,
    fresh: &mut dyn Fresh,
) -> Result<(CentreId, Decision), Refusals> {
    let mut refusals = Refusals::new();
    refusals.check(may_approve(actor, "approve a centre"));
    for (text, field, longest) in [(&act.number, "number", 40), (&act.name, "name", 200)] {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > longest || text.chars().any(char::is_control) {
            refusals.push(
                Refusal::new(
                    Code::FieldMissing,
                    format!("The centre's {field} is missing, or longer than {longest} characters."),
                )
                .remedy(format!("Enter the {field} as it stands in the agreement."))
                .who("The quality manager")
                .source("CE-01")
                .field(field),
            );
        }
    }
    if number_taken {
        refusals.push(
            Refusal::new(
                Code::CentreDuplicate,
                format!(
                    "A centre with the number {} is approved already.",
                    act.number.trim()
                ),
            )
            .remedy("Look the centre up, or enter another number.")
            .who("The quality manager")
            .source("CE-01")
            .field("number"),
        );
    }
    if act.on > moment.today {
        refusals.push(
            Refusal::new(Code::DateFuture, "The day of approval lies in the future.")
                .remedy("Enter the day on which the approval was given.")
                .who("The quality manager")
                .source("practice, section 3.1")
                .field("on"),
        );
    }
    refusals.ok()?;
    let centre = CentreId::fresh(fresh);
    let fact = Fact::CentreApproved {
        centre: centre.clone(),
        number: act.number.trim().to_owned(),
        name: act.name.trim().to_owned(),
        on: act.on,
    };
    Ok((centre, Decision::of(fact)))
}

/// Decides on approving a centre for a qualification. `published` says whether a published specification has the code;
/// `offered` are the stretches of days on which the centre offered it so far.
///
/// Refusals: `ROLE_MISSING`, `REG_UNKNOWN_QUALIFICATION`, `CENTRE_DUPLICATE`.
///
/// Source: CE-01; practice, section 3.1.
pub fn offer(
    act: &OfferQualification,
    published: bool,
    offered: &[Offered],
    actor: &Actor,
) -> Result<Decision, Refusals> {
    let mut refusals = Refusals::new();
    refusals.check(may_approve(actor, "approve a centre for a qualification"));
    if !published {
        refusals.push(
            Refusal::new(
                Code::RegUnknownQualification,
                format!(
                    "No published specification has a qualification with the code {}.",
                    act.qualification
                ),
            )
            .remedy("Check the code, or publish the specification first.")
            .who("The quality manager")
            .source("CE-01, CE-03")
            .field("qualification"),
        );
    }
    let again = offered
        .iter()
        .any(|stretch| stretch.until.is_none_or(|until| act.from <= until));
    if again {
        refusals.push(
            Refusal::new(
                Code::CentreDuplicate,
                format!("The centre offers {} at that time already.", act.qualification),
            )
            .remedy("Nothing is needed; or choose a day after the end.")
            .who("The quality manager")
            .source("CE-01")
            .field("qualification"),
        );
    }
    refusals.ok()?;
    Ok(Decision::of(Fact::CentreOffersQualification {
        centre: act.centre.clone(),
        qualification: act.qualification.clone(),
        from: act.from,
    }))
}

/// Decides on ending a centre's approval for a qualification. Learners who are registered stay registered.
///
/// Refusals: `ROLE_MISSING`, `CENTRE_NOT_APPROVED` (not offered), `DATE_ORDER`.
///
/// Source: CE-01; practice, section 3.1.
pub fn stop(act: &StopOffering, offered: &[Offered], actor: &Actor) -> Result<Decision, Refusals> {
    let mut refusals = Refusals::new();
    refusals.check(may_approve(actor, "end a centre's approval for a qualification"));
    match offered.iter().find(|stretch| stretch.until.is_none()) {
        None => refusals.push(
            Refusal::new(
                Code::CentreNotApproved,
                format!("The centre does not offer {}.", act.qualification),
            )
            .remedy("Choose a qualification that the centre offers.")
            .who("The quality manager")
            .source("CE-01")
            .field("qualification"),
        ),
        Some(stretch) if act.on < stretch.from => refusals.push(
            Refusal::new(Code::DateOrder, "The last day lies before the first.")
                .remedy("Choose a later day.")
                .who("The quality manager")
                .source("CE-01")
                .field("on"),
        ),
        Some(_) => {}
    }
    refusals.ok()?;
    Ok(Decision::of(Fact::CentreStoppedOffering {
        centre: act.centre.clone(),
        qualification: act.qualification.clone(),
        on: act.on,
    }))
}

/// Decides on the centre's own grade scale. It never appears on the awarding body's papers (JU-10).
///
/// Refusals: `ROLE_MISSING`, `FIELD_MISSING` on `scale` or `grades`.
///
/// Source: CE-13.
pub fn set_grades(act: &SetGrades, actor: &Actor) -> Result<Decision, Refusals> {
    let mut refusals = Refusals::new();
    refusals.check(actor.require_at(Role::Coordinator, &act.centre, "set the centre's own grade scale"));
    let scale = act.scale.trim();
    let grades: Vec<String> = act
        .grades
        .iter()
        .map(|grade| grade.trim().to_owned())
        .filter(|grade| !grade.is_empty())
        .collect();
    let too_long = grades.iter().any(|grade| grade.chars().count() > 40) || scale.chars().count() > 80;
    let mut seen = grades.clone();
    seen.sort();
    seen.dedup();
    if !grades.is_empty()
        && (scale.is_empty()
            || grades.len() < 2
            || grades.len() > 20
            || seen.len() != grades.len()
            || too_long)
    {
        let field = if scale.is_empty() { "scale" } else { "grades" };
        refusals.push(
            Refusal::new(Code::FieldMissing, "A grade scale needs a name of at most 80 characters and 2 to 20 different grades of at most 40 characters.")
                .remedy("Enter the name and the grades, best first; leave the grades empty to switch the scale off.")
                .who("The centre coordinator")
                .source("CE-13")
                .field(field),
        );
    }
    refusals.ok()?;
    Ok(Decision::of(Fact::CentreGradesSet {
        centre: act.centre.clone(),
        scale: scale.to_owned(),
        grades,
    }))
}
