//! Ways through pages: tabs, numbered pages of a list, steps of a task, the story of what has happened.

use askama::Template;

use crate::format;
use crate::message::Tone;

/// Tabs that are links; each opens its own page. Shown as `{{ tabs }}`.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "components/tabs.html")]
pub struct Tabs {
    /// What the tabs are about, for screen readers.
    pub label: String,
    /// The tabs.
    pub items: Vec<Tab>,
}

impl askama::filters::HtmlSafe for Tabs {}

/// One tab.
#[derive(Debug, Clone, Default)]
pub struct Tab {
    /// The words.
    pub label: String,
    /// The address.
    pub href: String,
    /// Whether it is the one shown.
    pub current: bool,
    /// How many things are behind it.
    pub count: Option<u64>,
}

impl Tabs {
    /// No tabs yet.
    pub fn new(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            items: Vec::new(),
        }
    }

    /// The same with one more tab; it is the current one when `href` is `here`.
    pub fn tab(mut self, href: &str, label: &str, here: &str) -> Self {
        self.items.push(Tab {
            label: label.to_owned(),
            href: href.to_owned(),
            current: href == here,
            count: None,
        });
        self
    }

    /// The same, the last tab with a count.
    pub fn count(mut self, count: u64) -> Self {
        if let Some(last) = self.items.last_mut() {
            last.count = Some(count);
        }
        self
    }
}

/// The numbered pages of a list: `{{ pages }}`. Shows only the count when all fits on one page.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "components/pages.html")]
pub struct Pages {
    /// The address without `page`, ending in `?` or `&`.
    base: String,
    /// The page shown, from 1.
    page: u64,
    /// Rows on a page.
    size: u64,
    /// Rows in all.
    total: u64,
    /// What is listed, singular and plural.
    nouns: (String, String),
}

impl askama::filters::HtmlSafe for Pages {}

impl Pages {
    /// Pages of a list. `query` is the page's query without `page`, e.g. `q=okafor&sort=name`; `page` counts from 1.
    pub fn new(path: &str, query: &str, page: u64, size: u64, total: u64) -> Self {
        let joint = if query.is_empty() { "" } else { "&" };
        Self {
            base: format!("{path}?{query}{joint}"),
            page: page.max(1),
            size: size.max(1),
            total,
            nouns: ("result".to_owned(), "results".to_owned()),
        }
    }

    /// The same with the words for what is listed, e.g. `learner`, `learners`.
    pub fn of(mut self, one: &str, many: &str) -> Self {
        self.nouns = (one.to_owned(), many.to_owned());
        self
    }

    fn last(&self) -> u64 {
        self.total.div_ceil(self.size).max(1)
    }

    fn words(&self) -> String {
        let (one, many) = &self.nouns;
        if self.total <= self.size {
            return format::plural(self.total, one, many);
        }
        let first = (self.page - 1) * self.size + 1;
        let last = (self.page * self.size).min(self.total);
        format!(
            "{} to {} of {}",
            format::number(first),
            format::number(last),
            format::plural(self.total, one, many)
        )
    }

    /// The numbers to show: first, last, and those around the present one; 0 stands for a gap.
    fn shown(&self) -> Vec<u64> {
        let last = self.last();
        let mut shown = Vec::new();
        for number in 1..=last {
            if number == 1 || number == last || number.abs_diff(self.page) <= 1 {
                shown.push(number);
            } else if shown.last() != Some(&0) {
                shown.push(0);
            }
        }
        shown
    }

    fn is_gap(&self, number: &u64) -> bool {
        *number == 0
    }

    /// Ends of the list, left out on a phone.
    fn is_far(&self, number: &u64) -> bool {
        number.abs_diff(self.page) > 1
    }

    fn is_shown(&self, number: &u64) -> bool {
        *number == self.page
    }

    fn has_earlier(&self) -> bool {
        self.page > 1
    }

    fn has_later(&self) -> bool {
        self.page < self.last()
    }
}

/// The steps of a task that takes several pages: `{{ steps }}`.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "components/steps.html")]
pub struct Steps {
    /// The names of the steps.
    pub names: Vec<String>,
    /// The present step, from 0; all before it are done.
    pub present: usize,
}

impl askama::filters::HtmlSafe for Steps {}

impl Steps {
    /// Steps, the present one counted from 0.
    pub fn new<T: Into<String>>(names: impl IntoIterator<Item = T>, present: usize) -> Self {
        Self {
            names: names.into_iter().map(Into::into).collect(),
            present,
        }
    }

    fn is_done(&self, at: &usize) -> bool {
        *at < self.present
    }

    fn is_present(&self, at: &usize) -> bool {
        *at == self.present
    }
}

/// What has happened, newest or oldest first as the page decides: `{{ timeline }}`. Also the audit trail.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "components/timeline.html")]
pub struct Timeline {
    /// The events.
    pub items: Vec<Event>,
}

impl askama::filters::HtmlSafe for Timeline {}

/// One event.
#[derive(Debug, Clone, Default)]
pub struct Event {
    /// What happened, in the past tense.
    pub what: String,
    /// Who did it; empty when nobody in particular.
    pub who: String,
    /// The instant for machines.
    pub at: String,
    /// The instant for people.
    pub when: String,
    /// More about it: the reason given, the version it was done on.
    pub more: String,
    /// Where the matter can be seen.
    pub href: Option<String>,
    /// Its manner.
    pub tone: Tone,
}

impl Event {
    /// An event; `when` is [`crate::Shell::when`].
    pub fn new(what: impl Into<String>, who: impl Into<String>, when: crate::shell::When) -> Self {
        Self {
            what: what.into(),
            who: who.into(),
            at: when.machine,
            when: when.words,
            ..Self::default()
        }
    }

    /// The same event with more about it.
    pub fn more(mut self, more: impl Into<String>) -> Self {
        self.more = more.into();
        self
    }

    /// The same event with its manner.
    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// The same event with a link.
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_shows_its_ends_and_the_pages_around() {
        let pages = Pages::new("/learners", "q=a", 6, 25, 500).of("learner", "learners");
        assert_eq!(pages.shown(), [1, 0, 5, 6, 7, 0, 20]);
        assert_eq!(pages.words(), "126 to 150 of 500 learners");
        assert!(pages.to_string().contains("/learners?q=a&#38;page=7"));
    }

    #[test]
    fn a_short_list_shows_only_its_count() {
        let html = Pages::new("/learners", "", 1, 25, 1)
            .of("learner", "learners")
            .to_string();
        assert!(html.contains("1 learner") && !html.contains("<ul"));
    }

    #[test]
    fn the_last_page_ends_with_the_last_row() {
        assert_eq!(
            Pages::new("/x", "", 20, 25, 480).words(),
            "476 to 480 of 480 results"
        );
    }
}
