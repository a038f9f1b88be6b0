//! All valid selections of a rule, as diagrams one after the other.
//!
//! A rule of many units in several groups would make a diagram of millions of nodes, because the same group is met with
//! every sum that the groups before it can come to. Each link of a chain is the diagram of one stretch of units, read by
//! itself; its ends tell apart what the stretch adds to the sums that reach beyond it. Which state of those sums follows on
//! which state and end is a table. A rule that fits into one diagram is a chain of one link.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::automaton::{Automaton, State, Taking};
use super::diagram::{Diagram, NONE, NodeIndex, ONE};
use super::effort::Effort;
use super::fault::RuleFault;
use super::unit_set::UnitSet;

/// No selection.
const DEAD: u32 = u32::MAX;

pub(super) struct Chain {
    pub(super) links: Vec<Link>,
}

/// One stretch of units.
pub(super) struct Link {
    pub(super) diagram: Diagram,
    /// How many states there are before it.
    pub(super) starts: usize,
    /// For each of them and each end of the diagram, the state after it.
    next: Vec<u32>,
}

/// A place in a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum At {
    /// No selection goes on from here.
    None,
    /// The selection that takes nothing more.
    One,
    /// A question.
    Node { link: u32, start: u32, node: NodeIndex },
}

impl Chain {
    /// Everything an automaton accepts.
    ///
    /// # Errors
    ///
    /// [`RuleFault::TooIntricate`] when that takes more than `effort` allows.
    pub(super) fn build(automaton: &Automaton, effort: Effort) -> Result<Self, RuleFault> {
        Self::build_taking(automaton, effort, |_| Taking::Asked)
    }

