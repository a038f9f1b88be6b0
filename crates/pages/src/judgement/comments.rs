//! An assessor's reusable comments.

use crate::{Form, Shell, format};
use askama::Template;
use assay_app::judgement::comments::Comment;

/// The comments of one person.
#[derive(Debug, Template)]
#[template(path = "judgement/comments.html")]
pub struct CommentsPage {
    pub shell: Shell,
    pub comments: Vec<Comment>,
    pub form: Form,
}

impl CommentsPage {
    fn uses(&self, comment: &Comment) -> String {
        match comment.uses {
            0 => "not used yet".to_owned(),
            uses => format!("used {}", format::plural(uses, "time", "times")),
        }
    }

    fn empty(&self) -> crate::message::Empty {
        crate::message::Empty::new(
            "No comments yet",
            "Write one below, or tick “keep this reason” at the desk. A comment can then be put into any reason with two keys.",
        )
        .icon("message")
    }
}
