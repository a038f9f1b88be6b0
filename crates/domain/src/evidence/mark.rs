//! Marking where a criterion is answered, and taking a mark away again.

use super::case::{EvidenceCase, MarkedBy, MarkingPlace};
use super::keep::not_withdrawn;
use crate::fact::{CriterionRef, Fact, Place};
use crate::id::{PassageId, PersonId};
use crate::refusal::{Code, Refusal, Refusals};
use crate::{Actor, Decision, Fresh};
use std::collections::BTreeSet;

/// Mark a passage. One passage may answer several criteria, of several units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkPassage {
    pub place: Place,
    pub criteria: Vec<CriterionRef>,
    pub note: Option<String>,
}

/// Take a mark away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnmarkPassage {
    pub passage: PassageId,
}

/// The longest recording that a time may point into, in seconds: a day.
const LONGEST_RECORDING: u32 = 24 * 60 * 60;

/// Decides on a mark.
///
/// # Errors (all that apply)
/// - `ROLE_MISSING`: neither the learner nor an assessor who has taken a hand-in with this version
/// - `EVIDENCE_FROZEN`: the piece was withdrawn
/// - `PASSAGE_OUTSIDE`: the place is not inside the version: beyond its text, pages or time, or of another kind
/// - `FIELD_MISSING`: no criterion is named; `DECISION_NO_CRITERION`: one that the specification does not have
///
/// Source: LW-10; practice, section 8 (one file may serve many criteria, units and qualifications).
pub fn mark(
    act: &MarkPassage,
    case: &EvidenceCase,
    place: &MarkingPlace,
    actor: &Actor,
    fresh: &mut dyn Fresh,
) -> Result<(PassageId, Decision), Refusals> {
    let mut refusals = Refusals::new();
    if actor.person != case.learner && !case.taken_by(&actor.person, place.version) {
        refusals.push(
            Refusal::new(
                Code::RoleMissing,
                "Passages are marked by the learner, or by the assessor who has taken the work for marking.",
            )
            .remedy("Take the work for marking first, or ask the learner to mark the passage.")
            .who("The learner or the assessor")
            .source("LW-10"),
        );
    }
    refusals.check(not_withdrawn(case));
    refusals.check(inside(&act.place, place));
    let named: BTreeSet<&CriterionRef> = act.criteria.iter().collect();
    if named.is_empty() {
        refusals.push(
            Refusal::new(Code::FieldMissing, "No criterion is chosen for this passage.")
                .remedy("Choose the criteria that the passage answers.")
                .who("Whoever marks")
                .source("LW-10")
                .field("criterion"),
        );
    }
    for unknown in named.iter().filter(|criterion| !place.known.contains(criterion)) {
        let shown: String = format!("{} of unit {}", unknown.criterion, unknown.unit)
            .chars()
            .take(60)
            .collect();
        refusals.push(
            Refusal::new(
                Code::DecisionNoCriterion,
                format!(
                    "There is no criterion {shown} in the specification that the learner is registered on."
                ),
            )
            .remedy("Choose from the criteria listed on this page.")
            .who("Whoever marks")
            .source("QS-24; LW-10")
            .field("criterion"),
        );
    }
    refusals.ok()?;
    Ok(record(case, place.version, act, fresh))
}

/// The fact of a mark, its place already checked. Used for marks carried over to a new version, too.
pub fn record(
    case: &EvidenceCase,
    version: u32,
    act: &MarkPassage,
    fresh: &mut dyn Fresh,
) -> (PassageId, Decision) {
    let passage = PassageId::fresh(fresh);
    let mut decision = Decision::new();
    let note = decision.seal_optional(&case.learner, "passage.note", act.note.as_deref(), fresh);
    let criteria: BTreeSet<CriterionRef> = act.criteria.iter().cloned().collect();
    decision.fact(Fact::PassageMarked {
        passage: passage.clone(),
        evidence: case.evidence.clone(),
        version,
        place: act.place.clone(),
        criteria: criteria.into_iter().collect(),
        note,
    });
    (passage, decision)
}

/// Decides on taking a mark away. What was handed in keeps its marks: they belong to the hand-in.
///
/// # Errors
/// - `ROLE_MISSING`: somebody else marked it
/// - `EVIDENCE_FROZEN`: a decision cites it
pub fn unmark(act: &UnmarkPassage, marked: &MarkedBy, person: &PersonId) -> Result<Decision, Refusals> {
    let mut refusals = Refusals::new();
    if marked.marked_by.as_ref() != Some(person) {
        refusals.push(
            Refusal::new(Code::RoleMissing, "Somebody else marked this passage.")
                .remedy("Leave it; you can mark passages of your own beside it.")
                .who("Whoever marked it")
                .source("LW-10"),
        );
    }
    if let Some(criterion) = &marked.cited_for {
        refusals.push(
            Refusal::new(
                Code::EvidenceFrozen,
                format!("The decision on criterion {criterion} rests on this passage."),
            )
            .remedy(
                "A later version of the piece can be marked differently; this mark stays with the decision.",
            )
            .who("Nobody")
            .source("JU-03"),
        );
    }
    refusals.ok()?;
    if marked.unmarked {
        return Ok(Decision::new());
    }
    Ok(Decision::of(Fact::PassageUnmarked {
        passage: act.passage.clone(),
    }))
}

/// Refuses a place that is not in the version.
fn inside(place: &Place, version: &MarkingPlace) -> Result<(), Refusal> {
    let because = match place {
        Place::Whole => return Ok(()),
        Place::Text { from, until } => match version.characters {
            None => "This piece has no text that could be read, so no words of it can be marked.".to_owned(),
            Some(_) if from >= until => "Nothing is selected.".to_owned(),
            Some(characters) if *until > characters => format!(
                "The passage ends at character {until}, but the text has {characters}. Perhaps a newer version was saved."
            ),
            Some(_) => return Ok(()),
        },
        Place::Page { page } => match version.pages {
            None => "This piece has no pages.".to_owned(),
            Some(pages) if *page == 0 || *page > pages => {
                format!("There is no page {page}; the document has {pages}.")
            }
            Some(_) => return Ok(()),
        },
        Place::Time { from, until } => {
            if !version.recording {
                "This piece is not a recording, so no time in it can be marked.".to_owned()
            } else if from >= until {
                "The end of the stretch does not lie after its beginning.".to_owned()
            } else if *until > LONGEST_RECORDING {
                "The time lies beyond the longest recording, which is a day.".to_owned()
            } else {
                return Ok(());
            }
        }
    };
    Err(Refusal::new(Code::PassageOutside, because)
        .remedy("Choose a place inside the piece, or mark the whole piece.")
        .who("Whoever marks")
        .source("LW-10")
        .field("place"))
}