    /// The same where some units are not asked about: those that are free, taken or left.
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build).
    pub(super) fn build_taking(
        automaton: &Automaton,
        effort: Effort,
        taking: impl Fn(usize) -> Taking,
    ) -> Result<Self, RuleFault> {
        let cuts = automaton.cuts(effort.least_cut);
        let whole = |most| Diagram::build(automaton, &taking, most).map(Self::of_one);
        if cuts.is_empty() {
            return whole(effort.states);
        }
        whole(effort.states_before_cutting.min(effort.states))
            .or_else(|_| Self::build_cut(automaton, effort, &taking, &cuts))
            .or_else(|_| whole(effort.states))
    }

    fn of_one(diagram: Diagram) -> Self {
        let link = Link {
            next: vec![DEAD, 0],
            starts: 1,
            diagram,
        };
        Self { links: vec![link] }
    }

    fn build_cut(
        automaton: &Automaton,
        effort: Effort,
        taking: &impl Fn(usize) -> Taking,
        cuts: &[usize],
    ) -> Result<Self, RuleFault> {
        let last = automaton.units();
        let from = std::iter::once(0).chain(cuts.iter().copied());
        let to = cuts.iter().copied().chain(std::iter::once(last));
        let mut states = vec![automaton.start()];
        let (mut links, mut steps) = (Vec::new(), 0_usize);
        for (from, to) in from.zip(to) {
            let passage = automaton.passage(from..to);
            let mut added: HashMap<State, NodeIndex, FixedState> = HashMap::default();
            let diagram = Diagram::layered(
                from..to,
                automaton.before(&passage),
                |state, position, taking| automaton.step_within(&passage, state, position, taking),
                taking,
                effort.states,
                |state| {
                    let end = NodeIndex::try_from(added.len()).map_or(NodeIndex::MAX, |known| known + ONE);
                    *added.entry(automaton.added(&passage, state)).or_insert(end)
                },
            )?;
            let mut ends: Vec<(NodeIndex, State)> =
                added.into_iter().map(|(state, end)| (end, state)).collect();
            ends.sort_unstable_by_key(|(end, _)| *end);
            steps = steps.saturating_add(states.len().saturating_mul(ends.len() + 1));
            if steps > effort.steps {
                return Err(RuleFault::TooIntricate);
            }
            let mut after: HashMap<State, u32, FixedState> = HashMap::default();
            let mut rows = 0_usize;
            let mut next = Vec::with_capacity(states.len().saturating_mul(diagram.ends as usize));
            for state in &states {
                let row = next.len();
                next.push(DEAD);
                for (_, added) in &ends {
                    let state = match to == last {
                        // Whatever lives after the last unit has all its checks settled.
                        true if automaton.after(&passage, state, added).is_empty() => State::new(),
                        true => automaton.start(),
                        false => automaton.after(&passage, state, added),
                    };
                    if state.is_empty() {
                        next.push(DEAD);
                        continue;
                    }
                    let (more, new) = (state.len(), after.len());
                    let new = u32::try_from(new).unwrap_or(DEAD);
                    next.push(*after.entry(state).or_insert_with(|| {
                        rows += more;
                        new
                    }));
                    if rows > effort.states {
                        return Err(RuleFault::TooIntricate);
                    }
                }
                next.resize(row + diagram.ends as usize, DEAD);
            }
            links.push(Link {
                starts: states.len(),
                diagram,
                next,
            });
            let mut following = vec![State::new(); after.len()];
            for (state, place) in after {
                if let Some(at) = following.get_mut(place as usize) {
                    *at = state;
                }
            }
            states = following;
        }
        Ok(Self { links })
    }

    /// The diagram, where there is but one.
    pub(super) fn single(&self) -> Option<&Diagram> {
        match self.links.as_slice() {
            [link] => Some(&link.diagram),
            _ => None,
        }
    }

    /// The position after the last unit.
    pub(super) fn units(&self) -> usize {
        self.links.last().map_or(0, |link| link.diagram.units.end)
    }

    /// Where every selection begins.
    pub(super) fn root(&self) -> At {
        self.enter(0, 0)
    }

    /// The unit asked about, and where "no" and "yes" lead.
    pub(super) fn look(&self, at: At) -> Option<(usize, At, At)> {
        let At::Node { link, start, node } = at else {
            return None;
        };
        let diagram = &self.links.get(link as usize)?.diagram;
        let asked = diagram.at(node);
        let to = |node| self.on(link, start, node);
        Some((asked.unit as usize, to(asked.no), to(asked.yes)))
    }

    /// The position asked about, or the one after the last unit at an end.
    pub(super) fn unit_at(&self, at: At) -> usize {
        match at {
            At::Node { link, node, .. } => {
                let link = self.links.get(link as usize);
                link.map_or(self.units(), |link| link.diagram.unit_at(node))
            }
            At::None | At::One => self.units(),
        }
    }

    fn enter(&self, link: u32, start: u32) -> At {
        match self.links.get(link as usize) {
            Some(found) => self.on(link, start, found.diagram.root),
            None => At::One,
        }
    }

    fn on(&self, link: u32, start: u32, node: NodeIndex) -> At {
        match self.links.get(link as usize) {
            Some(found) if found.diagram.is_end(node) => match found.next(start, node) {
                Some(next) => self.enter(link + 1, next),
                None => At::None,
            },
            Some(_) => At::Node { link, start, node },
            None => At::None,
        }
    }

    /// Whether there is no valid selection.
    pub(super) fn is_empty(&self) -> bool {
        !self.holds_part_of(&(0..self.units()).collect())
    }

    /// Whether this selection, as a whole, is valid. One step for each node on its path.
    pub(super) fn holds(&self, selection: &UnitSet) -> bool {
        let (mut start, mut met) = (0, 0);
        for link in &self.links {
            let (end, asked) = link.diagram.end_of(selection);
            met += asked;
            match link.next(start, end) {
                Some(next) => start = next,
                None => return false,
            }
        }
        met == selection.len()
    }

    /// Whether some part of these units is valid.
    pub(super) fn holds_part_of(&self, held: &UnitSet) -> bool {
        // Most who hold enough are answered by taking whatever leads on.
        let mut start = Some(0);
        for link in &self.links {
            start = start.and_then(|start| link.next(start, link.diagram.end_of(held).0));
        }
        if start.is_some() {
            return true;
        }
        let mut starts = vec![0];
        for link in &self.links {
            let many = link.diagram.ends > ONE + 1;
            let mut next = Vec::new();
            link.diagram.ends_of_parts(held, |end| {
                next.extend(starts.iter().filter_map(|start| link.next(*start, end)));
                !many
            });
            next.sort_unstable();
            next.dedup();
            starts = next;
        }
        !starts.is_empty()
    }

    /// The units that some valid selection takes.
    pub(super) fn taken(&self) -> UnitSet {
        let mut alive = vec![true];
        let mut taken = UnitSet::EMPTY;
        for (index, link) in self.links.iter().enumerate().rev() {
            let lives = |start, end| {
                let next = link.next(start, end);
                next.and_then(|next| alive.get(next as usize)) == Some(&true)
            };
            let starts = 0..u32::try_from(link.starts).unwrap_or(0);
            let diagram = &link.diagram;
            let mut good: Vec<bool> = (0..diagram.ends)
                .map(|end| starts.clone().any(|start| lives(start, end)))
                .collect();
            let before: Vec<bool> = starts
                .map(|start| (0..diagram.ends).any(|end| lives(start, end)))
                .collect();
            for (_, node) in diagram.questions() {
                let good_at = |to: NodeIndex| good.get(to as usize) == Some(&true);
                let leads = good_at(node.no) || good_at(node.yes);
                good.push(leads);
            }
            let mut reached = vec![false; diagram.len()];
            if let Some(root) = reached.get_mut(diagram.root as usize) {
                *root = true;
            }
            for (place, node) in diagram.questions().rev() {
                if reached.get(place) != Some(&true) {
                    continue;
                }
                if good.get(node.yes as usize) == Some(&true) {
                    taken.insert(node.unit as usize);
                }
                for to in [node.no, node.yes] {
                    if let Some(reached) = reached.get_mut(to as usize) {
                        *reached = true;
                    }
                }
            }
            debug_assert!(index > 0 || before.len() == 1, "one state before the first unit");
            alive = before;
        }
        taken
    }
}

impl Link {
    /// The state after it.
    pub(super) fn next(&self, start: u32, end: NodeIndex) -> Option<u32> {
        let row = (start as usize).checked_mul(self.diagram.ends as usize)?;
        let next = self.next.get(row.checked_add(end as usize)?).copied()?;
        (end != NONE && next != DEAD).then_some(next)
    }
}
