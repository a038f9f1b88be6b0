//! A certificate in another name: somebody asks, the proof is seen in the original, the awarding body approves.
//!
//! `asked -> proved -> approved | refused`. Asking is for whoever is entitled to the certificate; seeing the proof is for the
//! centre or the awarding body; approving is for a quality manager who did neither. Until it is approved nothing changes.
//!
//! Sources: practice, sections 19 (change log: who asked, when, what proves it), 20.1 and 20.2.

use super::certificate::{self, CertificateCase, CertificateState, Printed};
use crate::actor::{Actor, Role};
use crate::fact::Fact;
use crate::id::{CentreId, CertificateId, NameChangeId, PersonId};
use crate::people::Details;
use crate::people::change::{ChangeDetails, decide as decide_details};
use crate::refusal::{Code, Refusal, Refusals};
use crate::registration::learner::unprintable;
use crate::{Decision, Fresh, Moment};
use std::fmt;
use std::str::FromStr;

/// The longest given or family name, in characters.
pub const LONGEST_NAME: usize = 200;
/// The longest description of a document, in characters.
pub const LONGEST_DOCUMENT: usize = 500;

/// What proves a name.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum NameProof {
    Marriage,
    Dissolution,
    DeedPoll,
    StatutoryDeclaration,
    GenderRecognition,
    /// A passport or an identity card in the name.
    Identity,
    /// The name was entered wrongly; a document of identity shows how it is written.
    Misspelt,
    Other,
}

impl NameProof {
    /// All kinds, in the order of the form.
    pub const ALL: [NameProof; 8] = [
        NameProof::Marriage,
        NameProof::Dissolution,
        NameProof::DeedPoll,
        NameProof::StatutoryDeclaration,
        NameProof::GenderRecognition,
        NameProof::Identity,
        NameProof::Misspelt,
        NameProof::Other,
    ];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            NameProof::Marriage => "marriage",
            NameProof::Dissolution => "dissolution",
            NameProof::DeedPoll => "deed_poll",
            NameProof::StatutoryDeclaration => "statutory_declaration",
            NameProof::GenderRecognition => "gender_recognition",
            NameProof::Identity => "identity",
            NameProof::Misspelt => "misspelt",
            NameProof::Other => "other",
        }
    }

    /// As a person reads it.
    pub fn title(self) -> &'static str {
        match self {
            NameProof::Marriage => "Marriage or civil partnership certificate",
            NameProof::Dissolution => "Decree of divorce or dissolution",
            NameProof::DeedPoll => "Deed poll",
            NameProof::StatutoryDeclaration => "Statutory declaration",
            NameProof::GenderRecognition => "Gender recognition certificate",
            NameProof::Identity => "Passport or identity card in the new name",
            NameProof::Misspelt => "The name was misspelt: passport or identity card",
            NameProof::Other => "Another official document",
        }
    }
}

impl fmt::Display for NameProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}

impl FromStr for NameProof {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        NameProof::ALL
            .into_iter()
            .find(|proof| proof.as_str() == text)
            .ok_or_else(|| format!("expected a proof of a name, found {text:?}"))
    }
}

/// How far a change of name is.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum NameChangeState {
    /// Asked for; nobody has seen the proof.
    Asked,
    /// The proof was seen in the original.
    Proved,
    /// A certificate in the new name is issued.
    Approved,
    Refused,
}

impl NameChangeState {
    /// All states.
    pub const ALL: [NameChangeState; 4] = [
        NameChangeState::Asked,
        NameChangeState::Proved,
        NameChangeState::Approved,
        NameChangeState::Refused,
    ];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            NameChangeState::Asked => "asked",
            NameChangeState::Proved => "proved",
            NameChangeState::Approved => "approved",
            NameChangeState::Refused => "refused",
        }
    }

    /// As a person reads it.
    pub fn title(self) -> &'static str {
        match self {
            NameChangeState::Asked => "Proof to be seen",
            NameChangeState::Proved => "To be approved",
            NameChangeState::Approved => "Approved",
            NameChangeState::Refused => "Not approved",
        }
    }

    /// Whether it still waits for somebody.
    pub fn is_open(self) -> bool {
        matches!(self, NameChangeState::Asked | NameChangeState::Proved)
    }
}

impl FromStr for NameChangeState {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        NameChangeState::ALL
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or_else(|| format!("expected a state of a change of name, found {text:?}"))
    }
}

/// The name that is asked for; its JSON is what `NameChangeAsked` seals.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct NewName {
    pub given: String,
    pub family: String,
}

impl NewName {
    /// The same without needless spaces.
    pub fn tidied(&self) -> NewName {
        let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        NewName {
            given: tidy(&self.given),
            family: tidy(&self.family),
        }
    }

