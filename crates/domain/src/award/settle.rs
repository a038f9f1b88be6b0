//! Certificates that were sent before dispatches were recorded here: said once, for many of them.

use crate::actor::{Actor, Role};
use crate::fact::Fact;
use crate::id::{CertificateId, PersonId};
use crate::moment::long_date;
use crate::refusal::{Code, Refusal, Refusals};
use crate::{Decision, Fresh};
use jiff::civil::Date;

/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 2_000;

/// Record that every certificate in force that was issued by a day, and whose paper still waits here, was sent by then.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
pub struct SettleDispatches {
    /// The day by which they were issued and sent; none when no day was given, which is refused.
    #[schema(value_type = Option<String>, format = Date)]
    pub sent_by: Option<Date>,
    /// How that is known. Private.
    pub because: String,
}

/// A certificate whose paper waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub certificate: CertificateId,
    pub learner: PersonId,
}

/// What must be known to settle.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettleCase {
    /// Certificates in force that were issued by the day, the oldest first; as many as are settled at once.
    pub waiting: Vec<Waiting>,
    /// The day of the first dispatch that was recorded here; none when there was none.
    pub recorded_from: Option<Date>,
}

/// Decides on settling. It counts neither for nor against the published time to dispatch, because when exactly each left is
/// not known. The actor's own certificate is left out (SD-3).
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`: not a quality manager
/// - `FIELD_MISSING` on `sent_by` and `because`; `DATE_FUTURE`: a day that has not come
/// - `DATE_ORDER`: dispatches were recorded here by that day, so what was sent then has to be recorded one by one
/// - `CERT_DELIVERY`: none waits that was issued by that day
///
/// Source: practice, section 20.2 (OH-I4.1: keep a record of all certificates).
pub fn decide(
    act: &SettleDispatches,
    case: &SettleCase,
    actor: &Actor,
    today: Date,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    actor.require(Role::QualityManager, "record what was sent before")?;
    let mut refusals = Refusals::new();
    let because = act.because.trim();
    if because.is_empty() || because.chars().count() > LONGEST_REASON {
        refusals.push(refused(
            Code::FieldMissing,
            format!("It is not said how that is known, or in more than {LONGEST_REASON} characters."),
            "Name the list, the post book or whoever sent them.",
            "because",
        ));
    }
    let Some(sent_by) = act.sent_by else {
        refusals.push(refused(
            Code::FieldMissing,
            "It is not said by which day they were sent.".to_owned(),
            "Enter a day before dispatches were first recorded here.",
            "sent_by",
        ));
        return Err(refusals);
    };
    if sent_by > today {
        refusals.push(refused(
            Code::DateFuture,
            format!("{} has not come yet.", long_date(sent_by)),
            "Enter a day that has passed.",
            "sent_by",
        ));
    }
    if let Some(from) = case.recorded_from.filter(|from| sent_by >= *from) {
        refusals.push(refused(
            Code::DateOrder,
            format!("Dispatches are recorded here since {}.", long_date(from)),
            "Enter an earlier day; what was sent since is recorded certificate by certificate.",
            "sent_by",
        ));
    }
    let settled: Vec<&Waiting> = case
        .waiting
        .iter()
        .filter(|waiting| waiting.learner != actor.person)
        .collect();
    if settled.is_empty() {
        refusals.push(refused(
            Code::CertDelivery,
            "No certificate waits that was issued by that day.".to_owned(),
            "Look into the register, under the state \"To be dispatched\".",
            "sent_by",
        ));
    }
    refusals.ok()?;
    let mut decision = Decision::new();
    for waiting in settled {
        let because = decision.seal(&waiting.learner, "certificate.dispatch", because, fresh);
        decision.fact(Fact::CertificateDispatchSettled {
            certificate: waiting.certificate.clone(),
            on: sent_by,
            because,
        });
    }
    Ok(decision)
}

fn refused(code: Code, because: String, remedy: &str, field: &'static str) -> Refusal {
    Refusal::new(code, because)
        .remedy(remedy)
        .who("The quality manager")
        .source("practice, section 20.2 (OH-I4.1)")
        .field(field)
}
