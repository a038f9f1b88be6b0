//! The centre's own grade, on a sheet of its own (CE-13, JU-10).

use crate::message::Refusals;
use crate::{Choice, Form, Shell};
use askama::Template;

/// The sheet.
#[derive(Debug, Template)]
#[template(path = "judgement/grade.html")]
pub struct GradePage {
    pub shell: Shell,
    pub about: String,
    /// The name of the scale.
    pub scale: String,
    pub grades: Vec<Choice>,
    /// The grade recorded so far.
    pub present: Option<String>,
    pub form: Form,
    pub refusals: Refusals,
    pub action: String,
    pub back: String,
}
