//! How long a registration lasts.

use crate::policy::Policy;
use assay_specification::Size;
use jiff::ToSpan;
use jiff::civil::Date;

/// Years that a registration lasts where the profile is silent: the longest that practice section 24.1 names.
const YEARS_WHEN_SILENT: i64 = 3;

/// The policy key that says how many years a registration of this size lasts.
pub fn key(size: Size) -> &'static str {
    match size {
        Size::Award => "registration.period.award",
        Size::Certificate => "registration.period.certificate",
        Size::Diploma => "registration.period.diploma",
    }
}

/// The policy key that says how many years after the end of registration the last certificate is made out.
pub fn key_after_end(size: Size) -> &'static str {
    match size {
        Size::Award => "certification.after_end.award",
        Size::Certificate => "certification.after_end.certificate",
        Size::Diploma => "certification.after_end.diploma",
    }
}

/// The last day of certification: the document's, else as many years after the end of registration as the profile says,
/// else none.
pub fn last_certification(
    size: Size,
    registration_ends: Date,
    certification_ends: Option<Date>,
    policy: &Policy<'_>,
) -> Option<Date> {
    certification_ends.or_else(|| {
        let (years, _) = policy.number(key_after_end(size))?;
        registration_ends.checked_add(years.clamp(0, 100).years()).ok()
    })
}

/// The last day of a registration: the last day before the period is over, and never after the last day of
/// certification.
///
/// Source: practice, sections 6 and 24.1.
pub fn ends_on(start_on: Date, size: Size, certification_ends: Option<Date>, policy: &Policy<'_>) -> Date {
    let years = policy
        .number(key(size))
        .map_or(YEARS_WHEN_SILENT, |(years, _)| years)
        .clamp(1, 100);
    let end = start_on
        .checked_add(years.years())
        .and_then(|day| day.checked_sub(1.day()))
        .unwrap_or(Date::MAX);
    certification_ends.map_or(end, |last| end.min(last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Dated, PolicyValue, Profile};
    use jiff::civil::date;

    #[test]
    fn a_registration_ends_the_day_before_its_anniversary() {
        let mut profile = Profile::default();
        profile.values.insert(
            key(Size::Award).into(),
            vec![Dated {
                from: date(2014, 1, 1),
                value: PolicyValue::Number(1),
                unit: "years".into(),
                source: "test".into(),
                note: String::new(),
            }],
        );
        let policy = profile.on(date(2019, 10, 14));
        assert_eq!(
            ends_on(date(2019, 10, 14), Size::Award, None, &policy),
            date(2020, 10, 13)
        );
        assert_eq!(
            ends_on(date(2019, 10, 14), Size::Diploma, None, &policy),
            date(2022, 10, 13)
        );
    }

    #[test]
    fn a_registration_never_outlasts_certification() {
        let profile = Profile::default();
        let policy = profile.on(date(2019, 10, 14));
        let last = Some(date(2021, 8, 31));
        assert_eq!(
            ends_on(date(2019, 10, 14), Size::Diploma, last, &policy),
            date(2021, 8, 31)
        );
    }
}
