//! How values are written for people: dates, times, numbers, sizes, spans of time, plurals, initials.
//!
//! British English throughout. Thousands are parted by a comma, not by a thin space, because screen readers read
//! "3,212" as one number and "3 212" as two.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Something that can be shown as a day: a date, or its ISO text as it stands in a view.
pub trait AsDay {
    /// The day, or `None` when the text is not an ISO date; it is then shown as it stands.
    fn day(&self) -> Option<Date>;
    /// The text to show when there is no day.
    fn text(&self) -> String;
}

impl AsDay for Date {
    fn day(&self) -> Option<Date> {
        Some(*self)
    }
    fn text(&self) -> String {
        self.to_string()
    }
}

impl AsDay for str {
    fn day(&self) -> Option<Date> {
        self.get(..10)?.parse().ok()
    }
    fn text(&self) -> String {
        self.to_owned()
    }
}

impl AsDay for String {
    fn day(&self) -> Option<Date> {
        self.as_str().day()
    }
    fn text(&self) -> String {
        self.clone()
    }
}

impl<T: AsDay + ?Sized> AsDay for &T {
    fn day(&self) -> Option<Date> {
        (**self).day()
    }
    fn text(&self) -> String {
        (**self).text()
    }
}

/// Something that can be shown as an instant: a timestamp, or its UTC text as the store keeps it.
pub trait AsInstant {
    /// The instant, or `None` when the text is not one.
    fn instant(&self) -> Option<Timestamp>;
    /// The text to show when there is no instant.
    fn text(&self) -> String;
}

impl AsInstant for Timestamp {
    fn instant(&self) -> Option<Timestamp> {
        Some(*self)
    }
    fn text(&self) -> String {
        self.to_string()
    }
}

impl AsInstant for str {
    fn instant(&self) -> Option<Timestamp> {
        self.parse().ok()
    }
    fn text(&self) -> String {
        self.to_owned()
    }
}

impl AsInstant for String {
    fn instant(&self) -> Option<Timestamp> {
        self.as_str().instant()
    }
    fn text(&self) -> String {
        self.clone()
    }
}

impl<T: AsInstant + ?Sized> AsInstant for &T {
    fn instant(&self) -> Option<Timestamp> {
        (**self).instant()
    }
    fn text(&self) -> String {
        (**self).text()
    }
}

/// A day in words: `14 October 2019`.
pub fn date(value: impl AsDay) -> String {
    match value.day() {
        Some(day) => day.strftime("%-d %B %Y").to_string(),
        None => value.text(),
    }
}

/// A day in few words for tables: `14 Oct 2019`.
pub fn short_date(value: impl AsDay) -> String {
    match value.day() {
        Some(day) => day.strftime("%-d %b %Y").to_string(),
        None => value.text(),
    }
}

/// An instant in words, in the given zone: `14 October 2019, 09:30`.
pub fn date_time(value: impl AsInstant, zone: &TimeZone) -> String {
    match value.instant() {
        Some(instant) => instant
            .to_zoned_datetime(zone.clone())
            .strftime("%-d %B %Y, %H:%M")
            .to_string(),
        None => value.text(),
    }
}

/// The time of day of an instant, in the given zone: `09:30`.
pub fn time(value: impl AsInstant, zone: &TimeZone) -> String {
    match value.instant() {
        Some(instant) => instant
            .to_zoned_datetime(zone.clone())
            .strftime("%H:%M")
            .to_string(),
        None => value.text(),
    }
}

/// A whole number with its thousands parted: `3,212`. Text that is no number is left as it is.
pub fn number(value: impl std::fmt::Display) -> String {
    let text = value.to_string();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.as_str()),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return text;
    }
    let mut out = String::from(sign);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The size of a file, given in bytes, in decimal units: `1.4 MB`.
