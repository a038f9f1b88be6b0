//! A certificate: what it says, where its paper is, and everything that happened to it.

use super::certificate_tag;
use crate::Shell;
use crate::message::Tag;
use crate::way::{Event, Timeline};
use crate::{format, message::Tone};
use askama::Template;
use assay_app::award::certificate::CertificateView;
use assay_domain::award::{CertificateState, Delivery};

/// A certificate.
#[derive(Debug, Template)]
#[template(path = "award/certificate.html")]
pub struct CertificatePage {
    pub shell: Shell,
    pub view: CertificateView,
}

impl CertificatePage {
    fn tag(&self) -> Tag {
        certificate_tag(self.view.line.state)
    }

    fn in_force(&self) -> bool {
        self.view.line.state == CertificateState::Valid
    }

    /// What a learner or a centre wants to know of the paper.
    fn paper(&self) -> String {
        let line = &self.view.line;
        match (line.delivery, line.dispatch_due_on) {
            (Delivery::Waiting, Some(on)) => format!("To be dispatched by {}", format::date(on)),
            (Delivery::Waiting, None) if !self.in_force() => "Never dispatched".to_owned(),
            (delivery, _) => delivery.title().to_owned(),
        }
    }

    fn history(&self) -> Timeline {
        let items = self
            .view
            .history
            .iter()
            .map(|line| {
                let details: Vec<String> = line
                    .details
                    .iter()
                    .filter(|detail| !detail.erased && !detail.text.is_empty())
                    .map(|detail| format!("{}: {}", detail.label, detail.text))
                    .collect();
                let entry = format!("Entry {} of the ledger", line.sequence);
                Event {
                    what: line.says.clone(),
                    href: line.links.first().map(|link| link.href.clone()),
                    at: line.at.clone(),
                    when: format::date_time(&line.at, &self.shell.zone),
                    who: entry,
                    more: details.join(". "),
                    tone: match line.kind.as_str() {
                        "certificate_revoked" => Tone::Bad,
                        "certificate_undelivered" => Tone::Caution,
                        "certificate_issued" => Tone::Good,
                        _ => Tone::Info,
                    },
                }
            })
            .collect();
        Timeline { items }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::award::samples;
    use crate::styleguide::sample_shell;

    #[test]
    fn a_certificate_shows_where_it_is_and_what_happened_from_which_entry() {
        for state in CertificateState::ALL {
            let page = CertificatePage {
                shell: sample_shell("Certificate"),
                view: samples::certificate_view(state),
            };
            let html = page.render().unwrap();
            crate::soundness::assert_sound(&html);
            assert!(html.contains("Entry 412 of the ledger"));
            assert_eq!(html.contains("/revoke"), state == CertificateState::Valid);
        }
    }
}
