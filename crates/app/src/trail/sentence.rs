//! A fact as a sentence of the trade, without who: "decided criterion 1.2 of 7016V1: not yet met".

use super::names::{HandIn, Names};
use super::{TrailDetail, TrailLink};
use crate::{App, Failure};
use assay_domain::fact::{
    AchievedUnit, CriterionDecision, Entry, EvidenceKind, Fact, Outcome, Place, ReturnGround,
};
use assay_domain::id::{ClaimId, PassageId, SubmissionId};
use assay_domain::judgement::quality::words_of;
use assay_domain::moment::long_date;
use assay_domain::sealed::Sealed;
use assay_store::Tx;

/// What a line says beside who and when.
pub(super) struct Line {
    pub says: String,
    pub details: Vec<TrailDetail>,
    pub links: Vec<TrailLink>,
    pub rule: &'static str,
}

/// The names of facts with what a list of kinds calls them.
const KINDS: &[(&str, &str)] = &[
    ("installation_founded", "Installation founded"),
    ("person_added", "Person added"),
    ("person_details_changed", "Details changed"),
    ("person_erased", "Person erased"),
    ("role_granted", "Role given"),
    ("role_ended", "Role ended"),
    ("centre_approved", "Centre approved"),
    ("centre_offers_qualification", "Qualification offered"),
    ("centre_stopped_offering", "Qualification no longer offered"),
    ("centre_grades_set", "Own grades set"),
    ("specification_drafted", "Specification loaded"),
    ("specification_checked", "Specification checked"),
    ("specification_approved", "Specification approved"),
    ("specification_published", "Specification published"),
    ("learner_registered", "Registration"),
    ("identity_confirmed", "Identity confirmed"),
    ("registration_completed", "Registration completed"),
    ("registration_withdrawn", "Withdrawal"),
    ("plan_agreed", "Learning plan"),
    ("staff_allocated", "Allocation"),
    ("message_sent", "Message"),
    ("evidence_started", "Evidence started"),
    ("evidence_renamed", "Evidence renamed"),
    ("evidence_saved", "Evidence saved"),
    ("evidence_withdrawn", "Evidence withdrawn"),
    ("passage_marked", "Passage marked"),
    ("passage_unmarked", "Mark taken away"),
    ("unit_submitted", "Hand-in"),
    ("submission_taken", "Taken for marking"),
    ("submission_returned", "Return before marking"),
    ("criterion_decided", "Decision on a criterion"),
    ("quality_judged", "Judgement of a quality"),
    ("judgement_signed", "Judgement signed"),
    ("judgement_countersigned", "Judgement countersigned"),
    ("own_grade_recorded", "Own grade"),
    ("judgement_verified", "Internal verification"),
    ("judgement_not_sampled", "Left out of the sample"),
    ("external_assessment_ordered", "External assessment ordered"),
    ("external_assessment_withdrawn", "External assessment withdrawn"),
    (
        "external_assessment_received",
        "Work received by the awarding body",
    ),
    ("external_assessor_allocated", "External assessor allocated"),
    ("award_claimed", "Claim"),
    ("claim_returned", "Claim returned"),
    ("award_released", "Award released"),
    ("credit_claimed", "Claim of unit credit"),
    ("credit_released", "Unit credit released"),
    ("certificate_issued", "Certificate issued"),
    ("certificate_revoked", "Certificate revoked"),
    ("certificate_dispatched", "Certificate dispatched"),
    ("certificate_dispatch_settled", "Certificate sent before"),
    ("certificate_undelivered", "Certificate undelivered"),
    ("name_change_asked", "Change of name asked for"),
    ("name_proof_seen", "Proof of a name seen"),
    ("name_change_approved", "Change of name approved"),
    ("name_change_refused", "Change of name not approved"),
    ("result_flagged", "Result said to be wrong"),
    ("correction_assessed", "Facts of a correction"),
    ("result_corrected", "Result corrected"),
    ("award_withdrawn", "Award withdrawn"),
    ("correction_left", "Result left as it is"),
    ("awarding_body_themed", "Theme of certificates"),
];

