//! Numbers of outcomes and criteria as they are printed, and lists of them in sentences.

/// A number at the beginning of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Label {
    /// `1`, `LO1`, `Learning outcome 1`, `Learning aim A`. `sure` when a word says what it is.
    Outcome { number: String, sure: bool },
    /// `1.2`, `AC1.2`, `P1`, `A.M2`, `2D1`.
    Criterion {
        number: String,
        /// Outcome that the number names: 1 of 1.2, A of A.P1.
        outcome: Option<String>,
        grade: Option<&'static str>,
    },
}

/// A label and what follows it.
pub(super) fn split(text: &str) -> Option<(Label, &str)> {
    criterion(text).or_else(|| outcome(text))
}

/// Whether the text begins with a number of an outcome or criterion.
pub(super) fn begins_with_number(text: &str) -> bool {
    split(text).is_some()
}

fn word_end(text: &str) -> usize {
    text.find(|c: char| c.is_whitespace() || matches!(c, ':' | ')' | ']'))
        .unwrap_or(text.len())
}

fn rest_after(text: &str, length: usize) -> &str {
    text.get(length..)
        .unwrap_or_default()
        .trim_start_matches([':', ')', ']', '.', '–', '-'])
        .trim()
}

fn without_prefix<'a>(text: &'a str, prefixes: &[&str]) -> (&'a str, bool) {
    for prefix in prefixes {
        if let Some(head) = text.get(..prefix.len())
            && head.eq_ignore_ascii_case(prefix)
            && let Some(rest) = text.get(prefix.len()..)
        {
            let rest = rest.trim_start_matches([' ', '.', ':']);
            if rest.starts_with(|c: char| c.is_ascii_alphanumeric()) {
                return (rest, true);
            }
        }
    }
    (text, false)
}

/// A criterion's number: dotted digits, or a grade letter with a number.
pub(super) fn criterion(text: &str) -> Option<(Label, &str)> {
    let text = text.trim_start_matches(['(', '[']);
    let (bare, _) = without_prefix(text, &["assessment criterion", "criterion", "ac"]);
    let end = word_end(bare);
    let word = bare.get(..end)?.trim_end_matches(['.', ',']);
    let rest = rest_after(bare, end);
    if let Some(number) = dotted(word) {
        let outcome = number.split('.').next().map(str::to_owned);
        return Some((
            Label::Criterion {
                number,
                outcome,
                grade: None,
            },
            rest,
        ));
    }
    graded(word).map(|label| (label, rest))
}

/// `1.2` or `1.2.3`, without noughts before.
fn dotted(word: &str) -> Option<String> {
    let parts: Vec<&str> = word.split('.').collect();
    let fits = (2..=4).contains(&parts.len())
        && parts.iter().all(|part| {
            (1..=2).contains(&part.len())
                && part.bytes().all(|b| b.is_ascii_digit())
                && !part.starts_with('0')
        });
    fits.then(|| word.to_owned())
}

/// `P1`, `M2`, `D1`, `A.P1`, `AB.D1`, `2M1`, `1P1`, `2A.P1`.
fn graded(word: &str) -> Option<Label> {
    let (before, last) = match word.rsplit_once('.') {
        Some((before, last)) => (Some(before), last),
        None => (None, word),
    };
    let digits_before: String = last.chars().take_while(char::is_ascii_digit).collect();
    let rest = last.get(digits_before.len()..)?;
    let mut characters = rest.chars();
    let grade = match characters.next()? {
        'P' => "pass",
        'M' => "merit",
        'D' => "distinction",
        _ => return None,
    };
    let number = characters.as_str();
    let few_digits = |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if !few_digits(number) || !(digits_before.is_empty() || few_digits(&digits_before)) {
        return None;
    }
    if let Some(before) = before {
        let fits = (1..=3).contains(&before.len())
            && before
                .chars()
                .all(|c| c.is_ascii_digit() || ('A'..='H').contains(&c));
        if !fits {
            return None;
        }
    }
    let outcome = before
        .map(|before| before.trim_start_matches(|c: char| c.is_ascii_digit()))
        .and_then(|letters| letters.chars().next())
        .map(String::from)
        .or_else(|| (!digits_before.is_empty()).then(|| digits_before.clone()));
    Some(Label::Criterion {
        number: word.to_owned(),
        outcome,
        grade: Some(grade),
    })
}

