//! Key dates (QS-07).

use jiff::civil::Date;

use super::codes::SPEC_DATES;
use super::finding::Findings;
use crate::specification::Specification;

pub(super) fn check(specification: &Specification, findings: &mut Findings) {
    for qualification in &specification.qualifications {
        let dates = specification.dates_of(qualification);
        let steps = [
            ("regulated from", Some(dates.regulated_from)),
            ("operational from", Some(dates.operational_from)),
            ("registration ends", Some(dates.registration_ends)),
            ("certification ends", dates.certification_ends),
        ];
        let known: Vec<(&str, Date)> = steps
            .into_iter()
            .filter_map(|(name, date)| Some((name, date?)))
            .collect();
        for ((earlier, before), (later, after)) in known.iter().zip(known.iter().skip(1)) {
            if before > after {
                findings.add(
                    &SPEC_DATES,
                    format!("qualification {}, dates", qualification.code),
                    format!(
                        "{earlier} {}, which is after {later} {}",
                        in_words(*before),
                        in_words(*after)
                    ),
                );
            }
        }
    }
}

/// A date as people write it: 14 October 2019.
fn in_words(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}
