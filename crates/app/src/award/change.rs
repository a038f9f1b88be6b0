//! Replacing and revoking certificates.

use super::case::{self, Rules, Standing};
use super::face;
use crate::printing::CertificateFace;
use crate::registration::find;
use crate::{Acting, App, Asking, Caller, Failure};
use assay_domain::award::certificate as rules;
use assay_domain::award::{
    CertificateCase, CertificateState, Printed, ReplaceCertificate, RevokeCertificate, number,
};
use assay_domain::id::{AwardId, CertificateId, RegistrationId};
use assay_domain::{Fresh, Refusals};
use assay_store::Tx;
use assay_store::statements::award as statements;
use jiff::civil::Date;

struct Loaded {
    case: CertificateCase,
    registration: RegistrationId,
    credits: u32,
    /// The day of the award: attainment was confirmed then, whenever the replacement is printed.
    awarded_on: Date,
}

fn load(tx: &mut Tx<'_>, typed: &str) -> Result<Loaded, Failure> {
    let number = number::read_certificate_number(typed).ok_or(Failure::NotFound)?;
    let row = tx
        .row(&statements::FIND_CERTIFICATE_LINE, &[number.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let award: AwardId = row.parsed("award")?;
    let awarded = tx
        .row(&statements::FIND_AWARD, &[award.as_str().into()])?
        .ok_or_else(|| Failure::Fault(format!("the award of certificate {number} is missing")))?;
    Ok(Loaded {
        case: CertificateCase {
            certificate: row.parsed("id")?,
            award,
            learner: row.parsed("learner")?,
            number,
            state: row.parsed("state")?,
        },
        registration: row.parsed("registration")?,
        credits: u32::try_from(awarded.int("credits")?).unwrap_or(0),
        awarded_on: awarded.parsed("awarded_on")?,
    })
}

/// A certificate that is asked about before it is replaced or revoked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateToChange {
    pub certificate: CertificateId,
    pub number: String,
    pub award: AwardId,
    pub learner_name: String,
    pub state: CertificateState,
    /// What would be said if the caller changed it now, a reason given; empty when they may.
    pub refusals: Refusals,
}

/// The certificate, for the page that asks before it is changed.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none or the caller may not see it.
pub fn find(asking: &mut Asking<'_, '_>, typed: &str) -> Result<CertificateToChange, Failure> {
    let loaded = load(asking.tx, typed)?;
    let seen = find::require_seen(asking, &loaded.registration)?;
    let act = ReplaceCertificate {
        because: "asked".into(),
    };
    let refusals = rules::may_replace(&act, &loaded.case, &seen.actor)
        .err()
        .unwrap_or_default();
    Ok(CertificateToChange {
        certificate: loaded.case.certificate,
        number: loaded.case.number,
        award: loaded.case.award,
        learner_name: seen.row.learner_name(),
        state: loaded.case.state,
        refusals,
    })
}

/// A replacement that is printed and not yet recorded.
#[derive(Debug, Clone)]
pub struct PreparedReplacement {
    act: ReplaceCertificate,
    replaces: String,
    face: CertificateFace,
    printed: Printed,
}

/// Looks whether the certificate may be replaced and prints the new one, with the learner's name as it is registered now.
/// Records nothing.
///
/// # Errors
/// `SignInNeeded`; `NotFound`; refusals of [`rules::decide_replace`]; `CERT_NOT_PRINTED`; a fault when the file cannot be
/// kept.
pub fn prepare_replacement(
    app: &App,
    caller: &Caller,
    fresh: &mut dyn Fresh,
    typed: &str,
    act: ReplaceCertificate,
) -> Result<PreparedReplacement, Failure> {
    let number = number::certificate_number(caller.moment.today.year(), &fresh.tail());
    let (replaces, face) = app.ask(caller, |asking| {
        let loaded = load(asking.tx, typed)?;
        let seen = find::require_seen(asking, &loaded.registration)?;
        rules::may_replace(&act, &loaded.case, &seen.actor)?;
        let (today, policy) = (asking.today(), asking.policy());
        let standing = case::load(
            asking.app,
            asking.tx,
            &loaded.registration,
            today,
            policy,
            &mut Rules::default(),
        )?;
        Ok((
            loaded.case.number.clone(),
            compose(asking.app, &loaded, &standing, &number),
        ))
    })?;
    let printed = face::print(app, &face, Some(act.because.trim().to_owned()))?;
    Ok(PreparedReplacement {
        act,
        replaces,
        face,
        printed,
    })
}

fn compose(app: &App, loaded: &Loaded, standing: &Standing, number: &str) -> CertificateFace {
    face::compose(
        app,
        standing,
        loaded.credits,
        number,
        loaded.awarded_on,
        Some(loaded.case.number.clone()),
    )
}

/// A certificate that was issued in the place of another.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Replaced {
    pub award: AwardId,
    /// The new certificate's number.
    pub certificate: String,
}

/// Records a replacement.
///
/// # Errors
/// `SignInNeeded`; `NotFound`; refusals of [`rules::decide_replace`]; `Conflict` when what stands on the certificate has
/// changed since it was printed.
pub fn replace(acting: &mut Acting<'_, '_>, prepared: &PreparedReplacement) -> Result<Replaced, Failure> {
    let actor = acting.actor()?.clone();
    let (moment, policy) = (acting.moment(), acting.policy());
    let loaded = load(acting.tx, &prepared.replaces)?;
    find::require_seen_by(acting.tx, actor.clone(), &loaded.registration)?;
    let decision = rules::decide_replace(
        &prepared.act,
        &loaded.case,
        &prepared.printed,
        &actor,
        moment.today,
        acting.fresh,
    )?;
    let standing = case::load(
        acting.app,
        acting.tx,
        &loaded.registration,
        moment.today,
        policy,
        &mut Rules::default(),
    )?;
    let number = &prepared.printed.number;
    if compose(acting.app, &loaded, &standing, number) != prepared.face {
        return Err(Failure::Conflict {
            because: "What stands on the certificate changed while it was printed. Replace it again.".into(),
        });
    }
    acting.record(decision)?;
    Ok(Replaced {
        award: loaded.case.award,
        certificate: number.clone(),
    })
}

/// Revoke a certificate; the public check says so at once.
///
/// # Errors
/// `SignInNeeded`; `NotFound`; refusals of [`rules::decide_revoke`].
pub fn revoke(acting: &mut Acting<'_, '_>, typed: &str, act: &RevokeCertificate) -> Result<AwardId, Failure> {
    let actor = acting.actor()?.clone();
    let today = acting.today();
    let loaded = load(acting.tx, typed)?;
    find::require_seen_by(acting.tx, actor.clone(), &loaded.registration)?;
    let decision = rules::decide_revoke(act, &loaded.case, &actor, today, acting.fresh)?;
    acting.record(decision)?;
    Ok(loaded.case.award)
}
