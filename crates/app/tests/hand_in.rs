//! Writing, marking passages and handing in, told in the trade's words on a small world.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use assay_app::evidence::content::{self, Prepared};
use assay_app::evidence::draft::{self, Outcome};
use assay_app::evidence::keep::{self, Saved, Start};
use assay_app::evidence::passage::{self, Chosen, Marking};
use assay_app::evidence::record::{self, Exchange, Record, RecordEvidence};
use assay_app::evidence::{list, view};
use assay_app::judgement::acts as judgement;
use assay_app::plan::agree::{self, AgreePlan};
use assay_app::plan::allocate::{self, AllocateStaff};
use assay_app::registration::register::{self, RegisterLearner};
use assay_app::submission::submit::{self, HandIn, HandedIn};
use assay_app::submission::workspace::CriterionStanding;
use assay_app::submission::{changes, hand_in, list_of_unit, reading, workspace};
use assay_app::{Failure, work};
use assay_domain::fact::{AiUse, CriterionRef, EvidenceKind, Fact, Place, PlannedUnit, ReturnGround};
use assay_domain::id::{CentreId, EvidenceId, PassageId, PersonId, RegistrationId, SubmissionId};
use assay_domain::judgement::ReturnUnmarked;
use assay_domain::{Code, Decision, Role};
use assay_testkit::World;
use std::io::Write;
use std::time::{Duration, SystemTime};

const UNIT: &str = "7020V1";

struct Study {
    world: World,
    centre: CentreId,
    learner: PersonId,
    assessor: PersonId,
    registration: RegistrationId,
}

/// A learner with a plan of two units, a tutor and an assessor.
fn study() -> Study {
    let mut world = World::new();
    world.publish_cmi();
    let centre = world.centre("Northern College");
    world.offers(&centre, &["7D2V2"]);
    let coordinator = world.person_with("Cora Adebayo", Role::Coordinator, &centre);
    let assessor = world.person_with("Asif Rahman", Role::Assessor, &centre);
    let (registration, learner) = register(&world, &coordinator, &centre, "Amira Khan");
    let plan = AgreePlan {
        units: [UNIT, "7002V1"]
            .iter()
            .map(|unit| PlannedUnit {
                unit: (*unit).to_owned(),
                target_on: world.today().checked_add(jiff::Span::new().days(20)).ok(),
            })
            .collect(),
        goals: None,
        support: None,
        review_on: None,
        because: None,
        version_seen: None,
    };
    let id = registration.clone();
    world
        .act(&coordinator, move |acting| agree::run(acting, &id, &plan))
        .unwrap();
    let staff = AllocateStaff {
        units: vec![UNIT.to_owned(), "7002V1".to_owned()],
        tutor: None,
        assessor: Some(assessor.clone()),
        verifier: None,
    };
    let id = registration.clone();
    world
        .act(&coordinator, move |acting| allocate::run(acting, &id, &staff))
        .unwrap();
    Study {
        world,
        centre,
        learner,
        assessor,
        registration,
    }
}

fn register(
    world: &World,
    coordinator: &PersonId,
    centre: &CentreId,
    name: &str,
) -> (RegistrationId, PersonId) {
    let (given, family) = name.split_once(' ').unwrap();
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
    let done = world
        .act(coordinator, move |acting| register::run(acting, &input))
        .unwrap();
    let id = done.registration;
    let row = {
        let id = id.clone();
        world
            .ask(coordinator, |asking| {
                assay_app::registration::find::require_registration(asking.tx, &id)
            })
            .unwrap()
    };
    (id, row.learner)
}

impl Study {
    fn write(&self, title: &str) -> EvidenceId {
        let start = Start {
            learner: None,
            kind: EvidenceKind::Written,
            title: title.to_owned(),
        };
        self.world
            .act(&self.learner, move |acting| keep::start(acting, start))
            .unwrap()
    }

