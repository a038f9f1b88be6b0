//! Showing an award by a link: the learner's page, and what a stranger sees.

use crate::message::{Refusals, Seal, Tone};
use crate::table::{Cell, Column, DataTable};
use crate::{Form, Shell, format};
use askama::Template;
use assay_app::award::share::{MadeShareLink, ShareLink, SharedAward, SharedLinks};
use assay_domain::award::CertificateState;

/// The learner's links to an award.
#[derive(Debug, Template)]
#[template(path = "award/share.html")]
pub struct SharePage {
    pub shell: Shell,
    pub refusals: Refusals,
    pub form: Form,
    pub view: SharedLinks,
    /// A link just made; its address is shown this once.
    pub made: Option<MadeShareLink>,
}

impl SharePage {
    fn state_words(&self, link: &ShareLink) -> String {
        let shows = if link.units {
            "shows the award and its units"
        } else {
            "shows the award"
        };
        let opened = match link.opened {
            0 => "not opened yet".to_owned(),
            1 => "opened once".to_owned(),
            times => format!("opened {times} times"),
        };
        format!("{shows}; {opened}")
    }
}

/// What a link shows.
#[derive(Debug, Template)]
#[template(path = "award/shared.html")]
pub struct SharedPage {
    pub shell: Shell,
    pub shared: SharedAward,
    /// When it was looked at, as an instant; on paper it says what was true then.
    pub at: String,
}

impl SharedPage {
    fn seal(&self) -> Seal {
        let day = self.shared.ended_on.map(format::date).unwrap_or_default();
        match self.shared.state {
            CertificateState::Valid => Seal::new(
                Tone::Good,
                "This award is genuine",
                "It comes from the records of the awarding body, and its certificate is in force.",
            ),
            CertificateState::Replaced => Seal::new(
                Tone::Caution,
                "The certificate was replaced",
                format!("The award stands, but its certificate was replaced on {day}."),
            ),
            CertificateState::Revoked => Seal::new(
                Tone::Bad,
                "The certificate was revoked",
                format!("It was taken back on {day} and proves nothing any more."),
            ),
        }
    }

    fn units(&self) -> DataTable {
        let columns = vec![
            Column::words("Unit"),
            Column::words("Reference"),
            Column::figures("Level"),
            Column::figures("Credits"),
        ];
        let rows = self.shared.units.iter().map(|unit| {
            vec![
                Cell::text(&unit.number).small(&unit.title),
                Cell::text(&unit.reference),
                Cell::number(unit.level),
                Cell::number(unit.credits),
            ]
        });
        DataTable::new("units", "Units of the award", columns)
            .rows(rows.collect())
            .caption_hidden()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::award::samples;
    use crate::styleguide::sample_shell;

    fn learners(view: SharedLinks, made: Option<MadeShareLink>) -> String {
        let html = SharePage {
            shell: sample_shell("Share your award"),
            refusals: Refusals::default(),
            form: Form::new(),
            view,
            made,
        }
        .render()
        .unwrap();
        crate::soundness::assert_sound(&html);
        html
    }

    fn strangers(state: CertificateState) -> String {
        let html = SharedPage {
            shell: sample_shell("An award that was shared with you"),
            shared: samples::shared_award(state),
            at: "2019-10-14T09:30:00.000Z".into(),
        }
        .render()
        .unwrap();
        crate::soundness::assert_sound(&html);
        html
    }

    #[test]
    fn a_learner_reads_for_whom_each_link_is_and_when_it_was_opened() {
        let html = learners(samples::shared_links(), Some(samples::made_share_link()));
        for words in [
            "Hart &#38; Sons",
            "opened 3 times",
            "ended",
            "https://assay.example/shared/",
        ] {
            assert!(html.contains(words), "{words}");
        }
        let none = SharedLinks {
            links: Vec::new(),
            ..samples::shared_links()
        };
        assert!(learners(none, None).contains("No link yet"));
    }

    #[test]
    fn a_stranger_reads_the_award_and_nothing_of_assessors_or_numbers_of_the_learner() {
        let html = strangers(CertificateState::Valid);
        assert!(html.contains("This award is genuine") && html.contains("K/616/6742"));
        assert!(html.contains("noindex"));
        assert!(strangers(CertificateState::Revoked).contains("was revoked"));
    }
}
