//! Where the paper of a certificate is: waiting to be sent, dispatched, come back undelivered.

use super::certificate::CertificateState;
use super::{CertificateCase, certificate};
use crate::actor::{Actor, Role};
use crate::fact::Fact;
use crate::policy::Policy;
use crate::refusal::{Code, Refusal, Refusals};
use crate::{Decision, Fresh};
use jiff::ToSpan;
use jiff::civil::Date;
use std::fmt;
use std::str::FromStr;

/// The states of a certificate's paper (practice, section 20.2).
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// Issued, and not sent yet.
    Waiting,
    /// Sent or handed over.
    Dispatched,
    /// Sent and come back; kept for whoever is entitled to it.
    Undelivered,
}

impl Delivery {
    /// All states.
    pub const ALL: [Delivery; 3] = [Delivery::Waiting, Delivery::Dispatched, Delivery::Undelivered];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Delivery::Waiting => "waiting",
            Delivery::Dispatched => "dispatched",
            Delivery::Undelivered => "undelivered",
        }
    }

    /// As a person reads it.
    pub fn title(self) -> &'static str {
        match self {
            Delivery::Waiting => "To be dispatched",
            Delivery::Dispatched => "Dispatched",
            Delivery::Undelivered => "Undelivered",
        }
    }
}

impl FromStr for Delivery {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Delivery::ALL
            .into_iter()
            .find(|delivery| delivery.as_str() == text)
            .ok_or_else(|| format!("expected a state of a certificate's paper, found {text:?}"))
    }
}

/// How a certificate leaves the awarding body.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum DispatchMeans {
    Post,
    TrackedPost,
    Courier,
    /// Handed over against proof of identity.
    Collected,
    /// The file itself, to an address that is known to be the learner's.
    Electronic,
}

impl DispatchMeans {
    /// All means.
    pub const ALL: [DispatchMeans; 5] = [
        DispatchMeans::Post,
        DispatchMeans::TrackedPost,
        DispatchMeans::Courier,
        DispatchMeans::Collected,
        DispatchMeans::Electronic,
    ];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            DispatchMeans::Post => "post",
            DispatchMeans::TrackedPost => "tracked_post",
            DispatchMeans::Courier => "courier",
            DispatchMeans::Collected => "collected",
            DispatchMeans::Electronic => "electronic",
        }
    }

    /// As a person reads it.
    pub fn title(self) -> &'static str {
        match self {
            DispatchMeans::Post => "Post",
            DispatchMeans::TrackedPost => "Tracked post",
            DispatchMeans::Courier => "Courier",
            DispatchMeans::Collected => "Collected in person",
            DispatchMeans::Electronic => "Sent electronically",
        }
    }
}

impl fmt::Display for DispatchMeans {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}

impl FromStr for DispatchMeans {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        DispatchMeans::ALL
            .into_iter()
            .find(|means| means.as_str() == text)
            .ok_or_else(|| format!("expected a means of dispatch, found {text:?}"))
    }
}

/// Record that a certificate was sent or handed over.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
pub struct DispatchCertificate {
    /// None when nothing was chosen, which is refused.
    pub means: Option<DispatchMeans>,
    /// To whom, or a tracking number; may be blank. Private.
    #[serde(default)]
    pub detail: String,
}

/// Record that a certificate came back.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
pub struct MarkUndelivered {
    /// What is known of why. Private.
    pub because: String,
}

/// A certificate and where its paper is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DispatchCase {
    pub certificate: CertificateCase,
    pub delivery: Delivery,
}

/// The day by which a certificate is to be dispatched: the profile's days after the claim (for a replacement: after its
/// issue). None when the profile is silent.
///
/// Source: practice, section 20.2 (OH-I4.1, OH-I4.2: publish the timescale and meet it).
pub fn due_on(asked_on: Date, policy: &Policy<'_>) -> Option<Date> {
    let (days, _) = policy.number("certificate.target")?;
    asked_on.checked_add(days.clamp(0, 3660).days()).ok()
}

/// Decides on a dispatch. What came back can be dispatched again.
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`, `SD_3`, `CERT_REVOKED` as for a replacement
/// - `CERT_DELIVERY`: it is dispatched already
/// - `FIELD_MISSING`: no means
///
/// Source: practice, section 20.2.
pub fn decide_dispatch(
    act: &DispatchCertificate,
    case: &DispatchCase,
    actor: &Actor,
    on: Date,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    let mut refusals = may(case, actor, "dispatch a certificate")?;
    if case.delivery == Delivery::Dispatched {
        refusals.push(
            Refusal::new(
                Code::CertDelivery,
                format!("Certificate {} is dispatched already.", case.certificate.number),
            )
            .remedy("Record first that it came back, then dispatch it again.")
            .who("The quality manager")
            .source("practice, section 20.2"),
        );
    }
    let Some(means) = act.means else {
        refusals.push(
            Refusal::new(Code::FieldMissing, "It is not said how the certificate leaves.")
                .remedy("Choose how it was sent or handed over.")
                .who("The quality manager")
                .source("practice, section 20.2 (OH-I4.2: to anyone entitled, to nobody else)")
                .field("means"),
        );
        return Err(refusals);
    };
    refusals.ok()?;
    let mut decision = Decision::new();
    let detail = decision.seal_optional(
        &case.certificate.learner,
        "certificate.dispatch",
        Some(&act.detail),
        fresh,
    );
    decision.fact(Fact::CertificateDispatched {
        certificate: case.certificate.certificate.clone(),
        on,
        means,
        detail,
    });
    Ok(decision)
}

/// Decides on the record that a certificate came back. It is kept for the profile's months.
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`, `SD_3`, `CERT_REVOKED` as for a replacement
/// - `CERT_DELIVERY`: it was not dispatched
/// - `FIELD_MISSING`: no reason
///
/// Source: practice, section 20.2 and section 21 (undelivered certificates).
pub fn decide_undelivered(
    act: &MarkUndelivered,
    case: &DispatchCase,
    actor: &Actor,
    on: Date,
    policy: &Policy<'_>,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    let mut refusals = may(case, actor, "record an undelivered certificate")?;
    if case.delivery != Delivery::Dispatched {
        refusals.push(
            Refusal::new(
                Code::CertDelivery,
                format!("Certificate {} is not on its way.", case.certificate.number),
            )
            .remedy("Record its dispatch first.")
            .who("The quality manager")
            .source("practice, section 20.2"),
        );
    }
    certificate::reason(&act.because, "undelivered", &mut refusals);
    refusals.ok()?;
    let mut decision = Decision::new();
    let because = decision.seal(
        &case.certificate.learner,
        "certificate.undelivered",
        act.because.trim(),
        fresh,
    );
    let keep_until = policy
        .number("certificate.undelivered_kept")
        .and_then(|(months, _)| on.checked_add(months.clamp(0, 1200).months()).ok());
    decision.fact(Fact::CertificateUndelivered {
        certificate: case.certificate.certificate.clone(),
        on,
        because,
        keep_until,
    });
    Ok(decision)
}

fn may(case: &DispatchCase, actor: &Actor, act: &str) -> Result<Refusals, Refusals> {
    actor.require(Role::QualityManager, act)?;
    let mut refusals = Refusals::new();
    certificate::not_their_own(&case.certificate, actor, &mut refusals);
    if case.certificate.state != CertificateState::Valid {
        certificate::not_in_force(&case.certificate, &mut refusals);
    }
    Ok(refusals)
}
