//! Reading a selection unit by unit, keeping only what later units can still change.
//!
//! For each alternative the *slots* hold the running sums of its checks. A sum that later units can no longer spoil
//! is *settled* and forgotten, one that they can no longer save ends the alternative. What is left is small, so that
//! all selections of a rule fit one diagram. A unit that several places take may go to any of them; and several
//! alternatives run side by side; so a state is a set of slot rows, and a selection is valid when one row survives.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::expand::{Alternative, Check, Place, Pool};
use super::facts::Measure;
use super::language::LevelCondition;
use super::unit_set::UnitSet;

/// Marks a slot whose check holds whatever comes.
const SETTLED: u32 = u32::MAX;

/// The slots of one alternative.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Row {
    alternative: u16,
    slots: Box<[u32]>,
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
    fn answers(self) -> &'static [bool] {
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
    machines: Vec<Machine>,
}

struct Machine {
    tests: Vec<Test>,
    slots: usize,
    /// For each unit the places that take it, each with what it adds to which slot.
    moves: Vec<Vec<Move>>,
    /// For each unit and slot, the most that this unit and all later ones can add.
    left: Vec<Vec<u32>>,
}

struct Move {
    place: usize,
    adds: Vec<(usize, u32)>,
}

enum Test {
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
    Sum {
        measure: Measure,
        level: Option<LevelCondition>,
        among: Option<&'a UnitSet>,
        places: &'a [usize],
    },
    Taken(&'a UnitSet),
}

impl Count<'_> {
    /// What a unit adds when it is put into a place.
    fn adds(&self, pool: &Pool, unit: usize, place: usize) -> u32 {
        match self {
            Count::Taken(units) => u32::from(units.contains(unit)),
            Count::Sum {
                measure,
                level,
                among,
                places,
            } => match pool.units.get(unit) {
                Some(facts)
                    if places.contains(&place)
                        && among.is_none_or(|among| among.contains(unit))
                        && level.is_none_or(|level| level.covers(facts.level)) =>
                {
                    measure.of(facts)
                }
                _ => 0,
            },
        }
    }
}

impl Automaton {
    pub(super) fn new(alternatives: &[Alternative], pool: &Pool, places: &[Place]) -> Self {
        let machines = alternatives
            .iter()
            .map(|alternative| Machine::new(alternative, pool, places))
            .collect();
        Self {
            units: pool.units.len(),
            machines,
        }
    }

