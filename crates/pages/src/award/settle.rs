//! Recording what was sent before dispatches were recorded here.

use crate::form::Form;
use crate::message::Refusals;
use crate::{Shell, format};
use askama::Template;
use assay_app::award::settle::ToSettle;

/// The form on which many papers are settled at once.
#[derive(Debug, Template)]
#[template(path = "award/settle.html")]
pub struct SettlePage {
    pub shell: Shell,
    pub found: ToSettle,
    /// `sent_by` and `because` as typed.
    pub form: Form,
    pub refusals: Refusals,
}

impl SettlePage {
    fn waiting(&self) -> String {
        format::plural(
            self.found.waiting,
            "certificate in force is listed as to be dispatched",
            "certificates in force are listed as to be dispatched",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::styleguide::sample_shell;

    #[test]
    fn it_says_how_many_wait_and_since_when_dispatches_are_recorded() {
        for recorded_from in [Some(jiff::civil::date(2019, 9, 2)), None] {
            let page = SettlePage {
                shell: sample_shell("Sent before"),
                found: ToSettle {
                    waiting: 204,
                    recorded_from,
                },
                form: Form::new(),
                refusals: Refusals::default(),
            };
            let html = page.render().unwrap();
            crate::soundness::assert_sound(&html);
            assert!(html.contains("204 certificates"), "{html}");
            assert_eq!(html.contains("2 September 2019"), recorded_from.is_some());
        }
    }
}
