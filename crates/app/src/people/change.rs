//! Changing a person's details.

use super::require_in_sole_care;
use crate::{Acting, Failure};
use assay_domain::id::PersonId;
use assay_domain::people::Details;
use assay_domain::people::change::{ChangeDetails, decide};
use jiff::civil::Date;

/// New details, as typed on the page or sent to the API.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDetails {
    pub given: String,
    pub family: String,
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub born_on: Option<Date>,
    #[serde(default)]
    pub email: Option<String>,
    /// Why they change, and what was seen as proof.
    pub because: String,
}

/// Changes a person's details.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when the caller may not look after them alone; refusals of [`decide`].
pub fn run(acting: &mut Acting<'_, '_>, person: PersonId, input: NewDetails) -> Result<(), Failure> {
    require_in_sole_care(&mut acting.asking(), &person)?;
    let details = Details {
        given: input.given,
        family: input.family,
        born_on: input.born_on,
        email: input.email,
    };
    let decision = decide(
        &ChangeDetails {
            person,
            details,
            because: input.because,
        },
        acting.moment(),
        acting.fresh,
    )?;
    acting.record(decision)
}
