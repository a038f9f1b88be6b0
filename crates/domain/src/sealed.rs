//! Private content beside an eternal ledger: a fact carries an id and a salted digest, never the content.
//!
//! Erasing the content (and its salt) leaves every proof valid and nothing readable.

use crate::Fresh;
use crate::id::{PersonId, PrivateId};
use sha2::{Digest, Sha256};

/// What a fact says of private content: where it is kept, and SHA-256(salt ‖ content) in lower-case hex.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct Sealed {
    pub id: PrivateId,
    pub digest: String,
}

/// Private content on its way into the store, with the salt that its digest was made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedContent {
    pub id: PrivateId,
    /// Whose erasure removes it.
    pub subject: PersonId,
    /// What it is, e.g. `judgement.reason`; for the register of what is held about a person.
    pub kind: &'static str,
    pub salt: [u8; 32],
    pub content: String,
}

/// The digest of content under a salt.
pub fn digest(salt: &[u8], content: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(content.as_bytes());
    hex::encode(hash.finalize())
}

/// Seals content: the reference for the fact, and the content for the store.
pub fn seal(
    subject: &PersonId,
    kind: &'static str,
    content: impl Into<String>,
    fresh: &mut dyn Fresh,
) -> (Sealed, SealedContent) {
    let content = content.into();
    let salt = fresh.salt();
    let id = PrivateId::fresh(fresh);
    let sealed = Sealed {
        id: id.clone(),
        digest: digest(&salt, &content),
    };
    (
        sealed,
        SealedContent {
            id,
            subject: subject.clone(),
            kind,
            salt,
            content,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fresh::Counted;

    #[test]
    fn one_content_sealed_twice_has_two_digests() {
        let mut fresh = Counted::from_seed(1);
        let subject = PersonId::fresh(&mut fresh);
        let (first, kept) = seal(&subject, "note", "Amira", &mut fresh);
        let (second, _) = seal(&subject, "note", "Amira", &mut fresh);
        assert_ne!(first.digest, second.digest);
        assert_eq!(digest(&kept.salt, "Amira"), first.digest);
    }
}
