//! Models of a catalogue that the guidance names (QS-28): suggestions for a person, never facts of the draft.

use assay_specification::Model;

use super::codes::IMPORT_MODEL_NAMED;
use super::draft::{CriterionDraft, Draft};
use super::finding::{Finding, Place};

/// Adds a note for each model of the catalogue that a criterion or its guidance names, by its name or an alias. The
/// draft itself is not changed: whether the model is meant is for a person to say.
pub fn suggest_models(draft: &mut Draft, catalogue: &[Model]) {
    let mut findings = Vec::new();
    for unit in &draft.units {
        for model in catalogue {
            let mut named: Vec<&str> = Vec::new();
            let mut first: Option<(Option<Place>, &str)> = None;
            for (_, criterion) in unit.criteria() {
                let Some((place, name)) = names(criterion, model) else {
                    continue;
                };
                named.extend(criterion.number.as_ref().map(|found| found.value.as_str()));
                first.get_or_insert((place, name));
            }
            let Some((place, name)) = first else { continue };
            let finding = Finding::new(
                &IMPORT_MODEL_NAMED,
                format!("{}, criteria {}", unit.in_words(), named.join(", ")),
                format!(
                    "\"{name}\" stands here, which the catalogue knows as {}",
                    model.id
                ),
            )
            .suggest("Add it to the models of these criteria, if that is what is meant.");
            findings.push(match place {
                Some(place) => finding.at(place),
                None => finding,
            });
        }
    }
    draft.findings.extend(findings);
}

/// The code of a suggestion.
pub(super) const IMPORT_MODEL: &str = IMPORT_MODEL_NAMED.name;

/// What a suggestion is about: the unit in words, the numbers of its criteria, and the model's id.
pub(super) fn named_model(finding: &Finding) -> Option<(&str, Vec<&str>, &str)> {
    let (unit, criteria) = finding.subject.rsplit_once(", criteria ")?;
    let id = finding.message.rsplit(' ').next()?;
    Some((unit, criteria.split(", ").collect(), id))
}

/// The models of a catalogue that a finding of the draft names.
pub fn models_named(draft: &Draft, catalogue: &[Model]) -> Vec<Model> {
    let named: Vec<&str> = draft
        .findings
        .iter()
        .filter(|finding| finding.code == IMPORT_MODEL)
        .filter_map(|finding| Some(named_model(finding)?.2))
        .collect();
    catalogue
        .iter()
        .filter(|model| named.contains(&model.id.as_str()))
        .cloned()
        .collect()
}

/// The first name of the model that stands in the criterion or its guidance, and where.
fn names<'a>(criterion: &CriterionDraft, model: &'a Model) -> Option<(Option<Place>, &'a str)> {
    std::iter::once(&model.name)
        .chain(&model.aliases)
        .find_map(|name| {
            let own = criterion.text.as_ref().filter(|text| has(&text.value, name));
            if let Some(text) = own {
                return Some((text.first_place().cloned(), name.as_str()));
            }
            let passage = criterion
                .guidance
                .iter()
                .find(|passage| has(&passage.text, name))?;
            Some((passage.at.first().cloned(), name.as_str()))
        })
}

/// Whether a text holds these words, with no letter or digit directly beside them. Short names keep their case, so that
/// GROW is not found in "grow".
fn has(text: &str, name: &str) -> bool {
    let short = name.chars().count() <= 6;
    let fold = |text: &str| {
        let straight = text.replace(['’', '‘'], "'");
        if short { straight } else { straight.to_lowercase() }
    };
    let (text, name) = (fold(text), fold(name));
    if name.trim().is_empty() {
        return false;
    }
    text.match_indices(&name).any(|(at, _)| {
        let apart = |beside: Option<char>| beside.is_none_or(|c| !c.is_alphanumeric());
        apart(text.get(..at).and_then(|before| before.chars().next_back()))
            && apart(text.get(at + name.len()..).and_then(|after| after.chars().next()))
    })
}
