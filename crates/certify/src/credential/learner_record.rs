//! A comprehensive learner record (1EdTech CLR 2.0, a Verifiable Credential of the data model 2.0): the credentials of one award
//! together, and how they belong to each other. Composed here without a proof of its own; each credential in it has one.

use super::open_badge::{IssuedBy, holder, instant, status_entry};
use serde_json::{Value, json};

/// The contexts of a learner record, in their order.
pub const LEARNER_RECORD_CONTEXTS: [&str; 3] = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
];

/// The record of one person.
#[derive(Debug, Clone, PartialEq)]
pub struct LearnerRecord {
    pub id: String,
    pub name: String,
    pub description: String,
    pub issuer: IssuedBy,
    /// The holder's name, as the certificate has it.
    pub holder: String,
    /// The day from which it holds, `2019-10-14`.
    pub on: String,
    /// The achievement that the others belong to.
    pub whole: String,
    /// Achievements that are parts of it.
    pub parts: Vec<String>,
    /// The credentials, each with its proof.
    pub credentials: Vec<Value>,
    /// Address of the status list and the place in it.
    pub status: (String, usize),
}

impl LearnerRecord {
    /// The record without a proof.
    pub fn compose(&self) -> Value {
        let from = instant(&self.on);
        let associations: Vec<Value> = self
            .parts
            .iter()
            .map(|part| {
                json!({
                    "type": "Association",
                    "associationType": "isParentOf",
                    "sourceId": self.whole,
                    "targetId": part,
                })
            })
            .collect();
        json!({
            "@context": LEARNER_RECORD_CONTEXTS,
            "id": self.id,
            "type": ["VerifiableCredential", "ClrCredential"],
            "name": self.name,
            "description": self.description,
            "issuer": self.issuer.compose(),
            "validFrom": from,
            "awardedDate": from,
            "partial": false,
            "credentialSubject": {
                "type": ["ClrSubject"],
                "identifier": [holder(&self.holder)],
                "verifiableCredential": self.credentials,
                "association": associations,
            },
            "credentialStatus": status_entry(&self.status),
        })
    }
}
