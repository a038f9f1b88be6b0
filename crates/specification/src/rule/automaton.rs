//! Reading a selection unit by unit, keeping only what later units can still change.
//!
//! For each alternative the *slots* hold the running sums of its checks. A sum that later units can no longer spoil
//! is *settled* and forgotten, one that they can no longer save ends the alternative. What is left is small, so that
//! all selections of a rule fit one diagram. A unit that several places take may go to any of them; and several
//! alternatives run side by side; so a state is a set of slot rows, and a selection is valid when one row survives.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::expand::{Alternative, Check, Place, Pool};
use super::fault::RuleFault;
use super::sum::{Span, Sum};
use super::unit_set::UnitSet;

/// Marks a slot whose check holds whatever comes.
pub(super) const SETTLED: u32 = u32::MAX;

/// The slots of one alternative.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Row {
    pub(super) alternative: u16,
    pub(super) slots: Box<[u32]>,
}

/// The rows that are still alive. Empty when no way is left.
pub(super) type State = Vec<Row>;

/// What is to become of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taking {
    /// It is asked about.
    Asked,
    /// It is taken.
    Taken,
    /// It is not.
    Left,
    /// Whichever serves better.
    Free,
}

impl Taking {
    /// The answers that are tried.
    pub(super) fn answers(self) -> &'static [bool] {
        match self {
            Taking::Taken => &[true],
            Taking::Left => &[false],
            Taking::Asked | Taking::Free => &[true, false],
        }
    }
}

/// A unit put into a place (index into the rule's places).
pub(super) type Placed = (usize, usize);

pub(super) struct Automaton {
    units: usize,
    pub(super) machines: Vec<Machine>,
}

pub(super) struct Machine {
    pub(super) tests: Vec<Test>,
    /// What each slot holds before the first unit: enough that no sum falls below nought.
    pub(super) start: Vec<u32>,
    /// For each unit the places that take it, each with what it adds to which slot.
    pub(super) moves: Vec<Vec<Move>>,
    /// For each unit and slot, the most that this unit and all later ones can add.
    pub(super) left: Vec<Vec<u32>>,
    /// The same for what they can take away.
    pub(super) loss: Vec<Vec<u32>>,
    /// The least numbers that units have to bring.
    leasts: Vec<Least>,
}

/// A least number: what is lacking before the first unit, and the most that each unit can bring.
struct Least {
    lacks: u32,
    worth: Vec<u32>,
}

/// How figures that are not known are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// A selection is valid when it is valid whatever they are.
    Certain,
    /// A selection is valid when no condition is broken for sure.
    Possible,
}

pub(super) struct Move {
    place: usize,
    pub(super) adds: Vec<(usize, Add)>,
}

/// What a unit does to a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Add {
    Number(i64),
    /// Whatever else is taken, the condition holds.
    Settles,
    /// Whatever else is taken, the condition is broken.
    Breaks,
}

pub(super) enum Test {
    Total {
        slot: usize,
        least: u32,
        most: Option<u32>,
    },
    /// The first slot tells that the unit is taken, the others that its needs are.
    Needs { unit: usize, needs: Vec<usize> },
}

/// What a slot counts.
enum Count<'a> {
    /// The least or the most that a sum can be.
    Sum(&'a Sum, End),
    Taken(&'a UnitSet),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// For a least number: a figure without bound holds it.
    Low(Reading),
    /// For a most number: a figure without bound breaks it.
    High(Reading),
}

impl Count<'_> {
    /// What a unit does when it is put into a place.
    fn adds(&self, pool: &Pool, unit: usize, place: usize) -> Add {
        match self {
            Count::Taken(units) => Add::Number(i64::from(units.contains(unit))),
            Count::Sum(sum, end) => {
                let Span { low, high } = sum.adds(pool, unit, place);
                match end {
                    End::Low(Reading::Certain) => low.map_or(Add::Breaks, Add::Number),
                    End::Low(Reading::Possible) => high.map_or(Add::Settles, Add::Number),
                    End::High(Reading::Certain) => high.map_or(Add::Breaks, Add::Number),
                    End::High(Reading::Possible) => low.map_or(Add::Settles, Add::Number),
                }
            }
        }
    }
}

