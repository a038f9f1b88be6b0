//! Internal verification of one judgement: the work on the left, what was decided on the right, agree or disagree on each.

use crate::desk::{Piece, PieceBody, link, pieces};
use crate::drawing::Standing;
use crate::message::{Act, Notice, Refusals, Refused, Tag, Tone, due};
use crate::{Form, Shell, format};
use askama::Template;
use assay_app::verification::MadeVerification;
use assay_app::verification::desk::VerifyView;
use assay_domain::fact::CriterionDecision;
use jiff::civil::Date;

/// A judged submission before a verifier.
#[derive(Debug, Template)]
#[template(path = "judgement/verify.html")]
pub struct VerifyPage {
    pub shell: Shell,
    pub view: VerifyView,
    pub today: Date,
    pub pieces: Vec<Piece>,
    pub criteria: Vec<VerifyCriterion>,
    /// Nothing is marked by a verifier; the shared pane asks.
    pub read_only: bool,
    pub mark_action: String,
    /// What was typed.
    pub form: Form,
    /// Why it did not happen just now.
    pub refusals: Refusals,
    pub notices: Vec<Notice>,
}

/// A criterion before a verifier.
#[derive(Debug, Clone)]
pub struct VerifyCriterion {
    pub number: String,
    pub text: String,
    pub met: bool,
    pub reason: String,
    pub words: String,
    /// The passages that the decision rests on: id, words, place.
    pub passages: Vec<crate::desk::PassageLink>,
    /// What the verifier has answered: `agree`, `disagree` or nothing.
    pub answer: String,
    pub because: String,
}

impl VerifyCriterion {
    fn key(&self) -> String {
        self.number.replace('.', "-")
    }

    fn standing(&self) -> Standing {
        if self.met {
            Standing::Met
        } else {
            Standing::NotYetMet
        }
    }

    fn tag(&self) -> Tag {
        if self.met {
            Tag::new(Tone::Good, "Met")
        } else {
            Tag::new(Tone::Caution, "Not yet met").icon("return")
        }
    }

    fn is(&self, answer: &str) -> bool {
        self.answer == answer
    }
}

impl VerifyPage {
    /// The page as it stands on a day, with what was typed.
    pub fn of(shell: Shell, view: VerifyView, today: Date, form: Form, refusals: Refusals) -> Self {
        let reading = &view.desk.reading;
        let criteria = view
            .desk
            .criteria
            .iter()
            .map(|criterion| {
                let decided = criterion.decided.as_ref();
                let cited = decided
                    .map(|decided| decided.passages.as_slice())
                    .unwrap_or_default();
                VerifyCriterion {
                    number: criterion.number.clone(),
                    text: criterion.text.clone(),
                    met: decided.is_some_and(|decided| decided.decision == CriterionDecision::Met),
                    reason: decided.map(|decided| decided.reason.clone()).unwrap_or_default(),
                    words: decided
                        .and_then(|decided| decided.words.clone())
                        .unwrap_or_default(),
                    passages: reading
                        .passages
                        .iter()
                        .filter(|passage| cited.contains(&passage.id))
                        .map(|passage| link(passage, reading))
                        .collect(),
                    answer: form.value(&format!("answer-{}", criterion.number)).to_owned(),
                    because: form.value(&format!("reason-{}", criterion.number)).to_owned(),
                }
            })
            .collect();
        VerifyPage {
            pieces: pieces(&shell, reading),
            criteria,
            read_only: true,
            mark_action: String::new(),
            notices: notices(&view),
            shell,
            view,
            today,
            form,
            refusals,
        }
    }

    fn may_verify(&self) -> bool {
        self.view.verify.is_empty()
    }

    fn hindered(&self) -> Refusals {
        Refusals::new(
            "You cannot verify this judgement",
            self.view.verify.iter().map(Refused::from).collect(),
        )
    }

    fn at(&self) -> String {
        format!("/submissions/{}", self.view.desk.reading.submission)
    }

    fn leave_out(&self) -> Act {
        if self.view.leave_out.is_empty() {
            Act::allowed("Leave it out of the sample", format!("{}/leave-out", self.at())).second()
        } else {
            Act::refused(
                "Leave it out of the sample",
                self.view.leave_out.iter().map(Refused::from).collect(),
            )
        }
    }

    fn due(&self) -> Option<Tag> {
        let on = self.view.due_on.filter(|_| self.may_verify())?;
        Some(due(on, crate::desk::days_until(self.today, on)))
    }

    fn state(&self) -> Tag {
        crate::desk::state_tag(self.view.desk.state)
    }

    fn met(&self) -> usize {
        self.criteria.iter().filter(|criterion| criterion.met).count()
    }
}

fn notices(view: &VerifyView) -> Vec<Notice> {
    let mut notices = Vec::new();
    if let Some(signed) = &view.desk.judgement {
        let countersigned = signed
            .countersigned_by
            .as_ref()
            .map(|by| format!(", countersigned by {by}"))
            .unwrap_or_default();
        notices.push(
            Notice::info(signed.feedback.clone().unwrap_or_default()).title(format!(
                "Signed by {} on {}{countersigned}",
                signed.signed_by,
                format::date(signed.signed_on)
            )),
        );
    }
    if let Some(graded) = &view.desk.graded {
        notices.push(Notice::info(graded.in_words()).title("Result of the unit by this judgement"));
    }
    notices.extend(view.made.iter().map(made));
    notices
}

/// A verification that was made, as a notice.
pub(super) fn made(made: &MadeVerification) -> Notice {
    let remark = made.remark.clone().unwrap_or_default();
    let on = format::date(made.on);
    match (made.looked_at, made.agreed) {
        (false, _) => Notice::info(remark).title(format!("Left out of the sample by {} on {on}", made.by)),
        (true, Some(true)) => Notice::good(remark).title(format!("{} agreed on {on}", made.by)),
        (true, _) => {
            let open: Vec<String> = made
                .criteria
                .iter()
                .filter(|found| !found.agrees)
                .map(|found| {
                    format!(
                        "{}: {}",
                        found.criterion,
                        found.reason.as_deref().unwrap_or_default()
                    )
                })
                .collect();
            Notice::caution(format!("{} {remark}", open.join(" "))).title(format!(
                "{} disagreed on {on} and sent the judgement back",
                made.by
            ))
        }
    }
}
