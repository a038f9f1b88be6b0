//! The register of certificates.

use super::certificate_tag;
use crate::message::Empty;
use crate::table::{Cell, Column, DataTable};
use crate::way::Pages;
use crate::{Shell, format};
use askama::Template;
use assay_app::award::register::RegisterPage;

/// Every certificate ever issued, with a search.
#[derive(Debug, Template)]
#[template(path = "award/register.html")]
pub struct CertificatesPage {
    pub shell: Shell,
    pub register: RegisterPage,
    /// What was searched for.
    pub q: String,
    /// The query of this page without `page`.
    pub query: String,
}

impl CertificatesPage {
    fn table(&self) -> DataTable {
        let columns = vec![
            Column::words("Number"),
            Column::words("Learner"),
            Column::words("Qualification"),
            Column::words("Issued"),
            Column::words("State"),
        ];
        let rows = self.register.certificates.iter().map(|line| {
            let number = Cell::link(format!("/awards/{}", line.award), &line.number);
            let state = Cell::tag(certificate_tag(line.state));
            vec![
                match &line.replaces {
                    Some(earlier) => number.small(format!("replaces {earlier}")),
                    None => number,
                },
                Cell::text(&line.learner_name).small(&line.learner_number),
                Cell::text(&line.title).small(format!("{}, {}", line.qualification, line.centre_name)),
                Cell::text(format::date(line.issued_on)),
                match line.ended_on {
                    Some(on) => state.small(format!("on {}", format::date(on))),
                    None => state,
                },
            ]
        });
        DataTable::new("register", "Certificates", columns)
            .rows(rows.collect())
            .caption_hidden()
            .empty(Empty::new(
                "No certificates found",
                "A certificate is issued with each award that is released.",
            ))
    }

    fn pages(&self) -> Pages {
        let register = &self.register;
        Pages::new(
            "/certificates",
            &self.query,
            u64::from(register.page),
            u64::from(register.size),
            register.total,
        )
        .of("certificate", "certificates")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::award::samples;
    use crate::styleguide::sample_shell;

    #[test]
    fn the_register_keeps_certificates_that_are_no_longer_in_force() {
        let page = CertificatesPage {
            shell: sample_shell("Certificates"),
            register: samples::register(),
            q: String::new(),
            query: String::new(),
        };
        let html = page.render().unwrap();
        crate::soundness::assert_sound(&html);
        assert!(html.contains("Replaced") && html.contains("Valid"));
    }
}
