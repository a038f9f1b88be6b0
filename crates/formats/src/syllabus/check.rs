//! A draft from any reader, read like a proof-reader (QS-31, practice section 2.2).
//!
//! What `assay specification check` finds in a finished specification is found by it here too, over a stand-in for what
//! is still missing; this module gives those findings their places in the source, and adds what only a draft can show:
//! what was not found, numbers of another form, statements that look garbled, terms nobody defines.

mod criteria;
mod missing;
mod places;
mod terms;

use assay_specification::{Erratum, Severity};

use super::codes;
use super::draft::{Draft, Found};
use super::finding::Finding;
use super::specification::{STAND_IN_REFERENCE, code_of, stand_in};

/// Findings of the specification's own check that this stage says better or not at all.
const SAID_HERE: [&str; 4] = [
    "SPEC_VERB_NONE",
    "SPEC_VERB_ABSENT",
    "SPEC_MODEL_UNUSED",
    "SPEC_UNIT_EMPTY",
];

/// Adds to a draft every finding that the checks give. Fills in what follows from the rest (the least credits of a rule),
/// with a finding that says so. Errors come first, then warnings, then notes.
pub fn check(draft: &mut Draft) {
    derive_credits(draft);
    let mut findings = Vec::new();
    missing::check(draft, &mut findings);
    criteria::check(draft, &mut findings);
    terms::check(draft, &mut findings);
    findings.extend(as_a_specification(draft));
    draft.findings.extend(findings);
    draft.findings.sort_by_key(|finding| finding.severity);
}

/// The findings of the specification's own check, with places in the source.
fn as_a_specification(draft: &Draft) -> Vec<Finding> {
    let stand_in = stand_in(draft);
    assay_specification::check(&stand_in.specification)
        .into_iter()
        .filter(|finding| !SAID_HERE.contains(&finding.code))
        // Without a rule nobody can say that a unit is unused.
        .filter(|finding| {
            finding.code != "SPEC_UNIT_UNUSED"
                || !draft.qualifications.is_empty()
                    && draft.qualifications.iter().all(|one| one.rule.is_some())
        })
        .filter(|finding| {
            !stand_in
                .missing
                .iter()
                .any(|missing| finding.place == *missing || finding.place.starts_with(&format!("{missing},")))
        })
        // Units without a reference share the one that stands in for it.
        .filter(|finding| !finding.place.contains(STAND_IN_REFERENCE))
        .map(|finding| Finding {
            code: finding.code.into(),
            severity: finding.severity,
            place: places::place_of(draft, &finding.place),
            subject: finding.place,
            line_text: None,
            offset: 0,
            message: finding.message,
            suggestion: finding
                .suggestion
                .or_else(|| Some(settle(finding.severity).to_owned())),
        })
        .collect()
}

/// What the specification's own check finds in a draft beside these errata.
pub(super) fn with_errata(draft: &Draft, errata: Vec<Erratum>) -> Vec<assay_specification::Finding> {
    let mut specification = stand_in(draft).specification;
    specification.errata = errata;
    assay_specification::check(&specification)
}

fn settle(severity: Severity) -> &'static str {
    match severity {
        Severity::Error | Severity::Warning => {
            "Compare it with the document: correct what was read wrongly, or list what is printed wrongly under errata."
        }
        Severity::Note => "Nothing has to be done.",
    }
}

/// The least credits of a rule with several groups are seldom printed.
fn derive_credits(draft: &mut Draft) {
    let specification = stand_in(draft).specification;
    let mut findings = Vec::new();
    for (index, one) in draft.qualifications.iter_mut().enumerate() {
        if one.minimum_credits.is_some() || one.rule.is_none() {
            continue;
        }
        let code = code_of(one, index);
        let rule_units = one
            .rule
            .as_ref()
            .map(|rule| rule.value.listed_units())
            .unwrap_or_default();
        let known = |unit: &assay_specification::UnitNumber| {
            draft.units.iter().any(|page| {
                page.credits.is_some()
                    && page
                        .number
                        .as_ref()
                        .is_some_and(|found| found.value == unit.as_str())
            })
        };
        if !rule_units.iter().all(known) {
            continue;
        }
        let least = specification
            .qualifications
            .iter()
            .find(|qualification| qualification.code == code)
            .and_then(|qualification| specification.prepare(qualification).ok())
            .and_then(|prepared| prepared.summary().ranges)
            .and_then(|ranges| ranges.credits.least);
        let Some(least) = least else { continue };
        let at = one
            .rule_words
            .as_ref()
            .map(|words| words.at.clone())
            .unwrap_or_default();
        let finding = Finding::new(
            &codes::IMPORT_CREDITS_DERIVED,
            format!("qualification {code}, credits"),
            format!("the least credits are not printed; the rule gives {least}"),
        )
        .suggest("Compare it with the Total Qualification Time: one credit is ten hours.");
        findings.push(match at.first() {
            Some(place) => finding.at(place.clone()),
            None => finding,
        });
        one.minimum_credits = Some(Found::across(least, at));
    }
    draft.findings.extend(findings);
}
