//! The ways in which an act or a question fails, and what each may show.

use assay_domain::{Code, Refusal, Refusals};
use assay_store::StoreFault;

/// Something typed or sent cannot be read as what was asked for; always told with its field, several at once.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Complaint {
    /// The form field or JSON member, e.g. `born_on`.
    pub field: String,
    /// What is wrong and what is expected, as one plain sentence.
    pub message: String,
}

impl Complaint {
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Complaint {
            field: field.into(),
            message: message.into(),
        }
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    /// The rules say no (422). All reasons at once.
    Refused(Refusals),
    /// The input cannot be read (400).
    Unreadable(Vec<Complaint>),
    /// There is no such thing, or the caller may not see it; the two answer alike (404).
    NotFound,
    /// Nobody is signed in, or the session has ended (401).
    SignInNeeded,
    /// Somebody acted in between (409): what changed, in words.
    Conflict { because: String },
    /// Something broke (500): logged once at the edge, shown to nobody.
    Fault(String),
}

impl Failure {
    /// A refusal with one reason.
    pub fn refused(refusal: Refusal) -> Self {
        Failure::Refused(refusal.into())
    }
    /// A complaint about one field.
    pub fn unreadable(field: impl Into<String>, message: impl Into<String>) -> Self {
        Failure::Unreadable(vec![Complaint::new(field, message)])
    }
}

impl From<StoreFault> for Failure {
    fn from(fault: StoreFault) -> Self {
        match fault {
            StoreFault::DiskFull => no_room(),
            other => Failure::Fault(other.to_string()),
        }
    }
}

/// The disk is full. Not a fault: it can be told what to do, and nothing was recorded by half.
pub fn no_room() -> Failure {
    Refusal::new(
        Code::EvidenceNoRoom,
        "There is no room for this on the server at the moment. Nothing of it was kept.",
    )
    .remedy("Keep your file or your text and try again later. Whoever runs this system has to make room.")
    .who("The administrator")
    .source("operations")
    .into()
}
impl From<Refusals> for Failure {
    fn from(refusals: Refusals) -> Self {
        Failure::Refused(refusals)
    }
}
impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Failure::Refused(refusal.into())
    }
}
impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Failure::Fault(error.to_string())
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::Refused(refusals) => {
                for (at, refusal) in refusals.0.iter().enumerate() {
                    let gap = if at > 0 { "\n" } else { "" };
                    write!(f, "{gap}{} ({})", refusal.because, refusal.code)?;
                    if !refusal.remedy.is_empty() {
                        write!(f, "\n  {}", refusal.remedy)?;
                    }
                }
                Ok(())
            }
            Failure::Unreadable(complaints) => {
                for (at, complaint) in complaints.iter().enumerate() {
                    let gap = if at > 0 { "\n" } else { "" };
                    write!(f, "{gap}{}: {}", complaint.field, complaint.message)?;
                }
                Ok(())
            }
            Failure::NotFound => f.write_str("There is no such thing, or you may not see it."),
            Failure::SignInNeeded => f.write_str("Please sign in."),
            Failure::Conflict { because } => f.write_str(because),
            Failure::Fault(why) => f.write_str(why),
        }
    }
}
