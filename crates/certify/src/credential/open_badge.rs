//! An Open Badges 3.0 credential (1EdTech, a Verifiable Credential of the data model 2.0): what was achieved, by whom, when.
//! Composed here without a proof; evidence is left out.

use serde_json::{Value, json};

/// The contexts of an Open Badge, in their order.
pub const OPEN_BADGE_CONTEXTS: [&str; 2] = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
];

/// Who issues: its DID, and what people call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedBy {
    /// `did:web:…` or `did:key:…`.
    pub id: String,
    pub name: String,
    /// An address at which it is found; left out when it has none.
    pub url: Option<String>,
}

/// Something outside that an achievement corresponds to: an entry of a register, a unit's reference, a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alignment {
    /// `ceterms:Credential`, or a word of the issuer's own with `ext:` before it.
    pub kind: &'static str,
    pub name: String,
    /// The number or reference there.
    pub code: String,
    /// The framework or register.
    pub framework: String,
    pub url: String,
}

/// What was achieved: the same for everybody who achieved it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Achievement {
    pub id: String,
    /// A word of the Open Badges vocabulary, e.g. `Diploma`.
    pub kind: &'static str,
    pub name: String,
    pub description: String,
    /// What had to be done for it, in words.
    pub criteria: String,
    /// The awarding body's own code.
    pub code: String,
    /// Credits that it carries.
    pub credits: u32,
    pub alignments: Vec<Alignment>,
}

/// A badge for one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenBadge {
    pub id: String,
    pub issuer: IssuedBy,
    /// The holder's name, as the certificate has it.
    pub holder: String,
    /// The day from which it holds, `2019-10-14`.
    pub on: String,
    pub credits: u32,
    pub achievement: Achievement,
    /// Address of the status list and the place in it.
    pub status: (String, usize),
}

impl OpenBadge {
    /// The credential without a proof.
    pub fn compose(&self) -> Value {
        let from = instant(&self.on);
        json!({
            "@context": OPEN_BADGE_CONTEXTS,
            "id": self.id,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": self.achievement.name,
            "issuer": self.issuer.compose(),
            "validFrom": from,
            "awardedDate": from,
            "credentialSubject": {
                "type": ["AchievementSubject"],
                "identifier": [holder(&self.holder)],
                "creditsEarned": self.credits,
                "achievement": self.achievement.compose(),
            },
            "credentialStatus": status_entry(&self.status),
        })
    }
}

impl IssuedBy {
    /// The issuer as a profile.
    pub(super) fn compose(&self) -> Value {
        let mut issuer = json!({
            "id": self.id,
            "type": ["Profile"],
            "name": self.name,
        });
        if let (Some(url), Some(members)) = (&self.url, issuer.as_object_mut()) {
            members.insert("url".into(), url.as_str().into());
        }
        issuer
    }
}

/// The first moment of a day.
pub(super) fn instant(day: &str) -> String {
    format!("{day}T00:00:00Z")
}

/// Whose it is, by the name.
pub(super) fn holder(name: &str) -> Value {
    json!({
        "type": "IdentityObject",
        "hashed": false,
        "identityHash": name,
        "identityType": "name",
    })
}

/// Where it is said whether it was revoked.
pub(super) fn status_entry((list, place): &(String, usize)) -> Value {
    json!({
        "id": format!("{list}#{place}"),
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": place.to_string(),
        "statusListCredential": list,
    })
}

impl Achievement {
    fn compose(&self) -> Value {
        let alignments: Vec<Value> = self
            .alignments
            .iter()
            .map(|to| {
                json!({
                    "type": ["Alignment"],
                    "targetType": to.kind,
                    "targetName": to.name,
                    "targetCode": to.code,
                    "targetFramework": to.framework,
                    "targetUrl": to.url,
                })
            })
            .collect();
        json!({
            "id": self.id,
            "type": ["Achievement"],
            "achievementType": self.kind,
            "name": self.name,
            "description": self.description,
            "humanCode": self.code,
            "creditsAvailable": self.credits,
            "criteria": {"narrative": self.criteria},
            "alignment": alignments,
        })
    }
}
