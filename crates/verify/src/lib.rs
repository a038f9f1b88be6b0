//! Re-deriving an award from its dossier, for people who trust neither the server nor whoever hands them the file.
//!
//! [`check`] goes through the dossier step by step: signatures and proofs (crate `certify`), then every rule by which the award
//! was made, applied anew to the facts. Each [`Step`] says in a sentence what was found; the first that does not hold ends the
//! way. Rules are those of practice sections 1, 9, 10.8, 19 and 20, and AW-01, AW-02, AW-04, JU-03 and VM-02. No database, no
//! network, no clock: an answer holds as of the dossier's checkpoint.

mod award;
mod case;
mod certificate;
mod evidence;
mod external;
mod roles;
mod unit;

use assay_certify::{Dossier, prove};
use assay_ledger::VerifierKey;
use serde::Serialize;

/// One step of the derivation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// A word for programs, e.g. `unit`.
    pub step: &'static str,
    pub holds: bool,
    /// What was found, for people.
    pub because: String,
}

/// What is claimed and shown: who checks compares this with the certificate in hand.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Claimed {
    pub award: String,
    /// `award` of a whole qualification, or `credit` for single units.
    pub kind: &'static str,
    pub certificate: String,
    /// Code, number and title of the qualification; code and number are blank for credit.
    pub qualification: String,
    pub qualification_number: String,
    pub title: String,
    /// For credit the highest of the units.
    pub level: u8,
    pub credits: u32,
    /// The units, in the order of the claim.
    pub units: Vec<ClaimedUnit>,
    pub awarded_on: String,
    pub awarding_body: String,
    /// The learner's pseudonymous id.
    pub learner: String,
    /// The learner's name, where the dossier discloses the certificate's face.
    pub learner_name: Option<String>,
    /// The ledger's name and the moment as of which all this holds.
    pub ledger: String,
    pub as_of: String,
}

/// A unit of what is claimed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ClaimedUnit {
    pub number: String,
    /// Its reference number in the regulator's register.
    pub reference: String,
    pub title: String,
    pub level: u8,
    pub credits: u32,
    /// The awarding body's short name, where it assessed the unit itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assessed_by: Option<String>,
}

/// The outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Derivation {
    /// True when every step holds.
    pub holds: bool,
    /// Known as soon as signatures and proofs hold; nothing that is not proven is claimed.
    pub claimed: Option<Claimed>,
    pub steps: Vec<Step>,
}

impl Derivation {
    /// The step that does not hold.
    pub fn failure(&self) -> Option<&Step> {
        self.steps.iter().find(|step| !step.holds)
    }
}

/// A step that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fails {
    pub step: &'static str,
    pub because: String,
}

/// The way so far.
#[derive(Debug, Default)]
pub(crate) struct Way(Vec<Step>);

impl Way {
    pub fn holds(&mut self, step: &'static str, because: impl Into<String>) {
        self.0.push(Step {
            step,
            holds: true,
            because: because.into(),
        });
    }
}

/// Makes a failure.
pub(crate) fn fails<T>(step: &'static str, because: impl Into<String>) -> Result<T, Fails> {
    Err(Fails {
        step,
        because: because.into(),
    })
}

/// Checks a dossier's bytes against the keys that whoever asks trusts: public keys of the ledger, and of witnesses that must
/// have cosigned. Takes time and memory in proportion to the bytes, which are bounded.
pub fn check(bytes: &[u8], trusted: &[VerifierKey]) -> Derivation {
    check_showing(bytes, trusted, &[])
}

/// A file that is shown beside a dossier, because it is too large to be in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownFile {
    /// As whoever shows it calls it.
    pub name: String,
    /// SHA-256 of its bytes, lower-case hex.
    pub sha256: String,
}

/// As [`check`], and looks whether each file that is shown `beside` the dossier is one that was handed in and judged.
pub fn check_showing(bytes: &[u8], trusted: &[VerifierKey], beside: &[ShownFile]) -> Derivation {
    let mut way = Way::default();
    let outcome = run(bytes, trusted, beside, &mut way);
    let Way(mut steps) = way;
    match outcome {
        Ok(claimed) => Derivation {
            holds: true,
            claimed: Some(claimed),
            steps,
        },
        Err(failure) => {
            steps.push(Step {
                step: failure.step,
                holds: false,
                because: failure.because,
            });
            Derivation {
                holds: false,
                claimed: None,
                steps,
            }
        }
    }
}

fn run(bytes: &[u8], trusted: &[VerifierKey], beside: &[ShownFile], way: &mut Way) -> Result<Claimed, Fails> {
    let dossier = match Dossier::read(bytes) {
        Ok(dossier) => dossier,
        Err(fault) => return fails("file", fault.to_string()),
    };
    let proven = match prove(&dossier, trusted) {
        Ok(proven) => proven,
        Err(fault) => return fails(fault.step, fault.because),
    };
    let via = if proven.signed_by == proven.trusted {
        "a key that you trust".to_owned()
    } else {
        format!("a key that {} vouched for when it was rotated", proven.trusted)
    };
    way.holds(
        "signature",
        format!(
            "The ledger {} of {} entries is signed by {}, {via}.",
            proven.checkpoint.origin, proven.checkpoint.size, proven.signed_by
        ),
    );
    for (witness, seen) in &proven.witnesses {
        let at = i64::try_from(*seen)
            .ok()
            .and_then(|second| jiff::Timestamp::from_second(second).ok())
            .map_or_else(|| "a time that cannot be".to_owned(), |at| at.to_string());
        way.holds(
            "witness",
            format!("The witness {witness} saw this ledger at {at}."),
        );
    }
    way.holds(
        "proofs",
        format!(
            "All {} facts of this file are in that ledger, and its owner states that no other fact bears on the award, as of {}.",
            proven.facts.len(),
            proven.statement.at
        ),
    );
    let case = case::Case::of(&dossier, &proven)?;
    award::derive(&case, beside, way)
}
