//! Plain text for the command line.

use jiff::civil::Date;

use crate::check::{Finding, Severity};
use crate::specification::Specification;
use crate::unit::Unit;

/// The specification on one screen or two: document, qualifications with rules and valid choices, units.
pub fn specification_as_text(specification: &Specification) -> String {
    let document = &specification.document;
    let mut lines = vec![
        format!("{} ({})", document.title, document.framework),
        format!(
            "{}, version {}, issued {}",
            document.awarding_body, document.version, document.issued
        ),
        format!(
            "Regulated from {}, operational from {}, registration ends {}",
            day(document.regulated_from),
            day(document.operational_from),
            day(document.registration_ends)
        ),
    ];
    let counts = specification.counts();
    lines.push(format!(
        "{}, {}, {}, {}",
        number_of(counts.qualifications, "qualification", "qualifications"),
        number_of(counts.units, "unit", "units"),
        number_of(counts.outcomes, "learning outcome", "learning outcomes"),
        number_of(counts.criteria, "assessment criterion", "assessment criteria"),
    ));
    for qualification in &specification.qualifications {
        lines.push(String::new());
        lines.push(format!(
            "{}  {}  {}",
            qualification.code, qualification.number, qualification.title
        ));
        lines.push(format!(
            "  level {}, {}, at least {} credits, TQT {}, GLH {}",
            qualification.level,
            qualification.size,
            qualification.minimum_credits,
            qualification.tqt,
            qualification.glh
        ));
        lines.extend(
            qualification
                .rule
                .in_words()
                .into_iter()
                .map(|line| format!("  {line}")),
        );
        lines.push(format!("  {}", choices(specification, qualification)));
    }
    lines.push(String::new());
    lines.push("Unit      Level  Reference   Credits  GLH  TUT  Title".to_owned());
    for unit in &specification.units {
        lines.push(format!(
            "{:<8}  {:>5}  {}  {:>7}  {:>3}  {:>3}  {}",
            unit.number.as_str(),
            unit.level,
            unit.reference,
            unit.credits,
            unit.glh,
            unit.tut,
            unit.title
        ));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn choices(specification: &Specification, qualification: &crate::qualification::Qualification) -> String {
    let prepared = match specification.prepare(qualification) {
        Ok(prepared) => prepared,
        Err(fault) => return format!("The rule cannot be worked with: {fault}"),
    };
    let summary = prepared.summary();
    let Some(ranges) = summary.ranges else {
        return "No choice of units meets the rule".to_owned();
    };
    let minimal = summary
        .minimal_selections
        .map(|minimal| format!(" ({minimal} minimal)"))
        .unwrap_or_default();
    format!(
        "{} valid choices{minimal}: {} credits, {} GLH, {} TUT",
        summary.selections, ranges.credits, ranges.glh, ranges.tut
    )
}

/// One unit with every outcome and criterion, word for word.
pub fn unit_as_text(unit: &Unit) -> String {
    let mut lines = vec![
        format!("{} {}", unit.number, unit.title),
        format!(
            "Level {}, {}, {} credits, TUT {}, GLH {}",
            unit.level, unit.reference, unit.credits, unit.tut, unit.glh
        ),
        unit.aims.clone(),
    ];
    for outcome in &unit.outcomes {
        lines.push(String::new());
        lines.push(format!("{}  {}", outcome.number, outcome.text));
        for criterion in &outcome.criteria {
            lines.push(format!("   {}  {}", criterion.number, criterion.text));
            lines.extend(
                criterion
                    .guidance
                    .iter()
                    .map(|guidance| format!("        guidance: {guidance}")),
            );
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// The findings, one a line, and a line of totals.
pub fn findings_as_text(findings: &[Finding]) -> String {
    let mut lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    let count = |severity| {
        findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    };
    lines.push(format!(
        "{}, {}, {}",
        number_of(count(Severity::Error), "error", "errors"),
        number_of(count(Severity::Warning), "warning", "warnings"),
        number_of(count(Severity::Note), "note", "notes"),
    ));
    lines.push(String::new());
    lines.join("\n")
}

fn number_of(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}
