//! A learner with a plan, an assessor, and pieces of evidence.

use crate::World;
use assay_app::evidence::content;
use assay_app::evidence::keep::{self, Start};
use assay_app::evidence::passage::{self, Chosen, Marking};
use assay_app::plan::agree::{self, AgreePlan};
use assay_app::plan::allocate::{self, AllocateStaff};
use assay_app::registration::find::require_registration;
use assay_app::registration::register::{self, RegisterLearner};
use assay_domain::Role;
use assay_domain::fact::{CriterionRef, EvidenceKind, PlannedUnit};
use assay_domain::id::{CentreId, EvidenceId, PersonId, RegistrationId};
use jiff::ToSpan;

/// Amira Khan at Northern College, registered on the Diploma with units 7020V1 and 7002V1 planned; Asif Rahman assesses
/// her, Cora Adebayo coordinates. All of them have passwords.
pub struct Study {
    pub world: World,
    pub centre: CentreId,
    pub coordinator: PersonId,
    pub assessor: PersonId,
    pub learner: PersonId,
    pub registration: RegistrationId,
}

/// The first unit of the plan.
pub const UNIT: &str = "7020V1";
/// The second.
pub const OTHER_UNIT: &str = "7002V1";

impl Default for Study {
    fn default() -> Self {
        Study::new()
    }
}

impl Study {
    pub fn new() -> Study {
        Study::in_world(World::new())
    }

    /// In a world where nobody is yet.
    pub fn in_world(mut world: World) -> Study {
        world.publish_cmi();
        let centre = world.centre("Northern College");
        world.offers(&centre, &["7D2V2"]);
        let coordinator = world.person_with("Cora Adebayo", Role::Coordinator, &centre);
        let assessor = world.person_with("Asif Rahman", Role::Assessor, &centre);
        let (registration, learner) = register(&world, &coordinator, &centre, "Amira Khan");
        let target_on = world.today().checked_add(20.days()).ok();
        let units = [UNIT, OTHER_UNIT].map(|unit| PlannedUnit {
            unit: unit.to_owned(),
            target_on,
        });
        let plan = AgreePlan {
            units: units.to_vec(),
            goals: None,
            support: None,
            review_on: None,
            because: None,
            version_seen: None,
        };
        let id = registration.clone();
        world
            .act(&coordinator, move |acting| agree::run(acting, &id, &plan))
            .expect("the plan is agreed");
        let staff = AllocateStaff {
            units: vec![UNIT.to_owned(), OTHER_UNIT.to_owned()],
            tutor: None,
            assessor: Some(assessor.clone()),
            verifier: None,
        };
        let id = registration.clone();
        world
            .act(&coordinator, move |acting| allocate::run(acting, &id, &staff))
            .expect("the assessor is allocated");
        for person in [&coordinator, &assessor, &learner] {
            world.with_password(person);
        }
        Study {
            world,
            centre,
            coordinator,
            assessor,
            learner,
            registration,
        }
    }

    /// A piece written by the learner and saved as version 1.
    pub fn piece(&self, title: &str, text: &str) -> EvidenceId {
        let start = Start {
            learner: None,
            kind: EvidenceKind::Written,
            title: title.to_owned(),
        };
        let prepared = content::prepare_text(&self.world.app, text).expect("the text is kept");
        self.world
            .act(&self.learner, move |acting| {
                keep::start_with(acting, start, &prepared, false)
            })
            .expect("the piece is saved")
            .evidence
    }

    /// Marks paragraphs of a piece for criteria of [`UNIT`].
    pub fn mark(&self, piece: &EvidenceId, paragraphs: &[u32], criteria: &[&str]) {
        let marking = Marking {
            version: None,
            chosen: Chosen::Paragraphs(paragraphs.to_vec()),
            criteria: criteria
                .iter()
                .map(|criterion| CriterionRef {
                    unit: UNIT.to_owned(),
                    criterion: (*criterion).to_owned(),
                })
                .collect(),
            note: None,
        };
        let piece = piece.clone();
        self.world
            .act(&self.learner, move |acting| {
                passage::mark(acting, &piece, &marking)
            })
            .expect("the passage is marked");
    }
}

/// Registers a learner on the Diploma from today on.
pub fn register(
    world: &World,
    coordinator: &PersonId,
    centre: &CentreId,
    name: &str,
) -> (RegistrationId, PersonId) {
    let (given, family) = name.split_once(' ').unwrap_or(("", name));
    let input = RegisterLearner {
        centre: centre.clone(),
        given: given.to_owned(),
        family: family.to_owned(),
        born_on: Some(jiff::civil::date(1984, 3, 2)),
        email: Some(format!("{}@example.org", name.to_lowercase().replace(' ', "."))),
        qualification: "7D2V2".to_owned(),
        start_on: world.today(),
        number: None,
        identity: Some("passport seen".to_owned()),
        authority: Some("Leads a team of twelve.".to_owned()),
        uln: None,
        member_number: None,
    };
    let id = world
        .act(coordinator, move |acting| register::run(acting, &input))
        .expect("the learner is registered")
        .registration;
    let learner = world
        .ask(coordinator, |asking| require_registration(asking.tx, &id))
        .expect("the registration")
        .learner;
    (id, learner)
}