pub fn file_size(bytes: impl std::borrow::Borrow<u64>) -> String {
    let bytes = *bytes.borrow();
    let tenths = |unit: u64| {
        let tenths = (u128::from(bytes) * 10 + u128::from(unit) / 2) / u128::from(unit);
        if tenths >= 100 || tenths.is_multiple_of(10) {
            format!("{}", (tenths + 5) / 10)
        } else {
            format!("{}.{}", tenths / 10, tenths % 10)
        }
    };
    match bytes {
        0..1_000 => plural(bytes, "byte", "bytes"),
        1_000..1_000_000 => format!("{} kB", tenths(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", tenths(1_000_000)),
        _ => format!("{} GB", tenths(1_000_000_000)),
    }
}

/// A span of time, given in minutes: `45 minutes`, `1 hour 30 minutes`, `2 hours`.
pub fn duration(minutes: impl std::borrow::Borrow<u64>) -> String {
    let minutes = *minutes.borrow();
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (hours, rest) {
        (0, rest) => plural(rest, "minute", "minutes"),
        (hours, 0) => plural(hours, "hour", "hours"),
        (hours, rest) => format!(
            "{} {}",
            plural(hours, "hour", "hours"),
            plural(rest, "minute", "minutes")
        ),
    }
}

/// A number with its noun: `1 unit`, `1,200 units`.
pub fn plural(count: impl std::fmt::Display, one: &str, many: &str) -> String {
    let text = count.to_string();
    let noun = if text == "1" { one } else { many };
    format!("{} {noun}", number(text))
}

/// The noun alone, for when the number stands elsewhere.
pub fn noun<'a>(count: impl std::fmt::Display, one: &'a str, many: &'a str) -> &'a str {
    if count.to_string() == "1" { one } else { many }
}

/// At most two initials of a name: `Ada Mary Okafor` gives `AO`; an empty name gives nothing.
pub fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphabetic()));
    let first = words.next();
    let last = words.next_back();
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

/// Words joined as in a sentence: `A, B and C`.
pub fn sentence_list<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// A share in whole per cent, rounded down so that only the whole is called 100; nothing of nothing is 0.
pub fn percent(part: u64, whole: u64) -> u64 {
    if whole == 0 {
        0
    } else {
        (u128::from(part) * 100 / u128::from(whole)).min(100) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_out() {
        assert_eq!(date("2019-10-14"), "14 October 2019");
        assert_eq!(date(jiff::civil::date(2026, 1, 2)), "2 January 2026");
        assert_eq!(short_date("2019-10-14"), "14 Oct 2019");
        assert_eq!(date("soon"), "soon");
    }

    #[test]
    fn instants_are_shown_in_the_zone_of_the_reader() {
        assert_eq!(
            date_time("2019-10-14T09:30:00.000Z", &TimeZone::UTC),
            "14 October 2019, 09:30"
        );
        let zone = TimeZone::fixed(jiff::tz::offset(1));
        assert_eq!(
            date_time("2019-10-14T23:30:00.000Z", &zone),
            "15 October 2019, 00:30"
        );
        assert_eq!(time("2019-10-14T09:30:00.000Z", &zone), "10:30");
    }

    #[test]
    fn numbers_are_parted_by_thousands() {
        assert_eq!(number(7), "7");
        assert_eq!(number(3212), "3,212");
        assert_eq!(number(-1_234_567), "-1,234,567");
        assert_eq!(number("about 3"), "about 3");
    }

    #[test]
    fn sizes_are_short_and_honest() {
        assert_eq!(file_size(1_u64), "1 byte");
        assert_eq!(file_size(999_u64), "999 bytes");
        assert_eq!(file_size(1_449_000_u64), "1.4 MB");
        assert_eq!(file_size(48_200_u64), "48 kB");
        assert_eq!(file_size(2_000_000_000_u64), "2 GB");
    }

    #[test]
    fn spans_and_plurals_agree_with_their_numbers() {
        assert_eq!(duration(90_u64), "1 hour 30 minutes");
        assert_eq!(duration(1_u64), "1 minute");
        assert_eq!(plural(1, "unit", "units"), "1 unit");
        assert_eq!(plural(0, "unit", "units"), "0 units");
        assert_eq!(sentence_list(&["A", "B", "C"]), "A, B and C");
    }

    #[test]
    fn initials_are_the_first_and_the_last() {
        assert_eq!(initials("Ada Mary Okafor"), "AO");
        assert_eq!(initials("  ünal "), "Ü");
        assert_eq!(initials(""), "");
    }

    #[test]
    fn only_the_whole_is_a_hundred_per_cent() {
        assert_eq!(percent(199, 200), 99);
        assert_eq!(percent(200, 200), 100);
        assert_eq!(percent(0, 0), 0);
    }
}
