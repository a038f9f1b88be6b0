//! The play: who does what on which day, from the founding to the first award. Twenty-four learners stand at every stage
//! of the way when the demonstration opens.

use super::cast::{self, LEARNERS, Player, Staff};
use super::director::{Director, TODAY};
use super::writing::{self, Extent};
use crate::failure::Stopped;
use crate::installation::CMI_SPECIFICATION;
use assay_app::account::password;
use assay_app::centre::{self, NewCentre, NewOffer};
use assay_app::evidence::{content, keep, passage};
use assay_app::people::add::{self, NewPerson};
use assay_app::people::role::{self, NewRole};
use assay_app::plan::agree::{self, AgreePlan};
use assay_app::plan::allocate::{self, AllocateStaff};
use assay_app::registration::register::{self, RegisterLearner};
use assay_app::specification::load::{self, LoadSpecification};
use assay_app::specification::stage::{self, Move};
use assay_app::submission::submit::{self, HandIn};
use assay_app::{award, founding, judgement, verification};
use assay_domain::Role;
use assay_domain::fact::{
    AiUse, CriterionDecision, CriterionRef, EvidenceKind, Place, PlannedUnit, ReturnGround,
};
use assay_domain::id::{CentreId, ClaimId, EvidenceId, PassageId, PersonId, RegistrationId, SubmissionId};
use assay_domain::judgement::{DecideCriterion, JudgeQuality, QUALITIES, ReturnUnmarked, SignJudgement};
use assay_domain::verification::{CriterionFinding, VerifyJudgement};
use assay_specification::{Format, Specification, Unit};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::sync::Arc;

/// The staff and the centre, once they are there.
pub struct House {
    pub centre: CentreId,
    pub administrator: PersonId,
    pub quality_manager: PersonId,
    pub coordinator: PersonId,
    pub tutor: PersonId,
    pub assessor: PersonId,
    pub second_assessor: PersonId,
    pub trainee: PersonId,
    pub verifier: PersonId,
    pub specification: Arc<Specification>,
    /// The kept form of the password that everybody has.
    password: String,
}

/// A learner on stage.
struct Learner {
    player: &'static Player,
    number: usize,
    person: PersonId,
    registration: RegistrationId,
    /// The day on which the registration began.
    start: Date,
}

/// Work of a learner on a unit, saved and marked.
struct Piece {
    evidence: EvidenceId,
}

/// Makes the demonstration.
///
/// # Errors
/// The first act that is refused or fails, which would be a fault of the play.
pub fn perform(director: &Director) -> Result<House, Stopped> {
    let house = found(director)?;
    for (number, player) in LEARNERS.iter().enumerate() {
        stage_of(director, &house, number, player)?;
    }
    other_centre(director, &house)?;
    Ok(house)
}

const FOUNDED: Date = date(2018, 9, 3);

/// Everybody's password in the demonstration.
pub const PASSWORD: &str = "demonstration 2019";

