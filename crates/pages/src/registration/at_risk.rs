//! Learners whose time runs out.

use crate::message::{Empty, due};
use crate::table::{Cell, Column, DataTable};
use crate::{Shell, format};
use askama::Template;
use assay_app::registration::at_risk::AtRisk;

/// Learners in progress whose qualification or registration ends soon.
#[derive(Debug, Template)]
#[template(path = "registration/at_risk.html")]
pub struct AtRiskPage {
    pub shell: Shell,
    pub risk: AtRisk,
}

impl AtRiskPage {
    fn lead(&self) -> String {
        format!(
            "Learners in progress who have to be finished by {}, {} ahead: the earliest date first.",
            format::date(self.risk.until),
            format::plural(self.risk.months_ahead, "month", "months")
        )
    }

    fn table(&self) -> DataTable {
        let columns = vec![
            Column::words("Learner"),
            Column::words("Ends on"),
            Column::words("What ends"),
            Column::words("Qualification"),
            Column::figures("Credits"),
            Column::figures("Units"),
        ];
        let rows = self
            .risk
            .lines
            .iter()
            .map(|line| {
                vec![
                    Cell::link(format!("/registrations/{}", line.registration), &line.name)
                        .small(&line.number),
                    Cell::tag(due(line.ends_on, line.days_left)),
                    Cell::text(line.ending.title()),
                    Cell::text(&line.qualification).small(&line.title),
                    Cell::text(format!("{} of {}", line.credits.done, line.credits.of)),
                    Cell::text(format!("{} of {}", line.units.done, line.units.of)),
                ]
            })
            .collect();
        DataTable::new("at-risk", "Learners whose time runs out", columns)
            .rows(rows)
            .caption_hidden()
            .empty(Empty::new(
                "Nobody at risk",
                "No learner in progress has to be finished within this time.",
            ))
    }
}
