//! A syllabus is handed in as a document, reviewed, made a draft, checked, approved by another person and published.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use assay_app::Failure;
use assay_app::specification::stage::{self, Move};
use assay_app::syllabus::settle::{self, Change, CorrectReading, How, SettleFinding};
use assay_app::syllabus::view::{self, FindingSeen, FindingStanding, SyllabusSeen};
use assay_app::syllabus::{draft, receive};
use assay_domain::id::{PersonId, SpecificationId, SyllabusId};
use assay_domain::{Code, Role};
use assay_store::files::Stored;
use assay_testkit::World;
use std::io::Write;

const ORCHARD: &str = include_str!("../../formats/tests/syllabus/loose.txt");

fn kept(world: &World, bytes: &[u8]) -> Stored {
    let mut upload = world.app.store().files().begin(1 << 20).unwrap();
    upload.write_all(bytes).unwrap();
    upload.finish().unwrap()
}

fn hand_in(world: &World, person: &PersonId, name: &str, bytes: &[u8]) -> Result<SyllabusId, Failure> {
    let caller = world.caller(person);
    let stored = kept(world, bytes);
    std::thread::scope(|scope| {
        let done = scope.spawn(|| {
            let received = receive::read(&world.app, &caller, stored, name)?;
            receive::record(&world.app, &caller, world.fresh(), received)
        });
        done.join().unwrap()
    })
}

fn see(world: &World, person: &PersonId, id: &SyllabusId) -> SyllabusSeen {
    world.ask(person, |asking| view::see(asking, id)).unwrap()
}

fn settle(world: &World, person: &PersonId, id: &SyllabusId, input: SettleFinding) -> Result<(), Failure> {
    let id = id.clone();
    world.act(person, move |acting| settle::finding(acting, &id, &input))
}

fn find<'a>(seen: &'a SyllabusSeen, code: &str) -> &'a FindingSeen {
    seen.findings.iter().find(|one| one.code == code).unwrap()
}

fn ignore(key: &str) -> SettleFinding {
    SettleFinding {
        finding: key.to_owned(),
        how: Some(How::Ignore),
        reason: "The register has none either.".to_owned(),
        ..SettleFinding::default()
    }
}

fn make(world: &World, person: &PersonId, id: &SyllabusId) -> Result<SpecificationId, Failure> {
    let id = id.clone();
    world.act(person, move |acting| draft::make(acting, &id))
}

/// Settles what is open as somebody would who agrees with the reader.
fn settle_all(world: &World, person: &PersonId, id: &SyllabusId) {
    for one in see(world, person, id).findings {
        if one.is_open() && one.may("ignore") {
            settle(world, person, id, ignore(&one.key)).unwrap();
        }
    }
}

#[test]
fn a_document_becomes_a_published_specification_through_two_people() {
    let world = World::new();
    let (quentin, ada) = (&world.quality_manager, &world.administrator);
    let id = hand_in(&world, quentin, "orchard.txt", ORCHARD.as_bytes()).unwrap();
    let seen = see(&world, quentin, &id);
    assert_eq!(seen.structure.units.len(), 2);
    assert_eq!(seen.counts.open_errors, 0);
    assert!(seen.counts.open_warnings > 0);
    let Err(Failure::Refused(open)) = make(&world, quentin, &id) else {
        panic!("open warnings were passed over")
    };
    assert_eq!(open.codes(), [Code::SpecFindingsOpen]);
    settle_all(&world, quentin, &id);
    let specification = make(&world, quentin, &id).unwrap();
    let moved = |person: &PersonId, to: Move| {
        let specification = specification.clone();
        world.refusals(person, move |acting| stage::run(acting, &specification, to))
    };
    assert!(moved(quentin, Move::Check).is_empty());
    assert_eq!(moved(quentin, Move::Approve), [Code::SpecOwnApproval]);
    assert!(moved(ada, Move::Approve).is_empty());
    assert_eq!(moved(quentin, Move::Publish), [Code::SpecOwnApproval]);
    assert!(moved(ada, Move::Publish).is_empty());
    let late = ignore(&seen.findings[0].key);
    let Err(Failure::Refused(closed)) = settle(&world, quentin, &id, late) else {
        panic!("a closed review was changed")
    };
    assert_eq!(closed.codes(), [Code::SpecLocked]);
}

#[test]
fn whoever_settled_a_finding_may_not_approve_either() {
    let world = World::new();
    let other = world.person_with("Olive Grant", Role::Administrator, None);
    let (quentin, ada) = (world.quality_manager.clone(), world.administrator.clone());
    let id = hand_in(&world, &quentin, "orchard.txt", ORCHARD.as_bytes()).unwrap();
    settle_all(&world, &ada, &id);
    let specification = make(&world, &quentin, &id).unwrap();
    let moved = |person: &PersonId, to: Move| {
        let specification = specification.clone();
        world.refusals(person, move |acting| stage::run(acting, &specification, to))
    };
    assert!(moved(&ada, Move::Check).is_empty());
    assert_eq!(moved(&ada, Move::Approve), [Code::SpecOwnApproval]);
    assert!(moved(&other, Move::Approve).is_empty());
}