/// What a list of kinds calls a fact; its own name for one that is not in the list.
pub fn kind_title(kind: &str) -> &str {
    KINDS
        .iter()
        .find(|(name, _)| *name == kind)
        .map_or(kind, |(_, title)| title)
}

/// Tells an entry.
///
/// # Errors
/// A fault when the store fails.
pub(super) fn tell(app: &App, tx: &mut Tx<'_>, names: &mut Names, entry: &Entry) -> Result<Line, Failure> {
    let mut teller = Teller {
        app,
        tx,
        names,
        details: Vec::new(),
        links: Vec::new(),
    };
    let (says, rule) = teller.says(&entry.fact)?;
    Ok(Line {
        says,
        rule,
        details: teller.details,
        links: teller.links,
    })
}

struct Teller<'a, 't> {
    app: &'a App,
    tx: &'a mut Tx<'t>,
    names: &'a mut Names,
    details: Vec<TrailDetail>,
    links: Vec<TrailLink>,
}

impl Teller<'_, '_> {
    fn says(&mut self, fact: &Fact) -> Result<(String, &'static str), Failure> {
        Ok(match fact {
            Fact::UnitSubmitted { .. }
            | Fact::SubmissionTaken { .. }
            | Fact::SubmissionReturned { .. }
            | Fact::CriterionDecided { .. }
            | Fact::QualityJudged { .. }
            | Fact::JudgementSigned { .. }
            | Fact::JudgementCountersigned { .. }
            | Fact::OwnGradeRecorded { .. }
            | Fact::JudgementVerified { .. }
            | Fact::JudgementNotSampled { .. } => self.judging(fact)?,
            Fact::ExternalAssessmentOrdered { .. }
            | Fact::ExternalAssessmentWithdrawn { .. }
            | Fact::ExternalAssessmentReceived { .. }
            | Fact::ExternalAssessorAllocated { .. } => self.external(fact)?,
            Fact::EvidenceStarted { .. }
            | Fact::EvidenceRenamed { .. }
            | Fact::EvidenceSaved { .. }
            | Fact::EvidenceWithdrawn { .. }
            | Fact::PassageMarked { .. }
            | Fact::PassageUnmarked { .. } => self.evidence(fact)?,
            other => self.matters(other)?,
        })
    }

