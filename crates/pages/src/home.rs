//! The home page: what waits for the person, oldest first, kind by kind.

use crate::message::{Tag, due};
use crate::{Shell, format};
use askama::Template;
use assay_app::work::WorkItem;
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

/// Items of one kind.
struct Group<'a> {
    kind: &'a str,
    items: Vec<&'a WorkItem>,
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

    fn lead(&self) -> String {
        match self.items.len() {
            0 => "Nothing waits for you.".to_owned(),
            count => format!("{} for you.", format::plural(count, "thing waits", "things wait")),
        }
    }
}
