//! What was not found, and values whose form is not that of their kind.

use assay_specification::{CriterionNumber, QualificationNumber, UnitNumber, UnitReference};

use crate::syllabus::codes::{
    Code, IMPORT_NOT_FOUND, IMPORT_NOT_FOUND_MINOR, IMPORT_NUMBER_FORM, IMPORT_OUTCOME_LOST,
    IMPORT_TITLES_DIFFER, IMPORT_UNIT_ABSENT,
};
use crate::syllabus::draft::{Draft, Field, QualificationDraft, UnitDraft};
use crate::syllabus::finding::{Finding, Place};
use crate::syllabus::specification::code_of;

pub(super) fn check(draft: &Draft, findings: &mut Vec<Finding>) {
    document(draft, findings);
    for (index, one) in draft.qualifications.iter().enumerate() {
        qualification(one, index, draft, findings);
    }
    for unit in &draft.units {
        self::unit(unit, findings);
    }
}

struct Asking<'a> {
    findings: &'a mut Vec<Finding>,
    subject: String,
    /// Where to look: the nearest place that is known.
    near: Option<Place>,
}

impl Asking<'_> {
    fn need<T>(&mut self, field: &Field<T>, what: &str, code: &Code) {
        if field.is_some() {
            return;
        }
        let finding = Finding::new(code, self.subject.clone(), format!("{what} was not found"))
            .suggest(format!("Look for {what} in the document and type it in."));
        self.findings.push(match &self.near {
            Some(place) => finding.at(place.clone()),
            None => finding,
        });
    }
}

fn document(draft: &Draft, findings: &mut Vec<Finding>) {
    let document = &draft.document;
    let near = document
        .title
        .as_ref()
        .and_then(|found| found.first_place())
        .cloned();
    let mut asking = Asking {
        findings,
        subject: "document".to_owned(),
        near,
    };
    asking.need(&document.title, "the title of the document", &IMPORT_NOT_FOUND);
    asking.need(
        &document.framework,
        "the framework (such as RQF)",
        &IMPORT_NOT_FOUND,
    );
    asking.need(
        &document.awarding_body,
        "the name of the awarding body in full",
        &IMPORT_NOT_FOUND,
    );
    asking.need(
        &document.awarding_body_short,
        "the awarding body's short name",
        &IMPORT_NOT_FOUND,
    );
    asking.need(&document.regulator, "the regulator", &IMPORT_NOT_FOUND);
    asking.need(&document.issued, "the date of issue", &IMPORT_NOT_FOUND);
    asking.need(&document.version, "the version", &IMPORT_NOT_FOUND);
    asking.need(
        &document.language,
        "the language of assessment",
        &IMPORT_NOT_FOUND,
    );
    asking.need(
        &document.purpose,
        "the purpose of the qualifications",
        &IMPORT_NOT_FOUND,
    );
    asking.need(
        &document.regulated_from,
        "the first day of regulation",
        &IMPORT_NOT_FOUND,
    );
    asking.need(
        &document.operational_from,
        "the first day of registration",
        &IMPORT_NOT_FOUND,
    );
    asking.need(
        &document.registration_ends,
        "the last day of registration",
        &IMPORT_NOT_FOUND,
    );
    asking.need(
        &document.certification_ends,
        "the last day of certification",
        &IMPORT_NOT_FOUND_MINOR,
    );
    asking.need(
        &document.subtitle,
        "the kind of the document",
        &IMPORT_NOT_FOUND_MINOR,
    );
    asking.need(
        &document.minimum_age,
        "the least age of a learner",
        &IMPORT_NOT_FOUND_MINOR,
    );
    if draft.qualifications.is_empty() {
        asking.need::<()>(
            &None,
            "a qualification with its title and number",
            &IMPORT_NOT_FOUND,
        );
    }
    if draft.units.is_empty() {
        asking.need::<()>(&None, "a unit", &IMPORT_NOT_FOUND);
    }
}

fn form(
    findings: &mut Vec<Finding>,
    subject: &str,
    field: &Field<String>,
    refused: impl Fn(&str) -> Option<String>,
) {
    let Some(found) = field else { return };
    if let Some(because) = refused(&found.value) {
        let finding =
            Finding::new(&IMPORT_NUMBER_FORM, subject, because).suggest("Compare it with the document.");
        findings.push(match found.first_place() {
            Some(place) => finding.at(place.clone()),
            None => finding,
        });
    }
}

