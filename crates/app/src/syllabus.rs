//! Syllabuses handed in as documents: read, reviewed finding by finding, and made into drafts of specifications.
//!
//! Until then everything here is working data: nothing of it is in the ledger. The document and its reading are files;
//! the steps of the review are rows that are only ever added, so that who settled what and why can be read afterwards.

pub mod desk;
pub mod draft;
pub mod lines;
pub mod receive;
pub mod settle;
pub mod structure;
pub mod view;

use crate::{App, Failure};
use assay_domain::Actor;
use assay_domain::id::{CentreId, PersonId, SpecificationId, SyllabusId};
use assay_domain::syllabus::{self as rules, SyllabusCase};
use assay_store::statements::syllabus as statements;
use assay_store::{Row, StoreFault, Tx};

pub(crate) use desk::Desk;

/// One syllabus as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyllabusRow {
    pub id: SyllabusId,
    /// Who handed it in.
    pub person: PersonId,
    /// The centre that it belongs to; none for the awarding body's own.
    pub centre: Option<CentreId>,
    /// The document's file name.
    pub name: String,
    pub media: String,
    pub bytes: i64,
    /// Address of the document among the files.
    pub sha256: String,
    /// Address of the reading among the files.
    pub reading: String,
    /// As read, with corrections; the file's name where no title was found.
    pub title: String,
    pub counts: Counts,
    /// As a UTC instant.
    pub at: String,
    /// What it became.
    pub specification: Option<SpecificationId>,
}

/// How many findings there are, and how many of them nobody settled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Counts {
    pub findings: u32,
    pub open: u32,
    pub open_errors: u32,
    pub open_warnings: u32,
}

impl SyllabusRow {
    fn of(row: &Row) -> Result<Self, StoreFault> {
        let count = |column: &str| -> Result<u32, StoreFault> {
            Ok(u32::try_from(row.int(column)?).unwrap_or_default())
        };
        Ok(SyllabusRow {
            id: row.parsed("id")?,
            person: row.parsed("person")?,
            centre: row.optional_parsed("centre")?,
            name: row.text("name")?,
            media: row.text("media")?,
            bytes: row.int("bytes")?,
            sha256: row.text("sha256")?,
            reading: row.text("reading")?,
            title: row.text("title")?,
            counts: Counts {
                findings: count("findings")?,
                open: count("open_findings")?,
                open_errors: count("open_errors")?,
                open_warnings: count("open_warnings")?,
            },
            at: row.text("at")?,
            specification: row.optional_parsed("specification")?,
        })
    }

    fn case(&self) -> SyllabusCase {
        SyllabusCase {
            centre: self.centre.clone(),
            specification: self.specification.clone(),
            open_errors: self.counts.open_errors,
            open_warnings: self.counts.open_warnings,
        }
    }
}

/// A syllabus that somebody may see.
///
/// # Errors
/// `NotFound` when there is none, or it is not for them to see.
pub fn require_seen(tx: &mut Tx<'_>, actor: &Actor, id: &SyllabusId) -> Result<SyllabusRow, Failure> {
    let row = tx
        .row(&statements::FIND, &[id.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let row = SyllabusRow::of(&row)?;
    if rules::may_see(actor, row.centre.as_ref()) {
        Ok(row)
    } else {
        Err(Failure::NotFound)
    }
}

/// The syllabus that a specification was made of; none where it was loaded as data.
///
/// # Errors
/// A fault when the store fails.
pub fn find_of_specification(
    tx: &mut Tx<'_>,
    specification: &SpecificationId,
) -> Result<Option<SyllabusRow>, Failure> {
    let row = tx.row(
        &statements::FIND_OF_SPECIFICATION,
        &[specification.as_str().into()],
    )?;
    Ok(row.as_ref().map(SyllabusRow::of).transpose()?)
}

/// The same, for those who may see it.
///
/// # Errors
/// `SignInNeeded`; a fault when the store fails.
pub fn find_seen_of_specification(
    asking: &mut crate::Asking<'_, '_>,
    specification: &SpecificationId,
) -> Result<Option<SyllabusId>, Failure> {
    let actor = asking.actor()?.clone();
    let found = find_of_specification(asking.tx, specification)?;
    Ok(found
        .filter(|row| rules::may_see(&actor, row.centre.as_ref()))
        .map(|row| row.id))
}

/// Who settled findings of the syllabus that a specification was made of.
///
/// # Errors
/// A fault when the store fails.
pub fn list_reviewers(tx: &mut Tx<'_>, specification: &SpecificationId) -> Result<Vec<PersonId>, Failure> {
    let rows = tx.rows(&statements::LIST_REVIEWERS, &[specification.as_str().into()])?;
    Ok(rows
        .iter()
        .map(|row| row.parsed("person"))
        .collect::<Result<_, _>>()?)
}

/// The models of published specifications, each once by its id: the catalogue that a new document is compared with.
///
/// # Errors
/// A fault when the store fails.
pub fn catalogue(app: &App, tx: &mut Tx<'_>) -> Result<Vec<assay_specification::Model>, Failure> {
    let mut models: Vec<assay_specification::Model> = Vec::new();
    for row in crate::specification::list(tx)? {
        if !row.is_published() {
            continue;
        }
        for model in &app.specification(tx, &row.id)?.models {
            if models.iter().all(|known| known.id != model.id) {
                models.push(model.clone());
            }
        }
    }
    Ok(models)
}
