//! Results that may be wrong after their award: saying so, the list, and one correction with what may be done.

use super::correction_tag;
use crate::form::{Choice, Form};
use crate::message::{Act, Empty, Refusals, Refused, Tag};
use crate::table::{Cell, Column, DataTable};
use crate::way::Pages;
use crate::{Shell, format};
use askama::Template;
use assay_app::award::correction::{AwardToFlag, CorrectionView, CorrectionsPage};
use assay_domain::award::CorrectionState;

/// The form on which staff say that a result may be wrong.
#[derive(Debug, Template)]
#[template(path = "award/correction_flag.html")]
pub struct FlagResultPage {
    pub shell: Shell,
    pub award: AwardToFlag,
    /// `units` and `because` as typed.
    pub form: Form,
    pub refusals: Refusals,
}

impl FlagResultPage {
    fn units(&self) -> Vec<Choice> {
        self.award
            .units
            .iter()
            .map(|unit| Choice::new(&unit.unit, format!("{}, {}", unit.unit, unit.title)))
            .collect()
    }
}

/// Corrections of results.
#[derive(Debug, Template)]
#[template(path = "award/corrections.html")]
pub struct CorrectionListPage {
    pub shell: Shell,
    pub quality_manager: bool,
    pub found: CorrectionsPage,
    /// Which are shown, in the field `state`.
    pub form: Form,
}

impl CorrectionListPage {
    fn states(&self) -> Vec<Choice> {
        std::iter::once(Choice::new("", "All"))
            .chain(
                CorrectionState::ALL
                    .into_iter()
                    .map(|state| Choice::new(state.as_str(), state.title())),
            )
            .collect()
    }

    fn table(&self) -> DataTable {
        let columns = vec![
            Column::words("Learner"),
            Column::words("Units"),
            Column::words("Centre"),
            Column::words("Flagged"),
            Column::words("State"),
        ];
        let rows = self.found.corrections.iter().map(|line| {
            vec![
                Cell::link(format!("/corrections/{}", line.correction), &line.learner_name),
                Cell::text(line.units.join(", ")).small(&line.qualification),
                Cell::text(&line.centre_name),
                Cell::text(format::date_time(&line.flagged_at, &self.shell.zone))
                    .small(format!("by {}", line.flagged_by)),
                Cell::tag(correction_tag(line.state)),
            ]
        });
        DataTable::new("corrections", "Corrections", columns)
            .rows(rows.collect())
            .caption_hidden()
            .empty(Empty::new(
                "No correction here",
                "Staff who find a result of an award wrong say so on the page of the award.",
            ))
    }

    fn pages(&self) -> Pages {
        let found = &self.found;
        Pages::new(
            "/corrections",
            &crate::centre_choice::query(&found.shown, &format!("state={}", self.form.value("state"))),
            u64::from(found.page),
            u64::from(found.size),
            found.total,
        )
        .of("correction", "corrections")
    }
}

/// One correction.
#[derive(Debug, Template)]
#[template(path = "award/correction.html")]
pub struct CorrectionPage {
    pub shell: Shell,
    pub view: CorrectionView,
    /// `adverse`, `finding`, `because` or `regulator` as typed.
    pub form: Form,
    pub refusals: Refusals,
}

impl CorrectionPage {
    fn tag(&self) -> Tag {
        correction_tag(self.view.line.state)
    }

    fn when(&self, at: Option<&String>, by: Option<&String>) -> Option<String> {
        Some(format!("{} by {}", format::date_time(at?, &self.shell.zone), by?))
    }

    fn assessed(&self) -> Option<String> {
        let line = &self.view.line;
        self.when(line.assessed_at.as_ref(), line.assessed_by.as_ref())
    }

    fn decided(&self) -> Option<String> {
        let line = &self.view.line;
        self.when(line.decided_at.as_ref(), line.decided_by.as_ref())
    }

    fn units(&self) -> String {
        self.view.line.units.join(", ")
    }

    fn effects(&self) -> Vec<Choice> {
        vec![
            Choice::new("yes", "Yes").hint(
                "The learner, others, or trust in the qualification. The regulator is told, and the usual decision is to correct.",
            ),
            Choice::new("no", "No"),
        ]
    }

    /// What correcting would do to awards and certificates.
    fn consequence(&self) -> String {
        let awards = format::plural(self.view.awards, "award is withdrawn", "awards are withdrawn");
        match self.view.in_force.as_slice() {
            [] => format!("{awards}. No certificate of them is in force."),
            [one] => format!("{awards}, and certificate {one} is revoked."),
            several => format!("{awards}, and certificates {} are revoked.", several.join(", ")),
        }
    }

    /// Why the caller cannot decide now.
    fn refused(&self) -> Act {
        Act::refused(
            "Decide on it",
            self.view.refusals.0.iter().map(Refused::from).collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::award::samples;
    use crate::styleguide::sample_shell;
    use assay_app::centre::CentreShown;

    #[test]
    fn saying_that_a_result_is_wrong_names_the_units_of_the_award() {
        let page = FlagResultPage {
            shell: sample_shell("A result may be wrong"),
            award: samples::award_to_flag(),
            form: Form::new(),
            refusals: Refusals::default(),
        };
        let html = page.render().unwrap();
        crate::soundness::assert_sound(&html);
        assert!(html.contains("7020V1"));
    }

    #[test]
    fn corrections_are_listed_with_who_said_so() {
        for corrections in [vec![samples::correction(CorrectionState::Flagged)], Vec::new()] {
            let page = CorrectionListPage {
                shell: sample_shell("Corrections"),
                quality_manager: true,
                found: CorrectionsPage {
                    shown: CentreShown::default(),
                    total: corrections.len() as u64,
                    corrections,
                    page: 1,
                    size: 25,
                },
                form: Form::new(),
            };
            let html = page.render().unwrap();
            crate::soundness::assert_sound(&html);
            assert!(html.contains("Ivo Novak") || html.contains("No correction here"));
        }
    }

    #[test]
    fn deciding_is_offered_once_it_is_assessed_and_says_what_follows() {
        for state in CorrectionState::ALL {
            let page = CorrectionPage {
                shell: sample_shell("Correction"),
                view: samples::correction_view(state),
                form: Form::new(),
                refusals: Refusals::default(),
            };
            let html = page.render().unwrap();
            crate::soundness::assert_sound(&html);
            let offered = state == CorrectionState::Assessed;
            assert_eq!(html.contains("/correct\""), offered, "{state:?}");
            assert_eq!(html.contains("/leave\""), offered, "{state:?}");
            assert_eq!(html.contains("is revoked"), offered, "{state:?}");
            assert_eq!(html.contains("/assess\""), state.is_open(), "{state:?}");
        }
    }
}
