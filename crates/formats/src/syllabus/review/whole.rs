//! A settled review becomes a specification: the draft in force, the errata of what is printed wrongly, identifiers that
//! are kept as they are, and the models that were accepted.

use assay_specification::{Erratum, Format, KeptIdentifier, Model};

use super::super::correct::{NotCorrected, slot};
use super::super::finding::Finding;
use super::super::specification::{Beside, specification_file_with};
use super::super::suggestions::{IMPORT_MODEL, named_model};
use super::{Deed, Review, Reviewed, Settled, Step, target_of};

impl Review {
    /// What stands in the specification beside the draft. `steps` are those of this review, `catalogue` the models that a
    /// finding may name.
    pub fn beside(&self, steps: &[Step], catalogue: &[Model]) -> Beside {
        let mut beside = Beside::default();
        for reviewed in &self.findings {
            let Some(step) = reviewed.step.and_then(|at| steps.get(at)) else {
                continue;
            };
            self.put_beside(reviewed, step, catalogue, &mut beside);
        }
        beside
    }

    fn put_beside(&self, reviewed: &Reviewed, step: &Step, catalogue: &[Model], beside: &mut Beside) {
        let finding = &reviewed.finding;
        match (&reviewed.settled, &step.deed) {
            (
                Settled::Misprint,
                Deed::Misprint {
                    printed, corrected, ..
                },
            ) => {
                beside.errata.push(Erratum {
                    place: finding.subject.clone(),
                    line: line_of(finding),
                    printed: printed.clone(),
                    corrected: corrected.clone(),
                    reason: step.reason.clone(),
                });
            }
            (Settled::Ignored, _) if finding.code == "SPEC_CHECK_CHARACTER" => {
                let identifier = target_of(&self.draft, finding)
                    .and_then(|at| Some(slot(&mut self.draft.clone(), &at).ok()?.typed()));
                if let Some(identifier) = identifier.filter(|text| !text.is_empty()) {
                    beside.kept_identifiers.push(KeptIdentifier {
                        identifier,
                        reason: step.reason.clone(),
                    });
                }
            }
            (Settled::Accepted, _) if finding.code == IMPORT_MODEL => {
                let Some((unit, criteria, id)) = named_model(finding) else {
                    return;
                };
                let Some(model) = catalogue.iter().find(|model| model.id == id) else {
                    return;
                };
                if beside.models.iter().all(|known| known.id != model.id) {
                    beside.models.push(model.clone());
                }
                for criterion in criteria {
                    beside
                        .named
                        .push((unit.to_owned(), criterion.to_owned(), id.to_owned()));
                }
            }
            _ => {}
        }
    }

    /// The specification file as it comes of this review.
    ///
    /// # Errors
    /// The writer's own sentence; not known to happen.
    pub fn specification_file(
        &self,
        steps: &[Step],
        catalogue: &[Model],
        format: Format,
    ) -> Result<String, String> {
        specification_file_with(&self.draft, &self.beside(steps, catalogue), format)
    }

    /// Whether the document may be said to print something wrongly here: the erratum has to answer the finding.
    ///
    /// # Errors
    /// - the finding is none of the specification's own check, or is not found any more with nothing corrected
    /// - what is said to be printed is not what was read
    pub fn may_be_misprint(&self, key: &str, printed: &str, corrected: &str) -> Result<(), NotCorrected> {
        let reviewed = self
            .find(key)
            .ok_or_else(|| NotCorrected("This finding is not there any more.".to_owned()))?;
        let finding = &reviewed.finding;
        if printed.trim() == corrected.trim() {
            return Err(NotCorrected(
                "What is printed and what should be printed are the same.".to_owned(),
            ));
        }
        let erratum = Erratum {
            place: finding.subject.clone(),
            line: None,
            printed: printed.to_owned(),
            corrected: corrected.to_owned(),
            reason: "under review".to_owned(),
        };
        let found = super::super::check::with_errata(&self.draft, vec![erratum]);
        let about = format!("erratum for {}", finding.subject);
        match found.iter().find(|found| found.place == about) {
            None => Ok(()),
            Some(found) if found.code == "SPEC_ERRATUM_DIFFERS" => Err(NotCorrected(format!(
                "Type what is printed as it was read: {}.",
                found.message.trim_start_matches("it says that ")
            ))),
            Some(_) => Err(NotCorrected(
                "This cannot stand among the errata, because nothing is compared with it. Correct it, or take note of it."
                    .to_owned(),
            )),
        }
    }
}

fn line_of(finding: &Finding) -> Option<u32> {
    finding
        .place
        .as_ref()
        .map(|place| place.from)
        .filter(|line| *line > 0)
}
