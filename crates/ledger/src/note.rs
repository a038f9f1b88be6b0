//! Signed notes, C2SP signed-note: a text, an empty line, and lines of signatures.

use crate::key::is_name;
use crate::{Algorithm, KeyId, SigningKey, VerifierKey};
use base64::prelude::{BASE64_STANDARD, Engine};
use std::fmt;

/// The longest note that is read, in bytes.
pub const LONGEST_NOTE: usize = 64 * 1024;
/// The most signatures that a note may carry.
pub const MOST_SIGNATURES: usize = 100;

/// Em dash and space: how a signature line begins.
const DASH: &str = "— ";

/// Why a note is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteFault {
    /// Longer than [`LONGEST_NOTE`], or with more than [`MOST_SIGNATURES`].
    TooLong,
    /// Not UTF-8, or with a control character other than the end of a line.
    Characters,
    /// No empty line between text and signatures, or no end of line at the end.
    Form,
    /// A signature line that is not `— name base64`.
    SignatureLine { line: String },
    /// A signature by a key that was given does not verify.
    SignatureFalse { name: String, id: KeyId },
    /// None of the keys that were given has signed.
    NoKnownSignature,
}

impl fmt::Display for NoteFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoteFault::TooLong => f.write_str("the signed note is too long"),
            NoteFault::Characters => {
                f.write_str("the signed note is not UTF-8 text, or has control characters in it")
            }
            NoteFault::Form => {
                f.write_str("the signed note is not a text, an empty line and lines of signatures")
            }
            NoteFault::SignatureLine { line } => {
                write!(f, "{line:?} is not a line of a signature (— name base64)")
            }
            NoteFault::SignatureFalse { name, id } => {
                write!(f, "the signature by {name}+{id} does not belong to this text")
            }
            NoteFault::NoKnownSignature => f.write_str("no key that was given has signed this"),
        }
    }
}
impl std::error::Error for NoteFault {}

/// One signature line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    pub name: String,
    pub id: KeyId,
    /// The bytes after the id; what they mean depends on the key.
    pub bytes: Vec<u8>,
}

/// `— name base64`, with the end of the line.
impl fmt::Display for NoteSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = self.id.0.to_vec();
        bytes.extend(&self.bytes);
        writeln!(f, "{DASH}{} {}", self.name, BASE64_STANDARD.encode(bytes))
    }
}

impl NoteSignature {
    /// Reads one line, with or without its end.
    ///
    /// Errors: it has another form.
    pub fn parse(line: &str) -> Result<NoteSignature, NoteFault> {
        let line = line.strip_suffix('\n').unwrap_or(line);
        let parse = || {
            let (name, encoded) = line.strip_prefix(DASH)?.split_once(' ')?;
            let bytes = BASE64_STANDARD.decode(encoded).ok()?;
            let (id, bytes) = bytes.split_first_chunk::<4>()?;
            (is_name(name) && !bytes.is_empty()).then(|| NoteSignature {
                name: name.to_owned(),
                id: KeyId(*id),
                bytes: bytes.to_vec(),
            })
        };
        parse().ok_or_else(|| NoteFault::SignatureLine {
            line: line.chars().take(120).collect(),
        })
    }
}

/// A note with its signatures, none of them checked yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedNote {
    text: String,
    signatures: Vec<NoteSignature>,
}

/// Who has signed a note, as found by [`SignedNote::check`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedBy<'k> {
    pub key: &'k VerifierKey,
    /// When a witness says that it saw the note: seconds since 1970. None for a plain signature, which has no time.
    pub seen: Option<u64>,
}

impl SignedNote {
    /// A note without signatures yet.
    ///
    /// Errors: the text does not end with the end of a line, is too long or has control characters.
    pub fn new(text: impl Into<String>) -> Result<SignedNote, NoteFault> {
        let text = text.into();
        check_text(&text)?;
        Ok(SignedNote {
            text,
            signatures: Vec::new(),
        })
    }

