//! The marking queue: what waits, the oldest hand-in first, with one button to take it.

use crate::desk::{days_until, state_tag};
use crate::message::{Empty, Tag, Tone, due};
use crate::way::{Pages, Tabs};
use crate::{Shell, format};
use askama::Template;
use assay_app::judgement::queue::{Queue, QueueItem};
use assay_domain::submission::SubmissionState;
use jiff::civil::Date;

/// The queue.
#[derive(Debug, Template)]
#[template(path = "judgement/queue.html")]
pub struct QueuePage {
    pub shell: Shell,
    pub queue: Queue,
    /// The state that was asked for; none for all.
    pub state: Option<SubmissionState>,
    /// What was searched for.
    pub q: String,
    pub today: Date,
}

const TABS: [(SubmissionState, &str); 4] = [
    (SubmissionState::Submitted, "To take"),
    (SubmissionState::Taken, "Being marked"),
    (SubmissionState::SentBack, "Sent back"),
    (SubmissionState::CountersignDue, "To countersign"),
];

impl QueuePage {
    fn tabs(&self) -> Tabs {
        let q = if self.q.is_empty() {
            String::new()
        } else {
            format!("&q={}", escaped(&self.q))
        };
        let href = |state: Option<SubmissionState>| {
            format!("/marking?state={}{q}", state.map_or("", SubmissionState::as_str))
        };
        let here = href(self.state);
        let all: i64 = self.queue.counts.iter().map(|count| count.pieces).sum();
        let mut tabs = Tabs::new("Work by state")
            .tab(&href(None), "All", &here)
            .count(u64::try_from(all).unwrap_or(0));
        for (state, words) in TABS {
            let pieces = self
                .queue
                .counts
                .iter()
                .find(|count| count.state == state)
                .map_or(0, |count| count.pieces);
            tabs = tabs
                .tab(&href(Some(state)), words, &here)
                .count(u64::try_from(pieces).unwrap_or(0));
        }
        tabs
    }

    fn state_word(&self) -> &'static str {
        self.state.map_or("", SubmissionState::as_str)
    }

    fn pages(&self) -> Pages {
        let query = format!("state={}&q={}", self.state_word(), escaped(&self.q));
        Pages::new(
            "/marking",
            &query,
            u64::from(self.queue.page),
            u64::from(self.queue.size),
            u64::try_from(self.queue.total).unwrap_or(0),
        )
        .of("piece of work", "pieces of work")
    }

    fn empty(&self) -> Empty {
        if self.q.is_empty() && self.state.is_none() {
            Empty::new(
                "Nothing waits to be marked",
                "When a learner hands in a unit that you assess, it appears here with the day by which feedback is due.",
            )
            .icon("check")
        } else {
            Empty::new("Nothing found", "No work in the queue matches this.").next("/marking", "Show all")
        }
    }

    fn state_of(&self, item: &QueueItem) -> Tag {
        match item.state {
            SubmissionState::Submitted if item.revision > 1 => {
                Tag::new(Tone::Info, "Handed in again after a return").icon("upload")
            }
            SubmissionState::Submitted => Tag::new(Tone::Info, "To take").icon("upload"),
            SubmissionState::Taken => Tag::new(
                Tone::Neutral,
                format!("{} of {} decided", item.decided, item.criteria),
            )
            .icon("pen"),
            SubmissionState::SentBack => {
                Tag::new(Tone::Caution, "Sent back by internal verification").icon("return")
            }
            SubmissionState::CountersignDue if item.signed_by_me => {
                Tag::new(Tone::Neutral, "Signed by you, waits for a countersignature")
            }
            SubmissionState::CountersignDue => Tag::new(Tone::Caution, "To countersign").icon("pen"),
            state => state_tag(state),
        }
    }

    fn due(&self, item: &QueueItem) -> Option<Tag> {
        item.due_on.map(|on| due(on, days_until(self.today, on)))
    }

    fn about(&self, item: &QueueItem) -> String {
        format!(
            "{}, attempt {}, {}, handed in {}",
            item.qualification,
            item.attempt,
            format::plural(item.words, "word", "words"),
            format::date(item.submitted_on)
        )
    }

    fn may_take(&self, item: &QueueItem) -> bool {
        item.state == SubmissionState::Submitted && !item.taken
    }

    fn lead(&self) -> String {
        let waits = |state| {
            self.queue
                .counts
                .iter()
                .find(|count| count.state == state)
                .map_or(0, |count| count.pieces)
        };
        match (waits(SubmissionState::Submitted), waits(SubmissionState::Taken)) {
            (0, 0) => "The oldest hand-in comes first.".to_owned(),
            (new, begun) => format!(
                "{} to take, {} being marked. The oldest hand-in comes first.",
                format::number(new),
                format::number(begun)
            ),
        }
    }
}

/// Text as a value in a query.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
