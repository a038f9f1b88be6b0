//! Loading what must be known to decide on a registration.

use super::syllabus;
use crate::{App, Failure};
use assay_domain::Role;
use assay_domain::id::{CentreId, PersonId};
use assay_domain::registration::number;
use assay_domain::registration::register::RegisterLearner;
use assay_domain::registration::{
    CentreStanding, LearnerFound, Offering, OtherRegistration, RegistrationCase, Sameness,
};
use assay_specification::Uln;
use assay_store::Tx;
use assay_store::statements::{people, registration as statements};
use jiff::civil::Date;

/// The centre.
///
/// # Errors
/// `NotFound`.
pub fn require_centre(tx: &mut Tx<'_>, centre: &CentreId) -> Result<CentreStanding, Failure> {
    let row = tx
        .row(&statements::FIND_CENTRE, &[centre.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    Ok(CentreStanding {
        id: row.parsed("id")?,
        number: row.text("number")?,
        name: row.text("name")?,
    })
}

/// The codes that a centre offers on a day.
pub fn codes_offered(tx: &mut Tx<'_>, centre: &CentreId, day: Date) -> Result<Vec<String>, Failure> {
    let mut codes: Vec<String> = offerings(tx, centre)?
        .into_iter()
        .filter(|(_, offering)| offering.covers(day))
        .map(|(code, _)| code)
        .collect();
    codes.dedup();
    Ok(codes)
}

fn offerings(tx: &mut Tx<'_>, centre: &CentreId) -> Result<Vec<(String, Offering)>, Failure> {
    tx.rows(&statements::LIST_OFFERINGS, &[centre.as_str().into()])?
        .iter()
        .map(|row| {
            let offering = Offering {
                from: row.parsed("from_on")?,
                until: row.optional_parsed("until_on")?,
            };
            Ok((row.text("qualification")?, offering))
        })
        .collect()
}

/// Everything that is known about an act of registering.
///
/// # Errors
/// `NotFound` when there is no such centre.
pub fn load(
    app: &App,
    tx: &mut Tx<'_>,
    act: &RegisterLearner,
    centre: &CentreId,
    today: Date,
) -> Result<RegistrationCase, Failure> {
    let centre = require_centre(tx, centre)?;
    let pinned = syllabus::published(app, tx, &act.qualification)?;
    let qualification = pinned.as_ref().map(syllabus::on_offer).transpose()?;
    let code = qualification
        .as_ref()
        .map(|qualification| qualification.code.clone())
        .unwrap_or_default();
    let offerings = offerings(tx, &centre.id)?
        .into_iter()
        .filter(|(offered, _)| *offered == code)
        .map(|(_, offering)| offering)
        .collect();
    let codes_offered = codes_offered(tx, &centre.id, today)?;
    let (learner, others) = learner(tx, act, &centre.id, &code)?;
    let running = next_running(tx, &centre)?;
    Ok(RegistrationCase {
        centre,
        qualification,
        codes_offered,
        offerings,
        learner,
        others,
        running,
    })
}

/// Whether two names are the same but for capitals and spaces.
fn same_name(a: &str, b: &str) -> bool {
    let fold = |text: &str| {
        text.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase()
    };
    fold(a) == fold(b)
}

fn learner(
    tx: &mut Tx<'_>,
    act: &RegisterLearner,
    centre: &CentreId,
    code: &str,
) -> Result<(LearnerFound, Vec<OtherRegistration>), Failure> {
    let data = act.learner.tidied();
    let mut others: Vec<OtherRegistration> = Vec::new();
    let mut same: Option<PersonId> = None;

    if let Some(born) = data.born_on {
        for row in tx.rows(
            &statements::LIST_LEARNERS_BORN,
            &[born.to_string().into(), centre.as_str().into()],
        )? {
            if same_name(&row.text("given")?, &data.given) && same_name(&row.text("family")?, &data.family) {
                same.get_or_insert(row.parsed("id")?);
                if row.text("qualification")? == code && row.text("state")? == "active" {
                    others.push(other(
                        row.parsed("registration")?,
                        &row.text("number")?,
                        Sameness::NameAndBirth,
                    ));
                }
            }
        }
    }
    let mut email_of_another = false;
    if let Some(email) = &data.email {
        for found in tx.rows(&people::FIND_PERSON_BY_EMAIL, &[email.into()])? {
            let person: PersonId = found.parsed("id")?;
            let Some(row) = tx.row(&people::FIND_PERSON, &[person.as_str().into()])? else {
                continue;
            };
            let born: Option<Date> = row.optional_parsed("born_on")?;
            let like = same_name(&row.text("given")?, &data.given)
                && same_name(&row.text("family")?, &data.family)
                && (born.is_none() || born == data.born_on);
            if !like {
                email_of_another = true;
                continue;
            }
            for row in tx.rows(&statements::LIST_OF_LEARNER, &[person.as_str().into()])? {
                let known = others.iter().any(|other| {
                    other.registration.as_ref().map(|id| id.as_str()) == row.text("id").ok().as_deref()
                });
                if !known
                    && row.text("centre")? == centre.as_str()
                    && row.text("qualification")? == code
                    && row.text("state")? == "active"
                {
                    others.push(other(row.parsed("id")?, &row.text("number")?, Sameness::Email));
                }
            }
            same.get_or_insert(person);
        }
    }
    if let Some(uln) = act.uln.as_deref().and_then(|text| text.parse::<Uln>().ok())
        && !uln.is_not_yet_known()
    {
        for row in tx.rows(
            &statements::LIST_BY_ULN,
            &[uln.to_string().into(), centre.as_str().into()],
        )? {
            let id = row.parsed("id")?;
            let known = others
                .iter()
                .any(|other| other.registration.as_ref() == Some(&id));
            if !known && row.text("qualification")? == code {
                others.push(other(id, &row.text("number")?, Sameness::Uln));
            }
        }
    }
    if let Some(text) = act.number.as_deref() {
        let number: String = text.split_whitespace().collect::<String>().to_uppercase();
        if let Some(row) = tx.row(&statements::FIND_BY_NUMBER, &[number.as_str().into()])? {
            // It may be another centre's: the number is said, nothing else.
            others.push(OtherRegistration {
                registration: Some(row.parsed("id")?),
                named: format!("another registration, {number},"),
                by: Sameness::Number,
            });
        }
    }
    let found = match same {
        Some(person) => {
            let mut has_role = false;
            for row in tx.rows(&people::LIST_GRANTS_OF_PERSON, &[person.as_str().into()])? {
                has_role |= row.text("role")? == Role::Learner.as_str()
                    && row.optional_text("centre")?.as_deref() == Some(centre.as_str())
                    && row.optional_text("until_on")?.is_none();
            }
            LearnerFound::Known { person, has_role }
        }
        None if email_of_another => LearnerFound::EmailOfAnother,
        None => LearnerFound::New,
    };
    Ok((found, others))
}

fn other(registration: assay_domain::id::RegistrationId, number: &str, by: Sameness) -> OtherRegistration {
    OtherRegistration {
        registration: Some(registration),
        named: format!("registration {number}"),
        by,
    }
}

/// The running number that the centre's next registration takes.
fn next_running(tx: &mut Tx<'_>, centre: &CentreStanding) -> Result<u32, Failure> {
    let from = number::prefix(&centre.number);
    // `.` is the character after `-`: everything that begins with the prefix lies between the two.
    let until = format!("{}.", centre.number);
    for row in tx.rows(
        &statements::LAST_NUMBER,
        &[centre.id.as_str().into(), from.into(), until.into()],
    )? {
        if let Some(last) = number::running(&centre.number, &row.text("number")?) {
            return Ok(last.saturating_add(1));
        }
    }
    Ok(1)
}