/// An outcome's number.
fn outcome(text: &str) -> Option<(Label, &str)> {
    let (bare, named) = without_prefix(text, &["learning outcome", "learning aim", "outcome", "lo"]);
    let end = word_end(bare);
    let word = bare.get(..end)?.trim_end_matches(['.', ',']);
    let rest = rest_after(bare, end);
    let digits =
        (1..=2).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit()) && !word.starts_with('0');
    let letter = named && word.len() == 1 && word.bytes().all(|b| (b'A'..=b'H').contains(&b));
    (digits || letter).then(|| {
        (
            Label::Outcome {
                number: word.to_owned(),
                sure: named,
            },
            rest,
        )
    })
}

/// A letter before a statement: `a) x`, `(a) x`, `a. x`. Says the letter and what follows it.
pub(super) fn letter(text: &str) -> Option<(char, &str)> {
    let opened = text.starts_with('(');
    let bare = text.strip_prefix('(').unwrap_or(text);
    let letter = bare.chars().next().filter(char::is_ascii_lowercase)?;
    let rest = bare.get(1..)?;
    let after = rest
        .strip_prefix(')')
        .or_else(|| rest.strip_prefix('.').filter(|_| !opened))?;
    (after.is_empty() || after.starts_with(char::is_whitespace)).then(|| (letter, after.trim()))
}

/// A letter alone before an aim: `A Explore …`. Only where a heading announces aims.
pub(super) fn aim(text: &str) -> Option<(Label, &str)> {
    let letter = text.chars().next().filter(|c| ('A'..='H').contains(c))?;
    let rest = text.get(1..)?;
    let rest = rest.strip_prefix([':', '.', ')']).unwrap_or(rest);
    (rest.starts_with(char::is_whitespace) && !rest.trim().is_empty()).then(|| {
        (
            Label::Outcome {
                number: letter.to_string(),
                sure: true,
            },
            rest.trim(),
        )
    })
}

/// A list of criteria in a sentence: `1.2 & 1.3`, `ACs 2.1-2.6`, `AC's 1.1, 1.2 and 1.4`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    /// Where it begins and ends, in bytes; the prefix belongs to it.
    pub(super) range: std::ops::Range<usize>,
    /// The numbers, a span written out.
    pub(super) numbers: Vec<String>,
}

