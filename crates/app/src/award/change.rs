//! Replacing and revoking certificates.

use super::case::{self, Shared, Standing};
use super::{face, overview, theme};
use crate::people::full_name;
use crate::printing::CertificateFace;
use crate::registration::find;
use crate::{Acting, App, Asking, Caller, Failure};
use assay_domain::award::certificate as rules;
use assay_domain::award::{
    AwardKind, CertificateCase, CertificateState, Delivery, DispatchCase, DispatchCertificate,
    MarkUndelivered, Printed, ReplaceCertificate, RevokeCertificate, dispatch, number,
};
use assay_domain::id::{AwardId, CentreId, CertificateId, RegistrationId};
use assay_domain::moment::long_date;
use assay_domain::{Fresh, Refusals};
use assay_store::Tx;
use assay_store::statements::{award as statements, people, share};
use jiff::civil::Date;
use std::collections::BTreeSet;

pub(super) struct Loaded {
    pub(super) case: CertificateCase,
    pub(super) registration: RegistrationId,
    pub(super) centre: CentreId,
    delivery: Delivery,
    kind: AwardKind,
    claim: String,
    credits: u32,
    /// The day of the award: attainment was confirmed then, whenever the replacement is printed.
    awarded_on: Date,
}

/// The name on a certificate; none once it was erased.
pub(super) fn printed_name(face: &str) -> Option<String> {
    serde_json::from_str::<CertificateFace>(face)
        .ok()
        .map(|face| face.learner_name)
}

