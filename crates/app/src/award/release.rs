//! The awarding body settles claims: the evidence for a release, the release with its certificate, the return.

use super::case::{self, Shared, Standing};
use super::list::{ClaimLine, read_line};
use super::{face, theme};
use crate::printing::CertificateFace;
use crate::registration::find;
use crate::{Acting, App, Asking, Caller, Failure};
use assay_domain::award::{
    AwardKind, Printed, ReleaseAward, ReleaseCase, ReturnClaim, certificate, number, release as rules,
};
use assay_domain::fact::AchievedUnit;
use assay_domain::fresh::Counted;
use assay_domain::id::{AwardId, ClaimId, JudgementId, PersonId, RegistrationId, SubmissionId};
use assay_domain::policy::Policy;
use assay_domain::{Actor, Fact, Fresh, Moment, Refusal, Role};
use assay_store::Tx;
use assay_store::statements::{award as statements, judgement};
use jiff::civil::Date;

/// How many claims stand on a page of the release list.
pub const PAGE: i64 = 25;

/// A page of claims that wait.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ReleasePage {
    pub claims: Vec<ClaimLine>,
    /// From 1.
    pub page: u32,
    pub size: u32,
    pub total: u64,
}

/// Claims that wait to be released, the oldest first.
///
/// # Errors
/// `SignInNeeded`; `NotFound` unless the caller is a quality manager.
pub fn list(asking: &mut Asking<'_, '_>, page: u32) -> Result<ReleasePage, Failure> {
    if !asking.actor()?.is(Role::QualityManager) {
        return Err(Failure::NotFound);
    }
    let page = page.clamp(1, 4000);
    let offset = i64::from(page - 1) * PAGE;
    let rows = asking
        .tx
        .rows(&statements::LIST_TO_RELEASE, &[PAGE.into(), offset.into()])?;
    let total = asking
        .tx
        .row(&statements::COUNT_TO_RELEASE, &[])?
        .map(|row| row.int("claims"))
        .transpose()?
        .unwrap_or(0);
    let claims = rows
        .iter()
        .map(|row| read_line(asking.app, asking.tx, row))
        .collect::<Result<_, _>>()?;
    Ok(ReleasePage {
        claims,
        page,
        size: u32::try_from(PAGE).unwrap_or(u32::MAX),
        total: u64::try_from(total).unwrap_or(0),
    })
}

/// What shows that a unit of a claim was achieved.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct UnitEvidence {
    pub unit: String,
    pub title: String,
    pub credits: u32,
    #[schema(value_type = String, format = Date)]
    pub achieved_on: Date,
    pub judgement: JudgementId,
    pub submission: SubmissionId,
    pub registration: RegistrationId,
    pub judged_by: String,
    #[schema(value_type = String, format = Date)]
    pub judged_on: Date,
    pub countersigned_by: Option<String>,
    /// What internal verification said, in words.
    pub verified: String,
    pub verified_by: Option<String>,
    #[schema(value_type = Option<String>, format = Date)]
    pub verified_on: Option<Date>,
}

/// A claim with what is needed to settle it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ClaimDetail {
    pub line: ClaimLine,
    pub made_by: String,
    pub units: Vec<UnitEvidence>,
    /// The sum of the units' credits, each once.
    pub credits: u32,
    /// What would be said if the caller released now; empty when they may.
    pub refusals: Vec<Refusal>,
    /// Whether the caller settles claims.
    pub settles: bool,
    /// Whether the caller is a coordinator of the centre.
    pub coordinates: bool,
}

