//! Terms and models that lead to their explanation wherever they stand (QS-10, QS-28).
//!
//! A page makes a [`Glossary`] of the specification it shows and prints its texts through [`Glossary::link`]; every use of
//! a term, its short form, a model's name or one of its aliases becomes a link.

use assay_app::specification::explained::{self, Explained};
use assay_specification::Specification;
use std::fmt;

/// Text with links in it; its words are escaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked(String);

impl fmt::Display for Linked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Linked {}

/// A phrase and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Phrase {
    words: String,
    /// Short forms such as GROW keep their capitals, so that "grow" is none.
    exact: bool,
    href: String,
}

/// The phrases of a specification.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Glossary {
    /// The longest first.
    phrases: Vec<Phrase>,
}

/// The longest phrase that keeps its capitals.
const SHORT: usize = 6;

impl Glossary {
    /// The terms and models of a specification.
    pub fn of(id: &str, specification: &Specification) -> Glossary {
        Glossary::explaining(&explained::everything(id, specification))
    }

    /// What is explained somewhere.
    pub fn explaining(explained: &[Explained]) -> Glossary {
        let mut glossary = Glossary::default();
        for one in explained {
            glossary.add(&one.words, &one.href);
        }
        glossary.sort();
        glossary
    }

    fn add(&mut self, words: &str, href: &str) {
        let words = words.trim();
        if words.chars().count() < 3 {
            return;
        }
        for words in [words.to_owned(), words.replace('\'', "’")] {
            if self.phrases.iter().all(|known| known.words != words) {
                self.phrases.push(Phrase {
                    exact: words.chars().count() <= SHORT,
                    words,
                    href: href.to_owned(),
                });
            }
        }
    }

    fn sort(&mut self) {
        self.phrases.sort_by(|a, b| {
            b.words
                .len()
                .cmp(&a.words.len())
                .then_with(|| a.words.cmp(&b.words))
        });
    }

    /// A text in which every use of a phrase is a link.
    pub fn link(&self, text: impl AsRef<str>) -> Linked {
        let text = text.as_ref();
        let mut html = String::with_capacity(text.len());
        let mut at = 0;
        let mut before: Option<char> = None;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let apart = before.is_none_or(|c| !c.is_alphanumeric());
            let found = if apart { self.phrase_at(rest) } else { None };
            if let Some(phrase) = found {
                let words = rest.get(..phrase.words.len()).unwrap_or_default();
                html.push_str("<a class=\"term\" href=\"");
                escape(&phrase.href, &mut html);
                html.push_str("\">");
                escape(words, &mut html);
                html.push_str("</a>");
                before = words.chars().next_back();
                at += words.len();
                continue;
            }
            let Some(character) = rest.chars().next() else {
                break;
            };
            let mut one = [0; 4];
            escape(character.encode_utf8(&mut one), &mut html);
            before = Some(character);
            at += character.len_utf8();
        }
        Linked(html)
    }

    fn phrase_at(&self, rest: &str) -> Option<&Phrase> {
        self.phrases.iter().find(|phrase| {
            let Some(words) = rest.get(..phrase.words.len()) else {
                return false;
            };
            let same = if phrase.exact {
                words == phrase.words
            } else {
                words.eq_ignore_ascii_case(&phrase.words)
            };
            let after = rest
                .get(phrase.words.len()..)
                .and_then(|after| after.chars().next());
            same && after.is_none_or(|c| !c.is_alphanumeric())
        })
    }
}

fn escape(text: &str, into: &mut String) {
    for character in text.chars() {
        match character {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            '\'' => into.push_str("&#39;"),
            other => into.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use assay_specification::Format;

    fn cmi() -> Glossary {
        let text = include_str!("../../../specifications/cmi-level-7-leadership-coaching-and-mentoring.toml");
        Glossary::of("spc_1", &Specification::read(text, Format::Toml).unwrap())
    }

    #[test]
    fn each_of_the_six_terms_and_its_short_form_opens_its_definition() {
        for (text, anchor) in [
            ("Total Qualification Time", "term-total-qualification-time"),
            ("the TQT", "term-total-qualification-time"),
            ("Total Unit Time", "term-total-unit-time"),
            ("TUT,", "term-total-unit-time"),
            ("guided learning hours", "term-guided-learning-hours"),
            ("(GLH)", "term-guided-learning-hours"),
            (
                "Immediate Guidance or Supervision",
                "term-immediate-guidance-or-supervision",
            ),
            ("Credit value", "term-credit-value"),
            ("Rule of combination", "term-rule-of-combination"),
        ] {
            let html = cmi().link(text).to_string();
            let href = format!("href=\"/specifications/spc_1/glossary#{anchor}\"");
            assert!(html.contains(&href), "{text}: {html}");
        }
    }

    #[test]
    fn three_names_of_one_model_open_one_entry() {
        for name in [
            "Kotter's 8 Steps",
            "Kotter’s Eight-stage process",
            "Kotter's model",
        ] {
            let html = cmi().link(format!("Use {name}.")).to_string();
            assert_eq!(html.matches("#model-kotter").count(), 1, "{name}: {html}");
        }
    }

    #[test]
    fn what_is_no_whole_word_is_no_use_and_everything_is_escaped() {
        assert_eq!(
            cmi().link("TUTOR <b> & 'grow'").to_string(),
            "TUTOR &lt;b&gt; &amp; &#39;grow&#39;"
        );
        assert!(!cmi().link("statutory").to_string().contains("<a"));
    }
}
