//! The coordinator's lists: who is ready to be claimed for, and what became of each claim.

use super::claim_tag;
use crate::message::{Empty, Refused, Tag, Tone};
use crate::table::{Cell, Column, DataTable};
use crate::way::{Pages, Tabs};
use crate::{Shell, format};
use askama::Template;
use assay_app::award::claim::{ClaimedSeveral, NotClaimed};
use assay_app::award::list::{Candidate, CandidatesPage as Candidates, ClaimsPage as Claims};
use assay_app::centre::CentreShown;

fn tabs(here: &str, shown: &CentreShown) -> Tabs {
    let at = |href| crate::centre_choice::at(shown, href);
    Tabs::new("Claims")
        .tab(&at("/claims"), "Claims made", &at(here))
        .tab(&at("/claims/ready"), "To claim", &at(here))
}

/// Claims of a centre, with a search.
#[derive(Debug, Template)]
#[template(path = "award/claims.html")]
pub struct ClaimsPage {
    pub shell: Shell,
    pub claims: Claims,
    /// What was searched for.
    pub q: String,
    /// The state looked for; empty for all.
    pub state: String,
    /// The query of this page without `page`.
    pub query: String,
}

impl ClaimsPage {
    fn tabs(&self) -> Tabs {
        tabs("/claims", &self.claims.shown)
    }

    fn states(&self) -> Vec<(&'static str, &'static str, bool)> {
        [
            ("", "Any"),
            ("made", "With the awarding body"),
            ("returned", "Returned"),
            ("released", "Released"),
        ]
        .into_iter()
        .map(|(value, label)| (value, label, value == self.state))
        .collect()
    }

    fn table(&self) -> DataTable {
        let columns = vec![
            Column::words("Learner"),
            Column::words("Qualification"),
            Column::words("State"),
            Column::words("Sent on"),
            Column::words("Certificate"),
        ];
        let rows = self.claims.claims.iter().map(|line| {
            let state = Cell::tag(claim_tag(&line.state));
            let certificate = match (&line.certificate, &line.award) {
                (Some(number), Some(award)) => {
                    let cell = Cell::link(format!("/awards/{award}"), number);
                    match line.issued_on {
                        Some(on) => cell.small(format!("issued on {}", format::date(on))),
                        None => cell,
                    }
                }
                (None, Some(award)) => Cell::link(format!("/awards/{award}"), "none in force"),
                _ => Cell::text("–"),
            };
            vec![
                Cell::link(format!("/claims/{}", line.claim), &line.learner_name).small(&line.number),
                Cell::text(&line.title)
                    .small(format!("{}, {}", line.qualification, line.qualification_number)),
                match &line.because {
                    Some(because) => state.small(because),
                    None => state,
                },
                Cell::text(format::date(line.made_on)),
                certificate,
            ]
        });
        DataTable::new("claims", "Claims", columns)
            .rows(rows.collect())
            .caption_hidden()
            .empty(
                Empty::new(
                    "No claims found",
                    "A claim stands here from the moment it is sent to the awarding body.",
                )
                .next(
                    crate::centre_choice::at(&self.claims.shown, "/claims/ready"),
                    "See who is ready",
                ),
            )
    }

    fn pages(&self) -> Pages {
        let claims = &self.claims;
        Pages::new(
            "/claims",
            &self.query,
            u64::from(claims.page),
            u64::from(claims.size),
            claims.total,
        )
        .of("claim", "claims")
    }
}

/// Learners who could be claimed for, several at once.
#[derive(Debug, Template)]
#[template(path = "award/ready.html")]
pub struct ReadyPage {
    pub shell: Shell,
    pub candidates: Candidates,
    pub q: String,
    /// The query of this page without `page`.
    pub query: String,
    /// What came of the claims just made, if any.
    pub done: Option<ClaimedSeveral>,
}

impl ReadyPage {
    fn tabs(&self) -> Tabs {
        tabs("/claims/ready", &self.candidates.shown)
    }

    fn any_ready(&self) -> bool {
        self.candidates
            .candidates
            .iter()
            .any(|candidate| candidate.refusals.is_empty())
    }

    fn tag(&self, candidate: &Candidate) -> Tag {
        match candidate.refusals.len() {
            0 => Tag::new(Tone::Good, "Ready"),
            1 => Tag::new(Tone::Caution, "1 thing missing"),
            more => Tag::new(Tone::Caution, format!("{more} things missing")),
        }
    }

    fn empty(&self) -> Empty {
        Empty::new(
            "Nobody to claim for yet",
            "A learner stands here as soon as one unit has its final result.",
        )
    }

    fn claimed(&self) -> usize {
        self.done.as_ref().map_or(0, |done| done.claimed.len())
    }

    fn claimed_words(&self) -> String {
        format::plural(self.claimed(), "claim was sent", "claims were sent")
    }

    fn returned(&self) -> &[NotClaimed] {
        self.done.as_ref().map_or(&[], |done| done.returned.as_slice())
    }

    fn reasons(&self, returned: &NotClaimed) -> Vec<Refused> {
        returned.refusals.iter().map(Refused::from).collect()
    }

    fn pages(&self) -> Pages {
        let candidates = &self.candidates;
        Pages::new(
            "/claims/ready",
            &self.query,
            u64::from(candidates.page),
            u64::from(candidates.size),
            candidates.total,
        )
        .of("learner", "learners")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::award::samples;
    use crate::styleguide::sample_shell;

    #[test]
    fn the_claim_list_shows_title_code_and_certificate() {
        let page = ClaimsPage {
            shell: sample_shell("Claims"),
            claims: samples::claims(),
            q: String::new(),
            state: String::new(),
            query: String::new(),
        };
        let html = page.render().unwrap();
        crate::soundness::assert_sound(&html);
        assert!(html.contains("2019-7KX4-29QM-D") && html.contains("7A2V2"));
        assert!(!html.to_lowercase().contains("grade"));
    }

    #[test]
    fn only_learners_who_are_ready_can_be_chosen() {
        let page = ReadyPage {
            shell: sample_shell("To claim"),
            candidates: samples::candidates(),
            q: String::new(),
            query: String::new(),
            done: Some(samples::claimed_several()),
        };
        let html = page.render().unwrap();
        crate::soundness::assert_sound(&html);
        assert_eq!(html.matches("name=\"registration\"").count(), 1);
        assert!(html.contains("2 things missing"));
    }
}
