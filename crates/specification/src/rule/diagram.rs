//! All valid selections of a rule, or what becomes of a stretch of its units, as a zero-suppressed decision diagram.
//!
//! A node asks whether one unit is taken and leads on by the answer; a unit that no node on the way asks about is not
//! taken. Every path to [`ONE`] is a valid selection, and each valid selection is one path. The diagram is as large as
//! the rule is intricate, not as large as the number of selections, and any question about all of them is one pass
//! over the nodes: children always stand before their parents.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::FixedState;

use super::automaton::{Automaton, State, Taking};
use super::fault::RuleFault;
use super::unit_set::UnitSet;

/// Index of a node.
pub(super) type NodeIndex = u32;

/// No selection.
pub(super) const NONE: NodeIndex = 0;
/// The selection that takes nothing more.
pub(super) const ONE: NodeIndex = 1;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct DiagramNode {
    /// Position of the unit asked about.
    pub(super) unit: u32,
    /// Where a "no" leads.
    pub(super) no: NodeIndex,
    /// Where a "yes" leads; never [`NONE`].
    pub(super) yes: NodeIndex,
}

/// What an end reads as.
const END: DiagramNode = DiagramNode {
    unit: u32::MAX,
    no: NONE,
    yes: NONE,
};

/// The diagram. Its first nodes are its ends and ask nothing: [`NONE`], and as many others as outcomes are told apart; in the
/// diagram of a whole rule that is [`ONE`] and no more.
#[derive(Debug, Clone, Default)]
pub(super) struct Diagram {
    nodes: Vec<DiagramNode>,
    pub(super) root: NodeIndex,
    /// The ends; every index from here on is a question.
    pub(super) ends: NodeIndex,
    /// The units it may ask about.
    pub(super) units: Range<usize>,
    known: HashMap<DiagramNode, NodeIndex, FixedState>,
}

impl Diagram {
    pub(super) fn empty(units: Range<usize>) -> Self {
        Self::with_ends(units, ONE + 1)
    }

    fn with_ends(units: Range<usize>, ends: NodeIndex) -> Self {
        Self {
            nodes: vec![END; ends as usize],
            root: NONE,
            ends,
            units,
            known: HashMap::default(),
        }
    }

    /// The diagram of everything an automaton accepts, where some units are not asked about: those that are free, taken or
    /// left.
    ///
    /// # Errors
    ///
    /// [`RuleFault::TooIntricate`] when more than `most` rows of sums would be needed.
    pub(super) fn build(
        automaton: &Automaton,
        taking: impl Fn(usize) -> Taking,
        most: usize,
    ) -> Result<Self, RuleFault> {
        let step = |state: &State, position, taking| automaton.step(state, position, taking);
        // Whatever lives after the last unit has all its checks settled.
        Self::layered(
            0..automaton.units(),
            automaton.start(),
            step,
            taking,
            most,
            |_| ONE,
        )
    }

