//! The page for a failure that has no page of its own.

use crate::Shell;
use crate::message::Refusals;
use askama::Template;

/// A problem in words; never more than the failure may say.
#[derive(Debug, Template)]
#[template(path = "problem.html")]
pub struct Problem {
    /// The frame; its title says what the matter is.
    pub shell: Shell,
    /// A sentence or two on what happened and what to do; empty when the refusals say it.
    pub text: String,
    /// What the rules forbid, if it was that.
    pub refusals: Refusals,
}