fn found(director: &Director) -> Result<House, Stopped> {
    let password = director.hash(PASSWORD)?;
    let first = founding::Found {
        awarding_body: "Chartered Management Institute".into(),
        awarding_body_short: "CMI".into(),
        time_zone: "Europe/London".into(),
        administrator: founding::Details {
            given: cast::ADMINISTRATOR.given.into(),
            family: cast::ADMINISTRATOR.family.into(),
            born_on: None,
            email: Some(cast::ADMINISTRATOR.email.into()),
        },
    };
    let kept = password.clone();
    let founded = director.act(None, FOUNDED, move |acting| {
        founding::found(acting, &first, Some(&kept))
    })?;
    let administrator = founded.administrator;
    let employ = |staff, role, centre: Option<&CentreId>, countersigned| {
        employ(
            director,
            &administrator,
            &password,
            staff,
            role,
            centre,
            countersigned,
        )
    };
    let quality_manager = employ(&cast::QUALITY_MANAGER, Role::QualityManager, None, false)?;

    let specification = director.act(Some(&administrator), FOUNDED, |acting| {
        let input = LoadSpecification {
            format: Format::Toml,
            text: CMI_SPECIFICATION.to_owned(),
        };
        let id = load::run(acting, input)?;
        stage::run(acting, &id, Move::Check)?;
        Ok(id)
    })?;
    let approved = specification.clone();
    director.act(Some(&quality_manager), FOUNDED, move |acting| {
        stage::run(acting, &approved, Move::Approve)?;
        stage::run(acting, &approved, Move::Publish)
    })?;
    let read = specification.clone();
    let specification = director.app.ask(&director.caller(None), |asking| {
        asking.app.specification(asking.tx, &read)
    })?;

    let centre = approve_centre(
        director,
        &quality_manager,
        "C1047",
        "Severn Leadership Centre",
        &specification,
    )?;
    let here = Some(&centre);
    let coordinator = employ(&cast::COORDINATOR, Role::Coordinator, here, false)?;
    let tutor = employ(&cast::TUTOR, Role::Tutor, here, false)?;
    let assessor = employ(&cast::ASSESSOR, Role::Assessor, here, false)?;
    let second_assessor = employ(&cast::SECOND_ASSESSOR, Role::Assessor, here, false)?;
    let trainee = employ(&cast::TRAINEE, Role::Assessor, here, true)?;
    let verifier = employ(&cast::VERIFIER, Role::InternalVerifier, here, false)?;
    // The second assessor verifies too; the rules keep the two apart on each decision.
    let both = second_assessor.clone();
    let at = centre.clone();
    director.act(Some(&administrator), FOUNDED, move |acting| {
        let input = NewRole {
            role: Role::InternalVerifier,
            centre: Some(at),
            from: Some(FOUNDED),
            until: None,
            countersigned: false,
        };
        role::give_to(acting, both, input)
    })?;
    Ok(House {
        centre,
        administrator,
        quality_manager,
        coordinator,
        tutor,
        assessor,
        second_assessor,
        trainee,
        verifier,
        specification,
        password: password.clone(),
    })
}

fn approve_centre(
    director: &Director,
    quality_manager: &PersonId,
    number: &'static str,
    name: &'static str,
    specification: &Specification,
) -> Result<CentreId, Stopped> {
    let codes: Vec<String> = specification
        .qualifications
        .iter()
        .map(|qualification| qualification.code.clone())
        .collect();
    director.act(Some(quality_manager), FOUNDED, move |acting| {
        let input = NewCentre {
            number: number.into(),
            name: name.into(),
            on: Some(FOUNDED),
        };
        let centre = centre::approve(acting, input)?.centre;
        for code in codes {
            centre::offer(
                acting,
                centre.clone(),
                NewOffer {
                    qualification: code,
                    from: Some(FOUNDED),
                },
            )?;
        }
        Ok(centre)
    })
}

fn employ(
    director: &Director,
    by: &PersonId,
    password: &str,
    staff: &'static Staff,
    role: Role,
    centre: Option<&CentreId>,
    countersigned: bool,
) -> Result<PersonId, Stopped> {
    let centre = centre.cloned();
    let kept = password.to_owned();
    director.act(Some(by), FOUNDED, move |acting| {
        let input = NewPerson {
            given: staff.given.into(),
            family: staff.family.into(),
            born_on: None,
            email: Some(staff.email.into()),
            role: Some(role),
            centre,
            from: Some(FOUNDED),
            until: None,
            countersigned,
            another_person: false,
            invite: false,
        };
        let person = add::run(acting, input)?.person;
        password::set(acting, &person, &kept, None)?;
        Ok(person)
    })
}