    /// As it stands on a certificate.
    pub fn full(&self) -> String {
        format!("{} {}", self.given, self.family).trim().to_owned()
    }
}

/// Ask for a certificate in another name.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
pub struct AskNameChange {
    pub given: String,
    pub family: String,
    /// None when nothing was chosen, which is refused.
    pub proof: Option<NameProof>,
    /// Which document it is: who issued it, when, its number. Private.
    pub document: String,
}

/// Record that the original of the proof was seen.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
pub struct SeeNameProof {
    /// What was seen. Private.
    pub seen: String,
}

/// Do not approve a change of name.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
pub struct RefuseNameChange {
    pub because: String,
}

/// What must be known to ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskCase {
    pub certificate: CertificateCase,
    pub centre: CentreId,
    /// The name on the certificate.
    pub printed: String,
    /// Whether another change of name of this certificate still waits.
    pub open: bool,
}

/// What must be known to go on with a change of name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameChangeCase {
    pub change: NameChangeId,
    pub state: NameChangeState,
    /// The certificate that it is about.
    pub certificate: CertificateCase,
    pub centre: CentreId,
    pub name: NewName,
    pub proof: NameProof,
    pub asked_by: Option<PersonId>,
    pub seen_by: Option<PersonId>,
    /// The learner's details as they are registered.
    pub details: Details,
}

/// Decides on asking. When the centre or the awarding body asks, it has the proof before it: that is recorded in the same
/// act.
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`: not the learner, a coordinator of the centre or a quality manager
/// - `CERT_REVOKED`: the certificate is not in force
/// - `NAME_CHANGE_STATE`: a change of name of this certificate waits already
/// - `FIELD_MISSING` on `given`, `family`, `proof`, `document`; `CERT_NAME`: it is the name on the certificate
///
/// Source: practice, section 20.2 (to anyone entitled, to nobody else).
pub fn decide_ask(
    act: &AskNameChange,
    case: &AskCase,
    actor: &Actor,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    let own = actor.person == case.certificate.learner;
    if !own {
        require_sight(actor, &case.centre, "ask for a certificate in another name")?;
    }
    let mut refusals = Refusals::new();
    if case.certificate.state != CertificateState::Valid {
        certificate::not_in_force(&case.certificate, &mut refusals);
    }
    if case.open {
        refusals.push(
            Refusal::new(
                Code::NameChangeState,
                "A change of name of this certificate waits already.",
            )
            .remedy("Wait until it is settled; the award's page shows how far it is.")
            .who("The quality manager")
            .source("practice, section 20.2"),
        );
    }
    let name = NewName {
        given: act.given.clone(),
        family: act.family.clone(),
    }
    .tidied();
    for (text, field, what) in [
        (&name.given, "given", "given name"),
        (&name.family, "family", "family name"),
    ] {
        if text.is_empty() || text.chars().count() > LONGEST_NAME || text.chars().any(unprintable) {
            refusals.push(missing(
                field,
                format!(
                    "The {what} is missing, longer than {LONGEST_NAME} characters, or holds characters that cannot be printed."
                ),
                "Enter the name as the document has it.",
            ));
        }
    }
    if !name.full().is_empty() && name.full() == case.printed {
        refusals.push(
            Refusal::new(Code::CertName, "This is the name on the certificate.")
                .remedy("Enter the new name, or ask for a replacement when the certificate is lost.")
                .who("Whoever asks")
                .source("practice, section 20.1")
                .field("family"),
        );
    }
    document(&act.document, "document", &mut refusals);
    let Some(proof) = act.proof else {
        refusals.push(missing(
            "proof",
            "It is not said what proves the name.".to_owned(),
            "Choose the kind of document.",
        ));
        return Err(refusals);
    };
    refusals.ok()?;
    let learner = &case.certificate.learner;
    let change = NameChangeId::fresh(fresh);
    let mut decision = Decision::new();
    // Two texts always have JSON.
    let text = serde_json::to_string(&name).unwrap_or_default();
    let name = decision.seal(learner, "name_change.name", text, fresh);
    let document = decision.seal(learner, "name_change.document", act.document.trim(), fresh);
    decision.fact(Fact::NameChangeAsked {
        change: change.clone(),
        certificate: case.certificate.certificate.clone(),
        award: case.certificate.award.clone(),
        name,
        proof,
        document,
    });
    if !own {
        decision.fact(Fact::NameProofSeen { change, seen: None });
    }
    Ok(decision)
}

/// Decides on the record that the original was seen.
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`: not a coordinator of the centre or a quality manager; `SD_3`: the learner
/// - `NAME_CHANGE_STATE`: it was seen already, or the change of name is settled
/// - `FIELD_MISSING` on `seen`
///
/// Source: practice, section 19 (what is corrected is recorded with its ground); section 1, SD-3.
pub fn decide_seen(
    act: &SeeNameProof,
    case: &NameChangeCase,
    actor: &Actor,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    require_sight(actor, &case.centre, "record that a proof was seen")?;
    let mut refusals = Refusals::new();
    not_the_learner(case, actor, &mut refusals);
    if case.state != NameChangeState::Asked {
        wrong_state(case, &mut refusals);
    }
    document(&act.seen, "seen", &mut refusals);
    refusals.ok()?;
    let mut decision = Decision::new();
    let seen = decision.seal(
        &case.certificate.learner,
        "name_change.seen",
        act.seen.trim(),
        fresh,
    );
    decision.fact(Fact::NameProofSeen {
        change: case.change.clone(),
        seen: Some(seen),
    });
    Ok(decision)
}

