//! What each item of a package stands for: by its type where it says one that is known, else by its place in the tree.

use std::collections::{BTreeMap, BTreeSet};

use super::package::text;
use super::tree::{Findings, Tree, shown};
use super::{ItemKind, codes};

/// What an item was taken for, with the unit and outcome above it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Placed {
    /// Nothing for an item that only holds others together.
    pub(super) kind: Option<ItemKind>,
    /// The unit that it belongs to, itself included.
    pub(super) unit: Option<usize>,
    /// The outcome that it belongs to, itself included.
    pub(super) outcome: Option<usize>,
    /// Whether it is a criterion or stands below one.
    in_criterion: bool,
}

/// What each item was taken for, and the items from above.
pub(super) fn place(tree: &Tree<'_>, findings: &mut Findings) -> (Vec<Placed>, Vec<usize>) {
    let order = tree.downwards();
    let height = heights(tree, &order);
    let said: Vec<Option<ItemKind>> = tree
        .items
        .iter()
        .map(|(_, item)| ItemKind::of_title(text(item, "CFItemType")?))
        .collect();
    let units_said = said.contains(&Some(ItemKind::Unit));
    let holds_unit = holds(tree, &order, &said);
    let mut placed = vec![Placed::default(); tree.items.len()];
    let mut strange: BTreeMap<&str, (usize, BTreeSet<&'static str>)> = BTreeMap::new();
    for (node, above) in &order {
        let above = above
            .and_then(|above| placed.get(above))
            .copied()
            .unwrap_or_default();
        let Some((index, item)) = tree.items.get(*node) else {
            continue;
        };
        let height = height.get(*node).copied().unwrap_or_default();
        let kind = match said.get(*node).copied().flatten() {
            Some(kind) => Some(kind),
            None => {
                let kind = match (above.unit.is_some(), above.outcome.is_some()) {
                    (true, true) if above.in_criterion => None,
                    (true, true) => Some(ItemKind::Criterion),
                    (true, false) => Some(ItemKind::Outcome),
                    // Where units say so themselves, what stands above or beside them is no unit.
                    _ if units_said => None,
                    _ if height <= 2 => Some(ItemKind::Unit),
                    _ => None,
                };
                if let Some(kind) = kind {
                    let name = text(item, "CFItemType").unwrap_or_default();
                    let (_, kinds) = strange.entry(name).or_insert((*index, BTreeSet::new()));
                    kinds.insert(kind.title());
                }
                kind
            }
        };
        let fits = match kind {
            Some(ItemKind::Qualification | ItemKind::Unit) => above.unit.is_none(),
            Some(ItemKind::Outcome) => above.unit.is_some() && above.outcome.is_none(),
            Some(ItemKind::Criterion) => above.unit.is_some() && !above.in_criterion,
            None => {
                holds_unit.get(*node).copied().unwrap_or_default() || (!units_said && above.unit.is_none())
            }
        };
        if !fits {
            let what = kind.map_or("an item of an unknown type", |kind| kind.title());
            let statement: String = text(item, "fullStatement")
                .unwrap_or_default()
                .chars()
                .take(80)
                .collect();
            findings.add(
                &codes::NOT_PLACED,
                &format!("/CFItems/{index}"),
                &shown(item),
                format!("{what} cannot stand here, so \"{statement}\" was left out"),
                "Put it below a unit (outcomes) or an outcome (criteria), or give it its type in CFItemType.",
            );
        }
        let here = Placed {
            kind: kind.filter(|_| fits),
            unit: if fits && kind == Some(ItemKind::Unit) {
                Some(*node)
            } else {
                above.unit
            },
            outcome: if fits && kind == Some(ItemKind::Outcome) {
                Some(*node)
            } else {
                above.outcome
            },
            in_criterion: above.in_criterion || (fits && kind == Some(ItemKind::Criterion)),
        };
        if let Some(place) = placed.get_mut(*node) {
            *place = here;
        }
    }
    for (name, (index, kinds)) in strange {
        let name = if name.is_empty() {
            "no type".to_owned()
        } else {
            format!("the type \"{name}\"")
        };
        let kinds: Vec<&str> = kinds.into_iter().collect();
        findings.add(
            &codes::ITEM_TYPE,
            &format!("/CFItems/{index}/CFItemType"),
            "package",
            format!("items of {name} were taken, by their place, for: {}", kinds.join(", ")),
            "Look through the structure; set CFItemType to Unit, Learning Outcome and Assessment Criterion to be certain.",
        );
    }
    (placed, order.into_iter().map(|(node, _)| node).collect())
}

/// How many levels of items stand below each item.
fn heights(tree: &Tree<'_>, order: &[(usize, Option<usize>)]) -> Vec<usize> {
    let mut heights = vec![0; tree.items.len()];
    // From below: each item comes after the one above it, so going backwards meets children first.
    for (node, above) in order.iter().rev() {
        let own = heights.get(*node).copied().unwrap_or_default();
        if let Some(place) = above.and_then(|above| heights.get_mut(above)) {
            *place = (*place).max(own + 1);
        }
    }
    heights
}

/// Whether a unit or qualification stands below each item.
fn holds(tree: &Tree<'_>, order: &[(usize, Option<usize>)], said: &[Option<ItemKind>]) -> Vec<bool> {
    let mut holds = vec![false; tree.items.len()];
    for (node, above) in order.iter().rev() {
        let own = holds.get(*node).copied().unwrap_or_default()
            || matches!(
                said.get(*node),
                Some(Some(ItemKind::Unit | ItemKind::Qualification))
            );
        if let Some(place) = above.and_then(|above| holds.get_mut(above)) {
            *place |= own;
        }
    }
    holds
}
