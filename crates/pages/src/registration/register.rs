//! Registering one learner.

use crate::message::Refusals;
use crate::{Choice, Form, Shell, format};
use askama::Template;
use assay_app::registration::register::RegistrationForm;

/// The form for registering a learner.
#[derive(Debug, Template)]
#[template(path = "registration/register.html")]
pub struct RegisterPage {
    pub shell: Shell,
    pub view: RegistrationForm,
    pub form: Form,
    pub refusals: Refusals,
}

impl RegisterPage {
    fn qualifications(&self) -> Vec<Choice> {
        self.view
            .qualifications
            .iter()
            .map(|found| {
                Choice::new(&found.code, format!("{} ({})", found.title, found.code)).hint(format!(
                    "Number {}. Registration from {} to {}.",
                    found.number,
                    format::date(found.opens_on),
                    format::date(found.closes_on)
                ))
            })
            .collect()
    }

    fn age_hint(&self) -> String {
        match self.view.minimum_age {
            Some(age) => {
                format!("As on the identity document. Learners are at least {age} on the start date.")
            }
            None => "As on the identity document.".to_owned(),
        }
    }
}
