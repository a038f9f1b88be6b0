//! Registering, planning, allocating: what brings a learner to the first day of work.

use super::cast::Player;
use super::director::{Director, TODAY};
use super::house::House;
use crate::failure::Stopped;
use assay_app::account::password;
use assay_app::plan::agree::{self, AgreePlan};
use assay_app::plan::allocate::{self, AllocateStaff};
use assay_app::plan::message::{self, SendMessage};
use assay_app::registration::register::{self, RegisterLearner};
use assay_app::registration::withdraw::{self, WithdrawRegistration};
use assay_domain::fact::PlannedUnit;
use assay_domain::id::{PersonId, RegistrationId};
use assay_specification::Unit;
use jiff::ToSpan;
use jiff::civil::Date;

/// The director with the house in which everything happens.
#[derive(Clone, Copy)]
pub struct Play<'a> {
    pub director: &'a Director,
    pub house: &'a House,
}

/// A learner on stage.
pub struct Learner {
    pub player: &'static Player,
    /// The place in the cast, counted from 0.
    pub number: usize,
    pub person: PersonId,
    pub registration: RegistrationId,
    /// The day on which the registration began.
    pub start: Date,
}

/// A day so long before the demonstration's day.
pub fn ago(days: i64) -> Date {
    TODAY.saturating_sub(days.days())
}

impl<'a> Play<'a> {
    /// The unit of a number.
    ///
    /// # Errors
    /// The specification has none.
    pub fn unit(&self, called: &str) -> Result<&'a Unit, Stopped> {
        self.house
            .specification
            .find_unit_called(called)
            .ok_or_else(|| Stopped::new(format!("the specification has no unit {called}")))
    }

    /// The coordinator registers a learner on a qualification; the same person again where they are known.
    ///
    /// # Errors
    /// What the act answers, as everywhere in the play.
    pub fn enrol(
        &self,
        number: usize,
        player: &'static Player,
        code: &str,
        start: Date,
    ) -> Result<Learner, Stopped> {
        let (year, month, day) = player.born_on;
        let input = RegisterLearner {
            centre: self.house.centre.clone(),
            given: player.given.into(),
            family: player.family.into(),
            born_on: Date::new(year, month, day).ok(),
            email: Some(email_of(player)),
            qualification: code.into(),
            start_on: start,
            number: None,
            identity: Some("passport seen at induction".into()),
            // The second of the cast has not answered yet, and is marked for advice (QS-03).
            authority: (number != 1).then(|| {
                format!(
                    "{} of {}, answers for about {} people.",
                    player.post,
                    player.organisation,
                    player.people / 8 + 4
                )
            }),
            uln: None,
            member_number: None,
        };
        let registered = self
            .director
            .act(Some(&self.house.coordinator), start, move |acting| {
                register::run(acting, &input)
            })?;
        let (person, kept) = (registered.learner.clone(), self.house.password.clone());
        self.director
            .act(Some(&registered.learner), start, move |acting| {
                password::set(acting, &person, &kept, None)
            })?;
        Ok(Learner {
            player,
            number,
            person: registered.learner,
            registration: registered.registration,
            start,
        })
    }

    /// The learner agrees a plan, and the coordinator allocates staff to its units.
    ///
    /// # Errors
    /// What the acts answer.
    pub fn plan(&self, learner: &Learner, units: &[&'static str]) -> Result<(), Stopped> {
        let day = learner.start.saturating_add(4.days()).min(TODAY);
        let planned: Vec<PlannedUnit> = (1_i64..)
            .zip(units)
            .map(|(at, unit)| PlannedUnit {
                unit: (*unit).to_owned(),
                target_on: Some(day.saturating_add((at * 56).days())),
            })
            .collect();
        let registration = learner.registration.clone();
        let goals = format!(
            "Use what I learn at {} to take on the fact that {}.",
            learner.player.organisation, learner.player.trouble
        );
        let support = SUPPORT[learner.number % SUPPORT.len()];
        self.director.act(Some(&learner.person), day, move |acting| {
            let input = AgreePlan {
                units: planned,
                goals: Some(goals),
                support: Some(support.into()),
                review_on: Some(next_review(day)),
                because: None,
                version_seen: None,
            };
            agree::run(acting, &registration, &input)
        })?;
        // The second assessor has a learner of their own.
        let assessor = if learner.number == 13 {
            &self.house.second_assessor
        } else {
            &self.house.assessor
        };
        self.allocate(learner, units, assessor, day)
    }

    /// The coordinator allocates staff to units.
    ///
    /// # Errors
    /// What the act answers.
    pub fn allocate(
        &self,
        learner: &Learner,
        units: &[&'static str],
        assessor: &PersonId,
        day: Date,
    ) -> Result<(), Stopped> {
        let registration = learner.registration.clone();
        let input = AllocateStaff {
            units: units.iter().map(|unit| (*unit).to_owned()).collect(),
            tutor: Some(self.house.tutor.clone()),
            assessor: Some(assessor.clone()),
            verifier: Some(self.house.verifier.clone()),
        };
        self.director
            .act(Some(&self.house.coordinator), day, move |acting| {
                allocate::run(acting, &registration, &input)
            })?;
        Ok(())
    }

    /// Learner and staff write to each other on the learner's line.
    ///
    /// # Errors
    /// What the act answers.
    pub fn say(
        &self,
        learner: &Learner,
        from: &PersonId,
        to: &PersonId,
        unit: Option<&'static str>,
        day: Date,
        text: &'static str,
    ) -> Result<(), Stopped> {
        let registration = learner.registration.clone();
        let message = SendMessage {
            unit: unit.map(str::to_owned),
            to: Some(to.clone()),
            text: text.to_owned(),
        };
        self.director.act(Some(from), day, move |acting| {
            // Who answers has read what came before.
            message::mark_seen(acting, &registration)?;
            message::send(acting, &registration, &message)
        })
    }

    /// The coordinator withdraws a registration.
    ///
    /// # Errors
    /// What the act answers.
    pub fn withdraw(&self, learner: &Learner, day: Date, because: &'static str) -> Result<(), Stopped> {
        let registration = learner.registration.clone();
        let act = WithdrawRegistration {
            on: day,
            because: because.to_owned(),
        };
        self.director
            .act(Some(&self.house.coordinator), day, move |acting| {
                withdraw::run(acting, &registration, &act)
            })
    }
}

const SUPPORT: [&str; 5] = [
    "A tutorial every fourth Thursday; recordings of the guided sessions.",
    "Study leave of half a day a fortnight, agreed with my director.",
    "A quiet room on Friday afternoons, and a tutorial by telephone once a month.",
    "Text-to-speech for the longer readings; tutorials with the slides sent beforehand.",
    "A study partner from last year's group, and a tutorial before each hand-in.",
];

fn email_of(player: &Player) -> String {
    let plain: String = format!("{}.{}", player.given, player.family)
        .to_lowercase()
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '.')
        .collect();
    format!("{plain}@example.com")
}

/// Plans are reviewed every ninety days; the next review after a plan's day that is not long gone.
fn next_review(day: Date) -> Date {
    let mut review = day.saturating_add(90.days());
    while review < TODAY.saturating_sub(5.days()) {
        review = review.saturating_add(90.days());
    }
    review
}
