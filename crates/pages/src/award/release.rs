//! The awarding body's release list, and one claim with its evidence.

use super::claim_tag;
use crate::message::{Act, Empty, Refusals, Refused, Tag};
use crate::table::{Cell, Column, DataTable};
use crate::way::Pages;
use crate::{Form, Shell, format};
use askama::Template;
use assay_app::award::release::{ClaimDetail, ReleasePage};
use assay_domain::award::AwardKind;

/// What came of releasing one of several claims.
#[derive(Debug, Clone, Default)]
pub struct NotReleased {
    pub learner_name: String,
    pub reasons: Vec<Refused>,
}

/// Claims that wait, the oldest first, to be released one by one or several at once.
#[derive(Debug, Template)]
#[template(path = "award/release.html")]
pub struct ReleaseListPage {
    pub shell: Shell,
    pub waiting: ReleasePage,
    /// How many were released just now.
    pub released: usize,
    /// Those that were not, with the reasons.
    pub not_released: Vec<NotReleased>,
}

impl ReleaseListPage {
    fn empty(&self) -> Empty {
        Empty::new(
            "Nothing waits for release",
            "Claims stand here from the moment a centre sends them.",
        )
    }

    fn released_words(&self) -> String {
        format::plural(self.released, "award was released", "awards were released")
    }

    fn pages(&self) -> Pages {
        let waiting = &self.waiting;
        Pages::new(
            "/release",
            "",
            u64::from(waiting.page),
            u64::from(waiting.size),
            waiting.total,
        )
        .of("claim", "claims")
    }
}

/// One claim with the evidence for its release.
#[derive(Debug, Template)]
#[template(path = "award/claim_detail.html")]
pub struct ClaimDetailPage {
    pub shell: Shell,
    pub detail: ClaimDetail,
    /// Why the last attempt did not happen.
    pub refusals: Refusals,
    /// The reason of a return as typed, in the field `because`.
    pub form: Form,
}

impl ClaimDetailPage {
    fn over(&self) -> String {
        format!("{}, {}", self.detail.line.learner_name, self.detail.line.number)
    }

    fn tag(&self) -> Tag {
        claim_tag(&self.detail.line.state)
    }

    fn is_open(&self) -> bool {
        self.detail.line.state == "made"
    }

    fn is_credit(&self) -> bool {
        self.detail.line.kind == AwardKind::Credit
    }

    fn act(&self) -> Act {
        let label = if self.is_credit() {
            "Release the unit credit"
        } else {
            "Release the award"
        };
        if self.detail.refusals.is_empty() {
            Act::allowed(label, format!("/claims/{}/release", self.detail.line.claim))
        } else {
            Act::refused(label, self.detail.refusals.iter().map(Refused::from).collect())
        }
    }

    fn units(&self) -> DataTable {
        let columns = vec![
            Column::words("Unit"),
            Column::figures("Credits"),
            Column::words("Judged"),
            Column::words("Verified"),
            Column::words("Achieved"),
            Column::words("Trail"),
        ];
        let rows = self.detail.units.iter().map(|unit| {
            let judged = match &unit.countersigned_by {
                Some(name) => format!("{}, countersigned by {name}", format::date(unit.judged_on)),
                None => format::date(unit.judged_on),
            };
            let verified = match (&unit.verified_by, unit.verified_on) {
                (Some(by), Some(on)) => format!("{by}, {}", format::date(on)),
                _ => String::new(),
            };
            vec![
                Cell::link(format!("/submissions/{}", unit.submission), &unit.unit).small(&unit.title),
                Cell::number(unit.credits),
                Cell::text(&unit.judged_by).small(judged),
                Cell::text(&unit.verified).small(verified),
                Cell::text(format::date(unit.achieved_on)),
                Cell::link(format!("/submissions/{}/trail", unit.submission), "Trail")
                    .aside(format!("of unit {}", unit.unit)),
            ]
        });
        DataTable::new("evidence", "Units of the claim", columns)
            .rows(rows.collect())
            .caption_hidden()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::award::samples;
    use crate::styleguide::sample_shell;

    #[test]
    fn a_claim_shows_who_judged_and_who_verified_each_unit() {
        let page = ClaimDetailPage {
            shell: sample_shell("Claim"),
            detail: samples::claim_detail(),
            refusals: Refusals::default(),
            form: Form::new(),
        };
        let html = page.render().unwrap();
        crate::soundness::assert_sound(&html);
        assert!(html.contains("Asha Patel") && html.contains("Ivo Novak"));
        assert!(html.contains("Release the award") && html.contains("Return the claim"));
    }

    #[test]
    fn several_claims_are_released_at_once() {
        let page = ReleaseListPage {
            shell: sample_shell("Release"),
            waiting: samples::waiting(),
            released: 2,
            not_released: vec![NotReleased {
                learner_name: "Ben Larsson".into(),
                reasons: vec![Refused::default()],
            }],
        };
        let html = page.render().unwrap();
        crate::soundness::assert_sound(&html);
        assert!(html.contains("2 awards were released") && html.contains("name=\"claim\""));
    }
}