fn qualification(one: &QualificationDraft, index: usize, draft: &Draft, findings: &mut Vec<Finding>) {
    let subject = format!("qualification {}", code_of(one, index));
    let near = [&one.title, &one.number, &one.code]
        .into_iter()
        .find_map(|field| field.as_ref()?.first_place().cloned());
    let mut asking = Asking {
        findings,
        subject: subject.clone(),
        near,
    };
    asking.need(&one.code, "the awarding body's code", &IMPORT_NOT_FOUND);
    asking.need(&one.title, "the title", &IMPORT_NOT_FOUND);
    asking.need(&one.number, "the qualification number", &IMPORT_NOT_FOUND);
    asking.need(&one.level, "the level", &IMPORT_NOT_FOUND);
    asking.need(
        &one.size,
        "the size word (Award, Certificate or Diploma)",
        &IMPORT_NOT_FOUND,
    );
    asking.need(&one.tqt, "the Total Qualification Time", &IMPORT_NOT_FOUND);
    asking.need(&one.glh, "the Guided Learning Hours", &IMPORT_NOT_FOUND);
    asking.need(
        &one.minimum_credits,
        "the least number of credits",
        &IMPORT_NOT_FOUND,
    );
    if one.rule_words.is_none()
        || !draft
            .findings
            .iter()
            .any(|finding| finding.code == "IMPORT_RULE_WORDS")
    {
        asking.need(&one.rule, "the rule of combination", &IMPORT_NOT_FOUND);
    }
    asking.need(
        &one.table
            .first()
            .map(|_| crate::syllabus::Found::across((), Vec::new())),
        "a table of units",
        &IMPORT_NOT_FOUND_MINOR,
    );
    form(findings, &subject, &one.number, |number| {
        QualificationNumber::as_written(number)
            .err()
            .map(|refused| refused.to_string())
    });
    for row in &one.table {
        let Some(unit) = &row.unit else {
            let title = row.title.as_ref().map_or("a row", |title| title.value.as_str());
            let finding = Finding::new(
                &IMPORT_NOT_FOUND,
                format!("{subject}, table, {title}"),
                "the unit number of this row was not found",
            )
            .suggest("Type in the number that the unit's page has.");
            let place = row.title.as_ref().and_then(|title| title.first_place()).cloned();
            findings.push(match place {
                Some(place) => finding.at(place),
                None => finding,
            });
            continue;
        };
        let place = unit.first_place().cloned().unwrap_or_default();
        let on_page = draft.units.iter().any(|page| {
            page.number
                .as_ref()
                .is_some_and(|number| number.value.eq_ignore_ascii_case(&unit.value))
        });
        if !on_page {
            findings.push(
                Finding::new(
                    &IMPORT_UNIT_ABSENT,
                    format!("{subject}, table, unit {}", unit.value),
                    "this unit has no page in the document",
                )
                .at(place.clone())
                .suggest("Look whether the unit's page was missed, or whether its number is printed differently there."),
            );
        }
        for (lacks, what) in [
            (row.title.is_none(), "title"),
            (row.credits.is_none(), "credits"),
            (row.glh.is_none(), "glh"),
            (row.tut.is_none(), "tut"),
        ] {
            if lacks {
                findings.push(
                    Finding::new(
                        &IMPORT_NOT_FOUND_MINOR,
                        format!("{subject}, table, unit {}, {what}", unit.value),
                        "the row has no such figure, so the row is left out of the specification",
                    )
                    .at(place.clone())
                    .suggest("Look whether the table has such a column."),
                );
            }
        }
    }
}