    fn save(&self, id: &EvidenceId, text: &str) -> Saved {
        let prepared = content::prepare_text(&self.world.app, text).unwrap();
        let id = id.clone();
        self.world
            .act(&self.learner, move |acting| {
                keep::save(acting, &id, &prepared, false)
            })
            .unwrap()
    }

    fn mark(&self, id: &EvidenceId, chosen: Chosen, criteria: &[&str]) -> Result<Vec<PassageId>, Failure> {
        self.mark_as(&self.learner, id, chosen, UNIT, criteria)
    }

    fn mark_as(
        &self,
        person: &PersonId,
        id: &EvidenceId,
        chosen: Chosen,
        unit: &str,
        criteria: &[&str],
    ) -> Result<Vec<PassageId>, Failure> {
        let marking = Marking {
            version: None,
            chosen,
            criteria: criteria
                .iter()
                .map(|criterion| CriterionRef {
                    unit: unit.to_owned(),
                    criterion: (*criterion).to_owned(),
                })
                .collect(),
            note: None,
        };
        let id = id.clone();
        self.world
            .act(person, move |acting| passage::mark(acting, &id, &marking))
    }

    fn hand_in(&self, input: HandIn) -> Result<HandedIn, Failure> {
        let registration = self.registration.clone();
        self.world.act(&self.learner, move |acting| {
            submit::run(acting, &registration, UNIT, input)
        })
    }

    fn upload(&self, name: &str, bytes: &[u8]) -> Result<Prepared, Failure> {
        let mut upload = self.world.app.store().files().begin(1 << 26).unwrap();
        upload.write_all(bytes).unwrap();
        let stored = upload.finish()?;
        content::prepare_file(&self.world.app, &stored, name)
    }

    fn add_file(&self, title: &str, prepared: Prepared) -> Result<Saved, Failure> {
        let start = Start {
            learner: None,
            kind: EvidenceKind::File,
            title: title.to_owned(),
        };
        self.world.act(&self.learner, move |acting| {
            keep::start_with(acting, start, &prepared, false)
        })
    }

    fn take(&self, submission: &SubmissionId) {
        let id = submission.clone();
        self.world
            .act(&self.assessor, move |acting| judgement::take(acting, &id))
            .unwrap();
    }
}

fn declared(items: &[&EvidenceId]) -> HandIn {
    HandIn {
        items: items.iter().map(|id| (*id).clone()).collect(),
        own_work: true,
        ai_use: Some(AiUse::None),
        ai_detail: None,
        changes: None,
    }
}

fn codes<T: std::fmt::Debug>(result: Result<T, Failure>) -> Vec<Code> {
    match result.unwrap_err() {
        Failure::Refused(refusals) => refusals.codes(),
        other => panic!("{other:?}"),
    }
}

/// Text of exactly so many words, in paragraphs.
fn words(count: usize) -> String {
    (0..count)
        .map(|n| if n % 100 == 99 { "word.\n\n" } else { "word " })
        .collect()
}

#[test]
fn what_was_handed_in_stays_as_it_was_when_the_piece_is_saved_again() {
    let study = study();
    let piece = study.write("Report");
    study.save(&piece, "First paragraph.\n\nWe coached the team weekly.");
    study
        .mark(&piece, Chosen::Paragraphs(vec![2]), &["1.1", "2.1"])
        .unwrap();
    let handed_in = study.hand_in(declared(&[&piece])).unwrap();
    study.save(&piece, "Something else entirely.");
    let read = study
        .world
        .ask(&study.assessor, |asking| reading(asking, &handed_in.submission))
        .unwrap();
    assert_eq!(
        read.pieces[0].text,
        "First paragraph.\nWe coached the team weekly."
    );
    assert!(read.intact);
    assert_eq!(read.passages.len(), 1);
    assert_eq!(read.passages[0].quote, "We coached the team weekly.");
    assert_eq!(read.passages[0].place_in_words, "paragraph 2");
    assert_eq!(read.passages[0].of_unit(UNIT), ["1.1", "2.1"]);
    let id = read.passages[0].id.to_string();
    assert!(
        read.pieces[0].blocks[1]
            .html
            .contains(&format!("id=\"{id}\" data-criteria=\"1.1 2.1\""))
    );
}

