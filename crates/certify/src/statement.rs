//! The statement that a dossier is complete: which facts, in which ledger, when.
//!
//! An inclusion proof shows that a fact is there; that no other fact speaks against the award, such as a revocation, no proof
//! of this tree can show. The ledger's owner says so, by name and over the exact list of facts, so that nobody else can leave
//! one out.

use crate::FORMAT;
use assay_ledger::{Hash, SignedNote};
use base64::prelude::{BASE64_STANDARD, Engine};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::fmt;

/// What the ledger's owner signs about a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The ledger's name, as in its checkpoints.
    pub origin: String,
    /// Size and root of the ledger as of which it holds.
    pub size: u64,
    pub root: Hash,
    /// The award's id.
    pub award: String,
    /// When it was made, as in facts: `2019-10-14T09:30:00.000Z`.
    pub at: String,
    /// [`digest_of`] the facts.
    pub facts: Hash,
}

/// A text that is not a statement of this format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatementFault;

impl fmt::Display for StatementFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the statement is not of the seven lines that the format has")
    }
}
impl std::error::Error for StatementFault {}

/// One digest over a list of facts: SHA-256 over each one's number (eight bytes, big end first) and leaf hash.
pub fn digest_of<'h>(facts: impl IntoIterator<Item = (u64, &'h Hash)>) -> Hash {
    let mut digest = Sha256::new();
    for (index, leaf) in facts {
        digest.update(index.to_be_bytes());
        digest.update(leaf.as_bytes());
    }
    Hash(digest.finalize().into())
}

impl Statement {
    /// Reads the text of a note.
    ///
    /// Errors: other lines than the format has.
    pub fn parse(text: &str) -> Result<Statement, StatementFault> {
        let lines: Vec<&str> = text
            .strip_suffix('\n')
            .ok_or(StatementFault)?
            .split('\n')
            .collect();
        let [format, origin, size, root, award, at, facts] = lines.as_slice() else {
            return Err(StatementFault);
        };
        let hash = |line: &str| {
            let bytes = BASE64_STANDARD.decode(line).ok()?;
            Hash::from_bytes(&bytes)
        };
        let statement = Statement {
            origin: (*origin).to_owned(),
            size: size.parse().map_err(|_| StatementFault)?,
            root: hash(root).ok_or(StatementFault)?,
            award: (*award).to_owned(),
            at: (*at).to_owned(),
            facts: hash(facts).ok_or(StatementFault)?,
        };
        let instant = at.parse::<Timestamp>().is_ok();
        // One statement has one spelling.
        if *format == FORMAT && instant && statement.to_string() == text {
            Ok(statement)
        } else {
            Err(StatementFault)
        }
    }

    /// The statement as a note without signatures.
    ///
    /// Errors: a member has characters that a note cannot have.
    pub fn note(&self) -> Result<SignedNote, assay_ledger::NoteFault> {
        SignedNote::new(self.to_string())
    }
}

/// The text of the note. Its first line differs from every ledger's name, so that it is never taken for a checkpoint.
impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let base64 = |hash: &Hash| BASE64_STANDARD.encode(hash.as_bytes());
        writeln!(f, "{FORMAT}")?;
        writeln!(f, "{}", self.origin)?;
        writeln!(f, "{}", self.size)?;
        writeln!(f, "{}", base64(&self.root))?;
        writeln!(f, "{}", self.award)?;
        writeln!(f, "{}", self.at)?;
        writeln!(f, "{}", base64(&self.facts))
    }
}