/// Everything that stands against approving.
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`: not a quality manager
/// - `SD_3`: the learner; `SD_8`: whoever asked, or saw the proof
/// - `NAME_PROOF_UNSEEN`: nobody has seen the proof; `NAME_CHANGE_STATE`: it is settled
/// - `CERT_REVOKED`: the certificate is not in force any more
pub fn may_approve(case: &NameChangeCase, actor: &Actor) -> Result<(), Refusals> {
    actor.require(Role::QualityManager, "approve a change of name")?;
    let mut refusals = Refusals::new();
    not_the_learner(case, actor, &mut refusals);
    if [&case.asked_by, &case.seen_by].contains(&&Some(actor.person.clone())) {
        refusals.push(
            Refusal::new(
                Code::Sd8,
                "You asked for this change or saw its proof, so another person has to approve it.",
            )
            .remedy("Another quality manager has to approve it.")
            .who("Another quality manager")
            .source("practice, section 1, SD-8"),
        );
    }
    match case.state {
        NameChangeState::Asked => refusals.push(
            Refusal::new(
                Code::NameProofUnseen,
                "Nobody has recorded that the proof was seen in the original.",
            )
            .remedy("The centre records it on this page.")
            .who("The centre coordinator")
            .source("practice, section 20.2"),
        ),
        NameChangeState::Proved => {}
        _ => wrong_state(case, &mut refusals),
    }
    if case.certificate.state != CertificateState::Valid {
        certificate::not_in_force(&case.certificate, &mut refusals);
    }
    refusals.ok()
}

/// Decides on approving: the learner's details follow where they do not say so yet, a certificate in the new name takes the
/// place of the old one, and the change of name is settled.
///
/// # Errors
/// Those of [`may_approve`], and of [`decide_details`].
///
/// Source: practice, sections 19 and 20.2.
pub fn decide_approve(
    case: &NameChangeCase,
    printed: &Printed,
    actor: &Actor,
    moment: Moment,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    may_approve(case, actor)?;
    let learner = &case.certificate.learner;
    let mut decision = Decision::new();
    if (&case.details.given, &case.details.family) != (&case.name.given, &case.name.family) {
        let change = ChangeDetails {
            person: learner.clone(),
            details: Details {
                given: case.name.given.clone(),
                family: case.name.family.clone(),
                ..case.details.clone()
            },
            // The reason is read by more people than those who may know what proves the name.
            because: "Change of name approved.".to_owned(),
        };
        decision.and(decide_details(&change, moment, fresh)?);
    }
    let issued = certificate::issue(
        case.certificate.award.clone(),
        learner,
        printed,
        moment.today,
        Some(case.certificate.certificate.clone()),
        fresh,
    );
    let certificate: Option<CertificateId> = issued.facts.iter().find_map(|fact| match fact {
        Fact::CertificateIssued { certificate, .. } => Some(certificate.clone()),
        _ => None,
    });
    decision.and(issued);
    if let Some(certificate) = certificate {
        decision.fact(Fact::NameChangeApproved {
            change: case.change.clone(),
            certificate,
        });
    }
    Ok(decision)
}

/// Decides on not approving.
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`: not a quality manager; `SD_3`: the learner
/// - `NAME_CHANGE_STATE`: it is settled
/// - `FIELD_MISSING`: no reason
pub fn decide_refuse(
    act: &RefuseNameChange,
    case: &NameChangeCase,
    actor: &Actor,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    actor.require(Role::QualityManager, "refuse a change of name")?;
    let mut refusals = Refusals::new();
    not_the_learner(case, actor, &mut refusals);
    if !case.state.is_open() {
        wrong_state(case, &mut refusals);
    }
    if act.because.trim().is_empty() {
        refusals.push(missing(
            "because",
            "The change of name is not approved without a reason.".to_owned(),
            "Write what is missing or wrong, so that whoever asked can put it right.",
        ));
    }
    refusals.ok()?;
    let mut decision = Decision::new();
    let because = decision.seal(
        &case.certificate.learner,
        "name_change.refusal",
        act.because.trim(),
        fresh,
    );
    decision.fact(Fact::NameChangeRefused {
        change: case.change.clone(),
        because,
    });
    Ok(decision)
}

