//! Keys that sign the ledger, in the text forms of C2SP signed-note: Ed25519, and Ed25519 for witnesses' cosignatures.

use base64::prelude::{BASE64_STANDARD, Engine};
use ed25519_dalek::{Signer, VerifyingKey};
use sha2::{Digest, Sha256};
use std::fmt;

/// The longest name of a key, in bytes; names are lines of text that people read.
pub const LONGEST_NAME: usize = 200;

/// What a key signs, by the first byte of its encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// 0x01: the text of a note.
    Ed25519,
    /// 0x04: a witness's statement that it saw this checkpoint at a time (C2SP tlog-cosignature).
    Cosignature,
}

impl Algorithm {
    fn byte(self) -> u8 {
        match self {
            Algorithm::Ed25519 => 0x01,
            Algorithm::Cosignature => 0x04,
        }
    }
    fn of_byte(byte: u8) -> Option<Algorithm> {
        [Algorithm::Ed25519, Algorithm::Cosignature]
            .into_iter()
            .find(|algorithm| algorithm.byte() == byte)
    }
}

/// The short form by which a signature line names its key: the first four bytes of SHA-256 of name and key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub [u8; 4]);

/// Lower-case hexadecimal, eight characters.
impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Why a text is not a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFault {
    /// Not of the form `name+id+key`.
    Form,
    /// The name is empty, too long, or has a space, a plus or a control character in it.
    Name,
    /// A kind of key that this program does not know.
    Algorithm,
    /// The id does not belong to this name and key: one of them was changed.
    Id,
    /// Not a usable public key: of the wrong length, not on the curve, or one under which anything verifies.
    Bytes,
}

impl fmt::Display for KeyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            KeyFault::Form => "a key is written name+id+key, e.g. assay.example+530d903a+AekyeRrm…",
            KeyFault::Name => "a key's name is one word of at most 200 bytes without a plus sign",
            KeyFault::Algorithm => "a key of a kind that is not known here (Ed25519 and cosignature/v1 are)",
            KeyFault::Id => "the key's id does not belong to its name and bytes: one of them was changed",
            KeyFault::Bytes => "the key's bytes are not a usable Ed25519 key",
        })
    }
}
impl std::error::Error for KeyFault {}

/// Whether a text can be the name of a key: C2SP signed-note allows no Unicode space and no plus.
pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= LONGEST_NAME
        && !name
            .chars()
            .any(|letter| letter.is_whitespace() || letter.is_control() || letter == '+')
}

/// A public key with its name, by which signatures are checked.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    algorithm: Algorithm,
    key: VerifyingKey,
}

impl VerifierKey {
    /// A key from its name and 32 bytes.
    ///
    /// Errors: the name cannot be one; the bytes are no key or a weak one.
    pub fn new(name: &str, algorithm: Algorithm, bytes: &[u8; 32]) -> Result<VerifierKey, KeyFault> {
        if !is_name(name) {
            return Err(KeyFault::Name);
        }
        let key = VerifyingKey::from_bytes(bytes).map_err(|_| KeyFault::Bytes)?;
        if key.is_weak() {
            return Err(KeyFault::Bytes);
        }
        Ok(VerifierKey {
            name: name.to_owned(),
            algorithm,
            key,
        })
    }