    /// The diagram of what becomes of a state on the way through some units; `end` files what is left after the last of
    /// them.
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build).
    pub(super) fn layered(
        units: Range<usize>,
        start: State,
        step: impl Fn(&State, usize, Taking) -> State,
        taking: impl Fn(usize) -> Taking,
        most: usize,
        end: impl FnMut(&State) -> NodeIndex,
    ) -> Result<Self, RuleFault> {
        const DEAD: usize = usize::MAX;
        if start.is_empty() {
            return Ok(Self::empty(units));
        }
        let mut states: Vec<State> = vec![start];
        let mut layers: Vec<Vec<[usize; 2]>> = Vec::with_capacity(units.len());
        let mut total = 1usize;
        for position in units.clone() {
            let mut index: HashMap<State, usize, FixedState> = HashMap::default();
            let mut layer = Vec::with_capacity(states.len());
            for state in &states {
                let mut answers = [DEAD; 2];
                let steps = match taking(position) {
                    Taking::Asked => [Some(Taking::Left), Some(Taking::Taken)],
                    settled => [Some(settled), None],
                };
                for (answer, taking) in answers.iter_mut().zip(steps) {
                    let Some(taking) = taking else { continue };
                    let after = step(state, position, taking);
                    if after.is_empty() {
                        continue;
                    }
                    let (rows, next) = (after.len(), index.len());
                    *answer = *index.entry(after).or_insert_with(|| {
                        total += rows;
                        next
                    });
                    if total > most {
                        return Err(RuleFault::TooIntricate);
                    }
                }
                layer.push(answers);
            }
            layers.push(layer);
            let mut next = vec![State::new(); index.len()];
            for (state, place) in index {
                if let Some(at) = next.get_mut(place) {
                    *at = state;
                }
            }
            states = next;
        }
        let mut below: Vec<NodeIndex> = states.iter().map(end).collect();
        let ends = below.iter().max().map_or(ONE, |last| *last) + 1;
        let mut diagram = Self::with_ends(units.clone(), ends);
        for (position, layer) in units.zip(&layers).rev() {
            let node = |answer: usize| below.get(answer).copied().unwrap_or(NONE);
            below = layer
                .iter()
                .map(|[no, yes]| diagram.node(position, node(*no), node(*yes)))
                .collect();
        }
        diagram.root = below.first().copied().unwrap_or(NONE);
        diagram.known = HashMap::default();
        Ok(diagram)
    }

    /// The node for a question, made when there is none yet.
    pub(super) fn node(&mut self, unit: usize, no: NodeIndex, yes: NodeIndex) -> NodeIndex {
        if yes == NONE {
            return no;
        }
        let node = DiagramNode {
            unit: u32::try_from(unit).unwrap_or(u32::MAX),
            no,
            yes,
        };
        if let Some(known) = self.known.get(&node) {
            return *known;
        }
        let index = NodeIndex::try_from(self.nodes.len()).unwrap_or(NodeIndex::MAX);
        self.nodes.push(node);
        self.known.insert(node, index);
        index
    }

    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn at(&self, index: NodeIndex) -> DiagramNode {
        self.nodes.get(index as usize).copied().unwrap_or(END)
    }

    pub(super) fn is_end(&self, index: NodeIndex) -> bool {
        index < self.ends
    }

    /// The position asked about, or the one after the last unit at an end.
    pub(super) fn unit_at(&self, index: NodeIndex) -> usize {
        match self.is_end(index) {
            true => self.units.end,
            false => self.at(index).unit as usize,
        }
    }

    /// The end that a selection leads to, and how many of its units were asked about on the way.
    pub(super) fn end_of(&self, selection: &UnitSet) -> (NodeIndex, usize) {
        let mut at = self.root;
        let mut met = 0;
        while !self.is_end(at) {
            let node = self.at(at);
            let taken = selection.contains(node.unit as usize);
            met += usize::from(taken);
            at = if taken { node.yes } else { node.no };
        }
        (at, met)
    }

    /// Calls `found` with each end that some part of these units leads to, by taking first, until it says enough. It walks
    /// only where these units lead: whoever holds few has few nodes to see.
    pub(super) fn ends_of_parts(&self, held: &UnitSet, mut found: impl FnMut(NodeIndex) -> bool) {
        let mut seen = vec![0_u64; self.nodes.len().div_ceil(64)];
        let mut waiting = vec![self.root];
        while let Some(index) = waiting.pop() {
            let Some(word) = seen.get_mut(index as usize / 64) else {
                continue;
            };
            let bit = 1 << (index % 64);
            if *word & bit != 0 {
                continue;
            }
            *word |= bit;
            if self.is_end(index) {
                if index != NONE && found(index) {
                    return;
                }
                continue;
            }
            let node = self.at(index);
            waiting.push(node.no);
            if held.contains(node.unit as usize) {
                waiting.push(node.yes);
            }
        }
    }

    /// The nodes that ask, children before their parents.
    pub(super) fn questions(&self) -> impl DoubleEndedIterator<Item = (usize, &DiagramNode)> {
        let nodes = self.nodes.iter().enumerate();
        nodes.skip(self.ends as usize)
    }

    /// One value for each node, from the ends up: what `join` makes of the node and the values of its two answers. The
    /// value of the whole diagram is answered.
    pub(super) fn fold<T: Clone>(
        &self,
        none: T,
        one: T,
        mut join: impl FnMut(DiagramNode, &T, &T) -> T,
    ) -> T {
        let mut values: Vec<T> = Vec::with_capacity(self.nodes.len());
        values.push(none.clone());
        values.resize(self.ends as usize, one);
        for node in self.nodes.iter().skip(self.ends as usize) {
            let value = match (values.get(node.no as usize), values.get(node.yes as usize)) {
                (Some(no), Some(yes)) => join(*node, no, yes),
                _ => none.clone(),
            };
            values.push(value);
        }
        values.get(self.root as usize).cloned().unwrap_or(none)
    }
}
