//! Age on a day.

use jiff::civil::Date;

/// Whole years of age on a day; none before birth. Somebody born on 29 February has their birthday on 1 March in other
/// years.
///
/// Source: RI-01; Family Law Reform Act 1969, section 9 (an age is reached at the start of the birthday).
pub fn on(born: Date, day: Date) -> Option<u32> {
    if day < born {
        return None;
    }
    let years = i32::from(day.year()) - i32::from(born.year());
    let before_birthday = (day.month(), day.day()) < (born.month(), born.day());
    u32::try_from(years - i32::from(before_birthday)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_person_is_a_year_older_on_the_birthday_itself() {
        assert_eq!(on(date(2000, 10, 14), date(2019, 10, 14)), Some(19));
        assert_eq!(on(date(2000, 10, 15), date(2019, 10, 14)), Some(18));
    }

    #[test]
    fn somebody_born_on_a_leap_day_is_a_year_older_on_the_first_of_march() {
        assert_eq!(on(date(2000, 2, 29), date(2019, 2, 28)), Some(18));
        assert_eq!(on(date(2000, 2, 29), date(2019, 3, 1)), Some(19));
        assert_eq!(on(date(2000, 2, 29), date(2020, 2, 29)), Some(20));
    }

    #[test]
    fn nobody_has_an_age_before_birth() {
        assert_eq!(on(date(2020, 1, 1), date(2019, 1, 1)), None);
    }
}
