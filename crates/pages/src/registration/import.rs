//! Registering learners from a file: choosing it, and what the rehearsal found.

use crate::message::{Refusals, Tag, Tone};
use crate::{Form, Shell, format};
use askama::Template;
use assay_app::registration::import::{Rehearsal, RowFinding};

/// Choosing a file.
#[derive(Debug, Template)]
#[template(path = "registration/import.html")]
pub struct ImportPage {
    pub shell: Shell,
    pub centre: String,
    pub centre_name: String,
    pub form: Form,
}

/// What the rehearsal found, row by row.
#[derive(Debug, Template)]
#[template(path = "registration/import_found.html")]
pub struct ImportFoundPage {
    pub shell: Shell,
    pub rehearsal: Rehearsal,
    pub form: Form,
    pub refusals: Refusals,
}

impl ImportFoundPage {
    fn lead(&self) -> String {
        let findings = &self.rehearsal.findings;
        format!(
            "{} {} of {} can be registered. Nothing is registered yet.",
            findings.read_as,
            findings.good(),
            format::plural(findings.rows.len(), "row", "rows")
        )
    }

    fn bad(&self) -> usize {
        self.rehearsal.findings.rows.len() - self.rehearsal.findings.good()
    }

    fn tag(&self, row: &RowFinding) -> Tag {
        if row.passes() {
            Tag::new(Tone::Good, "passes").icon("check")
        } else {
            Tag::new(
                Tone::Bad,
                format::plural(row.problems.len(), "problem", "problems"),
            )
            .icon("cross")
        }
    }

    fn button(&self) -> String {
        let good = self.rehearsal.findings.good();
        if self.bad() == 0 {
            format!("Register {}", format::plural(good, "learner", "learners"))
        } else {
            format!("Register the {}", format::plural(good, "good row", "good rows"))
        }
    }
}
