//! The number of minimal selections of a plain rule, counted by what a selection has to spare.
//!
//! A rule is plain when it comes to sums that each taken unit adds to in one way: some at least so much, some at most. A
//! selection that meets it is minimal when each of its units is needed for some sum, which is so when the unit adds more to
//! that sum than the selection has to spare there. So for each sum it is laid down beforehand how much there is to spare,
//! between two of the figures that units add; then whether a unit may be taken is plain, and selections are counted unit by
//! unit.
//!
//! What a stretch of units adds depends on nothing but which of them may be taken, so it is counted once for each such set
//! and kept; the stretches are then put together for all that is laid down about the sums that several of them add to.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::FixedState;

use super::automaton::{Add, Automaton, Machine, Move, Test};
use super::number::BigCount;
use super::unit_set::UnitSet;

/// How many steps may be made, of some twenty nanoseconds each.
const MOST_STEPS: usize = 150_000_000;
/// How many things may be laid down at once.
const MOST_COMBINATIONS: usize = 10_000;
/// How many sums one stretch of units may add to.
const MOST_SUMS: usize = 12;

/// What a selection comes to in each sum, as far as it was read.
type Sums = [u32; MOST_SUMS];

/// What is laid down about a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Spare {
    /// The sum is this much or more,
    from: u32,
    /// and this much or less.
    to: Option<u32>,
    /// Units that add this much or more are needed for it; none where no unit is.
    needed: Option<u32>,
}

/// A sum, as the rule's conditions have it.
struct Needed {
    /// What each unit adds.
    adds: Vec<u32>,
    /// From the first unit that adds something to the last.
    touched: Range<usize>,
    /// All that may be laid down about it, no two of which hold for the same selection.
    spares: Vec<Spare>,
    /// No selection may come to more.
    most: Option<u32>,
    /// As much as has to be told apart.
    enough: u32,
}

/// The number of minimal selections, for a plain rule that takes no more steps than are allowed. `cuts` are where stretches
/// of units begin.
pub(super) fn count_minimal(automaton: &Automaton, cuts: &[usize]) -> Option<BigCount> {
    let [machine] = automaton.machines.as_slice() else {
        return None;
    };
    let units = automaton.units();
    let from = std::iter::once(0).chain(cuts.iter().copied());
    let to = cuts.iter().copied().chain([units]);
    let stretches: Vec<Range<usize>> = from.zip(to).map(|(from, to)| from..to).collect();
    let (local, whole): (Vec<Needed>, Vec<Needed>) = needed(machine)?.into_iter().partition(|sum| {
        stretches
            .iter()
            .any(|stretch| stretch.start <= sum.touched.start && sum.touched.end <= stretch.end)
    });
    let plain = Plain {
        takeable: (0..units).filter(|unit| takeable(machine, *unit)).collect(),
        stretches: stretches
            .into_iter()
            .map(|units| {
                let sums = local.iter().enumerate().filter(|(_, sum)| {
                    let nowhere = sum.touched.is_empty() && units.start == 0;
                    nowhere || units.contains(&sum.touched.start)
                });
                Stretch {
                    local: sums.map(|(index, _)| index).collect(),
                    units,
                }
            })
            .collect(),
        whole,
        local,
    };
    // 128 bits nearly always hold the number.
    let mut count = Count::<u128>::of(&plain);
    match count.all() {
        Err(Stopped::TooLarge) => Count::<BigCount>::of(&plain).all().ok(),
        counted => counted.ok().map(BigCount::from),
    }
}

/// A plain rule.
struct Plain {
    takeable: UnitSet,
    stretches: Vec<Stretch>,
    /// Sums over several stretches.
    whole: Vec<Needed>,
    /// Sums within one.
    local: Vec<Needed>,
}

/// A stretch of units, and the sums to which they alone add.
struct Stretch {
    units: Range<usize>,
    local: Vec<usize>,
}