    /// The state before the first unit.
    pub(super) fn start(&self) -> State {
        let mut state: State = self
            .machines
            .iter()
            .enumerate()
            .filter_map(|(index, machine)| {
                let mut slots = vec![0; machine.slots];
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
                machine.next(&row.slots, position, *taken, |_, slots| {
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
    fn new(alternative: &Alternative, pool: &Pool, places: &[Place]) -> Self {
        let mut tests = Vec::new();
        let mut counts: Vec<Count<'_>> = Vec::new();
        for check in &alternative.checks {
            let slot = counts.len();
            match check {
                Check::Total {
                    measure,
                    level,
                    among,
                    places,
                    least,
                    most,
                    ..
                } => {
                    counts.push(Count::Sum {
                        measure: *measure,
                        level: *level,
                        among: among.as_ref(),
                        places,
                    });
                    tests.push(Test::Total {
                        slot,
                        least: *least,
                        most: *most,
                    });
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
        let slots = counts.len();
        let moves: Vec<Vec<Move>> = (0..pool.units.len())
            .map(|unit| {
                let mut moves: Vec<Move> = Vec::new();
                for place in &alternative.places {
                    if !places.get(*place).is_some_and(|place| place.takes.contains(unit)) {
                        continue;
                    }
                    let adds: Vec<(usize, u32)> = counts
                        .iter()
                        .enumerate()
                        .map(|(slot, count)| (slot, count.adds(pool, unit, *place)))
                        .filter(|(_, weight)| *weight > 0)
                        .collect();
                    // Two places that count the same are one choice.
                    if !moves.iter().any(|other| other.adds == adds) {
                        moves.push(Move { place: *place, adds });
                    }
                }
                moves
            })
            .collect();
        let mut left = vec![vec![0u32; slots]; moves.len() + 1];
        for unit in (0..moves.len()).rev() {
            let mut row = left.get(unit + 1).cloned().unwrap_or_default();
            for (slot, most) in row.iter_mut().enumerate() {
                let adds = moves.get(unit).into_iter().flatten().flat_map(|way| &way.adds);
                let best = adds
                    .filter(|(into, _)| *into == slot)
                    .map(|(_, weight)| *weight)
                    .max()
                    .unwrap_or(0);
                *most = most.saturating_add(best);
            }
            if let Some(place) = left.get_mut(unit) {
                *place = row;
            }
        }
        Self {
            tests,
            slots,
            moves,
            left,
        }
    }

    /// All rows after a unit, each with the place the unit went to.
    fn next(
        &self,
        slots: &[u32],
        position: usize,
        taken: bool,
        mut found: impl FnMut(Option<usize>, Vec<u32>),
    ) {
        if !taken {
            let mut slots = slots.to_vec();
            if self.settle(&mut slots, position + 1) {
                found(None, slots);
            }
            return;
        }
        for way in self.moves.get(position).into_iter().flatten() {
            let mut slots = slots.to_vec();
            for (slot, weight) in &way.adds {
                if let Some(sum) = slots.get_mut(*slot).filter(|sum| **sum != SETTLED) {
                    *sum = sum.saturating_add(*weight).min(SETTLED - 1);
                }
            }
            if self.settle(&mut slots, position + 1) {
                found(Some(way.place), slots);
            }
        }
    }

    /// Settles what can be settled before the unit at `position`. False when a check can no longer hold.
    fn settle(&self, slots: &mut [u32], position: usize) -> bool {
        let left = |slot: usize| {
            self.left
                .get(position)
                .and_then(|row| row.get(slot))
                .copied()
                .unwrap_or(0)
        };
        for test in &self.tests {
            match test {
                Test::Total { slot, least, most } => {
                    let Some(sum) = slots.get_mut(*slot) else {
                        return false;
                    };
                    if *sum == SETTLED {
                        continue;
                    }
                    let reach = sum.saturating_add(left(*slot));
                    if most.is_some_and(|most| *sum > most) || reach < *least {
                        return false;
                    }
                    if *sum >= *least && most.is_none_or(|most| reach <= most) {
                        *sum = SETTLED;
                    }
                }
                Test::Needs { unit, needs } => {
                    let now = |slot: &usize| slots.get(*slot).copied().unwrap_or(0);
                    let there = |slot: &usize| now(slot) > 0;
                    let never = |slot: &usize| now(slot) == 0 && left(*slot) == 0;
                    if now(unit) == SETTLED {
                        continue;
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
        }
        true
    }

    fn place(&self, taking: &impl Fn(usize) -> Taking, units: usize) -> Option<Vec<Placed>> {
        let mut start = vec![0; self.slots];
        if !self.settle(&mut start, 0) {
            return None;
        }
        let mut alive: BTreeMap<Vec<u32>, Vec<Placed>> = BTreeMap::from([(start, Vec::new())]);
        for position in 0..units {
            let mut next: BTreeMap<Vec<u32>, Vec<Placed>> = BTreeMap::new();
            for (slots, placed) in &alive {
                for taken in taking(position).answers() {
                    self.next(slots, position, *taken, |place, slots| {
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

fn tidy(state: &mut State) {
    state.sort();
    state.dedup();
}

fn narrow(index: usize) -> u16 {
    // MOST_ALTERNATIVES keeps this within 16 bits.
    u16::try_from(index).unwrap_or(u16::MAX)
}
