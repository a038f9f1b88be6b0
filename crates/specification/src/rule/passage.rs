//! A stretch of units read by itself.
//!
//! Most conditions of a rule are about few units: a group's bounds, a barred pair. Where such conditions end and the next
//! ones have not begun, the units before and those after touch each other through few sums only. A [`Passage`] reads the
//! units between two such [`cuts`](Automaton::cuts) without knowing what came before: conditions within it are settled as
//! ever, and of those that reach beyond it, only what its units add is kept. [`Automaton::after`] adds that to what came
//! before.

use std::ops::Range;

use super::automaton::{Add, Automaton, Machine, Row, SETTLED, State, Taking, Test, tidy};

/// A stretch of units, read by itself.
pub(super) struct Passage {
    pub(super) units: Range<usize>,
    /// For each machine what its tests are to these units.
    views: Vec<View>,
}

/// The tests of one machine, seen from a passage.
struct View {
    /// Tests that all their units within the passage are asked by.
    within: Vec<usize>,
    /// Tests that units within and others are asked by.
    across: Vec<usize>,
    /// The slots of those.
    slots: Vec<usize>,
    /// For each of those slots what stands for nothing added, so that no sum falls below nought.
    nothing: Vec<u32>,
    /// The slots of the tests within.
    done: Vec<usize>,
}

impl Automaton {
    /// Where the units fall into stretches that share few sums: the positions of the first units of all but the first.
    ///
    /// The sums across a cut take at least so many bits fewer than those in the middle of the stretches beside it.
    pub(super) fn cuts(&self, bits_fewer: u32) -> Vec<usize> {
        let (width, depth) = (self.widths(), f64::from(bits_fewer));
        let (mut cuts, mut peak, mut valley) = (Vec::new(), 0.0_f64, None::<(usize, f64)>);
        for (position, width) in width.into_iter().enumerate().skip(1) {
            match valley {
                Some((_, lowest)) if width < lowest => valley = Some((position, width)),
                Some((at, lowest)) if width >= lowest + depth => {
                    cuts.push(at);
                    (peak, valley) = (width, None);
                }
                None if width + depth <= peak => valley = Some((position, width)),
                _ => {}
            }
            peak = peak.max(width);
        }
        cuts
    }

    /// For each position the bits that the sums take that units before it and units from it on both change.
    fn widths(&self) -> Vec<f64> {
        let mut widths = vec![0.0; self.units()];
        for machine in &self.machines {
            for test in &machine.tests {
                for slot in test.slots() {
                    let Some(touched) = machine.touched(slot) else {
                        continue;
                    };
                    let bits = f64::from(machine.values(test, slot)).log2();
                    let crossed = widths.iter_mut().take(touched.end).skip(touched.start + 1);
                    crossed.for_each(|width| *width += bits);
                }
            }
        }
        widths
    }

    /// A stretch of units as it is read by itself.
    pub(super) fn passage(&self, units: Range<usize>) -> Passage {
        let views = self.machines.iter().map(|machine| View::new(machine, &units));
        Passage {
            views: views.collect(),
            units,
        }
    }

    /// The state before a passage, with nothing added yet.
    pub(super) fn before(&self, passage: &Passage) -> State {
        let alive = self.start();
        let rows = alive.iter().filter_map(|row| {
            let (machine, view) = self.seen(row, passage)?;
            let mut slots = vec![0; machine.start.len()];
            for slot in &view.done {
                *slots.get_mut(*slot)? = *row.slots.get(*slot)?;
            }
            for (slot, nothing) in view.slots.iter().zip(&view.nothing) {
                *slots.get_mut(*slot)? = match *row.slots.get(*slot)? {
                    SETTLED => SETTLED,
                    _ => *nothing,
                };
            }
            Some(row.with(slots))
        });
        let mut state: State = rows.collect();
        tidy(&mut state);
        state
    }

    /// The state after the unit at `position` of a passage.
    pub(super) fn step_within(
        &self,
        passage: &Passage,
        state: &State,
        position: usize,
        taking: Taking,
    ) -> State {
        let mut next = State::new();
        for row in state {
            let Some((machine, view)) = self.seen(row, passage) else {
                continue;
            };
            let settle = |slots: &mut [u32]| view.settle(machine, slots, position + 1);
            for taken in taking.answers() {
                machine.next(&row.slots, position, *taken, settle, |_, slots| {
                    next.push(row.with(slots));
                });
            }
        }
        tidy(&mut next);
        next
    }

    /// Of a state at the end of a passage, what its units have added to the sums that reach beyond it.
    pub(super) fn added(&self, passage: &Passage, state: &State) -> State {
        let rows = state.iter().filter_map(|row| {
            let (_, view) = self.seen(row, passage)?;
            let added = view.slots.iter().map(|slot| row.slots.get(*slot).copied());
            Some(row.with(added.collect::<Option<Vec<u32>>>()?))
        });
        let mut state: State = rows.collect();
        tidy(&mut state);
        state
    }

