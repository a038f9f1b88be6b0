//! A survey of managers as a PDF of two pages, printed by the program's own printer.

use super::Attached;
use crate::demo::cast::Player;
use crate::failure::Stopped;
use assay_print::sheet::{ReportColumn, ReportFact, ReportSection, SheetDate};
use assay_print::{ReportSheet, Theme};

/// The report of a pulse survey at a learner's organisation.
///
/// # Errors
/// The printer cannot draw something.
pub fn survey(player: &Player) -> Result<Attached, Stopped> {
    let asked = player.people / 6 + 12;
    let answered = asked * 7 / 10;
    let fact = |label: &str, value: String| ReportFact {
        label: label.to_owned(),
        value,
    };
    let column = |heading: &str, share, figures| ReportColumn {
        heading: heading.to_owned(),
        share,
        figures,
    };
    let teams = ["Operations", "Customer services", "Finance", "People", "Estates"];
    let rows = teams
        .iter()
        .zip(1_u32..)
        .map(|(team, at)| {
            let before = 38 + (player.people + at * 17) % 23;
            vec![
                (*team).to_owned(),
                (answered / 7 + at).to_string(),
                format!("{before}%"),
                format!("{}%", before + 4 + at * 3),
            ]
        })
        .collect();
    let sheet = ReportSheet {
        issuer: player.organisation.to_owned(),
        title: "Pulse survey of managers, June 2019".to_owned(),
        subtitle: Some("Before and after the first two rounds of coaching".to_owned()),
        reference: format!("Survey 2019-06, {}", player.organisation),
        facts: vec![
            fact("Asked", format!("{asked} managers in five departments")),
            fact("Answered", format!("{answered}, within ten working days")),
            fact("Why it was made", format!("Because {}.", player.trouble)),
        ],
        sections: vec![
            ReportSection {
                heading: "I have somebody at work who helps me think".to_owned(),
                note: Some("Share of those who agree or strongly agree.".to_owned()),
                columns: vec![
                    column("Department", 3, false),
                    column("Answers", 1, true),
                    column("June 2018", 1, true),
                    column("June 2019", 1, true),
                ],
                rows,
                when_empty: "Nobody answered".to_owned(),
            },
            ReportSection {
                heading: "In their own words".to_owned(),
                note: None,
                columns: vec![column("Department", 1, false), column("Remark", 4, false)],
                rows: WORDS
                    .iter()
                    .map(|(team, words)| vec![(*team).to_owned(), (*words).to_owned()])
                    .collect(),
                when_empty: "No remarks".to_owned(),
            },
            ReportSection {
                heading: "How far this carries".to_owned(),
                note: Some(
                    "Those who answered chose to. Pay was raised in the same year, and one department changed its head. The \
                     difference between departments is larger than the difference between years."
                        .to_owned(),
                ),
                columns: Vec::new(),
                rows: Vec::new(),
                when_empty: String::new(),
            },
        ],
        made_on: "28 June 2019".to_owned(),
        made: SheetDate {
            year: 2019,
            month: 6,
            day: 28,
        },
        landscape: false,
    };
    let bytes =
        assay_print::report(&sheet, &Theme::default()).map_err(|fault| Stopped::new(fault.to_string()))?;
    Ok(Attached::new(
        format!("Pulse survey of managers, {}", player.organisation),
        "pulse-survey-2019-06.pdf",
        bytes,
    ))
}

const WORDS: [(&str, &str); 5] = [
    (
        "Operations",
        "I was asked what I would do. I had been waiting for that for years.",
    ),
    (
        "Customer services",
        "Good, but it fell out twice in the busy weeks and nobody noticed.",
    ),
    ("Finance", "I should like to know what happens with what I say."),
    ("People", "We train coaches and have none ourselves."),
    (
        "Estates",
        "The night shift was not asked. Please ask the night shift.",
    ),
];
