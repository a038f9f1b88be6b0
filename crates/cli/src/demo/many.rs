//! A larger world for measuring: many learners beside the twenty-four, at every stage that is cheap to reach. Registered,
//! planned and allocated in large batches; one in fifty has work, brought as far on as chance has it (`many/work.rs`). Or, to
//! measure how many certificates are made in an hour, each has a claim of an award that waits to be released.

mod work;

use super::chance;
use super::director::Director;
use super::house::House;
use super::steps::{Play, ago};
use crate::failure::Stopped;
use crate::progress;
use assay_app::plan::agree::{self, AgreePlan};
use assay_app::plan::allocate::{self, AllocateStaff};
use assay_app::registration::register::{self, RegisterLearner};
use assay_app::{Acting, Failure};
use assay_domain::fact::PlannedUnit;
use assay_domain::id::{CentreId, PersonId, RegistrationId};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::ops::Range;

/// Fewest and most learners per act. One commit is shared by all of a batch, and where ids lie strewn over large indexes, more learners
/// share the pages that are written, too; small enough that the bar moves.
const BATCHES: (usize, usize) = (250, 2_500);
/// At least so many batches where there is a choice: each is of another day.
const DAYS: usize = 16;

const GIVEN: [&str; 16] = [
    "Alex", "Bea", "Cal", "Dina", "Eli", "Fay", "Gus", "Hana", "Ivo", "Jo", "Kit", "Lena", "Max", "Nia",
    "Ola", "Pia",
];
const FAMILY: [&str; 16] = [
    "Abbott", "Barker", "Cho", "Doyle", "Evans", "Farah", "Grant", "Hughes", "Iqbal", "Jones", "Khan",
    "Lewis", "Mori", "Novak", "Owusu", "Price",
];

/// What a crowd is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Learners at every stage, most of them at the beginning.
    Learners,
    /// Learners each of whom has a claim of the one-unit qualification that waits.
    Claims,
}

/// How far a learner of the crowd has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Registered,
    Planned,
    Allocated,
    /// With work on 7016V1.
    Working,
}

/// A learner of the crowd who has work.
struct Worker {
    /// The learner's own number, mixed with the seed.
    mixed: u64,
    person: PersonId,
    registration: RegistrationId,
    /// Which of the two assessors marks.
    assessor: usize,
    /// Whether the one unit makes the qualification.
    award: bool,
    /// Whether a claim has to wait at the end, whatever chance says.
    claimed: bool,
    start: Date,
}

/// Brings learners of these numbers into the house. The same seed gives the same world.
///
/// # Errors
/// The first act that is refused or fails.
pub fn register_many(
    director: &Director,
    house: &House,
    purpose: Purpose,
    numbers: Range<usize>,
    seed: u64,
) -> Result<(), Stopped> {
    let play = Play { director, house };
    let (first, more) = (numbers.start, numbers.len());
    let mut shelf = work::Shelf::prepare(play)?;
    let what = match purpose {
        Purpose::Learners => "learners",
        Purpose::Claims => "claims",
    };
    let batch = (more / DAYS).clamp(BATCHES.0, BATCHES.1);
    let mut done = 0;
    while done < more {
        let upto = (done + batch).min(more);
        // A batch of one day; days are strewn over ten months, so that a small world too has learners far on.
        // A claim is the last of ninety days.
        let days = match purpose {
            Purpose::Learners => 300,
            Purpose::Claims => 200,
        };
        let start = ago(310 - i64::try_from(done / batch * 37 % days).unwrap_or(0));
        let crowd = Crowd {
            centre: house.centre.clone(),
            tutor: house.tutor.clone(),
            verifier: house.verifier.clone(),
            assessors: [house.assessor.clone(), house.second_assessor.clone()],
            start,
            purpose,
            seed,
        };
        let workers = director.act(Some(&house.coordinator), start, move |acting| {
            let mut workers = Vec::new();
            for at in first + done..first + upto {
                workers.extend(crowd.bring(acting, at)?);
            }
            Ok(workers)
        })?;
        shelf.work(play, workers)?;
        done = upto;
        progress::draw(done, more, what, batch * 4);
    }
    eprintln!();
    Ok(())
}

/// What the learners of a batch have in common.
struct Crowd {
    centre: CentreId,
    tutor: PersonId,
    verifier: PersonId,
    assessors: [PersonId; 2],
    start: Date,
    purpose: Purpose,
    seed: u64,
}

impl Crowd {
    /// Registers one learner and goes on as far as their stage. Answers those who have work.
    fn bring(&self, acting: &mut Acting<'_, '_>, at: usize) -> Result<Option<Worker>, Failure> {
        let mixed = chance::mix(self.seed, at as u64);
        let claimed = self.purpose == Purpose::Claims;
        let stage = match mixed >> 32 & 0xff {
            _ if claimed => Stage::Working,
            0..25 => Stage::Registered,
            25..60 => Stage::Planned,
            // Work takes ninety days from start to award.
            60..66 if self.start <= ago(100) => Stage::Working,
            _ => Stage::Allocated,
        };
        let pick = |names: &[&str; 16], shift: u32| names[(mixed >> shift) as usize % 16].to_owned();
        let code = if claimed {
            "7A2V2"
        } else {
            ["7A2V2", "7C2V2", "7D2V2"][(mixed >> 20) as usize % 3]
        };
        let input = RegisterLearner {
            centre: self.centre.clone(),
            given: pick(&GIVEN, 4),
            family: format!("{} {:05}", pick(&FAMILY, 12), at),
            // Any day of thirty years: a crowd that shares a few birthdays would make each registration look like another.
            born_on: Some(date(1965, 1, 1).saturating_add(i64::try_from(mixed % 10_957).unwrap_or(0).days())),
            email: Some(format!("learner{at}@example.net")),
            qualification: code.to_owned(),
            start_on: self.start,
            number: None,
            identity: Some("passport seen".to_owned()),
            authority: Some("Leads a department.".to_owned()),
            uln: None,
            member_number: None,
        };
        let registered = register::run(acting, &input)?;
        if stage == Stage::Registered {
            return Ok(None);
        }
        let units: &[&str] = match code {
            "7A2V2" => &["7016V1"],
            "7C2V2" => &["7015V1", "7016V1"],
            _ => &[
                "7015V1", "7016V1", "7017V1", "7018V1", "7002V1", "7020V1", "7010V1",
            ],
        };
        let plan = AgreePlan {
            units: (1_i64..)
                .zip(units)
                .map(|(at, unit)| PlannedUnit {
                    unit: (*unit).to_owned(),
                    // Half of them have said by when.
                    target_on: (mixed >> 40 & 1 == 1).then(|| self.start.saturating_add((at * 70).days())),
                })
                .collect(),
            goals: None,
            support: None,
            review_on: None,
            because: None,
            version_seen: None,
        };
        agree::run(acting, &registered.registration, &plan)?;
        if stage == Stage::Planned {
            return Ok(None);
        }
        let staff = AllocateStaff {
            units: units.iter().map(|unit| (*unit).to_owned()).collect(),
            tutor: Some(self.tutor.clone()),
            assessor: Some(self.assessors[at % 2].clone()),
            verifier: Some(self.verifier.clone()),
        };
        allocate::run(acting, &registered.registration, &staff)?;
        Ok((stage == Stage::Working).then(|| Worker {
            mixed,
            person: registered.learner,
            registration: registered.registration,
            assessor: at % 2,
            award: code == "7A2V2",
            claimed,
            start: self.start,
        }))
    }
}
