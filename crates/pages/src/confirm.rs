//! The page that asks before an act which cannot be taken back: what follows from it, and why it is done.

use askama::Template;

use crate::Shell;
use crate::form::Form;
use crate::message::{Act, Refusals};

/// A question with its consequences, a reason if one is asked for, and the way back.
#[derive(Debug, Template)]
#[template(path = "confirm.html")]
pub struct ConfirmPage {
    /// The frame; its title is the question, e.g. `Withdraw Ben Larsson’s registration?`.
    pub shell: Shell,
    /// Whom or what it is about, above the question.
    pub about: String,
    /// What follows from it, a sentence each.
    pub consequences: Vec<String>,
    /// The reason as typed, in the field `reason`.
    pub form: Form,
    /// The label of the reason; empty when no reason is asked for.
    pub reason: String,
    /// Why the last attempt did not happen.
    pub refusals: Refusals,
    /// The act, or its refusal. Its `action` is where the form is sent.
    pub act: Act,
    /// Where to go when the answer is no.
    pub back: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::styleguide::sample_shell;

    #[test]
    fn a_question_names_its_consequences_and_the_way_back() {
        let page = ConfirmPage {
            shell: sample_shell("Withdraw this registration?"),
            about: "Ben Larsson, reg_1".into(),
            consequences: vec!["No further work can be handed in.".into()],
            form: Form::new(),
            reason: "Why it is withdrawn".into(),
            refusals: Refusals::default(),
            act: Act::allowed("Withdraw", "/registrations/reg_1/withdraw").danger(),
            back: "/registrations/reg_1".into(),
        };
        let html = page.render().unwrap();
        crate::soundness::assert_sound(&html);
        assert!(
            html.contains("No further work can be handed in.")
                && html.contains(r#"href="/registrations/reg_1""#)
        );
        assert!(html.contains(r#"name="reason""#));
    }
}