impl Automaton {
    /// # Errors
    ///
    /// [`RuleFault::FiguresTooLarge`] when sums outgrow what a slot holds.
    pub(super) fn new(
        alternatives: &[Alternative],
        pool: &Pool,
        places: &[Place],
        reading: Reading,
    ) -> Result<Self, RuleFault> {
        let machines = alternatives
            .iter()
            .map(|alternative| Machine::new(alternative, pool, places, reading))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            units: pool.units.len(),
            machines,
        })
    }

    /// How many units it reads.
    pub(super) fn units(&self) -> usize {
        self.units
    }

    /// The state before the first unit.
    pub(super) fn start(&self) -> State {
        let mut state: State = self
            .machines
            .iter()
            .enumerate()
            .filter_map(|(index, machine)| {
                let mut slots = machine.start.clone();
                machine.settle(&mut slots, 0).then(|| Row {
                    alternative: narrow(index),
                    slots: slots.into(),
                })
            })
            .collect();
        tidy(&mut state);
        state
    }

    /// The state after the unit at `position`.
    pub(super) fn step(&self, state: &State, position: usize, taking: Taking) -> State {
        let mut next = State::new();
        for row in state {
            let Some(machine) = self.machines.get(usize::from(row.alternative)) else {
                continue;
            };
            for taken in taking.answers() {
                let settle = |slots: &mut [u32]| machine.settle(slots, position + 1);
                machine.next(&row.slots, position, *taken, settle, |_, slots| {
                    next.push(Row {
                        alternative: row.alternative,
                        slots: slots.into(),
                    });
                });
            }
        }
        tidy(&mut next);
        next
    }

    /// Whether no part of these units can be valid in any alternative, because all of them together come short of a least
    /// number. Quick, and never wrong when it says so; where it says no, the diagram knows.
    pub(super) fn falls_short(&self, held: &UnitSet) -> bool {
        self.machines.iter().all(|machine| {
            machine.leasts.iter().any(|least| {
                let mut lacks = least.lacks;
                for position in held.positions() {
                    lacks = lacks.saturating_sub(least.worth.get(position).copied().unwrap_or(0));
                    if lacks == 0 {
                        return false;
                    }
                }
                true
            })
        })
    }

    /// The first alternative in which a selection is valid, with a place for each unit.
    pub(super) fn place(&self, selection: &UnitSet) -> Option<(usize, Vec<Placed>)> {
        self.place_taking(|position| match selection.contains(position) {
            true => Taking::Taken,
            false => Taking::Left,
        })
    }

    /// The same where some units are free: as many of them are placed as the first alternative that holds has room for.
    pub(super) fn place_taking(&self, taking: impl Fn(usize) -> Taking) -> Option<(usize, Vec<Placed>)> {
        self.machines
            .iter()
            .enumerate()
            .find_map(|(index, machine)| machine.place(&taking, self.units).map(|placed| (index, placed)))
    }
}

