//! A larger world for measuring: many learners beside the twenty-four, registered, planned and allocated in large batches.

use super::director::{Director, TODAY};
use super::play::House;
use crate::failure::Stopped;
use assay_app::plan::agree::{self, AgreePlan};
use assay_app::plan::allocate::{self, AllocateStaff};
use assay_app::registration::register::{self, RegisterLearner};
use assay_domain::fact::PlannedUnit;
use jiff::ToSpan;
use jiff::civil::date;
use std::io::Write;

/// Learners per act: large enough that a commit is shared, small enough that the bar moves.
const BATCH: usize = 250;

const GIVEN: [&str; 16] = [
    "Alex", "Bea", "Cal", "Dina", "Eli", "Fay", "Gus", "Hana", "Ivo", "Jo", "Kit", "Lena", "Max", "Nia",
    "Ola", "Pia",
];
const FAMILY: [&str; 16] = [
    "Abbott", "Barker", "Cho", "Doyle", "Evans", "Farah", "Grant", "Hughes", "Iqbal", "Jones", "Khan",
    "Lewis", "Mori", "Novak", "Owusu", "Price",
];

/// Registers `more` learners with plans and allocations. The same seed gives the same world.
///
/// # Errors
/// The first act that is refused or fails.
pub fn register_many(director: &Director, house: &House, more: usize, seed: u64) -> Result<(), Stopped> {
    let mut done = 0;
    while done < more {
        let upto = (done + BATCH).min(more);
        let (centre, coordinator) = (house.centre.clone(), house.coordinator.clone());
        let (tutor, verifier) = (house.tutor.clone(), house.verifier.clone());
        let assessors = [house.assessor.clone(), house.second_assessor.clone()];
        // A batch of one day; days run through the last year.
        let start = TODAY.saturating_sub(i64::try_from(done / BATCH % 300 + 10).unwrap_or(10).days());
        director.act(Some(&coordinator), start, move |acting| {
            for at in done..upto {
                let mixed = mix(seed, at as u64);
                let pick = |names: &[&str; 16], shift: u32| names[(mixed >> shift) as usize % 16].to_owned();
                let code = ["7A2V2", "7C2V2", "7D2V2"][(mixed >> 20) as usize % 3];
                let input = RegisterLearner {
                    centre: centre.clone(),
                    given: pick(&GIVEN, 4),
                    family: format!("{} {:05}", pick(&FAMILY, 12), at),
                    born_on: Some(date(1965 + i16::try_from(mixed % 30).unwrap_or(0), 6, 15)),
                    email: Some(format!("learner{at}@example.net")),
                    qualification: code.to_owned(),
                    start_on: start,
                    number: None,
                    identity: Some("passport seen".to_owned()),
                    authority: Some("Leads a department.".to_owned()),
                    uln: None,
                };
                let registered = register::run(acting, &input)?;
                let units: &[&str] = match code {
                    "7A2V2" => &["7016V1"],
                    "7C2V2" => &["7015V1", "7016V1"],
                    _ => &[
                        "7015V1", "7016V1", "7017V1", "7018V1", "7002V1", "7020V1", "7010V1",
                    ],
                };
                let plan = AgreePlan {
                    units: units
                        .iter()
                        .map(|unit| PlannedUnit {
                            unit: (*unit).to_owned(),
                            target_on: None,
                        })
                        .collect(),
                    goals: None,
                    support: None,
                    review_on: None,
                    because: None,
                    version_seen: None,
                };
                agree::run(acting, &registered.registration, &plan)?;
                let staff = AllocateStaff {
                    units: units.iter().map(|unit| (*unit).to_owned()).collect(),
                    tutor: Some(tutor.clone()),
                    assessor: Some(assessors[at % 2].clone()),
                    verifier: Some(verifier.clone()),
                };
                allocate::run(acting, &registered.registration, &staff)?;
            }
            Ok(())
        })?;
        done = upto;
        bar(done, more);
    }
    eprintln!();
    Ok(())
}

fn bar(done: usize, of: usize) {
    let filled = done * 40 / of.max(1);
    eprint!(
        "\r[{}{}] {done} of {of} learners",
        "#".repeat(filled),
        ".".repeat(40 - filled.min(40))
    );
    // A bar that cannot be drawn stops nothing.
    let _ = std::io::stderr().flush();
}

/// A well-mixed number for a learner (the finaliser of SplitMix64).
fn mix(seed: u64, at: u64) -> u64 {
    let mut value = seed
        .wrapping_add(at.wrapping_mul(0x9E37_79B9_7F4A_7C15))
        .wrapping_add(0x9E37_79B9_7F4A_7C15);
    value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}
