//! The list of learners registered.

use super::{in_query, state_tag};
use crate::message::{Empty, Tag, Tone};
use crate::table::{Cell, Column, DataTable};
use crate::{Choice, Form, Shell, format};
use askama::Template;
use assay_app::registration::list::{ListQuery, RegistrationList};
use assay_domain::registration::RegistrationState;

/// A page of the learners that somebody may see.
#[derive(Debug, Template)]
#[template(path = "registration/list.html")]
pub struct RegistrationListPage {
    pub shell: Shell,
    pub list: RegistrationList,
    /// What was looked for.
    pub query: ListQuery,
    /// Whether these are the caller's own registrations as a learner.
    pub own: bool,
}

impl RegistrationListPage {
    fn table(&self) -> DataTable {
        let columns = vec![
            Column::words("Learner"),
            Column::words("Number"),
            Column::words("Qualification"),
            Column::words("Start"),
            Column::words("State"),
        ];
        let rows = self
            .list
            .lines
            .iter()
            .map(|line| {
                let mut state = Cell::tag(state_tag(line.state));
                if line.state == RegistrationState::Active {
                    if line.for_advice {
                        state = state.and(Tag::new(Tone::Caution, "For advice"));
                    }
                    if !line.identity_confirmed {
                        state = state.and(Tag::new(Tone::Caution, "Identity open"));
                    }
                }
                vec![
                    Cell::link(format!("/registrations/{}", line.registration), &line.name),
                    Cell::text(&line.number),
                    Cell::text(&line.qualification).small(&line.title),
                    Cell::text(format::date(line.start_on)),
                    state,
                ]
            })
            .collect();
        let empty = if self.own {
            Empty::new(
                "No registration",
                "Your centre registers you on a qualification; it then stands here.",
            )
        } else if self.is_narrowed() || !self.query.after.is_empty() {
            Empty::new(
                "Nobody found",
                "No registration matches. Try fewer words, or the beginning of a number.",
            )
            .next("/registrations", "Show everybody")
        } else {
            let empty = Empty::new(
                "No learners yet",
                "Learners registered here are listed with their progress.",
            );
            if self.list.may_register {
                empty.next(self.register_href(), "Register a learner")
            } else {
                empty
            }
        };
        DataTable::new("registrations", "Learners", columns)
            .rows(rows)
            .caption_hidden()
            .empty(empty)
    }

    fn is_narrowed(&self) -> bool {
        !(self.query.search.is_empty() && self.query.state.is_empty() && self.query.qualification.is_empty())
    }

    fn form(&self) -> Form {
        Form::new()
            .with("state", &self.query.state)
            .with("qualification", &self.query.qualification)
            .with(
                "centre",
                self.list
                    .centre
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
            )
    }

    fn states(&self) -> Vec<Choice> {
        let mut choices = vec![Choice::new("", "All")];
        choices.extend(RegistrationState::ALL.map(|state| Choice::new(state.as_str(), state.title())));
        choices
    }

    fn qualifications(&self) -> Vec<Choice> {
        let mut choices = vec![Choice::new("", "All")];
        choices.extend(
            self.list
                .qualifications
                .iter()
                .map(|code| Choice::new(code, code)),
        );
        choices
    }

    fn centres(&self) -> Vec<Choice> {
        self.list
            .centres
            .iter()
            .map(|centre| Choice::new(centre.centre.as_str(), &centre.name))
            .collect()
    }

    fn centre(&self) -> String {
        self.list
            .centre
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default()
    }

    fn register_href(&self) -> String {
        format!("/registrations/new?centre={}", self.centre())
    }

    /// The address of this list with another place to go on from.
    fn address(&self, path: &str, after: &str) -> String {
        format!(
            "{path}?search={}&state={}&qualification={}&centre={}&after={}",
            in_query(&self.query.search),
            in_query(&self.query.state),
            in_query(&self.query.qualification),
            in_query(&self.centre()),
            in_query(after)
        )
    }

    fn next(&self) -> Option<String> {
        self.list
            .next
            .as_ref()
            .map(|after| self.address("/registrations", after))
    }

    fn first(&self) -> Option<String> {
        (!self.query.after.is_empty()).then(|| self.address("/registrations", ""))
    }

    fn export(&self) -> String {
        self.address("/registrations/export", "")
    }
}
