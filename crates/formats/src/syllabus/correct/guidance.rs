//! Putting guidance where it belongs. A passage is known by the first line it stands on.

use super::super::draft::{CriterionDraft, GuidanceDraft, UnitDraft};
use super::NotCorrected;

fn starts_at(passage: &GuidanceDraft, line: u32) -> bool {
    passage.at.first().is_some_and(|place| place.from == line)
}

/// Puts the passage that starts on `line` with the criteria named, and takes it from all others.
pub(super) fn assign(unit: &mut UnitDraft, line: u32, numbers: &[String]) -> Result<(), NotCorrected> {
    let unknown = |number: &str| {
        NotCorrected(format!(
            "{} has no criterion {number}. Add the criterion first, or name another.",
            unit.in_words()
        ))
    };
    for number in numbers {
        let known = unit.criteria().any(|(_, criterion)| is(criterion, number));
        if !known {
            return Err(unknown(number));
        }
    }
    let passage = unit
        .criteria()
        .flat_map(|(_, criterion)| &criterion.guidance)
        .chain(&unit.loose_guidance)
        .find(|passage| starts_at(passage, line))
        .cloned()
        .ok_or_else(|| {
            NotCorrected(format!(
                "{} has no guidance that starts on line {line}.",
                unit.in_words()
            ))
        })?;
    unit.loose_guidance.retain(|one| !starts_at(one, line));
    for outcome in &mut unit.outcomes {
        for criterion in &mut outcome.criteria {
            criterion.guidance.retain(|one| !starts_at(one, line));
            if numbers.iter().any(|number| is(criterion, number)) {
                let before = criterion
                    .guidance
                    .iter()
                    .take_while(|one| one.at.first().is_some_and(|place| place.from < line))
                    .count();
                criterion.guidance.insert(before, passage.clone());
            }
        }
    }
    if numbers.is_empty() {
        unit.loose_guidance.push(passage);
    }
    Ok(())
}

fn is(criterion: &CriterionDraft, number: &str) -> bool {
    criterion
        .number
        .as_ref()
        .is_some_and(|found| found.value == number)
}

/// What a removed criterion held and no other criterion holds stays with the unit, claimed by none.
pub(super) fn let_go(unit: &mut UnitDraft, gone: CriterionDraft) {
    for passage in gone.guidance {
        let line = passage.at.first().map_or(0, |place| place.from);
        let held = unit
            .criteria()
            .any(|(_, criterion)| criterion.guidance.iter().any(|one| starts_at(one, line)));
        if !held {
            unit.loose_guidance.push(passage);
        }
    }
}
