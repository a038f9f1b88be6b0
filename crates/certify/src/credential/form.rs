//! Whether a credential has the form of what it says it is: a signature can hold over a credential that no reader of Open Badges
//! takes. Looked at are the words that tell what each part is; the whole schema is not.

use serde_json::Value;
use std::fmt;

/// Contexts one of which comes first in every credential.
const CREDENTIALS: [&str; 2] = [
    "https://www.w3.org/ns/credentials/v2",
    "https://www.w3.org/2018/credentials/v1",
];
/// How the contexts of Open Badges and CLR begin.
const BADGES: [&str; 2] = [
    "https://purl.imsglobal.org/spec/ob/v3p0/context",
    "https://purl.imsglobal.org/spec/clr/v2p0/context",
];
/// What a credential with such a context may be.
const KINDS: [&str; 4] = [
    "OpenBadgeCredential",
    "AchievementCredential",
    "EndorsementCredential",
    "ClrCredential",
];
/// Members and what they hold (Open Badges 3.0, appendix B).
const PARTS: [(&str, &str); 11] = [
    ("achievement", "Achievement"),
    ("alignment", "Alignment"),
    ("creator", "Profile"),
    ("evidence", "Evidence"),
    ("identifier", "IdentityObject"),
    ("issuer", "Profile"),
    ("otherIdentifier", "IdentifierEntry"),
    ("parentOrg", "Profile"),
    ("result", "Result"),
    ("resultDescription", "ResultDescription"),
    ("source", "Profile"),
];

/// What is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormFault {
    /// The first context is not that of credentials.
    Context,
    /// It is no VerifiableCredential, or with the context of Open Badges none of its kinds.
    Kind,
    /// It does not say who issued it, or since when it holds.
    Missing(&'static str),
    /// A part is not of its kind.
    Part { at: String, expected: &'static str },
}

impl fmt::Display for FormFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FormFault::Context => f.write_str("its first context is not that of Verifiable Credentials"),
            FormFault::Kind => f.write_str("its type is none that a credential with these contexts can have"),
            FormFault::Missing(member) => write!(f, "it has no {member}"),
            FormFault::Part { at, expected } => write!(f, "{at} is not of the type {expected}"),
        }
    }
}
impl std::error::Error for FormFault {}

/// Looks at the form of a credential.
///
/// Errors: the first thing that is not as it should be.
pub fn check_form(credential: &Value) -> Result<(), FormFault> {
    let contexts = listed(credential.get("@context"));
    let first = contexts.first().and_then(|context| context.as_str());
    if !first.is_some_and(|first| CREDENTIALS.contains(&first)) {
        return Err(FormFault::Context);
    }
    if !is_of(credential, "VerifiableCredential") {
        return Err(FormFault::Kind);
    }
    if credential.get("issuer").is_none() {
        return Err(FormFault::Missing("issuer"));
    }
    let badge = contexts
        .iter()
        .filter_map(|context| context.as_str())
        .any(|context| BADGES.iter().any(|begins| context.starts_with(begins)));
    if !badge {
        return Ok(());
    }
    if !KINDS.iter().any(|kind| is_of(credential, kind)) {
        return Err(FormFault::Kind);
    }
    if credential
        .get("validFrom")
        .or(credential.get("issuanceDate"))
        .is_none()
    {
        return Err(FormFault::Missing("validFrom"));
    }
    let subject = credential
        .get("credentialSubject")
        .ok_or(FormFault::Missing("credentialSubject"))?;
    let expected = if is_of(credential, "EndorsementCredential") {
        "EndorsementSubject"
    } else if is_of(credential, "ClrCredential") {
        "ClrSubject"
    } else {
        "AchievementSubject"
    };
    for one in listed(Some(subject)) {
        if !is_of(one, expected) {
            return Err(FormFault::Part {
                at: "credentialSubject".into(),
                expected,
            });
        }
        if expected == "AchievementSubject" && one.get("achievement").is_none() {
            return Err(FormFault::Missing("achievement"));
        }
    }
    parts(credential, "")
}

/// Every part below, each where it stands. The depth is bounded by that of the JSON that was read.
fn parts(value: &Value, at: &str) -> Result<(), FormFault> {
    let Value::Object(members) = value else {
        return Ok(());
    };
    for (name, held) in members {
        let here = if at.is_empty() {
            name.clone()
        } else {
            format!("{at}.{name}")
        };
        let expected = PARTS
            .iter()
            .find(|(member, _)| member == name)
            .map(|(_, kind)| *kind);
        for one in listed(Some(held)) {
            // An address in the place of a part stands for it.
            if let Some(expected) = expected
                && one.is_object()
                && !is_of(one, expected)
            {
                return Err(FormFault::Part { at: here, expected });
            }
            parts(one, &here)?;
        }
    }
    Ok(())
}

fn listed(value: Option<&Value>) -> Vec<&Value> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(values)) => values.iter().collect(),
        Some(one) => vec![one],
    }
}

fn is_of(value: &Value, kind: &str) -> bool {
    listed(value.get("type"))
        .iter()
        .any(|found| found.as_str() == Some(kind))
}