#[test]
fn a_mark_that_is_taken_away_after_hand_in_stays_in_the_hand_in() {
    let study = study();
    let piece = study.write("Report");
    study.save(&piece, "We coached the team weekly.");
    let passages = study.mark(&piece, Chosen::At(Place::Whole), &["1.1"]).unwrap();
    let handed_in = study.hand_in(declared(&[&piece])).unwrap();
    let passage = passages[0].clone();
    study
        .world
        .act(&study.learner, move |acting| passage::unmark(acting, &passage))
        .unwrap();
    let read = study
        .world
        .ask(&study.learner, |asking| reading(asking, &handed_in.submission))
        .unwrap();
    assert_eq!(read.passages.len(), 1);
}

#[test]
fn work_of_2900_and_of_3700_words_is_remarked_on_and_still_handed_in() {
    for (count, says) in [
        (2900, "within the tolerance"),
        (3700, "within the tolerance"),
        (2600, "You can still hand in"),
    ] {
        let study = study();
        let piece = study.write("Report");
        assert_eq!(study.save(&piece, &words(count)).words, Some(count as u32));
        let handed_in = study.hand_in(declared(&[&piece])).unwrap();
        assert_eq!(handed_in.words, count as u32);
        let warning = handed_in
            .warnings
            .iter()
            .find(|warning| warning.kind == "word_count")
            .unwrap();
        assert!(warning.sentence.contains(says), "{}", warning.sentence);
    }
}

#[test]
fn nothing_is_handed_in_without_the_declaration() {
    let study = study();
    let piece = study.write("Report");
    study.save(&piece, "Text.");
    let undeclared = HandIn {
        own_work: false,
        ai_use: None,
        ..declared(&[&piece])
    };
    assert_eq!(
        codes(study.hand_in(undeclared)),
        [Code::EvidenceUndeclared, Code::EvidenceUndeclared]
    );
    let attempts = study
        .world
        .ask(&study.learner, |asking| {
            list_of_unit(asking, &study.registration, UNIT)
        })
        .unwrap();
    assert!(attempts.is_empty());
}

#[test]
fn a_unit_of_a_film_alone_and_a_criterion_answered_in_an_appendix_only_are_warned_about() {
    let study = study();
    let film = study.upload("session.mp4", MP4).unwrap();
    let film = study.add_file("Session", film).unwrap().evidence;
    let handed_in = study.hand_in(declared(&[&film])).unwrap();
    assert!(
        handed_in
            .warnings
            .iter()
            .any(|warning| warning.kind == "mostly_not_written")
    );

    let study = self::study();
    let appendix = study.write("Appendix A");
    let prepared = content::prepare_text(&study.world.app, "The answer.").unwrap();
    let id = appendix.clone();
    study
        .world
        .act(&study.learner, move |acting| {
            keep::save(acting, &id, &prepared, true)
        })
        .unwrap();
    study.mark(&appendix, Chosen::At(Place::Whole), &["1.2"]).unwrap();
    let handed_in = study.hand_in(declared(&[&appendix])).unwrap();
    let warning = handed_in
        .warnings
        .iter()
        .find(|warning| warning.kind == "appendix_only")
        .unwrap();
    assert_eq!(warning.criteria, ["1.2"]);
    assert_eq!(handed_in.words, 0);
}

/// The beginning of an MP4 file: its type box.
const MP4: &[u8] = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom\x00\x00\x00\x08free";

