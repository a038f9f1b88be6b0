//! Specifications in use: finding one, loading a new version, and its way to publication.

pub mod difference;
pub mod explained;
pub mod export;
pub mod guidance;
pub mod load;
pub mod rule;
pub mod stage;
pub mod view;

use crate::{App, Failure};
use assay_domain::id::SpecificationId;
use assay_specification::rule::{Prepared, RuleFault};
use assay_specification::{Format, Qualification, Specification};
use assay_store::{Row, StoreFault, Tx, statements::specification as statements};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Specifications that were read once, and their rules prepared once. A text never changes under its digest, so nothing here
/// goes stale.
#[derive(Default)]
pub(crate) struct Shelf {
    read: RwLock<HashMap<String, Arc<Specification>>>,
    /// By specification and code of the qualification.
    rules: RwLock<HashMap<(String, String), Arc<Prepared>>>,
}

/// One version in the list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct SpecificationRow {
    pub id: SpecificationId,
    pub digest: String,
    pub title: String,
    pub version: String,
    pub stage: assay_domain::specification::Stage,
    pub drafted_by: Option<assay_domain::id::PersonId>,
    pub drafted_at: String,
    pub errors: Option<i64>,
    pub warnings: Option<i64>,
    pub approved_by: Option<assay_domain::id::PersonId>,
    pub approved_at: Option<String>,
    pub published_by: Option<assay_domain::id::PersonId>,
    pub published_at: Option<String>,
}

impl SpecificationRow {
    fn of(row: &Row) -> Result<Self, StoreFault> {
        Ok(SpecificationRow {
            id: row.parsed("id")?,
            digest: row.text("digest")?,
            title: row.text("title")?,
            version: row.text("version")?,
            stage: row.parsed("state")?,
            drafted_by: row.optional_parsed("drafted_by")?,
            drafted_at: row.text("drafted_at")?,
            errors: row.optional_int("errors")?,
            warnings: row.optional_int("warnings")?,
            approved_by: row.optional_parsed("approved_by")?,
            approved_at: row.optional_text("approved_at")?,
            published_by: row.optional_parsed("published_by")?,
            published_at: row.optional_text("published_at")?,
        })
    }

    pub fn is_published(&self) -> bool {
        self.stage == assay_domain::specification::Stage::Published
    }
}

impl App {
    /// The specification of an id, read once and then kept.
    ///
    /// # Errors
    /// `NotFound` when there is none; a fault when its stored text cannot be read.
    pub fn specification(
        &self,
        tx: &mut Tx<'_>,
        id: &SpecificationId,
    ) -> Result<Arc<Specification>, Failure> {
        let shelf = &self.inner.specifications.read;
        if let Some(found) = shelf
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(id.as_str())
        {
            return Ok(found.clone());
        }
        let row = tx
            .row(&statements::FIND_TEXT, &[id.as_str().into()])?
            .ok_or(Failure::NotFound)?;
        let format = if row.text("format")? == "json" {
            Format::Json
        } else {
            Format::Toml
        };
        let mut specification = Specification::read(&row.text("text")?, format).map_err(|complaints| {
            Failure::Fault(format!(
                "specification {id}: {} complaints on reading it back",
                complaints.len()
            ))
        })?;
        guidance::put_back(tx, id, &mut specification)?;
        let specification = Arc::new(specification);
        shelf
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id.as_str().to_owned(), specification.clone());
        Ok(specification)
    }

    /// The rule of combination of a qualification, prepared once and then kept: preparing a rule of many units takes much
    /// longer than judging by it.
    ///
    /// # Errors
    /// [`RuleFault`] when the rule cannot be worked with; a published specification has none.
    pub fn rule(
        &self,
        id: &SpecificationId,
        specification: &Specification,
        qualification: &Qualification,
    ) -> Result<Arc<Prepared>, RuleFault> {
        let shelf = &self.inner.specifications.rules;
        let key = (id.to_string(), qualification.code.clone());
        if let Some(found) = shelf.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(found.clone());
        }
        let prepared = Arc::new(specification.prepare(qualification)?);
        shelf
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key, prepared.clone());
        Ok(prepared)
    }
}

/// One version.
///
/// # Errors
/// `NotFound`.
pub fn require(tx: &mut Tx<'_>, id: &SpecificationId) -> Result<SpecificationRow, Failure> {
    let row = tx
        .row(&statements::FIND, &[id.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    Ok(SpecificationRow::of(&row)?)
}

/// All versions, the newest first.
///
/// # Errors
/// A fault when the store fails.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<SpecificationRow>, Failure> {
    let rows = tx.rows(&statements::LIST, &[])?;
    Ok(rows.iter().map(SpecificationRow::of).collect::<Result<_, _>>()?)
}

/// A qualification with the specification it stands in.
#[derive(Debug, Clone)]
pub struct Offered {
    pub row: SpecificationRow,
    pub specification: Arc<Specification>,
    pub qualification: Qualification,
}

/// The newest published version that holds a qualification, found by code, title or number (QS-04).
///
/// # Errors
/// A fault when the store fails. `Ok(None)` when no published specification holds it.
pub fn find_qualification(app: &App, tx: &mut Tx<'_>, wanted: &str) -> Result<Option<Offered>, Failure> {
    for row in list(tx)?.into_iter().filter(SpecificationRow::is_published) {
        let specification = app.specification(tx, &row.id)?;
        if let Some(qualification) = specification.find_qualification(wanted) {
            let qualification = qualification.clone();
            return Ok(Some(Offered {
                row,
                specification,
                qualification,
            }));
        }
    }
    Ok(None)
}

/// Every qualification of the newest published versions, each once, in the order of the documents.
///
/// # Errors
/// A fault when the store fails.
pub fn list_qualifications(app: &App, tx: &mut Tx<'_>) -> Result<Vec<Offered>, Failure> {
    let mut offered: Vec<Offered> = Vec::new();
    for row in list(tx)?.into_iter().filter(SpecificationRow::is_published) {
        let specification = app.specification(tx, &row.id)?;
        for qualification in &specification.qualifications {
            if !offered
                .iter()
                .any(|earlier| earlier.qualification.code == qualification.code)
            {
                offered.push(Offered {
                    row: row.clone(),
                    specification: specification.clone(),
                    qualification: qualification.clone(),
                });
            }
        }
    }
    Ok(offered)
}

/// Errors and warnings that the check of a specification against itself finds.
fn weigh(specification: &Specification) -> (u32, u32) {
    let findings = assay_specification::check(specification);
    let count = |severity| {
        u32::try_from(
            findings
                .iter()
                .filter(|finding| finding.severity == severity)
                .count(),
        )
        .unwrap_or(u32::MAX)
    };
    (
        count(assay_specification::Severity::Error),
        count(assay_specification::Severity::Warning),
    )
}
