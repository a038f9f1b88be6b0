//! The public check of a certificate: for anybody who holds one, without an account.

use crate::message::{Seal, Tone};
use crate::table::{Cell, Column, DataTable};
use crate::{Form, Shell, format};
use askama::Template;
use assay_app::award::check::Checked;
use assay_domain::award::CertificateState;

/// What was answered.
#[derive(Debug, Clone, Default)]
pub enum Answer {
    /// Nothing was asked yet.
    #[default]
    NotAsked,
    /// Number and name do not fit together, whichever of them is wrong.
    NotFound,
    /// Found, with its state.
    Found(Box<Checked>),
}

/// The check.
#[derive(Debug, Template)]
#[template(path = "award/check.html")]
pub struct CheckPage {
    pub shell: Shell,
    /// Number and family name as typed.
    pub form: Form,
    pub answer: Answer,
    /// When it was checked, as an instant; on paper it says what was true then.
    pub at: String,
}

impl CheckPage {
    fn found(&self) -> Option<&Checked> {
        match &self.answer {
            Answer::Found(checked) => Some(checked),
            _ => None,
        }
    }

    /// The units of a certificate of unit credit, as on the paper.
    fn credited(&self, checked: &Checked) -> DataTable {
        let columns = vec![
            Column::words("Unit reference"),
            Column::words("Title"),
            Column::figures("Level"),
            Column::figures("Credits"),
        ];
        let rows = checked.credited.iter().map(|unit| {
            vec![
                Cell::text(&unit.reference),
                Cell::text(&unit.title),
                Cell::number(unit.level),
                Cell::number(unit.credits),
            ]
        });
        DataTable::new("credited", "Units for which credit was awarded", columns).rows(rows.collect())
    }

    fn is_asked(&self) -> bool {
        !matches!(self.answer, Answer::NotAsked)
    }

    fn seal(&self) -> Seal {
        let Some(checked) = self.found() else {
            return Seal::new(
                Tone::Bad,
                "No such certificate",
                "Number and family name do not belong to a certificate that was issued here. Compare both with the paper, letter by letter.",
            );
        };
        let day = checked.ended_on.map(format::date).unwrap_or_default();
        match checked.state {
            CertificateState::Valid => Seal::new(
                Tone::Good,
                "This certificate is genuine",
                "It was issued as shown below and is in force.",
            ),
            CertificateState::Replaced => Seal::new(
                Tone::Caution,
                "This certificate was replaced",
                format!(
                    "The award stands, but on {day} another certificate took the place of this one. Ask for the newer one."
                ),
            ),
            CertificateState::Revoked => Seal::new(
                Tone::Bad,
                "This certificate was revoked",
                format!("It was taken back on {day} and proves nothing any more."),
            ),
        }
    }
}

/// Too many checks from one place.
#[derive(Debug, Template)]
#[template(path = "award/too_often.html")]
pub struct TooOftenPage {
    pub shell: Shell,
    /// After how many seconds it can be tried again.
    pub seconds: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::award::samples;
    use crate::styleguide::sample_shell;

    fn page(answer: Answer) -> String {
        let page = CheckPage {
            shell: sample_shell("Check a certificate"),
            form: Form::new(),
            answer,
            at: "2019-10-14T09:30:00.000Z".into(),
        };
        let html = page.render().unwrap();
        crate::soundness::assert_sound(&html);
        html
    }

    #[test]
    fn a_stranger_reads_what_the_certificate_shows_and_that_it_is_in_force() {
        let html = page(Answer::Found(Box::new(samples::checked(CertificateState::Valid))));
        assert!(html.contains("This certificate is genuine") && html.contains("Amira Khan"));
        assert!(html.contains("noindex"));
    }

    #[test]
    fn a_certificate_that_is_not_in_force_says_since_when() {
        let revoked = page(Answer::Found(Box::new(samples::checked(
            CertificateState::Revoked,
        ))));
        assert!(revoked.contains("was revoked") && revoked.contains("3 March 2020"));
        let replaced = page(Answer::Found(Box::new(samples::checked(
            CertificateState::Replaced,
        ))));
        assert!(replaced.contains("was replaced") && replaced.contains("3 March 2020"));
    }

    #[test]
    fn before_anything_is_asked_no_answer_is_shown() {
        assert!(!page(Answer::NotAsked).contains("seal__words"));
        assert!(page(Answer::NotFound).contains("No such certificate"));
    }

    #[test]
    fn who_asks_too_often_is_told_when_to_come_back() {
        let html = TooOftenPage {
            shell: sample_shell("Too many checks"),
            seconds: 6,
        }
        .render()
        .unwrap();
        crate::soundness::assert_sound(&html);
        assert!(html.contains("6 seconds"));
    }
}
