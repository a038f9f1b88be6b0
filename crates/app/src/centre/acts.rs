//! Acts on centres.

use super::view::require_visible;
use crate::specification::find_qualification;
use crate::{Acting, Failure};
use assay_domain::centre::{self, ApproveCentre, OfferQualification, Offered, SetGrades, StopOffering};
use assay_domain::id::CentreId;
use assay_domain::{Actor, Role};
use assay_store::statements::centre as statements;
use jiff::civil::Date;

/// A centre to be approved, as typed on the page or sent to the API.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCentre {
    /// The awarding body's number for the centre.
    pub number: String,
    pub name: String,
    /// The day of approval; today when left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub on: Option<Date>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct CentreApproved {
    #[schema(value_type = String)]
    pub centre: CentreId,
}

/// Approves a centre.
///
/// # Errors
/// `SignInNeeded`; refusals of [`centre::approve`].
pub fn approve(acting: &mut Acting<'_, '_>, input: NewCentre) -> Result<CentreApproved, Failure> {
    let actor = approver(acting)?;
    let taken = acting
        .tx
        .row(&statements::FIND_BY_NUMBER, &[input.number.trim().into()])?
        .is_some();
    let act = ApproveCentre {
        number: input.number,
        name: input.name,
        on: input.on.unwrap_or(acting.today()),
    };
    let (centre, decision) = centre::approve(&act, taken, &actor, acting.moment(), acting.fresh)?;
    acting.record(decision)?;
    Ok(CentreApproved { centre })
}

/// Somebody who approves centres; for everybody else the acts are not there.
fn approver(acting: &Acting<'_, '_>) -> Result<Actor, Failure> {
    let actor = acting.actor()?;
    if actor.is(Role::QualityManager) || actor.is(Role::Administrator) {
        Ok(actor.clone())
    } else {
        Err(Failure::NotFound)
    }
}

/// A qualification to be offered.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOffer {
    /// The qualification's code, title or number.
    pub qualification: String,
    /// First day; today when left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
}

/// Approves a centre for a qualification.
///
/// # Errors
/// `SignInNeeded`; `NotFound`; refusals of [`centre::offer`].
pub fn offer(acting: &mut Acting<'_, '_>, id: CentreId, input: NewOffer) -> Result<(), Failure> {
    let actor = approver(acting)?;
    require_visible(&mut acting.asking(), &id)?;
    let published = find_qualification(acting.app, acting.tx, &input.qualification)?;
    let code = published.map(|offered| offered.qualification.code);
    let act = OfferQualification {
        centre: id,
        qualification: code
            .clone()
            .unwrap_or_else(|| input.qualification.trim().chars().take(80).collect()),
        from: input.from.unwrap_or(acting.today()),
    };
    let offered = list_stretches(acting, &act.centre, &act.qualification)?;
    let decision = centre::offer(&act, code.is_some(), &offered, &actor)?;
    acting.record(decision)
}

fn list_stretches(
    acting: &mut Acting<'_, '_>,
    id: &CentreId,
    qualification: &str,
) -> Result<Vec<Offered>, Failure> {
    let mut stretches = Vec::new();
    for row in acting.tx.rows(&statements::LIST_OFFERED, &[id.as_str().into()])? {
        if row.text("qualification")? == qualification {
            stretches.push(Offered {
                from: row.parsed("from_on")?,
                until: row.optional_parsed("until_on")?,
            });
        }
    }
    Ok(stretches)
}

/// The end of an offer.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferEnd {
    /// The last day on which learners can be registered.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
}

/// Ends a centre's approval for a qualification.
///
/// # Errors
/// `SignInNeeded`; `NotFound`; refusals of [`centre::stop`].
pub fn stop_offering(
    acting: &mut Acting<'_, '_>,
    id: CentreId,
    qualification: String,
    input: OfferEnd,
) -> Result<(), Failure> {
    let actor = approver(acting)?;
    require_visible(&mut acting.asking(), &id)?;
    let offered = list_stretches(acting, &id, &qualification)?;
    let decision = centre::stop(
        &StopOffering {
            centre: id,
            qualification,
            on: input.on,
        },
        &offered,
        &actor,
    )?;
    acting.record(decision)
}

/// The centre's own grade scale; no grades switch it off.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGrades {
    #[serde(default)]
    pub scale: String,
    /// Best first.
    #[serde(default)]
    pub grades: Vec<String>,
}

/// Sets the centre's own grade scale.
///
/// # Errors
/// `SignInNeeded`; `NotFound`; refusals of [`centre::set_grades`].
pub fn set_grades(acting: &mut Acting<'_, '_>, id: CentreId, input: NewGrades) -> Result<(), Failure> {
    require_visible(&mut acting.asking(), &id)?;
    let actor = acting.actor()?.clone();
    let decision = centre::set_grades(
        &SetGrades {
            centre: id,
            scale: input.scale,
            grades: input.grades,
        },
        &actor,
    )?;
    acting.record(decision)
}
