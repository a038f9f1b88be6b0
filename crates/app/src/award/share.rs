//! A learner's share links: an award shown to somebody without an account, for a time (practice, section 20.3).
//!
//! A link is a secret with a short life and no fact: only the digest of its code is kept, beside for whom it was made and
//! when it was opened. It shows less than the certificate: no numbers of the learner, no employer, nobody who assessed.
//! Deleted or past its end, it is answered like one that never was.

use super::list::called;
use super::overview::{self, AwardedUnit};
use crate::account::token::{hash, later, secret};
use crate::printing::CertificateFace;
use crate::registration::find;
use crate::{Acting, Asking, Complaint, Failure};
use assay_domain::award::CertificateState;
use assay_domain::id::{AwardId, RegistrationId, SpecificationId};
use assay_domain::{Code, Refusal};
use assay_store::Tx;
use assay_store::statements::{award, registration, share as statements};
use jiff::SignedDuration;
use jiff::civil::Date;

/// How many links an award has at most; ended ones count until they are deleted.
pub const MOST_LINKS: i64 = 20;
/// How many of the last openings of a link are listed.
const OPENINGS_LISTED: i64 = 20;
/// The longest life of a link in days.
pub const LONGEST: i64 = 366;

/// Makes a link by which an award is shown.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareAward {
    /// For whom it is, in the learner's words; shown to nobody else.
    pub recipient: String,
    /// How many days it works, 1 to 366; as long as the policy says when it is left out.
    #[serde(default)]
    pub days: Option<i64>,
    /// Whether the units are shown too.
    #[serde(default)]
    pub units: bool,
}

/// A link as made; its address is shown this once.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct MadeShareLink {
    pub id: String,
    pub address: String,
    /// When it ends, as a UTC instant.
    pub ends_at: String,
}

/// An opening of a link, to the minute.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct LinkOpening {
    /// The beginning of the minute, as a UTC instant.
    pub at: String,
    /// How often in that minute.
    pub times: i64,
}

/// A link as its learner sees it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ShareLink {
    pub id: String,
    pub recipient: String,
    /// Whether the units are shown too.
    pub units: bool,
    pub made_at: String,
    pub ends_at: String,
    /// Whether it still works.
    pub live: bool,
    /// How often it was opened in all.
    pub opened: i64,
    /// The last openings, the last first.
    pub openings: Vec<LinkOpening>,
}

/// An award and its links, for the learner.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct SharedLinks {
    pub award: AwardId,
    pub title: String,
    /// How many days a link works unless chosen otherwise.
    pub usual_days: i64,
    pub links: Vec<ShareLink>,
}

/// What a link shows. There is no grade of the centre's own (AW-07), no number of the learner, no centre, nobody who assessed.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct SharedAward {
    pub learner_name: String,
    /// Title exactly as printed.
    pub title: String,
    /// Blank for unit credit.
    pub qualification_number: String,
    pub level: u32,
    pub credits: u32,
    pub awarding_body: String,
    /// Blank for unit credit.
    pub regulator: String,
    #[schema(value_type = String, format = Date)]
    pub awarded_on: Date,
    /// The certificate issued last.
    pub certificate_number: String,
    pub state: CertificateState,
    /// When it was revoked.
    #[schema(value_type = Option<String>, format = Date)]
    pub ended_on: Option<Date>,
    /// Language of assessment, when it is not English.
    pub language: Option<String>,
    /// Blank unless the learner shows them; of unit credit they are always shown.
    pub units: Vec<AwardedUnit>,
    /// When the link ends, as a UTC instant.
    pub ends_at: String,
}

