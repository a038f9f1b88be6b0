//! What is wrong with units put into places, check by check.

use super::automaton::Placed;
use super::expand::{AtMostOne, Check};
use super::prepared::Prepared;
use super::reason::{NamedUnit, Reason, level_in_words};
use super::sum::Span;
use super::unit_set::UnitSet;

impl Prepared {
    /// Everything that is wrong with units in places.
    pub(super) fn weigh(&self, alternative: usize, placed: &[Placed]) -> Vec<Reason> {
        let Some(found) = self.alternatives.get(alternative) else {
            return Vec::new();
        };
        let taken: UnitSet = placed.iter().map(|(unit, _)| *unit).collect();
        let mut reasons = Vec::new();
        if self.alternatives.len() > 1 && !found.names.is_empty() {
            reasons.push(Reason::Nearest(found.names.clone()));
        }
        let named_first = reasons.len();
        for check in &found.checks {
            match check {
                Check::Total {
                    label,
                    mandatory: Some(place),
                    ..
                } => {
                    reasons.extend(self.weigh_mandatory(label.as_ref(), *place, placed));
                }
                Check::Total { mandatory: None, .. } => reasons.extend(self.weigh_total(check, placed)),
                Check::AtMostOne { units, because } => {
                    let together = units.both(&taken);
                    if together.len() > 1 {
                        let named = self.named(&together);
                        reasons.push(match because {
                            AtMostOne::Barred => Reason::Barred(named),
                            AtMostOne::Equivalent => Reason::Equivalent(named),
                        });
                    }
                }
                Check::Needs { unit, needs } => reasons.extend(self.weigh_needs(unit, needs, &taken)),
            }
        }
        if reasons.len() == named_first {
            reasons.clear();
        }
        reasons
    }

    fn weigh_mandatory(&self, label: Option<&String>, place: usize, placed: &[Placed]) -> Option<Reason> {
        let there = |unit: &usize| {
            let class = self.pool.class_of(*unit);
            placed
                .iter()
                .any(|(taken, at)| *at == place && class.contains(*taken))
        };
        let mandatory = self
            .places
            .get(place)
            .into_iter()
            .flat_map(|place| &place.mandatory);
        let units: Vec<NamedUnit> = mandatory
            .filter(|unit| !there(unit))
            .filter_map(|unit| self.pool.units.get(*unit))
            .map(NamedUnit::from)
            .collect();
        (!units.is_empty()).then(|| Reason::Missing {
            place: label.cloned(),
            units,
        })
    }

    fn weigh_total(&self, check: &Check, placed: &[Placed]) -> Option<Reason> {
        let Check::Total {
            label,
            sum,
            least,
            most,
            ..
        } = check
        else {
            return None;
        };
        let spans = placed
            .iter()
            .map(|(unit, place)| (*unit, sum.adds(&self.pool, *unit, *place)));
        let unknown: UnitSet = spans
            .clone()
            .filter(|(_, span)| !span.is_known())
            .map(|(unit, _)| unit)
            .collect();
        let whole = spans.fold(Span::NOTHING, |whole, (_, span)| whole.plus(span));
        let (least, most) = (i64::from(*least), most.map(i64::from));
        let words = |number: i64| sum.measure.in_words(u32::try_from(number).unwrap_or(u32::MAX));
        let level = sum.level.and_then(level_in_words);
        if whole.low.is_none_or(|low| low < least) {
            return Some(match (whole.high.filter(|high| *high < least), sum.percent) {
                (None, percent) => Reason::NotKnown {
                    place: label.clone(),
                    asked: match percent {
                        Some(percent) => format!("at least {percent}% of the credits"),
                        None => format!("at least {}", words(least)),
                    },
                    level,
                    units: self.named(&unknown),
                },
                (Some(high), Some(percent)) => Reason::Share {
                    place: label.clone(),
                    // What lacks is counted in hundredths of a credit.
                    by: words((least - high).saturating_add(99) / 100),
                    percent,
                    level,
                },
                (Some(high), None) => Reason::Short {
                    place: label.clone(),
                    by: words(least - high),
                    level,
                },
            });
        }
        let most = most.filter(|most| whole.high.is_none_or(|high| high > *most))?;
        Some(match whole.low.filter(|low| *low > most) {
            Some(low) => Reason::Over {
                place: label.clone(),
                by: words(low - most),
                most: u32::try_from(most).unwrap_or(u32::MAX),
                level,
            },
            None => Reason::NotKnown {
                place: label.clone(),
                asked: format!("at most {}", words(most)),
                level,
                units: self.named(&unknown),
            },
        })
    }

    fn weigh_needs(&self, unit: &UnitSet, needs: &[UnitSet], taken: &UnitSet) -> Vec<Reason> {
        let open = || needs.iter().filter(|set| set.both(taken).is_empty());
        if open().next().is_none() {
            return Vec::new();
        }
        let lacking: UnitSet = open().filter_map(|set| set.positions().next()).collect();
        let needs = self.named(&lacking);
        self.named(&unit.both(taken))
            .into_iter()
            .map(|unit| Reason::Needs {
                unit,
                needs: needs.clone(),
            })
            .collect()
    }

    /// The reasons why no selection holds all these units: the alternative in which the fewest units and conditions
    /// are at odds, with units placed where they are most wanted.
    pub(super) fn conflicts(&self, held: &UnitSet) -> (usize, Vec<Placed>, Vec<Reason>) {
        let weighed = (0..self.alternatives.len()).map(|alternative| {
            let placed = self.put_where_wanted(alternative, held);
            let there: UnitSet = placed.iter().map(|(unit, _)| *unit).collect();
            let mut reasons: Vec<Reason> = self
                .named(&held.without(&there))
                .into_iter()
                .map(|unit| self.not_on(alternative, unit))
                .collect();
            reasons.extend(self.weigh(alternative, &placed));
            (alternative, placed, reasons)
        });
        weighed
            .min_by_key(|(_, _, reasons)| {
                (
                    reasons.iter().filter(|reason| !reason.is_shortage()).count(),
                    reasons.len(),
                )
            })
            .unwrap_or_default()
    }

    fn not_on(&self, alternative: usize, unit: NamedUnit) -> Reason {
        match self
            .alternatives
            .get(alternative)
            .map(|found| found.names.join(", "))
            .filter(|names| !names.is_empty())
        {
            Some(pathway) => Reason::NotOnPathway { unit, pathway },
            None => Reason::NotListed(unit.number, Some(unit.title)),
        }
    }

    fn put_where_wanted(&self, alternative: usize, held: &UnitSet) -> Vec<Placed> {
        let Some(found) = self.alternatives.get(alternative) else {
            return Vec::new();
        };
        let mut placed: Vec<Placed> = Vec::new();
        for unit in held.positions() {
            let takers = found.places.iter().copied().filter(|place| {
                self.places
                    .get(*place)
                    .is_some_and(|place| place.takes.contains(unit))
            });
            // The place where the unit leaves the fewest conditions open.
            let best = takers.min_by_key(|place| {
                placed.push((unit, *place));
                let open = self.weigh(alternative, &placed).len();
                placed.pop();
                open
            });
            placed.extend(best.map(|place| (unit, place)));
        }
        placed
    }
}
