//! Loading what must be known to claim or release an award.

use crate::registration::find::{self, RegistrationRow};
use crate::registration::syllabus;
use crate::{App, Failure};
use assay_domain::award::{ClaimCase, VerifiedUnit};
use assay_domain::id::{CentreId, JudgementId, PersonId, RegistrationId, SubmissionId};
use assay_domain::policy::Policy;
use assay_domain::registration::RegistrationState;
use assay_domain::submission::SubmissionState;
use assay_specification::rule::Selection;
use assay_specification::{Qualification, Specification};
use assay_store::statements::{award as statements, centre, plan};
use assay_store::{Row, StoreFault, Tx};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::Arc;

/// A unit that a learner has achieved, each once, wherever it was (QS-20).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct AchievedUnit {
    /// Number, e.g. `7020V1`.
    pub unit: String,
    pub title: String,
    pub level: u32,
    pub credits: u32,
    #[schema(value_type = String, format = Date)]
    pub achieved_on: Date,
    pub judgement: JudgementId,
    pub submission: SubmissionId,
    /// The learner's number on the earlier registration where it was achieved; none when it was this one.
    pub from_registration: Option<String>,
    /// Whether it counts towards the award.
    pub counts: bool,
}

/// A unit of the plan whose result is not final yet.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct OpenUnit {
    pub unit: String,
    pub title: String,
    /// How far it is, in words.
    pub state: String,
}

/// How a learner stands towards the award of their registration.
pub struct Standing {
    pub row: RegistrationRow,
    pub specification: Arc<Specification>,
    pub qualification: Qualification,
    pub case: ClaimCase,
    pub units: Vec<AchievedUnit>,
    pub open_units: Vec<OpenUnit>,
    /// The smallest sets of further units with which the rule would be met; empty when it is.
    pub ways: Vec<Vec<String>>,
}

/// What many learners of a list have in common, looked up once: what centres offer, whether a verifier is in post.
#[derive(Default)]
pub struct Shared {
    /// By centre and qualification.
    offered: HashMap<(CentreId, String), bool>,
    verifier: HashMap<CentreId, bool>,
}

impl Shared {
    fn offered(&mut self, tx: &mut Tx<'_>, row: &RegistrationRow, today: Date) -> Result<bool, StoreFault> {
        let key = (row.centre.clone(), row.qualification.clone());
        if let Some(found) = self.offered.get(&key) {
            return Ok(*found);
        }
        let offered = offers(tx, row, today)?;
        self.offered.insert(key, offered);
        Ok(offered)
    }

    fn verifier(&mut self, tx: &mut Tx<'_>, centre: &CentreId, today: Date) -> Result<bool, StoreFault> {
        if let Some(found) = self.verifier.get(centre) {
            return Ok(*found);
        }
        let found = tx
            .row(
                &statements::FIND_VERIFIER_IN_POST,
                &[centre.as_str().into(), today.to_string().into()],
            )?
            .is_some();
        self.verifier.insert(centre.clone(), found);
        Ok(found)
    }
}

