//! People: finding them, adding them, one person with roles and details.

use crate::message::{Refusals, Tag, Tone};
use crate::table::{Cell, Column, DataTable};
use crate::way::Pages;
use crate::{Choice, Form, Shell, format};
use askama::Template;
use assay_app::account::link::MadeLink;
use assay_app::people::list::PeoplePage;
use assay_app::people::view::{PersonView, RoleLine};
use assay_domain::Role;

/// The list of people, with a search.
#[derive(Debug, Template)]
#[template(path = "people/list.html")]
pub struct PeopleListPage {
    pub shell: Shell,
    pub people: PeoplePage,
    /// What was searched for.
    pub q: String,
    /// The role looked for, as stored; empty for any.
    pub role: String,
    /// The centre looked at, by its id; empty for all.
    pub centre: String,
    /// Whether the people of all centres can be looked at together.
    pub all_centres: bool,
    /// Centres to choose from; empty when there is no choice.
    pub centres: Vec<Choice>,
    /// The query of this page without `page`.
    pub query: String,
}

impl PeopleListPage {
    fn table(&self) -> DataTable {
        let columns = vec![
            Column::words("Name"),
            Column::words("Roles today"),
            Column::words("E-mail"),
        ];
        let rows = self.people.people.iter().map(|line| {
            let mut roles = Cell::text("");
            for role in &line.roles {
                roles = roles.and(Tag::new(Tone::Neutral, role.title()));
            }
            if line.in_training {
                roles = roles.and(Tag::new(Tone::Caution, "in training"));
            }
            vec![
                Cell::link(format!("/people/{}", line.person), &line.name),
                roles,
                Cell::text(line.email.as_deref().unwrap_or("none known")),
            ]
        });
        DataTable::new("people", "People", columns)
            .rows(rows.collect())
            .caption_hidden()
            .empty(
                crate::message::Empty::new(
                    "Nobody found",
                    "Type how a first name, a family name or an e-mail address begins.",
                )
                .next("/people/new", "Add a person"),
            )
    }

    fn pages(&self) -> Pages {
        let people = &self.people;
        Pages::new(
            "/people",
            &self.query,
            u64::from(people.page),
            u64::from(people.size),
            people.total,
        )
        .of("person", "people")
    }

    fn role_choices(&self) -> Vec<(&'static str, &'static str, bool)> {
        Role::ALL
            .iter()
            .map(|role| (role.as_str(), role.title(), role.as_str() == self.role))
            .collect()
    }

    fn is_chosen(&self, centre: &Choice) -> bool {
        centre.value == self.centre
    }
}

/// Roles to choose from, those that the chooser may give.
pub fn role_choices(roles: &[Role]) -> Vec<Choice> {
    roles
        .iter()
        .map(|role| Choice::new(role.as_str(), role.title()))
        .collect()
}

/// Adding a person.
#[derive(Debug, Template)]
#[template(path = "people/add.html")]
pub struct AddPersonPage {
    pub shell: Shell,
    pub refusals: Refusals,
    pub form: Form,
    /// Roles that may be given.
    pub roles: Vec<Choice>,
    pub centres: Vec<Choice>,
    /// True when somebody alike was found, so that the box for "another person" is shown.
    pub alike: bool,
}

/// One person.
#[derive(Debug, Template)]
#[template(path = "people/person.html")]
pub struct PersonPage {
    pub shell: Shell,
    pub refusals: Refusals,
    pub person: PersonView,
    pub details_form: Form,
    pub role_form: Form,
    pub end_form: Form,
    pub roles: Vec<Choice>,
    pub centres: Vec<Choice>,
    /// A one-time link just made; shown this once.
    pub link: Option<MadeLink>,
}

impl PersonPage {
    fn role_words(&self, role: &RoleLine) -> String {
        let place = role
            .centre_name
            .as_ref()
            .map(|name| format!(" at {name}"))
            .unwrap_or_default();
        let training = if role.countersigned { ", in training" } else { "" };
        format!("{}{place}{training}", role.role.title())
    }

    fn role_days(&self, role: &RoleLine) -> String {
        match role.until {
            Some(until) => format!("{} to {}", format::date(role.from), format::date(until)),
            None => format!("from {}", format::date(role.from)),
        }
    }

    fn born(&self) -> String {
        self.person
            .born_on
            .map(|born| born.to_string())
            .unwrap_or_default()
    }
}
