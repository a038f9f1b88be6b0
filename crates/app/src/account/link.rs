//! One-time links: an invitation to set a first password, a reset of a forgotten one.

use super::password;
use super::session::{self, Limits};
use super::token::{hash, later, secret};
use crate::{Acting, Asking, Failure};
use assay_domain::id::PersonId;
use assay_domain::policy::Policy;
use assay_store::statements::{account as statements, people};
use jiff::SignedDuration;

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A first password; good for as many days as the policy says (`security.link.invitation`, else 14).
    Invitation,
    /// A new password; good for as many minutes as the policy says (`security.link.reset`, else 120).
    Reset,
}

impl Purpose {
    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Purpose::Invitation => "invitation",
            Purpose::Reset => "reset",
        }
    }

    /// How long a link lasts, and that in words.
    fn lasts(self, policy: Policy<'_>) -> (SignedDuration, String) {
        let number = |key, default| {
            policy
                .number(key)
                .map_or(default, |(number, _)| number.clamp(1, 100_000))
        };
        match self {
            Purpose::Invitation => {
                let days = number("security.link.invitation", 14);
                (SignedDuration::from_hours(24 * days), format!("{days} days"))
            }
            Purpose::Reset => {
                let minutes = number("security.link.reset", 120);
                (SignedDuration::from_mins(minutes), format!("{minutes} minutes"))
            }
        }
    }
}

/// A link as made: shown once to who made it, and put into the outbox.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct MadeLink {
    /// The address to open.
    pub address: String,
    /// When it ends, as a UTC instant.
    pub ends_at: String,
}

/// Makes a link for a person and puts a message with it into the outbox, when they have an e-mail address. Whoever calls
/// this has made sure that it may be made.
pub(crate) fn make(
    acting: &mut Acting<'_, '_>,
    person: &PersonId,
    purpose: Purpose,
) -> Result<MadeLink, Failure> {
    let token = secret(acting.fresh);
    let moment = acting.moment();
    let (time, lasts) = purpose.lasts(acting.policy());
    let ends_at = later(moment, time);
    acting.tx.run(
        &statements::MAKE_LINK,
        &[
            hash(&token).into(),
            person.as_str().into(),
            purpose.as_str().into(),
            moment.stored().into(),
            ends_at.as_str().into(),
        ],
    )?;
    let address = format!("{}/link/{token}", acting.app.surroundings().public_address);
    let row = acting
        .tx
        .row(&people::FIND_PERSON, &[person.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    if let Some(email) = row.optional_text("email")? {
        let (subject, lead) = match purpose {
            Purpose::Invitation => (
                "Your account in Assay",
                "An account was made for you. Open this address to choose a password:",
            ),
            Purpose::Reset => (
                "A new password for Assay",
                "Open this address to choose a new password:",
            ),
        };
        let given = row.text("given")?;
        let body = format!(
            "Dear {given},\n\n{lead}\n\n{address}\n\nIt works once and for {lasts}. If you did not expect this message, you need do nothing.\n"
        );
        crate::outbox::put(acting, &email, subject, &body)?;
    }
    Ok(MadeLink { address, ends_at })
}

/// Somebody forgot their password: makes a reset link for every account of the address. Answers nothing, so that the
/// page cannot tell whether the address is known.
pub fn forgot(acting: &mut Acting<'_, '_>, email: &str) -> Result<(), Failure> {
    let email = crate::people::fold_email(email);
    let rows = acting.tx.rows(&people::FIND_PERSON_BY_EMAIL, &[email.into()])?;
    for row in rows.iter().take(3) {
        let person: PersonId = row.parsed("id")?;
        make(acting, &person, Purpose::Reset)?;
    }
    Ok(())
}

/// What a link that still works is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLink {
    pub person: PersonId,
    pub name: String,
    pub email: Option<String>,
    /// True for an invitation, false for a reset.
    pub invitation: bool,
}

/// Opens a link to look at it; it is not used up by looking (mail programs open links too).
///
/// # Errors
/// `NotFound` when it is unknown, used or past its end.
pub fn find(asking: &mut Asking<'_, '_>, token: &str) -> Result<OpenLink, Failure> {
    let now = asking.caller.moment.stored();
    open(asking.tx, token, &now)
}

fn open(tx: &mut assay_store::Tx<'_>, token: &str, now: &str) -> Result<OpenLink, Failure> {
    let row = tx
        .row(&statements::FIND_LINK, &[hash(token).into()])?
        .ok_or(Failure::NotFound)?;
    if row.optional_text("used_at")?.is_some() || row.text("ends_at")?.as_str() <= now {
        return Err(Failure::NotFound);
    }
    Ok(OpenLink {
        person: row.parsed("person")?,
        name: crate::people::full_name(&row.text("given")?, &row.text("family")?),
        email: row.optional_text("email")?,
        invitation: row.text("purpose")? == "invitation",
    })
}

/// Uses a link: sets the password from its digest, uses up every open link of the person and ends their sessions.
///
/// # Errors
/// `NotFound` when the link is unknown, used or past its end.
pub fn set_password(acting: &mut Acting<'_, '_>, token: &str, kept: &str) -> Result<PersonId, Failure> {
    let now = acting.moment().stored();
    let link = open(acting.tx, token, &now)?;
    acting
        .tx
        .run(&statements::USE_LINKS, &[link.person.as_str().into(), now.into()])?;
    password::set(acting, &link.person, kept, None)?;
    Ok(link.person)
}

/// As [`set_password`], and starts a session, whose token it answers.
///
/// # Errors
/// As [`set_password`].
pub fn use_up(
    acting: &mut Acting<'_, '_>,
    token: &str,
    kept: &str,
    agent: &str,
    limits: Limits,
) -> Result<String, Failure> {
    let person = set_password(acting, token, kept)?;
    session::start(acting, &person, agent, limits)
}
