//! An award as those see it who may: units, credits, certificates, what comes next.

use super::case;
use super::correction::{self, CorrectionLine};
use super::list::called;
use super::name_change::{self, NameChangeLine};
use super::register::{self, CertificateLine};
use crate::judgement::grading;
use crate::registration::find::{self, Seen};
use crate::{Asking, Failure};
use assay_domain::Role;
use assay_domain::award::{AwardKind, CertificateState, Delivery, DispatchMeans};
use assay_domain::id::{AwardId, PersonId, RegistrationId, SpecificationId};
use assay_specification::Specification;
use assay_store::Tx;
use assay_store::statements::award as statements;
use jiff::civil::Date;

/// A unit of an award.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct AwardedUnit {
    pub number: String,
    pub reference: String,
    pub title: String,
    pub level: u32,
    pub credits: u32,
    #[schema(value_type = String, format = Date)]
    pub achieved_on: Date,
    /// The result of a graded unit: `pass`, `merit` or `distinction`; absent where the unit is not graded (AW-07).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
}

/// An award. It holds no grade (AW-07).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct AwardView {
    pub award: AwardId,
    /// `award` or `credit`.
    #[schema(value_type = String)]
    pub kind: AwardKind,
    pub registration: RegistrationId,
    pub learner_name: String,
    pub learner_number: String,
    /// Title exactly as printed, with its code and number. For unit credit the units, the code of the qualification on which the learner
    /// is registered, and no number.
    pub title: String,
    pub qualification: String,
    pub qualification_number: String,
    pub level: u32,
    #[schema(value_type = String, format = Date)]
    pub awarded_on: Date,
    pub released_by: String,
    /// When it was withdrawn, because a result that it counts was corrected.
    #[schema(value_type = Option<String>, format = Date)]
    pub withdrawn_on: Option<Date>,
    pub centre_name: String,
    pub units: Vec<AwardedUnit>,
    /// The sum of the units' credits, each once (AW-04).
    pub credits: u32,
    pub minimum_credits: u32,
    /// Every certificate of the award, the last first.
    pub certificates: Vec<CertificateLine>,
    /// What became of the papers, the earliest first; for those entitled to them.
    pub steps: Vec<DeliveryStep>,
    /// Requests for the certificate in another name, the last first; for those entitled to it.
    pub name_changes: Vec<NameChangeLine>,
    /// Corrections of its results, the last first; for the staff who may see it.
    pub corrections: Vec<CorrectionLine>,
    /// Whether the caller can say that a result of it is wrong.
    pub may_flag: bool,
    /// Titles of the qualifications that the syllabus recommends next (QS-08).
    pub progression: Vec<String>,
    /// Whether it is the caller's own award.
    pub own: bool,
    /// Whether the caller may have certificate and transcript: the learner, a coordinator of the centre, a quality manager
    /// (practice, section 20.2: to anyone entitled, to nobody else).
    pub entitled: bool,
    /// Whether the caller may replace and revoke certificates.
    pub may_change: bool,
}

impl AwardView {
    /// Whether somebody entitled can ask for the certificate in another name.
    pub fn may_ask_for_a_name(&self) -> bool {
        self.entitled
            && self.current().is_some_and(|current| {
                !self
                    .name_changes
                    .iter()
                    .any(|line| line.state.is_open() && line.certificate == current.number)
            })
    }

    /// The certificate in force.
    pub fn current(&self) -> Option<&CertificateLine> {
        self.certificates
            .iter()
            .find(|line| line.state == CertificateState::Valid)
    }
}

/// A step of a certificate's paper.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct DeliveryStep {
    /// Number of the certificate.
    pub number: String,
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// Where the paper was then.
    pub delivery: Delivery,
    /// How it left.
    pub means: Option<DispatchMeans>,
    /// To whom, a tracking number, or why it came back.
    pub detail: Option<String>,
    /// The last day on which what came back is kept.
    #[schema(value_type = Option<String>, format = Date)]
    pub keep_until: Option<Date>,
    pub by: String,
}

fn steps(asking: &mut Asking<'_, '_>, award: &AwardId) -> Result<Vec<DeliveryStep>, Failure> {
    let mut steps = Vec::new();
    for row in asking
        .tx
        .rows(&statements::LIST_DELIVERIES_OF, &[award.as_str().into()])?
    {
        let by: Option<PersonId> = row.optional_parsed("made_by")?;
        steps.push(DeliveryStep {
            number: row.text("number")?,
            on: row.parsed("on_day")?,
            delivery: row.parsed("kind")?,
            means: row.optional_parsed("means")?,
            detail: row.optional_text("detail")?,
            keep_until: row.optional_parsed("keep_until")?,
            by: case::name_of(asking.tx, by.as_ref())?,
        });
    }
    Ok(steps)
}