fn unit(one: &UnitDraft, findings: &mut Vec<Finding>) {
    let subject = one.in_words();
    let near = [&one.number, &one.heading, &one.title, &one.reference]
        .into_iter()
        .find_map(|field| field.as_ref()?.first_place().cloned())
        .or_else(|| {
            one.outcomes
                .iter()
                .find_map(|outcome| outcome.number.as_ref()?.first_place().cloned())
        });
    let mut asking = Asking {
        findings,
        subject: subject.clone(),
        near,
    };
    asking.need(&one.number, "the unit number", &IMPORT_NOT_FOUND);
    asking.need(&one.title, "the title", &IMPORT_NOT_FOUND);
    asking.need(&one.level, "the level", &IMPORT_NOT_FOUND);
    asking.need(&one.reference, "the reference on the register", &IMPORT_NOT_FOUND);
    asking.need(&one.credits, "the credits", &IMPORT_NOT_FOUND);
    asking.need(&one.tut, "the Total Unit Time", &IMPORT_NOT_FOUND);
    asking.need(&one.glh, "the Guided Learning Hours", &IMPORT_NOT_FOUND);
    asking.need(&one.aims, "the unit's aims", &IMPORT_NOT_FOUND);
    if one.outcomes.is_empty() {
        asking.need::<()>(&None, "a learning outcome", &IMPORT_NOT_FOUND);
    }
    form(findings, &subject, &one.number, |number| {
        number
            .parse::<UnitNumber>()
            .err()
            .map(|refused| refused.to_string())
    });
    form(findings, &subject, &one.reference, |reference| {
        UnitReference::as_written(reference)
            .err()
            .map(|refused| refused.to_string())
    });
    outcomes(one, &subject, findings);
    headings(one, &subject, findings);
}

fn outcomes(one: &UnitDraft, subject: &str, findings: &mut Vec<Finding>) {
    for outcome in &one.outcomes {
        let number = outcome.number.as_ref();
        let name = number.map_or("?", |found| found.value.as_str());
        let place = number
            .and_then(|found| found.first_place())
            .or_else(|| outcome.text.as_ref().and_then(|found| found.first_place()))
            .cloned();
        let mut add =
            |code: &Code, subject: String, message: &str, suggestion: &str, place: &Option<Place>| {
                let finding = Finding::new(code, subject, message).suggest(suggestion);
                findings.push(match place {
                    Some(place) => finding.at(place.clone()),
                    None => finding,
                });
            };
        if outcome.number.is_none() || outcome.text.is_none() {
            let what = if outcome.text.is_none() {
                "its words were"
            } else {
                "its number was"
            };
            add(
                &IMPORT_OUTCOME_LOST,
                format!("{subject}, outcome {name}"),
                &format!("{what} not found, though criteria stand under it"),
                "Look for it above its first criterion, or in the cell that was merged with it.",
                &place,
            );
        }
        let dotted = |text: &str| text.parse::<CriterionNumber>().is_ok();
        if number.is_some_and(|found| found.value.parse::<u32>().is_err()) {
            add(
                &IMPORT_NUMBER_FORM,
                format!("{subject}, outcome {name}"),
                "a specification numbers outcomes 1, 2, 3",
                "Give it the number of its place, and keep its letter in the words.",
                &place,
            );
        }
        for criterion in &outcome.criteria {
            let number = criterion
                .number
                .as_ref()
                .map_or("?", |found| found.value.as_str());
            let place = criterion
                .number
                .as_ref()
                .and_then(|found| found.first_place())
                .cloned();
            let subject = format!("{subject}, criterion {number}");
            if criterion
                .text
                .as_ref()
                .is_none_or(|text| text.value.trim().is_empty())
            {
                add(
                    &IMPORT_NOT_FOUND,
                    subject.clone(),
                    "its words were not found",
                    "Look at the cells beside and below its number.",
                    &place,
                );
            }
            if !dotted(number) {
                add(
                    &IMPORT_NUMBER_FORM,
                    subject,
                    "a specification numbers criteria 1.1, 1.2 within outcome 1",
                    "Give it such a number; docs/importing.md tells how graded criteria are kept.",
                    &place,
                );
            }
        }
    }
}

/// The heading over a unit's page against the title in tables and contents list is the specification's own check; here
/// only a unit whose title could be had in capitals alone.
fn headings(one: &UnitDraft, subject: &str, findings: &mut Vec<Finding>) {
    let Some(title) = &one.title else { return };
    let capitals = title.value.chars().filter(|c| c.is_alphabetic()).count() > 3
        && !title.value.chars().any(char::is_lowercase);
    if capitals {
        let finding = Finding::new(
            &IMPORT_TITLES_DIFFER,
            format!("{subject}, title"),
            "the title is known in capitals only; no table and no contents list gives it in small letters",
        )
        .suggest("Write it as it is to stand on certificates.");
        findings.push(match title.first_place() {
            Some(place) => finding.at(place.clone()),
            None => finding,
        });
    }
}
