//! Returning work before marking, which is something else than a referral.

use crate::message::{Act, Refusals};
use crate::{Choice, Form, Shell};
use askama::Template;

/// The page of returning.
#[derive(Debug, Template)]
#[template(path = "judgement/return.html")]
pub struct ReturnPage {
    pub shell: Shell,
    /// Whose work and which unit.
    pub about: String,
    pub grounds: Vec<Choice>,
    pub form: Form,
    pub refusals: Refusals,
    pub act: Act,
    /// Where the desk is.
    pub back: String,
}
