//! Messages between a learner and those who teach and assess them.

use crate::message::Refusals;
use crate::{Choice, Form, Shell};
use askama::Template;
use assay_app::plan::message::{Conversation, MessageLine};

/// The line of one learner.
#[derive(Debug, Template)]
#[template(path = "registration/messages.html")]
pub struct MessagesPage {
    pub shell: Shell,
    pub line: MessageLine,
    pub form: Form,
    pub refusals: Refusals,
}

impl MessagesPage {
    fn recipients(&self) -> Vec<Choice> {
        self.line
            .recipients
            .iter()
            .map(|recipient| {
                Choice::new(
                    recipient.person.as_str(),
                    format!("{} ({})", recipient.name, recipient.part),
                )
            })
            .collect()
    }

    /// Where there is one person to write to, nobody has to choose; else nothing.
    fn only_recipient(&self) -> String {
        match self.line.recipients.as_slice() {
            [only] => only.person.to_string(),
            _ => String::new(),
        }
    }

    fn units(&self) -> Vec<Choice> {
        self.line
            .units
            .iter()
            .map(|unit| Choice::new(unit, unit))
            .collect()
    }

    fn action(&self) -> String {
        format!("/registrations/{}/messages", self.line.registration)
    }
}

/// Everybody with whom somebody exchanges messages.
#[derive(Debug, Template)]
#[template(path = "registration/conversations.html")]
pub struct ConversationsPage {
    pub shell: Shell,
    pub conversations: Vec<Conversation>,
}
