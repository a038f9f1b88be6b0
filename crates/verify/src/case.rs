//! The facts of a dossier, sorted for the questions that are asked of them.

use crate::{Fails, fails};
use assay_certify::evidence::ShownEvidence;
use assay_certify::{Disclosure, Dossier, Fact, Numbered, Proven};
use assay_specification::{Format, Specification};
use std::collections::BTreeMap;

/// What is known of the award.
pub(crate) struct Case<'d> {
    pub award: &'d str,
    pub origin: &'d str,
    pub as_of: &'d str,
    pub facts: &'d [Numbered],
    pub specifications: BTreeMap<&'d str, Specification>,
    pub face: Option<&'d Disclosure>,
    pub evidence: &'d [ShownEvidence],
}

/// A learner's registration.
pub(crate) struct Registration<'d> {
    pub fact: &'d Numbered,
    pub id: &'d str,
    pub learner: &'d str,
    pub centre: &'d str,
    pub specification: &'d str,
    pub qualification: &'d str,
    pub start_on: jiff::civil::Date,
    pub ends_on: jiff::civil::Date,
    /// Whether identity was confirmed at registering.
    pub identity_confirmed: bool,
}

impl<'d> Case<'d> {
    /// # Errors
    /// A specification cannot be read.
    pub fn of(dossier: &'d Dossier, proven: &'d Proven) -> Result<Case<'d>, Fails> {
        let mut specifications = BTreeMap::new();
        for held in &dossier.specifications {
            let format = if held.format == "json" {
                Format::Json
            } else {
                Format::Toml
            };
            match Specification::read(&held.text, format) {
                Ok(specification) => specifications.insert(held.id.as_str(), specification),
                Err(complaints) => {
                    let first = complaints.first().map(ToString::to_string).unwrap_or_default();
                    return fails("specification", format!("{} cannot be read: {first}", held.id));
                }
            };
        }
        Ok(Case {
            award: &dossier.award,
            origin: &proven.checkpoint.origin,
            as_of: &proven.statement.at,
            facts: &proven.facts,
            specifications,
            face: dossier.face.as_ref(),
            evidence: &dossier.evidence,
        })
    }

    /// The facts for which `pick` answers something, in order.
    pub fn all<T>(&self, pick: impl Fn(&'d Fact) -> Option<T>) -> Vec<(&'d Numbered, T)> {
        self.facts
            .iter()
            .filter_map(|fact| Some((fact, pick(&fact.entry.fact)?)))
            .collect()
    }

    /// The one fact for which `pick` answers something.
    ///
    /// # Errors
    /// There is none, or more than one.
    pub fn one<T>(
        &self,
        step: &'static str,
        what: &str,
        pick: impl Fn(&'d Fact) -> Option<T>,
    ) -> Result<(&'d Numbered, T), Fails> {
        let mut found = self.all(pick);
        match (found.pop(), found.is_empty()) {
            (Some(one), true) => Ok(one),
            (None, _) => fails(step, format!("no fact says that {what}")),
            (Some(_), false) => fails(step, format!("more than one fact says that {what}")),
        }
    }

    /// # Errors
    /// There is no such registration.
    pub fn registration(&self, id: &str) -> Result<Registration<'d>, Fails> {
        let what = format!("the learner was registered ({id})");
        let (_, found) = self.one("registration", &what, |fact| match fact {
            Fact::LearnerRegistered { registration, .. } if registration == id => Some(fact),
            _ => None,
        })?;
        let fact = self
            .facts
            .iter()
            .find(|numbered| std::ptr::eq(&numbered.entry.fact, found));
        match (found, fact) {
            (
                Fact::LearnerRegistered {
                    registration,
                    learner,
                    centre,
                    specification,
                    qualification,
                    start_on,
                    ends_on,
                    identity,
                },
                Some(fact),
            ) => Ok(Registration {
                fact,
                id: registration,
                learner,
                centre,
                specification,
                qualification,
                start_on: *start_on,
                ends_on: *ends_on,
                identity_confirmed: identity.is_some(),
            }),
            _ => fails("registration", what),
        }
    }

    /// # Errors
    /// It is not in the dossier.
    pub fn specification(&self, id: &str) -> Result<&Specification, Fails> {
        match self.specifications.get(id) {
            Some(found) => Ok(found),
            None => fails("specification", format!("the text of {id} is not in the file")),
        }
    }
}

/// Who acted.
///
/// # Errors
/// Nobody is named.
pub(crate) fn actor<'d>(step: &'static str, fact: &'d Numbered) -> Result<&'d str, Fails> {
    match &fact.entry.by {
        Some(person) => Ok(person),
        None => fails(step, format!("entry {} does not say who acted", fact.index)),
    }
}

/// That one thing did not happen before another, neither by the clock nor in the ledger.
///
/// # Errors
/// It did.
pub(crate) fn in_order(
    step: &'static str,
    earlier: (&Numbered, &str),
    later: (&Numbered, &str),
) -> Result<(), Fails> {
    let (before, after) = (earlier.0, later.0);
    let in_time = before.entry.at <= after.entry.at && before.entry.on <= after.entry.on;
    if before.index < after.index && in_time {
        return Ok(());
    }
    fails(
        step,
        format!(
            "{} (entry {}, {}) does not come before {} (entry {}, {})",
            earlier.1, before.index, before.entry.at, later.1, after.index, after.entry.at
        ),
    )
}
