//! Dates as people and spreadsheets write them.

use jiff::ToSpan;
use jiff::civil::Date;

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateUnreadable {
    /// It has none of the forms that are read.
    #[error("is not a date")]
    NoDate,
    /// The form is right, but there is no such day.
    #[error("names a day that does not exist")]
    NoSuchDay,
    /// The month seems to be written first.
    #[error("seems to have the month before the day")]
    MonthFirst,
    /// The year has fewer than four digits.
    #[error("has a year without its century")]
    ShortYear,
}

/// Reads a date: 2019-10-14; 14/10/2019, 14.10.2019 or 14-10-2019, day first; 14 October 2019 or 14 Oct 2019. A time of
/// midnight after it is left aside.
///
/// Errors, when: the text has none of these forms; there is no such day; the month comes first; the year is short.
pub fn date_from_text(text: &str) -> Result<Date, DateUnreadable> {
    let text = without_midnight(text.trim());
    if let Some(parts) = numbers(text, &['-', '/', '.']) {
        let [first, second, third] = parts;
        if first.len() == 4 {
            return day(value(first), value(second), value(third));
        }
        let (d, m) = (value(first), value(second));
        if third.len() != 4 {
            return Err(DateUnreadable::ShortYear);
        }
        if m > 12 && d <= 12 {
            return Err(DateUnreadable::MonthFirst);
        }
        return day(value(third), m, d);
    }
    let words: Vec<&str> = text.split([' ', '-', ',']).filter(|w| !w.is_empty()).collect();
    let [d, m, y] = words.as_slice() else {
        return Err(DateUnreadable::NoDate);
    };
    if month(d).is_some() && m.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(DateUnreadable::MonthFirst);
    }
    let month = month(m).ok_or(DateUnreadable::NoDate)?;
    let digits = d
        .trim_end_matches("st")
        .trim_end_matches("nd")
        .trim_end_matches("rd")
        .trim_end_matches("th");
    let all_digits =
        |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(digits) || !all_digits(y) {
        return Err(DateUnreadable::NoDate);
    }
    if y.len() != 4 {
        return Err(DateUnreadable::ShortYear);
    }
    day(value(y), month, value(digits))
}

/// The date of a spreadsheet's number. In the system that counts from 1900 day 60 never was, because 1900 is taken for a
/// leap year there.
///
/// Errors, when: the number is no day between 1900 and 2199.
pub(super) fn date_from_number(number: f64, from_1904: bool) -> Result<Date, DateUnreadable> {
    if !(1.0..109_575.0).contains(&number) {
        return Err(DateUnreadable::NoDate);
    }
    // The range above makes the cast exact.
    let days = number.trunc() as i64;
    let (base, days) = if from_1904 {
        (Date::new(1904, 1, 1), days)
    } else if days == 60 {
        return Err(DateUnreadable::NoSuchDay);
    } else if days < 60 {
        (Date::new(1899, 12, 31), days)
    } else {
        (Date::new(1899, 12, 30), days)
    };
    let base = base.map_err(|_| DateUnreadable::NoDate)?;
    base.checked_add(days.days())
        .map_err(|_| DateUnreadable::NoSuchDay)
}

fn without_midnight(text: &str) -> &str {
    [
        "T00:00:00.000",
        "T00:00:00Z",
        "T00:00:00",
        " 00:00:00.000",
        " 00:00:00",
        " 00:00",
        " 0:00",
    ]
    .iter()
    .find_map(|end| text.strip_suffix(end))
    .unwrap_or(text)
}

/// Three groups of one to four digits with the same separator between.
fn numbers<'a>(text: &'a str, separators: &[char]) -> Option<[&'a str; 3]> {
    let separator = text.chars().find(|c| separators.contains(c))?;
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    let parts: [&str; 3] = parts.try_into().ok()?;
    let fits = parts
        .iter()
        .all(|p| (1..=4).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()));
    fits.then_some(parts)
}

fn value(digits: &str) -> i16 {
    // One to four digits, which always fit.
    digits.parse().unwrap_or(0)
}

fn day(year: i16, month: i16, day: i16) -> Result<Date, DateUnreadable> {
    let (month, day) = (i8::try_from(month), i8::try_from(day));
    match (month, day) {
        (Ok(month), Ok(day)) => Date::new(year, month, day).map_err(|_| DateUnreadable::NoSuchDay),
        _ => Err(DateUnreadable::NoSuchDay),
    }
}

fn month(word: &str) -> Option<i16> {
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
    let word = word.trim_end_matches('.').to_lowercase();
    let word = if word == "sept" { "sep".to_owned() } else { word };
    let at = MONTHS
        .iter()
        .position(|m| *m == word || (word.len() == 3 && m.starts_with(&word)))?;
    i16::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(text: &str) -> Result<String, DateUnreadable> {
        date_from_text(text).map(|d| d.to_string())
    }

    #[test]
    fn a_date_is_read_in_each_form_that_people_write() {
        for text in [
            "2019-10-14",
            "14/10/2019",
            "14.10.2019",
            "14-10-2019",
            "14 October 2019",
            "14 oct 2019",
            "14th October 2019",
            "14-Oct-2019",
            " 14/10/2019 ",
            "2019-10-14T00:00:00",
            "14/10/2019 00:00",
        ] {
            assert_eq!(iso(text).as_deref(), Ok("2019-10-14"), "{text}");
        }
        assert_eq!(iso("3/4/2019").as_deref(), Ok("2019-04-03"));
    }

    #[test]
    fn what_is_no_date_is_told_apart() {
        assert_eq!(iso("31/02/1990"), Err(DateUnreadable::NoSuchDay));
        assert_eq!(iso("10/14/2019"), Err(DateUnreadable::MonthFirst));
        assert_eq!(iso("October 14, 2019"), Err(DateUnreadable::MonthFirst));
        assert_eq!(iso("14/10/19"), Err(DateUnreadable::ShortYear));
        assert_eq!(iso("soon"), Err(DateUnreadable::NoDate));
        assert_eq!(iso(""), Err(DateUnreadable::NoDate));
    }

    #[test]
    fn spreadsheet_numbers_are_days() {
        let on = |n, from_1904| date_from_number(n, from_1904).map(|d| d.to_string());
        assert_eq!(on(43752.0, false).as_deref(), Ok("2019-10-14"));
        assert_eq!(on(42290.0, true).as_deref(), Ok("2019-10-14"));
        assert_eq!(on(1.0, false).as_deref(), Ok("1900-01-01"));
        assert_eq!(on(61.0, false).as_deref(), Ok("1900-03-01"));
        assert_eq!(on(60.0, false), Err(DateUnreadable::NoSuchDay));
        assert_eq!(on(f64::NAN, false), Err(DateUnreadable::NoDate));
    }
}
