//! Membership of the awarding body that goes with studying: begun by registering, ended by completing.
//!
//! It is told from the registrations of a learner and never recorded a second time, so that the end of membership and the day of
//! completion cannot disagree (AW-06).

use jiff::civil::Date;

/// The grade of membership that learners are given while they study; silent when the awarding body gives none.
pub const KEY_GRADE: &str = "membership.grade";

/// One registration of a learner, as far as membership goes by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Study {
    /// The day of registering.
    pub registered_on: Date,
    /// The day of the award or of withdrawal, or the last day of a registration that has run out; none while it goes on.
    pub ended_on: Option<Date>,
    /// Whether the learner was a member already.
    pub member: bool,
}

/// A membership that was given with study.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    pub from: Date,
    /// The day on which studies were completed or left; none while they go on.
    pub until: Option<Date>,
}

impl Membership {
    /// Whether it was in force on a day.
    pub fn covers(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// The memberships given to a learner, the earliest first. One without an end is in force.
///
/// - A registration begins a membership on its day, unless the learner is a member then: of their own, which a registration up
///   to that day has said, or by an earlier registration that still runs. Nobody is given a second one (MB-01).
/// - It ends with the last of the registrations that it carried (MB-02): the day of completion and the end agree (AW-06). An award that
///   is withdrawn lets its registration go on, and the membership with it.
///
/// Source: MB-01, MB-02, AW-06.
pub fn given(studies: &[Study]) -> Vec<Membership> {
    let mut studies: Vec<&Study> = studies.iter().collect();
    studies.sort_by_key(|study| study.registered_on);
    let mut given: Vec<Membership> = Vec::new();
    let mut member = false;
    for study in studies {
        member |= study.member;
        match given.last_mut() {
            Some(running) if running.covers(study.registered_on) => {
                running.until = match (running.until, study.ended_on) {
                    (Some(one), Some(other)) => Some(one.max(other)),
                    _ => None,
                };
            }
            _ if member => {}
            _ => given.push(Membership {
                from: study.registered_on,
                until: study.ended_on,
            }),
        }
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn study(from: Date, until: Option<Date>) -> Study {
        Study {
            registered_on: from,
            ended_on: until,
            member: false,
        }
    }

    #[test]
    fn membership_begins_with_registration_and_ends_on_the_day_of_completion() {
        let completed = date(2019, 10, 14);
        let given = given(&[study(date(2018, 11, 5), Some(completed))]);
        assert_eq!(
            given,
            [Membership {
                from: date(2018, 11, 5),
                until: Some(completed)
            }]
        );
    }

    #[test]
    fn a_member_is_given_no_second_membership() {
        let mut first = study(date(2018, 11, 5), Some(date(2019, 3, 1)));
        first.member = true;
        let later = study(date(2019, 6, 3), None);
        assert_eq!(given(&[later, first]), []);
    }

    #[test]
    fn membership_lasts_over_a_second_registration_and_begins_anew_after_a_pause() {
        let award = study(date(2018, 1, 8), Some(date(2018, 9, 3)));
        let diploma = study(date(2018, 6, 4), Some(date(2019, 7, 1)));
        let much_later = study(date(2019, 9, 2), None);
        assert_eq!(
            given(&[award, diploma, much_later]),
            [
                Membership {
                    from: date(2018, 1, 8),
                    until: Some(date(2019, 7, 1))
                },
                Membership {
                    from: date(2019, 9, 2),
                    until: None
                }
            ]
        );
    }

    #[test]
    fn a_number_told_while_a_given_membership_runs_does_not_end_it() {
        let first = study(date(2018, 1, 8), Some(date(2018, 9, 3)));
        let mut second = study(date(2018, 6, 4), None);
        second.member = true;
        assert_eq!(
            given(&[first, second]),
            [Membership {
                from: date(2018, 1, 8),
                until: None
            }]
        );
    }

    fn any_study() -> impl Strategy<Value = Study> {
        (
            0_i32..400,
            proptest::option::of(0_i32..200),
            proptest::bool::weighted(0.2),
        )
            .prop_map(|(from, length, member)| {
                let start = date(2018, 1, 1);
                let day = |after: i32| start.checked_add(jiff::Span::new().days(after)).unwrap_or(start);
                Study {
                    registered_on: day(from),
                    ended_on: length.map(|length| day(from + length)),
                    member,
                }
            })
    }

    proptest! {
        #[test]
        fn memberships_never_overlap_and_whoever_studies_is_a_member(studies in proptest::collection::vec(any_study(), 0..6)) {
            let given = given(&studies);
            for pair in given.windows(2) {
                prop_assert!(pair[0].until.is_some_and(|until| until < pair[1].from));
            }
            for membership in &given {
                let begun = studies.iter().any(|study| study.registered_on == membership.from);
                let ended = studies.iter().any(|study| study.ended_on == membership.until);
                prop_assert!(begun && ended);
            }
            let own = studies.iter().filter(|study| study.member).map(|study| study.registered_on).min();
            for study in &studies {
                let told = own.is_some_and(|own| own <= study.registered_on);
                let carried = given.iter().any(|membership| {
                    membership.from <= study.registered_on
                        && membership.until.is_none_or(|until| study.ended_on.is_some_and(|ended| ended <= until))
                });
                prop_assert!(told || carried);
            }
        }
    }
}