#[test]
fn a_figure_that_the_document_prints_wrongly_becomes_an_erratum_with_its_line_and_reason() {
    let world = World::new();
    let quentin = &world.quality_manager;
    let wrong = ORCHARD.replacen(
        "Unit 402A\tMaking and selling cider\t8\t30\t80\n\nGOL",
        "Unit 402A\tMaking and selling cider\t8\t13\t80\n\nGOL",
        1,
    );
    assert_ne!(wrong, ORCHARD);
    let id = hand_in(&world, quentin, "orchard.txt", wrong.as_bytes()).unwrap();
    let seen = see(&world, quentin, &id);
    let found = find(&seen, "SPEC_TABLE_DIFFERS");
    assert_eq!(found.at.as_deref(), Some("qualification/0/row/1/glh"));
    assert_eq!(found.value, "13");
    let line = seen.lines[found.lines[0] as usize].clone();
    assert!(line.text.contains("Making and selling cider"));
    let Err(Failure::Refused(accepted)) = settle(
        &world,
        quentin,
        &id,
        SettleFinding {
            finding: found.key.clone(),
            how: Some(How::Accept),
            ..SettleFinding::default()
        },
    ) else {
        panic!("an error was accepted")
    };
    assert_eq!(accepted.codes(), [Code::SpecSettling]);
    let misprint = |printed: &str| SettleFinding {
        finding: found.key.clone(),
        how: Some(How::Misprint),
        printed: printed.to_owned(),
        corrected: "30".to_owned(),
        reason: "The unit's page says 30.".to_owned(),
        ..SettleFinding::default()
    };
    assert!(matches!(
        settle(&world, quentin, &id, misprint("14")),
        Err(Failure::Unreadable(_))
    ));
    settle(&world, quentin, &id, misprint("13")).unwrap();
    settle_all(&world, quentin, &id);
    let specification = make(&world, quentin, &id).unwrap();
    let read = world
        .ask(quentin, |asking| {
            asking.app.specification(asking.tx, &specification)
        })
        .unwrap();
    let erratum = &read.errata[0];
    assert_eq!(
        (erratum.printed.as_str(), erratum.corrected.as_str()),
        ("13", "30")
    );
    assert_eq!(erratum.reason, "The unit's page says 30.");
    assert_eq!(erratum.line, line.number);
    let moved = world.refusals(quentin, move |acting| {
        stage::run(acting, &specification, Move::Check)
    });
    assert!(moved.is_empty(), "the erratum answers the finding");
}

