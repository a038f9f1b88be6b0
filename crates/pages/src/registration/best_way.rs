//! The best way through the rule, within the form where units are chosen: what is asked, and the ways found.

use crate::Form;
use crate::form::{Choice, Field};
use crate::format;
use askama::Template;
use assay_app::plan::choice::{ChoiceSums, UnitChoice};
use assay_app::specification::rule::{BestWay, Least, OneWay};

/// What was found, with the titles of units and what a way is put beside.
#[derive(Debug, Template)]
#[template(path = "registration/best_way.html")]
pub struct BestWayPart {
    pub best: BestWay,
    /// Numbers and titles.
    pub titles: Vec<(String, String)>,
    /// The ticked units that stay ticked when a way is used.
    pub kept: Vec<String>,
}

impl askama::filters::HtmlSafe for BestWayPart {}

impl BestWayPart {
    fn needs_nothing(&self) -> bool {
        self.best.reachable && self.best.ways.iter().any(|way| way.take.is_empty())
    }

    /// What the least comes to, as a heading.
    fn cost(&self) -> String {
        let Some(least) = self.best.least else {
            return "The least is not known".to_owned();
        };
        let what = match self.best.minimise {
            Least::Credits => format::plural(least, "credit", "credits"),
            Least::Glh => format::plural(least, "Guided Learning Hour", "Guided Learning Hours"),
            Least::Tut => format!("{} of Total Unit Time", format::plural(least, "hour", "hours")),
            Least::Units => format::plural(least, "unit", "units"),
        };
        match self.best.known {
            true => format!("{what} still to take: no way has fewer"),
            false => format!("{what} still to take, perhaps fewer"),
        }
    }

    fn listed(&self) -> String {
        let listed = self.best.ways.len();
        match self.best.alternatives.as_str() {
            "1" => "There is one such way.".to_owned(),
            all if all == listed.to_string() => format!("There are {all} such ways; all are listed."),
            all => format!(
                "There are {} such ways; the first {listed} are listed. Say which units to prefer or to leave out to see others.",
                format::number(all)
            ),
        }
    }

    fn named(&self, unit: &str) -> String {
        let title = self.titles.iter().find(|(number, _)| number == unit);
        title.map_or_else(|| unit.to_owned(), |(_, title)| format!("{unit} {title}"))
    }

    /// What the form ticks when the way is used: numbers with spaces between.
    fn ticks(&self, way: &OneWay) -> String {
        let mut units = self.kept.clone();
        units.extend(way.take.iter().filter(|unit| !self.kept.contains(unit)).cloned());
        units.join(" ")
    }

    fn in_all(&self, sums: &ChoiceSums) -> String {
        let figure = |figure: Option<u32>, one: &str, many: &str| match figure {
            Some(figure) => format::plural(figure, one, many),
            None => format!("{many} not known"),
        };
        format!(
            "{}: {}, {}, {} of Total Unit Time",
            format::plural(sums.units, "unit", "units"),
            figure(sums.credits, "credit", "credits"),
            figure(sums.glh, "Guided Learning Hour", "Guided Learning Hours"),
            figure(sums.tut, "hour", "hours"),
        )
    }
}

/// The units that may be named as preferred or left out.
fn options<'u>(units: impl Iterator<Item = &'u UnitChoice>) -> Vec<Choice> {
    units
        .filter(|unit| !unit.fixed && unit.carried_from.is_none())
        .map(|unit| Choice::new(&unit.unit, format!("{} {}", unit.unit, unit.title)))
        .collect()
}

/// What is to be least.
pub(super) fn minimise(form: &Form) -> Field {
    form.radios(
        "minimise",
        "Keep as small as possible",
        &[
            Choice::new("credits", "Credits"),
            Choice::new("glh", "Guided Learning Hours"),
            Choice::new("tut", "Total Unit Time"),
            Choice::new("units", "Number of units"),
        ],
    )
}

/// Units to prefer.
pub(super) fn prefer(form: &Form, units: &[UnitChoice]) -> Field {
    form.checkboxes(
        "prefer",
        "Prefer, where the cost is the same",
        &options(units.iter()),
    )
    .optional()
}

/// Units to leave out.
pub(super) fn avoid(form: &Form, units: &[UnitChoice]) -> Field {
    form.checkboxes("avoid", "Leave out", &options(units.iter()))
        .optional()
}
