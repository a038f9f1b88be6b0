//! The register of certificates.

use super::certificate_tag;
use crate::form::{Choice, Form};
use crate::message::Empty;
use crate::table::{Cell, Column, DataTable, SortLink};
use crate::way::Pages;
use crate::{Shell, format};
use askama::Template;
use assay_app::award::register::{RegisterPage, Show, Sort};
use assay_domain::award::{CertificateState, Delivery};

/// Every certificate ever issued, with a search.
#[derive(Debug, Template)]
#[template(path = "award/register.html")]
pub struct CertificatesPage {
    pub shell: Shell,
    pub register: RegisterPage,
    /// What was searched for, as typed: `q`, `state`, `qualification`, `from`, `until`.
    pub form: Form,
    /// The query of this page without `page`.
    pub query: String,
    /// By what it is sorted.
    pub sort: Sort,
    pub quality_manager: bool,
}

impl CertificatesPage {
    fn states(&self) -> Vec<Choice> {
        Show::ALL
            .into_iter()
            .map(|show| Choice::new(show.as_str(), show.title()))
            .collect()
    }

    /// How well the published time to dispatch was kept.
    fn service(&self) -> Option<String> {
        let service = self.register.service.as_ref()?;
        let days = format::plural(service.target_days, "day", "days");
        Some(if service.dispatched == 0 {
            format!(
                "Certificates are to be dispatched within {days} of the claim. None was dispatched in the last twelve months."
            )
        } else {
            format!(
                "Of {} dispatched in the last twelve months, {} left within {days} of the claim.",
                format::plural(service.dispatched, "certificate", "certificates"),
                service.in_time
            )
        })
    }

    fn table(&self) -> DataTable {
        let sort = |column: &str| SortLink::new("/certificates", &self.query, column, self.sort.as_str());
        let columns = vec![
            Column::words("Number").sort(sort("number")),
            Column::words("Learner").sort(sort("learner")),
            Column::words("Qualification"),
            Column::words("Issued").sort(sort("issued")),
            Column::words("State"),
            Column::words("Paper"),
        ];
        let rows = self.register.certificates.iter().map(|line| {
            let number = Cell::link(format!("/certificates/{}", line.number), &line.number);
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
                paper(line.delivery, line.state, line.dispatch_due_on),
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

    /// The query with the order.
    fn sorted_query(&self) -> String {
        format!("{}&sort={}", self.query, self.sort.as_str())
    }

    fn pages(&self) -> Pages {
        let register = &self.register;
        Pages::new(
            "/certificates",
            &self.sorted_query(),
            u64::from(register.page),
            u64::from(register.size),
            register.total,
        )
        .of("certificate", "certificates")
    }
}

/// Where the paper of a certificate is, with the day by which it is to leave.
fn paper(delivery: Delivery, state: CertificateState, due_on: Option<jiff::civil::Date>) -> Cell {
    if state != CertificateState::Valid && delivery == Delivery::Waiting {
        return Cell::text("never dispatched");
    }
    let cell = Cell::text(delivery.title());
    match due_on {
        Some(on) => cell.small(format!("by {}", format::date(on))),
        None => cell,
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
            form: Form::new(),
            query: String::new(),
            sort: Sort::Number,
            quality_manager: true,
        };
        let html = page.render().unwrap();
        crate::soundness::assert_sound(&html);
        assert!(html.contains("Replaced") && html.contains("Valid"));
        assert!(html.contains("aria-sort=\"ascending\"") && html.contains("sort=-number"));
        assert!(html.contains("by 28 October 2019") && html.contains("9 left within 14 days"));
    }
}