/// Brings one learner to their stage. The later the number, the further on.
fn stage_of(
    director: &Director,
    house: &House,
    number: usize,
    player: &'static Player,
) -> Result<(), Stopped> {
    let days = |days: i64| TODAY.saturating_sub(days.days());
    // Code and length of time since the start, by stage.
    let (code, since) = match number {
        0 => ("7D2V2", 6),
        1 => ("7C2V2", 10),
        2..=3 => ("7C2V2", 40),
        4..=7 => ("7D2V2", 90),
        8..=15 => ("7C2V2", 150),
        16..=19 => ("7D2V2", 210),
        20 | 21 => ("7A2V2", 230),
        22 => ("7A2V2", 280),
        _ => ("7D2V2", 400),
    };
    let learner = enrol(director, house, number, player, code, days(since), number != 1)?;
    let unit = |called: &str| unit_called(&house.specification, called);
    match number {
        // Registered; nothing chosen yet. The second has not answered on authority and is marked for advice.
        0 | 1 => {}
        // A plan, and nothing written.
        2 | 3 => plan(director, house, &learner, &["7015V1", "7016V1"])?,
        // Writing: the first criteria of the first unit.
        4..=7 => {
            plan(
                director,
                house,
                &learner,
                &[
                    "7015V1", "7016V1", "7017V1", "7018V1", "7002V1", "7020V1", "7010V1",
                ],
            )?;
            let first = unit(["7016V1", "7017V1", "7018V1", "7015V1"][number - 4])?;
            let written = 2 + (number - 4) * 2;
            write(
                director,
                house,
                &learner,
                first,
                days(20 - number as i64),
                Extent::Begun(written),
                1,
            )?;
        }
        // Handed in and waiting; the first already longer than it should.
        8..=10 => {
            plan(director, house, &learner, &["7016V1", "7020V1"])?;
            let work = unit(["7016V1", "7020V1", "7016V1"][number - 8])?;
            hand_in_new(director, house, &learner, work, days([24, 6, 2][number - 8]), 1)?;
        }
        // Taken by an assessor and partly decided.
        11 | 12 => {
            plan(director, house, &learner, &["7017V1", "7020V1"])?;
            let work = unit(if number == 11 { "7017V1" } else { "7020V1" })?;
            let handed = hand_in_new(director, house, &learner, work, days(9), 1)?;
            take(director, &house.assessor, &handed, days(3))?;
            decide(
                director,
                house,
                &house.assessor,
                &handed,
                work,
                days(3),
                if number == 11 { 5 } else { 11 },
                &[],
            )?;
        }
        // Returned before marking.
        13 => {
            plan(director, house, &learner, &["7015V1", "7016V1"])?;
            let work = unit("7016V1")?;
            let handed = hand_in_new(director, house, &learner, work, days(12), 1)?;
            take(director, &house.second_assessor, &handed, days(8))?;
            director.act(Some(&house.second_assessor), days(8), move |acting| {
                let act = ReturnUnmarked {
                    grounds: vec![ReturnGround::Signposting],
                    because:
                        "Please mark the passages for 1.4 and 1.5; I could not find where they are answered. \
                              Nothing has been marked yet, and this does not count as an attempt."
                            .into(),
                };
                judgement::acts::return_unmarked(acting, &handed, &act)
            })?;
        }
        // Referred once; the second of the two has handed in again.
        14 | 15 => {
            plan(director, house, &learner, &["7016V1", "7015V1"])?;
            let work = unit("7016V1")?;
            let handed = hand_in_new(director, house, &learner, work, days(60), 1)?;
            assess(
                director,
                house,
                &house.assessor,
                &handed,
                work,
                days(50),
                &["1.3", "2.2"],
            )?;
            if number == 15 {
                hand_in_new(director, house, &learner, work, days(5), 2)?;
            }
        }
        // Signed by the trainee; waiting for a countersignature.
        16 => {
            plan(
                director,
                house,
                &learner,
                &[
                    "7015V1", "7016V1", "7017V1", "7018V1", "7002V1", "7020V1", "7019V1",
                ],
            )?;
            let work = unit("7017V1")?;
            allocate_to(director, house, &learner, "7017V1", &house.trainee)?;
            let handed = hand_in_new(director, house, &learner, work, days(14), 1)?;
            assess(director, house, &house.trainee, &handed, work, days(5), &[])?;
        }
        // Passed provisionally; waiting for internal verification.
        17 | 18 => {
            plan(
                director,
                house,
                &learner,
                &[
                    "7015V1", "7016V1", "7017V1", "7018V1", "7002V1", "7020V1", "6001V1",
                ],
            )?;
            let work = unit(if number == 17 { "7018V1" } else { "7020V1" })?;
            let handed = hand_in_new(director, house, &learner, work, days(30), 1)?;
            let marker = if number == 17 {
                &house.assessor
            } else {
                &house.second_assessor
            };
            if number == 18 {
                allocate_to(director, house, &learner, "7020V1", &house.second_assessor)?;
            }
            assess(
                director,
                house,
                marker,
                &handed,
                work,
                days([22, 7][number - 17]),
                &[],
            )?;
        }
        // Sent back by internal verification.
        19 => {
            plan(
                director,
                house,
                &learner,
                &[
                    "7015V1", "7016V1", "7017V1", "7018V1", "7002V1", "7020V1", "6004V1",
                ],
            )?;
            let work = unit("7016V1")?;
            let handed = hand_in_new(director, house, &learner, work, days(40), 1)?;
            assess(director, house, &house.assessor, &handed, work, days(30), &[])?;
            verify(
                director,
                house,
                &house.verifier,
                &handed,
                work,
                days(4),
                Some("1.4"),
            )?;
        }
        // Everything for the Award is verified: the coordinator can claim.
        20 => {
            achieve(director, house, &learner, "7015V1", days(60))?;
        }
        // Claimed: the quality manager can release.
        21 => {
            achieve(director, house, &learner, "7016V1", days(50))?;
            claim(director, house, &learner, days(9)).map(drop)?;
        }
        // Awarded; and gone on to the Certificate, where the unit counts again.
        22 => {
            achieve(director, house, &learner, "7020V1", days(120))?;
            award(director, house, &learner, days(95))?;
            let next = enrol_again(director, house, &learner, "7C2V2", days(80))?;
            plan(director, house, &next, &["7020V1", "7016V1"])?;
            write(
                director,
                house,
                &next,
                unit("7016V1")?,
                days(10),
                Extent::Begun(4),
                1,
            )?;
        }
        // A Diploma: all seven units, awarded.
        _ => {
            let units = [
                "7015V1", "7016V1", "7017V1", "7018V1", "7002V1", "7020V1", "7010V1",
            ];
            plan(director, house, &learner, &units)?;
            for (at, called) in units.iter().enumerate() {
                achieve_planned(director, house, &learner, called, days(330 - 40 * at as i64))?;
            }
            award(director, house, &learner, days(20))?;
        }
    }
    Ok(())
}