    /// The state after a passage, from the one before it and what the passage adds.
    pub(super) fn after(&self, passage: &Passage, state: &State, added: &State) -> State {
        let mut next = State::new();
        for row in state {
            let Some((machine, view)) = self.seen(row, passage) else {
                continue;
            };
            for more in added.iter().filter(|more| more.alternative == row.alternative) {
                let mut slots = row.slots.to_vec();
                let sums = view.slots.iter().zip(&view.nothing).zip(&more.slots);
                for ((slot, nothing), more) in sums {
                    if let Some(sum) = slots.get_mut(*slot).filter(|sum| **sum != SETTLED) {
                        *sum = match *more {
                            SETTLED => SETTLED,
                            more => sum.saturating_add(more).saturating_sub(*nothing).min(SETTLED - 1),
                        };
                    }
                }
                for slot in &view.done {
                    if let Some(sum) = slots.get_mut(*slot) {
                        *sum = SETTLED;
                    }
                }
                if machine.settle(&mut slots, passage.units.end) {
                    next.push(row.with(slots));
                }
            }
        }
        tidy(&mut next);
        next
    }

    fn seen<'a>(&'a self, row: &Row, passage: &'a Passage) -> Option<(&'a Machine, &'a View)> {
        let index = usize::from(row.alternative);
        self.machines.get(index).zip(passage.views.get(index))
    }
}

impl Row {
    fn with(&self, slots: Vec<u32>) -> Row {
        Row {
            alternative: self.alternative,
            slots: slots.into(),
        }
    }
}

impl Machine {
    /// The units that change a slot, from the first to the last.
    fn touched(&self, slot: usize) -> Option<Range<usize>> {
        let touches = |unit: &usize| {
            let ways = self.moves.get(*unit).into_iter().flatten();
            ways.flat_map(|way| &way.adds).any(|(added, _)| *added == slot)
        };
        let first = (0..self.moves.len()).find(touches)?;
        let last = (0..self.moves.len()).rev().find(touches)?;
        Some(first..last + 1)
    }

    /// As much as some units can take away from a slot.
    fn taken_away(&self, slot: usize, units: &Range<usize>) -> u32 {
        let ways = self.moves.iter().take(units.end).skip(units.start);
        let most = ways.map(|ways| {
            let adds = ways.iter().flat_map(|way| &way.adds);
            let away = adds.map(|(added, add)| match add {
                Add::Number(weight) if *added == slot => -*weight,
                _ => 0,
            });
            u32::try_from(away.max().unwrap_or(0)).unwrap_or(0)
        });
        most.fold(0, u32::saturating_add)
    }

    /// Forgets what is added beyond all that matters. False when that alone breaks a test.
    fn bound(&self, test: &Test, slots: &mut [u32]) -> bool {
        match test {
            Test::Total { slot, least, most } => {
                let loss = self.loss.first().and_then(|row| row.get(*slot));
                let Some(sum) = slots.get_mut(*slot).filter(|sum| **sum != SETTLED) else {
                    return true;
                };
                match most {
                    _ if loss != Some(&0) => true,
                    Some(most) => *sum <= *most,
                    None => {
                        *sum = (*sum).min(*least);
                        true
                    }
                }
            }
            Test::Needs { .. } => {
                for slot in test.slots() {
                    if let Some(sum) = slots.get_mut(slot).filter(|sum| **sum != SETTLED) {
                        *sum = (*sum).min(1);
                    }
                }
                true
            }
        }
    }

    /// About how many values of a slot are told apart.
    fn values(&self, test: &Test, slot: usize) -> u32 {
        let of = |rows: &[Vec<u32>]| rows.first().and_then(|row| row.get(slot)).copied().unwrap_or(0);
        match test {
            Test::Needs { .. } => 2,
            Test::Total { .. } if of(&self.loss) > 0 => of(&self.left).saturating_add(of(&self.loss)),
            Test::Total { least, most, .. } => most.unwrap_or(*least).min(of(&self.left)).saturating_add(1),
        }
    }
}

impl View {
    fn new(machine: &Machine, units: &Range<usize>) -> View {
        let mut view = View {
            within: Vec::new(),
            across: Vec::new(),
            slots: Vec::new(),
            nothing: Vec::new(),
            done: Vec::new(),
        };
        for (index, test) in machine.tests.iter().enumerate() {
            let touched: Vec<Range<usize>> = test.slots().filter_map(|slot| machine.touched(slot)).collect();
            let here = |touched: &Range<usize>| touched.start < units.end && units.start < touched.end;
            let inside = |touched: &Range<usize>| units.start <= touched.start && touched.end <= units.end;
            if !touched.iter().any(here) {
                continue;
            }
            if touched.iter().all(inside) {
                view.within.push(index);
                view.done.extend(test.slots());
            } else {
                view.across.push(index);
                view.slots.extend(test.slots());
            }
        }
        let nothing = |slot: &usize| machine.taken_away(*slot, units);
        view.nothing = view.slots.iter().map(nothing).collect();
        view
    }

    /// Settles the tests within, and of those across keeps no more than matters. False when one can no longer hold.
    fn settle(&self, machine: &Machine, slots: &mut [u32], position: usize) -> bool {
        let test = |index: &usize| machine.tests.get(*index);
        let within = self.within.iter().filter_map(test);
        let mut across = self.across.iter().filter_map(test);
        within
            .into_iter()
            .all(|test| machine.settle_test(test, slots, position))
            && across.all(|test| machine.bound(test, slots))
    }
}

impl Test {
    fn slots(&self) -> impl Iterator<Item = usize> + '_ {
        let (first, others): (usize, &[usize]) = match self {
            Test::Total { slot, .. } => (*slot, &[]),
            Test::Needs { unit, needs } => (*unit, needs),
        };
        std::iter::once(first).chain(others.iter().copied())
    }
}