    /// Reads `name+id+base64(kind ‖ key)`.
    ///
    /// Errors: another form; the id does not belong to the rest; a kind of key that is not known.
    pub fn parse(text: &str) -> Result<VerifierKey, KeyFault> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(encoded)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyFault::Form);
        };
        let (algorithm, bytes) = decode(encoded)?;
        let key = VerifierKey::new(name, algorithm, &bytes)?;
        if key.id().to_string() == id {
            Ok(key)
        } else {
            Err(KeyFault::Id)
        }
    }

    pub fn name(&self) -> &str {
        &self.name
    }
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }
    /// The 32 bytes of the public key.
    pub fn bytes(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// The first four bytes of SHA-256(name ‖ newline ‖ kind ‖ key).
    pub fn id(&self) -> KeyId {
        let mut digest = Sha256::new();
        digest.update(self.name.as_bytes());
        digest.update([b'\n', self.algorithm.byte()]);
        digest.update(self.key.as_bytes());
        let hash: [u8; 32] = digest.finalize().into();
        let [a, b, c, d, ..] = hash;
        KeyId([a, b, c, d])
    }

    /// Whether the 64 bytes are this key's signature over the message. Strict: of all encodings of a signature only one
    /// is taken.
    pub fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.key
            .verify_strict(message, &ed25519_dalek::Signature::from_bytes(signature))
            .is_ok()
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![self.algorithm.byte()];
        bytes.extend(self.bytes());
        write!(f, "{}+{}+{}", self.name, self.id(), BASE64_STANDARD.encode(bytes))
    }
}
impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifierKey({self})")
    }
}

/// A secret key with its name. Its bytes come from outside: nothing here makes randomness.
#[derive(Clone)]
pub struct SigningKey {
    name: String,
    algorithm: Algorithm,
    key: ed25519_dalek::SigningKey,
}

/// What a secret key's text begins with.
const SECRET: &str = "PRIVATE+KEY+";

impl SigningKey {
    /// A key from 32 secret random bytes.
    ///
    /// Errors: the name cannot be one.
    pub fn from_seed(name: &str, algorithm: Algorithm, seed: &[u8; 32]) -> Result<SigningKey, KeyFault> {
        if !is_name(name) {
            return Err(KeyFault::Name);
        }
        Ok(SigningKey {
            name: name.to_owned(),
            algorithm,
            key: ed25519_dalek::SigningKey::from_bytes(seed),
        })
    }

    /// Reads what [`SigningKey::secret_text`] wrote.
    ///
    /// Errors: another form; the id does not belong to the rest; a kind of key that is not known.
    pub fn parse(text: &str) -> Result<SigningKey, KeyFault> {
        let rest = text.trim().strip_prefix(SECRET).ok_or(KeyFault::Form)?;
        let mut parts = rest.splitn(3, '+');
        let (Some(name), Some(id), Some(encoded)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyFault::Form);
        };
        let (algorithm, seed) = decode(encoded)?;
        let key = SigningKey::from_seed(name, algorithm, &seed)?;
        if key.verifier().id().to_string() == id {
            Ok(key)
        } else {
            Err(KeyFault::Id)
        }
    }

    /// The key as one line for a file that only its owner may read: `PRIVATE+KEY+name+id+base64(kind ‖ seed)`, the form
    /// that Go's note package reads too.
    pub fn secret_text(&self) -> String {
        let mut bytes = vec![self.algorithm.byte()];
        bytes.extend(self.key.as_bytes());
        format!(
            "{SECRET}{}+{}+{}",
            self.name,
            self.verifier().id(),
            BASE64_STANDARD.encode(bytes)
        )
    }

    pub fn name(&self) -> &str {
        &self.name
    }
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The public half.
    pub fn verifier(&self) -> VerifierKey {
        VerifierKey {
            name: self.name.clone(),
            algorithm: self.algorithm,
            key: self.key.verifying_key(),
        }
    }

    /// The signature over a message. The same key and message give the same bytes.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }
}

/// Shows the public half only.
impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey(of {})", self.verifier())
    }
}

fn decode(encoded: &str) -> Result<(Algorithm, [u8; 32]), KeyFault> {
    // A key of any kind is short; a longer text is not even decoded.
    if encoded.len() > 1024 {
        return Err(KeyFault::Form);
    }
    let bytes = BASE64_STANDARD.decode(encoded).map_err(|_| KeyFault::Form)?;
    let (kind, rest) = bytes.split_first().ok_or(KeyFault::Form)?;
    let algorithm = Algorithm::of_byte(*kind).ok_or(KeyFault::Algorithm)?;
    Ok((algorithm, rest.try_into().map_err(|_| KeyFault::Bytes)?))
}