impl Machine {
    fn new(
        alternative: &Alternative,
        pool: &Pool,
        places: &[Place],
        reading: Reading,
    ) -> Result<Self, RuleFault> {
        let takers = |unit: usize| {
            let takes = move |place: &&usize| {
                places
                    .get(**place)
                    .is_some_and(|place| place.takes.contains(unit))
            };
            alternative.places.iter().filter(takes)
        };
        let known = |sum: &Sum| {
            (0..pool.units.len())
                .all(|unit| takers(unit).all(|place| sum.adds(pool, unit, *place).is_known()))
        };
        let mut tests = Vec::new();
        let mut counts: Vec<Count<'_>> = Vec::new();
        for check in &alternative.checks {
            let slot = counts.len();
            match check {
                Check::Total { sum, least, most, .. } => {
                    let one_slot = known(sum);
                    counts.push(Count::Sum(sum, End::Low(reading)));
                    tests.push(Test::Total {
                        slot,
                        least: *least,
                        most: most.filter(|_| one_slot),
                    });
                    if let Some(most) = most.filter(|_| !one_slot) {
                        counts.push(Count::Sum(sum, End::High(reading)));
                        tests.push(Test::Total {
                            slot: slot + 1,
                            least: 0,
                            most: Some(most),
                        });
                    }
                }
                Check::AtMostOne { units, .. } => {
                    counts.push(Count::Taken(units));
                    tests.push(Test::Total {
                        slot,
                        least: 0,
                        most: Some(1),
                    });
                }
                Check::Needs { unit, needs } => {
                    counts.push(Count::Taken(unit));
                    counts.extend(needs.iter().map(Count::Taken));
                    tests.push(Test::Needs {
                        unit: slot,
                        needs: (slot + 1..=slot + needs.len()).collect(),
                    });
                }
            }
        }
        let moves: Vec<Vec<Move>> = (0..pool.units.len())
            .map(|unit| {
                let mut moves: Vec<Move> = Vec::new();
                for place in takers(unit) {
                    let adds: Vec<(usize, Add)> = counts
                        .iter()
                        .enumerate()
                        .map(|(slot, count)| (slot, count.adds(pool, unit, *place)))
                        .filter(|(_, add)| *add != Add::Number(0))
                        .collect();
                    // Two places that count the same are one choice.
                    if !moves.iter().any(|other| other.adds == adds) {
                        moves.push(Move { place: *place, adds });
                    }
                }
                moves
            })
            .collect();
        let left = most_from_here(&moves, counts.len(), |add, slot| match (add, counts.get(slot)) {
            (Add::Number(weight), _) => u32::try_from(weight.max(0)).unwrap_or(u32::MAX),
            (Add::Settles, Some(Count::Sum(_, End::Low(_)))) => u32::MAX,
            (Add::Breaks, Some(Count::Sum(_, End::High(_)))) => u32::MAX,
            _ => 0,
        });
        let loss = most_from_here(&moves, counts.len(), |add, slot| match (add, counts.get(slot)) {
            (Add::Number(weight), _) => u32::try_from((-weight).max(0)).unwrap_or(u32::MAX),
            (Add::Settles, Some(Count::Sum(_, End::High(_)))) => u32::MAX,
            (Add::Breaks, Some(Count::Sum(_, End::Low(_)))) => u32::MAX,
            _ => 0,
        });
        let start = start(&moves, counts.len())?;
        for test in &mut tests {
            if let Test::Total { slot, least, most } = test {
                let before = start.get(*slot).copied().unwrap_or(0);
                *least = least.saturating_add(before);
                *most = most.map(|most| most.saturating_add(before));
            }
        }
        let worth = |slot: usize| -> Vec<u32> {
            moves
                .iter()
                .map(|ways| {
                    let adds = ways.iter().flat_map(|way| &way.adds);
                    adds.filter(|(added, _)| *added == slot)
                        .map(|(_, add)| match add {
                            Add::Number(weight) => u32::try_from((*weight).max(0)).unwrap_or(u32::MAX),
                            Add::Settles => u32::MAX,
                            Add::Breaks => 0,
                        })
                        .max()
                        .unwrap_or(0)
                })
                .collect()
        };
        let leasts = tests
            .iter()
            .filter_map(|test| match test {
                Test::Total { slot, least, .. } => {
                    let before = start.get(*slot).copied().unwrap_or(0);
                    (*least > before).then(|| Least {
                        lacks: least - before,
                        worth: worth(*slot),
                    })
                }
                Test::Needs { .. } => None,
            })
            .collect();
        Ok(Self {
            leasts,
            tests,
            start,
            moves,
            left,
            loss,
        })
    }

    /// All rows after a unit, each with the place the unit went to.
    pub(super) fn next(
        &self,
        slots: &[u32],
        position: usize,
        taken: bool,
        settle: impl Fn(&mut [u32]) -> bool,
        mut found: impl FnMut(Option<usize>, Vec<u32>),
    ) {
        if !taken {
            let mut slots = slots.to_vec();
            if settle(&mut slots) {
                found(None, slots);
            }
            return;
        }
        for way in self.moves.get(position).into_iter().flatten() {
            let mut slots = slots.to_vec();
            let mut broken = false;
            for (slot, add) in &way.adds {
                let Some(sum) = slots.get_mut(*slot).filter(|sum| **sum != SETTLED) else {
                    continue;
                };
                match add {
                    Add::Number(weight) => {
                        let after = i64::from(*sum).saturating_add(*weight);
                        *sum = u32::try_from(after.max(0)).unwrap_or(SETTLED).min(SETTLED - 1);
                    }
                    Add::Settles => *sum = SETTLED,
                    Add::Breaks => broken = true,
                }
            }
            if !broken && settle(&mut slots) {
                found(Some(way.place), slots);
            }
        }
    }

    /// Settles what can be settled before the unit at `position`. False when a check can no longer hold.
    pub(super) fn settle(&self, slots: &mut [u32], position: usize) -> bool {
        self.tests
            .iter()
            .all(|test| self.settle_test(test, slots, position))
    }

