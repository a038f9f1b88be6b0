//! Questions about all valid selections.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use super::chain::{At, Chain, Link};
use super::diagram::NodeIndex;

/// How many answers at single nodes are kept at a time.
const MOST_KEPT: usize = 1_000_000;

/// What is asked of the valid selections: an answer for none, one for the selection without units, and how answers are put
/// together. Selections are told apart by each unit in turn, so answers are sums over selections of products over units.
pub(super) trait Question {
    type Answer: Clone;

    /// The answer where there is no selection.
    fn none(&self) -> Self::Answer;

    /// The answer for the selection that takes nothing.
    fn one(&self) -> Self::Answer;

    /// The answer when a unit is taken as well.
    fn taken(&self, unit: usize, rest: &Self::Answer) -> Self::Answer;

    /// The answer when these units are left.
    fn left(&self, _units: Range<usize>, rest: &Self::Answer) -> Self::Answer {
        rest.clone()
    }

    /// The answer for the selections of one or another family that have none in common.
    fn either(&self, one: &Self::Answer, other: &Self::Answer) -> Self::Answer;

    /// The answer for every selection of one family together with every selection of another, of other units.
    fn both(&self, one: &Self::Answer, other: &Self::Answer) -> Self::Answer;
}

/// Answers at the nodes of a link, for one state before it.
type AtNodes<T> = HashMap<(u32, u32), Rc<[T]>>;

/// A question answered for the rest of the way from every place in a chain.
pub(super) struct Answers<'a, Q: Question> {
    pub(super) chain: &'a Chain,
    pub(super) question: Q,
    /// For each link and each state before it.
    starts: Vec<Vec<Q::Answer>>,
    /// For some links and states before them, the answers at the nodes.
    nodes: RefCell<AtNodes<Q::Answer>>,
}

impl<'a, Q: Question> Answers<'a, Q> {
    pub(super) fn work_out(chain: &'a Chain, question: Q) -> Self {
        let mut answers = Self {
            chain,
            starts: vec![Vec::new(); chain.links.len()],
            nodes: RefCell::default(),
            question,
        };
        for (index, link) in chain.links.iter().enumerate().rev() {
            let starts = match link.starts {
                1 => vec![answers.along(index, link)],
                _ => answers.across(index, link),
            };
            if let Some(place) = answers.starts.get_mut(index) {
                *place = starts;
            }
        }
        answers
    }

    /// The answer for all valid selections.
    pub(super) fn whole(&self) -> Q::Answer {
        self.start(0, 0)
    }

    /// The answer for the rest of the way from the unit that is asked about here.
    pub(super) fn rest(&self, at: At) -> Q::Answer {
        match at {
            At::None => self.question.none(),
            At::One => self.question.one(),
            At::Node { link, start, node } => {
                let nodes = self.nodes(link, start);
                let answer = nodes.get(node as usize).cloned();
                answer.unwrap_or_else(|| self.question.none())
            }
        }
    }

    fn nodes(&self, link: u32, start: u32) -> Rc<[Q::Answer]> {
        if let Some(known) = self.nodes.borrow().get(&(link, start)) {
            return Rc::clone(known);
        }
        let answers: Rc<[Q::Answer]> = match self.chain.links.get(link as usize) {
            Some(found) => self.at_nodes(link as usize, found, start).into(),
            None => Rc::from(Vec::new()),
        };
        let mut kept = self.nodes.borrow_mut();
        if kept.len().saturating_add(1).saturating_mul(answers.len()) > MOST_KEPT {
            kept.clear();
        }
        kept.insert((link, start), Rc::clone(&answers));
        answers
    }

    fn start(&self, link: usize, start: usize) -> Q::Answer {
        match self.starts.get(link) {
            // After the last unit.
            None => self.question.one(),
            Some(starts) => starts.get(start).cloned().unwrap_or_else(|| self.question.none()),
        }
    }

    fn after(&self, index: usize, link: &Link, start: u32, end: NodeIndex) -> Q::Answer {
        match link.next(start, end) {
            Some(next) => self.start(index + 1, next as usize),
            None => self.question.none(),
        }
    }

    /// The answers at all nodes of a link, for one state before it.
    fn at_nodes(&self, index: usize, link: &Link, start: u32) -> Vec<Q::Answer> {
        let diagram = &link.diagram;
        let mut answers: Vec<Q::Answer> = Vec::with_capacity(diagram.len());
        answers.extend((0..diagram.ends).map(|end| self.after(index, link, start, end)));
        for (_, node) in diagram.questions() {
            let unit = node.unit as usize;
            let rest = |to: NodeIndex| {
                let between = unit + 1..diagram.unit_at(to);
                answers
                    .get(to as usize)
                    .map(|rest| self.question.left(between, rest))
            };
            let left = rest(node.no).map(|rest| self.question.left(unit..unit + 1, &rest));
            let taken = rest(node.yes).map(|rest| self.question.taken(unit, &rest));
            let answer = left
                .zip(taken)
                .map(|(left, taken)| self.question.either(&left, &taken));
            answers.push(answer.unwrap_or_else(|| self.question.none()));
        }
        answers
    }

    /// The answer from the only state before a link, node by node.
    fn along(&self, index: usize, link: &Link) -> Q::Answer {
        let answers = self.at_nodes(index, link, 0);
        let diagram = &link.diagram;
        let root = answers.get(diagram.root as usize);
        let before = diagram.units.start..diagram.unit_at(diagram.root);
        let answer = root.map(|rest| self.question.left(before, rest));
        let key = (u32::try_from(index).unwrap_or(u32::MAX), 0);
        self.nodes.borrow_mut().insert(key, answers.into());
        answer.unwrap_or_else(|| self.question.none())
    }

    /// The answers from all states before a link: the link's own answer for each of its ends, together with what follows.
    fn across(&self, index: usize, link: &Link) -> Vec<Q::Answer> {
        let ends = self.to_ends(link);
        let states = 0..u32::try_from(link.starts).unwrap_or(u32::MAX);
        let answer = |start: u32| {
            let mut whole = self.question.none();
            for (end, own) in (0..).zip(&ends) {
                let Some(own) = own else { continue };
                if let Some(next) = link.next(start, end) {
                    let both = self.question.both(own, &self.start(index + 1, next as usize));
                    whole = self.question.either(&whole, &both);
                }
            }
            whole
        };
        states.map(answer).collect()
    }

    /// The answer for the ways through a link to each of its ends.
    fn to_ends(&self, link: &Link) -> Vec<Option<Q::Answer>> {
        let diagram = &link.diagram;
        let question = &self.question;
        let mut found: Vec<Option<Q::Answer>> = vec![None; diagram.len()];
        let before = diagram.units.start..diagram.unit_at(diagram.root);
        if let Some(root) = found.get_mut(diagram.root as usize) {
            *root = Some(question.left(before, &question.one()));
        }
        for (node, asked) in diagram.questions().rev() {
            let Some(so_far) = found.get(node).cloned().flatten() else {
                continue;
            };
            let unit = asked.unit as usize;
            let ways = [
                (asked.no, question.left(unit..unit + 1, &so_far)),
                (asked.yes, question.taken(unit, &so_far)),
            ];
            for (to, way) in ways {
                let way = question.left(unit + 1..diagram.unit_at(to), &way);
                if let Some(there) = found.get_mut(to as usize) {
                    *there = Some(match there {
                        Some(other) => question.either(other, &way),
                        None => way,
                    });
                }
            }
        }
        found.truncate(diagram.ends as usize);
        if let Some(none) = found.first_mut() {
            *none = None;
        }
        found
    }
}