#[test]
fn marks_follow_the_text_into_a_new_version_and_those_lost_are_listed() {
    let study = study();
    let piece = study.write("Report");
    study.save(&piece, "Alpha stays.\n\nBeta goes.");
    study.mark(&piece, Chosen::Paragraphs(vec![1]), &["1.1"]).unwrap();
    study.mark(&piece, Chosen::Paragraphs(vec![2]), &["1.2"]).unwrap();
    let saved = study.save(&piece, "A new first paragraph.\n\nAlpha stays.\n\nGamma.");
    assert_eq!((saved.version, saved.carried, saved.lost.len()), (2, 1, 1));
    let shown = study
        .world
        .ask(&study.learner, |asking| view::view(asking, &piece, None))
        .unwrap();
    assert_eq!(shown.passages.len(), 1);
    assert_eq!(shown.passages[0].quote, "Alpha stays.");
    assert_eq!(shown.passages[0].place_in_words, "paragraph 2");
    assert_eq!(shown.lost.len(), 1);
    assert_eq!(shown.lost[0].quote, "Beta goes.");
}

#[test]
fn a_passage_beyond_the_text_or_for_an_unknown_criterion_is_refused() {
    let study = study();
    let piece = study.write("Report");
    study.save(&piece, "Short.");
    let beyond = Chosen::At(Place::Text { from: 2, until: 70 });
    assert_eq!(
        codes(study.mark(&piece, beyond, &["1.1"])),
        [Code::PassageOutside]
    );
    let page = Chosen::At(Place::Page { page: 1 });
    assert_eq!(codes(study.mark(&piece, page, &["1.1"])), [Code::PassageOutside]);
    let unknown = study.mark(&piece, Chosen::At(Place::Whole), &["9.9"]);
    assert_eq!(codes(unknown), [Code::DecisionNoCriterion]);
    let nothing = study.mark(&piece, Chosen::Paragraphs(vec![4]), &[]);
    assert_eq!(codes(nothing), [Code::PassageOutside, Code::FieldMissing]);
}

#[test]
fn an_assessor_may_mark_work_they_have_taken_and_no_other() {
    let study = study();
    let piece = study.write("Report");
    study.save(&piece, "We coached the team weekly.");
    let chosen = Chosen::Paragraphs(vec![1]);
    let before = study.mark_as(&study.assessor, &piece, chosen.clone(), UNIT, &["1.1"]);
    assert_eq!(codes(before), [Code::RoleMissing]);
    let handed_in = study.hand_in(declared(&[&piece])).unwrap();
    study.take(&handed_in.submission);
    study
        .mark_as(&study.assessor, &piece, chosen, UNIT, &["1.1"])
        .unwrap();
    let read = study
        .world
        .ask(&study.assessor, |asking| reading(asking, &handed_in.submission))
        .unwrap();
    assert_eq!(read.passages.len(), 1);
    assert!(!read.passages[0].by_learner);
    assert_eq!(read.passages[0].by, "Asif Rahman");
    // The learner's own marks made after the hand-in are no part of it.
    study.mark(&piece, Chosen::At(Place::Whole), &["1.2"]).unwrap();
    let read = study
        .world
        .ask(&study.assessor, |asking| reading(asking, &handed_in.submission))
        .unwrap();
    assert_eq!(read.passages.len(), 1);
}

#[test]
fn a_piece_that_is_with_the_centre_cannot_be_withdrawn() {
    let study = study();
    let piece = study.write("Report");
    study.save(&piece, "Text.");
    study.hand_in(declared(&[&piece])).unwrap();
    let id = piece.clone();
    let codes = study
        .world
        .refusals(&study.learner, move |acting| keep::withdraw(acting, &id));
    assert_eq!(codes, [Code::EvidenceFrozen]);
    let other = study.write("Never handed in");
    let id = other.clone();
    study
        .world
        .act(&study.learner, move |acting| keep::withdraw(acting, &id))
        .unwrap();
    let listed = study
        .world
        .ask(&study.learner, |asking| list::list(asking, None, "", 1))
        .unwrap();
    assert_eq!(listed.total, 1);
}

