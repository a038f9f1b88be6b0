//! The founding: the awarding body, a centre approved for the qualifications, and its staff.

use super::cast::{self, Staff};
use super::director::Director;
use crate::failure::Stopped;
use crate::installation::CMI_SPECIFICATION;
use assay_app::account::password;
use assay_app::centre::{self, NewCentre, NewOffer};
use assay_app::founding;
use assay_app::people::add::{self, NewPerson};
use assay_app::people::role::{self, NewRole};
use assay_app::specification::load::{self, LoadSpecification};
use assay_app::specification::stage::{self, Move};
use assay_domain::Role;
use assay_domain::id::{CentreId, PersonId};
use assay_specification::{Format, Specification};
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
    pub external_assessor: PersonId,
    pub specification: Arc<Specification>,
    /// The kept form of the password that everybody has.
    pub password: String,
}
const FOUNDED: Date = date(2018, 9, 3);

/// Everybody's password in the demonstration.
pub const PASSWORD: &str = "demonstration 2019";

/// Founds the installation, publishes the syllabus, approves the centre and employs its staff.
///
/// # Errors
/// The first act that is refused or fails.
pub fn found(director: &Director) -> Result<House, Stopped> {
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
    let external_assessor = employ(&cast::EXTERNAL_ASSESSOR, Role::ExternalAssessor, None, false)?;
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
    invite(director, &administrator, &centre)?;
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
        external_assessor,
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
/// An assessor who starts next month, and has not opened the invitation yet.
fn invite(director: &Director, by: &PersonId, centre: &CentreId) -> Result<(), Stopped> {
    let centre = centre.clone();
    director.act(Some(by), super::steps::ago(3), move |acting| {
        let newcomer = NewPerson {
            given: cast::NEWCOMER.given.into(),
            family: cast::NEWCOMER.family.into(),
            born_on: None,
            email: Some(cast::NEWCOMER.email.into()),
            role: Some(Role::Assessor),
            centre: Some(centre),
            from: Some(date(2019, 11, 4)),
            until: None,
            countersigned: true,
            another_person: false,
            invite: true,
        };
        add::run(acting, newcomer).map(drop)
    })
}

/// A second centre, so that one can see that nobody looks into another's house.
///
/// # Errors
/// The first act that is refused or fails.
pub fn other_centre(director: &Director, house: &House) -> Result<(), Stopped> {
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
