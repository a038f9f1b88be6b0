//! Criteria in the order in which people count: 1.2 before 1.10, merit and distinction after a pass.

use assay_specification::CriterionNumber;
use std::cmp::Ordering;

/// Compares two criterion numbers. What is no number, as in a record of an older form, stands last, by its text.
pub(crate) fn by_number(one: &str, other: &str) -> Ordering {
    match (one.parse::<CriterionNumber>(), other.parse::<CriterionNumber>()) {
        (Ok(one), Ok(other)) => one.cmp(&other),
        (Ok(_), Err(_)) => Ordering::Less,
        (Err(_), Ok(_)) => Ordering::Greater,
        (Err(_), Err(_)) => one.cmp(other),
    }
}

#[cfg(test)]
mod tests {
    use super::by_number;

    #[test]
    fn criteria_stand_in_the_order_in_which_people_count() {
        let mut numbers = vec!["old", "2D1", "1.10", "2M1", "3M1", "1.2", "3P2", "2.1"];
        numbers.sort_by(|one, other| by_number(one, other));
        assert_eq!(numbers, ["1.2", "1.10", "2.1", "2M1", "2D1", "3P2", "3M1", "old"]);
    }
}