/// The sums of a plain rule; none when it is not plain. A sum that no selection can keep within its limits has nothing to
/// lay down.
fn needed(machine: &Machine) -> Option<Vec<Needed>> {
    let plain = |add: &Add| match add {
        Add::Number(number) => *number >= 0,
        Add::Breaks => true,
        Add::Settles => false,
    };
    let one_way = machine
        .moves
        .iter()
        .all(|ways| ways.len() <= 1 && ways.iter().flat_map(|way| &way.adds).all(|(_, add)| plain(add)));
    if !one_way {
        return None;
    }
    let sums = machine.tests.iter().map(|test| match test {
        Test::Needs { .. } => None,
        Test::Total { slot, least, most } => {
            let before = machine.start.get(*slot).copied().unwrap_or(0);
            let add = |ways: &Vec<Move>| {
                let adds = ways.iter().flat_map(|way| &way.adds);
                let here = adds.filter(|(added, _)| added == slot);
                here.fold(0, |sum: u32, (_, add)| match add {
                    Add::Number(number) => sum.saturating_add(u32::try_from(*number).unwrap_or(u32::MAX)),
                    Add::Settles | Add::Breaks => sum,
                })
            };
            let adds: Vec<u32> = machine.moves.iter().map(add).collect();
            let adding = |unit: &usize| adds.get(*unit).is_some_and(|add| *add > 0);
            let first = (0..adds.len()).find(adding);
            let last = (0..adds.len()).rev().find(adding);
            let most = most.map(|most| most.saturating_sub(before));
            let spares = spares(&adds, least.saturating_sub(before), most);
            Some(Needed {
                touched: first.zip(last).map_or(0..0, |(first, last)| first..last + 1),
                enough: spares.iter().map(|spare| spare.from).max().unwrap_or(0),
                spares,
                most,
                adds,
            })
        }
    });
    sums.collect()
}

/// What may be laid down about a sum: how much there is to spare, as far as it decides which units are needed.
fn spares(adds: &[u32], least: u32, most: Option<u32>) -> Vec<Spare> {
    let whole = Spare {
        from: least,
        to: most,
        needed: None,
    };
    if least == 0 {
        return vec![whole];
    }
    let mut figures: Vec<u32> = adds.iter().copied().filter(|add| *add > 0).collect();
    figures.sort_unstable();
    figures.dedup();
    let lower = std::iter::once(0).chain(figures.iter().copied());
    let upper = figures.iter().copied().map(Some).chain([None]);
    lower
        .zip(upper)
        .map(|(spare, needed)| {
            let below = needed.map(|needed| least.saturating_add(needed - 1));
            Spare {
                from: least.saturating_add(spare),
                to: below.into_iter().chain(most).min(),
                needed,
            }
        })
        .filter(|spare| spare.to.is_none_or(|to| spare.from <= to))
        .collect()
}

/// Whether there is a way to take a unit that breaks nothing.
fn takeable(machine: &Machine, unit: usize) -> bool {
    let ways = machine.moves.get(unit);
    ways.into_iter()
        .flatten()
        .any(|way| way.adds.iter().all(|(_, add)| *add != Add::Breaks))
}

impl Spare {
    fn holds(self, sum: u32) -> bool {
        self.from <= sum && self.to.is_none_or(|to| sum <= to)
    }

    fn needs(self, add: u32) -> bool {
        self.needed.is_some_and(|needed| add >= needed)
    }
}

impl Needed {
    fn add(&self, unit: usize) -> u32 {
        self.adds.get(unit).copied().unwrap_or(0)
    }

    /// A sum with more added, no further than has to be told apart; none when it is too much.
    fn plus(&self, sum: u32, add: u32) -> Option<u32> {
        let sum = sum.saturating_add(add);
        match self.most {
            Some(most) => (sum <= most).then_some(sum),
            None => Some(sum.min(self.enough)),
        }
    }
}

/// Why there is no count.
enum Stopped {
    TooLong,
    TooLarge,
}

