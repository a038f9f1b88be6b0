//! The review of a syllabus that was read: findings are settled one by one, and every step is kept with who took it, when
//! and why (issue 3; practice section 2.4). The state of a review follows from the draft as read and the steps.

mod answer;
mod target;
mod whole;

pub use answer::{Answer, answers};
pub use target::target_of;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::correct::{Correction, NotCorrected, slot};
use super::draft::Draft;
use super::finding::Finding;

/// A step of a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Who took it: the id of a person.
    pub by: String,
    /// When: an instant as stored.
    pub at: String,
    /// Why; required for everything but accepting and undoing.
    pub reason: String,
    /// What was done.
    pub deed: Deed,
}

/// What a step does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "deed", rename_all = "snake_case")]
pub enum Deed {
    /// What was read is what the document says; the finding is taken note of.
    Accept {
        /// Key of the finding.
        finding: String,
    },
    /// The finding does not matter here, for the reason given.
    Ignore {
        /// Key of the finding.
        finding: String,
    },
    /// The document itself is wrong: what it prints stays, and stands in the specification's errata with the reason.
    Misprint {
        /// Key of the finding.
        finding: String,
        /// What is printed.
        printed: String,
        /// What should be printed.
        corrected: String,
    },
    /// What was misread or not found is corrected.
    Correct {
        /// Key of the finding that this settles, if it answers one.
        finding: Option<String>,
        /// The change.
        correction: Correction,
        /// The value before, as a person would type it.
        before: String,
    },
    /// A settled finding is open again.
    Reopen {
        /// Key of the finding.
        finding: String,
    },
    /// A correction is taken back.
    Undo {
        /// The step, counted from 0.
        step: usize,
    },
}

/// How a finding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Settled {
    /// Not yet settled.
    Open,
    /// Accepted.
    Accepted,
    /// Ignored with a reason.
    Ignored,
    /// Listed as a misprint of the document.
    Misprint,
    /// Answered by a correction, and still found.
    Corrected,
}

/// A finding in a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// By which steps name it; the same as long as the finding says the same.
    pub key: String,
    /// The finding.
    pub finding: Finding,
    /// How it stands.
    pub settled: Settled,
    /// The step that settled it, counted from 0.
    pub step: Option<usize>,
}

/// A review as it stands.
#[derive(Debug, Clone)]
pub struct Review {
    /// The draft with every correction in force, and checked.
    pub draft: Draft,
    /// The reader's findings and those of the check, each once.
    pub findings: Vec<Reviewed>,
    /// Corrections in force, as places in the list of steps.
    pub corrections: Vec<usize>,
    /// Corrections that no longer apply, because an earlier one was taken back: the step and the reason.
    pub left_out: Vec<(usize, NotCorrected)>,
}

/// A key for a finding from what it says.
pub fn key_of(finding: &Finding) -> String {
    let place = finding
        .place
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let says = format!(
        "{}\n{}\n{}\n{place}",
        finding.code, finding.subject, finding.message
    );
    let digest = Sha256::digest(says.as_bytes());
    digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

impl Review {
    /// The review of a draft as read, after these steps. `check` adds to a draft what is wrong with it.
    pub fn of(read: &Draft, steps: &[Step], check: impl FnOnce(&mut Draft)) -> Review {
        let mut draft = read.clone();
        let undone: Vec<usize> = steps
            .iter()
            .filter_map(|step| match step.deed {
                Deed::Undo { step } => Some(step),
                _ => None,
            })
            .collect();
        let mut corrections = Vec::new();
        let mut left_out = Vec::new();
        for (at, step) in steps.iter().enumerate() {
            let Deed::Correct { correction, .. } = &step.deed else {
                continue;
            };
            if undone.contains(&at) {
                continue;
            }
            match draft.correct(correction) {
                Ok(()) => corrections.push(at),
                Err(why) => left_out.push((at, why)),
            }
        }
        check(&mut draft);
        let mut findings: Vec<Reviewed> = Vec::new();
        for finding in &draft.findings {
            let key = key_of(finding);
            if findings.iter().all(|known| known.key != key) {
                findings.push(Reviewed {
                    key,
                    finding: finding.clone(),
                    settled: Settled::Open,
                    step: None,
                });
            }
        }
        for (at, step) in steps.iter().enumerate() {
            let (key, settled) = match &step.deed {
                Deed::Accept { finding } => (finding, Settled::Accepted),
                Deed::Ignore { finding } => (finding, Settled::Ignored),
                Deed::Misprint { finding, .. } => (finding, Settled::Misprint),
                Deed::Reopen { finding } => (finding, Settled::Open),
                Deed::Correct {
                    finding: Some(finding),
                    ..
                } if corrections.contains(&at) => (finding, Settled::Corrected),
                _ => continue,
            };
            if let Some(found) = findings.iter_mut().find(|found| found.key == *key) {
                found.settled = settled;
                found.step = (settled != Settled::Open).then_some(at);
            }
        }
        Review {
            draft,
            findings,
            corrections,
            left_out,
        }
    }

    /// How many findings are not settled.
    pub fn open(&self) -> usize {
        self.findings
            .iter()
            .filter(|found| found.settled == Settled::Open)
            .count()
    }

    /// A finding by its key.
    pub fn find(&self, key: &str) -> Option<&Reviewed> {
        self.findings.iter().find(|found| found.key == key)
    }

    /// The value that a correction would change, as a person would type it; empty where it changes no single value.
    pub fn before(&self, correction: &Correction) -> String {
        match correction {
            // The slot is of a copy, because looking at a value and giving it share one way in.
            Correction::Give { at, .. } => slot(&mut self.draft.clone(), at)
                .map(|slot| slot.typed())
                .unwrap_or_default(),
            _ => String::new(),
        }
    }
}
