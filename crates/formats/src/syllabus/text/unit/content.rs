//! A section of content: what is taught for each outcome, printed apart from the criteria. Its outcomes are headings
//! over guidance and no second outcomes; all of it belongs to the criteria of the outcome that it stands under.

use super::super::label::{self, Label};
use super::super::lines::Line;
use super::super::{heads, markup::Paragraph};
use super::{Event, Scan, Target, statement_like};
use crate::syllabus::words::{begins_like_outcome, begins_lower};

/// The content that is being read.
#[derive(Debug, Clone, Default)]
pub(super) struct Content {
    /// Index of the outcome that it stands under.
    about: Option<usize>,
    /// Words of the outcome's heading that may still follow on the next line.
    heading: String,
    /// Index of its first event.
    from: usize,
}

impl Content {
    /// Content that begins after so many events.
    pub(super) fn after(events: usize) -> Self {
        Self {
            from: events,
            ..Self::default()
        }
    }
}

impl Scan<'_> {
    /// One line of content. False when the content is over and the line belongs to what follows.
    pub(super) fn content_line(&mut self, line: &Line) -> bool {
        if self.pending.is_none()
            && line
                .cells
                .iter()
                .flat_map(|cell| cell.paragraphs.first())
                .any(|first| self.ends_content(&first.text))
        {
            self.close_content(line);
            return false;
        }
        for paragraph in line.cells.iter().flat_map(|cell| &cell.paragraphs) {
            if !self.heading_of_content(line, paragraph) {
                self.content_piece(line, paragraph);
            }
        }
        true
    }

    /// Ends the content. Where the next outcome follows, what stood under no heading belongs to the outcome before it.
    fn close_content(&mut self, line: &Line) {
        let Some(content) = self.content.take() else {
            return;
        };
        let outcome_follows = line
            .cells
            .iter()
            .flat_map(|cell| cell.paragraphs.first())
            .any(|first| matches!(label::split(&first.text), Some((Label::Outcome { .. }, _))));
        let Some(before) = self.current.filter(|_| outcome_follows) else {
            return;
        };
        for event in self.body.events.iter_mut().skip(content.from) {
            if let Event::Guidance(piece) = event
                && piece.about.is_none()
            {
                piece.about = Some(before);
                piece.apart = false;
            }
        }
    }

    /// What can be no content: the first criterion of a unit or of an outcome, and, where the outcomes before have
    /// criteria, an outcome that was not met yet.
    fn ends_content(&self, text: &str) -> bool {
        let none_yet = self
            .body
            .outcomes
            .iter()
            .all(|outcome| outcome.criteria.is_empty());
        match label::split(text) {
            Some((Label::Criterion { number, outcome, .. }, rest)) => {
                let bare = outcome
                    .and_then(|outcome| self.outcome_of_number(&outcome))
                    .and_then(|o| self.body.outcomes.get(o))
                    .is_some_and(|outcome| outcome.criteria.is_empty());
                (none_yet || bare) && !self.is_known(&number) && statement_like(rest)
            }
            Some((Label::Outcome { number, sure }, rest)) => {
                let begins = sure || self.is_next_outcome(&number) && begins_like_outcome(rest);
                !none_yet && begins && self.outcome_of_number(&number).is_none()
            }
            None => false,
        }
    }

    /// An outcome as the heading over its content. An outcome that was not met before begins here.
    fn heading_of_content(&mut self, line: &Line, paragraph: &Paragraph) -> bool {
        let text = paragraph.text.as_str();
        let place = line.place_of(paragraph);
        if paragraph.bullet {
            return false;
        }
        if self.rest_of_heading(line, text) {
            return true;
        }
        let alone = line.lone_text().is_some();
        let by_words = self.outcome_of_words(text).filter(|_| alone);
        let (o, words) = match (label::split(text), by_words) {
            (_, Some(o)) => (Some(o), text),
            (Some((Label::Outcome { number, sure }, rest)), None) => {
                match self.outcome_of_number(&number) {
                    // The number of an outcome under which other words stand is no heading, unless it says so.
                    Some(o) if sure || self.is_said_by(o, rest) => (Some(o), rest),
                    Some(_) => return false,
                    None if (sure || begins_like_outcome(rest)) && !rest.is_empty() => {
                        self.leftovers();
                        let made = self.outcome(Some(&number), Some(rest), &place);
                        match made {
                            Some(Target::Outcome(o)) => (Some(o), rest),
                            _ => return false,
                        }
                    }
                    None => return false,
                }
            }
            _ => return false,
        };
        let Some(o) = o else { return false };
        // A heading in other words than the outcome's own is kept as words of the content, so that nobody loses it.
        let said = words.is_empty() || self.is_said_by(o, words);
        self.current = Some(o);
        if let Some(content) = &mut self.content {
            content.about = Some(o);
            content.heading = heads::plain(words);
        }
        said
    }

    fn rest_of_heading(&mut self, line: &Line, text: &str) -> bool {
        let Some((o, heading)) = self
            .content
            .as_ref()
            .and_then(|content| Some((content.about?, content.heading.clone())))
        else {
            return false;
        };
        if heading.is_empty() || line.after_gap {
            return false;
        }
        let whole = format!("{heading} {}", heads::plain(text));
        let known = self.text_of(Target::Outcome(o)).map(|text| heads::plain(&text));
        let goes_on = known.is_some_and(|known| known == whole || known.starts_with(&format!("{whole} ")));
        if let Some(content) = &mut self.content {
            content.heading = if goes_on { whole } else { String::new() };
        }
        goes_on
    }

    fn outcome_of_number(&self, number: &str) -> Option<usize> {
        self.body
            .outcomes
            .iter()
            .position(|outcome| outcome.number.as_ref().is_some_and(|found| found.value == number))
    }

    /// The outcome whose words these are, without its number.
    fn outcome_of_words(&self, text: &str) -> Option<usize> {
        let plain = heads::plain(text);
        self.body.outcomes.iter().position(|outcome| {
            outcome
                .text
                .as_ref()
                .is_some_and(|found| heads::plain(&found.value) == plain)
        })
    }

    /// Whether words are those of an outcome, or begin them.
    fn is_said_by(&self, o: usize, words: &str) -> bool {
        let words = heads::plain(words);
        self.text_of(Target::Outcome(o)).is_some_and(|text| {
            let known = heads::plain(&text);
            !words.is_empty() && (known == words || known.starts_with(&format!("{words} ")))
        })
    }

    fn content_piece(&mut self, line: &Line, paragraph: &Paragraph) {
        let text = paragraph.text.as_str();
        if heads::is_table_head(text) {
            return;
        }
        let about = self.content.as_ref().and_then(|content| content.about);
        let wrapped =
            !line.after_gap && !paragraph.bullet && begins_lower(text) && self.last == Some(Target::Guidance);
        self.guidance(text, &line.place_of(paragraph), paragraph.bullet, false, wrapped);
        if let Some(Event::Guidance(piece)) = self.body.events.last_mut() {
            piece.about = about;
            piece.apart = about.is_none();
        }
        self.last = Some(Target::Guidance);
        self.last_line = line.number;
    }
}
