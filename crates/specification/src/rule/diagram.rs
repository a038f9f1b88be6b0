//! All valid selections of a rule, as a zero-suppressed decision diagram.
//!
//! A node asks whether one unit is taken and leads on by the answer; a unit that no node on the way asks about is not
//! taken. Every path to [`ONE`] is a valid selection, and each valid selection is one path. The diagram is as large as
//! the rule is intricate, not as large as the number of selections, and any question about all of them is one pass
//! over the nodes: children always stand before their parents.

use std::collections::HashMap;

use super::automaton::{Automaton, State, Taking};
use super::fault::{MOST_STATES, RuleFault};
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

/// The diagram. Nodes 0 and 1 are the ends and ask nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct Diagram {
    nodes: Vec<DiagramNode>,
    pub(super) root: NodeIndex,
    pub(super) units: usize,
    known: HashMap<DiagramNode, NodeIndex>,
}

impl Diagram {
    pub(super) fn empty(units: usize) -> Self {
        let end = DiagramNode {
            unit: u32::MAX,
            no: NONE,
            yes: NONE,
        };
        Self {
            nodes: vec![end, end],
            root: NONE,
            units,
            known: HashMap::new(),
        }
    }

    /// The diagram of everything an automaton accepts.
    ///
    /// # Errors
    ///
    /// [`RuleFault::TooIntricate`] when more than half a million states would be needed.
    pub(super) fn build(automaton: &Automaton, units: usize) -> Result<Self, RuleFault> {
        Self::build_taking(automaton, units, |_| Taking::Asked)
    }

    /// The same where some units are not asked about: those that are free, taken or left.
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build).
    pub(super) fn build_taking(
        automaton: &Automaton,
        units: usize,
        taking: impl Fn(usize) -> Taking,
    ) -> Result<Self, RuleFault> {
        const DEAD: usize = usize::MAX;
        let start = automaton.start();
        let mut diagram = Self::empty(units);
        if start.is_empty() {
            return Ok(diagram);
        }
        let mut states: Vec<State> = vec![start];
        let mut layers: Vec<Vec<[usize; 2]>> = Vec::with_capacity(units);
        let mut total = 1usize;
        for position in 0..units {
            let mut index: HashMap<State, usize> = HashMap::new();
            let mut next: Vec<State> = Vec::new();
            let mut layer = Vec::with_capacity(states.len());
            for state in &states {
                let mut answers = [DEAD; 2];
                let steps = match taking(position) {
                    Taking::Asked => [Some(Taking::Left), Some(Taking::Taken)],
                    settled => [Some(settled), None],
                };
                for (answer, step) in answers.iter_mut().zip(steps) {
                    let Some(step) = step else { continue };
                    let after = automaton.step(state, position, step);
                    if after.is_empty() {
                        continue;
                    }
                    *answer = match index.get(&after) {
                        Some(known) => *known,
                        None => {
                            let new = next.len();
                            next.push(after.clone());
                            total += after.len();
                            index.insert(after, new);
                            if total > MOST_STATES {
                                return Err(RuleFault::TooIntricate);
                            }
                            new
                        }
                    };
                }
                layer.push(answers);
            }
            layers.push(layer);
            states = next;
        }
        // Whatever lives after the last unit has all its checks settled.
        let mut below: Vec<NodeIndex> = vec![ONE; states.len()];
        for (position, layer) in layers.iter().enumerate().rev() {
            let node = |answer: usize| below.get(answer).copied().unwrap_or(NONE);
            below = layer
                .iter()
                .map(|[no, yes]| diagram.node(position, node(*no), node(*yes)))
                .collect();
        }
        diagram.root = below.first().copied().unwrap_or(NONE);
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
        let end = DiagramNode {
            unit: u32::MAX,
            no: NONE,
            yes: NONE,
        };
        usize::try_from(index)
            .ok()
            .and_then(|index| self.nodes.get(index))
            .copied()
            .unwrap_or(end)
    }

    /// The position asked about, or the number of units at an end.
    pub(super) fn unit_at(&self, index: NodeIndex) -> usize {
        if index <= ONE {
            self.units
        } else {
            usize::try_from(self.at(index).unit).unwrap_or(self.units)
        }
    }

    /// Whether this selection, as a whole, is valid. One step for each node on its path.
    pub(super) fn holds(&self, selection: &UnitSet) -> bool {
        let mut at = self.root;
        let mut met = 0;
        while at > ONE {
            let node = self.at(at);
            let taken = selection.contains(node.unit as usize);
            met += usize::from(taken);
            at = if taken { node.yes } else { node.no };
        }
        at == ONE && met == selection.len()
    }

    /// Whether some part of these units is valid. It walks only where these units lead, by taking first: whoever holds
    /// enough is answered soon, and whoever holds few has few nodes to see.
    pub(super) fn holds_part_of(&self, held: &UnitSet) -> bool {
        // Most who hold enough are answered by taking whatever leads on.
        let mut at = self.root;
        while at > ONE {
            let node = self.at(at);
            at = match held.contains(node.unit as usize) {
                true => node.yes,
                false => node.no,
            };
        }
        if at == ONE {
            return true;
        }
        let mut seen = vec![0_u64; self.nodes.len().div_ceil(64)];
        let mut waiting = vec![self.root];
        while let Some(index) = waiting.pop() {
            match index {
                NONE => continue,
                ONE => return true,
                _ => {}
            }
            let Some(word) = seen.get_mut(index as usize / 64) else {
                continue;
            };
            let bit = 1 << (index % 64);
            if *word & bit != 0 {
                continue;
            }
            *word |= bit;
            let node = self.at(index);
            waiting.push(node.no);
            if held.contains(node.unit as usize) {
                waiting.push(node.yes);
            }
        }
        false
    }

    /// One value for each node, from the ends up: what `join` makes of the node and the values of its two answers. The
    /// value of the whole diagram is answered.
    pub(super) fn fold<T: Clone>(&self, none: T, one: T, join: impl FnMut(DiagramNode, &T, &T) -> T) -> T {
        let values = self.fold_all(none.clone(), one, join);
        values.get(self.root as usize).cloned().unwrap_or(none)
    }

    /// The same with the values of all nodes.
    pub(super) fn fold_all<T: Clone>(
        &self,
        none: T,
        one: T,
        mut join: impl FnMut(DiagramNode, &T, &T) -> T,
    ) -> Vec<T> {
        let mut values: Vec<T> = Vec::with_capacity(self.nodes.len());
        values.push(none.clone());
        values.push(one);
        for node in self.nodes.iter().skip(2) {
            let value = match (values.get(node.no as usize), values.get(node.yes as usize)) {
                (Some(no), Some(yes)) => join(*node, no, yes),
                _ => none.clone(),
            };
            values.push(value);
        }
        values
    }
}
