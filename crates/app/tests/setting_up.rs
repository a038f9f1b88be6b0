//! What the home page asks of the people of a new installation, step by step.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use assay_app::specification::load::{self, LoadSpecification};
use assay_app::specification::stage::{self, Move};
use assay_app::work::work_list;
use assay_domain::Role;
use assay_domain::id::PersonId;
use assay_specification::Format;
use assay_testkit::World;
use assay_testkit::world::CMI;

/// What waits for somebody, invitations left out.
fn waits(world: &World, person: &PersonId) -> Vec<String> {
    let items = world.ask(person, work_list).unwrap();
    items
        .into_iter()
        .filter(|item| item.kind != "Invitations")
        .map(|item| item.title)
        .collect()
}

#[test]
fn a_new_installation_tells_its_administrator_what_is_lacking_until_nothing_is() {
    let mut world = World::new();
    let (ada, quentin) = (world.administrator.clone(), world.quality_manager.clone());
    assert_eq!(
        waits(&world, &ada),
        ["Load a specification, or hand in a syllabus", "Approve a centre"]
    );
    assert_eq!(waits(&world, &quentin), [""; 0]);

    let centre = world.centre("Northern College");
    world.publish_cmi();
    assert_eq!(waits(&world, &ada), ["Add the centre's coordinator"]);
    world.person_with("Cora Adebayo", Role::Coordinator, &centre);
    assert!(waits(&world, &ada).iter().all(|title| !title.starts_with("Add")));
}

#[test]
fn a_specification_waits_for_another_persons_word_and_never_for_its_authors() {
    let world = World::new();
    let (ada, quentin) = (world.administrator.clone(), world.quality_manager.clone());
    let input = LoadSpecification {
        format: Format::Toml,
        text: CMI.to_owned(),
    };
    let id = world
        .act(&quentin, move |acting| load::run(acting, input))
        .unwrap();
    for (by, to, next) in [
        (&quentin, Move::Check, "A specification to approve"),
        (&ada, Move::Approve, "A specification to publish"),
    ] {
        let moved = id.clone();
        world
            .act(by, move |acting| stage::run(acting, &moved, to))
            .unwrap();
        assert!(waits(&world, &ada).iter().any(|title| title == next), "{to:?}");
        assert_eq!(waits(&world, &quentin), [""; 0], "{to:?}");
    }
    let moved = id.clone();
    world
        .act(&ada, move |acting| stage::run(acting, &moved, Move::Publish))
        .unwrap();
    assert!(
        !waits(&world, &ada)
            .iter()
            .any(|title| title.starts_with("A specification"))
    );
}
