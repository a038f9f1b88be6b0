//! Work: written in the browser, attached as files, recorded by staff; marked with the criteria it answers; handed in.

use super::pieces::Attached;
use super::steps::{Learner, Play};
use super::writing::{self, Extent};
use crate::failure::Stopped;
use assay_app::evidence::text::Reading;
use assay_app::evidence::{content, keep, passage, record};
use assay_app::submission::submit::{self, HandIn};
use assay_domain::fact::{AiUse, CriterionRef, EvidenceKind, Place};
use assay_domain::id::{EvidenceId, PersonId, SubmissionId};
use assay_formats::document::{DocumentText, Slices};
use assay_specification::Unit;
use jiff::ToSpan;
use jiff::civil::Date;
use std::io::Write as _;

/// Where an attached piece answers a criterion.
#[derive(Debug, Clone, Copy)]
pub enum At {
    /// The whole piece.
    Whole,
    /// A page, counted from 1.
    Page(u32),
    /// A stretch of a recording, in seconds.
    Seconds(u32, u32),
    /// The paragraph that begins with these words.
    Paragraph(&'static str),
}

/// A unit's criterion, as `("7016V1", "1.3")`.
pub type Answers = (&'static str, &'static str);

impl Play<'_> {
    /// Writes a unit's work and marks in it what answers each criterion.
    ///
    /// # Errors
    /// What the acts answer, as everywhere in the play.
    pub fn write(
        &self,
        learner: &Learner,
        unit: &Unit,
        day: Date,
        extent: Extent,
        attempt: u32,
    ) -> Result<EvidenceId, Stopped> {
        let work = writing::write(
            learner.player,
            learner.number,
            unit,
            &self.house.specification,
            extent,
            attempt,
        );
        let prepared = content::prepare_text(&self.director.app, &work.markdown)?;
        let Reading::Text(text) = prepared.reading.clone() else {
            return Err(Stopped::new("the demonstration's own text cannot be read"));
        };
        let title = format!("{} at {}", unit.title, learner.player.organisation);
        let owner = learner.person.clone();
        let saved = self.director.act(Some(&learner.person), day, move |acting| {
            let start = keep::Start {
                learner: Some(owner),
                kind: EvidenceKind::Written,
                title,
            };
            keep::start_with(acting, start, &prepared, false)
        })?;
        let number = unit.number.to_string();
        let marks = work.answers.iter().filter_map(|(criterion, beginning)| {
            // The text has lost its marks of emphasis; the first words are enough to find the paragraph again.
            let words: String = beginning.chars().take(40).collect();
            let criterion = CriterionRef {
                unit: number.clone(),
                criterion: criterion.clone(),
            };
            Some((paragraph(&text, &words)?, criterion))
        });
        self.mark(&learner.person, &saved.evidence, day, marks.collect())?;
        Ok(saved.evidence)
    }

    /// The learner uploads a file and marks in it what answers which criterion.
    ///
    /// # Errors
    /// The file cannot be kept; what the acts answer.
    pub fn attach(
        &self,
        learner: &Learner,
        day: Date,
        piece: Attached,
        marks: &[(At, Answers)],
    ) -> Result<EvidenceId, Stopped> {
        let mut upload = self
            .director
            .app
            .store()
            .files()
            .begin(piece.bytes.len().max(1) as u64)?;
        upload.write_all(&piece.bytes)?;
        let stored = upload.finish()?;
        let prepared = content::prepare_file(&self.director.app, &stored, &piece.file_name)?;
        let text = match &prepared.reading {
            Reading::Text(text) => Some(text.clone()),
            _ => None,
        };
        let (owner, title) = (learner.person.clone(), piece.title);
        let saved = self.director.act(Some(&learner.person), day, move |acting| {
            let start = keep::Start {
                learner: Some(owner),
                kind: EvidenceKind::File,
                title,
            };
            keep::start_with(acting, start, &prepared, false)
        })?;
        let places = places(marks, text.as_deref())?;
        self.mark(&learner.person, &saved.evidence, day, places)?;
        Ok(saved.evidence)
    }

