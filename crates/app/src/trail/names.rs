//! What ids are called, looked up once per page of a trail.

use crate::people::full_name;
use assay_domain::id::{CentreId, CertificateId, EvidenceId, JudgementId, PassageId, PersonId, SubmissionId};
use assay_domain::sealed::Sealed;
use assay_store::statements::{centre, judgement, people, submission};
use assay_store::{StoreFault, Tx, private};
use std::collections::HashMap;

/// A hand-in as a sentence names it.
#[derive(Debug, Clone)]
pub(super) struct HandIn {
    pub submission: String,
    pub unit: String,
    pub attempt: i64,
}

/// Where a passage stands.
#[derive(Debug, Clone)]
pub(super) struct PassagePlace {
    pub evidence: String,
    pub version: i64,
    pub title: String,
}

/// Names found so far.
#[derive(Debug, Default)]
pub(super) struct Names {
    people: HashMap<String, String>,
    hand_ins: HashMap<String, Option<HandIn>>,
}

impl Names {
    /// A person's name; "Erased person" once erased.
    pub fn person(&mut self, tx: &mut Tx<'_>, id: &PersonId) -> Result<String, StoreFault> {
        if let Some(name) = self.people.get(id.as_str()) {
            return Ok(name.clone());
        }
        let name = match tx.row(&people::FIND_PERSON, &[id.as_str().into()])? {
            Some(row) => full_name(&row.text("given")?, &row.text("family")?),
            None => full_name("", ""),
        };
        self.people.insert(id.as_str().to_owned(), name.clone());
        Ok(name)
    }

    /// A centre's name.
    pub fn centre(&mut self, tx: &mut Tx<'_>, id: &CentreId) -> Result<String, StoreFault> {
        Ok(match tx.row(&centre::FIND, &[id.as_str().into()])? {
            Some(row) => row.text("name")?,
            None => id.to_string(),
        })
    }

    /// A hand-in.
    pub fn hand_in(&mut self, tx: &mut Tx<'_>, id: &SubmissionId) -> Result<Option<HandIn>, StoreFault> {
        if let Some(known) = self.hand_ins.get(id.as_str()) {
            return Ok(known.clone());
        }
        let found = match tx.row(&submission::FIND, &[id.as_str().into()])? {
            Some(row) => Some(HandIn {
                submission: id.as_str().to_owned(),
                unit: row.text("unit")?,
                attempt: row.int("attempt")?,
            }),
            None => None,
        };
        self.hand_ins.insert(id.as_str().to_owned(), found.clone());
        Ok(found)
    }

    /// The hand-in that a judgement is on.
    pub fn judged(&mut self, tx: &mut Tx<'_>, id: &JudgementId) -> Result<Option<HandIn>, StoreFault> {
        match tx.row(&judgement::FIND, &[id.as_str().into()])? {
            Some(row) => {
                let submission: SubmissionId = row.parsed("submission")?;
                self.hand_in(tx, &submission)
            }
            None => Ok(None),
        }
    }

    /// The number of a certificate.
    pub fn certificate(&mut self, tx: &mut Tx<'_>, id: &CertificateId) -> Result<Option<String>, StoreFault> {
        tx.row(
            &assay_store::statements::award::FIND_CERTIFICATE,
            &[id.as_str().into()],
        )?
        .map(|row| row.text("number"))
        .transpose()
    }

    /// The title of a piece of evidence; none once erased.
    pub fn piece(&mut self, tx: &mut Tx<'_>, id: &EvidenceId) -> Result<Option<String>, StoreFault> {
        let row = tx.row(&assay_store::statements::trail::FIND_PIECE, &[id.as_str().into()])?;
        let title = row.map(|row| row.text("title")).transpose()?;
        Ok(title.filter(|title| !title.is_empty()))
    }

    /// Where a passage stands: piece and version.
    pub fn passage(&mut self, tx: &mut Tx<'_>, id: &PassageId) -> Result<Option<PassagePlace>, StoreFault> {
        match tx.row(
            &assay_store::statements::trail::FIND_PASSAGE,
            &[id.as_str().into()],
        )? {
            Some(row) => Ok(Some(PassagePlace {
                evidence: row.text("evidence")?,
                version: row.int("version")?,
                title: row.text("title")?,
            })),
            None => Ok(None),
        }
    }

    /// The private text that a fact sealed; none once erased.
    pub fn text(&mut self, tx: &mut Tx<'_>, sealed: &Sealed) -> Result<Option<String>, StoreFault> {
        private::find(tx, sealed.id.as_str())
    }
}