    /// Hand-in, marking and verification.
    fn judging(&mut self, fact: &Fact) -> Result<(String, &'static str), Failure> {
        Ok(match fact {
            Fact::UnitSubmitted {
                submission,
                unit,
                attempt,
                revision,
                items,
                passages,
                words,
                declaration,
                changes,
                ..
            } => {
                self.reads(submission);
                let again = if *revision > 1 {
                    format!(", revision {revision}")
                } else {
                    String::new()
                };
                let mut pieces = Vec::new();
                for item in items {
                    let title = self.names.piece(self.tx, &item.evidence)?;
                    let title = title.unwrap_or_else(|| "an erased piece".to_owned());
                    pieces.push(format!("{title}, version {}", item.version));
                    self.link(
                        format!("{title}, version {}", item.version),
                        format!("/evidence/{}", item.evidence),
                    );
                }
                self.detail("Pieces", pieces.join("; "));
                self.detail("Passages pointed to", passages.len().to_string());
                self.detail("Words counted", words.to_string());
                self.detail(
                    "Declaration",
                    if declaration.own_work {
                        "Declared as the learner’s own work"
                    } else {
                        "Not declared as the learner’s own work"
                    },
                );
                self.sealed_optional("Tools that generate text", declaration.ai_detail.as_ref())?;
                self.sealed_optional("What was changed", changes.as_ref())?;
                (
                    format!("handed in unit {unit}, attempt {attempt}{again}"),
                    "LW-01; practice, sections 8 and 9.1",
                )
            }
            Fact::SubmissionTaken { submission } => {
                let of = self.of(submission)?;
                (format!("took {of} for marking"), "practice, section 9.1")
            }
            Fact::SubmissionReturned {
                submission,
                grounds,
                because,
            } => {
                let of = self.of(submission)?;
                let grounds: Vec<&str> = grounds.iter().copied().map(ground_in_words).collect();
                self.detail("Grounds", grounds.join("; "));
                self.sealed("What the learner is to do", because)?;
                (
                    format!("returned {of} before marking"),
                    "practice, section 9.1 (CM-RET); not a referral",
                )
            }
            Fact::CriterionDecided {
                submission,
                criterion,
                decision,
                reason,
                passages,
                verbs,
                words,
            } => {
                let unit = self.unit_of(submission)?;
                self.sealed("Reason", reason)?;
                if let Some(words) = words {
                    self.detail("Words of the criterion not yet answered", words);
                }
                if !verbs.is_empty() {
                    self.detail("Command verbs answered", verbs.join(", "));
                }
                self.passages(submission, passages)?;
                (
                    format!(
                        "decided criterion {criterion} of {unit}: {}",
                        decision_in_words(*decision)
                    ),
                    "JU-02, JU-09; QS-25, QS-30; practice, section 9.2",
                )
            }
            Fact::QualityJudged {
                submission,
                quality,
                satisfied,
                remark,
            } => {
                let of = self.of(submission)?;
                self.sealed_optional("Remark", remark.as_ref())?;
                let answer = if *satisfied { "satisfied" } else { "not satisfied" };
                (
                    format!("judged “{}” of {of}: {answer}", words_of(*quality).title),
                    "JU-06; LW-01 to LW-05",
                )
            }
            Fact::JudgementSigned {
                submission,
                outcome,
                criteria,
                feedback,
                supersedes,
                countersignature_due,
                order,
                ..
            } => {
                let of = self.of(submission)?;
                if let Some(order) = order {
                    let stamp = crate::external_assessment::find::stamped(self.app, self.tx, order)?;
                    self.detail("Stamp", stamp.in_words());
                }
                let met = criteria
                    .iter()
                    .filter(|signed| signed.decision == CriterionDecision::Met)
                    .count();
                self.detail("Criteria met", format!("{met} of {}", criteria.len()));
                let open: Vec<&str> = criteria
                    .iter()
                    .filter(|signed| signed.decision == CriterionDecision::NotYetMet)
                    .map(|signed| signed.criterion.as_str())
                    .collect();
                if !open.is_empty() {
                    self.detail("Not yet met", open.join(", "));
                }
                self.sealed_optional("Words to the learner", feedback.as_ref())?;
                if let Some(earlier) = supersedes {
                    self.detail("Supersedes", format!("the earlier judgement {earlier}"));
                }
                self.link("The result", format!("/submissions/{submission}/result"));
                let outcome = match outcome {
                    Outcome::Passed => "passed provisionally",
                    Outcome::Referred => "referred",
                };
                let due = if *countersignature_due {
                    "; a countersignature is due"
                } else {
                    ""
                };
                (
                    format!("signed the judgement on {of}: {outcome}{due}"),
                    "JU-02 to JU-06; practice, section 9.1",
                )
            }
            Fact::JudgementCountersigned { judgement } => {
                let of = self.judged(judgement)?;
                (
                    format!("countersigned the judgement on {of}"),
                    "practice, section 1, SD-4",
                )
            }
            Fact::OwnGradeRecorded { submission, .. } => {
                let of = self.of(submission)?;
                (
                    format!("recorded the centre’s own grade for {of} on its separate sheet"),
                    "CE-13; JU-10; no part of the result",
                )
            }
            Fact::JudgementVerified {
                judgement,
                agreed,
                criteria,
                remark,
                ..
            } => {
                let of = self.judged(judgement)?;
                for found in criteria
                    .iter()
                    .filter(|found| !found.agrees || found.reason.is_some())
                {
                    let label = if found.agrees {
                        format!("Agrees on {}", found.criterion)
                    } else {
                        format!("Disagrees on {}", found.criterion)
                    };
                    match &found.reason {
                        Some(reason) => self.sealed(&label, reason)?,
                        None => self.detail(&label, ""),
                    }
                }
                self.sealed_optional("Words to the assessor", remark.as_ref())?;
                let found = if *agreed {
                    "agreed with the judgement"
                } else {
                    "disagreed and sent the judgement back"
                };
                (
                    format!("verified {of}: {found}"),
                    "VM-01; practice, sections 9.1 and 10",
                )
            }
            Fact::JudgementNotSampled {
                judgement, because, ..
            } => {
                let of = self.judged(judgement)?;
                self.sealed("Because", because)?;
                (
                    format!("left {of} out of the sample of internal verification"),
                    "practice, section 10.1",
                )
            }
            _ => (String::new(), ""),
        })
    }