pub(super) fn load(tx: &mut Tx<'_>, typed: &str) -> Result<Loaded, Failure> {
    let number = number::read_certificate_number(typed).ok_or(Failure::NotFound)?;
    let row = tx
        .row(&statements::FIND_CERTIFICATE_LINE, &[number.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let award: AwardId = row.parsed("award")?;
    let awarded = tx
        .row(&statements::FIND_AWARD, &[award.as_str().into()])?
        .ok_or_else(|| Failure::Fault(format!("the award of certificate {number} is missing")))?;
    let face = tx
        .row(&statements::FIND_CERTIFICATE, &[row.text("id")?.into()])?
        .map(|row| row.text("face"))
        .transpose()?
        .unwrap_or_default();
    Ok(Loaded {
        case: CertificateCase {
            certificate: row.parsed("id")?,
            printed: printed_name(&face),
            registered: full_name(&row.text("given")?, &row.text("family")?),
            award,
            learner: row.parsed("learner")?,
            number,
            state: row.parsed("state")?,
        },
        registration: row.parsed("registration")?,
        centre: row.parsed("centre")?,
        delivery: row.parsed("delivery")?,
        kind: awarded.parsed("kind")?,
        claim: awarded.text("claim")?,
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

/// Looks whether the certificate may be replaced and prints the new one, in the same name. Records nothing.
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
    let (replaces, face, look) = app.ask(caller, |asking| {
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
            &mut Shared::default(),
        )?;
        let face = compose(asking.app, asking.tx, &loaded, &standing, &number, today)?;
        let look = theme::look_of(asking.app, asking.tx, face.theme.as_ref())?;
        Ok((loaded.case.number, face, look))
    })?;
    let printed = face::print(app, &face, &look, Some(act.because.trim().to_owned()))?;
    Ok(PreparedReplacement {
        act,
        replaces,
        face,
        printed,
    })
}

pub(super) fn compose(
    app: &App,
    tx: &mut Tx<'_>,
    loaded: &Loaded,
    standing: &Standing,
    number: &str,
    today: Date,
) -> Result<CertificateFace, Failure> {
    let units = match loaded.kind {
        AwardKind::Qualification => Vec::new(),
        AwardKind::Credit => overview::units_of(tx, &standing.specification, &loaded.claim)?,
    };
    let issue = face::Issue {
        credited: face::credited(
            &standing.specification,
            units.iter().map(|unit| (unit.number.as_str(), unit.credits)),
        )?,
        credits: loaded.credits,
        number,
        on: loaded.awarded_on,
        replaces: Some(loaded.case.number.clone()),
        today,
    };
    face::compose(app, tx, standing, issue)
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
        &mut Shared::default(),
    )?;
    let number = &prepared.printed.number;
    if compose(acting.app, acting.tx, &loaded, &standing, number, moment.today)? != prepared.face {
        return Err(Failure::Conflict {
            because: "What stands on the certificate changed while it was printed. Replace it again.".into(),
        });
    }
    acting.record(decision)?;
    let words = format!(
        "was replaced on {} by certificate {number}. Whoever checks the old number is told so. The award stands.",
        long_date(moment.today)
    );
    tell(acting, &loaded, "A certificate was replaced", &words, "")?;
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
    let words = format!(
        "was revoked on {}. It proves nothing any more, and whoever checks its number is told so. The reason is on the \
         award's page; if you think it wrong, write to the awarding body.",
        long_date(today)
    );
    let shown = shown_by_link(acting, &loaded.case.award)?;
    tell(acting, &loaded, "A certificate was revoked", &words, &shown)?;
    Ok(loaded.case.award)
}

/// For whom links to an award still work, in the learner's own words and for the learner alone; blank when there is none. Whoever
/// opens one sees the revocation at once, and the learner is the only one who knows how to reach them (practice, section 20.2:
/// known holders of share links are told).
pub(super) fn shown_by_link(acting: &mut Acting<'_, '_>, award: &AwardId) -> Result<String, Failure> {
    let now = acting.moment().stored();
    let mut shown = String::new();
    for row in acting.tx.rows(&share::LIST, &[award.as_str().into()])? {
        if row.text("ends_at")? > now {
            shown.push_str(&format!("- {}\n", row.text("recipient")?));
        }
    }
    if shown.is_empty() {
        return Ok(shown);
    }
    Ok(format!(
        "\nYou showed this award by a link, which whoever has it can still open, to:\n{shown}Whoever opens it is told that the \
         certificate was revoked. Tell them yourself as well: nobody else knows how to reach them.\n"
    ))
}

/// Tells the learner and the coordinators of the centre what became of a certificate (practice, section 20.2). A message
/// names the number and no reason, which is private. `besides` is for the learner alone.
pub(super) fn tell(
    acting: &mut Acting<'_, '_>,
    loaded: &Loaded,
    subject: &str,
    words: &str,
    besides: &str,
) -> Result<(), Failure> {
    let today = acting.today();
    // A set, because the learner may be a coordinator of the centre as well.
    let mut addresses: BTreeSet<String> = acting
        .tx
        .rows(
            &statements::LIST_COORDINATOR_ADDRESSES,
            &[loaded.centre.as_str().into(), today.to_string().into()],
        )?
        .iter()
        .map(|row| row.text("email"))
        .collect::<Result<_, _>>()?;
    let learner = acting
        .tx
        .row(&people::FIND_PERSON, &[loaded.case.learner.as_str().into()])?;
    let own = learner
        .map(|row| row.optional_text("email"))
        .transpose()?
        .flatten();
    addresses.extend(own.clone());
    let (number, award) = (&loaded.case.number, &loaded.case.award);
    let public = &acting.app.surroundings().public_address;
    let body = format!("Certificate {number} {words}\n\n{public}/awards/{award}\n");
    for address in addresses {
        if own.as_ref() == Some(&address) {
            crate::outbox::put(acting, &address, subject, &format!("{body}{besides}"))?;
        } else {
            crate::outbox::put(acting, &address, subject, &body)?;
        }
    }
    Ok(())
}

fn dispatch_case(acting: &mut Acting<'_, '_>, typed: &str) -> Result<DispatchCase, Failure> {
    let actor = acting.actor()?.clone();
    let loaded = load(acting.tx, typed)?;
    find::require_seen_by(acting.tx, actor, &loaded.registration)?;
    Ok(DispatchCase {
        certificate: loaded.case,
        delivery: loaded.delivery,
    })
}

/// Record that a certificate was sent or handed over.
///
/// # Errors
/// `SignInNeeded`; `NotFound`; refusals of [`dispatch::decide_dispatch`].
pub fn dispatch(
    acting: &mut Acting<'_, '_>,
    typed: &str,
    act: &DispatchCertificate,
) -> Result<AwardId, Failure> {
    let case = dispatch_case(acting, typed)?;
    let (actor, today) = (acting.actor()?.clone(), acting.today());
    let decision = dispatch::decide_dispatch(act, &case, &actor, today, acting.fresh)?;
    acting.record(decision)?;
    Ok(case.certificate.award)
}

/// Record that a certificate came back.
///
/// # Errors
/// `SignInNeeded`; `NotFound`; refusals of [`dispatch::decide_undelivered`].
pub fn undelivered(
    acting: &mut Acting<'_, '_>,
    typed: &str,
    act: &MarkUndelivered,
) -> Result<AwardId, Failure> {
    let case = dispatch_case(acting, typed)?;
    let (actor, today, policy) = (acting.actor()?.clone(), acting.today(), acting.policy());
    let decision = dispatch::decide_undelivered(act, &case, &actor, today, &policy, acting.fresh)?;
    acting.record(decision)?;
    Ok(case.certificate.award)
}