/// A claim.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none, or the caller is neither a quality manager nor a coordinator of the
/// centre.
pub fn view(asking: &mut Asking<'_, '_>, claim: &ClaimId) -> Result<ClaimDetail, Failure> {
    let actor = asking.actor()?.clone();
    let row = asking
        .tx
        .row(&statements::FIND_CLAIM_LINE, &[claim.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let line = read_line(asking.app, asking.tx, &row)?;
    let (settles, coordinates) = (
        actor.is(Role::QualityManager),
        actor.is_at(Role::Coordinator, &line.centre),
    );
    if !(settles || coordinates) {
        return Err(Failure::NotFound);
    }
    let made_by: Option<PersonId> = row.optional_parsed("made_by")?;
    let made_by = case::name_of(asking.tx, made_by.as_ref())?;
    let refusals = if settles {
        let (moment, policy) = (asking.caller.moment, asking.policy());
        let (case, _) = load(
            asking.app,
            asking.tx,
            claim,
            moment,
            policy,
            &mut Shared::default(),
        )?;
        rules::decide(
            ReleaseAward,
            &case,
            &actor,
            moment,
            policy,
            &mut Counted::from_seed(0),
        )
        .err()
        .unwrap_or_default()
        .0
    } else {
        Vec::new()
    };
    let units = evidence(asking, claim, &line)?;
    Ok(ClaimDetail {
        credits: units.iter().map(|unit| unit.credits).sum(),
        line,
        made_by,
        units,
        refusals,
        settles,
        coordinates,
    })
}

fn evidence(
    asking: &mut Asking<'_, '_>,
    claim: &ClaimId,
    line: &ClaimLine,
) -> Result<Vec<UnitEvidence>, Failure> {
    let registration = find::require_registration(asking.tx, &line.registration)?;
    let specification = asking.app.specification(asking.tx, &registration.specification)?;
    let mut units = Vec::new();
    for row in asking
        .tx
        .rows(&statements::LIST_CLAIM_UNITS, &[claim.as_str().into()])?
    {
        let id: JudgementId = row.parsed("judgement")?;
        let signed = asking
            .tx
            .row(&judgement::FIND, &[id.as_str().into()])?
            .ok_or_else(|| Failure::Fault(format!("judgement {id} of {claim} is missing")))?;
        let submission: SubmissionId = signed.parsed("submission")?;
        let at = asking
            .tx
            .row(
                &assay_store::statements::submission::FIND,
                &[submission.as_str().into()],
            )?
            .ok_or_else(|| Failure::Fault(format!("submission {submission} is missing")))?;
        let verification = asking
            .tx
            .row(&statements::FIND_VERIFICATION, &[id.as_str().into()])?;
        let (verified, verified_by, verified_on) = match &verification {
            None => ("No internal verification is recorded".to_owned(), None, None),
            Some(row) => {
                let words = match (row.text("kind")?.as_str(), row.optional_int("agreed")?) {
                    ("not_sampled", _) => "Left out of the sample",
                    (_, Some(0)) => "Verified: disagreed",
                    _ => "Verified: agreed",
                };
                let by: Option<PersonId> = row.optional_parsed("made_by")?;
                let by = case::name_of(asking.tx, by.as_ref())?;
                (words.to_owned(), Some(by), Some(row.parsed("made_on")?))
            }
        };
        let judged_by: PersonId = signed.parsed("signed_by")?;
        let unit = row.text("unit")?;
        units.push(UnitEvidence {
            title: specification
                .find_unit_called(&unit)
                .map(|unit| unit.title.clone())
                .unwrap_or_default(),
            unit,
            credits: u32::try_from(row.int("credits")?).unwrap_or(0),
            achieved_on: row.parsed("achieved_on")?,
            judgement: id,
            submission,
            registration: at.parsed("registration")?,
            judged_by: case::name_of(asking.tx, Some(&judged_by))?,
            judged_on: signed.parsed("signed_on")?,
            countersigned_by: case::named(asking.tx, &signed, "countersigned_by")?,
            verified,
            verified_by,
            verified_on,
        });
    }
    Ok(units)
}

/// The claim and the learner's standing as they are now.
fn load(
    app: &App,
    tx: &mut Tx<'_>,
    claim: &ClaimId,
    moment: Moment,
    policy: Policy<'_>,
    shared: &mut Shared,
) -> Result<(ReleaseCase, Standing), Failure> {
    let row = tx
        .row(&statements::FIND_CLAIM, &[claim.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let registration: RegistrationId = row.parsed("registration")?;
    let units = units(tx, claim)?;
    let standing = case::load(app, tx, &registration, moment.today, policy, shared)?;
    let case = ReleaseCase {
        claim: claim.clone(),
        kind: row.parsed("kind")?,
        open: row.text("state")? == "made",
        claimed_by: row.optional_parsed("made_by")?,
        units,
        now: standing.case.clone(),
        certified: super::credit::certified(tx, &standing.row.learner)?,
    };
    Ok((case, standing))
}

fn units(tx: &mut Tx<'_>, claim: &ClaimId) -> Result<Vec<AchievedUnit>, Failure> {
    tx.rows(&statements::LIST_CLAIM_UNITS, &[claim.as_str().into()])?
        .iter()
        .map(|row| {
            Ok(AchievedUnit {
                unit: row.text("unit")?,
                credits: u32::try_from(row.int("credits")?).unwrap_or(0),
                judgement: row.parsed("judgement")?,
                achieved_on: row.parsed("achieved_on")?,
            })
        })
        .collect()
}

/// Whether the caller may know of the claim.
fn require_visible(actor: &Actor, case: &ReleaseCase) -> Result<(), Failure> {
    let seen = actor.is(Role::QualityManager) || actor.is_at(Role::Coordinator, &case.now.centre);
    if seen { Ok(()) } else { Err(Failure::NotFound) }
}

/// A release whose certificate is printed and not yet recorded.
#[derive(Debug, Clone)]
pub struct PreparedRelease {
    claim: ClaimId,
    face: CertificateFace,
    printed: Printed,
}

/// Looks whether the claim may be released and prints its certificate. Holds no transaction while it prints, and records
/// nothing.
///
/// # Errors
/// `SignInNeeded`; `NotFound`; refusals of [`rules::decide`]; `CERT_NOT_PRINTED`; a fault when the file cannot be kept.
pub fn prepare(
    app: &App,
    caller: &Caller,
    fresh: &mut dyn Fresh,
    claim: &ClaimId,
) -> Result<PreparedRelease, Failure> {
    let number = number::certificate_number(caller.moment.today.year(), &fresh.tail());
    let (face, look) = app.ask(caller, |asking| {
        let actor = asking.actor()?.clone();
        let (moment, policy) = (asking.caller.moment, asking.policy());
        let (case, standing) = load(
            asking.app,
            asking.tx,
            claim,
            moment,
            policy,
            &mut Shared::default(),
        )?;
        require_visible(&actor, &case)?;
        rules::decide(
            ReleaseAward,
            &case,
            &actor,
            moment,
            policy,
            &mut Counted::from_seed(0),
        )?;
        let face = compose(asking.app, asking.tx, &case, &standing, &number, moment.today)?;
        let look = theme::look_of(asking.app, asking.tx, face.theme.as_ref())?;
        Ok((face, look))
    })?;
    let printed = face::print(app, &face, &look, None)?;
    Ok(PreparedRelease {
        claim: claim.clone(),
        face,
        printed,
    })
}

fn compose(
    app: &App,
    tx: &mut Tx<'_>,
    case: &ReleaseCase,
    standing: &Standing,
    number: &str,
    on: Date,
) -> Result<CertificateFace, Failure> {
    let credited = match case.kind {
        AwardKind::Qualification => Vec::new(),
        AwardKind::Credit => face::credited(
            &standing.specification,
            case.units.iter().map(|unit| (unit.unit.as_str(), unit.credits)),
        )?,
    };
    let issue = face::Issue {
        credited,
        credits: case.units.iter().map(|unit| unit.credits).sum(),
        number,
        on,
        replaces: None,
        today: on,
    };
    face::compose(app, tx, standing, issue)
}

/// An award that was released.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Released {
    pub award: AwardId,
    pub registration: RegistrationId,
    pub learner_name: String,
    /// The certificate's number.
    pub certificate: String,
}

/// Records a release: the award and its certificate in one act, so that neither is ever without the other.
///
/// # Errors
/// `SignInNeeded`; `NotFound`; refusals of [`rules::decide`]; `Conflict` when what stands on the certificate has changed
/// since it was printed.
pub fn run(acting: &mut Acting<'_, '_>, prepared: &PreparedRelease) -> Result<Released, Failure> {
    let actor = acting.actor()?.clone();
    let (moment, policy) = (acting.moment(), acting.policy());
    let (case, standing) = load(
        acting.app,
        acting.tx,
        &prepared.claim,
        moment,
        policy,
        &mut Shared::default(),
    )?;
    require_visible(&actor, &case)?;
    let mut decision = rules::decide(ReleaseAward, &case, &actor, moment, policy, acting.fresh)?;
    let number = &prepared.printed.number;
    if compose(acting.app, acting.tx, &case, &standing, number, moment.today)? != prepared.face {
        return Err(Failure::Conflict {
            because: "What stands on the certificate changed while it was printed. Release it again.".into(),
        });
    }
    let award = decision.facts.iter().find_map(|fact| match fact {
        Fact::AwardReleased { award, .. } | Fact::CreditReleased { award, .. } => Some(award.clone()),
        _ => None,
    });
    let award = award.ok_or_else(|| Failure::Fault("a release without its fact".into()))?;
    decision.and(certificate::issue(
        award.clone(),
        &case.now.learner,
        &prepared.printed,
        moment.today,
        None,
        acting.fresh,
    ));
    acting.record(decision)?;
    Ok(Released {
        award,
        registration: case.now.registration,
        learner_name: prepared.face.learner_name.clone(),
        certificate: number.clone(),
    })
}

/// Return a claim to the centre, with the reason.
///
/// # Errors
/// `SignInNeeded`; `NotFound`; refusals of [`rules::decide_return`].
pub fn return_claim(acting: &mut Acting<'_, '_>, claim: &ClaimId, because: &str) -> Result<(), Failure> {
    let actor = acting.actor()?.clone();
    let (moment, policy) = (acting.moment(), acting.policy());
    let (case, _) = load(
        acting.app,
        acting.tx,
        claim,
        moment,
        policy,
        &mut Shared::default(),
    )?;
    require_visible(&actor, &case)?;
    let act = ReturnClaim {
        because: because.to_owned(),
    };
    let decision = rules::decide_return(&act, &case, &actor, acting.fresh)?;
    acting.record(decision)
}
