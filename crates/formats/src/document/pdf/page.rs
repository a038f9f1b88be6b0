//! The pages of a PDF, found without trusting its page tree.

use std::collections::BTreeSet;

use pdf_extract::{Dictionary, Document, Object, ObjectId};

use crate::limits::Limits;
use crate::refusal::ReadRefusal;

use super::{WHAT, dictionary, number};

/// A page's object identifier and what it inherits from the page tree.
#[derive(Debug, Clone)]
pub(super) struct PageOf {
    pub(super) id: ObjectId,
    pub(super) resources: Option<Dictionary>,
    /// Quarter turns clockwise at which the page is shown.
    pub(super) turns: u8,
    /// Lower left and upper right corner.
    pub(super) media_box: [f32; 4],
}

/// The pages in order.
///
/// Refuses, when: there are more pages than the limit.
pub(super) fn list(document: &Document, limits: &Limits) -> Result<Vec<PageOf>, ReadRefusal> {
    let Some(root) = document
        .catalog()
        .ok()
        .and_then(|c| c.get(b"Pages").ok())
        .and_then(|p| p.as_reference().ok())
    else {
        return Ok(Vec::new());
    };
    let mut walk = Walk {
        document,
        limits,
        pages: Vec::new(),
        above: BTreeSet::new(),
        visits: 0,
    };
    let inherited = PageOf {
        id: root,
        resources: None,
        turns: 0,
        // A4, for pages that do not say.
        media_box: [0.0, 0.0, 595.0, 842.0],
    };
    walk.node(root, &inherited, 0)?;
    Ok(walk.pages)
}

struct Walk<'a> {
    document: &'a Document,
    limits: &'a Limits,
    pages: Vec<PageOf>,
    /// The nodes above, which a tree cannot hold again below.
    above: BTreeSet<ObjectId>,
    visits: usize,
}

impl Walk<'_> {
    fn node(&mut self, id: ObjectId, inherited: &PageOf, depth: usize) -> Result<(), ReadRefusal> {
        self.visits += 1;
        if depth > self.limits.depth
            || self.visits > self.limits.pages.saturating_mul(10)
            || self.above.contains(&id)
        {
            return Ok(());
        }
        let Ok(node) = self.document.get_dictionary(id) else {
            return Ok(());
        };
        let mut here = inherited.clone();
        here.id = id;
        if let Some(resources) = dictionary(self.document, node, b"Resources") {
            here.resources = Some(resources.clone());
        }
        if let Some(turn) = node
            .get_deref(b"Rotate", self.document)
            .ok()
            .and_then(|r| r.as_i64().ok())
        {
            here.turns = u8::try_from((turn / 90).rem_euclid(4)).unwrap_or(0);
        }
        if let Some(corners) = box_of(self.document, node, b"MediaBox") {
            here.media_box = corners;
        }
        let kids = node.get_deref(b"Kids", self.document).and_then(Object::as_array);
        match kids {
            Ok(kids) => {
                self.above.insert(id);
                for kid in kids.iter().filter_map(|k| k.as_reference().ok()) {
                    self.node(kid, &here, depth + 1)?;
                }
                self.above.remove(&id);
            }
            Err(_) if node.get_type().is_ok_and(|t| t == b"Pages") => {}
            Err(_) => {
                if self.pages.len() >= self.limits.pages {
                    return Err(ReadRefusal::too_many(
                        WHAT,
                        &format!("more than {} pages", self.limits.pages),
                    ));
                }
                self.pages.push(here);
            }
        }
        Ok(())
    }
}

/// A rectangle, its corners put in order.
pub(super) fn box_of(document: &Document, within: &Dictionary, key: &[u8]) -> Option<[f32; 4]> {
    let corners = within.get_deref(key, document).ok()?.as_array().ok()?;
    let numbers: Vec<f32> = corners
        .iter()
        .filter_map(|c| document.dereference(c).ok().and_then(|(_, c)| number(c)))
        .collect();
    let [a, b, c, d]: [f32; 4] = numbers.try_into().ok()?;
    Some([a.min(c), b.min(d), a.max(c), b.max(d)])
}