fn unit_called<'s>(specification: &'s Specification, called: &str) -> Result<&'s Unit, Stopped> {
    specification
        .find_unit_called(called)
        .ok_or_else(|| Stopped::new(format!("the specification has no unit {called}")))
}

fn enrol(
    director: &Director,
    house: &House,
    number: usize,
    player: &'static Player,
    code: &'static str,
    start: Date,
    answered: bool,
) -> Result<Learner, Stopped> {
    let (year, month, day) = player.born_on;
    let input = RegisterLearner {
        centre: house.centre.clone(),
        given: player.given.into(),
        family: player.family.into(),
        born_on: Date::new(year, month, day).ok(),
        email: Some(email_of(player)),
        qualification: code.into(),
        start_on: start,
        number: None,
        identity: Some("passport seen at induction".into()),
        authority: answered.then(|| {
            format!(
                "{} of {}, answers for about {} people.",
                player.post,
                player.organisation,
                player.people / 8 + 4
            )
        }),
        uln: None,
    };
    let registered = director.act(Some(&house.coordinator), start, move |acting| {
        register::run(acting, &input)
    })?;
    let (person, kept) = (registered.learner.clone(), house.password.clone());
    director.act(Some(&registered.learner), start, move |acting| {
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

/// The same learner on another size of the qualification.
fn enrol_again(
    director: &Director,
    house: &House,
    learner: &Learner,
    code: &'static str,
    start: Date,
) -> Result<Learner, Stopped> {
    enrol(director, house, learner.number, learner.player, code, start, true)
}

fn email_of(player: &Player) -> String {
    let plain: String = format!("{}.{}", player.given, player.family)
        .to_lowercase()
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '.')
        .collect();
    format!("{plain}@example.com")
}

fn plan(
    director: &Director,
    house: &House,
    learner: &Learner,
    units: &[&'static str],
) -> Result<(), Stopped> {
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
    director.act(Some(&learner.person), day, move |acting| {
        let input = AgreePlan {
            units: planned,
            goals: Some(goals),
            support: Some("A tutorial every fourth Thursday; recordings of the guided sessions.".into()),
            review_on: Some(next_review(day)),
            because: None,
            version_seen: None,
        };
        agree::run(acting, &registration, &input)
    })?;
    let registration = learner.registration.clone();
    let input = AllocateStaff {
        units: units.iter().map(|unit| (*unit).to_owned()).collect(),
        tutor: Some(house.tutor.clone()),
        assessor: Some(if learner.number == 13 {
            house.second_assessor.clone()
        } else {
            house.assessor.clone()
        }),
        verifier: Some(house.verifier.clone()),
    };
    director.act(Some(&house.coordinator), day, move |acting| {
        allocate::run(acting, &registration, &input)
    })?;
    Ok(())
}

/// Plans are reviewed every ninety days; the next review after a plan's day that is not long gone.
fn next_review(day: Date) -> Date {
    let mut review = day.saturating_add(90.days());
    while review < TODAY.saturating_sub(5.days()) {
        review = review.saturating_add(90.days());
    }
    review
}

fn allocate_to(
    director: &Director,
    house: &House,
    learner: &Learner,
    unit: &'static str,
    assessor: &PersonId,
) -> Result<(), Stopped> {
    let registration = learner.registration.clone();
    let input = AllocateStaff {
        units: vec![unit.to_owned()],
        tutor: Some(house.tutor.clone()),
        assessor: Some(assessor.clone()),
        verifier: Some(house.verifier.clone()),
    };
    let day = learner.start.saturating_add(5.days());
    director.act(Some(&house.coordinator), day, move |acting| {
        allocate::run(acting, &registration, &input)
    })?;
    Ok(())
}

/// Writes a unit's work and marks in it what answers each criterion.
fn write(
    director: &Director,
    house: &House,
    learner: &Learner,
    unit: &Unit,
    day: Date,
    extent: Extent,
    attempt: u32,
) -> Result<Piece, Stopped> {
    let work = writing::write(
        learner.player,
        learner.number,
        unit,
        &house.specification,
        extent,
        attempt,
    );
    let prepared = content::prepare_text(&director.app, &work.markdown)?;
    let text = match &prepared.reading {
        assay_app::evidence::text::Reading::Text(document) => document.clone(),
        _ => return Err(Stopped::new("the demonstration's own text cannot be read")),
    };
    let title = format!("{} at {}", unit.title, learner.player.organisation);
    let owner = learner.person.clone();
    let saved = director.act(Some(&learner.person), day, move |acting| {
        let start = keep::Start {
            learner: Some(owner),
            kind: EvidenceKind::Written,
            title,
        };
        keep::start_with(acting, start, &prepared, false)
    })?;
    let number = unit.number.to_string();
    let mut marks = Vec::new();
    for (criterion, beginning) in &work.answers {
        // The text has lost its marks of emphasis; the first words are enough to find the paragraph again.
        let words: String = beginning.chars().take(40).collect();
        let found = text.paragraphs.iter().find(|paragraph| {
            text.slice(paragraph.start..paragraph.end)
                .is_some_and(|slice| slice.starts_with(&words))
        });
        if let Some(paragraph) = found {
            let place = Place::Text {
                from: u32::try_from(paragraph.start).unwrap_or(0),
                until: u32::try_from(paragraph.end).unwrap_or(0),
            };
            marks.push((place, criterion.clone()));
        }
    }
    let evidence = saved.evidence.clone();
    director.act(Some(&learner.person), day, move |acting| {
        for (place, criterion) in marks {
            let marking = passage::Marking {
                version: None,
                chosen: passage::Chosen::At(place),
                criteria: vec![CriterionRef {
                    unit: number.clone(),
                    criterion,
                }],
                note: None,
            };
            passage::mark(acting, &evidence, &marking)?;
        }
        Ok(())
    })?;
    Ok(Piece {
        evidence: saved.evidence,
    })
}

fn hand_in_new(
    director: &Director,
    house: &House,
    learner: &Learner,
    unit: &Unit,
    day: Date,
    attempt: u32,
) -> Result<SubmissionId, Stopped> {
    let piece = write(
        director,
        house,
        learner,
        unit,
        day.saturating_sub(1.day()),
        Extent::Whole,
        attempt,
    )?;
    let registration = learner.registration.clone();
    let number = unit.number.to_string();
    let uses_tool = learner.number.is_multiple_of(5);
    let handed = director.act(Some(&learner.person), day, move |acting| {
        let input = HandIn {
            items: vec![piece.evidence],
            own_work: true,
            ai_use: Some(if uses_tool { AiUse::Language } else { AiUse::None }),
            ai_detail: uses_tool.then(|| "A spelling and grammar checker, over the whole text.".to_owned()),
            changes: (attempt > 1).then(|| {
                "The evaluation under 1.3 is new, and 2.2 now names support from outside.".to_owned()
            }),
        };
        submit::run(acting, &registration, &number, input)
    })?;
    Ok(handed.submission)
}

fn take(
    director: &Director,
    assessor: &PersonId,
    submission: &SubmissionId,
    day: Date,
) -> Result<(), Stopped> {
    let submission = submission.clone();
    director.act(Some(assessor), day, move |acting| {
        judgement::acts::take(acting, &submission)
    })
}

/// Decides the first so many criteria; those in `open` are not yet met.
#[allow(clippy::too_many_arguments)]
fn decide(
    director: &Director,
    house: &House,
    assessor: &PersonId,
    submission: &SubmissionId,
    unit: &Unit,
    day: Date,
    how_many: usize,
    open: &[&'static str],
) -> Result<(), Stopped> {
    let reading = {
        let submission = submission.clone();
        director
            .app
            .ask(&director.caller(Some(assessor)), move |asking| {
                assay_app::submission::reading::reading(asking, &submission)
            })?
    };
    let _ = house;
    for (at, (_, criterion)) in unit.criteria().take(how_many).enumerate() {
        let number = criterion.number.to_string();
        let met = !open.contains(&number.as_str());
        let passages: Vec<PassageId> = reading
            .passages
            .iter()
            .filter(|passage| passage.of_unit(&reading.unit).contains(&number))
            .map(|passage| passage.id.clone())
            .collect();
        let reason = if met {
            REASONS[at % REASONS.len()]
        } else {
            OPEN_REASONS[at % OPEN_REASONS.len()]
        };
        let act = DecideCriterion {
            criterion: number,
            decision: if met {
                CriterionDecision::Met
            } else {
                CriterionDecision::NotYetMet
            },
            reason: reason.to_owned(),
            passages,
            verbs: criterion.verbs.clone(),
            words: None,
        };
        let submission = submission.clone();
        director.act(Some(assessor), day, move |acting| {
            judgement::acts::decide(acting, &submission, &act)
        })?;
    }
    Ok(())
}

/// Takes, decides everything, judges the qualities and signs.
fn assess(
    director: &Director,
    house: &House,
    assessor: &PersonId,
    submission: &SubmissionId,
    unit: &Unit,
    day: Date,
    open: &[&'static str],
) -> Result<(), Stopped> {
    take(director, assessor, submission, day)?;
    decide(director, house, assessor, submission, unit, day, usize::MAX, open)?;
    let id = submission.clone();
    let passed = open.is_empty();
    director.act(Some(assessor), day, move |acting| {
        for words in &QUALITIES {
            let act = JudgeQuality { quality: words.quality, satisfied: true, remark: None };
            judgement::acts::judge_quality(acting, &id, &act)?;
        }
        let feedback = if passed {
            "A convincing piece of work: the figures carry the argument, and you say what they cannot show. For the \
             next unit, bring the limits of the evidence forward."
        } else {
            "Much of this is strong. Two criteria need another look: evaluate rather than describe, and say where \
             support from outside would come from."
        };
        judgement::acts::sign(acting, &id, &SignJudgement { feedback: Some(feedback.to_owned()) })
    })?;
    Ok(())
}

/// Verifies; with a criterion named, disagrees on it.
fn verify(
    director: &Director,
    house: &House,
    verifier: &PersonId,
    submission: &SubmissionId,
    unit: &Unit,
    day: Date,
    disagree: Option<&'static str>,
) -> Result<(), Stopped> {
    let _ = house;
    let findings = unit
        .criteria()
        .map(|(_, criterion)| {
            let number = criterion.number.to_string();
            let agrees = disagree != Some(number.as_str());
            let reason = (!agrees).then(|| {
                "The passage lists values but develops no guideline a coach could follow. Please look again.".to_owned()
            });
            CriterionFinding { criterion: number, agrees, reason }
        })
        .collect();
    let act = VerifyJudgement {
        findings,
        remark: None,
    };
    let submission = submission.clone();
    director.act(Some(verifier), day, move |acting| {
        verification::verify(acting, &submission, &act)
    })
}

/// A plan of one unit, handed in, assessed and verified by the day.
fn achieve(
    director: &Director,
    house: &House,
    learner: &Learner,
    called: &'static str,
    day: Date,
) -> Result<(), Stopped> {
    plan(director, house, learner, &[called])?;
    achieve_planned(director, house, learner, called, day)
}

fn achieve_planned(
    director: &Director,
    house: &House,
    learner: &Learner,
    called: &'static str,
    day: Date,
) -> Result<(), Stopped> {
    let unit = unit_called(&house.specification, called)?;
    let submission = hand_in_new(director, house, learner, unit, day.saturating_sub(20.days()), 1)?;
    assess(
        director,
        house,
        &house.assessor,
        &submission,
        unit,
        day.saturating_sub(9.days()),
        &[],
    )?;
    verify(director, house, &house.verifier, &submission, unit, day, None)
}

/// The coordinator claims. Answers the claim.
fn claim(director: &Director, house: &House, learner: &Learner, day: Date) -> Result<ClaimId, Stopped> {
    let registration = learner.registration.clone();
    let claimed = director.act(Some(&house.coordinator), day, move |acting| {
        award::claim::claim(acting, &registration)
    })?;
    Ok(claimed.claim)
}

/// Claimed, and released by the quality manager the day after, with its certificate.
fn award(director: &Director, house: &House, learner: &Learner, day: Date) -> Result<(), Stopped> {
    let claim = claim(director, house, learner, day)?;
    let day = day.saturating_add(1.day());
    let prepared = director.prepare(&house.quality_manager, day, |app, caller, fresh| {
        award::release::prepare(app, caller, fresh, &claim)
    })?;
    director.act(Some(&house.quality_manager), day, move |acting| {
        award::release::run(acting, &prepared)
    })?;
    Ok(())
}

/// A second centre, so that one can see that nobody looks into another's house.
fn other_centre(director: &Director, house: &House) -> Result<(), Stopped> {
    let centre = approve_centre(
        director,
        &house.quality_manager,
        "C2210",
        "Menai Management College",
        &house.specification,
    )?;
    employ(
        director,
        &house.administrator,
        &house.password,
        &cast::OTHER_COORDINATOR,
        Role::Coordinator,
        Some(&centre),
        false,
    )?;
    Ok(())
}

const REASONS: [&str; 8] = [
    "Answered in the passage marked, with figures from the learner's own organisation.",
    "Both sides are weighed and a judgement is reached; the limits of the evidence are named.",
    "The theory is used to order the evidence rather than quoted.",
    "Clear, and tied to the organisation's objectives.",
    "The example is recent and specific, and its weakness is admitted.",
    "The comparison between two sites makes the point well.",
    "Goes beyond description: alternatives are considered and one is preferred with reasons.",
    "Sufficient for the level; the second paragraph carries the answer.",
];

const OPEN_REASONS: [&str; 3] = [
    "The approaches are described one after another, but none is weighed against the others.",
    "Only support inside the organisation is covered; nothing is said on support from outside.",
    "The passage asserts an effect without evidence for it.",
];
