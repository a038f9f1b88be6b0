//! Which value of a draft a finding is about, so that a person can correct it where the finding is told.

use super::super::correct::{Part, Target};
use super::super::draft::{Draft, Field, UnitDraft};
use super::super::finding::Finding;
use super::super::specification::code_of;

/// The value that a finding is about; none where it is about no single value.
pub fn target_of(draft: &Draft, finding: &Finding) -> Option<Target> {
    let parts: Vec<&str> = finding.subject.split(", ").collect();
    let (first, rest) = parts.split_first()?;
    if *first == "document" {
        return Some(Target::of_document(missing_of_document(&finding.message)?));
    }
    if let Some((index, one)) = draft
        .qualifications
        .iter()
        .enumerate()
        .rev()
        .find(|(index, one)| format!("qualification {}", code_of(one, *index)).eq_ignore_ascii_case(first))
    {
        let whole = Part::Qualification { qualification: index };
        return match rest {
            ["table", unit, field] => {
                let number = unit.strip_prefix("unit ")?;
                let row = one.table.iter().position(|row| is(&row.unit, number))?;
                let part = Part::Row {
                    qualification: index,
                    row,
                };
                let known = ["unit", "title", "credits", "glh", "tut", "group"];
                known.contains(field).then(|| Target::of(part, field))
            }
            ["table", row] => {
                let row = one.table.iter().position(|one| {
                    one.unit.is_none() && one.title.as_ref().is_some_and(|title| title.value == *row)
                })?;
                let part = Part::Row {
                    qualification: index,
                    row,
                };
                Some(Target::of(part, "unit"))
            }
            ["credits", ..] => Some(Target::of(whole, "minimum_credits")),
            ["dates", ..] => Some(Target::of_document("registration_ends")),
            [field @ ("number" | "title" | "size" | "tqt" | "glh" | "rule"), ..] => {
                Some(Target::of(whole, field))
            }
            [] if finding.code == "IMPORT_RULE_WORDS" => Some(Target::of(whole, "rule")),
            [] if finding.code == "IMPORT_NUMBER_FORM" => Some(Target::of(whole, "number")),
            [] => Some(Target::of(whole, missing_of_qualification(&finding.message)?)),
            _ => None,
        };
    }
    let (index, unit) = draft
        .units
        .iter()
        .enumerate()
        .rev()
        .find(|(_, unit)| unit.in_words().eq_ignore_ascii_case(first))?;
    in_unit(unit, index, rest, finding)
}

fn in_unit(unit: &UnitDraft, at: usize, rest: &[&str], finding: &Finding) -> Option<Target> {
    let whole = Part::Unit { unit: at };
    let Some(first) = rest.first() else {
        if finding.code == "IMPORT_NUMBER_FORM" {
            let bad_reference = unit
                .reference
                .as_ref()
                .is_some_and(|found| assay_specification::UnitReference::as_written(&found.value).is_err());
            return Some(Target::of(
                whole,
                if bad_reference { "reference" } else { "number" },
            ));
        }
        return Some(Target::of(whole, missing_of_unit(&finding.message)?));
    };
    if let Some(number) = first.strip_prefix("outcome ") {
        let outcome = unit
            .outcomes
            .iter()
            .rposition(|one| is(&one.number, number) || number == "?" && one.number.is_none())?;
        let part = Part::Outcome { unit: at, outcome };
        let about_number = finding.message.contains("its number was") || finding.code == "IMPORT_NUMBER_FORM";
        return Some(Target::of(part, if about_number { "number" } else { "text" }));
    }
    if let Some(number) = first.strip_prefix("criterion ") {
        for (outcome, one) in unit.outcomes.iter().enumerate() {
            let found = one
                .criteria
                .iter()
                .rposition(|one| is(&one.number, number) || number == "?" && one.number.is_none());
            if let Some(criterion) = found {
                let part = Part::Criterion {
                    unit: at,
                    outcome,
                    criterion,
                };
                let about_number = ["IMPORT_NUMBER_FORM", "IMPORT_NUMBERING", "SPEC_CRITERION_NUMBER"]
                    .contains(&finding.code.as_ref());
                return Some(Target::of(part, if about_number { "number" } else { "text" }));
            }
        }
        return None;
    }
    let known = [
        "number",
        "title",
        "heading",
        "level",
        "reference",
        "credits",
        "tut",
        "glh",
        "aims",
    ];
    known.contains(first).then(|| Target::of(whole, first))
}

