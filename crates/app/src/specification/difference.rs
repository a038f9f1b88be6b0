//! What changed between two versions of a syllabus, with the changed words marked (practice, section 2.4).

use super::view::list_visible;
use super::{SpecificationRow, require};
use crate::{App, Asking, Failure};
use assay_domain::id::SpecificationId;
use assay_formats::difference::{ChangeKind, Telling, difference};
use assay_specification::difference::{Changed, Difference, Fate};
use assay_store::Tx;

/// What happened to a stretch of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    Same,
    Removed,
    Added,
}

/// A stretch of words.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[schema(as = MarkedWords)]
pub struct Stretch {
    pub mark: Mark,
    pub text: String,
}

/// What happened to a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Happened {
    Added,
    Removed,
    Changed,
}

impl From<Fate> for Happened {
    fn from(fate: Fate) -> Self {
        match fate {
            Fate::Added => Happened::Added,
            Fate::Removed => Happened::Removed,
            Fate::Changed => Happened::Changed,
        }
    }
}

/// A value, outcome or criterion that differs.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ChangeSeen {
    pub name: String,
    pub happened: Happened,
    /// In reading order.
    pub words: Vec<Stretch>,
}

/// A qualification or unit that differs.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ThingChanged {
    /// Code or number.
    pub name: String,
    pub title: String,
    pub happened: Happened,
    pub changes: Vec<ChangeSeen>,
}

/// What is different in a version from another one.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct DifferenceSeen {
    pub before: SpecificationRow,
    pub after: SpecificationRow,
    /// Every version of the same syllabus that the caller may see, the newest first; this one is not among them.
    pub others: Vec<SpecificationRow>,
    pub document: Vec<ChangeSeen>,
    pub qualifications: Vec<ThingChanged>,
    pub units: Vec<ThingChanged>,
}

impl DifferenceSeen {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.document.is_empty() && self.qualifications.is_empty() && self.units.is_empty()
    }
}

/// The versions of the same syllabus that the caller may see, the newest first, without this one.
///
/// # Errors
/// `SignInNeeded`; `NotFound`; a fault when the store fails.
pub fn list_versions(
    asking: &mut Asking<'_, '_>,
    id: &SpecificationId,
) -> Result<Vec<SpecificationRow>, Failure> {
    let own = asking.app.specification(asking.tx, id)?;
    let mut versions = Vec::new();
    for row in list_visible(asking)? {
        if row.id != *id && is_same(asking.app, asking.tx, &own, &row.id)? {
            versions.push(row);
        }
    }
    Ok(versions)
}

fn is_same(
    app: &App,
    tx: &mut Tx<'_>,
    own: &assay_specification::Specification,
    other: &SpecificationId,
) -> Result<bool, Failure> {
    Ok(app.specification(tx, other)?.is_same_syllabus(own))
}

/// What is different in a version, from the one named, else from the newest published before it, else from the newest.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when either is not there or not for the caller to see, or there is no other version.
pub fn see(
    asking: &mut Asking<'_, '_>,
    id: &SpecificationId,
    from: Option<&SpecificationId>,
) -> Result<DifferenceSeen, Failure> {
    let after = require(asking.tx, id)?;
    if !list_visible(asking)?.iter().any(|row| row.id == *id) {
        return Err(Failure::NotFound);
    }
    let others = list_versions(asking, id)?;
    let before = match from {
        Some(from) => others.iter().find(|row| row.id == *from),
        None => others
            .iter()
            .find(|row| row.is_published() && row.drafted_at <= after.drafted_at)
            .or(others.first()),
    };
    let before = before.cloned().ok_or(Failure::NotFound)?;
    let earlier = asking.app.specification(asking.tx, &before.id)?;
    let later = asking.app.specification(asking.tx, id)?;
    let Difference {
        document,
        qualifications,
        units,
    } = earlier.difference(&later);
    Ok(DifferenceSeen {
        document: document.into_iter().map(value).collect(),
        qualifications: qualifications.into_iter().map(thing).collect(),
        units: units.into_iter().map(thing).collect(),
        before,
        after,
        others,
    })
}

fn value(change: assay_specification::difference::ValueChange) -> ChangeSeen {
    let words = if change.words {
        marked(&change.before, &change.after)
    } else {
        whole(change.before, change.after)
    };
    ChangeSeen {
        name: change.name.to_owned(),
        happened: Happened::Changed,
        words,
    }
}

fn thing(changed: Changed) -> ThingChanged {
    let statements = changed.statements.into_iter().map(|change| ChangeSeen {
        name: change.name,
        happened: change.fate.into(),
        words: marked(&change.before, &change.after),
    });
    ThingChanged {
        name: changed.name,
        title: changed.title,
        happened: changed.fate.into(),
        changes: changed.values.into_iter().map(value).chain(statements).collect(),
    }
}

fn whole(before: String, after: String) -> Vec<Stretch> {
    [(Mark::Removed, before), (Mark::Added, after)]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(mark, text)| Stretch { mark, text })
        .collect()
}

fn marked(before: &str, after: &str) -> Vec<Stretch> {
    let telling = Telling {
        context: usize::MAX / 4,
        ..Telling::default()
    };
    difference(before, after, telling)
        .into_iter()
        .filter_map(|change| {
            let mark = match change.kind {
                ChangeKind::Same => Mark::Same,
                ChangeKind::Removed => Mark::Removed,
                ChangeKind::Added => Mark::Added,
                ChangeKind::Folded { .. } => return None,
            };
            Some(Stretch {
                mark,
                text: change.text,
            })
        })
        .collect()
}
