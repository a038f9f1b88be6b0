//! What changed between two versions of a syllabus.

use crate::message::{Tag, Tone};
use crate::{Choice, Form, Shell};
use askama::Template;
use assay_app::specification::SpecificationRow;
use assay_app::specification::difference::{DifferenceSeen, Happened, Mark};

/// The difference between two versions.
#[derive(Debug, Template)]
#[template(path = "specification/difference.html")]
pub struct DifferencePage {
    pub shell: Shell,
    pub seen: DifferenceSeen,
}

impl DifferencePage {
    fn name_of(&self, row: &SpecificationRow) -> String {
        format!("version {} ({})", row.version, row.stage.title().to_lowercase())
    }

    fn versions_field(&self) -> crate::form::Field {
        let choices: Vec<Choice> = self
            .seen
            .others
            .iter()
            .map(|row| {
                let name = format!(
                    "Version {}, {}, loaded {}",
                    row.version,
                    row.stage.title().to_lowercase(),
                    self.shell.when(&row.drafted_at).words
                );
                Choice::new(row.id.to_string(), name)
            })
            .collect();
        let form = Form::new().with("from", &self.seen.before.id);
        form.select("from", "Compare with", &choices)
    }

    fn tag(&self, happened: &Happened) -> Tag {
        match happened {
            Happened::Added => Tag::new(Tone::Good, "Added"),
            Happened::Removed => Tag::new(Tone::Bad, "Removed"),
            Happened::Changed => Tag::new(Tone::Caution, "Changed"),
        }
    }
}