/// How many selections there are.
trait Number: Clone {
    fn nought() -> Self;
    fn one() -> Self;
    fn plus(&self, other: &Self) -> Result<Self, Stopped>;
    fn times(&self, other: &Self) -> Result<Self, Stopped>;
}

impl Number for u128 {
    fn nought() -> Self {
        0
    }

    fn one() -> Self {
        1
    }

    fn plus(&self, other: &Self) -> Result<Self, Stopped> {
        self.checked_add(*other).ok_or(Stopped::TooLarge)
    }

    fn times(&self, other: &Self) -> Result<Self, Stopped> {
        self.checked_mul(*other).ok_or(Stopped::TooLarge)
    }
}

impl Number for BigCount {
    fn nought() -> Self {
        BigCount::zero()
    }

    fn one() -> Self {
        BigCount::one()
    }

    fn plus(&self, other: &Self) -> Result<Self, Stopped> {
        Ok(self.plus(other))
    }

    fn times(&self, other: &Self) -> Result<Self, Stopped> {
        Ok(self.times(other))
    }
}

/// Sums, each with the number of selections that come to them.
type Counts<N> = HashMap<Sums, N, FixedState>;

struct Count<'a, N> {
    plain: &'a Plain,
    /// For each stretch, and each set of its units that may be taken: sums of the whole first, then its own.
    counted: Vec<HashMap<UnitSet, Counts<N>>>,
    steps: usize,
}

impl<'a, N: Number> Count<'a, N> {
    fn of(plain: &'a Plain) -> Self {
        Self {
            counted: vec![HashMap::new(); plain.stretches.len()],
            plain,
            steps: 0,
        }
    }

    fn all(&mut self) -> Result<N, Stopped> {
        let whole: Vec<&Needed> = self.plain.whole.iter().collect();
        let mut total = N::nought();
        for spares in combinations(&whole)? {
            total = total.plus(&self.with(&spares)?)?;
        }
        Ok(total)
    }

    /// The minimal selections with this to spare in the sums of the whole.
    fn with(&mut self, spares: &[Spare]) -> Result<N, Stopped> {
        let mut ahead = Counts::default();
        ahead.insert(Sums::default(), N::one());
        for (index, stretch) in self.plain.stretches.iter().enumerate() {
            let added = self.added(index, stretch, spares)?;
            self.spend(ahead.len().saturating_mul(added.len()))?;
            let mut joined = Counts::default();
            for (before, count) in &ahead {
                for (added, more) in &added {
                    let mut sums = *before;
                    let each = sums
                        .iter_mut()
                        .zip(added)
                        .zip(self.plain.whole.iter().zip(spares));
                    let fits = each.into_iter().all(|((so_far, added), (sum, spare))| {
                        let after = sum.plus(*so_far, *added);
                        *so_far = after.unwrap_or(0);
                        after.is_some_and(|after| spare.to.is_none_or(|to| after <= to))
                    });
                    if fits {
                        add(&mut joined, sums, &count.times(more)?)?;
                    }
                }
            }
            ahead = joined;
        }
        let met = ahead
            .iter()
            .filter(|(sums, _)| sums.iter().zip(spares).all(|(sum, spare)| spare.holds(*sum)));
        let mut total = N::nought();
        for (_, count) in met {
            total = total.plus(count)?;
        }
        Ok(total)
    }

