//! Changing a person's details, with the reason.

use super::details::Details;
use crate::fact::Fact;
use crate::id::PersonId;
use crate::{Code, Decision, Fresh, Moment, Refusal, Refusals};

/// Changes a person's name, date of birth or e-mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeDetails {
    pub person: PersonId,
    pub details: Details,
    /// Why, e.g. "married name, certificate seen".
    pub because: String,
}

/// Decides on a change. Whoever may see the person's page with its forms may change them; the caller has made sure.
///
/// Refusals: `FIELD_MISSING`, `DATE_FUTURE` (see [`Details`]); `FIELD_MISSING` on `because`.
///
/// Source: practice, section 6 (amending details).
pub fn decide(act: &ChangeDetails, moment: Moment, fresh: &mut dyn Fresh) -> Result<Decision, Refusals> {
    let details = act.details.tidied();
    let mut refusals = Refusals::new();
    details.check(moment.today, &mut refusals);
    let because = act.because.trim();
    if because.is_empty() || because.chars().count() > 2_000 {
        refusals.push(
            Refusal::new(
                Code::FieldMissing,
                "The reason for the change is missing, or longer than 2,000 characters.",
            )
            .remedy("Say why the details change, and what was seen as proof.")
            .who("Whoever changes them")
            .source("practice, section 6")
            .field("because"),
        );
    }
    refusals.ok()?;
    let mut decision = Decision::new();
    let sealed = decision.seal(&act.person, "person.details", details.sealed_text(), fresh);
    let because = decision.seal(&act.person, "person.change_reason", because, fresh);
    decision.fact(Fact::PersonDetailsChanged {
        person: act.person.clone(),
        details: sealed,
        because,
    });
    Ok(decision)
}
