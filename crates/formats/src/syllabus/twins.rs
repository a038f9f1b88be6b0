//! Twins: criteria that ask the same for two things, such as coaching and mentoring.

/// Two statements that differ in one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Twins {
    /// Indices of the two.
    pub(super) first: usize,
    pub(super) second: usize,
    /// The words by which they differ.
    pub(super) words: (String, String),
    /// Words that one of them has besides and the other has not: a sign that one is garbled.
    pub(super) odd: Vec<String>,
}

/// Farthest distance in reading order between twins.
const FARTHEST: usize = 4;

/// The twins among statements, each given with the group that it must share with its twin.
pub(super) fn twins(statements: &[(usize, &str)]) -> Vec<Twins> {
    let words: Vec<Vec<String>> = statements
        .iter()
        .map(|(_, text)| text.split_whitespace().map(clean).collect())
        .collect();
    let mut made: Vec<Twins> = Vec::new();
    let mut taken = vec![false; statements.len()];
    // Exact twins first, so that a garbled one does not take the partner of another.
    for garbled in [false, true] {
        for first in 0..statements.len() {
            for second in first + 1..(first + 1 + FARTHEST).min(statements.len()) {
                let free = |index: usize| !taken.get(index).copied().unwrap_or(true);
                let same_group =
                    statements.get(first).map(|one| one.0) == statements.get(second).map(|one| one.0);
                let (Some(a), Some(b)) = (words.get(first), words.get(second)) else {
                    continue;
                };
                if !free(first) || !free(second) || !same_group {
                    continue;
                }
                let found = if garbled {
                    nearly(a, b)
                } else {
                    exactly(a, b).map(|words| (words, Vec::new()))
                };
                if let Some((words, odd)) = found {
                    made.push(Twins {
                        first,
                        second,
                        words,
                        odd,
                    });
                    for index in [first, second] {
                        if let Some(taken) = taken.get_mut(index) {
                            *taken = true;
                        }
                    }
                }
            }
        }
    }
    made.sort_by_key(|pair| pair.first);
    made
}

fn clean(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

fn exactly(a: &[String], b: &[String]) -> Option<(String, String)> {
    if a.len() != b.len() || a.len() < 4 {
        return None;
    }
    let differing: Vec<(&String, &String)> = a.iter().zip(b).filter(|(one, other)| one != other).collect();
    let (one, other) = differing.first()?;
    let same_pair = differing.iter().all(|pair| pair == &(*one, *other));
    (same_pair && differing.len() <= 2 && one.len() > 3 && other.len() > 3)
        .then(|| ((*one).clone(), (*other).clone()))
}

/// One word differs, and at most two words more stand in one of the two only.
fn nearly(a: &[String], b: &[String]) -> Option<((String, String), Vec<String>)> {
    if a.len() < 6 || b.len() < 6 || a.len().abs_diff(b.len()) > 2 || a.len() > 200 || b.len() > 200 {
        return None;
    }
    let front = a.iter().zip(b).take_while(|(one, other)| one == other).count();
    let back = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take(a.len().min(b.len()) - front)
        .take_while(|(one, other)| one == other)
        .count();
    let middle = |words: &[String]| words.get(front..words.len() - back).unwrap_or_default().to_vec();
    let (a_middle, b_middle) = (middle(a), middle(b));
    if front + back < 4 || a_middle.is_empty() || b_middle.is_empty() || a_middle.len() + b_middle.len() > 4 {
        return None;
    }
    let only = |own: &[String], other: &[String]| -> Vec<String> {
        own.iter().filter(|word| !other.contains(word)).cloned().collect()
    };
    let (mut a_only, mut b_only) = (only(&a_middle, &b_middle), only(&b_middle, &a_middle));
    if a_only.is_empty() || b_only.is_empty() || a_only.len() + b_only.len() < 3 {
        return None;
    }
    let longest = |words: &[String]| {
        words
            .iter()
            .max_by_key(|word| word.len())
            .cloned()
            .unwrap_or_default()
    };
    let pair = (longest(&a_only), longest(&b_only));
    a_only.retain(|word| *word != pair.0);
    b_only.retain(|word| *word != pair.1);
    let odd: Vec<String> = a_only.into_iter().chain(b_only).collect();
    (pair.0.len() > 3 && pair.1.len() > 3 && odd.iter().all(|word| word.len() <= 4)).then_some((pair, odd))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twins_differ_in_one_word_and_a_garbled_one_is_still_known() {
        let pairs = twins(&[
            (0, "Explain the need for training of drivers"),
            (0, "Explain the need for training of pilots"),
            (1, "Explain the need for strict rules of hygiene"),
            (1, "Explain the need for strict rules order"),
        ]);
        let words: Vec<(usize, usize, usize)> = pairs
            .iter()
            .map(|pair| (pair.first, pair.second, pair.odd.len()))
            .collect();
        assert_eq!(words, [(0, 1, 0), (2, 3, 1)]);
    }
}
