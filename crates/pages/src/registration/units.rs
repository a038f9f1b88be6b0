//! Choosing units, judged while they are chosen.

use super::best_way::{self, BestWayPart};
use crate::form::Field;
use crate::message::{Notice, Refusals};
use crate::{Form, Shell, format};
use askama::Template;
use assay_app::plan::choice::{Between, JudgedChoice, UnitChoice};
use assay_app::plan::view::PlanView;

/// What the rule says of a choice: sums, what is missing, what could be left out. The same piece stands in the page and is
/// what the script asks for.
#[derive(Debug, Template)]
#[template(path = "registration/judgement.html")]
pub struct JudgementPart {
    pub judged: JudgedChoice,
}

impl askama::filters::HtmlSafe for JudgementPart {}

impl JudgementPart {
    fn verdict(&self) -> Notice {
        if !self.judged.not_permitted.is_empty() || !self.judged.reachable {
            Notice::bad(self.judged.not_permitted.join(" ")).title("This choice is not permitted")
        } else if self.judged.met {
            Notice::good("The units chosen satisfy the rule of combination.")
                .title("This choice makes up the qualification")
        } else {
            Notice::caution(self.judged.missing.join(" ")).title("Not complete yet")
        }
    }

    /// Sums beside what is printed and what is possible: name, sum, printed, possible.
    fn sums(&self) -> Vec<(crate::glossary::Linked, String, String, String)> {
        let glossary = crate::glossary::Glossary::explaining(&self.judged.explained);
        let judged = &self.judged;
        let possible = |of: fn(&assay_app::plan::choice::ChoiceRanges) -> Between| {
            judged.ranges.as_ref().map_or_else(
                || "none".to_owned(),
                |ranges| {
                    let between = of(ranges);
                    format!("{} to {}", figure(between.least), figure(between.most))
                },
            )
        };
        vec![
            (
                glossary.link("Credit value"),
                figure(judged.sums.credits),
                format!("at least {}", judged.printed_credits),
                possible(|r| r.credits),
            ),
            (
                glossary.link("Guided Learning Hours"),
                figure(judged.sums.glh),
                judged.printed_glh.to_string(),
                possible(|r| r.glh),
            ),
            (
                glossary.link("Total Unit Time beside Total Qualification Time"),
                figure(judged.sums.tut),
                judged.printed_tqt.to_string(),
                possible(|r| r.tut),
            ),
        ]
    }

    /// Units that make an award already, where the choice as a whole is not permitted.
    fn awarded(&self) -> Option<String> {
        (!self.judged.met && self.judged.award_met).then(|| self.judged.award_counts.join(", "))
    }

    fn additions(&self) -> Vec<String> {
        // A choice that has hardly begun is told what is missing, not every way there.
        self.judged
            .additions
            .iter()
            .filter(|units| units.len() <= 3)
            .take(4)
            .map(|units| units.join(" and "))
            .collect()
    }
}

/// Choosing units with dates, goals and support.
#[derive(Debug, Template)]
#[template(path = "registration/units.html")]
pub struct UnitsPage {
    pub shell: Shell,
    pub view: PlanView,
    /// The choice as it stands on the page: as typed, or as in force.
    pub judgement: JudgementPart,
    /// The best way, once it is asked for.
    pub best: Option<BestWayPart>,
    pub form: Form,
    pub refusals: Refusals,
}

impl UnitsPage {
    fn address(&self, below: &str) -> String {
        format!("/registrations/{}{below}", self.view.registration)
    }

    fn is_review(&self) -> bool {
        self.view.version() > 0
    }

    /// Units by their group of the rule, in order.
    fn groups(&self) -> Vec<(String, Vec<&UnitChoice>)> {
        let mut groups: Vec<(String, Vec<&UnitChoice>)> = Vec::new();
        for unit in &self.view.units {
            let name = unit.group.clone().unwrap_or_else(|| "Units".to_owned());
            match groups.iter_mut().find(|(known, _)| *known == name) {
                Some((_, units)) => units.push(unit),
                None => groups.push((name, vec![unit])),
            }
        }
        groups
    }

    fn is_chosen(&self, unit: &UnitChoice) -> bool {
        self.form.has("unit", &unit.unit)
    }

    fn hint(&self, unit: &UnitChoice) -> String {
        let mut hint = format!(
            "Level {}. {}, {} Guided Learning Hours, {} hours in all.",
            unit.level,
            format::plural(unit.credits, "credit", "credits"),
            unit.glh,
            unit.tut
        );
        if unit.fixed {
            hint.push_str(" Work is handed in or the unit is achieved: it stays in the plan.");
        }
        hint
    }

    fn minimise(&self) -> Field {
        best_way::minimise(&self.form)
    }

    fn prefer(&self) -> Field {
        best_way::prefer(&self.form, &self.view.units)
    }

    fn avoid(&self) -> Field {
        best_way::avoid(&self.form, &self.view.units)
    }

    /// Whether the best way stands open: it was asked for, or something asked was wrong.
    fn plans(&self) -> bool {
        self.best.is_some()
            || ["minimise", "prefer", "avoid"]
                .iter()
                .any(|field| self.form.complaint(field).is_some())
    }

    fn period(&self) -> String {
        format!(
            "between {} and {}",
            format::date(self.view.start_on),
            format::date(self.view.ends_on)
        )
    }
}

/// A figure, or that it is not known: never nought in its place.
fn figure(figure: Option<u32>) -> String {
    figure.map_or_else(|| "not known".to_owned(), |figure| figure.to_string())
}