    /// Pieces of work and the passages marked in them.
    fn external(&mut self, fact: &Fact) -> Result<(String, &'static str), Failure> {
        Ok(match fact {
            Fact::ExternalAssessmentOrdered { order, unit, .. } => {
                let body = self.order(order)?;
                (
                    format!("ordered that {body} assesses unit {unit}"),
                    "EA-01; EA-02",
                )
            }
            Fact::ExternalAssessmentWithdrawn { order } => {
                let body = self.order(order)?;
                (
                    format!("withdrew the order, so that the centre assesses the unit and not {body}"),
                    "practice, section 14",
                )
            }
            Fact::ExternalAssessmentReceived {
                order,
                submission,
                due_on,
                ..
            } => {
                let (body, of) = (self.order(order)?, self.of(submission)?);
                if let Some(due) = due_on {
                    self.detail("Result due", long_date(*due));
                }
                (format!("received {of} for {body}"), "EA-01; EA-04")
            }
            Fact::ExternalAssessorAllocated { order, .. } => {
                let body = self.order(order)?;
                (format!("allocated an external assessor of {body}"), "EA-07")
            }
            _ => (String::new(), ""),
        })
    }

    /// The awarding body of an order, with a link to the order.
    fn order(&mut self, order: &assay_domain::id::OrderId) -> Result<String, Failure> {
        self.link("The order", format!("/external-assessments/{order}"));
        Ok(crate::external_assessment::find::stamped(self.app, self.tx, order)?.body)
    }

    fn evidence(&mut self, fact: &Fact) -> Result<(String, &'static str), Failure> {
        Ok(match fact {
            Fact::EvidenceStarted {
                evidence,
                kind,
                title,
                ..
            } => {
                self.link("The piece", format!("/evidence/{evidence}"));
                self.sealed("Title", title)?;
                let kind = match kind {
                    EvidenceKind::Written => "a text written here",
                    EvidenceKind::File => "an uploaded file",
                    EvidenceKind::Viva => "a viva voce",
                    EvidenceKind::Observation => "an observation",
                };
                (
                    format!("started a piece of evidence: {kind}"),
                    "LW-09; practice, section 7",
                )
            }
            Fact::EvidenceRenamed { evidence, title } => {
                self.link("The piece", format!("/evidence/{evidence}"));
                self.sealed("New title", title)?;
                ("renamed a piece of evidence".to_owned(), "practice, section 8")
            }
            Fact::EvidenceSaved {
                evidence,
                version,
                media,
                bytes,
                words,
                pages,
                ..
            } => {
                let title = self.title(evidence)?;
                self.link("The piece", format!("/evidence/{evidence}"));
                self.detail("Kind of file", media);
                self.detail("Bytes", bytes.to_string());
                if let Some(words) = words {
                    self.detail("Words", words.to_string());
                }
                if let Some(pages) = pages {
                    self.detail("Pages", pages.to_string());
                }
                (
                    format!("saved version {version} of {title}"),
                    "practice, section 8",
                )
            }
            Fact::EvidenceWithdrawn { evidence } => {
                let title = self.title(evidence)?;
                (format!("took {title} away"), "practice, section 8")
            }
            Fact::PassageMarked {
                passage,
                evidence,
                version,
                place,
                criteria,
                note,
            } => {
                let title = self.title(evidence)?;
                self.link("The piece", format!("/evidence/{evidence}"));
                self.sealed_optional("Note", note.as_ref())?;
                self.detail("Passage", passage.as_str());
                let criteria: Vec<String> = criteria
                    .iter()
                    .map(|criterion| format!("{} of {}", criterion.criterion, criterion.unit))
                    .collect();
                (
                    format!(
                        "marked {} of {title}, version {version}, for {}",
                        place_in_words(place),
                        criteria.join(", ")
                    ),
                    "LW-10",
                )
            }
            Fact::PassageUnmarked { passage } => {
                let place = self.names.passage(self.tx, passage)?;
                let place = place.map_or_else(|| "a piece".to_owned(), |place| place.title);
                (format!("took the mark on a passage of {place} away"), "LW-10")
            }
            _ => (String::new(), ""),
        })
    }

