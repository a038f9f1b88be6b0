//! The home page: what waits for the person, overdue and oldest first, kind by kind.

use crate::message::{Tag, due};
use crate::{Shell, format};
use askama::Template;
use assay_app::work::{MOST, WorkItem};
use jiff::civil::Date;

/// What waits for somebody.
#[derive(Debug, Template)]
#[template(path = "home/home.html")]
pub struct HomePage {
    pub shell: Shell,
    /// The person's name.
    pub name: String,
    pub today: Date,
    /// Oldest first.
    pub items: Vec<WorkItem>,
}

/// Items of one kind that are shown at once; the rest unfolds, so that a long kind does not push away the next.
const OPEN: usize = 8;

/// Items of one kind.
struct Group<'a> {
    kind: &'a str,
    items: Vec<&'a WorkItem>,
}

impl<'a> Group<'a> {
    /// All of them when the rest would be one or two.
    fn at_once(&self) -> usize {
        if self.items.len() <= OPEN + 2 {
            self.items.len()
        } else {
            OPEN
        }
    }

    fn first(&self) -> &[&'a WorkItem] {
        self.items.get(..self.at_once()).unwrap_or_default()
    }

    fn rest(&self) -> &[&'a WorkItem] {
        self.items.get(self.at_once()..).unwrap_or_default()
    }

    /// Whether there may be more than were looked up.
    fn is_cut(&self) -> bool {
        u32::try_from(self.items.len()).is_ok_and(|count| count >= MOST)
    }

    fn count(&self) -> String {
        format!("{}{}", self.items.len(), if self.is_cut() { "+" } else { "" })
    }

    fn further(&self) -> String {
        let next = format!("The next {}", self.rest().len());
        if self.is_cut() {
            format!("{next}; there may be more")
        } else {
            next
        }
    }
}

impl HomePage {
    /// Kinds in the order of their oldest item.
    fn groups(&self) -> Vec<Group<'_>> {
        let mut groups: Vec<Group<'_>> = Vec::new();
        for item in &self.items {
            match groups.iter_mut().find(|group| group.kind == item.kind) {
                Some(group) => group.items.push(item),
                None => groups.push(Group {
                    kind: &item.kind,
                    items: vec![item],
                }),
            }
        }
        groups
    }

    fn due(&self, item: &WorkItem) -> Option<Tag> {
        let on = item.due_on?;
        let days = self.today.until(on).map_or(0, |span| i64::from(span.get_days()));
        Some(due(on, days))
    }

    /// The day since which it waits, where no more is known.
    fn since_day(&self, item: &WorkItem) -> Option<Date> {
        item.since.strip_suffix("T00:00:00.000Z")?.parse().ok()
    }

    fn lead(&self) -> String {
        let cut = self.groups().iter().any(Group::is_cut);
        match self.items.len() {
            0 => "Nothing waits for you.".to_owned(),
            count if cut => format!("{count} things and more wait for you."),
            count => format!("{} for you.", format::plural(count, "thing waits", "things wait")),
        }
    }
}
