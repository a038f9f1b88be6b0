//! What the program says to a person: notices, refusals, empty places, status tags, due dates.

use askama::Template;

use crate::format;
use crate::icon::{Icon, icon};

/// The manner of a message. It always comes with an icon and words, never by colour alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing particular.
    #[default]
    Neutral,
    /// Worth knowing.
    Info,
    /// It worked, or it is met.
    Good,
    /// Take care, or not yet.
    Caution,
    /// It failed, or it is forbidden.
    Bad,
}

impl Tone {
    /// The ending of the class.
    pub fn class(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Info => "info",
            Self::Good => "good",
            Self::Caution => "caution",
            Self::Bad => "bad",
        }
    }

    /// The icon that goes with it.
    pub fn icon(self) -> Icon<'static> {
        icon(match self {
            Self::Neutral | Self::Info => "info",
            Self::Good => "check",
            Self::Caution => "alert",
            Self::Bad => "stop",
        })
    }

    /// The word that a screen reader hears before the message.
    pub fn word(self) -> &'static str {
        match self {
            Self::Neutral | Self::Info => "Information",
            Self::Good => "Done",
            Self::Caution => "Please note",
            Self::Bad => "Problem",
        }
    }
}

/// A message in a coloured box: `{{ notice }}` in a template.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "components/notice.html")]
pub struct Notice {
    /// Its manner.
    pub tone: Tone,
    /// A short heading, if any.
    pub title: Option<String>,
    /// The message, one or two sentences.
    pub text: String,
    /// A link with its words, if there is a next thing to do.
    pub link: Option<(String, String)>,
}

impl askama::filters::HtmlSafe for Notice {}

impl Notice {
    /// A message of that manner.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self {
            tone,
            text: text.into(),
            title: None,
            link: None,
        }
    }

    /// It worked.
    pub fn good(text: impl Into<String>) -> Self {
        Self::new(Tone::Good, text)
    }

    /// Worth knowing.
    pub fn info(text: impl Into<String>) -> Self {
        Self::new(Tone::Info, text)
    }

    /// Take care.
    pub fn caution(text: impl Into<String>) -> Self {
        Self::new(Tone::Caution, text)
    }

    /// It failed.
    pub fn bad(text: impl Into<String>) -> Self {
        Self::new(Tone::Bad, text)
    }

    /// The same with a heading.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// The same with a link.
    pub fn link(mut self, href: impl Into<String>, words: impl Into<String>) -> Self {
        self.link = Some((href.into(), words.into()));
        self
    }
}

/// One "no" of the rules, in the words that a page shows. It is filled from the domain's refusal.
#[derive(Debug, Clone, Default)]
pub struct Refused {
    /// The code, e.g. `SELF_VERIFICATION`.
    pub code: String,
    /// Why not, as a sentence.
    pub because: String,
    /// What would make it pass, as a sentence; empty when nothing would.
    pub remedy: String,
    /// Who can do that, e.g. `The centre's lead verifier`; empty when nobody in particular.
    pub who: String,
    /// Where the rule comes from.
    pub source: String,
    /// The field of the form it concerns, if one; the box links to it.
    pub field: Option<String>,
}

impl From<&assay_domain::Refusal> for Refused {
    fn from(refusal: &assay_domain::Refusal) -> Self {
        Self {
            code: refusal.code.to_string(),
            because: refusal.because.clone(),
            remedy: refusal.remedy.clone(),
            who: refusal.who.clone(),
            source: refusal.source.clone(),
            field: refusal.field.clone(),
        }
    }
}

/// One or several refusals at the top of a page: `{{ refusals }}`. Shows nothing when there are none.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "components/refusals.html")]
pub struct Refusals {
    /// What could not be done, e.g. `This judgement cannot be signed yet`.
    pub title: String,
    /// The refusals, the first to be dealt with first.
    pub items: Vec<Refused>,
}

impl askama::filters::HtmlSafe for Refusals {}

impl Refusals {
    /// Refusals under a title that says what could not be done.
    pub fn new(title: impl Into<String>, items: Vec<Refused>) -> Self {
        Self {
            title: title.into(),
            items,
        }
    }
}

/// Something that may be done here, or the reason why it may not: a button, or the refusal in its place.
#[derive(Debug, Clone, Template)]
#[template(path = "components/act.html")]
pub struct Act {
    /// The words of the button, e.g. `Sign the judgement`.
    pub label: String,
    /// Where its form is sent.
    pub action: String,
    /// Why it is absent; nothing when it is allowed.
    pub refused: Vec<Refused>,
    /// `button`, `button button--second` or `button button--danger`.
    pub class: &'static str,
    /// Whether it opens a page of its own instead of being done at once.
    pub opens: bool,
}

impl askama::filters::HtmlSafe for Act {}

impl Act {
    /// An act that is allowed.
    pub fn allowed(label: impl Into<String>, action: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            action: action.into(),
            refused: Vec::new(),
            class: "button",
            opens: false,
        }
    }

    /// An act that is allowed and opens a page of its own, where more is asked: it is shown as a link.
    pub fn opens(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            opens: true,
            ..Self::allowed(label, href)
        }
    }

    /// The same act, by which something is lost.
    pub fn danger(mut self) -> Self {
        self.class = "button button--danger";
        self
    }

    /// An act that is absent, with its reasons.
    pub fn refused(label: impl Into<String>, refused: Vec<Refused>) -> Self {
        Self {
            label: label.into(),
            action: String::new(),
            refused,
            class: "button",
            opens: false,
        }
    }

    /// The same act as a second choice beside a main one.
    pub fn second(mut self) -> Self {
        self.class = "button button--second";
        self
    }

    /// Whether the button is shown.
    pub fn is_allowed(&self) -> bool {
        self.refused.is_empty()
    }
}

