//! Judging a selection of units.

use std::collections::BTreeSet;

use serde::Serialize;

use super::additions::{Additions, Answer, Question};
use super::automaton::Placed;
use super::facts::{Selection, Sums, UnitFacts};
use super::fault::RuleFault;
use super::language::{Rule, Surplus};
use super::prepared::Prepared;
use super::reason::{NamedUnit, Reason};
use super::unit_set::UnitSet;
use crate::identifier::UnitNumber;

/// How many of the smallest additions are listed.
pub const MOST_ADDITIONS: usize = 12;

/// Both answers about a selection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judgement {
    /// Whether some part of the units, as achieved, meets the rule: can the qualification be awarded?
    pub award: Verdict,
    /// Whether the selection as a whole is permitted: may somebody set out to take exactly these units?
    pub choice: Verdict,
    /// Sums over the whole selection.
    pub sums: Sums,
}

/// An answer with its grounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The answer. True only where it holds whatever figures that are not known may be.
    pub met: bool,
    /// False where the answer depends on figures that are not known: then it is neither met nor not met.
    pub known: bool,
    /// Why not, as sentences; empty when met.
    pub reasons: Vec<Reason>,
    /// Mandatory units that are not there.
    pub missing_units: Vec<UnitNumber>,
    /// The smallest sets of units whose addition would meet the rule, fewest credits first; at most
    /// [`MOST_ADDITIONS`]. Empty when met, and when nothing would help.
    pub smallest_additions: Vec<Vec<UnitNumber>>,
    /// The units that count, and where.
    pub counted: Vec<Counted>,
    /// The units that do not count.
    pub surplus: Vec<UnitNumber>,
    /// Endorsements of the pathways chosen.
    pub endorsements: Vec<String>,
}

/// A unit that counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// The unit.
    pub unit: UnitNumber,
    /// The group it counts in; none where the rule has one unnamed group.
    pub group: Option<String>,
}

/// Whether a rule can still be met with the units already chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reach {
    /// Whether it can.
    pub reachable: bool,
    /// Whether it is met already.
    pub met: bool,
    /// The smallest ways there, fewest credits first; at most [`MOST_ADDITIONS`].
    pub smallest_additions: Vec<Vec<UnitNumber>>,
    /// Why not, when it cannot be met.
    pub reasons: Vec<Reason>,
}

/// Judges one selection. To judge many with the same rule, prepare it once with [`Prepared::new`].
///
/// # Errors
///
/// [`RuleFault`] says why the rule cannot be worked with.
pub fn judge(
    rule: &Rule,
    units: impl IntoIterator<Item = UnitFacts>,
    selection: &Selection,
) -> Result<Judgement, RuleFault> {
    Ok(Prepared::new(rule, units)?.judge(selection))
}

impl Prepared {
    /// Judges a selection.
    pub fn judge(&self, selection: &Selection) -> Judgement {
        let mut award = self.award(selection);
        let mut choice = match self.surplus {
            Surplus::Refused => self.strict_choice(selection),
            Surplus::Allowed => self.loose_choice(selection, &award),
        };
        if !award.met && self.may_be_met(selection, false) {
            self.not_known(selection, &mut award);
        }
        let in_its_place = match self.surplus {
            Surplus::Refused => self.outside(&selection.units).is_empty(),
            Surplus::Allowed => self.barred_together(&self.pack(&selection.units)).is_empty(),
        };
        let whole = self.surplus == Surplus::Refused;
        if !choice.met && in_its_place && self.may_be_met(selection, whole) {
            self.not_known(selection, &mut choice);
        }
        Judgement {
            award,
            choice,
            sums: self.sums(selection),
        }
    }

    /// Whether the rule can still be met when all chosen units are kept and only `offered` units are added; without
    /// `offered`, any unit of the rule.
    pub fn reach(&self, chosen: &Selection, offered: Option<&BTreeSet<UnitNumber>>) -> Reach {
        let offered = match offered {
            Some(units) => self.pack(units),
            None => self.all(),
        };
        let spoilt = match self.surplus {
            Surplus::Refused => !self.outside(&chosen.units).is_empty(),
            Surplus::Allowed => !self.barred_together(&self.pack(&chosen.units)).is_empty(),
        };
        let additions = self.additions_to_choice(chosen, offered);
        let best = if spoilt { None } else { additions.best() };
        match best {
            Some(answer) => Reach {
                reachable: true,
                met: answer.added.is_empty(),
                smallest_additions: self.listed(&additions, &answer),
                reasons: Vec::new(),
            },
            None => {
                let mut reasons = self.judge(chosen).choice.reasons;
                if !reasons.iter().any(|reason| !reason.is_shortage()) {
                    reasons.push(Reason::CannotBeCompleted);
                }
                Reach {
                    reachable: false,
                    met: false,
                    smallest_additions: Vec::new(),
                    reasons,
                }
            }
        }
    }