fn is(field: &Field<String>, wanted: &str) -> bool {
    field
        .as_ref()
        .is_some_and(|found| found.value.eq_ignore_ascii_case(wanted))
}

/// The words before "was not found", as the check of what is missing writes them; a test keeps both together.
fn missing_of_document(message: &str) -> Option<&'static str> {
    Some(match message.strip_suffix(" was not found")? {
        "the title of the document" => "title",
        "the framework (such as RQF)" => "framework",
        "the name of the awarding body in full" => "awarding_body",
        "the awarding body's short name" => "awarding_body_short",
        "the regulator" => "regulator",
        "the date of issue" => "issued",
        "the version" => "version",
        "the language of assessment" => "language",
        "the purpose of the qualifications" => "purpose",
        "the first day of regulation" => "regulated_from",
        "the first day of registration" => "operational_from",
        "the last day of registration" => "registration_ends",
        "the last day of certification" => "certification_ends",
        "the kind of the document" => "subtitle",
        "the least age of a learner" => "minimum_age",
        _ => return None,
    })
}

fn missing_of_qualification(message: &str) -> Option<&'static str> {
    Some(match message.strip_suffix(" was not found")? {
        "the awarding body's code" => "code",
        "the title" => "title",
        "the qualification number" => "number",
        "the level" => "level",
        "the size word (Award, Certificate or Diploma)" => "size",
        "the Total Qualification Time" => "tqt",
        "the Guided Learning Hours" => "glh",
        "the least number of credits" => "minimum_credits",
        "the rule of combination" => "rule",
        _ => return None,
    })
}

fn missing_of_unit(message: &str) -> Option<&'static str> {
    Some(match message.strip_suffix(" was not found")? {
        "the unit number" => "number",
        "the title" => "title",
        "the level" => "level",
        "the reference on the register" => "reference",
        "the credits" => "credits",
        "the Total Unit Time" => "tut",
        "the Guided Learning Hours" => "glh",
        "the unit's aims" => "aims",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::syllabus::{Found, Place, QualificationDraft, check};

    #[test]
    fn every_value_that_was_not_found_can_be_given_where_its_finding_is_told() {
        let mut draft = Draft {
            qualifications: vec![QualificationDraft::default()],
            units: vec![UnitDraft::default()],
            ..Draft::default()
        };
        check(&mut draft);
        let parts = [
            "a table of units was not found",
            "a learning outcome was not found",
        ];
        let missing: Vec<&Finding> = draft
            .findings
            .iter()
            .filter(|finding| finding.code.starts_with("IMPORT_NOT_FOUND"))
            .filter(|finding| !parts.contains(&finding.message.as_str()))
            .collect();
        assert!(missing.len() > 25);
        for finding in missing {
            let target = target_of(&draft, finding);
            assert!(
                target.is_some_and(|at| super::super::super::slot(&mut draft.clone(), &at).is_ok()),
                "{finding}"
            );
        }
    }

    #[test]
    fn a_figure_in_a_table_is_told_from_that_of_the_unit() {
        let found = |value: &str| Some(Found::new(value.to_owned(), Place::line(4)));
        let draft = Draft {
            qualifications: vec![QualificationDraft {
                code: found("Q1"),
                table: vec![crate::syllabus::RowDraft {
                    unit: found("R101"),
                    ..Default::default()
                }],
                ..QualificationDraft::default()
            }],
            units: vec![UnitDraft {
                number: found("R101"),
                ..UnitDraft::default()
            }],
            ..Draft::default()
        };
        let at = |subject: &str| {
            let finding = Finding::new(&crate::syllabus::codes::IMPORT_STATEMENT, subject, "x");
            target_of(&draft, &finding).unwrap().to_string()
        };
        assert_eq!(
            at("qualification Q1, table, unit R101, glh"),
            "qualification/0/row/0/glh"
        );
        assert_eq!(at("unit R101, glh"), "unit/0/glh");
        assert_eq!(at("qualification Q1, credits"), "qualification/0/minimum_credits");
    }
}