/// A status in a word or two, with an icon: `{{ tag }}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "components/tag.html")]
pub struct Tag {
    /// Its manner.
    pub tone: Tone,
    /// The word.
    pub text: String,
    /// The icon's name; the tone's own when empty.
    pub icon: &'static str,
}

impl askama::filters::HtmlSafe for Tag {}

impl Tag {
    /// A status of that manner.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self {
            tone,
            text: text.into(),
            icon: "",
        }
    }

    /// The same with another icon.
    pub fn icon(mut self, icon: &'static str) -> Self {
        self.icon = icon;
        self
    }

    fn drawn(&self) -> Icon<'_> {
        match self.icon {
            "" if self.tone == Tone::Neutral => icon("circle"),
            "" => self.tone.icon(),
            name => icon(name),
        }
    }
}

/// A due date as a tag, from the number of days left; the page never looks at a clock.
///
/// `days_left` is negative when it is overdue; within a week it is counted, beyond that the date is shown.
pub fn due(date: impl format::AsDay, days_left: i64) -> Tag {
    let (tone, icon, text) = match days_left {
        ..=-2 => (
            Tone::Bad,
            "alert",
            format!("Overdue by {}", format::plural(-days_left, "day", "days")),
        ),
        -1 => (Tone::Bad, "alert", "Overdue since yesterday".to_owned()),
        0 => (Tone::Caution, "clock", "Due today".to_owned()),
        1 => (Tone::Caution, "clock", "Due tomorrow".to_owned()),
        2..=7 => (Tone::Caution, "clock", format!("Due in {days_left} days")),
        _ => (Tone::Neutral, "calendar", format!("Due {}", format::date(date))),
    };
    Tag::new(tone, text).icon(icon)
}

/// A place with nothing in it yet: what that means, and what to do next.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "components/empty.html")]
pub struct Empty {
    /// What is empty, e.g. `No learners yet`.
    pub title: String,
    /// What that means, in a sentence or two.
    pub text: String,
    /// The next thing to do: address and words.
    pub next: Option<(String, String)>,
    /// The icon's name.
    pub icon: &'static str,
}

impl askama::filters::HtmlSafe for Empty {}

impl Empty {
    /// An empty place.
    pub fn new(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            text: text.into(),
            next: None,
            icon: "archive",
        }
    }

    /// The same with a next thing to do.
    pub fn next(mut self, href: impl Into<String>, words: impl Into<String>) -> Self {
        self.next = Some((href.into(), words.into()));
        self
    }

    /// The same with another icon.
    pub fn icon(mut self, icon: &'static str) -> Self {
        self.icon = icon;
        self
    }
}

/// The answer to the check of a certificate, with a seal: `{{ seal }}`, for public pages.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "components/seal.html")]
pub struct Seal {
    /// Good: genuine and in force. Caution: genuine, with something to know. Bad: not genuine, or withdrawn.
    pub tone: Tone,
    /// The answer, e.g. `This certificate is genuine`.
    pub title: String,
    /// What that means, in a sentence.
    pub text: String,
    turns: Vec<u16>,
}

impl askama::filters::HtmlSafe for Seal {}

impl Seal {
    /// An answer of that manner.
    pub fn new(tone: Tone, title: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            tone,
            title: title.into(),
            text: text.into(),
            turns: (0..12).map(|turn| turn * 15).collect(),
        }
    }

    fn is_good(&self) -> bool {
        self.tone == Tone::Good
    }

    fn is_bad(&self) -> bool {
        self.tone == Tone::Bad
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_due_date_is_counted_when_near_and_written_out_when_far() {
        let words = |days| due("2019-10-14", days).text;
        assert_eq!(words(-3), "Overdue by 3 days");
        assert_eq!(words(-1), "Overdue since yesterday");
        assert_eq!(words(0), "Due today");
        assert_eq!(words(3), "Due in 3 days");
        assert_eq!(words(8), "Due 14 October 2019");
    }

    #[test]
    fn a_refusal_says_why_what_helps_who_can_and_where_the_rule_is() {
        let html = Refusals::new(
            "This cannot be verified by you",
            vec![Refused {
                code: "OWN_JUDGEMENT".into(),
                because: "You made this judgement.".into(),
                remedy: "Another verifier looks at it.".into(),
                who: "The lead verifier".into(),
                source: "practice 1, SD-1".into(),
                field: None,
            }],
        )
        .to_string();
        for words in [
            "You made this judgement.",
            "Another verifier looks at it.",
            "The lead verifier",
            "SD-1",
            "OWN_JUDGEMENT",
        ] {
            assert!(html.contains(words), "{words} is missing in {html}");
        }
        assert!(!Refusals::default().to_string().contains("refusal"));
    }

    #[test]
    fn a_forbidden_act_shows_its_reason_and_no_button() {
        let refused = Refused {
            because: "No criteria are judged.".into(),
            ..Refused::default()
        };
        let html = Act::refused("Sign", vec![refused]).to_string();
        assert!(html.contains("No criteria are judged.") && !html.contains("<button"));
        assert!(Act::allowed("Sign", "/x").to_string().contains("<button"));
    }
}
