//! Certificates: issued with an award, replaced when lost or wrong, revoked when false.

use crate::actor::{Actor, Role};
use crate::fact::Fact;
use crate::id::{AwardId, CertificateId, PersonId};
use crate::refusal::{Code, Refusal, Refusals};
use crate::{Decision, Fresh};
use jiff::civil::Date;
use std::fmt;
use std::str::FromStr;

/// The states of a certificate (practice, section 20.2, as far as this installation's acts lead).
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
pub enum CertificateState {
    /// In force.
    Valid,
    /// Another certificate has taken its place; the award stands.
    Replaced,
    /// Taken back; it proves nothing any more.
    Revoked,
}

impl CertificateState {
    /// All states.
    pub const ALL: [CertificateState; 3] = [
        CertificateState::Valid,
        CertificateState::Replaced,
        CertificateState::Revoked,
    ];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            CertificateState::Valid => "valid",
            CertificateState::Replaced => "replaced",
            CertificateState::Revoked => "revoked",
        }
    }

    /// As a person reads it.
    pub fn title(self) -> &'static str {
        match self {
            CertificateState::Valid => "Valid",
            CertificateState::Replaced => "Replaced",
            CertificateState::Revoked => "Revoked",
        }
    }
}

impl fmt::Display for CertificateState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}

impl FromStr for CertificateState {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        CertificateState::ALL
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or_else(|| format!("expected a state of a certificate, found {text:?}"))
    }
}

/// What must be known to replace or revoke a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateCase {
    pub certificate: CertificateId,
    pub award: AwardId,
    pub learner: PersonId,
    pub number: String,
    pub state: CertificateState,
    /// The name on it; none once it was erased.
    pub printed: Option<String>,
    /// The learner's name as it is registered now.
    pub registered: String,
}

/// A certificate ready to be issued: its number and what was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// Number with check character, as printed.
    pub number: String,
    /// JSON of every field as printed and of the PDF's digest; private.
    pub face: String,
}

/// The facts by which a printed certificate is issued for an award. Whether it may be is decided by the act that it
/// belongs to: a release, or a replacement.
///
/// Source: practice, sections 20.1 and 20.2; AW-03.
pub fn issue(
    award: AwardId,
    learner: &PersonId,
    printed: &Printed,
    on: Date,
    replaces: Option<CertificateId>,
    fresh: &mut dyn Fresh,
) -> Decision {
    let mut decision = Decision::new();
    let face = decision.seal(learner, "certificate.face", printed.face.as_str(), fresh);
    decision.fact(Fact::CertificateIssued {
        certificate: CertificateId::fresh(fresh),
        award,
        number: printed.number.clone(),
        face,
        on,
        replaces,
    });
    decision
}

/// Issue another certificate in the place of one that is lost, damaged or misprinted. It says that it is a replacement.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
pub struct ReplaceCertificate {
    /// Why; kept with the certificate that is replaced.
    pub because: String,
}

/// Take a certificate back.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
pub struct RevokeCertificate {
    /// Why; kept with the certificate.
    pub because: String,
}

/// Everything that stands against replacing.
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`: not a quality manager of the awarding body
/// - `SD_3`: the learner's own certificate
/// - `CERT_REVOKED`: it is revoked, or replaced already
/// - `CERT_NAME`: the learner is registered in another name than the one on it; that name has to be proved first
///   ([`super::name_change`])
/// - `FIELD_MISSING`: no reason
pub fn may_replace(act: &ReplaceCertificate, case: &CertificateCase, actor: &Actor) -> Result<(), Refusals> {
    let mut refusals = may_change(case, actor, "replace a certificate")?;
    if let Some(printed) = case.printed.as_ref().filter(|name| **name != case.registered) {
        refusals.push(
            Refusal::new(
                Code::CertName,
                format!(
                    "The certificate is in the name of {printed}, and the learner is registered as {}.",
                    case.registered
                ),
            )
            .remedy("Another name stands on a certificate once it is proved: ask for a change of name on the award's page.")
            .who("The learner or the centre coordinator asks; the quality manager approves")
            .source("practice, sections 20.1 and 20.2"),
        );
    }
    reason(&act.because, "replaced", &mut refusals);
    refusals.ok()
}

/// Decides on a replacement.
///
/// # Errors
/// Those of [`may_replace`].
///
/// Source: practice, section 20.1 (OH-I3.3: a replacement says so) and 20.2 (a record of all replacements).
pub fn decide_replace(
    act: &ReplaceCertificate,
    case: &CertificateCase,
    printed: &Printed,
    actor: &Actor,
    on: Date,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    may_replace(act, case, actor)?;
    Ok(issue(
        case.award.clone(),
        &case.learner,
        printed,
        on,
        Some(case.certificate.clone()),
        fresh,
    ))
}

/// Decides on a revocation. It blocks verification at once and keeps the record.
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`, `SD_3` as for a replacement
/// - `CERT_REVOKED`: it is revoked, or replaced already
/// - `FIELD_MISSING`: no reason
///
/// Source: practice, section 20.2 (OH-I4.2: revoke if false through malpractice, maladministration or correction).
pub fn decide_revoke(
    act: &RevokeCertificate,
    case: &CertificateCase,
    actor: &Actor,
    on: Date,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    let mut refusals = may_change(case, actor, "revoke a certificate")?;
    reason(&act.because, "revoked", &mut refusals);
    refusals.ok()?;
    let mut decision = Decision::new();
    let because = decision.seal(&case.learner, "certificate.revocation", act.because.trim(), fresh);
    decision.fact(Fact::CertificateRevoked {
        certificate: case.certificate.clone(),
        on,
        because,
    });
    Ok(decision)
}

fn may_change(case: &CertificateCase, actor: &Actor, act: &str) -> Result<Refusals, Refusal> {
    actor.require(Role::QualityManager, act)?;
    let mut refusals = Refusals::new();
    not_their_own(case, actor, &mut refusals);
    if case.state != CertificateState::Valid {
        not_in_force(case, &mut refusals);
    }
    Ok(refusals)
}

pub(super) fn not_their_own(case: &CertificateCase, actor: &Actor, refusals: &mut Refusals) {
    if actor.person == case.learner {
        refusals.push(
            Refusal::new(Code::Sd3, "Nobody changes their own certificate.")
                .remedy("Another quality manager has to do it.")
                .who("Another quality manager")
                .source("practice, section 1, SD-3"),
        );
    }
}

pub(super) fn not_in_force(case: &CertificateCase, refusals: &mut Refusals) {
    refusals.push(
        Refusal::new(
            Code::CertRevoked,
            format!("Certificate {} is {}.", case.number, case.state.as_str()),
        )
        .remedy("Look at the award's page for the certificate in force.")
        .who("Nobody")
        .source("practice, section 20.2"),
    );
}

pub(super) fn reason(because: &str, done: &str, refusals: &mut Refusals) {
    if because.trim().is_empty() {
        refusals.push(
            Refusal::new(
                Code::FieldMissing,
                format!("It is not said why the certificate is {done}."),
            )
            .remedy("Write why, so that the record says it.")
            .who("The quality manager")
            .source("practice, section 20.2 (OH-I4.1)")
            .field("because"),
        );
    }
}
