//! An award with its certificates, and a learner's own awards.

use super::{certificate_tag, correction_tag, name_change_tag};
use crate::message::Empty;
use crate::table::{Cell, Column, DataTable};
use crate::{Shell, format};
use askama::Template;
use assay_app::award::overview::{AwardView, OwnAward};
use assay_domain::award::AwardKind;

/// An award.
#[derive(Debug, Template)]
#[template(path = "award/award.html")]
pub struct AwardPage {
    pub shell: Shell,
    pub view: AwardView,
}

impl AwardPage {
    fn is_credit(&self) -> bool {
        self.view.kind == AwardKind::Credit
    }

    fn over(&self) -> String {
        format!("{}, {}", self.view.learner_name, self.view.learner_number)
    }

    fn units(&self) -> DataTable {
        let columns = vec![
            Column::words("Unit"),
            Column::words("Reference"),
            Column::figures("Level"),
            Column::figures("Credits"),
            Column::words("Achieved"),
        ];
        let rows = self.view.units.iter().map(|unit| {
            let achieved = Cell::text(format::date(unit.achieved_on));
            vec![
                Cell::text(&unit.number).small(&unit.title),
                Cell::text(&unit.reference),
                Cell::number(unit.level),
                Cell::number(unit.credits),
                match &unit.result {
                    Some(result) => achieved.small(format!("Result: {result}")),
                    None => achieved,
                },
            ]
        });
        DataTable::new("units", "Units of the award", columns)
            .rows(rows.collect())
            .caption_hidden()
    }

    /// What became of the papers.
    fn steps(&self) -> DataTable {
        let columns = vec![
            Column::words("Date"),
            Column::words("Certificate"),
            Column::words("Paper"),
            Column::words("Detail"),
            Column::words("By"),
        ];
        let rows = self.view.steps.iter().map(|step| {
            let paper = Cell::text(step.delivery.title());
            let detail = Cell::text(step.detail.as_deref().unwrap_or("–"));
            vec![
                Cell::text(format::date(step.on)),
                Cell::text(&step.number),
                match step.means {
                    Some(means) => paper.small(means.title()),
                    None => paper,
                },
                match step.keep_until {
                    Some(until) => detail.small(format!("kept until {}", format::date(until))),
                    None => detail,
                },
                Cell::text(&step.by),
            ]
        });
        DataTable::new("steps", "What became of the papers", columns)
            .rows(rows.collect())
            .caption_hidden()
    }

    /// Results that were said to be wrong.
    fn corrections(&self) -> DataTable {
        let columns = vec![
            Column::words("Units"),
            Column::words("Flagged"),
            Column::words("State"),
        ];
        let rows = self.view.corrections.iter().map(|line| {
            vec![
                Cell::link(format!("/corrections/{}", line.correction), line.units.join(", ")),
                Cell::text(format::date_time(&line.flagged_at, &self.shell.zone))
                    .small(format!("by {}", line.flagged_by)),
                Cell::tag(correction_tag(line.state)),
            ]
        });
        DataTable::new("corrections", "Corrections", columns)
            .rows(rows.collect())
            .caption_hidden()
    }

    /// Requests for the certificate in another name.
    fn name_changes(&self) -> DataTable {
        let columns = vec![
            Column::words("Name asked for"),
            Column::words("Certificate"),
            Column::words("State"),
        ];
        let rows = self.view.name_changes.iter().map(|line| {
            vec![
                Cell::link(format!("/name-changes/{}", line.change), line.shown_name()),
                Cell::text(&line.certificate),
                Cell::tag(name_change_tag(line.state)),
            ]
        });
        DataTable::new("name-changes", "Changes of name", columns)
            .rows(rows.collect())
            .caption_hidden()
    }

    fn certificates(&self) -> DataTable {
        let columns = vec![
            Column::words("Number"),
            Column::words("Issued"),
            Column::words("State"),
            Column::words("Why"),
        ];
        let rows = self.view.certificates.iter().map(|line| {
            let number = if self.view.entitled {
                Cell::link(format!("/certificates/{}", line.number), &line.number)
            } else {
                Cell::text(&line.number)
            };
            let state = Cell::tag(certificate_tag(line.state));
            vec![
                match &line.replaces {
                    Some(earlier) => number.small(format!("replaces {earlier}")),
                    None => number,
                },
                Cell::text(format::date(line.issued_on)),
                match line.ended_on {
                    Some(on) => state.small(format!("on {}", format::date(on))),
                    None => state,
                },
                Cell::text(line.because.as_deref().unwrap_or("–")),
            ]
        });
        DataTable::new("certificates", "Certificates of the award", columns)
            .rows(rows.collect())
            .caption_hidden()
    }
}

/// The learner's own awards.
#[derive(Debug, Template)]
#[template(path = "award/own.html")]
pub struct OwnAwardsPage {
    pub shell: Shell,
    pub awards: Vec<OwnAward>,
}

impl OwnAwardsPage {
    fn table(&self) -> DataTable {
        let columns = vec![
            Column::words("Award"),
            Column::words("Awarded"),
            Column::words("Certificate"),
        ];
        let rows = self.awards.iter().map(|award| {
            vec![
                Cell::link(format!("/awards/{}", award.award), &award.title),
                Cell::text(format::date(award.awarded_on)),
                match &award.certificate {
                    None if award.withdrawn_on.is_some() => Cell::text("the award is withdrawn"),
                    Some(number) => Cell::link(format!("/certificates/{number}.pdf"), number),
                    None => Cell::text("none in force"),
                },
            ]
        });
        DataTable::new("awards", "Awards", columns)
            .rows(rows.collect())
            .caption_hidden()
            .empty(Empty::new(
                "No award yet",
                "Your award stands here once the awarding body has released it.",
            ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::award::samples;
    use crate::styleguide::sample_shell;

    #[test]
    fn an_award_shows_its_sum_its_certificates_and_what_comes_next() {
        let page = AwardPage {
            shell: sample_shell("Award"),
            view: samples::award_view(),
        };
        let html = page.render().unwrap();
        crate::soundness::assert_sound(&html);
        for words in [
            "/certificates/2019-7KX4-29QM-D.pdf",
            "Strategic Management and Leadership",
            "/revoke",
            "kept until 30 October 2020",
            "To be dispatched by 28 October 2019",
        ] {
            assert!(html.contains(words), "{words}");
        }
        assert!(!html.to_lowercase().contains("grade"));
    }

    #[test]
    fn unit_credit_has_no_transcript_no_qualification_number_and_needs_no_least_sum() {
        let mut view = samples::award_view();
        view.kind = AwardKind::Credit;
        view.title = "Unit credit: 7016V1".into();
        let page = AwardPage {
            shell: sample_shell("Award"),
            view,
        };
        let html = page.render().unwrap();
        crate::soundness::assert_sound(&html);
        assert!(html.contains("Unit credit: 7016V1") && html.contains("Registered on"));
        for words in ["transcript.pdf", "are needed", "603/2984/2"] {
            assert!(!html.contains(words), "{words}");
        }
    }

    #[test]
    fn a_learner_sees_their_own_awards() {
        let page = OwnAwardsPage {
            shell: sample_shell("Your awards"),
            awards: samples::own_awards(),
        };
        let html = page.render().unwrap();
        crate::soundness::assert_sound(&html);
        assert!(html.contains("2019-7KX4-29QM-D"));
    }
}
