//! What waits for a person: the home page of every role.
//!
//! Each noun has a provider in a file of its own under `work/`, which looks at the person's roles and answers the items
//! that wait for them. To add one: a file with `pub(super) fn items(asking) -> Result<Vec<WorkItem>, Failure>` and a line
//! in [`PROVIDERS`].

pub mod award;
pub mod evidence;
pub mod external_assessment;
pub mod judgement;
pub mod people;
pub mod registration;
pub mod specification;
pub mod verification;

use crate::{Asking, Failure};
use jiff::civil::Date;

/// How pressing an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// Nothing presses.
    Normal,
    /// Due within a week.
    Soon,
    /// Past its date.
    Overdue,
}

/// One thing that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct WorkItem {
    /// What kind of work it is, as a heading: `To mark`. Items of one kind stand together.
    pub kind: String,
    /// What it is, in a few words: `7020V1, first attempt`.
    pub title: String,
    /// Whom or what it is about: `Amira Khan`.
    pub subject: String,
    /// Where it is done.
    pub href: String,
    /// Since when it waits, as a UTC instant.
    pub since: String,
    /// When it is due, if there is a date.
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<Date>,
    pub urgency: Urgency,
}

impl WorkItem {
    /// An item; its urgency follows from its date.
    pub fn new(
        kind: impl Into<String>,
        title: impl Into<String>,
        subject: impl Into<String>,
        href: impl Into<String>,
        since: impl Into<String>,
    ) -> Self {
        WorkItem {
            kind: kind.into(),
            title: title.into(),
            subject: subject.into(),
            href: href.into(),
            since: since.into(),
            due_on: None,
            urgency: Urgency::Normal,
        }
    }

    /// The same item with the day by which it is due.
    pub fn due(mut self, on: Date, today: Date) -> Self {
        let days = today.until(on).map_or(0, |span| span.get_days());
        self.due_on = Some(on);
        self.urgency = match days {
            ..0 => Urgency::Overdue,
            0..=7 => Urgency::Soon,
            _ => Urgency::Normal,
        };
        self
    }
}

/// A noun's provider.
pub type Provider = fn(&mut Asking<'_, '_>) -> Result<Vec<WorkItem>, Failure>;

/// One line per noun, in the order of the journey.
#[rustfmt::skip]
pub const PROVIDERS: &[Provider] = &[
    specification::items,
    registration::items,
    evidence::items,
    people::items,
    judgement::items,
    verification::items,
    external_assessment::items,
    award::items,
];

/// How many items of one kind a provider answers at most; the page of the kind lists them all. A home page is to be quick,
/// and nobody does more than that before looking again.
pub const MOST: u32 = 25;

/// Everything that waits for the caller: what is overdue, then the rest, each oldest first.
///
/// # Errors
/// `SignInNeeded`.
pub fn work_list(asking: &mut Asking<'_, '_>) -> Result<Vec<WorkItem>, Failure> {
    asking.actor()?;
    let mut items = Vec::new();
    for provider in PROVIDERS {
        items.extend(provider(asking)?);
    }
    // Of equally old ones the order of the providers stays, which is that of the journey.
    items.sort_by(|a, b| {
        let overdue = |item: &WorkItem| item.urgency == Urgency::Overdue;
        overdue(b).cmp(&overdue(a)).then_with(|| a.since.cmp(&b.since))
    });
    Ok(items)
}