/// A coordinator of the centre, or a quality manager.
fn require_sight(actor: &Actor, centre: &CentreId, act: &str) -> Result<(), Refusal> {
    if actor.is(Role::QualityManager) {
        return Ok(());
    }
    actor.require_at(Role::Coordinator, centre, act).map(|_| ())
}

fn not_the_learner(case: &NameChangeCase, actor: &Actor, refusals: &mut Refusals) {
    certificate::not_their_own(&case.certificate, actor, refusals);
}

fn wrong_state(case: &NameChangeCase, refusals: &mut Refusals) {
    let because = match case.state {
        NameChangeState::Asked => "The proof has not been seen yet.",
        NameChangeState::Proved => "The proof was seen already.",
        NameChangeState::Approved => "This change of name is approved already.",
        NameChangeState::Refused => "This change of name was not approved.",
    };
    refusals.push(
        Refusal::new(Code::NameChangeState, because)
            .remedy("Look at the award's page for the certificate in force.")
            .who("Nobody")
            .source("practice, section 20.2"),
    );
}

fn document(text: &str, field: &'static str, refusals: &mut Refusals) {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST_DOCUMENT {
        refusals.push(missing(
            field,
            format!("The document is not described, or in more than {LONGEST_DOCUMENT} characters."),
            "Say which document it is: who issued it, when, and its number.",
        ));
    }
}

fn missing(field: &'static str, because: String, remedy: &str) -> Refusal {
    Refusal::new(Code::FieldMissing, because)
        .remedy(remedy)
        .who("Whoever fills in the form")
        .source("practice, sections 19 and 20.2")
        .field(field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fresh::Counted;

    fn case(state: NameChangeState, asked_by: &str, seen_by: Option<&str>) -> NameChangeCase {
        NameChangeCase {
            change: "nmc_1".parse().unwrap(),
            state,
            certificate: CertificateCase {
                certificate: "crt_1".parse().unwrap(),
                award: "awd_1".parse().unwrap(),
                learner: "prs_1".parse().unwrap(),
                number: "2019-7KX4-29QM-D".into(),
                state: CertificateState::Valid,
                printed: Some("Amira Khan".into()),
                registered: "Amira Khan".into(),
            },
            centre: "ctr_1".parse().unwrap(),
            name: NewName {
                given: "Amira".into(),
                family: "Larsson".into(),
            },
            proof: NameProof::Marriage,
            asked_by: Some(asked_by.parse().unwrap()),
            seen_by: seen_by.map(|person| person.parse().unwrap()),
            details: Details {
                given: "Amira".into(),
                family: "Khan".into(),
                born_on: None,
                email: Some("amira@example.org".into()),
            },
        }
    }

    fn manager(person: &str) -> Actor {
        Actor {
            person: person.parse().unwrap(),
            via: crate::Via::Page,
            grants: vec![crate::actor::Grant {
                id: "grt_1".parse().unwrap(),
                role: Role::QualityManager,
                centre: None,
                from: jiff::civil::date(2019, 1, 1),
                until: None,
                countersigned: false,
            }],
        }
    }

    fn printed() -> Printed {
        Printed {
            number: "2019-ABCD-EFGH-7".into(),
            face: "{}".into(),
        }
    }

    #[test]
    fn asking_seeing_and_approving_need_two_people_at_least_and_never_the_learner() {
        let people = ["prs_1", "prs_2", "prs_3"];
        for asked in people {
            for seen in people {
                for approves in people {
                    let case = case(NameChangeState::Proved, asked, Some(seen));
                    let allowed = may_approve(&case, &manager(approves)).is_ok();
                    let apart = approves != asked && approves != seen && approves != "prs_1";
                    assert_eq!(allowed, apart, "{asked} asked, {seen} saw, {approves} approves");
                }
            }
        }
    }

    #[test]
    fn details_change_only_where_they_say_another_name() {
        let moment = Moment::new("2019-10-14T12:00:00Z".parse().unwrap(), &jiff::tz::TimeZone::UTC);
        let kinds = |case: &NameChangeCase| -> Vec<String> {
            decide_approve(
                case,
                &printed(),
                &manager("prs_3"),
                moment,
                &mut Counted::from_seed(1),
            )
            .unwrap()
            .facts
            .iter()
            .map(Fact::name)
            .collect()
        };
        let mut case = case(NameChangeState::Proved, "prs_1", Some("prs_2"));
        assert_eq!(
            kinds(&case),
            [
                "person_details_changed",
                "certificate_issued",
                "name_change_approved"
            ]
        );
        case.details.family = "Larsson".into();
        assert_eq!(kinds(&case), ["certificate_issued", "name_change_approved"]);
    }
}
