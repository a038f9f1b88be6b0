//! The dossier of an award: one file by which a stranger confirms it (docs/dossier.md).

use super::certificate::Paper;
use super::overview;
use super::shown::{self, Judged};
use crate::ledger::checkpoint;
use crate::registration::find;
use crate::{Acting, Failure, keys};
use assay_certify::{Disclosure, Dossier, FORMAT, Handover, ProvenFact, Statement, Syllabus, digest_of};
use assay_domain::award::number;
use assay_domain::fact::{Entry, Fact};
use assay_domain::id::{AwardId, PersonId, RegistrationId, SpecificationId, SubmissionId};
use assay_ledger::{Checkpoint, Hash, leaf_hash};
use assay_store::statements::{award as statements, judgement, specification, submission, trail};
use assay_store::{Tx, ledger, private};
use std::collections::{BTreeMap, BTreeSet};

/// The dossier as a file, for those who are entitled to the certificate: it shows what the certificate shows, and the way to it.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is no such certificate or the caller is not entitled to it; as [`export`].
pub fn file(acting: &mut Acting<'_, '_>, typed: &str) -> Result<Paper, Failure> {
    let number = number::read_certificate_number(typed).ok_or(Failure::NotFound)?;
    let row = acting
        .tx
        .row(&statements::FIND_CERTIFICATE_LINE, &[number.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let registration: RegistrationId = row.parsed("registration")?;
    let seen = find::require_seen_by(acting.tx, acting.actor()?.clone(), &registration)?;
    if !overview::entitled(&seen) {
        return Err(Failure::NotFound);
    }
    Ok(Paper {
        name: format!("{number}.dossier.json"),
        bytes: export(acting, &number, Disclosed::NAMED)?.write()?,
    })
}

/// What a dossier discloses beyond the facts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Disclosed {
    /// What the certificate shows, with the learner's name; without it the file names nobody.
    pub named: bool,
    /// The files that were handed in and judged, as far as there is room, and the words of passages in them.
    pub evidence: bool,
}

impl Disclosed {
    const NAMED: Disclosed = Disclosed {
        named: true,
        evidence: false,
    };
}

/// As [`file`], with the learner's own work in it, so that they can show a passage and prove that it is the one that was judged.
/// For the learner alone.
///
/// # Errors
/// As [`file`]; `NotFound` for anybody but the learner.
pub fn own_file(acting: &mut Acting<'_, '_>, typed: &str) -> Result<Paper, Failure> {
    let number = number::read_certificate_number(typed).ok_or(Failure::NotFound)?;
    let row = acting
        .tx
        .row(&statements::FIND_CERTIFICATE_LINE, &[number.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    if row.parsed::<PersonId>("learner")? != acting.person()? {
        return Err(Failure::NotFound);
    }
    let disclosed = Disclosed {
        named: true,
        evidence: true,
    };
    Ok(Paper {
        name: format!("{number}.own-dossier.json"),
        bytes: export(acting, &number, disclosed)?.write()?,
    })
}

/// Composes the dossier of the award of a certificate, any of its certificates.
///
/// # Errors
/// `NotFound` when there is no such certificate; `Conflict` when no key signs the ledger; a fault when the store fails.
pub fn export(acting: &mut Acting<'_, '_>, typed: &str, disclosed: Disclosed) -> Result<Dossier, Failure> {
    let number = number::read_certificate_number(typed).ok_or(Failure::NotFound)?;
    let row = acting
        .tx
        .row(&statements::FIND_CERTIFICATE_LINE, &[number.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let award: AwardId = row.parsed("award")?;
    let registration: RegistrationId = row.parsed("registration")?;
    let folder = acting.app.surroundings().keys.clone();
    let Some(key) = keys::find_secret(acting.tx, folder.as_deref())? else {
        return Err(Failure::Conflict {
            because:
                "No key signs this ledger, so a dossier would prove nothing. Make one with `assay keys make`."
                    .into(),
        });
    };
    let mut gathered = Gathered::default();
    let handovers = gathered.keys(acting.tx)?;
    gathered.award(acting.tx, &award, &registration)?;
    gathered.people(acting.tx)?;
    let specifications = gathered.specifications(acting.tx)?;
    let face = if disclosed.named {
        gathered.face(acting.tx)?
    } else {
        None
    };
    let evidence = if disclosed.evidence {
        shown::gather(acting.app, acting.tx, &mut gathered)?
    } else {
        Vec::new()
    };

    let note = checkpoint::keep_signed(acting.tx, &[&key])?;
    let signed = Checkpoint::parse(note.text()).map_err(|fault| Failure::Fault(fault.to_string()))?;
    let leaves: Vec<(u64, Hash)> = gathered
        .entries
        .iter()
        .map(|(index, bytes)| (*index, leaf_hash(bytes)))
        .collect();
    let statement = Statement {
        origin: signed.origin.clone(),
        size: signed.size,
        root: signed.root,
        award: award.to_string(),
        at: acting.moment().stored(),
        facts: digest_of(leaves.iter().map(|(index, leaf)| (*index, leaf))),
    };
    let mut statement = statement
        .note()
        .map_err(|fault| Failure::Fault(fault.to_string()))?;
    statement.sign(&key, 0);
    Ok(Dossier {
        format: FORMAT.to_owned(),
        award: award.to_string(),
        checkpoint: note.to_string(),
        statement: statement.to_string(),
        specifications,
        facts: proven(acting.tx, gathered.entries, signed.size)?,
        handovers: prove_handovers(acting.tx, handovers, signed.size)?,
        face,
        evidence,
    })
}

fn proven(tx: &mut Tx<'_>, entries: BTreeMap<u64, Vec<u8>>, size: u64) -> Result<Vec<ProvenFact>, Failure> {
    let mut facts = Vec::with_capacity(entries.len());
    for (index, bytes) in entries {
        let proof = ledger::inclusion_proof(tx, index, size)?
            .ok_or_else(|| Failure::Fault(format!("entry {index} is beyond the checkpoint")))?;
        facts.push(ProvenFact {
            index,
            entry: String::from_utf8(bytes)
                .map_err(|_| Failure::Fault(format!("entry {index} is not UTF-8")))?,
            proof,
        });
    }
    Ok(facts)
}

fn prove_handovers(tx: &mut Tx<'_>, notes: Vec<(u64, String)>, size: u64) -> Result<Vec<Handover>, Failure> {
    let mut handovers = Vec::with_capacity(notes.len());
    for (earlier, checkpoint) in notes {
        let consistency = ledger::consistency_proof(tx, earlier, size)?
            .ok_or_else(|| Failure::Fault("a handover beyond the checkpoint".into()))?;
        handovers.push(Handover {
            checkpoint,
            consistency,
        });
    }
    Ok(handovers)
}

/// The facts that bear on an award, by their numbers.
#[derive(Default)]
pub(super) struct Gathered {
    pub entries: BTreeMap<u64, Vec<u8>>,
    people: BTreeSet<PersonId>,
    specifications: BTreeSet<SpecificationId>,
    /// The private id of the face of the certificate issued last.
    face: Option<String>,
    /// What was judged, by submission.
    pub judged: BTreeMap<SubmissionId, Judged>,
}

impl Gathered {
    fn keep(&mut self, index: u64, entry: &Entry, bytes: Vec<u8>) {
        self.people.extend(entry.by.clone());
        self.entries.insert(index, bytes);
    }

    /// The life of every key that signs, and the checkpoints at which one handed over to the next.
    fn keys(&mut self, tx: &mut Tx<'_>) -> Result<Vec<(u64, String)>, Failure> {
        let mut handovers = Vec::new();
        for key in keys::list(tx)? {
            for index in std::iter::once(key.introduced).chain(key.retired) {
                let number = i64::try_from(index).map_err(|_| Failure::Fault("an entry's number".into()))?;
                if let Some(entry) = ledger::entries(tx, number, 1)?.into_iter().next() {
                    // Who made a key is no part of an award.
                    self.entries.insert(index, entry.bytes);
                }
            }
            if key.ground.as_deref() == Some("rotated")
                && let Some(retired) = key.retired
                && let Some(note) = checkpoint::find(tx, retired.saturating_add(1))?
            {
                handovers.push((retired.saturating_add(1), note.to_string()));
            }
        }
        Ok(handovers)
    }

    /// Registration, units with their judgements and verifications, claim, release, certificates.
    fn award(
        &mut self,
        tx: &mut Tx<'_>,
        award: &AwardId,
        registration: &RegistrationId,
    ) -> Result<(), Failure> {
        let about = entries_about(tx, registration.as_str(), "")?;
        let claim = about.iter().find_map(|(_, entry, _)| match &entry.fact {
            Fact::AwardReleased { award: id, claim, .. } | Fact::CreditReleased { award: id, claim, .. }
                if id == award =>
            {
                Some(claim.clone())
            }
            _ => None,
        });
        let claim = claim.ok_or_else(|| Failure::Fault(format!("the release of {award} is missing")))?;
        let mut judged = Vec::new();
        let mut certificates = BTreeSet::new();
        for (index, entry, bytes) in about {
            let kept = match &entry.fact {
                Fact::AwardClaimed { claim: id, units, .. }
                | Fact::CreditClaimed { claim: id, units, .. }
                    if *id == claim =>
                {
                    judged.extend(units.iter().map(|unit| unit.judgement.clone()));
                    true
                }
                Fact::AwardReleased { award: id, .. } | Fact::CreditReleased { award: id, .. } => id == award,
                Fact::CertificateIssued {
                    award: id,
                    certificate,
                    face,
                    ..
                } if id == award => {
                    certificates.insert(certificate.clone());
                    self.face = Some(face.id.to_string());
                    true
                }
                Fact::CertificateRevoked { certificate, .. } => certificates.contains(certificate),
                Fact::AwardWithdrawn { award: id, .. } => id == award,
                _ => false,
            };
            if kept {
                self.keep(index, &entry, bytes);
            }
        }
        let mut submissions: BTreeMap<RegistrationId, BTreeSet<String>> = BTreeMap::new();
        submissions.entry(registration.clone()).or_default();
        for id in judged {
            let missing = || Failure::Fault(format!("{id} or its submission is missing"));
            let signed = tx
                .row(&judgement::FIND, &[id.as_str().into()])?
                .ok_or_else(missing)?;
            let of = signed.text("submission")?;
            let row = tx
                .row(&submission::FIND, &[of.as_str().into()])?
                .ok_or_else(missing)?;
            submissions
                .entry(row.parsed("registration")?)
                .or_default()
                .insert(of);
        }
        for (registration, submissions) in submissions {
            self.work(tx, &registration, &submissions)?;
        }
        Ok(())
    }

    /// A registration, and what was handed in and judged on it as far as the award rests on it.
    fn work(
        &mut self,
        tx: &mut Tx<'_>,
        registration: &RegistrationId,
        submissions: &BTreeSet<String>,
    ) -> Result<(), Failure> {
        let mut judgements = BTreeSet::new();
        let about = entries_about(tx, registration.as_str(), "")?;
        let units: BTreeSet<String> = about
            .iter()
            .filter_map(|(_, entry, _)| match &entry.fact {
                Fact::UnitSubmitted { submission, unit, .. } if submissions.contains(submission.as_str()) => {
                    Some(unit.clone())
                }
                _ => None,
            })
            .collect();
        // Orders that the awarding body assesses one of these units, those that were withdrawn too.
        let mut orders = BTreeSet::new();
        for (index, entry, bytes) in about {
            let kept = match &entry.fact {
                Fact::LearnerRegistered {
                    registration: id,
                    specification,
                    ..
                } if id == registration => {
                    self.specifications.insert(specification.clone());
                    // The registrar's roles are no part of an award.
                    self.entries.insert(index, bytes);
                    continue;
                }
                Fact::IdentityConfirmed { registration: id, .. }
                | Fact::RegistrationWithdrawn { registration: id, .. } => {
                    if id == registration {
                        self.entries.insert(index, bytes);
                    }
                    continue;
                }
                Fact::UnitSubmitted {
                    submission, items, ..
                } => {
                    if submissions.contains(submission.as_str()) {
                        self.judged.entry(submission.clone()).or_default().items = items.clone();
                        self.entries.insert(index, bytes);
                    }
                    continue;
                }
                Fact::JudgementSigned {
                    judgement,
                    submission,
                    criteria,
                    ..
                } if submissions.contains(submission.as_str()) => {
                    judgements.insert(judgement.clone());
                    self.judged.entry(submission.clone()).or_default().passages = criteria
                        .iter()
                        .flat_map(|criterion| criterion.passages.iter().cloned())
                        .collect();
                    true
                }
                Fact::JudgementCountersigned { judgement }
                | Fact::JudgementVerified { judgement, .. }
                | Fact::JudgementNotSampled { judgement, .. } => judgements.contains(judgement),
                Fact::ExternalAssessmentOrdered {
                    order,
                    registration: id,
                    unit,
                } => id == registration && units.contains(unit) && orders.insert(order.clone()),
                Fact::ExternalAssessmentWithdrawn { order }
                | Fact::ExternalAssessmentReceived { order, .. }
                | Fact::ExternalAssessorAllocated { order, .. } => orders.contains(order),
                Fact::ResultCorrected {
                    judgements: corrected,
                    ..
                } => corrected.iter().any(|judgement| judgements.contains(judgement)),
                _ => false,
            };
            if kept {
                self.keep(index, &entry, bytes);
            }
        }
        Ok(())
    }

    /// The roles of everybody who acted.
    fn people(&mut self, tx: &mut Tx<'_>) -> Result<(), Failure> {
        for person in self.people.clone() {
            let mut grants = BTreeSet::new();
            for (index, entry, bytes) in entries_about(tx, person.as_str(), "role_granted")? {
                if let Fact::RoleGranted {
                    person: holder,
                    grant,
                    ..
                } = &entry.fact
                    && *holder == person
                {
                    grants.insert(grant.clone());
                    self.entries.insert(index, bytes);
                }
            }
            for grant in grants {
                for (index, _, bytes) in entries_about(tx, grant.as_str(), "role_ended")? {
                    self.entries.insert(index, bytes);
                }
            }
        }
        Ok(())
    }

    /// The specifications' texts and the facts that published them.
    fn specifications(&mut self, tx: &mut Tx<'_>) -> Result<Vec<Syllabus>, Failure> {
        let mut texts = Vec::new();
        for id in self.specifications.clone() {
            for kind in [
                "specification_drafted",
                "specification_approved",
                "specification_published",
            ] {
                for (index, _, bytes) in entries_about(tx, id.as_str(), kind)? {
                    self.entries.insert(index, bytes);
                }
            }
            let row = tx
                .row(&specification::FIND_TEXT, &[id.as_str().into()])?
                .ok_or_else(|| Failure::Fault(format!("the text of {id} is missing")))?;
            texts.push(Syllabus {
                id: id.to_string(),
                format: row.text("format")?,
                text: row.text("text")?,
            });
        }
        Ok(texts)
    }

    /// What the certificate issued last shows, with its salt; none when it was erased.
    fn face(&self, tx: &mut Tx<'_>) -> Result<Option<Disclosure>, Failure> {
        let Some(id) = &self.face else { return Ok(None) };
        let content = private::find_held(tx, id)?.and_then(|held| held.content);
        Ok(content.map(|(salt, content)| Disclosure {
            salt: hex::encode(salt),
            content,
        }))
    }
}

/// Every entry of a kind (blank for all) that speaks of a subject, in the ledger's order.
pub(super) fn entries_about(
    tx: &mut Tx<'_>,
    subject: &str,
    kind: &str,
) -> Result<Vec<(u64, Entry, Vec<u8>)>, Failure> {
    const PAGE: i64 = 500;
    let mut found = Vec::new();
    let mut offset = 0_i64;
    loop {
        let rows = tx.rows(
            &trail::LIST,
            &[subject.into(), kind.into(), PAGE.into(), offset.into()],
        )?;
        for row in &rows {
            let bytes = row.bytes("bytes")?;
            let index = u64::try_from(row.int("sequence")?).unwrap_or(0);
            found.push((index, Entry::read(&bytes)?, bytes));
        }
        if rows.len() < 500 {
            break;
        }
        offset += PAGE;
    }
    found.reverse();
    Ok(found)
}