    /// Registration, plan, award, and what concerns people, centres and specifications.
    fn matters(&mut self, fact: &Fact) -> Result<(String, &'static str), Failure> {
        Ok(match fact {
            Fact::LearnerRegistered {
                registration,
                learner,
                centre,
                qualification,
                number,
                start_on,
                ends_on,
                identity,
                ..
            } => {
                self.link("The registration", format!("/registrations/{registration}"));
                let learner = self.names.person(self.tx, learner)?;
                let centre = self.names.centre(self.tx, centre)?;
                self.detail("Number", number);
                self.detail("From", long_date(*start_on));
                self.detail("Until", long_date(*ends_on));
                match identity {
                    Some(identity) => self.sealed("Identity", identity)?,
                    None => self.detail("Identity", "still to be confirmed"),
                }
                (
                    format!("registered {learner} on {qualification} at {centre}"),
                    "practice, section 6",
                )
            }
            Fact::IdentityConfirmed { document, .. } => {
                self.sealed("Seen", document)?;
                (
                    "confirmed the learner’s identity".to_owned(),
                    "practice, section 6",
                )
            }
            Fact::RegistrationCompleted {
                authority,
                uln,
                member_number,
                ..
            } => {
                if let Some(authority) = authority {
                    self.sealed("Authority and responsibility", authority)?;
                }
                (
                    match (authority, uln) {
                        (Some(_), Some(_)) => {
                            "answered the question on authority and entered the unique learner number"
                        }
                        (_, Some(_)) => "entered the unique learner number",
                        (None, None) if member_number.is_some() => "entered the number of a member",
                        _ => "answered the question on authority",
                    }
                    .to_owned(),
                    if member_number.is_some() { "MB-01" } else { "QS-03" },
                )
            }
            Fact::RegistrationWithdrawn { on, because, .. } => {
                self.sealed("Because", because)?;
                (
                    format!("withdrew the registration from {}", long_date(*on)),
                    "practice, section 6",
                )
            }
            Fact::PlanAgreed {
                version,
                units,
                goals,
                support,
                because,
                ..
            } => {
                let units: Vec<&str> = units.iter().map(|planned| planned.unit.as_str()).collect();
                self.detail("Units", units.join(", "));
                self.sealed_optional("Goals", goals.as_ref())?;
                self.sealed_optional("Support", support.as_ref())?;
                self.sealed_optional("Because", because.as_ref())?;
                (
                    format!("agreed version {version} of the learning plan"),
                    "RI-10; QS-19",
                )
            }
            Fact::StaffAllocated {
                unit,
                tutor,
                assessor,
                verifier,
                ..
            } => {
                for (part, person) in [
                    ("Tutor", tutor),
                    ("Assessor", assessor),
                    ("Internal verifier", verifier),
                ] {
                    let name = match person {
                        Some(person) => self.names.person(self.tx, person)?,
                        None => "nobody".to_owned(),
                    };
                    self.detail(part, name);
                }
                (format!("allocated staff to unit {unit}"), "JU-01; VM-01")
            }
            Fact::MessageSent { to, unit, text, .. } => {
                let to = self.names.person(self.tx, to)?;
                self.sealed("Text", text)?;
                let about = unit
                    .as_ref()
                    .map(|unit| format!(" about unit {unit}"))
                    .unwrap_or_default();
                (format!("wrote to {to}{about}"), "JU-01")
            }
            Fact::AwardClaimed {
                claim,
                qualification,
                units,
                ..
            } => {
                self.claimed(claim, units);
                (format!("claimed {qualification}"), "practice, section 13")
            }
            Fact::CreditClaimed { claim, units, .. } => {
                self.claimed(claim, units);
                ("claimed unit credit".to_owned(), "practice, section 19")
            }
            Fact::CreditReleased {
                award, credits, on, ..
            } => {
                self.link("The award", format!("/awards/{award}"));
                self.detail("Credits", credits.to_string());
                (
                    format!("awarded unit credit on {}", long_date(*on)),
                    "practice, section 19",
                )
            }
            Fact::ClaimReturned { because, .. } => {
                self.sealed("Because", because)?;
                ("returned the claim".to_owned(), "practice, section 13")
            }
            Fact::AwardReleased {
                award,
                qualification,
                credits,
                on,
                ..
            } => {
                self.link("The award", format!("/awards/{award}"));
                self.detail("Credits", credits.to_string());
                (
                    format!("released the award of {qualification} on {}", long_date(*on)),
                    "practice, section 13",
                )
            }
            Fact::CertificateIssued {
                number, on, replaces, ..
            } => {
                let earlier = match replaces {
                    Some(earlier) => self.names.certificate(self.tx, earlier)?,
                    None => None,
                };
                let instead =
                    earlier.map_or_else(String::new, |earlier| format!(" in the place of {earlier}"));
                (
                    format!("issued certificate {number}{instead} on {}", long_date(*on)),
                    "practice, section 14",
                )
            }
            Fact::CertificateRevoked { on, because, .. } => {
                self.sealed("Because", because)?;
                (
                    format!("revoked a certificate on {}", long_date(*on)),
                    "practice, section 14",
                )
            }
            Fact::CertificateDispatched {
                on, means, detail, ..
            } => {
                if let Some(detail) = detail {
                    self.sealed("Detail", detail)?;
                }
                self.detail("Means", means.title().to_owned());
                (
                    format!("dispatched a certificate on {}", long_date(*on)),
                    "practice, section 20.2",
                )
            }
            Fact::CertificateDispatchSettled { on, because, .. } => {
                self.sealed("Because", because)?;
                (
                    format!(
                        "recorded that a certificate was sent by {}, before dispatches were recorded here",
                        long_date(*on)
                    ),
                    "practice, section 20.2",
                )
            }
            Fact::CertificateUndelivered {
                on,
                because,
                keep_until,
                ..
            } => {
                self.sealed("Because", because)?;
                if let Some(until) = keep_until {
                    self.detail("Kept until", long_date(*until));
                }
                (
                    format!("recorded on {} that a certificate came back", long_date(*on)),
                    "practice, section 20.2",
                )
            }
            // What proves a name is for those entitled to the certificate; more people read the trail.
            Fact::NameChangeAsked { change, .. } => {
                self.link("The change of name", format!("/name-changes/{change}"));
                (
                    "asked for the certificate in another name".to_owned(),
                    "practice, sections 19 and 20.2",
                )
            }
            Fact::NameProofSeen { .. } => (
                "recorded that the proof of the name was seen in the original".to_owned(),
                "practice, sections 19 and 20.2",
            ),
            Fact::NameChangeApproved { .. } => (
                "approved the change of name".to_owned(),
                "practice, sections 19 and 20.2; section 1, SD-8",
            ),
            Fact::NameChangeRefused { .. } => (
                "did not approve the change of name".to_owned(),
                "practice, sections 19 and 20.2",
            ),
            // How a wrong result was found out is for the staff who work with it; the learner reads the trail too.
            Fact::ResultFlagged { correction, .. } => {
                self.link("The correction", format!("/corrections/{correction}"));
                (
                    "said that a result of the award may be wrong".to_owned(),
                    "practice, section 19",
                )
            }
            Fact::CorrectionAssessed { .. } => (
                "recorded what is known of a result that may be wrong".to_owned(),
                "practice, section 19",
            ),
            Fact::ResultCorrected { .. } => (
                "corrected a result; the work is judged again".to_owned(),
                "practice, section 19; section 1, SD-8",
            ),
            Fact::AwardWithdrawn { on, .. } => (
                format!("withdrew the award on {}", long_date(*on)),
                "practice, sections 19 and 20.2",
            ),
            Fact::CorrectionLeft { .. } => (
                "left the result as it is".to_owned(),
                "practice, section 19; section 1, SD-8",
            ),
            Fact::AwardingBodyThemed {
                printed_as,
                accent,
                logo,
                from,
                ..
            } => {
                self.detail("Name as printed", printed_as.clone());
                self.detail("Colour", accent.clone());
                if let Some(logo) = logo {
                    self.detail("Logo", logo.described.clone());
                }
                (
                    format!(
                        "set how the papers of {printed_as} look from {}",
                        long_date(*from)
                    ),
                    "practice, section 20.1",
                )
            }
            Fact::PersonAdded { person, .. } => {
                let name = self.names.person(self.tx, person)?;
                (format!("added {name}"), "practice, section 6")
            }
            Fact::PersonDetailsChanged { person, because, .. } => {
                let name = self.names.person(self.tx, person)?;
                self.sealed("Because", because)?;
                (format!("changed the details of {name}"), "practice, section 6")
            }
            Fact::PersonErased { .. } => (
                "erased private content about a person".to_owned(),
                "practice, section 23",
            ),
            Fact::RoleGranted {
                person,
                role,
                centre,
                from,
                ..
            } => {
                let name = self.names.person(self.tx, person)?;
                let at = match centre {
                    Some(centre) => format!(" at {}", self.names.centre(self.tx, centre)?),
                    None => String::new(),
                };
                (
                    format!(
                        "gave {name} the role of {}{at} from {}",
                        role.title().to_lowercase(),
                        long_date(*from)
                    ),
                    "practice, section 1",
                )
            }
            Fact::RoleEnded { on, .. } => (
                format!("ended a role on {}", long_date(*on)),
                "practice, section 1",
            ),
            Fact::CentreApproved { name, number, .. } => (
                format!("approved {name} as centre {number}"),
                "practice, section 3",
            ),
            Fact::CentreOffersQualification { qualification, .. } => (
                format!("approved the centre for {qualification}"),
                "practice, section 3",
            ),
            Fact::CentreStoppedOffering { qualification, .. } => (
                format!("ended the centre’s approval for {qualification}"),
                "practice, section 3",
            ),
            Fact::CentreGradesSet { scale, grades, .. } => {
                self.detail("Grades", grades.join(", "));
                (format!("set the centre’s own grades: {scale}"), "CE-13; JU-10")
            }
            Fact::SpecificationDrafted { title, version, .. } => (
                format!("loaded the specification {title}, version {version}"),
                "practice, section 2.4",
            ),
            Fact::SpecificationChecked { errors, warnings, .. } => (
                format!("checked the specification: {errors} errors, {warnings} warnings"),
                "practice, section 2.4",
            ),
            Fact::SpecificationApproved { .. } => {
                ("approved the specification".to_owned(), "practice, section 2.4")
            }
            Fact::SpecificationPublished { .. } => {
                ("published the specification".to_owned(), "practice, section 2.4")
            }
            Fact::SigningKeyIntroduced { key } => {
                self.detail("Key", key);
                (
                    "introduced a key that signs the ledger".to_owned(),
                    "the project’s own choice",
                )
            }
            Fact::SigningKeyRetired { key, ground } => (
                format!(
                    "retired the key {key} that signed the ledger ({})",
                    ground.as_str()
                ),
                "the project’s own choice",
            ),
            Fact::InstallationFounded { awarding_body, .. } => (
                format!("founded the installation of {awarding_body}"),
                "the project’s own choice",
            ),
            // A kind that this version of the trail has no sentence for is told by its name.
            other => (
                format!("recorded: {}", kind_title(&other.name()).to_lowercase()),
                "",
            ),
        })
    }

