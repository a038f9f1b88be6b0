//! A rule of combination in plain English, one sentence a line.

use super::facts::Measure;
use super::language::{Bounds, Group, Limit, Rule, Surplus, Take};
use super::reason::{joined, level_in_words};
use crate::identifier::UnitNumber;
use crate::sentence::capital;

/// How deep the sentences of nested rules are indented at most; a deeper rule cannot be prepared anyway.
const DEEPEST: usize = super::fault::DEEPEST_RULE;

impl Rule {
    /// The rule in plain English: one line for each thing it asks for, lines of rules within it indented by two
    /// spaces.
    pub fn in_words(&self) -> Vec<String> {
        let mut lines = Vec::new();
        self.write_lines(0, &mut lines);
        lines
    }

    fn write_lines(&self, depth: usize, lines: &mut Vec<String>) {
        if depth > DEEPEST {
            return;
        }
        let indent = "  ".repeat(depth);
        let mut line = |text: String| lines.push(format!("{indent}{text}"));
        for group in &self.groups {
            line(group.in_words());
        }
        let whole = [
            (Measure::Credits, self.credits),
            (Measure::Units, self.take),
            (Measure::TotalUnitTime, self.tut),
            (Measure::GuidedHours, self.glh),
        ];
        for (measure, bounds) in whole {
            if let Some(text) = bounds.and_then(|bounds| bounds.in_words(measure)) {
                line(format!("{} in all", capital(&text)));
            }
        }
        for level in &self.levels {
            let at = level_in_words(*level).unwrap_or_else(|| "at any level".to_owned());
            let credits = level.credits.and_then(|bounds| bounds.in_words(Measure::Credits));
            let units = level.take.and_then(|bounds| bounds.in_words(Measure::Units));
            let share = level
                .at_least_percent
                .map(|percent| format!("at least {percent}% of the credits"));
            for text in [credits, units, share].into_iter().flatten() {
                line(format!("{} {at}", capital(&text)));
            }
        }
        for text in self.limits.iter().filter_map(Limit::in_words) {
            line(capital(&text));
        }
        for set in &self.barred {
            line(format!("At most one of {}", joined(set)));
        }
        for required in &self.requires {
            line(format!(
                "{} only together with {}",
                required.unit,
                joined(&required.needs)
            ));
        }
        for set in &self.equivalents {
            line(format!("{} stand for each other; one counts", joined(set)));
        }
        if let Some(prior) = self.prior_learning {
            line(format!(
                "At most {} by recognition of prior learning",
                Measure::Credits.in_words(prior.at_most_credits)
            ));
        }
        if self.surplus == Surplus::Allowed {
            line("Further units may be taken and do not count".to_owned());
        }
        if !self.all_of.is_empty() {
            line("All of these:".to_owned());
        }
        for rule in &self.all_of {
            rule.write_named(depth, lines);
        }
        if !self.any_of.is_empty() {
            lines.push(format!("{indent}One of these:"));
        }
        for rule in &self.any_of {
            rule.write_named(depth, lines);
        }
        if let Some(pathways) = &self.pathways {
            lines.push(format!("{indent}{} of these pathways:", pathways.choose));
            for pathway in &pathways.of {
                let endorsed = pathway
                    .endorsement
                    .as_ref()
                    .map(|text| format!(" (endorsed \"{text}\")"));
                lines.push(format!(
                    "{indent}  {}{}:",
                    pathway.name,
                    endorsed.unwrap_or_default()
                ));
                pathway.rule.write_lines(depth + 2, lines);
            }
        }
    }

    fn write_named(&self, depth: usize, lines: &mut Vec<String>) {
        let name = self.name.as_deref().unwrap_or("Rule");
        lines.push(format!("{}{name}:", "  ".repeat(depth + 1)));
        self.write_lines(depth + 2, lines);
    }
}

impl Group {
    fn in_words(&self) -> String {
        let name = self
            .name
            .as_ref()
            .map(|name| format!(" {name}:"))
            .unwrap_or_default();
        let units = joined::<UnitNumber>(&self.units);
        let mut asks = Vec::new();
        match self.take {
            Some(Take::All(_)) => asks.push("all".to_owned()),
            Some(Take::Number(bounds)) => asks.extend(bounds.in_words(Measure::Units)),
            None => {}
        }
        asks.extend(self.credits.and_then(|bounds| bounds.in_words(Measure::Credits)));
        asks.extend(
            self.tut
                .and_then(|bounds| bounds.in_words(Measure::TotalUnitTime)),
        );
        asks.extend(self.glh.and_then(|bounds| bounds.in_words(Measure::GuidedHours)));
        let mut text = match asks.is_empty() {
            true => format!("Any of{name} {units}"),
            false => format!("{} of{name} {units}", capital(&joined(&asks))),
        };
        for limit in self.limits.iter().filter_map(Limit::in_words) {
            text.push_str(&format!("; of these {limit}"));
        }
        if let Some(outside) = self.outside {
            let mut most = vec![Measure::Units.in_words(outside.at_most)];
            most.extend(
                outside
                    .at_most_credits
                    .map(|credits| Measure::Credits.in_words(credits)),
            );
            let level = outside
                .at_or_above
                .map(|level| format!(" at level {level} or above"))
                .unwrap_or_default();
            text.push_str(&format!(
                "; at most {} may come from outside the qualification{level}",
                joined(&most)
            ));
        }
        text
    }
}

impl Limit {
    fn in_words(&self) -> Option<String> {
        let bounds = [
            (Measure::Units, self.take),
            (Measure::Credits, self.credits),
            (Measure::TotalUnitTime, self.tut),
            (Measure::GuidedHours, self.glh),
        ];
        let asks: Vec<String> = bounds
            .into_iter()
            .filter_map(|(measure, bounds)| bounds?.in_words(measure))
            .collect();
        let name = self
            .name
            .as_ref()
            .map(|name| format!(" {name}:"))
            .unwrap_or_default();
        (!asks.is_empty()).then(|| format!("{} of{name} {}", joined(&asks), joined(&self.units)))
    }
}

impl Bounds {
    fn in_words(self, measure: Measure) -> Option<String> {
        match (self.least(), self.most()) {
            (0, None) => None,
            (least, None) => Some(format!("at least {}", measure.in_words(least))),
            (0, Some(most)) => Some(format!("at most {}", measure.in_words(most))),
            (least, Some(most)) if least == most => Some(format!("exactly {}", measure.in_words(most))),
            (least, Some(most)) => Some(format!("from {least} to {}", measure.in_words(most))),
        }
    }
}
