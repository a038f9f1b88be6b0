//! The moment at which an act happens: an instant, and the civil date it falls on where the centre is.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// An instant and its civil date. Given to every rule; no rule asks a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    pub at: Timestamp,
    pub today: Date,
}

impl Moment {
    /// The moment `at` in the installation's time zone (deadlines end at midnight there, not in UTC).
    pub fn new(at: Timestamp, zone: &TimeZone) -> Self {
        Moment {
            at,
            today: zone.to_datetime(at).date(),
        }
    }

    /// The instant as it is stored: UTC, fixed width, three decimals, so that text order is time order.
    pub fn stored(&self) -> String {
        stored_instant(self.at)
    }
}

/// An instant as stored and as written into facts: `2019-10-14T09:30:00.000Z`.
pub fn stored_instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// A date as people read it: `14 October 2019`.
pub fn long_date(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_stored_with_fixed_width() {
        let at: Timestamp = "2019-10-14T09:30:00Z".parse().unwrap();
        assert_eq!(stored_instant(at), "2019-10-14T09:30:00.000Z");
        let fine: Timestamp = "2019-10-14T09:30:00.123456Z".parse().unwrap();
        assert_eq!(stored_instant(fine), "2019-10-14T09:30:00.123Z");
    }

    #[test]
    fn half_past_midnight_in_summer_belongs_to_the_local_day() {
        let at: Timestamp = "2020-08-31T23:30:00Z".parse().unwrap();
        let london = TimeZone::fixed(jiff::tz::offset(1));
        assert_eq!(Moment::new(at, &london).today.to_string(), "2020-09-01");
    }
}
