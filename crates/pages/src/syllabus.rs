//! Syllabuses handed in as documents: the list, handing one in, and the review with the document on one side and what
//! was read on the other.

pub mod review;
#[cfg(test)]
mod samples;

pub use review::{Edit, Part, ReviewPage, Show};

use crate::message::{Empty, Refusals, Tag, Tone};
use crate::table::{Cell, Column, DataTable};
use crate::{Form, Shell, format};
use askama::Template;
use assay_app::syllabus::view::SyllabusLine;

/// Syllabuses under review, and those that became specifications.
#[derive(Debug, Template)]
#[template(path = "syllabus/list.html")]
pub struct SyllabusListPage {
    pub shell: Shell,
    pub syllabuses: Vec<SyllabusLine>,
}

impl SyllabusListPage {
    fn table(&self) -> DataTable {
        let columns = vec![
            Column::words("Syllabus"),
            Column::words("Handed in"),
            Column::words("By"),
            Column::words("Findings"),
        ];
        let rows = self.syllabuses.iter().map(|one| {
            vec![
                Cell::link(format!("/syllabuses/{}", one.id), &one.title).small(one.name.clone()),
                Cell::text(&self.shell.when(&one.at).words),
                Cell::text(&one.by),
                Cell::tag(standing(one)),
            ]
        });
        DataTable::new("syllabuses", "Syllabuses", columns)
            .rows(rows.collect())
            .caption_hidden()
            .empty(
                Empty::new(
                    "No syllabus was handed in yet",
                    "Hand in the document that the awarding body publishes; it is read, and you settle what is doubtful.",
                )
                .icon("document")
                .next("/syllabuses/new", "Hand in a syllabus"),
            )
    }
}

fn standing(one: &SyllabusLine) -> Tag {
    if one.specification.is_some() {
        return Tag::new(Tone::Good, "Became a draft");
    }
    let counts = &one.counts;
    if counts.open_errors > 0 {
        return Tag::new(
            Tone::Bad,
            format!("{} open", format::plural(counts.open_errors, "error", "errors")),
        );
    }
    if counts.open_warnings > 0 {
        let words = format::plural(counts.open_warnings, "warning", "warnings");
        return Tag::new(Tone::Caution, format!("{words} open"));
    }
    Tag::new(Tone::Info, "All settled")
}

/// Handing in a syllabus.
#[derive(Debug, Template)]
#[template(path = "syllabus/new.html")]
pub struct NewSyllabusPage {
    pub shell: Shell,
    pub refusals: Refusals,
    pub form: Form,
    /// The largest file, in bytes.
    pub most_bytes: u64,
}

impl NewSyllabusPage {
    fn limit(&self) -> String {
        format!(
            "PDF, Word (.docx), plain text, a CASE package, the template as CSV or workbook, or a specification file. At \
             most {}.",
            format::file_size(self.most_bytes)
        )
    }

    fn accepted(&self) -> &'static str {
        ".pdf,.docx,.txt,.md,.csv,.xlsx,.json,.toml"
    }
}