/// Every list of criteria in a text. Only numbers for which `known` is true count, so that 3.2 percent is no criterion.
pub(super) fn mentions(text: &str, known: impl Fn(&str) -> bool) -> Vec<Mention> {
    let mut made: Vec<Mention> = Vec::new();
    // Whether the words since the last number only join numbers: `,`, `&`, `and`, `-`, `to`.
    let mut link = Link::None;
    let mut prefix: Option<usize> = None;
    for (at, word) in words(text) {
        let stripped = word
            .trim_matches(|c: char| matches!(c, '(' | ')' | ',' | ';' | ':' | '.' | '\'' | '’' | '[' | ']'));
        let lower = stripped.to_lowercase();
        if let Some(numbers) = numbers_of(stripped, &known) {
            let end = at + word.trim_end_matches([',', ';', ':', '.', ')']).len();
            match made.last_mut().filter(|_| link != Link::None) {
                Some(last) => {
                    if link == Link::Span
                        && let (Some(from), Some(to)) = (last.numbers.last().cloned(), numbers.first())
                    {
                        last.numbers.extend(span(&from, to));
                    }
                    last.numbers.extend(numbers);
                    last.range.end = end;
                }
                None => made.push(Mention {
                    range: prefix.unwrap_or(at)..end,
                    numbers,
                }),
            }
            link = if word.ends_with(['.', ';', ':', ')']) {
                Link::None
            } else {
                Link::Next
            };
            prefix = None;
            if !word.ends_with(',') && link == Link::Next {
                link = Link::Waiting;
            }
            continue;
        }
        link = match (link, lower.as_str()) {
            (Link::Next | Link::Waiting, "&" | "and" | "or" | "+" | "ac" | "acs" | "") => Link::Next,
            (Link::Next | Link::Waiting, "-" | "–" | "to") => Link::Span,
            _ => Link::None,
        };
        prefix = matches!(
            lower.as_str(),
            "ac" | "acs" | "ac's" | "ac’s" | "criterion" | "criteria" | "acs'"
        )
        .then_some(at);
    }
    for mention in &mut made {
        mention.numbers.dedup();
    }
    made
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    None,
    /// A number has just ended; only a joining word goes on.
    Waiting,
    Next,
    Span,
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace()
        .map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// `1.2`, `AC1.2`, `2.1-2.6`, `1.2/1.3`, `1.2&1.3`.
fn numbers_of(word: &str, known: &impl Fn(&str) -> bool) -> Option<Vec<String>> {
    let bare = ["ACs", "AC", "ac"]
        .iter()
        .find_map(|prefix| word.strip_prefix(prefix))
        .unwrap_or(word);
    for mark in ['-', '–'] {
        if let Some((from, to)) = bare.split_once(mark)
            && known(from)
            && known(to)
        {
            let mut numbers = vec![from.to_owned()];
            numbers.extend(span(from, to));
            numbers.push(to.to_owned());
            return Some(numbers);
        }
    }
    let parts: Vec<String> = bare.split(['/', '&', ',']).map(str::to_owned).collect();
    parts.iter().all(|part| known(part)).then_some(parts)
}

/// The numbers between two of one outcome: 2.2 to 2.5 for 2.1 and 2.6.
fn span(from: &str, to: &str) -> Vec<String> {
    let parts = |text: &str| -> Option<(String, u32)> {
        let (outcome, number) = text.rsplit_once('.')?;
        Some((outcome.to_owned(), number.parse().ok()?))
    };
    match (parts(from), parts(to)) {
        (Some((one, first)), Some((other, last))) if one == other && last > first && last - first < 60 => {
            (first + 1..last)
                .map(|number| format!("{one}.{number}"))
                .collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(word: &str) -> bool {
        dotted(word).is_some()
    }

    #[test]
    fn numbers_of_criteria_are_read_in_the_forms_of_several_bodies() {
        for (text, number, grade, rest) in [
            ("1.2 Explain it", "1.2", None, "Explain it"),
            ("AC1.2 Explain it", "1.2", None, "Explain it"),
            ("AC 1.2: Explain it", "1.2", None, "Explain it"),
            ("1.10. Explain it", "1.10", None, "Explain it"),
            ("P1 Explain it", "P1", Some("pass"), "Explain it"),
            ("A.M2 Explain it", "A.M2", Some("merit"), "Explain it"),
            ("2D1 Explain it", "2D1", Some("distinction"), "Explain it"),
        ] {
            match criterion(text) {
                Some((
                    Label::Criterion {
                        number: found,
                        grade: kind,
                        ..
                    },
                    after,
                )) => {
                    assert_eq!((found.as_str(), kind, after), (number, grade, rest));
                }
                other => panic!("{text}: {other:?}"),
            }
        }
        assert_eq!(criterion("2018 was a year"), None);
        assert_eq!(criterion("Plan it"), None);
        assert_eq!(criterion("0.5 of it"), None);
    }

    #[test]
    fn lists_of_criteria_are_written_out() {
        let found = |text: &str| -> Vec<Vec<String>> {
            mentions(text, known).into_iter().map(|one| one.numbers).collect()
        };
        assert_eq!(found("1.2 & 1.3 Readily"), [["1.2", "1.3"]]);
        assert_eq!(found("ACs 2.1-2.3 ask"), [["2.1", "2.2", "2.3"]]);
        assert_eq!(found("AC's 1.1, 1.2 and 1.4 can"), [["1.1", "1.2", "1.4"]]);
        assert_eq!(found("see 1.1. Then 1.2"), [["1.1"], ["1.2"]]);
        assert_eq!(found("from 2.1 to 2.3 again"), [["2.1", "2.2", "2.3"]]);
    }
}
