//! The membership of the awarding body that goes with a learner's studies.

use super::find::RegistrationRow;
use crate::{Asking, Failure};
use assay_domain::Moment;
use assay_domain::registration::RegistrationState;
use assay_domain::registration::membership::{self as rule, KEY_GRADE, Study};
use assay_store::Row;
use assay_store::statements::registration as statements;
use jiff::civil::Date;

/// A learner's membership, as a page of one of their registrations tells it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Membership {
    /// Whether the learner was a member already and none was given (MB-01).
    pub held: bool,
    /// Number of a learner who was a member already; for coordinators and the learner only.
    pub number: Option<String>,
    /// The grade of the membership given with study, such as `Affiliate`; none when the learner was a member already.
    pub grade: Option<String>,
    #[schema(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
    /// The day of completion, or of leaving; none while studies go on.
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
}

/// The membership in which a registration was made; none where the awarding body gives none.
///
/// # Errors
/// Faults of the store.
pub(super) fn of(
    asking: &mut Asking<'_, '_>,
    row: &RegistrationRow,
    private: bool,
) -> Result<Option<Membership>, Failure> {
    let mut studies = Vec::new();
    for found in asking
        .tx
        .rows(&statements::LIST_STUDIES, &[row.learner.as_str().into()])?
    {
        studies.push(study(asking, &found)?);
    }
    let registered_on = day(asking, &row.registered_at)?;
    let given = rule::given(&studies)
        .into_iter()
        .find(|membership| membership.covers(registered_on));
    let number = row.member_number.clone();
    if number.is_some() || given.is_none() {
        // Of several registrations another one may hold the number; that one shows it.
        return Ok(
            (number.is_some() || studies.iter().any(|study| study.member)).then(|| Membership {
                held: true,
                number: number.filter(|_| private),
                grade: None,
                from: None,
                until: None,
            }),
        );
    }
    let Some(given) = given else { return Ok(None) };
    // The grade in force when it began.
    let policy = asking.app.surroundings().profile.on(given.from);
    Ok(policy.text(KEY_GRADE).map(|grade| Membership {
        held: false,
        number: None,
        grade: Some(grade.to_owned()),
        from: Some(given.from),
        until: given.until,
    }))
}

fn study(asking: &Asking<'_, '_>, row: &Row) -> Result<Study, Failure> {
    let ends_on: Date = row.parsed("ends_on")?;
    let ended_on = match row.parsed::<RegistrationState>("state")? {
        RegistrationState::Awarded => row.optional_parsed("awarded_on")?,
        RegistrationState::Withdrawn => row.optional_parsed("withdrawn_on")?,
        RegistrationState::Active => (ends_on < asking.today()).then_some(ends_on),
    };
    Ok(Study {
        registered_on: day(asking, &row.text("registered_at")?)?,
        ended_on,
        member: row.optional_text("member_number")?.is_some(),
    })
}

/// The day of an instant as it is stored, where the installation is.
fn day(asking: &Asking<'_, '_>, instant: &str) -> Result<Date, Failure> {
    let at = instant
        .parse()
        .map_err(|error| Failure::Fault(format!("{instant:?} is no instant: {error}")))?;
    Ok(Moment::new(at, &asking.app.surroundings().zone).today)
}
