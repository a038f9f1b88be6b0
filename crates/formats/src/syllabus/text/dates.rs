//! Dates in sentences.

use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn month(word: &str) -> Option<i8> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let at = MONTHS
        .iter()
        .position(|month| *month == word || word.len() >= 3 && word.len() <= 4 && month.starts_with(&word))?;
    i8::try_from(at + 1).ok()
}

fn day(word: &str) -> Option<i8> {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let digits = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| bare.strip_suffix(ending))
        .unwrap_or(&bare);
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

fn year(word: &str) -> Option<i16> {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    (bare.len() == 4)
        .then(|| bare.parse().ok())
        .flatten()
        .filter(|year| (1900..=2200).contains(year))
}

/// Every day in a text with the bytes where it stands: `1st September 2013`, `01/09/2013`, `2013-09-01`.
pub(super) fn days(text: &str) -> Vec<(std::ops::Range<usize>, Date)> {
    let words: Vec<(usize, &str)> = text
        .split_whitespace()
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .collect();
    let mut found = Vec::new();
    for (index, (at, word)) in words.iter().enumerate() {
        if let Some(date) = in_figures(word) {
            found.push((*at..at + word.len(), date));
        }
        let after = |places: usize| words.get(index + places);
        if let (Some(day), Some((_, second)), Some((end, third))) = (day(word), after(1), after(2))
            && let (Some(month), Some(year)) = (month(second), year(third))
            && let Ok(date) = Date::new(year, month, day)
        {
            found.push((*at..end + third.len(), date));
        }
    }
    found
}

fn in_figures(word: &str) -> Option<Date> {
    let bare = word.trim_matches(|c: char| !c.is_ascii_digit());
    let parts: Vec<&str> = bare.split(['/', '-', '.']).collect();
    let [one, two, three] = parts.as_slice() else {
        return None;
    };
    let (year, month, day) = if one.len() == 4 {
        (one.parse().ok()?, two.parse().ok()?, three.parse().ok()?)
    } else if three.len() == 4 {
        (three.parse().ok()?, two.parse().ok()?, one.parse().ok()?)
    } else {
        return None;
    };
    Date::new(year, month, day).ok()
}

/// A date of issue: `2018-03` for March 2018, `2018-03-01` for a day, `2018` for a year alone.
pub(super) fn issued(text: &str) -> Option<String> {
    if let Some((_, date)) = days(text).first() {
        return Some(date.to_string());
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(2).find_map(|pair| match pair {
        [first, second] => Some(format!("{:04}-{:02}", year(second)?, month(first)?)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_words_and_in_figures() {
        let found =
            |text: &str| -> Vec<String> { days(text).iter().map(|(_, date)| date.to_string()).collect() };
        assert_eq!(
            found("from 1st September 2013, to 01/02/2014."),
            ["2013-09-01", "2014-02-01"]
        );
        assert_eq!(found("31 June 2020 is no day"), Vec::<String>::new());
        assert_eq!(
            issued("Syllabus | March 2018 | Version 6").as_deref(),
            Some("2018-03")
        );
    }
}
