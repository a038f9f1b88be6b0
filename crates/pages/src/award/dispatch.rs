//! Recording that a certificate was sent or handed over.

use crate::Shell;
use crate::form::{Choice, Form};
use crate::message::Refusals;
use askama::Template;
use assay_app::award::change::CertificateToChange;
use assay_domain::award::DispatchMeans;

/// The form on which a dispatch is recorded.
#[derive(Debug, Template)]
#[template(path = "award/dispatch.html")]
pub struct DispatchPage {
    pub shell: Shell,
    pub certificate: CertificateToChange,
    /// `means` and `detail` as typed.
    pub form: Form,
    pub refusals: Refusals,
}

impl DispatchPage {
    fn means(&self) -> Vec<Choice> {
        DispatchMeans::ALL
            .into_iter()
            .map(|means| Choice::new(means.as_str(), means.title()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::award::samples;
    use crate::styleguide::sample_shell;

    #[test]
    fn a_dispatch_asks_how_the_certificate_left() {
        let page = DispatchPage {
            shell: sample_shell("Record a dispatch"),
            certificate: samples::certificate_to_change(),
            form: Form::new(),
            refusals: Refusals::default(),
        };
        let html = page.render().unwrap();
        crate::soundness::assert_sound(&html);
        assert!(html.contains("Tracked post") && html.contains("Collected in person"));
        assert!(html.contains("/certificates/2019-7KX4-29QM-D/dispatch"));
    }
}
