//! Checkpoints, C2SP tlog-checkpoint: what a ledger says of itself, as the text of a signed note.

use crate::{Hash, NoteFault, SignedNote, SigningKey};
use base64::prelude::{BASE64_STANDARD, Engine};
use std::fmt;

/// A ledger's name, size and root at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which ledger: one line, by habit a host and a path without a scheme. Also the name of its key.
    pub origin: String,
    /// The number of entries.
    pub size: u64,
    pub root: Hash,
    /// Further lines, which nobody here gives a meaning to.
    pub extensions: Vec<String>,
}

/// Why a text is not a checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckpointFault {
    /// The first line is not the name of a ledger.
    Origin,
    /// The second line is not a number as the format writes it: digits, without zeros in front.
    Size,
    /// The third line is not a hash in base64.
    Root,
    /// An empty line among the further ones.
    Extension,
}

impl fmt::Display for CheckpointFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CheckpointFault::Origin => "line 1 of the checkpoint is not the name of a ledger",
            CheckpointFault::Size => "line 2 of the checkpoint is not a number of entries",
            CheckpointFault::Root => "line 3 of the checkpoint is not a hash in base64",
            CheckpointFault::Extension => "the checkpoint has an empty line",
        })
    }
}
impl std::error::Error for CheckpointFault {}

impl Checkpoint {
    /// Reads the text of a note.
    ///
    /// Errors: a line that is not as the format has it.
    pub fn parse(text: &str) -> Result<Checkpoint, CheckpointFault> {
        let mut lines = text.strip_suffix('\n').unwrap_or(text).split('\n');
        let origin = lines
            .next()
            .filter(|name| !name.is_empty())
            .ok_or(CheckpointFault::Origin)?;
        let size = lines.next().ok_or(CheckpointFault::Size)?;
        // One number has one spelling: no plus sign, no zeros in front.
        let number: u64 = size.parse().map_err(|_| CheckpointFault::Size)?;
        if number.to_string() != size {
            return Err(CheckpointFault::Size);
        }
        let root = lines
            .next()
            .and_then(|line| BASE64_STANDARD.decode(line).ok())
            .and_then(|bytes| Hash::from_bytes(&bytes))
            .ok_or(CheckpointFault::Root)?;
        let extensions: Vec<String> = lines.map(str::to_owned).collect();
        if extensions.iter().any(String::is_empty) {
            return Err(CheckpointFault::Extension);
        }
        Ok(Checkpoint {
            origin: origin.to_owned(),
            size: number,
            root,
            extensions,
        })
    }

    /// The checkpoint as a note with this key's signature.
    ///
    /// Errors: the origin or a further line has characters that a note cannot have.
    pub fn sign(&self, key: &SigningKey) -> Result<SignedNote, NoteFault> {
        let mut note = SignedNote::new(self.to_string())?;
        note.sign(key, 0);
        Ok(note)
    }
}

/// The text of the note.
impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.origin)?;
        writeln!(f, "{}", self.size)?;
        writeln!(f, "{}", BASE64_STANDARD.encode(self.root.as_bytes()))?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}