/// Loads how a learner stands on a day, whoever asks.
///
/// # Errors
/// `NotFound` when there is no such registration; a fault when its qualification is missing or its rule cannot be read.
pub fn load(
    app: &App,
    tx: &mut Tx<'_>,
    registration: &RegistrationId,
    today: Date,
    policy: Policy<'_>,
    shared: &mut Shared,
) -> Result<Standing, Failure> {
    let row = find::require_registration(tx, registration)?;
    let pinned = syllabus::pinned(app, tx, &row.specification, &row.qualification)?;
    let qualification = pinned.qualification()?.clone();
    let prepared = pinned.rule(app)?;
    let specification = pinned.specification;

    let mut achieved: Vec<VerifiedUnit> = Vec::new();
    let mut units: Vec<AchievedUnit> = Vec::new();
    let mut selection = Selection::default();
    for found in tx.rows(&statements::LIST_ACHIEVED, &[row.learner.as_str().into()])? {
        let number = found.text("unit")?;
        // A unit of another syllabus counts only when this one has it too; the earliest result is the one that counts.
        let Some(unit) = specification.find_unit_called(&number) else {
            continue;
        };
        if !selection.units.insert(unit.number.clone()) {
            continue;
        }
        let judgement: JudgementId = found.parsed("judgement")?;
        let achieved_on = found.parsed("achieved_on")?;
        let from: RegistrationId = found.parsed("registration")?;
        achieved.push(VerifiedUnit {
            unit: unit.number.to_string(),
            credits: unit.credits,
            judgement: judgement.clone(),
            assessed_by: found.parsed("signed_by")?,
            achieved_on,
        });
        units.push(AchievedUnit {
            unit: unit.number.to_string(),
            title: unit.title.clone(),
            level: u32::from(unit.level),
            credits: unit.credits,
            achieved_on,
            judgement,
            submission: found.parsed("submission")?,
            from_registration: (from != row.id).then(|| found.text("number")).transpose()?,
            counts: false,
        });
    }
    let verdict = prepared.judge(&selection).award;
    let counted: Vec<String> = verdict
        .counted
        .iter()
        .map(|counted| counted.unit.to_string())
        .collect();
    for unit in &mut units {
        unit.counts = counted.contains(&unit.unit);
    }
    let ways = verdict
        .smallest_additions
        .iter()
        .map(|way| way.iter().map(ToString::to_string).collect())
        .collect();
    let open_units = open_units(tx, &row, &specification, &achieved)?;

    let case = ClaimCase {
        registration: row.id.clone(),
        learner: row.learner.clone(),
        centre: row.centre.clone(),
        qualification: qualification.code.clone(),
        title: qualification.title.clone(),
        registration_active: row.state == RegistrationState::Active,
        start_on: row.start_on,
        ends_on: row.ends_on,
        name_complete: !row.given.trim().is_empty() && !row.family.trim().is_empty(),
        identity_confirmed: row.identity.is_some(),
        centre_offers: shared.offered(tx, &row, today)?,
        certification_ends: certification_ends(&specification, &qualification, policy),
        verifier_in_post: shared.verifier(tx, &row.centre, today)?,
        achieved,
        open_units: open_units
            .iter()
            .map(|open| (open.unit.clone(), open.state.to_lowercase()))
            .collect(),
        rule_reasons: verdict.reasons.iter().map(ToString::to_string).collect(),
        counted,
        already_awarded: tx
            .row(&statements::FIND_AWARD_OF_REGISTRATION, &[row.id.as_str().into()])?
            .is_some(),
        open_claim: tx
            .row(&plan::FIND_OPEN_CLAIM, &[row.id.as_str().into()])?
            .is_some(),
    };
    Ok(Standing {
        row,
        specification,
        qualification,
        case,
        units,
        open_units,
        ways,
    })
}

/// The last day on which a qualification may be claimed: the document's own, else counted from the end of registration
/// by the profile (practice, section 2.4). None when neither says.
pub fn certification_ends(
    specification: &Specification,
    qualification: &Qualification,
    policy: Policy<'_>,
) -> Option<Date> {
    let dates = specification.dates_of(qualification);
    if dates.certification_ends.is_some() {
        return dates.certification_ends;
    }
    let key = format!(
        "certification.after_end.{}",
        qualification.size.word().to_lowercase()
    );
    let (years, _) = policy.number(&key)?;
    Some(
        dates
            .registration_ends
            .saturating_add(years.clamp(0, 100).years()),
    )
}

fn offers(tx: &mut Tx<'_>, row: &RegistrationRow, today: Date) -> Result<bool, StoreFault> {
    for offer in tx.rows(&centre::LIST_OFFERED, &[row.centre.as_str().into()])? {
        let from: Date = offer.parsed("from_on")?;
        let until: Option<Date> = offer.optional_parsed("until_on")?;
        if offer.text("qualification")? == row.qualification
            && from <= today
            && until.is_none_or(|until| today <= until)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

fn open_units(
    tx: &mut Tx<'_>,
    row: &RegistrationRow,
    specification: &Specification,
    achieved: &[VerifiedUnit],
) -> Result<Vec<OpenUnit>, StoreFault> {
    let mut open = Vec::new();
    for planned in tx.rows(&statements::LIST_OPEN_UNITS, &[row.id.as_str().into()])? {
        let unit = planned.text("unit")?;
        if achieved.iter().any(|achieved| achieved.unit == unit) {
            continue;
        }
        let state: Option<SubmissionState> = planned.optional_parsed("state")?;
        open.push(OpenUnit {
            title: specification
                .find_unit_called(&unit)
                .map(|unit| unit.title.clone())
                .unwrap_or_default(),
            unit,
            state: state
                .map_or("Not handed in yet", SubmissionState::title)
                .to_owned(),
        });
    }
    Ok(open)
}

/// The name of the person in a column; none when it is empty.
pub(super) fn named(tx: &mut Tx<'_>, row: &Row, column: &str) -> Result<Option<String>, StoreFault> {
    let person: Option<PersonId> = row.optional_parsed(column)?;
    match person {
        Some(person) => name_of(tx, Some(&person)).map(Some),
        None => Ok(None),
    }
}

/// The name of somebody who acted; for the installation itself, or an id without a person, a dash.
pub(super) fn name_of(tx: &mut Tx<'_>, person: Option<&PersonId>) -> Result<String, StoreFault> {
    let found = match person {
        Some(person) => crate::people::find_name(tx, person)?,
        None => None,
    };
    Ok(found.unwrap_or_else(|| "–".to_owned()))
}
