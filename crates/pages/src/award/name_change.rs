//! A certificate in another name: asking for it, the list, and one request with what may be done.

use super::name_change_tag;
use crate::form::{Choice, Form};
use crate::message::{Act, Empty, Refusals, Refused, Tag};
use crate::table::{Cell, Column, DataTable};
use crate::way::Pages;
use crate::{Shell, format};
use askama::Template;
use assay_app::award::name_change::{NameChangeView, NameChangesPage, Show, ToRename};
use assay_domain::award::NameProof;

/// The form on which another name is asked for.
#[derive(Debug, Template)]
#[template(path = "award/name_ask.html")]
pub struct AskNamePage {
    pub shell: Shell,
    pub certificate: ToRename,
    /// `given`, `family`, `proof` and `document` as typed.
    pub form: Form,
    pub refusals: Refusals,
}

impl AskNamePage {
    fn proofs(&self) -> Vec<Choice> {
        NameProof::ALL
            .into_iter()
            .map(|proof| Choice::new(proof.as_str(), proof.title()))
            .collect()
    }
}

/// Requests for certificates in another name.
#[derive(Debug, Template)]
#[template(path = "award/name_changes.html")]
pub struct NameChangeListPage {
    pub shell: Shell,
    pub found: NameChangesPage,
    /// Which are shown, in the field `state`.
    pub form: Form,
    pub show: Show,
    pub quality_manager: bool,
}

impl NameChangeListPage {
    fn states(&self) -> Vec<Choice> {
        Show::ALL
            .into_iter()
            .map(|show| Choice::new(show.as_str(), show.title()))
            .collect()
    }

    fn table(&self) -> DataTable {
        let columns = vec![
            Column::words("Name asked for"),
            Column::words("Certificate"),
            Column::words("Centre"),
            Column::words("Asked"),
            Column::words("State"),
        ];
        let rows = self.found.changes.iter().map(|line| {
            vec![
                Cell::link(format!("/name-changes/{}", line.change), line.shown_name()),
                Cell::text(&line.certificate).small(&line.printed),
                Cell::text(&line.centre_name),
                Cell::text(format::date_time(&line.asked_at, &self.shell.zone))
                    .small(format!("by {}", line.asked_by)),
                Cell::tag(name_change_tag(line.state)),
            ]
        });
        DataTable::new("name-changes", "Changes of name", columns)
            .rows(rows.collect())
            .caption_hidden()
            .empty(Empty::new(
                "No change of name here",
                "A learner or a centre asks for one on the page of the award.",
            ))
    }

    fn pages(&self) -> Pages {
        let found = &self.found;
        Pages::new(
            "/name-changes",
            &crate::centre_choice::query(&found.shown, &format!("state={}", self.show.as_str())),
            u64::from(found.page),
            u64::from(found.size),
            found.total,
        )
        .of("change of name", "changes of name")
    }
}

/// One request.
#[derive(Debug, Template)]
#[template(path = "award/name_change.html")]
pub struct NameChangePage {
    pub shell: Shell,
    pub view: NameChangeView,
    /// `seen` or `because` as typed.
    pub form: Form,
    pub refusals: Refusals,
}

impl NameChangePage {
    fn tag(&self) -> Tag {
        name_change_tag(self.view.line.state)
    }

    fn seen(&self) -> Option<String> {
        let (at, by) = (self.view.line.seen_at.as_ref()?, self.view.line.seen_by.as_ref()?);
        Some(format!("{} by {by}", format::date_time(at, &self.shell.zone)))
    }

    fn settled(&self) -> Option<String> {
        let (at, by) = (
            self.view.line.settled_at.as_ref()?,
            self.view.line.settled_by.as_ref()?,
        );
        Some(format!("{} by {by}", format::date_time(at, &self.shell.zone)))
    }

    fn act(&self) -> Act {
        let label = "Approve, and issue the certificate in this name";
        if self.view.refusals.0.is_empty() {
            Act::allowed(label, format!("/name-changes/{}/approve", self.view.line.change))
        } else {
            Act::refused(label, self.view.refusals.0.iter().map(Refused::from).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::award::samples;
    use crate::styleguide::sample_shell;
    use assay_app::centre::CentreShown;
    use assay_domain::award::NameChangeState;

    #[test]
    fn asking_names_the_kinds_of_proof_and_tells_a_learner_that_somebody_sees_it() {
        let page = AskNamePage {
            shell: sample_shell("Ask for another name"),
            certificate: samples::to_rename(),
            form: Form::new(),
            refusals: Refusals::default(),
        };
        let html = page.render().unwrap();
        crate::soundness::assert_sound(&html);
        assert!(html.contains("Deed poll") && html.contains("Amira Khan"));
        assert!(html.contains("show the original"));
    }

    #[test]
    fn what_waits_is_listed_with_who_asked() {
        for changes in [vec![samples::name_change(NameChangeState::Asked)], Vec::new()] {
            let page = NameChangeListPage {
                shell: sample_shell("Changes of name"),
                quality_manager: false,
                found: NameChangesPage {
                    shown: CentreShown::default(),
                    total: changes.len() as u64,
                    changes,
                    page: 1,
                    size: 25,
                },
                form: Form::new(),
                show: Show::Open,
            };
            let html = page.render().unwrap();
            crate::soundness::assert_sound(&html);
            assert!(html.contains("Amira Larsson") || html.contains("No change of name here"));
        }
    }

    #[test]
    fn approving_is_offered_only_when_nothing_stands_against_it() {
        for state in NameChangeState::ALL {
            let view = samples::name_change_view(state);
            let offered = view.settles && view.refusals.0.is_empty();
            let page = NameChangePage {
                shell: sample_shell("Change of name"),
                view,
                form: Form::new(),
                refusals: Refusals::default(),
            };
            let html = page.render().unwrap();
            crate::soundness::assert_sound(&html);
            assert_eq!(html.contains("/approve\""), offered, "{state:?}");
            assert_eq!(
                html.contains("/seen\""),
                state == NameChangeState::Asked,
                "{state:?}"
            );
        }
    }
}