    fn detail(&mut self, label: &str, text: impl ToString) {
        self.details.push(TrailDetail {
            label: label.to_owned(),
            text: text.to_string(),
            erased: false,
        });
    }

    fn sealed(&mut self, label: &str, sealed: &Sealed) -> Result<(), Failure> {
        let text = self.names.text(self.tx, sealed)?;
        self.details.push(TrailDetail {
            label: label.to_owned(),
            erased: text.is_none(),
            text: text.unwrap_or_default(),
        });
        Ok(())
    }

    fn sealed_optional(&mut self, label: &str, sealed: Option<&Sealed>) -> Result<(), Failure> {
        match sealed {
            Some(sealed) => self.sealed(label, sealed),
            None => Ok(()),
        }
    }

    fn link(&mut self, label: impl Into<String>, href: String) {
        let link = TrailLink {
            label: label.into(),
            href,
        };
        if !self.links.contains(&link) {
            self.links.push(link);
        }
    }

    fn claimed(&mut self, claim: &ClaimId, units: &[AchievedUnit]) {
        self.link("The claim", format!("/claims/{claim}"));
        let units: Vec<String> = units
            .iter()
            .map(|unit| {
                format!(
                    "{} ({} credits, {})",
                    unit.unit,
                    unit.credits,
                    long_date(unit.achieved_on)
                )
            })
            .collect();
        self.detail("Units", units.join("; "));
    }