#[test]
fn a_learner_of_another_centre_finds_nothing() {
    let mut study = study();
    let piece = study.write("Report");
    study.save(&piece, "Text.");
    let handed_in = study.hand_in(declared(&[&piece])).unwrap();
    let elsewhere = study.world.centre("Southern College");
    study.world.offers(&elsewhere, &["7D2V2"]);
    let coordinator = study
        .world
        .person_with("Carl Ember", Role::Coordinator, &elsewhere);
    let (_, stranger) = register(&study.world, &coordinator, &elsewhere, "Boris Novak");
    let verifier = study
        .world
        .person_with("Vera Stone", Role::InternalVerifier, &study.centre);
    // The verifier is not allocated, but the piece was handed in to their centre.
    assert!(
        study
            .world
            .ask(&verifier, |asking| view::view(asking, &piece, None))
            .is_ok()
    );
    for person in [&stranger, &coordinator] {
        let world = &study.world;
        assert!(matches!(
            world.ask(person, |asking| view::view(asking, &piece, None)),
            Err(Failure::NotFound)
        ));
        assert!(matches!(
            world.ask(person, |asking| view::file(asking, &piece, 1)),
            Err(Failure::NotFound)
        ));
        assert!(matches!(
            world.ask(person, |asking| reading(asking, &handed_in.submission)),
            Err(Failure::NotFound)
        ));
        assert!(matches!(
            world.ask(person, |asking| workspace::view(
                asking,
                &study.registration,
                UNIT
            )),
            Err(Failure::NotFound)
        ));
        let (registration, input) = (study.registration.clone(), declared(&[&piece]));
        assert!(matches!(
            world.act(person, move |acting| submit::run(
                acting,
                &registration,
                UNIT,
                input
            )),
            Err(Failure::NotFound)
        ));
    }
    // Somebody else's piece cannot be handed in as one's own.
    let own = study.hand_in(HandIn {
        items: vec!["evd_nobodys".parse().unwrap()],
        ..declared(&[])
    });
    assert!(matches!(own, Err(Failure::Unreadable(_))));
}

#[test]
fn a_draft_saved_in_two_windows_keeps_both_texts() {
    let study = study();
    let piece = study.write("Report");
    let keep = |text: &str, revision: u64| {
        let (id, text) = (piece.clone(), text.to_owned());
        study
            .world
            .act(&study.learner, move |acting| {
                draft::keep(acting, &id, &text, revision)
            })
            .unwrap()
    };
    let Outcome::Kept(first) = keep("one", 0) else {
        panic!("not kept")
    };
    assert_eq!(first.version, 1);
    // The answer was lost and the same text is sent again.
    let Outcome::Kept(again) = keep("one", 0) else {
        panic!("not kept")
    };
    assert_eq!(again.version, 1);
    let Outcome::Newer(newer) = keep("two", 0) else {
        panic!("overwritten")
    };
    assert_eq!((newer.text.as_str(), newer.revision), ("one", 1));
    assert!(matches!(keep("two", 1), Outcome::Kept(_)));
    let found = study
        .world
        .ask(&study.learner, |asking| draft::find(asking, &piece))
        .unwrap();
    assert_eq!(found.text, "two");
    let staff = study
        .world
        .ask(&study.assessor, |asking| draft::find(asking, &piece));
    assert!(matches!(staff, Err(Failure::NotFound)));
    study.save(&piece, "three");
    let found = study
        .world
        .ask(&study.learner, |asking| draft::find(asking, &piece))
        .unwrap();
    assert_eq!((found.text.as_str(), found.revision), ("three", 0));
}

#[test]
fn files_that_cannot_be_inspected_are_refused_in_plain_words() {
    let study = study();
    let refused = |name: &str, bytes: &[u8]| codes(study.upload(name, bytes))[0];
    assert_eq!(refused("empty.docx", b""), Code::EvidenceEmpty);
    assert_eq!(
        refused("program.pdf", b"MZ\x90\x00\x03\x00\x00\x00"),
        Code::EvidenceKind
    );
    assert_eq!(
        refused("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog"),
        Code::EvidenceUnreadable
    );
    assert_eq!(refused("old.docx", b"PK\x03\x04 cut short"), Code::EvidenceKind);
    let Err(Failure::Refused(refusals)) = study.upload("picture.docx", b"MZ\x90\x00") else {
        panic!("taken")
    };
    assert!(!refusals.0[0].because.is_empty() && !refusals.0[0].remedy.is_empty());
}

