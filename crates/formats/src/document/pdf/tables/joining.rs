//! Lines put together to sentences, without taking away a hyphen that belongs to a word.

use std::collections::BTreeSet;

/// The words of a document that stand whole on a line.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    words: BTreeSet<String>,
}

impl Vocabulary {
    /// Takes up the words of a line. The first and the last may be parts of a broken one and do not count.
    pub(crate) fn add(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let from = usize::from(words.len() > 1);
        let to = words.len().saturating_sub(1);
        for word in words.get(from..to).unwrap_or_default() {
            self.words.insert(bare(word));
        }
    }

    fn knows(&self, word: &str) -> bool {
        self.words.contains(&bare(word))
    }
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Lines as one text. A word broken by a hyphen at a line's end is put together as the document writes it elsewhere; where
/// it does so nowhere, the hyphen stays, and the word is among those returned.
pub(crate) fn join<'a>(
    lines: impl IntoIterator<Item = &'a str>,
    known: &Vocabulary,
) -> (String, Vec<String>) {
    let mut text = String::new();
    let mut doubtful = Vec::new();
    for line in lines {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if text.is_empty() {
            text.push_str(line);
            continue;
        }
        let broken = text.ends_with('-')
            && text.chars().rev().nth(1).is_some_and(char::is_alphabetic)
            && line.starts_with(char::is_lowercase);
        if text.ends_with('\u{ad}') {
            text.pop();
        } else if broken {
            let start = text.rsplit(char::is_whitespace).next().unwrap_or_default();
            let end = line.split_whitespace().next().unwrap_or_default();
            let with = format!("{start}{end}");
            let without = format!("{}{end}", start.trim_end_matches('-'));
            match (known.knows(&with), known.knows(&without)) {
                (false, true) => {
                    text.pop();
                }
                (true, _) => {}
                (false, false) => doubtful.push(with),
            }
        } else {
            text.push(' ');
        }
        text.push_str(line);
    }
    (text.replace('\u{ad}', ""), doubtful)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_word_is_put_together_as_the_document_writes_it() {
        let mut known = Vocabulary::default();
        known.add("the organisation asks for self-assessment of its people");
        let join = |lines: &[&str]| join(lines.iter().copied(), &known);
        assert_eq!(
            join(&["within the organi-", "sation"]),
            ("within the organisation".to_owned(), vec![])
        );
        assert_eq!(
            join(&["a self-", "assessment"]),
            ("a self-assessment".to_owned(), vec![])
        );
        assert_eq!(
            join(&["an in-", "flight review"]),
            ("an in-flight review".to_owned(), vec!["in-flight".to_owned()])
        );
        assert_eq!(join(&["2018 -", "2020"]), ("2018 - 2020".to_owned(), vec![]));
    }
}
