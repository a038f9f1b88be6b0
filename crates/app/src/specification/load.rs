//! Loading a specification as a draft.

use crate::{Acting, Complaint, Failure};
use assay_domain::id::SpecificationId;
use assay_domain::specification::{self as rules, DraftSpecification};
use assay_specification::{Format, Specification};
use assay_store::statements::specification as statements;
use sha2::{Digest, Sha256};

/// The longest specification text that is read, in bytes.
pub const LONGEST: usize = 8 * 1024 * 1024;

/// Load a specification's text as a draft.
#[derive(Debug, Clone)]
pub struct LoadSpecification {
    pub format: Format,
    pub text: String,
}

/// Reads the text, keeps it under its digest and records the draft.
///
/// # Errors
/// - `Unreadable`: every complaint with its line, column and key
/// - refusals of [`rules::draft`]
pub fn run(acting: &mut Acting<'_, '_>, input: LoadSpecification) -> Result<SpecificationId, Failure> {
    if input.text.len() > LONGEST {
        return Err(Failure::unreadable(
            "file",
            "The file is larger than 8 MB; a specification is far smaller.",
        ));
    }
    let specification = Specification::read(&input.text, input.format).map_err(|complaints| {
        Failure::Unreadable(
            complaints
                .iter()
                .take(200)
                .map(|complaint| Complaint::new("file", complaint.to_string()))
                .collect(),
        )
    })?;
    let digest = hex::encode(Sha256::digest(input.text.as_bytes()));
    let known = super::list(acting.tx)?.iter().any(|row| row.digest == digest);
    let act = DraftSpecification {
        digest: digest.clone(),
        title: specification.document.title.clone(),
        version: specification.document.version.to_string(),
        known,
    };
    let actor = acting.actor()?.clone();
    let (id, decision) = rules::draft(&act, &actor, acting.fresh)?;
    let format = match input.format {
        Format::Json => "json",
        Format::Toml => "toml",
    };
    acting.tx.run(
        &statements::KEEP_TEXT,
        &[digest.into(), format.into(), input.text.into()],
    )?;
    acting.record(decision)?;
    Ok(id)
}
