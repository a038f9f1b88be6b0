//! `assay rule plan`: the cheapest way through a rule.

use super::super::specification::{json, read};
use super::{prepare, together, units_called};
use crate::failure::Stopped;
use assay_specification::Qualification;
use assay_specification::rule::{self, Minimise, PlanWishes, Selection, USUAL_ALTERNATIVES};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

/// Find the cheapest units still to take: an exact optimum, with all ways of the same cost. Ends with 1 when the rule
/// cannot be met as asked.
#[derive(Args)]
pub struct Plan {
    /// Specification file.
    file: PathBuf,
    /// Code, title or number of the qualification.
    qualification: String,
    /// Units there are already; they cost nothing.
    #[arg(long, value_name = "A,B,C", value_delimiter = ',')]
    have: Vec<String>,
    /// Those among them that come from recognition of prior learning.
    #[arg(long, value_name = "A,B,C", value_delimiter = ',')]
    prior_learning: Vec<String>,
    /// Units that are not to be taken.
    #[arg(long, value_name = "A,B,C", value_delimiter = ',')]
    without: Vec<String>,
    /// Units to choose where the cost is the same.
    #[arg(long, value_name = "A,B,C", value_delimiter = ',')]
    prefer: Vec<String>,
    /// What to make least over the units to take.
    #[arg(long, value_enum, default_value_t = Figure::Credits)]
    minimise: Figure,
    /// How many ways of the same cost to list, at most 1000.
    #[arg(long, value_name = "NUMBER", default_value_t = USUAL_ALTERNATIVES)]
    most: usize,
    /// Answer as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Figure {
    Credits,
    Glh,
    Tut,
    Units,
}

impl From<Figure> for Minimise {
    fn from(figure: Figure) -> Self {
        match figure {
            Figure::Credits => Minimise::Credits,
            Figure::Glh => Minimise::Glh,
            Figure::Tut => Minimise::Tut,
            Figure::Units => Minimise::Units,
        }
    }
}

impl Plan {
    /// # Errors
    /// The file cannot be read; there is no such qualification or unit; the rule cannot be worked with.
    pub(super) fn run(self) -> Result<ExitCode, Stopped> {
        let specification = read(&self.file)?;
        let (qualification, prepared) = prepare(&specification, &self.qualification)?;
        let prior_learning = units_called(&specification, &self.prior_learning)?;
        let mut units = units_called(&specification, &self.have)?;
        units.extend(prior_learning.iter().cloned());
        let wishes = PlanWishes {
            have: Selection {
                units,
                prior_learning,
            },
            without: units_called(&specification, &self.without)?,
            prefer: units_called(&specification, &self.prefer)?,
            minimise: self.minimise.into(),
            most: self.most,
        };
        let plan = prepared
            .plan(&wishes)
            .map_err(|fault| Stopped::new(fault.to_string()))?;
        if self.json {
            println!("{}", json(&plan)?);
        } else {
            say(qualification, self.minimise, &plan);
        }
        Ok(if plan.reachable {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

fn say(qualification: &Qualification, figure: Figure, plan: &rule::Plan) {
    println!("{}", qualification.title);
    let reasons = || plan.reasons.iter().for_each(|reason| println!("  {reason}"));
    if !plan.reachable {
        println!(
            "{}",
            if plan.known {
                "Not reachable:"
            } else {
                "Not known:"
            }
        );
        return reasons();
    }
    let figure = match figure {
        Figure::Credits => "credits",
        Figure::Glh => "GLH",
        Figure::Tut => "TUT",
        Figure::Units => "units",
    };
    match plan.least {
        None => println!("Reachable, but the least {figure} are not known:"),
        Some(least) if !plan.known => {
            println!(
                "Least {figure} still to take: {least} or fewer; fewer is not known to be out of reach:"
            );
        }
        Some(_)
            if plan.alternatives.as_u64() == Some(1) && plan.ways.iter().all(|way| way.take.is_empty()) =>
        {
            println!("Nothing more need be taken: the rule is met already.");
        }
        Some(least) => println!("Least {figure} still to take: {least} (proved: no way there has fewer)"),
    }
    reasons();
    match (plan.alternatives.as_u64(), plan.ways.len()) {
        (Some(0), _) => {}
        (Some(1), _) => println!("There is one such way:"),
        (Some(all), listed) if usize::try_from(all) == Ok(listed) => println!("All {all} such ways:"),
        (_, listed) => println!("{listed} of {} such ways:", plan.alternatives),
    }
    for way in &plan.ways {
        match way.take.is_empty() {
            true => println!("  take nothing more"),
            false => println!("  take {}: {}", together(&way.take), way.to_take),
        }
        println!("    counts in all {}", way.sums);
        if !way.surplus.is_empty() {
            println!("    beyond the need: {}", together(&way.surplus));
        }
        if !way.endorsements.is_empty() {
            println!("    title: {}", qualification.full_title(&way.endorsements));
        }
    }
}
