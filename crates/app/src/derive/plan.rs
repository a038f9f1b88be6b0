//! Learning plans with all their versions, allocation of staff, messages.

use super::registration::{ASSESSOR, PLAN};
use assay_domain::fact::{Entry, Fact};
use assay_domain::{Role, Sealed};
use assay_store::statements::{plan as statements, registration, submission};
use assay_store::{StoreFault, Tx, private};

pub(super) fn apply(tx: &mut Tx<'_>, _sequence: i64, entry: &Entry) -> Result<(), StoreFault> {
    match &entry.fact {
        Fact::PlanAgreed {
            registration: of,
            version,
            units,
            goals,
            support,
            review_on,
            because,
        } => {
            tx.run(&statements::RETIRE, &[of.as_str().into()])?;
            let goals = content(tx, goals.as_ref())?;
            let support = content(tx, support.as_ref())?;
            let because = content(tx, because.as_ref())?;
            tx.run(
                &statements::ADD,
                &[
                    of.as_str().into(),
                    (*version).into(),
                    goals.into(),
                    support.into(),
                    review_on.map(|day| day.to_string()).into(),
                    because.into(),
                    (&entry.at).into(),
                    super::person(entry),
                ],
            )?;
            for (position, unit) in (1_i64..).zip(units) {
                tx.run(
                    &statements::ADD_UNIT,
                    &[
                        of.as_str().into(),
                        (*version).into(),
                        (&unit.unit).into(),
                        position.into(),
                        unit.target_on.map(|day| day.to_string()).into(),
                    ],
                )?;
            }
            tx.run(&registration::CLOSE_KIND, &[of.as_str().into(), PLAN.into()])?;
            without_assessor(
                tx,
                entry,
                of.as_str(),
                units.iter().map(|unit| unit.unit.as_str()),
            )?;
        }
        Fact::StaffAllocated {
            registration: of,
            unit,
            tutor,
            assessor,
            verifier,
        } => {
            tx.run(
                &statements::ALLOCATE,
                &[
                    of.as_str().into(),
                    unit.into(),
                    tutor.as_ref().map(|person| person.as_str()).into(),
                    assessor.as_ref().map(|person| person.as_str()).into(),
                    verifier.as_ref().map(|person| person.as_str()).into(),
                ],
            )?;
            tx.run(
                &submission::ALLOCATE,
                &[
                    of.as_str().into(),
                    unit.into(),
                    assessor.as_ref().map(|person| person.as_str()).into(),
                ],
            )?;
            let parts = [
                (tutor, Role::Tutor),
                (assessor, Role::Assessor),
                (verifier, Role::InternalVerifier),
            ];
            for (person, role) in parts {
                if let Some(person) = person {
                    tx.run(
                        &statements::KEEP_PAST,
                        &[
                            of.as_str().into(),
                            unit.into(),
                            person.as_str().into(),
                            part(role).into(),
                        ],
                    )?;
                }
            }
            if assessor.is_some() {
                tx.run(
                    &registration::CLOSE,
                    &[of.as_str().into(), ASSESSOR.into(), unit.into()],
                )?;
            }
        }
        Fact::MessageSent {
            message,
            registration,
            unit,
            to,
            text,
        } => {
            let text = private::find(tx, text.id.as_str())?.unwrap_or_default();
            tx.run(
                &statements::ADD_MESSAGE,
                &[
                    message.as_str().into(),
                    registration.as_str().into(),
                    unit.clone().into(),
                    super::person(entry),
                    to.as_str().into(),
                    text.into(),
                    (&entry.at).into(),
                ],
            )?;
        }
        Fact::PersonErased { person } => {
            tx.run(&statements::BLANK_TEXTS, &[person.as_str().into()])?;
            tx.run(&statements::BLANK_MESSAGES, &[person.as_str().into()])?;
        }
        _ => {}
    }
    Ok(())
}

/// The part of a role in an allocation, as stored.
pub fn part(role: Role) -> &'static str {
    match role {
        Role::InternalVerifier => "verifier",
        other => other.as_str(),
    }
}

/// Sealed text; none when there is none or it was erased.
fn content(tx: &mut Tx<'_>, sealed: Option<&Sealed>) -> Result<Option<String>, StoreFault> {
    match sealed {
        None => Ok(None),
        Some(sealed) => private::find(tx, sealed.id.as_str()),
    }
}

/// Opens the matter of an assessor for each planned unit that has none, and drops it for units no longer planned.
fn without_assessor<'u>(
    tx: &mut Tx<'_>,
    entry: &Entry,
    of: &str,
    units: impl Iterator<Item = &'u str>,
) -> Result<(), StoreFault> {
    let Some(row) = tx.row(&registration::FIND, &[of.into()])? else {
        return Ok(());
    };
    let centre = row.text("centre")?;
    let mut assessed = std::collections::BTreeSet::new();
    for row in tx.rows(&statements::LIST_ALLOCATIONS, &[of.into()])? {
        if row.optional_text("assessor")?.is_some() {
            assessed.insert(row.text("unit")?);
        }
    }
    tx.run(&registration::CLOSE_KIND, &[of.into(), ASSESSOR.into()])?;
    for unit in units.filter(|unit| !assessed.contains(*unit)) {
        tx.run(
            &registration::OPEN,
            &[
                of.into(),
                ASSESSOR.into(),
                unit.into(),
                (&centre).into(),
                (&entry.at).into(),
            ],
        )?;
    }
    Ok(())
}