/// The units of an award, as they were claimed.
pub(crate) fn units_of(
    tx: &mut Tx<'_>,
    specification: &Specification,
    claim: &str,
) -> Result<Vec<AwardedUnit>, Failure> {
    let mut units = Vec::new();
    for found in tx.rows(&statements::LIST_CLAIM_UNITS, &[claim.into()])? {
        let number = found.text("unit")?;
        let unit = specification.find_unit_called(&number);
        let result = match unit {
            Some(unit) => grading::of_judgement(tx, unit, &found.text("judgement")?)?,
            None => None,
        };
        units.push(AwardedUnit {
            result: result.and_then(|graded| graded.reached),
            reference: unit.map(|unit| unit.reference.to_string()).unwrap_or_default(),
            title: unit.map(|unit| unit.title.clone()).unwrap_or_default(),
            level: unit.map(|unit| u32::from(unit.level)).unwrap_or_default(),
            number,
            credits: u32::try_from(found.int("credits")?).unwrap_or(0),
            achieved_on: found.parsed("achieved_on")?,
        });
    }
    Ok(units)
}

/// Whether somebody may have the papers of an award.
pub(crate) fn entitled(seen: &Seen) -> bool {
    seen.own() || seen.coordinates() || seen.actor.is(Role::QualityManager)
}

/// An award.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none or the caller may not see its registration.
pub fn view(asking: &mut Asking<'_, '_>, award: &AwardId) -> Result<AwardView, Failure> {
    let row = asking
        .tx
        .row(&statements::FIND_AWARD, &[award.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let seen = find::require_seen(asking, &row.parsed("registration")?)?;
    let specification = asking.app.specification(asking.tx, &seen.row.specification)?;
    let code = row.text("qualification")?;
    let qualification = specification
        .find_qualification(&code)
        .ok_or_else(|| Failure::Fault(format!("{award}: {code} is not in its specification")))?;
    let units = units_of(asking.tx, &specification, &row.text("claim")?)?;
    let (kind, title, qualification_number) = called(asking.tx, &specification, &code, &row, "claim")?;
    let level = match kind {
        AwardKind::Qualification => u32::from(qualification.level),
        AwardKind::Credit => units.iter().map(|unit| unit.level).max().unwrap_or(0),
    };
    let policy = asking.policy();
    let certificates = asking
        .tx
        .rows(&statements::LIST_CERTIFICATES_OF, &[award.as_str().into()])?
        .iter()
        .map(|row| register::read(asking.app, asking.tx, &policy, row))
        .collect::<Result<_, _>>()?;
    let (steps, name_changes) = if entitled(&seen) {
        (steps(asking, award)?, name_change::of_award(asking.tx, award)?)
    } else {
        Default::default()
    };
    let withdrawn_on: Option<Date> = row.optional_parsed("withdrawn_on")?;
    let staff = correction::is_staff(&seen);
    let corrections = if staff {
        correction::of_award(asking.tx, award)?
    } else {
        Vec::new()
    };
    let released_by: Option<PersonId> = row.optional_parsed("released_by")?;
    Ok(AwardView {
        award: award.clone(),
        kind,
        registration: seen.row.id.clone(),
        learner_name: seen.row.learner_name(),
        learner_number: seen.row.number.clone(),
        title,
        qualification: code,
        qualification_number,
        level,
        awarded_on: row.parsed("awarded_on")?,
        released_by: case::name_of(asking.tx, released_by.as_ref())?,
        centre_name: seen.row.centre_name.clone(),
        credits: units.iter().map(|unit| unit.credits).sum(),
        units,
        minimum_credits: qualification.minimum_credits,
        certificates,
        steps,
        name_changes,
        may_flag: staff && withdrawn_on.is_none() && !corrections.iter().any(|line| line.state.is_open()),
        corrections,
        withdrawn_on,
        progression: match kind {
            AwardKind::Qualification => specification.document.progression.clone(),
            AwardKind::Credit => Vec::new(),
        },
        own: seen.own(),
        entitled: entitled(&seen),
        may_change: seen.actor.is(Role::QualityManager),
    })
}

/// One of a learner's own awards.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct OwnAward {
    pub award: AwardId,
    /// `award` or `credit`.
    #[schema(value_type = String)]
    pub kind: AwardKind,
    pub registration: RegistrationId,
    pub title: String,
    #[schema(value_type = String, format = Date)]
    pub awarded_on: Date,
    /// Number of the certificate in force (AW-03).
    pub certificate: Option<String>,
    /// When it was withdrawn, because a result that it counts was corrected.
    #[schema(value_type = Option<String>, format = Date)]
    pub withdrawn_on: Option<Date>,
}

/// The caller's own awards, the last first.
///
/// # Errors
/// `SignInNeeded`.
pub fn own(asking: &mut Asking<'_, '_>) -> Result<Vec<OwnAward>, Failure> {
    let person = asking.person()?;
    let mut awards = Vec::new();
    for row in asking
        .tx
        .rows(&statements::LIST_AWARDS_OF_LEARNER, &[person.as_str().into()])?
    {
        let specification: SpecificationId = row.parsed("specification")?;
        let specification = asking.app.specification(asking.tx, &specification)?;
        let code = row.text("qualification")?;
        let (kind, title, _) = called(asking.tx, &specification, &code, &row, "claim")?;
        awards.push(OwnAward {
            award: row.parsed("id")?,
            kind,
            registration: row.parsed("registration")?,
            title,
            awarded_on: row.parsed("awarded_on")?,
            certificate: row.optional_text("certificate")?,
            withdrawn_on: row.optional_parsed("withdrawn_on")?,
        });
    }
    Ok(awards)
}
