//! Pages about the program itself, for anybody: accessibility, privacy.

use crate::Shell;
use askama::Template;

/// How far the program can be used by everybody, and whom to tell when it cannot.
#[derive(Debug, Template)]
#[template(path = "about/accessibility.html")]
pub struct AccessibilityPage {
    pub shell: Shell,
}

/// What is kept about a person, for how long it can be read, and how it is erased.
#[derive(Debug, Template)]
#[template(path = "about/privacy.html")]
pub struct PrivacyPage {
    pub shell: Shell,
    /// The awarding body that runs this installation; empty before the founding.
    pub awarding_body: String,
}