    pub(super) fn settle_test(&self, test: &Test, slots: &mut [u32], position: usize) -> bool {
        let of = |rows: &[Vec<u32>], slot: usize| {
            let row = rows.get(position).and_then(|row| row.get(slot));
            row.copied().unwrap_or(0)
        };
        let left = |slot: usize| of(&self.left, slot);
        match test {
            Test::Total { slot, least, most } => {
                let Some(sum) = slots.get_mut(*slot) else {
                    return false;
                };
                if *sum == SETTLED {
                    return true;
                }
                let reach = sum.saturating_add(left(*slot));
                // Where a later unit may break the condition altogether, nothing is sure.
                let loss = Some(of(&self.loss, *slot)).filter(|loss| *loss < u32::MAX);
                let sure = loss.map(|loss| sum.saturating_sub(loss));
                if most.zip(sure).is_some_and(|(most, sure)| sure > most) || reach < *least {
                    return false;
                }
                if sure.is_some_and(|sure| sure >= *least) && most.is_none_or(|most| reach <= most) {
                    *sum = SETTLED;
                }
            }
            Test::Needs { unit, needs } => {
                let now = |slot: &usize| slots.get(*slot).copied().unwrap_or(0);
                let there = |slot: &usize| now(slot) > 0;
                let never = |slot: &usize| now(slot) == 0 && left(*slot) == 0;
                if now(unit) == SETTLED {
                    return true;
                }
                if there(unit) && needs.iter().any(never) {
                    return false;
                }
                let settled = never(unit) || needs.iter().all(there);
                // Once taken is taken; more of the same says nothing new.
                for slot in std::iter::once(unit).chain(needs) {
                    if let Some(count) = slots.get_mut(*slot) {
                        *count = if settled { SETTLED } else { (*count).min(1) };
                    }
                }
            }
        }
        true
    }

    fn place(&self, taking: &impl Fn(usize) -> Taking, units: usize) -> Option<Vec<Placed>> {
        let mut start = self.start.clone();
        if !self.settle(&mut start, 0) {
            return None;
        }
        let mut alive: BTreeMap<Vec<u32>, Vec<Placed>> = BTreeMap::from([(start, Vec::new())]);
        for position in 0..units {
            let mut next: BTreeMap<Vec<u32>, Vec<Placed>> = BTreeMap::new();
            for (slots, placed) in &alive {
                for taken in taking(position).answers() {
                    let settle = |slots: &mut [u32]| self.settle(slots, position + 1);
                    self.next(slots, position, *taken, settle, |place, slots| {
                        let count = placed.len() + usize::from(place.is_some());
                        let known = next.entry(slots);
                        if let Entry::Occupied(known) = &known
                            && known.get().len() >= count
                        {
                            return;
                        }
                        let mut placed = placed.clone();
                        placed.extend(place.map(|place| (position, place)));
                        known.insert_entry(placed);
                    });
                }
            }
            alive = next;
        }
        // Of equals the first.
        alive.into_values().rev().max_by_key(Vec::len)
    }
}

/// For each unit and slot, the most that this unit and all later ones can come to.
fn most_from_here(moves: &[Vec<Move>], slots: usize, worth: impl Fn(Add, usize) -> u32) -> Vec<Vec<u32>> {
    let mut rows = vec![vec![0u32; slots]; moves.len() + 1];
    let mut row = vec![0u32; slots];
    for (unit, ways) in moves.iter().enumerate().rev() {
        let mut best = vec![0u32; slots];
        for (slot, add) in ways.iter().flat_map(|way| &way.adds) {
            if let Some(best) = best.get_mut(*slot) {
                *best = (*best).max(worth(*add, *slot));
            }
        }
        for (sum, best) in row.iter_mut().zip(best) {
            *sum = sum.saturating_add(best);
        }
        if let Some(place) = rows.get_mut(unit) {
            place.clone_from(&row);
        }
    }
    rows
}

/// For each slot as much as all units together can take away.
fn start(moves: &[Vec<Move>], slots: usize) -> Result<Vec<u32>, RuleFault> {
    let mut away = vec![0i64; slots];
    let mut added = vec![0i64; slots];
    for ways in moves {
        for (sums, sign) in [(&mut away, -1), (&mut added, 1)] {
            let mut best = vec![0i64; slots];
            for (slot, add) in ways.iter().flat_map(|way| &way.adds) {
                if let (Add::Number(weight), Some(best)) = (add, best.get_mut(*slot)) {
                    *best = (*best).max(weight * sign);
                }
            }
            sums.iter_mut().zip(best).for_each(|(sum, best)| *sum += best);
        }
    }
    let room = i64::from(SETTLED - 1);
    if away.iter().zip(&added).any(|(away, added)| away + added > room) {
        return Err(RuleFault::FiguresTooLarge);
    }
    let start = away.into_iter().map(|away| u32::try_from(away).unwrap_or(0));
    Ok(start.collect())
}

pub(super) fn tidy(state: &mut State) {
    state.sort();
    state.dedup();
}

fn narrow(index: usize) -> u16 {
    // MOST_ALTERNATIVES keeps this within 16 bits.
    u16::try_from(index).unwrap_or(u16::MAX)
}