    /// Whether the units there are, all of them or some, may be valid for some figures in place of those not known.
    fn may_be_met(&self, selection: &Selection, keep_all: bool) -> bool {
        let Some((_, chain)) = &self.possible else {
            return false;
        };
        let question = Question {
            unknown_prior: 0,
            ..self.question(selection, UnitSet::EMPTY, keep_all)
        };
        Additions::work_out(chain, question).best().is_some()
    }

    fn not_known(&self, selection: &Selection, verdict: &mut Verdict) {
        verdict.known = false;
        let said = |reason: &Reason| matches!(reason, Reason::NotKnown { .. });
        if !verdict.reasons.iter().any(said) {
            let held = self.pack(&selection.units);
            let units = self.pool.units.iter().enumerate();
            let unknown = units.filter(|(position, unit)| held.contains(*position) && !unit.is_known());
            let depends = unknown.map(|(_, unit)| (NamedUnit::from(unit), unit.unknown_figures()));
            verdict.reasons = vec![Reason::Depends(depends.collect())];
        }
    }

    fn all(&self) -> UnitSet {
        (0..self.pool.units.len()).collect()
    }

    fn work_out(&self, selection: &Selection, offered: UnitSet, keep_all: bool) -> Additions<'_> {
        Additions::work_out(&self.chain, self.question(selection, offered, keep_all))
    }

    fn question(&self, selection: &Selection, offered: UnitSet, keep_all: bool) -> Question<'_> {
        Question {
            units: &self.pool.units,
            held: self.pack(&selection.units),
            prior: self.pack(selection.prior_learning.intersection(&selection.units)),
            offered,
            keep_all,
            ceiling: self.ceiling,
            unknown_prior: u32::MAX,
        }
    }

    fn award(&self, selection: &Selection) -> Verdict {
        let held = self.pack(&selection.units);
        let additions = self.work_out(selection, self.all(), false);
        let Some(answer) = additions.best() else {
            let mut reasons = Vec::new();
            self.explain_prior_learning(selection, &UnitSet::EMPTY, &mut reasons);
            if reasons.is_empty() {
                reasons.push(Reason::Impossible);
            }
            return self.verdict(false, reasons, UnitSet::EMPTY, None, selection);
        };
        let kept = answer.selection.both(&held);
        let placed = self.automaton.place(&answer.selection);
        if answer.added.is_empty() {
            return self.verdict(true, Vec::new(), kept, placed.as_ref(), selection);
        }
        let mut reasons = self.shortages(&kept, placed.as_ref());
        self.explain_prior_learning(selection, &kept, &mut reasons);
        let mut verdict = self.verdict(false, reasons, kept, placed.as_ref(), selection);
        verdict.smallest_additions = self.listed(&additions, &answer);
        verdict
    }

    /// The choice when every unit chosen has to count.
    fn strict_choice(&self, selection: &Selection) -> Verdict {
        let held = self.pack(&selection.units);
        let mut reasons: Vec<Reason> = self
            .outside(&selection.units)
            .into_iter()
            .map(|unit| {
                let title = self
                    .known
                    .iter()
                    .find(|known| known.number == unit)
                    .map(|known| known.title.clone());
                Reason::NotListed(unit, title)
            })
            .collect();
        let additions = self.additions_to_choice(selection, self.all());
        match additions.best() {
            Some(answer) => {
                let placed = self.automaton.place(&answer.selection);
                if !answer.added.is_empty() {
                    reasons.extend(self.shortages(&held, placed.as_ref()));
                }
                let met = reasons.is_empty();
                let mut verdict = self.verdict(met, reasons, held, placed.as_ref(), selection);
                if !met && !answer.added.is_empty() && self.outside(&selection.units).is_empty() {
                    verdict.smallest_additions = self.listed(&additions, &answer);
                }
                verdict
            }
            None => {
                let (alternative, placed, found) = self.conflicts(&held);
                reasons.extend(found);
                self.explain_prior_learning(selection, &UnitSet::EMPTY, &mut reasons);
                if !reasons.iter().any(|reason| !reason.is_shortage()) {
                    reasons.push(Reason::CannotBeCompleted);
                }
                let kept = placed.iter().map(|(unit, _)| *unit).collect();
                self.verdict(false, reasons, kept, Some(&(alternative, placed)), selection)
            }
        }
    }

    /// The choice when units may be taken that do not count: as the award, but units barred at the top of the rule
    /// stay barred.
    fn loose_choice(&self, selection: &Selection, award: &Verdict) -> Verdict {
        let barred = self.barred_together(&self.pack(&selection.units));
        let mut verdict = award.clone();
        if !barred.is_empty() {
            verdict.met = false;
            verdict.smallest_additions.clear();
            verdict.reasons.extend(barred);
        } else if !verdict.met {
            let additions = self.additions_to_choice(selection, self.all());
            let best = additions.best();
            verdict.smallest_additions = best
                .map(|answer| self.listed(&additions, &answer))
                .unwrap_or_default();
        }
        verdict
    }

    /// A reason for each set barred at the top of the rule of which several units are held.
    fn barred_together(&self, held: &UnitSet) -> Vec<Reason> {
        let together = self.barred_at_the_top.iter().map(|set| set.both(held));
        together
            .filter(|together| together.len() > 1)
            .map(|together| Reason::Barred(self.named(&together)))
            .collect()
    }

    /// The ways from a selection to a choice that is permitted. A unit barred beside a held one is never added, not
    /// even where the held one may be surplus.
    fn additions_to_choice(&self, selection: &Selection, offered: UnitSet) -> Additions<'_> {
        if self.surplus == Surplus::Refused {
            return self.work_out(selection, offered, true);
        }
        let held = self.pack(&selection.units);
        let beside = self
            .barred_at_the_top
            .iter()
            .filter(|set| !set.both(&held).is_empty());
        self.work_out(
            selection,
            beside.fold(offered, |offered, set| offered.without(set)),
            false,
        )
    }

    fn listed(&self, additions: &Additions<'_>, answer: &Answer) -> Vec<Vec<UnitNumber>> {
        if answer.added.is_empty() {
            return Vec::new();
        }
        additions
            .smallest(MOST_ADDITIONS)
            .iter()
            .map(|set| self.numbers(set))
            .collect()
    }

    fn verdict(
        &self,
        met: bool,
        reasons: Vec<Reason>,
        kept: UnitSet,
        placed: Option<&(usize, Vec<Placed>)>,
        selection: &Selection,
    ) -> Verdict {
        let mut missing = UnitSet::EMPTY;
        let mut counted = Vec::new();
        let mut endorsements = Vec::new();
        if let Some((alternative, placed)) = placed {
            let places = self
                .alternatives
                .get(*alternative)
                .map(|found| found.places.as_slice())
                .unwrap_or_default();
            let mandatory = places
                .iter()
                .filter_map(|place| self.places.get(*place))
                .flat_map(|place| &place.mandatory);
            for unit in mandatory {
                if self.pool.class_of(*unit).both(&kept).is_empty() {
                    missing.insert(*unit);
                }
            }
            for (unit, place) in placed.iter().filter(|(unit, _)| kept.contains(*unit)) {
                if let Some(facts) = self.pool.units.get(*unit) {
                    let group = self.places.get(*place).and_then(|place| place.label.clone());
                    counted.push(Counted {
                        unit: facts.number.clone(),
                        group,
                    });
                }
            }
            if met {
                endorsements = self
                    .alternatives
                    .get(*alternative)
                    .map(|found| found.endorsements.clone())
                    .unwrap_or_default();
            }
        }
        let counts: BTreeSet<&UnitNumber> = counted.iter().map(|counted| &counted.unit).collect();
        let surplus = selection
            .units
            .iter()
            .filter(|unit| !counts.contains(unit))
            .cloned()
            .collect();
        Verdict {
            met,
            known: true,
            reasons,
            missing_units: self.numbers(&missing),
            smallest_additions: Vec::new(),
            counted,
            surplus,
            endorsements,
        }
    }

    /// What the kept units lack in the alternative, and with the places, that the best completion uses.
    pub(super) fn shortages(&self, kept: &UnitSet, placed: Option<&(usize, Vec<Placed>)>) -> Vec<Reason> {
        let Some((alternative, placed)) = placed else {
            return Vec::new();
        };
        let kept: Vec<Placed> = placed
            .iter()
            .filter(|(unit, _)| kept.contains(*unit))
            .copied()
            .collect();
        self.weigh(*alternative, &kept)
    }

    /// Adds the sentence about prior learning when units were left out, or may not be kept, because of it.
    fn explain_prior_learning(&self, selection: &Selection, kept: &UnitSet, reasons: &mut Vec<Reason>) {
        let prior = self.pack(selection.prior_learning.intersection(&selection.units));
        if kept.both(&prior) != prior {
            reasons.extend(self.beyond_ceiling(selection));
        }
    }

    /// By how much the prior learning of a selection is over the ceiling, where it is.
    pub(super) fn beyond_ceiling(&self, selection: &Selection) -> Option<Reason> {
        let prior = self.pack(selection.prior_learning.intersection(&selection.units));
        let credits = self.credits(&prior);
        let most = self.ceiling.filter(|most| credits > *most)?;
        Some(Reason::PriorLearning {
            by: credits - most,
            most,
        })
    }
}
