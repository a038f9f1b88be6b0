//! What every page needs beside its own content: title, person, navigation, messages, tokens for its forms.

use askama::Template;
use jiff::tz::TimeZone;

use crate::form::Guard;
use crate::format;
use crate::message::{Notice, Tone};

/// The frame of a page. The web room fills it once per request; a page only sets its title and crumbs.
#[derive(Debug, Clone)]
pub struct Shell {
    /// The title of the page, without the program's name.
    pub title: String,
    /// Who is signed in; nobody on public pages.
    pub person: Option<PersonBadge>,
    /// Navigation for the roles of this person, the current page marked.
    pub nav: Vec<NavLink>,
    /// A line above everything, e.g. the date on which a demonstration stands.
    pub banner: Option<String>,
    /// Messages about what has just happened, shown above the content.
    pub messages: Vec<Notice>,
    /// The session's token against forged forms; every form carries it (see [`Shell::guard`]).
    pub csrf: String,
    /// A fresh identifier of this rendering: a form sent twice is carried out once.
    pub once: String,
    /// The language of the page, as a BCP 47 tag.
    pub lang: String,
    /// The way back, from the outermost page inwards, without the page itself.
    pub breadcrumbs: Vec<Crumb>,
    /// The name of the centre or site, shown beside the program's name.
    pub place: Option<String>,
    /// An explicit choice of `light` or `dark`; otherwise the reader's system decides.
    pub theme: Option<String>,
    /// The zone in which instants are shown.
    pub zone: TimeZone,
}

impl Default for Shell {
    fn default() -> Self {
        Self {
            title: String::new(),
            person: None,
            nav: Vec::new(),
            banner: None,
            messages: Vec::new(),
            csrf: String::new(),
            once: String::new(),
            lang: "en-GB".to_owned(),
            breadcrumbs: Vec::new(),
            place: None,
            theme: None,
            zone: TimeZone::UTC,
        }
    }
}

impl Shell {
    /// The same frame with a title.
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// The same frame with one more crumb.
    pub fn crumb(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.breadcrumbs.push(Crumb {
            label: label.into(),
            href: href.into(),
        });
        self
    }

    /// The same frame with one more message.
    pub fn message(mut self, notice: Notice) -> Self {
        self.messages.push(notice);
        self
    }

    /// The title of the document: a problem is said first, because screen readers read the title first.
    pub fn document_title(&self) -> String {
        let problem = self.messages.iter().any(|notice| notice.tone == Tone::Bad);
        let place = self
            .place
            .as_deref()
            .map(|place| format!(" – {place}"))
            .unwrap_or_default();
        format!(
            "{}{} – Assay{place}",
            if problem { "Problem: " } else { "" },
            self.title
        )
    }

    /// The hidden fields which every form that writes must carry: `{{ shell.guard() }}`.
    pub fn guard(&self) -> Guard {
        Guard {
            csrf: self.csrf.clone(),
            once: self.once.clone(),
        }
    }

    /// The same for a page with several forms; each gives its own word, so that each is carried out once.
    pub fn guard_for(&self, word: impl std::fmt::Display) -> Guard {
        Guard {
            csrf: self.csrf.clone(),
            once: format!("{}-{word}", self.once),
        }
    }

    /// An instant as `<time>` in the zone of this page: `{{ shell.when(row.at) }}`.
    pub fn when(&self, instant: impl format::AsInstant) -> When {
        When {
            machine: instant.text(),
            words: format::date_time(instant, &self.zone),
        }
    }

    /// The current page's navigation label, for the closed menu on phones.
    pub fn here(&self) -> Option<&str> {
        self.nav
            .iter()
            .find(|link| link.current)
            .map(|link| link.label.as_str())
    }

    /// All counts of the navigation together, for the closed menu on phones.
    pub fn waiting(&self) -> u64 {
        self.nav.iter().filter_map(|link| link.count).sum()
    }
}

/// Who is signed in.
#[derive(Debug, Clone, Default)]
pub struct PersonBadge {
    /// The person's name.
    pub name: String,
    /// The roles, in the trade's words, e.g. `Assessor`.
    pub roles: Vec<String>,
}

impl PersonBadge {
    /// At most two initials.
    pub fn initials(&self) -> String {
        format::initials(&self.name)
    }

    /// The roles as a sentence part: `Assessor and tutor`.
    pub fn roles_in_words(&self) -> String {
        format::sentence_list(&self.roles)
    }
}

/// A link of the navigation.
#[derive(Debug, Clone, Default)]
pub struct NavLink {
    /// The address.
    pub href: String,
    /// The words.
    pub label: String,
    /// Whether the page shown is this one or below it.
    pub current: bool,
    /// How many things wait there; nothing is shown for `None` and for 0.
    pub count: Option<u64>,
    /// The name of an icon ([`crate::icon::ICONS`]).
    pub icon: &'static str,
}

impl NavLink {
    /// A link with an icon.
    pub fn new(href: impl Into<String>, label: impl Into<String>, icon: &'static str) -> Self {
        Self {
            href: href.into(),
            label: label.into(),
            icon,
            ..Self::default()
        }
    }

    /// The same link, marked as the current page.
    pub fn current(mut self) -> Self {
        self.current = true;
        self
    }

    /// The same link with a count.
    pub fn count(mut self, count: u64) -> Self {
        self.count = Some(count);
        self
    }
}

/// One step of the way back.
#[derive(Debug, Clone, Default)]
pub struct Crumb {
    /// The words.
    pub label: String,
    /// The address.
    pub href: String,
}

/// An instant as a `<time>` element.
#[derive(Debug, Clone, Template)]
#[template(source = r#"<time datetime="{{ machine }}">{{ words }}</time>"#, ext = "html")]
pub struct When {
    /// The instant for machines.
    pub machine: String,
    /// The instant for people.
    pub words: String,
}

impl askama::filters::HtmlSafe for When {}
