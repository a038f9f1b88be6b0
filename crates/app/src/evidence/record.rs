//! Vivas and observations: recorded by a tutor or assessor as evidence for the learner (LW-09).

use super::content::{self, Prepared};
use super::find;
use super::keep::{self, Saved, Start};
use crate::{Acting, App, Failure};
use assay_domain::fact::EvidenceKind;
use assay_domain::id::PersonId;
use assay_domain::moment::long_date;
use assay_domain::{Code, Refusal};
use jiff::civil::Date;
use std::fmt::Write as _;

/// A question with the learner's answer.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct Exchange {
    pub question: String,
    pub answer: String,
}

/// What was heard or seen.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Record {
    /// A viva voce: questions and answers.
    Viva { exchanges: Vec<Exchange> },
    /// An observation: what the learner did and what that shows.
    Observation { seen: String },
}

/// Record a viva or an observation.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
pub struct RecordEvidence {
    pub learner: PersonId,
    pub title: String,
    #[schema(value_type = String, format = Date)]
    pub held_on: Date,
    /// Where, and who else was there.
    #[serde(default)]
    pub circumstances: Option<String>,
    pub record: Record,
}

impl RecordEvidence {
    /// The kind of evidence that it becomes.
    pub fn kind(&self) -> EvidenceKind {
        match self.record {
            Record::Viva { .. } => EvidenceKind::Viva,
            Record::Observation { .. } => EvidenceKind::Observation,
        }
    }

    /// The record as text, so that it is read, marked and counted like any other.
    ///
    /// # Errors
    /// `Unreadable` when there is nothing in it, or a question without an answer or the reverse.
    pub fn text(&self, today: Date) -> Result<String, Failure> {
        let mut complaints = Vec::new();
        if self.held_on > today {
            complaints.push(crate::Complaint::new(
                "held_on",
                "The day lies ahead; record it when it has been.",
            ));
        }
        let mut text = String::new();
        let on = long_date(self.held_on);
        let _ = writeln!(text, "Held on {on}.");
        if let Some(circumstances) = self
            .circumstances
            .as_deref()
            .map(str::trim)
            .filter(|c| !c.is_empty())
        {
            let _ = writeln!(text, "\n{circumstances}");
        }
        match &self.record {
            Record::Viva { exchanges } => {
                let asked: Vec<&Exchange> = exchanges
                    .iter()
                    .filter(|exchange| !(blank(&exchange.question) && blank(&exchange.answer)))
                    .collect();
                if asked.is_empty() {
                    complaints.push(crate::Complaint::new(
                        "question-1",
                        "Enter at least one question and its answer.",
                    ));
                }
                for (at, exchange) in asked.iter().enumerate() {
                    let number = at + 1;
                    if blank(&exchange.question) {
                        complaints.push(crate::Complaint::new(
                            format!("question-{number}"),
                            "Enter the question that was answered.",
                        ));
                    }
                    if blank(&exchange.answer) {
                        complaints.push(crate::Complaint::new(
                            format!("answer-{number}"),
                            "Enter what was answered; where there was no answer, say so.",
                        ));
                    }
                    let question = exchange.question.trim().replace('\n', " ");
                    let _ = writeln!(
                        text,
                        "\n## Question {number}\n\n{question}\n\n**Answer**\n\n{}",
                        exchange.answer.trim()
                    );
                }
            }
            Record::Observation { seen } => {
                if blank(seen) {
                    complaints.push(crate::Complaint::new("seen", "Enter what you saw and heard."));
                }
                let _ = writeln!(text, "\n{}", seen.trim());
            }
        }
        if complaints.is_empty() {
            Ok(text)
        } else {
            Err(Failure::Unreadable(complaints))
        }
    }
}

fn blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Keeps the record's text, outside of any transaction.
///
/// # Errors
/// As [`RecordEvidence::text`] and [`content::prepare_text`].
pub fn prepare(app: &App, input: &RecordEvidence, today: Date) -> Result<Prepared, Failure> {
    content::prepare_text(app, &input.text(today)?)
}

/// Records it as the learner's evidence.
///
/// # Errors
/// As [`keep::start`] and [`keep::save`]; `EVIDENCE_BEFORE_REG` when it was held before any registration of the learner began
/// and the policy refuses that.
pub fn run(
    acting: &mut Acting<'_, '_>,
    input: &RecordEvidence,
    prepared: &Prepared,
) -> Result<Saved, Failure> {
    since_registration(acting, input)?;
    let start = Start {
        learner: Some(input.learner.clone()),
        kind: input.kind(),
        title: input.title.clone(),
    };
    keep::start_with(acting, start, prepared, false)
}

fn since_registration(acting: &mut Acting<'_, '_>, input: &RecordEvidence) -> Result<(), Failure> {
    let actor = acting.actor()?.clone();
    let first = find::registrations_seen(acting.tx, &actor, &input.learner)?
        .iter()
        .map(|seen| seen.row.start_on)
        .min();
    let refuses = acting.policy().text("evidence.before_registration") == Some("refuse");
    match first.filter(|first| refuses && input.held_on < *first) {
        None => Ok(()),
        Some(first) => Err(Refusal::new(
            Code::EvidenceBeforeReg,
            format!(
                "The learner's registration began on {}; what was held before that cannot be assessed for it.",
                long_date(first)
            ),
        )
        .remedy("Correct the day, or hold it again.")
        .who("The tutor or assessor who records it")
        .source("practice, section 6; policy profile, evidence.before_registration")
        .field("held_on")
        .into()),
    }
}