    fn reads(&mut self, submission: &SubmissionId) {
        self.link("The work", format!("/submissions/{submission}/mark"));
    }

    /// "unit 7016V1, attempt 1", with a link to the work.
    fn of(&mut self, submission: &SubmissionId) -> Result<String, Failure> {
        self.reads(submission);
        let found = self.names.hand_in(self.tx, submission)?;
        Ok(hand_in_in_words(found))
    }

    fn judged(&mut self, judgement: &assay_domain::id::JudgementId) -> Result<String, Failure> {
        let found = self.names.judged(self.tx, judgement)?;
        if let Some(found) = &found {
            self.link("The work", format!("/submissions/{}/mark", found.submission));
        }
        Ok(hand_in_in_words(found))
    }

    fn unit_of(&mut self, submission: &SubmissionId) -> Result<String, Failure> {
        let found = self.names.hand_in(self.tx, submission)?;
        Ok(found.map_or_else(|| "the unit".to_owned(), |found| found.unit))
    }

    fn title(&mut self, evidence: &assay_domain::id::EvidenceId) -> Result<String, Failure> {
        let title = self.names.piece(self.tx, evidence)?;
        Ok(title.map_or_else(|| "an erased piece".to_owned(), |title| format!("“{title}”")))
    }

    /// The passages that a decision rests on, each with the piece, the version and the way to it.
    fn passages(&mut self, submission: &SubmissionId, passages: &[PassageId]) -> Result<(), Failure> {
        for passage in passages {
            let place = self.names.passage(self.tx, passage)?;
            let words = match place {
                Some(place) if !place.title.is_empty() => {
                    format!("{}, version {}", place.title, place.version)
                }
                Some(place) => format!("{}, version {}", place.evidence, place.version),
                None => passage.to_string(),
            };
            self.link(
                format!("Passage in {words}"),
                format!("/submissions/{submission}/mark#{passage}"),
            );
        }
        Ok(())
    }
}

fn hand_in_in_words(found: Option<HandIn>) -> String {
    found.map_or_else(
        || "a hand-in".to_owned(),
        |found| format!("unit {}, attempt {}", found.unit, found.attempt),
    )
}

/// A decision as people read it.
pub fn decision_in_words(decision: CriterionDecision) -> &'static str {
    match decision {
        CriterionDecision::Met => "met",
        CriterionDecision::NotYetMet => "not yet met",
    }
}

/// A ground of a return before marking, as people read it.
pub fn ground_in_words(ground: ReturnGround) -> &'static str {
    match ground {
        ReturnGround::WordCount => "the length",
        ReturnGround::Signposting => "it is not shown where the criteria are answered",
        ReturnGround::Appendices => "the appendices",
        ReturnGround::Unreadable => "a file cannot be read",
        ReturnGround::WrongUnit => "the work is for another unit",
        ReturnGround::Other => "another ground",
    }
}

fn place_in_words(place: &Place) -> String {
    match place {
        Place::Text { from, until } => format!("characters {from} to {until}"),
        Place::Page { page } => format!("page {page}"),
        Place::Time { from, until } => format!("seconds {from} to {until}"),
        Place::Whole => "the whole".to_owned(),
    }
}