    /// A tutor or assessor records a viva or an observation, and the learner marks what it shows.
    ///
    /// # Errors
    /// What the acts answer.
    pub fn record(
        &self,
        by: &PersonId,
        day: Date,
        input: record::RecordEvidence,
        marks: &[(At, Answers)],
    ) -> Result<EvidenceId, Stopped> {
        let prepared = record::prepare(&self.director.app, &input, day)?;
        let learner = input.learner.clone();
        let text = match &prepared.reading {
            Reading::Text(text) => Some(text.clone()),
            _ => None,
        };
        let saved = self.director.act(Some(by), day, move |acting| {
            record::run(acting, &input, &prepared)
        })?;
        let places = places(marks, text.as_deref())?;
        self.mark(&learner, &saved.evidence, day, places)?;
        Ok(saved.evidence)
    }

    fn mark(
        &self,
        by: &PersonId,
        evidence: &EvidenceId,
        day: Date,
        marks: Vec<(Place, CriterionRef)>,
    ) -> Result<(), Stopped> {
        let evidence = evidence.clone();
        self.director.act(Some(by), day, move |acting| {
            for (place, criterion) in marks {
                let marking = passage::Marking {
                    version: None,
                    chosen: passage::Chosen::At(place),
                    criteria: vec![criterion],
                    note: None,
                };
                passage::mark(acting, &evidence, &marking)?;
            }
            Ok(())
        })
    }

    /// The learner writes a unit in full on the day before, and hands it in with what else belongs to it.
    ///
    /// # Errors
    /// What the acts answer.
    pub fn hand_in(
        &self,
        learner: &Learner,
        unit: &Unit,
        day: Date,
        attempt: u32,
        with: Vec<EvidenceId>,
    ) -> Result<SubmissionId, Stopped> {
        let eve = day.saturating_sub(1.day());
        let mut items = vec![self.write(learner, unit, eve, Extent::Whole, attempt)?];
        items.extend(with);
        let registration = learner.registration.clone();
        let number = unit.number.to_string();
        let (ai_use, ai_detail) = AI[learner.number % AI.len()];
        let handed = self.director.act(Some(&learner.person), day, move |acting| {
            let input = HandIn {
                items,
                own_work: true,
                ai_use: Some(ai_use),
                ai_detail: ai_detail.map(str::to_owned),
                changes: match attempt {
                    1 => None,
                    2 => Some(
                        "The evaluation under 1.3 is new, and 2.2 now names support from outside.".into(),
                    ),
                    _ => Some(
                        "The evaluation now weighs two alternatives; the figures of the last quarter are in."
                            .into(),
                    ),
                },
            };
            submit::run(acting, &registration, &number, input)
        })?;
        Ok(handed.submission)
    }
}

/// What learners declare on tools that generate text.
const AI: [(AiUse, Option<&str>); 5] = [
    (
        AiUse::Language,
        Some("A spelling and grammar checker, over the whole text."),
    ),
    (AiUse::None, None),
    (AiUse::None, None),
    (
        AiUse::Research,
        Some(
            "A chat assistant, to find out what has been written on the subject. I read the three books it named; one did not exist.",
        ),
    ),
    (AiUse::None, None),
];

fn places(
    marks: &[(At, Answers)],
    text: Option<&DocumentText>,
) -> Result<Vec<(Place, CriterionRef)>, Stopped> {
    marks
        .iter()
        .map(|(at, (unit, criterion))| {
            let place = match at {
                At::Whole => Place::Whole,
                At::Page(page) => Place::Page { page: *page },
                At::Seconds(from, until) => Place::Time {
                    from: *from,
                    until: *until,
                },
                At::Paragraph(words) => text
                    .and_then(|text| paragraph(text, words))
                    .ok_or_else(|| Stopped::new(format!("no paragraph begins with {words:?}")))?,
            };
            let criterion = CriterionRef {
                unit: (*unit).to_owned(),
                criterion: (*criterion).to_owned(),
            };
            Ok((place, criterion))
        })
        .collect()
}

/// The paragraph that begins with some words.
fn paragraph(text: &DocumentText, words: &str) -> Option<Place> {
    let mut slices = Slices::of(&text.text);
    let found = text.paragraphs.iter().find(|paragraph| {
        slices
            .slice(paragraph.start..paragraph.end)
            .is_some_and(|slice| slice.starts_with(words))
    })?;
    Some(Place::Text {
        from: u32::try_from(found.start).ok()?,
        until: u32::try_from(found.end).ok()?,
    })
}