    /// Reads a note. Signatures are not checked.
    ///
    /// Errors: too long, not UTF-8, no empty line before the signatures, a signature line of another form.
    pub fn parse(bytes: &[u8]) -> Result<SignedNote, NoteFault> {
        if bytes.len() > LONGEST_NOTE {
            return Err(NoteFault::TooLong);
        }
        let note = std::str::from_utf8(bytes).map_err(|_| NoteFault::Characters)?;
        // The text may have empty lines itself; the last one ends it.
        let gap = note.rfind("\n\n").ok_or(NoteFault::Form)?;
        let (text, rest) = note.split_at_checked(gap + 1).ok_or(NoteFault::Form)?;
        check_text(text)?;
        let lines = rest
            .strip_prefix('\n')
            .and_then(|lines| lines.strip_suffix('\n'))
            .ok_or(NoteFault::Form)?;
        let mut signatures = Vec::new();
        for line in lines.split('\n') {
            if signatures.len() == MOST_SIGNATURES {
                return Err(NoteFault::TooLong);
            }
            signatures.push(NoteSignature::parse(line)?);
        }
        Ok(SignedNote {
            text: text.to_owned(),
            signatures,
        })
    }

    /// The text that is signed, with its last end of line.
    pub fn text(&self) -> &str {
        &self.text
    }
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// Adds the signature of a key. `seen` is the time that a cosignature states, in seconds since 1970; a plain key
    /// states none and ignores it.
    pub fn sign(&mut self, key: &SigningKey, seen: u64) {
        let verifier = key.verifier();
        let bytes = match key.algorithm() {
            Algorithm::Ed25519 => key.sign(self.text.as_bytes()).to_vec(),
            Algorithm::Cosignature => {
                let signature = key.sign(cosigned(&self.text, seen).as_bytes());
                let mut bytes = seen.to_be_bytes().to_vec();
                bytes.extend(signature);
                bytes
            }
        };
        self.add(NoteSignature {
            name: verifier.name().to_owned(),
            id: verifier.id(),
            bytes,
        });
    }

    /// Adds a signature made elsewhere; one that is there already is not added again.
    pub fn add(&mut self, signature: NoteSignature) {
        if !self.signatures.contains(&signature) {
            self.signatures.push(signature);
        }
    }

    /// Checks the signatures of the keys that are known and answers which of them have signed; signatures of other keys
    /// are passed over, as C2SP signed-note asks.
    ///
    /// Errors: a signature that names a known key does not verify; no known key has signed.
    pub fn check<'k>(&self, keys: &'k [VerifierKey]) -> Result<Vec<SignedBy<'k>>, NoteFault> {
        let mut by: Vec<SignedBy<'k>> = Vec::new();
        for signature in &self.signatures {
            let of_it = |key: &&VerifierKey| key.id() == signature.id && key.name() == signature.name;
            let Some(key) = keys.iter().find(of_it) else {
                continue;
            };
            let Some(signed) = self.check_one(key, signature) else {
                return Err(NoteFault::SignatureFalse {
                    name: signature.name.clone(),
                    id: signature.id,
                });
            };
            if !by.iter().any(|earlier| earlier.key == key) {
                by.push(signed);
            }
        }
        if by.is_empty() {
            return Err(NoteFault::NoKnownSignature);
        }
        Ok(by)
    }

    fn check_one<'k>(&self, key: &'k VerifierKey, signature: &NoteSignature) -> Option<SignedBy<'k>> {
        match key.algorithm() {
            Algorithm::Ed25519 => {
                let bytes = signature.bytes.as_slice().try_into().ok()?;
                key.verifies(self.text.as_bytes(), bytes)
                    .then_some(SignedBy { key, seen: None })
            }
            Algorithm::Cosignature => {
                let (seen, bytes) = signature.bytes.split_first_chunk::<8>()?;
                let seen = u64::from_be_bytes(*seen);
                let message = cosigned(&self.text, seen);
                key.verifies(message.as_bytes(), bytes.try_into().ok()?)
                    .then_some(SignedBy {
                        key,
                        seen: Some(seen),
                    })
            }
        }
    }
}

/// The note as it is published: text, empty line, signatures.
impl fmt::Display for SignedNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|line| write!(f, "{line}"))
    }
}

/// What a witness signs (C2SP tlog-cosignature, cosignature/v1).
fn cosigned(text: &str, seen: u64) -> String {
    format!("cosignature/v1\ntime {seen}\n{text}")
}

fn check_text(text: &str) -> Result<(), NoteFault> {
    if text.len() > LONGEST_NOTE {
        return Err(NoteFault::TooLong);
    }
    if text.bytes().any(|byte| byte < 0x20 && byte != b'\n') {
        return Err(NoteFault::Characters);
    }
    if text.ends_with('\n') {
        Ok(())
    } else {
        Err(NoteFault::Form)
    }
}