#[test]
fn a_correction_is_made_with_a_reason_shown_in_the_steps_and_taken_back() {
    let world = World::new();
    let quentin = &world.quality_manager;
    let id = hand_in(&world, quentin, "orchard.txt", ORCHARD.as_bytes()).unwrap();
    let give = |value: &str, reason: &str| CorrectReading {
        change: Change::Give,
        at: "document/certification_ends".to_owned(),
        value: value.to_owned(),
        line: 0,
        criteria: Vec::new(),
        reason: reason.to_owned(),
    };
    let correct = |input: CorrectReading| {
        let id = id.clone();
        world.act(quentin, move |acting| settle::correct(acting, &id, &input))
    };
    let told = |done: Result<(), Failure>| match done {
        Err(Failure::Unreadable(complaints)) => complaints[0].field.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(told(correct(give("2026-04-30", " "))), "reason");
    assert_eq!(
        told(correct(give("next spring", "a letter of the body"))),
        "value"
    );
    let before = see(&world, quentin, &id);
    correct(give("2026-04-30", "a letter of the body")).unwrap();
    let after = see(&world, quentin, &id);
    assert_eq!(after.counts.findings + 1, before.counts.findings);
    assert!(
        after.steps[0].what.contains("certification ends"),
        "{}",
        after.steps[0].what
    );
    let undo = {
        let id = id.clone();
        world.act(quentin, move |acting| settle::undo(acting, &id, 0))
    };
    undo.unwrap();
    assert_eq!(see(&world, quentin, &id).counts, before.counts);
    let again = {
        let id = id.clone();
        world.act(quentin, move |acting| settle::undo(acting, &id, 0))
    };
    assert!(matches!(again, Err(Failure::NotFound)));
}

#[test]
fn a_settled_finding_can_be_opened_again() {
    let world = World::new();
    let quentin = &world.quality_manager;
    let id = hand_in(&world, quentin, "orchard.txt", ORCHARD.as_bytes()).unwrap();
    let key = find(&see(&world, quentin, &id), "IMPORT_NOT_FOUND_MINOR")
        .key
        .clone();
    settle(&world, quentin, &id, ignore(&key)).unwrap();
    let seen = see(&world, quentin, &id);
    let found = find(&seen, "IMPORT_NOT_FOUND_MINOR");
    assert_eq!(found.standing, FindingStanding::Ignored);
    assert_eq!(found.reason.as_deref(), Some("The register has none either."));
    assert_eq!(found.by.as_deref(), Some("Quentin Marsh"));
    let reopen = SettleFinding {
        finding: key,
        how: Some(How::Reopen),
        ..SettleFinding::default()
    };
    settle(&world, quentin, &id, reopen).unwrap();
    assert!(find(&see(&world, quentin, &id), "IMPORT_NOT_FOUND_MINOR").is_open());
}

#[test]
fn a_syllabus_belongs_to_its_centre_and_other_coordinators_do_not_find_it() {
    let mut world = World::new();
    let (north, south) = (world.centre("Northern College"), world.centre("Southern College"));
    let cora = world.person_with("Cora Adebayo", Role::Coordinator, &north);
    let sam = world.person_with("Sam Ito", Role::Coordinator, &south);
    let lena = world.person_with("Lena Ortiz", Role::Learner, &north);
    let id = hand_in(&world, &cora, "orchard.txt", ORCHARD.as_bytes()).unwrap();
    for stranger in [&sam, &lena] {
        let seen = world.ask(stranger, |asking| view::see(asking, &id));
        assert!(matches!(seen, Err(Failure::NotFound)));
        let document = world.ask(stranger, |asking| view::document(asking, &id).map(|_| ()));
        assert!(matches!(document, Err(Failure::NotFound)));
    }
    assert!(world.ask(&sam, view::list).unwrap().is_empty());
    assert_eq!(world.ask(&cora, view::list).unwrap().len(), 1);
    assert_eq!(world.ask(&world.quality_manager, view::list).unwrap().len(), 1);
    let refused = hand_in(&world, &lena, "orchard.txt", ORCHARD.as_bytes());
    assert!(matches!(refused, Err(Failure::NotFound)));
}

#[test]
fn what_is_no_syllabus_is_refused_with_what_to_do() {
    let world = World::new();
    let quentin = &world.quality_manager;
    let novel = "It was the worst of winters, and nobody in the valley had seen the sun.\n\n".repeat(400);
    for (name, bytes) in [
        ("empty.txt", b"".as_slice()),
        ("blank.txt", b"  \n\n".as_slice()),
        ("picture.png", b"\x89PNG\r\n\x1A\n".as_slice()),
        ("noise.bin", b"\x00\x01\x02\xFF\xFE\x07".as_slice()),
        ("novel.txt", novel.as_bytes()),
    ] {
        match hand_in(&world, quentin, name, bytes) {
            Err(Failure::Refused(refusals)) => {
                assert!(!refusals.0[0].remedy.is_empty(), "{name}");
                assert_eq!(refusals.0[0].field.as_deref(), Some("file"), "{name}");
            }
            other => panic!("{name}: {other:?}"),
        }
    }
    assert!(world.ask(quentin, view::list).unwrap().is_empty());
}

#[test]
fn a_syllabus_cut_in_the_middle_is_read_and_its_losses_are_errors() {
    let world = World::new();
    let quentin = &world.quality_manager;
    let cut = ORCHARD.split("MAKING AND SELLING CIDER").next().unwrap();
    let id = hand_in(&world, quentin, "cut.txt", cut.as_bytes()).unwrap();
    assert!(see(&world, quentin, &id).counts.open_errors > 0);
}

#[test]
fn a_syllabus_that_is_dropped_takes_its_files_with_it_unless_another_needs_them() {
    let world = World::new();
    let quentin = &world.quality_manager;
    let first = hand_in(&world, quentin, "orchard.txt", ORCHARD.as_bytes()).unwrap();
    let second = hand_in(&world, quentin, "orchard.txt", ORCHARD.as_bytes()).unwrap();
    let files = || world.app.store().files().list().unwrap().len();
    let both = files();
    for (id, left) in [(first, both), (second, both - 2)] {
        let gone = id.clone();
        world
            .act(quentin, move |acting| settle::drop(acting, &gone))
            .unwrap();
        assert_eq!(files(), left);
        assert!(world.ask(quentin, |asking| view::see(asking, &id)).is_err());
    }
}

#[test]
fn notes_of_a_kind_are_accepted_at_once_and_each_is_a_step_that_can_be_taken_back() {
    let world = World::new();
    let quentin = &world.quality_manager;
    let id = hand_in(&world, quentin, "orchard.txt", ORCHARD.as_bytes()).unwrap();
    let before = see(&world, quentin, &id);
    let code = "IMPORT_TERM_UNDEFINED";
    let notes = before.findings.iter().filter(|one| one.code == code).count();
    assert!(notes > 0);
    let accept = |code: &'static str| {
        let id = id.clone();
        world.act(quentin, move |acting| settle::accept_notes(acting, &id, code))
    };
    assert_eq!(accept(code).unwrap(), notes);
    assert_eq!(accept(code).unwrap(), 0);
    assert_eq!(
        accept("IMPORT_NOT_FOUND_MINOR").unwrap(),
        0,
        "warnings are looked at one by one"
    );
    let after = see(&world, quentin, &id);
    assert_eq!(after.steps.len(), notes);
    assert!(after.steps.iter().all(|step| step.undo));
}
