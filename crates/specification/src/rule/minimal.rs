//! The minimal selections of a rule that is not plain (see `spare`): those from which no unit can be left out.
//!
//! First all selections that contain a valid one are worked out, which is the same as those that an award is made for.
//! They are kept as a binary decision diagram, in which a unit that is not asked about may be taken or not; for such
//! families, that is far smaller than the zero-suppressed kind. A selection is minimal when an award is made for it and
//! for no smaller one; with the larger families at hand that is a plain question about single selections, and each
//! step looks at pairs of nodes that belong together and at no others.

use std::collections::HashMap;

use super::diagram::{Diagram, DiagramNode, NONE, NodeIndex, ONE};

/// How many answers may be kept on the way. Enough for any rule seen in use; some rules with hundreds of units and many
/// limits would need minutes.
const MOST_ANSWERS: usize = 1_000_000;

/// The diagram of all selections of which no other selection is a part. None when it would take too long.
pub(super) fn minimal(diagram: &Diagram) -> Option<Diagram> {
    let mut work = Work {
        larger: Larger::new(),
        minimal: Diagram::empty(diagram.units.clone()),
        ..Work::default()
    };
    let larger = work.larger_than(diagram)?;
    let root = work.minimal_of(larger)?;
    let mut minimal = work.minimal;
    minimal.root = root;
    Some(minimal)
}

/// No selection, and every selection.
const NEVER: NodeIndex = 0;
const ALWAYS: NodeIndex = 1;

/// A binary decision diagram of families to which every larger selection belongs too.
#[derive(Default)]
struct Larger {
    nodes: Vec<DiagramNode>,
    known: HashMap<DiagramNode, NodeIndex>,
}

impl Larger {
    fn new() -> Self {
        let end = DiagramNode {
            unit: u32::MAX,
            no: NEVER,
            yes: NEVER,
        };
        Self {
            nodes: vec![end, end],
            known: HashMap::new(),
        }
    }

    fn at(&self, index: NodeIndex) -> DiagramNode {
        let end = DiagramNode {
            unit: u32::MAX,
            no: NEVER,
            yes: NEVER,
        };
        self.nodes.get(index as usize).copied().unwrap_or(end)
    }

    fn node(&mut self, unit: u32, no: NodeIndex, yes: NodeIndex) -> NodeIndex {
        if no == yes {
            return no;
        }
        let node = DiagramNode { unit, no, yes };
        if let Some(known) = self.known.get(&node) {
            return *known;
        }
        let index = NodeIndex::try_from(self.nodes.len()).unwrap_or(NodeIndex::MAX);
        self.nodes.push(node);
        self.known.insert(node, index);
        index
    }
}

#[derive(Default)]
struct Work {
    larger: Larger,
    minimal: Diagram,
    either: HashMap<(NodeIndex, NodeIndex), NodeIndex>,
    minimal_of: HashMap<NodeIndex, NodeIndex>,
    outside: HashMap<(NodeIndex, NodeIndex), NodeIndex>,
}

// The recursions go down one unit at a time, so no deeper than MOST_UNITS.
impl Work {
    /// All selections that contain one of the diagram's.
    fn larger_than(&mut self, diagram: &Diagram) -> Option<NodeIndex> {
        diagram.fold(Some(NEVER), Some(ALWAYS), |node, no, yes| {
            let (no, yes) = ((*no)?, (*yes)?);
            let with = self.either(no, yes)?;
            Some(self.larger.node(node.unit, no, with))
        })
    }

    /// The selections of either family.
    fn either(&mut self, one: NodeIndex, other: NodeIndex) -> Option<NodeIndex> {
        match (one, other) {
            (NEVER, family) | (family, NEVER) => return Some(family),
            (ALWAYS, _) | (_, ALWAYS) => return Some(ALWAYS),
            _ if one == other => return Some(one),
            _ => {}
        }
        let pair = (one.min(other), one.max(other));
        if let Some(known) = self.either.get(&pair) {
            return Some(*known);
        }
        self.go_on()?;
        let (a, b) = (self.larger.at(one), self.larger.at(other));
        let unit = a.unit.min(b.unit);
        let below = |node: DiagramNode, whole: NodeIndex| {
            if node.unit == unit {
                (node.no, node.yes)
            } else {
                (whole, whole)
            }
        };
        let ((a_no, a_yes), (b_no, b_yes)) = (below(a, one), below(b, other));
        let no = self.either(a_no, b_no)?;
        let yes = self.either(a_yes, b_yes)?;
        let answer = self.larger.node(unit, no, yes);
        self.either.insert(pair, answer);
        Some(answer)
    }

    fn minimal_of(&mut self, family: NodeIndex) -> Option<NodeIndex> {
        match family {
            NEVER => return Some(NONE),
            // The empty selection is part of every other.
            ALWAYS => return Some(ONE),
            _ => {}
        }
        if let Some(known) = self.minimal_of.get(&family) {
            return Some(*known);
        }
        self.go_on()?;
        let node = self.larger.at(family);
        let without = self.minimal_of(node.no)?;
        let with = self.minimal_of(node.yes)?;
        let with = self.outside(with, node.no)?;
        let answer = self.minimal.node(node.unit as usize, without, with);
        self.minimal_of.insert(family, answer);
        Some(answer)
    }

    /// The selections of the first family, zero-suppressed, that do not belong to the second.
    fn outside(&mut self, selections: NodeIndex, family: NodeIndex) -> Option<NodeIndex> {
        match (selections, family) {
            (NONE, _) | (_, ALWAYS) => return Some(NONE),
            (_, NEVER) => return Some(selections),
            _ => {}
        }
        if let Some(known) = self.outside.get(&(selections, family)) {
            return Some(*known);
        }
        self.go_on()?;
        let (own, other) = (self.minimal.at(selections), self.larger.at(family));
        let answer = if other.unit < own.unit {
            // None of the selections takes that unit.
            self.outside(selections, other.no)?
        } else {
            let (no, yes) = if own.unit == other.unit {
                (other.no, other.yes)
            } else {
                (family, family)
            };
            let without = self.outside(own.no, no)?;
            let with = self.outside(own.yes, yes)?;
            self.minimal.node(own.unit as usize, without, with)
        };
        self.outside.insert((selections, family), answer);
        Some(answer)
    }

    fn go_on(&self) -> Option<()> {
        (self.either.len() + self.outside.len() + self.minimal_of.len() <= MOST_ANSWERS).then_some(())
    }
}
