//! The digital credentials of a certificate: what they are for, how to use them, and the files.

use crate::Shell;
use crate::table::{Cell, Column, DataTable};
use askama::Template;
use assay_app::credential::CredentialsView;

/// The digital credentials of a certificate.
#[derive(Debug, Template)]
#[template(path = "award/credential.html")]
pub struct CredentialPage {
    pub shell: Shell,
    pub view: CredentialsView,
}

impl CredentialPage {
    fn over(&self) -> String {
        format!(
            "{}, certificate {}",
            self.view.learner_name, self.view.certificate_number
        )
    }

    /// Whose they are, for a sentence.
    fn whose(&self) -> &'static str {
        if self.view.own { "your" } else { "the learner's" }
    }

    fn may_download(&self) -> bool {
        self.view.in_force && self.view.issuer.is_some()
    }

    fn address(&self, unit: Option<&str>, proof: &str) -> String {
        let number = &self.view.certificate_number;
        // A unit's number has nothing in it that would mean something else in an address.
        let unit = unit.map(|unit| format!("&unit={unit}")).unwrap_or_default();
        format!("/certificates/{number}/credential?proof={proof}{unit}")
    }

    fn record(&self, proof: &str) -> String {
        format!(
            "/certificates/{}/credential?record=true&proof={proof}",
            self.view.certificate_number
        )
    }

    /// Each credential with its file in one form.
    fn files(&self, id: &str, title: &str, proof: &str) -> DataTable {
        let columns = vec![
            Column::words("For"),
            Column::figures("Credits"),
            Column::words("File"),
        ];
        let total: u32 = self.view.units.iter().map(|unit| unit.credits).sum();
        let mut rows = Vec::new();
        if self.view.of_qualification {
            rows.push(vec![
                Cell::text(&self.view.title).small("the whole qualification"),
                Cell::number(total),
                Cell::link(self.address(None, proof), "Download the qualification"),
            ]);
        }
        rows.extend(self.view.units.iter().map(|unit| {
            vec![
                Cell::text(&unit.title).small(format!("unit {}", unit.number)),
                Cell::number(unit.credits),
                Cell::link(
                    self.address(Some(&unit.number), proof),
                    format!("Download {}", unit.number),
                ),
            ]
        }));
        DataTable::new(id, title, columns).rows(rows).caption_hidden()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::award::samples;
    use crate::styleguide::sample_shell;

    fn page(view: CredentialsView) -> String {
        let page = CredentialPage {
            shell: sample_shell("Digital credential"),
            view,
        };
        let html = page.render().unwrap();
        crate::soundness::assert_sound(&html);
        html
    }

    #[test]
    fn a_learner_reads_what_it_is_for_and_finds_a_file_for_the_qualification_and_each_unit() {
        let html = page(samples::credentials());
        for words in [
            "What it is for",
            "/certificates/2019-7KX4-29QM-D/credential?proof=rdfc",
            "unit=7020V1",
            "proof=jwt",
            "record=true",
            "wallet",
            "None of your work is in it",
        ] {
            assert!(html.contains(words), "{words}");
        }
        assert!(!html.to_lowercase().contains(" grade of"));
    }

    #[test]
    fn unit_credit_has_a_file_of_each_unit_and_neither_one_of_a_qualification_nor_a_record() {
        let mut view = samples::credentials();
        view.of_qualification = false;
        let html = page(view);
        assert!(html.contains("unit=7020V1") && !html.contains("record=true"));
        assert!(!html.contains("Download the qualification") && !html.contains("Download the credential"));
    }

    #[test]
    fn a_certificate_that_is_not_in_force_has_no_files() {
        let mut view = samples::credentials();
        view.in_force = false;
        let html = page(view);
        assert!(html.contains("not in force") && !html.contains("/credential?"));
    }

    #[test]
    fn where_no_key_signs_there_are_no_files_and_it_is_said_who_can_make_one() {
        let mut view = samples::credentials();
        view.issuer = None;
        let html = page(view);
        assert!(html.contains("cannot be signed yet") && !html.contains("/credential?"));
    }
}