#[test]
fn a_picture_named_as_a_document_is_taken_as_what_it_is_and_the_learner_is_told() {
    let study = study();
    let prepared = study
        .upload("report.docx", b"\x89PNG\r\n\x1A\n and more")
        .unwrap();
    assert_eq!(prepared.media, "image/png");
    assert_eq!(
        prepared.remark.as_deref(),
        Some("This file is named .docx but holds a PNG picture.")
    );
}

#[test]
fn an_upload_that_was_never_recorded_is_swept_away_and_a_recorded_one_is_kept() {
    let study = study();
    let lost = study.upload("lost.txt", b"never recorded").unwrap();
    let kept = study.upload("kept.txt", b"recorded").unwrap();
    study.add_file("Kept", kept.clone()).unwrap();
    let world = &study.world;
    let sweep = |before| {
        let caller = world.caller(&world.administrator);
        content::sweep(&world.app, &caller, &|| world.fresh(), before).unwrap()
    };
    let long_ago = SystemTime::UNIX_EPOCH;
    assert_eq!(sweep(long_ago), 0, "another process may be about to record it");
    let far_ahead = long_ago + Duration::from_secs(1 << 34);
    assert_eq!(sweep(far_ahead), 1);
    let files = study.world.app.store().files();
    assert!(!files.exists(&lost.sha256).unwrap());
    assert!(files.exists(&kept.sha256).unwrap());
}

#[test]
fn a_viva_is_recorded_by_the_assessor_and_handed_in_by_the_learner() {
    let study = study();
    let input = RecordEvidence {
        learner: study.learner.clone(),
        title: "Viva on coaching".to_owned(),
        held_on: study.world.today(),
        circumstances: Some("By telephone.".to_owned()),
        record: Record::Viva {
            exchanges: vec![Exchange {
                question: "How did you choose the model?".to_owned(),
                answer: "By what the team needed.".to_owned(),
            }],
        },
    };
    let prepared = record::prepare(&study.world.app, &input, study.world.today()).unwrap();
    let saved = {
        let (input, prepared) = (input.clone(), prepared.clone());
        study
            .world
            .act(&study.assessor, move |acting| {
                record::run(acting, &input, &prepared)
            })
            .unwrap()
    };
    let by_learner = study.world.refusals(&study.learner, move |acting| {
        record::run(acting, &input, &prepared)
    });
    assert_eq!(by_learner, [Code::RoleMissing]);
    study
        .mark(&saved.evidence, Chosen::Paragraphs(vec![6]), &["1.1"])
        .unwrap();
    let handed_in = study.hand_in(declared(&[&saved.evidence])).unwrap();
    let read = study
        .world
        .ask(&study.assessor, |asking| reading(asking, &handed_in.submission))
        .unwrap();
    assert!(
        read.pieces[0]
            .text
            .contains("How did you choose the model?\nAnswer\nBy what the team needed.")
    );
    assert_eq!(read.passages[0].quote, "By what the team needed.");
}

#[test]
fn the_workspace_shows_aims_guidance_and_work_that_can_be_used_again() {
    let study = study();
    let piece = study.write("Report");
    study.save(&piece, "Outcome four is answered here.");
    study.mark(&piece, Chosen::At(Place::Whole), &["4.1"]).unwrap();
    let shown = study
        .world
        .ask(&study.learner, |asking| {
            workspace::view(asking, &study.registration, UNIT)
        })
        .unwrap();
    assert!(shown.aims.starts_with("This unit is about"));
    let criteria: Vec<_> = shown
        .outcomes
        .iter()
        .flat_map(|outcome| &outcome.criteria)
        .collect();
    let answered = criteria
        .iter()
        .find(|criterion| criterion.number == "4.1")
        .unwrap();
    assert_eq!(answered.standing, CriterionStanding::Answered);
    // QS-27: 7020V1 criterion 3.1 offers outcome 4.
    let linked = criteria
        .iter()
        .find(|criterion| criterion.number == "3.1")
        .unwrap();
    let reuse = linked
        .reuse
        .iter()
        .find(|reuse| reuse.from == "outcome 4")
        .unwrap();
    assert_eq!(reuse.answers.len(), 1);
    assert_eq!(shown.next.what, "Mark where the open criteria are answered");
}