/// The title of the caller's own award, and whether a certificate of it is in force.
fn own(asking: &mut Asking<'_, '_>, award: &AwardId) -> Result<(String, bool), Failure> {
    let row = asking
        .tx
        .row(&award::FIND_AWARD, &[award.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let seen = find::require_seen(asking, &row.parsed("registration")?)?;
    if !seen.own() {
        return Err(Failure::NotFound);
    }
    let specification = asking.app.specification(asking.tx, &seen.row.specification)?;
    let code = row.text("qualification")?;
    let (_, title, _) = called(asking.tx, &specification, &code, &row, "claim")?;
    let current = asking
        .tx
        .rows(&award::LIST_CERTIFICATES_OF, &[award.as_str().into()])?
        .first()
        .map(|row| row.parsed::<CertificateState>("state"))
        .transpose()?;
    Ok((title, current == Some(CertificateState::Valid)))
}

/// Makes a link to the caller's own award and answers its address, which is shown once and never again.
///
/// # Errors
/// - `SignInNeeded`; `NotFound` when there is no such award or it is not the caller's own;
/// - `Unreadable` on `recipient` when it is empty or longer than 80 characters, on `days` when it is not 1 to 366;
/// - `CERT_REVOKED` when no certificate of the award is in force;
/// - `Conflict` when there are [`MOST_LINKS`] already.
pub fn make(
    acting: &mut Acting<'_, '_>,
    award: &AwardId,
    input: &ShareAward,
) -> Result<MadeShareLink, Failure> {
    let person = acting.person()?;
    let (_, in_force) = own(&mut acting.asking(), award)?;
    let recipient = input.recipient.trim();
    let days = input.days.unwrap_or_else(|| usual_days(acting.policy()));
    let mut complaints = Vec::new();
    if recipient.is_empty() || recipient.chars().count() > 80 {
        complaints.push(Complaint::new(
            "recipient",
            "Say for whom the link is, in at most 80 characters.",
        ));
    }
    if !(1..=LONGEST).contains(&days) {
        complaints.push(Complaint::new("days", "Enter a number of days from 1 to 366."));
    }
    if !complaints.is_empty() {
        return Err(Failure::Unreadable(complaints));
    }
    if !in_force {
        return Err(Failure::refused(
            Refusal::new(
                Code::CertRevoked,
                "No certificate of this award is in force, so it cannot be shown.",
            )
            .remedy("Look at the award's page for what became of it.")
            .who("The quality manager")
            .source("practice, section 20.2"),
        ));
    }
    let made = acting
        .tx
        .row(&statements::COUNT, &[award.as_str().into()])?
        .map_or(Ok(0), |row| row.int("links"))?;
    if made >= MOST_LINKS {
        return Err(Failure::Conflict {
            because: format!(
                "This award has {MOST_LINKS} links already. Delete one that is no longer needed first."
            ),
        });
    }
    let code = secret(acting.fresh);
    let id = format!("shr_{}", acting.fresh.tail());
    let moment = acting.moment();
    let ends_at = later(moment, SignedDuration::from_hours(24 * days));
    acting.tx.run(
        &statements::MAKE,
        &[
            id.as_str().into(),
            hash(&code).into(),
            award.as_str().into(),
            person.as_str().into(),
            recipient.into(),
            i64::from(input.units).into(),
            moment.stored().into(),
            ends_at.as_str().into(),
        ],
    )?;
    Ok(MadeShareLink {
        id,
        address: format!("{}/shared/{code}", acting.app.surroundings().public_address),
        ends_at,
    })
}

fn usual_days(policy: assay_domain::policy::Policy<'_>) -> i64 {
    policy
        .number("security.share_link.lasts")
        .map_or(90, |(days, _)| days.clamp(1, LONGEST))
}

/// The links of the caller's own award, the last made first, with when each was opened.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is no such award or it is not the caller's own.
pub fn list(asking: &mut Asking<'_, '_>, award: &AwardId) -> Result<SharedLinks, Failure> {
    let (title, _) = own(asking, award)?;
    let now = asking.caller.moment.stored();
    let mut links = Vec::new();
    for row in asking.tx.rows(&statements::LIST, &[award.as_str().into()])? {
        let id = row.text("id")?;
        let openings = asking
            .tx
            .rows(
                &statements::LIST_OPENINGS,
                &[id.as_str().into(), OPENINGS_LISTED.into()],
            )?
            .iter()
            .map(|row| {
                Ok(LinkOpening {
                    at: row.text("at")?,
                    times: row.int("times")?,
                })
            })
            .collect::<Result<_, Failure>>()?;
        let ends_at = row.text("ends_at")?;
        links.push(ShareLink {
            id,
            recipient: row.text("recipient")?,
            units: row.truth("units")?,
            made_at: row.text("made_at")?,
            live: ends_at > now,
            ends_at,
            opened: row.int("opened")?,
            openings,
        });
    }
    Ok(SharedLinks {
        award: award.clone(),
        title,
        usual_days: usual_days(asking.policy()),
        links,
    })
}

/// Deletes a link of the caller's own award with the list of its openings; from now on it is not found.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is no such link of such an award, or it is not the caller's own.
pub fn delete(acting: &mut Acting<'_, '_>, award: &AwardId, link: &str) -> Result<(), Failure> {
    let person = acting.person()?;
    let deleted = acting.tx.run(
        &statements::DELETE,
        &[link.into(), award.as_str().into(), person.as_str().into()],
    )?;
    if deleted == 0 {
        return Err(Failure::NotFound);
    }
    acting.tx.run(&statements::DELETE_OPENINGS, &[link.into()])?;
    Ok(())
}

/// What a link shows, for anybody who has it.
///
/// # Errors
/// `NotFound` when it is unknown, deleted or past its end, or when the award was erased; all alike.
pub fn look(asking: &mut Asking<'_, '_>, code: &str) -> Result<SharedAward, Failure> {
    let now = asking.caller.moment.stored();
    let link = live(asking.tx, code, &now)?;
    shown(asking, link)
}

fn shown(asking: &mut Asking<'_, '_>, link: Live) -> Result<SharedAward, Failure> {
    let found = link.award;
    let row = asking
        .tx
        .row(&award::FIND_AWARD, &[found.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let certificate = asking
        .tx
        .rows(&award::LIST_CERTIFICATES_OF, &[found.as_str().into()])?
        .into_iter()
        .next()
        .ok_or(Failure::NotFound)?;
    let issued = asking
        .tx
        .row(&award::FIND_CERTIFICATE, &[certificate.text("id")?.into()])?
        .ok_or(Failure::NotFound)?;
    // An erased certificate has a blank face.
    let face: CertificateFace = serde_json::from_str(&issued.text("face")?).map_err(|_| Failure::NotFound)?;
    let units = if link.units || face.is_credit() {
        let registration: RegistrationId = row.parsed("registration")?;
        let pinned: SpecificationId = asking
            .tx
            .row(&registration::FIND, &[registration.as_str().into()])?
            .ok_or(Failure::NotFound)?
            .parsed("specification")?;
        let specification = asking.app.specification(asking.tx, &pinned)?;
        overview::units_of(asking.tx, &specification, &row.text("claim")?)?
    } else {
        Vec::new()
    };
    Ok(SharedAward {
        learner_name: face.learner_name,
        title: face.title,
        qualification_number: face.qualification_number,
        level: face.level,
        credits: face.credits,
        awarding_body: face.awarding_body,
        regulator: face.regulator,
        awarded_on: face.on,
        certificate_number: face.certificate_number,
        state: issued.parsed("state")?,
        ended_on: issued.optional_parsed("ended_on")?,
        language: face.language,
        units,
        ends_at: link.ends_at,
    })
}

/// As [`look`], and counts the opening for the learner to see. Nothing is kept of who opened it.
///
/// # Errors
/// As [`look`].
pub fn open(acting: &mut Acting<'_, '_>, code: &str) -> Result<SharedAward, Failure> {
    let now = acting.moment().stored();
    let link = live(acting.tx, code, &now)?;
    let id = link.id.clone();
    let shown = shown(&mut acting.asking(), link)?;
    // To the minute, so that opening it again and again adds no rows.
    let minute = format!("{}:00.000Z", now.get(..16).unwrap_or_default());
    acting
        .tx
        .run(&statements::COUNT_OPENING, &[id.into(), minute.into()])?;
    Ok(shown)
}

struct Live {
    id: String,
    award: AwardId,
    units: bool,
    ends_at: String,
}

fn live(tx: &mut Tx<'_>, code: &str, now: &str) -> Result<Live, Failure> {
    let row = tx
        .row(&statements::FIND, &[hash(code).into()])?
        .ok_or(Failure::NotFound)?;
    let ends_at = row.text("ends_at")?;
    if ends_at.as_str() <= now {
        return Err(Failure::NotFound);
    }
    Ok(Live {
        id: row.text("id")?,
        award: row.parsed("award")?,
        units: row.truth("units")?,
        ends_at,
    })
}