    /// What the minimal selections within a stretch add to the sums of the whole.
    fn added(&mut self, index: usize, stretch: &Stretch, spares: &[Spare]) -> Result<Counts<N>, Stopped> {
        let local: Vec<&Needed> = stretch
            .local
            .iter()
            .filter_map(|sum| self.plain.local.get(*sum))
            .collect();
        let mut added = Counts::default();
        for own in combinations(&local)? {
            let is_needed = |unit: &usize| {
                let mut sums = self
                    .plain
                    .whole
                    .iter()
                    .zip(spares)
                    .chain(local.iter().copied().zip(&own));
                sums.any(|(sum, spare)| spare.needs(sum.add(*unit)))
            };
            let units = stretch
                .units
                .clone()
                .filter(|unit| self.plain.takeable.contains(*unit));
            let allowed: UnitSet = units.filter(is_needed).collect();
            if self
                .counted
                .get(index)
                .is_some_and(|counted| !counted.contains_key(&allowed))
            {
                let counts = self.count(&local, allowed)?;
                if let Some(counted) = self.counted.get_mut(index) {
                    counted.insert(allowed, counts);
                }
            }
            let counted = self.counted.get(index).and_then(|counted| counted.get(&allowed));
            for (sums, count) in counted.into_iter().flatten() {
                let mut sums = *sums;
                let (_, within) = sums.split_at_mut(spares.len());
                if within.iter().zip(&own).all(|(sum, spare)| spare.holds(*sum)) {
                    within.fill(0);
                    add(&mut added, sums, count)?;
                }
            }
        }
        Ok(added)
    }

    /// What the units of a stretch that may be taken come to.
    fn count(&mut self, local: &[&Needed], allowed: UnitSet) -> Result<Counts<N>, Stopped> {
        let sums: Vec<&Needed> = self.plain.whole.iter().chain(local.iter().copied()).collect();
        if sums.len() > MOST_SUMS {
            return Err(Stopped::TooLong);
        }
        let mut counts = Counts::default();
        counts.insert(Sums::default(), N::one());
        for unit in allowed.positions() {
            self.spend(counts.len())?;
            // A sum of this stretch that was only not to be too large, and to which nothing is added any more, need not be
            // told apart.
            let over = |place: usize, sum: &Needed| {
                let own = place >= self.plain.whole.len();
                own && sum.touched.end <= unit && sum.spares.iter().all(|spare| spare.from == 0)
            };
            let mut after = Counts::default();
            for (mut so_far, count) in counts {
                let mut taken = Some(so_far);
                for (place, sum) in sums.iter().enumerate() {
                    let Some(so_far) = so_far.get_mut(place) else {
                        continue;
                    };
                    if over(place, sum) {
                        *so_far = 0;
                    }
                    taken = taken.and_then(|mut taken| {
                        *taken.get_mut(place)? = sum.plus(*so_far, sum.add(unit))?;
                        Some(taken)
                    });
                }
                for sums in [Some(so_far), taken].into_iter().flatten() {
                    add(&mut after, sums, &count)?;
                }
            }
            counts = after;
        }
        Ok(counts)
    }

    fn spend(&mut self, steps: usize) -> Result<(), Stopped> {
        self.steps = self.steps.saturating_add(steps);
        match self.steps <= MOST_STEPS {
            true => Ok(()),
            false => Err(Stopped::TooLong),
        }
    }
}

/// One thing laid down about each sum, in every combination.
fn combinations(sums: &[&Needed]) -> Result<Vec<Vec<Spare>>, Stopped> {
    let number = sums
        .iter()
        .fold(1_usize, |number, sum| number.saturating_mul(sum.spares.len()));
    if number > MOST_COMBINATIONS {
        return Err(Stopped::TooLong);
    }
    Ok(sums.iter().fold(vec![Vec::new()], |begun: Vec<Vec<Spare>>, sum| {
        let more = |begun: &Vec<Spare>| {
            let with = |spare: &Spare| begun.iter().chain([spare]).copied().collect();
            sum.spares.iter().map(with).collect::<Vec<Vec<Spare>>>()
        };
        begun.iter().flat_map(more).collect()
    }))
}

fn add<N: Number>(counts: &mut Counts<N>, sums: Sums, count: &N) -> Result<(), Stopped> {
    match counts.get_mut(&sums) {
        Some(known) => *known = known.plus(count)?,
        None => {
            counts.insert(sums, count.clone());
        }
    }
    Ok(())
}