#[test]
fn a_return_goes_back_to_the_same_attempt_and_waits_on_the_learners_list() {
    let study = study();
    let piece = study.write("Report");
    study.save(&piece, "First text of the report.\n\nSame.");
    let handed_in = study.hand_in(declared(&[&piece])).unwrap();
    assert_eq!(codes(study.hand_in(declared(&[&piece]))), [Code::SubmissionOpen]);
    study.take(&handed_in.submission);
    let id = handed_in.submission.clone();
    study
        .world
        .act(&study.assessor, move |acting| {
            judgement::return_unmarked(
                acting,
                &id,
                &ReturnUnmarked {
                    grounds: vec![ReturnGround::Signposting],
                    because: "Mark the passages.".to_owned(),
                },
            )
        })
        .unwrap();
    let waiting = study.world.ask(&study.learner, work::work_list).unwrap();
    let returned = waiting
        .iter()
        .find(|item| item.kind == "Returned before marking")
        .unwrap();
    assert_eq!(
        returned.href,
        format!("/registrations/{}/units/{UNIT}", study.registration)
    );
    assert!(waiting.iter().any(|item| item.kind == "To hand in"));

    study.save(&piece, "Second text of the report.\n\nSame.");
    let again = study.hand_in(declared(&[&piece])).unwrap();
    assert_eq!(again.submission, handed_in.submission);
    assert_eq!((again.attempt, again.revision), (1, 2));
    let compared = study
        .world
        .ask(&study.assessor, |asking| changes(asking, &again.submission))
        .unwrap();
    assert_eq!(compared.before, Some((1, 1)));
    assert_eq!(compared.pieces[0].text.len(), 2);
    let attempts = study
        .world
        .ask(&study.learner, |asking| {
            list_of_unit(asking, &study.registration, UNIT)
        })
        .unwrap();
    assert_eq!(attempts[0].returns[0].grounds, ["Criteria are not signposted"]);
}

#[test]
fn the_hand_in_page_asks_the_rule_what_would_happen_and_records_nothing() {
    let study = study();
    let piece = study.write("Report");
    study.save(&piece, "Text.");
    let before = study
        .world
        .ask(&study.learner, |asking| Ok(assay_store::ledger::size(asking.tx)?))
        .unwrap();
    let shown = study
        .world
        .ask(&study.learner, |asking| {
            hand_in::view(
                asking,
                &study.registration,
                UNIT,
                Some(std::slice::from_ref(&piece)),
            )
        })
        .unwrap();
    assert!(shown.refusals.is_empty());
    assert_eq!((shown.attempt, shown.revision, shown.words), (1, 1, 1));
    assert!(shown.warnings.iter().any(|warning| warning.kind == "not_covered"));
    let after = study
        .world
        .ask(&study.learner, |asking| Ok(assay_store::ledger::size(asking.tx)?))
        .unwrap();
    assert_eq!(before, after);
}

