//! What is due for internal verification, the oldest signature first.

use super::queue::escaped;
use crate::desk::days_until;
use crate::message::{Empty, Tag, due};
use crate::way::Pages;
use crate::{Shell, format};
use askama::Template;
use assay_app::verification::{DueItem, DueList};
use jiff::civil::Date;

/// The list.
#[derive(Debug, Template)]
#[template(path = "judgement/verification.html")]
pub struct VerificationPage {
    pub shell: Shell,
    pub list: DueList,
    pub q: String,
    pub today: Date,
    /// Whether the policy in force verifies every judgement, so that none can be left out.
    pub all: bool,
}

impl VerificationPage {
    fn lead(&self) -> &'static str {
        if self.all {
            "Every judgement is verified under the policy in force. The oldest signature comes first."
        } else {
            "The policy in force verifies a chosen sample; what need not be looked at is left out with a reason. The oldest signature comes first."
        }
    }

    fn due(&self, item: &DueItem) -> Option<Tag> {
        item.due_on.map(|on| due(on, days_until(self.today, on)))
    }

    fn about(&self, item: &DueItem) -> String {
        format!(
            "{}, attempt {}, judged by {}, signed {}",
            item.qualification,
            item.attempt,
            item.assessor_name,
            format::date(item.signed_on)
        )
    }

    fn pages(&self) -> Pages {
        Pages::new(
            "/verification",
            &format!("q={}", escaped(&self.q)),
            u64::from(self.list.page),
            u64::from(self.list.size),
            u64::try_from(self.list.total).unwrap_or(0),
        )
        .of("judgement", "judgements")
    }

    fn empty(&self) -> Empty {
        if self.q.is_empty() {
            Empty::new(
                "Nothing is due",
                "When an assessor signs a judgement as passed, it appears here with the day by which it should be verified.",
            )
            .icon("check")
        } else {
            Empty::new("Nothing found", "No judgement that is due matches this.")
                .next("/verification", "Show all")
        }
    }
}
