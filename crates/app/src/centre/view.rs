//! Centres as those see them who may.

use crate::people::full_name;
use crate::specification::find_qualification;
use crate::{Asking, Failure};
use assay_domain::Role;
use assay_domain::id::{CentreId, PersonId};
use assay_store::statements::{centre as statements, people};
use assay_store::{Row, StoreFault};
use jiff::civil::Date;

/// How many centres stand on a page.
pub const PAGE: i64 = 50;

/// A centre of a list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct CentreLine {
    #[schema(value_type = String)]
    pub centre: CentreId,
    pub number: String,
    pub name: String,
    #[schema(value_type = String, format = Date)]
    pub approved_on: Date,
}

/// A page of centres.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct CentresPage {
    pub centres: Vec<CentreLine>,
    /// From 1.
    pub page: u32,
    pub size: u32,
    pub total: u64,
}

/// A qualification that a centre offers or offered.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct OfferLine {
    /// The qualification's code.
    pub qualification: String,
    /// Its full title; none when no published specification has it any more.
    pub title: Option<String>,
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
}

/// Somebody who works at a centre.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct StaffLine {
    #[schema(value_type = String)]
    pub person: PersonId,
    pub name: String,
    /// What they are today.
    pub roles: Vec<HeldRole>,
}

/// A role that somebody holds at a centre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct HeldRole {
    pub role: Role,
    /// An assessor in training.
    pub countersigned: bool,
}

/// A centre with its staff and offers.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct CentreView {
    #[serde(flatten)]
    pub line: CentreLine,
    pub offers: Vec<OfferLine>,
    pub staff: Vec<StaffLine>,
    /// What the centre calls its own grade scale; none when it has none.
    pub grade_scale: Option<String>,
    /// Its grades, best first.
    pub grades: Vec<String>,
    /// Whether the caller approves centres and what they offer.
    pub may_approve: bool,
    /// Whether the caller is the centre's coordinator.
    pub may_set_grades: bool,
}

fn read(row: &Row) -> Result<CentreLine, StoreFault> {
    Ok(CentreLine {
        centre: row.parsed("id")?,
        number: row.text("number")?,
        name: row.text("name")?,
        approved_on: row.parsed("approved_on")?,
    })
}

/// The centres that the caller may see, in the order of their names.
///
/// # Errors
/// `SignInNeeded`.
pub fn list(asking: &mut Asking<'_, '_>, page: u32) -> Result<CentresPage, Failure> {
    let actor = asking.actor()?.clone();
    let page = page.clamp(1, 10_000);
    let size = u32::try_from(PAGE).unwrap_or(u32::MAX);
    if actor.is(Role::QualityManager) || actor.is(Role::Administrator) {
        let rows = asking.tx.rows(
            &statements::LIST,
            &[PAGE.into(), (i64::from(page - 1) * PAGE).into()],
        )?;
        let total = asking
            .tx
            .row(&statements::COUNT, &[])?
            .map(|row| row.int("centres"))
            .transpose()?
            .unwrap_or(0);
        let centres = rows.iter().map(read).collect::<Result<_, _>>()?;
        return Ok(CentresPage {
            centres,
            page,
            size,
            total: u64::try_from(total).unwrap_or(0),
        });
    }
    let centres = find_own(asking)?;
    Ok(CentresPage {
        total: centres.len() as u64,
        centres,
        page: 1,
        size,
    })
}

/// The centres at which the caller holds a role today, learners' included, in the order of their names.
///
/// # Errors
/// `SignInNeeded`.
pub fn find_own(asking: &mut Asking<'_, '_>) -> Result<Vec<CentreLine>, Failure> {
    let mut ids: Vec<CentreId> = asking
        .actor()?
        .grants
        .iter()
        .filter_map(|grant| grant.centre.clone())
        .collect();
    ids.sort();
    ids.dedup();
    let mut centres = Vec::new();
    for id in ids {
        if let Some(row) = asking.tx.row(&statements::FIND, &[id.as_str().into()])? {
            centres.push(read(&row)?);
        }
    }
    centres.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(centres)
}

/// The centre's row, if the caller may see it.
///
/// # Errors
/// `SignInNeeded`; `NotFound`.
pub(super) fn require_visible(asking: &mut Asking<'_, '_>, id: &CentreId) -> Result<Row, Failure> {
    let actor = asking.actor()?;
    if !(actor.is(Role::QualityManager) || actor.is(Role::Administrator) || actor.is_staff_at(id)) {
        return Err(Failure::NotFound);
    }
    asking
        .tx
        .row(&statements::FIND, &[id.as_str().into()])?
        .ok_or(Failure::NotFound)
}

/// A centre.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none, or the caller may not see it.
pub fn view(asking: &mut Asking<'_, '_>, id: &CentreId) -> Result<CentreView, Failure> {
    let row = require_visible(asking, id)?;
    let actor = asking.actor()?.clone();
    let mut offers = Vec::new();
    for offer in asking.tx.rows(&statements::LIST_OFFERED, &[id.as_str().into()])? {
        let code = offer.text("qualification")?;
        let title =
            find_qualification(asking.app, asking.tx, &code)?.map(|offered| offered.qualification.title);
        offers.push(OfferLine {
            qualification: code,
            title,
            from: offer.parsed("from_on")?,
            until: offer.optional_parsed("until_on")?,
        });
    }
    let today = asking.today().to_string();
    let rows = asking
        .tx
        .rows(&people::LIST_STAFF, &[id.as_str().into(), today.into()])?;
    let mut staff: Vec<StaffLine> = Vec::new();
    for row in &rows {
        let person: PersonId = row.parsed("person")?;
        let held = HeldRole {
            role: row.parsed("role")?,
            countersigned: row.truth("countersigned")?,
        };
        // In the order of people, so the roles of one stand together.
        match staff.last_mut().filter(|line| line.person == person) {
            Some(line) => line.roles.push(held),
            None => staff.push(StaffLine {
                person,
                name: full_name(&row.text("given")?, &row.text("family")?),
                roles: vec![held],
            }),
        }
    }
    let grades = row
        .optional_text("grades")?
        .and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default();
    Ok(CentreView {
        line: read(&row)?,
        offers,
        staff,
        grade_scale: row.optional_text("grade_scale")?,
        grades,
        may_approve: actor.is(Role::QualityManager) || actor.is(Role::Administrator),
        may_set_grades: actor.is_at(Role::Coordinator, id),
    })
}
