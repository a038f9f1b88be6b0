//! How a learner stands towards the award, and claiming it.

use crate::form::{Choice, Form};
use crate::message::{Act, Refusals, Refused, Tag};
use crate::table::{Cell, Column, DataTable};
use crate::way::{Event, Timeline};
use crate::{Shell, Tone, format};
use askama::Template;
use assay_app::award::claim::{ClaimView, PastClaim};
use assay_domain::award::AwardKind;

/// What stands against a claim, long before it is made; and the claim.
#[derive(Debug, Template)]
#[template(path = "award/claim.html")]
pub struct ClaimPage {
    pub shell: Shell,
    pub view: ClaimView,
    /// Why the last attempt did not happen.
    pub refusals: Refusals,
    /// The units for which credit was claimed, in the field `units`.
    pub form: Form,
}

impl ClaimPage {
    fn over(&self) -> String {
        format!("{}, {}", self.view.learner_name, self.view.number)
    }

    fn is_ready(&self) -> bool {
        self.view.hindrances.is_empty()
    }

    fn against(&self) -> Vec<Refused> {
        self.view.hindrances.iter().map(Refused::from).collect()
    }

    fn act(&self) -> Act {
        let label = "Claim the award";
        if self.view.refusals.is_empty() {
            Act::allowed(label, format!("/registrations/{}/claim", self.view.registration))
        } else {
            Act::refused(label, self.view.refusals.iter().map(Refused::from).collect())
        }
    }

    /// The sum in words: "46 of at least 37 credits".
    fn credits(&self) -> String {
        format!(
            "{} of at least {} credits",
            self.view.credits, self.view.minimum_credits
        )
    }

    fn ways(&self) -> Vec<String> {
        self.view.ways.iter().map(|way| way.join(", ")).collect()
    }

    fn against_credit(&self) -> Vec<Refused> {
        self.view.credit_hindrances.iter().map(Refused::from).collect()
    }

    /// The units that can be certified as credit.
    fn creditable(&self) -> Vec<Choice> {
        self.view
            .creditable
            .iter()
            .filter(|unit| unit.refusal.is_none())
            .map(|unit| {
                Choice::new(
                    &unit.unit,
                    format!(
                        "{}, {}, {}",
                        unit.unit,
                        unit.title,
                        format::plural(unit.credits, "credit", "credits")
                    ),
                )
            })
            .collect()
    }

    /// Why the others cannot be.
    fn certified(&self) -> Vec<&str> {
        self.view
            .creditable
            .iter()
            .filter_map(|unit| unit.refusal.as_ref())
            .map(|refusal| refusal.because.as_str())
            .collect()
    }

    fn units(&self) -> DataTable {
        let columns = vec![
            Column::words("Unit"),
            Column::figures("Level"),
            Column::figures("Credits"),
            Column::words("Achieved"),
            Column::words("Counts"),
        ];
        let rows = self.view.units.iter().map(|unit| {
            let achieved = Cell::text(format::date(unit.achieved_on));
            let achieved = match &unit.from_registration {
                Some(number) => achieved.small(format!("on the earlier registration {number}")),
                None => achieved,
            };
            let counts = if unit.counts {
                Tag::new(Tone::Good, "Counts")
            } else {
                Tag::new(Tone::Neutral, "Beyond the rule")
            };
            vec![
                Cell::text(&unit.unit).small(&unit.title),
                Cell::number(unit.level),
                Cell::number(unit.credits),
                achieved,
                Cell::tag(counts),
            ]
        });
        DataTable::new("achieved", "Units achieved", columns)
            .rows(rows.collect())
            .caption_hidden()
            .empty(crate::message::Empty::new(
                "No unit is achieved yet",
                "A unit counts here once its judgement is verified, on this registration or an earlier one.",
            ))
    }

    fn open_units(&self) -> DataTable {
        let columns = vec![Column::words("Unit"), Column::words("How far it is")];
        let rows = self
            .view
            .open_units
            .iter()
            .map(|unit| vec![Cell::text(&unit.unit).small(&unit.title), Cell::text(&unit.state)]);
        DataTable::new("open", "Units of the plan without a final result", columns).rows(rows.collect())
    }

    fn history(&self) -> Timeline {
        let mut items = Vec::new();
        for claim in &self.view.claims {
            if let Some(at) = &claim.settled_at {
                items.push(self.settled(claim, at));
            }
            items.push(Event::new(
                if claim.kind == AwardKind::Credit {
                    "Unit credit claimed"
                } else {
                    "Award claimed"
                },
                &claim.made_by,
                self.shell.when(claim.made_at.as_str()),
            ));
        }
        Timeline { items }
    }

    fn settled(&self, claim: &PastClaim, at: &str) -> Event {
        let who = claim.settled_by.clone().unwrap_or_default();
        let when = self.shell.when(at);
        if claim.state == "returned" {
            Event::new("Claim returned", who, when)
                .more(claim.because.clone().unwrap_or_default())
                .tone(Tone::Caution)
        } else {
            let what = match claim.kind {
                AwardKind::Qualification => "Award released",
                AwardKind::Credit => "Unit credit released",
            };
            Event::new(what, who, when).tone(Tone::Good)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::award::samples;
    use crate::styleguide::sample_shell;

    #[test]
    fn a_learner_one_unit_short_reads_every_reason_and_finds_no_button() {
        let page = ClaimPage {
            shell: sample_shell("Claim"),
            view: samples::claim_view(false),
            refusals: Refusals::default(),
            form: Form::new(),
        };
        let html = page.render().unwrap();
        crate::soundness::assert_sound(&html);
        assert!(html.contains("one credit short") && html.contains("identity is not confirmed"));
        assert!(!html.contains(">Claim the award</button>"));
        assert!(!html.to_lowercase().contains("grade"));
    }

    #[test]
    fn a_learner_who_is_ready_is_claimed_for_with_one_button() {
        let page = ClaimPage {
            shell: sample_shell("Claim"),
            view: samples::claim_view(true),
            refusals: Refusals::default(),
            form: Form::new(),
        };
        let html = page.render().unwrap();
        crate::soundness::assert_sound(&html);
        assert!(html.contains(">Claim the award</button>"));
    }

    #[test]
    fn credit_is_claimed_for_units_that_are_not_certified_yet_by_coordinators_alone() {
        let mut page = ClaimPage {
            shell: sample_shell("Claim"),
            view: samples::claim_view(true),
            refusals: Refusals::default(),
            form: Form::new(),
        };
        let html = page.render().unwrap();
        assert!(html.contains("Claim unit credit") && html.contains("value=\"7020V1\""));
        assert!(html.contains("Credit for unit 7022V1 is awarded already"));
        assert!(!html.contains("value=\"7022V1\""));
        page.view.coordinates = false;
        assert!(!page.render().unwrap().contains("Claim unit credit"));
    }
}