#[test]
fn a_copied_paragraph_is_shown_to_the_assessor_and_not_to_the_learner() {
    let mut study = study();
    let copied =
        "Each of us met a colleague every week for half an hour, and wrote down what had been tried.";
    let first = study.write("Report");
    // What everybody writes around an answer is nobody's own: a heading, the criterion as it is printed, the books.
    let printed = "## How we want our mentors to talk with their people, and why it matters here\n\n\
                   1.5 Develop guidelines and protocols for programmes based on accepted coaching and mentoring theory \
                   and practice\n\n";
    let books = "\n\n## References\n\n- Megginson, D. and Clutterbuck, D. Techniques for Coaching and Mentoring, second \
                 edition. Butterworth-Heinemann.\n";
    study.save(&first, &format!("{printed}{copied}{books}"));
    study.hand_in(declared(&[&first])).unwrap();

    let coordinator = study
        .world
        .person_with("Dora Quist", Role::Coordinator, &study.centre);
    let (registration, boris) = register(&study.world, &coordinator, &study.centre, "Boris Novak");
    let plan = AgreePlan {
        units: vec![PlannedUnit {
            unit: UNIT.to_owned(),
            target_on: None,
        }],
        goals: None,
        support: None,
        review_on: None,
        because: None,
        version_seen: None,
    };
    let id = registration.clone();
    study
        .world
        .act(&coordinator, move |acting| agree::run(acting, &id, &plan))
        .unwrap();
    study.learner = boris;
    study.registration = registration;
    let second = study.write("My own report");
    study.save(
        &second,
        &format!(
            "{printed}An opening of my own.\n\n{}{books}",
            copied.to_uppercase()
        ),
    );
    let handed_in = study.hand_in(declared(&[&second])).unwrap();
    let read = |person: &PersonId| {
        study
            .world
            .ask(person, |asking| reading(asking, &handed_in.submission))
            .unwrap()
    };
    let alike = read(&coordinator).likeness;
    assert_eq!(alike.len(), 1);
    assert_eq!((alike[0].paragraph, alike[0].unit.as_str()), (4, UNIT));
    assert!(read(&study.learner).likeness.is_empty());
}

#[test]
fn nothing_that_was_read_out_of_an_erased_learners_work_is_left() {
    const ALONE: &[u8] =
        b"Only I wrote these words about the coaching of my eleven managers in the spring of 2019.";
    const SHARED: &[u8] =
        b"The company's policy on coaching, as everybody received it and as several people hand it in.";
    let study = study();
    let rows = |study: &Study| {
        study
            .world
            .app
            .store()
            .command(|tx| assay_store::rebuild::dump(tx, assay_store::tables::Kept::Working))
            .unwrap()
    };
    let piece = study.write("Report");
    study.save(
        &piece,
        "We met each week for half an hour and wrote down what had been tried and what had come of it.",
    );
    for (title, words) in [("Own words", ALONE), ("Policy", SHARED)] {
        let prepared = study.upload("words.txt", words).unwrap();
        study.add_file(title, prepared).unwrap();
    }
    let coordinator = study
        .world
        .person_with("Colin Reed", Role::Coordinator, &study.centre);
    let (_, colleague) = register(&study.world, &coordinator, &study.centre, "Second Learner");
    let prepared = study.upload("policy.txt", SHARED).unwrap();
    let start = Start {
        learner: None,
        kind: EvidenceKind::File,
        title: "Policy".to_owned(),
    };
    study
        .world
        .act(&colleague, move |acting| {
            keep::start_with(acting, start, &prepared, false)
        })
        .unwrap();
    let before = rows(&study);
    assert!(before.contains("Only I wrote these words") && before.contains(piece.as_str()));

    let learner = study.learner.clone();
    study
        .world
        .act(&study.assessor, move |acting| {
            let at = acting.moment().stored();
            assay_store::private::erase_about(acting.tx, learner.as_str(), &at)?;
            acting.record(Decision::of(Fact::PersonErased { person: learner }))
        })
        .unwrap();
    let after = rows(&study);
    assert!(
        !after.contains("Only I wrote these words"),
        "the text read from a file is left"
    );
    assert!(
        !after.contains(piece.as_str()),
        "fingerprints of paragraphs are left"
    );
    assert!(
        after.contains("as everybody received it"),
        "the colleague's text went too"
    );
    let rebuilt = assay_app::rebuild::run(&study.world.app, true, |_| {}).unwrap();
    assert_eq!(rebuilt.differing, Vec::<String>::new());
}
