//! `assay rule`: ask a specification's rules of combination.

mod plan;

use super::specification::{json, read};
use crate::failure::Stopped;
use crate::say;
use assay_specification::rule::{Judgement, Prepared, Selection, Verdict};
use assay_specification::{Qualification, Specification, UnitNumber};
use clap::{Args, Subcommand};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Rule {
    Judge(Judge),
    Plan(plan::Plan),
    Summary(Summary),
}

/// Judge a choice of units: can it be awarded, and is it permitted as a whole? Ends with 1 when it cannot be awarded.
#[derive(Args)]
pub struct Judge {
    /// Specification file.
    file: PathBuf,
    /// Code, title or number of the qualification.
    qualification: String,
    /// Unit numbers, separated by commas.
    #[arg(long, value_name = "A,B,C", value_delimiter = ',')]
    units: Vec<String>,
    /// Answer as JSON.
    #[arg(long)]
    json: bool,
}

/// What a rule comes to: number of valid choices, least and most credits and hours.
#[derive(Args)]
pub struct Summary {
    /// Specification file.
    file: PathBuf,
    /// Code, title or number of the qualification.
    qualification: String,
    /// Answer as JSON.
    #[arg(long)]
    json: bool,
}

impl Rule {
    /// # Errors
    /// The file cannot be read; there is no such qualification or unit.
    pub fn run(self) -> Result<ExitCode, Stopped> {
        match self {
            Rule::Judge(judge) => judge.run(),
            Rule::Plan(plan) => plan.run(),
            Rule::Summary(summary) => summary.run(),
        }
    }
}

fn prepare<'s>(
    specification: &'s Specification,
    wanted: &str,
) -> Result<(&'s Qualification, Prepared), Stopped> {
    let qualification = specification.find_qualification(wanted).ok_or_else(|| {
        let known: Vec<&str> = specification
            .qualifications
            .iter()
            .map(|qualification| qualification.code.as_str())
            .collect();
        Stopped::new(format!("the specification has no qualification {wanted:?}"))
            .hint(format!("it has {}", known.join(", ")))
    })?;
    let prepared = Prepared::new(&qualification.rule, specification.units.iter().map(Into::into))
        .map_err(|fault| Stopped::new(fault.to_string()))?;
    Ok((qualification, prepared))
}

/// The units of these numbers or titles.
fn units_called(specification: &Specification, typed: &[String]) -> Result<BTreeSet<UnitNumber>, Stopped> {
    let typed = typed
        .iter()
        .map(|unit| unit.trim())
        .filter(|unit| !unit.is_empty());
    typed
        .map(|typed| {
            specification
                .find_unit_called(typed)
                .map(|unit| unit.number.clone())
                .ok_or_else(|| Stopped::new(format!("the specification has no unit {typed:?}")))
        })
        .collect()
}

/// `A + B`.
fn together(units: &[UnitNumber]) -> String {
    let units: Vec<String> = units.iter().map(UnitNumber::to_string).collect();
    units.join(" + ")
}

impl Judge {
    fn run(self) -> Result<ExitCode, Stopped> {
        let specification = read(&self.file)?;
        let (qualification, prepared) = prepare(&specification, &self.qualification)?;
        let units = units_called(&specification, &self.units)?;
        let judgement = prepared.judge(&units.into_iter().collect::<Selection>());
        if self.json {
            say!("{}", json(&judgement)?);
        } else {
            say(qualification, &judgement);
        }
        Ok(if judgement.award.met {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

fn say(qualification: &Qualification, judgement: &Judgement) {
    say!("{}", qualification.title);
    say!(
        "{} (printed: at least {} credits, GLH {}, TQT {})",
        judgement.sums,
        qualification.minimum_credits,
        qualification.glh,
        qualification.tqt
    );
    verdict("Award", "the rule of combination is met", &judgement.award);
    verdict("Choice", "this choice is permitted", &judgement.choice);
    if judgement.award.met && !judgement.award.endorsements.is_empty() {
        say!(
            "Title: {}",
            qualification.full_title(&judgement.award.endorsements)
        );
    }
}

fn verdict(name: &str, yes: &str, verdict: &Verdict) {
    if verdict.met {
        say!("{name}: {yes}.");
        for (group, units) in counted(verdict) {
            say!("  counts{group}: {}", units.join(", "));
        }
    } else {
        say!("{name}: {}.", if verdict.known { "not yet" } else { "not known" });
        for reason in &verdict.reasons {
            say!("  {reason}");
        }
        for addition in verdict.smallest_additions.iter().take(5) {
            say!("  would do: {}", together(addition));
        }
    }
    if !verdict.surplus.is_empty() {
        let units: Vec<String> = verdict.surplus.iter().map(UnitNumber::to_string).collect();
        say!("  beyond the need: {}", units.join(", "));
    }
}

/// The units that count, group by group in the order in which the first of each counts.
fn counted(verdict: &Verdict) -> Vec<(String, Vec<String>)> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for counted in &verdict.counted {
        let name = counted
            .group
            .as_ref()
            .map(|group| format!(" in {group}"))
            .unwrap_or_default();
        let unit = counted.unit.to_string();
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, units)) => units.push(unit),
            None => groups.push((name, vec![unit])),
        }
    }
    groups
}

impl Summary {
    fn run(self) -> Result<ExitCode, Stopped> {
        let specification = read(&self.file)?;
        let (qualification, prepared) = prepare(&specification, &self.qualification)?;
        let summary = prepared.summary();
        if self.json {
            say!("{}", json(&summary)?);
            return Ok(ExitCode::SUCCESS);
        }
        say!("{}", qualification.title);
        say!("Valid choices: {}", summary.selections);
        if let Some(possible) = &summary.possible_selections {
            say!("Choices that may be valid, for some figures in place of those not known: {possible}");
        }
        match &summary.minimal_selections {
            Some(minimal) => say!("Choices from which no unit can be left out: {minimal}"),
            None => say!("Choices from which no unit can be left out: too intricate to count"),
        }
        match &summary.ranges {
            None => say!("No choice of units meets this rule."),
            Some(ranges) => {
                for (name, range) in [
                    ("Units", ranges.units),
                    ("Credits", ranges.credits),
                    ("GLH", ranges.glh),
                    ("TUT", ranges.tut),
                ] {
                    say!("{name}: {range}");
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
